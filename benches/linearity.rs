//! Whether cost grows with the town: `cargo bench --bench linearity [-- RESIDENTS ...]`.
//!
//! Prints nanoseconds a resident for building the town and for a month at each size, and how much the dearest size
//! costs beside the cheapest; 1 is linear growth. The fastest of several months stands for a size, as other work on
//! the machine only ever adds time. On Linux also the most memory held so far, a resident.

use std::time::Instant;

use mainstreet::month::{self, Scratch};
use mainstreet::rng::Draws;
use mainstreet::run;
use mainstreet::scenario::{self, Parameters, Source};

/// Months before those that are timed.
const SETTLING: u32 = 6;
const MONTHS: u32 = 12;
const BUILDS: u32 = 3;

fn parameters(residents: u32) -> Parameters {
    let settings = [
        format!("town.residents={residents}"),
        format!("run.burn_in_months={SETTLING}"),
    ];
    let loaded = scenario::load(&Source::Embedded("baseline".into()), &settings)
        .expect("the default scenario loads");
    scenario::resolve(&loaded).expect("the default scenario resolves")
}

/// Fastest build and fastest month, nanoseconds a resident.
fn cost(residents: u32) -> [f64; 2] {
    let p = parameters(residents);
    let each = |start: Instant| start.elapsed().as_secs_f64() * 1e9 / f64::from(residents);
    let mut build = f64::INFINITY;
    for _ in 0..BUILDS {
        let start = Instant::now();
        let town = run::build_town(&p, Draws::new(1, 0)).expect("the default town closes");
        build = build.min(each(start));
        drop(town);
    }
    let mut town = run::build_town(&p, Draws::new(1, 0)).expect("the default town closes");
    let mut scratch = Scratch::default();
    let mut fastest = f64::INFINITY;
    for lived in 0..SETTLING + MONTHS {
        let start = Instant::now();
        month::advance(&mut town, &p, &mut scratch).expect("accounts close");
        if lived >= SETTLING {
            fastest = fastest.min(each(start));
        }
    }
    [build, fastest]
}

/// The most memory the program has held, bytes.
fn peak() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(1024.0 * kilobytes)
}

fn main() {
    let mut sizes: Vec<u32> = std::env::args()
        .filter_map(|argument| argument.parse().ok())
        .collect();
    if sizes.is_empty() {
        sizes = vec![10_000, 100_000, 1_000_000];
    }
    sizes.sort_unstable();
    println!("residents    build, ns each    month, ns each    peak, bytes each");
    let mut costs = Vec::new();
    for residents in sizes {
        let [build, month] = cost(residents);
        let memory = peak().map_or("-".to_owned(), |bytes| {
            format!("{:.0}", bytes / f64::from(residents))
        });
        println!("{residents:>9} {build:>17.1} {month:>17.1} {memory:>19}");
        costs.push([build, month]);
    }
    for (what, name) in ["build", "month"].iter().enumerate() {
        let values = costs.iter().map(|cost| cost[what]);
        let (low, high) = values.fold((f64::INFINITY, 0.0_f64), |(low, high), value| {
            (low.min(value), high.max(value))
        });
        println!("{name}: dearest size over cheapest {:.2}", high / low);
    }
}
