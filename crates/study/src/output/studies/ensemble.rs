//! Tables of many replicates of one scenario.

use crate::Band;
use crate::ensemble::ReplicateSeries;
use crate::output::results::{MONTH, with_measures};
use crate::output::table::{ColumnData, Table, TableError};
use model::indicators::MonthIndicators;

use super::with_numbers;

/// `ensemble`: each indicator in each month over all replicates.
///
/// # Errors
/// If two columns have one name, which their list rules out.
pub fn ensemble(bands: &[Band]) -> Result<Table, TableError> {
    let definitions: Vec<_> = MonthIndicators::definitions().collect();
    let names = bands.iter().map(|band| definitions[band.indicator].name);
    let months = bands.iter().map(|band| band.month);
    let table = Table::new("ensemble")
        .with(
            "indicator",
            "",
            "Indicator, as named in the table replicates; its unit is told there.",
            ColumnData::Text(names.collect()),
        )?
        .with("month", "months", MONTH, ColumnData::U32(months.collect()))?;
    let unit = "unit of the indicator";
    let table = with_numbers(
        table,
        [
            (
                "mean",
                unit,
                "Mean over replicates. Empty if the indicator exists in none.",
            ),
            ("p05", unit, "5% of replicates lie below."),
            ("p25", unit, "25% of replicates lie below."),
            ("median", unit, "Half of the replicates lie below."),
            ("p75", unit, "75% of replicates lie below."),
            ("p95", unit, "95% of replicates lie below."),
        ],
        bands.iter().map(|band| {
            let [p05, p25, median, p75, p95] = band.quantiles;
            [band.mean, p05, p25, median, p75, p95]
        }),
    )?;
    let counts = bands.iter().map(|band| band.replicates);
    table.with(
        "replicates",
        "replicates",
        "Replicates in which the indicator exists.",
        ColumnData::U32(counts.collect()),
    )
}

/// `replicates`: all indicators of each replicate and month.
///
/// # Errors
/// If two columns have one name, which the definitions rule out.
pub fn replicates(series: &[ReplicateSeries]) -> Result<Table, TableError> {
    let table = keys(Table::new("replicates"), series)?;
    let months = series.iter().flat_map(|one| &one.months);
    let rows = months.map(|month| month.values());
    with_measures(table, MonthIndicators::definitions(), rows)
}

/// Adds the columns that name a replicate and a month.
pub(super) fn keys(table: Table, series: &[ReplicateSeries]) -> Result<Table, TableError> {
    let numbers = series
        .iter()
        .flat_map(|one| std::iter::repeat_n(one.replicate, one.months.len()));
    let months = series.iter().flat_map(|one| 0..one.months.len() as u32);
    table
        .with(
            "replicate",
            "",
            "Number of the replicate; with the seed it names all draws.",
            ColumnData::U32(numbers.collect()),
        )?
        .with("month", "months", MONTH, ColumnData::U32(months.collect()))
}
