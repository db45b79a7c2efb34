//! Charts of firms: openings and closings, sizes, how long the new ones live.

use charts::{Axis, ChartError, Curve, CurveChart, CurveStyle, Format, Reference, TimeChart, Unit};
use model::run::RunRecord;
use model::stats;

use super::Chart;
use super::observed::{Month, Observed, YEAR, trailing_year};
use super::story::Story;
use super::work::last;

/// Sizes between which the tail is fitted, in workers, as validation does.
const TAIL: (f64, f64) = (5.0, 500.0);
/// Share of new establishments alive after 1 to 5 years: U.S. Bureau of Labor Statistics, Business Employment
/// Dynamics, private sector.
const SURVIVAL_BLS: [f64; 5] = [0.796, 0.689, 0.614, 0.553, 0.506];
/// Fewest firms at risk that a point of the survival curve may rest on.
const FEWEST_AT_RISK: usize = 10;

/// Openings and closings over twelve months; nothing in a run of less than a year.
pub(super) fn openings(
    story: &Story<'_>,
    observed: &Observed<'_>,
) -> Option<Result<Chart, ChartError>> {
    if observed.months() < YEAR {
        return None;
    }
    let yearly = |months: &[f64]| -> Vec<f64> {
        trailing_year(months)
            .iter()
            .map(|rate| 12.0 * rate)
            .collect()
    };
    let rate = |label: &str, color, of: fn(&Month<'_>) -> f64| {
        let share = |month: &Month<'_>| of(month) / month.scalars.business.firms;
        observed.line(label, color, share, yearly)
    };
    let opened = rate("Openings", 0, |m| m.scalars.business.entries);
    let closed = rate("Closings", 1, |m| m.scalars.business.exits);
    let title = format!(
        "In the last twelve months {} of firms open and {} close",
        Format::Share.value(last(&opened.values)),
        Format::Share.value(last(&closed.values)),
    );
    let chart = TimeChart {
        words: story.words(title, "Firms opened and closed over twelve months"),
        unit: Unit::new("% of firms in business", Format::Share),
        months: story.months.clone(),
        series: vec![opened, closed],
        events: story.events.clone(),
        ..TimeChart::default()
    };
    Some(Chart::new("openings_and_closings", chart.render()))
}

/// The distribution of firm sizes at the last year-end; nothing without firms.
pub(super) fn sizes(story: &Story<'_>, record: &RunRecord) -> Option<Result<Chart, ChartError>> {
    let year = record.firms.years().checked_sub(1)?;
    let firms = record.firms.firms(year).map(|firm| f64::from(firm.workers));
    let mut sizes: Vec<f64> = firms.filter(|&workers| workers > 0.0).collect();
    sizes.sort_by(|a, b| b.total_cmp(a));
    let count = sizes.len() as f64;
    if sizes.is_empty() {
        return None;
    }
    // Of firms of one size only the last counts: all of them are at least that large.
    let mut points: Vec<(f64, f64)> = Vec::new();
    for (above, size) in sizes.iter().enumerate() {
        points.pop_if(|point| point.0 == *size);
        points.push((*size, (above + 1) as f64 / count));
    }
    points.reverse();
    let fit = stats::rank_regression(&sizes, TAIL.0, TAIL.1);
    let reference = fit.map(|fit| Reference {
        label: format!(
            "Power law with exponent {:.2} (standard error {:.2}), fitted from {} to {} workers",
            fit.exponent, fit.standard_error, TAIL.0, TAIL.1
        ),
        points: fitted_line(&sizes, fit.exponent),
    });
    let title = match fit {
        Some(fit) => format!(
            "Firm sizes fall off as a power law with exponent {:.2}; the largest firm has {:.0} workers",
            fit.exponent, sizes[0]
        ),
        None => format!("The largest firm has {:.0} workers", sizes[0]),
    };
    let log = |words: &str, format| Axis {
        log: true,
        from_zero: false,
        ..Axis::new(words, format)
    };
    let chart = CurveChart {
        words: story.words_with(
            title,
            "Share of firms with at least so many workers, owner included, at the last year-end",
            "For all U.S. firms the exponent is near 1.06 (Axtell 2001).",
        ),
        x: log("Workers", Format::Number),
        y: log("% of firms", Format::Share),
        square: false,
        curves: vec![Curve {
            label: format!("{} firms", Format::Number.value(count)),
            style: CurveStyle::Points,
            points,
            ..Curve::default()
        }],
        reference,
    };
    Some(Chart::new("firm_sizes", chart.render()))
}

/// The fitted law between the ends of the fit: its level is the mean of the sizes it was fitted to.
fn fitted_line(descending: &[f64], exponent: f64) -> Vec<(f64, f64)> {
    let count = descending.len() as f64;
    let ranked = descending.iter().enumerate();
    let levels: Vec<f64> = ranked
        .filter(|(_, size)| **size >= TAIL.0 && **size <= TAIL.1)
        .map(|(above, size)| libm::log((above as f64 + 0.5) / count) + exponent * libm::log(*size))
        .collect();
    let level = stats::mean(&levels);
    let top = descending[0].min(TAIL.1);
    [TAIL.0, top]
        .map(|size| (size, libm::exp(level - exponent * libm::log(size))))
        .to_vec()
}

/// How long new firms live; nothing if too few were born.
pub(super) fn survival(story: &Story<'_>, record: &RunRecord) -> Option<Result<Chart, ChartError>> {
    let lives = record.firms.lives();
    let curve = stats::survival_curve(&lives);
    let at_risk = |age: u32| lives.iter().filter(|life| life.duration >= age).count();
    let oldest = (0..=record.months.len() as u32)
        .take_while(|&age| at_risk(age) >= FEWEST_AT_RISK)
        .last()?;
    if (oldest as usize) < YEAR {
        return None;
    }
    let points: Vec<(f64, f64)> = (0..=oldest)
        .map(|age| {
            (
                f64::from(age) / YEAR as f64,
                stats::survival_at(&curve, age),
            )
        })
        .collect();
    let published = std::iter::once(1.0).chain(SURVIVAL_BLS).enumerate();
    let ages: Vec<u32> = [1, 5]
        .into_iter()
        .filter(|age| age * 12 <= oldest)
        .collect();
    let told = |age: &u32| {
        let share = Format::Share.value(stats::survival_at(&curve, age * 12));
        let years = if *age == 1 { "a year" } else { "five years" };
        format!("{share} live longer than {years}")
    };
    let title = ages.iter().map(told).collect::<Vec<_>>().join(", ");
    let chart = CurveChart {
        words: story.words_with(
            format!("Of new firms {title}"),
            "Share of firms born since the start that are still in business (Kaplan–Meier estimate)",
            "The published line counts new establishments of all kinds.",
        ),
        x: Axis::new("Years since opening", Format::Number),
        y: Axis::new("% of new firms", Format::Share),
        square: false,
        curves: vec![
            Curve {
                label: format!("This town, {} births", Format::Number.value(lives.len() as f64)),
                points,
                ..Curve::default()
            },
            Curve {
                label: "United States, Bureau of Labor Statistics".to_owned(),
                color: 1,
                style: CurveStyle::Path,
                points: published.map(|(age, share)| (age as f64, share)).collect(),
                note: "private establishments".to_owned(),
                ..Curve::default()
            },
        ],
        reference: None,
    };
    Some(Chart::new("survival", chart.render()))
}
