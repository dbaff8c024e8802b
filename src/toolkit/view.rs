//! What one caller sees of the catalogue, and what it may call.

use super::catalog::{Catalog, Compiled, Toolset};
use super::presets::{COMPACT, Preset};
use super::selection::Selection;
use std::sync::Arc;

/// A selection of the catalogue's tools, in the catalogue's order. Cheap to clone.
///
/// What is listed can always be called. In a compact view more can be called than is listed.
#[derive(Clone)]
pub struct View {
    catalog: Arc<Catalog>,
    parts: Arc<Parts>,
}

/// What a view takes of the catalogue.
#[derive(PartialEq, Eq)]
struct Parts {
    /// For each tool of the catalogue, whether it may be called.
    callable: Vec<bool>,
    /// Places in the catalogue of what is listed, ascending.
    listed: Vec<usize>,
    /// Whether only what finds the rest is listed.
    compact: bool,
}

impl View {
    /// All tools.
    pub fn all(catalog: Arc<Catalog>) -> Self {
        let callable = vec![true; catalog.tools().len()];
        Self::of(catalog, callable, false)
    }

    /// The tools of the catalogue that a text such as `tvm,debt` or `core` chooses.
    ///
    /// # Errors
    /// As [`Selection::parse`].
    pub fn select(catalog: Arc<Catalog>, text: &str) -> Result<Self, String> {
        Self::all(catalog).narrow(text)
    }

    /// The tools of this view that a text chooses: never more of them, neither to list nor to call.
    ///
    /// # Errors
    /// As [`Selection::parse`]; what lies outside this view is as unknown as what does not exist.
    pub fn narrow(&self, text: &str) -> Result<Self, String> {
        Selection::parse(text, self).map(|selection| self.narrowed(&selection))
    }

    /// The tools of this view that a selection made for it or for a wider one chooses; there may be none.
    pub fn narrowed(&self, selection: &Selection) -> Self {
        // Without its three tools a compact list would be a dead end, so they stay through every narrowing.
        let compact = self.parts.compact || selection.is_compact();
        let stays = |tool: &Compiled| {
            selection.takes(tool.entry.name, tool.toolset) || compact && finds(tool.entry.name)
        };
        let tools = self.catalog.tools().iter().zip(&self.parts.callable);
        let callable = tools.map(|(tool, callable)| *callable && stays(tool)).collect();
        Self::of(Arc::clone(&self.catalog), callable, compact)
    }

    fn of(catalog: Arc<Catalog>, callable: Vec<bool>, compact: bool) -> Self {
        let tools = catalog.tools().iter().enumerate();
        let shown = |i: usize, tool: &Compiled| callable[i] && (!compact || finds(tool.entry.name));
        let listed = tools.filter(|(i, tool)| shown(*i, tool)).map(|(i, _)| i).collect();
        Self { catalog, parts: Arc::new(Parts { callable, listed, compact }) }
    }

    /// The tools that the caller's list shows.
    pub fn tools(&self) -> impl Iterator<Item = &Compiled> {
        self.parts.listed.iter().map(|i| &self.catalog.tools()[*i])
    }

    /// The tools that the caller may call.
    pub fn callable(&self) -> impl Iterator<Item = &Compiled> {
        let tools = self.catalog.tools().iter().zip(&self.parts.callable);
        tools.filter(|(_, callable)| **callable).map(|(tool, _)| tool)
    }

    /// The names that the caller may call, in the order of the list.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.callable().map(|tool| tool.entry.name)
    }

    /// The tool of that name, when the caller may call it.
    pub fn get(&self, name: &str) -> Option<&Compiled> {
        let place = self.catalog.place(name)?;
        self.parts.callable[place].then(|| &self.catalog.tools()[place])
    }

    /// The toolsets of which the caller may call at least one tool, in the order of the list.
    pub fn toolsets(&self) -> impl Iterator<Item = &Toolset> {
        let has = |slug| self.callable().any(|tool| tool.toolset == slug);
        self.catalog.toolsets().iter().filter(move |toolset| has(toolset.slug))
    }

    /// The tools that the caller may call and that these words find, with their scores, the best first.
    pub fn search(&self, query: &str) -> impl Iterator<Item = (&Compiled, f64)> {
        let ranked = self.catalog.search_index().rank(query).into_iter();
        ranked
            .filter(|(place, _)| self.parts.callable[*place])
            .map(|(place, score)| (&self.catalog.tools()[place], score))
    }

    /// Whether two views of one catalogue show and allow the same.
    pub fn same_as(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.catalog, &other.catalog) && self.parts == other.parts
    }
}

/// Whether a tool is one of those that a compact list shows.
fn finds(name: &str) -> bool {
    Preset::named(COMPACT).is_some_and(|preset| preset.has(name))
}

#[cfg(test)]
#[path = "view_tests.rs"]
mod tests;
