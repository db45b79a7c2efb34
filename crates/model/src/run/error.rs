//! Why a run ends early.

use crate::town::ledger::Breach;

/// A run that did not reach its last month.
#[derive(Debug)]
pub enum RunError {
    /// The town cannot be built from the scenario.
    Synthesis(Box<dyn std::error::Error + Send + Sync>),
    /// An account does not close: a flaw of the program, never of the scenario.
    Breach(Breach),
    /// A measured number is infinite, or missing although it always exists.
    NotFinite {
        /// Name of the indicator or column.
        indicator: &'static str,
        /// Month since the start, from 0.
        month: u32,
    },
    /// The caller stopped the run.
    Interrupted {
        /// Months lived until then, burn-in included.
        months_lived: u32,
    },
}

impl std::fmt::Display for RunError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            RunError::Synthesis(error) => write!(f, "the town cannot be built: {error}"),
            RunError::Breach(breach) => breach.fmt(f),
            RunError::NotFinite { indicator, month } => {
                write!(f, "`{indicator}` is not a finite number in month {month}")
            }
            RunError::Interrupted { months_lived } => {
                write!(f, "stopped after {months_lived} months, burn-in included")
            }
        }
    }
}

impl std::error::Error for RunError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            RunError::Synthesis(error) => Some(error.as_ref()),
            RunError::Breach(breach) => Some(breach),
            RunError::NotFinite { .. } | RunError::Interrupted { .. } => None,
        }
    }
}

impl From<Breach> for RunError {
    fn from(breach: Breach) -> RunError {
        RunError::Breach(breach)
    }
}
