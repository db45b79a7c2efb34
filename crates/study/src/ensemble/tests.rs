use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use super::*;
use model::indicators::Conventions;
use model::indicators::fixtures::{live_tiny_month, tiny_town};
use model::rng::{Draws, Purpose};
use model::run::RunError;
use model::run::checkpoint::{self, Refusal};
use model::town::Town;
use model::town::ledger::Breach;

/// Files in memory.
#[derive(Debug, Default)]
struct Memory(Mutex<BTreeMap<PathBuf, Vec<u8>>>);

impl Memory {
    fn names(&self) -> Vec<String> {
        let files = self.0.lock().expect("nobody panics");
        files
            .keys()
            .map(|path| path.display().to_string())
            .collect()
    }
}

impl Files for Memory {
    fn read(&self, path: &Path) -> Result<Option<Vec<u8>>, CheckpointError> {
        Ok(self.0.lock().expect("nobody panics").get(path).cloned())
    }

    fn exists(&self, path: &Path) -> bool {
        self.0.lock().expect("nobody panics").contains_key(path)
    }

    fn place(
        &self,
        path: &Path,
        bytes: &[u8],
        previous: Option<&Path>,
    ) -> Result<(), CheckpointError> {
        let mut files = self.0.lock().expect("nobody panics");
        let before = files.insert(path.to_owned(), bytes.to_owned());
        if let (Some(previous), Some(before)) = (previous, before) {
            files.insert(previous.to_owned(), before);
        }
        Ok(())
    }

    fn remove(&self, path: &Path) -> Result<(), CheckpointError> {
        let mut files = self.0.lock().expect("nobody panics");
        files.retain(|name, _| !name.starts_with(path));
        Ok(())
    }
}

fn store() -> (Arc<Memory>, Store) {
    let memory = Arc::new(Memory::default());
    let store = Store::new(Arc::clone(&memory) as Arc<dyn Files>, Path::new("saved"));
    (memory, store)
}

/// A town of two households in which only chance happens: it shows every loss of a draw or a month.
struct Tiny {
    /// Months lived by all runs.
    lived: AtomicU32,
    /// Lived months at which `stop` is set.
    stop_at: u32,
    stop: AtomicBool,
}

impl Tiny {
    fn new(stop_at: u32) -> Tiny {
        Tiny {
            lived: AtomicU32::new(0),
            stop_at,
            stop: AtomicBool::new(false),
        }
    }
}

impl Model for Tiny {
    type Scratch = ();

    fn build(&self, parameters: &Parameters, draws: Draws) -> Result<Town, BuildError> {
        if parameters.town.residents == 0 {
            return Err("nobody lives here".into());
        }
        let mut town = tiny_town();
        town.draws = draws;
        town.month = 0;
        Ok(town)
    }

    fn advance(&self, town: &mut Town, p: &Parameters, (): &mut ()) -> Result<(), Breach> {
        live_tiny_month(town);
        let luck = town.draws.uniform(0, town.month, Purpose::FirmNoise, 0);
        town.firms.output[0] *= 0.9 + 0.2 * luck * p.economy.outside_price_growth.max(1.0);
        town.firms.age[0] += 1;
        if self.lived.fetch_add(1, Ordering::Relaxed) + 1 == self.stop_at {
            self.stop.store(true, Ordering::Relaxed);
        }
        Ok(())
    }
}

fn parameters() -> Parameters {
    let mut parameters: Parameters =
        toml::from_str(include_str!("../../../../scenarios/default.toml"))
            .expect("the default is valid");
    // Towns built by hand lack what a panel of persons follows.
    parameters.output.worker_panel = 0;
    parameters.run.months = 26;
    parameters.run.burn_in_months = 4;
    parameters
}

fn schedule(threads: usize) -> Schedule {
    let threads = NonZero::new(threads);
    Schedule {
        save_every: Duration::ZERO,
        ..Schedule::new(threads, 1_000)
    }
}

fn run(
    model: &Tiny,
    schedule: Schedule,
    store: Option<&Store>,
    parameters: Parameters,
) -> Result<Vec<RunRecord>, EnsembleError> {
    let (parameters, scenario) = (Arc::new(parameters), Arc::from("[run]\nmonths = 26\n"));
    let ensemble = Ensemble {
        model,
        schedule,
        store,
        stop: &model.stop,
    };
    ensemble.run(
        &[0, 1, 2, 3, 4],
        |number| Ok(Job::replicate(&parameters, &scenario, number as u32)),
        |record| record,
        |_| {},
    )
}

