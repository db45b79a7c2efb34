//! The numbers of a chart as CSV.
use std::borrow::Cow;

use super::ChartError;

/// A header and its rows.
pub(super) fn write<I>(header: &[&str], rows: I) -> Result<String, ChartError>
where
    I: IntoIterator<Item = Vec<String>>,
{
    let failed = |error: csv::Error| ChartError::Drawing(error.to_string());
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(header).map_err(failed)?;
    for row in rows {
        let cells = row.iter().map(|cell| harmless(cell).into_owned());
        writer.write_record(cells).map_err(failed)?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|error| ChartError::Drawing(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| ChartError::Drawing(error.to_string()))
}

/// A cell that no spreadsheet takes for a formula: a text that begins like one gets an apostrophe in front. Numbers
/// stay as they are.
#[must_use]
pub fn harmless(cell: &str) -> Cow<'_, str> {
    let begins = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if begins && cell.parse::<f64>().is_err() {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

/// The text that [`harmless`] was given.
#[must_use]
pub fn as_written(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if harmless(text) == cell => text,
        _ => cell,
    }
}

/// A number as written: the shortest text that reads back the same, or nothing if there is none.
pub(super) fn cell(value: f64) -> String {
    if value.is_finite() {
        (value + 0.0).to_string()
    } else {
        String::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_begin_like_formulas_are_texts_and_read_back() {
        for (cell, written) in [
            ("=1+1", "'=1+1"),
            ("@SUM(1,2) (59)", "'@SUM(1,2) (59)"),
            ("-2 retail", "'-2 retail"),
            ("-2.5e3", "-2.5e3"),
            ("retail", "retail"),
            ("'tis", "'tis"),
            ("", ""),
        ] {
            assert_eq!(harmless(cell), written);
            assert_eq!(as_written(&harmless(cell)), cell);
        }
    }
}
