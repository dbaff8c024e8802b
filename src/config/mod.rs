//! Flags, environment and files become one checked [`Config`]; whatever is wrong is reported at once.

mod draft;
mod error;
mod hosts;
mod key_sources;
mod listen;
mod origins;

#[cfg(test)]
mod tests;

pub use error::ConfigError;
pub use hosts::Hosts;
pub use key_sources::KeySources;
pub use listen::Listen;
pub use origins::Origins;

pub(crate) use draft::Draft;
pub(crate) use listen::Target;

use crate::auth::{Keys, Loaded};
use crate::cli::{self, Given, Invocation, Question, SETTINGS, Setting};
use crate::transport::http::engine::Limits;
use error::Problem;
use log::LevelFilter;
use std::ffi::OsString;
use std::time::Duration;

/// What the command line asks for.
#[derive(Debug)]
pub enum Command {
    /// Print this text to stdout: `--help`.
    Help(String),
    /// Print this text to stdout: `--version`.
    Version(String),
    /// Do what this subcommand does.
    Do(Invocation),
    /// Serve.
    Run(Box<Config>),
}

/// Everything that the server must know, checked.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where HTTP is served; none means stdio.
    pub listen: Option<Listen>,
    /// The tools that are served, as the operator wrote it: only the catalogue knows what it may say.
    pub toolsets: String,
    /// Whether an HTTP client must show a key.
    pub auth_required: bool,
    /// The keys that were found at the start. Empty over stdio, which needs none.
    pub keys: Keys,
    /// Where the keys came from, for [`Config::reload_keys`].
    pub key_sources: KeySources,
    /// The origins that the operator names.
    pub cors: Origins,
    /// The `Host` values that the operator names.
    pub allowed_hosts: Option<Hosts>,
    /// From the last request or the end of the stream to the end of the session.
    pub session_timeout: Duration,
    /// Between two comment lines of a quiet stream.
    pub heartbeat: Duration,
    /// Open sessions in total.
    pub max_sessions: usize,
    /// Entries of a list's page.
    pub page: usize,
    /// How long running requests may take after SIGTERM.
    pub drain: Duration,
    /// What one HTTP client may cost.
    pub limits: Limits,
    /// The least severity that is logged.
    pub log_level: LevelFilter,
    /// Which HTTP engine serves.
    #[cfg(feature = "tiny-http")]
    pub http_engine: HttpEngine,
    /// What the operator should know though it is no error; to be logged once logging works.
    pub warnings: Vec<String>,
}

/// The engines that this build can serve HTTP with.
#[cfg(feature = "tiny-http")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HttpEngine {
    /// The engine of this crate.
    #[default]
    Own,
    /// The crate `tiny_http`, for use behind a vetting proxy.
    TinyHttp,
}

#[cfg(feature = "tiny-http")]
impl std::str::FromStr for HttpEngine {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "own" => Ok(Self::Own),
            "tiny-http" => Ok(Self::TinyHttp),
            _ => Err("is not an engine".into()),
        }
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: None,
            toolsets: "all".into(),
            auth_required: true,
            keys: Keys::default(),
            key_sources: KeySources::default(),
            cors: Origins::Any,
            allowed_hosts: None,
            session_timeout: Duration::from_secs(300),
            heartbeat: Duration::from_secs(30),
            max_sessions: 10_000,
            page: 1000,
            drain: Duration::from_secs(10),
            limits: Limits::default(),
            log_level: LevelFilter::Info,
            #[cfg(feature = "tiny-http")]
            http_engine: HttpEngine::default(),
            warnings: Vec::new(),
        }
    }
}

impl Config {
    /// Reads the command line (without the program's name), the environment and the files that they name.
    ///
    /// # Errors
    /// When anything is wrong: the error lists all of it.
    pub fn load(
        args: impl Iterator<Item = OsString>,
        env: &dyn Fn(&str) -> Option<OsString>,
    ) -> Result<Command, ConfigError> {
        let mut given = cli::parse(args);
        match given.question {
            Some(Question::Help) => return Ok(Command::Help(cli::help())),
            Some(Question::Version) => return Ok(Command::Version(cli::version())),
            None => (),
        }
        let mut problems: Vec<_> = given.problems.iter().cloned().map(Problem::usage).collect();
        if let Some(invocation) = given.command.take() {
            return if problems.is_empty() {
                Ok(Command::Do(invocation))
            } else {
                Err(ConfigError::new(problems))
            };
        }
        let mut draft = Draft::default();
        read_environment(&mut draft, &given, env, &mut problems);
        read_flags(&mut draft, &given, &mut problems);
        let config = draft.finish(&mut problems);
        if problems.is_empty() { Ok(Command::Run(Box::new(config))) } else { Err(ConfigError::new(problems)) }
    }

    /// Reads the sources of keys again (SIGHUP). Keys of the environment stay as they are.
    ///
    /// # Errors
    /// When a file cannot be read or understood, or when no key is left though one is required:
    /// the keys in use should stay in use then.
    pub fn reload_keys(&self) -> Result<Loaded, ConfigError> {
        let fail =
            |texts: Vec<String>| ConfigError::new(texts.into_iter().map(Problem::configuration).collect());
        let loaded = self.key_sources.load().map_err(fail)?;
        if self.auth_required && loaded.keys.is_empty() {
            return Err(fail(vec!["the sources of API keys hold no key any more".into()]));
        }
        Ok(loaded)
    }

    /// Whether a request with this `Origin` header may be served (403 if not).
    ///
    /// A list of the operator decides. Without one every page is welcome while keys protect the
    /// server; without keys only pages of this machine are, or any page could use a local server.
    pub fn origin_allowed(&self, origin: &str) -> bool {
        match &self.cors {
            Origins::Any => self.auth_required || origins::is_loopback(origin),
            list @ Origins::List(_) => list.allows(origin),
        }
    }

    /// The `Host` values that may be served; none means that they are not checked.
    pub fn checked_hosts(&self) -> Option<Hosts> {
        match (&self.allowed_hosts, &self.listen) {
            (Some(list), _) => Some(list.clone()),
            (None, _) if self.auth_required => None,
            (None, Some(listen)) if !listen.is_loopback() => Some(Hosts::any_address()),
            (None, _) => Some(Hosts::loopback()),
        }
    }
}

fn read_environment(
    draft: &mut Draft,
    given: &Given,
    env: &dyn Fn(&str) -> Option<OsString>,
    problems: &mut Vec<Problem>,
) {
    let overridden =
        |row: &Setting| row.flag.is_some() && given.flags.iter().any(|(f, _)| f.flag == row.flag);
    for row in SETTINGS.iter().filter(|row| !overridden(row)) {
        let Some(variable) = row.variable else { continue };
        let Some(value) = env(variable).filter(|value| !value.is_empty()) else { continue };
        if let Err(text) = row.apply(draft, &value) {
            draft.doubt(row);
            problems.push(Problem::configuration(format!("{variable}: {text}")));
        }
    }
}

fn read_flags(draft: &mut Draft, given: &Given, problems: &mut Vec<Problem>) {
    for (row, value) in &given.flags {
        if let Err(text) = row.apply(draft, value) {
            draft.doubt(row);
            problems.push(Problem::usage(format!("--{}: {text}", row.flag.unwrap_or_default())));
        }
    }
}
