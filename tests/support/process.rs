//! The server as a child process: over HTTP, over pipes, or just to see how it ends.

use super::{Client, GUARD, eventually, fixture};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::SocketAddr;
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Output};
use std::sync::{Arc, Mutex};
use std::time::Instant;

const BINARY: &str = env!("CARGO_BIN_EXE_businessmath-mcp-server");

/// The binary with a clean environment: what the caller has set must not decide a test.
fn command(args: &[&str], env: &[(&str, &str)]) -> Command {
    let mut command = Command::new(BINARY);
    command.env_clear().args(args).envs(env.iter().copied());
    if let Ok(engine) = std::env::var("TEST_HTTP_ENGINE") {
        command.env("MCP_HTTP_ENGINE", engine);
    }
    command
}

/// Which server is started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Program {
    /// The product.
    Real,
    /// The one with tools that take long, ask and tell.
    Fixture,
}

impl Program {
    fn command(self, args: &[&str], env: &[(&str, &str)]) -> Command {
        match self {
            Self::Real => command(args, env),
            Self::Fixture => fixture::command(args, env),
        }
    }
}

/// A server over HTTP on a free port of loopback.
pub struct Server {
    child: Child,
    pub address: SocketAddr,
    log: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// With authentication off.
    pub fn open() -> Self {
        Self::start(&[("MCP_AUTH_REQUIRED", "false")])
    }

    /// With the one key of the tests.
    pub fn keyed() -> Self {
        Self::start(&[("MCP_API_KEYS", super::KEY)])
    }

    pub fn start(env: &[(&str, &str)]) -> Self {
        Self::start_at("127.0.0.1:0", env)
    }

    /// The fixture server, with authentication off unless keys are given.
    pub fn fixture(env: &[(&str, &str)]) -> Self {
        let mut env = env.to_vec();
        if !env.iter().any(|(name, _)| name.starts_with("MCP_API_KEYS")) {
            env.push(("MCP_AUTH_REQUIRED", "false"));
        }
        Self::spawn(Program::Fixture, "127.0.0.1:0", &env)
    }

    pub fn start_at(listen: &str, env: &[(&str, &str)]) -> Self {
        Self::spawn(Program::Real, listen, env)
    }

    fn spawn(program: Program, listen: &str, env: &[(&str, &str)]) -> Self {
        let mut env = env.to_vec();
        if !env.iter().any(|(name, _)| *name == "LOG_LEVEL") {
            env.push(("LOG_LEVEL", "debug"));
        }
        let mut child = program
            .command(&["--http", listen], &env)
            .stdin(std::process::Stdio::null())
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        let log = followed(child.stderr.take().unwrap());
        let mut server = Self { child, address: SocketAddr::from(([127, 0, 0, 1], 0)), log };
        server.await_address();
        server
    }

    fn await_address(&mut self) {
        let start = Instant::now();
        loop {
            if let Some(line) = self.log().into_iter().find(|line| line.contains(" listening on ")) {
                let text = line.split(" listening on ").nth(1).unwrap().split(',').next().unwrap();
                self.address = text.parse().unwrap_or(self.address);
                return;
            }
            let ended = self.child.try_wait().unwrap();
            assert!(ended.is_none() && start.elapsed() < GUARD, "no start: {ended:?} {:?}", self.log());
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
    }

    pub fn client(&self) -> Client {
        Client::connect(self.address)
    }

    /// One request on a connection of its own.
    pub fn once(&self, request: &str) -> super::Answer {
        self.client().send(request)
    }

    pub fn log(&self) -> Vec<String> {
        self.log.lock().unwrap().clone()
    }

    pub fn await_log(&self, text: &str) {
        eventually(&format!("a log line with {text:?}"), || {
            self.log().iter().any(|line| line.contains(text))
        });
    }

    pub fn signal(&self, name: &str) {
        let status = Command::new("kill").args([&format!("-{name}"), &self.child.id().to_string()]).status();
        assert!(status.unwrap().success());
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// The exit status, when the process has been told to end.
    pub fn ended(mut self) -> ExitStatus {
        guarded_wait(&mut self.child)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn followed(stream: impl Read + Send + 'static) -> Arc<Mutex<Vec<String>>> {
    let log = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&log);
    std::thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            sink.lock().unwrap().push(line);
        }
    });
    log
}

fn guarded_wait(child: &mut Child) -> ExitStatus {
    let mut status = None;
    eventually("the end of the process", || {
        status = child.try_wait().unwrap();
        status.is_some()
    });
    status.unwrap()
}

/// A server over pipes.
pub struct Stdio {
    child: Child,
    input: Option<ChildStdin>,
    lines: crossbeam_channel::Receiver<String>,
}

impl Stdio {
    pub fn start() -> Self {
        Self::spawn(Program::Real)
    }

    pub fn fixture() -> Self {
        Self::spawn(Program::Fixture)
    }

    fn spawn(program: Program) -> Self {
        let mut child = program
            .command(&[], &[])
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        let (input, lines) = (child.stdin.take(), lines_of(child.stdout.take().unwrap()));
        if program == Program::Fixture {
            fixture::skip_preamble(&lines);
        }
        Self { child, input, lines }
    }

    pub fn send(&mut self, line: &str) {
        let input = self.input.as_mut().unwrap();
        input.write_all(line.as_bytes()).unwrap();
        input.write_all(b"\n").unwrap();
    }

    pub fn next(&self) -> serde_json::Value {
        serde_json::from_str(&self.lines.recv_timeout(GUARD).unwrap()).unwrap()
    }

    pub fn ask(&mut self, line: &str) -> serde_json::Value {
        self.send(line);
        self.next()
    }

    /// Closes the input and goes on.
    pub fn close(&mut self) {
        drop(self.input.take());
    }

    pub fn signal(&self, name: &str) {
        let status = Command::new("kill").args([&format!("-{name}"), &self.pid().to_string()]).status();
        assert!(status.unwrap().success());
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Closes the input; the rest of the output and how the process ended.
    pub fn finish(mut self) -> (Vec<String>, ExitStatus) {
        drop(self.input.take());
        self.wait()
    }

    /// As [`finish`](Self::finish) with the input left open.
    pub fn wait(mut self) -> (Vec<String>, ExitStatus) {
        let status = guarded_wait(&mut self.child);
        (self.lines.iter().collect(), status)
    }
}

impl Drop for Stdio {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn lines_of(output: ChildStdout) -> crossbeam_channel::Receiver<String> {
    let (sender, lines) = crossbeam_channel::unbounded();
    std::thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            let _ = sender.send(line);
        }
    });
    lines
}

/// Runs the binary to its end, for settings that keep it from serving.
pub fn exit_of(args: &[&str], env: &[(&str, &str)]) -> Output {
    let mut child = command(args, env)
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    guarded_wait(&mut child);
    child.wait_with_output().unwrap()
}
