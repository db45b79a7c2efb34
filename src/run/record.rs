//! What one replicate leaves behind.

use serde::{Deserialize, Serialize};

use crate::indicators::tables::{DECILES, DecileYear, FirmPanel, SIZE_CLASSES, SizeClassYear};
use crate::indicators::{MonthIndicators, MonthRecord};

/// Everything measured in one replicate.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RunRecord {
    /// Seed of the study.
    pub seed: u64,
    /// Number of the replicate.
    pub replicate: u32,
    /// The recorded months, from month 0.
    pub months: Vec<MonthRecord>,
    /// Income deciles: at the start (year 0) and after every 12 months.
    pub deciles: Vec<[DecileYear; DECILES]>,
    /// Size classes of firms, in the same years.
    pub firm_sizes: Vec<[SizeClassYear; SIZE_CLASSES]>,
    /// Firms followed through the same years, and the lives of those born since the start.
    pub firms: FirmPanel,
}

impl RunRecord {
    /// The months of one scalar, from month 0; `None` if no scalar has that name.
    pub fn series(&self, name: &str) -> Option<Vec<f64>> {
        let place = MonthIndicators::definitions().position(|d| d.name == name)?;
        let value = |month: &MonthRecord| month.indicators.values().nth(place);
        self.months.iter().map(value).collect()
    }
}
