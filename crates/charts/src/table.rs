//! The numbers of a chart as CSV.
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
        writer.write_record(&row).map_err(failed)?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|error| ChartError::Drawing(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| ChartError::Drawing(error.to_string()))
}

/// A number as written: the shortest text that reads back the same, or nothing if there is none.
pub(super) fn cell(value: f64) -> String {
    if value.is_finite() {
        (value + 0.0).to_string()
    } else {
        String::new()
    }
}
