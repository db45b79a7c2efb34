//! `mainstreet compare`, `mainstreet checkpoint` and `mainstreet branch`: scenarios against a baseline.

use std::path::{Path, PathBuf};

use clap::Args;
use mainstreet::run::checkpoint;
use mainstreet::run::{MainStreet, Model, Replicate, RunSettings};
use mainstreet::scenario::changes_timeline;
use mainstreet::study::{Asked, ScenarioText, StudyScenario, settings_of};

use super::failure::Failure;
use super::scenario::open_named;
use super::study::{Drawing, Place, begin, stop_on_signals};
use super::{Chosen, Global, closing, names, say};

/// Scenarios to compare.
#[derive(Args)]
pub struct CompareArgs {
    /// Baseline, then one or more scenarios: files, or names of scenarios that come with the program.
    #[arg(value_name = "SCENARIO", num_args = 2.., required = true)]
    scenarios: Vec<PathBuf>,
    /// Paired runs of each scenario.
    #[arg(short, long, value_name = "N", default_value_t = 10)]
    replicates: u32,
    /// Change one value in every scenario, such as --set run.months=60, or of a policy where it stands, such as
    /// --set timeline.basic_income.amount=250; may be given several times.
    #[arg(long = "set", value_name = "KEY=VALUE")]
    settings: Vec<String>,
    /// A real place that all of them are about, such as "Macon County, IL" or 17115.
    #[arg(long = "place", value_name = "PLACE")]
    real_place: Option<String>,
    /// Seed of all draws: short for --set run.seed=N.
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// How often intervals should hold the model's own difference, 0 to 1.
    #[arg(long, value_name = "SHARE", default_value_t = 0.95)]
    confidence: f64,
    /// Compare scenarios with different seeds, as independent runs.
    #[arg(long)]
    unpaired: bool,
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    drawing: Drawing,
}

/// A saved town and the scenarios that start from it.
#[derive(Args)]
pub struct BranchArgs {
    /// Saved town, from `mainstreet checkpoint`.
    #[arg(value_name = "CHECKPOINT")]
    checkpoint: PathBuf,
    /// Scenarios; the first is the baseline of the others.
    #[arg(value_name = "SCENARIO", required = true)]
    scenarios: Vec<PathBuf>,
    /// Futures of each scenario: the first repeats the saved run's draws, the others draw anew.
    #[arg(short, long, value_name = "N", default_value_t = 10)]
    replicates: u32,
    /// Change one value in every scenario; may be given several times.
    #[arg(long = "set", value_name = "KEY=VALUE")]
    settings: Vec<String>,
    /// How often intervals should hold the model's own difference, 0 to 1.
    #[arg(long, value_name = "SHARE", default_value_t = 0.95)]
    confidence: f64,
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    drawing: Drawing,
}

