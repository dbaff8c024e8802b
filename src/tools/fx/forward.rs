//! Forward exchange rates and the interest rates in them.

use crate::math::finance::fx::{self, Leg, Solve, forward};
use crate::math::time::{DayCount, Terms};
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::dates::Day;
use crate::tools::shared::held;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct FxForward;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// Spot rate [quote per base].
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    spot: f64,
    /// Give the other two.
    #[serde(default)]
    solve_for: Unknown,
    /// Interest [decimal per year].
    base_rate: Option<f64>,
    /// Interest [decimal per year].
    quote_rate: Option<f64>,
    /// Known when solving for a rate [quote per base].
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    forward: Option<f64>,
    /// 1 + r T, (1 + r)^T or e^(r T).
    #[serde(default)]
    compounding: Compounding,
    /// With forwardDate.
    spot_date: Option<Day>,
    /// After spotDate.
    forward_date: Option<Day>,
    /// Instead of the dates [years].
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    time_years: Option<f64>,
    /// Of baseRate, for dates.
    #[serde(default)]
    base_day_count: Basis,
    /// Of quoteRate, for dates.
    #[serde(default)]
    quote_day_count: Basis,
    /// 0.01 for pairs in yen [quote per base].
    #[serde(default = "pip")]
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    pip_size: f64,
    /// Dealt, to compare with parity [quote per base].
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    market_forward: Option<f64>,
}

fn pip() -> f64 {
    0.0001
}

#[derive(Deserialize, Serialize, JsonSchema, Clone, Copy, Default)]
#[serde(rename_all = "camelCase")]
enum Unknown {
    #[default]
    Forward,
    BaseRate,
    QuoteRate,
}

#[derive(Deserialize, Serialize, JsonSchema, Clone, Copy, Default)]
#[serde(rename_all = "camelCase")]
enum Compounding {
    #[default]
    Simple,
    Annual,
    Continuous,
}

#[derive(Deserialize, Serialize, JsonSchema, Clone, Copy, Default)]
enum Basis {
    #[serde(rename = "30/360US")]
    Thirty360Us,
    #[serde(rename = "30E/360")]
    ThirtyE360,
    #[default]
    #[serde(rename = "ACT/360")]
    Actual360,
    #[serde(rename = "ACT/365F")]
    Actual365Fixed,
    #[serde(rename = "ACT/ACT_ISDA")]
    ActualActualIsda,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// By parity, or as given [quote per base].
    forward: f64,
    /// (forward - spot) / pipSize [pips].
    forward_points: f64,
    /// Given or implied [decimal per year].
    base_rate: f64,
    /// Given or implied [decimal per year].
    quote_rate: f64,
    /// (forward / spot - 1) / time; negative is a discount of the base currency [decimal per year].
    annualized_premium: f64,
    /// By quoteDayCount [years].
    time: f64,
    /// |marketForward - forward|, at maturity; null without marketForward [quote per base].
    arbitrage_profit: Option<f64>,
    /// What to do in base currency at marketForward; null without it.
    arbitrage_direction: Option<Direction>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Direction {
    None,
    BuyForward,
    SellForward,
}

impl Tool for FxForward {
    const NAME: &'static str = "calculate_fx_forward";
    const TITLE: &'static str = "FX forward, points, implied rates (covered parity)";
    const DESCRIPTION: &'static str = "Forward exchange rate, points and annual premium from spot and two interest rates; or the rate that a forward \
        implies. Spot and forward are quote currency per unit of base currency.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"spot": 0.98, "baseRate": 0.03, "quoteRate": 0.01, "compounding": "continuous", "timeYears": 2, "marketForward": 0.93}"#,
            expect: r#"{"forward": 0.941573650369276745, "forwardPoints": -384.263496307232547, "time": 2,
                "arbitrageProfit": 0.0115736503692767452, "arbitrageDirection": "buy_forward"}"#,
            tolerance: 1e-12,
            source: "J. C. Hull, Options, Futures, and Other Derivatives, 9th ed. (2015), section 5.10 (0.9416; at 0.93 one buys forward); further digits by mpmath 1.4.1",
        },
        Example {
            arguments: r#"{"spot": 1.1, "baseRate": 0.02, "quoteRate": 0.05, "spotDate": "2024-01-15", "forwardDate": "2024-07-15", "quoteDayCount": "ACT/360"}"#,
            expect: r#"{"forward": 1.11651633483665163, "forwardPoints": 165.163348366516335, "time": 0.505555555555555556}"#,
            tolerance: 1e-12,
            source: "by hand: 1.1 (1 + 0.05 · 182/360) / (1 + 0.02 · 182/360)",
        },
        Example {
            arguments: r#"{"spot": 1.25, "solveFor": "baseRate", "quoteRate": 0.08, "forward": 1.2, "compounding": "annual", "timeYears": 1}"#,
            expect: r#"{"baseRate": 0.125, "annualizedPremium": -0.04, "arbitrageProfit": null}"#,
            tolerance: 1e-12,
            source: "by hand: 1.25 · 1.08 / 1.2 = 1.125",
        },
    ];
    const FORMULA: &'static str = "\
        forward = spot * g(quoteRate) / g(baseRate), solved for a rate where solveFor names it\n\
        g(r) = 1 + r T (simple), (1 + r)^T (annual), e^(r T) (continuous), T by the day count of that currency, or timeYears\n\
        forwardPoints = (forward - spot) / pipSize; annualizedPremium = (forward / spot - 1) / time\n\
        Source: J. C. Hull, Options, Futures, and Other Derivatives, 9th ed. (2015), section 5.10";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let time = args.time()?;
        let found = forward(args.spot, time, args.solve()?, args.compounding.into())?;
        let (arbitrage_profit, arbitrage_direction) = match args.market_forward {
            None => (None, None),
            Some(market) => {
                let (profit, direction) = arbitrage(market, found.forward);
                (Some(profit), Some(direction))
            }
        };
        Ok(Output {
            forward: found.forward,
            forward_points: held(found.points / args.pip_size, "forward points")?,
            base_rate: found.base_rate,
            quote_rate: found.quote_rate,
            annualized_premium: held(found.premium / time.quote, "annual premium")?,
            time: time.quote,
            arbitrage_profit,
            arbitrage_direction,
        })
    }
}

