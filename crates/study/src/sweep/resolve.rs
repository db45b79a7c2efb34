//! From a sweep as written to one that is resolved: scenarios, factors, design, outcomes.

use super::factor::{Factor, Levels};
use super::file::{DesignText, SweepFile, Vary};
use super::outcome::Outcome;
use super::plan::{Design, SCENARIO, SweepError};
use crate::design::MOST_RUNS;
use crate::{ScenarioText, StudyScenario};
use model::indicators::MonthIndicators;
use model::scenario::{Loaded, changes_timeline, resolved_for_any_kind};

/// Outcomes analyzed where a sweep names none.
const USUAL_OUTCOMES: [&str; 8] = [
    "unemployment_rate",
    "employment",
    "wage_p50",
    "consumption_real",
    "local_share",
    "gini_income",
    "poverty_rate",
    "firms",
];

/// The parameter that brings values of others along.
const KIND_OF_TOWN: &str = "town.kind";

/// The texts of the scenarios, the first of which is `base`. Where the kind of town varies, values that come with a
/// kind are left to each point: written out, those of the first would outdo those of all others.
pub(super) fn texts(
    file: &SweepFile,
    scenarios: &[Loaded],
    base: &StudyScenario,
) -> Result<Vec<ScenarioText>, SweepError> {
    let any_kind = file.vary.iter().any(|vary| vary.key == KIND_OF_TOWN);
    let mut texts: Vec<ScenarioText> = Vec::new();
    for loaded in scenarios {
        let scenario = StudyScenario::of(loaded).map_err(SweepError::Scenario)?;
        let (found, expected) = (&scenario.parameters.run, &base.parameters.run);
        if found.seed != expected.seed
            || (found.months, found.burn_in_months) != (expected.months, expected.burn_in_months)
        {
            return Err(SweepError::File(format!(
                "{} and {} differ in seed or months: runs would not be comparable",
                base.name, scenario.name
            )));
        }
        if texts.iter().any(|text| text.name == scenario.name) {
            return Err(SweepError::File(format!(
                "two scenarios are called {}: give one another name with `name = \"…\"` in its file",
                scenario.name
            )));
        }
        texts.push(match any_kind {
            true => ScenarioText {
                name: scenario.name,
                toml: resolved_for_any_kind(loaded),
            },
            false => scenario.to_text(),
        });
    }
    Ok(texts)
}

/// The factor that is the scenario itself.
pub(super) fn over_scenarios(texts: &[ScenarioText]) -> Factor {
    let names = texts
        .iter()
        .map(|text| toml::Value::from(text.name.as_str()));
    Factor {
        key: SCENARIO.to_owned(),
        integer: false,
        levels: Levels::List(names.collect()),
    }
}

/// What is kept of each run, and the places of what is analyzed.
pub(super) fn outcomes(
    file: &SweepFile,
    months: u32,
) -> Result<(Vec<Outcome>, Vec<usize>), SweepError> {
    let mut columns: Vec<Outcome> = MonthIndicators::definitions()
        .map(|definition| Outcome {
            indicator: definition.name.to_owned(),
            month: None,
        })
        .collect();
    let usual = USUAL_OUTCOMES.map(str::to_owned);
    let named: &[String] = if file.outcomes.is_empty() {
        &usual
    } else {
        &file.outcomes
    };
    let mut analyzed = Vec::new();
    for text in named {
        let outcome = Outcome::parse(text).map_err(SweepError::File)?;
        if outcome.month.is_some_and(|month| month >= months) {
            return Err(SweepError::File(format!(
                "outcome `{text}` lies beyond the scenario's {months} months"
            )));
        }
        let place = columns.iter().position(|column| *column == outcome);
        analyzed.push(place.unwrap_or_else(|| {
            columns.push(outcome);
            columns.len() - 1
        }));
    }
    Ok((columns, analyzed))
}

/// The design, resolved.
pub(super) fn design(text: &DesignText) -> Result<Design, SweepError> {
    Ok(match *text {
        DesignText::Grid => Design::Grid,
        DesignText::LatinHypercube { points, seed } => Design::LatinHypercube { points, seed },
        DesignText::Sobol { base_samples, seed } => Design::Sobol {
            base_samples,
            seed: u32::try_from(seed).map_err(|_| {
                SweepError::File("the seed of a Sobol design must be below 2^32".to_owned())
            })?,
        },
        DesignText::Morris {
            trajectories,
            levels,
            seed,
        } => Design::Morris {
            trajectories,
            levels,
            seed,
        },
    })
}

/// A factor, resolved by what the base scenario has in its place.
pub(super) fn factor(vary: &Vary, base: &Loaded, grid: bool) -> Result<Factor, SweepError> {
    let wrong = |why: String| SweepError::File(format!("`{}` {why}", vary.key));
    let current = base.value(&vary.key);
    // Months, which are no parameters of the entry's kind.
    let month = changes_timeline(&vary.key)
        && (vary.key.ends_with(".from") || vary.key.ends_with(".until"));
    let mut found = Factor {
        key: vary.key.clone(),
        integer: month || matches!(current, Some(toml::Value::Integer(_))),
        levels: Levels::List(Vec::new()),
    };
    let logarithmic = match vary.scale.as_deref() {
        None | Some("linear") => false,
        Some("log") => true,
        Some(other) => return Err(wrong(format!("has scale `{other}`: write linear or log"))),
    };
    if let Some(values) = &vary.values {
        let ranged = vary.from.or(vary.to).or(vary.step).is_some() || vary.levels.is_some();
        if ranged || values.is_empty() {
            return Err(wrong(
                "needs either values, at least one, or from and to".to_owned(),
            ));
        }
        found.levels = Levels::List(values.clone());
        return Ok(found);
    }
    let (Some(from), Some(to)) = (vary.from, vary.to) else {
        return Err(wrong("needs values, or from and to".to_owned()));
    };
    if !(from.is_finite() && to.is_finite() && from < to) {
        return Err(wrong(format!(
            "goes from {from} to {to}: from must be below to"
        )));
    }
    if logarithmic && from <= 0.0 {
        return Err(wrong(
            "has a logarithmic scale and starts at or below 0".to_owned(),
        ));
    }
    found.levels = Levels::Range {
        from,
        to,
        logarithmic,
    };
    let places: Vec<f64> = match (vary.step, vary.levels) {
        (Some(step), None) if step > 0.0 && !logarithmic => {
            let steps = (to - from) / step;
            if steps > MOST_RUNS as f64 {
                return Err(wrong(format!("has too small a step: {step}")));
            }
            // A last step that falls short of the end by rounding alone still counts.
            let steps = (steps + 1e-9) as usize;
            (0..=steps).map(|i| i as f64 * step / (to - from)).collect()
        }
        (None, Some(levels)) if (2..=MOST_RUNS).contains(&levels) => (0..levels)
            .map(|i| i as f64 / (levels - 1) as f64)
            .collect(),
        (None, None) if !grid => return Ok(found),
        _ => {
            let why = "needs values, a step above 0 (of a linear scale), or two or more levels: a grid runs every \
                       combination of listed values";
            return Err(wrong(why.to_owned()));
        }
    };
    let mut values: Vec<toml::Value> = places.iter().map(|&p| found.at_place(p)).collect();
    values.dedup();
    found.levels = Levels::List(values);
    Ok(found)
}
