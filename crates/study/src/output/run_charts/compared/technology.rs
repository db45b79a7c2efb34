//! How far each scenario automates.

use crate::output::run_charts::Chart;
use crate::output::run_charts::observed::at_end;
use charts::{ChartError, Format, Series, TimeChart, Unit, Words};

use super::{Compared, brief};

/// Share of tasks done by technology, one line a scenario; nothing if none automates.
pub(super) fn tasks(compared: &Compared<'_>) -> Option<Result<Chart, ChartError>> {
    let scenarios = compared.names.iter().zip(&compared.observed).enumerate();
    let series: Vec<Series> = scenarios
        .map(|(color, (name, observed))| {
            observed.scalar(name, color, |m| m.technology.automated_task_share)
        })
        .filter(|series| series.values.iter().any(|value| value.is_finite()))
        .collect();
    let ends = series
        .iter()
        .map(|series| (brief(&series.label), at_end(&series.values)));
    let ends: Vec<(String, f64)> = ends.collect();
    let lowest = ends.iter().min_by(|a, b| a.1.total_cmp(&b.1))?;
    let highest = ends.iter().max_by(|a, b| a.1.total_cmp(&b.1))?;
    let share = |(name, value): &(String, f64)| format!("{} ({name})", Format::Share.value(*value));
    let title = match ends.as_slice() {
        [one] => format!("Technology does {} of tasks in the last year", share(one)),
        _ => format!(
            "Technology does {} to {} of tasks in the last year",
            share(lowest),
            share(highest)
        ),
    };
    let left_out = compared.names.len() - series.len();
    let note = match left_out {
        0 => "",
        _ => "Scenarios in which technology is off have no line.",
    };
    let words = compared.story.words(
        title,
        "Tasks done by technology, averaged over firms by workers; what they held at the start included",
    );
    let runs = compared.observed.iter().map(|o| o.replicates.len());
    let runs = runs.max().unwrap_or(0);
    let chart = TimeChart {
        words: Words {
            caption: format!(
                "{}{runs} runs of each scenario that differ by chance alone. {note}",
                compared.line_words()
            ),
            ..words
        },
        unit: Unit::new("% of tasks", Format::Share),
        months: compared.story.months.clone(),
        series,
        events: compared.story.events.clone(),
        ..TimeChart::default()
    };
    Some(Chart::new("compare_automation", chart.render()))
}
