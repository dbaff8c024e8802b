//! Texts that two conventions read as different values, and the one question that settles which is meant.
//!
//! `03/04/2024` is a day in April or in March, and `"1,234"` a thousand or a little over one: no text says
//! which. So the client's user is asked where that can be, once for each convention and all its values in the
//! call, and the refusal names both spellings otherwise. A text that has one reading only is not taken on trust
//! either, but it follows the user's word on others of its kind: `25/12/2024` beside `03/04/2024`.
//!
//! The questions are named `dateOrder` and `comma`; tools name theirs otherwise.

use super::check::{self, clip};
use super::context::{Context, accepted};
use super::error::{Error, Problem};
use super::format;
use super::host::{Asked, Question};
use super::numeral::{self, Numeral};
use super::schema::{Kind, Schema};
use jiff::civil::Date;
use serde_json::{Number, Value, json};

/// A convention that the text does not tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Convention {
    /// Whether the day comes before the month, or behind it.
    DateOrder,
    /// Whether a comma stands between thousands, or before the fraction.
    Comma,
}

/// One of a convention's two ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Day first; thousands.
    First,
    /// Month first; decimal.
    Second,
}

/// The values that a text has, by a convention's two ways; none where it has none, or none that its schema takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Readings {
    convention: Convention,
    came: String,
    first: Option<Value>,
    second: Option<Value>,
}

impl Readings {
    fn by(&self, way: Way) -> Option<&Value> {
        match way {
            Way::First => self.first.as_ref(),
            Way::Second => self.second.as_ref(),
        }
    }

    fn is_ambiguous(&self) -> bool {
        self.first.is_some() && self.second.is_some() && self.first != self.second
    }
}

/// The readings of a value that breaks its schema by such a spelling and by nothing else.
pub(super) fn of(schema: &Schema, value: &Value) -> Option<Readings> {
    let kind = &schema.kind;
    let text = value.as_str()?.trim();
    let Spellings { convention, ways, .. } = spellings(kind, text).filter(|spellings| spellings.alone)?;
    let [first, second] = ways.map(|way| {
        let way = way?;
        match kind {
            Kind::Text(_) => Some(way.into()),
            _ => number(kind, &way).filter(|n| is_exact(kind, n, &way)).map(Value::Number),
        }
    });
    let some = first.is_some() || second.is_some();
    some.then(|| Readings { convention, came: text.to_owned(), first, second })
}

/// The spellings to use for what came.
pub(super) fn hint(schema: &Schema, text: &str) -> Option<String> {
    let Spellings { convention, ways, .. } = spellings(&schema.kind, text)?;
    let write = match (ways, convention) {
        ([Some(first), Some(second)], _) if first == second => first,
        ([Some(first), Some(second)], Convention::Comma) => format!("{first} or {second}"),
        ([Some(first), Some(second)], Convention::DateOrder) => {
            format!("{first} if the day comes first, {second} if the month does")
        }
        ([first, second], _) => first.or(second)?,
    };
    Some(format!("; write {write}"))
}

/// How JSON spells what a text can mean.
struct Spellings {
    convention: Convention,
    /// By the convention's two ways, where the schema takes that.
    ways: [Option<String>; 2],
    /// Whether the convention is the only doubt. Currency and percent say more than a number does.
    alone: bool,
}

fn spellings(kind: &Kind, text: &str) -> Option<Spellings> {
    let text = text.trim();
    let (convention, ways, alone) = match kind {
        Kind::Number(_) | Kind::Integer(_) => {
            let (ways, alone) = numbers(kind, text)?;
            (Convention::Comma, ways, alone)
        }
        Kind::Text(wanted) if wanted.format.is_some() => {
            let ways = dates(text)?.map(|date| Some(date?.to_string()));
            (Convention::DateOrder, ways, true)
        }
        _ => return None,
    };
    let fits = |way: &String| match kind {
        Kind::Text(_) => check::holds(kind, &way.as_str().into()),
        _ => number(kind, way).is_some(),
    };
    Some(Spellings { convention, ways: ways.map(|way| way.filter(fits)), alone })
}

