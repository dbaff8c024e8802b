//! Tests of the readings: every date of a year, numbers at their limits, and who is asked what.

use super::*;
use crate::toolkit::{Catalog, Context, Entry, Example, Family, Host, Pending, Tool, call};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Map;

/// Gives back what it was given.
struct Mirror;

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Args {
    /// Dates.
    #[serde(default)]
    dates: Vec<Day>,
    /// Amounts.
    #[serde(default)]
    amounts: Vec<f64>,
    /// A count.
    count: Option<u64>,
    /// No more than a hundred.
    #[schemars(range(max = 100.0))]
    share: Option<f64>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
struct Day(#[schemars(extend("x-format" = "date"))] String);

impl Tool for Mirror {
    const NAME: &'static str = "test_mirror";
    const TITLE: &'static str = "Mirror";
    const DESCRIPTION: &'static str = "Gives back what it was given.";
    const EXAMPLES: &'static [Example] = &[Example {
        arguments: r#"{"dates": ["2024-01-31"], "amounts": [0.5]}"#,
        expect: "{}",
        tolerance: 0.0,
        source: "by hand",
    }];
    type Args = Args;
    type Output = Args;

    fn run(args: Args, _: &Context) -> Result<Args, Error> {
        Ok(args)
    }
}

const FAMILIES: &[Family] = &[Family {
    slug: "fixture",
    title: "Fixture",
    description: "For tests.",
    tools: &[Entry::of::<Mirror>()],
}];

/// A client that has answered so far.
#[derive(Default)]
struct Client {
    deaf: bool,
    answers: Map<String, Value>,
}

impl Client {
    fn says(name: &str, answer: Value) -> Self {
        Self { deaf: false, answers: Map::from_iter([(name.to_owned(), answer)]) }
    }

    fn chose(name: &str, choice: &str) -> Self {
        Self::says(name, json!({"action": "accept", "content": {name: choice}}))
    }
}

impl Host for Client {
    fn stopped(&self) -> bool {
        false
    }

    fn answers(&self, asked: Asked) -> bool {
        !self.deaf && asked == Asked::User
    }

    fn answer(&self, name: &str) -> Option<Value> {
        self.answers.get(name).cloned()
    }
}

/// What a call comes to: the result, the problems as text, or the open questions.
#[derive(Debug)]
enum End {
    Done(Value),
    Refused(String),
    Asks(Vec<(String, Question)>),
}

fn run(client: &Client, arguments: &Value) -> End {
    run_in(&Context::new(client), arguments)
}

fn run_in(cx: &Context, arguments: &Value) -> End {
    let catalog = Catalog::new(FAMILIES).unwrap();
    match call::attempt(catalog.get("test_mirror").unwrap(), Ok(arguments.clone()), cx, "t") {
        Ok(outcome) => End::Done(outcome.structured.unwrap()),
        Err(Error::Input(Pending { questions })) => End::Asks(questions),
        Err(error) => End::Refused(error.to_string()),
    }
}

#[track_caller]
fn questions(client: &Client, arguments: &Value) -> Vec<(String, Question)> {
    match run(client, arguments) {
        End::Asks(questions) => questions,
        other => panic!("{arguments} is not asked about: {other:?}"),
    }
}

#[track_caller]
fn refusal(client: &Client, arguments: &Value) -> String {
    match run(client, arguments) {
        End::Refused(text) => text,
        other => panic!("{arguments} is not refused: {other:?}"),
    }
}

#[track_caller]
fn result(client: &Client, arguments: &Value) -> Value {
    match run(client, arguments) {
        End::Done(result) => result,
        other => panic!("{arguments} has no result: {other:?}"),
    }
}

fn date_schema() -> Schema {
    let text = crate::toolkit::schema::Text { format: Some(format::Format::Date), ..Default::default() };
    Schema::of(Kind::Text(text))
}

/// All days of a leap year, spelled in every way and order.
#[test]
fn every_date_of_a_year_is_read_as_it_was_written() {
    let schema = date_schema();
    let mut ambiguous = 0;
    for day in Date::constant(2024, 1, 1).series(jiff::ToSpan::days(1)).take(366) {
        let (d, m) = (day.day(), day.month());
        let iso = json!(day.to_string());
        for separator in ['/', '.', '-'] {
            let plain = |a: i8, b: i8| format!("{a}{separator}{b}{separator}2024");
            let padded = |a: i8, b: i8| format!(" {a:02}{separator}{b:02}{separator}2024");
            for (first, second) in [(plain(d, m), plain(m, d)), (padded(d, m), padded(m, d))] {
                for (text, way, other) in
                    [(first, Way::First, Way::Second), (second, Way::Second, Way::First)]
                {
                    let mut value = json!(text);
                    let readings = of(&schema, &value).unwrap();
                    assert_eq!(readings.by(way), Some(&iso), "{text}");
                    assert_eq!(readings.by(other).is_some(), d <= 12, "{text}");
                    assert_eq!(readings.is_ambiguous(), d <= 12 && d != m, "{text}");
                    ambiguous += usize::from(readings.is_ambiguous());
                    assert!(hint(&schema, &text).unwrap().contains(iso.as_str().unwrap()), "{text}");
                    Settled(vec![(Convention::DateOrder, way)]).apply(&schema, &mut value);
                    assert_eq!(value, iso, "{text}");
                }
            }
        }
        let mut value = iso.clone();
        assert_eq!(of(&schema, &value), None);
        Settled(vec![(Convention::DateOrder, Way::First)]).apply(&schema, &mut value);
        assert_eq!(value, iso, "what is right stays");
    }
    // 12 days of each of 12 months, less the 12 of equal numbers; three separators, two widths, two orders.
    assert_eq!(ambiguous, (144 - 12) * 12);
}

