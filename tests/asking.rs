//! What can mean two things is asked of the client's user, in each era's own way, and refused where nobody can be asked.

use crate::schema;
use crate::support::{Client, Server, Stdio, post, rpc};
use serde_json::{Value, json};

const DAY_FIRST: &str = "day first: 3 April 2024";
const MONTH_FIRST: &str = "month first: 4 March 2024";

/// 365 days after the one reading of the first date, 395 after the other.
fn dated(first: &str) -> Value {
    let flows = json!([{"date": first, "amount": -1000}, {"date": "2025-04-03", "amount": 1100}]);
    json!({"name": "calculate_xnpv", "arguments": {"rate": 0.1, "cashFlows": flows}})
}

fn accept(choice: &str) -> Value {
    json!({"action": "accept", "content": {"dateOrder": choice}})
}

/// The result by the answer, which is that of the date in ISO 8601, and says so.
#[track_caller]
fn check_result(result: &Value, choice: &str) {
    let (npv, order) = match choice {
        DAY_FIRST => (0.0, "day first"),
        // mpmath 1.3.0: 1100 / 1.1**(395/365) - 1000
        _ => (-7.803_109_841_024_12, "month first"),
    };
    let structured = &result["structuredContent"];
    let found = structured["npv"].as_f64().unwrap_or_else(|| panic!("{result}"));
    assert!((found - npv).abs() < 1e-9, "{found}");
    assert_eq!(structured["warnings"], json!([format!("dates were read {order}, as the user answered")]));
}

#[track_caller]
fn check_refusal(result: &Value) {
    assert_eq!(result["isError"], true, "{result}");
    let text = result["content"][0]["text"].as_str().unwrap();
    let hint = "; write 2024-04-03 if the day comes first, 2024-03-04 if the month does";
    assert!(text.contains("cashFlows[0].date: got the text \"03/04/2024\"") && text.contains(hint), "{text}");
}

/// The form, whatever carries it.
#[track_caller]
fn check_form(params: &Value, mode: Option<&str>) {
    assert_eq!(params.get("mode").and_then(Value::as_str), mode, "{params}");
    let message = params["message"].as_str().unwrap();
    assert!(message.contains("cashFlows[0].date came as 03/04/2024"), "{message}");
    let form = &params["requestedSchema"];
    assert_eq!(form["properties"]["dateOrder"]["enum"], json!([DAY_FIRST, MONTH_FIRST]), "{form}");
    assert_eq!(form["required"], json!(["dateOrder"]));
}

fn opening(revision: &str, capabilities: &Value) -> String {
    let client = json!({"name": "test", "version": "1"});
    let params = json!({"protocolVersion": revision, "capabilities": capabilities, "clientInfo": client});
    rpc(0, "initialize", params)
}

/// A server over pipes whose client can do these things.
fn piped(revision: &str, capabilities: &Value) -> Stdio {
    let mut server = Stdio::start();
    assert_eq!(server.ask(&opening(revision, capabilities))["result"]["protocolVersion"], revision);
    server.send(r#"{"jsonrpc": "2.0", "method": "notifications/initialized"}"#);
    server
}

#[test]
fn over_pipes_the_question_is_a_request_and_the_call_goes_on_with_its_answer() {
    let mut server = piped("2025-11-25", &json!({"elicitation": {}}));
    let answers: [(Value, Option<&str>); 5] = [
        (json!({"result": accept(DAY_FIRST)}), Some(DAY_FIRST)),
        (json!({"result": accept(MONTH_FIRST)}), Some(MONTH_FIRST)),
        (json!({"result": {"action": "decline"}}), None),
        (json!({"result": accept("whichever")}), None),
        (json!({"error": {"code": -32603, "message": "the window is shut"}}), None),
    ];
    for ((mut answer, choice), id) in answers.into_iter().zip(1..) {
        let question = server.ask(&rpc(id, "tools/call", dated("03/04/2024")));
        schema::server_message("2025-11-25", None, &question);
        assert_eq!(question["method"], "elicitation/create", "{question}");
        check_form(&question["params"], Some("form"));
        answer["jsonrpc"] = json!("2.0");
        answer["id"] = question["id"].clone();
        let done = server.ask(&answer.to_string());
        schema::server_message("2025-11-25", Some("tools/call"), &done);
        assert_eq!(done["id"], id);
        match choice {
            Some(choice) => check_result(&done["result"], choice),
            None => check_refusal(&done["result"]),
        }
    }
    let plain = server.ask(&rpc(9, "tools/call", dated("2024-04-03")));
    assert_eq!(plain["result"]["structuredContent"]["npv"].as_f64(), Some(0.0), "asked for nothing");
}

#[test]
fn a_comma_is_asked_about_like_a_date() {
    let mut server = piped("2025-06-18", &json!({"elicitation": {}}));
    let arguments = json!({"rate": 0, "cashFlows": ["-1,000", "1,500", 0.25]});
    for (choice, npv) in [("thousands separator: -1000", 500.25), ("decimal comma: -1.0", 0.75)] {
        let call = rpc(1, "tools/call", json!({"name": "calculate_npv", "arguments": arguments}));
        let question = server.ask(&call);
        schema::server_message("2025-06-18", None, &question);
        let result = json!({"action": "accept", "content": {"comma": choice}});
        let done = server.ask(&json!({"jsonrpc": "2.0", "id": question["id"], "result": result}).to_string());
        assert_eq!(done["result"]["structuredContent"]["npv"], npv, "{done}");
    }
}

/// Elicitation came with 2025-06-18: what a client says of it before is not part of what was agreed on.
#[test]
fn who_cannot_be_asked_is_told_both_spellings() {
    for (revision, capabilities) in [
        ("2025-11-25", json!({})),
        ("2025-11-25", json!({"sampling": {}, "roots": {}})),
        ("2025-11-25", json!({"elicitation": {"url": {}}})),
        ("2025-03-26", json!({"elicitation": {}})),
        ("2024-11-05", json!({"elicitation": {}})),
    ] {
        let mut server = piped(revision, &capabilities);
        let done = server.ask(&rpc(1, "tools/call", dated("03/04/2024")));
        schema::server_message(revision, Some("tools/call"), &done);
        check_refusal(&done["result"]);
    }
}

/// A `tools/call` of the newest revision: the parameters with its `_meta`, under the headers that repeat them.
fn modern(client: &mut Client, capabilities: Value, mut params: Value) -> Value {
    params["_meta"] = json!({
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "1"},
        "io.modelcontextprotocol/clientCapabilities": capabilities,
    });
    let headers = "MCP-Protocol-Version: 2026-07-28\r\nMcp-Method: tools/call\r\nMcp-Name: calculate_xnpv\r\n\
        Accept: application/json, text/event-stream\r\n";
    let answer = client.post("/mcp", headers, &rpc(1, "tools/call", params)).json();
    schema::server_message("2026-07-28", Some("tools/call"), &answer);
    answer
}

