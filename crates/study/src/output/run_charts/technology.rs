//! Charts of technology in one run: who uses it, how projects end, and what changes in the firms that adopt it.

use charts::{Bar, BarChart, BarStyle, ChartError, Format, MOST_SERIES, Series, TimeChart, Unit};
use model::indicators::tables::{KPI_GROUPS, KpiYear};
use model::run::RunRecord;
use model::town::technology::{FinishedProject, KPI_IDS, KPIS, Outcome};

use super::Chart;
use super::story::Story;

/// Fewest projects of a technology whose mean result is worth a bar.
const FEWEST_PROJECTS: usize = 10;
/// Fewest firms of a group whose mean change is worth a bar.
const FEWEST_FIRMS: f64 = 10.0;

/// Titles of the technologies of a run, in the order of its tables.
fn titles<'a>(story: &'a Story<'_>, record: &'a RunRecord) -> Vec<&'a str> {
    let catalogue = &story.parameters.technologies;
    let title = |id: &'a String| {
        let place = catalogue.position(id);
        place.map_or(id.as_str(), |place| catalogue[place].title.as_str())
    };
    record.technologies.iter().map(title).collect()
}

/// Share of firms that use each technology, month by month; nothing where technology is off. Of more
/// technologies than a reader can tell apart, those used most at the end are shown.
pub(super) fn adoption(story: &Story<'_>, record: &RunRecord) -> Option<Result<Chart, ChartError>> {
    let last = record
        .months
        .last()
        .filter(|month| !month.adoption.is_empty())?;
    let titles = titles(story, record);
    let mut order: Vec<usize> = (0..last.adoption.len()).collect();
    let end = |kind: &usize| last.adoption[*kind].users_share;
    order.sort_by(|a, b| end(b).total_cmp(&end(a)));
    order.truncate(MOST_SERIES);
    let share = |kind: usize| {
        let months = record.months.iter();
        months.map(move |month| {
            month
                .adoption
                .get(kind)
                .map_or(f64::NAN, |row| row.users_share)
        })
    };
    let series: Vec<Series> = order
        .iter()
        .enumerate()
        .map(|(color, &kind)| Series::new(titles[kind], color, share(kind).collect()))
        .collect();
    let (most, fastest) = (order[0], fastest(&order, &share)?);
    let ends = |kind: usize| {
        let ends = [share(kind).next(), share(kind).next_back()];
        ends.map(|share| Format::Share.value(share.unwrap_or(f64::NAN)))
    };
    let [from, to] = ends(fastest);
    let title = format!(
        "{} of firms use {} at the end; {} spreads most, from {from} to {to}",
        ends(most)[1],
        lower_first(titles[most]),
        lower_first(titles[fastest]),
    );
    let chart = TimeChart {
        words: story.words(title, "Firms that use each technology, in any stage"),
        unit: Unit::new("% of firms in business", Format::Share),
        months: story.months.clone(),
        series,
        events: story.events.clone(),
        ..TimeChart::default()
    };
    Some(Chart::new("technology_adoption", chart.render()))
}

/// The technology whose share of users rises most.
fn fastest<I: DoubleEndedIterator<Item = f64>>(
    kinds: &[usize],
    share: &impl Fn(usize) -> I,
) -> Option<usize> {
    let rise = |kind: usize| {
        let first = share(kind).next().unwrap_or(f64::NAN);
        share(kind).next_back().unwrap_or(f64::NAN) - first
    };
    let rises = kinds.iter().map(|&kind| (kind, rise(kind)));
    rises
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(kind, _)| kind)
}

/// The words with a small first letter, for the middle of a sentence.
fn lower_first(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| {
        first.to_lowercase().chain(letters).collect()
    })
}

/// How projects end; nothing if none did.
pub(super) fn outcomes(story: &Story<'_>, record: &RunRecord) -> Option<Result<Chart, ChartError>> {
    let all = record.projects.len();
    if all == 0 {
        return None;
    }
    let share = |outcome: Outcome| {
        let such = record.projects.iter().filter(|p| p.outcome == outcome);
        such.count() as f64 / all as f64
    };
    let named = [
        ("Kept the promise", Outcome::OnPlan),
        ("Fell short, stays in use", Outcome::Short),
        ("Fell short, taken back", Outcome::RolledBack),
        ("Abandoned before the end", Outcome::Abandoned),
    ];
    let bars = named.map(|(label, outcome)| Bar {
        label: label.to_owned(),
        value: share(outcome),
        ..Bar::default()
    });
    let title = format!(
        "Of {} technology projects {} kept their promise and {} were abandoned",
        Format::Number.value(all as f64),
        Format::Share.value(share(Outcome::OnPlan)),
        Format::Share.value(share(Outcome::Abandoned)),
    );
    let chart = BarChart {
        words: story.words_with(
            title,
            "How the projects of all firms ended",
            "Trade surveys say: a third on plan, half short, a sixth abandoned; no rigorous figure exists.",
        ),
        unit: Unit::new("% of projects that ended", Format::Share),
        style: BarStyle::Bars,
        signed: false,
        interval_words: String::new(),
        bars: bars.to_vec(),
    };
    Some(Chart::new("project_outcomes", chart.render()))
}

