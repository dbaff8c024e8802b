//! Time-weighted, Dietz and money-weighted return of a portfolio.

use crate::math;
use crate::math::finance::growth::equivalent_rate;
use crate::math::finance::performance::{self, Account};
use crate::math::finance::tvm;
use crate::toolkit::{Context, Error, Example, Problem, Tool, format};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct PortfolioReturn;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// Date of startValue, 2024-12-31.
    #[schemars(extend("x-format" = "date"))]
    start_date: String,
    /// Date of endValue, later.
    #[schemars(extend("x-format" = "date"))]
    end_date: String,
    /// Market value at the start, before a flow on that date [currency].
    start_value: f64,
    /// Market value at the end [currency].
    end_value: f64,
    /// Money put in (positive) and taken out, in any order.
    #[serde(default)]
    #[schemars(length(max = 10_000))]
    flows: Vec<Flow>,
    #[serde(default)]
    flow_timing: FlowTiming,
}

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Flow {
    /// From startDate to endDate.
    #[schemars(extend("x-format" = "date"))]
    date: String,
    /// Taken out negative [currency].
    amount: f64,
    /// Market value just before; needed for the time-weighted return [currency].
    value_before: Option<f64>,
}

/// Whether a flow counts on its own date; for the Dietz weights.
#[derive(Deserialize, Serialize, JsonSchema, Clone, Copy, Default, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum FlowTiming {
    #[default]
    StartOfDay,
    EndOfDay,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct SubPeriod {
    /// Start.
    start: String,
    /// End.
    end: String,
    /// Return between [decimal].
    r#return: f64,
}

/// What is null has its reason in warnings.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// subPeriods linked; null without every valueBefore [decimal].
    time_weighted_return: Option<f64>,
    /// gain / averageCapital [decimal].
    modified_dietz: Option<f64>,
    /// gain / (startValue + netFlow / 2) [decimal].
    simple_dietz: Option<f64>,
    /// Internal rate of return by dates, Actual/365 [decimal per year].
    money_weighted_annual: Option<f64>,
    /// The same over the whole time [decimal].
    money_weighted_period: Option<f64>,
    /// timeWeightedReturn per year; null below 365 days [decimal per year].
    annualized_time_weighted: Option<f64>,
    /// modifiedDietz per year; null below 365 days [decimal per year].
    annualized_dietz: Option<f64>,
    /// endValue - startValue - netFlow [currency].
    gain: f64,
    /// Sum of the flows [currency].
    net_flow: f64,
    /// startValue and each flow by the share of days it was there [currency].
    average_capital: f64,
    /// Returns between flows; empty without a time-weighted return.
    sub_periods: Vec<SubPeriod>,
    /// Days from startDate to endDate.
    days: i64,
}

