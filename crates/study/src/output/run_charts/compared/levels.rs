//! Levels of each scenario above, differences to the baseline below.

use rayon::prelude::*;

use charts::{Band, ChartError, ComparisonChart, Format, Interval, Series, Told, Unit};
use model::indicators::MonthIndicators;
use model::stats;

use super::{Compared, brief};
use crate::compare::{Difference, Judge, last_year};
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

const FIGURES: [Figure; 16] = [
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
    figure(
        (
            "compare_automation",
            "Tasks done by technology",
            "Averaged over firms by workers; what they held at the start included",
            "% of tasks",
        ),
        SHARE,
        true,
        |m| m.technology.automated_task_share,
    ),
    figure(
        (
            "compare_retail_leakage",
            "Retail spending that leaves town",
            "Households' retail purchases in other towns and online",
            "% of retail purchases",
        ),
        SHARE,
        false,
        |m| m.spending.retail_leakage,
    ),
    figure(
        (
            "compare_local_debt",
            "Debt of the town's government",
            "Debt of the local government; below zero it holds a reserve",
            "dollars",
        ),
        DOLLARS,
        true,
        |m| m.finance.local_debt,
    ),
    figure(
        (
            "compare_local_taxes",
            "Local taxes per resident",
            "Taxes, licenses and what the local government's programs collect, over residents",
            "dollars a month per resident",
        ),
        DOLLARS,
        false,
        |m| m.finance.local_tax_per_resident,
    ),
    figure(
        (
            "compare_outer_money",
            "Money from state and nation",
            "What outer governments spend in town less what they raise there",
            "dollars a month",
        ),
        DOLLARS,
        true,
        |m| m.finance.outer_spent - m.finance.outer_raised,
    ),
];

/// Months that labels tell the mean of, where lines are not means over the last year already.
fn over(months: usize) -> Option<usize> {
    (months < YEAR).then_some(months)
}

/// A figure's monthly numbers in every run, and what is told of them at the end.
struct Lines {
    rolling: Vec<Vec<f64>>,
    last_years: Vec<f64>,
}

impl Lines {
    fn of(figure: &Figure, observed: &Observed<'_>) -> Lines {
        let value = |month: &Month<'_>| (figure.of)(month.scalars);
        let plain = observed.lines(value, <[f64]>::to_vec);
        Lines {
            rolling: plain.iter().map(|line| trailing_year(line)).collect(),
            last_years: plain.iter().map(|line| last_year(line)).collect(),
        }
    }

    fn exists(&self) -> bool {
        self.last_years.iter().any(|value| value.is_finite())
    }

    /// Means over the runs, with the middle 90% of runs where they are enough.
    fn level(&self, observed: &Observed<'_>, name: &str, color: usize) -> Series {
        let middle = observed.across(name, color, &self.rolling);
        let ends = stats::present(&self.last_years);
        let quantile = |p: f64| stats::quantile(&ends, p);
        Series {
            band50: None,
            told: Some(Told {
                value: mean_of(&self.last_years),
                ends: (middle.band90.is_some()).then(|| (quantile(0.05), quantile(0.95))),
                over: over(middle.values.len()),
            }),
            ..middle
        }
    }

    /// Mean differences to the baseline with their intervals.
    fn difference(
        &self,
        baseline: &Lines,
        (name, color): (&str, usize),
        judge: &mut Judge,
        confidence: f64,
    ) -> Series {
        let at = |lines: &Lines, month: usize| -> Vec<f64> {
            lines.rolling.iter().map(|line| line[month]).collect()
        };
        let months = self.rolling.iter().chain(&baseline.rolling).map(Vec::len);
        let found: Vec<Difference> = (0..months.min().unwrap_or(0))
            .map(|month| judge.difference(&at(baseline, month), &at(self, month)))
            .collect();
        let end = judge.difference(&baseline.last_years, &self.last_years);
        let ends = (end.low, end.high);
        Series {
            interval: Some(Interval {
                confidence,
                band: Band {
                    low: found.iter().map(|one| one.low).collect(),
                    high: found.iter().map(|one| one.high).collect(),
                },
            }),
            told: Some(Told {
                value: end.estimate,
                ends: (ends.0.is_finite() && ends.1.is_finite()).then_some(ends),
                over: over(found.len()),
            }),
            ..Series::new(name, color, found.iter().map(|one| one.estimate).collect())
        }
    }
}

pub(super) fn all(compared: &Compared<'_>) -> Result<Vec<Chart>, ChartError> {
    let drawn = FIGURES.par_iter().map(|figure| draw(figure, compared));
    let drawn: Result<Vec<Option<Chart>>, ChartError> = drawn.collect();
    Ok(drawn?.into_iter().flatten().collect())
}

