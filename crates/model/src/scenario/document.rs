//! A scenario file as a tree of values that know where they were written.

use super::diagnostic::Diagnostic;
use super::source::{Place, SourceText};
use super::syntax;
use std::ops::Range;
use std::sync::Arc;
use toml::de::{DeTable, DeValue};
use toml::map::Map;

/// Deepest nesting that is read; a scenario needs four levels.
pub const DEEPEST: usize = 32;

/// A value and its place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    pub value: NodeValue,
    pub place: Place,
}

/// What a node holds.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum NodeValue {
    Leaf(toml::Value),
    Array(Vec<Node>),
    Table(Map<String, Node>),
}

impl Node {
    /// The plain value.
    pub fn to_value(&self) -> toml::Value {
        match &self.value {
            NodeValue::Leaf(value) => value.clone(),
            NodeValue::Array(items) => {
                toml::Value::Array(items.iter().map(Node::to_value).collect())
            }
            NodeValue::Table(table) => toml::Value::Table(
                table
                    .iter()
                    .map(|(key, node)| (key.clone(), node.to_value()))
                    .collect(),
            ),
        }
    }

    /// A tree in which every value has the same place.
    pub fn from_value(value: toml::Value, place: &Place) -> Self {
        let value = match value {
            toml::Value::Array(items) => NodeValue::Array(
                items
                    .into_iter()
                    .map(|item| Self::from_value(item, place))
                    .collect(),
            ),
            toml::Value::Table(table) => NodeValue::Table(
                table
                    .into_iter()
                    .map(|(key, v)| (key, Self::from_value(v, place)))
                    .collect(),
            ),
            leaf => NodeValue::Leaf(leaf),
        };
        Self {
            value,
            place: place.clone(),
        }
    }

    pub fn as_table(&self) -> Option<&Map<String, Node>> {
        match &self.value {
            NodeValue::Table(table) => Some(table),
            _ => None,
        }
    }

    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            NodeValue::Leaf(toml::Value::String(text)) => Some(text),
            _ => None,
        }
    }

    pub fn as_number(&self) -> Option<f64> {
        match &self.value {
            NodeValue::Leaf(toml::Value::Integer(number)) => Some(*number as f64),
            NodeValue::Leaf(toml::Value::Float(number)) => Some(*number),
            _ => None,
        }
    }

    /// The value as it was written, for a message.
    pub fn written(&self) -> String {
        if let NodeValue::Table(_) = self.value {
            return "a table".to_owned();
        }
        let text = &self.place.source.text()[self.place.value.clone()];
        match text.split_once('\n') {
            Some((first, _)) => format!("{} …", first.trim_end()),
            None => text.to_owned(),
        }
    }

    /// The node at a dotted path below this one.
    pub fn at(&self, path: &str) -> Option<&Node> {
        path.split('.')
            .try_fold(self, |node, key| node.as_table()?.get(key))
    }

    /// Puts a node at a dotted path, making the tables on the way.
    pub fn put(&mut self, path: &str, node: Node) {
        let NodeValue::Table(table) = &mut self.value else {
            return;
        };
        match path.split_once('.') {
            None => {
                table.insert(path.to_owned(), node);
            }
            Some((head, rest)) => {
                let place = node.place.clone();
                let empty = || Node {
                    value: NodeValue::Table(Map::new()),
                    place,
                };
                table.entry(head).or_insert_with(empty).put(rest, node);
            }
        }
    }

    /// Lays another tree over this one: tables merge, everything else replaces.
    pub fn overlay(&mut self, above: Node) {
        match (&mut self.value, above.value) {
            (NodeValue::Table(below), NodeValue::Table(table)) => {
                for (key, node) in table {
                    match below.get_mut(&key) {
                        Some(existing) => existing.overlay(node),
                        None => {
                            below.insert(key, node);
                        }
                    }
                }
            }
            (value, new) => {
                *value = new;
                self.place = above.place;
            }
        }
    }
}

/// Reads a text. Returns what could be read and everything that could not.
pub(crate) fn parse(source: &Arc<SourceText>) -> (Map<String, Node>, Vec<Diagnostic>) {
    if let Some(diagnostic) = syntax::refuse_deep(source) {
        return (Map::new(), vec![diagnostic]);
    }
    let (text, mut errors) = syntax::without_lone_names(source.text());
    let (table, rest) = DeTable::parse_recoverable(&text);
    errors.extend(rest);
    let mut diagnostics = syntax::explain_all(source, &errors);
    let broken: Vec<usize> = diagnostics
        .iter()
        .map(|diagnostic| diagnostic.line)
        .collect();
    let mut reader = Reader {
        source,
        diagnostics: &mut diagnostics,
        broken,
    };
    let map = reader.table(table.into_inner());
    (map, diagnostics)
}

