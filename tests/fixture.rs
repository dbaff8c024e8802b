//! Tools that the binary does not have, on the same layers: protocol, toolkit and transports know no tool by name.

use crate::support::{Client, rpc};
use businessmath_mcp::auth::{KeyRing, Keys};
use businessmath_mcp::config::Config;
use businessmath_mcp::lane::Lane;
use businessmath_mcp::mcp;
use businessmath_mcp::session::Store;
use businessmath_mcp::toolkit::{Catalog, Context, Entry, Error, Example, Family, Tool};
use businessmath_mcp::transport::http::Routes;
use businessmath_mcp::transport::http::engine::{Address, Bind, Engine, Limits, Running};
use businessmath_mcp::transport::stdio;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::io::{Cursor, Write};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Joins words; panics, overflows or warns on request.
struct Echo;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Args {
    /// What to say.
    words: Vec<String>,
    /// How to end: fine, panic, nan or domain.
    #[serde(default)]
    ending: Ending,
}

#[derive(Deserialize, Serialize, JsonSchema, Default, Clone, Copy)]
#[serde(rename_all = "camelCase")]
enum Ending {
    #[default]
    Fine,
    Panic,
    Nan,
    Domain,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Output {
    /// The words, joined.
    sentence: String,
    /// Their number [words].
    count: f64,
}

impl Tool for Echo {
    const NAME: &'static str = "test_echo";
    const TITLE: &'static str = "Echo";
    const DESCRIPTION: &'static str = "Joins words.";
    const EXAMPLES: &'static [Example] = &[Example {
        arguments: r#"{"words": ["a", "b"]}"#,
        expect: r#"{"sentence": "a b", "count": 2}"#,
        tolerance: 0.0,
        source: "by hand",
    }];
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let count = match args.ending {
            Ending::Fine => args.words.len() as f64,
            Ending::Panic => panic!("as asked"),
            Ending::Nan => f64::NAN,
            Ending::Domain => return Err(Error::Domain("no such sentence".into())),
        };
        Ok(Output { sentence: args.words.join(" "), count })
    }
}

const FAMILIES: &[Family] =
    &[Family { slug: "fixture", title: "Fixture", description: "For tests.", tools: &[Entry::of::<Echo>()] }];

fn server() -> Arc<mcp::Server> {
    mcp::Server::new(Catalog::new(FAMILIES).unwrap()).unwrap()
}

fn echo(id: u32, ending: &str) -> String {
    crate::support::call(id, "test_echo", json!({"words": ["good", "day"], "ending": ending}))
}

/// What the endings must come to, whatever the transport.
fn check(answer: &Value, ending: &str) {
    let result = &answer["result"];
    if ending == "fine" {
        assert_eq!(
            result["structuredContent"],
            json!({"sentence": "good day", "count": 2.0, "warnings": []})
        );
        return;
    }
    assert_eq!(result["isError"], true);
    let text = result["content"][0]["text"].as_str().unwrap();
    let wanted = if ending == "domain" { "no such sentence" } else { "a defect of the server" };
    assert!(text.contains(wanted), "{text}");
    assert!(!text.contains("good day"), "{text}");
}

/// Keeps what is written.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

const ENDINGS: [&str; 5] = ["fine", "panic", "nan", "domain", "fine"];

#[test]
fn foreign_tools_are_served_over_pipes() {
    let lines: String = ENDINGS.iter().zip(0..).map(|(ending, id)| echo(id, ending) + "\n").collect();
    let output = Kept::default();
    let (lane, never) = (Lane::new(1), crossbeam_channel::never());
    stdio::serve(&server(), Cursor::new(lines), output.clone(), 10_000, &lane, &never).unwrap();
    let text = String::from_utf8(output.0.lock().unwrap().clone()).unwrap();
    let answers: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.len(), ENDINGS.len());
    answers.iter().zip(ENDINGS).for_each(|(answer, ending)| check(answer, ending));
}

#[test]
fn foreign_tools_are_served_over_http() {
    let config = Arc::new(Config { auth_required: false, ..Config::default() });
    let sessions = Arc::new(Store::new(Duration::from_secs(60), 10));
    let keys = Arc::new(KeyRing::new(Keys::default()));
    let routes = Routes::new(server(), sessions, keys, Lane::new(1), &config);
    let listeners = Engine::bind(&[Bind::Tcp("127.0.0.1:0".parse().unwrap())]).unwrap();
    let engine = Engine::start(listeners, Limits::default(), Arc::new(routes)).unwrap();
    let Address::Tcp(address) = engine.local_addresses()[0].clone() else { panic!("no TCP address") };
    let mut client = Client::connect(address);
    for ending in ENDINGS {
        check(&client.post("/mcp", "", &echo(1, ending)).json(), ending);
    }
    let list = client.post("/mcp", "", &rpc(1, "tools/list", json!({}))).json();
    assert_eq!(list["result"]["tools"][0]["name"], "test_echo");
    drop(client);
    assert!(engine.shutdown(crate::support::GUARD));
}
