//! The registry: every parameter there is, read from `scenarios/default.toml` itself.
//!
//! The file holds both the values and, in the comments above them, what a parameter means, its
//! unit, what is allowed, where the value comes from and which rules read it. So a parameter is
//! written down once, and `check`, `show`, `explain`, `schema` and `init` can never disagree.

mod build;
mod comments;

use super::document::Node;
use super::source::Place;
use std::sync::OnceLock;
use toml::map::Map;

/// The tables whose entries share one set of keys.
pub const FAMILIES: [&str; 4] = ["sectors", "occupations", "archetypes", "technologies"];

/// The one family to which a scenario may add entries.
pub const OPEN_FAMILY: &str = "technologies";

/// The table that holds the kinds of timeline entries and their defaults.
pub const POLICIES: &str = "policies";

/// The type of a parameter's value.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// A whole number.
    Integer,
    /// A number.
    Float,
    /// Text in quotation marks.
    Text,
    /// `true` or `false`.
    Boolean,
    /// A list of values of one kind.
    Array(Box<Kind>),
    /// Values by name.
    Table {
        /// The names there may be; any, if the default names none.
        keys: Option<Vec<String>>,
        /// The kind of each value.
        element: Box<Kind>,
    },
    /// Whatever the default file leaves open (an empty list or table).
    Any,
}

impl Kind {
    /// The kind in words, with its article: "a whole number".
    pub fn described(&self) -> String {
        match self {
            Kind::Integer => "a whole number".to_owned(),
            Kind::Float => "a number".to_owned(),
            Kind::Text => "a text in quotation marks".to_owned(),
            Kind::Boolean => "true or false".to_owned(),
            Kind::Array(element) => format!("a list, each entry {}", element.described()),
            Kind::Table { element, .. } => format!("a table, each entry {}", element.described()),
            Kind::Any => "any value".to_owned(),
        }
    }

    /// The kind of the single values inside lists and tables.
    pub fn innermost(&self) -> &Kind {
        match self {
            Kind::Array(element) | Kind::Table { element, .. } => element.innermost(),
            other => other,
        }
    }
}

/// What a text may say.
#[derive(Debug, Clone, PartialEq)]
pub enum Choices {
    /// Anything.
    Any,
    /// A calendar month such as "2028-01".
    Month,
    /// One of these.
    OneOf(Vec<String>),
    /// The name of an entry of this family, of entries a scenario adds, too.
    MemberOf(String),
}

/// Lowest and highest value allowed, both inclusive; either may be open.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    /// Lowest value.
    pub low: Option<f64>,
    /// Highest value.
    pub high: Option<f64>,
}

impl std::fmt::Display for Range {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.low, self.high) {
            (Some(low), Some(high)) => write!(formatter, "from {low} to {high}"),
            (Some(low), None) => write!(formatter, "{low} or more"),
            (None, Some(high)) => write!(formatter, "{high} or less"),
            (None, None) => formatter.write_str("any number"),
        }
    }
}

/// One parameter, or one key shared by every entry of a family.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Dotted path; `sectors.*.mean_firm_size` for a key of a family.
    pub path: String,
    /// Type of the value.
    pub kind: Kind,
    /// Default by full path: one for a plain parameter, one for each entry of a family.
    pub defaults: Vec<(String, toml::Value)>,
    /// What an entry of a family has if it does not say.
    pub family_default: Option<toml::Value>,
    /// What it means, in plain words.
    pub meaning: String,
    /// Unit of the number.
    pub unit: String,
    /// Allowed numbers.
    pub range: Option<Range>,
    /// Allowed texts.
    pub choices: Option<Choices>,
    /// Number of entries a list must have.
    pub length: Option<usize>,
    /// What the entries must add up to.
    pub sum: Option<f64>,
    /// The family that names the entries, in its order.
    pub keys: Option<String>,
    /// Where the value comes from.
    pub source: String,
    /// The rules of the model that read it.
    pub rules: String,
    /// Line in the default file.
    pub line: usize,
    pub(crate) place: Place,
}