#[test]
fn what_is_no_such_date_has_no_reading() {
    let long = "1/".repeat(50_000);
    for text in [
        "",
        "/",
        "//",
        "1/2",
        "1/2/3/2024",
        "03/04/24",
        "3/4.2024",
        "2024/04/03",
        "32/01/2024",
        "30/02/2023",
        "00/01/2024",
        "13/13/2024",
        "003/04/2024",
        "+3/+4/2024",
        "-3/4/2024",
        "٣/٤/2024",
        "3/4/2024 10:00",
        "3/4/02024",
        "3 / 4 / 2024",
        "2024-04-03",
        &long,
    ] {
        assert_eq!(
            (of(&date_schema(), &json!(text)), hint(&date_schema(), text)),
            (None, None),
            "{text:.60}"
        );
    }
    let plain = Schema::of(Kind::Text(crate::toolkit::schema::Text::default()));
    assert_eq!(of(&plain, &json!("03/04/2024")), None, "no date is wanted");
}

#[test]
fn a_number_is_read_as_a_whole_or_not_at_all() {
    let number = Schema::of(Kind::Number(Default::default()));
    let integer = Schema::of(Kind::Integer(Default::default()));
    for (schema, text, first, second) in [
        (&number, "1,234", json!(1234), json!(1.234)),
        (&number, "1,000", json!(1000), json!(1.0)),
        (&number, "-1,234", json!(-1234), json!(-1.234)),
        (&number, "0,000001", Value::Null, json!(0.000_001)),
        (&number, "-0,0", Value::Null, json!(-0.0)),
        (&number, "9,007,199,254,740,992", json!(9_007_199_254_740_992_u64), Value::Null),
        (&integer, "9,007,199,254,740,993", json!(9_007_199_254_740_993_u64), Value::Null),
        (&integer, "18,446,744,073,709,551,615", json!(u64::MAX), Value::Null),
        (&integer, "1,234.00", json!(1234), Value::Null),
        (&integer, "1.234,0", Value::Null, json!(1234)),
        (&integer, "1,000", json!(1000), Value::Null),
    ] {
        let readings = of(schema, &json!(text)).unwrap();
        let shown = |way| readings.by(way).cloned().unwrap_or_default();
        assert_eq!((shown(Way::First), shown(Way::Second)), (first, second), "{text}");
    }
    // Past what a float tells apart, with currency or percent, or with a doubt of its own kind.
    for (schema, text) in [
        (&number, "9,007,199,254,740,993"),
        (&number, "0,1234567890123456789"),
        (&number, "$1,234"),
        (&number, "1,234%"),
        (&number, "1 234,5"),
        (&number, "+5"),
        (&number, ".5"),
        (&integer, "18,446,744,073,709,551,616"),
        (&integer, "9,007,199,254,740,993.00"),
        (&integer, "1,5"),
    ] {
        assert_eq!(of(schema, &json!(text)), None, "{text}");
    }
}

#[test]
fn one_question_is_put_for_each_convention_about_its_first_doubtful_value() {
    let call = json!({"dates": ["25/12/2024", "03/04/2024", "1.2.2024"], "amounts": ["1,234"]});
    let asked = questions(&Client::default(), &call);
    let [(order, dates), (comma, numbers)] = asked.as_slice() else { panic!("{asked:?}") };
    assert_eq!((order.as_str(), comma.as_str()), ("dateOrder", "comma"));
    assert_eq!(
        dates.params["message"],
        "Mirror: dates[1] came as 03/04/2024, which can be read in two ways. Which is meant? \
         The answer holds for all such arguments of the call."
    );
    let choices = |question: &Question, name: &str| {
        let form = &question.params["requestedSchema"];
        assert_eq!((&form["type"], &form["required"]), (&json!("object"), &json!([name])));
        assert_eq!(form["properties"].as_object().unwrap().len(), 1);
        form["properties"][name]["enum"].clone()
    };
    assert_eq!(choices(dates, "dateOrder"), json!(["day first: 3 April 2024", "month first: 4 March 2024"]));
    assert_eq!(choices(numbers, "comma"), json!(["thousands separator: 1234", "decimal comma: 1.234"]));
    // One answer is not enough, and is not asked for again.
    let half = Client::chose("dateOrder", "day first: 3 April 2024");
    assert_eq!(questions(&half, &call), [(comma.clone(), numbers.clone())]);
}

