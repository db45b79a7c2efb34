//! Experimental designs: which points of the space of factors to run.
//!
//! A factor here is one number between 0 and 1 (or one of a few levels); turning it into a
//! parameter of a scenario is the business of the sweep. Every design is a pure function of its
//! size and seed, and every order is chosen so that a sweep cut short is still a fair one.
mod grid;
mod keyed;
mod latin_hypercube;
mod morris;
mod saltelli;

pub use grid::Grid;
pub use latin_hypercube::{latin_hypercube, maximin_latin_hypercube};
pub use morris::morris_trajectories;
pub use saltelli::{MOST_BASE_SAMPLES, SaltelliDesign, sobol_points};

pub(super) use keyed::{Purpose, below};

/// Most runs a design may have: beyond it a sweep is a mistake, and lists of runs fill memory.
pub const MOST_RUNS: usize = 10_000_000;

/// Points in the unit cube, one a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Points {
    factors: usize,
    values: Vec<f64>,
}

impl Points {
    /// Points with this many coordinates each, laid out one after the other. `None` without
    /// factors or if the values do not fill the last point.
    pub fn new(factors: usize, values: Vec<f64>) -> Option<Self> {
        let fits = factors > 0 && values.len().is_multiple_of(factors);
        fits.then_some(Points { factors, values })
    }

    /// Coordinates of each point.
    pub fn factors(&self) -> usize {
        self.factors
    }

    /// Number of points.
    pub fn runs(&self) -> usize {
        self.values.len() / self.factors
    }

    /// One point, if there is such a run.
    pub fn point(&self, run: usize) -> Option<&[f64]> {
        self.values.chunks_exact(self.factors).nth(run)
    }

    /// All points in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &[f64]> {
        self.values.chunks_exact(self.factors)
    }
}

/// A design that cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DesignError {
    /// Nothing to vary.
    #[error("the design varies nothing: name a factor")]
    NoFactors,
    /// A factor without levels, by its place in the list.
    #[error("factor {} of the design has no levels", .0 + 1)]
    NoLevels(usize),
    /// No runs asked for.
    #[error("the design has no runs: ask for at least one")]
    NoRuns,
    /// More runs than [`MOST_RUNS`].
    #[error("the design has more than {MOST_RUNS} runs: drop factors or levels, or sample them")]
    TooManyRuns,
    /// More base samples than the Sobol sequence has.
    #[error("{0} base samples asked for, the Sobol sequence has {MOST_BASE_SAMPLES}")]
    TooManyBaseSamples(usize),
    /// Morris trajectories need an even number of levels, so that the step joins levels.
    #[error("{0} levels asked for, Morris trajectories need an even number from 2 up")]
    OddLevels(usize),
}

/// Checks the size of a design of so many runs and factors.
fn check_size(runs: Option<usize>, factors: usize) -> Result<usize, DesignError> {
    if factors == 0 {
        return Err(DesignError::NoFactors);
    }
    match runs {
        Some(0) => Err(DesignError::NoRuns),
        Some(runs) if runs <= MOST_RUNS => Ok(runs),
        _ => Err(DesignError::TooManyRuns),
    }
}
