//! The sentences of a report, made from its numbers.

use crate::output::run_charts::{at_end, at_start, has_two_years};
use charts::Format;

use crate::evaluate::caveats as caveats_of;
use model::scenario::Registry;
use model::stats;

use super::catalogue::{SHOWN, Shown, key_figures, place};
use super::material::{Change, Material, Runs};
use super::{money, policy};

/// What a report is about, in a line.
pub(super) fn kind(material: &Material) -> String {
    let runs = material.replicates();
    let count = material.scenarios.len();
    match (count, runs) {
        (0 | 1, 1) => "One run of one scenario".to_owned(),
        (0 | 1, many) => format!("{many} runs of one scenario"),
        _ => format!("Comparison of {count} scenarios, {runs} paired runs of each"),
    }
}

/// Title of the page.
pub(super) fn title(material: &Material) -> String {
    let names: Vec<String> = (0..material.scenarios.len())
        .map(|place| material.title(place))
        .collect();
    match names.as_slice() {
        [] => "No scenario".to_owned(),
        [one] => one.clone(),
        [first, others @ ..] => format!("{} against {first}", listed(others, "and")),
    }
}

/// "a, b and c".
pub(super) fn listed<T: AsRef<str>>(words: &[T], joint: &str) -> String {
    match words {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [before @ .., last] => {
            let before: Vec<&str> = before.iter().map(AsRef::as_ref).collect();
            format!("{} {joint} {}", before.join(", "), last.as_ref())
        }
    }
}

/// What figures of the page are means of: "Means of the last twelve months", or of all months of a shorter run.
pub(super) fn window_words(material: &Material) -> String {
    match material.months() {
        months if months >= 12 => "Means of the last twelve months".to_owned(),
        months => format!("Means of all {months} months"),
    }
}

/// The same in the middle of a sentence: "in the last twelve months".
fn in_window(material: &Material) -> String {
    match material.months() {
        months if months >= 12 => "in the last twelve months".to_owned(),
        months => format!("over its {months} months"),
    }
}

/// The sentence that stands first.
pub(super) fn headline(material: &Material) -> String {
    let figure = place("original_employment_rate").unwrap_or(0);
    let shown = &SHOWN[figure];
    if material.is_comparison() {
        return compared(material);
    }
    let Some(runs) = material.runs.first() else {
        return "There are no runs.".to_owned();
    };
    let (first, last) = years(runs, figure);
    let (start, end) = (stats::mean(&first), stats::mean(&last));
    let change = shown.change(end - start, start);
    let long = has_two_years(material.months());
    match (last.as_slice(), long) {
        ([one], true) => format!(
            "In this one run {} of the residents of month 0 are at work in the last year and {} in the first ({change}).",
            shown.level(*one),
            shown.level(start)
        ),
        ([one], false) => format!(
            "In this one run of {} months, {} of the residents of month 0 are at work on average.",
            material.months(),
            shown.level(*one)
        ),
        (many, true) => format!(
            "The employment rate of the residents of month 0 averages {} in the last year over {} runs (90% of runs: {}), against {} in the first year.",
            shown.level(end),
            many.len(),
            spread(shown, many),
            shown.level(start)
        ),
        (many, false) => format!(
            "The employment rate of the residents of month 0 over {} months averages {} over {} runs (90% of runs: {}).",
            material.months(),
            shown.level(end),
            many.len(),
            spread(shown, many)
        ),
    }
}

/// Most scenarios told with numbers in the headline.
const MOST_TOLD: usize = 4;

/// People and dollars for each scenario.
fn compared(material: &Material) -> String {
    let percent = 100.0 * material.confidence;
    let costs = public_costs(material);
    let start = format!(
        "Compared with “{}”, {} of this model:",
        material.title(0),
        in_window(material)
    );
    let one = |at: usize| -> String {
        let title = material.title(at + 1);
        if material.changes[at].are_nothing() {
            let why = material.scenarios.get(at + 1);
            let why = why.and_then(|scenario| policy::never_begins(scenario, material.months()));
            let why = why.map_or(String::new(), |why| format!(": {why}"));
            return format!("“{title}” is identical in every run{why}");
        }
        format!(
            "with “{title}” {}, and {}",
            people(material, at, percent),
            money::told(costs.get(at).and_then(Option::as_ref), percent)
        )
    };
    let count = material.changes.len();
    if count <= MOST_TOLD {
        let all: Vec<String> = (0..count).map(one).collect();
        return format!("{start} {}.", all.join("; "));
    }
    let figure = place("original_employed").unwrap_or(0);
    let change = |at: &usize| -> Change {
        let found = material.changes[*at].last_year.get(figure);
        found.copied().unwrap_or_default()
    };
    let mut clear: Vec<usize> = (0..count).filter(|at| change(at).is_clear()).collect();
    clear.sort_by(|a, b| change(b).difference.total_cmp(&change(a).difference));
    let unclear = count - clear.len();
    let rest = format!(
        "{unclear} of {count} scenarios show no clear difference in how many residents of month 0 have work"
    );
    match clear.as_slice() {
        [] => format!("{start} {rest}."),
        [only] => format!("{start} {}; {rest}.", one(*only)),
        [most, .., least] => format!("{start} {}; {}; {rest}.", one(*most), one(*least)),
    }
}

