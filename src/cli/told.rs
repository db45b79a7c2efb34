//! What a study found, as short tables for a terminal; the folder of results holds the rest.

use mainstreet::indicators::MonthIndicators;
use mainstreet::output::run_charts::has_two_years;
use mainstreet::output::summary::{self, Form};
use mainstreet::run::ensemble::ReplicateSeries;
use mainstreet::study::compare::{
    Comparison, DECILE_MEASURES, IndicatorChange, REAL_INCOME, ScenarioChange,
};
use mainstreet::study::evaluate::caveats;
use mainstreet::study::sweep::{RunOutcome, SweepPlan, effects, point_outcomes};
use mainstreet::study::{Answer, Asked, Request, ScenarioText, StudyScenario};
use mainstreet::units::OCCUPATION_IDS;

use super::cost;
use super::failure::Failure;
use super::print;

/// Widest table of a sweep's points, in characters; outcomes that do not fit are left to the files.
const WIDEST: usize = 100;
/// Most points of a sweep that are listed.
const MOST_POINTS: usize = 24;

/// Prints the key figures of an answer.
pub fn print_answer(request: &Request, answer: &Answer) -> Result<(), Failure> {
    match (answer, &request.asked) {
        (Answer::Run(record), Asked::Run { scenario, .. }) => print(&run_table(
            &scenario.name,
            record.months.len(),
            summary::key_figures(record),
        )),
        (Answer::Ensemble(series), Asked::Run { scenario, .. }) => print(&ensemble_table(
            &scenario.name,
            series,
            summary::spreads(series),
        )),
        (
            Answer::Comparison {
                names,
                comparison: Some(comparison),
                ..
            },
            _,
        ) => {
            print(&comparison_table(
                names.first().map_or("", String::as_str),
                comparison,
            ))?;
            print(&caveats_of(request.asked.scenarios()))
        }
        (Answer::Evaluation(found), Asked::Evaluate { plan }) => {
            print(&super::evaluate::told(plan, found))
        }
        (Answer::Sweep(outcomes), Asked::Sweep { plan }) => print(&sweep_table(plan, outcomes)?),
        _ => Ok(()),
    }
}

/// What published evaluations found about the policies and shocks of scenarios, and what the model gives there.
fn caveats_of(scenarios: &[ScenarioText]) -> String {
    let mut kinds: Vec<&str> = Vec::new();
    let read: Vec<_> = scenarios
        .iter()
        .filter_map(|text| StudyScenario::read(text, &[]).ok())
        .collect();
    for policy in read.iter().flat_map(|s| &s.parameters.timeline.policies) {
        let kind = policy.lever.kind();
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    let mut text = String::new();
    for caveat in caveats(&kinds).iter().filter(|caveat| !caveat.agrees) {
        if text.is_empty() {
            text.push_str("Before you rely on this (all of it in docs/EVALUATIONS.md):\n");
        }
        for (place, line) in caveat.lines().iter().enumerate() {
            let indent = if place == 0 { "  " } else { "      " };
            text.push_str(&format!("{indent}{line}\n"));
        }
    }
    text
}

/// First and last year of one run, or the mean of one too short for both.
fn run_table(name: &str, months: usize, figures: Vec<summary::KeyFigure>) -> String {
    let width = label_width(figures.iter().map(|figure| figure.label), name);
    if !has_two_years(months) {
        let mut text = format!("{name:width$}  {:>18}\n", mean_words(months));
        for figure in figures {
            let written = figure.form.write(figure.last);
            text.push_str(&format!("{:width$}  {written:>18}\n", figure.label));
        }
        return text;
    }
    let mut text = format!(
        "{name:width$}  {:>14}  {:>14}  {:>10}\n",
        "first year", "last year", "change"
    );
    for figure in figures {
        text.push_str(&format!(
            "{:width$}  {:>14}  {:>14}  {:>10}\n",
            figure.label,
            figure.form.write(figure.first),
            figure.form.write(figure.last),
            figure.form.write_change(figure.change()),
        ));
    }
    text
}

/// First and last year of many runs: means, and the range of nine runs in ten.
fn ensemble_table(name: &str, series: &[ReplicateSeries], figures: Vec<summary::Spread>) -> String {
    let runs = series.len();
    let months = series.iter().map(|one| one.months.len()).min().unwrap_or(0);
    let long = has_two_years(months);
    let width = label_width(figures.iter().map(|figure| figure.label), name);
    let mut text = match long {
        true => format!(
            "{name:width$}  {:>14}  {:>14}  {:>29}\n",
            "first year", "last year", "nine runs in ten, last year"
        ),
        false => format!(
            "{name:width$}  {:>18}  {:>29}\n",
            mean_words(months),
            "nine runs in ten"
        ),
    };
    for figure in figures {
        let [first, last, low, high] =
            [figure.first, figure.last, figure.low, figure.high].map(|v| figure.form.write(v));
        let range = format!("{low} … {high}");
        text.push_str(&match long {
            true => format!(
                "{:width$}  {first:>14}  {last:>14}  {range:>29}\n",
                figure.label
            ),
            false => format!("{:width$}  {last:>18}  {range:>29}\n", figure.label),
        });
    }
    text.push_str(&format!("means of {runs} runs\n"));
    text
}

/// What a figure of a short run is: "mean of 14 months".
fn mean_words(months: usize) -> String {
    match months {
        1 => "month 0".to_owned(),
        many => format!("mean of {many} months"),
    }
}

fn label_width<'a>(labels: impl Iterator<Item = &'a str>, name: &str) -> usize {
    let widest = labels.map(|label| label.chars().count()).max();
    widest.unwrap_or(0).max(name.chars().count())
}

