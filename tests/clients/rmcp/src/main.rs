//! Drives the server with the official Rust SDK's client: `rmcp-client stdio|http initialize|auto`.
//!
//! Reads BINARY, URL and KEY from the environment; prints one line a check: `ok`, `skip` or `FAIL`, and its name.

use std::{env, error::Error, time::Duration};

use rmcp::{
    ClientLifecycleMode, ClientServiceExt, RoleClient,
    model::{
        CallToolRequestParams, CallToolResult, ClientRequest, GetPromptRequestParams, PingRequest,
        ProtocolVersion, ReadResourceRequestParams, ServerCapabilities,
    },
    service::{RunningService, ServiceError},
    transport::{
        StreamableHttpClientTransport, TokioChildProcess,
        streamable_http_client::StreamableHttpClientTransportConfig,
    },
};
use serde_json::{Value, json};

type Failure = Box<dyn Error>;
type Client = RunningService<RoleClient, ()>;
/// `Err` with why it failed.
type Check = Result<(), Failure>;

const TOOL: &str = "calculate_npv";
const MODERN: ProtocolVersion = ProtocolVersion::V_2026_07_28;

macro_rules! ensure {
    ($condition:expr, $($why:tt)+) => { if !$condition { return Err(format!($($why)+).into()); } };
}

/// Prints checks; none may take longer than its patience.
struct Report;

impl Report {
    async fn check(&self, name: &str, work: impl Future<Output = Check>) {
        match tokio::time::timeout(Duration::from_secs(30), work).await {
            Ok(Ok(())) => println!("ok {name}"),
            Ok(Err(why)) => println!("FAIL {name}: {}", why.to_string().replace('\n', " ")),
            Err(_) => println!("FAIL {name}: no answer within 30 s"),
        }
    }

    /// A check of what a server may leave out: skipped when it does not advertise it.
    async fn optional(&self, name: &str, advertised: bool, work: impl Future<Output = Check>) {
        if advertised {
            self.check(name, work).await;
        } else {
            println!("skip {name}: the server does not advertise it");
        }
    }
}

fn mode() -> ClientLifecycleMode {
    match env::args().nth(2).as_deref() {
        Some("auto") => ClientLifecycleMode::Auto { preferred_versions: vec![MODERN], legacy_version: None },
        _ => ClientLifecycleMode::Initialize,
    }
}

async fn connect(key: &str) -> Result<Client, Failure> {
    if env::args().nth(1).as_deref() == Some("stdio") {
        let (transport, _) = TokioChildProcess::builder(tokio::process::Command::new(env::var("BINARY")?))
            .stderr(std::process::Stdio::null())
            .spawn()?;
        return Ok(().serve_with_lifecycle(transport, mode()).await?);
    }
    let config = StreamableHttpClientTransportConfig::with_uri(env::var("URL")?).auth_header(key);
    Ok(().serve_with_lifecycle(StreamableHttpClientTransport::from_config(config), mode()).await?)
}

async fn call(client: &Client, name: &'static str, arguments: Value) -> Result<CallToolResult, ServiceError> {
    let arguments = arguments.as_object().cloned().unwrap_or_default();
    client.call_tool(CallToolRequestParams::new(name).with_arguments(arguments)).await
}

fn text(result: &CallToolResult) -> String {
    result.content.iter().filter_map(|part| part.as_text()).map(|part| part.text.as_str()).collect()
}

async fn npv(client: &Client) -> Check {
    let result = call(client, TOOL, json!({"rate": 0.1, "cashFlows": [-100, 121]})).await?;
    let npv = result.structured_content.as_ref().and_then(|content| content["npv"].as_f64());
    ensure!(
        result.is_error != Some(true) && npv.is_some_and(|npv| (npv - 10.0).abs() <= 1e-12),
        "got {result:?}"
    );
    Ok(())
}

async fn tools(client: &Client) -> Check {
    let tools = client.list_all_tools().await?;
    let mut names: Vec<_> = tools.iter().map(|tool| tool.name.as_ref()).collect();
    ensure!(names.contains(&TOOL), "no {TOOL} among {} tools", names.len());
    names.sort_unstable();
    names.dedup();
    ensure!(names.len() == tools.len(), "a tool is listed twice");
    Ok(())
}

async fn refusal(client: &Client) -> Check {
    let result = call(client, TOOL, json!({"rate": "abc", "cashFlows": []})).await?;
    let text = text(&result);
    ensure!(result.is_error == Some(true), "not an error: {text}");
    ensure!(text.contains("rate") && text.contains("cashFlows"), "does not name both problems: {text}");
    Ok(())
}

async fn unknown_tool(client: &Client) -> Check {
    match call(client, "no_such_tool", json!({})).await {
        Err(ServiceError::McpError(error)) if error.code.0 == -32602 => Ok(()),
        other => Err(format!("wanted error -32602, got {other:?}").into()),
    }
}

