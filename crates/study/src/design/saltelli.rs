//! Scrambled Sobol points, and Saltelli's arrangement of them for variance-based indices.
use super::{DesignError, Points, check_size};

/// Length of the Sobol sequence used here.
pub const MOST_BASE_SAMPLES: usize = 1 << 16;

/// Points of the Sobol sequence with Owen scrambling (Burley 2020), to 24 binary digits. Powers of
/// two of them are the most even.
///
/// # Errors
/// Without factors or runs, or beyond [`MOST_BASE_SAMPLES`].
pub fn sobol_points(runs: usize, factors: usize, seed: u32) -> Result<Points, DesignError> {
    check_base(runs, runs.checked_mul(factors), factors)?;
    let values = (0..runs)
        .flat_map(|run| (0..factors).map(move |factor| coordinate(run, factor, seed)))
        .collect();
    Ok(Points { factors, values })
}

/// Saltelli's design for first-order and total Sobol indices (Saltelli et al. 2010).
///
/// Every base sample `n` gives `factors + 2` runs in a row: the point `A`, then for each factor
/// the point `A` with that coordinate from `B`, then the point `B`. A sweep cut short after any
/// base sample is a smaller design of the same kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SaltelliDesign {
    base_samples: usize,
    factors: usize,
    seed: u32,
}

impl SaltelliDesign {
    /// A design of `base_samples · (factors + 2)` runs; base samples are best a power of two.
    ///
    /// # Errors
    /// Without factors or base samples, or beyond [`MOST_BASE_SAMPLES`] or [`super::MOST_RUNS`].
    pub fn new(base_samples: usize, factors: usize, seed: u32) -> Result<Self, DesignError> {
        let runs = factors
            .checked_add(2)
            .and_then(|block| block.checked_mul(base_samples));
        check_base(base_samples, runs, factors)?;
        Ok(SaltelliDesign {
            base_samples,
            factors,
            seed,
        })
    }

    /// Number of factors.
    pub fn factors(&self) -> usize {
        self.factors
    }

    /// Number of runs.
    pub fn runs(&self) -> usize {
        self.base_samples * (self.factors + 2)
    }

    /// The point of one run; `None` beyond the last.
    pub fn point(&self, run: usize) -> Option<Vec<f64>> {
        if run >= self.runs() {
            return None;
        }
        let block = self.factors + 2;
        let (base, place) = (run / block, run % block);
        let from_b = |factor: usize| place == block - 1 || place == factor + 1;
        let point = (0..self.factors).map(|factor| {
            let dimension = if from_b(factor) {
                self.factors + factor
            } else {
                factor
            };
            coordinate(base, dimension, self.seed)
        });
        Some(point.collect())
    }

    /// All points in order.
    pub fn points(&self) -> Points {
        Points {
            factors: self.factors,
            values: (0..self.runs())
                .filter_map(|run| self.point(run))
                .flatten()
                .collect(),
        }
    }
}

fn check_base(base: usize, runs: Option<usize>, factors: usize) -> Result<(), DesignError> {
    check_size(Some(base.min(1)), factors)?;
    if base > MOST_BASE_SAMPLES {
        return Err(DesignError::TooManyBaseSamples(base));
    }
    check_size(runs, factors)?;
    Ok(())
}

/// One coordinate of a point. Beyond the dimensions of the sequence, a differently scrambled
/// sequence takes over, even within itself and independent of the first (Burley 2020, padding).
fn coordinate(index: usize, dimension: usize, seed: u32) -> f64 {
    let dimensions = sobol_burley::NUM_DIMENSIONS as usize;
    let padding = (dimension / dimensions) as u32;
    let seed = seed ^ padding.wrapping_mul(0x9e37_79b9);
    f64::from(sobol_burley::sample(
        index as u32,
        (dimension % dimensions) as u32,
        seed,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_of_two_fill_every_part_once() {
        let points = sobol_points(256, 6, 9).expect("a small design");
        for factor in 0..6 {
            let mut parts: Vec<usize> = points
                .iter()
                .map(|p| (p[factor] * 256.0) as usize)
                .collect();
            parts.sort_unstable();
            assert_eq!(parts, (0..256).collect::<Vec<_>>());
        }
        // The first two coordinates also fill every square of 16 by 16.
        let mut squares: Vec<usize> = points
            .iter()
            .map(|p| (p[0] * 16.0) as usize * 16 + (p[1] * 16.0) as usize)
            .collect();
        squares.sort_unstable();
        assert_eq!(squares, (0..256).collect::<Vec<_>>());
    }

    #[test]
    fn each_block_moves_one_factor_at_a_time_from_a_to_b() {
        let design = SaltelliDesign::new(16, 3, 5).expect("a small design");
        let points = design.points();
        assert_eq!(points.runs(), 16 * 5);
        for base in 0..16 {
            let row = |place: usize| points.point(base * 5 + place).expect("a run of the design");
            let (a, b) = (row(0), row(4));
            for factor in 0..3 {
                for other in 0..3 {
                    let expected = if other == factor { b[other] } else { a[other] };
                    assert_eq!(row(factor + 1)[other], expected);
                }
            }
        }
        assert_eq!(design.point(16 * 5), None);
    }

    #[test]
    fn padded_dimensions_are_not_copies() {
        let points = sobol_points(512, 300, 1).expect("a small design");
        let column = |factor: usize| points.iter().map(|p| p[factor]).collect::<Vec<_>>();
        assert!(model::stats::pearson(&column(0), &column(256)).abs() < 0.2);
    }

    #[test]
    fn impossible_designs_are_errors() {
        assert_eq!(SaltelliDesign::new(4, 0, 1), Err(DesignError::NoFactors));
        assert_eq!(SaltelliDesign::new(0, 4, 1), Err(DesignError::NoRuns));
        let long = MOST_BASE_SAMPLES + 1;
        assert_eq!(
            SaltelliDesign::new(long, 2, 1),
            Err(DesignError::TooManyBaseSamples(long))
        );
        assert_eq!(
            SaltelliDesign::new(MOST_BASE_SAMPLES, 200, 1),
            Err(DesignError::TooManyRuns)
        );
        assert_eq!(
            SaltelliDesign::new(2, usize::MAX, 1),
            Err(DesignError::TooManyRuns)
        );
    }
}
