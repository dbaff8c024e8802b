//! The fixture server as a process of its own: this very binary, started anew, so that it is built whenever the tests
//! are, with the same features, and never an old one.

use crossbeam_channel::Receiver;
use std::ffi::OsString;
use std::process::Command;

/// Holds the arguments; where it is set the binary is a server and no test.
const ARGUMENTS: &str = "FIXTURE_SERVER";

/// No test: the server, when one of the tests has started it.
#[test]
fn serve() {
    let Some(arguments) = std::env::var_os(ARGUMENTS) else { return };
    let arguments = arguments.into_string().unwrap();
    let served = crate::conformance::run(arguments.split_whitespace().map(OsString::from));
    if let Err(text) = &served {
        eprintln!("fixture: {text}");
    }
    std::process::exit(i32::from(served.is_err()));
}

/// The command that starts it.
pub(super) fn command(args: &[&str], env: &[(&str, &str)]) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.env_clear().envs(env.iter().copied()).env(ARGUMENTS, args.join(" ")).args([
        "--exact",
        "support::fixture::serve",
        "--nocapture",
        "--quiet",
    ]);
    if let Ok(engine) = std::env::var("TEST_HTTP_ENGINE") {
        command.env("MCP_HTTP_ENGINE", engine);
    }
    command
}

/// Passes over what the test harness says before it runs the server.
pub(super) fn skip_preamble(lines: &Receiver<String>) {
    let next = || lines.recv_timeout(super::GUARD).unwrap();
    assert_eq!((next().as_str(), next().as_str()), ("", "running 1 test"));
}
