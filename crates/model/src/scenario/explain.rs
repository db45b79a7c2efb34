//! What a parameter means.

use super::diagnostic::Diagnostic;
use super::init::wrap;
use super::registry::{Choices, Family, Parameter, Registry, Section, Shape};
use super::source::SourceText;
use super::suggest::{listed, nearest};
use toml::Value;

/// Meaning, type, unit, range, default, source and readers of a parameter, a part of the
/// scenario or a kind of policy.
///
/// # Errors
/// There is no such name; the message holds the nearest one.
pub fn explain(key: &str) -> Result<String, Box<Diagnostic>> {
    explain_with(Registry::embedded(), key)
}

/// As [`explain`], with parameters of one's own.
///
/// # Errors
/// There is no such name; the message holds the nearest one.
pub fn explain_with(registry: &Registry, key: &str) -> Result<String, Box<Diagnostic>> {
    let key = key.trim();
    if let Some(text) = find(registry, key) {
        return Ok(text);
    }
    // The last part of a name will do where it is the only one of its kind.
    let homes: Vec<&Parameter> = registry
        .parameters
        .iter()
        .filter(|p| p.name() == key)
        .collect();
    if let [only] = homes[..] {
        return Ok(parameter(registry, only, &only.path));
    }
    if let Some(section) = registry.policy(key) {
        return Ok(policy(registry, key, section));
    }
    let source = SourceText::new("explain", key);
    let problem = Diagnostic::at(&source, 0..key.len(), format!("nothing is called `{key}`"));
    if !homes.is_empty() {
        let paths = listed(homes.iter().map(|home| home.path.as_str()));
        return Err(Box::new(
            problem.suggest(format!("did you mean one of {paths}?")),
        ));
    }
    let paths = registry
        .parameters
        .iter()
        .map(|parameter| parameter.path.as_str());
    let names = registry.parameters.iter().map(Parameter::name);
    let parts = registry.root.children.keys().map(String::as_str);
    let near = nearest(
        &starred(registry, key),
        paths.chain(parts).chain(registry.policy_kinds()),
    )
    .or_else(|| nearest(key.rsplit('.').next().unwrap_or(key), names));
    let suggestion = near.map(|near| format!("did you mean `{near}`?"));
    let all = listed(registry.root.children.keys().map(String::as_str));
    Err(Box::new(problem.allowed(all).suggest(suggestion)))
}

/// The path with a star for the entry of a family, as the registry writes it.
fn starred(registry: &Registry, key: &str) -> String {
    let mut parts: Vec<&str> = key.split('.').collect();
    if parts.len() > 2 && !registry.members(parts[0]).is_empty() {
        parts[1] = "*";
    }
    parts.join(".")
}

fn find(registry: &Registry, key: &str) -> Option<String> {
    let mut section = &registry.root;
    let mut parts = key.split('.').peekable();
    while let Some(part) = parts.next() {
        match section.children.get(part)? {
            Shape::Parameter(index) => {
                let found = &registry.parameters[*index];
                return match parts.next() {
                    None => Some(parameter(registry, found, key)),
                    Some(_) => None,
                };
            }
            Shape::Section(inner) => section = inner,
            Shape::Family(family) => match parts.next() {
                None => return Some(self::family(registry, family)),
                Some(member) if member == "*" || family.members.iter().any(|m| m == member) => {
                    if parts.peek().is_none() {
                        return Some(entry(registry, family, member));
                    }
                    section = &family.member;
                }
                Some(_) => return None,
            },
        }
    }
    if let Some(kind) = key
        .strip_prefix("policies.")
        .filter(|kind| !kind.contains('.'))
    {
        return Some(policy(registry, kind, section));
    }
    (!key.is_empty()).then(|| part(registry, key, section))
}

fn parameter(registry: &Registry, parameter: &Parameter, key: &str) -> String {
    let mut text = format!("{key}\n{}\n", paragraph(&parameter.meaning));
    let mut row = |name: &str, value: &str| {
        for (index, line) in wrap(value, 76).iter().enumerate() {
            let name = if index == 0 { name } else { "" };
            text.push_str(format!("  {name:<9} {line}").trim_end());
            text.push('\n');
        }
    };
    row("type", &parameter.kind.described());
    if !parameter.unit.is_empty() {
        row("unit", &parameter.unit);
    }
    let is_free = parameter.choices == Some(Choices::Any);
    if !is_free && (parameter.range.is_some() || parameter.choices.is_some()) {
        row("allowed", &parameter.allowed());
    }
    if let Some(length) = parameter.length {
        row("entries", &length.to_string());
    }
    if let Some(sum) = parameter.sum {
        row("adds up to", &sum.to_string());
    }
    if let Some(keys) = &parameter.keys {
        let members = registry.members(keys).iter().map(String::as_str);
        row(
            "one for",
            &format!("each of the {keys}: {}", listed(members)),
        );
    }
    let wanted = parameter
        .defaults
        .iter()
        .filter(|(path, _)| path == key)
        .collect::<Vec<_>>();
    match wanted.first() {
        Some((_, value)) => row("default", &value.to_string()),
        None => {
            for (index, (path, value)) in parameter.defaults.iter().enumerate() {
                let member = path.split('.').nth(1).unwrap_or(path);
                row(
                    if index == 0 { "defaults" } else { "" },
                    &format!("{member}: {value}"),
                );
            }
        }
    }
    row("source", &parameter.source);
    row("read by", &parameter.rules);
    if let Some(example) = example(registry, parameter, key) {
        row("example", &example);
    }
    text
}

