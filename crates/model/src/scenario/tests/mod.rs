//! The room as its users meet it: whole scenarios in, values or messages out.

mod mistakes;
mod one_by_one;
mod random_edits;
mod registry;
mod round_trip;

use super::{Diagnostic, LIBRARY, Loaded, Registry, Setup, Source, load, load_with};
use std::sync::OnceLock;

/// Loads a text as the file `town.toml`, with settings over it.
fn load_text(text: &str, settings: &[&str]) -> Result<Loaded, Vec<Diagnostic>> {
    let source = Source::Text {
        name: "town.toml".to_owned(),
        text: text.to_owned(),
    };
    let settings: Vec<String> = settings
        .iter()
        .map(|setting| (*setting).to_owned())
        .collect();
    load(&source, &settings)
}

/// Loads the baseline with settings over it.
fn load_set(settings: &[&str]) -> Result<Loaded, Vec<Diagnostic>> {
    load_text("schema_version = 1\n", settings)
}

/// A small registry with a technology and a policy, whatever the default file holds of them.
const SMALL: &str = r#"schema_version = 1
[run]
# First month.
#: unit = month | choices = month | source = test | rules = dates
start = "2026-01"
# Months.
#: unit = months | range = 1..1200 | source = test | rules = length
months = 120
[town]
# Kind.
#: unit = name | choices = any | source = test | rules = town
kind = "small"
# Shares of two groups.
#: unit = share | range = 0..1 | length = 2 | sum = 1 | source = test | rules = town
groups = [0.4, 0.6]
# Machines.
[technologies.booking]
# Price.
#: unit = dollars | range = 0..1000 | source = test | rules = adoption
price = 200
# Share of a task it does.
#: unit = share | range = 0..1 | source = test | rules = adoption
share = 0.5
# Programs.
[policies.training]
# Places a month.
#: unit = persons | range = 0..1000 | source = test | rules = training
places = 10
[policies.grant]
# Amount.
#: unit = dollars | range = 0..5000 | source = test | rules = adoption
amount = 100
"#;

/// Loads a text against the small registry.
fn load_small(text: &str, settings: &[&str]) -> Result<Loaded, Vec<Diagnostic>> {
    static REGISTRY: OnceLock<Registry> = OnceLock::new();
    let registry = REGISTRY
        .get_or_init(|| Registry::parse(SMALL).unwrap_or_else(|problems| panic!("{problems:?}")));
    let setup = Setup {
        registry,
        library: LIBRARY,
        cross_checks: &[],
        texts: &crate::scenario::NoTexts,
        places: &crate::scenario::gazetteer::NoPlaces,
    };
    let source = Source::Text {
        name: "town.toml".to_owned(),
        text: text.to_owned(),
    };
    let settings: Vec<String> = settings.iter().map(|s| (*s).to_owned()).collect();
    load_with(&setup, &source, &settings)
}
