//! Many calls in one.

use super::{clip, view};
use crate::toolkit::{Content, Context, Cost, Error, Example, Problem, Tool, View, call, names};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::fmt::Write;

pub(super) struct BatchCalculate;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// Calls, run in this order.
    #[schemars(length(min = 1, max = 100))]
    calls: Vec<Call>,
    /// Whether to end after the first call that fails.
    #[serde(default)]
    stop_on_error: bool,
}

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Call {
    /// Name of the tool.
    tool: String,
    /// As the tool takes them.
    arguments: Map<String, Value>,
    /// Comes back with the result.
    id: Option<String>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// One for each call, in the order of the calls.
    results: Vec<Ran>,
    /// Number of calls with status ok.
    succeeded: usize,
    /// Number of calls with status error.
    failed: usize,
    /// Number of calls with status not_run.
    not_run: usize,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Ran {
    /// Place of the call, from 0.
    index: usize,
    /// As given.
    id: Option<String>,
    /// Name of the tool.
    tool: String,
    /// not_run: the batch ended before.
    status: Status,
    /// Structured content, as the tool alone gives it.
    result: Option<Map<String, Value>>,
    /// Why there is no result.
    error: Option<Failure>,
    #[serde(skip)]
    shown: Vec<Content>,
}

#[derive(Serialize, JsonSchema, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum Status {
    Ok,
    Error,
    NotRun,
}

impl Status {
    fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Error => "error",
            Self::NotRun => "not_run",
        }
    }
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Failure {
    /// unknown_tool, invalid_arguments, no_result, stopped, needs_client or server_defect.
    code: &'static str,
    /// First argument at fault.
    field: Option<String>,
    /// What is wrong: all of it.
    message: String,
    /// How to mend the call.
    hint: Option<String>,
}

impl Tool for BatchCalculate {
    const NAME: &'static str = "batch_calculate";
    const TITLE: &'static str = "Run up to 100 tool calls at once";
    const DESCRIPTION: &'static str = "Runs independent calls of other tools in order, each as if alone; one that fails leaves the others untouched. \
        No nesting, and no call sees the result of another.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"calls": [
                {"tool": "calculate_npv", "arguments": {"rate": 0.1, "cashFlows": [-100, 110]}, "id": "a"},
                {"tool": "calculate_nvp", "arguments": {}}
            ]}"#,
            expect: r#"{"results": [
                {"index": 0, "id": "a", "tool": "calculate_npv", "status": "ok", "result": {"npv": 0}, "error": null},
                {"index": 1, "id": null, "status": "error", "result": null, "error": {"code": "unknown_tool"}}
            ], "succeeded": 1, "failed": 1, "notRun": 0}"#,
            tolerance: 1e-12,
            source: "by hand: 110 / 1.1 = 100; the second name is no tool",
        },
        Example {
            arguments: r#"{"calls": [
                {"tool": "calculate_npv", "arguments": {}},
                {"tool": "calculate_npv", "arguments": {"rate": 0, "cashFlows": [1]}}
            ], "stopOnError": true}"#,
            expect: r#"{"results": [
                {"status": "error", "error": {"code": "invalid_arguments", "field": "rate"}},
                {"status": "not_run", "result": null, "error": null}
            ], "succeeded": 0, "failed": 1, "notRun": 1}"#,
            tolerance: 0.0,
            source: "by hand: the first call lacks its arguments",
        },
    ];
    const COST: Cost = Cost::Heavy;
    type Args = Args;
    type Output = Output;

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        refuse_nesting(&args.calls)?;
        let view = view(cx)?;
        let total = args.calls.len();
        let mut output = Output { results: Vec::with_capacity(total), succeeded: 0, failed: 0, not_run: 0 };
        for (index, call) in args.calls.into_iter().enumerate() {
            let over = args.stop_on_error && output.failed > 0 || cx.should_stop();
            let ran = if over { call.pass_over(index) } else { call.run(index, view, cx) };
            output.add(ran);
            cx.progress((index + 1) as f64, Some(total as f64), "");
        }
        output.show(cx);
        Ok(output)
    }
}

fn refuse_nesting(calls: &[Call]) -> Result<(), Error> {
    let nested = calls.iter().enumerate().filter(|(_, call)| call.tool == BatchCalculate::NAME);
    let message = "a batch cannot hold a batch; put its calls here instead";
    let problems: Vec<Problem> =
        nested.map(|(i, _)| Problem::new(format!("calls[{i}].tool"), message)).collect();
    if problems.is_empty() { Ok(()) } else { Err(Error::Arguments(problems)) }
}

