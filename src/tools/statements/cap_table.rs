//! A capitalisation table: who owns what, rounds, grants, and exits.

use super::named;
use crate::math::finance::cap_table::{Holder as Stock, distribute};
use crate::math::sum::Sum;
use crate::toolkit::{Context, Error, Example, Problem, Tool};
use crate::tools::shared::held;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

pub(super) struct CapTable;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// One entry each.
    #[schemars(length(min = 1, max = 1000))]
    shareholders: Vec<Shareholder>,
    /// Not issued [shares].
    #[schemars(range(min = 0))]
    option_pool: f64,
    /// What to do.
    action: Action,
    /// For modelRound.
    round_params: Option<Round>,
    /// For grantOptions.
    grant_params: Option<Grant>,
    /// For liquidationWaterfall [currency].
    #[schemars(range(min = 0))]
    exit_value: Option<f64>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Shareholder {
    /// Name.
    #[schemars(length(min = 1, max = 200))]
    name: String,
    /// As converted.
    #[schemars(range(min = 0))]
    shares: f64,
    /// Paid.
    #[schemars(range(min = 0))]
    price_per_share: f64,
    /// No effect.
    #[schemars(extend("x-format" = "instant"))]
    #[expect(dead_code, reason = "accepted from clients of the predecessor, and checked by its format")]
    investment_date: Option<String>,
    /// 1: 1x; 0: common.
    #[serde(default)]
    #[schemars(range(min = 0))]
    liquidation_preference: f64,
}

#[derive(Deserialize, JsonSchema, Clone, Copy, PartialEq)]
#[serde(rename_all = "camelCase")]
enum Action {
    Ownership,
    ModelRound,
    GrantOptions,
    LiquidationWaterfall,
}

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Round {
    /// [currency]
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    new_investment: f64,
    /// [currency]
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    pre_money_valuation: f64,
    /// Name.
    #[serde(default = "investor")]
    #[schemars(length(min = 1, max = 200))]
    investor_name: String,
}

fn investor() -> String {
    "New Investor".into()
}

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Grant {
    /// Name.
    #[schemars(length(min = 1, max = 200))]
    recipient: String,
    /// From the pool.
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    shares: f64,
    /// No effect.
    #[serde(default)]
    #[schemars(range(min = 0))]
    #[expect(dead_code, reason = "accepted from clients of the predecessor")]
    strike_price: f64,
}

#[derive(Serialize, JsonSchema, Default)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// In the order given, a new one last.
    holders: Vec<Holder>,
    /// Not issued [shares].
    option_pool: f64,
    /// optionPool / fullyDilutedShares [decimal].
    option_pool_ownership: f64,
    /// All shares and optionPool [shares].
    fully_diluted_shares: f64,
    /// preMoneyValuation / shares before the round [currency per share].
    price_per_share: Option<f64>,
    /// newInvestment / pricePerShare [shares].
    new_shares: Option<f64>,
    /// As given [currency].
    pre_money_valuation: Option<f64>,
    /// preMoneyValuation + newInvestment [currency].
    post_money_valuation: Option<f64>,
    /// Of exitValue; null for other actions.
    distribution: Option<Vec<Payout>>,
    /// The sum of distribution [currency].
    total_distributed: Option<f64>,
}

