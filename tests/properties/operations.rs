//! Laws of queues and learning curves.

use super::Numbers;
use crate::reference::close;
use businessmath_mcp::math::operations::learning::{Curve, Model};
use businessmath_mcp::math::operations::queue::{
    System, Target, erlang_b, erlang_c, fewest_servers, patient_states, served_within,
};

/// Little's law, all probability, and what comes in goes out.
#[test]
fn customers_are_conserved() {
    let mut numbers = Numbers(61);
    for _ in 0..200 {
        let servers = numbers.whole(1, 40);
        let arrival = numbers.magnitude(0.01, 100.0).abs();
        let service = numbers.magnitude(0.1, 10.0).abs();
        let capacity = (numbers.whole(0, 1) == 0).then(|| servers + numbers.whole(0, 60));
        let abandonment = if capacity.is_some() { 0.0 } else { numbers.magnitude(0.05, 5.0).abs() };
        let system = System { arrival, service, servers: Some(servers), capacity, abandonment };
        let got = system.steady(&|| false).unwrap();
        let total: f64 = got.probabilities.iter().sum();
        assert!(close(total, 1.0, 1e-12), "{system:?}");
        let out = service * (got.present - got.waiting) + abandonment * got.waiting;
        assert!(close(out, arrival * (1.0 - got.full), 1e-9), "{system:?}");
    }
}

/// A loss system and one without room to wait are the same; patience without end is M/M/c.
#[test]
fn models_meet_at_their_borders() {
    let mut numbers = Numbers(62);
    for _ in 0..200 {
        let (servers, service) = (numbers.whole(1, 60), numbers.between(0.2, 5.0));
        let load = numbers.between(0.05, 0.97) * servers as f64;
        let loss = System {
            arrival: load * service,
            service,
            servers: Some(servers),
            capacity: Some(servers),
            abandonment: 0.0,
        };
        assert!(close(loss.steady(&|| false).unwrap().full, erlang_b(load, servers), 1e-12));
        let roomy = System { capacity: Some(servers + 6_000), ..loss };
        let c = erlang_c(load, servers);
        let queue = c * load / (servers as f64 - load);
        let steady = roomy.steady(&|| false).unwrap();
        assert!(close(steady.waiting, queue, 1e-10), "{load} {servers}");
        let states = patient_states(load * service, service, servers, 50).unwrap();
        for (a, b) in states.iter().zip(&steady.probabilities) {
            assert!(close(*a, *b, 1e-10), "{load} {servers}");
        }
    }
}

#[test]
fn the_fewest_servers_reach_the_target_and_one_fewer_does_not() {
    let mut numbers = Numbers(63);
    for _ in 0..200 {
        let (arrival, service) = (numbers.between(0.1, 60.0), numbers.between(0.2, 3.0));
        let (level, wait) = (numbers.between(0.05, 0.999), numbers.between(0.0, 2.0));
        let c = fewest_servers(arrival, service, Target::Service { level, wait }, 1000).unwrap();
        assert!(served_within(arrival, service, c, wait) >= level - 1e-12);
        let fewer = c - 1;
        let unstable = fewer as f64 * service <= arrival;
        assert!(fewer == 0 || unstable || served_within(arrival, service, fewer, wait) < level + 1e-12);
        let lines = fewest_servers(arrival, service, Target::Blocking(0.02), 1000).unwrap();
        assert!(erlang_b(arrival / service, lines) <= 0.02 && erlang_b(arrival / service, lines - 1) > 0.02);
    }
}

#[test]
fn times_of_units_add_up() {
    let mut numbers = Numbers(64);
    for _ in 0..200 {
        let rate = numbers.between(0.5, 1.0);
        for model in [Model::Unit, Model::CumulativeAverage] {
            let curve = Curve::new(model, numbers.magnitude(1e-3, 1e6).abs(), rate).unwrap();
            let (prior, units) = (numbers.whole(0, 3000), numbers.whole(1, 300));
            let added: f64 = (prior + 1..=prior + units).map(|n| curve.unit(n)).sum();
            assert!(close(curve.total(prior, units).unwrap(), added, 1e-11), "{curve:?} {prior} {units}");
            let n = numbers.whole(1, 5000);
            let reached = curve.reached_at(curve.unit(n)).unwrap();
            assert!(reached <= n && curve.unit(reached) <= curve.unit(n) * (1.0 + 2e-9), "{curve:?} {n}");
        }
    }
}
