//! What a visitor chose on the page, as a scenario file, and what the scenario checker says about it.
//!
//! Every choice becomes one line of the file, so a mistake that the checker finds at a line belongs to one field of
//! the page, and the file that a visitor downloads is the very text that was checked and run.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use toml::Value;

use model::scenario::{
    self, Diagnostic, LIBRARY, Loaded, POLICIES, Parameter, Parameters, Registry, SCHEMA_VERSION,
    Setup, Source,
};

use super::typed::{dotted, is_same, written_value};

/// Name of a scenario whose author gave none.
const USUAL_NAME: &str = "my-town";

/// The parameter that chooses the town; its preset lies below everything else.
const TOWN: &str = "town.kind";

/// Most residents that the page simulates: beyond, a month takes longer than anybody watches.
pub const MOST_RESIDENTS: u32 = 200_000;

/// Most months that the page simulates, burn-in apart.
pub const MOST_MONTHS: u32 = 600;

/// Fields as the page sends them, values as they were typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Built-in scenario that the changes are laid over.
    pub scenario: String,
    /// Name of the visitor's scenario; empty for the usual one.
    #[serde(default)]
    pub name: String,
    /// Values by the path of their parameter.
    #[serde(default)]
    pub settings: BTreeMap<String, String>,
    /// Policies that are switched on.
    #[serde(default)]
    pub policies: Vec<Policy>,
}

/// A policy that is switched on.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Kind of timeline entry.
    pub kind: String,
    /// First month, or a date.
    pub from: String,
    /// First month without it; empty for no end.
    #[serde(default)]
    pub until: String,
    /// Parameters by name.
    #[serde(default)]
    pub values: BTreeMap<String, String>,
}

/// A mistake, in the words of the scenario checker, and the field it belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Field of the page; nothing if the mistake concerns the scenario as a whole.
    pub field: Option<String>,
    /// The mistake in one sentence.
    pub message: String,
    /// What was found.
    pub found: Option<String>,
    /// What is allowed.
    pub allowed: Option<String>,
    /// What to try.
    pub suggestion: Option<String>,
}

/// A choice that can run.
#[derive(Debug)]
pub struct Accepted {
    /// Its name, fit for a file.
    pub name: String,
    /// The scenario file.
    pub text: String,
    /// The values with their places.
    pub loaded: Loaded,
    /// The values.
    pub parameters: Parameters,
    /// What the visitor should know although the scenario can run.
    pub warnings: Vec<Problem>,
}

/// A scenario file, with the field of the page that each line comes from.
#[derive(Debug, Default)]
struct Written {
    text: String,
    fields: Vec<Option<String>>,
}

impl Written {
    fn line(&mut self, line: &str, field: Option<String>) {
        self.text.push_str(line);
        self.text.push('\n');
        self.fields.push(field);
    }

    fn problem(&self, file: &str, found: Diagnostic) -> Problem {
        let is_ours = found.file == file;
        let field = found.line.checked_sub(1).filter(|_| is_ours);
        Problem::of(
            field.and_then(|line| self.fields.get(line).cloned().flatten()),
            found,
        )
    }
}

impl Problem {
    fn of(field: Option<String>, found: Diagnostic) -> Problem {
        Problem {
            field,
            message: found.message,
            found: found.found,
            allowed: found.allowed,
            suggestion: found.suggestion,
        }
    }

    fn plain(field: Option<&str>, message: String) -> Problem {
        Problem {
            field: field.map(str::to_owned),
            message,
            found: None,
            allowed: None,
            suggestion: None,
        }
    }
}

/// Checks a choice with the program's own scenario checker.
///
/// # Errors
/// Every mistake in it.
pub fn accept(setup: &Setup<'_>, choice: &Choice) -> Result<Accepted, Vec<Problem>> {
    if LIBRARY.scenario(&choice.scenario).is_none() {
        let message = format!("there is no built-in scenario `{}`", choice.scenario);
        return Err(vec![Problem::plain(Some("scenario"), message)]);
    }
    let name = match choice.name.trim() {
        "" => USUAL_NAME,
        name => name,
    };
    let file = "my scenario";
    let written = write(setup, choice, name);
    let source = Source::Text {
        name: file.to_owned(),
        text: written.text.clone(),
    };
    let mistakes = |found: Vec<Diagnostic>| -> Vec<Problem> {
        let problems = found.into_iter().map(|one| written.problem(file, one));
        problems.collect()
    };
    let loaded = scenario::load_with(setup, &source, &[]).map_err(mistakes)?;
    let parameters: Parameters = scenario::resolve(&loaded).map_err(mistakes)?;
    let too_much = limits(&parameters);
    if !too_much.is_empty() {
        return Err(too_much);
    }
    let warnings = mistakes(loaded.warnings.clone());
    Ok(Accepted {
        name: loaded.name.clone(),
        text: written.text,
        loaded,
        parameters,
        warnings,
    })
}

/// What only this page refuses.
fn limits(parameters: &Parameters) -> Vec<Problem> {
    let asked = [
        ("town.residents", parameters.town.residents, MOST_RESIDENTS),
        ("run.months", parameters.run.months, MOST_MONTHS),
        (
            "run.burn_in_months",
            parameters.run.burn_in_months,
            MOST_MONTHS,
        ),
    ];
    let above = asked.into_iter().filter(|(_, found, most)| found > most);
    above
        .map(|(path, found, most)| Problem {
            found: Some(found.to_string()),
            allowed: Some(format!("up to {most} on this page")),
            suggestion: Some("download the scenario and run it with `mainstreet run`".to_owned()),
            ..Problem::plain(Some(path), format!("`{path}` is too large for this page"))
        })
        .collect()
}