#[derive(Serialize, JsonSchema, Clone)]
#[serde(rename_all = "camelCase")]
struct Holder {
    /// Name.
    name: String,
    /// After the action [shares].
    shares: f64,
    /// shares / fullyDilutedShares [decimal].
    ownership: f64,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Payout {
    /// Name.
    name: String,
    /// Received [currency].
    amount: f64,
    /// amount / exitValue; null without proceeds [decimal].
    share: Option<f64>,
    /// Part received as preference; 0 after conversion [currency].
    via_preference: f64,
}

impl Tool for CapTable {
    const NAME: &'static str = "model_cap_table";
    const TITLE: &'static str = "Cap table: ownership, round, grant, exit waterfall";
    const DESCRIPTION: &'static str = "Fully diluted ownership, a priced round, an option grant, or an exit in which non-participating preferred takes its preference or converts, whichever pays more.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"shareholders": [{"name": "Founders", "shares": 7000000, "pricePerShare": 0.001}, {"name": "Angel", "shares": 1000000,
                "pricePerShare": 0.5}], "optionPool": 2000000, "action": "modelRound", "roundParams": {"newInvestment": 2500000,
                "preMoneyValuation": 10000000, "investorName": "Fund"}}"#,
            expect: r#"{"holders": [{"name": "Founders", "shares": 7000000, "ownership": 0.56}, {"name": "Angel", "ownership": 0.08},
                {"name": "Fund", "shares": 2500000, "ownership": 0.2}], "optionPool": 2000000, "optionPoolOwnership": 0.16,
                "fullyDilutedShares": 12500000, "pricePerShare": 1, "newShares": 2500000, "postMoneyValuation": 12500000,
                "distribution": null}"#,
            tolerance: 1e-15,
            source: "by hand: 10 million for 10 million shares; 2.5 of 12.5 is a fifth",
        },
        Example {
            arguments: r#"{"shareholders": [{"name": "Common", "shares": 6, "pricePerShare": 0}, {"name": "A", "shares": 2, "pricePerShare": 1,
                "liquidationPreference": 1}, {"name": "B", "shares": 2, "pricePerShare": 4, "liquidationPreference": 1}], "optionPool": 0,
                "action": "liquidationWaterfall", "exitValue": 24}"#,
            expect: r#"{"distribution": [{"name": "Common", "amount": 12, "share": 0.5, "viaPreference": 0}, {"name": "A", "amount": 4,
                "viaPreference": 0}, {"name": "B", "amount": 8, "viaPreference": 8}], "totalDistributed": 24, "newShares": null}"#,
            tolerance: 1e-15,
            source: "by hand: B keeps 8 (as common it had 24 / 10 · 2 = 4.8); the other 16 go to 8 shares, and A's 4 are more than its 2",
        },
    ];
    const FORMULA: &'static str = "\
        ownership = shares / (all shares of shareholders + optionPool); new shares = newInvestment (fully diluted shares) / preMoneyValuation\n\
        exit: action liquidationWaterfall; preference = liquidationPreference * shares * pricePerShare, in proportion where exitValue is less than all; \
        who converts shares the rest with common; no holder gains by switching; the pool takes no part\n\
        Source: A. Metrick, A. Yasuda, Venture Capital and the Finance of Innovation, 2nd ed. (2010), chapter 9";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        check(&args)?;
        let holders = args.shareholders.iter().map(|h| Holder {
            name: h.name.clone(),
            shares: h.shares,
            ownership: 0.0,
        });
        let mut table = Table { holders: holders.collect(), pool: args.option_pool };
        if table.total()? == 0.0 {
            return Err(Error::at(
                "shareholders",
                "there are no shares at all; wanted: some shares, or an optionPool",
            ));
        }
        match args.action {
            Action::Ownership => table.output(Output::default()),
            Action::ModelRound => round(table, args.round_params),
            Action::GrantOptions => {
                grant(&mut table, args.grant_params, cx)?;
                table.output(Output::default())
            }
            Action::LiquidationWaterfall => exit(&table, &args),
        }
    }
}

/// What an action lacks, and names that stand twice.
fn check(args: &Args) -> Result<(), Error> {
    named(args.shareholders.iter().map(|h| h.name.as_str()), "shareholders", "name")?;
    let mut seen = HashSet::new();
    let mut problems = vec![];
    for (i, holder) in args.shareholders.iter().enumerate() {
        if !seen.insert(holder.name.trim()) {
            let message = format!(
                "{:?} stands twice; wanted: each holder once, or another name for another class",
                holder.name
            );
            problems.push(Problem::new(format!("shareholders[{i}].name"), message));
        }
    }
    let needed = match args.action {
        Action::ModelRound if args.round_params.is_none() => Some("roundParams"),
        Action::GrantOptions if args.grant_params.is_none() => Some("grantParams"),
        Action::LiquidationWaterfall if args.exit_value.is_none() => Some("exitValue"),
        _ => None,
    };
    problems.extend(needed.map(|name| Problem::new(name, "missing; wanted with this action")));
    if problems.is_empty() { Ok(()) } else { Err(Error::Arguments(problems)) }
}

