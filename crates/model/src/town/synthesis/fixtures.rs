//! Parameters for tests: the shipped default scenario, with a preset of towns laid over it.

use toml::{Table, Value};

use crate::scenario::Parameters;

/// Names of the presets.
pub(crate) const PRESETS: [&str; 4] = ["main_street", "factory", "college", "tourist"];

const DEFAULT: &str = include_str!("../../../../../scenarios/default.toml");

/// The default scenario's parameters without any preset.
pub(crate) fn parameters() -> Parameters {
    Value::Table(table(DEFAULT))
        .try_into()
        .expect("the default scenario holds every parameter")
}

/// The parameters of a preset town with `residents` residents.
pub(crate) fn preset(kind: &str, residents: u32) -> Parameters {
    let text = match kind {
        "main_street" => include_str!("../../../../../scenarios/towns/main_street.toml"),
        "factory" => include_str!("../../../../../scenarios/towns/factory.toml"),
        "college" => include_str!("../../../../../scenarios/towns/college.toml"),
        "tourist" => include_str!("../../../../../scenarios/towns/tourist.toml"),
        other => panic!("no preset {other}"),
    };
    let mut under = table(DEFAULT);
    lay_over(&mut under, table(text));
    let mut parameters: Parameters = Value::Table(under)
        .try_into()
        .expect("a preset changes known keys only");
    parameters.town.residents = residents;
    parameters
}

fn table(text: &str) -> Table {
    text.parse().expect("shipped scenarios are valid TOML")
}

fn lay_over(under: &mut Table, over: Table) {
    for (key, value) in over {
        match (under.get_mut(&key), value) {
            (Some(Value::Table(below)), Value::Table(above)) => lay_over(below, above),
            (_, value) => {
                under.insert(key, value);
            }
        }
    }
}
