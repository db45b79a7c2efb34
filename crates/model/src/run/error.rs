//! Why a run ends early.

use crate::town::ledger::Breach;

/// A run that did not reach its last month.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The town cannot be built from the scenario.
    #[error("the town cannot be built: {0}")]
    Synthesis(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// An account does not close: a flaw of the program, never of the scenario.
    #[error("{0}")]
    Breach(#[from] Breach),
    /// A measured number is infinite, or missing although it always exists.
    #[error("`{indicator}` is not a finite number in month {month}")]
    NotFinite {
        /// Name of the indicator or column.
        indicator: &'static str,
        /// Month since the start, from 0.
        month: u32,
    },
    /// The caller stopped the run.
    #[error("stopped after {months_lived} months, burn-in included")]
    Interrupted {
        /// Months lived until then, burn-in included.
        months_lived: u32,
    },
}
