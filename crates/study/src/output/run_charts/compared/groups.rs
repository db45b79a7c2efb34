//! Who gains and who loses: tenths of households, occupations.

use crate::compare::{
    DECILE_MEASURES, Difference, OCCUPATION_MEASURES, REAL_INCOME, SECTOR_MEASURES, ScenarioChange,
};
use crate::output::run_charts::Chart;
use crate::output::run_charts::inequality::tenth;
use crate::output::run_charts::work::{occupation_titles, sector_titles};
use charts::{Bar, BarChart, BarStyle, ChartError, Format, Unit};

use super::{Compared, brief, file_part};

/// The difference relative to the baseline.
fn bar(label: String, baseline: f64, difference: &Difference) -> Bar {
    let relative = |value: f64| value / baseline;
    let (low, high) = (relative(difference.low), relative(difference.high));
    Bar {
        label,
        value: relative(difference.estimate),
        interval: (low.is_finite() && high.is_finite()).then_some((low, high)),
        ..Bar::default()
    }
}

fn lower(number: usize) -> String {
    match number {
        0 => "none".to_owned(),
        more => more.to_string(),
    }
}

/// "no tenth", "1 tenth", "4 tenths".
fn counted(number: usize, one: &str, many: &str) -> String {
    match number {
        0 => format!("no {one}"),
        1 => format!("1 {one}"),
        more => format!("{more} {many}"),
    }
}

fn none_or(number: usize) -> String {
    match number {
        0 => "none has".to_owned(),
        1 => "1 has".to_owned(),
        more => format!("{more} have"),
    }
}

/// How many bars are surely above zero, and how many surely below.
fn sure(bars: &[Bar]) -> (usize, usize) {
    let ends = || bars.iter().filter_map(|bar| bar.interval);
    let gains = ends().filter(|(low, _)| *low > 0.0).count();
    (gains, ends().filter(|(_, high)| *high < 0.0).count())
}

fn draw(
    compared: &Compared<'_>,
    (name, title, subtitle, note): (String, String, String, &str),
    bars: Vec<Bar>,
) -> Result<Chart, ChartError> {
    let chart = BarChart {
        words: compared.story.words_with(title, subtitle, note),
        unit: Unit::new("%", Format::Share),
        style: BarStyle::Bars,
        signed: true,
        interval_words: compared.interval_words(),
        bars,
    };
    Chart::new(name, chart.render())
}

/// Income by tenth of households, one chart a scenario.
pub(super) fn deciles(compared: &Compared<'_>) -> Result<Vec<Chart>, ChartError> {
    let one = |(.., scenario): (usize, usize, &ScenarioChange)| {
        let income = DECILE_MEASURES.iter().position(|name| *name == REAL_INCOME);
        let rows = scenario
            .deciles
            .iter()
            .filter(|row| Some(row.measure) == income);
        let bars: Vec<Bar> = rows
            .map(|row| {
                let level = Format::Dollars.value(row.baseline);
                let label = format!("{}: {level}", tenth(row.decile as usize - 1));
                bar(label, row.baseline, &row.difference)
            })
            .collect();
        let (gains, losses) = sure(&bars);
        draw(
            compared,
            (
                format!("income_by_decile_{}", file_part(&scenario.name)),
                format!(
                    "{}: mean income buys more in {} and less in {}",
                    brief(&scenario.name),
                    counted(gains, "tenth of households", "tenths of households"),
                    lower(losses),
                ),
                format!(
                    "Gross yearly income at the prices of month 0, last year: difference to {}, whose mean stands beside each tenth",
                    compared.baseline_name()
                ),
                "Tenths whose interval holds zero count as neither. Prices leave housing out. Households are ranked anew in each run, so tenths need not hold the same households.",
            ),
            bars,
        )
    };
    compared.changes().map(one).collect()
}

/// Employees by occupation, one chart a scenario, the largest gain first.
pub(super) fn occupations(compared: &Compared<'_>) -> Result<Vec<Chart>, ChartError> {
    let titles = occupation_titles(compared.story.parameters);
    let one = |(.., scenario): (usize, usize, &ScenarioChange)| {
        let employees = OCCUPATION_MEASURES
            .iter()
            .position(|name| *name == "employees");
        let rows = scenario
            .occupations
            .iter()
            .filter(|row| Some(row.measure) == employees);
        let mut bars: Vec<Bar> = rows
            .map(|row| {
                let title = titles.get(row.occupation).copied().unwrap_or_default();
                let label = format!("{title}: {}", Format::Number.value(row.baseline.round()));
                bar(label, row.baseline, &row.difference)
            })
            .filter(|bar| bar.value.is_finite())
            .collect();
        bars.sort_by(|a, b| b.value.total_cmp(&a.value));
        let (gains, losses) = sure(&bars);
        draw(
            compared,
            (
                format!("jobs_by_occupation_{}", file_part(&scenario.name)),
                format!(
                    "{}: {} more employees, {} fewer",
                    brief(&scenario.name),
                    counted(gains, "occupation has", "occupations have"),
                    none_or(losses),
                ),
                format!(
                    "Employees, {}: difference to {}, whose number stands beside each occupation",
                    compared.window_words(),
                    compared.baseline_name()
                ),
                "Occupations whose interval holds zero count as neither.",
            ),
            bars,
        )
    };
    compared.changes().map(one).collect()
}

/// Jobs by sector, one chart a scenario, the largest gain first.
pub(super) fn sectors(compared: &Compared<'_>) -> Result<Vec<Chart>, ChartError> {
    let titles = sector_titles(compared.story.parameters);
    let one = |(.., scenario): (usize, usize, &ScenarioChange)| {
        let rows = scenario.sectors.iter();
        let mut bars: Vec<Bar> = rows
            .filter(|row| SECTOR_MEASURES[row.measure] == "jobs")
            .map(|row| {
                let title = titles.get(row.sector).copied().unwrap_or_default();
                let label = format!("{title}: {}", Format::Number.value(row.baseline.round()));
                bar(label, row.baseline, &row.difference)
            })
            .filter(|bar| bar.value.is_finite())
            .collect();
        bars.sort_by(|a, b| b.value.total_cmp(&a.value));
        let (gains, losses) = sure(&bars);
        draw(
            compared,
            (
                format!("jobs_by_sector_{}", file_part(&scenario.name)),
                format!(
                    "{}: {} more jobs, {} fewer",
                    brief(&scenario.name),
                    counted(gains, "sector has", "sectors have"),
                    none_or(losses),
                ),
                format!(
                    "Jobs, working owners included, {}: difference to {}, whose number stands beside each sector",
                    compared.window_words(),
                    compared.baseline_name()
                ),
                "Sectors whose interval holds zero count as neither.",
            ),
            bars,
        )
    };
    compared.changes().map(one).collect()
}
