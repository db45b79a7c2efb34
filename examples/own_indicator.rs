//! An indicator of one's own, measured every month: the share of households that could not pay a month's spending from
//! their deposits.
//!
//!     cargo run --release --example own_indicator
//!
//! An indicator of the program itself is a line in `crates/model/src/indicators` (`measures!`: name, unit, meaning) and the
//! line that computes it; tables, charts and the dictionary of columns follow.

use mainstreet::prelude::*;

/// Resident households whose deposits are below their smoothed monthly spending, share of resident households.
fn without_a_month(town: &Town) -> f64 {
    let households = &town.households;
    let residents = (0..households.len()).filter(|&h| households.resident[h]);
    let (mut short, mut all) = (0u32, 0u32);
    for household in residents {
        all += 1;
        let spending = f64::from(households.smoothed_spending[household]);
        short += u32::from(households.deposits[household].dollars() < spending);
    }
    f64::from(short) / f64::from(all)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let p = parameters(
        "plant-closure",
        &[
            "town.residents=5000",
            "town.kind=factory",
            "run.burn_in_months=12",
            "run.months=24",
            "timeline.plant_closure.from=6",
        ],
    )?;
    let settings = RunSettings::of(&p, 0);
    let town = build_town(&p, settings.draws())?;
    let mut replicate = Replicate::new(town, settings, Conventions::of(&p));
    let mut scratch = Scratch::default();
    println!("month  without a month's spending  unemployed (the plant closes in month 6)");
    while !replicate.is_finished() {
        replicate.live_month(&mut |town| advance(town, &p, &mut scratch))?;
        if let Some(month) = replicate.record().months.last() {
            println!(
                "{:5}  {:>25.1}%  {:>9.1}%",
                replicate.record().months.len() - 1,
                100.0 * without_a_month(replicate.town()),
                100.0 * month.indicators.jobs.unemployment_rate,
            );
        }
    }
    Ok(())
}
