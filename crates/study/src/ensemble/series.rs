//! What is kept of each of many replicates.

use serde::{Deserialize, Serialize};

use model::indicators::tables::{
    AdoptionMonth, DECILES, DecileYear, OccupationMonth, SECTOR_ROWS, SectorMonth, training,
};
use model::indicators::{MonthIndicators, ProgramRow};
use model::run::RunRecord;
use model::town::participants::HORIZONS;
use model::units::OCCUPATIONS;

/// The series of one replicate: scalars and occupations by month, deciles by year. A hundredth of a whole
/// [`RunRecord`] in a large town, because firms are left out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReplicateSeries {
    /// Seed of the study.
    pub seed: u64,
    /// Number of the replicate.
    pub replicate: u32,
    /// The scalars of the recorded months, from month 0.
    pub months: Vec<MonthIndicators>,
    /// One row an occupation, in the same months.
    pub occupations: Vec<[OccupationMonth; OCCUPATIONS]>,
    /// One row a sector, the public employer last, in the same months.
    pub sectors: Vec<[SectorMonth; SECTOR_ROWS]>,
    /// Names of the timeline's entries.
    pub policies: Vec<String>,
    /// One row an entry of the timeline, in the same months.
    pub programs: Vec<Vec<ProgramRow>>,
    /// Names of the technologies; none where technology is off.
    pub technologies: Vec<String>,
    /// One row a technology, in the same months.
    pub adoption: Vec<Vec<AdoptionMonth>>,
    /// Income deciles: at the start (year 0) and after every 12 months.
    pub deciles: Vec<[DecileYear; DECILES]>,
    /// Persons whom programs of the timeline reached for the first time in their present spell, all months together.
    pub people_reached: f64,
    /// Persons at work a year after a lottery that drew them, less as many of those not drawn, all programs together.
    pub placed_gain: f64,
}

/// Place in [`HORIZONS`] of the horizon at which those drawn are looked at.
const PLACED_AT: usize = 3;
const _: () = assert!(HORIZONS[PLACED_AT] == 12);

impl From<RunRecord> for ReplicateSeries {
    fn from(record: RunRecord) -> Self {
        let rows = record.months.iter().flat_map(|month| &month.programs);
        let people_reached = rows.map(|row| row.people_new).sum();
        let placed_gain = (record.training.iter())
            .map(|outcomes| training(outcomes)[PLACED_AT])
            .filter(|row| row.employment_gain.is_finite())
            .fold(0.0, |sum, row| sum + row.drawn * row.employment_gain);
        let programs = record
            .months
            .iter()
            .map(|month| month.programs.clone())
            .collect();
        let adoption: Vec<Vec<AdoptionMonth>> = record
            .months
            .iter()
            .map(|month| month.adoption.clone())
            .collect();
        let technologies = match adoption.first() {
            Some(rows) => record
                .technologies
                .iter()
                .take(rows.len())
                .cloned()
                .collect(),
            None => Vec::new(),
        };
        let sectors = record.months.iter().map(|month| month.sectors).collect();
        let (months, occupations) = (record.months.into_iter())
            .map(|month| (month.indicators, month.occupations))
            .unzip();
        ReplicateSeries {
            seed: record.seed,
            replicate: record.replicate,
            months,
            occupations,
            sectors,
            policies: record.policies,
            programs,
            technologies,
            adoption,
            deciles: record.deciles,
            people_reached,
            placed_gain,
        }
    }
}