#[test]
fn in_the_newest_revision_the_client_comes_back_with_the_answer() {
    let server = Server::open();
    let mut client = server.client();
    let forms = || json!({"elicitation": {}});
    let asked = modern(&mut client, forms(), dated("03/04/2024"))["result"].take();
    assert_eq!(asked["resultType"], "input_required", "{asked}");
    assert_eq!(asked["inputRequests"].as_object().unwrap().len(), 1);
    assert_eq!(asked["inputRequests"]["dateOrder"]["method"], "elicitation/create");
    check_form(&asked["inputRequests"]["dateOrder"]["params"], Some("form"));
    let state = asked["requestState"].as_str().unwrap();
    let again = |first: &str, answer: Value, state: &str| {
        let mut params = dated(first);
        params["inputResponses"] = json!({"dateOrder": answer});
        params["requestState"] = json!(state);
        params
    };
    for choice in [DAY_FIRST, MONTH_FIRST] {
        let done = modern(&mut client, forms(), again("03/04/2024", accept(choice), state));
        check_result(&done["result"], choice);
    }
    let declined = json!({"action": "decline"});
    check_refusal(&modern(&mut client, forms(), again("03/04/2024", declined, state))["result"]);
    check_refusal(&modern(&mut client, json!({}), dated("03/04/2024"))["result"]);
    let tampered = format!("f{}", state.strip_prefix('e').unwrap());
    for (first, state) in [("03/04/2024", tampered.as_str()), ("04/03/2024", state), ("03/04/2024", "")] {
        let refused = modern(&mut client, forms(), again(first, accept(DAY_FIRST), state));
        assert_eq!(refused["error"]["code"], -32602, "{first} {state}: {refused}");
    }
}

/// The next message of an event stream. What else stands there is for clients that come back.
fn streamed(client: &mut Client) -> Value {
    loop {
        let line = client.line();
        if let Some(data) = line.strip_prefix("data: ") {
            return serde_json::from_str(data).unwrap();
        }
    }
}

#[test]
fn in_a_session_the_question_comes_on_the_stream_of_the_call() {
    let server = Server::open();
    let mut other = server.client();
    let opened = other.post("/mcp", "", &opening("2025-06-18", &json!({"elicitation": {}})));
    assert_eq!(opened.json()["result"]["protocolVersion"], "2025-06-18");
    let session = opened.header("Mcp-Session-Id").unwrap();
    let headers = format!(
        "Mcp-Session-Id: {session}\r\nMCP-Protocol-Version: 2025-06-18\r\nAccept: application/json, text/event-stream\r\n"
    );
    let ready = other.post("/mcp", &headers, r#"{"jsonrpc": "2.0", "method": "notifications/initialized"}"#);
    assert_eq!(ready.status, 202);
    for (answer, choice) in [(accept(DAY_FIRST), Some(DAY_FIRST)), (json!({"action": "cancel"}), None)] {
        let mut stream = server.client();
        stream.write(&post("/mcp", &headers, &rpc("xnpv", "tools/call", dated("03/04/2024"))));
        assert_eq!(stream.line(), "HTTP/1.1 200 OK");
        let question = streamed(&mut stream);
        schema::server_message("2025-06-18", None, &question);
        check_form(&question["params"], None);
        let answer = json!({"jsonrpc": "2.0", "id": question["id"], "result": answer});
        let taken = other.post("/mcp", &headers, &answer.to_string());
        assert_eq!((taken.status, taken.text()), (202, ""));
        let done = streamed(&mut stream);
        schema::server_message("2025-06-18", Some("tools/call"), &done);
        assert_eq!(done["id"], "xnpv");
        match choice {
            Some(choice) => check_result(&done["result"], choice),
            None => check_refusal(&done["result"]),
        }
    }
}
