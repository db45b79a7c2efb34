//! A JSON Schema of scenario files, for editors that complete and check while one types.

use super::file::SCHEMA_VERSION;
use super::registry::{Choices, Family, Kind, OPEN_FAMILY, Parameter, Registry, Section, Shape};
use serde_json::{Map, Value, json};

/// The JSON Schema (draft 7) of scenario files.
pub fn schema() -> Value {
    schema_with(Registry::embedded())
}

/// As [`schema`], with parameters of one's own.
pub fn schema_with(registry: &Registry) -> Value {
    let writer = Writer { registry };
    let mut properties = writer.meta();
    for (key, shape) in &registry.root.children {
        properties.insert(key.clone(), writer.shape(shape));
    }
    let mut definitions = Map::new();
    for shape in registry.root.children.values() {
        if let Shape::Family(family) = shape {
            definitions.insert(family.name.clone(), writer.section(&family.member));
        }
    }
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "mainstreet scenario",
        "description": "What differs from the default town. Every key but schema_version is optional.",
        "type": "object",
        "properties": properties,
        "required": ["schema_version"],
        "additionalProperties": false,
        "definitions": definitions,
    })
}

struct Writer<'a> {
    registry: &'a Registry,
}

impl Writer<'_> {
    fn meta(&self) -> Map<String, Value> {
        let text = |meaning: &str| json!({ "type": "string", "description": meaning });
        let mut properties = Map::new();
        let mut add = |key: &str, value: Value| properties.insert(key.to_owned(), value);
        add(
            "schema_version",
            json!({
                "const": SCHEMA_VERSION,
                "description": "The version of the scenario format.",
            }),
        );
        add(
            "extends",
            text(
                "The scenario to lay these changes over: a file beside this one, or a built-in one by name.",
            ),
        );
        add(
            "name",
            json!({
                "type": "string",
                "pattern": "^[A-Za-z0-9_-]{1,80}$",
                "description": "Short name; results go to a folder of this name.",
            }),
        );
        add("title", text("Title, for people."));
        add("question", text("The question the scenario asks."));
        add(
            "timeline_extends",
            json!({
                "type": "boolean",
                "default": false,
                "description": "Keep the timeline of the extended scenario and add to it.",
            }),
        );
        add("timeline", self.timeline());
        properties
    }

    fn timeline(&self) -> Value {
        let kinds = self.registry.policy_kinds();
        let entries: Vec<Value> = kinds.iter().filter_map(|kind| self.entry(kind)).collect();
        let description = "Policies and shocks, each with the month in which it begins.";
        if entries.is_empty() {
            return json!({ "type": "array", "maxItems": 0, "description": description });
        }
        json!({ "type": "array", "description": description, "items": { "oneOf": entries } })
    }

    fn entry(&self, kind: &str) -> Option<Value> {
        let section = self.registry.policy(kind)?;
        let month = |meaning: &str| {
            json!({
                "description": meaning,
                "anyOf": [
                    { "type": "integer", "minimum": 0 },
                    { "type": "string", "pattern": MONTH },
                ],
            })
        };
        let mut properties = Map::new();
        let name = json!({ "const": kind, "description": section.meaning });
        properties.insert("kind".to_owned(), name);
        let from = "First month in force: counted from 0, or a date such as \"2028-01\".";
        properties.insert("from".to_owned(), month(from));
        let until = "First month no longer in force; left out, it stays.";
        properties.insert("until".to_owned(), month(until));
        for (key, shape) in &section.children {
            properties.insert(key.clone(), self.shape(shape));
        }
        Some(json!({
            "type": "object",
            "title": kind,
            "description": section.meaning,
            "properties": properties,
            "required": ["kind", "from"],
            "additionalProperties": false,
        }))
    }

    fn shape(&self, shape: &Shape) -> Value {
        match shape {
            Shape::Parameter(index) => self.parameter(&self.registry.parameters[*index]),
            Shape::Section(section) => self.section(section),
            Shape::Family(family) => self.family(family),
        }
    }

    fn section(&self, section: &Section) -> Value {
        let children = section.children.iter();
        let properties: Map<String, Value> = children
            .map(|(key, shape)| (key.clone(), self.shape(shape)))
            .collect();
        json!({
            "type": "object",
            "description": section.meaning,
            "properties": properties,
            "additionalProperties": false,
        })
    }

    fn family(&self, family: &Family) -> Value {
        let entry = json!({ "$ref": format!("#/definitions/{}", family.name) });
        let members = family.members.iter();
        let properties: Map<String, Value> = members
            .map(|member| (member.clone(), entry.clone()))
            .collect();
        let added = if family.name == OPEN_FAMILY {
            self.added(family)
        } else {
            json!(false)
        };
        json!({
            "type": "object",
            "description": family.meaning,
            "properties": properties,
            "additionalProperties": added,
        })
    }

    /// An entry that a scenario adds: all keys, or one to be like.
    fn added(&self, family: &Family) -> Value {
        let mut entry = self.section(&family.member);
        entry["properties"]["like"] = json!({
            "type": "string",
            "description": "The entry to copy every key from that is not given here.",
        });
        let children = family.member.children.iter();
        let required: Vec<&String> = children
            .filter(|(_, shape)| match shape {
                Shape::Parameter(index) => {
                    self.registry.parameters[*index].family_default.is_none()
                }
                _ => true,
            })
            .map(|(key, _)| key)
            .collect();
        entry["anyOf"] = json!([{ "required": ["like"] }, { "required": required }]);
        entry
    }

    fn parameter(&self, parameter: &Parameter) -> Value {
        let mut value = self.kind(&parameter.kind, parameter);
        let mut description = parameter.meaning.clone();
        for (name, text) in [("Unit", &parameter.unit), ("Source", &parameter.source)] {
            if !text.is_empty() {
                description.push_str(&format!(" {name}: {text}."));
            }
        }
        value["description"] = json!(description);
        let is_one = !parameter.path.contains('*');
        if let (true, Some((_, default))) = (is_one, parameter.defaults.first()) {
            value["default"] = json!(default);
        }
        if let (Kind::Array(_), Some(length)) = (&parameter.kind, parameter.length) {
            value["minItems"] = json!(length);
            value["maxItems"] = json!(length);
        }
        value
    }

    fn kind(&self, kind: &Kind, parameter: &Parameter) -> Value {
        match kind {
            Kind::Integer => self.number("integer", parameter),
            Kind::Float => self.number("number", parameter),
            Kind::Boolean => json!({ "type": "boolean" }),
            Kind::Text => match &parameter.choices {
                Some(Choices::OneOf(list)) => json!({ "type": "string", "enum": list }),
                Some(Choices::Month) => json!({ "type": "string", "pattern": MONTH }),
                Some(Choices::MemberOf(family)) if family != OPEN_FAMILY => {
                    json!({ "type": "string", "enum": self.registry.members(family) })
                }
                _ => json!({ "type": "string" }),
            },
            Kind::Array(element) => {
                json!({ "type": "array", "items": self.kind(element, parameter) })
            }
            Kind::Table { keys, element } => {
                let entry = self.kind(element, parameter);
                let is_open = parameter.keys.as_deref() == Some(OPEN_FAMILY);
                match keys {
                    Some(keys) if !is_open => {
                        let properties: Map<String, Value> = keys
                            .iter()
                            .map(|key| (key.clone(), entry.clone()))
                            .collect();
                        json!({
                            "type": "object",
                            "properties": properties,
                            "additionalProperties": false,
                        })
                    }
                    _ => json!({ "type": "object", "additionalProperties": entry }),
                }
            }
            Kind::Any => json!({}),
        }
    }

    fn number(&self, name: &str, parameter: &Parameter) -> Value {
        let mut value = json!({ "type": name });
        if let Some(range) = parameter.range {
            if let Some(low) = range.low {
                value["minimum"] = json!(low);
            }
            if let Some(high) = range.high {
                value["maximum"] = json!(high);
            }
        }
        value
    }
}

/// A calendar month.
const MONTH: &str = "^[0-9]{4}-(0[1-9]|1[0-2])$";
