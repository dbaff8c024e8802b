//! Full descriptions of tools, for clients whose list does not carry them.

use super::{clip, slug, view};
use crate::toolkit::{Compiled, Content, Context, Error, Example, Tool, View, names};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::fmt::Write;

pub(super) struct DescribeTools;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// Names of tools.
    #[schemars(length(min = 1, max = 20))]
    names: Option<Vec<String>>,
    /// Instead of names: list this toolset, without schemas.
    toolset: Option<String>,
    /// Whether to give a worked example of each.
    #[serde(default = "yes")]
    include_example: bool,
}

fn yes() -> bool {
    true
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// One for each known name, in the order asked for.
    tools: Vec<Described>,
    /// Names that are no tools here.
    unknown: Vec<Unknown>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Described {
    /// Name to call it by.
    name: &'static str,
    /// Title.
    title: &'static str,
    /// Toolset that it belongs to.
    toolset: &'static str,
    /// What it does, with its conventions.
    description: &'static str,
    /// JSON Schema of the arguments, as tools/list has it.
    input_schema: Option<Map<String, Value>>,
    /// JSON Schema of the result, as tools/list has it.
    output_schema: Option<Map<String, Value>>,
    /// A call that the server's own tests run.
    example: Option<Worked>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Worked {
    /// Arguments.
    arguments: Map<String, Value>,
    /// Some members of its result.
    result: Map<String, Value>,
    /// Where those values come from.
    source: &'static str,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Unknown {
    /// As it was asked for.
    name: String,
    /// Nearest names.
    suggestions: Vec<&'static str>,
}

impl Tool for DescribeTools {
    const NAME: &'static str = "describe_tools";
    const TITLE: &'static str = "Full description of named tools";
    const DESCRIPTION: &'static str = "Gives description, argument and result schema and a worked example of the named tools; or lists one toolset. \
        Unknown names come back with the nearest ones.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"names": ["calculate_npv", "calculate_nvp"], "includeExample": false}"#,
            expect: r#"{"tools": [{"name": "calculate_npv", "title": "Net present value", "example": null}], "unknown": [{"name": "calculate_nvp"}]}"#,
            tolerance: 0.0,
            source: "by hand: one name is a tool, the other a slip of the pen",
        },
        Example {
            arguments: r#"{"toolset": "meta", "includeExample": false}"#,
            expect: r#"{"tools": [
                {"name": "search_tools", "inputSchema": null},
                {"name": "describe_tools", "inputSchema": null},
                {"name": "batch_calculate", "inputSchema": null}
            ], "unknown": []}"#,
            tolerance: 0.0,
            source: "by hand: the members of this toolset",
        },
    ];
    type Args = Args;
    type Output = Output;

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        let view = view(cx)?;
        let output = match (args.names, args.toolset) {
            (Some(names), None) => named(view, names, args.include_example)?,
            (None, Some(wanted)) => listed(view, slug(view, &wanted)?, args.include_example)?,
            (None, None) => return Err(Error::at("names", "give names, or toolset instead")),
            (Some(_), Some(_)) => return Err(Error::at("toolset", "give either names or toolset, not both")),
        };
        cx.show(Content::Text(output.text()));
        Ok(output)
    }
}

fn named(view: &View, wanted: Vec<String>, example: bool) -> Result<Output, Error> {
    let mut output = Output { tools: Vec::new(), unknown: Vec::new() };
    for name in wanted {
        match view.get(&name) {
            Some(tool) => output.tools.push(described(tool, true, example)?),
            None => {
                let suggestions = names::several(&name, view.names(), 3);
                output.unknown.push(Unknown { name: clip(&name), suggestions });
            }
        }
    }
    Ok(output)
}

fn listed(view: &View, slug: &str, example: bool) -> Result<Output, Error> {
    let tools = view.callable().filter(|tool| tool.toolset == slug);
    let tools = tools.map(|tool| described(tool, false, example)).collect::<Result<_, _>>()?;
    Ok(Output { tools, unknown: Vec::new() })
}

fn described(tool: &Compiled, schemas: bool, example: bool) -> Result<Described, Error> {
    let entry = tool.entry;
    let schema = |side: &str| tool.listed[side].as_object().filter(|_| schemas).cloned();
    let example = entry.examples.first().filter(|_| example).map(worked).transpose()?;
    Ok(Described {
        name: entry.name,
        title: entry.title,
        toolset: tool.toolset,
        description: entry.description,
        input_schema: schema("inputSchema"),
        output_schema: schema("outputSchema"),
        example,
    })
}

fn worked(example: &Example) -> Result<Worked, Error> {
    let read = |text| serde_json::from_str(text).map_err(|e| Error::Defect(format!("example: {e}")));
    Ok(Worked { arguments: read(example.arguments)?, result: read(example.expect)?, source: example.source })
}

impl Output {
    /// Whole schemas: many clients give their model this text only, and half a schema helps nobody.
    fn text(&self) -> String {
        let mut out = format!("{}\ntools: {}", DescribeTools::TITLE, self.tools.len());
        for tool in &self.tools {
            let _ = write!(out, "\n- {} ({}): {}. {}", tool.name, tool.toolset, tool.title, tool.description);
            tool.details(&mut out);
        }
        let _ = write!(out, "\nunknown: {}", self.unknown.len());
        for unknown in &self.unknown {
            let near = if unknown.suggestions.is_empty() { "none" } else { &unknown.suggestions.join(", ") };
            let _ = write!(out, "\n- {:?}, nearest: {near}", unknown.name);
        }
        out
    }
}

impl Described {
    fn details(&self, out: &mut String) {
        for (name, schema) in [("inputSchema", &self.input_schema), ("outputSchema", &self.output_schema)] {
            if let Some(schema) = schema.as_ref().and_then(|schema| serde_json::to_string(schema).ok()) {
                let _ = write!(out, "\n  {name}: {schema}");
            }
        }
        if let Some(example) = self.example.as_ref().and_then(|example| serde_json::to_string(example).ok()) {
            let _ = write!(out, "\n  example: {example}");
        }
    }
}
