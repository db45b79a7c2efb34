//! Reading a scenario file, and the keys that are about the file rather than the town.

use super::diagnostic::{Class, Diagnostic};
use super::document::{Node, NodeValue};
use super::source::SourceText;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use toml::Value;
use toml::map::Map;

/// Largest scenario that is read, bytes: the default file, which holds everything, is a tenth.
pub const LARGEST: u64 = 1 << 20;

/// The version of the scenario format this program reads.
pub const SCHEMA_VERSION: i64 = 1;

/// Top-level keys that are no parameters.
pub(crate) const META_KEYS: [&str; 7] = [
    "schema_version",
    "extends",
    "name",
    "title",
    "question",
    "timeline",
    "timeline_extends",
];

/// Where the texts of scenario files come from: a disk, a browser's page, or nowhere.
pub trait Texts: fmt::Debug + Sync {
    /// The content of a file that can be a scenario.
    ///
    /// # Errors
    /// Why it cannot be read.
    fn read(&self, path: &Path) -> Result<Vec<u8>, Unread>;

    /// Whether there is a file.
    fn exists(&self, path: &Path) -> bool;

    /// What tells one file from another, by whatever path it is reached.
    fn identity(&self, path: &Path) -> PathBuf;
}

/// Why a file is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unread {
    /// There is none.
    Missing,
    /// It is a folder.
    Folder,
    /// It is a device or pipe, which could be endless.
    Device,
    /// It holds more than [`LARGEST`] bytes: how many, where that is known.
    TooLarge(Option<u64>),
    /// The system refuses, with its reason.
    Refused(String),
}

/// No files at all: scenarios that come with the program and texts at hand.
#[derive(Debug, Clone, Copy)]
pub struct NoTexts;

impl Texts for NoTexts {
    fn read(&self, _: &Path) -> Result<Vec<u8>, Unread> {
        Err(Unread::Missing)
    }

    fn exists(&self, _: &Path) -> bool {
        false
    }

    fn identity(&self, path: &Path) -> PathBuf {
        path.to_owned()
    }
}

/// Reads a file, unless it cannot be a scenario.
///
/// # Errors
/// What kept it from being read: it is missing, no regular file, too large or not text.
pub(crate) fn read(
    texts: &dyn Texts,
    path: &Path,
    name: &str,
) -> Result<Arc<SourceText>, Box<Diagnostic>> {
    let refuse = |message: String| Box::new(Diagnostic::of_file(name, Class::File, message));
    let bytes = texts.read(path).map_err(|unread| match unread {
        Unread::Missing => refuse(format!("there is no file `{name}`")),
        Unread::Folder => refuse(format!("`{name}` is a folder, not a scenario file")),
        Unread::Device => refuse(format!("`{name}` is a device or pipe, not a scenario file")),
        Unread::Refused(reason) => refuse(format!("`{name}` cannot be read: {reason}")),
        Unread::TooLarge(bytes) => {
            let problem = refuse(format!("`{name}` is too large for a scenario"));
            let problem = match bytes {
                Some(bytes) => problem.found(format!("{bytes} bytes")),
                None => *problem,
            };
            Box::new(problem.allowed("at most 1 MiB (1,048,576 bytes)"))
        }
    })?;
    decode(bytes, name)
}

fn decode(bytes: Vec<u8>, name: &str) -> Result<Arc<SourceText>, Box<Diagnostic>> {
    match String::from_utf8(bytes) {
        Ok(text) => Ok(SourceText::new(name, text)),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let source = SourceText::new(name, String::from_utf8_lossy(error.as_bytes()));
            let message = "this is not text in UTF-8, the usual way to store letters";
            let problem = Diagnostic::at(&source, at..at + 1, message);
            let fix = "save the file as UTF-8 in your editor".to_owned();
            Err(Box::new(problem.suggest(fix)))
        }
    }
}

/// What a file says about itself.
#[derive(Debug, Default)]
pub(crate) struct Meta {
    pub extends: Option<Node>,
    pub name: Option<String>,
    pub title: Option<String>,
    pub question: Option<String>,
    pub timeline: Option<Node>,
    pub timeline_extends: bool,
}

/// Takes the keys about the file out of its table and checks them.
pub(crate) fn take_meta(
    table: &mut Map<String, Node>,
    source: &Arc<SourceText>,
    must_have_version: bool,
    problems: &mut Vec<Diagnostic>,
) -> Meta {
    match table.remove("schema_version") {
        Some(node) => check_version(&node, problems),
        None if must_have_version => {
            let message = "the file does not say which version of the format it is written in";
            problems.push(Diagnostic::at(source, 0..0, message).suggest(format!(
                "add `schema_version = {SCHEMA_VERSION}` as the first line"
            )));
        }
        None => {}
    }
    let mut text = |key: &str| {
        let node = table.remove(key)?;
        if node.as_str().is_none() {
            let message = format!("`{key}` must be a text in quotation marks");
            problems.push(Diagnostic::at_value(&node.place, message).found(node.written()));
            return None;
        }
        Some(node)
    };
    let (extends, name) = (text("extends"), text("name"));
    let written = |node: Option<Node>| node.and_then(|node| node.as_str().map(str::to_owned));
    let (title, question) = (written(text("title")), written(text("question")));
    if let Some(node) = &name {
        check_name(node, problems);
    }
    let timeline_extends = match table.remove("timeline_extends") {
        None => false,
        Some(Node {
            value: NodeValue::Leaf(Value::Boolean(yes)),
            ..
        }) => yes,
        Some(node) => {
            let message = "`timeline_extends` must be true or false";
            problems.push(Diagnostic::at_value(&node.place, message).found(node.written()));
            false
        }
    };
    let timeline = table.remove("timeline");
    Meta {
        extends,
        name: written(name),
        title,
        question,
        timeline,
        timeline_extends,
    }
}

fn check_version(node: &Node, problems: &mut Vec<Diagnostic>) {
    if node.value != NodeValue::Leaf(Value::Integer(SCHEMA_VERSION)) {
        let message = "this version of the scenario format is not known";
        problems.push(
            Diagnostic::at_value(&node.place, message)
                .found(node.written())
                .allowed(format!("{SCHEMA_VERSION}")),
        );
    }
}

fn check_name(node: &Node, problems: &mut Vec<Diagnostic>) {
    let name = node.as_str().unwrap_or_default();
    if name.is_empty() || name.len() > 80 || name != file_safe(name) {
        // Results go to a folder of this name.
        problems.push(
            Diagnostic::at_value(&node.place, "`name` cannot be the name of a folder")
                .found(node.written())
                .allowed("up to 80 letters, digits, `-` and `_`"),
        );
    }
}

/// A name that is safe as that of a folder on every system.
pub(crate) fn file_safe(name: &str) -> String {
    let safe = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let name: String = name
        .chars()
        .map(|c| if safe(c) { c } else { '-' })
        .take(80)
        .collect();
    if name.is_empty() {
        "scenario".to_owned()
    } else {
        name
    }
}
