//! Levels of each scenario above, differences to the baseline below.

use rayon::prelude::*;

use charts::{ChartError, ComparisonChart, Format, Series, Unit};
use model::indicators::MonthIndicators;
use model::stats;

use super::{Compared, brief};
use crate::output::run_charts::Chart;
use crate::output::run_charts::observed::{Month, Observed, YEAR, mean_of, trailing_year};

/// One measure that scenarios are compared by.
struct Figure {
    chart: &'static str,
    /// What the title calls it.
    name: &'static str,
    subtitle: &'static str,
    unit: &'static str,
    format: Format,
    difference: Format,
    from_zero: bool,
    of: fn(&MonthIndicators) -> f64,
}

const SHARE: (Format, Format) = (Format::Share, Format::SharePoints);
const DOLLARS: (Format, Format) = (Format::Dollars, Format::Dollars);
const NUMBER: (Format, Format) = (Format::Number, Format::Number);

/// Chart, title, subtitle and unit.
type Named = (&'static str, &'static str, &'static str, &'static str);

const fn figure(
    (chart, name, subtitle, unit): Named,
    (format, difference): (Format, Format),
    from_zero: bool,
    of: fn(&MonthIndicators) -> f64,
) -> Figure {
    Figure {
        chart,
        name,
        subtitle,
        unit,
        format,
        difference,
        from_zero,
        of,
    }
}

const FIGURES: [Figure; 11] = [
    figure(
        (
            "compare_employment",
            "Employment rate",
            "Residents with work",
            "% of residents of working age",
        ),
        SHARE,
        false,
        |m| m.jobs.employment_rate,
    ),
    figure(
        (
            "compare_unemployment",
            "Unemployment",
            "Residents without a job who look for one",
            "% of the labor force",
        ),
        SHARE,
        true,
        |m| m.jobs.unemployment_rate,
    ),
    figure(
        (
            "compare_real_wage",
            "Real mean wage",
            "Mean gross wage over consumer prices",
            "dollars a month at the prices of the first month",
        ),
        DOLLARS,
        false,
        |m| m.jobs.mean_wage / m.spending.consumer_price_index,
    ),
    figure(
        (
            "compare_consumption",
            "Real consumption",
            "Households' spending over consumer prices",
            "dollars a month at the prices of the first month",
        ),
        DOLLARS,
        false,
        |m| m.spending.consumption_real,
    ),
    figure(
        (
            "compare_local_share",
            "Purchases in town",
            "Purchases from businesses in town, housing apart",
            "% of households' purchases",
        ),
        SHARE,
        false,
        |m| m.spending.local_share,
    ),
    figure(
        (
            "compare_smb_jobs",
            "Jobs in small and medium businesses",
            "Workers, owners included, of local firms with fewer than 500 workers",
            "persons",
        ),
        NUMBER,
        false,
        |m| m.jobs.smb_jobs,
    ),
    figure(
        ("compare_firms", "Firms", "Firms in business", "firms"),
        NUMBER,
        false,
        |m| m.business.firms,
    ),
    figure(
        (
            "compare_output",
            "Real output",
            "Output of local firms",
            "dollars a month at the prices of the first month",
        ),
        DOLLARS,
        false,
        |m| m.spending.output_real,
    ),
    figure(
        (
            "compare_poverty",
            "Poverty",
            "Residents in households with less than half the median income, by household size",
            "% of residents",
        ),
        SHARE,
        true,
        |m| m.inequality.poverty_rate,
    ),
    figure(
        (
            "compare_inequality",
            "Gini of income",
            "Gini coefficient of households' gross income",
            "0 = all equal, 1 = one has everything",
        ),
        NUMBER,
        false,
        |m| m.inequality.gini_income,
    ),
    figure(
        (
            "compare_labor_share",
            "Labor share",
            "Labor cost of firms",
            "% of their value added",
        ),
        SHARE,
        false,
        |m| m.inequality.labor_share,
    ),
];

pub(super) fn all(compared: &Compared<'_>) -> Result<Vec<Chart>, ChartError> {
    let drawn = FIGURES.par_iter().map(|figure| draw(figure, compared));
    drawn.collect()
}