/// Values that the choice's scenario has in the chosen town before anything else is changed, by path.
///
/// # Errors
/// Every mistake in the names of scenario and town.
pub fn start(setup: &Setup<'_>, choice: &Choice) -> Result<BTreeMap<String, Value>, Vec<Problem>> {
    let town = choice.settings.get(TOWN);
    let settings: Vec<String> = town.iter().map(|kind| format!("{TOWN}={kind}")).collect();
    let source = Source::Embedded(choice.scenario.clone());
    let loaded = scenario::load_with(setup, &source, &settings).map_err(|found| {
        let problems = found.into_iter().map(|one| {
            let is_setting = one.file == scenario::SET_NAME;
            let field = if is_setting { TOWN } else { "scenario" };
            Problem::of(Some(field.to_owned()), one)
        });
        problems.collect::<Vec<_>>()
    })?;
    let mut values = BTreeMap::new();
    flatten("", &loaded.values, &mut values);
    Ok(values)
}

/// Every value below a table by its path.
fn flatten(path: &str, table: &toml::Table, values: &mut BTreeMap<String, Value>) {
    let registry = Registry::embedded();
    for (key, value) in table {
        let path = join(path, key);
        match value {
            Value::Table(inner) if registry.parameter(&path).is_none() => {
                flatten(&path, inner, values);
            }
            value => {
                values.insert(path, value.clone());
            }
        }
    }
}

fn write(setup: &Setup<'_>, choice: &Choice, name: &str) -> Written {
    let mut out = Written::default();
    let quoted = |text: &str| Value::from(text).to_string();
    out.line(
        "# Made on the page of mainstreet: what differs from the scenario it extends, and nothing else.",
        None,
    );
    out.line(&format!("schema_version = {SCHEMA_VERSION}"), None);
    let extends = format!("extends = {}", quoted(&choice.scenario));
    out.line(&extends, Some("scenario".to_owned()));
    // A line break would end the line and with it the tie to the field.
    let name = name.replace(char::is_control, " ");
    let named = format!("name = {}", quoted(&name));
    out.line(&named, Some("name".to_owned()));
    if !choice.policies.is_empty() {
        out.line("timeline_extends = true", None);
    }
    for (part, lines) in changed(setup, choice) {
        out.line("", None);
        out.line(&format!("[{}]", dotted(&part.name)), None);
        for (key, value, path) in lines.into_values() {
            out.line(&format!("{} = {value}", dotted(&key)), Some(path));
        }
    }
    for policy in &choice.policies {
        entry(policy, &mut out);
    }
    out
}

/// A heading of the file, placed where the default file has it.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Part {
    line: usize,
    member: usize,
    name: String,
}

/// Key, value and path of each setting under one heading, by the line of the default file.
type Lines = BTreeMap<(usize, String), (String, String, String)>;

/// The settings that differ from the scenario, by heading.
fn changed(setup: &Setup<'_>, choice: &Choice) -> BTreeMap<Part, Lines> {
    let registry = Registry::embedded();
    let own = start(setup, choice).unwrap_or_default();
    let mut usual = choice.clone();
    usual.settings.clear();
    let usual = start(setup, &usual).unwrap_or_default();
    let mut parts: BTreeMap<Part, Lines> = BTreeMap::new();
    for (path, typed) in &choice.settings {
        let parameter = registry.parameter(path);
        let value = written_value(parameter, typed);
        let before = if path == TOWN { &usual } else { &own };
        if before.get(path).is_some_and(|old| is_same(old, &value)) {
            continue;
        }
        let (name, key) = path.rsplit_once('.').unwrap_or(("", path));
        let (family, member) = name.split_once('.').unwrap_or((name, ""));
        let members = registry.members(family);
        let shared = if members.is_empty() { name } else { family };
        let inside = |p: &&Parameter| {
            p.path
                .strip_prefix(shared)
                .is_some_and(|rest| rest.starts_with('.'))
        };
        let part = Part {
            line: registry
                .parameters()
                .iter()
                .find(inside)
                .map_or(usize::MAX, |p| p.line),
            member: members
                .iter()
                .position(|m| m == member)
                .unwrap_or(usize::MAX),
            name: name.to_owned(),
        };
        let line = parameter.map_or(usize::MAX, |p| p.line);
        let lines = parts.entry(part).or_default();
        lines.insert(
            (line, key.to_owned()),
            (key.to_owned(), value, path.clone()),
        );
    }
    parts
}

/// An entry of the timeline.
fn entry(policy: &Policy, out: &mut Written) {
    let registry = Registry::embedded();
    let field = |key: &str| Some(format!("{POLICIES}.{}.{key}", policy.kind));
    out.line("", None);
    out.line("[[timeline]]", field("kind"));
    out.line(
        &format!("kind = {}", Value::from(policy.kind.as_str())),
        field("kind"),
    );
    for (key, typed) in [("from", &policy.from), ("until", &policy.until)] {
        let is_month = typed.trim().parse::<i64>().is_ok();
        let value = match typed.trim() {
            "" if key == "until" => continue,
            typed if is_month => typed.trim_start_matches('+').to_owned(),
            typed => Value::from(typed).to_string(),
        };
        out.line(&format!("{key} = {value}"), field(key));
    }
    for (key, typed) in &policy.values {
        let parameter = registry.parameter(&format!("{POLICIES}.{}.{key}", policy.kind));
        let value = written_value(parameter, typed);
        let is_default = parameter
            .and_then(|p| p.defaults.first())
            .is_some_and(|(_, old)| is_same(old, &value));
        if !is_default {
            out.line(&format!("{} = {value}", dotted(key)), field(key));
        }
    }
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() {
        key.to_owned()
    } else {
        format!("{path}.{key}")
    }
}
