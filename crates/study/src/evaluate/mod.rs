//! Evaluation: the designs of published evaluations of policies, repeated inside the model.
//!
//! Rows of `scenarios/evaluations.toml` say what was found, how the same is done here, and in which band the model's
//! figure should lie. [`EvaluationPlan::layout`] turns them into runs that rows share, [`judge`] into verdicts. A row
//! that fails is reported like one that holds.

mod drawn;
mod estimate;
pub mod expression;
mod last;
mod matched;
mod people;
mod plan;
pub mod quantity;
mod rows;
mod score;
#[cfg(test)]
mod tests;
mod verdict;

pub use last::{Caveat, LastFigure, caveats, last_figures, last_score};
pub use plan::{EvaluationPlan, Kept, Layout};
pub use rows::{
    Arm, Design, Evaluation, Half, Known, Measure, Nature, RowError, Varied, parse, rows,
};
pub use score::{Found, Score, judge, score, worst};
pub use verdict::{Estimate, Verdict};
