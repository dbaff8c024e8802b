//! Presets against the contract, and search over every tool that the contract names.
//!
//! `contract/tools.json` and `contract/new.json` have all tools that this server is to have.

use crate::catalog::catalog;
use businessmath_mcp::toolkit::View;
use businessmath_mcp::toolkit::presets::{PRESETS, Preset};
use businessmath_mcp::toolkit::search::{Document, Index};
use serde::Deserialize;
use std::collections::BTreeSet;

#[derive(Clone, Deserialize)]
struct Promised {
    name: String,
    toolset: String,
    title: String,
}

fn promised() -> Vec<Promised> {
    let read = |text: &str| serde_json::from_str::<Vec<Promised>>(text).unwrap();
    [read(include_str!("contract/tools.json")), read(include_str!("contract/new.json"))].concat()
}

#[test]
fn presets_name_tools_of_the_contract_only_and_span_its_families() {
    let promised = promised();
    let toolset =
        |name| &promised.iter().find(|tool| tool.name == name).unwrap_or_else(|| panic!("{name}")).toolset;
    for preset in &PRESETS {
        assert!(preset.names().all(|name| !toolset(name).is_empty()));
    }
    let spanned =
        |preset: &str| Preset::named(preset).unwrap().names().map(toolset).collect::<BTreeSet<_>>().len();
    assert!(spanned("core") >= 24, "all toolsets of the predecessor: {}", spanned("core"));
    assert!(spanned("analyst") >= 30, "{}", spanned("analyst"));
}

#[test]
fn no_toolset_is_called_like_a_preset() {
    for tool in promised() {
        assert!(Preset::named(&tool.toolset).is_none() && !tool.toolset.contains(','), "{}", tool.toolset);
    }
}

#[test]
fn what_exists_is_where_the_contract_has_it() {
    let promised = promised();
    for tool in catalog().tools() {
        let found = promised.iter().find(|other| other.name == tool.entry.name).unwrap();
        assert_eq!((found.toolset.as_str(), found.title.as_str()), (tool.toolset, tool.entry.title));
    }
}

#[test]
fn the_meta_tools_are_listed_under_all_compact_and_their_own_name() {
    let lists =
        |text: &str| View::select(catalog(), text).unwrap().tools().any(|tool| tool.toolset == "meta");
    for (text, listed) in [
        ("all", true),
        ("compact", true),
        ("meta", true),
        ("tvm,meta", true),
        ("tvm", false),
        ("core", false),
    ] {
        assert_eq!(lists(text), listed, "{text}");
    }
}

/// Places of the tools that a query should find, over names and titles of the whole contract.
fn ranked(query: &str) -> Vec<String> {
    let promised = promised();
    let index = Index::new(promised.iter().map(|tool| Document {
        name: &tool.name,
        title: &tool.title,
        description: "",
        parameters: vec![],
        toolset: &tool.toolset,
    }));
    index.rank(query).into_iter().map(|(place, _)| promised[place].name.clone()).collect()
}

/// What people type, and the tool that must be among the first three. The first three are the contract's.
const GOLDEN: [(&str, &str); 48] = [
    ("PMT", "calculate_payment"),
    ("yield to worst", "price_dated_bond"),
    ("knapsack", "solve_integer_program"),
    ("XIRR", "calculate_xirr"),
    ("XNPV", "calculate_xnpv"),
    ("MIRR", "calculate_mirr"),
    ("PV", "calculate_present_value"),
    ("FV", "calculate_future_value"),
    ("NPER", "solve_tvm"),
    ("PPMT", "calculate_principal_payment"),
    ("CUMIPMT", "calculate_cumulative_interest"),
    ("YEARFRAC", "calculate_day_count"),
    ("NETWORKDAYS", "calculate_business_days"),
    ("EFFECT", "convert_interest_rate"),
    ("PRICE", "price_dated_bond"),
    ("TBILLPRICE", "price_discount_security"),
    ("NORM.INV", "evaluate_distribution"),
    ("STDEV", "descriptive_stats_extended"),
    ("CORREL", "calculate_correlation"),
    ("SLOPE", "linear_regression"),
    ("DDB", "calculate_depreciation_schedule"),
    ("GEOMEAN", "geometric_mean"),
    ("ytm", "calculate_bond_ytm"),
    ("apr", "calculate_loan_apr"),
    ("cvp", "calculate_break_even"),
    ("capm", "calculate_cost_of_equity"),
    ("dscr", "calculate_dscr"),
    ("roic", "calculate_return_on_invested_capital"),
    ("dso", "calculate_days_sales_outstanding"),
    ("eps", "calculate_earnings_per_share"),
    ("dcf", "value_enterprise_dcf"),
    ("eoq", "calculate_eoq"),
    ("VaR", "calculate_value_at_risk"),
    ("critical path", "analyze_project_schedule"),
    ("tsp", "solve_traveling_salesman"),
    ("anova", "analyze_variance"),
    ("mortgage refinance", "analyze_mortgage_refinance"),
    ("free cash flow to equity", "value_equity_fcfe"),
    ("loan amortization schedule", "create_amortization_schedule"),
    ("implied volatilities", "calculate_implied_volatility"),
    ("option greeks", "calculate_option_greeks"),
    ("monte carlo simulation", "run_monte_carlo"),
    ("exchange rate", "convert_currency"),
    ("how much do I have to pay each month on my loan", "calculate_payment"),
    ("split a bill without losing a cent", "allocate_money"),
    ("erlang call centre", "analyze_queue"),
    ("sensitivity what if", "sensitivity_analysis"),
    ("SAFE note conversion", "model_safe_conversion"),
];

#[test]
fn what_people_type_finds_the_tool_among_the_first_three() {
    let misses: Vec<String> = GOLDEN
        .iter()
        .map(|(query, name)| (query, name, ranked(query)))
        .filter(|(_, name, ranked)| !ranked.iter().take(3).any(|found| found == **name))
        .map(|(query, name, ranked)| {
            format!("{query}: {name} is not in {:?}", &ranked[..ranked.len().min(5)])
        })
        .collect();
    assert!(misses.is_empty(), "{misses:#?}");
}

/// The same over what exists, with descriptions and parameters.
#[test]
fn the_golden_queries_find_what_exists() {
    let view = View::all(catalog());
    for (query, name) in GOLDEN.iter().filter(|(_, name)| view.get(name).is_some()) {
        let found: Vec<_> = view.search(query).take(3).map(|(tool, _)| tool.entry.name).collect();
        assert!(found.contains(name), "{query}: {found:?}");
    }
}

#[test]
fn a_title_finds_its_tool_among_the_first_three() {
    let misses: Vec<String> = promised()
        .iter()
        .filter(|tool| !ranked(&tool.title).iter().take(3).any(|found| *found == tool.name))
        .map(|tool| format!("{}: {}", tool.title, tool.name))
        .collect();
    assert!(misses.is_empty(), "{misses:#?}");
    let view = View::all(catalog());
    for tool in view.tools() {
        let found: Vec<_> = view.search(tool.entry.title).take(3).map(|(tool, _)| tool.entry.name).collect();
        assert!(found.contains(&tool.entry.name), "{}: {found:?}", tool.entry.title);
    }
}
