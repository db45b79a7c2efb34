//! Subcommands about scenario files: check, show, init, schema, explain.

use std::path::{Path, PathBuf};

use clap::Args;
use mainstreet::output::write::{IfExists, write_whole};
use mainstreet::rng::Draws;
use mainstreet::scenario::{self, LIBRARY, Loaded, Parameters, Source};
use mainstreet::town::synthesis;

use super::failure::Failure;
use super::{Chosen, Global, print, say};

/// A scenario to print.
#[derive(Args)]
pub struct ScenarioArgs {
    #[command(flatten)]
    chosen: Chosen,
}

/// A scenario to check.
#[derive(Args)]
pub struct CheckArgs {
    #[command(flatten)]
    chosen: Chosen,
}

/// A scenario to start from.
#[derive(Args)]
pub struct InitArgs {
    /// File to write; it must not exist.
    file: PathBuf,
    /// Kind of town: main_street, factory, college or tourist.
    #[arg(long, default_value = "main_street")]
    kind: String,
}

/// Reads a scenario and its parameters; warnings go to stderr.
pub fn open(chosen: &Chosen, global: Option<&Global>) -> Result<(Loaded, Parameters), Failure> {
    let mut settings = chosen.settings.clone();
    if let Some(seed) = chosen.seed {
        settings.push(format!("run.seed={seed}"));
    }
    let mistakes = |found: Vec<scenario::Diagnostic>| Failure::mistakes(&found, chosen.json);
    let loaded = scenario::load(&source(&chosen.scenario), &settings).map_err(mistakes)?;
    let parameters = scenario::resolve(&loaded).map_err(mistakes)?;
    if let Some(global) = global
        && !loaded.warnings.is_empty()
    {
        say(
            global,
            scenario::render_all(&loaded.warnings, true).trim_end(),
        );
    }
    Ok((loaded, parameters))
}

/// A file if there is one of that name, else a scenario that comes with the program.
fn source(name: &Path) -> Source {
    let text = name.to_string_lossy();
    if !name.exists() && LIBRARY.scenario(&text).is_some() {
        Source::Embedded(text.into_owned())
    } else {
        Source::Path(name.to_owned())
    }
}

/// Checks a scenario, down to whether its town can be built.
pub fn check(args: &CheckArgs, global: &Global) -> Result<(), Failure> {
    let (loaded, parameters) = open(&args.chosen, Some(global))?;
    let draws = Draws::new(parameters.run.seed, 0);
    // A small copy of the town shows whether its accounts can close, in no time.
    let mut small = parameters.clone();
    small.town.residents = small.town.residents.min(20_000);
    synthesis::synthesize(&small, draws).map_err(|error| Failure::usage(error.to_string()))?;
    say(
        global,
        &format!(
            "{}: no mistakes; {} residents, {} months",
            loaded.name, parameters.town.residents, parameters.run.months
        ),
    );
    Ok(())
}

/// Prints a scenario with all its values.
pub fn show(args: &ScenarioArgs) -> Result<(), Failure> {
    let (loaded, _) = open(&args.chosen, None)?;
    print(&scenario::show(&loaded))
}

/// Writes a scenario to start from.
pub fn init(args: &InitArgs) -> Result<(), Failure> {
    let name = args
        .file
        .file_stem()
        .map_or_else(String::new, |s| s.to_string_lossy().into_owned());
    let text = scenario::init(&name, &args.kind)
        .map_err(|mistake| Failure::mistakes(&[*mistake], false))?;
    write_whole(&args.file, IfExists::Refuse, |out| {
        std::io::Write::write_all(out, text.as_bytes())
    })?;
    Ok(())
}

/// Prints the JSON Schema of scenario files.
pub fn schema() -> Result<(), Failure> {
    print(&format!("{:#}\n", scenario::schema()))
}

/// Explains a parameter.
pub fn explain(key: &str) -> Result<(), Failure> {
    let text = scenario::explain(key).map_err(|mistake| Failure::mistakes(&[*mistake], false))?;
    print(&text)
}
