//! What can only be judged once all layers lie on each other: sums, and new technologies.

use super::Checker;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::document::{Node, NodeValue};
use crate::scenario::registry::{OPEN_FAMILY, Parameter};
use crate::scenario::suggest::did_you_mean;
use std::collections::BTreeSet;

/// How far a sum of shares may be off: their last digit may be rounded.
const SUM_TOLERANCE: f64 = 1e-6;

/// Gives an entry of a family the keys it lacks and the family has a default for; returns the
/// names of those that are still missing.
pub(crate) fn fill(
    tree: &mut Node,
    parameters: &[Parameter],
    family: &str,
    member: &str,
) -> Vec<String> {
    let prefix = format!("{family}.*.");
    let mut missing = Vec::new();
    for parameter in parameters {
        let Some(key) = parameter.path.strip_prefix(&prefix) else {
            continue;
        };
        let path = format!("{family}.{member}.{key}");
        if tree.at(&path).is_some() {
            continue;
        }
        match &parameter.family_default {
            Some(value) => tree.put(&path, Node::from_value(value.clone(), &parameter.place)),
            None => missing.push(key.to_owned()),
        }
    }
    missing
}

/// Completes the technologies a scenario adds: from the one each is `like`, then from the
/// family's defaults. Reports what is still missing.
pub(crate) fn complete_technologies(checker: &mut Checker<'_>, tree: &mut Node) {
    let added: Vec<String> = checker.added.iter().cloned().collect();
    for name in &added {
        copy_like(checker, tree, name, &mut BTreeSet::new());
    }
    let registry = checker.registry;
    for name in &added {
        let path = format!("{OPEN_FAMILY}.{name}");
        let Some(place) = tree.at(&path).map(|node| node.place.clone()) else {
            continue;
        };
        let mut missing = fill(tree, &registry.parameters, OPEN_FAMILY, name);
        missing.retain(|key| !checker.has_failed(&format!("{path}.{key}")));
        if missing.is_empty() || checker.failed.contains(&path) {
            continue;
        }
        let members = registry.members(OPEN_FAMILY);
        let near = did_you_mean(name, members.iter().map(String::as_str));
        let example = members.first().map_or("", String::as_str);
        let copy = format!("`like = \"{example}\"` copies every key you do not give");
        let message = format!("the new technology `{name}` lacks {}", missing.join(", "));
        let problem = Diagnostic::at_key(&place, message);
        checker.report(&path, problem.suggest(near.or(Some(copy))));
    }
}

fn copy_like(checker: &mut Checker<'_>, tree: &mut Node, name: &str, seen: &mut BTreeSet<String>) {
    let path = format!("{OPEN_FAMILY}.{name}");
    let Some(like) = tree.at(&format!("{path}.like")).cloned() else {
        return;
    };
    let Some(model) = like.as_str().map(str::to_owned) else {
        return;
    };
    let problem = Diagnostic::at_value(&like.place, "").found(like.written());
    if !seen.insert(name.to_owned()) || model == name {
        let message = format!("`{name}` is like itself, in the end");
        checker.report(&path, Diagnostic { message, ..problem });
        return;
    }
    copy_like(checker, tree, &model, seen);
    let copied = tree.at(&format!("{OPEN_FAMILY}.{model}")).cloned();
    let known = tree.at(OPEN_FAMILY).and_then(Node::as_table);
    let names: Vec<String> = known.into_iter().flat_map(|t| t.keys()).cloned().collect();
    let Some(mut copied) = copied else {
        let names = || {
            names
                .iter()
                .map(String::as_str)
                .filter(|other| *other != name)
        };
        let message = format!("there is no technology `{model}` to be like");
        let allowed = super::listed(names());
        let suggestion = did_you_mean(&model, names());
        let problem = Diagnostic { message, ..problem }
            .allowed(allowed)
            .suggest(suggestion);
        checker.report(&path, problem);
        return;
    };
    let Some(own) = tree.at(&path).cloned() else {
        return;
    };
    copied.overlay(own.clone());
    copied.place = own.place;
    if let NodeValue::Table(table) = &mut copied.value {
        table.remove("like");
    }
    tree.put(&path, copied);
}

/// Reports every list, table or family whose entries do not add up to what they must.
pub(crate) fn sums(checker: &mut Checker<'_>, tree: &Node) {
    let registry = checker.registry;
    for parameter in &registry.parameters {
        let Some(wanted) = parameter.sum else {
            continue;
        };
        let Some((family, key)) = parameter.path.split_once(".*.") else {
            if let Some(node) = tree.at(&parameter.path) {
                check_sum(checker, &parameter.path, wanted, &[node]);
            }
            continue;
        };
        let Some(members) = tree.at(family).and_then(Node::as_table) else {
            continue;
        };
        let paths = members
            .keys()
            .map(|member| format!("{family}.{member}.{key}"));
        let found: Vec<(String, &Node)> = paths
            .filter_map(|path| Some((path.clone(), tree.at(&path)?)))
            .collect();
        if found.iter().all(|(_, node)| node.as_number().is_some()) {
            // A single number in each entry: the family as a whole must add up.
            if !found.iter().any(|(path, _)| checker.has_failed(path)) {
                let nodes: Vec<&Node> = found.iter().map(|(_, node)| *node).collect();
                check_sum(checker, &parameter.path, wanted, &nodes);
            }
        } else {
            for (path, node) in &found {
                check_sum(checker, path, wanted, &[node]);
            }
        }
    }
}

/// Checks the sum of all numbers in some values, and points to the one set last.
pub(crate) fn check_sum(checker: &mut Checker<'_>, path: &str, wanted: f64, nodes: &[&Node]) {
    if checker.has_failed(path) {
        return;
    }
    let mut numbers = Vec::new();
    for node in nodes {
        collect(node, &mut numbers);
    }
    let sum: f64 = numbers.iter().map(|(number, _)| number).sum();
    let off = sum - wanted;
    if off.abs() <= SUM_TOLERANCE {
        return;
    }
    // The default file is right by itself, so whoever laid a value over it made the difference.
    let registry_file = &checker.registry.base.place.source;
    let last = numbers
        .iter()
        .rev()
        .find(|(_, node)| &node.place.source != registry_file);
    let Some((_, at)) = last.or(numbers.last()) else {
        return;
    };
    let direction = if off > 0.0 { "too much" } else { "too little" };
    let found = format!("{} in all", round(sum));
    let problem = Diagnostic::at_value(&at.place, format!("`{path}` must add up to {wanted}"))
        .found(found)
        .allowed(format!(
            "a sum of {wanted}; this is {} {direction}",
            round(off.abs())
        ));
    checker.report(path, problem);
}

/// The numbers inside a value; a list counts as written where the list is.
fn collect<'a>(node: &'a Node, numbers: &mut Vec<(f64, &'a Node)>) {
    match &node.value {
        NodeValue::Leaf(_) => numbers.extend(node.as_number().map(|number| (number, node))),
        NodeValue::Array(items) => {
            let start = numbers.len();
            items.iter().for_each(|item| collect(item, numbers));
            numbers[start..].iter_mut().for_each(|(_, at)| *at = node);
        }
        NodeValue::Table(table) => table.values().for_each(|item| collect(item, numbers)),
    }
}

/// A number with the digits a reader needs.
fn round(number: f64) -> f64 {
    let rounded = (number * 1e6).round() / 1e6;
    if rounded == 0.0 { number } else { rounded }
}
