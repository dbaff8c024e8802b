//! Time limits, caps, panics, stop and shutdown.

use std::io::Write;
use std::net::TcpStream;
use std::os::unix::net::UnixStream;
use std::time::Duration;

use super::super::{Bind, ClientState, Limits, Running};
use super::rig::{Client, GUARD, Rig, eventually, short, text};

const GET: &str = "GET /x HTTP/1.1\r\nHost: a\r\n\r\n";

#[test]
fn slow_clients_run_out_of_time() {
    let rig = Rig::with(short());
    let mut head = rig.client();
    head.send("GET / HT");
    let mut body = rig.client();
    body.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab");
    let mut chunked = rig.client();
    chunked.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n");
    for client in [&mut head, &mut body, &mut chunked] {
        let answer = client.answer().unwrap();
        assert_eq!((answer.status, answer.header("Connection")), (408, Some("close")));
        assert!(client.is_closed());
    }
}

#[test]
fn trickling_does_not_renew_the_time() {
    let rig = Rig::with(short());
    let mut client = rig.client();
    client.stream.set_nodelay(true).unwrap();
    let mut written = 0;
    while written < 500 && client.stream.write_all(b"G").is_ok() {
        written += 1;
        std::thread::sleep(Duration::from_millis(10));
        client.stream.set_nonblocking(true).unwrap();
        let closed = client.stream.peek(&mut [0; 1]).is_ok();
        client.stream.set_nonblocking(false).unwrap();
        if closed {
            break;
        }
    }
    assert!(written < 500, "the head's time never ran out");
    assert_eq!(client.answer().unwrap().status, 408);
}

#[test]
fn idle_connections_close_silently() {
    let rig = Rig::with(short());
    let mut fresh = rig.client();
    let mut used = rig.client();
    assert_eq!(used.send(GET).answer().unwrap().status, 200);
    assert!(fresh.is_closed() && used.is_closed());
    eventually("places are freed", || rig.engine.open_connections() == 0);
}

#[test]
fn a_stalled_reader_is_closed_and_a_slow_one_is_served() {
    // What lies in the sockets is read after the engine's last write: that time is idle to the engine.
    let rig = Rig::with(Limits { idle_time: GUARD, ..short() });
    let mut stalled = rig.client();
    stalled.send("GET /big HTTP/1.1\r\nHost: a\r\n\r\n");
    eventually("the stalled answer ends", || rig.engine.in_flight() == 0);
    let mut slow = rig.client();
    slow.send("GET /big HTTP/1.1\r\nHost: a\r\n\r\n");
    let head = slow.head().unwrap();
    assert!(head.contains("Content-Length: 8388608\r\n"));
    for _ in 0..64 {
        assert!(slow.bytes(131_072).iter().all(|b| *b == b'x'));
        std::thread::sleep(Duration::from_millis(2));
    }
    assert_eq!(slow.send(GET).answer().unwrap().status, 200);
}

#[test]
fn a_panic_costs_one_answer() {
    let rig = Rig::with(Limits { workers: 1, ..Limits::default() });
    for _ in 0..5 {
        let mut client = rig.client();
        let answer = client.send("GET /panic HTTP/1.1\r\nHost: a\r\n\r\n").answer().unwrap();
        assert_eq!((answer.status, answer.header("Connection")), (500, Some("close")));
        assert_eq!(rig.ask(GET.as_bytes()).unwrap().status, 200);
    }
    eventually("nothing is in flight", || rig.engine.in_flight() == 0);
}

#[test]
fn an_exchange_dropped_unanswered_is_500() {
    let rig = Rig::new();
    let mut client = rig.client();
    client.send("GET /hold HTTP/1.1\r\nHost: a\r\n\r\n");
    drop(rig.held.recv_timeout(GUARD).unwrap());
    assert_eq!(client.answer().unwrap().status, 500);
}

#[test]
fn a_burst_of_keep_alive_connections_is_answered() {
    let rig = Rig::new();
    let mut clients: Vec<_> = (0..200).map(|_| rig.client()).collect();
    for _ in 0..3 {
        for client in &mut clients {
            client.send(GET);
        }
        for client in &mut clients {
            assert_eq!(client.answer().unwrap().status, 200);
        }
    }
    assert_eq!(rig.engine.open_connections(), 200);
    drop(clients);
    eventually("places are freed", || rig.engine.open_connections() == 0);
}

#[test]
fn connections_past_the_cap_are_turned_away() {
    let rig = Rig::with(Limits { connections: 3, ..Limits::default() });
    let mut inside: Vec<_> = (0..3).map(|_| rig.client()).collect();
    for client in &mut inside {
        assert_eq!(client.send(GET).answer().unwrap().status, 200);
    }
    let mut outside = rig.client();
    let answer = outside.answer().unwrap();
    assert_eq!((answer.status, answer.header("Retry-After")), (503, Some("1")));
    assert!(outside.is_closed());
    for client in &mut inside {
        assert_eq!(client.send(GET).answer().unwrap().status, 200);
    }
    drop((inside, outside));
    eventually("there is room again", || rig.ask(GET.as_bytes()).is_some_and(|a| a.status == 200));
}