/// A town to save.
#[derive(Args)]
pub struct CheckpointArgs {
    #[command(flatten)]
    chosen: Chosen,
    /// Months to live before the town is saved, counted from the first month after burn-in.
    #[arg(long, value_name = "N")]
    month: u32,
    /// File to write.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// Compares scenarios, run by run.
pub fn compare(args: &CompareArgs, global: &Global) -> Result<(), Failure> {
    let mut settings = super::scenario::place_setting(args.real_place.as_deref());
    settings.extend(args.settings.iter().cloned());
    settings.extend(args.seed.map(|seed| format!("run.seed={seed}")));
    let scenarios = open_all(&args.scenarios, &settings, global)?;
    let name = folder_name(&scenarios);
    warn_of_sizes(&scenarios, global)?;
    say(
        global,
        &format!(
            "{name}: {} runs of each{}",
            args.replicates,
            if args.unpaired {
                ", not taken in pairs where draws differ"
            } else {
                " with the same draws"
            }
        ),
    );
    let asked = Asked::Compare {
        scenarios,
        replicates: args.replicates,
        confidence: args.confidence,
        allow_unpaired: args.unpaired,
    };
    check(args.replicates, args.confidence)?;
    let root = args.place.root(&format!("compare-{name}"));
    let request = args.drawing.request(asked, args.place.csv);
    begin(&request, None, &root, &args.place, global)?;
    closing::tell(&root, args.drawing.open, global);
    Ok(())
}

/// Runs scenarios from one saved town on.
pub fn branch(args: &BranchArgs, global: &Global) -> Result<(), Failure> {
    let saved = checkpoint::read(&args.checkpoint)?;
    let mut settings = settled(&saved);
    settings.extend(args.settings.iter().cloned());
    let scenarios = open_all(&args.scenarios, &settings, global)?;
    let begun = saved
        .months_lived()
        .saturating_sub(saved.settings().burn_in_months);
    for text in &scenarios {
        let parameters = StudyScenario::read(text, &[])
            .map_err(|unreadable| Failure::mistakes(&unreadable.mistakes, false))?
            .parameters;
        if parameters.run.months <= begun {
            return Err(Failure::usage(format!(
                "{} ends after {} months, and the saved town has lived {begun}: set run.months higher",
                text.name, parameters.run.months
            )));
        }
        warn_of_settled(&saved, text, global);
    }
    check(args.replicates, args.confidence)?;
    let name = folder_name(&scenarios);
    let asked = Asked::Branch {
        scenarios,
        futures: args.replicates,
        confidence: args.confidence,
    };
    let root = args.place.root(&format!("branch-{name}"));
    let request = args.drawing.request(asked, args.place.csv);
    begin(&request, Some(&saved), &root, &args.place, global)?;
    closing::tell(&root, args.drawing.open, global);
    Ok(())
}

/// Lives a scenario's first months and saves the town.
pub fn save(args: &CheckpointArgs, global: &Global) -> Result<(), Failure> {
    let (loaded, parameters) = super::scenario::open(&args.chosen, Some(global))?;
    let scenario = StudyScenario::of(&loaded).map_err(|found| Failure::mistakes(&found, false))?;
    if args.month > parameters.run.months {
        return Err(Failure::usage(format!(
            "the scenario has {} months, so none is month {}",
            parameters.run.months, args.month
        )));
    }
    let settings = RunSettings {
        months: args.month,
        ..RunSettings::of(&parameters, 0)
    };
    let stop = stop_on_signals()?;
    let model = MainStreet;
    let town = model
        .build(&parameters, settings.draws())
        .map_err(|error| Failure::usage(error.to_string()))?;
    let conventions = mainstreet::indicators::Conventions::of(&parameters);
    let mut replicate = Replicate::new(town, settings, conventions);
    let mut scratch = Default::default();
    while !replicate.is_finished() {
        if stop.load(std::sync::atomic::Ordering::Relaxed) {
            return Err(Failure::interrupted("stopped before the town was saved"));
        }
        replicate.live_month(&mut |town| model.advance(town, &parameters, &mut scratch))?;
    }
    checkpoint::write(&args.out, &replicate, &scenario.text)?;
    say(
        global,
        &format!("town of month {} in {}", args.month, args.out.display()),
    );
    Ok(())
}

/// Opens scenarios with settings. A value of a policy or shock is set in those scenarios that hold it.
fn open_all(
    files: &[PathBuf],
    settings: &[String],
    global: &Global,
) -> Result<Vec<ScenarioText>, Failure> {
    let (of_timeline, general): (Vec<String>, Vec<String>) =
        (settings.iter().cloned()).partition(|setting| changes_timeline(setting));
    let mut own: Vec<Vec<String>> = vec![general.clone(); files.len()];
    for setting in of_timeline {
        let mut holders = Vec::new();
        for (file, own) in files.iter().zip(&mut own) {
            let loaded = open_named(file, &general, false, None)?;
            if loaded.has_name_of(&setting) {
                own.push(setting.clone());
                holders.push(loaded.name);
            }
        }
        if holders.is_empty() {
            // No scenario takes it: the last one says why.
            own.last_mut()
                .into_iter()
                .for_each(|own| own.push(setting.clone()));
        } else if holders.len() < files.len() {
            say(
                global,
                &format!("{setting}: in {} alone", holders.join(", ")),
            );
        }
    }
    let mut opened: Vec<ScenarioText> = Vec::new();
    for (file, settings) in files.iter().zip(&own) {
        let loaded = open_named(file, settings, false, Some(global))?;
        let scenario = StudyScenario::of(&loaded).map_err(|m| Failure::mistakes(&m, false))?;
        if opened.iter().any(|other| other.name == scenario.name) {
            return Err(Failure::usage(format!(
                "two scenarios are called {}: give one another name with `name = \"…\"` in its file",
                scenario.name
            )));
        }
        opened.push(scenario.to_text());
    }
    Ok(opened)
}

fn folder_name(scenarios: &[ScenarioText]) -> String {
    let all: Vec<&str> = scenarios.iter().map(|s| s.name.as_str()).collect();
    names::joined(&all)
}

/// Says where towns differ in size: levels then differ for that reason alone.
fn warn_of_sizes(scenarios: &[ScenarioText], global: &Global) -> Result<(), Failure> {
    let mut sizes = Vec::new();
    for text in scenarios {
        let read = StudyScenario::read(text, &[])
            .map_err(|unreadable| Failure::mistakes(&unreadable.mistakes, false))?;
        sizes.push((&text.name, read.parameters.town.residents));
    }
    let Some((first, size)) = sizes.first() else {
        return Ok(());
    };
    for (name, other) in &sizes {
        if other != size {
            say(
                global,
                &format!(
                    "warning: {name} has {other} residents and {first} {size}: numbers and rates will differ for that \
                     alone; --set town.residents=… makes all towns of one size"
                ),
            );
        }
    }
    Ok(())
}

fn check(replicates: u32, confidence: f64) -> Result<(), Failure> {
    if replicates < 2 {
        return Err(Failure::usage(
            "one run of each tells nothing of luck: ask for two or more with --replicates",
        ));
    }
    if !(confidence > 0.0 && confidence < 1.0) {
        return Err(Failure::usage(
            "--confidence lies between 0 and 1, such as 0.95",
        ));
    }
    Ok(())
}

/// What shaped the saved town or was lived already, as settings that every scenario starts from.
fn settled(saved: &checkpoint::SavedReplicate) -> Vec<String> {
    let scenario: toml::Table = saved.scenario().parse().unwrap_or_default();
    let town = scenario.get("town").and_then(toml::Value::as_table);
    let mut settings = town.map_or_else(Vec::new, |town| settings_of("town", town));
    settings.push(format!("run.seed={}", saved.settings().seed));
    settings.push(format!(
        "run.burn_in_months={}",
        saved.settings().burn_in_months
    ));
    settings
}

/// Says which differences from the saved town's scenario come too late, because they shaped the town.
fn warn_of_settled(saved: &checkpoint::SavedReplicate, text: &ScenarioText, global: &Global) {
    let town = |toml: &str| -> Option<toml::Value> {
        let table: toml::Table = toml.parse().ok()?;
        table.get("town").cloned()
    };
    if town(saved.scenario()) != town(&text.toml) {
        say(
            global,
            &format!(
                "warning: {} differs under [town] from the scenario of the saved town; the town is built already",
                text.name
            ),
        );
    }
}

/// The folder a relative path in a file is meant from.
pub fn beside(file: &Path, name: &str) -> PathBuf {
    file.parent().unwrap_or(Path::new("")).join(name)
}
