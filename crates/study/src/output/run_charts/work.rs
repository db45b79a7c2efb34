//! Charts of who works: unemployment, employment, jobs by sector, occupations, open posts.

use charts::{
    Axis, Bar, BarChart, BarStyle, ChartError, Curve, CurveChart, CurveStyle, Format, Panel,
    SmallMultiples, TimeChart, Unit,
};
use model::indicators::tables::SECTOR_ROWS;
use model::run::RunRecord;
use model::scenario::Parameters;
use model::stats;

use super::Chart;
use super::observed::{Observed, at_end, at_start, change_since_start, mean_of, trailing_year};
use super::story::Story;

const SHARE: Format = Format::Share;

pub(super) fn unemployment(
    story: &Story<'_>,
    observed: &Observed<'_>,
) -> Result<Chart, ChartError> {
    let rate = observed.scalar("Unemployment", 0, |m| m.jobs.unemployment_rate);
    let average = SHARE.value(mean_of(&rate.values));
    let title = story.over_time(
        |_, end| format!("Unemployment averages {average}, and {end} in the last year"),
        "Unemployment averages",
        (f64::NAN, Observed::told(&rate)),
        SHARE,
    );
    let chart = TimeChart {
        words: story.words_with(
            title,
            "Residents without a job who look for one",
            &story.told_note(),
        ),
        unit: Unit::new("% of the labor force", SHARE),
        months: story.months.clone(),
        series: vec![rate],
        events: story.events.clone(),
        ..TimeChart::default()
    };
    Chart::new("unemployment", chart.render())
}

pub(super) fn employment(story: &Story<'_>, observed: &Observed<'_>) -> Result<Chart, ChartError> {
    let employed = observed.scalar("Employed", 0, |m| m.jobs.employment_rate);
    let active = observed.scalar("In the labor force", 2, |m| m.jobs.participation_rate);
    let title = story.over_time(
        |start, end| {
            format!(
                "{start} of working-age residents have work in the first year, {end} in the last"
            )
        },
        "The employment rate averages",
        (
            observed.start(|m| m.scalars.jobs.employment_rate),
            Observed::told(&employed),
        ),
        SHARE,
    );
    let chart = TimeChart {
        words: story.words_with(
            title,
            "Employment rate and labor force participation; the gap between them is unemployment",
            &story.told_note(),
        ),
        unit: Unit::new("% of residents of working age", SHARE),
        y_from_zero: false,
        months: story.months.clone(),
        series: vec![active, employed],
        events: story.events.clone(),
    };
    Chart::new("employment", chart.render())
}

/// Titles of the rows of the sectors' table.
pub(super) fn sector_titles(parameters: &Parameters) -> Vec<&str> {
    let market = parameters
        .sectors
        .iter()
        .map(|sector| sector.title.as_str());
    market.chain([parameters.public.title.as_str()]).collect()
}

/// Change of jobs by sector; nothing in a run without two years.
pub(super) fn sectors(story: &Story<'_>, record: &RunRecord) -> Option<Result<Chart, ChartError>> {
    if !story.has_two_years() {
        return None;
    }
    let observed = Observed::of_run(record);
    let jobs: Vec<Vec<f64>> = (0..SECTOR_ROWS)
        .map(|row| record.months.iter().map(|m| m.sectors[row].jobs).collect())
        .collect();
    let titles = sector_titles(story.parameters);
    let mut panels = Vec::new();
    let (mut gaining, mut losing) = (0, 0);
    for (title, jobs) in titles.iter().zip(&jobs) {
        let (start, end) = (at_start(jobs), at_end(jobs));
        gaining += usize::from(end > start);
        losing += usize::from(end < start);
        panels.push(Panel {
            title: format!("{title} ({})", Format::Number.value(start.round())),
            series: vec![observed.across("Jobs", 0, &[change_since_start(jobs)])],
        });
    }
    let chart = SmallMultiples {
        words: story.words(
            format!("{gaining} sectors have more jobs in the last year than in the first, {losing} have fewer"),
            "Jobs by sector, working owners included: twelve-month means against the first year, whose mean number is in parentheses",
        ),
        unit: Unit::new("%", SHARE),
        signed: true,
        events: story.events.clone(),
        months: story.months.clone(),
        panels,
        ..SmallMultiples::default()
    };
    Some(Chart::new("jobs_by_sector", chart.render()))
}

/// Titles of the occupations.
pub(super) fn occupation_titles(parameters: &Parameters) -> Vec<&str> {
    let occupations = parameters.occupations.iter();
    occupations
        .map(|occupation| occupation.title.as_str())
        .collect()
}

