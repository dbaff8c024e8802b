//! Wiring: configuration in, transports and threads up, signals, drain.

use crate::auth::KeyRing;
use crate::config::{Config, ConfigError, Listen};
use crate::lane::Lane;
use crate::mcp::{self, Contents};
use crate::prompts::{self, Prompt};
use crate::resources::{self, Library};
use crate::session::{Store, reaper};
use crate::toolkit::{Catalog, Change, View};
use crate::tools;
use crate::transport::http::Routes;
use crate::transport::http::engine::{Bind, Engine, Handler, Running};
use crate::transport::stdio;
use crossbeam_channel::{Receiver, bounded, unbounded};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use std::fmt;
use std::io::{self, BufReader};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread::Builder;
use std::time::{Duration, Instant};

/// Why the server did not start, or ended.
#[derive(Debug)]
pub enum Failure {
    /// A setting that only the catalogue can judge is wrong.
    Configuration(ConfigError),
    /// Anything else, as a sentence.
    Serving(String),
}

impl Failure {
    /// What the process ends with.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Configuration(error) => error.exit_code(),
            Self::Serving(_) => 1,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Configuration(error) => error.fmt(f),
            Self::Serving(text) => f.write_str(text),
        }
    }
}

impl std::error::Error for Failure {}

impl From<String> for Failure {
    fn from(text: String) -> Self {
        Self::Serving(text)
    }
}

/// Serves until the input ends or a signal says so.
///
/// # Errors
/// What kept the server from starting or serving.
pub fn run(
    config: Config,
    contents: impl FnOnce(&Config) -> Result<Contents, Failure>,
) -> Result<(), Failure> {
    crate::observe::log::init(config.log_level).map_err(|e| e.to_string())?;
    tell_of_panics();
    config.warnings.iter().for_each(|warning| log::warn!("{warning}"));
    let server = mcp::Server::new(contents(&config)?)?;
    let signals = signals().map_err(|e| format!("signals cannot be received: {e}"))?;
    match config.listen.clone() {
        None => serve_stdio(&server, &config, &signals)?,
        Some(listen) => serve_http(server, config, &listen, &signals)?,
    }
    Ok(())
}

/// The tools that the operator lets anybody have: the bound of every client's choice.
fn operators_view(catalog: &Arc<Catalog>, config: &Config) -> Result<View, Failure> {
    View::select(Arc::clone(catalog), &config.toolsets)
        .map_err(|what| Failure::Configuration(ConfigError::of_setting("--toolsets (MCP_TOOLSETS)", &what)))
}

/// Calls that take long or talk with their client, at a time.
const LONG_CALLS: usize = 256;

/// What this server is made of.
///
/// # Errors
/// A toolset that there is not, or a declaration that breaks a rule.
pub fn contents(config: &Config) -> Result<Contents, Failure> {
    let catalog = Arc::new(Catalog::new(tools::FAMILIES)?);
    let library = resources::library(&catalog);
    assemble(config, catalog, library, prompts::PROMPTS)
}

/// A server of these tools, documents and prompts, as far as the operator serves them.
///
/// # Errors
/// A toolset that there is not.
pub fn assemble(
    config: &Config,
    catalog: Arc<Catalog>,
    library: Library,
    prompts: &'static [Prompt],
) -> Result<Contents, Failure> {
    let bound = operators_view(&catalog, config)?;
    let (served, all) = (bound.names().count(), catalog.tools().len());
    log::info!("toolsets {:?}: {served} of {all} tools are served", config.toolsets);
    let seal = seal(config).map_err(|e| format!("no randomness can be had: {e}"))?;
    Ok(Contents { catalog, bound, library, prompts, page: config.page, seal })
}

/// What seals the states that clients keep: servers with the same API keys open each other's, so that a
/// request may go to any of them. Without keys there is nobody to tell apart, and the seal is this process's own.
fn seal(config: &Config) -> Result<[u8; 32], getrandom::Error> {
    if let Some(seal) = config.keys.digest() {
        return Ok(seal);
    }
    let mut seal = [0; 32];
    getrandom::fill(&mut seal).map(|()| seal)
}

/// The default hook prints the payload, which may quote an argument; place and thread are enough.
fn tell_of_panics() {
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map_or_else(String::new, ToString::to_string);
        let thread = std::thread::current();
        log::error!("panic in thread {} at {place}", thread.name().unwrap_or("unnamed"));
    }));
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Signal {
    Stop,
    Reload,
}

fn signals() -> io::Result<Receiver<Signal>> {
    let mut signals = Signals::new([SIGTERM, SIGINT, SIGHUP])?;
    let (sender, receiver) = unbounded();
    Builder::new().name("signals".into()).spawn(move || {
        for signal in signals.forever() {
            let _ = sender.send(if signal == SIGHUP { Signal::Reload } else { Signal::Stop });
        }
    })?;
    Ok(receiver)
}

