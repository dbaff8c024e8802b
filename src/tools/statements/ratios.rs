//! Ratios of several periods.

use crate::math::sum::sum;
use crate::toolkit::{Context, Error, Example, Problem, Tool};
use crate::tools::shared::ratio;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct Ratios;

/// A figure of each period.
#[derive(Deserialize, JsonSchema)]
#[serde(transparent)]
struct Series(#[schemars(length(min = 1, max = 1000))] Vec<f64>);

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// One a period.
    revenue: Series,
    /// As long.
    cogs: Option<Series>,
    /// As long.
    operating_expenses: Option<Series>,
    /// As long.
    interest_expense: Option<Series>,
    /// As long.
    tax_expense: Option<Series>,
    /// As long.
    total_assets: Series,
    /// As long.
    total_liabilities: Option<Series>,
    /// As long.
    total_equity: Series,
    /// As long.
    current_assets: Option<Series>,
    /// As long.
    current_liabilities: Option<Series>,
    /// As long.
    cash: Option<Series>,
    /// As long.
    inventory: Option<Series>,
    /// As long.
    accounts_receivable: Option<Series>,
    /// Wanted.
    #[serde(default = "all")]
    #[schemars(length(max = 4))]
    categories: Vec<Category>,
}

#[derive(Deserialize, Serialize, JsonSchema, Clone, Copy, PartialEq)]
#[serde(rename_all = "snake_case")]
#[schemars(extend("x-foldCase" = true))]
enum Category {
    Profitability,
    Liquidity,
    Solvency,
    Efficiency,
}

fn all() -> Vec<Category> {
    vec![Category::Profitability, Category::Liquidity, Category::Solvency, Category::Efficiency]
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// In the order given; null is what lacks an input or divides by 0.
    periods: Vec<Period>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Period {
    /// From 1.
    period: usize,
    /// revenue - cogs [currency].
    gross_profit: Option<f64>,
    /// grossProfit - operatingExpenses [currency].
    operating_income: Option<f64>,
    /// operatingIncome - interestExpense - taxExpense [currency].
    net_income: Option<f64>,
    /// Null unless asked for.
    profitability: Option<Profitability>,
    /// Null unless asked for.
    liquidity: Option<Liquidity>,
    /// Null unless asked for.
    solvency: Option<Solvency>,
    /// Null unless asked for.
    efficiency: Option<Efficiency>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Profitability {
    /// Of revenue [decimal].
    gross_margin: Option<f64>,
    /// Of revenue [decimal].
    operating_margin: Option<f64>,
    /// Of revenue [decimal].
    net_margin: Option<f64>,
    /// netIncome / closing totalEquity, if positive [decimal].
    roe: Option<f64>,
    /// netIncome / closing totalAssets [decimal].
    roa: Option<f64>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Liquidity {
    /// currentAssets / currentLiabilities [x].
    current_ratio: Option<f64>,
    /// (currentAssets - inventory) / currentLiabilities [x].
    quick_ratio: Option<f64>,
    /// cash / currentLiabilities [x].
    cash_ratio: Option<f64>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Solvency {
    /// totalLiabilities / totalEquity, if positive [x].
    debt_to_equity: Option<f64>,
    /// totalLiabilities / totalAssets [decimal].
    debt_to_assets: Option<f64>,
    /// operatingIncome / interestExpense [x].
    interest_coverage: Option<f64>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Efficiency {
    /// revenue / closing totalAssets [x].
    asset_turnover: Option<f64>,
    /// cogs / closing inventory [x].
    inventory_turnover: Option<f64>,
    /// revenue / closing accountsReceivable [x].
    receivables_turnover: Option<f64>,
}

impl Tool for Ratios {
    const NAME: &'static str = "calculate_ratio_summary";
    const TITLE: &'static str = "Ratio summary over periods";
    const DESCRIPTION: &'static str = "Profitability, liquidity, solvency and efficiency of each period on closing balances; a ratio that lacks an input or divides by zero is null.";
    const EXAMPLES: &'static [Example] = &[Example {
        arguments: r#"{"revenue": [1000, 1200], "cogs": [600, 660], "operatingExpenses": [200, 240], "interestExpense": [20, 0],
            "taxExpense": [45, 75], "totalAssets": [900, 960], "totalLiabilities": [540, 1000], "totalEquity": [360, -40],
            "currentAssets": [300, 400], "currentLiabilities": [150, 200], "cash": [60, 50], "inventory": [120, 110],
            "accountsReceivable": [100, 150]}"#,
        expect: r#"{"periods": [
            {"period": 1, "grossProfit": 400, "operatingIncome": 200, "netIncome": 135,
             "profitability": {"grossMargin": 0.4, "operatingMargin": 0.2, "netMargin": 0.135, "roe": 0.375, "roa": 0.15},
             "liquidity": {"currentRatio": 2, "quickRatio": 1.2, "cashRatio": 0.4},
             "solvency": {"debtToEquity": 1.5, "debtToAssets": 0.6, "interestCoverage": 10},
             "efficiency": {"assetTurnover": 1.11111111111111111, "inventoryTurnover": 5, "receivablesTurnover": 10}},
            {"period": 2, "netIncome": 225, "profitability": {"netMargin": 0.1875, "roe": null, "roa": 0.234375},
             "solvency": {"debtToEquity": null, "interestCoverage": null}, "efficiency": {"inventoryTurnover": 6}}]}"#,
        tolerance: 1e-15,
        source: "by hand: 135 / 360, 135 / 900, 180 / 150, 540 / 360, 200 / 20, 600 / 120; 225 / 960; no interest, no equity",
    }];
    const FORMULA: &'static str = "\
        Each period from revenue, cogs, ..., totalAssets, totalEquity at its end (no averages); nothing is assumed for what is not supplied\n\
        Turnovers are per period of the list, not scaled to a year\n\
        Source: CFA Institute, Financial Reporting and Analysis (2020), reading 24; balances there are averages, here closing ones";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        check(&args)?;
        let periods = (0..args.revenue.0.len()).map(|i| period(&args, i)).collect::<Result<_, _>>()?;
        Ok(Output { periods })
    }
}

