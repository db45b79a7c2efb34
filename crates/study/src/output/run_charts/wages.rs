//! Charts of pay: percentiles, occupations, and where employment goes along the pay scale.

use charts::{ChartError, Format, Panel, SmallMultiples, TimeChart, Unit};

use super::Chart;
use super::observed::{Month, Observed, at_start, trailing_year};
use super::story::Story;
use super::work::occupation_titles;

const PRICES: &str = "dollars a month at the prices of the first month";

pub(super) fn percentiles(story: &Story<'_>, observed: &Observed<'_>) -> Result<Chart, ChartError> {
    let real = |wage: f64, month: &Month<'_>| wage / month.scalars.spending.consumer_price_index;
    let line = |label: &str, color, of: fn(&Month<'_>) -> f64| {
        observed.monthly(
            label,
            color,
            |month| real(of(month), month),
            <[f64]>::to_vec,
        )
    };
    let high = line("90th percentile", 1, |m| m.scalars.jobs.wage_p90);
    let median = line("Median", 0, |m| m.scalars.jobs.wage_p50);
    let low = line("10th percentile", 2, |m| m.scalars.jobs.wage_p10);
    let starts: [fn(&Month<'_>) -> f64; 3] = [
        |m| m.scalars.jobs.wage_p10 / m.scalars.spending.consumer_price_index,
        |m| m.scalars.jobs.wage_p50 / m.scalars.spending.consumer_price_index,
        |m| m.scalars.jobs.wage_p90 / m.scalars.spending.consumer_price_index,
    ];
    let [p10, p50, p90] = [0, 1, 2].map(|place| {
        let end = Observed::told([&low, &median, &high][place]);
        match story.has_two_years() {
            true => Format::Share.signed(end / observed.start(starts[place]) - 1.0),
            false => Format::Dollars.value(end),
        }
    });
    let verb = match story.has_two_years() {
        true => "change by",
        false => "average",
    };
    let title = format!(
        "Real wages {verb} {p10} at the 10th percentile, {p50} at the median and {p90} at the 90th",
    );
    let compared = match story.has_two_years() {
        true => "Changes compare the last year with the first. ",
        false => "",
    };
    let chart = TimeChart {
        words: story.words_with(
            title,
            "Gross wages of employees",
            &format!("{compared}{}", story.told_note()),
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
        let end = super::work::last(&series.values);
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

/// Change of the shares of jobs along the pay scale; nothing in a run without two years.
pub(super) fn skill_groups(
    story: &Story<'_>,
    observed: &Observed<'_>,
) -> Option<Result<Chart, ChartError>> {
    if !story.has_two_years() {
        return None;
    }
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
    Some(Chart::new("skill_groups", chart.render()))
}
