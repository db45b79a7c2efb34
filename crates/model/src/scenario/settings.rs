//! Values set on the command line: `--set labor_market.quit_rate=0.02`.

use super::diagnostic::Diagnostic;
use super::document::{self, Node, NodeValue};
use super::file::META_KEYS;
use super::registry::{Kind, Registry};
use super::source::{Place, SET_NAME, SourceText};
use std::sync::Arc;
use toml::map::Map;

/// Reads one setting. A parameter that is a text takes a bare word: `town.kind=factory`.
pub(crate) fn parse(
    text: &str,
    registry: &Registry,
    problems: &mut Vec<Diagnostic>,
) -> Map<String, Node> {
    let source = SourceText::new(SET_NAME, text);
    let example = "write it as `--set town.residents=20000`".to_owned();
    let whole = 0..text.len();
    if text.len() as u64 > super::file::LARGEST {
        let message = "this setting is too long";
        problems.push(Diagnostic::of_file(
            SET_NAME,
            super::diagnostic::Class::Scenario,
            message,
        ));
        return Map::new();
    }
    let Some((key, value)) = text.split_once('=') else {
        let message = "a setting needs a name, an `=` and a value";
        problems.push(Diagnostic::at(&source, whole, message).suggest(example));
        return Map::new();
    };
    let path = key.trim();
    let Some(keys) = keys_of(path) else {
        let message = "this is not the name of a parameter";
        let found = path.to_owned();
        problems.push(
            Diagnostic::at(&source, 0..key.len(), message)
                .found(found)
                .suggest(example),
        );
        return Map::new();
    };
    if META_KEYS.contains(&keys[0]) && keys[0] != "timeline" {
        let message = format!("`{}` can only be set in a file", keys[0]);
        problems.push(Diagnostic::at(&source, 0..key.len(), message));
        return Map::new();
    }
    let start = key.len() + 1 + (value.len() - value.trim_start().len());
    let written = start..start + value.trim().len();
    let place = Place {
        source: Arc::clone(&source),
        key: 0..key.trim_end().len(),
        value: written,
    };
    let wants_text = registry
        .parameter(path)
        .is_some_and(|parameter| parameter.kind == Kind::Text)
        || path.ends_with(".like");
    let bare = value.trim();
    // Under a name that is not there, the name is the mistake, not the missing quotation marks.
    let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    let is_unknown = registry.parameter(path).is_none()
        && keys[0] != "timeline"
        && bare.starts_with(char::is_alphabetic)
        && bare.chars().all(is_word)
        && !matches!(bare, "true" | "false" | "nan" | "inf");
    let leaf = if (wants_text || is_unknown) && !bare.starts_with(['"', '\'']) {
        Node {
            value: NodeValue::Leaf(toml::Value::String(bare.to_owned())),
            place,
        }
    } else {
        let (table, mistakes) = document::parse(&source);
        if !mistakes.is_empty() {
            problems.extend(mistakes);
            return Map::new();
        }
        let root = Node {
            value: NodeValue::Table(table),
            place,
        };
        // A line break may hide a second setting; each table on the way holds one name alone.
        let only = |node: &'_ Node| node.as_table().is_some_and(|table| table.len() == 1);
        match keys.iter().try_fold(&root, |node, key| {
            only(node).then(|| node.as_table()?.get(*key)).flatten()
        }) {
            Some(node) => {
                let place = Place {
                    value: node.place.value.clone(),
                    ..root.place.clone()
                };
                Node {
                    value: node.value.clone(),
                    place,
                }
            }
            None => {
                let message = "a setting holds one name and one value";
                problems.push(Diagnostic::at(&source, whole, message).suggest(example));
                return Map::new();
            }
        }
    };
    let place = leaf.place.clone();
    let mut root = Node {
        value: NodeValue::Table(Map::new()),
        place,
    };
    root.put(&keys.join("."), leaf);
    match root.value {
        NodeValue::Table(table) => table,
        _ => Map::new(),
    }
}

/// The parts of a dotted name, if each is a plain word.
fn keys_of(path: &str) -> Option<Vec<&str>> {
    let keys: Vec<&str> = path.split('.').collect();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let is_word = |key: &&str| !key.is_empty() && key.chars().all(is_plain);
    (keys.len() <= document::DEEPEST && keys.iter().all(is_word)).then_some(keys)
}
