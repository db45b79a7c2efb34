//! Drivers: each takes the next run, moves it month by month in the pool, saves and hands in what is kept.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Instant;

use rayon::ThreadPool;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Ensemble, EnsembleError, Event, Job, Start};
use model::indicators::Conventions;
use model::run::{BuildError, Model, Replicate, RunError, RunRecord};

/// What is taken from a record, or from a failure.
type Keep<'a, R> = dyn Fn(Result<RunRecord, RunError>) -> Result<R, RunError> + Sync + 'a;

/// What all drivers share.
struct Work<'a, M, R> {
    ensemble: &'a Ensemble<'a, M>,
    /// Numbers of the runs.
    runs: &'a [usize],
    pool: ThreadPool,
    job: &'a (dyn Fn(usize) -> Result<Job, BuildError> + Sync),
    keep: &'a Keep<'a, R>,
    tell: &'a (dyn Fn(Event) + Sync),
    /// The next run that nobody has taken.
    next: AtomicUsize,
    /// Set when a run fails: the others need not go on.
    failed: AtomicBool,
    done: Mutex<Done<R>>,
    /// Held while a state is saved: its bytes take as much memory as the town, and one town more is all there is.
    saving: Mutex<()>,
}

/// How far a run came.
enum Lived {
    /// Through its last month.
    All,
    /// Until a month that failed.
    Until(RunError),
    /// Until all runs should end.
    UntilStopped,
}

/// What drivers handed in.
struct Done<R> {
    results: Vec<Option<R>>,
    /// The failure of the run that stands first, with its place.
    failure: Option<(usize, EnsembleError)>,
}

pub(super) fn run_all<M: Model, R: Serialize + DeserializeOwned + Send>(
    ensemble: &Ensemble<'_, M>,
    runs: &[usize],
    job: &(dyn Fn(usize) -> Result<Job, BuildError> + Sync),
    keep: &Keep<'_, R>,
    tell: &(dyn Fn(Event) + Sync),
) -> Result<Vec<R>, EnsembleError> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(ensemble.schedule.threads.get())
        .build()
        .map_err(|error| EnsembleError::Threads(error.to_string()))?;
    let work = Work {
        ensemble,
        runs,
        pool,
        job,
        keep,
        tell,
        next: AtomicUsize::new(0),
        failed: AtomicBool::new(false),
        done: Mutex::new(Done {
            results: runs.iter().map(|_| None).collect(),
            failure: None,
        }),
        saving: Mutex::new(()),
    };
    let drivers = ensemble.schedule.towns.get().min(runs.len());
    thread::scope(|scope| {
        for _ in 0..drivers {
            scope.spawn(|| work.drive());
        }
    });
    let done = work.done.into_inner();
    let done = done.unwrap_or_else(PoisonError::into_inner);
    if let Some((_, failure)) = done.failure {
        return Err(failure);
    }
    let finished = done.results.iter().flatten().count();
    if finished < runs.len() {
        return Err(EnsembleError::Interrupted {
            finished,
            runs: runs.len(),
        });
    }
    Ok(done.results.into_iter().flatten().collect())
}

