//! Names of scenarios on the command line: which there are, and which was meant.

use std::path::Path;

use mainstreet::scenario::{self, LIBRARY, Registry, Source, nearest};

use super::failure::Failure;
use super::print;

/// Longest name of a folder made from scenarios' names, in characters: file systems end at 255 bytes.
const LONGEST_FOLDER: usize = 80;

/// A file if there is one of that name, else a scenario that comes with the program.
pub fn source(name: &Path) -> Result<Source, Failure> {
    let text = name.to_string_lossy();
    if name.exists() || text.is_empty() {
        return Ok(Source::Path(name.to_owned()));
    }
    if LIBRARY.scenario(&text).is_some() {
        return Ok(Source::Embedded(text.into_owned()));
    }
    Err(Failure::usage(unknown(name)))
}

/// Says what may have been meant by a name that nothing has.
fn unknown(name: &Path) -> String {
    let mut text = format!(
        "there is no scenario and no file `{}`",
        name.to_string_lossy()
    );
    let with_ending = name.with_extension("toml");
    let stem = name.file_stem().unwrap_or_default().to_string_lossy();
    if with_ending != name && with_ending.is_file() {
        text += &format!("; there is a file `{}`", with_ending.display());
    } else if LIBRARY.scenario(&stem).is_some() {
        text += &format!("; the scenario `{stem}` comes with the program: name it without a path");
    } else if let Some(near) = near_scenario(&stem) {
        text += &format!("; did you mean the scenario `{near}`, which comes with the program?");
    } else if let Some(near) = near_file(name) {
        text += &format!("; did you mean the file `{near}`?");
    }
    text + "\n`mainstreet list` lists the scenarios that come with the program"
}

fn near_scenario(typed: &str) -> Option<&'static str> {
    let plain: Vec<String> = names().map(|name| name.replace('-', "_")).collect();
    let found = nearest(typed, plain.iter().map(String::as_str))?;
    let place = plain.iter().position(|name| name == found)?;
    names().nth(place)
}

/// A file beside the one that was named.
fn near_file(name: &Path) -> Option<String> {
    let folder = match name.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let entries = std::fs::read_dir(folder).ok()?;
    let mut files: Vec<String> = (entries.flatten())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|file| file.ends_with(".toml"))
        .collect();
    files.sort();
    let plain: Vec<String> = (files.iter())
        .map(|file| file.to_lowercase().replace('-', "_"))
        .collect();
    let typed = name.file_name()?.to_string_lossy();
    let found = nearest(&typed, plain.iter().map(String::as_str))?;
    let place = plain.iter().position(|file| file == found)?;
    Some(folder.join(&files[place]).display().to_string())
}

/// Names of the scenarios that come with the program.
pub fn names() -> impl Iterator<Item = &'static str> {
    LIBRARY.scenarios.iter().map(|(name, _)| *name)
}

/// Paths of all parameters that --set takes.
pub fn keys() -> Vec<&'static str> {
    let parameters = Registry::embedded().parameters().iter();
    let paths = parameters.flat_map(|parameter| parameter.defaults.iter());
    paths.map(|(path, _)| path.as_str()).collect()
}

/// Prints the scenarios that come with the program, with title and question.
pub fn list() -> Result<(), Failure> {
    let width = names().map(str::len).max().unwrap_or(0);
    let mut text = String::new();
    for name in names() {
        let loaded = scenario::load(&Source::Embedded(name.to_owned()), &[])
            .map_err(|found| Failure::mistakes(&found, false))?;
        let question = loaded.question.or(loaded.title).unwrap_or_default();
        text += &format!("{name:width$}  {question}\n");
    }
    text += "\nRun one by its name: mainstreet run baseline. A file of yours is named by its path; \
             mainstreet init my-town.toml writes one to start from.\n";
    print(&text)
}

/// A name for the folder of several scenarios: all their names, or the first ones, how many more, and a checksum of
/// all, so that other sets get other folders.
pub fn joined(names: &[&str]) -> String {
    let all = names.join("-");
    if all.chars().count() <= LONGEST_FOLDER {
        return all;
    }
    let mut shown = String::new();
    let mut count = 0;
    for name in names {
        if !shown.is_empty() && shown.len() + name.len() + 1 > LONGEST_FOLDER / 2 {
            break;
        }
        if !shown.is_empty() {
            shown.push('-');
        }
        shown.extend(name.chars().take(LONGEST_FOLDER / 2));
        count += 1;
    }
    let [first, second, ..] = mainstreet::output::Checksum::of(all.as_bytes());
    let sum = format!("{first:02x}{second:02x}");
    match names.len() - count {
        0 => format!("{shown}-{sum}"),
        more => format!("{shown}-and-{more}-more-{sum}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_meant_is_told() {
        let told = |name: &str| unknown(Path::new(name));
        for (typed, meant) in [
            ("basline", "`baseline`"),
            ("fast_ai", "`fast-ai`"),
            ("Baseline", "`baseline`"),
            (
                "elsewhere/baseline.toml",
                "`baseline` comes with the program",
            ),
        ] {
            assert!(told(typed).contains(meant), "{}", told(typed));
        }
        assert!(!told("zzzzzzzzzzz").contains("did you mean"));
    }

    #[test]
    fn folder_names_fit_and_tell_sets_apart() {
        assert_eq!(joined(&["baseline", "fast-ai"]), "baseline-fast-ai");
        let all: Vec<&str> = names().collect();
        let (long, other) = (joined(&all), joined(&all[..all.len() - 1]));
        assert!(long.starts_with("baseline-no-automation-") && long.contains("-more-"));
        assert!(long.len() <= LONGEST_FOLDER && long != other);
        let letters = "x".repeat(300);
        assert!(joined(&[&letters, &letters]).len() <= LONGEST_FOLDER);
    }

    #[test]
    fn keys_and_names_are_there_for_completions() {
        assert!(keys().contains(&"town.residents") && names().any(|name| name == "reskilling"));
    }
}
