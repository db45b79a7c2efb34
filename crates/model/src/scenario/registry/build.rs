//! From the text of the default file to the registry.

use super::comments::{Comment, scan};
use super::{Choices, FAMILIES, Family, Kind, Parameter, Range, Registry, Section, Shape};
use crate::scenario::check;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::document::{self, Node, NodeValue};
use crate::scenario::file::META_KEYS;
use crate::scenario::source::{Place, SourceText};
use std::collections::BTreeMap;
use std::sync::Arc;
use toml::map::Map;

impl Registry {
    /// Reads a registry from the text of a default file.
    ///
    /// # Errors
    /// Every mistake in it: text that is not TOML, missing or unknown metadata, a default that
    /// breaks its own range, an entry of a family that lacks a key.
    pub fn parse(text: &str) -> Result<Registry, Vec<Diagnostic>> {
        let source = SourceText::new("default.toml", text);
        let (mut table, problems) = document::parse(&source);
        if !problems.is_empty() {
            return Err(problems);
        }
        let mut problems = Vec::new();
        let comments = scan(&source, &mut problems);
        for key in META_KEYS {
            table.remove(key);
        }
        let place = Place {
            source: Arc::clone(&source),
            key: 0..0,
            value: 0..0,
        };
        let base = Node {
            value: NodeValue::Table(table),
            place,
        };
        let mut builder = Builder {
            comments,
            problems,
            parameters: Vec::new(),
            base: &base,
        };
        let children = builder.children(&base, "");
        let Builder {
            mut problems,
            parameters,
            ..
        } = builder;
        let root = Section {
            path: String::new(),
            meaning: String::new(),
            children,
        };
        let mut registry = Registry {
            parameters,
            root,
            base,
        };
        registry.fill_families(&mut problems);
        registry.record_defaults();
        if problems.is_empty() {
            problems = check::check_defaults(&registry);
        }
        if problems.is_empty() {
            Ok(registry)
        } else {
            Err(problems)
        }
    }

    /// Gives every entry of a family the keys it leaves to the family's default.
    fn fill_families(&mut self, problems: &mut Vec<Diagnostic>) {
        for name in FAMILIES {
            let members = self.members(name).to_vec();
            for member in members {
                let path = format!("{name}.{member}");
                for missing in check::fill(&mut self.base, &self.parameters, name, &member) {
                    let Some(node) = self.base.at(&path) else {
                        continue;
                    };
                    let message = format!("`{path}` lacks `{missing}`");
                    problems.push(Diagnostic::at_key(&node.place, message));
                }
            }
        }
    }

    fn record_defaults(&mut self) {
        for index in 0..self.parameters.len() {
            let path = self.parameters[index].path.clone();
            let paths = match path.split_once(".*.") {
                None => vec![path],
                Some((family, key)) => {
                    let members = self.members(family).iter();
                    members
                        .map(|member| format!("{family}.{member}.{key}"))
                        .collect()
                }
            };
            let defaults = paths.into_iter().filter_map(|path| {
                let value = self.base.at(&path)?.to_value();
                Some((path, value))
            });
            self.parameters[index].defaults = defaults.collect();
        }
    }
}

struct Builder<'a> {
    comments: BTreeMap<usize, Comment>,
    problems: Vec<Diagnostic>,
    parameters: Vec<Parameter>,
    base: &'a Node,
}

