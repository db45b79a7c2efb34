//! A run's record as result tables, with the units and definitions of what was measured.

#[cfg(test)]
mod tests;

mod panels;
mod policies;
mod technology;

pub use panels::{firms, workers};

use model::indicators::tables::{
    DecileYear, JobFlows, OccupationMonth, SIZE_CLASS_LABELS, SectorMonth, SizeClassYear, payments,
    sector_row_ids,
};
use model::indicators::{Definition, MonthIndicators};
use model::run::RunRecord;
use model::stats::survival_curve;
use model::units::OCCUPATION_IDS;

use super::table::{ColumnData, Table, TableError, Words};

pub(super) const MONTH: &str = "Months since the start of the scenario; 0 is its first month.";
const YEAR: &str = "Years since the start of the scenario; 0 is the state before its first month.";

/// The tables of a run: `indicators`, `sectors`, `occupations` and `flows` by month; `deciles`,
/// `firm_sizes` and `job_flows` by year; `survival` of firms by age; `technology` by month,
/// `technology_classes`, `kpis` and `archetypes` (kinds of small business) by year; `projects`, one row a project
/// that ended; `adopters` against comparable firms, by years since adoption; `policies` by month and entry of the
/// timeline; `lotteries` and `firm_lotteries`: persons and firms of its lotteries, by months since.
///
/// # Errors
/// If two columns of a table have one name, which the definitions rule out.
pub fn tables(record: &RunRecord) -> Result<Vec<Table>, TableError> {
    Ok(vec![
        indicators(record)?,
        sectors(record)?,
        occupations(record)?,
        deciles(record)?,
        firm_sizes(record)?,
        flows(record)?,
        job_flows(record)?,
        survival(record)?,
        technology::adoption(record)?,
        technology::adoption_classes(record)?,
        technology::kpis(record)?,
        technology::archetypes(record)?,
        technology::projects(record)?,
        technology::adopters(record)?,
        policies::policies(record)?,
        policies::lotteries(record)?,
        policies::firm_lotteries(record)?,
    ])
}

/// One row a month, one column a scalar.
fn indicators(record: &RunRecord) -> Result<Table, TableError> {
    let months = record.months.iter();
    let rows = months.map(|month| month.indicators.values());
    let table = Table::new("indicators").with(
        "month",
        "months",
        MONTH,
        ColumnData::U32((0..record.months.len() as u32).collect()),
    )?;
    with_measures(table, MonthIndicators::definitions(), rows)
}

fn sectors(record: &RunRecord) -> Result<Table, TableError> {
    let ids = sector_row_ids();
    let table = keyed_by_month(
        "sectors",
        "sector",
        "Market sector, or `public` for the public employer.",
        &ids,
        record.months.len(),
    )?;
    let rows = record.months.iter().flat_map(|month| &month.sectors);
    let rows = rows.map(|row| row.values().into_iter());
    with_measures(table, SectorMonth::DEFINITIONS.iter(), rows)
}

fn occupations(record: &RunRecord) -> Result<Table, TableError> {
    let table = keyed_by_month(
        "occupations",
        "occupation",
        "Occupation: major group of the Standard Occupational Classification.",
        &OCCUPATION_IDS,
        record.months.len(),
    )?;
    let rows = record.months.iter().flat_map(|month| &month.occupations);
    let rows = rows.map(|row| row.values().into_iter());
    with_measures(table, OccupationMonth::DEFINITIONS.iter(), rows)
}

fn flows(record: &RunRecord) -> Result<Table, TableError> {
    let names: Vec<&str> = payments().map(|payment| payment.flow).collect();
    let table = keyed_by_month(
        "flows",
        "flow",
        "Kind of payment.",
        &names,
        record.months.len(),
    )?;
    let (mut payers, mut payees) = (Words::default(), Words::default());
    for _ in &record.months {
        for payment in payments() {
            payers.push(payment.payer);
            payees.push(payment.payee);
        }
    }
    let cents = record.months.iter().flat_map(|month| &month.flows);
    table
        .with(
            "payer",
            "",
            "Sector of account that pays.",
            ColumnData::Text(payers),
        )?
        .with(
            "payee",
            "",
            "Sector of account that receives.",
            ColumnData::Text(payees),
        )?
        .with(
            "cents",
            "cents a month",
            "Amount paid in the month, exact.",
            ColumnData::I64(cents.copied().collect()),
        )
}