impl Tool for PortfolioReturn {
    const NAME: &'static str = "calculate_portfolio_return";
    const TITLE: &'static str = "Time-weighted, Dietz and money-weighted return";
    const DESCRIPTION: &'static str = "Return of a portfolio with deposits and withdrawals: time-weighted (GIPS), modified and simple Dietz, and \
        money-weighted. A time-weighted return needs valueBefore of every flow.";
    const EXAMPLES: &'static [Example] = &[Example {
        arguments: r#"{"startDate": "2025-01-01", "endDate": "2026-01-01", "startValue": 1000, "endValue": 1200,
                "flows": [{"date": "2025-07-01", "amount": 100, "valueBefore": 1050}]}"#,
        expect: r#"{"timeWeightedReturn": 0.0956521739130434783, "modifiedDietz": 0.0952008346374543558, "simpleDietz": 0.0952380952380952381,
                "moneyWeightedAnnual": 0.0953040646947777170, "annualizedTimeWeighted": 0.0956521739130434783, "gain": 100, "netFlow": 100,
                "averageCapital": 1050.41095890410959, "days": 365,
                "subPeriods": [{"start": "2025-01-01", "end": "2025-07-01", "return": 0.05},
                    {"start": "2025-07-01", "end": "2026-01-01", "return": 0.0434782608695652174}]}"#,
        tolerance: 1e-12,
        source: "by hand: 1050/1000 * 1200/1150 - 1; 100 / (1000 + 100 * 184/365); 100 / 1050; the money-weighted rate by mpmath \
                1.4.1 findroot (pyxirr 0.10.8 stops at 0.0953040644)",
    }];
    const FORMULA: &'static str = "\
        timeWeightedReturn = product of valueBefore_k / (valueBefore_(k-1) + amount_(k-1)) - 1, from startValue to endValue\n\
        modifiedDietz = gain / (startValue + sum of w amount), w = (endDate - date) / days, where days = endDate - startDate; end_of_day: one day less\n\
        moneyWeightedAnnual: startValue, amounts and -endValue have present value 0\n\
        Source: CFA Institute, Global Investment Performance Standards (2020); C. R. Bacon, Practical Portfolio Performance Measurement \
        and Attribution, 2nd ed. (2008), chapter 2";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        let time = Time::of(&args)?;
        let account = time.account(&args)?;
        let d = performance::dietz(&account)?;
        let sub_periods = time.sub_periods(&account, cx)?;
        let returns: Option<Vec<f64>> =
            sub_periods.as_ref().map(|rows| rows.iter().map(|row| row.r#return).collect());
        let time_weighted = returns.map(|returns| performance::linked(&returns)).transpose()?;
        if d.modified.is_none() {
            cx.warn("modifiedDietz is null: the average capital is not above zero");
        }
        if d.simple.is_none() {
            cx.warn("simpleDietz is null: startValue and half of the flows are together not above zero");
        }
        let money = time.money_weighted(&args, d.modified, cx)?;
        let per_year = |total: Option<f64>, name| time.per_year(total, name, cx);
        Ok(Output {
            time_weighted_return: time_weighted,
            modified_dietz: d.modified,
            simple_dietz: d.simple,
            money_weighted_annual: money,
            money_weighted_period: money.map(|rate| equivalent_rate(rate, time.days / 365.0)).transpose()?,
            annualized_time_weighted: per_year(time_weighted, "annualizedTimeWeighted")?,
            annualized_dietz: per_year(d.modified, "annualizedDietz")?,
            gain: d.gain,
            net_flow: d.net_flow,
            average_capital: d.capital,
            sub_periods: sub_periods.unwrap_or_default(),
            days: time.days as i64,
        })
    }
}

/// The dates of a call, and its flows in their order: position in the call, days since the start.
struct Time {
    start: Date,
    end: Date,
    days: f64,
    order: Vec<(usize, Date, f64)>,
}

impl Time {
    fn of(args: &Args) -> Result<Self, Error> {
        let (start, end) = (date(&args.start_date, "startDate")?, date(&args.end_date, "endDate")?);
        let days = between(start, end);
        if days <= 0.0 {
            return Err(Error::at("endDate", format!("got {end}; wanted: a date after startDate, {start}")));
        }
        let late = if args.flow_timing == FlowTiming::EndOfDay { 1.0 } else { 0.0 };
        let (mut problems, mut order) = (vec![], vec![]);
        for (i, flow) in args.flows.iter().enumerate() {
            let day = date(&flow.date, &format!("flows[{i}].date"))?;
            let since = between(start, day) + late;
            if since < 0.0 || since > days {
                let text = format!(
                    "got {day}; wanted: a date from {start} to {end}, and with end_of_day before {end}"
                );
                problems.push(Problem::new(format!("flows[{i}].date"), text));
            }
            if flow.value_before.is_some_and(|value| value + flow.amount < 0.0) {
                let text = "valueBefore and amount together are negative: more was taken out than was there";
                problems.push(Problem::new(format!("flows[{i}]"), text));
            }
            order.push((i, day, since));
        }
        if !problems.is_empty() {
            return Err(Error::Arguments(problems));
        }
        order.sort_by_key(|row| row.1);
        Ok(Self { start, end, days, order })
    }

