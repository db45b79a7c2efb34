//! Who gains and who loses: the difference by income decile and by occupation.

use crate::ensemble::ReplicateSeries;
use model::indicators::tables::{DECILES, DecileYear, OccupationMonth, SECTOR_ROWS, SectorMonth};
use model::stats::{mean, present};
use model::units::OCCUPATIONS;

use super::difference::{Difference, Judge};
use super::last_year;

/// Figures of a decile that are compared, by name in [`DecileYear::DEFINITIONS`], and last [`REAL_INCOME`].
pub const DECILE_MEASURES: [&str; 5] = [
    "income",
    "consumption",
    "wealth",
    "income_share",
    REAL_INCOME,
];

/// Income over the mean of consumer prices in the last 12 months, month 0 = 1: what a year's income
/// buys. The index leaves housing out.
pub const REAL_INCOME: &str = "income_real";

/// Figures of an occupation that are compared, by name in [`OccupationMonth::DEFINITIONS`].
pub const OCCUPATION_MEASURES: [&str; 4] =
    ["employees", "unemployment_rate", "mean_wage", "open_posts"];

/// One figure of one tenth of households by income, at the last year-end. Deciles are formed anew in each run:
/// the poorest tenth of one need not be the same households as that of another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DecileChange {
    /// From 1 (lowest income) to 10.
    pub decile: u32,
    /// Place in [`DECILE_MEASURES`].
    pub measure: usize,
    /// Mean of the baseline.
    pub baseline: f64,
    /// Scenario minus baseline.
    pub difference: Difference,
}

/// One figure of one occupation, as the mean of the last 12 months.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OccupationChange {
    /// Index in [`model::units::OCCUPATION_IDS`].
    pub occupation: usize,
    /// Place in [`OCCUPATION_MEASURES`].
    pub measure: usize,
    /// Mean of the baseline.
    pub baseline: f64,
    /// Scenario minus baseline.
    pub difference: Difference,
}

/// Figures of a sector that are compared, by name in [`SectorMonth::DEFINITIONS`].
pub const SECTOR_MEASURES: [&str; 5] = ["jobs", "firms", "mean_wage", "sales", "price"];

/// One figure of one sector, as the mean of the last 12 months.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SectorChange {
    /// Place in [`model::indicators::tables::sector_row_ids`].
    pub sector: usize,
    /// Place in [`SECTOR_MEASURES`].
    pub measure: usize,
    /// Mean of the baseline.
    pub baseline: f64,
    /// Scenario minus baseline.
    pub difference: Difference,
}

pub(super) fn deciles(
    first: &[ReplicateSeries],
    second: &[ReplicateSeries],
    judge: &mut Judge,
) -> Vec<DecileChange> {
    let mut changes = Vec::new();
    for decile in 0..DECILES {
        for (measure, name) in DECILE_MEASURES.iter().enumerate() {
            let is_real = *name == REAL_INCOME;
            let found = if is_real { "income" } else { name };
            let place = DecileYear::DEFINITIONS.iter().position(|d| d.name == found);
            let at_end = |runs: &[ReplicateSeries]| -> Vec<f64> {
                let value = |run: &ReplicateSeries| {
                    let year = run.deciles.last()?;
                    let value = year[decile].values()[place?];
                    Some(if is_real { value / prices(run) } else { value })
                };
                (runs.iter())
                    .map(|run| value(run).unwrap_or(f64::NAN))
                    .collect()
            };
            let (a, b) = (at_end(first), at_end(second));
            changes.push(DecileChange {
                decile: decile as u32 + 1,
                measure,
                baseline: mean(&present(&a)),
                difference: judge.difference(&a, &b),
            });
        }
    }
    changes
}

/// Mean of consumer prices over the last 12 months, month 0 = 1; missing if nothing was bought.
fn prices(run: &ReplicateSeries) -> f64 {
    let months = run.months.iter();
    let index: Vec<f64> = months.map(|m| m.spending.consumer_price_index).collect();
    let mean = last_year(&index);
    if mean > 0.0 { mean } else { f64::NAN }
}

pub(super) fn occupations(
    first: &[ReplicateSeries],
    second: &[ReplicateSeries],
    judge: &mut Judge,
) -> Vec<OccupationChange> {
    let mut changes = Vec::new();
    for occupation in 0..OCCUPATIONS {
        for (measure, name) in OCCUPATION_MEASURES.iter().enumerate() {
            let mut defined = OccupationMonth::DEFINITIONS.iter();
            let place = defined.position(|d| d.name == *name);
            let over_year = |runs: &[ReplicateSeries]| -> Vec<f64> {
                let value = |run: &ReplicateSeries| {
                    let series = (run.occupations.iter()).map(|month| {
                        place.map_or(f64::NAN, |place| month[occupation].values()[place])
                    });
                    last_year(&series.collect::<Vec<_>>())
                };
                runs.iter().map(value).collect()
            };
            let (a, b) = (over_year(first), over_year(second));
            changes.push(OccupationChange {
                occupation,
                measure,
                baseline: mean(&present(&a)),
                difference: judge.difference(&a, &b),
            });
        }
    }
    changes
}

pub(super) fn sectors(
    first: &[ReplicateSeries],
    second: &[ReplicateSeries],
    judge: &mut Judge,
) -> Vec<SectorChange> {
    let mut changes = Vec::new();
    for sector in 0..SECTOR_ROWS {
        for (measure, name) in SECTOR_MEASURES.iter().enumerate() {
            let place = SectorMonth::DEFINITIONS
                .iter()
                .position(|d| d.name == *name);
            let over_year = |runs: &[ReplicateSeries]| -> Vec<f64> {
                let value = |run: &ReplicateSeries| {
                    let months = run.sectors.iter();
                    let series = months
                        .map(|month| place.map_or(f64::NAN, |place| month[sector].values()[place]));
                    last_year(&series.collect::<Vec<_>>())
                };
                runs.iter().map(value).collect()
            };
            let (a, b) = (over_year(first), over_year(second));
            changes.push(SectorChange {
                sector,
                measure,
                baseline: mean(&present(&a)),
                difference: judge.difference(&a, &b),
            });
        }
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_compared_figure_is_measured() {
        let decile = |name: &&str| {
            *name == REAL_INCOME || DecileYear::DEFINITIONS.iter().any(|d| d.name == *name)
        };
        assert!(DECILE_MEASURES.iter().all(decile));
        let occupation = |name: &&str| OccupationMonth::DEFINITIONS.iter().any(|d| d.name == *name);
        assert!(OCCUPATION_MEASURES.iter().all(occupation));
        let sector = |name: &&str| SectorMonth::DEFINITIONS.iter().any(|d| d.name == *name);
        assert!(SECTOR_MEASURES.iter().all(sector));
    }
}
