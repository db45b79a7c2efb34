//! Values set one by one, `NAME=VALUE`: on the command line, by sweeps, by comparisons.
//!
//! A name is that of a parameter (`labor_market.quit_rate`), or of a value of a policy or shock: by the entry's number in
//! the timeline (`timeline.0.amount`) or by its kind (`timeline.basic_income.amount`). A value is written as in a file; a
//! word needs no quotation marks. What kind of value a name takes is said by its parameter, in one place for all.

use std::ops::Range;
use std::sync::Arc;

use toml::map::Map;

use super::diagnostic::{Class, Diagnostic};
use super::document::{self, Node, NodeValue};
use super::file::{LARGEST, META_KEYS};
use super::registry::{Kind, Registry};
use super::source::{Place, SET_NAME, SourceText};
use super::timeline::EntryValue;

/// One setting, read.
#[derive(Debug)]
pub(crate) enum Setting {
    /// Values of parameters, as a layer over the others.
    Parameter(Map<String, Node>),
    /// A value of an entry of the timeline.
    Entry(EntryValue),
}

const EXAMPLE: &str = "write it as `--set town.residents=20000`";
const ENTRY_EXAMPLE: &str =
    "write it as `--set timeline.0.from=12`, with the entry's number, or its kind";

/// What follows `timeline.` in a name that begins so.
pub(crate) fn of_timeline(name: &str) -> Option<&str> {
    name.strip_prefix("timeline.")
}

/// Which of several entries of these kinds is meant by a number or a kind.
///
/// # Errors
/// Why none is, in words that follow "the timeline".
pub(crate) fn entry_number(name: &str, kinds: &[&str]) -> Result<usize, String> {
    if let Ok(number) = name.parse::<usize>() {
        return match kinds.len() {
            0 => Err("has no entries in this scenario".to_owned()),
            count if number < count => Ok(number),
            _ => Err(format!("has no entry {number}")),
        };
    }
    let mut named = (0..kinds.len()).filter(|&place| kinds[place] == name);
    match (named.next(), named.next()) {
        (Some(place), None) => Ok(place),
        (Some(_), Some(_)) => Err(format!("has several entries of the kind `{name}`")),
        (None, _) if kinds.is_empty() => Err("has no entries in this scenario".to_owned()),
        (None, _) => Err(format!("has no entry `{name}`")),
    }
}

/// Reads one setting; a mistake is reported and leaves nothing.
pub(crate) fn read(
    text: &str,
    registry: &Registry,
    problems: &mut Vec<Diagnostic>,
) -> Option<Setting> {
    match read_whole(text, registry) {
        Ok(setting) => Some(setting),
        Err(found) => {
            problems.extend(found);
            None
        }
    }
}

fn read_whole(text: &str, registry: &Registry) -> Result<Setting, Vec<Diagnostic>> {
    let source = SourceText::new(SET_NAME, text);
    let wrong = |range: Range<usize>, message: String| Diagnostic::at(&source, range, message);
    if text.len() as u64 > LARGEST {
        let message = "this setting is too long";
        return Err(vec![Diagnostic::of_file(
            SET_NAME,
            Class::Scenario,
            message,
        )]);
    }
    let Some((name, value)) = text.split_once('=') else {
        let message = "a setting needs a name, an `=` and a value".to_owned();
        return Err(vec![
            wrong(0..text.len(), message).suggest(EXAMPLE.to_owned()),
        ]);
    };
    let path = name.trim();
    let Some(keys) = keys_of(path) else {
        let problem = wrong(
            0..name.len(),
            "this is not the name of a parameter".to_owned(),
        );
        return Err(vec![problem.found(path).suggest(EXAMPLE.to_owned())]);
    };
    if META_KEYS.contains(&keys[0]) && keys[0] != "timeline" {
        let message = format!("`{}` can only be set in a file", keys[0]);
        return Err(vec![wrong(0..name.len(), message)]);
    }
    let start = name.len() + 1 + (value.len() - value.trim_start().len());
    let place = Place {
        source: Arc::clone(&source),
        key: 0..name.trim_end().len(),
        value: start..start + value.trim().len(),
    };
    let leaf = leaf(&keys, path, value.trim(), place, registry)?;
    match keys[..] {
        ["timeline"] => {}
        ["timeline", entry, ref rest @ ..] => {
            if rest.is_empty() {
                let problem = wrong(
                    0..name.len(),
                    "which value of the entry is meant?".to_owned(),
                );
                return Err(vec![problem.suggest(ENTRY_EXAMPLE.to_owned())]);
            }
            return Ok(Setting::Entry(EntryValue {
                entry: entry.to_owned(),
                key: rest.join("."),
                node: leaf,
            }));
        }
        _ => {}
    }
    let mut root = Node {
        value: NodeValue::Table(Map::new()),
        place: leaf.place.clone(),
    };
    root.put(&keys.join("."), leaf);
    match root.value {
        NodeValue::Table(table) => Ok(Setting::Parameter(table)),
        _ => Ok(Setting::Parameter(Map::new())),
    }
}

/// The value: as TOML if it is that, else, where a single value can stand, as the word it is. Whether it suits the
/// parameter is for the parameter's kind to say.
fn leaf(
    keys: &[&str],
    path: &str,
    bare: &str,
    place: Place,
    registry: &Registry,
) -> Result<Node, Vec<Diagnostic>> {
    let word = |place| Node {
        value: NodeValue::Leaf(toml::Value::String(bare.to_owned())),
        place,
    };
    let kind = registry.parameter(path).map(|parameter| &parameter.kind);
    let is_quoted = bare.starts_with(['"', '\'']);
    let wants_text = kind == Some(&Kind::Text) || path.ends_with(".like");
    if wants_text && !is_quoted {
        return Ok(word(place));
    }
    let (table, mistakes) = document::parse(&place.source);
    if !mistakes.is_empty() {
        let is_word = !bare.is_empty() && !is_quoted && !bare.starts_with(['[', '{']);
        return match is_word && !bare.contains('\n') {
            true => Ok(word(place)),
            false => Err(mistakes),
        };
    }
    let root = Node {
        value: NodeValue::Table(table),
        place: place.clone(),
    };
    // A line break may hide a second setting; each table on the way holds one name alone.
    let only = |node: &'_ Node| node.as_table().is_some_and(|table| table.len() == 1);
    let found = keys.iter().try_fold(&root, |node, key| {
        only(node).then(|| node.as_table()?.get(*key)).flatten()
    });
    let Some(node) = found else {
        let message = "a setting holds one name and one value";
        let whole = 0..place.source.text().len();
        let problem = Diagnostic::at(&place.source, whole, message);
        return Err(vec![problem.suggest(EXAMPLE.to_owned())]);
    };
    Ok(Node {
        value: node.value.clone(),
        place: Place {
            value: node.place.value.clone(),
            ..place
        },
    })
}

/// The parts of a dotted name, if each is a plain word.
fn keys_of(path: &str) -> Option<Vec<&str>> {
    let keys: Vec<&str> = path.split('.').collect();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let is_word = |key: &&str| !key.is_empty() && key.chars().all(is_plain);
    (keys.len() <= document::DEEPEST && keys.iter().all(is_word)).then_some(keys)
}