    fn account(&self, args: &Args) -> Result<Account, Error> {
        let opened = self.order.first().is_some_and(|row| row.1 == self.start);
        if args.start_value == 0.0 && !opened {
            return Err(Error::at(
                "startValue",
                "got 0; wanted: a value, or a flow on startDate that opens the portfolio",
            ));
        }
        let mut at_start = args.start_value;
        let flow = |&(i, _, since): &(usize, Date, f64)| {
            let Flow { amount, value_before, .. } = args.flows[i];
            // At the very start the value before a flow is what was there.
            let known = (since == 0.0).then_some(at_start);
            if since == 0.0 {
                at_start += amount;
            }
            performance::Flow {
                amount,
                weight: (self.days - since) / self.days,
                before: value_before.or(known),
            }
        };
        Ok(Account {
            start: args.start_value,
            end: args.end_value,
            flows: self.order.iter().map(flow).collect(),
        })
    }

    /// The returns between flows with their dates; none with the reason told.
    fn sub_periods(&self, account: &Account, cx: &Context) -> Result<Option<Vec<SubPeriod>>, Error> {
        let returns = match performance::sub_periods(account) {
            Ok(returns) => returns,
            Err(math::Error::NoAnswer { why }) => {
                cx.warn(format!("timeWeightedReturn is null: {why}"));
                return Ok(None);
            }
            Err(other) => return Err(other.into()),
        };
        if let Some(below) = returns.iter().find(|r| **r < -1.0) {
            cx.warn(format!(
                "timeWeightedReturn is null: more than everything was lost between two flows (return {below})"
            ));
            return Ok(None);
        }
        let mut dates: Vec<Date> = vec![self.start];
        dates.extend(self.order.iter().map(|row| row.1));
        dates.push(self.end);
        // Before the first deposit there may be no period: the returns belong to the last ones.
        let dates = dates.split_off(dates.len() - 1 - returns.len());
        let rows = dates.windows(2).zip(returns).map(|(pair, r)| (pair[0], pair[1], r));
        // Two flows on one date leave no time between, unless values say otherwise.
        let real = rows.filter(|(start, end, r)| start != end || *r != 0.0);
        let row = |(start, end, r): (Date, Date, f64)| SubPeriod {
            start: start.to_string(),
            end: end.to_string(),
            r#return: r,
        };
        Ok(Some(real.map(row).collect()))
    }

    /// The internal rate of return by the dates as listed, nearest the Dietz return where there are several.
    fn money_weighted(&self, args: &Args, dietz: Option<f64>, cx: &Context) -> Result<Option<f64>, Error> {
        let (mut amounts, mut times) = (vec![-args.start_value], vec![0.0]);
        for &(i, day, _) in &self.order {
            amounts.push(-args.flows[i].amount);
            times.push(between(self.start, day) / 365.0);
        }
        amounts.push(args.end_value);
        times.push(self.days / 365.0);
        let near = dietz.filter(|r| *r > -1.0).and_then(|r| equivalent_rate(r, 365.0 / self.days).ok());
        match tvm::xirr(&amounts, &times, near.filter(|r| *r > -1.0).unwrap_or(0.1), &|| cx.should_stop()) {
            Ok(found) => {
                if !found.other_roots.is_empty() {
                    let others = found.other_roots.len();
                    cx.warn(format!("{others} more money-weighted rates solve the equation; the one given is nearest the Dietz return"));
                }
                Ok(Some(found.irr))
            }
            Err(math::Error::Stopped) => Err(Error::Stopped),
            Err(why) => {
                cx.warn(format!("the money-weighted returns are null: {why}"));
                Ok(None)
            }
        }
    }

    fn per_year(&self, total: Option<f64>, name: &str, cx: &Context) -> Result<Option<f64>, Error> {
        let Some(total) = total else { return Ok(None) };
        let annual = performance::annualized_from_days(total, self.days)?;
        if annual.is_none() {
            let why = if self.days < 365.0 {
                "returns for less than a year are not annualised"
            } else {
                "more than everything was lost"
            };
            cx.warn(format!("{name} is null: {why}"));
        }
        Ok(annual)
    }
}

fn date(text: &str, path: &str) -> Result<Date, Error> {
    format::date(text).ok_or_else(|| Error::at(path, "is no date"))
}

fn between(start: Date, end: Date) -> f64 {
    (end.duration_since(start).as_hours() / 24) as f64
}
