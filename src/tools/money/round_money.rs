//! Rounding of amounts to the units of a currency.

use super::{exact, exact_list, minor_unit};
use crate::math::decimal::{self, Decimal, Rounding};
use crate::math::finance::money::{Grain, round, round_preserving};
use crate::toolkit::{Context, Error, Example, Literal, Tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct RoundMoney;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// At most 28 significant digits each [currency].
    #[schemars(length(min = 1, max = 10_000))]
    amounts: Vec<Literal>,
    /// ISO 4217, for its minor unit.
    currency: Option<String>,
    /// Instead of currency; 2 when neither is given.
    #[schemars(range(max = 8))]
    decimals: Option<u32>,
    /// half_*: to the nearer one; up: away from zero, down: to zero.
    #[serde(default)]
    mode: Mode,
    /// To multiples of this, 0.05 for Swiss cash [currency].
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    cash_increment: Option<Literal>,
    /// Rounded amounts add up to the rounded total, by largest remainders.
    #[serde(default)]
    preserve_total: bool,
}

#[derive(Deserialize, Serialize, JsonSchema, Clone, Copy, Default)]
#[serde(rename_all = "snake_case")]
enum Mode {
    #[default]
    HalfEven,
    HalfUp,
    HalfDown,
    Up,
    Down,
    Ceiling,
    Floor,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// In the order of amounts.
    results: Vec<Rounded>,
    /// Sum of amounts [currency].
    total: f64,
    /// Sum of the rounded amounts [currency].
    rounded_total: f64,
    /// roundedTotal as exact decimal text.
    rounded_total_text: String,
    /// roundedTotal - total [currency].
    rounding_difference: f64,
    /// Decimals of the minor unit.
    decimals: u32,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Rounded {
    /// As given [currency].
    amount: f64,
    /// The multiple of the minor unit or cashIncrement [currency].
    rounded: f64,
    /// rounded as exact decimal text.
    text: String,
    /// rounded - amount [currency].
    difference: f64,
}

impl Tool for RoundMoney {
    const NAME: &'static str = "round_money";
    const TITLE: &'static str = "Round amounts to currency units";
    const DESCRIPTION: &'static str = "Rounds amounts as exact decimals: 1.005 is 1.005, not the binary number below it. Minor units by currency, or \
        decimals; seven modes, cash increments, and rounding that keeps the total.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"amounts": [5.5, 2.5, 1.6, 1.1, 1.0, -1.0, -1.1, -1.6, -2.5, -5.5], "decimals": 0, "mode": "half_even"}"#,
            expect: r#"{"results": [
                {"rounded": 6, "text": "6", "difference": 0.5}, {"rounded": 2}, {"rounded": 2}, {"rounded": 1}, {"rounded": 1},
                {"rounded": -1}, {"rounded": -1}, {"rounded": -2}, {"rounded": -2}, {"rounded": -6}
            ], "total": 0, "roundedTotal": 0, "decimals": 0}"#,
            tolerance: 0.0,
            source: "Java SE documentation of java.math.RoundingMode, summary table, column HALF_EVEN",
        },
        Example {
            arguments: r#"{"amounts": [1.005, 2.675, 1234567890123456789.125], "currency": "USD", "mode": "half_up"}"#,
            expect: r#"{"results": [{"text": "1.01"}, {"text": "2.68"}, {"text": "1234567890123456789.13"}],
                "roundedTotalText": "1234567890123456792.82", "roundingDifference": 0.015, "decimals": 2}"#,
            tolerance: 1e-15,
            source: "Python 3 decimal, quantize ROUND_HALF_UP",
        },
        Example {
            arguments: r#"{"amounts": [10.02, 10.03, 10.075], "currency": "CHF", "cashIncrement": 0.05}"#,
            expect: r#"{"results": [{"text": "10.00"}, {"text": "10.05"}, {"text": "10.10"}], "roundedTotalText": "30.15"}"#,
            tolerance: 0.0,
            source: "by hand: 201.5 times 0.05 goes to the even 202",
        },
        Example {
            arguments: r#"{"amounts": [33.335, 33.335, 33.33], "preserveTotal": true}"#,
            expect: r#"{"results": [{"text": "33.34"}, {"text": "33.33"}, {"text": "33.33"}], "roundedTotal": 100, "roundingDifference": 0}"#,
            tolerance: 0.0,
            source: "by hand: cut to cents 99.99; the first of the two largest remainders gets the cent",
        },
    ];
    const FORMULA: &'static str = "\
        results[i].rounded = g * mode(amounts[i] / g), g = cashIncrement, or 10^-decimals of the currency\n\
        preserveTotal: floor each to g, then g more for the largest remainders until the sum is g * mode(total / g)\n\
        Source: java.math.RoundingMode (modes); ISO 4217 (minor units); Hamilton's largest remainders";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let amounts = exact_list(&args.amounts, "amounts")?;
        let decimals = minor_unit(args.currency.as_deref(), args.decimals)?;
        let grain = match &args.cash_increment {
            None => Grain { step: 1, decimals },
            Some(written) => Grain::of(exact(written, "cashIncrement")?, decimals)
                .map_err(|e| Error::at("cashIncrement", format!("{} {e}", written.text())))?,
        };
        let total = decimal::sum(&amounts)?;
        let mode = args.mode.into();
        let rounded = if args.preserve_total {
            round_preserving(&amounts, total, grain, mode)?
        } else {
            amounts.iter().map(|amount| round(*amount, grain, mode)).collect::<Result<_, _>>()?
        };
        let rounded_total = decimal::sum(&rounded)?;
        Ok(Output {
            results: amounts.iter().zip(&rounded).map(|(amount, rounded)| row(*amount, *rounded)).collect(),
            total: total.to_f64(),
            rounded_total: rounded_total.to_f64(),
            rounded_total_text: rounded_total.to_string(),
            rounding_difference: difference(rounded_total, total),
            decimals,
        })
    }
}

fn row(amount: Decimal, rounded: Decimal) -> Rounded {
    let difference = difference(rounded, amount);
    Rounded { amount: amount.to_f64(), rounded: rounded.to_f64(), text: rounded.to_string(), difference }
}

/// Exact, unless one number is so small beside the other that floats lose nothing.
fn difference(a: Decimal, b: Decimal) -> f64 {
    a.minus(b).map_or_else(|_| a.to_f64() - b.to_f64(), Decimal::to_f64)
}

impl From<Mode> for Rounding {
    fn from(mode: Mode) -> Self {
        match mode {
            Mode::HalfEven => Self::HalfEven,
            Mode::HalfUp => Self::HalfUp,
            Mode::HalfDown => Self::HalfDown,
            Mode::Up => Self::Up,
            Mode::Down => Self::Down,
            Mode::Ceiling => Self::Ceiling,
            Mode::Floor => Self::Floor,
        }
    }
}
