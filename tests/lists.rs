//! Lists by the page, documents, prompts and completions, asked of the real server in the newest revisions of both eras.

use crate::support::{Modern, Server, Session, all_capabilities};
use businessmath_mcp::prompts::PROMPTS;
use serde_json::{Value, json};

/// Pages that no list fits in.
const PAGED: [(&str, &str); 2] = [("MCP_AUTH_REQUIRED", "false"), ("MCP_PAGE_SIZE", "3")];

/// Method, the member that holds the entries, and what tells one from the others.
const LISTS: [(&str, &str, &str); 4] = [
    ("tools/list", "tools", "name"),
    ("resources/list", "resources", "uri"),
    ("resources/templates/list", "resourceTemplates", "uriTemplate"),
    ("prompts/list", "prompts", "name"),
];

/// Asks in one era or the other; the response.
type Ask<'a> = Box<dyn Fn(&str, Value) -> Value + 'a>;

fn eras(server: &Server) -> [Ask<'_>; 2] {
    let session = Session::open_as(server, "2025-11-25", &all_capabilities(), "");
    let older = move |method: &str, params| session.request(1, method, params).response();
    let newer = |method: &str, params| Modern::new(method, params).send(server).response();
    [Box::new(older), Box::new(newer)]
}

/// All entries of a list, page by page from this cursor on.
fn all(ask: &Ask<'_>, method: &str, member: &str, cursor: Option<&str>) -> (Vec<Value>, usize) {
    let (mut entries, mut pages, mut cursor) = (Vec::new(), 0, cursor.map(str::to_owned));
    loop {
        let params = cursor.map_or_else(|| json!({}), |cursor| json!({"cursor": cursor}));
        let page = ask(method, params)["result"].take();
        let of_page = page[member].as_array().unwrap();
        assert!(of_page.len() <= 3 || pages == 0);
        entries.extend(of_page.iter().cloned());
        pages += 1;
        match page.get("nextCursor") {
            Some(next) => cursor = Some(next.as_str().unwrap().to_owned()),
            None => return (entries, pages),
        }
    }
}

#[test]
fn the_pages_together_are_the_whole() {
    let (paged, whole) = (Server::start(&PAGED), Server::open());
    for (paged, whole) in eras(&paged).iter().zip(eras(&whole)) {
        for (method, member, key) in LISTS {
            let (entries, pages) = all(paged, method, member, None);
            let (wanted, one) = all(&whole, method, member, None);
            assert_eq!(one, 1, "{method}: many clients read only the first page");
            assert_eq!(pages, wanted.len().div_ceil(3).max(1), "{method}");
            assert!(entries == wanted && !entries.is_empty(), "{method}");
            let mut keys: Vec<_> = entries.iter().map(|entry| entry[key].as_str().unwrap()).collect();
            keys.sort_unstable();
            keys.dedup();
            assert_eq!(keys.len(), entries.len(), "{method}: one entry twice");
        }
    }
}

#[test]
fn a_cursor_outlives_the_server_that_gave_it() {
    let first = Server::start(&PAGED);
    let given = |server: &Server| {
        let ask = &eras(server)[0];
        let page = ask("tools/list", json!({}))["result"].take();
        page["nextCursor"].as_str().unwrap().to_owned()
    };
    let cursor = given(&first);
    let (rest, _) = all(&eras(&first)[1], "tools/list", "tools", Some(&cursor));
    drop(first);
    let second = Server::start(&PAGED);
    assert_eq!(given(&second), cursor);
    for ask in eras(&second) {
        assert_eq!(all(&ask, "tools/list", "tools", Some(&cursor)).0, rest);
    }
}

#[test]
fn cursors_that_the_list_did_not_give_are_refused() {
    let server = Server::start(&PAGED);
    for ask in eras(&server) {
        let foreign = ask("resources/list", json!({}))["result"]["nextCursor"].clone();
        let own = ask("tools/list", json!({}))["result"]["nextCursor"].as_str().unwrap().to_owned();
        let cut = json!(own[..own.len() - 2]);
        let blank = json!(format!("{own} "));
        for cursor in
            [foreign, cut, blank, json!(""), json!("x"), json!("A".repeat(50_000)), json!(3), json!({})]
        {
            for (method, ..) in LISTS {
                if method == "resources/list" && cursor == ask(method, json!({}))["result"]["nextCursor"] {
                    continue;
                }
                let answer = ask(method, json!({"cursor": cursor}));
                assert_eq!(answer["error"]["code"], -32602, "{method} {cursor:.80}");
            }
        }
        assert!(ask("tools/list", json!({"cursor": null}))["result"].is_object());
    }
}

