//! What is a request and what is refused.

use std::time::Duration;

use super::rig::{Client, Rig, short};

const HOST: &str = "Host: a\r\n";

/// Raw request → status; `@` stands for a valid Host line.
const TABLE: &[(&str, u16)] = &[
    // Plain requests.
    ("GET / HTTP/1.1\r\n@\r\n", 200),
    ("GET / HTTP/1.0\r\n\r\n", 200),
    ("\r\n\r\nGET / HTTP/1.1\r\n@\r\n", 200),
    ("DELETE /x HTTP/1.1\r\n@\r\n", 200),
    ("TRACE /x HTTP/1.1\r\n@\r\n", 200),
    ("GET /x HTTP/1.1\r\n@X-High: \u{e9}\u{fc}\r\nX-Empty:\r\nX-Tab: a\tb\r\n\r\n", 200),
    // Lengths.
    ("POST / HTTP/1.1\r\n@Content-Length: 2\r\n\r\nab", 200),
    ("POST / HTTP/1.1\r\n@Content-Length: 0\r\n\r\n", 200),
    ("POST / HTTP/1.1\r\n@Content-Length: 0000000000000000000000002\r\n\r\nab", 200),
    ("GET / HTTP/1.1\r\n@Content-Length: 2\r\n\r\nab", 200),
    ("POST / HTTP/1.1\r\n@\r\n", 411),
    ("PUT / HTTP/1.1\r\n@\r\n", 411),
    ("PATCH / HTTP/1.1\r\n@\r\n", 411),
    ("POST / HTTP/1.0\r\n\r\n", 411),
    ("POST / HTTP/1.1\r\n@Content-Length: 1000000000000000\r\n\r\n", 413),
    ("POST / HTTP/1.1\r\n@Content-Length: 18446744073709551615\r\n\r\n", 413),
    ("POST / HTTP/1.1\r\n@Content-Length: 99999999999999999999\r\n\r\n", 413),
    ("POST / HTTP/1.1\r\n@Content-Length: 1001\r\nExpect: 100-continue\r\n\r\n", 413),
    ("POST / HTTP/1.1\r\n@Content-Length: -1\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\n@Content-Length: +5\r\n\r\nabcde", 400),
    ("POST / HTTP/1.1\r\n@Content-Length: 5, 5\r\n\r\nabcde", 400),
    ("POST / HTTP/1.1\r\n@Content-Length: 0x24\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\n@Content-Length:\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\n@Content-Length: 1 1\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\n@Content-Length: 1\r\nContent-Length: 1\r\n\r\na", 400),
    ("POST / HTTP/1.1\r\n@Content-Length: 1\r\nContent-Length: 2\r\n\r\na", 400),
    // Transfer codings.
    ("POST / HTTP/1.1\r\n@Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 200),
    ("POST / HTTP/1.1\r\n@Transfer-Encoding: CHUNKED\r\n\r\n1\r\na\r\n0\r\nT: x\r\n\r\n", 200),
    ("POST / HTTP/1.1\r\n@Transfer-Encoding: identity\r\n\r\n", 501),
    ("POST / HTTP/1.1\r\n@Transfer-Encoding: xchunked\r\n\r\n", 501),
    ("POST / HTTP/1.1\r\n@Transfer-Encoding: gzip, chunked\r\n\r\n", 501),
    ("POST / HTTP/1.1\r\n@Transfer-Encoding: chunked, chunked\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\n@Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\n@Transfer-Encoding:\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\n@Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\n@Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
    ("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\n@Transfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
    ("POST / HTTP/1.1\r\n@Transfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n", 400),
    ("POST / HTTP/1.1\r\n@Transfer-Encoding: chunked\r\n\r\n3e9\r\n", 413),
    ("POST / HTTP/1.1\r\n@Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n", 400),
    // Versions.
    ("GET / HTTP/1.2\r\n@\r\n", 505),
    ("GET / HTTP/2.0\r\n@\r\n", 505),
    ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
    ("GET / HTTP/0.9\r\n\r\n", 400),
    ("GET /\r\n\r\n", 400),
    ("GET / HTTP/1.1x\r\n@\r\n", 400),
    ("GET / http/1.1\r\n@\r\n", 400),
    // Lines and headers.
    ("GET / HTTP/1.1\nHost: a\n\n", 400),
    ("GET / HTTP/1.1\r\nHost: a\n\r\n", 400),
    ("GET / HTTP/1.1\r\n@X: a\r\n b\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\n X: a\r\n@\r\n", 400),
    ("GET / HTTP/1.1\r\n@X : a\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\n@no colon\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\n@: empty name\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\n@X: a\rb\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\n@X: a\0b\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\n@X: a\u{1b}b\r\n\r\n", 400),
    ("G\0T", 400),
    ("\u{16}\u{3}\u{1}\u{2}\0\u{1}\0", 400),
    ("\r\n\r\n\r\n\r\n\r\n\r\n", 400),
    ("\n", 400),
    ("GET  / HTTP/1.1\r\n@\r\n", 400),
    ("G(T / HTTP/1.1\r\n@\r\n", 400),
    // Host.
    ("GET / HTTP/1.1\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\n@@\r\n", 400),
    ("GET / HTTP/1.0\r\n@@\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: a:80\r\n\r\n", 200),
    ("GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n", 200),
    ("GET / HTTP/1.1\r\nHost: a, b\r\n\r\n", 400),
    // Targets.
    ("GET http://a/x?y HTTP/1.1\r\n@\r\n", 200),
    ("GET http://b/x HTTP/1.1\r\n@\r\n", 400),
    ("OPTIONS * HTTP/1.1\r\n@\r\n", 200),
    ("GET * HTTP/1.1\r\n@\r\n", 400),
    ("GET x HTTP/1.1\r\n@\r\n", 400),
    ("GET /\u{e9} HTTP/1.1\r\n@\r\n", 400),
    ("GET /../%00%2e HTTP/1.1\r\n@\r\n", 200),
    ("CONNECT a:80 HTTP/1.1\r\n@\r\n", 400),
    // Expectations.
    ("POST / HTTP/1.1\r\n@Content-Length: 1\r\nExpect: 200-ok\r\n\r\na", 417),
];

#[test]
fn the_table_of_framing() {
    let rig = Rig::with(super::super::Limits { body_bytes: 1000, ..Default::default() });
    for (raw, status) in TABLE {
        let raw = raw.replace('@', HOST);
        let answer = rig.ask(raw.as_bytes());
        assert_eq!(answer.as_ref().map(|a| a.status), Some(*status), "{}", raw.escape_debug());
        let refused = answer.unwrap();
        if *status != 200 {
            assert_eq!(refused.header("Connection"), Some("close"), "{}", raw.escape_debug());
        }
    }
}

fn padded(length: usize) -> Vec<u8> {
    vec![b'x'; length]
}

#[test]
fn heads_are_bounded() {
    let rig = Rig::new();
    let line = [b"GET /".as_slice(), &padded(1 << 20)].concat();
    assert_eq!(rig.ask(&line).unwrap().status, 414);
    let header = [b"GET / HTTP/1.1\r\nX: ".as_slice(), &padded(1 << 20)].concat();
    assert_eq!(rig.ask(&header).unwrap().status, 431);
    let many = [b"GET / HTTP/1.1\r\n".as_slice(), &b"A: b\r\n".repeat(50_000)].concat();
    assert_eq!(rig.ask(&many).unwrap().status, 431);
    let just = format!("GET / HTTP/1.1\r\nHost: a\r\n{}\r\n", "A: b\r\n".repeat(99));
    assert_eq!(rig.ask(just.as_bytes()).unwrap().status, 200);
    let over = format!("GET / HTTP/1.1\r\nHost: a\r\n{}\r\n", "A: b\r\n".repeat(100));
    assert_eq!(rig.ask(over.as_bytes()).unwrap().status, 431);
}

#[test]
fn the_parts_of_a_request_arrive() {
    let rig = Rig::new();
    let raw = "POST /a%20b?c=d&e HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello";
    assert_eq!(rig.ask(raw.as_bytes()).unwrap().text(), "Post /a%20b c=d&e hello");
    let raw = "GET http://a?q HTTP/1.1\r\nHost: a\r\n\r\n";
    assert_eq!(rig.ask(raw.as_bytes()).unwrap().text(), "Get / q ");
}

#[test]
fn a_request_split_anywhere_is_the_same() {
    let rig = Rig::new();
    let chunked = "POST /c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nWiki\r\n5;x=y\r\npedia\r\n0\r\nT: t\r\n\r\n";
    let plain = "POST /c HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nWikipedia";
    for raw in [chunked, plain] {
        let mut client = rig.client();
        client.stream.set_nodelay(true).unwrap();
        for at in (1..raw.len()).step_by(3) {
            client.send(&raw[..at]);
            std::thread::sleep(Duration::from_millis(1));
            client.send(&raw[at..]);
            assert_eq!(client.answer().unwrap().text(), "Post /c  Wikipedia", "split at {at}");
        }
        for byte in raw.as_bytes() {
            client.send([*byte]);
        }
        assert_eq!(client.answer().unwrap().text(), "Post /c  Wikipedia");
    }
}

#[test]
fn pipelined_requests_are_answered_in_order() {
    let rig = Rig::new();
    let mut client = rig.client();
    let mut raw = String::new();
    for n in 0..100 {
        raw += &format!("GET /{n} HTTP/1.1\r\nHost: a\r\n\r\n");
        raw += &format!(
            "POST /{n} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n"
        );
    }
    client.send(raw);
    for n in 0..100 {
        assert_eq!(client.answer().unwrap().text(), format!("Get /{n}  "));
        assert_eq!(client.answer().unwrap().text(), format!("Post /{n}  ab"));
    }
}

#[test]
fn pipelined_requests_wait_for_an_answer_from_elsewhere() {
    let rig = Rig::new();
    let mut client = rig.client();
    client.send("GET /later HTTP/1.1\r\nHost: a\r\n\r\nGET /next HTTP/1.1\r\nHost: a\r\n\r\n");
    assert_eq!(client.answer().unwrap().text(), "later");
    assert_eq!(client.answer().unwrap().text(), "Get /next  ");
}

#[test]
fn pipelining_without_reading_is_survived() {
    let rig = Rig::new();
    let mut client = rig.client();
    let raw = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n".repeat(1000);
    client.stream.set_write_timeout(Some(Duration::from_millis(200))).unwrap();
    let mut sent = 0;
    while sent < 100 && std::io::Write::write_all(&mut client.stream, &raw).is_ok() {
        sent += 1;
    }
    assert_eq!(rig.ask(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").unwrap().status, 200);
    assert_eq!(client.answer().unwrap().status, 200);
}

#[test]
fn leave_to_send_a_body() {
    let rig = Rig::new();
    let mut client = rig.client();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
    assert!(client.head().unwrap().starts_with("HTTP/1.1 100 Continue\r\n"));
    client.send("ab");
    assert_eq!(client.answer().unwrap().text(), "Post /  ab");
    // Whoever sends at once is not told to.
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\nab");
    assert_eq!(client.answer().unwrap().status, 200);
}

#[test]
fn head_has_the_length_and_no_body() {
    let rig = Rig::new();
    let mut client = rig.client();
    client.send("HEAD /x HTTP/1.1\r\nHost: a\r\n\r\n");
    let head = client.answer_of(true).unwrap();
    assert_eq!(head.header("Content-Length"), Some("9"));
    client.send("GET /y HTTP/1.1\r\nHost: a\r\n\r\n");
    assert_eq!(client.answer().unwrap().text(), "Get /y  ");
}

#[test]
fn connections_end_and_go_on_as_asked() {
    let table = [
        ("GET / HTTP/1.1\r\nHost: a\r\n\r\n", None, true),
        ("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", Some("close"), false),
        ("GET / HTTP/1.1\r\nHost: a\r\nConnection: x, Close\r\n\r\n", Some("close"), false),
        ("GET / HTTP/1.0\r\n\r\n", Some("close"), false),
        ("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", Some("keep-alive"), true),
        ("GET /old HTTP/1.1\r\nHost: a\r\n\r\n", Some("close"), false),
    ];
    let rig = Rig::new();
    for (raw, said, goes_on) in table {
        let mut client = rig.client();
        client.send(raw);
        let answer = client.answer().unwrap();
        assert_eq!(answer.header("Connection"), said, "{raw}");
        assert!(answer.header("Date").is_some() && answer.header("X-Common").is_some());
        if goes_on {
            client.send(raw);
            assert_eq!(client.answer().unwrap().status, 200, "{raw}");
        } else {
            assert!(client.is_closed(), "{raw}");
        }
    }
}

#[test]
fn a_refused_client_that_keeps_sending_sees_its_answer() {
    let rig = Rig::with(short());
    let mut client = rig.client();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10000000\r\n\r\n");
    for _ in 0..100 {
        client.send(padded(100_000));
    }
    assert_eq!(client.answer().unwrap().status, 413);
    assert!(client.is_closed());
}

#[test]
fn a_half_closed_client_gets_its_answer() {
    let rig = Rig::new();
    for path in ["/x", "/later", "/big"] {
        let mut client = rig.client();
        client.send(format!("GET {path} HTTP/1.1\r\nHost: a\r\n\r\n"));
        client.stream.shutdown(std::net::Shutdown::Write).unwrap();
        assert_eq!(client.answer().unwrap().status, 200, "{path}");
        assert!(client.is_closed());
    }
}

#[test]
fn random_bytes_do_no_harm() {
    let rig = Rig::with(short());
    let mut state = 0x9e37_79b9_7f4a_7c15u64;
    for length in 1..200 {
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 56) as u8
        };
        let noise: Vec<u8> = (0..length * 3).map(|_| next()).collect();
        let mut client = rig.client();
        client.send(noise);
        client.stream.shutdown(std::net::Shutdown::Write).unwrap();
        assert!(client.answer().is_none_or(|answer| answer.status >= 400));
    }
    let _: Client<std::net::TcpStream> = rig.client();
    assert_eq!(rig.ask(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").unwrap().status, 200);
}