/// "34 fewer people have work (95%: 12 to 56)", or that there is no clear difference.
fn people(material: &Material, at: usize, percent: f64) -> String {
    let change =
        place("original_employed").and_then(|figure| material.changes[at].last_year.get(figure));
    let Some(change) = change.filter(|change| change.is_clear()) else {
        return "no clear difference in how many residents of month 0 have work".to_owned();
    };
    let (word, change) = match change.difference > 0.0 {
        true => ("more", *change),
        false => ("fewer", change.scaled(-1.0)),
    };
    let number = |value: f64| Format::Number.value(value.round());
    format!(
        "{} {word} of the residents of month 0 have work ({percent:.0}%: {} to {})",
        number(change.difference),
        number(change.low),
        number(change.high)
    )
}

/// Means of the first and of the last year, one a run.
pub(super) fn years(runs: &Runs, indicator: usize) -> (Vec<f64>, Vec<f64>) {
    let lines = runs.lines(indicator);
    let first: Vec<f64> = lines.iter().map(|line| at_start(line)).collect();
    let last: Vec<f64> = lines.iter().map(|line| at_end(line)).collect();
    (stats::present(&first), stats::present(&last))
}

/// Where the middle 90% of runs lie.
pub(super) fn spread(shown: &Shown, values: &[f64]) -> String {
    let [low, high] = [0.05, 0.95].map(|p| stats::quantile(values, p));
    format!("{} to {}", shown.level(low), shown.level(high))
}

/// What a reader must know first.
pub(super) fn caveats(material: &Material) -> Vec<String> {
    let runs = material.replicates();
    let noise = match (material.is_comparison(), runs) {
        (true, _) => format!(
            "The intervals show how far chance moves the model's own differences over {runs} pairs of runs. They do not hold errors in its rules or numbers."
        ),
        (false, 1) => "One run cannot tell a cause from chance: ask for several with --replicates, or compare scenarios.".to_owned(),
        (false, _) => format!(
            "The spread over {runs} runs is chance within the model. It does not hold errors in its rules or numbers."
        ),
    };
    let parameters = Registry::embedded().parameters();
    let weak = parameters.iter().filter(|parameter| {
        let source = parameter.source.to_lowercase();
        source.contains("judgement") || source.contains("unverified")
    });
    vec![
        "The town is synthetic. The model works out what follows from stated rules; it does not forecast any real town.".to_owned(),
        noise,
        format!(
            "Of the model's {} documented parameters, {} rest at least in part on judgement instead of data. Try other values before you rely on a result.",
            parameters.len(),
            weak.count()
        ),
    ]
}

/// What the results of a comparison rest on: its pairs of runs, the values that differ, and what was not asked.
pub(super) fn rests_on(material: &Material) -> Vec<String> {
    let mut lines = vec![format!(
        "{} pairs of runs that share all chance draws.",
        material.replicates()
    )];
    let sizes = material.scenarios.iter();
    let mut sizes: Vec<u32> = sizes
        .map(|one| one.study.parameters.town.residents)
        .collect();
    sizes.dedup();
    if sizes.len() > 1 {
        lines.push(
            "The towns compared differ in size, and numbers of people and dollars differ for that alone."
                .to_owned(),
        );
    }
    lines.push(
        "One set of parameters: how far other plausible values move the answer is not told here. Vary them with `mainstreet sweep`."
            .to_owned(),
    );
    lines.extend(evaluations(material));
    lines
}

/// Most published evaluations told beside a comparison; the others are counted.
const MOST_EVALUATIONS: usize = 3;

/// Where published evaluations of the policies compared found otherwise than the model.
fn evaluations(material: &Material) -> Vec<String> {
    let mut kinds: Vec<&str> = Vec::new();
    for entry in material
        .scenarios
        .iter()
        .flat_map(|one| &one.loaded.timeline)
    {
        if !kinds.contains(&entry.kind.as_str()) {
            kinds.push(&entry.kind);
        }
    }
    let all = caveats_of(&kinds);
    let agree = all.iter().filter(|caveat| caveat.agrees).count();
    let others: Vec<_> = all.iter().filter(|caveat| !caveat.agrees).collect();
    let mut lines: Vec<String> = (others.iter().take(MOST_EVALUATIONS))
        .map(|caveat| caveat.lines().join("; "))
        .collect();
    let more = others.len().saturating_sub(MOST_EVALUATIONS);
    if more > 0 {
        lines.push(format!(
            "{more} more evaluations stand in docs/EVALUATIONS.md."
        ));
    }
    if !all.is_empty() {
        lines.push(format!(
            "{agree} of {} published evaluations of these policies agree with the model.",
            all.len()
        ));
    }
    lines
}

