//! How well a town made from a place's data resembles the place: what the data gave it, and what they did not.

mod measure;
mod rows;
mod table;

use std::sync::atomic::{AtomicBool, Ordering};

use model::run::{BuildError, MainStreet, Model, RunSettings};
use model::scenario::gazetteer::{Area, Gazetteer, PlaceLayer};
use model::scenario::{self, Diagnostic, Parameters, Setup, Source};
use model::town::ledger::Breach;
use model::town::synthesis::{Lowered, SocialAccounts, SynthesisError};
use rayon::prelude::*;

pub use measure::Measured;
pub use rows::{FitRow, Group, Verdict};
pub use table::{Summary, headline, render, summary, told_income, told_lowered};

/// Counties by which the program checks itself: one from each of thirty equal steps of the logarithm of population
/// between 2,000 and a million, drawn once, no two from one state.
pub const THIRTY: [&str; 30] = [
    "08115", "20017", "17151", "35023", "29199", "31167", "19177", "40069", "18009", "05107",
    "46127", "21231", "48419", "51033", "37003", "47053", "39081", "38035", "33009", "36089",
    "26021", "06039", "01117", "27163", "42129", "55133", "16001", "25005", "34017", "53061",
];

/// Largest gap of a sector's share of jobs after burn-in that the thirty may show, in points.
pub const SHARE_LIMIT: f64 = 2.0;

/// Months over which a town is measured, the last of its burn-in.
const MONTHS: u32 = 12;

/// Why a place has no fit.
#[derive(Debug)]
pub enum FitError {
    /// The place or a setting is wrong.
    Scenario(Vec<Diagnostic>),
    /// Its town cannot be built.
    Build(BuildError),
    /// Its accounts do not close.
    Breach(Breach),
    /// It was stopped.
    Stopped,
}

impl std::fmt::Display for FitError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            FitError::Scenario(found) => f.write_str(
                &found
                    .first()
                    .map_or(String::new(), |first| first.message.clone()),
            ),
            FitError::Build(error) => write!(f, "the town cannot be built: {error}"),
            FitError::Breach(breach) => write!(f, "{breach}"),
            FitError::Stopped => f.write_str("stopped"),
        }
    }
}

impl std::error::Error for FitError {}

/// A place, the scenario made of it, and what its accounts say.
#[derive(Debug)]
pub struct PlaceTown {
    /// The place.
    pub area: Area,
    /// Its layer.
    pub layer: PlaceLayer,
    /// The scenario's parameters.
    pub parameters: Parameters,
    /// Sectors of which the town buys less at home than the nation's shares say.
    pub lowered: Vec<Lowered>,
    /// That the survey's mean income is not met, where it is not.
    pub told_income: String,
    /// Mean household income of the accounts, dollars a year.
    pub mean_income: f64,
}

/// A place's fit.
#[derive(Debug)]
pub struct PlaceFit {
    /// The place and its scenario.
    pub town: PlaceTown,
    /// Target, model and gap of each figure.
    pub rows: Vec<FitRow>,
    /// Runs it is the mean of.
    pub replicates: u32,
}

/// The town of a place: the baseline with the place's layer and these settings.
///
/// # Errors
/// Mistakes in the place's name or the settings; accounts that cannot be.
pub fn place_town(
    table: &Gazetteer,
    asked: &str,
    settings: &[String],
) -> Result<PlaceTown, FitError> {
    let mut all = vec![format!("town.place={}", toml::Value::from(asked))];
    all.extend(settings.iter().cloned());
    let setup = Setup {
        places: table,
        ..Setup::embedded()
    };
    let source = Source::Embedded("baseline".to_owned());
    let loaded = scenario::load_with(&setup, &source, &all).map_err(FitError::Scenario)?;
    let parameters = scenario::resolve(&loaded).map_err(FitError::Scenario)?;
    let accounts = solve(&parameters)?;
    let area = table.find(asked);
    let (Ok(area), Some(layer)) = (area, loaded.place) else {
        return Err(FitError::Scenario(Vec::new()));
    };
    Ok(PlaceTown {
        area,
        layer,
        lowered: accounts.lowered(&parameters),
        told_income: told_income(&accounts, parameters.households.mean_income),
        mean_income: accounts.mean_income(),
        parameters,
    })
}

fn solve(parameters: &Parameters) -> Result<SocialAccounts, FitError> {
    let built = SocialAccounts::solve(parameters);
    built.map_err(|error: SynthesisError| FitError::Build(error.into()))
}

/// Builds a place's town so many times, lets each settle, and holds the last year of burn-in against the data.
///
/// # Errors
/// As [`place_town`]; an account that does not close; a stop.
pub fn fit(town: PlaceTown, replicates: u32, stop: &AtomicBool) -> Result<PlaceFit, FitError> {
    let numbers: Vec<u32> = (0..replicates.max(1)).collect();
    let measured: Result<Vec<Measured>, FitError> = numbers
        .par_iter()
        .map(|&number| settle(&town.parameters, number, stop))
        .collect();
    let measured = Measured::mean(&measured?);
    let rows = rows::rows(&town, &measured);
    Ok(PlaceFit {
        town,
        rows,
        replicates,
    })
}

fn settle(
    parameters: &Parameters,
    replicate: u32,
    stop: &AtomicBool,
) -> Result<Measured, FitError> {
    let settings = RunSettings::of(parameters, replicate);
    let model = MainStreet;
    let mut town = model
        .build(parameters, settings.draws())
        .map_err(FitError::Build)?;
    let mut scratch = Default::default();
    let mut measured = Measured::of(parameters, &town);
    for month in 0..settings.burn_in_months {
        if stop.load(Ordering::Relaxed) {
            return Err(FitError::Stopped);
        }
        model
            .advance(&mut town, parameters, &mut scratch)
            .map_err(FitError::Breach)?;
        if month + MONTHS >= settings.burn_in_months {
            measured.add(&town);
        }
    }
    Ok(measured.finish(&town))
}
