//! Bootstrap intervals whose resamples are named by number, so that they do not depend on who
//! computes them when.
use crate::design::{Purpose, below};
use model::stats::{present, quantiles, standard_deviation};
use rayon::prelude::*;

/// How intervals are computed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bootstrap {
    /// Number of resamples; some hundreds at least.
    pub resamples: u32,
    /// Probability that an interval is meant to cover (0–1), 0.95 by custom.
    pub confidence: f64,
    /// Seed of the resampling.
    pub seed: u64,
}

impl Default for Bootstrap {
    fn default() -> Self {
        Bootstrap {
            resamples: 1000,
            confidence: 0.95,
            seed: 1,
        }
    }
}

/// An index with its percentile bootstrap interval (Efron 1979).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The index from all runs.
    pub value: f64,
    /// Lower end of the interval; `NaN` without resamples.
    pub low: f64,
    /// Upper end of the interval; `NaN` without resamples.
    pub high: f64,
    /// Standard deviation over resamples; `NaN` below two.
    pub standard_error: f64,
}

impl Bootstrap {
    /// Intervals for each of `values`, where `statistics` computes all of them from a list of
    /// blocks of runs, named by number and possibly repeated.
    pub(super) fn intervals(
        &self,
        values: &[f64],
        blocks: usize,
        purpose: Purpose,
        statistics: impl Fn(&[usize]) -> Vec<f64> + Sync,
    ) -> Vec<Estimate> {
        let resampled: Vec<Vec<f64>> = (0..self.resamples)
            .into_par_iter()
            .map(|resample| {
                let drawn: Vec<usize> = (0..blocks)
                    .map(|place| below(blocks, self.seed, purpose, resample, place as u32))
                    .collect();
                statistics(&drawn)
            })
            .collect();
        let tail = 0.5 * (1.0 - self.confidence);
        let estimates = values.iter().enumerate().map(|(index, &value)| {
            // A resample may draw one block over and over and have no variance to explain.
            let spread = present(&resampled.iter().map(|r| r[index]).collect::<Vec<_>>());
            let bounds = quantiles(&spread, &[tail, 1.0 - tail]);
            Estimate {
                value,
                low: bounds[0],
                high: bounds[1],
                standard_error: standard_deviation(&spread),
            }
        });
        estimates.collect()
    }
}
