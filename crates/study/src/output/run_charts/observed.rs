//! The numbers behind the charts: one line from one run, or a mean with bands from several.

use crate::ensemble::ReplicateSeries;
use charts::{Band, Series, Told};
use model::indicators::MonthIndicators;
use model::indicators::tables::{DECILES, DecileYear, OccupationMonth};
use model::run::RunRecord;
use model::stats;
use model::units::OCCUPATIONS;

/// Months in a year.
pub(super) const YEAR: usize = 12;
/// Fewest runs whose spread is worth a band.
const FEWEST_FOR_BANDS: usize = 5;

/// What is kept of a month whether its firms and flows were kept or not.
#[derive(Clone, Copy, Debug)]
pub(super) struct Month<'a> {
    pub scalars: &'a MonthIndicators,
    pub occupations: &'a [OccupationMonth; OCCUPATIONS],
}

/// One replicate.
#[derive(Clone, Debug)]
pub(super) struct Replicate<'a> {
    pub number: u32,
    pub months: Vec<Month<'a>>,
    pub deciles: &'a [[DecileYear; DECILES]],
}

/// The replicates of one scenario, of equal length.
#[derive(Clone, Debug)]
pub(super) struct Observed<'a> {
    pub seed: u64,
    pub replicates: Vec<Replicate<'a>>,
}

