//! Bank holidays of England and Wales.
//!
//! Sources: Bank Holidays Act 1871, Banking and Financial Dealings Act 1971 and the proclamations under them; gov.uk,
//! "UK bank holidays". The trial of fixed dates ran from 1965 (August) and 1967 (spring) to 1970. Substitutes for
//! Christmas on weekends follow today's rule throughout, although before 1971 Saturdays had none.

use super::rule::Day::{After, Easter, Fixed, Nth};
use super::rule::Days::On;
use super::rule::Moved::{Never, ToMonday, TwoDaysOn};
use super::rule::{FOREVER, Once, Rule, Table};
use jiff::civil::Weekday::{Monday, Saturday};

const fn spring(first: i16, last: i16) -> Rule {
    Rule::new("Spring bank holiday", first, last, Nth(-1, 5, Monday), Never)
}

const fn early_may(first: i16, last: i16) -> Rule {
    Rule::new("Early May bank holiday", first, last, Nth(1, 5, Monday), Never)
}

pub(super) static SETTLEMENT: Table = Table {
    rules: &[
        Rule::new("New Year's Day", 1974, FOREVER, Fixed(1, 1), ToMonday),
        Rule::new("Good Friday", 1900, FOREVER, Easter(-2), Never),
        Rule::new("Easter Monday", 1900, FOREVER, Easter(1), Never),
        early_may(1978, 1994),
        early_may(1996, 2019),
        early_may(2021, FOREVER),
        Rule::new("Whit Monday", 1900, 1966, Easter(50), Never),
        spring(1967, 2001),
        spring(2003, 2011),
        spring(2013, 2021),
        spring(2023, FOREVER),
        Rule::new("August bank holiday", 1900, 1964, Nth(1, 8, Monday), Never),
        Rule::new("August bank holiday", 1965, 1970, After(2, -1, 8, Saturday), Never),
        Rule::new("Summer bank holiday", 1971, FOREVER, Nth(-1, 8, Monday), Never),
        Rule::new("Christmas Day", 1900, FOREVER, Fixed(12, 25), TwoDaysOn),
        Rule::new("Boxing Day", 1900, FOREVER, Fixed(12, 26), TwoDaysOn),
    ],
    once: &[
        Once(1911, On(&[(6, 22)]), "Coronation of George V"),
        Once(1935, On(&[(5, 6)]), "Silver Jubilee of George V"),
        Once(1937, On(&[(5, 12)]), "Coronation of George VI"),
        Once(1945, On(&[(5, 8), (5, 9)]), "Victory in Europe"),
        Once(1945, On(&[(8, 15), (8, 16)]), "Victory over Japan"),
        Once(1953, On(&[(6, 2)]), "Coronation of Elizabeth II"),
        Once(1973, On(&[(11, 14)]), "Wedding of Princess Anne"),
        Once(1977, On(&[(6, 7)]), "Silver Jubilee of Elizabeth II"),
        Once(1981, On(&[(7, 29)]), "Wedding of Charles and Diana"),
        Once(1995, On(&[(5, 8)]), "Early May bank holiday, VE Day"),
        Once(1999, On(&[(12, 31)]), "Millennium"),
        Once(2002, On(&[(6, 3)]), "Golden Jubilee of Elizabeth II"),
        Once(2002, On(&[(6, 4)]), "Spring bank holiday"),
        Once(2011, On(&[(4, 29)]), "Wedding of William and Catherine"),
        Once(2012, On(&[(6, 4)]), "Spring bank holiday"),
        Once(2012, On(&[(6, 5)]), "Diamond Jubilee of Elizabeth II"),
        Once(2020, On(&[(5, 8)]), "Early May bank holiday, VE Day"),
        Once(2022, On(&[(6, 2)]), "Spring bank holiday"),
        Once(2022, On(&[(6, 3)]), "Platinum Jubilee of Elizabeth II"),
        Once(2022, On(&[(9, 19)]), "State Funeral of Elizabeth II"),
        Once(2023, On(&[(5, 8)]), "Coronation of Charles III"),
    ],
};
