//! Numbers as people spell them: groups, a decimal comma, currency, percent.
//!
//! What is read here is digits to be written in a hint, kept as text to the last one. Which of two spellings
//! was meant is for [`readings`](super::readings) to ask.

/// A text that has a number in it, and how JSON spells that number.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Numeral {
    /// The comma between groups, the point before the fraction: `1,234.5`.
    pub(super) thousands: Option<String>,
    /// The comma before the fraction, the point between groups: `1.234,5`.
    pub(super) decimal: Option<String>,
    /// Whether sign, digits, commas and points are all there is.
    pub(super) bare: bool,
}

/// Longer texts are no numbers that a person has typed.
const LONGEST: usize = 64;
/// Marks between groups that are never a decimal sign.
const SOFT: [char; 7] = [' ', '\u{a0}', '\u{2009}', '\u{202f}', '_', '\'', '\u{2019}'];
/// Signs of currencies, before or behind the number.
const SIGNS: [char; 5] = ['$', '€', '£', '¥', '₹'];
/// Codes of currencies. Any three letters would do for a code, but `50 BPS` and `5 MIO` are not 50 and 5.
const CODES: [&str; 24] = [
    "AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EUR", "GBP", "HKD", "HUF", "IDR", "ILS", "INR", "JPY",
    "KRW", "MXN", "NOK", "NZD", "PLN", "SEK", "SGD", "USD", "ZAR",
];

/// Reads a text both ways; none when there is no number in it either way.
pub(super) fn read(text: &str) -> Option<Numeral> {
    let text = text.trim();
    if text.len() > LONGEST {
        return None;
    }
    let (amount, percent) = text.strip_suffix('%').map_or((text, false), |amount| (amount, true));
    let amount: String = amount.chars().filter(|c| !SIGNS.contains(c)).collect();
    let (sign, digits) = signed(uncoded(&amount));
    let write = |group, point| written(sign, digits, group, point, percent);
    // A lone point is the decimal point, as it is in JSON.
    let by_comma = digits.contains(',') || digits.matches('.').count() > 1;
    let (thousands, decimal) = (write(',', '.'), write('.', ',').filter(|_| by_comma));
    let bare = text.trim_start_matches(SIGN).chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.'));
    (thousands.is_some() || decimal.is_some()).then_some(Numeral { thousands, decimal, bare })
}

/// The text without a currency's code.
fn uncoded(text: &str) -> &str {
    let text = text.trim();
    let behind = CODES.iter().find_map(|code| text.strip_suffix(code));
    behind.or_else(|| CODES.iter().find_map(|code| text.strip_prefix(code))).unwrap_or(text).trim()
}

/// Hyphen, minus sign, plus.
const SIGN: [char; 3] = ['-', '\u{2212}', '+'];

/// The sign as JSON has it, and the rest.
fn signed(text: &str) -> (&'static str, &str) {
    let rest = text.strip_prefix(SIGN).unwrap_or(text);
    let minus = rest.len() < text.len() && !text.starts_with('+');
    (if minus { "-" } else { "" }, rest.trim_start())
}

/// JSON's spelling of a number whose groups and fraction are marked by these.
fn written(sign: &str, digits: &str, group: char, point: char, percent: bool) -> Option<String> {
    let (whole, fraction) = match digits.split_once(point) {
        None => (digits, ""),
        // `5,` is as likely a slip as a number.
        Some((_, "")) => return None,
        Some(parts) => parts,
    };
    if whole.is_empty() && fraction.is_empty() || !all_digits(fraction) {
        return None;
    }
    let whole = ungrouped(whole, group)?;
    let (whole, fraction) = if percent { hundredth(&whole, fraction) } else { (whole, fraction.to_owned()) };
    let point = if fraction.is_empty() { "" } else { "." };
    Some(format!("{sign}{whole}{point}{fraction}"))
}

/// The digits before the fraction without the marks between their groups; none when the groups are no groups.
fn ungrouped(whole: &str, group: char) -> Option<String> {
    let Some(mark) = whole.chars().find(|c| *c == group || SOFT.contains(c)) else {
        // No code or part number, whose zeros count.
        let plain = all_digits(whole) && (whole.len() < 2 || !whole.starts_with('0'));
        return plain.then(|| if whole.is_empty() { "0".into() } else { whole.to_owned() });
    };
    let groups: Vec<&str> = whole.split(mark).collect();
    let [first, middle @ .., last] = groups.as_slice() else { return None };
    let threes = (1..=3).contains(&first.len()) && middle.iter().all(|group| group.len() == 3);
    // Lakh and crore: 12,34,567.
    let twos = mark == ',' && (1..=2).contains(&first.len()) && middle.iter().all(|group| group.len() == 2);
    let fine = (threes || twos) && last.len() == 3 && !first.starts_with('0');
    (fine && groups.iter().all(|group| all_digits(group))).then(|| groups.concat())
}

