//! A page for each tool, made from its declaration.

use super::table::{Table, bounds, kind, meaning};
use super::toolset::CONVENTIONS;
use super::{MARKDOWN, Template};
use crate::toolkit::schema::{Kind, Schema};
use crate::toolkit::{Compiled, Example};
use std::fmt::Write;

/// The pages of all tools.
pub(super) const TEMPLATE: Template = Template {
    prefix: "docs://tools/",
    variable: "name",
    suffix: "",
    name: "Tool reference",
    title: "Tool reference",
    description: "One tool in full: formula, arguments with units and bounds, result, conventions, worked examples with their source.",
    mime_type: MARKDOWN,
    read: |catalog, name| catalog.get(name).map(page),
    values: |catalog| catalog.names().map(str::to_owned).collect(),
};

fn page(tool: &Compiled) -> String {
    let entry = tool.entry;
    let mut out = format!("# {}\n\n`{}`, toolset `{}`.", entry.title, entry.name, tool.toolset);
    let _ = writeln!(out, "\n\n{}", entry.description);
    if !entry.formula.is_empty() {
        let _ = writeln!(out, "\n## Formula\n\n```\n{}\n```", entry.formula);
    }
    out += "\n## Arguments\n\n";
    arguments(&mut out, &tool.input);
    out += "\n## Result\n\n";
    result(&mut out, &tool.output);
    let _ = write!(out, "\n## Conventions\n\n{CONVENTIONS}\n## Examples\n");
    entry.examples.iter().for_each(|one| example(&mut out, one));
    out
}

fn arguments(out: &mut String, schema: &Schema) {
    let mut table = Table::new(out, &["argument", "type", "unit", "allowed", "when left out", "meaning"]);
    each(schema, "", &mut |path, schema, required| {
        let absent = match &schema.default {
            _ if required => "required".to_owned(),
            Some(default) => format!("`{default}`"),
            None => "optional".to_owned(),
        };
        let unit = schema.unit().unwrap_or_default();
        let name = format!("`{path}`");
        table.row(&[&name, &kind(schema), unit, &bounds(&schema.kind), &absent, &meaning(schema)]);
    });
}

fn result(out: &mut String, schema: &Schema) {
    let mut table = Table::new(out, &["field", "type", "unit", "meaning"]);
    each(schema, "", &mut |path, schema, _| {
        table.row(&[
            &format!("`{path}`"),
            &kind(schema),
            schema.unit().unwrap_or_default(),
            &meaning(schema),
        ]);
    });
}

/// Every member with its path, members of members and of items included.
fn each(schema: &Schema, path: &str, row: &mut dyn FnMut(&str, &Schema, bool)) {
    let Kind::Object(object) = &schema.kind else {
        if let Kind::Array(list) = &schema.kind {
            each(&list.items, &format!("{path}[]"), row);
        }
        return;
    };
    let join = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    for field in &object.fields {
        let path = join(&field.name);
        row(&path, &field.schema, field.required);
        each(&field.schema, &path, row);
    }
    if let Some(others) = &object.others {
        let path = join("*");
        row(&path, others, false);
        each(others, &path, row);
    }
}

fn example(out: &mut String, example: &Example) {
    let Example { arguments, expect, source, .. } = example;
    let _ = write!(
        out,
        "\n```json\n{}\n```\n\ngives\n\n```json\n{}\n```\n\nSource: {source}.\n",
        one_line(arguments),
        one_line(expect)
    );
}

/// Examples are written over several lines, indented as the code around them.
fn one_line(json: &str) -> String {
    json.split_whitespace().collect::<Vec<_>>().join(" ")
}
