//! A page for each toolset, made from the declarations of its tools.

use super::table::{Table, quantity};
use super::{MARKDOWN, Resource};
use crate::toolkit::catalog::Toolset;
use crate::toolkit::{Body, Catalog, Compiled};
use std::fmt::Write;

/// What holds for the tools of every toolset.
pub(super) const CONVENTIONS: &str = "\
- Rates are decimals per stated period: 0.08 is 8 %. A name ending in `Percent` or `Bps` says otherwise.
- Dates are ISO 8601. No tool reads the clock: a valuation date is an argument.
- Structured results keep full precision; only the text beside them is rounded.
- Sample statistics divide by n - 1 unless the tool says otherwise.
- Whatever is random takes a `seed` and gives the same result for the same seed.
- A call that cannot be answered is refused with the reason; no number stands in for an answer.
";

/// The page of a toolset.
pub(super) fn resource(catalog: &Catalog, toolset: &Toolset) -> Resource {
    let Toolset { slug, title, description } = *toolset;
    let tools: Vec<_> = catalog.tools().iter().filter(|tool| tool.toolset == slug).collect();
    Resource {
        uri: format!("docs://toolsets/{slug}").into(),
        name: format!("Toolset: {title}").into(),
        title: format!("Toolset: {title}").into(),
        description: description.into(),
        mime_type: MARKDOWN,
        body: Body::Text(page(toolset, &tools).into()),
    }
}

fn page(toolset: &Toolset, tools: &[&Compiled]) -> String {
    let Toolset { slug, title, description } = *toolset;
    let mut out = format!("# {title}\n\n{description}\n\nToolset `{slug}`, {} tools.\n\n", tools.len());
    let mut table = Table::new(&mut out, &["tool", "for", "takes (optional in brackets)", "gives"]);
    for tool in tools {
        let about = format!("**{}.** {}", tool.entry.title, tool.entry.description);
        table.row(&[&format!("`{}`", tool.entry.name), &about, &takes(tool), &gives(tool)]);
    }
    let _ = write!(out, "\nMore on each: `docs://tools/{{name}}`.\n\n## Conventions\n\n{CONVENTIONS}");
    out
}

/// The arguments, optional ones in brackets.
fn takes(tool: &Compiled) -> String {
    let one = |field: &crate::toolkit::schema::Field| {
        if field.required { format!("`{}`", field.name) } else { format!("[`{}`]", field.name) }
    };
    tool.input.fields().iter().map(one).collect::<Vec<_>>().join(", ")
}

/// The fields of the result with their units.
fn gives(tool: &Compiled) -> String {
    let own = tool.output.fields().iter().filter(|field| field.name != "warnings");
    own.map(|field| quantity(&field.name, &field.schema)).collect::<Vec<_>>().join(", ")
}