/// Records as bytes: missing numbers are equal to themselves there, and a failed test stays short.
fn bytes(records: &[RunRecord]) -> Vec<Vec<u8>> {
    let bytes = |record| postcard::to_stdvec(record).expect("records can be saved");
    records.iter().map(bytes).collect()
}

fn undisturbed() -> Vec<RunRecord> {
    run(&Tiny::new(0), schedule(1), None, parameters()).expect("nothing goes wrong")
}

#[test]
fn results_come_in_order_whatever_the_number_of_threads() {
    let alone = undisturbed();
    let numbers: Vec<u32> = alone.iter().map(|record| record.replicate).collect();
    assert_eq!(numbers, [0, 1, 2, 3, 4]);
    assert!(alone[0].months != alone[1].months);
    for threads in [2, 3, 8] {
        let together = run(&Tiny::new(0), schedule(threads), None, parameters());
        assert!(bytes(&together.expect("nothing goes wrong")) == bytes(&alone));
    }
}

#[test]
fn stopped_at_any_month_and_resumed_nothing_differs() {
    let expected = undisturbed();
    // Five runs of 30 months.
    for stop_at in [1, 2, 4, 5, 29, 30, 31, 75, 149] {
        for threads in [1, 2] {
            let (_, store) = store();
            let stopped = run(
                &Tiny::new(stop_at),
                schedule(threads),
                Some(&store),
                parameters(),
            );
            let Err(EnsembleError::Interrupted { finished, runs: 5 }) = stopped else {
                panic!("stopped at {stop_at}: {stopped:?}");
            };
            let again = Tiny::new(0);
            let resumed = run(&again, schedule(threads), Some(&store), parameters());
            let resumed = resumed.expect("nothing goes wrong");
            assert!(bytes(&resumed) == bytes(&expected), "{stop_at}");
            // No month was lived twice.
            let lived = again.lived.load(Ordering::Relaxed);
            assert!(lived <= 150 - stop_at, "{stop_at}: {lived} months again");
            assert!(finished <= stop_at as usize / 30);
        }
    }
}

#[test]
fn a_damaged_state_gives_way_to_the_one_before() {
    let expected = undisturbed();
    let (memory, store) = store();
    let stopped = run(&Tiny::new(17), schedule(1), Some(&store), parameters());
    assert!(stopped.is_err());
    let state = Path::new("saved/0000/run-0000000.checkpoint");
    let mut content = memory.read(state).expect("memory").expect("it was saved");
    let middle = content.len() / 2;
    content[middle] ^= 1;
    memory.place(state, &content, None).expect("memory");
    let again = Tiny::new(0);
    let resumed = run(&again, schedule(1), Some(&store), parameters());
    assert!(bytes(&resumed.expect("nothing goes wrong")) == bytes(&expected));
    // On stopping, month 17 was saved twice: once after it was lived, once on leaving.
    assert_eq!(again.lived.load(Ordering::Relaxed), 150 - 17);
}

#[test]
fn work_of_another_run_is_refused_with_what_differs() {
    let (_, store) = store();
    assert!(run(&Tiny::new(40), schedule(1), Some(&store), parameters()).is_err());
    let mut other = parameters();
    other.run.seed += 1;
    let refused = run(&Tiny::new(0), schedule(1), Some(&store), other);
    let Err(EnsembleError::Checkpoint { run: 0, error }) = refused else {
        panic!("{refused:?}");
    };
    let message = error.to_string();
    assert!(message.contains("seed was 1 and is now 2"), "{message}");
}

#[test]
fn a_scenario_of_another_text_is_refused_by_key() {
    let settings = RunSettings::of(&parameters(), 0);
    let conventions = Conventions::of(&parameters());
    let replicate = model::run::Replicate::new(tiny_town(), settings, conventions.clone());
    let bytes = checkpoint::save(&replicate, "[a]\nx = 1\n").expect("a saved form");
    let saved = checkpoint::load(&bytes).expect("just saved");
    let asked = Owner {
        scenario: "[a]\nx = 2\n",
        settings,
    };
    let refused = saved.resume(asked, conventions).unwrap_err();
    assert_eq!(
        refused,
        Refusal::Foreign(vec!["`a.x` was 1 and is now 2".to_owned()])
    );
}

