//! What is kept of each of many replicates.

use serde::{Deserialize, Serialize};

use crate::indicators::MonthIndicators;
use crate::indicators::tables::{DECILES, DecileYear, OccupationMonth};
use crate::run::RunRecord;
use crate::units::OCCUPATIONS;

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
    /// Income deciles: at the start (year 0) and after every 12 months.
    pub deciles: Vec<[DecileYear; DECILES]>,
}

impl From<RunRecord> for ReplicateSeries {
    fn from(record: RunRecord) -> Self {
        let (months, occupations) = (record.months.into_iter())
            .map(|month| (month.indicators, month.occupations))
            .unzip();
        ReplicateSeries {
            seed: record.seed,
            replicate: record.replicate,
            months,
            occupations,
            deciles: record.deciles,
        }
    }
}
