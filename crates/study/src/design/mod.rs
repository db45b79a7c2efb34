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

use std::fmt;

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
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DesignError {
    /// Nothing to vary.
    NoFactors,
    /// A factor without levels, by its place in the list.
    NoLevels(usize),
    /// No runs asked for.
    NoRuns,
    /// More runs than [`MOST_RUNS`].
    TooManyRuns,
    /// More base samples than the Sobol sequence has.
    TooManyBaseSamples(usize),
    /// Morris trajectories need an even number of levels, so that the step joins levels.
    OddLevels(usize),
}

impl fmt::Display for DesignError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DesignError::NoFactors => write!(f, "the design varies nothing: name a factor"),
            DesignError::NoLevels(factor) => {
                write!(f, "factor {} of the design has no levels", factor + 1)
            }
            DesignError::NoRuns => write!(f, "the design has no runs: ask for at least one"),
            DesignError::TooManyRuns => write!(
                f,
                "the design has more than {MOST_RUNS} runs: drop factors or levels, or sample them"
            ),
            DesignError::TooManyBaseSamples(found) => write!(
                f,
                "{found} base samples asked for, the Sobol sequence has {MOST_BASE_SAMPLES}"
            ),
            DesignError::OddLevels(found) => write!(
                f,
                "{found} levels asked for, Morris trajectories need an even number from 2 up"
            ),
        }
    }
}

impl std::error::Error for DesignError {}

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
