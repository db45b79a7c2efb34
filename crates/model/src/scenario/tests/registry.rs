//! What the embedded default file promises about every parameter.

use super::load_set;
use crate::scenario::{Choices, FAMILIES, Kind, POLICIES, Parameter, Registry, resolve};
use toml::Value;

/// The single values inside lists and tables.
fn leaves(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(items) => items.iter().flat_map(leaves).collect(),
        Value::Table(table) => table.values().flat_map(leaves).collect(),
        leaf => vec![leaf],
    }
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Integer(number) => Some(*number as f64),
        Value::Float(number) => Some(*number),
        _ => None,
    }
}

#[test]
fn every_parameter_is_documented() {
    let registry = Registry::embedded();
    assert!(registry.parameters().len() > 100);
    let mut gaps = Vec::new();
    for parameter in registry.parameters() {
        let texts = [
            ("meaning", &parameter.meaning),
            ("unit", &parameter.unit),
            ("source", &parameter.source),
            ("rules", &parameter.rules),
        ];
        for (name, text) in texts {
            if text.trim().is_empty() {
                gaps.push(format!("{} has no {name}", parameter.path));
            }
        }
        let is_bounded = match parameter.kind.innermost() {
            Kind::Integer | Kind::Float => parameter.range.is_some(),
            Kind::Text => parameter.choices.is_some(),
            Kind::Boolean | Kind::Any => true,
            Kind::Array(_) | Kind::Table { .. } => false,
        };
        if !is_bounded {
            gaps.push(format!("{} has neither range nor choices", parameter.path));
        }
        if parameter.defaults.is_empty() {
            gaps.push(format!("{} has no default", parameter.path));
        }
    }
    assert!(gaps.is_empty(), "{}", gaps.join("\n"));
}

#[test]
fn defaults_lie_in_what_they_allow() {
    let registry = Registry::embedded();
    let mut wrong = Vec::new();
    for parameter in registry.parameters() {
        for (path, value) in &parameter.defaults {
            for leaf in leaves(value) {
                if !is_allowed(registry, parameter, leaf) {
                    wrong.push(format!("{path} = {leaf}: {}", parameter.allowed()));
                }
            }
            if let (Some(length), Value::Array(items)) = (parameter.length, value)
                && items.len() != length
            {
                wrong.push(format!("{path} has {} entries, not {length}", items.len()));
            }
            if let Some(sum) = parameter.sum {
                let total: f64 = leaves(value).into_iter().filter_map(number).sum();
                if (total - sum).abs() > 1e-6 && !value.is_float() {
                    wrong.push(format!("{path} adds up to {total}, not {sum}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn is_allowed(registry: &Registry, parameter: &Parameter, leaf: &Value) -> bool {
    let in_range = match (number(leaf), parameter.range) {
        (Some(number), Some(range)) => {
            number.is_finite()
                && range.low.is_none_or(|low| low <= number)
                && range.high.is_none_or(|high| number <= high)
        }
        _ => true,
    };
    let is_choice = match (leaf.as_str(), &parameter.choices) {
        (Some(text), Some(Choices::OneOf(list))) => list.iter().any(|choice| choice == text),
        (Some(text), Some(Choices::MemberOf(family))) => {
            registry.members(family).iter().any(|name| name == text)
        }
        (Some(text), Some(Choices::Month)) => crate::scenario::parse_date(text).is_ok(),
        _ => true,
    };
    in_range && is_choice
}

#[test]
fn families_share_their_keys() {
    let registry = Registry::embedded();
    for family in ["sectors", "occupations"] {
        assert!(!registry.members(family).is_empty(), "{family}");
    }
    assert!(
        registry
            .parameter("sectors.*.nothing_of_the_kind")
            .is_none()
    );
    let member = &registry.members("sectors")[0];
    let shared = registry
        .parameters()
        .iter()
        .find(|parameter| parameter.path.starts_with("sectors.*."))
        .expect("sectors have keys");
    let own = shared.path.replace('*', member);
    let found = registry.parameter(&own).expect("an entry's path is known");
    assert_eq!(found.path, shared.path);
}

/// A number near the default that is allowed and differs from it, if there is one.
fn neighbor(parameter: &Parameter, value: &Value) -> Option<Value> {
    let low = parameter.range.and_then(|range| range.low);
    let high = parameter.range.and_then(|range| range.high);
    let fits = |x: f64| low.is_none_or(|low| low <= x) && high.is_none_or(|high| x <= high);
    match value {
        Value::Integer(default) => [default + 1, default - 1]
            .into_iter()
            .find(|x| fits(*x as f64))
            .map(Value::Integer),
        Value::Float(default) => [
            default * 1.01,
            default * 0.99,
            default + 0.001,
            default - 0.001,
        ]
        .into_iter()
        .find(|x| *x != *default && fits(*x))
        .map(Value::Float),
        _ => None,
    }
}

/// The value at a dotted path.
fn at<'a>(table: &'a toml::Table, path: &str) -> Option<&'a Value> {
    let mut keys = path.split('.');
    let first = table.get(keys.next()?)?;
    keys.try_fold(first, |value, key| value.get(key))
}

#[test]
fn every_number_can_be_set_alone_and_reaches_the_typed_parameters() {
    let registry = Registry::embedded();
    let mut wrong = Vec::new();
    let mut tried = 0;
    let plain = load_set(&[]).expect("the default town loads");
    for parameter in registry.parameters() {
        // What must add up to a total cannot change alone; the kinds of the timeline are
        // defaults of its entries and are set there.
        if parameter.sum.is_some() || parameter.path.starts_with(POLICIES) {
            continue;
        }
        let Some((path, default)) = parameter.defaults.first() else {
            continue;
        };
        let Some(value) = neighbor(parameter, default) else {
            continue;
        };
        if at(&plain.values, path) == Some(&value) {
            continue;
        }
        tried += 1;
        let loaded = match load_set(&[&format!("{path}={value}")]) {
            Ok(loaded) => loaded,
            Err(problems) => {
                wrong.push(format!("{path}={value}: {}", problems[0].message));
                continue;
            }
        };
        if at(&loaded.values, path) != Some(&value) {
            wrong.push(format!("{path}={value} did not arrive"));
        }
        if let Err(problems) = resolve(&loaded) {
            wrong.push(format!("{path}={value}: {}", problems[0].message));
        }
    }
    assert!(tried > 100, "only {tried} numbers were tried");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// `resolve` must not drop a key silently: what the file holds and the struct lacks is dead.
#[test]
fn the_typed_parameters_know_every_key_of_the_default_file() {
    let loaded = load_set(&[]).expect("the default town loads");
    for section in loaded.values.keys().filter(|key| *key != POLICIES) {
        let mut values = loaded.values.clone();
        if let Some(Value::Table(table)) = values.get_mut(section) {
            let Some(key) = table.keys().next().cloned() else {
                continue;
            };
            if FAMILIES.contains(&section.as_str()) {
                if let Some(Value::Table(member)) = table.get_mut(&key) {
                    let name = member.keys().next().cloned().expect("an entry has keys");
                    member.remove(&name);
                }
            } else {
                table.remove(&key);
            }
        }
        let faulty = crate::scenario::Loaded {
            values,
            ..loaded.clone()
        };
        assert!(
            resolve(&faulty).is_err(),
            "[{section}] can lack its first key unnoticed"
        );
    }
}