fn numbers(kind: &Kind, text: &str) -> Option<([Option<String>; 2], bool)> {
    let Numeral { thousands, mut decimal, bare } = numeral::read(text)?;
    // Signs and zeros that JSON has not are no matter of commas.
    let alone = bare && (text.contains(',') || thousands.is_none());
    if matches!(kind, Kind::Integer(_)) && thousands.is_some() {
        // `12,000` is 12000 where a count is wanted: nobody writes 12 with three decimals.
        decimal = None;
    }
    Some(([thousands, decimal], alone))
}

/// JSON's text as a number that the schema takes.
fn number(kind: &Kind, text: &str) -> Option<Number> {
    let mut number: Number = serde_json::from_str(text).ok()?;
    if matches!(kind, Kind::Integer(_)) {
        number = super::coerce::whole(&number).unwrap_or(number);
    }
    check::holds(kind, &Value::Number(number.clone())).then_some(number)
}

/// Whether every digit of the text is in the number: what a float cannot hold is not rounded unasked.
fn is_exact(kind: &Kind, number: &Number, text: &str) -> bool {
    let shown = match (kind, number.as_f64()) {
        (Kind::Number(_), Some(x)) => x.to_string(),
        _ => number.to_string(),
    };
    significant(&shown) == significant(text)
}

fn significant(text: &str) -> &str {
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text }
}

/// The dates of `3/4/2024` and the like, day first and month first.
fn dates(text: &str) -> Option<[Option<Date>; 2]> {
    let separator = text.chars().find(|c| matches!(c, '/' | '.' | '-'))?;
    let parts: Vec<&str> = text.splitn(4, separator).collect();
    let [a, b, year] = parts[..] else { return None };
    let (a, b) = (digits(a, 1..=2)?, digits(b, 1..=2)?);
    let year = digits(year, 4..=4)?;
    let date = |day, month| Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok();
    Some([date(a, b), date(b, a)])
}

fn digits(text: &str, count: std::ops::RangeInclusive<usize>) -> Option<i16> {
    let plain = count.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

/// The user's word on conventions.
#[derive(Debug, Default)]
pub(super) struct Settled(Vec<(Convention, Way)>);

impl Settled {
    /// Puts the reading that the user has chosen in the text's place, when it has that reading.
    pub(super) fn apply(&self, schema: &Schema, value: &mut Value) {
        if self.0.is_empty() {
            return;
        }
        let Some(readings) = of(schema, value) else { return };
        let way = self.0.iter().find(|(convention, _)| *convention == readings.convention);
        if let Some(chosen) = way.and_then(|(_, way)| readings.by(*way)) {
            *value = chosen.clone();
        }
    }

    /// What was done, for the result's warnings.
    pub(super) fn warnings(&self) -> impl Iterator<Item = String> {
        self.0.iter().map(|(convention, way)| format!("{}, as the user answered", convention.done(*way)))
    }
}

/// Asks the user about every convention that the problems hang on.
///
/// None when that would not help: something else is wrong too, nothing is in doubt, no answer would do for all
/// values, the user cannot be asked, or would not say.
///
/// # Errors
/// As [`Context::ask`].
pub(super) fn ask(title: &str, problems: &[Problem], cx: &Context) -> Result<Option<Settled>, Error> {
    // Calls within a call would ask under the same names about different values.
    if cx.is_inner() || !cx.can_ask(Asked::User) {
        return Ok(None);
    }
    let Some(doubts) = doubts(problems) else { return Ok(None) };
    let questions = doubts.iter().map(|doubt| (doubt.name().to_owned(), doubt.question(title))).collect();
    let answers = cx.ask(questions)?;
    let settled = doubts.iter().zip(answers).map(|(doubt, answer)| doubt.settled(answer));
    Ok(settled.collect::<Option<_>>().map(Settled))
}

/// The doubts that one question each can settle, when that mends all problems.
fn doubts(problems: &[Problem]) -> Option<Vec<Doubt<'_>>> {
    let mut doubts: Vec<Doubt<'_>> = Vec::new();
    for problem in problems {
        let readings = problem.readings.as_ref()?;
        let known = doubts.iter_mut().find(|doubt| doubt.shown.convention == readings.convention);
        match known {
            Some(doubt) => doubt.add(&problem.path, readings),
            None => doubts.push(Doubt::new(&problem.path, readings)),
        }
    }
    doubts.iter().all(Doubt::can_be_settled).then_some(doubts)
}

