//! Why many runs end early.

use std::fmt;

use super::CheckpointError;
use model::run::{BuildError, RunError};

/// Many runs that did not all reach their last month.
#[derive(Debug)]
pub enum EnsembleError {
    /// A run cannot be described.
    Job {
        /// Number of the run.
        run: usize,
        /// Why.
        error: BuildError,
    },
    /// A run failed.
    Run {
        /// Number of the run.
        run: usize,
        /// Why.
        error: RunError,
    },
    /// Work could not be saved or read back.
    Checkpoint {
        /// Number of the run.
        run: usize,
        /// Why.
        error: CheckpointError,
    },
    /// The caller stopped the runs.
    Interrupted {
        /// Runs that are done.
        finished: usize,
        /// Runs in all.
        runs: usize,
    },
    /// The system gives no threads.
    Threads(String),
}

impl fmt::Display for EnsembleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            EnsembleError::Job { run, error } => write!(f, "run {run}: {error}"),
            EnsembleError::Run { run, error } => write!(f, "run {run}: {error}"),
            EnsembleError::Checkpoint { run, error } => write!(f, "run {run}: {error}"),
            EnsembleError::Interrupted { finished, runs } => {
                write!(f, "stopped with {finished} of {runs} runs done")
            }
            EnsembleError::Threads(why) => write!(f, "cannot start threads: {why}"),
        }
    }
}

impl std::error::Error for EnsembleError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            EnsembleError::Job { error, .. } => Some(error.as_ref()),
            EnsembleError::Run { error, .. } => Some(error),
            EnsembleError::Checkpoint { error, .. } => Some(error),
            EnsembleError::Interrupted { .. } | EnsembleError::Threads(_) => None,
        }
    }
}
