//! A sweep in parts: its plan, a share of its runs, and their results put together.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use mainstreet::output::folder::OutputFolder;
use mainstreet::output::studies::{self, REQUEST_NAME, request_text};
use mainstreet::output::write::{IfExists, write_whole};
use mainstreet::run::MainStreet;
use mainstreet::run::checkpoint::{self, UNFINISHED};
use mainstreet::run::ensemble::Ensemble;
use mainstreet::study::sweep::{Shard, SweepPlan};
use mainstreet::study::{Asked, Request, perform_sweep};

use super::super::failure::Failure;
use super::super::study::{self, MonthBar, read_request, schedule, stop_on_signals};
use super::super::{Global, say, told};
use super::{What, announce, closing, resolve};

/// Name of the table that lists the runs of a plan.
const PLAN_NAME: &str = "plan.csv";
/// Folder of results of single runs beside a plan.
const RUNS_NAME: &str = "runs";

#[derive(Args)]
pub(super) struct PlanArgs {
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
pub(super) struct ShardArgs {
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
pub(super) struct CollectArgs {
    /// The plan: plan.csv in its folder. Or the folder of results of a sweep that was cut short.
    #[arg(long, value_name = "FILE")]
    plan: PathBuf,
    /// If runs are missing, take the balanced part before the first of them: whole passes over all points, or the
    /// first points.
    #[arg(long)]
    partial: bool,
    /// Folder for the tables.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Replace the results of an earlier run in that folder.
    #[arg(long)]
    force: bool,
}

pub(super) fn write_plan(args: &PlanArgs, global: &Global) -> Result<(), Failure> {
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
        checkpoint::open_store(&args.out.join(RUNS_NAME))?.remove()?;
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

pub(super) fn run_shard(args: &ShardArgs, global: &Global) -> Result<(), Failure> {
    let Planned {
        runs: saved,
        request,
        plan,
    } = open_plan(&args.plan)?;
    let shard = match args.shard {
        Some(shard) => shard,
        None => slurm_shard(|name| std::env::var(name).ok())?.unwrap_or(Shard::ALL),
    };
    let effort = request.asked.effort()?;
    let runs = shard.runs(effort.runs);
    let store = checkpoint::open_store(&saved)?;
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
    let done = done.map_err(|error| {
        let failure = Failure::from(error);
        let told = failure.text().to_owned();
        match failure.can_go_on() {
            true => failure.hint(format!(
                "shard {shard}: {told}; the same command goes on with it"
            )),
            false => failure,
        }
    })?;
    let done = done.len();
    say(
        global,
        &format!("shard {shard}: {done} of {} runs are done", effort.runs),
    );
    Ok(())
}

/// Writes the tables of all runs, or with `--partial` of those done.
pub(super) fn collect_runs(args: &CollectArgs, global: &Global) -> Result<(), Failure> {
    let Planned {
        runs,
        request,
        plan,
    } = open_source(&args.plan)?;
    let store = checkpoint::open_store(&runs)?;
    let total = request.asked.effort()?.runs;
    let missing: Vec<usize> = (0..total).filter(|&run| !store.has_result(run)).collect();
    let request = match missing.first() {
        None => request,
        Some(&first) if args.partial => {
            part(&request, &plan, first, total - missing.len(), global)?
        }
        Some(first) => {
            let go_on = match args.plan.is_dir() {
                true => format!("mainstreet resume {}", args.plan.display()),
                false => format!("mainstreet sweep run --plan {}", args.plan.display()),
            };
            return Err(Failure::run(format!(
                "{} of {total} runs are missing, first run {first}: do them with `{go_on}`, or collect what is \
                 there with --partial",
                missing.len(),
            )));
        }
    };
    let out = if args.force {
        OutputFolder::replace(&args.out)?
    } else {
        OutputFolder::create(&args.out)?
    };
    // All results are there, so this reads and simulates nothing, unless one is damaged.
    let start = Path::new("");
    let answer = study::answer(&request, Some(&store), start, Duration::MAX, global)?;
    told::print_answer(&request, &answer)?;
    study::write(out, &request, &answer, start, global)?;
    closing(&request, &answer, &args.out, global)
}

/// The request for the balanced part of a sweep of which all runs before `first` are done.
fn part(
    request: &Request,
    plan: &SweepPlan,
    first: usize,
    done: usize,
    global: &Global,
) -> Result<Request, Failure> {
    let part = plan
        .part(first)
        .map_err(|e| Failure::usage(e.to_string()))?
        .ok_or_else(|| {
            Failure::run(format!(
                "too little is done to collect: run {first} is missing, and {done} runs are done in all"
            ))
        })?;
    let points = part.points().map_err(|e| Failure::usage(e.to_string()))?;
    let runs = points * part.replicates as usize;
    say(
        global,
        &format!(
            "a balanced part: {points} points, {} at each; {} more are done and left out",
            super::counted(part.replicates as usize, "run"),
            super::counted(done - runs, "run"),
        ),
    );
    Ok(Request {
        asked: Asked::Sweep {
            plan: Box::new(part),
        },
        ..request.clone()
    })
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

/// The list of runs, as the bytes of its file.
fn listed(plan: &SweepPlan) -> Result<Vec<u8>, Failure> {
    let settings = plan.settings().map_err(|e| Failure::usage(e.to_string()))?;
    let mut bytes = Vec::new();
    studies::plan(plan, &settings)?
        .write_csv(&mut bytes)
        .map_err(|error| Failure::files(error.to_string()))?;
    Ok(bytes)
}

/// A sweep that is done in parts.
struct Planned {
    /// Where results of single runs are.
    runs: PathBuf,
    request: Request,
    plan: SweepPlan,
}

/// Reads a plan, or what is left of a sweep on one machine that was cut short.
fn open_source(path: &Path) -> Result<Planned, Failure> {
    if !path.is_dir() {
        return open_plan(path);
    }
    let unfinished = path.join(UNFINISHED);
    if !unfinished.join(REQUEST_NAME).exists() {
        return Err(Failure::files(format!(
            "{} holds no unfinished sweep",
            path.display()
        )));
    }
    read_planned(&unfinished, path, unfinished.clone())
}

/// Reads a plan and makes sure that its list of runs is the one the request makes.
fn open_plan(list: &Path) -> Result<Planned, Failure> {
    let folder = list.parent().unwrap_or(Path::new(""));
    let planned = read_planned(folder, list, folder.join(RUNS_NAME))?;
    let found = std::fs::read(list)
        .map_err(|error| Failure::files(format!("cannot read {}: {error}", list.display())))?;
    if found != listed(&planned.plan)? {
        return Err(Failure::usage(format!(
            "{} was changed since it was planned: plan again",
            list.display()
        )));
    }
    Ok(planned)
}

/// Reads the request in `folder` of what the user named `named`.
fn read_planned(folder: &Path, named: &Path, runs: PathBuf) -> Result<Planned, Failure> {
    let request = read_request(&folder.join(REQUEST_NAME))?;
    let Asked::Sweep { plan } = &request.asked else {
        return Err(Failure::usage(format!(
            "{} is not the plan of a sweep",
            named.display()
        )));
    };
    if request.version != env!("CARGO_PKG_VERSION") {
        return Err(Failure::usage(format!(
            "version {} made this plan and this is version {}: use one version for all runs",
            request.version,
            env!("CARGO_PKG_VERSION")
        )));
    }
    let plan = (**plan).clone();
    Ok(Planned {
        runs,
        request,
        plan,
    })
}
