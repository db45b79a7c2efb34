//! The table of policies: what each entry of the timeline cost and whom it reached.

use crate::output::table::{ColumnData, Table, TableError, Words};
use model::indicators::ProgramRow;
use model::indicators::tables::{
    FirmLotteryRow, TrainingRow, firm_lotteries as rows_of_firms, training as rows_of,
};
use model::run::RunRecord;
use model::town::participants::{FIRM_HORIZONS, HORIZONS};

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

/// One row an entry that held lotteries and horizon; no rows without such entries.
pub(super) fn lotteries(record: &RunRecord) -> Result<Table, TableError> {
    let mut names = Words::default();
    let (mut horizons, mut rows) = (Vec::new(), Vec::new());
    for (name, outcomes) in record.policies.iter().zip(&record.training) {
        if outcomes.is_empty() {
            continue;
        }
        for (months, row) in HORIZONS.iter().zip(rows_of(outcomes)) {
            names.push(name);
            horizons.push(*months);
            rows.push(row);
        }
    }
    let table = Table::new("lotteries")
        .with(
            "policy",
            "",
            "Entry of the timeline: its kind, numbered if there are several of it.",
            ColumnData::Text(names),
        )?
        .with(
            "months_since",
            "months",
            "Months since the first lottery an applicant took part in.",
            ColumnData::U32(horizons),
        )?;
    let rows: Vec<_> = rows.iter().map(|row| row.values().into_iter()).collect();
    with_measures(table, TrainingRow::DEFINITIONS.iter(), rows.into_iter())
}

/// One row an entry with a lottery among firms and horizon; no rows without such entries.
pub(super) fn firm_lotteries(record: &RunRecord) -> Result<Table, TableError> {
    let mut names = Words::default();
    let (mut horizons, mut rows) = (Vec::new(), Vec::new());
    for (name, outcomes) in record.policies.iter().zip(&record.firm_lotteries) {
        let followed = outcomes.iter().flatten().any(|group| group.firms > 0);
        if !followed {
            continue;
        }
        for (months, row) in FIRM_HORIZONS.iter().zip(rows_of_firms(outcomes)) {
            names.push(name);
            horizons.push(*months);
            rows.push(row);
        }
    }
    let table = Table::new("firm_lotteries")
        .with(
            "policy",
            "",
            "Entry of the timeline: its kind, numbered if there are several of it.",
            ColumnData::Text(names),
        )?
        .with(
            "months_since",
            "months",
            "Months since a firm had heard of the program.",
            ColumnData::U32(horizons),
        )?;
    let rows: Vec<_> = rows.iter().map(|row| row.values().into_iter()).collect();
    with_measures(table, FirmLotteryRow::DEFINITIONS.iter(), rows.into_iter())
}
