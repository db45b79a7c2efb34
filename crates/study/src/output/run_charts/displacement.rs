//! What technology does to the town's work.

use charts::{ChartError, Format, Series, TimeChart, Unit};

use super::Chart;
use super::observed::Observed;
use super::story::Story;

/// Work that technology took over, created and set free; nothing where it does neither.
pub(super) fn work(
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
    let end = |series: &Series| Format::Number.value(Observed::told(series).round());
    let since = match story.has_two_years() {
        true => "By the last year technology has taken over",
        false => "On average technology has taken over",
    };
    let title = format!(
        "{since} the work of {} people; {} work in new tasks",
        end(&series[0]),
        end(&series[1]),
    );
    let chart = TimeChart {
        words: story.words_with(
            title,
            "Work since the start",
            &format!(
                "Taken over is not laid off: firms also grow, shrink by attrition and give freed time to customers. {}",
                story.told_note()
            ),
        ),
        unit: Unit::new("in workers of each firm's present efficiency", Format::Number),
        months: story.months.clone(),
        series,
        events: story.events.clone(),
        ..TimeChart::default()
    };
    Some(Chart::new("technology_and_jobs", chart.render()))
}
