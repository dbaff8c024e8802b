//! Metrics of a subscription business.

use super::{Benchmark, Better, benchmark};
use crate::math::sum::sum;
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::{held, ratio};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct Saas;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Args {
    /// Label.
    #[schemars(length(max = 200))]
    #[expect(dead_code, reason = "a label for the caller's own use")]
    entity: String,
    /// Label.
    #[schemars(length(max = 200))]
    #[expect(dead_code, reason = "a label for the caller's own use")]
    period: String,
    /// Closing [currency per month].
    #[schemars(range(min = 0))]
    mrr: f64,
    /// [currency per month]
    #[schemars(range(min = 0), extend("default" = 0))]
    new_mrr: Option<f64>,
    /// [currency per month]
    #[schemars(range(min = 0), extend("default" = 0))]
    expansion_mrr: Option<f64>,
    /// Positive.
    #[schemars(range(min = 0), extend("default" = 0))]
    churned_mrr: Option<f64>,
    /// Positive.
    #[schemars(range(min = 0), extend("default" = 0))]
    contraction_mrr: Option<f64>,
    /// Closing count.
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    customers: Option<f64>,
    /// Count.
    #[schemars(range(min = 0), extend("default" = 0))]
    new_customers: Option<f64>,
    /// Count.
    #[schemars(range(min = 0), extend("default" = 0))]
    churned_customers: Option<f64>,
    /// Of this period [currency].
    #[schemars(range(min = 0))]
    sales_and_marketing: Option<f64>,
    /// No effect.
    #[schemars(range(min = 0))]
    #[expect(dead_code, reason = "accepted from clients of the predecessor")]
    average_contract_value: Option<f64>,
    /// For LTV, payback [decimal].
    #[serde(default = "one")]
    #[schemars(extend("exclusiveMinimum" = 0.0), range(max = 1))]
    gross_margin: f64,
    /// Length of the period [months].
    #[serde(default = "one")]
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    period_months: f64,
}

fn one() -> f64 {
    1.0
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// 12 mrr [currency per year].
    arr: f64,
    /// mrr / customers [currency per month].
    arpu: Option<f64>,
    /// new + expansion - churned - contraction [currency per month].
    net_new_mrr: f64,
    /// mrr - netNewMrr [currency per month].
    opening_mrr: f64,
    /// netNewMrr / openingMrr [decimal per period].
    mrr_growth_rate: Option<f64>,
    /// Opening with expansion, churn and contraction, over opening [decimal].
    net_revenue_retention: Option<f64>,
    /// The same without expansion [decimal].
    gross_revenue_retention: Option<f64>,
    /// 1 - customerChurnRate [decimal].
    logo_retention: Option<f64>,
    /// churned_customers / opening customers [decimal per period].
    customer_churn_rate: Option<f64>,
    /// sales_and_marketing / new_customers [currency].
    cac: Option<f64>,
    /// arpu * gross_margin * period_months / customerChurnRate [currency].
    ltv: Option<f64>,
    /// ltv / cac [x].
    ltv_to_cac: Option<f64>,
    /// cac / (arpu * gross_margin) [months].
    cac_payback_months: Option<f64>,
    /// 12 netNewMrr / sales_and_marketing of the same period [x].
    magic_number: Option<f64>,
    /// Figures that exist and come from movements that were given, against usual standards.
    benchmarks: Vec<Benchmark>,
}

