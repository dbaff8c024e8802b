//! Tests of loading: precedence, bounds of every row, all errors at once.

use super::*;
use crate::auth::KeyId;
use crate::cli::Takes;
use std::collections::HashMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

const KEY: &str = "a-key-that-is-long-enough";

fn load(args: &[&str], env: &[(&str, &str)]) -> Result<Config, ConfigError> {
    let env: HashMap<&str, &str> = env.iter().copied().collect();
    let lookup = |name: &str| env.get(name).map(OsString::from);
    match Config::load(args.iter().map(OsString::from), &lookup)? {
        Command::Run(config) => Ok(*config),
        other => panic!("{other:?}"),
    }
}

fn error(args: &[&str], env: &[(&str, &str)]) -> (u8, String) {
    let error = load(args, env).unwrap_err();
    (error.exit_code(), error.to_string())
}

/// A file of this text that only its owner reads, in a folder of this test's own.
fn file(test: &str, name: &str, text: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("bm-config-{}-{test}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    fs::write(&path, text).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    path
}

#[test]
fn nothing_given_is_stdio_with_defaults() {
    let config = load(&[], &[]).unwrap();
    assert_eq!(config.listen, None);
    assert_eq!(format!("{config:?}"), format!("{:?}", Config::default()));
}

#[test]
fn the_defaults_of_the_table_are_those_of_the_config() {
    for row in SETTINGS.iter().filter(|row| !row.default.is_empty() && row.flag != Some("http-workers")) {
        let mut draft = Draft::default();
        row.apply(&mut draft, row.default.as_ref()).unwrap();
        assert_eq!(format!("{:?}", draft.config), format!("{:?}", Config::default()), "{}", row.default);
    }
}

#[test]
fn every_row_is_complete_and_named_once() {
    for row in SETTINGS {
        assert!(row.flag.is_some() || row.variable.is_some(), "{}", row.help);
        assert_eq!(row.takes_value(), !row.value.is_empty(), "{}", row.help);
        assert!(!row.help.is_empty());
        assert_ne!(row.takes_value(), row.allowed().is_empty());
        let same = |other: &&Setting| {
            row.flag.is_some() && row.flag == other.flag
                || row.variable.is_some() && row.variable == other.variable
        };
        assert_eq!(SETTINGS.iter().filter(same).count(), 1, "{:?}{:?}", row.flag, row.variable);
    }
}

#[test]
fn every_bound_is_held_by_flag_and_variable() {
    for row in SETTINGS {
        let (good, bad): (Vec<String>, Vec<String>) = match row.takes {
            Takes::Whole { min, max, .. } => (
                vec![min.to_string(), max.to_string(), format!(" {min} ")],
                vec![
                    format!("{}", max + 1),
                    "-1".into(),
                    "+5".into(),
                    "1.5".into(),
                    "x".into(),
                    "9".repeat(30),
                ],
            ),
            Takes::Seconds { min, max, .. } => (
                vec![min.to_string(), max.to_string(), "0.2".into()],
                vec![
                    format!("{}", max + 0.1),
                    "-1".into(),
                    "1e1".into(),
                    "inf".into(),
                    "NaN".into(),
                    "1.2.3".into(),
                    "5s".into(),
                ],
            ),
            Takes::Truth(_) => (
                ["true", "FALSE", "1", "0", "Yes", "nO"].map(String::from).into(),
                ["on", "2", "truee"].map(String::from).into(),
            ),
            _ => continue,
        };
        let name = row.flag.or(row.variable).unwrap();
        for value in &good {
            assert_eq!(row.apply(&mut Draft::default(), value.as_ref()), Ok(()), "{name} {value}");
        }
        for value in &bad {
            let text = row.apply(&mut Draft::default(), value.as_ref()).unwrap_err();
            assert!(
                text.starts_with(&format!("{value:?} ")) && text.ends_with(&row.allowed()),
                "{name}: {text}"
            );
        }
        let below = match row.takes {
            Takes::Whole { min, .. } if min > 0 => (min - 1).to_string(),
            Takes::Seconds { min, .. } if min > 0.0 => (min - 0.01).to_string(),
            _ => continue,
        };
        assert!(row.apply(&mut Draft::default(), below.as_ref()).is_err(), "{name} {below}");
    }
}

#[test]
fn every_row_reaches_the_config() {
    for row in SETTINGS {
        let value = match row.takes {
            Takes::Whole { max, .. } => max.to_string(),
            Takes::Seconds { max, .. } => max.to_string(),
            Takes::Truth(_) => "false".into(),
            _ => continue,
        };
        let mut draft = Draft::default();
        row.apply(&mut draft, value.as_ref()).unwrap();
        let changed =
            format!("{:?}", draft.config) != format!("{:?}", Config::default()) || draft.http_port.is_some();
        assert!(changed, "{:?}", row.flag.or(row.variable));
    }
}

#[test]
fn a_flag_wins_over_its_variable_and_empty_counts_as_unset() {
    let env = [("SSE_SESSION_TIMEOUT", "7"), ("LOG_LEVEL", "Warn"), ("SSE_HEARTBEAT_INTERVAL", "")];
    let config = load(&["--session-timeout", "0.2"], &env).unwrap();
    assert_eq!(config.session_timeout, Duration::from_millis(200));
    assert_eq!(config.heartbeat, Duration::from_secs(30));
    assert_eq!(config.log_level, LevelFilter::Warn);
    assert_eq!(load(&["-v"], &env).unwrap().log_level, LevelFilter::Debug);
    assert_eq!(load(&["-v", "--log-level=error"], &env).unwrap().log_level, LevelFilter::Error);
    assert_eq!(
        load(&["--session-timeout", "5"], &[("SSE_SESSION_TIMEOUT", "x")]).unwrap().session_timeout.as_secs(),
        5
    );
}

#[test]
fn the_port_of_the_environment_overrides_the_flag() {
    let key = ("MCP_API_KEYS", KEY);
    let listen = |args: &[&str], port| load(args, &[key, ("MCP_HTTP_PORT", port)]).unwrap().listen.unwrap();
    assert_eq!(listen(&[], "9000"), Listen::Everywhere { port: 9000 });
    assert_eq!(listen(&["--http", "8080"], "9000"), Listen::Everywhere { port: 9000 });
    assert_eq!(
        listen(&["--http", "10.0.0.1:8080"], "9000"),
        Listen::Address("10.0.0.1:9000".parse().unwrap())
    );
    assert_eq!(
        load(&["--http", "8080"], &[key, ("MCP_HTTP_PORT", "")]).unwrap().listen,
        Some(Listen::Everywhere { port: 8080 })
    );
    let (code, text) = error(&["--http", "unix:/run/x"], &[key, ("MCP_HTTP_PORT", "9000")]);
    assert_eq!((code, text.starts_with("MCP_HTTP_PORT: ")), (78, true), "{text}");
}

#[test]
fn without_authentication_only_loopback_is_served() {
    let off = [("MCP_AUTH_REQUIRED", "No")];
    let config = load(&["--http", "8080"], &off).unwrap();
    assert_eq!(config.listen, Some(Listen::Loopback { port: 8080 }));
    assert!(
        config.checked_hosts().unwrap().allows("localhost:8080")
            && !config.origin_allowed("https://evil.example")
    );
    let (code, text) = error(&["--http", "0.0.0.0:8080"], &off);
    assert!(
        code == 78 && text.contains("--allow-unauthenticated-remote") && text.contains("0.0.0.0:8080"),
        "{text}"
    );
    let config = load(&["--http", "8080", "--allow-unauthenticated-remote"], &off).unwrap();
    assert_eq!((config.listen, config.warnings.len()), (Some(Listen::Everywhere { port: 8080 }), 1));
    assert!(load(&["--http", "unix:/run/x"], &off).unwrap().warnings.is_empty());
}

#[test]
fn no_key_over_http_names_the_three_ways_out() {
    for keys in ["", " , "] {
        let (code, text) = error(&["--http", "8080"], &[("MCP_API_KEYS", keys)]);
        assert_eq!(code, 78);
        for way in ["MCP_API_KEYS", "MCP_API_KEYS_FILE", "MCP_AUTH_REQUIRED=false"] {
            assert!(text.contains(way), "{text}");
        }
    }
    assert!(load(&[], &[("MCP_API_KEYS_FILE", "/missing")]).unwrap().keys.is_empty());
}

#[test]
fn everything_wrong_is_reported_at_once_and_no_key_is_repeated() {
    let env = [
        ("LOG_LEVEL", "loud"),
        ("SSE_SESSION_TIMEOUT", "0"),
        ("MCP_AUTH_REQUIRED", "perhaps"),
        ("MCP_API_KEYS", "the-secret-key-of-this-test"),
        ("MCP_API_KEYS_FILE", "/missing/keys"),
        ("MCP_CORS_ORIGINS", "example.org"),
    ];
    let (code, text) = error(&["--http", "8080"], &env);
    assert_eq!((code, text.lines().count()), (78, 5), "{text}");
    assert!(
        text.contains("LOG_LEVEL: \"loud\" is not a level; allowed: debug, info, warning or error"),
        "{text}"
    );
    assert!(text.contains("/missing/keys") && !text.contains("secret"), "{text}");
    let (code, text) = error(&["--bogus", "--max-sessions", "0"], &env);
    assert!(
        code == 2 && text.contains("--bogus") && text.contains("--max-sessions: \"0\" is out of bounds"),
        "{text}"
    );
}

#[test]
fn keys_of_all_sources_are_united_and_read_again() {
    let lines = file("united", "keys.txt", "# file\nkey-of-the-file-0123456789\n");
    let folder = file("united", "api-keys", "key-of-the-credential-01234").parent().unwrap().to_owned();
    let env = [
        ("MCP_API_KEYS", KEY),
        ("MCP_API_KEYS_FILE", lines.to_str().unwrap()),
        ("CREDENTIALS_DIRECTORY", folder.to_str().unwrap()),
    ];
    let config = load(&["--http", "8080"], &env).unwrap();
    assert_eq!((config.keys.len(), config.warnings.len()), (3, 0), "{:?}", config.warnings);
    fs::write(&lines, "another-key-of-the-file-0123\nshort").unwrap();
    fs::set_permissions(&lines, fs::Permissions::from_mode(0o644)).unwrap();
    let again = config.reload_keys().unwrap();
    assert!(
        again.keys.find(b"another-key-of-the-file-0123").is_some()
            && again.keys.find(KEY.as_bytes()).is_some()
    );
    assert_eq!(again.keys.find(b"key-of-the-file-0123456789"), None);
    assert_eq!(again.warnings.len(), 2, "{:?}", again.warnings);
    fs::write(&lines, "{").unwrap();
    assert!(config.reload_keys().unwrap_err().to_string().contains("is not JSON"));
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_reload_never_leaves_a_guarded_server_without_keys() {
    let path = file("emptied", "keys.txt", KEY);
    let config = load(&["--http", "8080", "--api-keys-file", path.to_str().unwrap()], &[]).unwrap();
    fs::write(&path, "# all gone\n").unwrap();
    assert!(config.reload_keys().is_err());
    fs::remove_dir_all(path.parent().unwrap()).unwrap();
}

#[test]
fn a_missing_credential_is_no_error() {
    let config =
        load(&["--http", "1"], &[("CREDENTIALS_DIRECTORY", "/missing"), ("MCP_API_KEYS", KEY)]).unwrap();
    assert_eq!(config.keys.find(KEY.as_bytes()), Some(KeyId::of(KEY.as_bytes())));
    assert!(!format!("{config:?}").contains(KEY));
}

#[test]
fn help_and_version_win_over_whatever_is_wrong() {
    let ask = |word: &str| {
        let bad = |name: &str| (name == "LOG_LEVEL").then(|| "loud".into());
        Config::load([word.into(), "--bogus".into()].into_iter(), &bad).unwrap()
    };
    assert!(matches!(ask("-h"), Command::Help(text) if text == cli::help()));
    assert!(matches!(ask("--version"), Command::Version(text) if text == cli::version()));
}

#[test]
fn values_that_are_not_text_are_refused_without_harm() {
    use std::os::unix::ffi::OsStringExt;
    let bytes = || OsString::from_vec(b"info\xff".to_vec());
    let env = |name: &str| matches!(name, "LOG_LEVEL" | "MCP_API_KEYS").then(bytes);
    let error = Config::load(std::iter::empty(), &env).unwrap_err().to_string();
    assert!(error.contains("LOG_LEVEL: \"info\u{fffd}\" is not UTF-8 text"), "{error}");
    assert!(error.contains("MCP_API_KEYS: the value is not UTF-8 text"), "{error}");
}

#[cfg(feature = "tiny-http")]
#[test]
fn the_engine_can_be_chosen() {
    assert_eq!(load(&[], &[]).unwrap().http_engine, HttpEngine::Own);
    assert_eq!(load(&["--http-engine", "tiny-http"], &[]).unwrap().http_engine, HttpEngine::TinyHttp);
    assert_eq!(error(&["--http-engine", "other"], &[]).0, 2);
}
