//! Controls of the page, made from the registry of parameters.

use serde::Serialize;
use serde_json::{Value, json};

use model::indicators::MonthIndicators;
use model::scenario::{
    Choices, Kind, LIBRARY, Library, POLICIES, Parameter, Registry, Source, load,
};

use crate::output::report::called;
use crate::output::summary::{Form, KEY_FIGURES};

use super::choice::{MOST_MONTHS, MOST_RESIDENTS};

/// Parameters shown before anybody looks for more: what students ask about first, from the town to its owners'
/// values and its customers' tastes.
const MAIN: [&str; 14] = [
    "town.residents",
    "run.months",
    "run.seed",
    "automation.enabled",
    "automation.mode",
    "automation.awareness",
    "automation.strategy_mean",
    "automation.optimism",
    "automation.kept_hours",
    "automation.saving_to_prices",
    "automation.saving_to_pay",
    "technologies.ai.capability_growth",
    "technologies.ai.cost_decline",
    "demand.human_service_taste",
];

/// Residents of the town that the page opens with: a run takes seconds.
pub const USUAL_RESIDENTS: i64 = 20_000;

/// A slider's ends and step. The number field beside it takes everything that is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Slider {
    /// Left end.
    pub low: f64,
    /// Right end.
    pub high: f64,
    /// Step.
    pub step: f64,
}

/// One parameter as the page shows it.
#[derive(Clone, Debug, Serialize)]
pub struct Control {
    /// Path of the parameter, which is the name of its field.
    pub path: String,
    /// Its name, in words.
    pub label: String,
    /// `number`, `whole`, `choice`, `switch` or `text`.
    pub form: &'static str,
    /// Values of a choice.
    pub choices: Vec<String>,
    /// What it means.
    pub meaning: String,
    /// Unit of the number.
    pub unit: String,
    /// What is allowed, in words.
    pub allowed: String,
    /// Where the value comes from.
    pub source: String,
    /// The slider of a number.
    pub slider: Option<Slider>,
}

/// The control of a parameter at a path of its own; `default` is what its slider is laid around.
fn control(
    registry: &Registry,
    parameter: &Parameter,
    path: &str,
    default: &toml::Value,
) -> Control {
    let choices: Vec<String> = match &parameter.choices {
        Some(Choices::OneOf(list)) => list.clone(),
        Some(Choices::MemberOf(family)) => registry.members(family).to_vec(),
        _ => Vec::new(),
    };
    let form = match &parameter.kind {
        Kind::Float => "number",
        Kind::Integer => "whole",
        Kind::Boolean => "switch",
        Kind::Text if !choices.is_empty() => "choice",
        _ => "text",
    };
    Control {
        path: path.to_owned(),
        label: label(registry, path),
        form,
        choices,
        meaning: parameter.meaning.clone(),
        unit: parameter.unit.clone(),
        allowed: parameter.allowed(),
        source: parameter.source.clone(),
        slider: slider(parameter, path, default),
    }
}

/// The name of a parameter in words: the title of the member of a family, if any, and the key.
fn label(registry: &Registry, path: &str) -> String {
    let keys: Vec<&str> = path.split('.').collect();
    let words = match keys[..] {
        [POLICIES, _, key] => key.to_owned(),
        [family, member, key] => format!("{}: {key}", title(registry, family, member)),
        _ => keys
            .last()
            .map_or_else(String::new, |key| (*key).to_owned()),
    };
    let words = words.replace('_', " ");
    // The one abbreviation that begins names.
    let words = match words.strip_prefix("ai ") {
        Some(rest) => format!("AI {rest}"),
        None => words,
    };
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// The title of a member of a family; its name if it has none.
fn title(registry: &Registry, family: &str, member: &str) -> String {
    let path = format!("{family}.{member}.title");
    let titles = registry.parameter(&path).map(|title| &title.defaults);
    let own = titles.and_then(|titles| titles.iter().find(|(own, _)| *own == path));
    let title = own.and_then(|(_, title)| title.as_str());
    title.unwrap_or(member).to_owned()
}

/// A slider over what is allowed; where that reaches far beyond the default, over four times the default.
fn slider(parameter: &Parameter, path: &str, default: &toml::Value) -> Option<Slider> {
    let (default, is_whole) = match default {
        toml::Value::Float(number) => (*number, false),
        toml::Value::Integer(number) => (*number as f64, true),
        _ => return None,
    };
    let range = parameter.range?;
    let mut low = range.low.unwrap_or(default - 4.0 * default.abs().max(1.0));
    let mut high = range.high.unwrap_or(default + 4.0 * default.abs().max(1.0));
    if path == "run.seed" {
        high = 100.0;
    }
    match path {
        "town.residents" => high = f64::from(MOST_RESIDENTS) / 4.0,
        "run.months" | "run.burn_in_months" => high = f64::from(MOST_MONTHS) / 2.0,
        _ if default > 0.0 && low >= 0.0 && high > 8.0 * default => high = 4.0 * default,
        // Around nothing, as far as a tenth of the range.
        _ if default == 0.0 && high - low > 4.0 => {
            low = low.max(-1.0);
            high = high.min(1.0);
        }
        _ => {}
    }
    let step = step((high - low) / 100.0, is_whole);
    // Positions are counted from the left end: it must be a whole number of steps.
    let low = (low / step).ceil() * step;
    (high > low).then_some(Slider {
        low: tidy(low),
        high: tidy(high),
        step,
    })
}

/// The nearest step among 1, 2 and 5 times a power of ten that is not larger than what is wanted.
fn step(wanted: f64, is_whole: bool) -> f64 {
    let power = libm::pow(10.0, libm::floor(libm::log10(wanted.max(1e-9))));
    let step = match wanted / power {
        ratio if ratio >= 5.0 => 5.0 * power,
        ratio if ratio >= 2.0 => 2.0 * power,
        _ => power,
    };
    if is_whole {
        step.max(1.0).round()
    } else {
        tidy(step)
    }
}

/// A number without the noise of its last digits.
fn tidy(number: f64) -> f64 {
    format!("{number:.9}").parse().unwrap_or(number)
}

/// Every single value a scenario can set, the policies' apart.
fn all(registry: &Registry) -> Vec<Control> {
    let parameters = registry.parameters().iter();
    let plain = parameters.filter(|p| !p.path.starts_with(POLICIES) && p.path != "town.kind");
    plain
        .flat_map(|parameter| {
            let single = parameter.defaults.iter();
            single.map(move |(path, default)| control(registry, parameter, path, default))
        })
        .collect()
}

/// Headings of the timeline's entries that are policies; all others are shocks.
const GROUPS: [(&str, &[&str]); 5] = [
    (
        "Income and work",
        &[
            "basic_income",
            "minimum_wage",
            "unemployment_insurance",
            "wage_insurance",
        ],
    ),
    (
        "Training",
        &[
            "reskilling",
            "firm_training_subsidy",
            "digital_literacy",
            "notice_and_retrain",
        ],
    ),
    (
        "Technology in firms",
        &[
            "technology_grant",
            "loan_window",
            "technology_association",
            "nudge",
        ],
    ),
    (
        "Rules and levies on technology",
        &[
            "automation_levy",
            "human_service_mandate",
            "data_duty",
            "fairness_audit",
        ],
    ),
    (
        "Local economy, taxes and trade",
        &[
            "local_procurement",
            "local_marketplace",
            "reshoring_incentive",
            "manufacturing_hub",
            "tariff",
            "sales_tax_change",
            "property_tax_change",
            "tax_abatement",
        ],
    ),
];

/// Heading of everything that happens to a town without anybody's decision there.
const SHOCKS: &str = "Shocks";

fn group_of(kind: &str) -> &'static str {
    let group = GROUPS.iter().find(|(_, kinds)| kinds.contains(&kind));
    group.map_or(SHOCKS, |(name, _)| name)
}

