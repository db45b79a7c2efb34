//! `mainstreet run`: one scenario to tables and charts.

use std::ops::ControlFlow;

use clap::Args;
use mainstreet::month::{self, Scratch};
use mainstreet::run::{RunRecord, RunSettings, build_town, simulate_with};
use mainstreet::scenario::{Diagnostic, Parameters};
use mainstreet::study::{Asked, StudyScenario};

use super::failure::Failure;
use super::progress::bar;
use super::scenario::open;
use super::study::{Drawing, Place, begin};
use super::{Chosen, Global, closing, say};

/// What to run and where to put it.
#[derive(Args)]
pub struct RunArgs {
    #[command(flatten)]
    chosen: Chosen,
    /// Runs with draws of their own; more than one gives means and bands in place of one run's tables.
    #[arg(short, long, value_name = "N", default_value_t = 1)]
    replicates: u32,
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    drawing: Drawing,
    /// Read the scenario and say what would be run, without running it.
    #[arg(long)]
    dry_run: bool,
}

/// Runs a scenario.
pub fn run(args: &RunArgs, global: &Global) -> Result<(), Failure> {
    let (loaded, parameters) = open(&args.chosen, Some(global))?;
    if args.replicates == 0 {
        return Err(Failure::usage("--replicates must be 1 or more"));
    }
    let root = args.place.root(&loaded.name);
    let times = match args.replicates {
        1 => String::new(),
        many => format!(", {many} times"),
    };
    say(
        global,
        &format!(
            "{}: a town of {} residents, {} months after {} of burn-in, seed {}{times}",
            loaded.name,
            parameters.town.residents,
            parameters.run.months,
            parameters.run.burn_in_months,
            parameters.run.seed
        ),
    );
    if args.dry_run {
        return Ok(());
    }
    let mistakes = |found: Vec<Diagnostic>| Failure::mistakes(&found, args.chosen.json);
    let asked = Asked::Run {
        scenario: StudyScenario::of(&loaded).map_err(mistakes)?.to_text(),
        replicates: args.replicates,
    };
    let request = args.drawing.request(asked, args.place.csv);
    begin(&request, None, &root, &args.place, global)?;
    closing::tell(&root, args.drawing.open, global);
    Ok(())
}

/// Runs one replicate with a bar.
pub fn simulate(
    parameters: &Parameters,
    replicate: u32,
    global: &Global,
) -> Result<RunRecord, Failure> {
    let settings = RunSettings::of(parameters, replicate);
    let progress = bar(
        global,
        u64::from(settings.burn_in_months + settings.months),
        "months",
    );
    let mut scratch = Scratch::default();
    let record = simulate_with(
        parameters,
        settings,
        |draws| build_town(parameters, draws),
        |town| month::advance(town, parameters, &mut scratch),
        &mut |state| {
            progress.set_position(u64::from(state.months_lived));
            progress.set_message(format!(
                "unemployment {:.1}%",
                100.0 * state.unemployment_rate
            ));
            ControlFlow::Continue(())
        },
    );
    progress.finish_and_clear();
    Ok(record?)
}
