//! Parse, run, exit code; nothing else.

use businessmath_mcp::config::{Command, Config};
use businessmath_mcp::server;
use std::io::{self, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    let outcome = match Config::load(std::env::args_os().skip(1), &|name| std::env::var_os(name)) {
        Ok(Command::Help(text) | Command::Version(text)) => {
            io::stdout().write_all(text.as_bytes()).map_err(|e| (1, e.to_string()))
        }
        Ok(Command::Do(invocation)) => {
            invocation.run(&mut io::stdout().lock()).map_err(|e| (1, e.to_string()))
        }
        Ok(Command::Run(config)) => {
            server::run(*config, server::contents).map_err(|e| (e.exit_code(), e.to_string()))
        }
        Err(e) => Err((e.exit_code(), e.to_string())),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err((code, text)) => {
            let _ = writeln!(io::stderr(), "businessmath-mcp-server: {text}");
            ExitCode::from(code)
        }
    }
}
