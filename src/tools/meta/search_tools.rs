//! Ranked search over the tools.

use super::{slug, view};
use crate::toolkit::{Content, Context, Error, Example, Tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt::Write;

pub(super) struct SearchTools;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// Words of the task, an abbreviation (ytm, cvp) or a spreadsheet function (PMT).
    #[schemars(length(min = 1, max = 400))]
    query: String,
    /// Only tools of this toolset.
    toolset: Option<String>,
    /// Most tools to return.
    #[serde(default = "usual_limit")]
    #[schemars(range(min = 1, max = 50))]
    limit: usize,
}

fn usual_limit() -> usize {
    10
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// What was found, the best first; equals by name.
    tools: Vec<Found>,
    /// Number of tools that share a word with the query.
    matched: usize,
    /// All toolsets that you may use, when nothing matched.
    toolsets: Vec<&'static str>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Found {
    /// Name to call it by.
    name: &'static str,
    /// Title.
    title: &'static str,
    /// Toolset that it belongs to.
    toolset: &'static str,
    /// What it does.
    description: &'static str,
    /// BM25 score, to be compared within one answer only [points].
    score: f64,
}

impl Tool for SearchTools {
    const NAME: &'static str = "search_tools";
    const TITLE: &'static str = "Find tools by words";
    const DESCRIPTION: &'static str = "Ranks the tools that you may call by how well their names, titles, descriptions and parameters fit your words. \
        Then describe_tools gives the arguments, unless your list of tools has them.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"query": "xirr", "limit": 1}"#,
            expect: r#"{"tools": [{"name": "calculate_xirr", "toolset": "tvm"}]}"#,
            tolerance: 0.0,
            source: "by hand: the word is in the name of that tool only",
        },
        Example {
            arguments: r#"{"query": "qwertzuiop"}"#,
            expect: r#"{"tools": [], "matched": 0}"#,
            tolerance: 0.0,
            source: "by hand: no tool has the word",
        },
    ];
    type Args = Args;
    type Output = Output;

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        if args.query.trim().is_empty() {
            return Err(Error::at("query", "is empty; say what you want to compute, such as loan payment"));
        }
        let view = view(cx)?;
        let toolset = args.toolset.map(|wanted| slug(view, &wanted)).transpose()?;
        let found: Vec<Found> = view
            .search(&args.query)
            .filter(|(tool, _)| toolset.is_none_or(|slug| slug == tool.toolset))
            .map(|(tool, score)| {
                let entry = tool.entry;
                let (name, title, description) = (entry.name, entry.title, entry.description);
                Found { name, title, toolset: tool.toolset, description, score }
            })
            .collect();
        let matched = found.len();
        let all = view.toolsets().map(|toolset| toolset.slug);
        let toolsets = if matched == 0 { all.collect() } else { Vec::new() };
        let tools = found.into_iter().take(args.limit).collect();
        let output = Output { tools, matched, toolsets };
        cx.show(Content::Text(output.text()));
        Ok(output)
    }
}

impl Output {
    /// All of them: the usual table would leave out the middle of a ranking.
    fn text(&self) -> String {
        let mut out = format!("{}\ntools: {}", SearchTools::TITLE, self.tools.len());
        for tool in &self.tools {
            let _ = write!(out, "\n- {} ({}): {}. {}", tool.name, tool.toolset, tool.title, tool.description);
        }
        let toolsets = if self.toolsets.is_empty() { "not listed".into() } else { self.toolsets.join(", ") };
        let _ = write!(out, "\nmatched: {}\ntoolsets: {toolsets}", self.matched);
        out
    }
}
