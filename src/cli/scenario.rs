//! Subcommands about scenario files: check, show, init, schema, explain.

use std::path::{Path, PathBuf};

use clap::Args;
use mainstreet::indicators::MonthIndicators;
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
    let mut settings = place_setting(chosen.place.as_deref());
    settings.extend(chosen.settings.iter().cloned());
    if let Some(seed) = chosen.seed {
        settings.push(format!("run.seed={seed}"));
    }
    let mistakes = |found: Vec<scenario::Diagnostic>| Failure::mistakes(&found, chosen.json);
    let loaded = open_named(&chosen.scenario, &settings, chosen.json, global)?;
    let parameters = scenario::resolve(&loaded).map_err(mistakes)?;
    Ok((loaded, parameters))
}

/// `--place` as a setting. It stands first, so that `--set` may change what the place says.
pub fn place_setting(place: Option<&str>) -> Vec<String> {
    let setting = |place: &str| format!("town.place={}", toml::Value::from(place));
    place.map(setting).into_iter().collect()
}

/// Reads a scenario by its file or name; warnings go to stderr.
pub fn open_named(
    name: &Path,
    settings: &[String],
    json: bool,
    global: Option<&Global>,
) -> Result<Loaded, Failure> {
    let loaded =
        scenario::load(&source(name), settings).map_err(|found| Failure::mistakes(&found, json))?;
    if let Some(global) = global
        && !loaded.warnings.is_empty()
    {
        say(
            global,
            scenario::render_all(&loaded.warnings, true).trim_end(),
        );
    }
    Ok(loaded)
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

/// Words of the course, as `**Word**: meaning` paragraphs.
const GLOSSARY: &str = include_str!("../../docs/course/glossary.md");

/// Explains a parameter, a part of a scenario, a policy, an indicator or a word of the glossary.
pub fn explain(key: &str) -> Result<(), Failure> {
    let text = scenario::explain(key).or_else(|mistake| {
        let other = indicator(key).or_else(|| word(key));
        other.ok_or_else(|| Failure::mistakes(&[*mistake], false))
    })?;
    print(&text)
}

fn indicator(key: &str) -> Option<String> {
    let mut all = MonthIndicators::definitions();
    let found = all.find(|definition| definition.name == key.trim())?;
    Some(format!(
        "{}\n\n  {}\n\n  unit      {}\n  column of indicators.csv, one row a month\n",
        found.name,
        found.full_text(),
        found.unit
    ))
}

/// The glossary's entry of a word, in any case, with spaces or underscores.
fn word(key: &str) -> Option<String> {
    let wanted = key.trim().replace('_', " ").to_lowercase();
    let mut entries = GLOSSARY
        .split("\n\n")
        .filter_map(|entry| entry.strip_prefix("**")?.split_once("**:"));
    let (word, meaning) = entries.find(|(word, _)| word.to_lowercase() == wanted)?;
    let meaning = meaning.trim().replace(['*', '`'], "").replace('\n', "\n  ");
    Some(format!(
        "{word}\n\n  {meaning}\n\n  All words: docs/course/glossary.md; first steps: docs/course/tutorial.md\n"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_indicators_are_explained() {
        let gini = word("gini_coefficient").expect("it is in the glossary");
        assert!(
            gini.starts_with("Gini coefficient\n\n  inequality"),
            "{gini}"
        );
        assert!(word("no such word").is_none());
        let text = indicator("employment_rate").expect("it is measured");
        assert!(text.contains("share"), "{text}");
        let count = GLOSSARY.matches("\n**").count();
        let in_order = GLOSSARY
            .split("\n\n")
            .filter_map(|entry| entry.strip_prefix("**"));
        let words: Vec<String> = in_order.map(str::to_lowercase).collect();
        assert!(words.is_sorted() && words.len() == count && count > 30);
    }
}
