//! The comments above the keys of the default file.

use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::source::SourceText;
use crate::scenario::suggest::{did_you_mean, listed};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The names of metadata.
pub(crate) const NAMES: [&str; 9] = [
    "unit", "range", "choices", "length", "sum", "keys", "default", "source", "rules",
];

/// What stands directly above one line.
#[derive(Debug, Default, Clone)]
pub(crate) struct Comment {
    pub meaning: String,
    /// Metadata in writing order: name, value, and the line it stands on.
    pub metadata: Vec<(String, String, usize)>,
}

impl Comment {
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.metadata.iter().find(|(key, _, _)| key == name);
        found.map(|(_, value, _)| value.as_str())
    }
}

/// Collects the comments of a file by the line they stand above.
pub(crate) fn scan(
    source: &Arc<SourceText>,
    problems: &mut Vec<Diagnostic>,
) -> BTreeMap<usize, Comment> {
    let mut comments = BTreeMap::new();
    let mut pending = Comment::default();
    for (index, line) in source.text().lines().enumerate() {
        let number = index + 1;
        let line = line.trim();
        if let Some(metadata) = line.strip_prefix("#:") {
            read_metadata(source, number, metadata, &mut pending, problems);
        } else if let Some(text) = line.strip_prefix('#') {
            let text = text.trim();
            if text.chars().any(char::is_alphanumeric) {
                if !pending.meaning.is_empty() {
                    pending.meaning.push(' ');
                }
                pending.meaning.push_str(text);
            }
        } else {
            let comment = std::mem::take(&mut pending);
            if !line.is_empty() {
                comments.insert(number, comment);
            }
        }
    }
    comments
}

fn read_metadata(
    source: &Arc<SourceText>,
    number: usize,
    text: &str,
    comment: &mut Comment,
    problems: &mut Vec<Diagnostic>,
) {
    for (index, part) in text.split('|').map(str::trim).enumerate() {
        let (name, value) = match part.split_once('=') {
            Some((name, value)) => (name.trim(), value.trim()),
            None => ("", part),
        };
        let is_word = !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        if NAMES.contains(&name) {
            comment
                .metadata
                .push((name.to_owned(), value.to_owned(), number));
        } else if index == 0 && !is_word && !comment.metadata.is_empty() {
            // A long remark runs on from the `#:` line above.
            if let Some((_, last, _)) = comment.metadata.last_mut() {
                last.push(' ');
                last.push_str(part);
            }
        } else {
            let start = source.line_start(number);
            let span = start..start + source.line(number).len();
            let message = format!("`{part}` is not `name = value`");
            let message = if is_word {
                format!("there is no metadata `{name}`")
            } else {
                message
            };
            problems.push(
                Diagnostic::at(source, span, message)
                    .allowed(listed(NAMES))
                    .suggest(did_you_mean(name, NAMES)),
            );
        }
    }
}