/// What lies within rounding of parity is no arbitrage.
fn arbitrage(market: f64, parity: f64) -> (f64, Direction) {
    let above = market - parity;
    if above.abs() <= 1e-12 * parity {
        (0.0, Direction::None)
    } else if above > 0.0 {
        (above, Direction::SellForward)
    } else {
        (-above, Direction::BuyForward)
    }
}

impl Args {
    fn time(&self) -> Result<Leg, Error> {
        let (start, end) = match (self.spot_date, self.forward_date, self.time_years) {
            (None, None, Some(years)) => return Ok(Leg { base: years, quote: years }),
            (Some(start), Some(end), None) => (start.0, end.0),
            (None, None, None) => {
                return Err(Error::at("timeYears", "missing; give it, or spotDate and forwardDate"));
            }
            (_, _, Some(_)) => {
                return Err(Error::at("timeYears", "give either timeYears or the dates, not both"));
            }
            (None, Some(_), None) => return Err(Error::at("spotDate", "missing beside forwardDate")),
            (Some(_), None, None) => return Err(Error::at("forwardDate", "missing beside spotDate")),
        };
        let years = |basis: Basis| {
            let fraction = DayCount::from(basis).fraction(start, end, &Terms::default());
            let wrong = || {
                Error::at("forwardDate", format!("{end} is not after spotDate, {start}, by the day count"))
            };
            fraction.ok().filter(|years| *years > 0.0).ok_or_else(wrong)
        };
        Ok(Leg { base: years(self.base_day_count)?, quote: years(self.quote_day_count)? })
    }

    fn solve(&self) -> Result<Solve, Error> {
        let given = [("forward", self.forward), ("baseRate", self.base_rate), ("quoteRate", self.quote_rate)];
        let unknown = self.solve_for as usize;
        let (name, _) = given[unknown];
        if given[unknown].1.is_some() {
            return Err(Error::at(
                name,
                "is what solveFor computes; leave it out, or compare a dealt forward as marketForward",
            ));
        }
        let needed = |(needed, value): (&str, Option<f64>)| {
            value.ok_or_else(|| Error::at(needed, format!("missing; needed to solve for {name}")))
        };
        Ok(match self.solve_for {
            Unknown::Forward => Solve::Forward { base: needed(given[1])?, quote: needed(given[2])? },
            Unknown::BaseRate => Solve::BaseRate { quote: needed(given[2])?, forward: needed(given[0])? },
            Unknown::QuoteRate => Solve::QuoteRate { base: needed(given[1])?, forward: needed(given[0])? },
        })
    }
}

impl From<Compounding> for fx::Compounding {
    fn from(compounding: Compounding) -> Self {
        match compounding {
            Compounding::Simple => Self::Simple,
            Compounding::Annual => Self::Annual,
            Compounding::Continuous => Self::Continuous,
        }
    }
}

impl From<Basis> for DayCount {
    fn from(basis: Basis) -> Self {
        match basis {
            Basis::Thirty360Us => Self::Thirty360Us,
            Basis::ThirtyE360 => Self::ThirtyE360,
            Basis::Actual360 => Self::Actual360,
            Basis::Actual365Fixed => Self::Actual365Fixed,
            Basis::ActualActualIsda => Self::ActualActualIsda,
        }
    }
}
