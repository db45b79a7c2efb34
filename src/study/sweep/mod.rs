//! Sweeps: one scenario at many points of its parameters.
//!
//! A [`SweepFile`] says what varies and how; a [`SweepPlan`] is that, resolved: every run has a number, and its
//! point, its seed and its place in the results follow from the number alone. So any machine can do any part of a
//! sweep ([`Shard`]), and the parts put together are the sweep.

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
