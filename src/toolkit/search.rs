//! Ranked search over the tools' words: BM25 with weighted fields, plural stemming and a list of synonyms.
//!
//! Robertson and Zaragoza, «The Probabilistic Relevance Framework: BM25 and Beyond», Foundations and Trends in
//! Information Retrieval 3 (2009): section 3.5 (BM25) and 3.6.1 (fields: counts and lengths are weighted sums). The
//! inverse document frequency is ln(1 + (N - n + 0.5)/(n + 0.5)), which unlike the original never turns negative, so
//! that a word of many tools cannot push a tool down.

use super::presets::lines;
use std::collections::BTreeMap;

/// How soon repetition stops counting.
const K1: f64 = 1.2;
/// How much length counts against a document.
const B: f64 = 0.75;

const NAME: f64 = 3.0;
const TITLE: f64 = 2.0;
const OTHER: f64 = 1.0;

/// What a synonym counts against a word that was really asked for.
const SYNONYM: f64 = 0.5;

/// What is known of a tool.
pub struct Document<'a> {
    /// Its name, such as `calculate_npv`.
    pub name: &'a str,
    /// Its title.
    pub title: &'a str,
    /// Its description.
    pub description: &'a str,
    /// The names of its parameters.
    pub parameters: Vec<&'a str>,
    /// Its toolset's slug.
    pub toolset: &'a str,
}

/// The words of all documents.
pub struct Index {
    names: Vec<String>,
    /// Length of each document against the mean: 1 for one of mean length.
    lengths: Vec<f64>,
    /// For each word the documents that have it, each with its weighted count.
    postings: BTreeMap<String, Vec<(usize, f64)>>,
    synonyms: Synonyms,
}

impl Index {
    /// The index of these documents, known by their place in the sequence.
    pub fn new<'a>(documents: impl IntoIterator<Item = Document<'a>>) -> Self {
        let (mut names, mut lengths) = (Vec::new(), Vec::new());
        let mut postings: BTreeMap<String, Vec<(usize, f64)>> = BTreeMap::new();
        for (place, document) in documents.into_iter().enumerate() {
            let counts = document.counts();
            names.push(document.name.to_owned());
            lengths.push(counts.values().sum::<f64>());
            for (word, count) in counts {
                postings.entry(word).or_default().push((place, count));
            }
        }
        let mean = lengths.iter().sum::<f64>() / lengths.len().max(1) as f64;
        lengths.iter_mut().for_each(|length| *length /= mean);
        Self { names, lengths, postings, synonyms: Synonyms::read(include_str!("synonyms.txt")) }
    }

    /// The places of the documents that share a word with the query, each with its score: the best first, equals
    /// by name.
    pub fn rank(&self, query: &str) -> Vec<(usize, f64)> {
        let mut scores: BTreeMap<usize, f64> = BTreeMap::new();
        // In the words' order, because the order of a sum shows in its last bits.
        for (word, weight) in self.synonyms.widened(words(query)) {
            let Some(postings) = self.postings.get(&word) else { continue };
            let rarity = weight * self.rarity(postings.len());
            for (place, count) in postings {
                let length = 1.0 - B + B * self.lengths[*place];
                *scores.entry(*place).or_default() += rarity * count * (K1 + 1.0) / (count + K1 * length);
            }
        }
        let mut ranked: Vec<(usize, f64)> = scores.into_iter().collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| self.names[a.0].cmp(&self.names[b.0])));
        ranked
    }

    /// The inverse document frequency of a word that so many documents have.
    fn rarity(&self, having: usize) -> f64 {
        let (all, having) = (self.names.len() as f64, having as f64);
        ((all - having + 0.5) / (having + 0.5)).ln_1p()
    }
}

impl Document<'_> {
    /// How often each word occurs, by the weight of where it does.
    fn counts(&self) -> BTreeMap<String, f64> {
        let weighted =
            [(self.name, NAME), (self.title, TITLE), (self.description, OTHER), (self.toolset, OTHER)];
        let parameters = self.parameters.iter().map(|name| (*name, OTHER));
        let mut counts = BTreeMap::new();
        for (text, weight) in weighted.into_iter().chain(parameters) {
            for word in words(text) {
                *counts.entry(word).or_default() += weight;
            }
        }
        counts
    }
}

/// The words of a text, in lower case and without plural endings; `cashFlows` is two.
fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut after_small = false;
    for c in text.chars() {
        let starts = c.is_uppercase() && after_small;
        if starts || !c.is_alphanumeric() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| c.is_alphanumeric()) {
            word.extend(c.to_lowercase());
        }
        after_small = c.is_lowercase();
    }
    words.iter().filter(|word| !word.is_empty()).map(|word| singular(word)).collect()
}

/// Harman's S stemmer («How Effective Is Suffixing?», JASIS 42 (1991), table 1); short words are abbreviations.
fn singular(word: &str) -> String {
    let without = |ending: &str, but: &[&str]| {
        word.strip_suffix(ending).filter(|_| !but.iter().any(|other| word.ends_with(other)))
    };
    if word.chars().count() <= 3 {
        return word.to_owned();
    }
    if word.ends_with("ies") {
        return without("ies", &["eies", "aies"]).map_or(word.to_owned(), |stem| format!("{stem}y"));
    }
    if word.ends_with("es") {
        return without("s", &["aes", "ees", "oes"]).unwrap_or(word).to_owned();
    }
    without("s", &["us", "ss"]).unwrap_or(word).to_owned()
}

/// What else a word or a phrase may mean.
struct Synonyms {
    /// From the words of a phrase to the words to look for as well.
    phrases: BTreeMap<Vec<String>, Vec<String>>,
    /// Words of the longest phrase.
    longest: usize,
}

impl Synonyms {
    /// Reads lines `phrase, phrase = words`.
    fn read(text: &'static str) -> Self {
        let mut phrases: BTreeMap<Vec<String>, Vec<String>> = BTreeMap::new();
        for (left, right) in lines(text).filter_map(|line| line.split_once('=')) {
            for phrase in left.split(',') {
                phrases.entry(words(phrase)).or_default().extend(words(right));
            }
        }
        let longest = phrases.keys().map(Vec::len).max().unwrap_or(0);
        Self { phrases, longest }
    }

    /// The words themselves and those that they may mean, each once with what it counts.
    fn widened(&self, words: Vec<String>) -> BTreeMap<String, f64> {
        let mut out = BTreeMap::new();
        for start in 0..words.len() {
            let phrases = (1..=self.longest).filter_map(|length| words.get(start..start + length));
            let meant = phrases.filter_map(|phrase| self.phrases.get(phrase));
            out.extend(meant.flatten().map(|word| (word.clone(), SYNONYM)));
        }
        out.extend(words.into_iter().map(|word| (word, 1.0)));
        out
    }
}

#[cfg(test)]
#[path = "search_tests.rs"]
mod tests;
