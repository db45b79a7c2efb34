//! Text that someone wrote, and places in it.

use std::ops::Range;
use std::sync::Arc;

/// One text of a scenario: a file, or what stood after `--set`.
#[derive(Debug, PartialEq, Eq)]
pub struct SourceText {
    name: String,
    text: String,
    line_starts: Vec<usize>,
}

impl SourceText {
    /// Takes a text under the name a reader knows it by (the path as it was given, or `--set`).
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        let text = text.into();
        let line_starts = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        Arc::new(Self {
            name: name.into(),
            text,
            line_starts,
        })
    }

    /// The name a reader knows the text by.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text as it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Line and column of a byte, both counted from 1; a column is a character.
    pub fn position(&self, byte: usize) -> (usize, usize) {
        let byte = self.clamp(byte);
        let line = self.line_starts.partition_point(|start| *start <= byte);
        let start = self
            .line_starts
            .get(line.saturating_sub(1))
            .copied()
            .unwrap_or(0);
        (line.max(1), self.text[start..byte].chars().count() + 1)
    }

    /// The text of a line counted from 1, without its line end.
    pub fn line(&self, line: usize) -> &str {
        let start = line
            .checked_sub(1)
            .and_then(|index| self.line_starts.get(index));
        let Some(start) = start else { return "" };
        let end = self
            .line_starts
            .get(line)
            .map_or(self.text.len(), |next| next - 1);
        self.text[*start..end].trim_end_matches('\r')
    }

    /// The byte where a line, counted from 1, begins.
    pub fn line_start(&self, line: usize) -> usize {
        let index = line.saturating_sub(1);
        self.line_starts
            .get(index)
            .copied()
            .unwrap_or(self.text.len())
    }

    /// A range that surely lies in the text and cuts no character in two.
    pub fn clamp_range(&self, range: Range<usize>) -> Range<usize> {
        let start = self.clamp(range.start);
        start..self.clamp(range.end).max(start)
    }

    fn clamp(&self, byte: usize) -> usize {
        let mut byte = byte.min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        byte
    }
}

/// Where a key and its value were written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub(crate) source: Arc<SourceText>,
    /// Bytes of the key; for an element of an array, those of the element.
    pub(crate) key: Range<usize>,
    /// Bytes of the value.
    pub(crate) value: Range<usize>,
}

impl Place {
    /// The place as a reader names it: the key's file, line and column.
    pub fn origin(&self) -> Origin {
        let (line, column) = self.source.position(self.key.start);
        let file = self.source.name().to_owned();
        // In the layer of a place, the remark after a value says where its figure is from.
        let note = file
            .starts_with(PLACE)
            .then(|| self.source.line(line).split_once("# "));
        Origin {
            note: note.flatten().map(|(_, note)| note.to_owned()),
            file,
            line,
            column,
        }
    }
}

/// File, line and column where a value was set, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Origin {
    /// The file as it was named, or `--set`.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// Source and year of a value that comes from data about a place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl std::fmt::Display for Origin {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.file == SET_NAME {
            return formatter.write_str(SET_NAME);
        }
        match &self.note {
            Some(note) => write!(formatter, "{}: {note}", self.file),
            None => write!(formatter, "{}:{}", self.file, self.line),
        }
    }
}

/// How the name of a place's layer begins; the code of the place follows.
pub(crate) const PLACE: &str = "place ";

/// The name under which command-line settings appear in messages.
pub const SET_NAME: &str = "--set";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_lines_and_characters_from_one() {
        let source = SourceText::new("a.toml", "é = 1\r\nbé = 2\n");
        assert_eq!(source.position(0), (1, 1));
        assert_eq!(source.position(3), (1, 3));
        assert_eq!(source.position(8), (2, 1));
        assert_eq!(source.position(11), (2, 3));
        assert_eq!(source.line(1), "é = 1");
        assert_eq!(source.line(2), "bé = 2");
        assert_eq!(source.line(9), "");
        assert_eq!(source.position(9999), (3, 1), "past the end is the end");
        assert_eq!(source.clamp_range(1..1), 0..0, "no character is cut in two");
    }
}
