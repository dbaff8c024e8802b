//! Foreign exchange: conversion by given quotes, forwards by covered interest parity.

mod convert_currency;
mod forward;

use crate::toolkit::{Entry, Family};

/// The toolset.
pub(super) const FAMILY: Family = Family {
    slug: "fx",
    title: "Foreign exchange",
    description: "Conversion and cross rates from given quotes, arbitrage between them, forwards by covered interest parity.",
    tools: &[Entry::of::<convert_currency::ConvertCurrency>(), Entry::of::<forward::FxForward>()],
};
