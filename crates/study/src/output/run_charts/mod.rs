//! The charts of scenarios: what happened in a town, from one run or from many, and what a policy changes.
//!
//! Titles are sentences computed from the numbers, in neutral words; captions say what the reader sees (one
//! run, the middle of many, or differences within pairs) and what it cannot tell.

mod business;
mod compared;
mod displacement;
mod inequality;
mod observed;
mod prices;
mod spending;
mod story;
mod technology;
#[cfg(test)]
mod tests;
mod wages;
mod work;

use rayon::prelude::*;

use crate::ensemble::ReplicateSeries;
use model::run::RunRecord;
use model::scenario::{Loaded, Parameters, TimelineEntry};

use charts::{ChartError, Rendered};
use observed::Observed;
use story::Story;

pub use compared::{comparison_charts, left_out};
pub use observed::has_two_years;
pub(super) use observed::{at_end, at_start, trailing_year};

/// A drawn chart with the name of its files.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// Name of its files without their ending: `unemployment`.
    pub name: String,
    /// The picture, its numbers and its description.
    pub rendered: Rendered,
}

impl Chart {
    pub(super) fn new(
        name: impl Into<String>,
        rendered: Result<Rendered, ChartError>,
    ) -> Result<Chart, ChartError> {
        rendered.map(|rendered| Chart {
            name: name.into(),
            rendered,
        })
    }
}

/// The scenario that charts tell of.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its values.
    pub parameters: &'a Parameters,
    /// Its policies and shocks.
    pub timeline: &'a [TimelineEntry],
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
    let subject = Subject {
        name: &loaded.name,
        parameters,
        timeline: &loaded.timeline,
    };
    let story = Story::new(&subject, &observed);
    let mut drawn = common(&story, &observed)?;
    drawn.extend(together(&[
        &|| work::sectors(&story, record),
        &|| spending::dollar(&story, record),
        &|| business::sizes(&story, record),
        &|| business::survival(&story, record),
        &|| technology::adoption(&story, record),
        &|| technology::outcomes(&story, record),
        &|| technology::promises(&story, record),
        &|| technology::before_and_after(&story, record),
    ])?);
    Ok(drawn)
}

/// The charts of many runs of one scenario: means, and bands if there are enough runs.
///
/// # Errors
/// As [`charts()`].
pub fn ensemble_charts(
    subject: &Subject<'_>,
    replicates: &[ReplicateSeries],
) -> Result<Vec<Chart>, ChartError> {
    let observed = Observed::of_series(replicates);
    common(&Story::new(subject, &observed), &observed)
}

/// Change of what mean income buys since the start, by tenth of households from the lowest: the middle of the runs and
/// where the middle 90% of them begin and end (missing below five runs). Nothing in runs of less than two years.
pub fn income_changes(
    record: Option<&RunRecord>,
    series: &[ReplicateSeries],
) -> Option<Vec<[f64; 3]>> {
    let observed = match record {
        Some(record) => Observed::of_run(record),
        None => Observed::of_series(series),
    };
    inequality::income_changes(&observed)
}

/// The charts that need neither firms nor payments.
fn common(story: &Story<'_>, observed: &Observed<'_>) -> Result<Vec<Chart>, ChartError> {
    together(&[
        &|| Some(work::unemployment(story, observed)),
        &|| Some(work::employment(story, observed)),
        &|| Some(work::occupations(story, observed)),
        &|| work::jobs_by_occupation(story, observed),
        &|| Some(wages::percentiles(story, observed)),
        &|| Some(wages::by_occupation(story, observed)),
        &|| wages::skill_groups(story, observed),
        &|| Some(prices::prices_and_wages(story, observed)),
        &|| Some(spending::places(story, observed)),
        &|| Some(inequality::gini(story, observed)),
        &|| inequality::deciles(story, observed),
        &|| inequality::lorenz(story, observed),
        &|| business::openings(story, observed),
        &|| displacement::work(story, observed),
        &|| work::beveridge(story, observed),
    ])
}

/// How one chart is made; none if its numbers do not exist.
type Maker<'a> = &'a (dyn Fn() -> Option<Result<Chart, ChartError>> + Sync);

/// Makes charts side by side; they come in the order given.
fn together(makers: &[Maker<'_>]) -> Result<Vec<Chart>, ChartError> {
    let drawn: Vec<_> = makers.par_iter().map(|make| make()).collect();
    drawn.into_iter().flatten().collect()
}
