//! `mainstreet run`: one scenario to tables and charts.

use std::io::Write;
use std::ops::ControlFlow;
use std::path::PathBuf;

use clap::Args;
use mainstreet::month::{self, Scratch};
use mainstreet::output::folder::OutputFolder;
use mainstreet::output::manifest::RunDescription;
use mainstreet::output::{assumptions, results, run_charts, summary};
use mainstreet::run::{RunRecord, RunSettings, simulate_with};
use mainstreet::scenario::{Loaded, Parameters};
use mainstreet::town::synthesis;

use super::failure::Failure;
use super::progress::bar;
use super::scenario::open;
use super::{Chosen, Global, print, say};

/// What to run and where to put it.
#[derive(Args)]
pub struct RunArgs {
    #[command(flatten)]
    chosen: Chosen,
    /// Folder for the results; output/NAME if not given.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Replace the results of an earlier run in that folder.
    #[arg(long)]
    force: bool,
    /// Read the scenario and say what would be run, without running it.
    #[arg(long)]
    dry_run: bool,
}

/// Runs a scenario.
pub fn run(args: &RunArgs, global: &Global) -> Result<(), Failure> {
    let (loaded, parameters) = open(&args.chosen, Some(global))?;
    let root = args
        .out
        .clone()
        .unwrap_or_else(|| PathBuf::from("output").join(&loaded.name));
    say(
        global,
        &format!(
            "{}: a town of {} residents, {} months after {} of burn-in, seed {}",
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
    let mut folder = if args.force {
        OutputFolder::replace(&root)?
    } else {
        OutputFolder::create(&root)?
    };
    let record = simulate(&parameters, 0, global)?;
    for table in results::tables(&record)? {
        folder.write_csv(&table)?;
    }
    folder.write_csv(&assumptions::table(&[(&loaded.name, &loaded)])?)?;
    for chart in run_charts::charts(&loaded, &parameters, &record)? {
        let drawn = &chart.rendered;
        let files = [
            ("svg", drawn.svg.as_bytes()),
            ("png", &drawn.png),
            ("csv", drawn.csv.as_bytes()),
        ];
        for (ending, content) in files {
            folder.write(&format!("charts/{}.{ending}", chart.name), |out| {
                out.write_all(content)
            })?;
        }
    }
    folder.finish(describe(&loaded, &parameters, 1))?;
    print(&summary_table(&loaded.name, &record))?;
    say(global, &format!("results in {}", root.display()));
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
        |draws| synthesis::synthesize(parameters, draws),
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

/// What the manifest says of a run: nothing of machine, place or time.
pub fn describe(loaded: &Loaded, parameters: &Parameters, replicates: u32) -> RunDescription {
    RunDescription {
        scenario_name: loaded.name.clone(),
        scenario: scenario_text(loaded),
        seed: parameters.run.seed,
        replicates,
        months: parameters.run.months,
    }
}

/// The resolved scenario as TOML that loads again, without the places its values came from.
fn scenario_text(loaded: &Loaded) -> String {
    let mut text = String::new();
    for line in mainstreet::scenario::show(loaded).lines() {
        let value = line.split("  # ").next().unwrap_or(line);
        if !value.starts_with('#') {
            text.push_str(value.trim_end());
            text.push('\n');
        }
    }
    text
}

/// The closing table: key figures of the first and the last year.
fn summary_table(name: &str, record: &RunRecord) -> String {
    let figures = summary::key_figures(record);
    let width = figures
        .iter()
        .map(|figure| figure.label.len())
        .max()
        .unwrap_or(0)
        .max(name.len());
    let mut text = format!(
        "{name:width$}  {:>14}  {:>14}  {:>10}\n",
        "first year", "last year", "change"
    );
    for figure in figures {
        text.push_str(&format!(
            "{:width$}  {:>14}  {:>14}  {:>10}\n",
            figure.label,
            figure.form.write(figure.first),
            figure.form.write(figure.last),
            figure.form.write_change(figure.change()),
        ));
    }
    text
}
