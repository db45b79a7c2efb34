//! What does automation by small and medium businesses do to a town, and which policy helps?
//!
//! A town of households, firms, governments and a bank is built from accounts that close, and lives month by month.
//! Everything that happens is a pure function of a scenario, a seed and a replicate's number.
//!
//! ```
//! use mainstreet::prelude::*;
//!
//! // A scenario that comes with the program, or a file; with changes, as on the command line.
//! let p = parameters("baseline", &["town.residents=2000", "run.months=6", "run.burn_in_months=2"])?;
//! let record = simulate(&p, 0, &mut |_| ControlFlow::Continue(()))?;
//! let rate = record.series("unemployment_rate").expect("it is an indicator");
//! assert_eq!(rate.len(), 6);
//!
//! // The same parameters and replicate: the same bytes, whatever the number of threads.
//! assert_eq!(simulate(&p, 0, &mut |_| ControlFlow::Continue(()))?.series("unemployment_rate"), Some(rate));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Where things are
//!
//! | you want to … | look at | example |
//! |---|---|---|
//! | run a scenario | [`scenario`], [`run::simulate`] | above |
//! | try a policy of your own making from the catalogue of policies and shocks | [`scenario::parameters::Lever`], `docs/policies` | `examples/own_policy.rs` |
//! | change what happens in a month | [`run::Model`], [`month::advance`] | `examples/own_rules.rs` |
//! | measure something of your own | [`run::Replicate`], [`indicators`] | `examples/own_indicator.rs` |
//! | look at single people and firms | [`town::Town`] and its columns | `examples/read_agents.rs` |
//! | repeat, compare, sweep | [`study::perform`], [`run::ensemble`] | `examples/study.rs` |
//! | write tables and charts | [`output::results`], [`output::OutputFolder`](output::folder::OutputFolder) | `examples/chart_gallery.rs` |
//!
//! # What is promised
//!
//! The items of [`prelude`], and what they return, change only with a new minor version and an entry in CHANGELOG.md. Everything
//! else is public so that it can be read and tried, and may change with any version.
//!
//! The packages behind this one: `model` (scenario, town, month, indicators, one run; no files, clocks or threads of its
//! own), `charts` (numbers in, pictures out) and `study` (many runs, tables, pages).

pub mod disk;
pub mod explore;
pub mod output;
pub mod own_place;
pub mod places;

pub use model::{indicators, month, rng, stats, town, units};
pub use study;

/// One replicate, many of them, and runs that survive being stopped.
pub mod run {
    pub use model::run::*;
    pub use study::ensemble;

    /// Runs that survive being stopped.
    pub mod checkpoint {
        pub use crate::disk::checkpoints::{open_store, read, write, write_saved};
        pub use model::run::checkpoint::*;
        pub use study::ensemble::{CheckpointError, Store, UNFINISHED};
    }
}

/// What is asked: scenario files, read from the disk.
pub mod scenario {
    use crate::disk::Disk;
    pub use model::scenario::*;

    /// The program's own parameters, presets and rules, with files from the disk.
    pub fn setup() -> Setup<'static> {
        Setup {
            texts: &Disk,
            places: &crate::places::Shipped,
            ..Setup::embedded()
        }
    }

    /// Mistakes in a scenario, as one error that tells all of them with their places.
    #[derive(Debug, thiserror::Error)]
    #[error("{}", render_all(.0, false).trim_end())]
    pub struct Mistakes(pub Vec<Diagnostic>);

    /// The parameters of a scenario: a name of the program's own, or else a path; with changes as `key=value`.
    ///
    /// # Errors
    /// Every mistake in its files and changes.
    pub fn parameters(scenario: &str, changes: &[&str]) -> Result<Parameters, Mistakes> {
        let source = match LIBRARY.scenario(scenario) {
            Some(_) => Source::Embedded(scenario.to_owned()),
            None => Source::Path(scenario.into()),
        };
        parameters_of(&source, changes)
    }

    /// As [`parameters`](fn@parameters), of a scenario at hand as text.
    ///
    /// # Errors
    /// As [`parameters`](fn@parameters).
    pub fn parameters_of_text(text: &str, changes: &[&str]) -> Result<Parameters, Mistakes> {
        let source = Source::Text {
            name: "scenario.toml".to_owned(),
            text: text.to_owned(),
        };
        parameters_of(&source, changes)
    }

    fn parameters_of(source: &Source, changes: &[&str]) -> Result<Parameters, Mistakes> {
        let changes: Vec<String> = changes.iter().map(|&change| change.to_owned()).collect();
        let loaded = load(source, &changes).map_err(Mistakes)?;
        resolve(&loaded).map_err(Mistakes)
    }

    /// Reads a scenario against the program's own parameters.
    ///
    /// # Errors
    /// Every mistake in any of its files and settings.
    pub fn load(source: &Source, overrides: &[String]) -> Result<Loaded, Vec<Diagnostic>> {
        load_with(&setup(), source, overrides)
    }
}

/// What most programs need, in one line: `use mainstreet::prelude::*`.
pub mod prelude {
    pub use std::ops::ControlFlow;

    pub use crate::indicators::{Conventions, Definition, MonthIndicators, MonthRecord};
    pub use crate::month::{Scratch, advance};
    pub use crate::output::results::tables;
    pub use crate::output::table::{ColumnData, Table};
    pub use crate::rng::{Draws, Purpose};
    pub use crate::run::ensemble::{Ensemble, Schedule};
    pub use crate::run::{
        BuildError, MainStreet, Model, Progress, Replicate, RunError, RunRecord, RunSettings,
        build_town, simulate, simulate_with,
    };
    pub use crate::scenario::{
        Diagnostic, Loaded, Mistakes, Parameters, Source, load, parameters, parameters_of_text,
        resolve,
    };
    pub use crate::study::{Answer, Asked, Request, ScenarioText, StudyScenario, bands, perform};
    pub use crate::town::ledger::{Breach, Flow, Ledger};
    pub use crate::town::people::{NO_EMPLOYER, PUBLIC_EMPLOYER, Status};
    pub use crate::town::{Firms, Households, Town, Workers};
    pub use crate::units::{Money, OCCUPATION_IDS, SECTOR_IDS};
}
