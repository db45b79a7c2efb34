//! Verdicts of all rows, and how many agree.

use serde::{Deserialize, Serialize};

use super::estimate::{Setting, estimate};
use super::plan::{EvaluationPlan, Kept, Layout};
use super::rows::{Evaluation, Nature};
use super::verdict::{Estimate, Verdict};

/// One figure of one row, as the model gives it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// Place of the row in the plan.
    pub row: usize,
    /// Place of the measure in the row.
    pub measure: usize,
    /// Pairs of towns.
    pub towns: u32,
    /// The model's estimate.
    pub estimate: Estimate,
    /// What is said of it.
    pub verdict: Verdict,
    /// The figure of a model in which the policy is disconnected.
    pub inert: f64,
    /// Whether that model agrees too.
    pub inert_agrees: bool,
}

/// Judges every measure of every row that can be run.
pub fn judge(plan: &EvaluationPlan, layout: &Layout, kept: &[Kept]) -> Vec<Found> {
    let mut found = Vec::new();
    for (row, evaluation) in plan.rows.iter().enumerate() {
        for (place, measure) in evaluation.measures.iter().enumerate() {
            let setting = Setting {
                layout,
                kept,
                row,
                evaluation,
                inert: false,
            };
            let value = estimate(setting, measure);
            let disconnected = Setting {
                inert: true,
                ..setting
            };
            let inert = match measure.inert {
                Some(inert) => inert,
                None => estimate(disconnected, measure).value,
            };
            found.push(Found {
                row,
                measure: place,
                towns: plan.towns_of(evaluation),
                estimate: value,
                verdict: Verdict::of(measure, value),
                inert,
                inert_agrees: measure.holds(inert),
            });
        }
    }
    found
}

/// The verdict on a row: that of its worst figure; none if it cannot be run.
pub fn worst(found: &[Found], row: usize) -> Option<Verdict> {
    let of_row = found.iter().filter(|found| found.row == row);
    of_row
        .map(|found| found.verdict)
        .max_by_key(|verdict| verdict.rank())
}

/// How many rows agree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Rows asked for.
    pub rows: u32,
    /// Of these, rows that agree.
    pub agree: u32,
    /// Rows in which the model answers.
    pub responses: u32,
    /// Of these, rows that agree.
    pub responses_agree: u32,
    /// Of the responses that agree, those in which a model without the mechanism would not.
    pub inert_fails: u32,
    /// Rows with a wrong sign.
    pub wrong_sign: u32,
    /// Rows that differ in size.
    pub wrong_size: u32,
    /// Rows whose standard errors are too large.
    pub cannot_tell: u32,
    /// Rows that cannot be run, or whose runs gave nothing.
    pub missing: u32,
}

/// Counts verdicts.
pub fn score(rows: &[Evaluation], found: &[Found]) -> Score {
    let mut score = Score::default();
    for (place, row) in rows.iter().enumerate() {
        score.rows += 1;
        let response = row.nature == Nature::Response;
        score.responses += u32::from(response);
        match worst(found, place) {
            Some(Verdict::Agrees) => {
                score.agree += 1;
                if response {
                    let mut inert = found.iter().filter(|found| found.row == place);
                    score.responses_agree += 1;
                    score.inert_fails += u32::from(!inert.all(|one| one.inert_agrees));
                }
            }
            Some(Verdict::Sign) => score.wrong_sign += 1,
            Some(Verdict::Size(_)) => score.wrong_size += 1,
            Some(Verdict::CannotTell) => score.cannot_tell += 1,
            Some(Verdict::NotMeasured) | None => score.missing += 1,
        }
    }
    score
}

impl Score {
    /// The score in words.
    pub fn line(&self) -> String {
        format!(
            "{} of {} evaluations agree: {} of {} responses, {} of them where a model without the policy fails; \
             {} of another size, {} of the other sign, {} cannot be told, {} cannot be run",
            self.agree,
            self.rows,
            self.responses_agree,
            self.responses,
            self.inert_fails,
            self.wrong_size,
            self.wrong_sign,
            self.cannot_tell,
            self.missing
        )
    }
}
