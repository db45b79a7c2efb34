//! Speed: building a town, a month, and the phases of a month, in resident-months a second.
//!
//! `cargo bench` prints the time of one build or one month, and the throughput in residents a second: divided
//! neither by threads nor by cores. Compare rows of one run with each other, not with another machine's.

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use mainstreet::indicators::{Conventions, MeasureScratch, measure};
use mainstreet::month::{self, Scratch};
use mainstreet::rng::Draws;
use mainstreet::scenario::{self, Parameters, Source};
use mainstreet::town::{Town, synthesis};

const SIZES: [u32; 3] = [10_000, 100_000, 1_000_000];

fn main() {
    divan::main();
}

fn parameters(residents: u32) -> Parameters {
    let settings = [format!("town.residents={residents}")];
    let loaded = scenario::load(&Source::Embedded("baseline".into()), &settings)
        .expect("the default scenario loads");
    scenario::resolve(&loaded).expect("the default scenario resolves")
}

fn settled(p: &Parameters, months: u32) -> (Town, Scratch) {
    let mut town = synthesis::synthesize(p, Draws::new(1, 0)).expect("the default town closes");
    let mut scratch = Scratch::default();
    for _ in 0..months {
        month::advance(&mut town, p, &mut scratch).expect("accounts close");
    }
    (town, scratch)
}

/// Building the town from its scenario.
#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn build(bencher: Bencher, residents: u32) {
    let p = parameters(residents);
    bencher
        .counter(ItemsCount::new(residents))
        .bench_local(|| black_box(synthesis::synthesize(&p, Draws::new(1, 0))));
}

/// One month of a settled town, all phases and all account checks; each sample is the next month.
#[divan::bench(args = SIZES, sample_count = 24, sample_size = 1)]
fn one_month(bencher: Bencher, residents: u32) {
    let p = parameters(residents);
    let (mut town, mut scratch) = settled(&p, 6);
    bencher.counter(ItemsCount::new(residents)).bench_local(|| {
        month::advance(&mut town, &p, &mut scratch).expect("accounts close");
    });
}

/// The same on one thread: the ratio to `one_month` is what a second core gives.
#[divan::bench(args = SIZES, sample_count = 12, sample_size = 1)]
fn one_month_on_one_thread(bencher: Bencher, residents: u32) {
    let p = parameters(residents);
    let (mut town, mut scratch) = settled(&p, 6);
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .expect("a thread starts");
    bencher.counter(ItemsCount::new(residents)).bench_local(|| {
        pool.install(|| month::advance(&mut town, &p, &mut scratch))
            .expect("accounts close");
    });
}

/// Measuring a month: every indicator.
#[divan::bench(args = SIZES, sample_count = 12, sample_size = 1)]
fn measuring(bencher: Bencher, residents: u32) {
    let p = parameters(residents);
    let (town, _) = settled(&p, 3);
    let conventions = Conventions::of(&p);
    let mut scratch = MeasureScratch::default();
    bencher
        .counter(ItemsCount::new(residents))
        .bench_local(|| black_box(measure(&town, &conventions, &mut scratch)));
}