/// What people call an indicator: as in the report, or its name in words.
fn indicator_label(name: &str) -> String {
    let shown = called(name).map(str::to_owned);
    let words = shown.unwrap_or_else(|| {
        let words = name.strip_prefix("kpi_").unwrap_or(name).replace('_', " ");
        let spelled = words.split(' ').map(|word| match word {
            "p10" => "10th percentile",
            "p50" => "median",
            "p90" => "90th percentile",
            "gini" => "Gini coefficient of",
            "cpi" => "consumer prices",
            "ui" => "unemployment insurance",
            "ai" => "AI",
            word => word,
        });
        spelled.collect::<Vec<_>>().join(" ")
    });
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// The kinds of policies with their parameters.
fn policies(registry: &Registry) -> Vec<Value> {
    let kinds = registry.policy_kinds();
    let of_kind = |kind: &str| {
        let start = format!("{POLICIES}.{kind}.");
        let inside = registry
            .parameters()
            .iter()
            .filter(|p| p.path.starts_with(&start));
        let controls: Vec<Value> = inside
            .filter_map(|parameter| {
                let (path, default) = parameter.defaults.first()?;
                let control = control(registry, parameter, path, default);
                Some(json!({ "key": parameter.path[start.len()..], "control": control, "default": default }))
            })
            .collect();
        json!({
            "kind": kind,
            "label": label(registry, kind),
            "group": group_of(kind),
            "meaning": registry.policy_meaning(kind),
            "controls": controls,
        })
    };
    kinds.into_iter().map(of_kind).collect()
}

fn scenarios(library: Library) -> Vec<Value> {
    let about = |name: &str| {
        let loaded = load(&Source::Embedded(name.to_owned()), &[]);
        let (title, question) = match loaded {
            Ok(loaded) => (loaded.title, loaded.question),
            Err(_) => (None, None),
        };
        json!({ "name": name, "title": title, "question": question })
    };
    library
        .scenarios
        .iter()
        .map(|(name, _)| about(name))
        .collect()
}

/// All that the page must know before anybody has chosen anything.
pub fn catalogue() -> Value {
    let registry = Registry::embedded();
    let indicators: Vec<Value> = MonthIndicators::definitions()
        .map(|d| json!({ "name": d.name, "label": indicator_label(d.name), "group": d.group, "unit": d.unit, "text": d.full_text() }))
        .collect();
    let figures: Vec<Value> = KEY_FIGURES
        .iter()
        .map(
            |(label, name, form)| json!({ "label": label, "name": name, "form": form_name(*form) }),
        )
        .collect();
    let towns = registry
        .parameter("town.kind")
        .and_then(|p| p.choices.clone());
    let towns = match towns {
        Some(Choices::OneOf(list)) => list,
        _ => Vec::new(),
    };
    json!({
        "version": env!("CARGO_PKG_VERSION"),
        "towns": towns,
        "scenarios": scenarios(LIBRARY),
        "main": MAIN,
        "residents": USUAL_RESIDENTS,
        "controls": all(registry),
        "policies": policies(registry),
        "indicators": indicators,
        "figures": figures,
    })
}

fn form_name(form: Form) -> &'static str {
    match form {
        Form::Percent => "percent",
        Form::Dollars => "dollars",
        Form::Count => "count",
        Form::Index => "index",
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
