//! Many runs at once, on one pool of threads.
//!
//! As many towns are alive as there are threads (one, if towns are big), each moved month by month by a driver of
//! its own. Drivers sleep while the pool works on their month, so there are never more busy threads than asked
//! for: small towns keep the pool busy by their number, big ones by the parallel loops inside their months, and
//! the last town left is shared by all threads. Results come in the order of the runs, whoever finished first.

mod driver;
mod error;
mod series;
mod store;
#[cfg(test)]
mod tests;

use std::num::NonZero;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::thread;
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;

use model::run::checkpoint::{Owner, SavedReplicate};
use model::run::{BuildError, Model, RunError, RunRecord, RunSettings};
use model::scenario::Parameters;

pub use error::EnsembleError;
pub use series::ReplicateSeries;
pub use store::{CheckpointError, Files, Store, UNFINISHED, previous};

/// Residents from which a town is big: one such town at a time keeps all threads busy and the caches warm.
pub const BIG_TOWN: u32 = 200_000;

/// One run of many.
#[derive(Clone, Debug)]
pub struct Job {
    /// The rules' parameters.
    pub parameters: Arc<Parameters>,
    /// The resolved scenario as TOML: tells saved work of this run from that of others.
    pub scenario: Arc<str>,
    /// Which replicate, and how long it runs.
    pub settings: RunSettings,
    /// Where it starts.
    pub start: Start,
    /// Whether persons are followed from month to month even in one of many runs.
    pub follows_people: bool,
}

/// Where a run starts.
#[derive(Clone, Debug)]
pub enum Start {
    /// From a town built for it.
    Build,
    /// From a saved town, into one of its futures; see [`SavedReplicate::branch`].
    Branch {
        /// The saved town, shared by all runs that start from it.
        saved: Arc<SavedReplicate>,
        /// Number of the future; 0 repeats the saved run's draws.
        future: u32,
    },
}

impl Job {
    /// Replicate number `replicate` of a scenario, from its first month, as long as the scenario says.
    pub fn replicate(parameters: &Arc<Parameters>, scenario: &Arc<str>, replicate: u32) -> Job {
        Job {
            parameters: Arc::clone(parameters),
            scenario: Arc::clone(scenario),
            settings: RunSettings::of(parameters, replicate),
            start: Start::Build,
            follows_people: false,
        }
    }

    fn owner(&self) -> Owner<'_> {
        Owner {
            scenario: &self.scenario,
            settings: self.settings,
        }
    }
}

/// How the work is spread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// Threads that compute.
    pub threads: NonZero<usize>,
    /// Towns alive at once.
    pub towns: NonZero<usize>,
    /// Time between two saved states of a run; zero saves every month.
    pub save_every: Duration,
}

impl Schedule {
    /// A schedule for towns of `residents` on `threads`, or on every processor.
    pub fn new(threads: Option<NonZero<usize>>, residents: u32) -> Schedule {
        let available = || thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN);
        let threads = threads.unwrap_or_else(available);
        Schedule {
            threads,
            towns: if residents < BIG_TOWN {
                threads
            } else {
                NonZero::<usize>::MIN
            },
            save_every: Duration::from_secs(30),
        }
    }
}

/// What happens while runs are under way; told by many threads, in no fixed order.
#[derive(Debug)]
pub enum Event {
    /// A run was built, read back or found finished.
    Started {
        /// Number of the run.
        run: usize,
        /// Months it had lived already when its work was saved.
        months_lived: u32,
        /// Months it lives in all, burn-in included.
        months_in_all: u32,
    },
    /// A run lived one more month.
    Month {
        /// Number of the run.
        run: usize,
    },
    /// A run is done.
    Finished {
        /// Number of the run.
        run: usize,
    },
    /// A saved state cannot be used; the run goes on from an earlier one, or from its beginning.
    Unusable(CheckpointError),
}

/// Many runs of one model.
#[derive(Debug)]
pub struct Ensemble<'a, M> {
    /// The rules.
    pub model: &'a M,
    /// How the work is spread.
    pub schedule: Schedule,
    /// Where work is saved, if it is.
    pub store: Option<&'a Store>,
    /// Set by anyone, once, to end all runs after the month they are in.
    pub stop: &'a AtomicBool,
}

impl<M: Model> Ensemble<'_, M> {
    /// Runs the numbers in `runs`, as `job` describes them, and returns what `keep` takes from each record, in
    /// that order. With a store, results and states saved there are taken up, and new ones saved.
    ///
    /// A run that fails is handed to `keep` as well, which may take something from the failure or pass it on.
    ///
    /// # Errors
    /// The failure of the earliest run that failed; [`EnsembleError::Interrupted`] if `stop` was set before all were done, with the state
    /// of every run under way saved.
    pub fn run<R>(
        &self,
        runs: &[usize],
        job: impl Fn(usize) -> Result<Job, BuildError> + Sync,
        keep: impl Fn(Result<RunRecord, RunError>) -> Result<R, RunError> + Sync,
        tell: impl Fn(Event) + Sync,
    ) -> Result<Vec<R>, EnsembleError>
    where
        R: Serialize + DeserializeOwned + Send,
    {
        driver::run_all(self, runs, &job, &keep, &tell)
    }
}
