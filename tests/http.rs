//! Routes, headers, statuses, keys and CORS, as the deployment guide promises them.

use crate::support::{Client, KEY, Server, bearer, call, on_tiny_http, post, rpc};
use serde_json::{Value, json};

fn npv_call() -> String {
    call(1, "calculate_npv", json!({"rate": 0.1, "cashFlows": [-1000, 300, 400, 500, 600]}))
}

#[test]
fn health_is_exactly_ok_and_open_to_all() {
    let server = Server::keyed();
    let answer = server.client().get("/health");
    assert_eq!((answer.status, answer.text()), (200, "OK"));
    assert!(answer.header("Content-Type").unwrap().starts_with("text/plain"));
    let head = server.once("HEAD /health HTTP/1.1\r\nHost: x\r\n\r\n");
    assert_eq!((head.status, head.header("Content-Length")), (200, Some("2")));
}

#[test]
fn the_information_page_needs_no_key_but_takes_no_wrong_one() {
    let server = Server::keyed();
    let page = server.client().get("/mcp").json();
    assert_eq!(page["name"], "businessmath-mcp-server");
    assert_eq!(page["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(page["authentication"]["required"], true);
    assert_eq!(page["tools"], crate::catalog::catalog().tools().len());
    assert_eq!(page["cors"]["allowedOrigins"], json!(["*"]));
    for member in ["protocolVersions", "endpoints", "uptimeSeconds"] {
        assert!(!page[member].is_null(), "{member}");
    }
    for (headers, status) in [(bearer(), 200), ("Authorization: Bearer wrong\r\n".into(), 401)] {
        let answer = server.once(&format!("GET /mcp HTTP/1.1\r\nHost: x\r\n{headers}\r\n"));
        assert_eq!(answer.status, status);
    }
    let stream = server.once("GET /mcp HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n");
    assert_eq!((stream.status, stream.header("Allow")), (405, Some("POST, OPTIONS")));
}

#[test]
fn a_call_without_session_is_answered_in_the_body() {
    let server = Server::keyed();
    let answer = server.client().post("/mcp", &bearer(), &npv_call());
    assert_eq!((answer.status, answer.header("Content-Type")), (200, Some("application/json")));
    let npv = answer.json()["result"]["structuredContent"]["npv"].as_f64().unwrap();
    // mpmath 1.3.0: -1000 + 300/1.1 + 400/1.1**2 + 500/1.1**3 + 600/1.1**4
    assert!((npv - 388.771_258_793_798_24).abs() < 1e-9, "{npv}");
    let silent =
        server.client().post("/mcp", &bearer(), r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#);
    assert_eq!((silent.status, silent.text()), (202, ""));
}

#[test]
fn every_accepted_form_of_the_key_and_every_refused_one() {
    let server = Server::keyed();
    let mut client = server.client();
    for value in [format!("Bearer {KEY}"), format!("bearer  {KEY} "), format!("ApiKey {KEY}"), KEY.to_owned()]
    {
        let answer = client.post("/mcp", &format!("Authorization: {value}\r\n"), &npv_call());
        assert_eq!(answer.status, 200, "{value}");
    }
    let twice = format!("Bearer {KEY}\r\nAuthorization: Bearer {KEY}");
    for value in ["Bearer wrong-key-0123456789", &KEY[1..], "Bearer", "", "Basic dXNlcjpwYXNz", &twice] {
        let answer = client.post("/mcp", &format!("Authorization: {value}\r\n"), &npv_call());
        assert_eq!(answer.status, 401, "{value}");
        assert!(answer.header("WWW-Authenticate").unwrap().starts_with("Bearer "));
        assert!(answer.json()["error"]["message"].is_string());
    }
    assert_eq!(client.post("/mcp", "", &npv_call()).status, 401);
    assert_eq!(server.once("GET /mcp/sse HTTP/1.1\r\nHost: x\r\n\r\n").status, 401);
}

#[test]
fn the_log_tells_of_a_wrong_key_but_never_the_key() {
    let server = Server::keyed();
    server.client().post("/mcp", "Authorization: Bearer wrong-key-0123456789\r\n", &npv_call());
    server.client().post("/mcp", &bearer(), &npv_call());
    // printf wrong-key-0123456789 | sha256sum
    server.await_log("invalid API key (fingerprint 2eaa04c6)");
    server.await_log("127.0.0.1");
    assert!(!server.log().iter().any(|line| line.contains(KEY) || line.contains("wrong-key")));
}

#[test]
fn rotated_keys_work_after_a_hangup_signal() {
    let file = std::env::temp_dir().join(format!("bm-keys-{}", std::process::id()));
    std::fs::write(&file, "first-key-0123456789+/=\n").unwrap();
    let server = Server::start(&[("MCP_API_KEYS_FILE", file.to_str().unwrap())]);
    let status = |key: &str| {
        server.client().post("/mcp", &format!("Authorization: Bearer {key}\r\n"), &npv_call()).status
    };
    assert_eq!((status("first-key-0123456789+/="), status("second-key-0123456789")), (200, 401));
    std::fs::write(&file, "# rotated\nsecond-key-0123456789\n").unwrap();
    server.signal("HUP");
    server.await_log("API keys read again: 1 in use");
    assert_eq!((status("first-key-0123456789+/="), status("second-key-0123456789")), (401, 200));
    std::fs::remove_file(&file).unwrap();
    server.signal("HUP");
    server.await_log("the old ones stay in use");
    assert_eq!(status("second-key-0123456789"), 200);
}

#[test]
fn preflight_is_204_anywhere_with_the_guides_headers() {
    let server = Server::keyed();
    for path in ["/mcp", "/mcp/sse", "/health", "/nowhere", "*"] {
        let answer =
            server.once(&format!("OPTIONS {path} HTTP/1.1\r\nHost: x\r\nOrigin: https://a.example\r\n\r\n"));
        assert_eq!((answer.status, answer.text()), (204, ""), "{path}");
        assert_eq!(answer.header("Access-Control-Allow-Origin"), Some("*"));
        assert_eq!(answer.header("Access-Control-Max-Age"), Some("86400"));
        let methods = answer.header("Access-Control-Allow-Methods").unwrap();
        assert!(["GET", "POST", "OPTIONS", "DELETE"].iter().all(|method| methods.contains(method)));
        let headers = answer.header("Access-Control-Allow-Headers").unwrap();
        for name in
            ["Content-Type", "Authorization", "X-Session-ID", "Mcp-Session-Id", "MCP-Protocol-Version"]
                .iter()
                .chain(&["Mcp-Method", "Mcp-Name", "Last-Event-ID", "X-MCP-Toolsets"])
        {
            assert!(headers.contains(name), "{name}");
        }
        let exposed = answer.header("Access-Control-Expose-Headers").unwrap();
        assert!(exposed.contains("X-Session-ID") && exposed.contains("Mcp-Session-Id"));
    }
}

#[test]
fn every_answer_carries_cors_even_refusals() {
    let server = Server::keyed();
    for request in [
        "GET /health HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n",
        "PUT /mcp HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n",
        "POST /mcp HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n",
        "nonsense\r\n\r\n",
    ] {
        if request.starts_with("nonsense") && on_tiny_http("it refuses what it cannot parse by itself") {
            continue;
        }
        let answer = server.once(request);
        assert_eq!(answer.header("Access-Control-Allow-Origin"), Some("*"), "{request}");
    }
}

#[test]
fn a_list_of_origins_narrows_and_varies() {
    let server = Server::start(&[("MCP_API_KEYS", KEY), ("MCP_CORS_ORIGINS", "https://a.example")]);
    let from = |origin: &str| {
        server.client().post("/mcp", &format!("{}Origin: {origin}\r\n", bearer()), &npv_call())
    };
    let member = from("https://a.example");
    assert_eq!((member.status, member.header("Vary")), (200, Some("Origin")));
    assert_eq!(member.header("Access-Control-Allow-Origin"), Some("https://a.example"));
    for origin in ["https://b.example", "null", "https://a.example.evil.example"] {
        let foreign = from(origin);
        assert_eq!((foreign.status, foreign.header("Access-Control-Allow-Origin")), (403, None), "{origin}");
        assert_eq!(foreign.header("Vary"), Some("Origin"));
    }
    assert_eq!(server.client().post("/mcp", &bearer(), &npv_call()).status, 200);
}

#[test]
fn without_keys_foreign_pages_and_names_stay_out() {
    let server = Server::open();
    let send =
        |path: &str, headers: &str| server.once(&format!("GET {path} HTTP/1.1\r\n{headers}\r\n")).status;
    assert_eq!(send("/mcp", "Host: localhost\r\nOrigin: http://localhost:6274\r\n"), 200);
    assert_eq!(send("/mcp", "Host: localhost\r\nOrigin: https://evil.example\r\n"), 403);
    assert_eq!(send("/mcp/sse", "Host: evil.example\r\n"), 403);
    assert_eq!(send("/mcp", "Host: evil.example\r\n"), 403);
    assert_eq!(send("/health", "Host: 10.1.2.3\r\n"), 200);
    assert_eq!(server.client().post("/mcp", "", &npv_call()).status, 200);
}

#[test]
fn with_keys_any_name_and_page_is_welcome() {
    let server = Server::keyed();
    let headers = format!("{}Origin: https://anywhere.example\r\n", bearer());
    assert_eq!(server.client().post("/mcp", &headers, &npv_call()).status, 200);
    assert_eq!(server.once("GET /mcp HTTP/1.1\r\nHost: mcp.example.com\r\n\r\n").status, 200);
}

#[test]
fn unknown_paths_and_wrong_methods_have_json_bodies() {
    let server = Server::keyed();
    for (request, status, allow) in [
        ("GET /nowhere", 404, None),
        ("GET /mcp/", 404, None),
        ("GET /mcp/../health", 404, None),
        ("POST /health", 405, Some("GET, HEAD, OPTIONS")),
        ("DELETE /mcp", 405, Some("GET, HEAD, POST, OPTIONS")),
        ("POST /mcp/sse", 405, Some("GET, HEAD, OPTIONS")),
        ("BREW /mcp", 405, Some("GET, HEAD, POST, OPTIONS")),
    ] {
        let answer = server.once(&format!("{request} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"));
        assert_eq!((answer.status, answer.header("Allow")), (status, allow), "{request}");
        let error = &answer.json()["error"];
        assert!(error["message"].is_string() && error["code"].is_i64(), "{request}");
    }
}

#[test]
fn bad_messages_have_their_status_and_code() {
    let server = Server::keyed();
    let mut client = server.client();
    for (body, status, code) in [
        ("nonsense", 400, -32700),
        ("{}", 400, -32600),
        ("[]", 400, -32600),
        (r#"{"jsonrpc":"2.0","id":1,"method":"no/such"}"#, 200, -32601),
        (r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"calculate_nvp"}}"#, 200, -32602),
    ] {
        let answer = client.post("/mcp", &bearer(), body);
        assert_eq!((answer.status, &answer.json()["error"]["code"]), (status, &json!(code)), "{body}");
    }
    let typed = |kind: &str| post("/mcp", &bearer(), "{}").replace("application/json", kind);
    assert_eq!(server.once(&typed("text/plain")).status, 415);
    assert_eq!(server.once(&typed("application/json; charset=utf-8")).status, 400);
    let versions = [("2025-11-25", 200), ("2024-11-05", 200), ("1999-01-01", 400)];
    for (version, status) in versions {
        let headers = format!("{}MCP-Protocol-Version: {version}\r\n", bearer());
        assert_eq!(client.post("/mcp", &headers, &npv_call()).status, status, "{version}");
    }
}

#[test]
fn a_refused_call_says_how_to_mend_it() {
    let server = Server::open();
    let arguments = json!({"rate": "5%", "cash_flows": [-1, 2]});
    let answer = server.client().post("/mcp", "", &call(1, "calculate_npv", arguments)).json();
    assert_eq!(answer["result"]["isError"], true);
    let text = answer["result"]["content"][0]["text"].as_str().unwrap();
    for part in ["write 0.05", "did you mean cashFlows", "cashFlows: missing", "A call that works"] {
        assert!(text.contains(part), "{part:?} is not in {text}");
    }
}

/// What JSON can say and no argument can be: still a result, for the model to mend.
#[test]
fn arguments_that_cannot_be_read_are_refused_as_results() {
    let server = Server::open();
    for (arguments, reason) in
        [(r#"{"rate":1e400}"#, "out of range"), (r#"{"rate":1,"rate":2}"#, "rate is given twice")]
    {
        let params = format!(r#"{{"name":"calculate_npv","arguments":{arguments}}}"#);
        let body = format!(r#"{{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{params}}}"#);
        let answer = server.client().post("/mcp", "", &body).json();
        assert_eq!(answer["result"]["isError"], true);
        assert!(answer["result"]["content"][0]["text"].as_str().unwrap().contains(reason), "{answer}");
    }
    // A rate one bit above -100 % is a rate.
    let call = call(1, "calculate_npv", json!({"rate": -0.999_999_999_999_999_9, "cashFlows": [1, 1]}));
    let npv = server.client().post("/mcp", "", &call).json()["result"]["structuredContent"]["npv"].as_f64();
    assert_eq!(npv, Some(1.0 + 1.0 / f64::EPSILON * 2.0));
}

#[test]
fn every_tool_works_over_http() {
    let server = Server::keyed();
    let mut client = server.client();
    // The protocol does not hand a view to running tools yet; without one the tools about tools have nothing to show.
    for tool in crate::catalog::catalog().tools().iter().filter(|tool| tool.toolset != "meta") {
        let answer = client.post("/mcp", &bearer(), &call(1, tool.entry.name, tool.example.clone()));
        assert_eq!(answer.json()["result"]["isError"], json!(false), "{}", answer.text());
    }
}

#[test]
fn the_list_is_the_same_bytes_from_two_servers() {
    let list = || Server::open().client().post("/mcp", "", &rpc(1, "tools/list", json!({}))).body;
    assert_eq!(list(), list());
}

#[test]
fn answers_never_cross_between_connections() {
    let server = Server::keyed();
    std::thread::scope(|scope| {
        for thread in 0..8 {
            let mut client = server.client();
            scope.spawn(move || {
                for round in 0..50 {
                    let amount = f64::from(thread * 1000 + round);
                    let body = call(1, "calculate_npv", json!({"rate": 0, "cashFlows": [amount]}));
                    let answer: Value = client.post("/mcp", &bearer(), &body).json();
                    assert_eq!(answer["result"]["structuredContent"]["npv"], amount);
                }
            });
        }
    });
}

#[test]
fn the_unix_socket_serves_as_well() {
    use std::io::{Read, Write};
    use std::os::unix::fs::PermissionsExt;
    let path = std::env::temp_dir().join(format!("bm-{}.sock", std::process::id()));
    let server = Server::start_at(&format!("unix:{}", path.display()), &[("MCP_API_KEYS", KEY)]);
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o660);
    let mut socket = std::os::unix::net::UnixStream::connect(&path).unwrap();
    socket.write_all(b"GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").unwrap();
    let mut text = String::new();
    socket.read_to_string(&mut text).unwrap();
    assert!(text.starts_with("HTTP/1.1 200 OK\r\n") && text.ends_with("OK"), "{text}");
    server.signal("TERM");
    assert_eq!(server.ended().code(), Some(0));
    assert!(!path.exists());
}

#[test]
fn one_connection_serves_many_requests() {
    let server = Server::keyed();
    let mut client: Client = server.client();
    let pipelined = post("/mcp", &bearer(), &npv_call()).repeat(20);
    client.write(&pipelined);
    let answers: Vec<u16> = (0..20).map(|_| client.answer(false).status).collect();
    assert_eq!(answers, [200; 20]);
}
