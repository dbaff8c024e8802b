//! Words, stems, synonyms, and scores worked out by hand.

use super::*;

fn named(name: &str) -> Document<'_> {
    Document { name, title: "", description: "", parameters: vec![], toolset: "" }
}

#[test]
fn words_are_split_at_signs_and_small_capitals_and_lose_their_plural() {
    assert_eq!(
        words("compute_cash-flows, cashFlows! XIRR"),
        ["compute", "cash", "flow", "cash", "flow", "xirr"]
    );
    assert_eq!(words("Größen €5 日本"), ["größen", "5", "日本"]);
    assert!(words(" _-… ").is_empty());
}

/// Harman's table: the first rule whose ending fits decides, exceptions included.
#[test]
fn plurals_are_stemmed_as_published() {
    for (word, stem) in [
        ("annuities", "annuity"),
        ("rates", "rate"),
        ("ratios", "ratio"),
        ("shoes", "shoes"),
        ("business", "business"),
        ("status", "status"),
        ("eps", "eps"),
        ("yield", "yield"),
    ] {
        assert_eq!(singular(word), stem);
    }
}

/// Two documents of lengths 3 and 6, so a mean of 4.5; the word is in one of two: ln(1 + 1.5/1.5).
#[test]
fn a_score_is_what_the_formula_gives_by_hand() {
    let index = Index::new([named("alpha"), named("beta_gamma")]);
    let ranked = index.rank("alpha");
    let wanted = 2f64.ln() * 3.0 * 2.2 / (3.0 + 1.2 * (0.25 + 0.75 * 3.0 / 4.5));
    assert_eq!(ranked.len(), 1);
    assert!(ranked[0].0 == 0 && (ranked[0].1 - wanted).abs() < 1e-15, "{ranked:?} {wanted}");
}

#[test]
fn fields_weigh_as_stated_and_equals_come_by_name() {
    let title = Document { title: "omega", ..named("b") };
    let text = Document { description: "omega", ..named("c") };
    let index = Index::new([text, title, named("omega"), named("omega")]);
    let places: Vec<usize> = index.rank("Omegas").into_iter().map(|(place, _)| place).collect();
    assert_eq!(places, [2, 3, 1, 0]);
    let index = Index::new([named("omega_z"), named("omega_a")]);
    assert_eq!(index.rank("omega")[0].0, 1);
}

#[test]
fn a_synonym_finds_but_counts_less_than_the_word_itself() {
    let index = Index::new([named("a_probability"), named("z_odds"), named("other")]);
    let places: Vec<usize> = index.rank("ODDS").into_iter().map(|(place, _)| place).collect();
    assert_eq!(places, [1, 0]);
    assert!(index.rank("free cash flow to equity").is_empty());
}

#[test]
fn whatever_is_asked_is_answered() {
    let index = Index::new([]);
    assert!(index.rank("anything").is_empty());
    let index = Index::new([named("alpha"), named("")]);
    for query in ["", "\0", "💶💶", &"alpha ".repeat(10_000), &"x".repeat(100_000)] {
        assert!(index.rank(query).iter().all(|(_, score)| score.is_finite()));
    }
}

#[test]
fn every_line_of_the_synonyms_says_something() {
    for line in lines(include_str!("synonyms.txt")) {
        let (left, right) = line.split_once('=').unwrap_or_else(|| panic!("{line}"));
        assert!(!right.contains('=') && !words(right).is_empty(), "{line}");
        for phrase in left.split(',') {
            let phrase = words(phrase);
            assert!(!phrase.is_empty(), "{line}");
            assert!(words(right).iter().any(|word| !phrase.contains(word)), "{line}: nothing new");
        }
    }
}
