//! Answers without an end.

use std::time::Duration;

use super::super::Running;
use super::rig::{Client, GUARD, Rig, eventually, short};

const STREAM: &str = "GET /stream HTTP/1.1\r\nHost: a\r\n\r\n";

#[test]
fn a_stream_sends_until_it_is_dropped() {
    let rig = Rig::new();
    let mut client = rig.client();
    client.send(STREAM);
    let (stream, _gone) = rig.opened();
    let mut stream = stream.unwrap();
    let head = client.head().unwrap();
    assert!(head.contains("\r\nContent-Type: text/event-stream\r\n"), "{head}");
    assert!(head.contains("\r\nConnection: close\r\n") && !head.contains("Content-Length"), "{head}");
    for n in 0..100 {
        stream.send(format!("data: {n:03}\n\n").as_bytes()).unwrap();
        assert_eq!(client.bytes(11), format!("data: {n:03}\n\n").as_bytes());
    }
    assert_eq!(rig.engine.in_flight(), 1);
    drop(stream);
    assert!(client.is_closed());
    drop(client);
    eventually("its place is freed", || rig.engine.open_connections() == 0 && rig.engine.in_flight() == 0);
}

#[test]
fn a_client_that_leaves_is_noticed() {
    let rig = Rig::new();
    let mut client = rig.client();
    client.send(STREAM);
    let (stream, gone) = rig.opened();
    let mut stream = stream.unwrap();
    drop(client);
    gone.recv_timeout(GUARD).unwrap();
    eventually("sending fails", || stream.send(b"x").is_err());
    drop(stream);
    eventually("its place is freed", || rig.engine.open_connections() == 0);
}

#[test]
fn what_a_stream_client_sends_is_thrown_away_up_to_a_bound() {
    let rig = Rig::new();
    let mut client = rig.client();
    // Pipelined behind the stream: never served, and no worker is held.
    client.send(format!("{STREAM}{STREAM}{STREAM}"));
    let (stream, gone) = rig.opened();
    let mut stream = stream.unwrap();
    client.send(vec![b'x'; 100_000]);
    stream.send(b"hello").unwrap();
    assert!(client.head().unwrap().contains("200"));
    assert_eq!(client.bytes(5), b"hello");
    assert!(gone.recv_timeout(Duration::from_millis(50)).is_err(), "still there");
    // Past the bound nothing is read any more, so the last write waits for room.
    client.stream.set_write_timeout(Some(Duration::from_millis(100))).unwrap();
    while std::io::Write::write_all(&mut client.stream, &[b'x'; 65536]).is_ok() {}
    gone.recv_timeout(GUARD).unwrap();
    assert!(rig.streams.try_recv().is_err(), "one stream was opened");
}

#[test]
fn a_reader_that_stalls_ends_its_stream() {
    let rig = Rig::with(short());
    let mut client = rig.client();
    client.send(STREAM);
    let mut stream = rig.opened().0.unwrap();
    let piece = vec![b'x'; 1 << 20];
    let failed = (0..1000).any(|_| stream.send(&piece).is_err());
    assert!(failed, "writes to a client that reads nothing succeed for ever");
    drop(stream);
    drop(client);
    eventually("its place is freed", || rig.engine.open_connections() == 0);
}

#[test]
fn a_blocked_writer_wakes_when_its_client_leaves() {
    let rig = Rig::new();
    let mut client = rig.client();
    client.send(STREAM);
    let (stream, gone) = rig.opened();
    let mut stream = stream.unwrap();
    let writer = std::thread::spawn(move || {
        while stream.send(&[b'x'; 65536]).is_ok() {}
        stream
    });
    std::thread::sleep(Duration::from_millis(50));
    drop(client);
    gone.recv_timeout(GUARD).unwrap();
    eventually("the writer ends", || writer.is_finished());
}

#[test]
fn head_opens_no_stream() {
    let rig = Rig::new();
    let mut client = rig.client();
    client.send("HEAD /stream HTTP/1.1\r\nHost: a\r\n\r\n");
    assert!(rig.opened().0.is_err());
    assert!(client.head().unwrap().contains("200"));
    assert!(client.is_closed());
}

#[test]
fn a_shutdown_cuts_streams_off() {
    let rig = Rig::new();
    let mut clients: Vec<Client<_>> = (0..20).map(|_| rig.client()).collect();
    let mut opened = Vec::new();
    for client in &mut clients {
        client.send(STREAM);
        opened.push(rig.opened());
        client.head().unwrap();
    }
    assert_eq!(rig.engine.in_flight(), 20);
    assert!(!rig.engine.shutdown(Duration::from_millis(50)));
    for (stream, gone) in &mut opened {
        gone.recv_timeout(GUARD).unwrap();
        assert!(stream.as_mut().unwrap().send(b"x").is_err());
    }
    for client in &mut clients {
        assert!(client.is_closed());
    }
    drop(opened);
    eventually("places are freed", || rig.engine.open_connections() == 0);
}
