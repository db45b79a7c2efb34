//! `mainstreet sweep`: one scenario at many points, here or in parts on many machines.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Args, Subcommand};
use mainstreet::output::folder::OutputFolder;
use mainstreet::output::studies::{self, REQUEST_NAME, request_text};
use mainstreet::output::write::{IfExists, write_whole};
use mainstreet::run::MainStreet;
use mainstreet::run::checkpoint::Store;
use mainstreet::run::ensemble::Ensemble;
use mainstreet::study::sweep::{
    Shard, SweepError, SweepFile, SweepPlan, Vary, effects, parse_vary,
};
use mainstreet::study::{Answer, Asked, Request, perform_sweep};

use super::compare::beside;
use super::failure::Failure;
use super::scenario::open_named;
use super::study::{self, MonthBar, Place, begin, read_request, schedule, stop_on_signals};
use super::{Global, say, told};

/// Name of the table that lists the runs of a plan.
const PLAN_NAME: &str = "plan.csv";
/// Folder of results of single runs beside a plan.
const RUNS_NAME: &str = "runs";

/// A sweep, or a step of one.
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct SweepArgs {
    #[command(subcommand)]
    step: Option<Step>,
    #[command(flatten)]
    what: What,
    #[command(flatten)]
    place: Place,
}

#[derive(Subcommand)]
enum Step {
    /// Write the list of runs, for many machines to share.
    Plan(PlanArgs),
    /// Do a share of the runs of a plan; finished ones are skipped.
    Run(ShardArgs),
    /// Put the results of all runs together: the same bytes as a sweep on one machine.
    Collect(CollectArgs),
}

/// What varies.
#[derive(Args, Clone)]
struct What {
    /// Sweep file: scenario, design, what varies. Without one, --vary says it.
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// Scenario that varies, if no file says so.
    #[arg(long, value_name = "SCENARIO", default_value = "baseline")]
    scenario: String,
    /// Vary a parameter: KEY=FROM:TO:STEP or KEY=VALUE,VALUE; may be given several times. scenario=NAME,NAME varies
    /// the scenario, timeline.0.KEY=… a value of its first policy or shock.
    #[arg(long = "vary", value_name = "KEY=…")]
    vary: Vec<String>,
    /// Change one value at every point; may be given several times.
    #[arg(long = "set", value_name = "KEY=VALUE")]
    settings: Vec<String>,
    /// Runs at each point; in place of what the file says.
    #[arg(short, long, value_name = "N")]
    replicates: Option<u32>,
}

#[derive(Args)]
struct PlanArgs {
    #[command(flatten)]
    what: What,
    /// Folder for the plan and the results of its runs.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Replace an earlier plan in that folder and drop the results of its runs.
    #[arg(long)]
    force: bool,
    /// Write long tables as CSV too, beside Parquet, when the plan is collected.
    #[arg(long)]
    csv: bool,
}

#[derive(Args)]
struct ShardArgs {
    /// The plan: plan.csv in its folder.
    #[arg(long, value_name = "FILE")]
    plan: PathBuf,
    /// Which share, from 0: 3/20 is the fourth of twenty. Without it, the task of a Slurm job array, or all runs.
    #[arg(long, value_name = "I/N")]
    shard: Option<Shard>,
    /// Seconds between two saved states of a run; 0 saves every month.
    #[arg(long, value_name = "SECONDS", default_value_t = 30.0)]
    save_every: f64,
}

#[derive(Args)]
struct CollectArgs {
    /// The plan: plan.csv in its folder.
    #[arg(long, value_name = "FILE")]
    plan: PathBuf,
    /// Folder for the tables.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Replace the results of an earlier run in that folder.
    #[arg(long)]
    force: bool,
}

/// Runs a sweep or a step of one.
pub fn sweep(args: &SweepArgs, global: &Global) -> Result<(), Failure> {
    match &args.step {
        Some(Step::Plan(plan)) => write_plan(plan, global),
        Some(Step::Run(shard)) => run_shard(shard, global),
        Some(Step::Collect(collect)) => collect_runs(collect, global),
        None => run_all(args, global),
    }
}

fn run_all(args: &SweepArgs, global: &Global) -> Result<(), Failure> {
    let (name, plan) = resolve(&args.what, global)?;
    announce(&plan, global)?;
    let request = Request::new(
        Asked::Sweep {
            plan: Box::new(plan),
        },
        args.place.csv,
    );
    let root = args.place.root(&name);
    let answer = begin(&request, None, &root, &args.place, global)?;
    closing(&request, &answer, &root, global)
}

