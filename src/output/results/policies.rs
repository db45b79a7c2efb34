//! The table of policies: what each entry of the timeline cost and whom it reached.

use crate::indicators::ProgramRow;
use crate::output::table::{Table, TableError};
use crate::run::RunRecord;

use super::{keyed_by_month, with_measures};

/// One row a month and entry of the timeline; no rows without entries.
pub(super) fn policies(record: &RunRecord) -> Result<Table, TableError> {
    let names: Vec<&str> = record.policies.iter().map(String::as_str).collect();
    let table = keyed_by_month(
        "policies",
        "policy",
        "Entry of the timeline: its kind, numbered if there are several of it.",
        &names,
        record.months.len(),
    )?;
    let rows = record.months.iter().flat_map(|month| &month.programs);
    let rows = rows.map(|row| row.values().into_iter());
    with_measures(table, ProgramRow::DEFINITIONS.iter(), rows)
}
