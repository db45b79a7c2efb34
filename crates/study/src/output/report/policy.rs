//! Policies and shocks in sentences: what, how much, from when to when, and who pays.

use charts::{Format, Months};
use model::scenario::{Registry, TimelineEntry};

use super::material::{Material, Scenario};

/// What a scenario does that the first does not, a few sentences for each policy or shock.
pub(super) fn sentences(material: &Material, place: usize) -> Vec<String> {
    let Some(scenario) = material.scenarios.get(place) else {
        return Vec::new();
    };
    let first = material.scenarios.first().filter(|_| place > 0);
    let is_own = |entry: &&TimelineEntry| {
        let shared = |other: &TimelineEntry| {
            (&other.kind, other.from, other.until) == (&entry.kind, entry.from, entry.until)
                && other.parameters == entry.parameters
        };
        !first.is_some_and(|first| first.loaded.timeline.iter().any(shared))
    };
    let own = scenario.loaded.timeline.iter().filter(is_own);
    own.map(|entry| sentence(entry, scenario, material.months()))
        .collect()
}

/// Why a scenario never differs from the first, where its policies begin too late.
pub(super) fn never_begins(scenario: &Scenario, months: usize) -> Option<String> {
    let entries = &scenario.loaded.timeline;
    let first = entries.iter().map(|entry| entry.from as usize).min()?;
    (first >= months).then(|| {
        format!(
            "its first policy begins in month {first}, and the run ends with month {}",
            months.saturating_sub(1)
        )
    })
}

fn sentence(entry: &TimelineEntry, scenario: &Scenario, months: usize) -> String {
    let registry = Registry::embedded();
    let mut text = format!(
        "{} {}: {}",
        capitalized(&entry.kind.replace('_', " ")),
        span(entry, scenario, months),
        lower_first(registry.policy_meaning(&entry.kind))
    );
    for (key, value) in &entry.parameters {
        let path = format!("policies.{}.{key}", entry.kind);
        let Some(parameter) = registry.parameter(&path) else {
            continue;
        };
        let is_set = entry.origins.iter().any(|(set, _)| set == key);
        let is_amount = ["dollars", "persons"]
            .iter()
            .any(|unit| parameter.unit.starts_with(unit));
        if key != "payer" && key != "financing" && (is_set || is_amount) {
            let meaning = parameter.meaning.trim_end_matches('.');
            text += &format!(" {meaning}: {}.", amount(value, &parameter.unit));
        }
    }
    let payer = entry.parameters.get("payer").and_then(toml::Value::as_str);
    let duty = registry.parameter(&format!("policies.{}.payer", entry.kind));
    let duty = duty.map_or("", |parameter| parameter.meaning.as_str());
    let own = entry
        .parameters
        .get("financing")
        .and_then(toml::Value::as_str);
    let rules = &scenario.loaded.values;
    let rule = |key: &str| {
        let table = rules.get("public_finance")?.as_table()?;
        table.get(key)?.as_str()
    };
    let rule = match payer {
        Some("local") => own.or_else(|| rule("local_rule")),
        _ => own.or_else(|| rule("outer_rule")),
    };
    text + &who_pays(payer, duty, rule.unwrap_or_default())
}

/// Who pays or collects, and whether that is money from elsewhere; `duty` is what the registry says the payer does.
fn who_pays(payer: Option<&str>, duty: &str, rule: &str) -> String {
    let is_levy = duty.contains("collects");
    let what = match duty.split_once("pays for ") {
        Some((_, what)) => format!(" {}:", capitalized(what.trim_end_matches('.'))),
        None => String::new(),
    };
    match (payer, is_levy) {
        (Some("local"), true) => {
            " Collected by the town’s own government: money that stays in the town’s budget."
                .to_owned()
        }
        (Some("outer"), true) => {
            " Collected by state and nation: money that leaves the town.".to_owned()
        }
        (Some("local"), false) => {
            let how = match rule {
                "property_tax" => ": a higher property tax makes up for it",
                "sales_tax" => ": a higher sales tax makes up for it",
                "purchases" => ": it buys less and has fewer public jobs for it",
                "debt" => ": it borrows for it, up to its limit",
                _ => "",
            };
            format!("{what} Paid by the town’s own government, out of its own budget{how}.")
        }
        (Some("outer"), false) if rule == "national_tax" => format!(
            "{what} Paid by state and nation from a national tax, of which residents bear their share."
        ),
        (Some("outer"), false) => {
            format!("{what} Paid by state and nation: for the town this is money from elsewhere.")
        }
        _ => String::new(),
    }
}