/// The values in a call that hang on one convention.
struct Doubt<'a> {
    path: &'a str,
    /// The first that is ambiguous, if any is.
    shown: &'a Readings,
    count: usize,
    /// Which ways all of them can be read.
    possible: [bool; 2],
}

impl<'a> Doubt<'a> {
    fn new(path: &'a str, readings: &'a Readings) -> Self {
        let mut doubt = Self { path, shown: readings, count: 0, possible: [true; 2] };
        doubt.add(path, readings);
        doubt
    }

    fn add(&mut self, path: &'a str, readings: &'a Readings) {
        self.count += 1;
        self.possible[0] &= readings.first.is_some();
        self.possible[1] &= readings.second.is_some();
        if readings.is_ambiguous() && !self.shown.is_ambiguous() {
            (self.path, self.shown) = (path, readings);
        }
    }

    /// Whether to ask: a single reading is not put to the user as a question, and a question whose answers would
    /// both be refused is none.
    fn can_be_settled(&self) -> bool {
        self.shown.is_ambiguous() && self.possible.contains(&true)
    }

    fn name(&self) -> &'static str {
        match self.shown.convention {
            Convention::DateOrder => "dateOrder",
            Convention::Comma => "comma",
        }
    }

    /// The choices are their own labels: not every revision, and not every client, shows other names for them.
    fn question(&self, title: &str) -> Question {
        let others = match self.count - 1 {
            0 => "",
            1 => " The answer holds for one more such argument of the call.",
            _ => " The answer holds for all such arguments of the call.",
        };
        let (path, came) = (clip(self.path, 120), &self.shown.came);
        let message =
            format!("{title}: {path} came as {came}, which can be read in two ways. Which is meant?{others}");
        let field = json!({
            "type": "string",
            "title": self.shown.convention.title(),
            "enum": [self.label(Way::First), self.label(Way::Second)],
        });
        Question::form(
            &message,
            json!({"type": "object", "properties": {self.name(): field}, "required": [self.name()]}),
        )
    }

    fn label(&self, way: Way) -> String {
        let value = self.shown.by(way).map(|value| match value {
            Value::String(date) => in_words(date),
            other => other.to_string(),
        });
        format!("{}: {}", self.shown.convention.way(way), value.unwrap_or_default())
    }

    fn settled(&self, answer: Value) -> Option<(Convention, Way)> {
        let form = accepted(answer)?;
        let chosen = form.get(self.name())?.as_str()?;
        let way = [Way::First, Way::Second].into_iter().find(|way| self.label(*way) == chosen)?;
        Some((self.shown.convention, way))
    }
}

/// A date that no convention can turn round.
fn in_words(date: &str) -> String {
    format::date(date).map_or_else(|| date.to_owned(), |date| date.strftime("%-d %B %Y").to_string())
}

impl Convention {
    fn title(self) -> &'static str {
        match self {
            Self::DateOrder => "Order of day and month",
            Self::Comma => "Meaning of the comma",
        }
    }

    fn way(self, way: Way) -> &'static str {
        match (self, way) {
            (Self::DateOrder, Way::First) => "day first",
            (Self::DateOrder, Way::Second) => "month first",
            (Self::Comma, Way::First) => "thousands separator",
            (Self::Comma, Way::Second) => "decimal comma",
        }
    }

    fn done(self, way: Way) -> String {
        match self {
            Self::DateOrder => format!("dates were read {}", self.way(way)),
            Self::Comma => format!("commas in numbers were read as {}s", self.way(way)),
        }
    }
}

#[cfg(test)]
#[path = "readings_tests.rs"]
mod tests;
