//! Charts of scenarios beside their baseline: levels and differences, who gains and loses, what it costs.

mod cost;
mod groups;
mod levels;
mod technology;

use crate::compare::{Comparison, ScenarioChange};
use crate::ensemble::ReplicateSeries;
use charts::{ChartError, MOST_SERIES};

use super::observed::Observed;
use super::story::Story;
use super::{Chart, Subject};

/// What all comparison charts need.
struct Compared<'a> {
    story: Story<'a>,
    names: Vec<&'a str>,
    /// The scenarios' runs, the baseline's first; no more than can be told apart.
    observed: Vec<Observed<'a>>,
    comparison: &'a Comparison,
}

impl Compared<'_> {
    /// Scenarios with their differences to the baseline.
    fn changes(&self) -> impl Iterator<Item = (usize, &ScenarioChange)> {
        let shown = 1..self.observed.len();
        shown.zip(&self.comparison.scenarios)
    }

    /// What lines without bands are; nothing where bands tell.
    fn line_words(&self) -> &'static str {
        if self.observed.first().is_some_and(Observed::has_bands) {
            ""
        } else {
            "Lines are medians of the runs, too few to show how far they spread. "
        }
    }

    fn baseline_name(&self) -> String {
        brief(self.names.first().copied().unwrap_or("baseline"))
    }

    /// "the 95% confidence interval of the mean difference".
    fn interval_words(&self) -> String {
        let percent = 100.0 * self.comparison.confidence;
        format!("the {percent:.0}% confidence interval of the mean difference")
    }
}

/// The charts of scenarios compared with the first of them. `subjects` and `replicates` go together, the
/// baseline first; of more scenarios than a reader can tell apart, the first are shown.
///
/// # Errors
/// If the drawing library refuses.
pub fn comparison_charts(
    subjects: &[Subject<'_>],
    replicates: &[Vec<ReplicateSeries>],
    comparison: &Comparison,
) -> Result<Vec<Chart>, ChartError> {
    let shown = subjects.len().min(replicates.len()).min(MOST_SERIES);
    let observed: Vec<Observed<'_>> = (replicates[..shown].iter())
        .map(|series| Observed::of_series(series))
        .collect();
    let Some(baseline) = observed.first() else {
        return Ok(Vec::new());
    };
    let caption = caption(
        comparison,
        baseline.replicates.len(),
        subjects.len() - shown,
    );
    let Some(story) = Story::compared(&subjects[..shown], baseline, caption) else {
        return Ok(Vec::new());
    };
    let compared = Compared {
        story,
        names: subjects.iter().map(|subject| subject.name).collect(),
        observed,
        comparison,
    };
    let mut charts = levels::all(&compared)?;
    charts.extend(technology::tasks(&compared).transpose()?);
    charts.extend(groups::deciles(&compared)?);
    charts.extend(groups::occupations(&compared)?);
    if let Some(chart) = cost::employment_and_cost(&compared) {
        charts.push(chart?);
    }
    Ok(charts)
}

fn caption(comparison: &Comparison, pairs: usize, left_out: usize) -> String {
    let mut text = if comparison.paired {
        format!(
            "Differences are within {pairs} pairs of runs that share all chance draws; they show the model's noise, not whether the model is right."
        )
    } else {
        "Runs of the scenarios are independent, so differences hold chance as well.".to_owned()
    };
    if left_out > 0 {
        text += &format!(" {left_out} more scenarios are left out here and are in the tables.");
    }
    text
}

/// Longest name that titles hold whole.
const LONGEST_NAME: usize = 32;

/// A scenario's name for titles, where a long one would push the numbers out.
pub(super) fn brief(name: &str) -> String {
    if name.chars().count() <= LONGEST_NAME {
        return name.to_owned();
    }
    let start: String = name.chars().take(LONGEST_NAME - 1).collect();
    format!("{}…", start.trim_end_matches(['-', '_', ' ']))
}

/// A scenario's name as part of a file's name.
fn file_part(name: &str) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
    name.chars().map(safe).collect()
}