fn serve_stdio(server: &Arc<mcp::Server>, config: &Config, signals: &Receiver<Signal>) -> Result<(), String> {
    log::info!("{} {} on stdio, {} tools", mcp::NAME, mcp::VERSION, count(server));
    let (stopper, stop) = bounded::<()>(1);
    let signals = signals.clone();
    let wait = move || {
        // Keys mean nothing on stdio, so a reload is nothing to do.
        while signals.recv() == Ok(Signal::Reload) {}
        drop(stopper);
    };
    Builder::new().name("stop".into()).spawn(wait).map_err(|e| e.to_string())?;
    let input = BufReader::new(io::stdin());
    let lane = Lane::new(LONG_CALLS);
    stdio::serve(server, input, io::stdout(), config.limits.body_bytes, &lane, &stop)
        .map_err(|e| format!("stdout cannot be written: {e}"))
}

fn serve_http(
    server: Arc<mcp::Server>,
    config: Config,
    listen: &Listen,
    signals: &Receiver<Signal>,
) -> Result<(), String> {
    let config = Arc::new(config);
    let keys = Arc::new(KeyRing::new(config.keys.clone()));
    let sessions = Arc::new(Store::new(config.session_timeout, config.max_sessions));
    let (tools, lane) = (count(&server), Lane::new(LONG_CALLS));
    let routes = Routes::new(
        Arc::clone(&server),
        Arc::clone(&sessions),
        Arc::clone(&keys),
        Arc::clone(&lane),
        &config,
    );
    let engine = start_engine(&config, listen, Arc::new(routes))?;
    let (_reaper_stop, stop) = bounded::<()>(0);
    reaper::start(Arc::clone(&sessions), stop).map_err(|e| format!("the reaper cannot be started: {e}"))?;
    for address in engine.local_addresses() {
        log::info!("{} {} listening on {address}, {tools} tools", mcp::NAME, mcp::VERSION);
    }
    if !config.auth_required {
        log::warn!("authentication is off: whoever reaches the address may call every tool");
    }
    while signals.recv() == Ok(Signal::Reload) {
        reload(&config, &keys, &server);
    }
    drain(&*engine, &sessions, &server, &lane, config.drain);
    Ok(())
}

fn start_engine(
    config: &Config,
    listen: &Listen,
    handler: Arc<dyn Handler>,
) -> Result<Box<dyn Running>, String> {
    let cannot = |e: io::Error| format!("cannot listen on {listen}: {e}");
    let bind = [match listen {
        Listen::Everywhere { port } => Bind::Any(*port),
        Listen::Loopback { port } => Bind::Loopback(*port),
        Listen::Address(address) => Bind::Tcp(*address),
        Listen::Unix(path) => Bind::Unix(path.clone()),
    }];
    let listeners = Engine::bind(&bind).map_err(cannot)?;
    let limits = config.limits.clone();
    #[cfg(feature = "tiny-http")]
    if config.http_engine == crate::config::HttpEngine::TinyHttp {
        use crate::transport::http::tiny::Tiny;
        return Ok(Box::new(Tiny::start(listeners, limits, handler).map_err(cannot)?));
    }
    Ok(Box::new(Engine::start(listeners, limits, handler).map_err(cannot)?))
}

fn count(server: &mcp::Server) -> usize {
    server.scope().view().tools().count()
}

fn reload(config: &Config, keys: &KeyRing, server: &mcp::Server) {
    match config.reload_keys() {
        Ok(loaded) => {
            loaded.warnings.iter().for_each(|warning| log::warn!("{warning}"));
            log::info!("API keys read again: {} in use", loaded.keys.len());
            keys.replace(loaded.keys);
            // What a key may see hangs on the key.
            server.hub().changed(&Change::Tools);
        }
        Err(e) => log::error!("API keys not read again, the old ones stay in use: {e}"),
    }
}

/// Stops accepting, lets what runs finish, ends the streams, and is gone when `time` is over.
fn drain(engine: &dyn Running, sessions: &Store, server: &mcp::Server, lane: &Lane, time: Duration) {
    let until = Instant::now() + time;
    engine.stop_accepting();
    let waiting = || sessions.waiting.load(Ordering::Relaxed);
    // What is answered on another connection than its request's is on the lane alone.
    let running = || engine.in_flight().saturating_sub(waiting()).max(lane.running());
    log::info!("stopping: {} requests running, {} streams open", running(), waiting());
    sessions.stop_asking();
    server.stop_tasks();
    while running() > 0 && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(5));
    }
    // Only now: the answers of the last requests go out on the streams.
    server.hub().close();
    sessions.stop_all();
    let finished = engine.shutdown(until.saturating_duration_since(Instant::now()));
    log::info!("stopped{}", if finished { "" } else { " with requests or streams cut off" });
}
