//! Prices, and what a wage buys.

use charts::{ChartError, Format, Series, TimeChart, Unit};

use super::Chart;
use super::observed::{Month, Observed};
use super::story::Story;

pub(super) fn prices_and_wages(
    story: &Story<'_>,
    observed: &Observed<'_>,
) -> Result<Chart, ChartError> {
    // Against the first month and not the first year: that is what the model's indices count from.
    let index = |values: &[f64]| -> Vec<f64> {
        let start = values.first().copied().unwrap_or(f64::NAN);
        values.iter().map(|value| 100.0 * value / start).collect()
    };
    let line =
        |label: &str, color, of: fn(&Month<'_>) -> f64| observed.monthly(label, color, of, index);
    let local = line("Prices in town", 1, |m| m.scalars.spending.price_index);
    let consumer = line("Consumer prices", 3, |m| {
        m.scalars.spending.consumer_price_index
    });
    let wage = line("Real mean wage", 0, |m| {
        m.scalars.jobs.mean_wage / m.scalars.spending.consumer_price_index
    });
    let change = |series: &Series| Format::Share.signed(Observed::told(series) / 100.0 - 1.0);
    let title = format!(
        "Consumer prices stand at {} against the first month, what the mean wage buys at {}",
        change(&consumer),
        change(&wage),
    );
    let chart = TimeChart {
        words: story.words_with(
            title,
            "Prices of local businesses; prices of all households buy, in town or not; mean wage over consumer prices",
            &format!("{} Wages and prices outside the town are the yardstick: in real terms they stand still unless the scenario moves them.", story.told_note()),
        ),
        unit: Unit::new("first month = 100", Format::Number),
        y_from_zero: false,
        months: story.months.clone(),
        series: vec![local, consumer, wage],
        events: story.events.clone(),
    };
    Chart::new("prices_and_wages", chart.render())
}
