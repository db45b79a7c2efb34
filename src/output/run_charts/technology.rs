//! Charts of technology: who uses what, and what it does to jobs.

use crate::indicators::tables::AdoptionMonth;
use crate::output::charts::{
    ChartError, Format, MOST_SERIES, Panel, Series, SmallMultiples, TimeChart, Unit,
};
use crate::run::RunRecord;

use super::Chart;
use super::observed::{Observed, at_end, at_start};
use super::story::Story;

/// Adoption curves: the share of firms that use each technology; nothing where technology is off.
pub(super) fn adoption(story: &Story<'_>, record: &RunRecord) -> Option<Result<Chart, ChartError>> {
    let catalogue = story.parameters.technologies.iter();
    let curves: Vec<Series> = catalogue
        .enumerate()
        .map(|(place, technology)| {
            let of = |row: Option<&AdoptionMonth>| row.map_or(f64::NAN, |row| row.users_share);
            let months = record.months.iter().map(|m| of(m.adoption.get(place)));
            Series::new(&technology.title, place, months.collect())
        })
        .filter(|series| series.values.iter().any(|value| value.is_finite()))
        .collect();
    let gain = |series: &Series| at_end(&series.values) - at_start(&series.values);
    let fastest = (curves.iter()).max_by(|a, b| gain(a).total_cmp(&gain(b)))?;
    let title = format!(
        "{} spreads furthest, from {} of firms in the first year to {}",
        fastest.label,
        Format::Share.value(at_start(&fastest.values)),
        Format::Share.value(at_end(&fastest.values)),
    );
    let words = story.words(title, "Firms that use a technology, in any stage");
    let unit = Unit::new("% of firms in business", Format::Share);
    let (months, events) = (story.months.clone(), story.events.clone());
    let rendered = if curves.len() <= MOST_SERIES {
        TimeChart {
            words,
            unit,
            months,
            series: curves,
            events,
            ..TimeChart::default()
        }
        .render()
    } else {
        let panel = |series: Series| Panel {
            title: series.label.clone(),
            series: vec![Series { color: 0, ..series }],
        };
        SmallMultiples {
            words,
            unit,
            months,
            events,
            panels: curves.into_iter().map(panel).collect(),
            ..SmallMultiples::default()
        }
        .render()
    };
    Some(Chart::new("adoption", rendered))
}

/// Work that technology took over, created and set free; nothing where it does neither.
pub(super) fn jobs(
    story: &Story<'_>,
    observed: &Observed<'_>,
) -> Option<Result<Chart, ChartError>> {
    let displaced = observed.scalar("Taken over", 1, |m| m.technology.displaced_jobs);
    let created = observed.scalar("In new tasks", 2, |m| m.technology.new_task_jobs);
    let kept = observed.scalar("Time given to customers", 0, |m| m.technology.kept_jobs);
    let series = vec![displaced, created, kept];
    let does_nothing = |series: &Series| series.values.iter().all(|v| *v == 0.0 || v.is_nan());
    if series.iter().all(does_nothing) {
        return None;
    }
    let end = |series: &Series| Format::Number.value(at_end(&series.values).round());
    let title = format!(
        "By the last year technology has taken over the work of {} people; {} work in new tasks",
        end(&series[0]),
        end(&series[1]),
    );
    let chart = TimeChart {
        words: story.words_with(
            title,
            "Work since the start",
            "Taken over is not laid off: firms also grow, shrink by attrition and give freed time to customers.",
        ),
        unit: Unit::new("in workers of each firm's present efficiency", Format::Number),
        months: story.months.clone(),
        series,
        events: story.events.clone(),
        ..TimeChart::default()
    };
    Some(Chart::new("technology_and_jobs", chart.render()))
}
