//! The thread that ends the sessions whose clients have gone.

use super::Store;
use crossbeam_channel::{Receiver, RecvTimeoutError};
use std::sync::Arc;
use std::thread::{Builder, JoinHandle};
use std::time::Instant;

/// Starts the reaper; it ends when the sender of `stop` is dropped.
///
/// # Errors
/// When the thread cannot be started.
pub fn start(store: Arc<Store>, stop: Receiver<()>) -> std::io::Result<JoinHandle<()>> {
    Builder::new().name("reaper".into()).spawn(move || {
        while stop.recv_timeout(store.sweep_interval()) == Err(RecvTimeoutError::Timeout) {
            for session in store.sweep(Instant::now()) {
                log::info!("Cleaned up expired session {:?}", session.id);
            }
        }
    })
}
