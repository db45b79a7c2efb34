//! Holding what was written against the registry.
//!
//! Each layer of a scenario is checked on its own, so a mistake is reported where it stands. What
//! is wrong is left out of the merge: one slip then gives one message, not a trail of them.

mod merged;
mod value;

pub(crate) use merged::{check_sum, complete_technologies, fill, sums};

use super::diagnostic::Diagnostic;
use super::document::{Node, NodeValue};
use super::file::META_KEYS;
use super::registry::{Family, OPEN_FAMILY, POLICIES, Registry, Section, Shape};
use super::source::Place;
use super::suggest::did_you_mean;
pub(crate) use super::suggest::listed;
use std::collections::BTreeSet;
use toml::map::Map;

/// Beyond this many mistakes a file is not a scenario, and a list of them helps nobody.
const MOST_PROBLEMS: usize = 500;

/// Checks the layers of one scenario.
pub(crate) struct Checker<'a> {
    pub registry: &'a Registry,
    /// Entries that any layer adds to the open family.
    pub added: BTreeSet<String>,
    pub problems: Vec<Diagnostic>,
    /// Paths that were reported, and so must not be reported again after the merge.
    pub failed: BTreeSet<String>,
}

impl<'a> Checker<'a> {
    pub fn new(registry: &'a Registry) -> Self {
        Self {
            registry,
            added: BTreeSet::new(),
            problems: Vec::new(),
            failed: BTreeSet::new(),
        }
    }