fn deciles(record: &RunRecord) -> Result<Table, TableError> {
    let numbers = |count: usize| 1..=count as u32;
    let per_year = record.deciles.first().map_or(0, |year| year.len());
    let years = (0..record.deciles.len() as u32).flat_map(|y| std::iter::repeat_n(y, per_year));
    let deciles = record.deciles.iter().flat_map(|year| numbers(year.len()));
    let table = Table::new("deciles")
        .with("year", "years", YEAR, ColumnData::U32(years.collect()))?
        .with(
            "decile",
            "",
            "Tenth of resident households by gross income, from 1 (lowest) to 10 (highest).",
            ColumnData::U32(deciles.collect()),
        )?;
    let rows = record.deciles.iter().flatten();
    let rows = rows.map(|row| row.values().into_iter());
    with_measures(table, DecileYear::DEFINITIONS.iter(), rows)
}

fn firm_sizes(record: &RunRecord) -> Result<Table, TableError> {
    let classes = SIZE_CLASS_LABELS.len();
    let years = (0..record.firm_sizes.len() as u32).flat_map(|y| std::iter::repeat_n(y, classes));
    let table = Table::new("firm_sizes")
        .with("year", "years", YEAR, ColumnData::U32(years.collect()))?
        .with(
            "size_class",
            "",
            "Workers of the firm, owner included.",
            repeated(&SIZE_CLASS_LABELS, record.firm_sizes.len()),
        )?;
    let rows = record.firm_sizes.iter().flatten();
    let rows = rows.map(|row| row.values().into_iter());
    with_measures(table, SizeClassYear::DEFINITIONS.iter(), rows)
}

fn job_flows(record: &RunRecord) -> Result<Table, TableError> {
    let years: Vec<u32> = (1..record.firms.years() as u32).collect();
    let rows = (years.iter()).filter_map(|&year| record.firms.job_flows(year as usize));
    let rows: Vec<_> = rows.map(|row| row.values().into_iter()).collect();
    let table = Table::new("job_flows").with("year", "years", YEAR, ColumnData::U32(years))?;
    with_measures(table, JobFlows::DEFINITIONS.iter(), rows.into_iter())
}

fn survival(record: &RunRecord) -> Result<Table, TableError> {
    let curve = survival_curve(&record.firms.lives());
    let counts = |of: fn(&model::stats::SurvivalStep) -> u32| {
        ColumnData::U32(curve.iter().map(of).collect())
    };
    let shares = |of: fn(&model::stats::SurvivalStep) -> f64| {
        ColumnData::F64(curve.iter().map(of).collect())
    };
    Table::new("survival")
        .with(
            "age_months",
            "months",
            "Age at which firms born since the start of the scenario closed.",
            counts(|step| step.duration),
        )?
        .with(
            "at_risk",
            "firms",
            "Firms observed until that age.",
            counts(|step| step.at_risk as u32),
        )?
        .with(
            "closed",
            "firms",
            "Firms closed at that age.",
            counts(|step| step.endings as u32),
        )?
        .with(
            "survival",
            "share",
            "Share of firms that live longer (Kaplan-Meier estimate).",
            shares(|step| step.survival),
        )?
        .with(
            "standard_error",
            "share",
            "Standard error of that share (Greenwood).",
            shares(|step| step.standard_error),
        )
}

/// A table with a month and a key, every key once a month.
fn keyed_by_month(
    name: &str,
    key: &str,
    definition: &str,
    keys: &[&str],
    months: usize,
) -> Result<Table, TableError> {
    let numbers = (0..months as u32).flat_map(|month| std::iter::repeat_n(month, keys.len()));
    Table::new(name)
        .with("month", "months", MONTH, ColumnData::U32(numbers.collect()))?
        .with(key, "", definition, repeated(keys, months))
}

fn repeated(words: &[&str], times: usize) -> ColumnData {
    let mut column = Words::default();
    for _ in 0..times {
        words.iter().for_each(|word| column.push(word));
    }
    ColumnData::Text(column)
}

/// Adds a column for each definition, from rows that give their values in the order of the definitions.
pub(super) fn with_measures<Row: Iterator<Item = f64>>(
    mut table: Table,
    definitions: impl Iterator<Item = &'static Definition>,
    rows: impl Iterator<Item = Row>,
) -> Result<Table, TableError> {
    let definitions: Vec<_> = definitions.collect();
    let mut columns = vec![Vec::new(); definitions.len()];
    for row in rows {
        for (column, value) in columns.iter_mut().zip(row) {
            column.push(value);
        }
    }
    for (definition, values) in definitions.into_iter().zip(columns) {
        table = table.with(
            definition.name,
            definition.unit,
            &definition.full_text(),
            ColumnData::F64(values),
        )?;
    }
    Ok(table)
}
