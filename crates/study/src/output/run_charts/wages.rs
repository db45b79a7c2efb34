//! Charts of pay: percentiles, occupations, and where employment goes along the pay scale.

use charts::{ChartError, Format, Panel, SmallMultiples, TimeChart, Unit};

use super::Chart;
use super::observed::{Month, Observed, at_end, at_start, trailing_year};
use super::story::Story;
use super::work::occupation_titles;

const PRICES: &str = "dollars a month at the prices of the first month";

pub(super) fn percentiles(story: &Story<'_>, observed: &Observed<'_>) -> Result<Chart, ChartError> {
    let real = |wage: f64, month: &Month<'_>| wage / month.scalars.spending.consumer_price_index;
    let line = |label: &str, color, of: fn(&Month<'_>) -> f64| {
        observed.line(
            label,
            color,
            |month| real(of(month), month),
            <[f64]>::to_vec,
        )
    };
    let high = line("90th percentile", 1, |m| m.scalars.jobs.wage_p90);
    let median = line("Median", 0, |m| m.scalars.jobs.wage_p50);
    let low = line("10th percentile", 2, |m| m.scalars.jobs.wage_p10);
    let change = |values: &[f64]| Format::Share.signed(at_end(values) / at_start(values) - 1.0);
    let title = format!(
        "Real wages change by {} at the 10th percentile, {} at the median and {} at the 90th",
        change(&low.values),
        change(&median.values),
        change(&high.values),
    );
    let chart = TimeChart {
        words: story.words_with(
            title,
            "Gross wages of employees",
            "Changes compare the last year with the first.",
        ),
        unit: Unit::new(PRICES, Format::Dollars),
        months: story.months.clone(),
        series: vec![high, median, low],
        events: story.events.clone(),
        ..TimeChart::default()
    };
    Chart::new("wage_percentiles", chart.render())
}

pub(super) fn by_occupation(
    story: &Story<'_>,
    observed: &Observed<'_>,
) -> Result<Chart, ChartError> {
    let mut panels = Vec::new();
    let (mut rising, mut falling) = (0, 0);
    for (row, title) in occupation_titles(story.parameters).into_iter().enumerate() {
        let real =
            |m: &Month<'_>| m.occupations[row].wage_index / m.scalars.spending.consumer_price_index;
        let change = |index: &[f64]| -> Vec<f64> {
            let start = index.first().copied().unwrap_or(f64::NAN);
            index.iter().map(|value| value / start - 1.0).collect()
        };
        let series = observed.line("Wage", 0, real, change);
        let end = at_end(&series.values);
        rising += usize::from(end > 0.0);
        falling += usize::from(end < 0.0);
        panels.push(Panel {
            title: title.to_owned(),
            series: vec![series],
        });
    }
    let chart = SmallMultiples {
        words: story.words(
            format!(
                "Real wages end higher than they began in {rising} occupations and lower in {falling}"
            ),
            "The town's wage for each occupation over consumer prices: change since the first month",
        ),
        unit: Unit::new("%", Format::Share),
        signed: true,
        events: story.events.clone(),
        months: story.months.clone(),
        panels,
        ..SmallMultiples::default()
    };
    Chart::new("wages_by_occupation", chart.render())
}

pub(super) fn skill_groups(
    story: &Story<'_>,
    observed: &Observed<'_>,
) -> Result<Chart, ChartError> {
    let since_start = |share: &[f64]| -> Vec<f64> {
        let start = at_start(share);
        trailing_year(share)
            .iter()
            .map(|value| value - start)
            .collect()
    };
    let line = |label: &str, color, of: fn(&Month<'_>) -> f64| {
        observed.line(label, color, of, since_start)
    };
    let series = vec![
        line("High-paid occupations", 0, |m| {
            m.scalars.jobs.high_skill_share
        }),
        line("Middle-paid occupations", 1, |m| {
            m.scalars.jobs.middle_skill_share
        }),
        line("Low-paid occupations", 2, |m| {
            m.scalars.jobs.low_skill_share
        }),
    ];
    let end = |place: usize| Format::SharePoints.signed(super::work::last(&series[place].values));
    let title = format!(
        "Share of jobs: high-paid {}, middle-paid {}, low-paid {}",
        end(0),
        end(1),
        end(2),
    );
    let chart = TimeChart {
        words: story.words(
            title,
            "Employees in occupations of high, middle and low pay: change of their share since the first year, twelve-month means",
        ),
        unit: Unit::new("percentage points", Format::SharePoints),
        months: story.months.clone(),
        series,
        events: story.events.clone(),
        ..TimeChart::default()
    };
    Chart::new("skill_groups", chart.render())
}