    pub fn report(&mut self, path: &str, problem: Diagnostic) {
        self.failed.insert(path.to_owned());
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(problem);
        }
    }

    /// Whether a mistake in any part of a list or table has been reported.
    pub fn has_failed_below(&self, path: &str) -> bool {
        self.failed.iter().any(|failed| failed.starts_with(path))
    }

    /// Whether a mistake at or below a path has been reported.
    pub fn has_failed(&self, path: &str) -> bool {
        let below = format!("{path}.");
        self.failed.contains(path)
            || self
                .failed
                .range(below.clone()..)
                .next()
                .is_some_and(|p| p.starts_with(&below))
    }

    /// Notes the names of technologies that a layer adds.
    pub fn note_added(&mut self, table: &Map<String, Node>) {
        let Some(entries) = table.get(OPEN_FAMILY).and_then(Node::as_table) else {
            return;
        };
        let known = self.registry.members(OPEN_FAMILY);
        self.added
            .extend(entries.keys().filter(|name| !known.contains(name)).cloned());
    }

    /// Checks the parameters of a layer and returns those that are right.
    pub fn layer(&mut self, table: Map<String, Node>) -> Map<String, Node> {
        let registry = self.registry;
        self.section(&registry.root, table, "")
    }

    pub fn section(
        &mut self,
        section: &Section,
        table: Map<String, Node>,
        path: &str,
    ) -> Map<String, Node> {
        let mut right = Map::new();
        for (key, node) in table {
            let full = join(path, &key);
            let Some(shape) = section.children.get(&key) else {
                self.unknown(section, &key, &full, &node);
                continue;
            };
            if let Some(node) = self.shape(shape, node, &full) {
                right.insert(key, node);
            }
        }
        right
    }

    fn shape(&mut self, shape: &Shape, node: Node, path: &str) -> Option<Node> {
        let registry = self.registry;
        if let Shape::Parameter(index) = shape {
            return self.value(&registry.parameters[*index], node, path);
        }
        let place = node.place.clone();
        let NodeValue::Table(table) = node.value else {
            self.report(path, not_a_part(&node.place, path));
            return None;
        };
        let table = match shape {
            Shape::Section(section) => self.section(section, table, path),
            Shape::Family(family) => self.family(family, table),
            Shape::Parameter(_) => return None,
        };
        Some(Node {
            value: NodeValue::Table(table),
            place,
        })
    }

    fn family(&mut self, family: &Family, table: Map<String, Node>) -> Map<String, Node> {
        let mut right = Map::new();
        for (member, node) in table {
            let path = join(&family.name, &member);
            let is_known = family.members.contains(&member);
            let place = node.place.clone();
            if !is_known && !self.may_be_added(family, &member, &path, &place) {
                continue;
            }
            let NodeValue::Table(mut entry) = node.value else {
                self.report(&path, not_a_part(&place, &path));
                continue;
            };
            let like = if is_known { None } else { entry.remove("like") };
            let mut entry = self.section(&family.member, entry, &path);
            if let Some(like) = like {
                match like.as_str() {
                    Some(_) => {
                        entry.insert("like".to_owned(), like);
                    }
                    None => {
                        let message = format!("`{path}.like` must be a text in quotation marks");
                        let problem = Diagnostic::at_value(&like.place, message);
                        self.report(&path, problem.found(like.written()));
                    }
                }
            }
            right.insert(
                member,
                Node {
                    value: NodeValue::Table(entry),
                    place,
                },
            );
        }
        right
    }

    fn may_be_added(&mut self, family: &Family, member: &str, path: &str, place: &Place) -> bool {
        let known = || family.members.iter().map(String::as_str);
        if family.name != OPEN_FAMILY {
            let problem = Diagnostic::at_key(
                place,
                format!(
                    "`{member}` is not one of the {}, and none can be added",
                    family.name
                ),
            );
            let problem = problem
                .allowed(listed(known()))
                .suggest(did_you_mean(member, known()));
            self.report(path, problem);
            return false;
        }
        let is_plain =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        if member.is_empty() || !member.bytes().all(is_plain) {
            let message = format!("`{member}` cannot be the name of a new technology");
            let problem = Diagnostic::at_key(place, message);
            self.report(path, problem.allowed("small letters, digits and `_`"));
            return false;
        }
        true
    }

    fn unknown(&mut self, section: &Section, key: &str, path: &str, node: &Node) {
        let known: Vec<&str> = match section.path.as_str() {
            "" => {
                let parts = section.children.keys().map(String::as_str);
                parts.chain(META_KEYS).collect()
            }
            _ => section.children.keys().map(String::as_str).collect(),
        };
        let what = match section.path.as_str() {
            POLICIES => "a kind of policy",
            "" if node.as_table().is_some() => "a part of a scenario",
            _ => "a parameter",
        };
        let place = || {
            let mut homes = self.registry.parameters.iter().filter(|p| p.name() == key);
            let home = homes.next()?;
            let part = home
                .path
                .rsplit_once('.')
                .map_or("the top", |(part, _)| part);
            Some(format!("`{key}` belongs to `{part}`"))
        };
        let mut problem = Diagnostic::at_key(&node.place, format!("`{path}` is not {what}"));
        if key == "like" && section.path.starts_with(OPEN_FAMILY) {
            let message = "`like` is for new technologies only; this one exists already";
            problem = Diagnostic::at_key(&node.place, message);
        }
        let suggestion = did_you_mean(key, known.iter().copied()).or_else(place);
        self.report(path, problem.allowed(listed(known)).suggest(suggestion));
    }
}

/// Checks the default file against itself: ranges, choices, lengths, sums.
pub(crate) fn check_defaults(registry: &Registry) -> Vec<Diagnostic> {
    let mut checker = Checker::new(registry);
    let table = registry.base.as_table().cloned().unwrap_or_default();
    checker.layer(table);
    sums(&mut checker, &registry.base);
    checker.problems
}

pub(crate) fn join(path: &str, key: &str) -> String {
    if path.is_empty() {
        key.to_owned()
    } else {
        format!("{path}.{key}")
    }
}

fn not_a_part(place: &Place, path: &str) -> Diagnostic {
    let message = format!("`{path}` is a part with parameters of its own, not a single value");
    Diagnostic::at_value(place, message).suggest(format!(
        "write the heading `[{path}]` and its parameters below it"
    ))
}
