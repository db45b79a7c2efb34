//! `mainstreet place-fit`: how well a town made of a place's data resembles the place.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use clap::Args;
use mainstreet::places::gazetteer;
use mainstreet::rng::Draws;
use mainstreet::stats;
use mainstreet::study::place_fit::{
    FitError, PlaceFit, SHARE_LIMIT, Summary, THIRTY, fit, place_town, render, summary,
};
use mainstreet::town::synthesis;
use rayon::prelude::*;

use super::failure::Failure;
use super::progress::bar;
use super::study::stop_on_signals;
use super::{Global, print};

/// Which places to hold against their data.
#[derive(Args)]
pub struct PlaceFitArgs {
    /// Places: codes or names. One gives all its rows; several give a line each.
    #[arg(required_unless_present_any = ["thirty", "every", "sample"])]
    places: Vec<String>,
    /// The thirty counties by which the program checks itself; a share of jobs that is off by more than 2 points fails.
    #[arg(long, conflicts_with_all = ["places", "every", "sample"])]
    thirty: bool,
    /// Build the towns of all counties and metros, and close their accounts, without living a month.
    #[arg(long, conflicts_with_all = ["places", "thirty", "sample"])]
    every: bool,
    /// So many counties of more than 2,000 residents, evenly by code.
    #[arg(long, value_name = "N", conflicts_with_all = ["places", "thirty", "every"])]
    sample: Option<usize>,
    /// Runs with draws of their own that the model's figures are means of.
    #[arg(short, long, value_name = "N", default_value_t = 2)]
    replicates: u32,
    /// Change one value of all towns, such as --set town.residents=5000; may be given several times.
    #[arg(long = "set", value_name = "KEY=VALUE")]
    settings: Vec<String>,
}

/// Prints fits.
pub fn place_fit(args: &PlaceFitArgs, global: &Global) -> Result<(), Failure> {
    if args.every {
        return build_every(args, global);
    }
    let places: Vec<String> = match args.sample {
        _ if args.thirty => THIRTY.map(str::to_owned).to_vec(),
        Some(count) => sample(count),
        None => args.places.clone(),
    };
    let stop = stop_on_signals()?;
    if let [place] = places.as_slice() {
        let found = one(place, args, &stop)?;
        return print(&render(&found));
    }
    let progress = bar(global, places.len() as u64, "places");
    let found: Vec<Result<(String, Summary, f64, f64), Failure>> = places
        .par_iter()
        .map(|place| {
            let found = one(place, args, &stop)?;
            progress.inc(1);
            let (line, gaps) = summary(&found);
            let median = found
                .rows
                .iter()
                .find(|row| row.what == "median household income");
            let (target, model) =
                median.map_or((f64::NAN, f64::NAN), |row| (row.target, row.model));
            Ok((line, gaps, target, model))
        })
        .collect();
    progress.finish_and_clear();
    let found: Vec<_> = found.into_iter().collect::<Result<_, Failure>>()?;
    let mut text: String = found.iter().map(|(line, ..)| format!("{line}\n")).collect();
    text.push_str(&overall(&found));
    print(&text)?;
    let off = found
        .iter()
        .filter(|(_, gaps, ..)| gaps.largest_share_gap > SHARE_LIMIT)
        .count();
    if args.thirty && off > 0 {
        return Err(Failure::run(format!(
            "{off} of {} counties have a sector whose share of jobs is off by more than {SHARE_LIMIT} points",
            found.len()
        )));
    }
    Ok(())
}

/// Counties evenly by code.
fn sample(count: usize) -> Vec<String> {
    let all: Vec<&str> = (gazetteer().counties().iter())
        .filter(|county| county.figures.population >= 2_000.0)
        .map(|county| county.key.as_str())
        .collect();
    let count = count.clamp(1, all.len());
    (0..count)
        .map(|n| all[n * all.len() / count].to_owned())
        .collect()
}

fn one(place: &str, args: &PlaceFitArgs, stop: &AtomicBool) -> Result<PlaceFit, Failure> {
    let failure = |error: FitError| match error {
        FitError::Scenario(found) => Failure::mistakes(&found, false),
        FitError::Stopped => Failure::interrupted("stopped"),
        other => Failure::run(format!("{place}: {other}")),
    };
    let town = place_town(gazetteer(), place, &args.settings).map_err(failure)?;
    fit(town, args.replicates, stop).map_err(failure)
}

/// What all lines say together.
fn overall(found: &[(String, Summary, f64, f64)]) -> String {
    let mut gaps: Vec<f64> = found
        .iter()
        .flat_map(|(_, gaps, ..)| gaps.share_gaps.clone())
        .collect();
    gaps.sort_by(f64::total_cmp);
    let within = |value: fn(&Summary) -> f64, limit: f64| {
        found
            .iter()
            .filter(|(_, gaps, ..)| value(gaps).abs() <= limit)
            .count()
    };
    let (place, model): (Vec<f64>, Vec<f64>) = (found.iter())
        .filter(|(_, _, place, model)| place.is_finite() && model.is_finite())
        .map(|(_, _, place, model)| (place.ln(), model.ln()))
        .unzip();
    format!(
        "\nof {} places: median gap of a sector's share {:.2} points, largest {:.2}; unemployment within 1 point {}; \
         median income within 15% {}; correlation of log median incomes {:.2}; jobs an employed resident within .05 {}; \
         employed residents within 1.5 points {}\n",
        found.len(),
        gaps.get(gaps.len() / 2).copied().unwrap_or(f64::NAN),
        gaps.last().copied().unwrap_or(f64::NAN),
        within(|gaps| gaps.unemployment, 1.0),
        within(|gaps| gaps.median_income, 0.15),
        stats::pearson(&place, &model),
        within(|gaps| gaps.jobs, 0.05),
        within(|gaps| gaps.employed, 1.5),
    )
}

/// Builds every county and metro.
fn build_every(args: &PlaceFitArgs, global: &Global) -> Result<(), Failure> {
    let table = gazetteer();
    let counties = table.counties().iter().map(|county| county.key.clone());
    let metros = table.metros().into_iter().map(|metro| metro.key);
    let all: Vec<String> = counties.chain(metros).collect();
    let progress = bar(global, all.len() as u64, "places");
    let lowered = AtomicU32::new(0);
    let wrong: Vec<String> = all
        .par_iter()
        .filter_map(|place| {
            progress.inc(1);
            let town = match place_town(table, place, &args.settings) {
                Ok(town) => town,
                Err(error) => return Some(format!("{place}: {error}")),
            };
            if !town.lowered.is_empty() {
                lowered.fetch_add(1, Ordering::Relaxed);
            }
            let draws = Draws::new(town.parameters.run.seed, 0);
            let built = synthesis::synthesize(&town.parameters, draws);
            built.err().map(|error| format!("{place}: {error}"))
        })
        .collect();
    progress.finish_and_clear();
    let mut text: String = wrong.iter().map(|line| format!("{line}\n")).collect();
    text.push_str(&format!(
        "{} of {} places build and close; in {} the town's local shares of a sector or more are lowered\n",
        all.len() - wrong.len(),
        all.len(),
        lowered.into_inner(),
    ));
    print(&text)?;
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(Failure::run("some places do not build"))
    }
}
