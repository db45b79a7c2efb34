//! What many replicates say of one scenario: the middle and the spread of each indicator in each month.

use crate::ensemble::ReplicateSeries;
use model::indicators::MonthIndicators;
use model::stats::{mean, quantiles};

/// Probabilities of [`Band::quantiles`]: bands of 90% and 50%, and the median.
pub const BAND_PROBABILITIES: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

/// One indicator in one month over all replicates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// Place of the indicator in [`MonthIndicators::definitions`].
    pub indicator: usize,
    /// Month since the start of the scenario, from 0.
    pub month: u32,
    /// Mean over replicates; `NaN` if the indicator exists in none.
    pub mean: f64,
    /// Quantiles over replicates at [`BAND_PROBABILITIES`].
    pub quantiles: [f64; BAND_PROBABILITIES.len()],
    /// Replicates in which the indicator exists.
    pub replicates: u32,
}

/// The bands of all indicators and months, by indicator and then by month. Replicates of different lengths count
/// as far as they go.
pub fn bands(replicates: &[ReplicateSeries]) -> Vec<Band> {
    let values: Vec<Vec<Vec<f64>>> = replicates.iter().map(values_by_month).collect();
    let months = values.iter().map(Vec::len).max().unwrap_or(0);
    let indicators = MonthIndicators::definitions().count();
    let mut found = Vec::with_capacity(indicators * months);
    for indicator in 0..indicators {
        for month in 0..months {
            let present: Vec<f64> = (values.iter())
                .filter_map(|replicate| Some(replicate.get(month)?[indicator]))
                .filter(|value| !value.is_nan())
                .collect();
            let mut at = [f64::NAN; BAND_PROBABILITIES.len()];
            at.copy_from_slice(&quantiles(&present, &BAND_PROBABILITIES));
            found.push(Band {
                indicator,
                month: month as u32,
                mean: mean(&present),
                quantiles: at,
                replicates: present.len() as u32,
            });
        }
    }
    found
}

/// All indicators of each month.
pub(super) fn values_by_month(replicate: &ReplicateSeries) -> Vec<Vec<f64>> {
    let months = replicate.months.iter();
    months.map(|month| month.values().collect()).collect()
}