#[test]
fn no_more_towns_are_alive_than_the_schedule_says() {
    struct Counting(AtomicU32, AtomicU32);
    impl Model for Counting {
        type Scratch = ();
        fn build(&self, _: &Parameters, draws: Draws) -> Result<Town, BuildError> {
            let alive = self.0.fetch_add(1, Ordering::SeqCst) + 1;
            self.1.fetch_max(alive, Ordering::SeqCst);
            let mut town = tiny_town();
            town.draws = draws;
            Ok(town)
        }
        fn advance(&self, town: &mut Town, _: &Parameters, (): &mut ()) -> Result<(), Breach> {
            live_tiny_month(town);
            Ok(())
        }
    }
    let (parameters, scenario) = (Arc::new(parameters()), Arc::from(""));
    let model = Counting(AtomicU32::new(0), AtomicU32::new(0));
    let stop = AtomicBool::new(false);
    let ensemble = Ensemble {
        model: &model,
        schedule: schedule(3),
        store: None,
        stop: &stop,
    };
    let kept = ensemble.run(
        &(0..40).collect::<Vec<_>>(),
        |number| Ok(Job::replicate(&parameters, &scenario, number as u32)),
        |record| {
            model.0.fetch_sub(1, Ordering::SeqCst);
            Ok(record?.replicate)
        },
        |_| {},
    );
    assert_eq!(
        kept.expect("nothing goes wrong"),
        (0..40).collect::<Vec<_>>()
    );
    assert!(model.1.load(Ordering::SeqCst) <= 3);
}

#[test]
fn the_failure_of_one_run_ends_all_and_names_it() {
    let mut broken = parameters();
    broken.town.residents = 0;
    let failed = run(&Tiny::new(0), schedule(2), None, broken);
    let Err(EnsembleError::Run {
        error: RunError::Synthesis(error),
        ..
    }) = failed
    else {
        panic!("{failed:?}");
    };
    assert_eq!(error.to_string(), "nobody lives here");
}

#[test]
fn a_failure_may_be_kept_as_a_result() {
    let (good, scenario) = (Arc::new(parameters()), Arc::from(""));
    let mut broken = parameters();
    broken.town.residents = 0;
    let broken = Arc::new(broken);
    let model = Tiny::new(0);
    let ensemble = Ensemble {
        model: &model,
        schedule: schedule(2),
        store: None,
        stop: &model.stop,
    };
    let kept = ensemble.run(
        &[7, 3, 4],
        |number| {
            let parameters = if number == 3 { &broken } else { &good };
            Ok(Job::replicate(parameters, &scenario, number as u32))
        },
        |record| match record {
            Ok(record) => Ok(Some(record.replicate)),
            Err(RunError::Synthesis(_)) => Ok(None),
            Err(other) => Err(other),
        },
        |_| {},
    );
    assert_eq!(kept.expect("failures are kept"), [Some(7), None, Some(4)]);
}

#[test]
fn a_branch_of_the_same_scenario_repeats_the_run_and_other_futures_differ() {
    let expected = undisturbed();
    let (memory, store) = store();
    assert!(run(&Tiny::new(15), schedule(1), Some(&store), parameters()).is_err());
    let state = memory.read(Path::new("saved/0000/run-0000000.checkpoint"));
    let state = state.expect("memory").expect("it was saved");
    let saved = Arc::new(checkpoint::load(&state).expect("it is sound"));
    assert_eq!(saved.months_lived(), 15);
    let (parameters, scenario) = (Arc::new(parameters()), Arc::from(""));
    let model = Tiny::new(0);
    let ensemble = Ensemble {
        model: &model,
        schedule: schedule(2),
        store: None,
        stop: &model.stop,
    };
    let futures = ensemble.run(
        &[0, 1, 2],
        |number| {
            let start = Start::Branch {
                saved: Arc::clone(&saved),
                future: number as u32,
            };
            Ok(Job {
                start,
                ..Job::replicate(&parameters, &scenario, number as u32)
            })
        },
        |record| record,
        |_| {},
    );
    let futures = futures.expect("nothing goes wrong");
    assert!(bytes(&futures[..1]) == bytes(&expected[..1]));
    let output = |record: &RunRecord| record.series("output_real").expect("it is an indicator");
    assert_eq!(output(&futures[1])[..11], output(&expected[0])[..11]);
    assert_ne!(output(&futures[1])[11], output(&expected[0])[11]);
    assert_eq!(futures[1].replicate, 1);
}

#[test]
fn a_store_keeps_thousands_apart_and_forgets_states_of_finished_runs() {
    let (memory, store) = store();
    let done = run(&Tiny::new(0), schedule(2), Some(&store), parameters());
    assert!(done.is_ok());
    let names = memory.names();
    assert_eq!(names.len(), 5, "{names:?}");
    assert!(
        (names.iter()).all(|name| name.starts_with("saved/0000/") && name.ends_with(".result")),
        "{names:?}"
    );
    store.remove().expect("ours to remove");
    assert!(memory.names().is_empty());
}
