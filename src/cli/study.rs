//! What every subcommand that simulates shares: the folder of results, saved work, the bar, Ctrl-C.

use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use clap::Args;
use indicatif::ProgressBar;
use mainstreet::output::folder::OutputFolder;
use mainstreet::output::manifest::RunDescription;
use mainstreet::output::studies::{REQUEST_NAME, request_text, write_answer};
use mainstreet::output::write::{IfExists, write_whole};
use mainstreet::run::MainStreet;
use mainstreet::run::checkpoint::{self, SavedReplicate, Store, UNFINISHED};
use mainstreet::run::ensemble::{Ensemble, Event, Schedule};
use mainstreet::study::{Answer, Asked, ChartFiles, Effort, Request, ScenarioText, perform};

use super::failure::Failure;
use super::progress::{LogLines, bar};
use super::{Global, say, told};

/// Name of the saved town that branches start from.
pub const START_NAME: &str = "start.checkpoint";

/// Whether charts are drawn, and in which form.
#[derive(Args, Clone, Copy)]
pub struct Drawing {
    /// Forms of the charts.
    #[arg(long, value_enum, value_name = "FORM")]
    charts: Option<ChartForm>,
    /// Tables only: draw no chart.
    #[arg(long, conflicts_with = "charts")]
    no_charts: bool,
    /// Open the page about the results when it is done.
    #[arg(long)]
    pub open: bool,
}

/// A form of charts.
#[derive(clap::ValueEnum, Clone, Copy)]
enum ChartForm {
    /// SVG: scales, and browsers read it.
    Svg,
    /// PNG: every program reads it.
    Png,
    /// SVG and PNG.
    Both,
}

impl Drawing {
    /// The forms asked for, if any were.
    pub fn asked(self) -> Option<ChartFiles> {
        if self.no_charts {
            return Some(ChartFiles::None);
        }
        self.charts.map(|form| match form {
            ChartForm::Svg => ChartFiles::Svg,
            ChartForm::Png => ChartFiles::Png,
            ChartForm::Both => ChartFiles::Both,
        })
    }

    /// A question whose answer is drawn as asked.
    pub fn request(self, asked: Asked, csv: bool) -> Request {
        Request {
            charts: self.asked().unwrap_or_default(),
            ..Request::new(asked, csv)
        }
    }
}

/// Where results go and how work is saved.
#[derive(Args, Clone)]
pub struct Place {
    /// Folder for the results; output/NAME if not given.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Replace the results of an earlier run in that folder, or start an unfinished one anew.
    #[arg(long)]
    pub force: bool,
    /// Seconds between two saved states of a run, for `mainstreet resume`; 0 saves every month.
    #[arg(long, value_name = "SECONDS", default_value_t = 30.0)]
    pub save_every: f64,
    /// Write long tables as CSV too, beside Parquet.
    #[arg(long)]
    pub csv: bool,
}

impl Place {
    /// The folder of results for something called `name`.
    pub fn root(&self, name: &str) -> PathBuf {
        let usual = || PathBuf::from("output").join(name);
        self.out.clone().unwrap_or_else(usual)
    }

    pub fn save_every(&self) -> Result<Duration, Failure> {
        Duration::try_from_secs_f64(self.save_every)
            .map_err(|_| Failure::usage("--save-every must be a number of seconds, 0 or more"))
    }
}

/// Begins a study in a folder and brings it to its end. Its key figures are printed before charts are drawn.
pub fn begin(
    request: &Request,
    start: Option<&SavedReplicate>,
    root: &Path,
    place: &Place,
    global: &Global,
) -> Result<Answer, Failure> {
    request.asked.check()?;
    let unfinished = root.join(UNFINISHED);
    if place.force {
        OutputFolder::replace(root)?;
        checkpoint::open_store(&unfinished)?.remove()?;
    } else if unfinished.join(REQUEST_NAME).exists() {
        return Err(Failure::files(format!(
            "{0} holds an unfinished run: go on with it by `mainstreet resume {0}`, or start anew with --force",
            root.display()
        )));
    } else {
        OutputFolder::create(root)?;
    }
    let store = checkpoint::open_store(&unfinished)?;
    if let Some(saved) = start {
        checkpoint::write_saved(&unfinished.join(START_NAME), saved)?;
    }
    let text = request_text(request)?;
    // Last: a folder without a request is no unfinished work.
    write_whole(&unfinished.join(REQUEST_NAME), IfExists::Replace, |out| {
        out.write_all(text.as_bytes())
    })?;
    finish(request, &store, root, place.save_every()?, global)
}

