//! Charts of scenarios beside their baseline: levels and differences, who gains and loses, what it costs.

mod cost;
mod groups;
mod levels;

use crate::compare::{Comparison, ScenarioChange};
use crate::ensemble::ReplicateSeries;
use charts::{ChartError, MOST_SERIES};

use super::observed::{Observed, YEAR};
use super::story::Story;
use super::{Chart, Subject};

/// What all comparison charts need.
struct Compared<'a> {
    story: Story<'a>,
    names: Vec<&'a str>,
    /// The scenarios' runs, the baseline's first.
    observed: Vec<Observed<'a>>,
    /// Places of the scenarios that have lines and charts of their own, the baseline first: no more than can be told
    /// apart. A scenario's place here is its color in every chart.
    shown: Vec<usize>,
    comparison: &'a Comparison,
}

impl Compared<'_> {
    /// The scenarios shown, with color, place, and differences to the baseline.
    fn changes(&self) -> impl Iterator<Item = (usize, usize, &ScenarioChange)> {
        let shown = self.shown.iter().enumerate().skip(1);
        shown.filter_map(|(color, &at)| Some((color, at, self.comparison.scenarios.get(at - 1)?)))
    }

    fn months(&self) -> usize {
        self.observed
            .iter()
            .map(Observed::months)
            .min()
            .unwrap_or(0)
    }

    /// What titles compare: "last year", or all months of a shorter run.
    fn window_words(&self) -> String {
        match self.months() {
            months if months >= YEAR => "last year".to_owned(),
            months => format!("mean of {months} months"),
        }
    }

    /// What lines are, and the numbers beside them.
    fn smoothing_words(&self) -> String {
        match self.months() {
            months if months >= YEAR => "Means over the twelve months up to each month.".to_owned(),
            months => format!("Dashes and the numbers beside them: means of all {months} months."),
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
/// baseline first; of more scenarios than a reader can tell apart, those that differ most are shown.
///
/// # Errors
/// If the drawing library refuses.
pub fn comparison_charts(
    subjects: &[Subject<'_>],
    replicates: &[Vec<ReplicateSeries>],
    comparison: &Comparison,
) -> Result<Vec<Chart>, ChartError> {
    let observed: Vec<Observed<'_>> = (replicates.iter().take(subjects.len()))
        .map(|series| Observed::of_series(series))
        .collect();
    let Some(baseline) = observed.first() else {
        return Ok(Vec::new());
    };
    let shown = levels::most_different(&observed, MOST_SERIES);
    let names: Vec<&str> = subjects.iter().map(|subject| subject.name).collect();
    let caption = caption(
        comparison,
        baseline.replicates.len(),
        &left_out_of(&names, &shown),
    );
    let drawn: Vec<Subject<'_>> = shown.iter().map(|&at| subjects[at]).collect();
    let Some(story) = Story::compared(&drawn, baseline, caption) else {
        return Ok(Vec::new());
    };
    let compared = Compared {
        story,
        names,
        observed,
        shown,
        comparison,
    };
    let mut charts = levels::all(&compared)?;
    charts.extend(groups::deciles(&compared)?);
    charts.extend(groups::sectors(&compared)?);
    charts.extend(groups::occupations(&compared)?);
    if let Some(chart) = cost::employment_and_cost(&compared) {
        charts.push(chart?);
    }
    Ok(charts)
}

fn left_out_of<'a>(names: &[&'a str], shown: &[usize]) -> Vec<&'a str> {
    let all = names.iter().enumerate();
    all.filter(|(at, _)| !shown.contains(at))
        .map(|(_, name)| *name)
        .collect()
}

/// Names of the scenarios that charts of a comparison have no room for: those that differ least from the first.
pub fn left_out<'a>(names: &[&'a str], replicates: &[Vec<ReplicateSeries>]) -> Vec<&'a str> {
    let observed: Vec<Observed<'_>> = (replicates.iter())
        .map(|series| Observed::of_series(series))
        .collect();
    left_out_of(names, &levels::most_different(&observed, MOST_SERIES))
}

fn caption(comparison: &Comparison, pairs: usize, left_out: &[&str]) -> String {
    let mut text = if comparison.paired {
        format!(
            "Differences are within {pairs} pairs of runs that share all chance draws; they show the model's noise, not whether the model is right."
        )
    } else {
        "Runs of the scenarios are independent, so differences hold chance as well.".to_owned()
    };
    if !left_out.is_empty() {
        text += &format!(
            " Left out here as they differ least, and in the tables: {}.",
            left_out.join(", ")
        );
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
