//! Queues in their steady state, and how many servers they need.

use crate::math::operations::queue::{self, System, Target};
use crate::toolkit::{Context, Cost, Error, Example, Problem, Tool};
use crate::tools::shared::held;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct Queue;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// erlang_b: no waiting; mmck: limited room; mg1: any service time; mminf: as many servers as needed; erlang_a: patience.
    model: Model,
    /// [per time unit]
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    arrival_rate: f64,
    /// Of one server [per time unit].
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    service_rate: f64,
    /// Absent with a target: the number required.
    #[schemars(range(min = 1, max = 100_000), extend("default" = 1))]
    servers: Option<u32>,
    /// Most in the system; mmck.
    #[schemars(range(min = 1, max = 1_000_000))]
    capacity: Option<u32>,
    /// mg1 [time units].
    #[schemars(range(min = 0))]
    service_time_sd: Option<f64>,
    /// Mean; erlang_a [time units].
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    patience: Option<f64>,
    /// mmc [time units].
    #[schemars(range(min = 0))]
    target_wait: Option<f64>,
    /// Served within targetWait; mmc [decimal].
    #[schemars(range(min = 0, max = 1))]
    target_service_level: Option<f64>,
    /// erlang_b [decimal].
    #[schemars(range(min = 0, max = 1))]
    target_blocking: Option<f64>,
}

#[derive(Deserialize, JsonSchema, Clone, Copy, PartialEq)]
enum Model {
    #[serde(rename = "mmc")]
    Delay,
    #[serde(rename = "erlang_b")]
    Loss,
    #[serde(rename = "mmck")]
    Limited,
    #[serde(rename = "mg1")]
    General,
    #[serde(rename = "mminf")]
    Infinite,
    #[serde(rename = "erlang_a")]
    Impatient,
}

#[derive(Serialize, JsonSchema, Default)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// arrivalRate / serviceRate [erlangs].
    offered_load: f64,
    /// Part of the servers that is busy; 0 of infinitely many [decimal].
    utilization: f64,
    /// Nobody is in the system [probability].
    probability_empty: f64,
    /// An arrival that comes in has to wait; null where nobody can [probability].
    probability_wait: Option<f64>,
    /// An arrival is turned away; null where nobody is [probability].
    probability_blocked: Option<f64>,
    /// An arrival gives up; null without patience [probability].
    probability_abandon: Option<f64>,
    /// Lq [customers].
    queue_length: f64,
    /// L [customers].
    system_length: f64,
    /// Wq, of those who come in [time units].
    wait_time: f64,
    /// W, of those who come in [time units].
    system_time: f64,
    /// Part served within targetWait; null without it [decimal].
    service_level: Option<f64>,
    /// Fewest servers that reach the target; null without one.
    required_servers: Option<u64>,
    /// Arrivals that are not turned away [per time unit].
    effective_arrival_rate: f64,
    /// Until 1e-6 is left, at most 50; none for mg1, whose moments do not give them.
    state_probabilities: Vec<State>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct State {
    /// Customers in the system.
    n: usize,
    /// Of that number [probability].
    probability: f64,
}