/// Realized over promised benefit by technology; nothing without enough projects.
pub(super) fn promises(story: &Story<'_>, record: &RunRecord) -> Option<Result<Chart, ChartError>> {
    let kept = |projects: &[&FinishedProject]| {
        let promised: f64 = projects.iter().map(|p| p.project.promised).sum();
        projects.iter().map(|p| p.realized).sum::<f64>() / promised
    };
    let mut bars: Vec<Bar> = Vec::new();
    for (kind, title) in titles(story, record).into_iter().enumerate() {
        let projects = record.projects.iter();
        let own: Vec<&FinishedProject> = projects
            .filter(|p| usize::from(p.project.technology) == kind)
            .collect();
        if own.len() >= FEWEST_PROJECTS {
            let count = Format::Number.value(own.len() as f64);
            bars.push(Bar {
                label: format!("{title} ({count})"),
                value: kept(&own),
                ..Bar::default()
            });
        }
    }
    if bars.is_empty() {
        return None;
    }
    bars.sort_by(|a, b| b.value.total_cmp(&a.value));
    let all: Vec<&FinishedProject> = record.projects.iter().collect();
    let chart = BarChart {
        words: story.words(
            format!(
                "Projects realize {} of the benefit they promised",
                Format::Share.value(kept(&all))
            ),
            "Benefit realized by projects that ended, abandoned ones included, over what they promised; number of projects in parentheses",
        ),
        unit: Unit::new("% of the promised benefit", Format::Share),
        style: BarStyle::Bars,
        signed: false,
        interval_words: String::new(),
        bars,
    };
    Some(Chart::new("promised_and_realized", chart.render()))
}

/// What each measure is called, in their order; an empty name for those whose relative change means nothing.
const KPI_TITLES: [&str; KPIS] = [
    "Process time",
    "Unit cost",
    "",
    "Customers who stay",
    "Output per worker",
    "Cost of errors",
    "Owner's hours",
    "Staff turnover",
    "",
    "Personal contact",
    "Forecast error",
];

/// Of these, those of which less is better.
const LESS_IS_BETTER: [&str; 6] = [
    "Process time",
    "Unit cost",
    "Cost of errors",
    "Owner's hours",
    "Staff turnover",
    "Forecast error",
];

/// How technology stands to people in the first groups of firms.
const GROUPS: [&str; 2] = ["beside people", "in place of people"];

/// Change of each measure at firms that adopted, less that at firms that did not; nothing without such firms.
pub(super) fn before_and_after(
    story: &Story<'_>,
    record: &RunRecord,
) -> Option<Result<Chart, ChartError>> {
    let rows = record.kpis.last()?;
    let change = |group: usize, measure: usize| -> Option<f64> {
        let row: &KpiYear = rows.get(group * KPI_IDS.len() + measure)?;
        let change = row.after / row.before - 1.0;
        (row.firms >= FEWEST_FIRMS && change.is_finite()).then_some(change)
    };
    let others = KPI_GROUPS.len() - 1;
    let mut bars = Vec::new();
    for (measure, title) in KPI_TITLES
        .iter()
        .enumerate()
        .filter(|(_, title)| !title.is_empty())
    {
        let Some(unchanged) = change(others, measure) else {
            continue;
        };
        for (group, word) in GROUPS.iter().enumerate() {
            if let Some(change) = change(group, measure) {
                bars.push(Bar {
                    label: format!("{title}, {word}"),
                    value: change - unchanged,
                    less_is_better: LESS_IS_BETTER.contains(title),
                    ..Bar::default()
                });
            }
        }
    }
    let time = bars
        .iter()
        .find(|bar| bar.label.starts_with(KPI_TITLES[0]))?;
    let chart = BarChart {
        words: story.words_with(
            format!(
                "Process time changes by {} in firms that put technology {}, beyond firms that adopt nothing",
                Format::Share.signed(time.value),
                if time.label.ends_with(GROUPS[0]) { GROUPS[0] } else { GROUPS[1] },
            ),
            "Change from before the first project to the last year-end, less the change at firms without technology since the start",
            "Firms are compared as they are: those that adopt may differ in other ways.",
        ),
        unit: Unit::new("% of the level before", Format::Share),
        style: BarStyle::Bars,
        signed: true,
        interval_words: String::new(),
        bars,
    };
    Some(Chart::new("before_and_after", chart.render()))
}
