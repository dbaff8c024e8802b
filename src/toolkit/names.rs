//! The nearest valid name to a wrong one, for hints.

/// The candidate that the writer most likely meant, if any is near.
///
/// Letter case and separators do not count (`cash_flows` is `cashFlows`); otherwise up to about a
/// quarter of the letters may differ, swapped neighbours counting once.
pub fn nearest<'a>(wrong: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = fold(wrong);
    candidates
        .into_iter()
        .map(|candidate| (distance(&folded, &fold(candidate)), candidate))
        .filter(|(distance, candidate)| *distance <= (candidate.len() + 2) / 4)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Up to `count` candidates, the likeliest first: by distance, or by sharing the wrong name's words.
pub fn several<'a>(wrong: &str, candidates: impl IntoIterator<Item = &'a str>, count: usize) -> Vec<&'a str> {
    let folded = fold(wrong);
    let mut ranked: Vec<(f64, &str)> = candidates
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(&folded, &fold(candidate)), candidate))
        .filter(|(likeness, _)| *likeness > 0.6)
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    ranked.into_iter().take(count).map(|(_, candidate)| candidate).collect()
}

fn distance(a: &str, b: &str) -> usize {
    // A wrong name may be a megabyte; the distance is quadratic.
    if a.len() > 128 { usize::MAX } else { strsim::osa_distance(a, b) }
}

fn fold(name: &str) -> String {
    let letters = name.chars().filter(|c| !matches!(c, '_' | '-' | ' ' | '.')).take(200);
    letters.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_found_and_far_ones_are_not() {
        let names = ["cashFlows", "rate", "guess"];
        assert_eq!(nearest("cash_flows", names), Some("cashFlows"));
        assert_eq!(nearest("cashflow", names), Some("cashFlows"));
        assert_eq!(nearest("raet", names), Some("rate"));
        assert_eq!(nearest("volatility", names), None);
        assert_eq!(nearest(&"x".repeat(1_000_000), names), None);
    }
}
