//! Sectors, occupations, programs, technologies and tenths of households of each replicate, by year: the tables from
//! which every one of their figures gets an interval.

use crate::ensemble::ReplicateSeries;
use crate::output::results::with_measures;
use crate::output::table::{ColumnData, Table, TableError, Words};
use model::indicators::tables::{
    AdoptionMonth, DecileYear, OccupationMonth, SectorMonth, sector_row_ids,
};
use model::indicators::{Definition, ProgramRow};
use model::stats::{mean, present};
use model::units::OCCUPATION_IDS;

/// Months whose mean a row is.
const YEAR: usize = 12;

/// Rows of one kind of group, while they are gathered.
struct Rows {
    scenarios: Words,
    replicates: Vec<u32>,
    years: Vec<u32>,
    groups: Words,
    values: Vec<Vec<f64>>,
}

impl Rows {
    fn new() -> Rows {
        Rows {
            scenarios: Words::default(),
            replicates: Vec::new(),
            years: Vec::new(),
            groups: Words::default(),
            values: Vec::new(),
        }
    }

    fn push(&mut self, run: (&str, u32), year: u32, group: &str, values: Vec<f64>) {
        self.scenarios.push(run.0);
        self.replicates.push(run.1);
        self.years.push(year);
        self.groups.push(group);
        self.values.push(values);
    }

    /// Adds the means over each year of a replicate's months.
    fn add_years(&mut self, run: (&str, u32), names: &[&str], months: &[Vec<Vec<f64>>]) {
        for (year, months) in months.chunks(YEAR).enumerate() {
            for (group, name) in names.iter().enumerate() {
                let columns = months
                    .first()
                    .map_or(0, |m| m.get(group).map_or(0, Vec::len));
                let values = (0..columns).map(|column| {
                    let series: Vec<f64> = months.iter().map(|m| m[group][column]).collect();
                    mean(&present(&series))
                });
                self.push(run, year as u32 + 1, name, values.collect());
            }
        }
    }

    fn table(
        self,
        name: &str,
        group: &str,
        definitions: &'static [Definition],
    ) -> Result<Table, TableError> {
        let table = Table::new(name)
            .with("scenario", "", "Scenario of the run.", ColumnData::Text(self.scenarios))?
            .with(
                "replicate",
                "",
                "Number of the replicate; with the seed it names all draws.",
                ColumnData::U32(self.replicates),
            )?
            .with(
                "year",
                "years",
                "Year of the scenario, from 1; figures are means of its months (of tenths of households, its end).",
                ColumnData::U32(self.years),
            )?
            .with(group, "", "Group the row is about.", ColumnData::Text(self.groups))?;
        let rows = self.values.into_iter().map(Vec::into_iter);
        with_measures(table, definitions.iter(), rows)
    }
}

/// The five tables of some scenarios' replicates: `replicate_sectors`, `replicate_occupations`, `replicate_policies`,
/// `replicate_technology`, `replicate_deciles`.
///
/// # Errors
/// If two columns have one name, which the definitions rule out.
pub fn by_replicate(scenarios: &[(&str, &[ReplicateSeries])]) -> Result<Vec<Table>, TableError> {
    let mut rows: [Rows; 5] = std::array::from_fn(|_| Rows::new());
    let sectors = sector_row_ids();
    let tenths: Vec<String> = (1..=10).map(|tenth| tenth.to_string()).collect();
    for (name, series) in scenarios {
        for one in *series {
            let run = (*name, one.replicate);
            rows[0].add_years(
                run,
                &sectors,
                &monthly(&one.sectors, |r: &SectorMonth| r.values().to_vec()),
            );
            let jobs = monthly(&one.occupations, |r: &OccupationMonth| r.values().to_vec());
            rows[1].add_years(run, &OCCUPATION_IDS, &jobs);
            let names: Vec<&str> = one.policies.iter().map(String::as_str).collect();
            rows[2].add_years(
                run,
                &names,
                &monthly(&one.programs, |r: &ProgramRow| r.values().to_vec()),
            );
            let names: Vec<&str> = one.technologies.iter().map(String::as_str).collect();
            rows[3].add_years(
                run,
                &names,
                &monthly(&one.adoption, |r: &AdoptionMonth| r.values().to_vec()),
            );
            for (year, tenths_of_year) in one.deciles.iter().enumerate() {
                for (tenth, row) in tenths.iter().zip(tenths_of_year) {
                    rows[4].push(run, year as u32, tenth, row.values().to_vec());
                }
            }
        }
    }
    let [sectors, occupations, policies, technology, deciles] = rows;
    Ok(vec![
        sectors.table("replicate_sectors", "sector", SectorMonth::DEFINITIONS)?,
        occupations.table(
            "replicate_occupations",
            "occupation",
            OccupationMonth::DEFINITIONS,
        )?,
        policies.table("replicate_policies", "policy", ProgramRow::DEFINITIONS)?,
        technology.table(
            "replicate_technology",
            "technology",
            AdoptionMonth::DEFINITIONS,
        )?,
        deciles.table("replicate_deciles", "decile", DecileYear::DEFINITIONS)?,
    ])
}

/// Rows of each month as numbers; a technology that is off has none, and then the month has no groups.
fn monthly<'a, M, R: 'a>(months: &'a [M], values: impl Fn(&R) -> Vec<f64>) -> Vec<Vec<Vec<f64>>>
where
    &'a M: IntoIterator<Item = &'a R>,
{
    let of_month = |month: &'a M| month.into_iter().map(&values).collect();
    months.iter().map(of_month).collect()
}
