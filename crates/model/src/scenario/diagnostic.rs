//! What is wrong with a scenario, said so that its author can put it right.

use super::source::{Place, SourceText};
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde::Serialize;
use std::ops::Range;
use std::sync::Arc;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The scenario cannot run.
    Error,
    /// The scenario can run, but perhaps not as its author meant.
    Warning,
}

/// Whom to ask for help: the scenario's author, or the file system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// Something written in a scenario or on the command line.
    Scenario,
    /// A file that is missing, unreadable, too large or no file at all.
    File,
}

/// One mistake, with its place, what was found and what is allowed.
#[derive(Debug, Clone, Serialize)]
pub struct Diagnostic {
    /// Error or warning.
    pub severity: Severity,
    /// Scenario or file problem; decides the exit code.
    pub class: Class,
    /// The file as it was named, or `--set`.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// Bytes in the file.
    pub span: Range<usize>,
    /// The mistake in one sentence.
    pub message: String,
    /// What stands there now.
    pub found: Option<String>,
    /// What could stand there.
    pub allowed: Option<String>,
    /// What to try.
    pub suggestion: Option<String>,
    #[serde(skip)]
    pub(crate) source: Option<Arc<SourceText>>,
}

impl Diagnostic {
    /// An error at a stretch of a text.
    pub fn at(source: &Arc<SourceText>, span: Range<usize>, message: impl Into<String>) -> Self {
        let span = source.clamp_range(span);
        let (line, column) = source.position(span.start);
        Self {
            severity: Severity::Error,
            class: Class::Scenario,
            file: source.name().to_owned(),
            line,
            column,
            span,
            message: message.into(),
            found: None,
            allowed: None,
            suggestion: None,
            source: Some(Arc::clone(source)),
        }
    }

    /// An error about the name of a value.
    pub fn at_key(place: &Place, message: impl Into<String>) -> Self {
        Self::at(&place.source, place.key.clone(), message)
    }

    /// An error about a value.
    pub fn at_value(place: &Place, message: impl Into<String>) -> Self {
        Self::at(&place.source, place.value.clone(), message)
    }

    /// An error about a whole text that has no place in it to point to.
    pub fn of_file(file: impl Into<String>, class: Class, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            class,
            file: file.into(),
            line: 1,
            column: 1,
            span: 0..0,
            message: message.into(),
            found: None,
            allowed: None,
            suggestion: None,
            source: None,
        }
    }

    /// Adds what was found.
    #[must_use]
    pub fn found(mut self, found: impl Into<String>) -> Self {
        self.found = Some(shorten(&found.into()));
        self
    }

    /// Adds what is allowed.
    #[must_use]
    pub fn allowed(mut self, allowed: impl Into<String>) -> Self {
        self.allowed = Some(allowed.into());
        self
    }

    /// Adds what to try, if there is anything to say.
    #[must_use]
    pub fn suggest(mut self, suggestion: impl Into<Option<String>>) -> Self {
        self.suggestion = suggestion.into().or(self.suggestion);
        self
    }

    /// Makes it a warning.
    #[must_use]
    pub fn warning(mut self) -> Self {
        self.severity = Severity::Warning;
        self
    }

    /// Makes it a problem of files.
    #[must_use]
    pub fn of_class(mut self, class: Class) -> Self {
        self.class = class;
        self
    }

    /// The message with the lines it is about, for a terminal.
    pub fn render(&self, color: bool) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let mut group = Group::with_title(level.primary_title(printable(&self.message)));
        let label = self
            .found
            .as_ref()
            .map(|found| format!("found {}", printable(found)));
        match &self.source {
            Some(source) => {
                // The first line is enough to find the place, and a long file stays cheap.
                let start = source.line_start(self.line);
                let line = source.line(self.line);
                let end = self.span.end.min(start + line.len()).max(self.span.start) - start;
                let span = self.span.start - start..end;
                let annotation = AnnotationKind::Primary.span(span).label(label);
                let snippet = Snippet::source(line).line_start(self.line);
                let snippet = snippet.path(printable(&self.file));
                group = group.element(snippet.annotation(annotation));
            }
            None => group = group.element(Origin::path(printable(&self.file))),
        }
        if let Some(allowed) = &self.allowed {
            let text = format!("allowed: {}", printable(allowed));
            group = group.element(Level::NOTE.message(text));
        }
        if let Some(suggestion) = &self.suggestion {
            group = group.element(Level::HELP.message(printable(suggestion)));
        }
        let renderer = if color {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        renderer.decor_style(DecorStyle::Ascii).render(&[group])
    }
}

/// All messages for a terminal, one after the other, with a closing count.
pub fn render_all(diagnostics: &[Diagnostic], color: bool) -> String {
    let mut text = String::new();
    const MOST: usize = 50;
    for diagnostic in diagnostics.iter().take(MOST) {
        text.push_str(&diagnostic.render(color));
        text.push_str("\n\n");
    }
    if diagnostics.len() > MOST {
        text.push_str(&format!("... and {} more\n\n", diagnostics.len() - MOST));
    }
    let errors = diagnostics
        .iter()
        .filter(|d| d.severity == Severity::Error)
        .count();
    match errors {
        0 => {}
        1 => text.push_str("1 mistake to put right\n"),
        _ => text.push_str(&format!("{errors} mistakes to put right\n")),
    }
    text
}

/// All messages as a JSON array, for programs.
pub fn to_json(diagnostics: &[Diagnostic]) -> serde_json::Value {
    let list = diagnostics.iter().map(|diagnostic| {
        // A struct of strings and numbers always has a JSON form.
        serde_json::to_value(diagnostic).unwrap_or(serde_json::Value::Null)
    });
    serde_json::Value::Array(list.collect())
}

/// The program's exit code for a failed load: 3 if any file could not be read, else 2.
pub fn exit_code(diagnostics: &[Diagnostic]) -> u8 {
    if diagnostics
        .iter()
        .any(|diagnostic| diagnostic.class == Class::File)
    {
        3
    } else {
        2
    }
}

/// Text from outside may hold control characters, which could repaint a reader's terminal.
fn printable(text: &str) -> String {
    annotate_snippets::normalize_untrusted_str(text)
}

fn shorten(text: &str) -> String {
    const MOST: usize = 60;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    let head: String = text.chars().take(MOST - 1).collect();
    format!("{head}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_span_renders() {
        let source = SourceText::new("é.toml", "a = 1\r\nbé = \"\u{1b}[31m\"\n");
        for start in 0..30 {
            for end in 0..30 {
                let diagnostic = Diagnostic::at(&source, start..end, "odd \u{7} name");
                let text = diagnostic.found("x").render(false);
                assert!(text.contains("error: odd"), "{text}");
                assert!(!text.contains('\u{1b}'), "{text}");
            }
        }
    }

    #[test]
    fn json_has_the_place_and_exit_codes_follow_the_class() {
        let source = SourceText::new("a.toml", "a = 1\nb = 2\n");
        let wrong = Diagnostic::at(&source, 6..7, "b is wrong")
            .found("2")
            .allowed("1");
        let missing = Diagnostic::of_file("x.toml", Class::File, "there is no such file");
        let json = to_json(&[wrong.clone(), missing.clone()]);
        assert_eq!(json[0]["line"], 2);
        assert_eq!(json[0]["span"]["start"], 6);
        assert_eq!(json[0]["severity"], "error");
        assert_eq!(json[1]["class"], "file");
        assert_eq!(exit_code(std::slice::from_ref(&wrong)), 2);
        assert_eq!(exit_code(&[wrong, missing]), 3);
    }
}
