//! What a policy brings and what it costs governments.

use crate::indicators::MonthIndicators;
use crate::output::charts::{Axis, ChartError, Curve, CurveChart, CurveStyle, Format};
use crate::output::run_charts::Chart;
use crate::study::compare::{Difference, ScenarioChange};

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

/// What all governments pay more, or take less, than in the baseline, in dollars a year: what the outer government
/// pays into the town net of its taxes, less the local government's balance. Aid between them cancels.
pub(super) fn public_cost(scenario: &ScenarioChange) -> Option<f64> {
    let outer = change(scenario, "outer_net")?.estimate;
    let local = change(scenario, "local_balance")?.estimate;
    let cost = MONTHS * (outer - local);
    cost.is_finite().then_some(cost)
}

/// Employment against public cost, one point a scenario; nothing if no scenario costs anything.
pub(super) fn employment_and_cost(compared: &Compared<'_>) -> Option<Result<Chart, ChartError>> {
    let mut curves = Vec::new();
    let mut told = Vec::new();
    for (color, scenario) in compared.changes() {
        let cost = public_cost(scenario)?;
        let jobs = change(scenario, "employment")?;
        let (money, persons) = (Format::Dollars.value(cost), Format::Number);
        told.push(format!(
            "{} {} jobs for {money} a year",
            brief(&scenario.name),
            persons.signed(jobs.estimate.round()),
        ));
        curves.push(Curve {
            label: scenario.name.clone(),
            note: format!(
                "{} ({:.0}%: {})",
                persons.signed(jobs.estimate.round()),
                100.0 * compared.comparison.confidence,
                persons.signed_range(jobs.low.round(), jobs.high.round())
            ),
            color,
            style: CurveStyle::Points,
            points: vec![(cost, jobs.estimate)],
        });
    }
    if curves.iter().all(|curve| curve.points[0].0 == 0.0) {
        return None;
    }
    let title = if told.len() > 2 {
        "Employed residents and public cost".to_owned()
    } else {
        told.join("; ")
    };
    let chart = CurveChart {
        words: compared.story.words_with(
            title,
            format!(
                "Last year against {}: employed residents",
                compared.baseline_name()
            ),
            "Cost: what all governments pay more or take less, side effects on taxes and benefits included; negative if they gain.",
        ),
        x: Axis::new("Public cost, dollars a year", Format::Dollars),
        y: Axis::new("difference in persons", Format::Number),
        square: false,
        curves,
        reference: None,
    };
    Some(Chart::new("employment_and_cost", chart.render()))
}
