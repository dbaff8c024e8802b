//! Queues in their steady state: birth and death processes, and Pollaczek-Khinchine.

use crate::math::Error;
use crate::math::error::held;
use crate::math::sum::Sum;

/// Most states that are computed; beyond, patience or capacity hardly matters.
const MOST_STATES: usize = 2_000_000;

/// Erlang's loss formula: the part of arrivals that find all servers busy and go away.
///
/// # Formula
/// ```text
/// B(a, 0) = 1;  B(a, k) = a B(a, k-1) / (k + a B(a, k-1))
///   a  offered load, erlangs     k  servers
/// ```
///
/// Source: D. Gross, C. M. Harris, Fundamentals of Queueing Theory, 3rd ed. (1998), section 2.5.
#[must_use]
pub fn erlang_b(load: f64, servers: u64) -> f64 {
    (1..=servers).fold(1.0, |blocked, k| next_b(load, blocked, k))
}

fn next_b(load: f64, blocked: f64, servers: u64) -> f64 {
    load * blocked / (servers as f64 + load * blocked)
}

/// Erlang's delay formula: the part of arrivals that wait, all of them patient.
///
/// # Formula
/// ```text
/// C = B / (1 - rho (1 - B)),  rho = a / c < 1
/// ```
///
/// Source: [`erlang_b`], section 2.3.
#[must_use]
pub fn erlang_c(load: f64, servers: u64) -> f64 {
    delayed(load, erlang_b(load, servers), servers)
}

fn delayed(load: f64, blocked: f64, servers: u64) -> f64 {
    let idle = (servers as f64 - load) / servers as f64;
    // 1 - rho (1 - B), without the cancellation near rho = 1.
    blocked / (idle + (1.0 - idle) * blocked)
}

/// Part of the arrivals of M/M/c that wait no longer than `wait`.
///
/// # Formula
/// ```text
/// P = 1 - C e^(-(c mu - lambda) wait)
/// ```
///
/// Source: [`erlang_b`], section 2.3.
#[must_use]
pub fn served_within(arrival: f64, service: f64, servers: u64, wait: f64) -> f64 {
    1.0 - erlang_c(arrival / service, servers) * still_waiting(arrival, service, servers, wait)
}

/// Part of those who wait that waits longer: e^(-(c mu - lambda) wait).
fn still_waiting(arrival: f64, service: f64, servers: u64, wait: f64) -> f64 {
    let spare = servers as f64 - arrival / service;
    (-spare * (service * wait)).exp()
}

/// Empty system and first states of M/M/c, as many as asked for.
///
/// # Formula
/// ```text
/// p_n = q_n (1 - rho) / (1 - rho (1 - B)) for n < c;  p_n = C (1 - rho) rho^(n-c) from c on
///   q_n  probability of n in the loss system of as many servers
/// ```
///
/// # Errors
/// As [`System::steady`].
///
/// Source: [`erlang_b`], section 2.3.
pub fn patient_states(arrival: f64, service: f64, servers: u64, count: usize) -> Result<Vec<f64>, Error> {
    let loss = System { arrival, service, servers: Some(servers), capacity: Some(servers), abandonment: 0.0 };
    let q = loss.steady(&|| false)?.probabilities;
    let rho = arrival / service / servers as f64;
    let idle = (servers as f64 - arrival / service) / servers as f64;
    let (blocked, first) = (q[servers as usize], servers as usize);
    let scale = idle / (idle + rho * blocked);
    let wait = blocked / (idle + rho * blocked);
    let at = |n: usize| if n < first { q[n] * scale } else { wait * idle * rho.powf((n - first) as f64) };
    Ok((0..count).map(at).collect())
}

/// What a number of servers is sought for.
#[derive(Clone, Copy, Debug)]
pub enum Target {
    /// M/M/c: at least this part of the arrivals waits no longer than `wait`.
    Service {
        /// Part, below 1.
        level: f64,
        /// Time.
        wait: f64,
    },
    /// Loss system: at most this part is blocked, above 0.
    Blocking(f64),
}

/// The fewest servers that reach a target; none up to `most`.
///
/// # Formula
/// ```text
/// smallest c with [`served_within`] >= level, or B(a, c) <= blocking
/// ```
///
/// Source: [`erlang_b`].
#[must_use]
pub fn fewest_servers(arrival: f64, service: f64, target: Target, most: u64) -> Option<u64> {
    let load = arrival / service;
    let mut blocked = 1.0;
    for c in 1..=most {
        blocked = next_b(load, blocked, c);
        let reached = match target {
            Target::Blocking(part) => blocked <= part,
            Target::Service { level, wait } => {
                let waiting = || delayed(load, blocked, c) * still_waiting(arrival, service, c, wait);
                c as f64 > load && 1.0 - waiting() >= level
            }
        };
        if reached {
            return Some(c);
        }
    }
    None
}

/// A birth and death process of customers: arrivals at one rate, `servers`, and who is kept out or gives up.
#[derive(Clone, Copy, Debug)]
pub struct System {
    /// Arrivals per time.
    pub arrival: f64,
    /// Served per server and time.
    pub service: f64,
    /// Servers; none for as many as there are customers.
    pub servers: Option<u64>,
    /// Most customers, those in service included.
    pub capacity: Option<u64>,
    /// Rate at which one who waits gives up.
    pub abandonment: f64,
}