fn check(args: &Args) -> Result<(), Error> {
    let count = args.revenue.0.len();
    let given = [
        ("cogs", &args.cogs),
        ("operatingExpenses", &args.operating_expenses),
        ("interestExpense", &args.interest_expense),
        ("taxExpense", &args.tax_expense),
        ("totalLiabilities", &args.total_liabilities),
        ("currentAssets", &args.current_assets),
        ("currentLiabilities", &args.current_liabilities),
        ("cash", &args.cash),
        ("inventory", &args.inventory),
        ("accountsReceivable", &args.accounts_receivable),
    ];
    let given = given.into_iter().filter_map(|(name, series)| Some((name, series.as_ref()?.0.len())));
    let needed = [("totalAssets", args.total_assets.0.len()), ("totalEquity", args.total_equity.0.len())];
    let wrong = needed.into_iter().chain(given).filter(|(_, length)| *length != count);
    let problem =
        |(name, length)| Problem::new(name, format!("has {length} periods; wanted: {count}, as revenue has"));
    let problems: Vec<Problem> = wrong.map(problem).collect();
    if problems.is_empty() { Ok(()) } else { Err(Error::Arguments(problems)) }
}

/// A sum of which every part is there.
fn total(parts: &[Option<f64>]) -> Result<Option<f64>, Error> {
    let parts: Option<Vec<f64>> = parts.iter().copied().collect();
    Ok(parts.map(|parts| sum(&parts)).transpose()?)
}

