//! Why many runs end early.

use super::CheckpointError;
use model::run::{BuildError, RunError};

/// Many runs that did not all reach their last month.
#[derive(Debug, thiserror::Error)]
pub enum EnsembleError {
    /// A run cannot be described.
    #[error("run {run}: {error}")]
    Job {
        /// Number of the run.
        run: usize,
        /// Why.
        #[source]
        error: BuildError,
    },
    /// A run failed.
    #[error("run {run}: {error}")]
    Run {
        /// Number of the run.
        run: usize,
        /// Why.
        #[source]
        error: RunError,
    },
    /// Work could not be saved or read back.
    #[error("run {run}: {error}")]
    Checkpoint {
        /// Number of the run.
        run: usize,
        /// Why.
        #[source]
        error: CheckpointError,
    },
    /// The caller stopped the runs.
    #[error("stopped with {finished} of {runs} runs done")]
    Interrupted {
        /// Runs that are done.
        finished: usize,
        /// Runs in all.
        runs: usize,
    },
    /// The system gives no threads.
    #[error("cannot start threads: {0}")]
    Threads(String),
}