/// Moves the point, because a division would show its rounding: 1.1 / 100 is 0.011000000000000001.
fn hundredth(whole: &str, fraction: &str) -> (String, String) {
    let padded = format!("{whole:0>3}");
    let (whole, cents) = padded.split_at(padded.len() - 2);
    (whole.to_owned(), format!("{cents}{fraction}").trim_end_matches('0').to_owned())
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Both ways, and whether it is bare.
    fn both(text: &str) -> (String, String, bool) {
        let Numeral { thousands, decimal, bare } = read(text).unwrap();
        let shown = |way: Option<String>| way.unwrap_or_else(|| "none".into());
        (shown(thousands), shown(decimal), bare)
    }

    #[test]
    fn a_comma_is_read_both_ways_where_both_are_spellings() {
        for (text, thousands, decimal) in [
            ("1,234", "1234", "1.234"),
            ("-1,234", "-1234", "-1.234"),
            ("\u{2212}1,000", "-1000", "-1.000"),
            ("+1,234", "1234", "1.234"),
            (" 100,000 ", "100000", "100.000"),
            ("1,5", "none", "1.5"),
            (",5", "none", "0.5"),
            ("0,123", "none", "0.123"),
            ("1234,567", "none", "1234.567"),
            ("1,2345", "none", "1.2345"),
            ("1.234,56", "none", "1234.56"),
            ("1.234.567", "none", "1234567"),
            ("1,234.56", "1234.56", "none"),
            ("1,234,567", "1234567", "none"),
            ("12,34,567.5", "1234567.5", "none"),
            (".5", "0.5", "none"),
            ("9,007,199,254,740,993", "9007199254740993", "none"),
        ] {
            assert_eq!(both(text), (thousands.into(), decimal.into(), true), "{text}");
        }
    }

    #[test]
    fn what_is_dressed_up_is_read_the_same_and_said_to_be() {
        for (text, thousands, decimal) in [
            ("$1,234", "1234", "1.234"),
            ("-$1,234.50", "-1234.50", "none"),
            ("1.234,5 €", "none", "1234.5"),
            ("EUR 5", "5", "none"),
            ("1.234 EUR", "1.234", "none"),
            ("1 000.5 USD", "1000.5", "none"),
            ("1\u{202f}234,5", "none", "1234.5"),
            ("1 234,567", "none", "1234.567"),
            ("1'234'567", "1234567", "none"),
            ("1_000", "1000", "none"),
            ("1,234%", "12.34", "0.01234"),
            ("1.1%", "0.011", "none"),
            ("8,125 %", "81.25", "0.08125"),
            ("100%", "1", "none"),
            ("-0.5%", "-0.005", "none"),
        ] {
            assert_eq!(both(text), (thousands.into(), decimal.into(), false), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_read_as_none() {
        let long = "9".repeat(LONGEST + 1);
        for text in [
            "",
            " ",
            ",",
            ".",
            "-",
            "%",
            "1,,2",
            "1,",
            "5.",
            "1,234,56",
            "12 34",
            "1 2 3",
            "0,123,456",
            "007",
            "1,234.567,8",
            "1.2.3",
            "1,234.5.6",
            "--5",
            "+-5",
            "ten",
            "nan",
            "inf",
            "1e5",
            "50 BPS",
            "5 MIO",
            "5K",
            "Q1",
            "１,２３４",
            "١٬٢٣٤",
            "1,234%%",
            "(1,234)",
            "1 234 567,8 9",
            &long,
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    /// No digit is lost or gained, and the point is where one of the two ways has it.
    #[test]
    fn digits_are_kept_to_the_last_one() {
        for n in (0..=999_999_u32).step_by(7) {
            let (high, low) = (n / 1000, n % 1000);
            let text = format!("{high},{low:03}");
            let thousands = (high > 0).then(|| n.to_string());
            assert_eq!(
                read(&text),
                Some(Numeral { thousands, decimal: Some(format!("{high}.{low:03}")), bare: true })
            );
            let mixed = format!("{high}.{low:03},25");
            let decimal = (high > 0).then(|| format!("{n}.25"));
            assert_eq!(read(&mixed).and_then(|numeral| numeral.decimal), decimal, "{mixed}");
        }
    }
}
