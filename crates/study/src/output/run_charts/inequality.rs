//! Charts of how income, wealth and spending are spread.

use charts::{
    Axis, Bar, BarChart, BarStyle, ChartError, Curve, CurveChart, Format, Reference, TimeChart,
    Unit,
};
use model::indicators::tables::{DECILES, DecileYear};
use model::stats;

use super::Chart;
use super::observed::{Observed, at_end, has_two_years};
use super::story::Story;

pub(super) fn gini(story: &Story<'_>, observed: &Observed<'_>) -> Result<Chart, ChartError> {
    let wealth = observed.scalar("Wealth", 1, |m| m.inequality.gini_wealth);
    let income = observed.scalar("Income", 0, |m| m.inequality.gini_income);
    let spending = observed.scalar("Spending", 2, |m| m.inequality.gini_consumption);
    let title = story.over_time(
        |start, end| format!("Gini of income: {start} in the first year, {end} in the last"),
        "The Gini of income averages",
        (
            observed.start(|m| m.scalars.inequality.gini_income),
            Observed::told(&income),
        ),
        Format::Number,
    );
    let chart = TimeChart {
        words: story.words_with(
            title,
            "Gini coefficients among resident households",
            &story.told_note(),
        ),
        unit: Unit::new("0 = all equal, 1 = one has everything", Format::Number),
        months: story.months.clone(),
        series: vec![wealth, income, spending],
        events: story.events.clone(),
        ..TimeChart::default()
    };
    Chart::new("inequality", chart.render())
}

/// Deciles at both ends of a run.
struct Ends<'a> {
    first: &'a [DecileYear; DECILES],
    last: &'a [DecileYear; DECILES],
    /// Consumer prices of the last year, first month = 1.
    prices: f64,
}

/// First and last year of each replicate that has both.
fn ends<'a>(observed: &Observed<'a>) -> Vec<Ends<'a>> {
    let of = |replicate: &super::observed::Replicate<'a>| {
        let months = replicate.months.iter();
        let index: Vec<f64> = months
            .map(|m| m.scalars.spending.consumer_price_index)
            .collect();
        let start = index.first().copied().unwrap_or(f64::NAN);
        match replicate.deciles {
            [first, .., last] => Some(Ends {
                first,
                last,
                prices: at_end(&index) / start,
            }),
            _ => None,
        }
    };
    observed.replicates.iter().filter_map(of).collect()
}

/// Change of what mean income buys from the start to the last year, by tenth of households: the middle of the runs, and
/// where the middle 90% of them lie, if they are enough. Nothing in a run without two years.
pub(super) fn income_changes(observed: &Observed<'_>) -> Option<Vec<[f64; 3]>> {
    let ends = ends(observed);
    if ends.is_empty() || !has_two_years(observed.months()) {
        return None;
    }
    let change = |both: &Ends<'_>, decile: usize| {
        both.last[decile].income / both.prices / both.first[decile].income - 1.0
    };
    let of = |decile: usize| {
        let changes: Vec<f64> = ends.iter().map(|both| change(both, decile)).collect();
        let changes = stats::present(&changes);
        let band = |p: f64| match observed.has_bands() {
            true => stats::quantile(&changes, p),
            false => f64::NAN,
        };
        [stats::quantile(&changes, 0.5), band(0.05), band(0.95)]
    };
    Some((0..DECILES).map(of).collect())
}

/// Change of income by decile; nothing before a year has passed.
pub(super) fn deciles(
    story: &Story<'_>,
    observed: &Observed<'_>,
) -> Option<Result<Chart, ChartError>> {
    let ends = ends(observed);
    if ends.is_empty() || !story.has_two_years() {
        return None;
    }
    let changes = income_changes(observed)?;
    let bars: Vec<Bar> = (0..DECILES)
        .map(|decile| {
            let across = |of: &dyn Fn(f64, f64) -> f64| -> Vec<f64> {
                let values: Vec<f64> = (ends.iter())
                    .map(|both| {
                        let last = both.last[decile].income / both.prices;
                        of(both.first[decile].income, last)
                    })
                    .collect();
                stats::present(&values)
            };
            let [change, low, high] = changes[decile];
            let median = |values: &[f64]| stats::quantile(values, 0.5);
            let level = |values: Vec<f64>| Format::Dollars.value(median(&values));
            let (before, after) = (
                level(across(&|first, _| first)),
                level(across(&|_, last| last)),
            );
            Bar {
                label: format!("{}: {before} to {after}", tenth(decile)),
                value: change,
                interval: low.is_finite().then_some((low, high)),
                ..Bar::default()
            }
        })
        .collect();
    let of = |place: usize| Format::Share.signed(bars[place].value);
    let title = format!(
        "What mean income buys changes by {} in the lowest tenth and {} in the highest",
        of(0),
        of(DECILES - 1)
    );
    let chart = BarChart {
        words: story.words_with(
            title,
            "Gross yearly income of households by tenth at the prices of the first month, from the start to the last year",
            "Prices leave housing out. Each year's households are ranked anew, so a tenth does not hold the same households all along.",
        ),
        unit: Unit::new("change in %", Format::Share),
        style: BarStyle::Bars,
        signed: true,
        bars,
        ..BarChart::default()
    };
    Some(Chart::new("income_by_decile", chart.render()))
}

pub(super) fn tenth(decile: usize) -> String {
    match decile {
        0 => "Lowest tenth".to_owned(),
        9 => "Highest tenth".to_owned(),
        1 => "2nd".to_owned(),
        2 => "3rd".to_owned(),
        other => format!("{}th", other + 1),
    }
}

/// Lorenz curves of income at both ends, by tenths; nothing before a year has passed.
pub(super) fn lorenz(
    story: &Story<'_>,
    observed: &Observed<'_>,
) -> Option<Result<Chart, ChartError>> {
    let ends = ends(observed);
    if ends.is_empty() {
        return None;
    }
    let curve = |label: &str, color: usize, shares: &dyn Fn(usize) -> Vec<f64>| {
        let mut total = 0.0;
        let mut points = vec![(0.0, 0.0)];
        for decile in 0..DECILES {
            total += stats::mean(&stats::present(&shares(decile)));
            points.push(((decile + 1) as f64 / DECILES as f64, total));
        }
        let half = points[DECILES / 2].1;
        Curve {
            label: label.to_owned(),
            note: format!("lower half: {} of income", Format::Share.value(half)),
            color,
            points,
            ..Curve::default()
        }
    };
    let first = curve("At the start", 0, &|decile| {
        ends.iter()
            .map(|both| both.first[decile].income_share)
            .collect()
    });
    let last = curve("At the end", 1, &|decile| {
        ends.iter()
            .map(|both| both.last[decile].income_share)
            .collect()
    });
    let half = |curve: &Curve| Format::Share.value(curve.points[DECILES / 2].1);
    let title = format!(
        "The lower half of households has {} of income at the start, {} at the end",
        half(&first),
        half(&last)
    );
    let chart = CurveChart {
        words: story.words_with(
            title,
            "Lorenz curves of households' gross income",
            "Points are tenths of households. The further a curve bends below the line, the less equal incomes are.",
        ),
        x: Axis::new("Households, from the lowest income to the highest", Format::Share),
        y: Axis::new("share of all income", Format::Share),
        square: true,
        curves: vec![first, last],
        reference: Some(Reference {
            label: "Equal incomes".to_owned(),
            points: vec![(0.0, 0.0), (1.0, 1.0)],
        }),
    };
    Some(Chart::new("lorenz", chart.render()))
}