fn draw(figure: &Figure, compared: &Compared<'_>) -> Result<Chart, ChartError> {
    let value = |month: &Month<'_>| (figure.of)(month.scalars);
    let scenarios = compared.names.iter().zip(&compared.observed).enumerate();
    let levels: Vec<Series> = scenarios
        .clone()
        .map(|(color, (name, observed))| observed.line(name, color, value, trailing_year))
        .collect();
    let rolling: Vec<Vec<Vec<f64>>> = (compared.observed.iter())
        .map(|observed| observed.lines(value, trailing_year))
        .collect();
    let differences: Vec<Series> = scenarios
        .skip(1)
        .map(|(color, (name, observed))| {
            let lines = within_pairs(&rolling[0], &rolling[color], compared.comparison.paired);
            observed.across(name, color, &lines)
        })
        .collect();
    let chart = ComparisonChart {
        words: compared.story.words_with(
            title(figure, compared),
            figure.subtitle,
            &format!(
                "{}Means over the twelve months up to each month.",
                compared.line_words()
            ),
        ),
        unit: Unit::new(figure.unit, figure.format),
        difference: figure.difference,
        y_from_zero: figure.from_zero,
        months: compared.story.months.clone(),
        levels,
        differences,
        events: compared.story.events.clone(),
    };
    Chart::new(figure.chart, chart.render())
}

/// Differences to the baseline, one line a pair; of independent runs one line, between the medians.
fn within_pairs(baseline: &[Vec<f64>], scenario: &[Vec<f64>], paired: bool) -> Vec<Vec<f64>> {
    let less = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| b - a).collect();
    if paired {
        let pairs = baseline.iter().zip(scenario);
        return pairs.map(|(a, b)| less(a, b)).collect();
    }
    let median = |lines: &[Vec<f64>]| -> Vec<f64> {
        let months = lines.iter().map(Vec::len).min().unwrap_or(0);
        let at = |month: usize| -> Vec<f64> { lines.iter().map(|line| line[month]).collect() };
        (0..months)
            .map(|month| stats::quantile(&stats::present(&at(month)), 0.5))
            .collect()
    };
    vec![less(&median(baseline), &median(scenario))]
}

/// Means of the last twelve months, one a run.
fn last_years(figure: &Figure, observed: &Observed<'_>) -> Vec<f64> {
    let lines = observed.lines(|month| (figure.of)(month.scalars), <[f64]>::to_vec);
    let last = |line: &Vec<f64>| mean_of(&line[line.len().saturating_sub(YEAR)..]);
    lines.iter().map(last).collect()
}

/// "Employment rate, last year against baseline: subsidy +0.4 points (95%: +0.1 to +0.7)"; of many scenarios the
/// lowest and the highest.
fn title(figure: &Figure, compared: &Compared<'_>) -> String {
    let start = format!(
        "{}, last year against {}",
        figure.name,
        compared.baseline_name()
    );
    let changes = changes(figure, compared);
    let format = figure.difference;
    if changes.len() > 2 {
        let order = |a: &&(String, Interval), b: &&(String, Interval)| {
            a.1.estimate.total_cmp(&b.1.estimate)
        };
        let ends = (changes.iter().min_by(order)).zip(changes.iter().max_by(order));
        return ends.map_or(start.clone(), |((lowest, low), (highest, high))| {
            let like = low.estimate.abs().max(high.estimate.abs());
            format!(
                "{start}: from {} ({lowest}) to {} ({highest})",
                format.signed_beside(low.estimate, like),
                format.signed_beside(high.estimate, like)
            )
        });
    }
    let percent = 100.0 * compared.comparison.confidence;
    let told: Vec<String> = (changes.iter())
        .map(|(name, found)| {
            format!(
                "{name} {} ({percent:.0}%: {})",
                format.signed_beside(found.estimate, found.low.abs().max(found.high.abs())),
                format.signed_range(found.low, found.high)
            )
        })
        .collect();
    if told.is_empty() {
        return start;
    }
    format!("{start}: {}", told.join(", "))
}

/// Ends and middle of a difference.
struct Interval {
    estimate: f64,
    low: f64,
    high: f64,
}

/// Each scenario's difference to the baseline in the last year, where it can be known.
fn changes(figure: &Figure, compared: &Compared<'_>) -> Vec<(String, Interval)> {
    let Some(baseline) = compared.observed.first() else {
        return Vec::new();
    };
    let first = last_years(figure, baseline);
    let confidence = compared.comparison.confidence;
    let others = compared.names.iter().zip(&compared.observed).skip(1);
    let one = |(name, observed): (&&str, &Observed<'_>)| {
        let second = last_years(figure, observed);
        let found = if compared.comparison.paired {
            stats::paired_difference(&first, &second, confidence).map(|pair| pair.difference)
        } else {
            stats::unpaired_difference_interval(&first, &second, confidence)
        }?;
        let interval = Interval {
            estimate: found.estimate,
            low: found.low,
            high: found.high,
        };
        Some((brief(name), interval))
    };
    others.filter_map(one).collect()
}