fn comparison_table(baseline: &str, comparison: &Comparison) -> String {
    let how = if comparison.paired {
        "paired runs"
    } else {
        "independent runs"
    };
    let percent = 100.0 * comparison.confidence;
    let months = comparison.scenarios.first();
    let months = months.and_then(|scenario| scenario.indicators.first());
    let window = match months.map_or(0, |change| change.months.len()) {
        short @ 0..12 => mean_words(short),
        _ => "last 12 months".to_owned(),
    };
    let mut text = String::new();
    for scenario in &comparison.scenarios {
        text.push_str(&format!(
            "{} against {baseline}: {window}, {how}, {percent}% intervals of the model's own noise\n",
            scenario.name
        ));
        if is_identical(scenario) {
            text.push_str(
                "Every run is identical to the baseline's, month by month: nothing that differs ever acted.\n\n",
            );
            continue;
        }
        text.push_str(&format!(
            "{:38}  {:>14}  {:>12}  {:>27}\n",
            "", "baseline", "change", "interval"
        ));
        for figure in summary::in_order() {
            let place = MonthIndicators::definitions().position(|d| d.name == figure.1);
            let change = place.and_then(|place| scenario.indicators.get(place));
            if let Some(change) = change {
                text.push_str(&change_line(figure, change));
            }
        }
        text.push_str(&bounds_disagree(scenario));
        text.push_str(&winners_and_losers(scenario));
        text.push_str(&cost::told(scenario));
        text.push('\n');
    }
    text
}

/// Whether no figure differs in any month of any run.
fn is_identical(scenario: &ScenarioChange) -> bool {
    let mut months = (scenario.indicators.iter()).flat_map(|change| &change.months);
    months.all(|change| {
        let differs = change.estimate.is_finite() && change.estimate != 0.0;
        let varies = change.standard_error > 0.0;
        !(differs || varies)
    })
}

fn change_line((label, _, form): (&str, &str, Form), change: &IndicatorChange) -> String {
    let base = change.baseline;
    let part = |difference: f64| form.write_change(form.relative(difference, base));
    let year = &change.last_year;
    let uncertain = if year.sign_is_uncertain() {
        "sign uncertain"
    } else {
        ""
    };
    let row = format!(
        "{label:38}  {:>14}  {:>12}  {:>12} … {:>12}  {uncertain}",
        form.write(base),
        part(year.estimate),
        part(year.low),
        part(year.high),
    );
    format!("{}\n", row.trim_end())
}

/// Says so where the sign of the headline hangs on what becomes of those who left.
fn bounds_disagree(scenario: &ScenarioChange) -> String {
    let of = |name: &str| {
        let place = MonthIndicators::definitions().position(|d| d.name == name);
        let change = place.and_then(|place| scenario.indicators.get(place));
        change.map_or(0.0, |change| change.last_year.estimate)
    };
    let low = of("original_employment_rate_low");
    let stayers = of("original_employment_rate_stayers");
    if low * stayers >= 0.0 {
        return String::new();
    }
    "Whether residents of month 0 gain work hangs on those who left: with every leaver out of work the change has the \
     other sign than with leavers left out\n"
        .to_owned()
}

