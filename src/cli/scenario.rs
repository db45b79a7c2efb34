//! Subcommands about scenario files: check, show, init, schema, explain.

use std::path::{Path, PathBuf};

use clap::Args;
use mainstreet::indicators::MonthIndicators;
use mainstreet::output::write::{IfExists, write_whole};
use mainstreet::places::gazetteer;
use mainstreet::rng::Draws;
use mainstreet::scenario::gazetteer::Places;
use mainstreet::scenario::{self, Loaded, Parameters};
use mainstreet::study::place_fit::{headline, told_income, told_lowered};
use mainstreet::town::synthesis::{self, SocialAccounts};

use super::failure::Failure;
use super::names::source;
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
    #[arg(long, default_value = "main_street", conflicts_with = "place")]
    kind: String,
    /// A real place, whose figures are written out to edit.
    #[arg(long, value_name = "PLACE")]
    place: Option<String>,
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
    if let Some(global) = global {
        tell_place(&loaded, &parameters, global);
    }
    Ok((loaded, parameters))
}

/// What a reader of anything about a place should know first; and where jobs are given, what the town buys elsewhere.
fn tell_place(loaded: &Loaded, parameters: &Parameters, global: &Global) {
    if let Some(layer) = &loaded.place {
        say(
            global,
            headline(layer, parameters.town.residents).trim_end(),
        );
    }
    if let Ok(accounts) = SocialAccounts::solve(parameters) {
        let mut told = told_lowered(&accounts.lowered(parameters));
        told.push_str(&told_income(&accounts, parameters.households.mean_income));
        say(global, told.trim_end());
    }
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
    let loaded = scenario::load(&source(name)?, settings)
        .map_err(|found| Failure::mistakes(&found, json))?;
    if let Some(global) = global {
        warn_of_late(&loaded, global);
    }
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

/// Says which policies and shocks begin after the run has ended.
fn warn_of_late(loaded: &Loaded, global: &Global) {
    let run = loaded.values.get("run").and_then(toml::Value::as_table);
    let months = run.and_then(|run| run.get("months")?.as_integer());
    let Some(months) = months else { return };
    for entry in &loaded.timeline {
        if i64::from(entry.from) >= months {
            say(
                global,
                &format!(
                    "warning: {}: {} begins in month {}, and the last month of the run is {}, so it never acts: \
                     choose more run.months or an earlier `from`",
                    loaded.name,
                    entry.kind,
                    entry.from,
                    months - 1
                ),
            );
        }
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
    let text = match &args.place {
        Some(place) => written_out(&name, place)?,
        None => scenario::init(&name, &args.kind)
            .map_err(|mistake| Failure::mistakes(&[*mistake], false))?,
    };
    write_whole(&args.file, IfExists::Refuse, |out| {
        std::io::Write::write_all(out, text.as_bytes())
    })?;
    Ok(())
}

/// The first lines of a scenario file.
pub fn file_head(name: &str, title: &str) -> String {
    let safe = |c: char| {
        if c.is_ascii_alphanumeric() || c == '_' {
            c
        } else {
            '-'
        }
    };
    let name: String = name.chars().map(safe).take(80).collect();
    let (name, title) = (toml::Value::from(name), toml::Value::from(title));
    format!("schema_version = 1\nname = {name}\ntitle = {title}\n")
}

/// A place's figures as a scenario to edit.
fn written_out(name: &str, place: &str) -> Result<String, Failure> {
    let layer = gazetteer().layer(place).map_err(|none| {
        let parts = [Some(none.message()), none.suggestion(), none.allowed()];
        Failure::usage(parts.into_iter().flatten().collect::<Vec<_>>().join("; "))
    })?;
    let head = file_head(name, &layer.name);
    let told: String = layer
        .told
        .iter()
        .map(|told| format!("# {told}\n"))
        .collect();
    Ok(format!(
        "# A town from public data: what they say of each parameter, with source and year. Not a forecast.\n{told}{head}{}",
        layer.text
    ))
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
