//! Which figures a covenant needs, and what they give.

use super::{Args, Financials, Kind};
use crate::toolkit::{Error, Problem};

/// A figure and its name.
type Figure = (&'static str, Option<f64>);

impl Kind {
    /// Canonical name, and the figures it is made of.
    pub(super) fn needs(self, f: &Financials) -> (&'static str, Vec<Figure>) {
        let assets = ("current_assets", f.current_assets);
        let liabilities = ("current_liabilities", f.current_liabilities);
        let (debt, equity) = (("total_debt", f.total_debt), ("equity", f.equity));
        let (ebitda, interest) = (("ebitda", f.ebitda), ("interest_expense", f.interest_expense));
        match self {
            Self::CurrentRatio => ("current_ratio", vec![assets, liabilities]),
            Self::QuickRatio => ("quick_ratio", vec![assets, liabilities, ("inventory", f.inventory)]),
            Self::DebtToEquity | Self::DebtOverEquity => ("debt_to_equity", vec![debt, equity]),
            Self::InterestCoverage => ("interest_coverage", vec![("ebit", f.ebit), interest]),
            Self::DebtServiceCoverage | Self::Dscr => {
                ("debt_service_coverage", vec![ebitda, interest, ("principal_payment", f.principal_payment)])
            }
            Self::DebtToEbitda | Self::DebtOverEbitda => ("debt_to_ebitda", vec![debt, ebitda]),
            Self::MinimumEbitda | Self::Ebitda => ("minimum_ebitda", vec![ebitda]),
            Self::TangibleNetWorth | Self::NetWorth => {
                ("tangible_net_worth", vec![equity, ("intangibles", f.intangibles)])
            }
        }
    }

    /// What the figures give; none without bound.
    pub(super) fn actual(self, figures: &[f64]) -> Option<f64> {
        match (self, figures) {
            (Self::QuickRatio, [assets, liabilities, inventory]) => ratio(assets - inventory, *liabilities),
            (Self::DebtServiceCoverage | Self::Dscr, [ebitda, interest, principal]) => {
                ratio(*ebitda, interest + principal)
            }
            (Self::TangibleNetWorth | Self::NetWorth, [equity, intangibles]) => Some(equity - intangibles),
            // Without debt there is nothing to measure, whatever it would be measured against.
            (
                Self::DebtToEquity | Self::DebtOverEquity | Self::DebtToEbitda | Self::DebtOverEbitda,
                [0.0, _],
            ) => Some(0.0),
            (_, [top, bottom]) => ratio(*top, *bottom),
            (_, figures) => figures.first().copied(),
        }
    }
}

fn ratio(top: f64, bottom: f64) -> Option<f64> {
    (bottom > 0.0).then(|| top / bottom)
}

/// Names every figure that a covenant needs and that is not there.
pub(super) fn refuse_gaps(args: &Args) -> Result<(), Error> {
    let mut problems: Vec<Problem> = Vec::new();
    for agreed in &args.covenants {
        let (name, figures) = agreed.r#type.needs(&args.financials);
        for (figure, _) in figures.iter().filter(|(_, value)| value.is_none()) {
            let path = format!("financials.{figure}");
            if problems.iter().all(|problem| problem.path != path) {
                let message = format!("missing; wanted: a number, which the covenant {name} needs");
                problems.push(Problem::new(path, message));
            }
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(Error::Arguments(problems)) }
}