impl Builder<'_> {
    fn comment(&self, place: &Place) -> Comment {
        let (line, _) = place.source.position(place.key.start);
        self.comments.get(&line).cloned().unwrap_or_default()
    }

    fn children(&mut self, node: &Node, path: &str) -> Map<String, Shape> {
        let mut children = Map::new();
        let Some(table) = node.as_table() else {
            return children;
        };
        for (key, child) in table {
            let path = if path.is_empty() {
                key.clone()
            } else {
                format!("{path}.{key}")
            };
            children.insert(key.clone(), self.shape(child, path));
        }
        children
    }

    fn shape(&mut self, node: &Node, path: String) -> Shape {
        let comment = self.comment(&node.place);
        if node.as_table().is_none() || !comment.metadata.is_empty() {
            let parameter = self.parameter(node, path, &comment);
            self.parameters.push(parameter);
            return Shape::Parameter(self.parameters.len() - 1);
        }
        if FAMILIES.contains(&path.as_str()) {
            return Shape::Family(self.family(node, path, comment.meaning));
        }
        let children = self.children(node, &path);
        Shape::Section(Section {
            path,
            meaning: comment.meaning,
            children,
        })
    }

    /// Reads the keys of a family from its first entry; a key that only later entries have is
    /// read where it first stands.
    fn family(&mut self, node: &Node, name: String, meaning: String) -> Family {
        let table = node.as_table().cloned().unwrap_or_default();
        let path = format!("{name}.*");
        let mut keys = Map::new();
        let mut first_place = &node.place;
        for member in table.values() {
            let Some(entry) = member.as_table() else {
                continue;
            };
            if keys.is_empty() {
                first_place = &member.place;
            }
            for (key, child) in entry {
                if !keys.contains_key(key) {
                    keys.insert(key.clone(), child.clone());
                }
            }
        }
        let place = first_place.clone();
        let merged = Node {
            value: NodeValue::Table(keys),
            place,
        };
        let meaning = if meaning.is_empty() {
            self.comment(first_place).meaning
        } else {
            meaning
        };
        let children = self.children(&merged, &path);
        let member = Section {
            path,
            meaning: String::new(),
            children,
        };
        Family {
            name,
            meaning,
            members: table.keys().cloned().collect(),
            member,
        }
    }

    fn parameter(&mut self, node: &Node, path: String, comment: &Comment) -> Parameter {
        let (line, _) = node.place.source.position(node.place.key.start);
        let text = |name: &str| comment.get(name).unwrap_or_default().to_owned();
        let keys = comment.get("keys").map(str::to_owned);
        let names = keys.as_deref().and_then(|keys| self.names(keys));
        let kind = self.kind(node, names.as_deref());
        let mut length = self.read(node, comment, "length", |text| text.parse().ok());
        if let (Kind::Array(_), Some(names)) = (&kind, &names) {
            length = Some(names.len());
        }
        let family_default = self.read(node, comment, "default", |text| {
            toml::from_str::<toml::Table>(&format!("value = {text}"))
                .ok()?
                .remove("value")
        });
        let mut choices = comment.get("choices").map(choices);
        if path == "run.start" {
            choices = Some(Choices::Month);
        }
        let range = self.read(node, comment, "range", range);
        let sum = self.read(node, comment, "sum", |text| text.parse().ok());
        Parameter {
            kind,
            defaults: Vec::new(),
            family_default,
            meaning: comment.meaning.clone(),
            unit: text("unit"),
            range,
            choices,
            length,
            sum,
            keys,
            source: text("source"),
            rules: text("rules"),
            line,
            place: node.place.clone(),
            path,
        }
    }

    fn read<T>(
        &mut self,
        node: &Node,
        comment: &Comment,
        name: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let (_, text, line) = comment.metadata.iter().find(|(key, _, _)| key == name)?;
        let value = parse(text);
        if value.is_none() {
            let source = &node.place.source;
            let start = source.line_start(*line);
            let message = format!("the metadata `{name} = {text}` cannot be read");
            let span = start..start + source.line(*line).len();
            self.problems.push(Diagnostic::at(source, span, message));
        }
        value
    }

    /// The names a family gives to entries: those of a table's entries, or a list of texts.
    fn names(&self, family: &str) -> Option<Vec<String>> {
        let node = self.base.at(family).or_else(|| {
            let sections = self.base.as_table()?.values();
            sections.filter_map(|section| section.at(family)).next()
        })?;
        match &node.value {
            NodeValue::Table(table) => Some(table.keys().cloned().collect()),
            NodeValue::Array(items) => items
                .iter()
                .map(|item| item.as_str().map(str::to_owned))
                .collect(),
            NodeValue::Leaf(_) => None,
        }
    }

    fn kind(&self, node: &Node, names: Option<&[String]>) -> Kind {
        match &node.value {
            NodeValue::Array(items) => Kind::Array(Box::new(self.element(items.iter()))),
            NodeValue::Table(table) => {
                let own = || table.keys().cloned().collect::<Vec<_>>();
                let keys = names.map(<[String]>::to_vec).or_else(|| Some(own()));
                let element = Box::new(self.element(table.values()));
                Kind::Table {
                    keys: keys.filter(|keys| !keys.is_empty()),
                    element,
                }
            }
            NodeValue::Leaf(value) => match value {
                toml::Value::Integer(_) => Kind::Integer,
                toml::Value::Float(_) => Kind::Float,
                toml::Value::Boolean(_) => Kind::Boolean,
                toml::Value::String(_) => Kind::Text,
                _ => Kind::Any,
            },
        }
    }

    fn element<'a>(&self, nodes: impl Iterator<Item = &'a Node>) -> Kind {
        let kinds = nodes.map(|node| self.kind(node, None));
        let joined = kinds.reduce(|one, other| match (one, other) {
            (Kind::Integer, Kind::Float) | (Kind::Float, Kind::Integer) => Kind::Float,
            (Kind::Array(one), Kind::Array(other)) if one.innermost() != other.innermost() => {
                Kind::Array(Box::new(Kind::Float))
            }
            (one, other) if one == other => one,
            _ => Kind::Any,
        });
        joined.unwrap_or(Kind::Any)
    }
}

fn range(text: &str) -> Option<Range> {
    let (low, high) = text.split_once("..")?;
    let end = |text: &str| match text.trim() {
        "" => Some(None),
        text => text
            .replace('_', "")
            .parse::<f64>()
            .ok()
            .filter(|n| n.is_finite())
            .map(Some),
    };
    Some(Range {
        low: end(low)?,
        high: end(high)?,
    })
}

fn choices(text: &str) -> Choices {
    match text.trim() {
        "any" => Choices::Any,
        "date" | "month" => Choices::Month,
        family if FAMILIES.contains(&family) => Choices::MemberOf(family.to_owned()),
        list => Choices::OneOf(
            list.split(',')
                .map(|choice| choice.trim().trim_matches('"').to_owned())
                .collect(),
        ),
    }
}
