//! Tables of studies: ensembles, comparisons, sweeps.

mod answer;
mod by_replicate;
mod comparison;
mod ensemble;
mod evaluation;
mod outcome;
mod split;
mod sweep;
#[cfg(test)]
mod tests;

pub use answer::{
    AnswerError, REQUEST_NAME, page_of_run, request_text, tables_of_run, write_answer,
};
pub use by_replicate::by_replicate;
pub use comparison::{
    comparison, decile_changes, differences, occupation_changes, pairing, public_cost,
    sector_changes,
};
pub use ensemble::{ensemble, replicates};
pub use evaluation::{evaluations, forest, number, page, verdict_words};
pub use outcome::cost_per_outcome;
pub use split::automation_split;
pub use sweep::{plan, points, runs, sensitivity};

use super::table::{ColumnData, Table, TableError};
use super::{Folder, OutputError};

/// Writes a long table: as Parquet where the program was built with it, else or on request as CSV.
///
/// # Errors
/// As [`Folder::write`].
pub fn write_long(folder: &mut dyn Folder, table: &Table, csv: bool) -> Result<(), OutputError> {
    #[cfg(feature = "parquet")]
    folder.write_parquet(table)?;
    if csv || cfg!(not(feature = "parquet")) {
        folder.write_csv(table)?;
    }
    Ok(())
}

/// Name, unit and definition of a column, before its values.
type Heading = (&'static str, &'static str, &'static str);

/// Adds columns of real numbers, from rows that give one value for each heading.
fn with_numbers<const N: usize>(
    mut table: Table,
    headings: [Heading; N],
    rows: impl Iterator<Item = [f64; N]>,
) -> Result<Table, TableError> {
    let mut columns: [Vec<f64>; N] = std::array::from_fn(|_| Vec::new());
    for row in rows {
        for (column, value) in columns.iter_mut().zip(row) {
            column.push(value);
        }
    }
    for ((name, unit, definition), values) in headings.into_iter().zip(columns) {
        table = table.with(name, unit, definition, ColumnData::F64(values))?;
    }
    Ok(table)
}
