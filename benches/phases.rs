//! Where a month's time goes: `cargo bench --bench phases [-- RESIDENTS] [SCENARIO]`.
//!
//! Prints each phase's share of the month and the whole in resident-months a second, from 24 months of a settled
//! town on all cores. Firms adopt technology from the first month that counts; compare with `no-automation`.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use mainstreet::month::{self, Scratch};
use mainstreet::rng::Draws;
use mainstreet::run;
use mainstreet::scenario::{self, LIBRARY, Parameters, Source};

const MONTHS: u32 = 24;
/// Months before them.
const SETTLING: u32 = 6;

fn main() {
    let residents: u32 = std::env::args()
        .filter_map(|argument| argument.parse().ok())
        .next()
        .unwrap_or(100_000);
    let name = std::env::args()
        .skip(1)
        .find(|argument| LIBRARY.scenario(argument).is_some())
        .unwrap_or_else(|| "baseline".to_owned());
    let settings = [
        format!("town.residents={residents}"),
        format!("run.burn_in_months={SETTLING}"),
    ];
    let loaded = scenario::load(&Source::Embedded(name), &settings).expect("the scenario loads");
    let p: Parameters = scenario::resolve(&loaded).expect("the default scenario resolves");
    let start = Instant::now();
    let mut town = run::build_town(&p, Draws::new(1, 0)).expect("the default town closes");
    let built = start.elapsed();
    let mut scratch = Scratch::default();
    let mut spent: BTreeMap<&'static str, Duration> = BTreeMap::new();
    let mut months = Duration::ZERO;
    for month in 0..MONTHS + SETTLING {
        let begun = Instant::now();
        let mut last = begun;
        month::advance_watched(&mut town, &p, &mut scratch, &mut |phase, _| {
            let now = Instant::now();
            if month >= SETTLING {
                *spent.entry(phase).or_default() += now - last;
            }
            last = now;
        })
        .expect("accounts close");
        if month >= SETTLING {
            months += begun.elapsed();
        }
    }
    let mut rows: Vec<_> = spent.into_iter().collect();
    rows.sort_by_key(|&(_, time)| std::cmp::Reverse(time));
    println!(
        "{residents} residents, built in {:.2} s",
        built.as_secs_f64()
    );
    for (phase, time) in rows {
        let share = time.as_secs_f64() / months.as_secs_f64();
        let each = time.as_secs_f64() * 1e3 / f64::from(MONTHS);
        println!("{phase:20} {:5.1}%  {each:9.3} ms a month", 100.0 * share);
    }
    let rate = f64::from(residents) * f64::from(MONTHS) / months.as_secs_f64();
    println!(
        "whole month          {:.3} ms, {:.2} million resident-months a second",
        months.as_secs_f64() * 1e3 / f64::from(MONTHS),
        rate / 1e6
    );
}
