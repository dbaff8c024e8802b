//! The written documents: guides, worked examples and reference tables, each a file beside this one.

use super::Resource;
use crate::toolkit::Body;

/// A written document before it is served.
struct Document {
    uri: &'static str,
    title: &'static str,
    description: &'static str,
    text: &'static str,
}

/// All of them, in the order of the list.
const DOCUMENTS: [Document; 14] = [
    Document {
        uri: "docs://tvm-formulas",
        title: "Time Value of Money Formulas",
        description: "Present and future value, NPV, IRR, XNPV, XIRR, annuities and loan payments: formula, convention, tool, example.",
        text: include_str!("docs/tvm-formulas.md"),
    },
    Document {
        uri: "docs://statistical-methods",
        title: "Statistical Analysis Methods",
        description: "Descriptive statistics, correlation, regression, confidence intervals, hypothesis tests, z-scores; sample and population.",
        text: include_str!("docs/statistical-methods.md"),
    },
    Document {
        uri: "docs://monte-carlo-guide",
        title: "Monte Carlo Simulation Guide",
        description: "Input distributions, workflow, four complete run_monte_carlo calls, risk metrics and sensitivity.",
        text: include_str!("docs/monte-carlo-guide.md"),
    },
    Document {
        uri: "docs://forecasting-techniques",
        title: "Forecasting Techniques",
        description: "Trend families, seasonal adjustment, smoothing, and how to judge a forecast.",
        text: include_str!("docs/forecasting-techniques.md"),
    },
    Document {
        uri: "docs://optimization-guide",
        title: "Optimization and Solvers Guide",
        description: "Root finding, gradient descent and capital allocation: which tool, which parameters, what to check.",
        text: include_str!("docs/optimization-guide.md"),
    },
    Document {
        uri: "docs://portfolio-optimization",
        title: "Portfolio Optimization Guide",
        description: "Maximum Sharpe ratio, efficient frontier and risk parity, worked through on one set of returns.",
        text: include_str!("docs/portfolio-optimization.md"),
    },
    Document {
        uri: "docs://real-options",
        title: "Real Options Valuation Guide",
        description: "Black-Scholes, Greeks with their units, binomial tree, options to expand and to abandon, choosing inputs.",
        text: include_str!("docs/real-options.md"),
    },
    Document {
        uri: "docs://risk-analytics",
        title: "Risk Analytics Guide",
        description: "Stress tests, value at risk and expected shortfall, aggregation, risk profile and how to read it.",
        text: include_str!("docs/risk-analytics.md"),
    },
    Document {
        uri: "example://investment-analysis",
        title: "Investment Analysis Example",
        description: "A machine for 100,000: NPV, IRR, sensitivity, payback and the decision.",
        text: include_str!("examples/investment-analysis.md"),
    },
    Document {
        uri: "example://loan-comparison",
        title: "Loan Comparison Example",
        description: "200,000 over 30 years at 6 % or over 15 years at 5.5 %: payments, totals and what they mean.",
        text: include_str!("examples/loan-comparison.md"),
    },
    Document {
        uri: "example://risk-modeling",
        title: "Risk Modeling Example",
        description: "Gross profit of a product launch simulated: what must come out, percentiles, value at risk, drivers.",
        text: include_str!("examples/risk-modeling.md"),
    },
    Document {
        uri: "reference://financial-glossary",
        title: "Financial Glossary",
        description: "Sixteen terms with definition and tool, as JSON.",
        text: include_str!("reference/financial-glossary.json"),
    },
    Document {
        uri: "reference://common-rates",
        title: "Common Interest Rates Reference",
        description: "Compounding, conversions, and levels of rates with their date and source.",
        text: include_str!("reference/common-rates.md"),
    },
    Document {
        uri: "reference://distribution-guide",
        title: "Probability Distributions Guide",
        description: "Eight distributions and the counting ones: parameters, moments, use, and a table to choose by.",
        text: include_str!("reference/distribution-guide.md"),
    },
];

/// A guide may name tools of a larger server than this one.
const FOOTER: &str = "\n---\nA tool named here can be called when the server's list of tools has it.\n";

/// The documents as clients see them.
pub(super) fn all() -> impl Iterator<Item = Resource> {
    DOCUMENTS.iter().map(|document| {
        let json = document.text.starts_with('{');
        let text = if json { document.text.to_owned() } else { served(document.text) };
        Resource {
            uri: document.uri.into(),
            name: document.title.into(),
            title: document.title.into(),
            description: document.description.into(),
            mime_type: if json { "application/json" } else { super::MARKDOWN },
            body: Body::Text(text.into()),
        }
    })
}

/// The text without its comment lines, which tell only the tests how a figure comes about.
fn served(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines().filter(|line| !line.starts_with("<!-- ")) {
        out += line;
        out.push('\n');
    }
    out + FOOTER
}
