//! The sentences of a report, made from its numbers.

use crate::output::run_charts::{at_end, at_start};
use charts::Format;
use model::scenario::Registry;
use model::stats;

use super::catalogue::{KEY_FIGURES, SHOWN, Shown, place};
use super::material::{Change, Material, Runs};

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
    let names: Vec<&str> = material
        .scenarios
        .iter()
        .map(|scenario| scenario.name())
        .collect();
    match names.as_slice() {
        [] => "No scenario".to_owned(),
        [one] => (*one).to_owned(),
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

/// The sentence that stands first.
pub(super) fn headline(material: &Material) -> String {
    let figure = place("employment_rate").unwrap_or(0);
    let shown = &SHOWN[figure];
    if material.is_comparison() {
        return compared(material, shown, figure);
    }
    let Some(runs) = material.runs.first() else {
        return "There are no runs.".to_owned();
    };
    let (first, last) = years(runs, figure);
    let (start, end) = (stats::median(&first), stats::median(&last));
    let change = shown.change(end - start, start);
    if let [one] = last.as_slice() {
        return format!(
            "In this one run the employment rate averages {} in the last year and {} in the first ({change}).",
            shown.level(*one),
            shown.level(start)
        );
    }
    format!(
        "The employment rate in the last year has a median of {} over {} runs (90% of runs: {}), against {} in the first year.",
        shown.level(end),
        last.len(),
        spread(shown, &last),
        shown.level(start)
    )
}

fn compared(material: &Material, shown: &Shown, figure: usize) -> String {
    let baseline = material.name(0);
    let percent = 100.0 * material.confidence;
    let few = material.changes.len() <= 2;
    let (mut lower, mut higher, mut unclear) = (Vec::new(), Vec::new(), Vec::new());
    for (at, changes) in material.changes.iter().enumerate() {
        let change = changes.last_year.get(figure).copied().unwrap_or_default();
        let name = material.name(at + 1);
        let told = shown.change(change.difference, change.baseline);
        let text = if !change.is_clear() && !few {
            // A number would be taken for an effect.
            format!("“{name}”")
        } else if few {
            let interval = shown.interval((change.low, change.high), change.baseline);
            format!("“{name}” ({told}; {percent:.0}% interval {interval})")
        } else {
            format!("“{name}” ({told})")
        };
        match change {
            change if !change.is_clear() => unclear.push(text),
            change if change.difference < 0.0 => lower.push(text),
            _ => higher.push(text),
        }
    }
    let mut parts = Vec::new();
    if !lower.is_empty() {
        parts.push(format!("lower with {}", listed(&lower, "and")));
    }
    if !higher.is_empty() {
        parts.push(format!("higher with {}", listed(&higher, "and")));
    }
    let start = format!("Compared with “{baseline}”, the employment rate in the last year is");
    match (parts.is_empty(), unclear.is_empty()) {
        (false, true) => format!("{start} {} in this model.", listed(&parts, "and")),
        (false, false) => format!(
            "{start} {} in this model; there is no clear difference with {}.",
            listed(&parts, "and"),
            listed(&unclear, "and")
        ),
        _ => format!(
            "Compared with “{baseline}”, this model shows no clear difference in the employment rate in the last year with {}.",
            listed(&unclear, "or")
        ),
    }
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
    let rows = KEY_FIGURES.iter().filter_map(|id| place(id));
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
        material.name(0),
        shown.level(level),
        String::new(),
    )];
    for (at, changes) in material.changes.iter().enumerate() {
        let change = of(changes);
        cells.push(FigureCell {
            heading: material.name(at + 1).to_owned(),
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
    let (start, end) = (stats::median(&first), stats::median(&last));
    let interval = |values: &[f64]| match values.len() {
        0 | 1 => String::new(),
        _ => spread(shown, values),
    };
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
