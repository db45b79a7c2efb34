//! Sweeps: one scenario at many points of its parameters.
//!
//! A [`SweepFile`] says what varies and how; a [`SweepPlan`] is that, resolved: every run has a number, and its
//! point, its seed and its place in the results follow from the number alone. So any machine can do any part of a
//! sweep ([`Shard`]), and the parts put together are the sweep.
//!
//! ```
//! use std::sync::atomic::AtomicBool;
//! use model::run::MainStreet;
//! use model::scenario::{self, Source};
//! use study::ensemble::{Ensemble, Schedule};
//! use study::perform_sweep;
//! use study::sweep::{SweepFile, SweepPlan, point_outcomes};
//!
//! let file = SweepFile::parse(
//!     "schema_version = 1
//!      outcomes = [\"unemployment_rate\"]
//!      [set]
//!      town.residents = 1000
//!      run.months = 3
//!      run.burn_in_months = 1
//!      [[vary]]
//!      key = \"firms.payout_share\"
//!      values = [0.8, 1.0]",
//! )
//! .expect("a sweep file");
//! let base = scenario::load(&Source::Embedded(file.scenario.clone()), &file.settings()).expect("a valid scenario");
//! let plan = SweepPlan::new(&file, &base).expect("values in range");
//!
//! let stop = AtomicBool::new(false);
//! let ensemble = Ensemble {
//!     model: &MainStreet,
//!     schedule: Schedule::new(None, 1000),
//!     store: None,
//!     stop: &stop,
//! };
//! // Any part of the numbers, on any machine; here all.
//! let runs: Vec<usize> = (0..plan.points().expect("a small grid")).collect();
//! let outcomes = perform_sweep(&plan, &runs, &ensemble, |_| ()).expect("two towns");
//! let points = point_outcomes(&plan, &outcomes, 0.95);
//! assert_eq!(points.len(), 2);
//! assert!((0.0..1.0).contains(&points[0].mean));
//! ```

mod analysis;
mod factor;
mod file;
mod outcome;
mod part;
mod plan;
mod resolve;
mod shard;
#[cfg(test)]
mod tests;

pub use analysis::{FactorEffect, PointOutcome, Untold, effects, point_outcomes};
pub use factor::{Factor, Levels};
pub use file::{SweepFile, Vary, parse_vary};
pub use outcome::{Outcome, RunOutcome};
pub use plan::{Design, SCENARIO, Setting, SweepError, SweepPlan};
pub use shard::Shard;
