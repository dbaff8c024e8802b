//! Arguments that nobody means: extreme numbers, any JSON in any place.

use super::{for_each, run};
use serde_json::{Value, json};

/// Numbers at the edges of what a float can be.
const EXTREMES: [f64; 12] =
    [0.0, -0.0, 1.0, -1.0, 1e-300, -1e-300, 5e-324, 1e300, -1e300, f64::MAX, f64::MIN, -0.999_999_999_999];

/// No argument brings about a panic, NaN, or a result that breaks its own schema.
#[test]
fn extreme_numbers_are_computed_or_refused_never_a_defect() {
    for_each(|tool| {
        for pointer in numbers(&tool.example) {
            for extreme in EXTREMES {
                let mut arguments = tool.example.clone();
                *arguments.pointer_mut(&pointer).unwrap() = json!(extreme);
                let outcome = run(tool, arguments);
                assert!(
                    !outcome.text().contains("defect of the server"),
                    "{} {pointer} = {extreme:e}: {}",
                    tool.entry.name,
                    outcome.text()
                );
            }
        }
    });
}

/// Any JSON in any place, by a fixed sequence: a refusal or a result, never a defect.
#[test]
fn scrambled_calls_are_refused_or_computed_never_a_defect() {
    let mut random = Random(7);
    for_each(|tool| {
        let places = places(&tool.example);
        for _ in 0..300 {
            let mut arguments = tool.example.clone();
            for _ in 0..=random.below(2) {
                let place = &places[random.below(places.len())];
                if let Some(value) = arguments.pointer_mut(place) {
                    *value = random.value(2);
                }
            }
            let outcome = run(tool, arguments.clone());
            assert!(
                !outcome.text().contains("defect of the server"),
                "{} {arguments}: {}",
                tool.entry.name,
                outcome.text()
            );
        }
    });
}

fn places(value: &Value) -> Vec<String> {
    let mut found = vec![];
    let mut visit = |key: &str, inner: &Value| {
        found.push(format!("/{key}"));
        found.extend(places(inner).into_iter().map(|rest| format!("/{key}{rest}")));
    };
    match value {
        Value::Array(items) => items.iter().enumerate().for_each(|(i, item)| visit(&i.to_string(), item)),
        Value::Object(members) => members.iter().for_each(|(name, member)| visit(name, member)),
        _ => {}
    }
    found
}

fn numbers(value: &Value) -> Vec<String> {
    places(value).into_iter().filter(|place| value.pointer(place).is_some_and(Value::is_number)).collect()
}

/// Marsaglia's xorshift64: the sequence matters here, not its quality.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    fn value(&mut self, depth: usize) -> Value {
        match self.below(if depth == 0 { 6 } else { 8 }) {
            0 => Value::Null,
            1 => json!(self.below(2) == 0),
            2 => json!(EXTREMES[self.below(EXTREMES.len())]),
            3 => json!(self.next() as i64),
            4 => json!((self.next() as f64 / 2f64.powi(63) - 1.0) * 10f64.powi(self.below(20) as i32 - 10)),
            5 => json!(["", "due", "2024-02-30", "5%", "{}", "[1,2]", "NaN", "1e999"][self.below(8)]),
            6 => (0..self.below(4)).map(|_| self.value(depth - 1)).collect(),
            _ => json!({ "amount": self.value(depth - 1), "date": self.value(depth - 1) }),
        }
    }
}
