//! The charts of one scenario: what happened in its town, from one run or from many.
//!
//! Titles are sentences computed from the numbers, in neutral words; captions say what the reader sees (one
//! run, or the middle of many) and what it cannot tell.

mod business;
mod inequality;
mod observed;
mod prices;
mod spending;
mod story;
#[cfg(test)]
mod tests;
mod wages;
mod work;

use crate::run::RunRecord;
use crate::scenario::{Loaded, Parameters};

use super::charts::{ChartError, Rendered};
use observed::Observed;
use story::Story;

/// A drawn chart with the name of its files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// Name of its files without their ending: `unemployment`.
    pub name: &'static str,
    /// The picture, its numbers and its description.
    pub rendered: Rendered,
}

impl Chart {
    fn new(
        name: &'static str,
        rendered: Result<Rendered, ChartError>,
    ) -> Result<Chart, ChartError> {
        rendered.map(|rendered| Chart { name, rendered })
    }
}

/// The charts of one run, in the order a reader wants them. A chart whose numbers do not exist (survival in a
/// run without births, deciles before a year has passed) is left out.
///
/// # Errors
/// If the drawing library refuses.
pub fn charts(
    loaded: &Loaded,
    parameters: &Parameters,
    record: &RunRecord,
) -> Result<Vec<Chart>, ChartError> {
    let observed = Observed::of_run(record);
    let story = Story::new(loaded, parameters, &observed);
    let drawn = [
        Some(work::unemployment(&story, &observed)),
        Some(work::employment(&story, &observed)),
        Some(work::sectors(&story, record)),
        Some(work::occupations(&story, &observed)),
        Some(wages::percentiles(&story, &observed)),
        Some(wages::by_occupation(&story, &observed)),
        Some(wages::skill_groups(&story, &observed)),
        Some(prices::prices_and_wages(&story, &observed)),
        Some(spending::places(&story, &observed)),
        spending::dollar(&story, record),
        Some(inequality::gini(&story, &observed)),
        inequality::deciles(&story, &observed),
        inequality::lorenz(&story, &observed),
        Some(business::openings(&story, &observed)),
        business::sizes(&story, record),
        business::survival(&story, record),
        work::beveridge(&story, &observed),
    ];
    drawn.into_iter().flatten().collect()
}