impl Tool for Saas {
    const NAME: &'static str = "calculate_saas_metrics";
    const TITLE: &'static str = "SaaS metrics";
    const DESCRIPTION: &'static str = "ARR, revenue and logo retention, churn, CAC, LTV by margin, payback, magic number from a period's movements; null where undefined.";
    const EXAMPLES: &'static [Example] = &[Example {
        arguments: r#"{"entity": "Cloud", "period": "March", "mrr": 110000, "new_mrr": 12000, "expansion_mrr": 5000,
            "churned_mrr": 4000, "contraction_mrr": 3000, "customers": 220, "new_customers": 30, "churned_customers": 10,
            "sales_and_marketing": 60000, "gross_margin": 0.8, "period_months": 1}"#,
        expect: r#"{"arr": 1320000, "arpu": 500, "netNewMrr": 10000, "openingMrr": 100000, "mrrGrowthRate": 0.1,
            "netRevenueRetention": 0.98, "grossRevenueRetention": 0.93, "logoRetention": 0.95, "customerChurnRate": 0.05,
            "cac": 2000, "ltv": 8000, "ltvToCac": 4, "cacPaybackMonths": 5, "magicNumber": 2,
            "benchmarks": [{"metric": "netRevenueRetention", "rating": "watch"}, {"metric": "grossRevenueRetention", "rating": "good"},
            {"metric": "logoRetention", "rating": "good"}, {"metric": "customerChurnRate", "rating": "watch"},
            {"metric": "ltvToCac", "rating": "good"}, {"metric": "cacPaybackMonths", "rating": "good"},
            {"metric": "magicNumber", "rating": "good"}]}"#,
        tolerance: 1e-14,
        source: "by hand: opening 110000 - 10000 and 220 - 30 + 10; 98000 / 100000; 10 / 200; 500 · 0.8 / 0.05; 2000 / 400; 120000 / 60000",
    }];
    const FORMULA: &'static str = "\
        openingMrr = mrr - netNewMrr; opening customers = customers - new_customers + churned_customers; entity and period are labels\n\
        ltv is null without churn, growth and retention without openingMrr > 0. Good, watch: above 1, 0.9 (net retention), 3, 1.5 (ltvToCac), \
        0.75, 0.5 (magicNumber); from 0.90, 0.85 (gross), 0.95, 0.90 (logo); below 0.05, 0.10 (churn), 12, 18 (payback)\n\
        Source: D. Skok, SaaS Metrics 2.0; the limits are rules of thumb";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        let (new, expansion) = (args.new_mrr.unwrap_or(0.0), args.expansion_mrr.unwrap_or(0.0));
        let (churned, contraction) = (args.churned_mrr.unwrap_or(0.0), args.contraction_mrr.unwrap_or(0.0));
        let opening = sum(&[args.mrr, -new, -expansion, churned, contraction])?;
        // What decimals leave over in floats is no opening.
        let base = (opening > 1e-12 * args.mrr).then_some(opening);
        let net_new = sum(&[new, expansion, -churned, -contraction])?;
        let clients = Clients::of(&args)?;
        let arpu = ratio(Some(args.mrr), args.customers, "revenue per customer")?;
        let cac = ratio(args.sales_and_marketing, args.new_customers, "acquisition cost")?;
        let monthly = arpu.map(|arpu| arpu * args.gross_margin);
        let earned =
            monthly.map(|monthly| held(monthly * args.period_months, "margin of a period")).transpose()?;
        let ltv = ratio(earned, clients.churn, "lifetime value")?;
        let mut output = Output {
            arr: held(12.0 * args.mrr, "annual revenue")?,
            arpu,
            net_new_mrr: net_new,
            opening_mrr: opening,
            mrr_growth_rate: ratio(Some(net_new), base, "growth rate")?,
            net_revenue_retention: ratio(Some(sum(&[args.mrr, -new])?), base, "net retention")?,
            gross_revenue_retention: ratio(
                Some(sum(&[args.mrr, -new, -expansion])?),
                base,
                "gross retention",
            )?,
            logo_retention: clients.retained,
            customer_churn_rate: clients.churn,
            cac,
            ltv,
            ltv_to_cac: ratio(ltv, cac, "ratio of LTV to CAC")?,
            cac_payback_months: ratio(cac, monthly, "payback time")?,
            magic_number: ratio(
                Some(held(12.0 * net_new, "new annual revenue")?),
                args.sales_and_marketing,
                "magic number",
            )?,
            benchmarks: vec![],
        };
        output.benchmarks = rate(&output, &args, cx);
        Ok(output)
    }
}

/// What becomes of the customers of the opening.
struct Clients {
    churn: Option<f64>,
    retained: Option<f64>,
}

impl Clients {
    fn of(args: &Args) -> Result<Self, Error> {
        let (new, churned) = (args.new_customers.unwrap_or(0.0), args.churned_customers.unwrap_or(0.0));
        let Some(customers) = args.customers else { return Ok(Self { churn: None, retained: None }) };
        // Those who stayed are the closing ones that are not new; fewer than none cannot have stayed.
        let stayed = customers - new;
        let opening = sum(&[customers, -new, churned])?;
        if stayed < 0.0 {
            let message = format!(
                "got {churned}, more than the {opening} opening customers (customers - new_customers + churned_customers); \
                 wanted: new_customers at most customers, {customers}"
            );
            return Err(Error::at("churned_customers", message));
        }
        let of = |part: f64, name| ratio(Some(part), Some(opening), name);
        Ok(Self { churn: of(churned, "churn rate")?, retained: of(stayed, "logo retention")? })
    }
}

/// Figures that no movement was given for are what they are by construction, which is nothing to rate.
fn rate(figures: &Output, args: &Args, cx: &Context) -> Vec<Benchmark> {
    let moved = [args.new_mrr, args.expansion_mrr, args.churned_mrr, args.contraction_mrr]
        .iter()
        .any(Option::is_some);
    let came = args.new_customers.is_some() || args.churned_customers.is_some();
    if !moved {
        cx.warn(
            "no movement of MRR was given: growth and retention follow from that alone and are not rated",
        );
    }
    if args.customers.is_some() && !came {
        cx.warn("no movement of customers was given: churn and logo retention follow from that alone and are not rated");
    }
    if figures.gross_revenue_retention.is_some_and(|retention| retention < 0.0) {
        cx.warn("more MRR was lost than there was at the opening: mrr and its movements do not fit together");
    }
    if figures.magic_number.is_some() {
        cx.warn("magicNumber divides by the spend of the same period; the usual definition takes the quarter before");
    }
    let (revenue, logos) = (|x: Option<f64>| x.filter(|_| moved), |x: Option<f64>| x.filter(|_| came));
    let rows = [
        benchmark("netRevenueRetention", revenue(figures.net_revenue_retention), Better::Above, 1.0, 0.9),
        benchmark(
            "grossRevenueRetention",
            revenue(figures.gross_revenue_retention),
            Better::AtLeast,
            0.90,
            0.85,
        ),
        benchmark("logoRetention", logos(figures.logo_retention), Better::AtLeast, 0.95, 0.90),
        benchmark("customerChurnRate", logos(figures.customer_churn_rate), Better::Below, 0.05, 0.10),
        benchmark("ltvToCac", figures.ltv_to_cac, Better::Above, 3.0, 1.5),
        benchmark("cacPaybackMonths", figures.cac_payback_months, Better::Below, 12.0, 18.0),
        benchmark("magicNumber", revenue(figures.magic_number), Better::Above, 0.75, 0.5),
    ];
    rows.into_iter().flatten().collect()
}