/// Goes on with the unfinished work in a folder, if there is any: the answer is that of a run never stopped. Charts
/// are drawn as asked now, or else as asked when the work began.
pub fn resume(
    root: &Path,
    save_every: Duration,
    drawing: Drawing,
    global: &Global,
) -> Result<Answer, Failure> {
    let unfinished = root.join(UNFINISHED);
    let mut request = read_request(&unfinished.join(REQUEST_NAME))?;
    request.charts = drawing.asked().unwrap_or(request.charts);
    let store = checkpoint::open_store(&unfinished)?;
    finish(&request, &store, root, save_every, global)
}

/// Reads a request.
pub fn read_request(path: &Path) -> Result<Request, Failure> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| Failure::files(format!("cannot read {}: {error}", path.display())))?;
    serde_json::from_str(&text).map_err(|error| {
        Failure::files(format!(
            "{} is not a request that this version understands: {error}",
            path.display()
        ))
    })
}

fn finish(
    request: &Request,
    store: &Store,
    root: &Path,
    save_every: Duration,
    global: &Global,
) -> Result<Answer, Failure> {
    if request.version != env!("CARGO_PKG_VERSION") {
        return Err(Failure::usage(format!(
            "version {} began this run and this is version {}: finish it with the version that began it",
            request.version,
            env!("CARGO_PKG_VERSION")
        )));
    }
    let start = store.folder().join(START_NAME);
    let performed = answer(request, Some(store), &start, save_every, global);
    let written = performed.and_then(|answer| {
        told::print_answer(request, &answer)?;
        // Tables of a run killed while it wrote them are ours to replace; saved work stays until all is written.
        write(
            OutputFolder::replace(root)?,
            request,
            &answer,
            &start,
            global,
        )?;
        Ok(answer)
    });
    let answer = written.map_err(|failure| match failure.can_go_on() {
        true => go_on(failure, request, root),
        false => failure,
    })?;
    // The request first: a folder killed from here on counts as complete, not as work to be done again.
    let asked = store.folder().join(REQUEST_NAME);
    std::fs::remove_file(&asked)
        .map_err(|error| Failure::files(format!("cannot remove {}: {error}", asked.display())))?;
    store.clone().remove()?;
    Ok(answer)
}

/// Says how to go on with unfinished work.
fn go_on(failure: Failure, request: &Request, root: &Path) -> Failure {
    let root = root.display();
    let mut text = format!("{}; go on with `mainstreet resume {root}`", failure.text());
    if matches!(request.asked, Asked::Sweep { .. }) {
        text.push_str(&format!(
            ", or see what there is by `mainstreet sweep collect --partial --plan {root} --out DIR`"
        ));
    }
    failure.hint(text)
}

/// Performs a request with a bar; Ctrl-C ends the runs after their month, a second one at once.
pub fn answer(
    request: &Request,
    store: Option<&Store>,
    start: &Path,
    save_every: Duration,
    global: &Global,
) -> Result<Answer, Failure> {
    let saved = match request.asked {
        Asked::Branch { .. } => Some(checkpoint::read(start)?),
        _ => None,
    };
    let effort = request.asked.effort()?;
    let stop = stop_on_signals()?;
    let bar = MonthBar::new(global, effort);
    let ensemble = Ensemble {
        model: &MainStreet,
        schedule: schedule(global, effort, save_every),
        store,
        stop: &stop,
    };
    let answer = perform(&request.asked, saved, &ensemble, |event| {
        bar.tell(event, global)
    });
    bar.end();
    Ok(answer?)
}

/// A schedule for this command line.
pub fn schedule(global: &Global, effort: Effort, save_every: Duration) -> Schedule {
    Schedule {
        save_every,
        ..Schedule::new(NonZero::new(global.threads), effort.residents)
    }
}

/// Writes the tables of an answer and closes the folder.
pub fn write(
    mut folder: OutputFolder,
    request: &Request,
    answer: &Answer,
    start: &Path,
    global: &Global,
) -> Result<(), Failure> {
    write_answer(&mut folder, request, answer, &|count, left_out| {
        if !left_out.is_empty() {
            say(
                global,
                &format!(
                    "charts show the scenarios that differ most; in tables alone: {}",
                    left_out.join(", ")
                ),
            );
        }
        say(global, &format!("drawing {count} charts …"));
    })?;
    if matches!(request.asked, Asked::Branch { .. }) {
        let town = std::fs::read(start)
            .map_err(|error| Failure::files(format!("cannot read {}: {error}", start.display())))?;
        folder.write(START_NAME, |out| out.write_all(&town))?;
    }
    folder.finish(describe(request)?)?;
    Ok(())
}