/// Draws a figure; nothing where no scenario has it.
fn draw(figure: &Figure, compared: &Compared<'_>) -> Result<Option<Chart>, ChartError> {
    let lines: Vec<Lines> = (compared.observed.iter())
        .map(|observed| Lines::of(figure, observed))
        .collect();
    if lines.iter().filter(|lines| lines.exists()).count() < 2 {
        return Ok(None);
    }
    let confidence = compared.comparison.confidence;
    let mut judge = Judge::new(confidence, compared.comparison.paired);
    let shown = || compared.shown.iter().enumerate();
    let present = || shown().filter(|(_, at)| lines[**at].exists());
    let levels: Vec<Series> = present()
        .map(|(color, &at)| lines[at].level(&compared.observed[at], compared.names[at], color))
        .collect();
    let differences: Vec<Series> = present()
        .filter(|(_, at)| **at > 0 && lines[0].exists())
        .map(|(color, &at)| {
            let named = (compared.names[at], color);
            lines[at].difference(&lines[0], named, &mut judge, confidence)
        })
        .collect();
    let changes: Vec<(String, Difference)> = (1..lines.len())
        .map(|at| {
            let found = judge.difference(&lines[0].last_years, &lines[at].last_years);
            (brief(compared.names[at]), found)
        })
        .filter(|(_, found)| found.estimate.is_finite())
        .collect();
    let absent: Vec<&str> = shown()
        .filter(|(_, at)| !lines[**at].exists())
        .map(|(_, at)| compared.names[*at])
        .collect();
    let mut note = compared.smoothing_words();
    if !absent.is_empty() {
        note += &format!(" The figure does not exist in {}.", absent.join(", "));
    }
    let chart = ComparisonChart {
        words: compared
            .story
            .words_with(title(figure, compared, &changes), figure.subtitle, &note),
        unit: Unit::new(figure.unit, figure.format),
        difference: figure.difference,
        y_from_zero: figure.from_zero,
        months: compared.story.months.clone(),
        levels,
        differences,
        events: compared.story.events.clone(),
    };
    Chart::new(figure.chart, chart.render()).map(Some)
}

/// "Employment rate, last year against baseline: subsidy +0.4 points (95%: +0.1 to +0.7)"; of many scenarios the
/// lowest and the highest that surely differ. A difference whose interval holds zero is no finding.
fn title(figure: &Figure, compared: &Compared<'_>, changes: &[(String, Difference)]) -> String {
    let start = format!(
        "{}, {} against {}",
        figure.name,
        compared.window_words(),
        compared.baseline_name()
    );
    let percent = 100.0 * compared.comparison.confidence;
    let format = figure.difference;
    let told = |(name, found): &(String, Difference)| {
        let like = found.low.abs().max(found.high.abs());
        format!(
            "{name} {} ({percent:.0}%: {})",
            format.signed_beside(found.estimate, like),
            format.signed_range(found.low, found.high)
        )
    };
    if changes.is_empty() {
        return start;
    }
    if changes.len() <= 2 {
        let all: Vec<String> = changes.iter().map(told).collect();
        return format!("{start}: {}", all.join(", "));
    }
    let mut clear: Vec<&(String, Difference)> = (changes.iter())
        .filter(|(_, found)| matches!(found.direction(), "rises" | "falls"))
        .collect();
    clear.sort_by(|a, b| a.1.estimate.total_cmp(&b.1.estimate));
    let unclear = changes.len() - clear.len();
    let rest = match unclear {
        0 => String::new(),
        1 => "; no clear difference with 1 other".to_owned(),
        many => format!("; no clear difference with {many} others"),
    };
    match clear.as_slice() {
        [] => format!("{start}: no clear difference with any of {}", changes.len()),
        [one] => format!("{start}: {}{rest}", told(one)),
        [lowest, .., highest] => {
            format!("{start}: from {} to {}{rest}", told(lowest), told(highest))
        }
    }
}

/// The places of the scenarios that fit into charts, the baseline first: of too many, those that lead in some figure,
/// by how far they differ from the baseline.
pub(super) fn most_different(observed: &[Observed<'_>], most: usize) -> Vec<usize> {
    if observed.len() <= most {
        return (0..observed.len()).collect();
    }
    let mut scores = vec![(0.0_f64, 0.0_f64); observed.len()];
    for figure in &FIGURES {
        let ends: Vec<f64> = (observed.iter())
            .map(|one| mean_of(&Lines::of(figure, one).last_years))
            .collect();
        let size = |at: usize| {
            let size = (ends[at] - ends[0]).abs();
            if size.is_finite() { size } else { 0.0 }
        };
        let largest = (1..ends.len()).map(size).fold(0.0, f64::max);
        if largest > 0.0 {
            for (at, score) in scores.iter_mut().enumerate().skip(1) {
                let share = size(at) / largest;
                *score = (score.0.max(share), score.1 + share);
            }
        }
    }
    let mut order: Vec<usize> = (1..observed.len()).collect();
    order.sort_by(|a, b| {
        let (a, b) = (scores[*a], scores[*b]);
        b.0.total_cmp(&a.0).then(b.1.total_cmp(&a.1))
    });
    order.truncate(most - 1);
    order.sort_unstable();
    order.insert(0, 0);
    order
}