struct Table {
    holders: Vec<Holder>,
    pool: f64,
}

impl Table {
    /// Fully diluted shares.
    fn total(&self) -> Result<f64, Error> {
        let shares = self.holders.iter().map(|holder| holder.shares).chain([self.pool]);
        held(shares.collect::<Sum>().total(), "number of shares")
    }

    /// Adds shares to the holder of that name, else to a new one.
    fn give(&mut self, name: String, shares: f64) {
        match self.holders.iter_mut().find(|holder| holder.name.trim() == name.trim()) {
            Some(holder) => holder.shares += shares,
            None => self.holders.push(Holder { name, shares, ownership: 0.0 }),
        }
    }

    fn output(self, rest: Output) -> Result<Output, Error> {
        let total = self.total()?;
        let owned = |holder: Holder| Holder { ownership: holder.shares / total, ..holder };
        Ok(Output {
            option_pool: self.pool,
            option_pool_ownership: self.pool / total,
            fully_diluted_shares: total,
            holders: self.holders.into_iter().map(owned).collect(),
            ..rest
        })
    }
}

fn round(mut table: Table, terms: Option<Round>) -> Result<Output, Error> {
    let Some(terms) = terms else { return Err(Error::at("roundParams", "missing")) };
    let before = table.total()?;
    let pre = terms.pre_money_valuation;
    let price = held(pre / before, "price per share")?;
    let new = held(terms.new_investment / pre * before, "number of new shares")?;
    let post = held(pre + terms.new_investment, "post-money valuation")?;
    table.give(terms.investor_name, new);
    table.output(Output {
        price_per_share: Some(price),
        new_shares: Some(new),
        pre_money_valuation: Some(pre),
        post_money_valuation: Some(post),
        ..Output::default()
    })
}

fn grant(table: &mut Table, terms: Option<Grant>, cx: &Context) -> Result<(), Error> {
    let Some(terms) = terms else { return Err(Error::at("grantParams", "missing")) };
    if terms.shares > table.pool {
        let message = format!("got {}; wanted: at most optionPool, {}", terms.shares, table.pool);
        return Err(Error::at("grantParams.shares", message));
    }
    if terms.shares < f64::EPSILON * table.pool {
        cx.warn("the grant is too small beside the pool to change it");
    }
    table.pool -= terms.shares;
    table.give(terms.recipient, terms.shares);
    Ok(())
}

fn exit(table: &Table, args: &Args) -> Result<Output, Error> {
    let proceeds = args.exit_value.unwrap_or(0.0);
    if args.shareholders.iter().all(|holder| holder.shares == 0.0) {
        return Err(Error::at(
            "shareholders",
            "nobody holds a share; wanted: some shares to pay the proceeds to",
        ));
    }
    let stock = |h: &Shareholder| {
        let preference = h.liquidation_preference * h.price_per_share;
        Stock { shares: h.shares, preference: (h.liquidation_preference > 0.0).then_some(preference) }
    };
    let stock: Vec<Stock> = args.shareholders.iter().map(stock).collect();
    let paid = distribute(&stock, proceeds)?;
    let total = paid.iter().map(|paid| paid.amount).collect::<Sum>().total();
    let payout = |(holder, paid): (&Shareholder, crate::math::finance::cap_table::Proceeds)| Payout {
        name: holder.name.clone(),
        amount: paid.amount,
        share: (proceeds > 0.0).then(|| paid.amount / proceeds),
        via_preference: paid.via_preference,
    };
    let distribution = args.shareholders.iter().zip(paid).map(payout).collect();
    let rest =
        Output { distribution: Some(distribution), total_distributed: Some(total), ..Output::default() };
    Table { holders: table.holders.clone(), pool: table.pool }.output(rest)
}
