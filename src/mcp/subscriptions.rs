//! `subscriptions/listen`: a request that is answered by messages until it ends.

use super::call::Call;
use super::error::RpcError;
use super::hub::Filter;
use super::outlet::Outlet;
use super::peer::{Client, MOST, Running};
use super::server::Server;
use crate::toolkit::Asked;
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use std::sync::Arc;

/// A subscription that can begin.
pub struct Listening {
    id: Box<RawValue>,
    filter: Filter,
    client: Client,
    running: Running,
}

impl Listening {
    /// Acknowledges it and begins it; it ends with the outlet, with its cancellation, or with the server.
    pub fn begin(self, server: &Server, outlet: Arc<dyn Outlet>) {
        let Self { id, filter, client, running } = self;
        server.hub.subscribe(id, filter, client.revision, running, outlet, |id| server.tasks.news(id));
    }
}

/// `subscriptions/listen`
pub(super) fn listen(server: &Server, call: &Call<'_>) -> Result<Listening, RpcError> {
    #[derive(Deserialize)]
    struct Params {
        notifications: Map<String, Value>,
    }
    let Params { notifications } = call.params()?;
    let mut filter = Filter::read(notifications)?;
    if !filter.task_ids.is_empty() && !call.client.capabilities.tasks {
        return Err(RpcError::capability(Asked::Later));
    }
    filter.narrow(server, call.owner)?;
    let running = call.peer.begin_listening(call.id).or_else(|| {
        // Those that have ended leave with the next message, or now.
        server.hub.sweep();
        call.peer.begin_listening(call.id)
    });
    let too_many = || RpcError::refused(format!("a client has at most {MOST} subscriptions"));
    let running = running.ok_or_else(too_many)?;
    Ok(Listening { id: call.id.to_owned(), filter, client: call.client.clone(), running })
}
