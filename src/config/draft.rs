//! The configuration while it is being read, and the checks that need more than one setting.

use super::error::Problem;
use super::{Config, Listen, Target};
use crate::auth::key_file;
use crate::cli::{Section, Setting};

const NO_KEY: &str = "authentication is required over HTTP, but no API key is configured. Three ways out: \
    set MCP_API_KEYS=KEY; or name a file of keys by MCP_API_KEYS_FILE (under systemd: the credential \
    api-keys); or, to do without keys, set MCP_AUTH_REQUIRED=false (serves only this machine)";

/// A [`Config`] in the making, with what is needed only to finish it.
#[derive(Default)]
pub(crate) struct Draft {
    /// The settings that need no second look.
    pub(crate) config: Config,
    /// The value of `--http`.
    pub(crate) http: Option<Target>,
    /// The value of `MCP_HTTP_PORT`.
    pub(crate) http_port: Option<u16>,
    /// `--allow-unauthenticated-remote`
    pub(crate) allow_remote: bool,
    /// A setting about keys is wrong, so that nothing can be said about missing ones.
    keys_in_doubt: bool,
}

impl Draft {
    /// Takes the keys of the environment. Only their hashes are kept.
    pub(crate) fn take_keys(&mut self, list: &str) {
        self.config.key_sources.inline = key_file::from_list(list, "MCP_API_KEYS");
    }

    /// Notes that this setting is wrong, lest its consequences be reported as well.
    pub(super) fn doubt(&mut self, row: &Setting) {
        self.keys_in_doubt |= row.section == Section::Authentication;
    }

    /// Checks the settings against each other and reads the keys.
    pub(super) fn finish(mut self, problems: &mut Vec<Problem>) -> Config {
        let wants_http = self.http.is_some() || self.http_port.is_some();
        if wants_http {
            self.find_keys(problems);
        }
        match self.listen() {
            Ok(listen) => self.config.listen = listen,
            Err(text) => problems.push(Problem::configuration(text)),
        }
        self.warn();
        self.config
    }

    /// Over stdio nobody shows a key: a missing file must not keep a desktop client from starting.
    fn find_keys(&mut self, problems: &mut Vec<Problem>) {
        match self.config.key_sources.load() {
            Ok(loaded) => {
                if loaded.keys.is_empty() && self.config.auth_required && !self.keys_in_doubt {
                    problems.push(Problem::configuration(NO_KEY.into()));
                }
                self.config.keys = loaded.keys;
                self.config.warnings.extend(loaded.warnings);
            }
            Err(texts) => problems.extend(texts.into_iter().map(Problem::configuration)),
        }
    }

    fn listen(&self) -> Result<Option<Listen>, String> {
        let target = match (&self.http, self.http_port) {
            (None, None) => return Ok(None),
            (None, Some(port)) => Target::Port(port),
            (Some(Target::Unix(_)), Some(_)) => {
                return Err(
                    "MCP_HTTP_PORT: a Unix socket has no port; unset the variable, or give --http a port"
                        .into(),
                );
            }
            (Some(target), None) => target.clone(),
            (Some(target), Some(port)) => target.with_port(port),
        };
        // What is served to all without a key when this is false would be an accident.
        let open = self.config.auth_required || self.allow_remote || self.keys_in_doubt;
        target.listen(open).map(Some)
    }

    fn warn(&mut self) {
        let remote = self.config.listen.as_ref().is_some_and(|listen| !listen.is_loopback());
        if remote && !self.config.auth_required {
            let text = "authentication is off and other machines are served: everybody who reaches the port may \
                        use this server";
            self.config.warnings.push(text.into());
        }
    }
}