struct Reader<'a> {
    source: &'a Arc<SourceText>,
    diagnostics: &'a mut Vec<Diagnostic>,
    /// Lines with a syntax error: what was guessed there is not worth a second message.
    broken: Vec<usize>,
}

impl Reader<'_> {
    fn table(&mut self, table: DeTable<'_>) -> Map<String, Node> {
        let mut map = Map::new();
        for (key, value) in table {
            let (key_span, span) = (key.span(), value.span());
            let is_table = value.get_ref().is_table() || value.get_ref().is_array();
            if !is_table && self.is_broken(&key_span) {
                continue;
            }
            let place = Place {
                source: Arc::clone(self.source),
                key: key_span,
                value: span,
            };
            if let Some(node) = self.node(value.into_inner(), place) {
                map.insert(key.into_inner().into_owned(), node);
            }
        }
        map
    }

    fn is_broken(&self, span: &Range<usize>) -> bool {
        self.broken.contains(&self.source.position(span.start).0)
    }

    fn node(&mut self, value: DeValue<'_>, place: Place) -> Option<Node> {
        let value = match value {
            DeValue::Table(table) => NodeValue::Table(self.table(table)),
            DeValue::Array(array) => {
                let mut items = Vec::with_capacity(array.len());
                for item in array {
                    let span = item.span();
                    let source = Arc::clone(self.source);
                    let place = Place {
                        source,
                        key: span.clone(),
                        value: span,
                    };
                    items.push(self.node(item.into_inner(), place)?);
                }
                NodeValue::Array(items)
            }
            leaf => NodeValue::Leaf(self.leaf(leaf, &place)?),
        };
        Some(Node { value, place })
    }

    fn leaf(&mut self, value: DeValue<'_>, place: &Place) -> Option<toml::Value> {
        let read = match &value {
            DeValue::String(text) => Some(toml::Value::String(text.clone().into_owned())),
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
                .ok()
                .map(toml::Value::Integer),
            DeValue::Float(number) => number.as_str().parse().ok().map(toml::Value::Float),
            DeValue::Boolean(yes) => Some(toml::Value::Boolean(*yes)),
            DeValue::Datetime(date) => Some(toml::Value::Datetime(*date)),
            DeValue::Array(_) | DeValue::Table(_) => None,
        };
        if read.is_none() && !self.is_broken(&place.key) {
            let message = "this number cannot be read";
            let suggestion = "a whole number has at most 18 digits".to_owned();
            self.diagnostics
                .push(Diagnostic::at_value(place, message).suggest(suggestion));
        }
        read
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Map<String, Node>, Vec<Diagnostic>) {
        parse(&SourceText::new("t.toml", text))
    }

    #[test]
    fn values_know_their_places() {
        let (map, problems) = read("[a]\nb = 0x_1F\n");
        assert!(!problems.is_empty(), "0x_1F is no number");
        assert!(
            map["a"]
                .as_table()
                .is_some_and(|table| !table.contains_key("b"))
        );
        let (map, problems) = read("[a]\nb = 1_000\nc = [1, 2]\n");
        assert!(problems.is_empty(), "{problems:?}");
        let b = map["a"].at("b").expect("b is there");
        assert_eq!(b.to_value(), toml::Value::Integer(1000));
        assert_eq!(b.written(), "1_000");
        assert_eq!(b.place.origin().to_string(), "t.toml:2");
    }

    #[test]
    fn overlay_merges_tables_and_replaces_the_rest() {
        let (below, _) = read("[a]\nb = 1\nc = [1, 2]\n");
        let (above, _) = read("[a]\nc = [3]\nd = 4\n");
        let mut below = below["a"].clone();
        below.overlay(above["a"].clone());
        assert_eq!(below.to_value().to_string(), "{ b = 1, c = [3], d = 4 }");
        assert_eq!(below.at("c").map(|node| node.place.origin().line), Some(2));
    }

    #[test]
    fn a_number_too_large_is_one_mistake() {
        let (_, problems) = read("a = 99999999999999999999999999\n");
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert_eq!((problems[0].line, problems[0].column), (1, 5));
    }
}