/// A row of the table of key figures.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct FigureRow {
    pub label: &'static str,
    /// Heading, number and interval of each cell, and whether its sign is clear.
    pub cells: Vec<FigureCell>,
}

/// One cell of a [`FigureRow`].
#[derive(Clone, Debug, PartialEq)]
pub(super) struct FigureCell {
    pub heading: String,
    pub number: String,
    pub interval: String,
    pub is_clear: bool,
}

impl FigureCell {
    fn plain(heading: impl Into<String>, number: String, interval: String) -> FigureCell {
        FigureCell {
            heading: heading.into(),
            number,
            interval,
            is_clear: true,
        }
    }
}

/// The key figures: levels of the baseline and differences to it, or the first and the last year.
pub(super) fn figures(material: &Material) -> Vec<FigureRow> {
    let rows = key_figures().filter_map(place);
    rows.map(|indicator| FigureRow {
        label: SHOWN[indicator].label,
        cells: match material.is_comparison() {
            true => against_baseline(material, indicator),
            false => over_time(material, indicator),
        },
    })
    .collect()
}

fn against_baseline(material: &Material, indicator: usize) -> Vec<FigureCell> {
    let shown = &SHOWN[indicator];
    let of = |changes: &super::material::Changes| -> Change {
        changes
            .last_year
            .get(indicator)
            .copied()
            .unwrap_or_default()
    };
    let level = material
        .changes
        .first()
        .map_or(f64::NAN, |first| of(first).baseline);
    let mut cells = vec![FigureCell::plain(
        material.title(0),
        shown.level(level),
        String::new(),
    )];
    for (at, changes) in material.changes.iter().enumerate() {
        let change = of(changes);
        cells.push(FigureCell {
            heading: material.title(at + 1),
            number: shown.change(change.difference, change.baseline),
            interval: shown.interval((change.low, change.high), change.baseline),
            is_clear: change.is_clear(),
        });
    }
    cells
}

fn over_time(material: &Material, indicator: usize) -> Vec<FigureCell> {
    let shown = &SHOWN[indicator];
    let Some(runs) = material.runs.first() else {
        return Vec::new();
    };
    let (first, last) = years(runs, indicator);
    let (start, end) = (stats::mean(&first), stats::mean(&last));
    let interval = |values: &[f64]| match values.len() {
        0 | 1 => String::new(),
        _ => spread(shown, values),
    };
    if !has_two_years(material.months()) {
        let heading = format!("Mean of {} months", material.months());
        return vec![FigureCell::plain(
            heading,
            shown.level(end),
            interval(&last),
        )];
    }
    vec![
        FigureCell::plain("First year", shown.level(start), interval(&first)),
        FigureCell::plain("Last year", shown.level(end), interval(&last)),
        FigureCell::plain("Change", shown.change(end - start, start), String::new()),
    ]
}

/// What governments pay more or take less than in the baseline: dollars a year in the last year, of each scenario
/// after the baseline.
pub(super) fn public_costs(material: &Material) -> Vec<Option<Change>> {
    let costs: Vec<Vec<f64>> = material.runs.iter().map(public_cost).collect();
    let Some((baseline, others)) = costs.split_first() else {
        return Vec::new();
    };
    let against = |cost: &Vec<f64>| {
        let paired = stats::paired_difference(baseline, cost, material.confidence)?;
        Some(Change {
            baseline: stats::mean(baseline),
            difference: paired.difference.estimate,
            low: paired.difference.low,
            high: paired.difference.high,
        })
    };
    others.iter().map(against).collect()
}

/// What the outer government pays into the town net of its taxes, less the local government's balance, in the last
/// year of each run: dollars a year. Aid between governments cancels.
pub(super) fn public_cost(runs: &Runs) -> Vec<f64> {
    let of = |id: &str| place(id).map_or_else(Vec::new, |indicator| years(runs, indicator).1);
    let (outer, local) = (of("outer_net"), of("local_balance"));
    outer
        .iter()
        .zip(&local)
        .map(|(outer, local)| 12.0 * (outer - local))
        .collect()
}

/// Dollars with their interval, signed.
pub(super) fn dollars(change: &Change) -> (String, String) {
    let format = Format::Dollars;
    (
        format.signed(change.difference),
        format.signed_range(change.low, change.high),
    )
}
