//! What a study found, as short tables for a terminal; the folder of results holds the rest.

use mainstreet::indicators::MonthIndicators;
use mainstreet::output::summary::{self, Form};
use mainstreet::study::compare::{
    Comparison, DECILE_MEASURES, IndicatorChange, REAL_INCOME, ScenarioChange,
};
use mainstreet::study::sweep::{RunOutcome, SweepPlan, effects, point_outcomes};
use mainstreet::study::{Answer, Asked, Request};
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
        (Answer::Run(record), Asked::Run { scenario, .. }) => {
            print(&run_table(&scenario.name, summary::key_figures(record)))
        }
        (Answer::Ensemble(series), Asked::Run { scenario, .. }) => print(&ensemble_table(
            &scenario.name,
            series.len(),
            summary::spreads(series),
        )),
        (
            Answer::Comparison {
                names,
                comparison: Some(comparison),
                ..
            },
            _,
        ) => print(&comparison_table(
            names.first().map_or("", String::as_str),
            comparison,
        )),
        (Answer::Evaluation(found), Asked::Evaluate { plan }) => {
            print(&super::evaluate::told(plan, found))
        }
        (Answer::Sweep(outcomes), Asked::Sweep { plan }) => print(&sweep_table(plan, outcomes)?),
        _ => Ok(()),
    }
}

/// First and last year of one run.
fn run_table(name: &str, figures: Vec<summary::KeyFigure>) -> String {
    let width = label_width(figures.iter().map(|figure| figure.label), name);
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
fn ensemble_table(name: &str, runs: usize, figures: Vec<summary::Spread>) -> String {
    let width = label_width(figures.iter().map(|figure| figure.label), name);
    let mut text = format!(
        "{name:width$}  {:>14}  {:>14}  {:>29}\n",
        "first year", "last year", "nine runs in ten, last year"
    );
    for figure in figures {
        let range = format!(
            "{} … {}",
            figure.form.write(figure.low),
            figure.form.write(figure.high)
        );
        text.push_str(&format!(
            "{:width$}  {:>14}  {:>14}  {range:>29}\n",
            figure.label,
            figure.form.write(figure.first),
            figure.form.write(figure.last),
        ));
    }
    text.push_str(&format!("means of {runs} runs\n"));
    text
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
    let mut text = String::new();
    for scenario in &comparison.scenarios {
        text.push_str(&format!(
            "{} against {baseline}: last 12 months, {how}, {percent}% intervals of the model's own noise\n",
            scenario.name
        ));
        text.push_str(&format!(
            "{:38}  {:>14}  {:>12}  {:>27}\n",
            "", "baseline", "change", "interval"
        ));
        for figure in summary::KEY_FIGURES {
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