fn write_plan(args: &PlanArgs, global: &Global) -> Result<(), Failure> {
    let (_, plan) = resolve(&args.what, global)?;
    announce(&plan, global)?;
    let listed = listed(&plan)?;
    let request = Request::new(
        Asked::Sweep {
            plan: Box::new(plan),
        },
        args.csv,
    );
    let text = request_text(&request)?;
    let list = args.out.join(PLAN_NAME);
    if args.force {
        Store::open(&args.out.join(RUNS_NAME))?.remove()?;
    } else if list.exists() {
        return Err(Failure::files(format!(
            "{} is there already: name another folder with --out, or replace it with --force",
            list.display()
        )));
    }
    write_whole(&args.out.join(REQUEST_NAME), IfExists::Replace, |out| {
        out.write_all(text.as_bytes())
    })?;
    write_whole(&list, IfExists::Replace, |out| out.write_all(&listed))?;
    say(global, &format!("plan in {}", list.display()));
    Ok(())
}

fn run_shard(args: &ShardArgs, global: &Global) -> Result<(), Failure> {
    let (folder, request, plan) = open_plan(&args.plan)?;
    let shard = match args.shard {
        Some(shard) => shard,
        None => slurm_shard(|name| std::env::var(name).ok())?.unwrap_or(Shard::ALL),
    };
    let effort = request.asked.effort()?;
    let runs = shard.runs(effort.runs);
    let store = Store::open(&folder.join(RUNS_NAME))?;
    let every = Duration::try_from_secs_f64(args.save_every)
        .map_err(|_| Failure::usage("--save-every must be a number of seconds, 0 or more"))?;
    let stop = stop_on_signals()?;
    let share = mainstreet::study::Effort {
        runs: runs.len(),
        ..effort
    };
    let bar = MonthBar::new(global, share);
    let ensemble = Ensemble {
        model: &MainStreet,
        schedule: schedule(global, effort, every),
        store: Some(&store),
        stop: &stop,
    };
    let done = perform_sweep(&plan, &runs, &ensemble, |event| bar.tell(event, global));
    bar.end();
    let done = done?.len();
    say(
        global,
        &format!("shard {shard}: {done} of {} runs are done", effort.runs),
    );
    Ok(())
}

fn collect_runs(args: &CollectArgs, global: &Global) -> Result<(), Failure> {
    let (folder, request, plan) = open_plan(&args.plan)?;
    let store = Store::open(&folder.join(RUNS_NAME))?;
    let settings = plan.settings().map_err(|e| Failure::usage(e.to_string()))?;
    let total = settings.len() * plan.replicates as usize;
    let missing: Vec<usize> = (0..total).filter(|&run| !store.has_result(run)).collect();
    if let Some(first) = missing.first() {
        return Err(Failure::run(format!(
            "{} of {total} runs are missing, first run {first}: do them with `mainstreet sweep run --plan {}`",
            missing.len(),
            args.plan.display()
        )));
    }
    let out = if args.force {
        OutputFolder::replace(&args.out)?
    } else {
        OutputFolder::create(&args.out)?
    };
    // All results are there, so this reads and simulates nothing, unless one is damaged.
    let start = Path::new("");
    let answer = study::answer(&request, Some(&store), start, Duration::MAX, global)?;
    study::write(out, &request, &answer, start)?;
    closing(&request, &answer, &args.out, global)
}

/// The shard of a task of a Slurm job array, if this is one.
fn slurm_shard(variable: impl Fn(&str) -> Option<String>) -> Result<Option<Shard>, Failure> {
    let number = |name: &str| -> Result<Option<usize>, Failure> {
        let Some(text) = variable(name) else {
            return Ok(None);
        };
        let number = text.trim().parse();
        number
            .map(Some)
            .map_err(|_| Failure::usage(format!("{name} is `{text}`, which is no number")))
    };
    let (Some(id), Some(count)) = (
        number("SLURM_ARRAY_TASK_ID")?,
        number("SLURM_ARRAY_TASK_COUNT")?,
    ) else {
        return Ok(None);
    };
    let first = number("SLURM_ARRAY_TASK_MIN")?.unwrap_or(0);
    let shard = id
        .checked_sub(first)
        .and_then(|index| Shard::new(index, count));
    shard.map(Some).ok_or_else(|| {
        Failure::usage(format!(
            "task {id} does not fit an array of {count} tasks from {first} on: number them without gaps"
        ))
    })
}