fn period(args: &Args, i: usize) -> Result<Period, Error> {
    let figures = Figures::of(args, i)?;
    let wanted = |category| args.categories.contains(&category);
    Ok(Period {
        period: i + 1,
        gross_profit: figures.gross,
        operating_income: figures.operating,
        net_income: figures.net,
        profitability: wanted(Category::Profitability).then(|| figures.profitability()).transpose()?,
        liquidity: wanted(Category::Liquidity).then(|| figures.liquidity()).transpose()?,
        solvency: wanted(Category::Solvency).then(|| figures.solvency()).transpose()?,
        efficiency: wanted(Category::Efficiency).then(|| figures.efficiency()).transpose()?,
    })
}

/// The figures of one period, as far as they are supplied.
struct Figures<'a> {
    args: &'a Args,
    i: usize,
    revenue: Option<f64>,
    gross: Option<f64>,
    operating: Option<f64>,
    net: Option<f64>,
    assets: Option<f64>,
    /// Positive equity alone: a loss on less than nothing is no return.
    equity: Option<f64>,
}

impl<'a> Figures<'a> {
    fn of(args: &'a Args, i: usize) -> Result<Self, Error> {
        let less = |series: &Option<Series>| at(series, i).map(|value| -value);
        let revenue = Some(args.revenue.0[i]);
        let (cogs, expenses) = (less(&args.cogs), less(&args.operating_expenses));
        let (interest, tax) = (less(&args.interest_expense), less(&args.tax_expense));
        Ok(Self {
            args,
            i,
            revenue,
            gross: total(&[revenue, cogs])?,
            operating: total(&[revenue, cogs, expenses])?,
            net: total(&[revenue, cogs, expenses, interest, tax])?,
            assets: Some(args.total_assets.0[i]),
            equity: Some(args.total_equity.0[i]).filter(|equity| *equity > 0.0),
        })
    }

    fn at(&self, series: &Option<Series>) -> Option<f64> {
        at(series, self.i)
    }

    fn profitability(&self) -> Result<Profitability, Error> {
        Ok(Profitability {
            gross_margin: ratio(self.gross, self.revenue, "gross margin")?,
            operating_margin: ratio(self.operating, self.revenue, "operating margin")?,
            net_margin: ratio(self.net, self.revenue, "net margin")?,
            roe: ratio(self.net, self.equity, "return on equity")?,
            roa: ratio(self.net, self.assets, "return on assets")?,
        })
    }

    fn liquidity(&self) -> Result<Liquidity, Error> {
        let (current, due) = (self.at(&self.args.current_assets), self.at(&self.args.current_liabilities));
        let quick = total(&[current, self.at(&self.args.inventory).map(|value| -value)])?;
        Ok(Liquidity {
            current_ratio: ratio(current, due, "current ratio")?,
            quick_ratio: ratio(quick, due, "quick ratio")?,
            cash_ratio: ratio(self.at(&self.args.cash), due, "cash ratio")?,
        })
    }

    fn solvency(&self) -> Result<Solvency, Error> {
        let liabilities = self.at(&self.args.total_liabilities);
        Ok(Solvency {
            debt_to_equity: ratio(liabilities, self.equity, "ratio of debt to equity")?,
            debt_to_assets: ratio(liabilities, self.assets, "ratio of debt to assets")?,
            interest_coverage: ratio(
                self.operating,
                self.at(&self.args.interest_expense),
                "interest coverage",
            )?,
        })
    }

    fn efficiency(&self) -> Result<Efficiency, Error> {
        let (cogs, stock) = (self.at(&self.args.cogs), self.at(&self.args.inventory));
        Ok(Efficiency {
            asset_turnover: ratio(self.revenue, self.assets, "asset turnover")?,
            inventory_turnover: ratio(cogs, stock, "inventory turnover")?,
            receivables_turnover: ratio(
                self.revenue,
                self.at(&self.args.accounts_receivable),
                "receivables turnover",
            )?,
        })
    }
}

fn at(series: &Option<Series>, i: usize) -> Option<f64> {
    series.as_ref().map(|series| series.0[i])
}