#[test]
fn the_answer_holds_for_all_values_and_is_told() {
    let call = json!({"dates": ["03/04/2024", "2024-05-06", "1.2.2024"], "count": "7"});
    let done = result(&Client::chose("dateOrder", "month first: 4 March 2024"), &call);
    assert_eq!(done["dates"], json!(["2024-03-04", "2024-05-06", "2024-01-02"]));
    assert_eq!(
        done["warnings"],
        json!([
            "count: a number was sent as text and read as its content",
            "dates were read month first, as the user answered"
        ])
    );
    for (choice, amounts) in
        [("decimal comma: 1.234", [1.234, 1234.5, 0.5]), ("thousands separator: 1234", [1234.0, 2.0, 3.0])]
    {
        let others = if choice.starts_with('d') { ["1.234,5", ",5"] } else { ["2", "3"] };
        let call = json!({"amounts": ["1,234", others[0], others[1]]});
        let done = result(&Client::chose("comma", choice), &call);
        assert_eq!(done["amounts"], json!(amounts));
        let way = choice.split(':').next().unwrap();
        let told = format!("commas in numbers were read as {way}s, as the user answered");
        assert!(done["warnings"].as_array().unwrap().contains(&json!(told)), "{done}");
    }
}

/// Only so many problems are written down, but an answer mends them all.
#[test]
fn the_answer_holds_for_more_values_than_are_ever_listed() {
    let call = json!({"dates": vec!["03/04/2024"; 2500]});
    let done = result(&Client::chose("dateOrder", "day first: 3 April 2024"), &call);
    assert_eq!(done["dates"], json!(vec!["2024-04-03"; 2500]));
}

#[test]
fn without_an_answer_to_go_by_the_call_is_refused_as_ever() {
    let call = json!({"dates": ["03/04/2024", "25/12/2024"]});
    let silent = Client { deaf: true, ..Client::default() };
    let refused = refusal(&silent, &call);
    assert!(
        refused.contains("; write 2024-04-03 if the day comes first, 2024-03-04 if the month does\n")
            && refused.ends_with("; write 2024-12-25"),
        "{refused}"
    );
    let accept = |content: Value| json!({"action": "accept", "content": content});
    for answer in [
        Value::Null,
        json!({"action": "decline"}),
        json!({"action": "cancel"}),
        json!({"action": "decline", "content": {"dateOrder": "day first: 3 April 2024"}}),
        accept(json!({})),
        accept(json!({"dateOrder": "day first"})),
        accept(json!({"dateOrder": 0})),
        accept(json!({"comma": "day first: 3 April 2024"})),
        // A choice, but one by which 25/12/2024 is no date.
        accept(json!({"dateOrder": "month first: 4 March 2024"})),
    ] {
        assert_eq!(refusal(&Client::says("dateOrder", answer.clone()), &call), refused, "{answer}");
    }
}

#[test]
fn no_question_is_put_that_would_not_settle_the_call() {
    for call in [
        // One reading, which is for the caller to write.
        json!({"dates": ["25/12/2024"]}),
        json!({"dates": ["04/04/2024"]}),
        json!({"amounts": ["1,5"]}),
        json!({"amounts": ["1,234,567"]}),
        json!({"count": "1,234"}),
        // The bounds leave one reading, or none.
        json!({"share": "1,234"}),
        json!({"share": "1,234,567"}),
        // No one order makes dates of all three.
        json!({"dates": ["03/04/2024", "25/12/2024", "12/25/2024"]}),
        // Something else is wrong as well.
        json!({"dates": ["03/04/2024", "soon"]}),
        json!({"dates": ["03/04/2024"], "amounts": ["$1,234"]}),
        json!({"dates": ["03/04/2024"], "amounts": ["1,5"]}),
        json!({"dates": ["03/04/2024"], "other": 1}),
    ] {
        let refused = refusal(&Client::default(), &call);
        assert_eq!(refused, refusal(&Client { deaf: true, ..Client::default() }, &call), "{call}");
    }
}

/// Calls of a batch share the answers of the batch, but not what the questions were about.
#[test]
fn a_call_within_a_call_is_refused_unasked() {
    let client = Client::chose("dateOrder", "day first: 3 April 2024");
    let inner = Context::new(&client).nested();
    let end = run_in(&inner, &json!({"dates": ["03/04/2024"]}));
    assert!(matches!(&end, End::Refused(text) if text.contains("if the day comes first")), "{end:?}");
}
