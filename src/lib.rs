//! BusinessMath MCP server.

pub mod auth;
pub mod cli;
pub mod config;
pub mod math;
pub mod mcp;
pub mod observe;
pub mod server;
pub mod session;
pub mod toolkit;
pub mod tools;
pub mod transport;
