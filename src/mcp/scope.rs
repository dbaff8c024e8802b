//! What one address or header of the server shows: a view of the tools with its list written once.

use super::error::RpcError;
use super::page::List;
use crate::toolkit::View;
use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::Arc;

/// Selections kept ready; clients use few, and whoever tries many gets them made anew each time.
const KEPT: usize = 64;

/// A view of the tools with its list.
pub struct Scope {
    pub(super) view: View,
    pub(super) tools: List,
    /// Whether everybody at this address has the same view.
    pub(super) shared: bool,
}

impl Scope {
    fn new(view: View, shared: bool) -> Result<Arc<Self>, String> {
        let tools = List::new("tools", view.tools().map(|tool| (tool.entry.name.to_owned(), &tool.listed)))?;
        Ok(Arc::new(Self { view, tools, shared }))
    }

    /// The tools that it shows.
    pub fn view(&self) -> &View {
        &self.view
    }
}

/// The scopes of a server: all that the operator serves, and what clients make of it.
pub(super) struct Scopes {
    whole: Arc<Scope>,
    narrowed: Mutex<HashMap<(String, String), Arc<Scope>>>,
}

impl Scopes {
    pub(super) fn new(bound: View) -> Result<Self, String> {
        Ok(Self { whole: Scope::new(bound, true)?, narrowed: Mutex::default() })
    }

    pub(super) fn whole(&self) -> &Arc<Scope> {
        &self.whole
    }

    /// What an address (`path`) and a header of the request narrow the tools to.
    pub(super) fn narrowed(&self, path: Option<&str>, header: Option<&str>) -> Result<Arc<Scope>, RpcError> {
        if path.is_none() && header.is_none() {
            return Ok(Arc::clone(&self.whole));
        }
        let key = (path.unwrap_or_default().to_owned(), header.unwrap_or_default().to_owned());
        if let Some(scope) = self.narrowed.lock().get(&key) {
            return Ok(Arc::clone(scope));
        }
        let mut view = self.whole.view.clone();
        for selection in [path, header].into_iter().flatten() {
            view = view.narrow(selection).map_err(RpcError::request)?;
        }
        let scope = Scope::new(view, header.is_none()).map_err(|e| RpcError::internal(&e))?;
        let mut narrowed = self.narrowed.lock();
        if narrowed.len() < KEPT {
            narrowed.insert(key, Arc::clone(&scope));
        }
        Ok(scope)
    }
}