/// The steady state.
#[derive(Clone, Debug)]
pub struct Steady {
    /// Probability of n customers, n = 0, 1, ..., as far as it matters.
    pub probabilities: Vec<f64>,
    /// Probability that all servers are busy and there is room to wait.
    pub delayed: f64,
    /// Probability that the system is full; 0 without a capacity.
    pub full: f64,
    /// Mean number waiting.
    pub waiting: f64,
    /// Mean number in the system.
    pub present: f64,
}

impl System {
    fn departure(&self, n: usize) -> f64 {
        let n = n as f64;
        let servers = self.servers.map_or(n, |servers| servers as f64);
        n.min(servers) * self.service + (n - servers).max(0.0) * self.abandonment
    }

    /// The steady state, from the likeliest state outwards, so that nothing that matters underflows.
    ///
    /// # Formula
    /// ```text
    /// p_n = p_(n-1) lambda / (mu min(n, c) + theta max(0, n - c)),  sum of p = 1
    ///   mu  service rate     theta  rate of giving up     c  servers
    /// ```
    ///
    /// # Errors
    /// [`Error::Invalid`] when more states matter than are computed, or the queue grows for ever;
    /// [`Error::Stopped`]
    ///
    /// Source: D. Gross, C. M. Harris, Fundamentals of Queueing Theory, 3rd ed. (1998), sections 2.1, 2.4, 2.8, 2.10.
    pub fn steady(&self, should_stop: &dyn Fn() -> bool) -> Result<Steady, Error> {
        let mode = self.mode()?;
        let mut below = vec![];
        let mut weight = 1.0;
        for n in (1..=mode).rev() {
            weight *= self.departure(n) / self.arrival;
            below.push(weight);
        }
        below.reverse();
        let mut weights = below;
        weights.push(1.0);
        weight = 1.0;
        let most = self.capacity.map_or(MOST_STATES, |capacity| capacity as usize);
        let mut n = mode;
        while n < most {
            n += 1;
            let factor = self.arrival / self.departure(n);
            weight *= factor;
            weights.push(weight);
            if n % 65_536 == 0 && should_stop() {
                return Err(Error::Stopped);
            }
            // Departures never fall, so from here on the rest falls at least as fast as a geometric series.
            if self.capacity.is_none() && factor < 1.0 && weight < 1e-20 * (1.0 - factor).powi(2) {
                break;
            }
        }
        if n >= MOST_STATES {
            return Err(Error::Invalid(TOO_MANY));
        }
        let total = weights.iter().copied().collect::<Sum>().total();
        weights.iter_mut().for_each(|weight| *weight /= total);
        Ok(self.moments(weights))
    }

    /// The likeliest state: the last whose departures do not exceed arrivals.
    fn mode(&self) -> Result<usize, Error> {
        let busy = self.arrival / self.service;
        let mut mode = busy.floor();
        if let Some(servers) = self.servers.map(|servers| servers as f64).filter(|servers| busy >= *servers) {
            let more = self.arrival - servers * self.service;
            mode = if self.abandonment > 0.0 {
                servers + (more / self.abandonment).floor()
            } else {
                f64::INFINITY
            };
        }
        if let Some(capacity) = self.capacity {
            mode = mode.min(capacity as f64);
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "guarded: 0 to MOST_STATES"
        )]
        if mode < MOST_STATES as f64 { Ok(mode as usize) } else { Err(Error::Invalid(TOO_MANY)) }
    }

    fn moments(&self, probabilities: Vec<f64>) -> Steady {
        let servers = self.servers.map_or(usize::MAX, |servers| servers as usize);
        let room = self.capacity.map_or(usize::MAX, |capacity| capacity as usize);
        let over = |from: usize, of: &dyn Fn(usize) -> f64| {
            probabilities.iter().enumerate().skip(from).map(|(n, p)| p * of(n)).collect::<Sum>().total()
        };
        let full = self.capacity.and_then(|capacity| probabilities.get(capacity as usize)).copied();
        Steady {
            delayed: over(servers, &|n| f64::from(u8::from(n < room))),
            full: full.unwrap_or(0.0),
            waiting: over(servers, &|n| (n - servers) as f64),
            present: over(0, &|n| n as f64),
            probabilities,
        }
    }
}

const TOO_MANY: &str = "more than 2 million customers would be in the system: lower arrivalRate, raise serviceRate, or \
     take mmc where patience is that long";

/// Mean number waiting in M/G/1.
///
/// # Formula
/// ```text
/// Lq = (lambda^2 sigma^2 + rho^2) / (2 (1 - rho)),  rho = lambda / mu < 1
///   sigma  standard deviation of the service time
/// ```
///
/// # Errors
/// [`Error::Overflow`]
///
/// Source: D. Gross, C. M. Harris, Fundamentals of Queueing Theory, 3rd ed. (1998), section 5.1.1.
pub fn pollaczek_khinchine(arrival: f64, service: f64, deviation: f64) -> Result<f64, Error> {
    let rho = arrival / service;
    let spread = arrival * deviation;
    held((spread * spread + rho * rho) / (2.0 * ((service - arrival) / service)), "length of the queue")
}
