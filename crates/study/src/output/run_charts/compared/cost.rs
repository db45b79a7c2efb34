//! What a policy brings and what it costs governments.

use crate::compare::{Difference, ScenarioChange, last_year};
use crate::output::run_charts::Chart;
use crate::output::run_charts::observed::{Month, Observed};
use charts::{Axis, ChartError, Curve, CurveChart, CurveStyle, Format};
use model::indicators::MonthIndicators;
use model::stats::{self, Interval as Estimate};

use super::{Compared, brief};

const MONTHS: f64 = 12.0;

/// The last year's difference of an indicator.
fn change<'a>(scenario: &'a ScenarioChange, indicator: &str) -> Option<&'a Difference> {
    let place = MonthIndicators::definitions().position(|d| d.name == indicator)?;
    let found = scenario
        .indicators
        .iter()
        .find(|change| change.indicator == place);
    found.map(|change| &change.last_year)
}

/// What all governments pay in the last year of each run, dollars a year: what the outer government pays into the
/// town net of its taxes, less the local government's balance. Aid between them cancels.
fn public_costs(observed: &Observed<'_>) -> Vec<f64> {
    let cost = |m: &Month<'_>| m.scalars.accounts.outer_net - m.scalars.accounts.local_balance;
    let lines = observed.lines(cost, <[f64]>::to_vec);
    let last = |line: &Vec<f64>| MONTHS * last_year(line);
    lines.iter().map(last).collect()
}

/// What all governments pay more, or take less, than in the baseline, with its interval.
fn public_cost(compared: &Compared<'_>, place: usize) -> Option<Estimate> {
    let (first, second) = (compared.observed.first()?, compared.observed.get(place)?);
    let (first, second) = (public_costs(first), public_costs(second));
    let confidence = compared.comparison.confidence;
    if compared.comparison.paired {
        stats::paired_difference(&first, &second, confidence).map(|pair| pair.difference)
    } else {
        stats::unpaired_difference_interval(&first, &second, confidence)
    }
}

/// Employment against public cost, one point a scenario; nothing if no scenario costs anything.
pub(super) fn employment_and_cost(compared: &Compared<'_>) -> Option<Result<Chart, ChartError>> {
    let mut curves = Vec::new();
    let mut told = Vec::new();
    for (color, at, scenario) in compared.changes() {
        let cost = public_cost(compared, at)?;
        let jobs = change(scenario, "original_employed")?;
        let (money, persons) = (Format::Dollars.signed(cost.estimate), Format::Number);
        told.push(format!(
            "{}: {} residents of month 0 at work, {money} a year of public cost",
            brief(&scenario.name),
            persons.signed(jobs.estimate.round()),
        ));
        curves.push(Curve {
            label: scenario.name.clone(),
            note: format!(
                "{} employed, {money} a year",
                persons.signed(jobs.estimate.round()),
            ),
            color,
            style: CurveStyle::Points,
            points: vec![(cost.estimate, jobs.estimate)],
            intervals: vec![[(cost.low, cost.high), (jobs.low, jobs.high)]],
        });
    }
    if curves.iter().all(|curve| curve.points[0].0 == 0.0) {
        return None;
    }
    let title = if told.len() > 2 {
        "What each scenario brings and costs: residents of month 0 at work, and public cost"
            .to_owned()
    } else {
        told.join("; ")
    };
    let note = format!(
        "Lines hold {}. Right of $0: the public pays more; left of it, it pays less or takes more. Cost: what all governments pay more or take less, side effects on taxes and benefits included.",
        compared.interval_words()
    );
    let chart = CurveChart {
        words: compared.story.words_with(
            title,
            format!(
                "Last year against {}: public cost to the right, difference in residents of month 0 at work upward",
                compared.baseline_name()
            ),
            &note,
        ),
        x: Axis::new("Public cost, dollars a year", Format::Dollars),
        y: Axis::new("persons", Format::Number),
        square: false,
        curves,
        reference: None,
    };
    Some(Chart::new("employment_and_cost", chart.render()))
}
