//! `mainstreet sweep`: one scenario at many points, here or in parts on many machines.

mod parts;

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use mainstreet::study::sweep::{SweepError, SweepFile, SweepPlan, Vary, effects, parse_vary};
use mainstreet::study::{Answer, Asked, Request};

use super::compare::beside;
use super::failure::Failure;
use super::scenario::open_named;
use super::study::{Place, begin};
use super::{Global, say};
use parts::{CollectArgs, PlanArgs, ShardArgs};

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
    /// the scenario, timeline.0.KEY=… or timeline.KIND.KEY=… a value of a policy or shock.
    #[arg(long = "vary", value_name = "KEY=…")]
    vary: Vec<String>,
    /// Change one value at every point; may be given several times.
    #[arg(long = "set", value_name = "KEY=VALUE")]
    settings: Vec<String>,
    /// Runs at each point; in place of what the file says.
    #[arg(short, long, value_name = "N")]
    replicates: Option<u32>,
}

/// Runs a sweep or a step of one.
pub fn sweep(args: &SweepArgs, global: &Global) -> Result<(), Failure> {
    match &args.step {
        Some(Step::Plan(plan)) => parts::write_plan(plan, global),
        Some(Step::Run(shard)) => parts::run_shard(shard, global),
        Some(Step::Collect(collect)) => parts::collect_runs(collect, global),
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

/// Says what cannot be told, and where the results are.
fn closing(
    request: &Request,
    answer: &Answer,
    root: &Path,
    global: &Global,
) -> Result<(), Failure> {
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
        let failed = outcomes.iter().filter(|o| !o.failure.is_empty());
        let first = failed.clone().next().map_or("", |o| o.failure.as_str());
        match failed.count() {
            0 => {}
            all if all == outcomes.len() => {
                return Err(Failure::run(format!(
                    "no run describes a town: {first}; results in {}",
                    root.display()
                )));
            }
            some => say(
                global,
                &format!(
                    "{some} of {} describe no town, the first because {first}; see column failure of runs",
                    counted(outcomes.len(), "run")
                ),
            ),
        }
    }
    say(
        global,
        &format!(
            "results in {0}; open {0}/points.csv in a spreadsheet",
            root.display()
        ),
    );
    Ok(())
}
