//! A scenario to start from.

use super::diagnostic::{Class, Diagnostic};
use super::file::{SCHEMA_VERSION, file_safe};
use super::layers::{Setup, Source, load_with};
use super::registry::{Choices, Parameter, Shape};
use super::suggest::{did_you_mean, listed};
use toml::Value;

/// How many parameters a first scenario shows; `explain` knows the rest.
const SHOWN: usize = 12;

/// What a newcomer asks for first, in this order; those the default file has are shown.
const FIRST: [&str; 8] = [
    "town.residents",
    "run.start",
    "run.months",
    "run.years",
    "run.burn_in_months",
    "run.replicates",
    "run.seed",
    "automation.enabled",
];

/// A commented scenario to start from, for a kind of town.
///
/// # Errors
/// There is no such kind of town.
pub fn init(name: &str, kind: &str) -> Result<String, Box<Diagnostic>> {
    init_with(&Setup::embedded(), name, kind)
}

/// As [`init`], with parameters of one's own.
///
/// # Errors
/// There is no such kind of town.
pub fn init_with(setup: &Setup<'_>, name: &str, kind: &str) -> Result<String, Box<Diagnostic>> {
    let town = setup.registry.parameter("town.kind");
    if let Some(Choices::OneOf(kinds)) = town.and_then(|town| town.choices.as_ref())
        && !kinds.iter().any(|known| known == kind)
    {
        let names = || kinds.iter().map(String::as_str);
        let message = format!("there is no kind of town `{kind}`");
        return Err(Box::new(
            Diagnostic::of_file("--kind", Class::Scenario, message)
                .allowed(listed(names()))
                .suggest(did_you_mean(kind, names())),
        ));
    }
    let head = format!(
        "# A scenario: what differs from the default town, and nothing else.\n\
         # A line that begins with # is a remark; take the # away to set the value.\n\
         #\n\
         #   mainstreet check {name}.toml      is it right?\n\
         #   mainstreet explain town.residents   what does a parameter mean?\n\
         #   mainstreet run {name}.toml        run it\n\
         schema_version = {SCHEMA_VERSION}\n\
         name = {quoted}\n\
         title = {quoted}\n\
         # question = \"What happens to jobs if ...?\"\n",
        name = file_safe(name),
        quoted = Value::from(file_safe(name)),
    );
    let town = town.map_or(String::new(), |parameter| {
        format!(
            "\n[town]\n{}kind = {}\n",
            remarks(parameter, ""),
            Value::from(kind)
        )
    });
    let start = format!("{head}{town}");
    // A preset may change a default; the newcomer should see the value this town has.
    let text = Source::Text {
        name: "init".to_owned(),
        text: start.clone(),
    };
    let values = load_with(setup, &text, &[])
        .map(|loaded| loaded.values)
        .unwrap_or_default();
    let mut text = start;
    let mut heading = "town";
    for parameter in main_parameters(setup) {
        let (part, key) = parameter
            .path
            .rsplit_once('.')
            .unwrap_or(("", &parameter.path));
        if part != heading {
            text.push_str(&format!("\n[{part}]\n"));
            heading = part;
        } else {
            text.push('\n');
        }
        let own = values.get(part).and_then(|table| table.get(key));
        let default = own.or(parameter.defaults.first().map(|(_, value)| value));
        if let Some(default) = default {
            text.push_str(&remarks(parameter, ""));
            text.push_str(&format!("# {key} = {default}\n"));
        }
    }
    text.push_str(&example_entry(setup));
    Ok(text)
}

/// The first parameters to show, grouped by part: those of [`FIRST`], then the first single
/// value of each further part.
fn main_parameters<'a>(setup: &Setup<'a>) -> Vec<&'a Parameter> {
    let registry = setup.registry;
    let all = &registry.parameters;
    let mut chosen: Vec<&Parameter> = FIRST
        .iter()
        .filter_map(|path| all.iter().find(|p| p.path == *path))
        .collect();
    let is_simple = |parameter: &&Parameter| {
        let parts = parameter.path.matches('.').count();
        let is_single = parameter.range.is_some() || parameter.choices.is_some();
        let is_value = parameter
            .defaults
            .first()
            .is_some_and(|(_, value)| !value.is_table() && !value.is_array());
        parts == 1 && is_single && is_value && parameter.path != "town.kind"
    };
    for parameter in all.iter().filter(is_simple) {
        let part = parameter.path.split('.').next();
        let is_new = !chosen
            .iter()
            .any(|other| other.path.split('.').next() == part);
        if is_new && chosen.len() < SHOWN {
            chosen.push(parameter);
        }
    }
    // The town's own table is open already: it holds the kind.
    chosen.sort_by_key(|parameter| (!parameter.path.starts_with("town."), parameter.line));
    chosen
}

fn remarks(parameter: &Parameter, indent: &str) -> String {
    let mut text = String::new();
    for line in wrap(&parameter.meaning, 90) {
        text.push_str(&format!("{indent}# {line}\n"));
    }
    for line in wrap(&format!("Allowed: {}", parameter.allowed()), 90) {
        text.push_str(&format!("{indent}# {line}\n"));
    }
    text
}

/// An entry of the timeline with the first kind of policy, all commented out.
fn example_entry(setup: &Setup<'_>) -> String {
    let registry = setup.registry;
    let kinds = registry.policy_kinds();
    let Some(kind) = kinds.first() else {
        return String::new();
    };
    let mut text = String::from(
        "\n# Policies and shocks: any number of entries, each with its first month. Months count\n\
         # from 0; a date such as \"2028-01\" works, too. Kinds there are:\n",
    );
    for line in wrap(&kinds.join(", "), 88) {
        text.push_str(&format!("#   {line}\n"));
    }
    text.push_str(&format!(
        "#\n# [[timeline]]\n# kind = \"{kind}\"\n# from = 12\n# until = 72\n"
    ));
    let Some(section) = registry.policy(kind) else {
        return text;
    };
    for shape in section.children.values() {
        let Shape::Parameter(index) = shape else {
            continue;
        };
        let parameter = &registry.parameters[*index];
        if let Some((_, value)) = parameter.defaults.first() {
            text.push_str(&remarks(parameter, "# "));
            text.push_str(&format!("# {} = {value}\n", parameter.name()));
        }
    }
    text
}

/// Breaks a text into lines of at most so many characters, at spaces.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let last = lines.len() - 1;
        let line = &mut lines[last];
        if line.is_empty() {
            line.push_str(word);
        } else if line.chars().count() + 1 + word.chars().count() <= width {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}
