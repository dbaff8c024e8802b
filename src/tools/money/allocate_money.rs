//! Splitting an amount into payable shares.

use super::{exact, exact_list, minor_unit};
use crate::math::decimal::{Decimal, Rounding};
use crate::math::finance::money::{self, Allocation, Grain, Remainder};
use crate::toolkit::{Context, Error, Example, Literal, Tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct AllocateMoney;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// May be negative [currency].
    total: Literal,
    /// One a share; 0 gets nothing.
    #[schemars(length(min = 1, max = 100_000), inner(range(min = 0.0)))]
    weights: Option<Vec<Literal>>,
    /// Or number of equal shares.
    #[schemars(range(min = 1, max = 100_000))]
    parts: Option<u32>,
    /// ISO 4217, for its minor unit.
    currency: Option<String>,
    /// Instead of currency; 2 when neither is given.
    #[schemars(range(max = 8))]
    decimals: Option<u32>,
    /// Who gets the units that cutting leaves: largest remainders, one each from the first, the last all.
    #[serde(default)]
    method: Method,
    /// One a share.
    #[schemars(length(max = 100_000))]
    names: Option<Vec<String>>,
    /// Round a finer total half-even instead of refusing it.
    #[serde(default)]
    round_total: bool,
}

#[derive(Deserialize, Serialize, JsonSchema, Clone, Copy, Default)]
#[serde(rename_all = "snake_case")]
enum Method {
    #[default]
    LargestRemainder,
    FirstParts,
    LastPart,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// In the order of weights.
    shares: Vec<Share>,
    /// Sum of the shares [currency].
    total: f64,
    /// Minor units handed out after cutting every share to whole ones.
    units_distributed: u64,
    /// Decimals of the minor unit.
    decimals: u32,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Share {
    /// Place, from 0.
    index: usize,
    /// As given.
    name: Option<String>,
    /// What is paid [currency].
    amount: f64,
    /// amount as exact decimal text.
    text: String,
    /// total · weight / sum of weights [currency].
    exact_share: f64,
    /// amount - exactShare [currency].
    difference: f64,
}

impl Tool for AllocateMoney {
    const NAME: &'static str = "allocate_money";
    const TITLE: &'static str = "Split an amount without losing a cent";
    const DESCRIPTION: &'static str = "Splits a total by weights, or into equal parts, so that payable shares add up to it exactly: bills, \
        dividends, cost keys. Give weights or parts.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"total": 0.05, "weights": [3, 7], "method": "first_parts", "names": ["a", "b"]}"#,
            expect: r#"{"shares": [
                {"index": 0, "name": "a", "amount": 0.02, "text": "0.02", "exactShare": 0.015, "difference": 0.005},
                {"index": 1, "name": "b", "amount": 0.03, "text": "0.03", "exactShare": 0.035, "difference": -0.005}
            ], "total": 0.05, "unitsDistributed": 1, "decimals": 2}"#,
            tolerance: 1e-15,
            source: "M. Fowler, Patterns of Enterprise Application Architecture (2003), Money, p. 494: 5 cents by 3 to 7",
        },
        Example {
            arguments: r#"{"total": 100, "parts": 3}"#,
            expect: r#"{"shares": [{"text": "33.34", "name": null}, {"text": "33.33"}, {"text": "33.33"}], "unitsDistributed": 1}"#,
            tolerance: 0.0,
            source: "by hand: 3 times 33.33 leaves one cent",
        },
        Example {
            arguments: r#"{"total": -1000, "weights": [1, 2, 4, 0], "currency": "JPY", "method": "last_part"}"#,
            expect: r#"{"shares": [{"amount": -142}, {"amount": -285}, {"amount": -573}, {"amount": 0}], "total": -1000, "unitsDistributed": 2}"#,
            tolerance: 0.0,
            source: "by hand: 1000 / 7 = 142.86, 285.71, 571.43",
        },
    ];
    const FORMULA: &'static str = "\
        shares[i].amount = u * (floor(n * weights[i] / W) + extra[i]), u = 10^-decimals, n = total / u, W = sum of weights\n\
        extra: the n - sum of floors units that remain, by method; parts: all weights 1\n\
        Source: M. Fowler, Patterns of Enterprise Application Architecture (2003), Money; Hamilton's largest remainders";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let decimals = minor_unit(args.currency.as_deref(), args.decimals)?;
        let total = payable(exact(&args.total, "total")?, decimals, args.round_total)?;
        let weights = weights(args.weights.as_deref(), args.parts)?;
        let count = weights.len();
        if let Some(names) = args.names.as_ref().filter(|names| names.len() != count) {
            let message = format!("{} names came for {count} shares; give one for each", names.len());
            return Err(Error::at("names", message));
        }
        let allocation = money::allocate(total, &weights, args.method.into())?;
        Ok(Output::of(allocation, total, args.names))
    }
}

/// The total in minor units.
fn payable(total: Decimal, decimals: u32, rounding: bool) -> Result<Decimal, Error> {
    let rounded = money::round(total, Grain { step: 1, decimals }, Rounding::HalfEven)?;
    if !rounding && total.decimals() > decimals {
        let message =
            format!("{total} is finer than {decimals} decimals; round it, or set roundTotal to true");
        return Err(Error::at("total", message));
    }
    Ok(rounded)
}

fn weights(weights: Option<&[Literal]>, parts: Option<u32>) -> Result<Vec<Decimal>, Error> {
    match (weights, parts) {
        (Some(weights), None) => exact_list(weights, "weights"),
        (None, Some(parts)) => Ok(vec![Decimal::new(1, 0)?; parts as usize]),
        (None, None) => Err(Error::at("weights", "give weights, or parts for equal shares")),
        (Some(_), Some(_)) => Err(Error::at("parts", "give either weights or parts, not both")),
    }
}

impl Output {
    fn of(allocation: Allocation, total: Decimal, names: Option<Vec<String>>) -> Self {
        let names = names.into_iter().flatten().map(Some).chain(std::iter::repeat(None));
        let row = |((index, share), name): ((usize, money::Share), Option<String>)| Share {
            index,
            name,
            amount: share.amount.to_f64(),
            text: share.amount.to_string(),
            exact_share: share.exact,
            difference: share.difference,
        };
        Self {
            shares: allocation.shares.into_iter().enumerate().zip(names).map(row).collect(),
            total: total.to_f64(),
            units_distributed: u64::try_from(allocation.distributed).unwrap_or(u64::MAX),
            decimals: total.decimals(),
        }
    }
}

impl From<Method> for Remainder {
    fn from(method: Method) -> Self {
        match method {
            Method::LargestRemainder => Self::Largest,
            Method::FirstParts => Self::First,
            Method::LastPart => Self::Last,
        }
    }
}