#[test]
fn one_address_gets_its_share_of_connections() {
    let rig = Rig::with(Limits { connections_per_peer: 2, ..Limits::default() });
    let mut inside: Vec<_> = (0..2).map(|_| rig.client()).collect();
    for client in &mut inside {
        assert_eq!(client.send(GET).answer().unwrap().status, 200);
    }
    let answer = rig.client().answer().unwrap();
    assert_eq!((answer.status, answer.header("Retry-After")), (503, Some("1")));
    drop(inside);
    eventually("there is room again", || rig.ask(GET.as_bytes()).is_some_and(|a| a.status == 200));
}

#[test]
fn slow_bodies_do_not_add_up_to_all_memory() {
    let rig = Rig::with(Limits { body_bytes: 200_000, ..Limits::default() });
    let head = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 200000\r\n\r\n";
    let mut slow: Vec<_> = (0..80).map(|_| rig.client()).collect();
    for client in &mut slow {
        client.send(head).send(vec![b'x'; 199_999]);
    }
    let answers: Vec<u16> = slow
        .iter_mut()
        .filter_map(|client| {
            // Some of the last bytes meet a connection that is closed already.
            let _ = client.stream.write_all(b"x");
            client.answer()
        })
        .map(|answer| answer.status)
        .collect();
    assert!(answers.contains(&200) && answers.contains(&503), "{answers:?}");
    assert_eq!(rig.ask(GET.as_bytes()).unwrap().status, 200);
}

#[test]
fn resets_leave_nothing_behind() {
    let rig = Rig::new();
    for path in ["/x", "/big", "/later", "/stream"].iter().cycle().take(200) {
        let client = rig.client();
        // No wait for unsent bytes: the close is a reset.
        rustix::net::sockopt::set_socket_linger(&client.stream, Some(Duration::ZERO)).unwrap();
        let mut client = client;
        client.send(format!("GET {path} HTTP/1.1\r\nHost: a\r\n\r\n"));
    }
    let count = || rig.engine.open_connections();
    eventually("places are freed", || {
        while rig.streams.try_recv().is_ok() {}
        count() == 0 && rig.engine.in_flight() == 0
    });
    assert_eq!(rig.ask(GET.as_bytes()).unwrap().status, 200);
}

#[test]
fn a_probe_sees_the_client_go() {
    let rig = Rig::new();
    let mut client = rig.client();
    client.send("GET /hold HTTP/1.1\r\nHost: a\r\n\r\n");
    let exchange = rig.held.recv_timeout(GUARD).unwrap();
    let probe = exchange.probe();
    assert_eq!(probe(), ClientState::Open);
    client.stream.shutdown(std::net::Shutdown::Write).unwrap();
    eventually("the end is seen", || probe() == ClientState::HalfClosed);
    rustix::net::sockopt::set_socket_linger(&client.stream, Some(Duration::ZERO)).unwrap();
    drop(client);
    eventually("the reset is seen", || probe() == ClientState::Gone);
    exchange.answer(text(200, "too late"));
    assert_eq!(probe(), ClientState::Gone);
}

#[test]
fn stopping_lets_exchanges_finish() {
    let rig = Rig::new();
    let mut idle = rig.client();
    assert_eq!(idle.send(GET).answer().unwrap().status, 200);
    let mut busy = rig.client();
    busy.send("GET /hold HTTP/1.1\r\nHost: a\r\n\r\n");
    let exchange = rig.held.recv_timeout(GUARD).unwrap();
    // The idle one's answer is out before it is counted off.
    eventually("one exchange in flight", || rig.engine.in_flight() == 1);
    rig.engine.stop_accepting();
    assert!(idle.is_closed());
    assert!(TcpStream::connect(rig.address).is_err(), "nobody listens");
    exchange.answer(text(200, "done"));
    let answer = busy.answer().unwrap();
    assert_eq!((answer.status, answer.header("Connection")), (200, Some("close")));
    assert!(busy.is_closed());
    assert!(rig.engine.shutdown(GUARD));
}

#[test]
fn a_shutdown_ends_at_its_deadline() {
    let rig = Rig::new();
    let mut client = rig.client();
    client.send("GET /hold HTTP/1.1\r\nHost: a\r\n\r\n");
    let exchange = rig.held.recv_timeout(GUARD).unwrap();
    assert!(!rig.engine.shutdown(Duration::from_millis(50)));
    // Answering after the end is harmless.
    exchange.answer(text(200, "late"));
}

#[test]
fn the_unix_socket_serves_and_goes() {
    let path = std::env::temp_dir().join(format!("engine-{}.sock", std::process::id()));
    let rig = Rig::at(Limits::default(), Bind::Unix(path.clone()));
    let stream = UnixStream::connect(&path).unwrap();
    stream.set_read_timeout(Some(GUARD)).unwrap();
    let mut client = Client::over(stream);
    for _ in 0..3 {
        assert_eq!(client.send(GET).answer().unwrap().text(), "Get /x  ");
    }
    assert!(rig.engine.shutdown(GUARD));
    assert!(!path.exists());
}
