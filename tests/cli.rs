//! The binary as an operator meets it: help, version, exit codes, bad values.

use crate::support::{KEY, Server, exit_of};

fn stderr(args: &[&str], env: &[(&str, &str)]) -> (i32, String) {
    let output = exit_of(args, env);
    assert!(output.stdout.is_empty(), "stdout is the protocol's");
    (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn help_and_version_go_to_stdout() {
    for flag in ["--help", "-h"] {
        let output = exit_of(&[flag], &[]);
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success() && output.stderr.is_empty());
        for word in ["--http", "MCP_API_KEYS", "MCP_AUTH_REQUIRED", "SSE_HEARTBEAT_INTERVAL", "Default"] {
            assert!(text.contains(word), "{word} is not in the help");
        }
    }
    let output = exit_of(&["--version"], &[]);
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        format!("businessmath-mcp-server {}\n", env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn self_test_prints_the_worst_error_of_each_toolset() {
    // The environment of a server is not its affair.
    let output = exit_of(&["self-test"], &[("MCP_HTTP_PORT", "none")]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{text}");
    for toolset in crate::catalog::catalog().toolsets() {
        let line = text.lines().find(|line| line.split_whitespace().next() == Some(toolset.slug));
        assert_eq!(line.unwrap().split_whitespace().nth(3), Some("0"), "{text}");
    }
    let (code, text) = stderr(&["self-test", "--fast"], &[]);
    assert!(
        code == 2 && text.contains("--fast is not for this command; it takes self-test [--markdown]"),
        "{text}"
    );
}

#[test]
fn a_wrong_flag_is_a_usage_error_with_the_nearest_one() {
    let (code, text) = stderr(&["--htpp", "8080"], &[]);
    assert_eq!(code, 2);
    assert!(text.contains("--http"), "{text}");
}

#[test]
fn without_a_key_it_says_the_three_ways_out() {
    let (code, text) = stderr(&["--http", "127.0.0.1:0"], &[]);
    assert_eq!(code, 78);
    for way in ["MCP_API_KEYS", "MCP_API_KEYS_FILE", "MCP_AUTH_REQUIRED=false"] {
        assert!(text.contains(way), "{text}");
    }
}

#[test]
fn every_bad_variable_is_named_with_its_value_and_what_is_allowed() {
    let env = [
        ("MCP_API_KEYS", KEY),
        ("SSE_SESSION_TIMEOUT", "soon"),
        ("SSE_HEARTBEAT_INTERVAL", "-1"),
        ("LOG_LEVEL", "loud"),
        ("MCP_AUTH_REQUIRED", "perhaps"),
        ("MCP_HTTP_PORT", "70000"),
        ("MCP_CORS_ORIGINS", "example.com"),
    ];
    let (code, text) = stderr(&["--http", "8080"], &env);
    assert_eq!(code, 78);
    for (name, value) in &env[1..] {
        let line = text.lines().find(|line| line.contains(name)).unwrap_or_else(|| panic!("{name}: {text}"));
        assert!(line.contains(value), "{line}");
    }
    assert!(!text.contains(KEY));
}

#[test]
fn a_wrong_toolset_stops_the_start_with_what_is_allowed() {
    for (args, env) in [
        (&["--toolsets", "meta,tmv"][..], &[][..]),
        (&[], &[("MCP_TOOLSETS", "meta,tmv")]),
        (&["--toolsets", "tmv"], &[("MCP_TOOLSETS", "tvm")]),
    ] {
        let (code, text) = stderr(args, env);
        assert_eq!(code, 78, "{text}");
        for word in ["MCP_TOOLSETS", "\"tmv\"", "nearest is tvm", "all, analyst, core, compact, meta, tvm"] {
            assert!(text.contains(word), "{text}");
        }
    }
    assert_eq!(stderr(&["--toolsets", " , "], &[]).0, 78);
    let (code, text) = stderr(&["--toolsets", "Meta"], &[]);
    assert!(code == 0 && text.contains("\"Meta\": 3 of "), "{text}");
}

#[test]
fn without_authentication_a_foreign_address_needs_the_flag() {
    let (code, text) = stderr(&["--http", "0.0.0.0:0"], &[("MCP_AUTH_REQUIRED", "false")]);
    assert_eq!(code, 78, "{text}");
    assert!(text.contains("--allow-unauthenticated-remote"), "{text}");
}

#[test]
fn the_port_variable_starts_http_and_wins_over_the_flag() {
    let server = Server::start_at("127.0.0.1:1", &[("MCP_API_KEYS", KEY), ("MCP_HTTP_PORT", "0")]);
    assert_ne!(server.address.port(), 1);
    let output =
        exit_of(&["--http", "unix:/tmp/x.sock"], &[("MCP_API_KEYS", KEY), ("MCP_HTTP_PORT", "8080")]);
    assert_eq!(output.status.code(), Some(78));
}

#[test]
fn a_taken_port_is_a_failure_with_a_reason() {
    let server = Server::open();
    let listen = server.address.to_string();
    let (code, text) = stderr(&["--http", &listen], &[("MCP_AUTH_REQUIRED", "false")]);
    assert_eq!(code, 1);
    assert!(text.contains(&listen), "{text}");
}