pub(super) fn occupations(story: &Story<'_>, observed: &Observed<'_>) -> Result<Chart, ChartError> {
    let titles = occupation_titles(story.parameters);
    let mut panels = Vec::new();
    let mut ends: Vec<(f64, &str)> = Vec::new();
    for (row, title) in titles.into_iter().enumerate() {
        let rate = |m: &super::observed::Month<'_>| m.occupations[row].unemployment_rate;
        let series = observed.line("Unemployment", 0, rate, trailing_year);
        ends.push((last(&series.values), title));
        panels.push(Panel {
            title: title.to_owned(),
            series: vec![series],
        });
    }
    let chart = SmallMultiples {
        words: story.words(
            spread_title("unemployment", &mut ends),
            "Unemployment rate by occupation, mean of the last twelve months",
        ),
        unit: Unit::new(
            "% of those with the occupation who work or look for work",
            SHARE,
        ),
        events: story.events.clone(),
        months: story.months.clone(),
        panels,
        ..SmallMultiples::default()
    };
    Chart::new("unemployment_by_occupation", chart.render())
}

/// Change of employees by occupation, those that gain most first; nothing in a run without two years.
pub(super) fn jobs_by_occupation(
    story: &Story<'_>,
    observed: &Observed<'_>,
) -> Option<Result<Chart, ChartError>> {
    if !story.has_two_years() {
        return None;
    }
    let many = observed.has_bands();
    let titles = occupation_titles(story.parameters).into_iter().enumerate();
    let mut bars: Vec<Bar> = titles
        .map(|(row, title)| {
            let employees = |m: &super::observed::Month<'_>| m.occupations[row].employees;
            let lines = observed.lines(employees, <[f64]>::to_vec);
            let change = |line: &Vec<f64>| at_end(line) / at_start(line) - 1.0;
            let changes = stats::present(&lines.iter().map(change).collect::<Vec<_>>());
            let middle = |p: f64| stats::quantile(&changes, p);
            let starts: Vec<f64> = lines.iter().map(|line| at_start(line)).collect();
            let start = stats::quantile(&starts, 0.5).round();
            Bar {
                label: format!("{title} ({})", Format::Number.value(start)),
                value: middle(0.5),
                interval: many.then(|| (middle(0.05), middle(0.95))),
                ..Bar::default()
            }
        })
        .filter(|bar| bar.value.is_finite())
        .collect();
    bars.sort_by(|a, b| b.value.total_cmp(&a.value));
    let gaining = bars.iter().filter(|bar| bar.value > 0.0).count();
    let chart = BarChart {
        words: story.words(
            format!(
                "In {gaining} of {} occupations employees are more in the last year than in the first",
                bars.len()
            ),
            "Employees by occupation: change from the first year, whose mean number is in parentheses, to the last",
        ),
        unit: Unit::new("%", SHARE),
        style: BarStyle::Bars,
        signed: true,
        interval_words: "the middle 90% of runs".to_owned(),
        bars,
    };
    Some(Chart::new("jobs_by_occupation", chart.render()))
}

/// "At the end unemployment is lowest in A (2.1%) and highest in B (7.9%)".
fn spread_title(what: &str, ends: &mut Vec<(f64, &str)>) -> String {
    ends.retain(|(value, _)| value.is_finite());
    ends.sort_by(|a, b| a.0.total_cmp(&b.0));
    match (ends.first(), ends.last()) {
        (Some((low, lowest)), Some((high, highest))) => format!(
            "At the end {what} is lowest in {} ({}) and highest in {} ({})",
            lowest.to_lowercase(),
            SHARE.value(*low),
            highest.to_lowercase(),
            SHARE.value(*high)
        ),
        _ => format!("No {what} by occupation"),
    }
}

/// Unemployment against open posts, one point a quarter; nothing in a run shorter than a year.
pub(super) fn beveridge(
    story: &Story<'_>,
    observed: &Observed<'_>,
) -> Option<Result<Chart, ChartError>> {
    let rate = observed.scalar("", 0, |m| m.jobs.unemployment_rate).values;
    let open = observed.scalar("", 0, |m| m.jobs.vacancy_rate).values;
    let correlation = stats::pearson(&rate, &open);
    let points: Vec<(f64, f64)> = (stats::quarterly_mean(&rate).into_iter())
        .zip(stats::quarterly_mean(&open))
        .collect();
    if points.len() < 4 {
        return None;
    }
    let reading = match correlation {
        c if c <= -0.3 => "Posts stay open when few are unemployed",
        c if c >= 0.3 => "Open posts and unemployment rise together",
        _ => "Open posts and unemployment move independently",
    };
    let axis = |words: &str| Axis {
        from_zero: false,
        ..Axis::new(words, SHARE)
    };
    let chart = CurveChart {
        words: story.words_with(
            format!(
                "{reading} (correlation {})",
                Format::Number.value(correlation)
            ),
            "Beveridge curve, one point a quarter: posts open after matching",
            "Neither axis starts at zero.",
        ),
        x: axis("Unemployment, % of the labor force"),
        y: axis("% of employees and open posts"),
        square: false,
        curves: vec![Curve {
            label: "This town".to_owned(),
            style: CurveStyle::Path,
            points,
            ..Curve::default()
        }],
        reference: None,
    };
    Some(Chart::new("beveridge", chart.render()))
}

/// The last number that exists.
pub(super) fn last(values: &[f64]) -> f64 {
    let present = values.iter().rev().find(|value| value.is_finite());
    present.copied().unwrap_or(f64::NAN)
}