impl Call {
    fn pass_over(self, index: usize) -> Ran {
        self.outcome(index, Status::NotRun)
    }

    fn run(mut self, index: usize, view: &View, cx: &Context) -> Ran {
        let label = format!("{}, call {index}", cx.label());
        let arguments = Value::Object(std::mem::take(&mut self.arguments));
        let attempt = match view.get(&self.tool) {
            None => Err(unknown(&self.tool, view)),
            Some(tool) => call::attempt(tool, Ok(arguments), &cx.nested(), &label)
                .map_err(|e| failure(&e, tool.entry.examples)),
        };
        match attempt {
            Ok(call::Outcome { content, structured: Some(Value::Object(result)) }) => {
                Ran { result: Some(result), shown: content, ..self.outcome(index, Status::Ok) }
            }
            Ok(_) => Ran { error: Some(Failure::defect()), ..self.outcome(index, Status::Error) },
            Err(error) => Ran { error: Some(error), ..self.outcome(index, Status::Error) },
        }
    }

    /// What is the same however it ended.
    fn outcome(self, index: usize, status: Status) -> Ran {
        let (id, tool) = (self.id, clip(&self.tool));
        Ran { index, id, tool, status, result: None, error: None, shown: Vec::new() }
    }
}

fn unknown(tool: &str, view: &View) -> Failure {
    let near = names::several(tool, view.names(), 3);
    let hint = (!near.is_empty()).then(|| format!("the nearest are {}", near.join(", ")));
    let message = format!("unknown tool {:?}", clip(tool));
    Failure { code: "unknown_tool", field: Some("tool".into()), message, hint }
}

fn failure(error: &Error, examples: &[Example]) -> Failure {
    let mut failure = Failure { code: "no_result", field: None, message: error.to_string(), hint: None };
    match error {
        Error::Arguments(problems) => {
            failure.code = "invalid_arguments";
            failure.field = problems.first().map(|problem| problem.path.clone());
            failure.hint =
                examples.first().map(|example| format!("arguments that work: {}", example.arguments));
        }
        Error::Domain(_) => {}
        Error::Stopped => failure.code = "stopped",
        Error::Input(_) | Error::Capability(_) => {
            failure.code = "needs_client";
            failure.hint =
                Some("this call needs the client's answer to a question: call the tool alone".into());
        }
        // The log has the cause; a caller could do nothing with it.
        Error::Defect(_) => {
            failure.code = "server_defect";
            failure.message =
                "failed through a defect of the server, not of the call; nothing was computed".into();
        }
    }
    failure
}

impl Output {
    fn add(&mut self, ran: Ran) {
        match ran.status {
            Status::Ok => self.succeeded += 1,
            Status::Error => self.failed += 1,
            Status::NotRun => self.not_run += 1,
        }
        self.results.push(ran);
    }

    /// What each tool shows when it is called alone: the texts together, then the pictures.
    fn show(&mut self, cx: &Context) {
        let mut out = format!("{}\nresults: {}", BatchCalculate::TITLE, self.results.len());
        let mut others = Vec::new();
        for ran in &mut self.results {
            let _ = write!(out, "\n[{}] {}: {}", ran.index, ran.tool, ran.status.name());
            for block in ran.shown.drain(..) {
                match block {
                    Content::Text(text) => indent(&mut out, &text),
                    other => others.push(other),
                }
            }
            if let Some(error) = &ran.error {
                indent(&mut out, &error.text());
            }
        }
        let Self { succeeded, failed, not_run, .. } = self;
        let _ = write!(out, "\nsucceeded: {succeeded}\nfailed: {failed}\nnotRun: {not_run}");
        cx.show(Content::Text(out));
        others.into_iter().for_each(|block| cx.show(block));
    }
}

impl Failure {
    /// The log has the cause; a caller could do nothing with it.
    fn defect() -> Self {
        let message = "failed through a defect of the server, not of the call; nothing was computed".into();
        Self { code: "server_defect", field: None, message, hint: None }
    }

    fn text(&self) -> String {
        let hint = self.hint.as_ref().map(|hint| format!("\n{hint}")).unwrap_or_default();
        format!("{}: {}{hint}", self.code, self.message)
    }
}

fn indent(out: &mut String, text: &str) {
    text.lines().for_each(|line| {
        let _ = write!(out, "\n  {line}");
    });
}