fn resolve(what: &What, global: &Global) -> Result<(String, SweepPlan), Failure> {
    let mut file = match &what.file {
        Some(path) => {
            if !what.vary.is_empty() {
                return Err(Failure::usage(
                    "say what varies in the file or by --vary, not both",
                ));
            }
            let text = std::fs::read_to_string(path).map_err(|error| {
                Failure::files(format!("cannot read {}: {error}", path.display()))
            })?;
            SweepFile::parse(&text)
                .map_err(|error| Failure::usage(format!("{}: {error}", path.display())))?
        }
        None if what.vary.is_empty() => {
            return Err(Failure::usage(
                "name a sweep file, or say what varies: --vary key=from:to:step",
            ));
        }
        None => SweepFile::of_scenario(&what.scenario),
    };
    let vary: Result<Vec<Vary>, _> = what.vary.iter().map(|text| parse_vary(text)).collect();
    file.vary
        .extend(vary.map_err(|e| Failure::usage(e.to_string()))?);
    file.replicates = what.replicates.unwrap_or(file.replicates);
    let mut settings = file.settings();
    settings.extend(what.settings.iter().cloned());
    let mut scenarios = Vec::new();
    for named in file.scenarios()? {
        let scenario = match &what.file {
            Some(path) if beside(path, &named).exists() => beside(path, &named),
            _ => PathBuf::from(&named),
        };
        scenarios.push(open_named(&scenario, &settings, false, Some(global))?);
    }
    let plan = SweepPlan::over(&file, &scenarios).map_err(|error| match (&what.file, error) {
        (Some(path), SweepError::File(why)) => Failure::usage(format!("{}: {why}", path.display())),
        (_, error) => Failure::from(error),
    })?;
    let name = match what.file.as_deref().and_then(Path::file_stem) {
        Some(stem) => stem.to_string_lossy().into_owned(),
        None => format!("sweep-{}", plan.scenario.name),
    };
    Ok((name, plan))
}

fn announce(plan: &SweepPlan, global: &Global) -> Result<(), Failure> {
    let points = plan.points().map_err(|e| Failure::usage(e.to_string()))?;
    say(
        global,
        &format!(
            "{}: {}, {}, {}",
            plan.scenario.name,
            counted(plan.factors.len(), "parameter"),
            counted(points, "point"),
            counted(points * plan.replicates as usize, "run")
        ),
    );
    Ok(())
}

fn counted(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}

/// The list of runs, as the bytes of its file.
fn listed(plan: &SweepPlan) -> Result<Vec<u8>, Failure> {
    let settings = plan.settings().map_err(|e| Failure::usage(e.to_string()))?;
    let mut bytes = Vec::new();
    studies::plan(plan, &settings)?
        .write_csv(&mut bytes)
        .map_err(|error| Failure::files(error.to_string()))?;
    Ok(bytes)
}

/// Reads a plan and makes sure that its list of runs is the one the request makes.
fn open_plan(list: &Path) -> Result<(PathBuf, Request, SweepPlan), Failure> {
    let folder = list.parent().unwrap_or(Path::new("")).to_owned();
    let request = read_request(&folder.join(REQUEST_NAME))?;
    let Asked::Sweep { plan } = &request.asked else {
        return Err(Failure::usage(format!(
            "{} is not the plan of a sweep",
            list.display()
        )));
    };
    if request.version != env!("CARGO_PKG_VERSION") {
        return Err(Failure::usage(format!(
            "version {} made this plan and this is version {}: use one version for all runs",
            request.version,
            env!("CARGO_PKG_VERSION")
        )));
    }
    let found = std::fs::read(list)
        .map_err(|error| Failure::files(format!("cannot read {}: {error}", list.display())))?;
    if found != listed(plan)? {
        return Err(Failure::usage(format!(
            "{} was changed since it was planned: plan again",
            list.display()
        )));
    }
    let plan = (**plan).clone();
    Ok((folder, request, plan))
}

/// Says what cannot be told, and where the results are.
fn closing(
    request: &Request,
    answer: &Answer,
    root: &Path,
    global: &Global,
) -> Result<(), Failure> {
    told::print_answer(request, answer)?;
    if let (Asked::Sweep { plan }, Answer::Sweep(outcomes)) = (&request.asked, answer) {
        let (_, untold) = effects(plan, outcomes).map_err(|e| Failure::usage(e.to_string()))?;
        for outcome in untold {
            say(
                global,
                &format!(
                    "no sensitivity of {}: {}",
                    plan.columns[outcome.column].column(),
                    outcome.reason
                ),
            );
        }
        let failed = outcomes.iter().filter(|o| !o.failure.is_empty()).count();
        if failed > 0 {
            say(
                global,
                &format!("{failed} runs describe no town; see column failure"),
            );
        }
    }
    say(global, &format!("results in {}", root.display()));
    Ok(())
}
