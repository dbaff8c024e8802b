//! `calculate_npv` on the official Rust SDK: stateless Streamable HTTP with JSON bodies and two workers, or the
//! standard streams on one thread.
//!
//! Usage: `rmcp-peer PORT` listens on 127.0.0.1, no authentication; `rmcp-peer stdio` serves with the SDK's common
//! stdio transport, `rmcp-peer pipes` with the faster one that it has for pipes.

use std::{net::Ipv4Addr, sync::Arc};

use axum::{Router, serve::ListenerExt};
use rmcp::{
    Json, ServerHandler, ServiceExt,
    handler::server::{router::tool::ToolRouter, wrapper::Parameters},
    tool, tool_handler, tool_router,
    transport::{
        self,
        streamable_http_server::{
            StreamableHttpServerConfig, StreamableHttpService, session::never::NeverSessionManager,
        },
    },
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tokio::runtime::Builder;
use tracing as _; // only for its compile-time level

type Failure = Box<dyn std::error::Error>;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Args {
    /// Discount rate per period, as a decimal: 0.08 for 8 %.
    #[schemars(extend("exclusiveMinimum" = -1.0))]
    rate: f64,
    /// Cash flows, the first one at time zero.
    #[schemars(length(min = 1))]
    cash_flows: Vec<f64>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Output {
    /// Sum of the discounted flows, currency.
    npv: f64,
    /// What the sign of the NPV says.
    decision: Decision,
    /// Number of cash flows.
    period_count: usize,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Decision {
    Accept,
    Reject,
    Indifferent,
}

/// One server a request is what the SDK's stateless mode asks for; the router is shared, so that costs a reference count.
#[derive(Clone)]
struct Peer {
    tool_router: Arc<ToolRouter<Self>>,
}

#[tool_router]
impl Peer {
    /// Discounts equally spaced cash flows to time zero at one rate.
    #[tool(name = "calculate_npv")]
    fn calculate_npv(&self, Parameters(args): Parameters<Args>) -> Result<Json<Output>, String> {
        if args.rate.is_nan() || args.rate <= -1.0 {
            return Err("rate: wanted a number above -1".to_owned());
        }
        if args.cash_flows.is_empty() {
            return Err("cashFlows: wanted at least one number".to_owned());
        }
        let npv = npv(args.rate, &args.cash_flows);
        let decision = if npv > 0.0 {
            Decision::Accept
        } else if npv < 0.0 {
            Decision::Reject
        } else {
            Decision::Indifferent
        };
        Ok(Json(Output { npv, decision, period_count: args.cash_flows.len() }))
    }
}

#[tool_handler(router = self.tool_router)]
impl ServerHandler for Peer {}

/// NPV = Σ CF_t / (1 + r)^t, t from 0.
fn npv(rate: f64, flows: &[f64]) -> f64 {
    let mut factor = 1.0;
    let mut sum = 0.0;
    for flow in flows {
        sum += flow / factor;
        factor *= 1.0 + rate;
    }
    sum
}

async fn serve(port: u16) -> Result<(), Failure> {
    let peer = Peer { tool_router: Arc::new(Peer::tool_router()) };
    let config = StreamableHttpServerConfig::default()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .with_sse_keep_alive(None);
    let service = StreamableHttpService::new(
        move || Ok(peer.clone()),
        Arc::new(NeverSessionManager::default()),
        config,
    );
    let router = Router::new().route_service("/mcp", service);
    let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?.tap_io(|stream| {
        if let Err(error) = stream.set_nodelay(true) {
            eprintln!("TCP_NODELAY: {error}");
        }
    });
    axum::serve(listener, router).await?;
    Ok(())
}

/// Over the standard streams, with the SDK's common transport or with the one that it has for pipes on Linux.
async fn serve_stdio(pipes: bool) -> Result<(), Failure> {
    let peer = Peer { tool_router: Arc::new(Peer::tool_router()) };
    let service = if pipes {
        peer.serve(transport::stdio_pipes()).await?
    } else {
        peer.serve(transport::stdio()).await?
    };
    service.waiting().await?;
    Ok(())
}

fn main() -> Result<(), Failure> {
    let word = std::env::args().nth(1).ok_or("usage: rmcp-peer PORT|stdio|pipes")?;
    match word.as_str() {
        // One client, one call at a time: a second worker only adds a hand-over.
        "stdio" => Builder::new_current_thread().enable_all().build()?.block_on(serve_stdio(false)),
        "pipes" => Builder::new_current_thread().enable_all().build()?.block_on(serve_stdio(true)),
        port => {
            let port = port.parse()?;
            Builder::new_multi_thread().worker_threads(2).enable_all().build()?.block_on(serve(port))
        }
    }
}