impl<'a> Observed<'a> {
    /// One run.
    pub fn of_run(record: &'a RunRecord) -> Observed<'a> {
        let months = record.months.iter().map(|month| Month {
            scalars: &month.indicators,
            occupations: &month.occupations,
        });
        Observed {
            seed: record.seed,
            replicates: vec![Replicate {
                number: record.replicate,
                months: months.collect(),
                deciles: &record.deciles,
            }],
        }
    }

    /// Many runs of one scenario.
    pub fn of_series(series: &'a [ReplicateSeries]) -> Observed<'a> {
        let replicates = series.iter().map(|one| {
            let months = one.months.iter().zip(&one.occupations);
            Replicate {
                number: one.replicate,
                months: months
                    .map(|(scalars, occupations)| Month {
                        scalars,
                        occupations,
                    })
                    .collect(),
                deciles: &one.deciles,
            }
        });
        Observed {
            seed: series.first().map_or(0, |one| one.seed),
            replicates: replicates.collect(),
        }
    }

    /// Months that every replicate has.
    pub fn months(&self) -> usize {
        let lengths = self
            .replicates
            .iter()
            .map(|replicate| replicate.months.len());
        lengths.min().unwrap_or(0)
    }

    /// Whether charts show bands.
    pub fn has_bands(&self) -> bool {
        self.replicates.len() >= FEWEST_FOR_BANDS
    }

    /// A scalar over the months; its label tells the mean of the last year.
    pub fn scalar(
        &self,
        label: &str,
        color: usize,
        of: impl Fn(&MonthIndicators) -> f64,
    ) -> Series {
        self.monthly(label, color, |month| of(month.scalars), <[f64]>::to_vec)
    }

    /// As [`Observed::line`] where months are not smoothed: the label tells the mean of the last year, as titles do.
    pub fn monthly(
        &self,
        label: &str,
        color: usize,
        of: impl Fn(&Month<'_>) -> f64,
        shape: impl Fn(&[f64]) -> Vec<f64>,
    ) -> Series {
        let lines = self.lines(of, shape);
        let ends: Vec<f64> = lines.iter().map(|line| at_end(line)).collect();
        let ends = stats::present(&ends);
        let at = |p: f64| stats::quantile(&ends, p);
        Series {
            told: Some(Told {
                value: stats::mean(&ends),
                ends: self.has_bands().then(|| (at(0.05), at(0.95))),
                over: Some(window(self.months())),
            }),
            ..self.across(label, color, &lines)
        }
    }

    /// What the label of a [`Observed::monthly`] line tells.
    pub fn told(series: &Series) -> f64 {
        series.told.map_or(f64::NAN, |told| told.value)
    }

    /// Mean over the runs of the first year.
    pub fn start(&self, of: impl Fn(&Month<'_>) -> f64) -> f64 {
        let lines = self.lines(of, <[f64]>::to_vec);
        let starts: Vec<f64> = lines.iter().map(|line| at_start(line)).collect();
        mean_of(&starts)
    }

    /// A number of each month, after `shape` has been at each replicate's months (to smooth them, say).
    pub fn line(
        &self,
        label: &str,
        color: usize,
        of: impl Fn(&Month<'_>) -> f64,
        shape: impl Fn(&[f64]) -> Vec<f64>,
    ) -> Series {
        self.across(label, color, &self.lines(of, shape))
    }

    /// As [`Observed::line`], one line a replicate.
    pub fn lines(
        &self,
        of: impl Fn(&Month<'_>) -> f64,
        shape: impl Fn(&[f64]) -> Vec<f64>,
    ) -> Vec<Vec<f64>> {
        let months = self.months();
        let line = |replicate: &Replicate<'_>| {
            let plain: Vec<f64> = replicate.months[..months].iter().map(&of).collect();
            shape(&plain)
        };
        self.replicates.iter().map(line).collect()
    }

    /// The mean of the replicates' lines, with bands if there are enough.
    pub fn across(&self, label: &str, color: usize, lines: &[Vec<f64>]) -> Series {
        let length = lines.iter().map(Vec::len).min().unwrap_or(0);
        let mut means = Vec::with_capacity(length);
        let mut quantiles = [const { Vec::new() }; 4];
        for place in 0..length {
            let values: Vec<f64> = lines.iter().map(|line| line[place]).collect();
            let values = stats::present(&values);
            means.push(stats::mean(&values));
            for (line, p) in quantiles.iter_mut().zip([0.05, 0.25, 0.75, 0.95]) {
                line.push(stats::quantile(&values, p));
            }
        }
        let [low90, low50, high50, high90] = quantiles;
        let band = |low, high| self.has_bands().then_some(Band { low, high });
        Series {
            band50: band(low50, high50),
            band90: band(low90, high90),
            of_means: lines.len() > 1,
            ..Series::new(label, color, means)
        }
    }
}

/// Mean of the months that exist.
pub(super) fn mean_of(values: &[f64]) -> f64 {
    stats::mean(&stats::present(values))
}

/// Whether a run has a first year and a last one to set against each other. Of shorter runs there is one mean, over all
/// months, and no change.
pub fn has_two_years(months: usize) -> bool {
    months >= 2 * YEAR
}

/// Months at each end that "first year" and "last year" are means of.
fn window(months: usize) -> usize {
    if has_two_years(months) { YEAR } else { months }
}

/// Mean of the first year.
pub(in crate::output) fn at_start(values: &[f64]) -> f64 {
    mean_of(&values[..window(values.len())])
}

/// Mean of the last year.
pub(in crate::output) fn at_end(values: &[f64]) -> f64 {
    mean_of(&values[values.len() - window(values.len())..])
}

/// Means over the twelve months up to each month; as they are, if there are less than twelve of them.
pub(in crate::output) fn trailing_year(values: &[f64]) -> Vec<f64> {
    if values.len() < YEAR {
        return values.to_vec();
    }
    let early = std::iter::repeat_n(f64::NAN, YEAR - 1);
    early.chain(values.windows(YEAR).map(mean_of)).collect()
}

/// Means over the twelve months up to each month, relative to that of the first year, less 1.
pub(super) fn change_since_start(values: &[f64]) -> Vec<f64> {
    let base = at_start(values);
    let means = trailing_year(values).into_iter();
    means.map(|value| value / base - 1.0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_and_last_year_of_a_short_run_are_the_whole_run() {
        let months = |count: usize| (0..count).map(|month| month as f64).collect::<Vec<f64>>();
        for count in [1, 12, 23] {
            let mean = mean_of(&months(count));
            assert_eq!(
                (at_start(&months(count)), at_end(&months(count))),
                (mean, mean)
            );
        }
        assert_eq!((at_start(&months(24)), at_end(&months(24))), (5.5, 17.5));
        // The line ends where the title says.
        assert_eq!(
            trailing_year(&months(30)).last(),
            Some(&at_end(&months(30)))
        );
    }
}
