//! The table of all settings: one row each, with names, bounds, default and help.

use super::{Question, Section, Setting, Takes, values};
use crate::config::{Draft, Hosts, Origins, Target};
use log::LevelFilter;

/// What a row need not say.
const ROW: Setting = Setting {
    section: Section::General,
    flag: None,
    short: None,
    variable: None,
    value: "",
    default: "",
    takes: Takes::Nothing(|_| ()),
    help: "",
};

/// Every flag and every variable, in the order of the help text.
pub(crate) const SETTINGS: &[Setting] = &[
    Setting {
        flag: Some("http"),
        value: "PORT|ADDR:PORT|unix:PATH",
        takes: Takes::Text { allowed: Target::ALLOWED, set: set_http },
        help: "Serve over HTTP there; without it over stdin and stdout. A port alone means all interfaces \
               (only loopback when authentication is off); port 0 takes a free one.",
        ..ROW
    },
    Setting {
        variable: Some("MCP_HTTP_PORT"),
        value: "PORT",
        takes: Takes::Whole { min: 0, max: 65_535, set: |d, n| d.http_port = u16::try_from(n).ok() },
        help: "Overrides the port of --http, and starts HTTP when --http is absent. Not with unix:PATH.",
        ..ROW
    },
    Setting {
        flag: Some("verbose"),
        short: Some('v'),
        takes: Takes::Nothing(|d| d.config.log_level = LevelFilter::Debug),
        help: "Log everything: the same as --log-level debug.",
        ..ROW
    },
    Setting {
        flag: Some("log-level"),
        variable: Some("LOG_LEVEL"),
        value: "LEVEL",
        default: "info",
        takes: Takes::Text { allowed: "debug, info, warning or error", set: set_log_level },
        help: "The least severity that is logged on stderr.",
        ..ROW
    },
    Setting {
        flag: Some("toolsets"),
        variable: Some("MCP_TOOLSETS"),
        value: "NAME,…",
        default: "all",
        takes: Takes::Text {
            allowed: "toolsets and presets (all, analyst, core, compact) separated by commas",
            set: set_toolsets,
        },
        help: "The tools that are served at all. Clients can choose among them, never beyond them. \
               compact lists three tools that find and run the others.",
        ..ROW
    },
    #[cfg(feature = "tiny-http")]
    Setting {
        flag: Some("http-engine"),
        variable: Some("MCP_HTTP_ENGINE"),
        value: "ENGINE",
        default: "own",
        takes: Takes::Text { allowed: "own or tiny-http", set: set_engine },
        help: "Which HTTP engine serves. tiny-http is for use behind a vetting proxy only.",
        ..ROW
    },
    Setting {
        flag: Some("help"),
        short: Some('h'),
        takes: Takes::Question(Question::Help),
        help: "Print this text.",
        ..ROW
    },
    Setting {
        flag: Some("version"),
        short: Some('V'),
        takes: Takes::Question(Question::Version),
        help: "Print name and version.",
        ..ROW
    },
    Setting {
        section: Section::Authentication,
        variable: Some("MCP_API_KEYS"),
        value: "KEY,…",
        takes: Takes::Secret { allowed: "keys separated by commas", set: |d, text| d.take_keys(text) },
        help: "API keys. There is no flag for them, since every user of a machine can read command lines.",
        ..ROW
    },
    Setting {
        section: Section::Authentication,
        flag: Some("api-keys-file"),
        variable: Some("MCP_API_KEYS_FILE"),
        value: "PATH",
        takes: Takes::Path {
            allowed: "the path of a file",
            set: |d, path| d.config.key_sources.file = Some(path),
        },
        help: "File of API keys: one a line with # comments, or JSON. SIGHUP reads it again.",
        ..ROW
    },
    Setting {
        section: Section::Authentication,
        variable: Some("CREDENTIALS_DIRECTORY"),
        value: "PATH",
        takes: Takes::Path {
            allowed: "the path of a folder",
            set: |d, path| d.config.key_sources.credential = Some(path.join("api-keys")),
        },
        help: "Set by systemd. When the folder holds a credential api-keys, it is read like a file of API keys.",
        ..ROW
    },
    Setting {
        section: Section::Authentication,
        variable: Some("MCP_AUTH_REQUIRED"),
        value: "BOOL",
        default: "true",
        takes: Takes::Truth(|d, yes| d.config.auth_required = yes),
        help: "Whether HTTP clients must show an API key. Without, only loopback is served.",
        ..ROW
    },
    Setting {
        section: Section::Authentication,
        flag: Some("allow-unauthenticated-remote"),
        takes: Takes::Nothing(|d| d.allow_remote = true),
        help: "Serve other machines even when MCP_AUTH_REQUIRED=false.",
        ..ROW
    },
    Setting {
        section: Section::Sessions,
        flag: Some("session-timeout"),
        variable: Some("SSE_SESSION_TIMEOUT"),
        value: "SECONDS",
        default: "300",
        takes: Takes::Seconds { min: 0.05, max: 86_400.0, set: |d, t| d.config.session_timeout = t },
        help: "A session without requests and without a stream ends after this time.",
        ..ROW
    },
    Setting {
        section: Section::Sessions,
        flag: Some("heartbeat-interval"),
        variable: Some("SSE_HEARTBEAT_INTERVAL"),
        value: "SECONDS",
        default: "30",
        takes: Takes::Seconds { min: 0.05, max: 3_600.0, set: |d, t| d.config.heartbeat = t },
        help: "Time between the comment lines that keep a quiet stream open.",
        ..ROW
    },
    Setting {
        section: Section::Sessions,
        flag: Some("max-sessions"),
        variable: Some("MCP_MAX_SESSIONS"),
        value: "N",
        default: "10000",
        takes: Takes::Whole { min: 1, max: 1_000_000, set: |d, n| d.config.max_sessions = n },
        help: "Open sessions in total; a client that wants one more is answered 503.",
        ..ROW
    },
    Setting {
        section: Section::Sessions,
        flag: Some("page-size"),
        variable: Some("MCP_PAGE_SIZE"),
        value: "N",
        default: "1000",
        takes: Takes::Whole { min: 1, max: 100_000, set: |d, n| d.config.page = n },
        help: "Entries of one page of a list. Many clients read only the first page.",
        ..ROW
    },
    Setting {
        section: Section::Sessions,
        flag: Some("drain-timeout"),
        variable: Some("MCP_DRAIN_TIMEOUT"),
        value: "SECONDS",
        default: "10",
        takes: Takes::Seconds { min: 0.0, max: 3_600.0, set: |d, t| d.config.drain = t },
        help: "How long running requests may take to finish after SIGTERM or SIGINT.",
        ..ROW
    },
    Setting {
        section: Section::Browsers,
        flag: Some("cors-origins"),
        variable: Some("MCP_CORS_ORIGINS"),
        value: "ORIGIN,…",
        default: "*",
        takes: Takes::Text { allowed: Origins::ALLOWED, set: set_cors },
        help: "Web pages that may call this server. A list also refuses requests from other origins with 403.",
        ..ROW
    },
    Setting {
        section: Section::Browsers,
        flag: Some("allowed-hosts"),
        variable: Some("MCP_ALLOWED_HOSTS"),
        value: "HOST,…",
        takes: Takes::Text { allowed: Hosts::ALLOWED, set: set_hosts },
        help: "Names that clients may call this server by (Host header); others are answered 403. \
               Without a list names are checked only when authentication is off.",
        ..ROW
    },
    Setting {
        section: Section::Limits,
        flag: Some("http-workers"),
        variable: Some("MCP_HTTP_WORKERS"),
        value: "N",
        default: "2 a core, 4 to 64",
        takes: Takes::Whole { min: 1, max: 1_024, set: |d, n| d.config.limits.workers = n },
        help: "Threads that serve requests.",
        ..ROW
    },
    Setting {
        section: Section::Limits,
        flag: Some("max-connections"),
        variable: Some("MCP_MAX_CONNECTIONS"),
        value: "N",
        default: "20000",
        takes: Takes::Whole { min: 1, max: 1_000_000, set: |d, n| d.config.limits.connections = n },
        help: "Open connections in total; more are shed with 503.",
        ..ROW
    },
    Setting {
        section: Section::Limits,
        flag: Some("max-connections-per-peer"),
        variable: Some("MCP_MAX_CONNECTIONS_PER_PEER"),
        value: "N",
        default: "1000",
        takes: Takes::Whole { min: 1, max: 1_000_000, set: |d, n| d.config.limits.connections_per_peer = n },
        help: "Open connections of one address; loopback and Unix sockets are exempt.",
        ..ROW
    },
    Setting {
        section: Section::Limits,
        flag: Some("max-head-bytes"),
        variable: Some("MCP_MAX_HEAD_BYTES"),
        value: "N",
        default: "16384",
        takes: Takes::Whole { min: 512, max: 1_048_576, set: |d, n| d.config.limits.head_bytes = n },
        help: "Bytes of request line and headers together; more is answered 431 (414 for the line alone).",
        ..ROW
    },
    Setting {
        section: Section::Limits,
        flag: Some("max-body-bytes"),
        variable: Some("MCP_MAX_BODY_BYTES"),
        value: "N",
        default: "4194304",
        takes: Takes::Whole { min: 512, max: 1_073_741_824, set: |d, n| d.config.limits.body_bytes = n },
        help: "Bytes of a request body; more is answered 413.",
        ..ROW
    },
    Setting {
        section: Section::Limits,
        flag: Some("head-timeout"),
        variable: Some("MCP_HEAD_TIMEOUT"),
        value: "SECONDS",
        default: "10",
        takes: Takes::Seconds { min: 0.05, max: 3_600.0, set: |d, t| d.config.limits.head_time = t },
        help: "From the first byte of a request's head to its last; later is answered 408.",
        ..ROW
    },
    Setting {
        section: Section::Limits,
        flag: Some("body-timeout"),
        variable: Some("MCP_BODY_TIMEOUT"),
        value: "SECONDS",
        default: "30",
        takes: Takes::Seconds { min: 0.05, max: 3_600.0, set: |d, t| d.config.limits.body_time = t },
        help: "From the end of the head to the end of the body; later is answered 408.",
        ..ROW
    },
    Setting {
        section: Section::Limits,
        flag: Some("idle-timeout"),
        variable: Some("MCP_IDLE_TIMEOUT"),
        value: "SECONDS",
        default: "75",
        takes: Takes::Seconds { min: 0.05, max: 86_400.0, set: |d, t| d.config.limits.idle_time = t },
        help: "A connection without a request is closed after this time.",
        ..ROW
    },
    Setting {
        section: Section::Limits,
        flag: Some("write-timeout"),
        variable: Some("MCP_WRITE_TIMEOUT"),
        value: "SECONDS",
        default: "20",
        takes: Takes::Seconds { min: 0.05, max: 3_600.0, set: |d, t| d.config.limits.write_stall = t },
        help: "A client that takes none of its answer for this time is given up.",
        ..ROW
    },
];

fn set_http(draft: &mut Draft, text: &str) -> Result<(), String> {
    draft.http = Some(text.parse()?);
    Ok(())
}

fn set_log_level(draft: &mut Draft, text: &str) -> Result<(), String> {
    draft.config.log_level = values::log_level(text)?;
    Ok(())
}

/// Which names there are is known when the tools are: [`crate::server::run`] judges them.
fn set_toolsets(draft: &mut Draft, text: &str) -> Result<(), String> {
    text.clone_into(&mut draft.config.toolsets);
    Ok(())
}

#[cfg(feature = "tiny-http")]
fn set_engine(draft: &mut Draft, text: &str) -> Result<(), String> {
    draft.config.http_engine = text.parse()?;
    Ok(())
}

fn set_cors(draft: &mut Draft, text: &str) -> Result<(), String> {
    draft.config.cors = text.parse()?;
    Ok(())
}

fn set_hosts(draft: &mut Draft, text: &str) -> Result<(), String> {
    draft.config.allowed_hosts = Some(text.parse()?);
    Ok(())
}