impl<M: Model, R: Serialize + DeserializeOwned + Send> Work<'_, M, R> {
    /// Takes runs until none are left or all should end.
    fn drive(&self) {
        while !self.should_end() {
            let place = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(&run) = self.runs.get(place) else {
                return;
            };
            let outcome = self.complete(run);
            let mut done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
            match outcome {
                Ok(result) => done.results[place] = result,
                Err(error) => {
                    self.failed.store(true, Ordering::Relaxed);
                    if done
                        .failure
                        .as_ref()
                        .is_none_or(|&(first, _)| place < first)
                    {
                        done.failure = Some((place, error));
                    }
                }
            }
        }
    }

    fn should_end(&self) -> bool {
        self.failed.load(Ordering::Relaxed) || self.ensemble.stop.load(Ordering::Relaxed)
    }

    /// Brings one run to its end; nothing if it was stopped before.
    fn complete(&self, run: usize) -> Result<Option<R>, EnsembleError> {
        let job = (self.job)(run).map_err(|error| EnsembleError::Job { run, error })?;
        let months_in_all = job.settings.burn_in_months + job.settings.months;
        let started = |months_lived| Event::Started {
            run,
            months_lived,
            months_in_all,
        };
        if let Some(result) = self.saved_result(run, &job)? {
            (self.tell)(started(months_in_all));
            (self.tell)(Event::Finished { run });
            return Ok(Some(result));
        }
        let record = match self.saved_replicate(run, &job)? {
            Some(replicate) => Ok(replicate),
            None => self.begin(&job),
        };
        let record = match record {
            Err(error) => Err(error),
            Ok(mut replicate) => {
                (self.tell)(started(replicate.months_lived()));
                match self.live(run, &job, &mut replicate)? {
                    Lived::All => Ok(replicate.into_record()),
                    Lived::Until(error) => Err(error),
                    Lived::UntilStopped => return Ok(None),
                }
            }
        };
        let result = (self.keep)(record).map_err(|error| EnsembleError::Run { run, error })?;
        if let Some(store) = self.ensemble.store {
            let saved = store.save_result(run, job.owner(), &result);
            saved.map_err(|error| EnsembleError::Checkpoint { run, error })?;
        }
        (self.tell)(Event::Finished { run });
        Ok(Some(result))
    }

    fn saved_result(&self, run: usize, job: &Job) -> Result<Option<R>, EnsembleError> {
        let Some(store) = self.ensemble.store else {
            return Ok(None);
        };
        let found = store.result(run, job.owner());
        found.map_err(|error| EnsembleError::Checkpoint { run, error })
    }

    fn saved_replicate(&self, run: usize, job: &Job) -> Result<Option<Replicate>, EnsembleError> {
        let Some(store) = self.ensemble.store else {
            return Ok(None);
        };
        let conventions = self.conventions(job);
        let (found, unusable) = store
            .replicate(run, job.owner(), &conventions)
            .map_err(|error| EnsembleError::Checkpoint { run, error })?;
        for error in unusable {
            (self.tell)(Event::Unusable(error));
        }
        Ok(found)
    }

    /// What measuring must know; only a single run follows persons, as nobody keeps those of many.
    fn conventions(&self, job: &Job) -> Conventions {
        let mut conventions = Conventions::of(&job.parameters);
        if self.runs.len() > 1 && !job.follows_people {
            conventions.worker_panel = 0;
        }
        conventions
    }

    fn begin(&self, job: &Job) -> Result<Replicate, RunError> {
        match &job.start {
            Start::Branch { saved, future } => {
                Ok(saved.branch(&job.parameters, job.settings.months, *future))
            }
            Start::Build => {
                let model = self.ensemble.model;
                let town = self
                    .pool
                    .install(|| model.build(&job.parameters, job.settings.draws()));
                let conventions = self.conventions(job);
                Ok(Replicate::new(
                    town.map_err(RunError::Synthesis)?,
                    job.settings,
                    conventions,
                ))
            }
        }
    }

    /// Lives all months that are left, or until all runs should end.
    fn live(
        &self,
        run: usize,
        job: &Job,
        replicate: &mut Replicate,
    ) -> Result<Lived, EnsembleError> {
        let mut scratch = M::Scratch::default();
        let mut last_saved = Instant::now();
        let mut advance = |town: &mut _| {
            let model = self.ensemble.model;
            model.advance(town, &job.parameters, &mut scratch)
        };
        while !replicate.is_finished() {
            if self.should_end() {
                self.save(run, job, replicate)?;
                return Ok(Lived::UntilStopped);
            }
            let lived = self.pool.install(|| replicate.live_month(&mut advance));
            if let Err(error) = lived {
                return Ok(Lived::Until(error));
            }
            (self.tell)(Event::Month { run });
            if last_saved.elapsed() >= self.ensemble.schedule.save_every {
                self.save(run, job, replicate)?;
                last_saved = Instant::now();
            }
        }
        Ok(Lived::All)
    }

    fn save(&self, run: usize, job: &Job, replicate: &Replicate) -> Result<(), EnsembleError> {
        let Some(store) = self.ensemble.store else {
            return Ok(());
        };
        let _alone = self.saving.lock().unwrap_or_else(PoisonError::into_inner);
        let saved = store.save_replicate(run, &job.scenario, replicate);
        saved.map_err(|error| EnsembleError::Checkpoint { run, error })
    }
}
