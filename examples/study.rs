//! A study from Rust: two scenarios with the same draws, what differs, and how much of the spread is luck.
//!
//!     cargo run --release --example study
//!
//! The same as `mainstreet compare baseline no-automation --replicates 6` with a smaller town, without a folder.

use std::error::Error;
use std::sync::atomic::AtomicBool;

use mainstreet::indicators::MonthIndicators;
use mainstreet::run::MainStreet;
use mainstreet::run::ensemble::{Ensemble, Event, Schedule};
use mainstreet::scenario::{self, Source};
use mainstreet::study::{Answer, Asked, ScenarioText, StudyScenario, bands, perform};

const RESIDENTS: u32 = 2_000;

fn main() -> Result<(), Box<dyn Error>> {
    let asked = Asked::Compare {
        scenarios: vec![scenario("baseline")?, scenario("no-automation")?],
        replicates: 6,
        confidence: 0.95,
        allow_unpaired: false,
    };
    // Set from another thread, it ends all runs after their month; with a store, they could be resumed.
    let stop = AtomicBool::new(false);
    let ensemble = Ensemble {
        model: &MainStreet,
        schedule: Schedule::new(None, RESIDENTS),
        store: None,
        stop: &stop,
    };
    let answer = perform(&asked, None, &ensemble, |event| {
        if let Event::Finished { run } = event {
            eprintln!("run {run} is done");
        }
    })?;
    let Answer::Comparison {
        replicates,
        comparison: Some(comparison),
        ..
    } = answer
    else {
        return Err("a comparison was asked for".into());
    };

    // Among so many figures, some lie outside a 95% interval by chance alone.
    println!("what differs without automation, last 12 months, 95% intervals");
    for change in &comparison.scenarios[0].indicators {
        let Some(definition) = MonthIndicators::definitions().nth(change.indicator) else {
            continue;
        };
        let year = change.last_year;
        if year.pairs > 0 && !year.sign_is_uncertain() && year.estimate != 0.0 {
            println!(
                "{:28} {:+.4} ({:+.4} … {:+.4}) {}",
                definition.name, year.estimate, year.low, year.high, definition.unit
            );
        }
    }

    println!("unemployment rate of the baseline: median, and nine runs in ten");
    let place = MonthIndicators::definitions().position(|d| d.name == "unemployment_rate");
    for band in bands(&replicates[0]) {
        if Some(band.indicator) == place && band.month % 6 == 0 {
            let [low, _, median, _, high] = band.quantiles;
            println!("month {:2}: {median:.3} ({low:.3} … {high:.3})", band.month);
        }
    }
    Ok(())
}

/// A scenario that comes with the program, made small.
fn scenario(name: &str) -> Result<ScenarioText, Box<dyn Error>> {
    let changes = [
        format!("town.residents={RESIDENTS}"),
        "run.months=24".to_owned(),
        "run.burn_in_months=12".to_owned(),
    ];
    let told = |mistakes: Vec<scenario::Diagnostic>| scenario::render_all(&mistakes, false);
    let loaded = scenario::load(&Source::Embedded(name.to_owned()), &changes).map_err(told)?;
    Ok(StudyScenario::of(&loaded).map_err(told)?.to_text())
}
