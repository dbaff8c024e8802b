//! The guides: one for each task, its steps in a file beside this one.

use super::guide::Guide;
use super::{Argument, Prompt};

pub(super) const ANALYZE_INVESTMENT: Prompt = {
    const GUIDE: Guide = Guide {
        title: "Investment appraisal",
        subject: "project_name",
        absent: &[("project_name", "this investment")],
        steps: include_str!("steps/analyze_investment.md"),
    };
    const ARGUMENTS: &[Argument] = &[
        Argument {
            name: "investment_amount",
            description: "The outlay at time 0, a negative number in currency.",
            required: true,
            values: &[],
        },
        Argument {
            name: "discount_rate",
            description: "The required return per period as a decimal: 0.1 for 10 %.",
            required: true,
            values: &["0.06", "0.08", "0.1", "0.12", "0.15"],
        },
        Argument {
            name: "project_name",
            description: "What to call the investment.",
            required: false,
            values: &[],
        },
    ];
    Prompt {
        name: "analyze_investment",
        title: GUIDE.title,
        description: "Net present value, rate of return, sensitivity and payback of an investment, and a recommendation.",
        arguments: ARGUMENTS,
        render: |arguments, _| Ok(GUIDE.render(ARGUMENTS, arguments)),
    }
};

pub(super) const COMPARE_FINANCING: Prompt = {
    const GUIDE: Guide = Guide {
        title: "Loan comparison",
        subject: "purpose",
        absent: &[("purpose", "this need"), ("options", "ask for the offers")],
        steps: include_str!("steps/compare_financing.md"),
    };
    const ARGUMENTS: &[Argument] = &[
        Argument {
            name: "amount",
            description: "The amount needed, in currency.",
            required: true,
            values: &[],
        },
        Argument {
            name: "purpose",
            description: "What the money is for.",
            required: false,
            values: &[
                "equipment",
                "real estate",
                "vehicles",
                "working capital",
                "acquisition",
                "refinancing",
            ],
        },
        Argument {
            name: "options",
            description: "The offers: name, annual rate, years and payment frequency of each.",
            required: false,
            values: &[],
        },
    ];
    Prompt {
        name: "compare_financing",
        title: GUIDE.title,
        description: "Payments, total cost and timing of loan offers side by side, and the best one for each aim.",
        arguments: ARGUMENTS,
        render: |arguments, _| Ok(GUIDE.render(ARGUMENTS, arguments)),
    }
};

pub(super) const ASSESS_RISK: Prompt = {
    const GUIDE: Guide = Guide {
        title: "Monte Carlo risk assessment",
        subject: "scenario_name",
        absent: &[("confidence_level", "take 0.95")],
        steps: include_str!("steps/assess_risk.md"),
    };
    const ARGUMENTS: &[Argument] = &[
        Argument { name: "scenario_name", description: "What is assessed.", required: true, values: &[] },
        Argument {
            name: "confidence_level",
            description: "Confidence of the value at risk as a decimal: 0.95 for 95 %.",
            required: false,
            values: &["0.95", "0.975", "0.995"],
        },
    ];
    Prompt {
        name: "assess_risk",
        title: GUIDE.title,
        description: "Simulates an uncertain outcome: spread, value at risk, drivers, chances and mitigation.",
        arguments: ARGUMENTS,
        render: |arguments, _| Ok(GUIDE.render(ARGUMENTS, arguments)),
    }
};

pub(super) const FORECAST_REVENUE: Prompt = {
    const GUIDE: Guide = Guide {
        title: "Revenue forecast",
        subject: "business_name",
        absent: &[("business_name", "the business")],
        steps: include_str!("steps/forecast_revenue.md"),
    };
    const ARGUMENTS: &[Argument] = &[
        Argument {
            name: "periods_ahead",
            description: "How many periods of the history to forecast, a whole number.",
            required: true,
            values: &["4", "6", "12", "24"],
        },
        Argument { name: "business_name", description: "Whose revenue it is.", required: false, values: &[] },
    ];
    Prompt {
        name: "forecast_revenue",
        title: GUIDE.title,
        description: "Trend, season, projection with intervals and how far to trust it.",
        arguments: ARGUMENTS,
        render: |arguments, _| Ok(GUIDE.render(ARGUMENTS, arguments)),
    }
};

pub(super) const ANALYZE_PORTFOLIO: Prompt = {
    const GUIDE: Guide = Guide {
        title: "Portfolio statistics",
        subject: "portfolio_name",
        absent: &[("portfolio_name", "the portfolio")],
        steps: include_str!("steps/analyze_portfolio.md"),
    };
    const ARGUMENTS: &[Argument] = &[Argument {
        name: "portfolio_name",
        description: "What to call the portfolio.",
        required: false,
        values: &[],
    }];
    Prompt {
        name: "analyze_portfolio",
        title: GUIDE.title,
        description: "Return, risk, correlation and alternatives of a portfolio of assets, and a recommendation.",
        arguments: ARGUMENTS,
        render: |arguments, _| Ok(GUIDE.render(ARGUMENTS, arguments)),
    }
};

pub(super) const DEBT_ANALYSIS: Prompt = {
    const GUIDE: Guide = Guide {
        title: "Debt and leverage review",
        subject: "company_name",
        absent: &[("company_name", "the company")],
        steps: include_str!("steps/debt_analysis.md"),
    };
    const ARGUMENTS: &[Argument] =
        &[Argument { name: "company_name", description: "Whose debt it is.", required: false, values: &[] }];
    Prompt {
        name: "debt_analysis",
        title: GUIDE.title,
        description: "Service, covenants, leverage, cost of capital and refinancing of a company's debt.",
        arguments: ARGUMENTS,
        render: |arguments, _| Ok(GUIDE.render(ARGUMENTS, arguments)),
    }
};