/// A setting that changes the parameter and is allowed.
pub(crate) fn example(registry: &Registry, parameter: &Parameter, key: &str) -> Option<String> {
    let own = parameter.defaults.iter().find(|(path, _)| path == key);
    let (path, default) = own.or(parameter.defaults.first())?;
    let value = match default {
        // Changing one of several shares would spoil their sum.
        _ if parameter.sum.is_some() => default.clone(),
        Value::Integer(number) => {
            let others = [number * 2, number / 2, number + 1, number - 1];
            let fits = |n: &i64| n != number && within(parameter, *n as f64);
            Value::from(others.into_iter().find(fits).unwrap_or(*number))
        }
        Value::Float(number) => {
            let others = [number * 1.5, number * 0.5, number + 0.1, number - 0.1].map(brief);
            let fits = |n: &f64| n != number && within(parameter, *n);
            Value::from(others.into_iter().find(fits).unwrap_or(*number))
        }
        Value::Boolean(yes) => Value::from(!yes),
        Value::String(text) => {
            let choices: &[String] = match &parameter.choices {
                Some(Choices::OneOf(list)) => list,
                Some(Choices::MemberOf(family)) => registry.members(family),
                _ => &[],
            };
            Value::from(
                choices
                    .iter()
                    .find(|choice| *choice != text)
                    .unwrap_or(text)
                    .as_str(),
            )
        }
        other => other.clone(),
    };
    let setting = match &value {
        Value::String(text) => format!("{path}={text}"),
        other => format!("{path}={other}"),
    };
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "._-=+".contains(c);
    if setting.chars().all(is_plain) {
        return Some(format!("--set {setting}"));
    }
    Some(format!("--set '{}'", setting.replace('\'', "'\\''")))
}

fn within(parameter: &Parameter, number: f64) -> bool {
    parameter.range.is_none_or(|range| {
        range.low.is_none_or(|low| low <= number) && range.high.is_none_or(|high| number <= high)
    })
}

/// A number with three digits that count.
fn brief(number: f64) -> f64 {
    format!("{number:.2e}").parse().unwrap_or(number)
}

fn part(registry: &Registry, key: &str, section: &Section) -> String {
    let mut text = format!("{key}\n{}\n", paragraph(&section.meaning));
    list_children(registry, section, &mut text);
    text
}

fn family(registry: &Registry, family: &Family) -> String {
    let members = listed(family.members.iter().map(String::as_str));
    let name = &family.name;
    let mut text = format!("{name}\n{}\n", paragraph(&family.meaning));
    text.push_str(&format!(
        "{}\nEach entry has\n\n",
        paragraph(&format!("Entries: {members}"))
    ));
    list_children(registry, &family.member, &mut text);
    text
}

fn entry(registry: &Registry, family: &Family, member: &str) -> String {
    let mut text = format!("{}.{member}\n{}\n", family.name, paragraph(&family.meaning));
    list_children(registry, &family.member, &mut text);
    text
}

fn policy(registry: &Registry, kind: &str, section: &Section) -> String {
    let mut text = format!("policies.{kind}\n{}\n", paragraph(&section.meaning));
    list_children(registry, section, &mut text);
    text.push_str(&format!(
        "\nUse it in a scenario:\n\n  [[timeline]]\n  kind = \"{kind}\"\n  from = 12\n"
    ));
    for shape in section.children.values() {
        let Shape::Parameter(index) = shape else {
            continue;
        };
        let parameter = &registry.parameters[*index];
        if let Some((_, value)) = parameter.defaults.first() {
            text.push_str(&format!("  {} = {value}\n", parameter.name()));
        }
    }
    text
}

fn list_children(registry: &Registry, section: &Section, text: &mut String) {
    let width = section.children.keys().map(String::len).max().unwrap_or(0);
    for (key, shape) in &section.children {
        let meaning = match shape {
            Shape::Parameter(index) => &registry.parameters[*index].meaning,
            Shape::Section(section) => &section.meaning,
            Shape::Family(family) => &family.meaning,
        };
        for (index, line) in wrap(meaning, 60).iter().enumerate() {
            let key = if index == 0 { key.as_str() } else { "" };
            text.push_str(format!("  {key:<width$}  {line}").trim_end());
            text.push('\n');
        }
    }
}

/// A text in lines of reading width, with an empty line before it.
fn paragraph(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let lines = wrap(text, 88).into_iter().map(|line| format!("  {line}\n"));
    format!("\n{}", lines.collect::<String>())
}
