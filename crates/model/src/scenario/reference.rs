//! The scenario reference: every parameter as pages of Markdown, from the registry.

use super::registry::{Choices, Family, Parameter, Registry, Section, Shape};
use super::suggest::listed;

/// One page of the reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReferencePage {
    /// Name of the file, without ending: the part of a scenario it is about.
    pub name: String,
    /// The page, in Markdown.
    pub text: String,
}

/// A page for each part of a scenario, in the order of the default file.
pub fn reference() -> Vec<ReferencePage> {
    reference_with(Registry::embedded())
}

/// As [`reference()`], with parameters of one's own.
pub fn reference_with(registry: &Registry) -> Vec<ReferencePage> {
    let parts = registry.root.children.iter();
    parts
        .filter_map(|(name, shape)| {
            let mut text = format!("# `[{name}]`\n\n");
            match shape {
                Shape::Section(section) => part(registry, section, 2, &mut text),
                Shape::Family(family) => members(registry, family, &mut text),
                Shape::Parameter(_) => return None,
            }
            let name = name.clone();
            Some(ReferencePage { name, text })
        })
        .collect()
}

fn part(registry: &Registry, section: &Section, depth: usize, text: &mut String) {
    say(text, &section.meaning);
    for shape in section.children.values() {
        match shape {
            Shape::Parameter(index) => entry(registry, &registry.parameters[*index], depth, text),
            Shape::Section(inner) => {
                text.push_str(&format!("{} `{}`\n\n", "#".repeat(depth), inner.path));
                part(registry, inner, depth + 1, text);
            }
            Shape::Family(family) => members(registry, family, text),
        }
    }
}

fn members(registry: &Registry, family: &Family, text: &mut String) {
    say(text, &family.meaning);
    let names = listed(family.members.iter().map(String::as_str));
    let name = &family.name;
    text.push_str(&format!(
        "Entries: {names}. Each has the keys below; write them under `[{name}.ENTRY]`.\n\n"
    ));
    part(registry, &family.member, 2, text);
}

/// One parameter: its meaning, one line of facts, and its defaults.
fn entry(registry: &Registry, parameter: &Parameter, depth: usize, text: &mut String) {
    let heading = "#".repeat(depth);
    text.push_str(&format!("{heading} `{}`\n\n", parameter.path));
    say(text, &parameter.meaning);
    let mut facts = vec![format!("Type: {}", parameter.kind.described())];
    if !parameter.unit.is_empty() {
        facts.push(format!("unit: {}", parameter.unit));
    }
    let is_free = parameter.choices == Some(Choices::Any);
    if !is_free && (parameter.range.is_some() || parameter.choices.is_some()) {
        let allowed = match parameter.range {
            Some(range) => range.to_string(),
            None => parameter.allowed(),
        };
        facts.push(format!("allowed: {allowed}"));
    }
    if let Some(keys) = &parameter.keys {
        let names = registry.members(keys).iter().map(String::as_str);
        facts.push(format!("one for each of the {keys}: {}", listed(names)));
    }
    if let Some(sum) = parameter.sum {
        facts.push(format!("adds up to {sum}"));
    }
    let is_shared = parameter.path.contains('*');
    if let (false, Some((_, value))) = (is_shared, parameter.defaults.first()) {
        facts.push(format!("default: `{value}`"));
    }
    say(text, &format!("{}.", facts.join("; ")));
    if is_shared {
        text.push_str("| entry | default |\n|---|---|\n");
        for (path, value) in &parameter.defaults {
            let member = path.split('.').nth(1).unwrap_or(path);
            text.push_str(&format!("| {member} | `{value}` |\n"));
        }
        text.push('\n');
    }
    say(
        text,
        &format!(
            "Source: {}. Read by: {}.",
            parameter.source, parameter.rules
        ),
    );
}

/// A paragraph, with the signs kept that Markdown would take for its own.
fn say(text: &mut String, words: &str) {
    let mut is_code = false;
    for sign in words.trim().chars() {
        is_code ^= sign == '`';
        if !is_code && matches!(sign, '*' | '<' | '>' | '\\') {
            text.push('\\');
        }
        text.push(sign);
    }
    if !words.trim().is_empty() {
        text.push_str("\n\n");
    }
}