async fn resources(client: &Client) -> Check {
    let uri = "docs://tvm-formulas";
    let listed = client.list_all_resources().await?;
    ensure!(listed.iter().any(|resource| resource.uri == uri), "{uri} is not among {}", listed.len());
    read(client, uri, "NPV").await
}

async fn templates(client: &Client) -> Check {
    let listed = client.list_all_resource_templates().await?;
    ensure!(listed.iter().any(|template| template.uri_template == "docs://tools/{name}"), "got {listed:?}");
    read(client, "docs://tools/calculate_npv", TOOL).await
}

async fn read(client: &Client, uri: &str, wanted: &str) -> Check {
    let contents =
        serde_json::to_value(client.read_resource(ReadResourceRequestParams::new(uri)).await?.contents)?;
    let text = contents[0]["text"].as_str().unwrap_or_default();
    ensure!(contents[0]["uri"] == uri && text.contains(wanted), "{uri}: got {contents}");
    Ok(())
}

async fn prompts(client: &Client) -> Check {
    let name = "analyze_investment";
    let listed = client.list_all_prompts().await?;
    ensure!(listed.iter().any(|prompt| prompt.name == name), "{name} is not among {}", listed.len());
    let arguments = json!({"investment_amount": "-100000", "discount_rate": "0.12"})
        .as_object()
        .cloned()
        .unwrap_or_default();
    let got = client.get_prompt(GetPromptRequestParams::new(name).with_arguments(arguments)).await?;
    let messages = serde_json::to_string(&got.messages)?;
    ensure!(messages.contains("100000") && messages.contains("0.12"), "the arguments are not in {messages}");
    Ok(())
}

async fn completion(client: &Client) -> Check {
    client.complete_prompt_simple("analyze_investment", "discount_rate", "0.").await?;
    let values = client.complete_resource_simple("docs://tools/{name}", "name", "calculate_np").await?;
    ensure!(values.iter().any(|value| value == TOOL), "got {values:?}");
    Ok(())
}

async fn ping(client: &Client) -> Check {
    client.send_request(ClientRequest::PingRequest(PingRequest::default())).await?;
    Ok(())
}

/// Dropping the future is how this SDK's caller cancels; it tells the server by itself.
async fn cancel(client: &Client) -> Check {
    let flows: Vec<f64> = (0..200_000).map(f64::from).collect();
    let long = call(client, TOOL, json!({"rate": 0.01, "cashFlows": flows}));
    let _ = tokio::time::timeout(Duration::from_millis(5), long).await;
    npv(client).await
}

async fn reconnect(client: Client, key: &str) -> Check {
    client.cancel().await?;
    let client = connect(key).await?;
    let checked = npv(&client).await;
    client.cancel().await?;
    checked
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    let (report, key) = (Report, env::var("KEY")?);
    let over_http = env::args().nth(1).as_deref() == Some("http");
    let client = match tokio::time::timeout(Duration::from_secs(30), connect(&key)).await {
        Ok(Ok(client)) => client,
        other => {
            println!("FAIL connect: {:?}", other.map(|result| result.err()));
            return Ok(());
        }
    };
    let info = serde_json::to_value(client.peer_info().as_deref())?;
    let named = info.to_string().contains("businessmath-mcp-server");
    report.check("connect", async { if named { Ok(()) } else { Err(format!("got {info}").into()) } }).await;
    let can: ServerCapabilities = serde_json::from_value(info["capabilities"].clone())?;
    let modern = info["protocolVersion"] == MODERN.as_str();
    if mode() != ClientLifecycleMode::Initialize {
        report.optional("revision 2026-07-28", modern, async { Ok(()) }).await;
    }
    report.check("tools", tools(&client)).await;
    report.check("call", npv(&client)).await;
    report.check("refusal", refusal(&client)).await;
    report.check("unknown tool", unknown_tool(&client)).await;
    report.optional("resources", can.resources.is_some(), resources(&client)).await;
    report.optional("resource templates", can.resources.is_some(), templates(&client)).await;
    report.optional("prompts", can.prompts.is_some(), prompts(&client)).await;
    report.optional("completion", can.completions.is_some(), completion(&client)).await;
    if !modern {
        report.check("ping", ping(&client)).await;
    }
    report.check("cancel", cancel(&client)).await;
    report.check("reconnect", reconnect(client, &key)).await;
    if over_http {
        report
            .check("a wrong key is refused", async {
                let why = match connect("not-a-key-of-this-server").await {
                    Ok(_) => "it was accepted".to_owned(),
                    Err(why) => format!("{why:?}"),
                };
                ensure!(why.contains("401") || why.contains("Auth"), "{why}");
                Ok(())
            })
            .await;
    }
    Ok(())
}
