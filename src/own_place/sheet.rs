//! Texts of files: their bytes as letters, their lines as cells, and what is wrong with them.

use std::collections::BTreeMap;

use super::File;

/// What is wrong with a file, in one message.
#[derive(Clone, Debug, PartialEq)]
pub struct Trouble {
    /// The file; empty if none is to blame.
    pub file: String,
    /// Line, from 1; 0 if it is about the whole.
    pub line: usize,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub advice: Option<String>,
}

impl Trouble {
    pub(super) fn of(file: &str, line: usize, message: impl Into<String>) -> Trouble {
        Trouble {
            file: file.to_owned(),
            line,
            message: message.into(),
            advice: None,
        }
    }

    pub(super) fn try_this(mut self, advice: impl Into<String>) -> Trouble {
        self.advice = Some(advice.into());
        self
    }
}

impl std::fmt::Display for Trouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.file.as_str(), self.line) {
            ("", _) => {}
            (file, 0) => write!(f, "{file}: ")?,
            (file, line) => write!(f, "{file}:{line}: ")?,
        }
        f.write_str(&self.message)?;
        match &self.advice {
            Some(advice) => write!(f, "; {advice}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Trouble {}

/// The letters of a file.
pub(super) fn decode(file: &File, told: &mut Vec<String>) -> Result<String, Trouble> {
    if file.bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Trouble::of(&file.name, 0, "the file is empty"));
    }
    if file.bytes.starts_with(b"PK") {
        return Err(Trouble::of(
            &file.name,
            0,
            "this is a ZIP archive or a spreadsheet, not CSV",
        )
        .try_this("unpack it, or save the sheet as CSV"));
    }
    match std::str::from_utf8(&file.bytes) {
        Ok(text) => {
            if text.starts_with('\u{feff}') {
                told.push(format!(
                    "{} begins with a byte-order mark, which is left out",
                    file.name
                ));
            }
            Ok(text.trim_start_matches('\u{feff}').to_owned())
        }
        Err(error) => {
            let before = &file.bytes[..error.valid_up_to()];
            let line = 1 + before.iter().filter(|&&byte| byte == b'\n').count();
            let message = "this is not text in UTF-8: a letter of it is stored in another way, perhaps Windows-1252";
            Err(Trouble::of(&file.name, line, message).try_this("save the file as CSV UTF-8"))
        }
    }
}

/// A table: named columns, and rows with the line each stands on.
pub(super) struct Sheet {
    file: String,
    columns: BTreeMap<String, usize>,
    /// Rows below the heading.
    pub rows: Vec<(usize, csv::StringRecord)>,
}

impl Sheet {
    pub(super) fn read(file: &File, told: &mut Vec<String>) -> Result<Sheet, Trouble> {
        let text = decode(file, told)?;
        let mut reader = csv::ReaderBuilder::new();
        let mut reader = reader
            .flexible(true)
            .has_headers(false)
            .from_reader(text.as_bytes());
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| {
                let line = error.position().map_or(0, |place| place.line() as usize);
                Trouble::of(&file.name, line, format!("this is not CSV: {error}"))
            })?;
            let line = record.position().map_or(0, |place| place.line() as usize);
            rows.push((line, record));
        }
        let (_, heading) = rows.remove(0);
        let name = |cell: &str| cell.trim().to_lowercase();
        let columns = heading
            .iter()
            .enumerate()
            .map(|(at, cell)| (name(cell), at))
            .collect();
        Ok(Sheet {
            file: file.name.clone(),
            columns,
            rows,
        })
    }

    pub(super) fn trouble(&self, line: usize, message: impl Into<String>) -> Trouble {
        Trouble::of(&self.file, line, message)
    }

    /// The first of these columns that there is.
    pub(super) fn column(&self, names: &[&str]) -> Result<usize, Trouble> {
        let found = names.iter().find_map(|name| self.columns.get(*name));
        found.copied().ok_or_else(|| {
            let all: Vec<String> = self.columns.keys().cloned().collect();
            self.trouble(
                1,
                format!("the column `{}` is missing", names.join("` or `")),
            )
            .try_this(format!("its columns: {}", listed(&all)))
        })
    }

    /// The number in a cell.
    pub(super) fn number(
        &self,
        (line, row): &(usize, csv::StringRecord),
        column: usize,
        name: &str,
    ) -> Result<f64, Trouble> {
        let cell = row.get(column).unwrap_or_default().trim().replace(',', "");
        cell.parse().map_err(|_| {
            self.trouble(
                *line,
                format!("`{name}` is `{cell}`, which is not a number"),
            )
        })
    }
}

/// The first of some names.
pub(super) fn listed(names: &[String]) -> String {
    const MOST: usize = 12;
    let mut text = names
        .iter()
        .take(MOST)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    if names.len() > MOST {
        text.push_str(&format!(" and {} more", names.len() - MOST));
    }
    text
}

/// A cell of an American Community Survey: its marks for "no figure" are none, "250,000+" is 250,000.
pub(super) fn survey_number(cell: &str) -> Option<f64> {
    let cell = cell.trim().trim_end_matches(['+', '%']).replace(',', "");
    cell.parse().ok()
}