/// Whose income rises or falls by tenth, and whose jobs by occupation, as far as the sign is certain.
fn winners_and_losers(scenario: &ScenarioChange) -> String {
    let named = |direction: &str| -> [String; 2] {
        let deciles = (scenario.deciles.iter())
            .filter(|change| DECILE_MEASURES[change.measure] == REAL_INCOME)
            .filter(|change| change.difference.direction() == direction)
            .map(|change| change.decile.to_string());
        let occupations = (scenario.occupations.iter())
            .filter(|change| change.measure == 0 && change.difference.direction() == direction)
            .map(|change| OCCUPATION_IDS[change.occupation].to_owned());
        [deciles.collect::<Vec<_>>(), occupations.collect()].map(|names| match names.is_empty() {
            true => "none".to_owned(),
            false => names.join(", "),
        })
    };
    let ([richer, more], [poorer, fewer]) = (named("rises"), named("falls"));
    format!(
        "Tenths by income (1 lowest): what income buys rises in {richer}; falls in {poorer}; others uncertain\n\
         Occupations: jobs rise in {more}; fall in {fewer}; others uncertain\n"
    )
}

fn sweep_table(plan: &SweepPlan, outcomes: &[RunOutcome]) -> Result<String, Failure> {
    let (found, _) = effects(plan, outcomes).map_err(|e| Failure::usage(e.to_string()))?;
    if found.is_empty() {
        return points_table(plan, outcomes);
    }
    let mut text = String::new();
    let mut last = usize::MAX;
    let widest = plan.factors.iter().map(|factor| factor.key.chars().count());
    let width = widest.max().unwrap_or(0);
    for effect in &found {
        if effect.column != last {
            last = effect.column;
            text.push_str(&format!(
                "{}: measures with 95% intervals over resampled points\n",
                plan.columns[effect.column].column()
            ));
        }
        let estimate = effect.estimate;
        text.push_str(&format!(
            "  {:width$}  {:11}  {:>10}  {:>10} … {:>10}\n",
            plan.factors[effect.factor].key,
            effect.measure,
            short(estimate.value),
            short(estimate.low),
            short(estimate.high)
        ));
    }
    Ok(text)
}

/// Means of the analyzed outcomes at every point, for sweeps with few of them.
fn points_table(plan: &SweepPlan, outcomes: &[RunOutcome]) -> Result<String, Failure> {
    let settings = plan.settings().map_err(|e| Failure::usage(e.to_string()))?;
    if settings.len() > MOST_POINTS {
        return Ok(String::new());
    }
    let means = point_outcomes(plan, outcomes, 0.95);
    let mut columns: Vec<Vec<String>> = Vec::new();
    for (place, factor) in plan.factors.iter().enumerate() {
        let values = settings.iter().map(|point| point[place].value.to_string());
        columns.push(std::iter::once(factor.key.clone()).chain(values).collect());
    }
    for (order, &column) in plan.analyzed.iter().enumerate() {
        let values = means.iter().skip(order).step_by(plan.analyzed.len());
        let values = values.map(|point| short(point.mean));
        let name = plan.columns[column].column();
        columns.push(std::iter::once(name).chain(values).collect());
    }
    let widths: Vec<usize> = (columns.iter())
        .map(|column| {
            column
                .iter()
                .map(|cell| cell.chars().count())
                .max()
                .unwrap_or(0)
        })
        .collect();
    let mut fitting = 0;
    let mut taken = 0;
    while fitting < widths.len() && taken + widths[fitting] + 2 <= WIDEST {
        taken += widths[fitting] + 2;
        fitting += 1;
    }
    let mut text = String::new();
    for row in 0..=settings.len() {
        let cells = columns.iter().zip(&widths).take(fitting.max(1));
        let cells = cells.map(|(column, width)| format!("{:>width$}", column[row], width = *width));
        text.push_str(&(cells.collect::<Vec<_>>().join("  ") + "\n"));
    }
    Ok(text)
}

/// A number in few digits.
fn short(value: f64) -> String {
    let size = value.abs();
    if !value.is_finite() {
        "–".to_owned()
    } else if size >= 1_000.0 {
        format!("{value:.0}")
    } else if size >= 10.0 {
        format!("{value:.1}")
    } else {
        format!("{value:.4}")
    }
}