impl Tool for Queue {
    const NAME: &'static str = "analyze_queue";
    const TITLE: &'static str = "Queues: M/M/c, Erlang B and C, M/G/1, staffing";
    const DESCRIPTION: &'static str = "Waiting, blocking and lengths of a queue in steady state, or the fewest servers for a service level or blocking. One time unit throughout.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"model": "mmc", "arrivalRate": 40, "serviceRate": 25, "servers": 2}"#,
            expect: r#"{"offeredLoad": 1.6, "utilization": 0.8, "probabilityEmpty": 0.11111111111111111, "probabilityWait": 0.71111111111111111,
                "queueLength": 2.8444444444444444, "systemLength": 4.4444444444444444, "waitTime": 0.071111111111111111,
                "systemTime": 0.11111111111111111, "probabilityBlocked": null, "requiredServers": null}"#,
            tolerance: 1e-13,
            source: "by hand: p0 = 1 / (1 + 1.6 + 1.28 / 0.2) = 1 / 9; C = 6.4 / 9; Gross & Harris (1998), equations 2.30 to 2.35",
        },
        Example {
            arguments: r#"{"model": "mmc", "arrivalRate": 0.055555555555555556, "serviceRate": 0.0055555555555555556, "targetWait": 20,
                "targetServiceLevel": 0.8}"#,
            expect: r#"{"offeredLoad": 10, "requiredServers": 14, "serviceLevel": 0.88835}"#,
            tolerance: 5e-6,
            source: "Erlang C tables: 10 erlang, calls of 180 s, 20 s: 14 agents give 88.835 %, 13 give 79.559 %",
        },
        Example {
            arguments: r#"{"model": "erlang_b", "arrivalRate": 10, "serviceRate": 1, "servers": 10}"#,
            expect: r#"{"probabilityBlocked": 0.2145823431, "queueLength": 0, "systemTime": 1}"#,
            tolerance: 1e-9,
            source: "Erlang B table: 10 erlang on 10 lines",
        },
    ];
    const FORMULA: &'static str = "\
        a = arrivalRate / serviceRate, rho = a / servers; B = a B' / (servers + a B') from B' of one server fewer\n\
        model mmc: probabilityWait C = B / (1 - rho (1 - B)); queueLength = C rho / (1 - rho); \
        serviceLevel = 1 - C e^-((servers * serviceRate - arrivalRate) targetWait)\n\
        erlang_b: probabilityBlocked = B; mmck, erlang_a: birth and death process; \
        mg1: queueLength = (arrivalRate^2 serviceTimeSd^2 + rho^2) / (2 (1 - rho))\n\
        Source: D. Gross, C. M. Harris, Fundamentals of Queueing Theory, 3rd ed. (1998), chapters 2 and 5";
    // A long queue has millions of states.
    const COST: Cost = Cost::Heavy;
    type Args = Args;
    type Output = Output;

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        check(&args)?;
        let load = held(args.arrival_rate / args.service_rate, "offered load")?;
        let required = required(&args)?;
        let given = args.servers.map(u64::from);
        let servers = given.or(required).unwrap_or(1);
        let stable = !matches!(args.model, Model::Delay | Model::General) || load < servers as f64;
        if !stable {
            return Err(Error::Domain(format!(
                "{servers} servers finish {} per time unit and {} arrive: the queue grows for ever; more servers than {load} are needed",
                servers as f64 * args.service_rate,
                args.arrival_rate
            )));
        }
        let output = match args.model {
            Model::Delay => delay(&args, servers)?,
            Model::Loss | Model::Limited | Model::Impatient => finite_system(&args, servers, cx)?,
            Model::General => general(&args)?,
            Model::Infinite => infinite(&args),
        };
        let output = Output { offered_load: load, required_servers: required, ..output };
        held(output.system_length.max(output.system_time), "length of the queue")?;
        Ok(output)
    }
}

/// Which arguments a model needs, and which it has no use for.
fn check(args: &Args) -> Result<(), Error> {
    let m = args.model;
    let told = [
        ("capacity", args.capacity.is_some(), m == Model::Limited, m == Model::Limited, "mmck"),
        ("serviceTimeSd", args.service_time_sd.is_some(), m == Model::General, m == Model::General, "mg1"),
        ("patience", args.patience.is_some(), m == Model::Impatient, m == Model::Impatient, "erlang_a"),
        (
            "targetWait",
            args.target_wait.is_some(),
            m == Model::Delay,
            args.target_service_level.is_some(),
            "mmc",
        ),
        ("targetServiceLevel", args.target_service_level.is_some(), m == Model::Delay, false, "mmc"),
        ("targetBlocking", args.target_blocking.is_some(), m == Model::Loss, false, "erlang_b"),
    ];
    let mut problems = vec![];
    for (name, given, useful, needed, model) in told {
        if given && !useful {
            problems.push(Problem::new(name, format!("is of the model {model} only; wanted: none")));
        } else if needed && !given {
            problems.push(Problem::new(name, "missing; wanted with this model and these arguments"));
        }
    }
    if args.target_wait.is_some() && args.target_service_level.is_none() && args.servers.is_none() {
        problems.push(Problem::new(
            "targetServiceLevel",
            "missing; wanted: the part to serve within targetWait, or servers",
        ));
    }
    if let (Some(capacity), Some(servers)) = (args.capacity, args.servers)
        && capacity < servers
    {
        problems
            .push(Problem::new("capacity", format!("got {capacity}; wanted: at least servers, {servers}")));
    }
    if args.servers.is_some_and(|servers| servers != 1) && matches!(m, Model::General | Model::Infinite) {
        problems.push(Problem::new(
            "servers",
            "is not for mg1 (one server) and mminf (as many as needed); wanted: none",
        ));
    }
    if problems.is_empty() { Ok(()) } else { Err(Error::Arguments(problems)) }
}

