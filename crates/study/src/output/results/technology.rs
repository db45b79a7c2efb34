//! Tables of technology: users, before and after, and the log of projects.

use crate::output::table::{ColumnData, Table, TableError, Words};
use model::indicators::tables::{
    AdopterYear, AdoptionClassYear, AdoptionMonth, ArchetypeYear, FIRST_SHIFT, KPI_GROUPS, KpiYear,
    adopters as adopter_years, class_ids,
};
use model::run::RunRecord;
use model::town::technology::{FinishedProject, KPI_IDS, STAGE_IDS};
use model::units::{ARCHETYPE_IDS, ARCHETYPES, PAIN_IDS, SECTOR_IDS};

use super::{MONTH, YEAR, keyed_by_month, repeated, with_measures};

const TECHNOLOGY: &str = "Technology of the catalogue.";

/// One row a month and technology; no rows where technology is off.
pub(super) fn adoption(record: &RunRecord) -> Result<Table, TableError> {
    let rows = record.months.iter().flat_map(|month| &month.adoption);
    let ids: Vec<&str> = record.technologies.iter().map(String::as_str).collect();
    let is_on = record.months.iter().any(|month| !month.adoption.is_empty());
    let months = if is_on { record.months.len() } else { 0 };
    let table = keyed_by_month("technology", "technology", TECHNOLOGY, &ids, months)?;
    let rows = rows.map(|row| row.values().into_iter());
    with_measures(table, AdoptionMonth::DEFINITIONS.iter(), rows)
}

/// One row a year, technology and class of firms.
pub(super) fn adoption_classes(record: &RunRecord) -> Result<Table, TableError> {
    let classes: Vec<(&str, &str)> = class_ids().collect();
    let (mut years, mut ids) = (Vec::new(), Words::default());
    let (mut kinds, mut names) = (Words::default(), Words::default());
    for (year, rows) in record.adoption.iter().enumerate() {
        for place in 0..rows.len() {
            years.push(year as u32);
            ids.push(&record.technologies[place / classes.len()]);
            let (kind, name) = classes[place % classes.len()];
            kinds.push(kind);
            names.push(name);
        }
    }
    let table = Table::new("technology_classes")
        .with("year", "years", YEAR, ColumnData::U32(years))?
        .with("technology", "", TECHNOLOGY, ColumnData::Text(ids))?
        .with(
            "grouped_by",
            "",
            "What the class is one of: sectors, or sizes of firms by workers.",
            ColumnData::Text(kinds),
        )?
        .with("class", "", "Class of firms.", ColumnData::Text(names))?;
    let rows = record.adoption.iter().flatten();
    let rows = rows.map(|row| row.values().into_iter());
    with_measures(table, AdoptionClassYear::DEFINITIONS.iter(), rows)
}

/// One row a year, group of firms and measure.
pub(super) fn kpis(record: &RunRecord) -> Result<Table, TableError> {
    let years = record.kpis.len();
    let per_year = KPI_GROUPS.len() * KPI_IDS.len();
    let groups: Vec<&str> = KPI_GROUPS
        .iter()
        .flat_map(|group| std::iter::repeat_n(*group, KPI_IDS.len()))
        .collect();
    let measures: Vec<&str> = KPI_GROUPS.iter().flat_map(|_| KPI_IDS).collect();
    let numbers = (0..years as u32).flat_map(|year| std::iter::repeat_n(year, per_year));
    let table = Table::new("kpis")
        .with("year", "years", YEAR, ColumnData::U32(numbers.collect()))?
        .with(
            "group",
            "",
            "Firms whose technology assists people, those whose technology replaces them, and those that adopted none.",
            repeated(&groups, years),
        )?
        .with("measure", "", "What is measured.", repeated(&measures, years))?;
    let rows = record.kpis.iter().flatten();
    let rows = rows.map(|row| row.values().into_iter());
    with_measures(table, KpiYear::DEFINITIONS.iter(), rows)
}

/// One row a year and kind of small business; no rows where technology is off.
pub(super) fn archetypes(record: &RunRecord) -> Result<Table, TableError> {
    let on = record.archetypes.iter().filter(|rows| !rows.is_empty());
    let years = on.count();
    let numbers = (0..years as u32).flat_map(|year| std::iter::repeat_n(year, ARCHETYPES));
    let table = Table::new("archetypes")
        .with("year", "years", YEAR, ColumnData::U32(numbers.collect()))?
        .with(
            "archetype",
            "",
            "Kind of small business.",
            repeated(&ARCHETYPE_IDS, years),
        )?;
    let rows = record.archetypes.iter().flatten();
    let rows = rows.map(|row| row.values().into_iter());
    with_measures(table, ArchetypeYear::DEFINITIONS.iter(), rows)
}

/// One row a year before or after adoption.
pub(super) fn adopters(record: &RunRecord) -> Result<Table, TableError> {
    let rows = adopter_years(&record.firms);
    let shifts = (0..rows.len())
        .map(|place| place as i64 + FIRST_SHIFT)
        .collect();
    let table = Table::new("adopters").with(
        "years_since",
        "years",
        "Years since the last year-end before the firm's first adoption.",
        ColumnData::I64(shifts),
    )?;
    let rows = rows.iter().map(|row| row.values().into_iter());
    with_measures(table, AdopterYear::DEFINITIONS.iter(), rows)
}