/// "from Jan 2028 (month 24) to the end".
fn span(entry: &TimelineEntry, scenario: &Scenario, months: usize) -> String {
    let start = &scenario.study.parameters.run.start;
    let date = start.split_once('-').and_then(|(year, month)| {
        let months = Months::dated(0, months, year.parse().ok()?, month.parse().ok()?);
        Some(move |month: u32| format!("{} (month {month})", months.name(month as usize)))
    });
    let named = |month: u32| match &date {
        Some(date) => date(month),
        None => format!("month {month}"),
    };
    if entry.from as usize >= months {
        return format!(
            "from {}, after the run’s last month, so never",
            named(entry.from)
        );
    }
    match entry.until {
        Some(until) => format!(
            "from {} to {}",
            named(entry.from),
            named(until.saturating_sub(1))
        ),
        None => format!("from {} to the end", named(entry.from)),
    }
}

/// A value with its unit as people write it: "$500 a month", "12%", "2 persons per 1,000 residents".
fn amount(value: &toml::Value, unit: &str) -> String {
    let number = value
        .as_float()
        .or_else(|| value.as_integer().map(|whole| whole as f64));
    match (number, unit) {
        (Some(number), "share" | "probability") => Format::Share.value(number),
        (Some(number), "name" | "names" | "yes or no") => number.to_string(),
        (Some(number), unit) => match unit.strip_prefix("dollars") {
            Some(rest) => format!("{}{rest}", Format::Dollars.value(number)),
            None => format!("{} {unit}", Format::Number.value(number)),
        },
        (None, _) => match value {
            toml::Value::Boolean(true) => "yes".to_owned(),
            toml::Value::Boolean(false) => "no".to_owned(),
            toml::Value::Array(list) => {
                let words = list.iter().map(|one| amount(one, "name"));
                words.collect::<Vec<_>>().join(", ").replace('_', " ")
            }
            toml::Value::String(text) => text.replace('_', " "),
            other => other.to_string(),
        },
    }
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// With a small first letter, for the middle of a sentence.
fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| {
        first.to_lowercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_pays_says_whether_it_is_money_from_elsewhere() {
        let told = who_pays(Some("outer"), "Which government pays.", "grant");
        assert!(told.contains("money from elsewhere"), "{told}");
        let told = who_pays(Some("local"), "Which government collects it.", "");
        assert!(told.starts_with(" Collected by the town"), "{told}");
        let told = who_pays(
            Some("local"),
            "Which government pays for audits.",
            "sales_tax",
        );
        assert!(
            told.starts_with(" Audits: Paid by") && told.contains("higher sales tax"),
            "{told}"
        );
        assert_eq!(who_pays(None, "", ""), "");
    }

    #[test]
    fn amounts_carry_their_unit() {
        let float = toml::Value::Float;
        assert_eq!(amount(&float(500.0), "dollars a month"), "$500 a month");
        assert_eq!(amount(&float(0.12), "share"), "12.0%");
        assert_eq!(amount(&toml::Value::Integer(5), "months"), "5 months");
        assert_eq!(amount(&toml::Value::Boolean(true), "yes or no"), "yes");
        let names = vec![toml::Value::String("food_service".to_owned())];
        assert_eq!(amount(&toml::Value::Array(names), "names"), "food service");
    }
}