/// The fewest servers for the target, where there is one.
fn required(args: &Args) -> Result<Option<u64>, Error> {
    let (target, field) = match (args.target_wait, args.target_service_level, args.target_blocking) {
        (Some(_), Some(1.0), _) => {
            return Err(Error::at(
                "targetServiceLevel",
                "got 1; wanted: below 1, which no number of servers reaches",
            ));
        }
        (_, _, Some(0.0)) => {
            return Err(Error::at(
                "targetBlocking",
                "got 0; wanted: above 0, which no number of servers reaches",
            ));
        }
        (Some(wait), Some(level), _) => (Target::Service { level, wait }, "targetServiceLevel"),
        (_, _, Some(part)) => (Target::Blocking(part), "targetBlocking"),
        _ => return Ok(None),
    };
    let found = queue::fewest_servers(args.arrival_rate, args.service_rate, target, MOST_SERVERS);
    let message = "is not reached by 100000 servers; wanted: a lower arrivalRate or an easier target";
    found.map(Some).ok_or_else(|| Error::at(field, message))
}

const MOST_SERVERS: u64 = 100_000;
/// States listed at most.
const SHOWN: usize = 50;

fn delay(args: &Args, servers: u64) -> Result<Output, Error> {
    let (arrival, service) = (args.arrival_rate, args.service_rate);
    let (load, c) = (arrival / service, servers as f64);
    let wait = queue::erlang_c(load, servers);
    let queue_length = wait * (load / (c - load));
    let wait_time = wait / (c - load) / service;
    let states = queue::patient_states(arrival, service, servers, SHOWN)?;
    let level = |wait| queue::served_within(arrival, service, servers, wait);
    Ok(Output {
        utilization: load / c,
        probability_empty: states[0],
        probability_wait: Some(wait),
        queue_length,
        system_length: queue_length + load,
        wait_time,
        system_time: wait_time + 1.0 / service,
        service_level: args.target_wait.map(level),
        effective_arrival_rate: arrival,
        state_probabilities: shown(&states),
        ..Output::default()
    })
}

fn finite_system(args: &Args, servers: u64, cx: &Context) -> Result<Output, Error> {
    let (arrival, service) = (args.arrival_rate, args.service_rate);
    let loss = args.model == Model::Loss;
    let capacity = if loss { Some(servers) } else { args.capacity.map(u64::from) };
    let patience = args.patience.map(|patience| held(1.0 / patience, "rate of giving up")).transpose()?;
    let abandonment = patience.unwrap_or(0.0);
    let system = System { arrival, service, servers: Some(servers), capacity, abandonment };
    let steady = system.steady(&|| cx.should_stop())?;
    let serving = steady.present - steady.waiting;
    let leaving = abandonment * steady.waiting;
    // Who comes in leaves again: without the cancellation of 1 less the part that is turned away.
    let enters = service * serving + leaving;
    let waits = steady.delayed * (arrival / enters);
    let per = |customers: f64| if enters > 0.0 { customers / enters } else { f64::INFINITY };
    Ok(Output {
        utilization: serving / servers as f64,
        probability_empty: steady.probabilities[0],
        probability_wait: (!loss).then_some(waits),
        probability_blocked: capacity.is_some().then_some(steady.full),
        probability_abandon: patience.map(|_| leaving / arrival),
        queue_length: steady.waiting,
        system_length: steady.present,
        wait_time: per(steady.waiting),
        system_time: if loss { 1.0 / service } else { per(steady.present) },
        effective_arrival_rate: enters,
        state_probabilities: shown(&steady.probabilities),
        ..Output::default()
    })
}

fn general(args: &Args) -> Result<Output, Error> {
    let (arrival, service) = (args.arrival_rate, args.service_rate);
    let load = arrival / service;
    let waiting = queue::pollaczek_khinchine(arrival, service, args.service_time_sd.unwrap_or(0.0))?;
    Ok(Output {
        utilization: load,
        probability_empty: (service - arrival) / service,
        probability_wait: Some(load),
        queue_length: waiting,
        system_length: waiting + load,
        wait_time: waiting / arrival,
        system_time: waiting / arrival + 1.0 / service,
        effective_arrival_rate: arrival,
        ..Output::default()
    })
}

fn infinite(args: &Args) -> Output {
    let load = args.arrival_rate / args.service_rate;
    let next = |(n, p): &(f64, f64)| Some((n + 1.0, p * load / (n + 1.0)));
    let states: Vec<f64> =
        std::iter::successors(Some((0.0, (-load).exp())), next).take(SHOWN).map(|(_, p)| p).collect();
    Output {
        probability_empty: states[0],
        system_length: load,
        system_time: 1.0 / args.service_rate,
        effective_arrival_rate: args.arrival_rate,
        state_probabilities: shown(&states),
        ..Output::default()
    }
}

/// The first states, until hardly anything is left.
fn shown(probabilities: &[f64]) -> Vec<State> {
    let mut left = 1.0;
    let mut rows = vec![];
    for (n, probability) in probabilities.iter().copied().take(SHOWN).enumerate() {
        rows.push(State { n, probability });
        left -= probability;
        if left < 1e-6 {
            break;
        }
    }
    rows
}