impl Parameter {
    /// The last part of the path.
    pub fn name(&self) -> &str {
        self.path.rsplit('.').next().unwrap_or(&self.path)
    }

    /// What is allowed, with the unit: "from 0 to 1 (share)".
    pub fn allowed(&self) -> String {
        let mut text = match (&self.range, &self.choices) {
            (Some(range), _) => range.to_string(),
            (None, Some(Choices::OneOf(list))) => super::suggest::listed(list.iter().map(|s| &**s)),
            (None, Some(Choices::Month)) => "a month such as \"2028-01\"".to_owned(),
            (None, Some(Choices::MemberOf(family))) => format!("the name of one of the {family}"),
            _ => self.kind.described(),
        };
        if !self.unit.is_empty() && self.range.is_some() {
            text.push_str(&format!(" ({})", self.unit));
        }
        text
    }
}

/// A part of the registry at some path.
#[derive(Debug, Clone)]
pub(crate) enum Shape {
    /// Index into the list of parameters.
    Parameter(usize),
    Section(Section),
    Family(Family),
}

/// A table of parameters and further tables.
#[derive(Debug, Clone)]
pub(crate) struct Section {
    pub path: String,
    pub meaning: String,
    pub children: Map<String, Shape>,
}

/// A table of entries with the same keys.
#[derive(Debug, Clone)]
pub(crate) struct Family {
    pub name: String,
    pub meaning: String,
    pub members: Vec<String>,
    /// Path `name.*`.
    pub member: Section,
}

/// Every parameter, in the order of the default file.
#[derive(Debug)]
pub struct Registry {
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) root: Section,
    /// The default values with their places: the bottom layer of every scenario.
    pub(crate) base: Node,
}

impl Registry {
    /// The registry of the default file built into the program.
    ///
    /// # Panics
    /// Only if the program was built with a faulty default file, which a test rules out.
    pub fn embedded() -> &'static Registry {
        static REGISTRY: OnceLock<Registry> = OnceLock::new();
        REGISTRY.get_or_init(|| match Registry::parse(super::library::DEFAULT) {
            Ok(registry) => registry,
            Err(problems) => panic!(
                "the built-in default.toml is faulty:\n{}",
                super::diagnostic::render_all(&problems, false)
            ),
        })
    }

    /// Every parameter, in the order of the default file.
    pub fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }

    /// The parameter at a path, written with an entry's name (`sectors.retail.jobs_share`) or
    /// with a star (`sectors.*.jobs_share`).
    pub fn parameter(&self, path: &str) -> Option<&Parameter> {
        let mut shape = None;
        let mut section = &self.root;
        let mut keys = path.split('.');
        while let Some(key) = keys.next() {
            if shape.is_some() {
                return None;
            }
            match section.children.get(key)? {
                Shape::Parameter(index) => shape = Some(*index),
                Shape::Section(inner) => section = inner,
                Shape::Family(family) => {
                    keys.next()?;
                    section = &family.member;
                }
            }
        }
        shape.map(|index| &self.parameters[index])
    }

    /// The entries of a family, in the default file's order; empty if there is no such family.
    pub fn members(&self, family: &str) -> &[String] {
        match self.root.children.get(family) {
            Some(Shape::Family(family)) => &family.members,
            _ => &[],
        }
    }

    /// The kinds of timeline entries, in the default file's order.
    pub fn policy_kinds(&self) -> Vec<&str> {
        self.policies().map_or_else(Vec::new, |section| {
            section.children.keys().map(String::as_str).collect()
        })
    }

    /// What a kind of timeline entry is; empty if there is no such kind.
    pub fn policy_meaning(&self, kind: &str) -> &str {
        self.policy(kind)
            .map_or("", |section| section.meaning.as_str())
    }

    pub(crate) fn policies(&self) -> Option<&Section> {
        match self.root.children.get(POLICIES) {
            Some(Shape::Section(section)) => Some(section),
            _ => None,
        }
    }

    pub(crate) fn policy(&self, kind: &str) -> Option<&Section> {
        match self.policies()?.children.get(kind) {
            Some(Shape::Section(section)) => Some(section),
            _ => None,
        }
    }
}
