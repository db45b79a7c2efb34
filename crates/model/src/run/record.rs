//! What one replicate leaves behind.

use serde::{Deserialize, Serialize};

use crate::indicators::tables::{
    AdoptionClassYear, ArchetypeYear, DECILES, DecileYear, FirmPanel, KpiYear, SIZE_CLASSES,
    SizeClassYear, WorkerPanel,
};
use crate::indicators::{MonthIndicators, MonthRecord};
use crate::town::participants::{FirmOutcomes, Outcomes};
use crate::town::technology::FinishedProject;

/// Everything measured in one replicate.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RunRecord {
    /// Seed of the study.
    pub seed: u64,
    /// Number of the replicate.
    pub replicate: u32,
    /// Names of the timeline's entries, in the order of the table of policies.
    pub policies: Vec<String>,
    /// What became of the applicants of each entry's lotteries; no rows where none were held.
    pub training: Vec<Outcomes>,
    /// What became of firms in each entry's lottery; no rows where none were held.
    pub firm_lotteries: Vec<FirmOutcomes>,
    /// The recorded months, from month 0.
    pub months: Vec<MonthRecord>,
    /// Income deciles: at the start (year 0) and after every 12 months.
    pub deciles: Vec<[DecileYear; DECILES]>,
    /// Size classes of firms, in the same years.
    pub firm_sizes: Vec<[SizeClassYear; SIZE_CLASSES]>,
    /// Identifiers of the technologies, in the order of the tables by technology.
    pub technologies: Vec<String>,
    /// Users of each technology by sector and size of firm, in the same years.
    pub adoption: Vec<Vec<AdoptionClassYear>>,
    /// What automation changed in firms, in the same years.
    pub kpis: Vec<Vec<KpiYear>>,
    /// Kinds of small business, in the same years; none where technology is off.
    pub archetypes: Vec<Vec<ArchetypeYear>>,
    /// Projects that ended in the recorded months.
    pub projects: Vec<FinishedProject>,
    /// Months of burn-in, which projects' months count.
    pub first_month: u32,
    /// Firms followed through the same years, and the lives of those born since the start.
    pub firms: FirmPanel,
    /// Persons followed from month to month; none in ensembles.
    pub workers: WorkerPanel,
}

impl RunRecord {
    /// The months of one scalar, from month 0; `None` if no scalar has that name.
    pub fn series(&self, name: &str) -> Option<Vec<f64>> {
        let place = MonthIndicators::definitions().position(|d| d.name == name)?;
        let value = |month: &MonthRecord| month.indicators.values().nth(place);
        self.months.iter().map(value).collect()
    }
}