#[test]
fn every_listed_document_can_be_read_and_every_tool_has_one() {
    let server = Server::open();
    for ask in eras(&server) {
        let read = |uri: &str| {
            let contents = ask("resources/read", json!({"uri": uri}))["result"]["contents"].take();
            assert_eq!(contents[0]["uri"], uri);
            contents[0].clone()
        };
        for resource in all(&ask, "resources/list", "resources", None).0 {
            let content = read(resource["uri"].as_str().unwrap());
            assert_eq!(content["mimeType"], resource["mimeType"]);
            let length = content["text"].as_str().map(str::len).unwrap();
            assert_eq!(resource["size"], length, "{}", resource["uri"]);
        }
        for tool in all(&ask, "tools/list", "tools", None).0 {
            let name = tool["name"].as_str().unwrap();
            assert!(read(&format!("docs://tools/{name}"))["text"].as_str().unwrap().contains(name));
        }
    }
}

#[test]
fn documents_that_there_are_not_are_refused_in_the_eras_own_code() {
    let server = Server::open();
    for (ask, code) in eras(&server).iter().zip([-32002, -32602]) {
        for uri in [
            "",
            "docs://tools/",
            "docs://tools/no_such_tool",
            "docs://tools/calculate_npv/x",
            "docs://tools/../tools/calculate_npv",
            "docs://tools/{name}",
            "DOCS://tools/calculate_npv",
            "file:///etc/passwd",
        ] {
            let error = ask("resources/read", json!({"uri": uri}))["error"].take();
            assert_eq!((&error["code"], &error["data"]["uri"]), (&json!(code), &json!(uri)));
        }
        for params in [json!({}), json!({"uri": 5}), json!({"uri": null})] {
            assert_eq!(ask("resources/read", params)["error"]["code"], -32602);
        }
    }
}

#[test]
fn every_document_can_be_watched() {
    let server = Server::open();
    let session = Session::open(&server, "2025-11-25");
    let ask = |method: &str, uri: &str| session.request(1, method, json!({"uri": uri})).one().json();
    let list = session.request(1, "resources/list", json!({})).one().json();
    for resource in list["result"]["resources"].as_array().unwrap() {
        let uri = resource["uri"].as_str().unwrap();
        for method in
            ["resources/subscribe", "resources/subscribe", "resources/unsubscribe", "resources/unsubscribe"]
        {
            assert_eq!(ask(method, uri)["result"], json!({}), "{method} {uri}");
        }
    }
    assert_eq!(ask("resources/subscribe", "docs://tools/calculate_npv")["result"], json!({}));
    assert_eq!(ask("resources/unsubscribe", "no://such")["error"]["code"], -32002);
}

#[test]
fn prompts_need_their_required_arguments_and_no_others() {
    let server = Server::open();
    for ask in eras(&server) {
        for prompt in PROMPTS {
            let required: Vec<_> = prompt.arguments.iter().filter(|argument| argument.required).collect();
            let given: Value =
                required.iter().map(|argument| (argument.name.to_owned(), json!("7"))).collect();
            let got = ask("prompts/get", json!({"name": prompt.name, "arguments": given}));
            let text = got["result"]["messages"][0]["content"]["text"].as_str();
            assert!(text.is_some_and(|text| !text.is_empty()), "{got}");
            if required.is_empty() {
                continue;
            }
            for arguments in [json!(null), json!({}), json!({required[0].name: " "})] {
                let refused = ask("prompts/get", json!({"name": prompt.name, "arguments": arguments}));
                assert_eq!(refused["error"]["code"], -32602);
                let said = refused["error"]["message"].as_str().unwrap();
                assert!(required.iter().all(|argument| said.contains(argument.name)), "{said}");
            }
        }
    }
}