/// One row a project that ended.
pub(super) fn projects(record: &RunRecord) -> Result<Table, TableError> {
    let rows = &record.projects;
    let month = |row: &FinishedProject| row.month.saturating_sub(record.first_month);
    let started = |row: &FinishedProject| row.project.started.saturating_sub(record.first_month);
    let numbers =
        |of: &dyn Fn(&FinishedProject) -> u32| ColumnData::U32(rows.iter().map(of).collect());
    let reals =
        |of: &dyn Fn(&FinishedProject) -> f64| ColumnData::F64(rows.iter().map(of).collect());
    let words = |of: &dyn Fn(&FinishedProject) -> String| {
        let mut column = Words::default();
        rows.iter().for_each(|row| column.push(&of(row)));
        ColumnData::Text(column)
    };
    let trigger = |row: &FinishedProject| {
        let pain = PAIN_IDS.get(usize::from(row.project.trigger));
        pain.map_or("routine", |id| id).to_owned()
    };
    // An identity is a name, not a number to compute with; its bits are kept.
    let uids = rows.iter().map(|row| row.uid.cast_signed()).collect();
    Table::new("projects")
        .with("month", "months", MONTH, numbers(&month))?
        .with(
            "started",
            "months",
            "Month of the start, counted as `month`.",
            numbers(&started),
        )?
        .with(
            "firm",
            "",
            "Identity of the firm, never reused.",
            ColumnData::I64(uids),
        )?
        .with(
            "sector",
            "",
            "Market sector.",
            words(&|row| SECTOR_IDS[usize::from(row.sector)].to_owned()),
        )?
        .with(
            "local",
            "",
            "1 if a household of the town owns the firm, else 0.",
            numbers(&|row| u32::from(row.local)),
        )?
        .with(
            "workers",
            "persons",
            "Workers at the end, owner included.",
            numbers(&|row| row.workers),
        )?
        .with(
            "technology",
            "",
            TECHNOLOGY,
            words(&|row| record.technologies[usize::from(row.project.technology)].clone()),
        )?
        .with(
            "stage",
            "",
            "Stage the project leads to.",
            words(&|row| STAGE_IDS[usize::from(row.project.stage) - 1].to_owned()),
        )?
        .with(
            "mode",
            "",
            "Whether it replaces or assists people.",
            words(&|row| row.project.mode.name().to_owned()),
        )?
        .with(
            "trigger",
            "",
            "Pain point that started it, or `routine`.",
            words(&trigger),
        )?
        .with(
            "reengineered",
            "",
            "1 if processes were put in order first.",
            numbers(&|row| u32::from(row.project.reengineers)),
        )?
        .with(
            "trained",
            "",
            "1 if staff were trained.",
            numbers(&|row| u32::from(row.project.trains)),
        )?
        .with(
            "alignment",
            "-1 to 1",
            "Alignment with the owner's values.",
            reals(&|row| f64::from(row.project.alignment)),
        )?
        .with(
            "fit",
            "0 to 1",
            "How well it answers the pain point.",
            reals(&|row| f64::from(row.project.fit)),
        )?
        .with(
            "promised",
            "dollars a year",
            "Benefit promised.",
            reals(&|row| row.project.promised),
        )?
        .with(
            "realized",
            "dollars a year",
            "Benefit realized; 0 if abandoned or taken back.",
            reals(&|row| row.realized),
        )?
        .with(
            "cost",
            "dollars",
            "Spent on it.",
            reals(&|row| row.project.spent.dollars()),
        )?
        .with(
            "staff_time",
            "dollars",
            "Time of the firm's own staff agreed for it, at what the staff is paid.",
            reals(&|row| row.project.parts.staff_time.dollars()),
        )?
        .with(
            "technology_cost",
            "dollars",
            "Agreed for the technology itself.",
            reals(&|row| row.project.parts.technology.dollars()),
        )?
        .with(
            "integration_cost",
            "dollars",
            "Agreed for integration, data and set-up.",
            reals(&|row| row.project.parts.integration.dollars()),
        )?
        .with(
            "reorganization_cost",
            "dollars",
            "Agreed for reorganization and for adjustment to the owner's values.",
            reals(&|row| {
                let parts = &row.project.parts;
                (parts.reorganization + parts.adjustment).dollars()
            }),
        )?
        .with(
            "training_cost",
            "dollars",
            "Agreed for training of staff.",
            reals(&|row| row.project.parts.training.dollars()),
        )?
        .with(
            "granted",
            "dollars",
            "Of these costs, paid by grants and subsidies.",
            reals(&|row| row.project.granted.dollars()),
        )?
        .with(
            "running",
            "dollars a year",
            "Subscription and levies it brings.",
            reals(&|row| row.project.running),
        )?
        .with(
            "payback_promised",
            "months",
            "Months in which the promised benefit, less running cost, pays back all costs; empty if it never does.",
            reals(&FinishedProject::payback_promised),
        )?
        .with(
            "payback_realized",
            "months",
            "The same with the realized benefit; empty if it never does.",
            reals(&FinishedProject::payback_realized),
        )?
        .with(
            "outcome",
            "",
            "How it ended.",
            words(&|row| row.outcome.name().to_owned()),
        )
}