/// What the manifest says of a request: nothing of machine, place or time.
fn describe(request: &Request) -> Result<RunDescription, Failure> {
    let one = std::slice::from_ref::<ScenarioText>;
    let (scenarios, replicates) = match &request.asked {
        Asked::Run {
            scenario,
            replicates,
        } => (one(scenario), *replicates),
        Asked::Compare {
            scenarios,
            replicates: each,
            ..
        }
        | Asked::Branch {
            scenarios,
            futures: each,
            ..
        } => (scenarios.as_slice(), *each),
        Asked::Sweep { plan } if plan.scenarios.is_empty() => {
            (one(&plan.scenario), plan.replicates)
        }
        Asked::Sweep { plan } => (plan.scenarios.as_slice(), plan.replicates),
        Asked::Evaluate { plan } => (one(&plan.scenario), plan.most_towns()),
    };
    let Some(first) = scenarios.first() else {
        return Err(Failure::usage("no scenario is named"));
    };
    let parameters = mainstreet::study::StudyScenario::read(first, &[])
        .map_err(|unreadable| Failure::mistakes(&unreadable.mistakes, false))?
        .parameters;
    let names: Vec<&str> = scenarios.iter().map(|s| s.name.as_str()).collect();
    Ok(RunDescription {
        scenario_name: names.join(" + "),
        scenario: first.toml.clone(),
        seed: parameters.run.seed,
        replicates,
        months: parameters.run.months,
    })
}

/// A flag that the first signal to end sets; the second ends the program at once.
pub fn stop_on_signals() -> Result<Arc<AtomicBool>, Failure> {
    use signal_hook::consts::{SIGINT, SIGTERM};
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        // In this order: the first signal finds the flag down, passes by, and then sets it.
        signal_hook::flag::register_conditional_shutdown(signal, 130, Arc::clone(&stop))
            .and_then(|_| signal_hook::flag::register(signal, Arc::clone(&stop)))
            .map_err(|error| Failure::run(format!("cannot listen to signals: {error}")))?;
    }
    Ok(stop)
}

/// A bar over the months of all runs.
pub struct MonthBar {
    bar: ProgressBar,
    runs: usize,
    finished: std::sync::atomic::AtomicUsize,
    log: Option<LogLines>,
}

impl MonthBar {
    pub fn new(global: &Global, effort: Effort) -> MonthBar {
        MonthBar {
            bar: bar(
                global,
                effort.runs as u64 * u64::from(effort.months),
                "months",
            ),
            runs: effort.runs,
            finished: std::sync::atomic::AtomicUsize::new(0),
            log: LogLines::new(global, effort.runs as u64 * u64::from(effort.months)),
        }
    }

    pub fn tell(&self, event: Event, global: &Global) {
        match event {
            Event::Started {
                months_lived: 0, ..
            } => {}
            Event::Started { months_lived, .. } => {
                self.bar.inc(u64::from(months_lived));
                if let Some(log) = &self.log {
                    log.skip(u64::from(months_lived));
                }
                // Months lived before must not count as speed.
                self.bar.reset_eta();
            }
            Event::Month { .. } => {
                self.bar.inc(1);
                let done = || {
                    let order = std::sync::atomic::Ordering::Relaxed;
                    let finished = self.finished.load(order);
                    format!("{finished} of {} runs done", self.runs)
                };
                let line = self.log.as_ref().and_then(|log| log.step(done));
                if let Some(line) = line {
                    say(global, &line);
                }
            }
            Event::Finished { .. } => {
                let order = std::sync::atomic::Ordering::Relaxed;
                let finished = self.finished.fetch_add(1, order) + 1;
                if self.runs > 1 {
                    self.bar
                        .set_message(format!("{finished} of {} runs done", self.runs));
                }
            }
            Event::Unusable(error) => {
                self.bar
                    .suspend(|| say(global, &format!("{error}; the one before is used")));
            }
        }
    }

    pub fn end(&self) {
        self.bar.finish_and_clear();
    }
}