#[test]
fn prompts_and_arguments_that_there_are_not_are_refused() {
    let server = Server::open();
    let prompt = &PROMPTS[0];
    let given: serde_json::Map<String, Value> =
        prompt.arguments.iter().map(|argument| (argument.name.to_owned(), json!("7"))).collect();
    for ask in eras(&server) {
        let mut more = given.clone();
        more.insert("no_such_argument".into(), json!("x"));
        let mut number = given.clone();
        number.insert(prompt.arguments[0].name.into(), json!(7));
        for (params, word) in [
            (json!({"name": prompt.name.to_uppercase()}), prompt.name),
            (json!({"name": prompt.name, "arguments": more}), "no_such_argument"),
            (json!({"name": prompt.name, "arguments": number}), "string"),
            (json!({"name": prompt.name, "arguments": "x"}), "invalid type"),
            (json!({}), "name"),
        ] {
            let refused = ask("prompts/get", params);
            let error = &refused["error"];
            assert_eq!(error["code"], -32602, "{refused}");
            assert!(error["message"].as_str().unwrap().contains(word), "{refused}");
        }
    }
}

/// The values, their whole number, and whether there are more.
fn completed(ask: &Ask<'_>, reference: &Value, argument: &str, typed: &str) -> (Vec<String>, usize, bool) {
    let argument = json!({"name": argument, "value": typed});
    let answer = ask("completion/complete", json!({"ref": reference, "argument": argument}));
    let completion = &answer["result"]["completion"];
    let values: Vec<String> =
        serde_json::from_value(completion["values"].clone()).unwrap_or_else(|_| panic!("{answer}"));
    let total = usize::try_from(completion["total"].as_u64().unwrap()).unwrap();
    (values, total, completion["hasMore"] == true)
}

#[test]
fn prompt_arguments_are_completed() {
    let server = Server::open();
    for ask in eras(&server) {
        for prompt in PROMPTS {
            let reference = json!({"type": "ref/prompt", "name": prompt.name});
            for argument in prompt.arguments {
                let (values, total, more) = completed(&ask, &reference, argument.name, "");
                assert_eq!((values.len(), more), (total, false), "{}", argument.name);
                assert_eq!(values, argument.values);
                let (none, ..) = completed(&ask, &reference, argument.name, "no value begins like this");
                assert!(none.is_empty());
            }
        }
    }
}

#[test]
fn names_of_tools_are_completed_what_begins_so_first() {
    let server = Server::open();
    let reference = json!({"type": "ref/resource", "uri": "docs://tools/{name}"});
    let names: Vec<&str> = crate::catalog::catalog().tools().iter().map(|tool| tool.entry.name).collect();
    for ask in eras(&server) {
        for typed in ["", "calc", "CALC", "npv", "e", "calculate_npv", "nothing of the kind"] {
            let (values, total, more) = completed(&ask, &reference, "name", typed);
            let lower = typed.to_lowercase();
            let wanted = names.iter().filter(|name| name.contains(&lower)).count();
            assert_eq!((total, values.len(), more), (wanted, wanted.min(100), wanted > 100), "{typed:?}");
            let begins: Vec<bool> = values.iter().map(|value| value.starts_with(&lower)).collect();
            assert!(begins.is_sorted_by(|a, b| a >= b), "{typed:?}: {values:?}");
            assert!(values.iter().all(|value| value.contains(&lower)));
        }
    }
}

#[test]
fn completions_of_what_there_is_not_are_refused() {
    let server = Server::open();
    let prompt = &PROMPTS[0];
    for ask in eras(&server) {
        let argument = json!({"name": prompt.arguments[0].name, "value": ""});
        for params in [
            json!({"ref": {"type": "ref/prompt", "name": "no_such_prompt"}, "argument": argument}),
            json!({"ref": {"type": "ref/prompt", "name": prompt.name}, "argument": {"name": "no_such", "value": ""}}),
            json!({"ref": {"type": "ref/prompt", "name": prompt.name}, "argument": {"name": "x"}}),
            json!({"ref": {"type": "ref/resource", "uri": "no://such/{x}"}, "argument": argument}),
            json!({"ref": {"type": "ref/resource", "uri": "docs://tools/{name}"}, "argument": argument}),
            json!({"ref": {"type": "ref/tool", "name": "calculate_npv"}, "argument": argument}),
            json!({"ref": {"type": "ref/prompt", "name": prompt.name}}),
            json!({"argument": argument}),
            json!({}),
        ] {
            let answer = ask("completion/complete", params.clone());
            assert!(answer["error"]["code"].is_i64(), "{params}: {answer}");
        }
    }
}
