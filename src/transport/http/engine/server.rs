//! Start, stop and shutdown of the engine and its threads.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::thread::{Builder, JoinHandle};
use std::time::{Duration, Instant};

use parking_lot::Mutex;

use super::accept::Gate;
use super::listen::{Address, Bind, Listeners};
use super::shared::Shared;
use super::table::State;
use super::{Handler, Limits, Running, drive, sweep};

/// How long threads may take to end after the deadline of a shutdown.
const GRACE: Duration = Duration::from_millis(500);

/// How often a shutdown looks whether it may end.
const LOOK: Duration = Duration::from_millis(5);

/// The default engine: a fixed pool of workers on one poller.
pub struct Engine {
    shared: Arc<Shared>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

impl Engine {
    /// Binds all addresses, or none.
    ///
    /// # Errors
    /// When one cannot be had; the text names it.
    pub fn bind(wanted: &[Bind]) -> io::Result<Listeners> {
        Listeners::bind(wanted)
    }

    /// Starts the threads and accepts connections.
    ///
    /// # Errors
    /// When the poller, the sweeper or even one worker cannot be had.
    pub fn start(listeners: Listeners, limits: Limits, handler: Arc<dyn Handler>) -> io::Result<Self> {
        let workers = limits.workers.max(1);
        let shared = Arc::new(Shared::new(limits, handler, Gate::new(listeners.all))?);
        // From here on an error drops the engine, which ends the threads that have started.
        let engine = Self { shared, threads: Mutex::default() };
        engine.spawn("http-sweeper".to_owned(), sweep::run)?;
        for index in 0..workers {
            match engine.spawn(format!("http-worker-{index}"), drive::run) {
                Err(error) if index == 0 => return Err(error),
                Err(error) => {
                    log::warn!("http: only {index} of {workers} workers could be started: {error}");
                    break;
                }
                Ok(()) => {}
            }
        }
        engine.shared.gate.open(&engine.shared)?;
        Ok(engine)
    }

    fn spawn(&self, name: String, run: fn(&Arc<Shared>)) -> io::Result<()> {
        let shared = Arc::clone(&self.shared);
        let thread = Builder::new().name(name).spawn(move || run(&shared))?;
        self.threads.lock().push(thread);
        Ok(())
    }

    /// Open connections.
    pub fn open_connections(&self) -> usize {
        self.shared.open.load(Relaxed)
    }

    /// Lets the threads end, and closes every connection that no handler holds.
    fn end(&self) {
        self.shared.stopping.store(true, Relaxed);
        self.shared.poller.wake_all();
        for thread in self.threads.lock().iter() {
            thread.thread().unpark();
        }
    }

    /// Cuts streams off and closes parked connections.
    fn cut(&self) {
        let (mut parked, mut ends) = (Vec::new(), Vec::new());
        self.shared.table.each(|slot| match &mut slot.state {
            State::Streaming(watch) => {
                watch.socket.abort();
                ends.extend(watch.on_gone.take());
            }
            state @ State::Parked(_) => parked.push(std::mem::replace(state, State::Busy)),
            State::Free | State::Busy => {}
        });
        for on_gone in ends {
            if catch_unwind(AssertUnwindSafe(on_gone)).is_err() {
                log::error!("http: the end of a stream panicked");
            }
        }
        drop(parked);
    }

    /// Waits for the threads that end in time; one that hangs in a handler is left behind.
    fn join(&self, until: Instant) -> bool {
        let mut threads = std::mem::take(&mut *self.threads.lock());
        while !threads.is_empty() && Instant::now() < until {
            let (done, running): (Vec<_>, Vec<_>) = threads.into_iter().partition(JoinHandle::is_finished);
            for thread in done {
                // Every thread fences its work, so there is no panic to pass on.
                let _ = thread.join();
            }
            threads = running;
            if !threads.is_empty() {
                std::thread::sleep(LOOK);
            }
        }
        threads.is_empty()
    }
}

impl Running for Engine {
    fn local_addresses(&self) -> Vec<Address> {
        self.shared.gate.addresses().to_vec()
    }

    fn stop_accepting(&self) {
        self.shared.draining.store(true, Relaxed);
        self.shared.gate.close();
        sweep::sweep(&self.shared);
    }

    fn in_flight(&self) -> usize {
        self.shared.in_flight.load(Relaxed)
    }

    fn shutdown(&self, deadline: Duration) -> bool {
        let until = Instant::now() + deadline;
        self.stop_accepting();
        while self.in_flight() > 0 && Instant::now() < until {
            std::thread::sleep(LOOK);
        }
        let drained = self.in_flight() == 0;
        self.cut();
        self.end();
        let joined = self.join(until.max(Instant::now() + GRACE));
        // Once more: what a worker parked in between.
        self.cut();
        drained && joined
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.shared.draining.store(true, Relaxed);
        self.shared.gate.close();
        self.end();
        self.join(Instant::now() + GRACE);
        self.cut();
    }
}
