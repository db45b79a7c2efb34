//! What a scenario assumes beyond the default town: every value that differs from the default.

use model::scenario::{self, Loaded, Registry, Source, TimelineEntry};

use super::table::{ColumnData, Table, TableError, Words};

/// One value that differs from the default.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assumption {
    /// Dotted path of the parameter, or `timeline` for a policy or shock.
    pub key: String,
    /// The value, as TOML.
    pub value: String,
    /// The default, as TOML; empty for what has none.
    pub default: String,
    /// Unit of the number.
    pub unit: String,
    /// What it means.
    pub meaning: String,
}

/// Entries of a list that are still written out.
const SHORT_LIST: usize = 4;

/// Values of a scenario that differ from the default, in the order of the default file, and then its timeline.
pub fn assumptions(loaded: &Loaded) -> Vec<Assumption> {
    differing(loaded, &default_values(), &[])
}

/// Values of a scenario that differ from those of another, as [`assumptions`]; `default` holds the other's.
pub fn assumptions_beside(loaded: &Loaded, other: &Loaded) -> Vec<Assumption> {
    differing(loaded, &other.values, &other.timeline)
}

fn differing(loaded: &Loaded, plain: &toml::Table, shared: &[TimelineEntry]) -> Vec<Assumption> {
    let registry = Registry::embedded();
    let mut found = Vec::new();
    for parameter in registry.parameters() {
        for (path, registered) in &parameter.defaults {
            let default = value_at(plain, path).unwrap_or(registered);
            let Some(value) = value_at(&loaded.values, path).filter(|value| *value != default)
            else {
                continue;
            };
            found.push(Assumption {
                key: path.clone(),
                value: value.to_string(),
                default: default.to_string(),
                unit: parameter.unit.clone(),
                meaning: parameter.meaning.clone(),
            });
        }
    }
    let is_own = |entry: &&TimelineEntry| !shared.iter().any(|other| says_the_same(entry, other));
    found.extend(loaded.timeline.iter().filter(is_own).map(|entry| {
        let until = entry.until.map_or_else(
            || "to the end".to_owned(),
            |until| format!("until before month {until}"),
        );
        let values: Vec<String> = (entry.parameters.iter())
            .map(|(key, value)| format!("{key} = {}", in_short(value)))
            .collect();
        Assumption {
            key: "timeline".to_owned(),
            value: format!(
                "{} from month {} {until}: {}",
                entry.kind,
                entry.from,
                values.join(", ")
            ),
            default: String::new(),
            unit: String::new(),
            meaning: "Policy or shock.".to_owned(),
        }
    }));
    found
}

/// A value, or how many values a long list has.
fn in_short(value: &toml::Value) -> String {
    match value.as_array() {
        Some(list) if list.len() > SHORT_LIST => format!("[{} values]", list.len()),
        _ => value.to_string(),
    }
}

/// Whether two entries do the same at the same time, wherever they were written.
fn says_the_same(one: &TimelineEntry, other: &TimelineEntry) -> bool {
    let key = |entry: &TimelineEntry| (entry.kind.clone(), entry.from, entry.until);
    key(one) == key(other) && one.parameters == other.parameters
}

/// The values of a scenario that sets none: the default file with the preset of its kind of town.
fn default_values() -> toml::Table {
    let source = Source::Text {
        name: "default".to_owned(),
        text: "schema_version = 1\n".to_owned(),
    };
    scenario::load(&source, &[]).map_or_else(|_| toml::Table::new(), |loaded| loaded.values)
}

/// The value at a dotted path.
pub(super) fn value_at<'a>(values: &'a toml::Table, path: &str) -> Option<&'a toml::Value> {
    let mut keys = path.split('.');
    let mut value = values.get(keys.next()?)?;
    for key in keys {
        value = value.get(key)?;
    }
    Some(value)
}

/// `assumptions`: the values of each scenario that differ from the default.
///
/// # Errors
/// If two columns have one name, which their list rules out.
pub fn table(scenarios: &[(&str, &Loaded)]) -> Result<Table, TableError> {
    let rows: Vec<(&str, Assumption)> = (scenarios.iter())
        .flat_map(|(name, loaded)| {
            let all = assumptions(loaded).into_iter();
            all.map(move |assumption| (*name, assumption))
        })
        .collect();
    let text = |of: fn(&Assumption) -> &str| {
        ColumnData::Text(rows.iter().map(|(_, row)| of(row)).collect::<Words>())
    };
    Table::new("assumptions")
        .with(
            "scenario",
            "",
            "Scenario that makes the assumption.",
            ColumnData::Text(rows.iter().map(|(name, _)| *name).collect::<Words>()),
        )?
        .with(
            "key",
            "",
            "Dotted path of the parameter, or timeline for a policy or shock.",
            text(|row| &row.key),
        )?
        .with("value", "", "Its value, as TOML.", text(|row| &row.value))?
        .with(
            "default",
            "",
            "The default, as TOML.",
            text(|row| &row.default),
        )?
        .with("unit", "", "Unit of the number.", text(|row| &row.unit))?
        .with("meaning", "", "What it means.", text(|row| &row.meaning))
}

#[cfg(test)]
mod tests {
    use super::*;
    fn loaded(text: &str, settings: &[String]) -> Loaded {
        let source = Source::Text {
            name: "mine.toml".to_owned(),
            text: format!("schema_version = 1\n{text}"),
        };
        scenario::load(&source, settings).expect("the scenario is valid")
    }

    fn added(text: &str, settings: &[String]) -> Vec<Assumption> {
        assumptions(&loaded(text, settings))
    }

    #[test]
    fn the_default_town_assumes_nothing_of_its_own() {
        assert_eq!(added("", &[]), []);
    }

    #[test]
    fn what_the_scenario_sets_is_found() {
        let own = added("[town]\nresidents = 20000\ngrowth_room = 0.2\n", &[]);
        // Room for growth is set to what it is by default: no assumption of its own.
        assert_eq!(own.len(), 1, "{own:?}");
        let one = &own[0];
        assert_eq!(
            (one.key.as_str(), one.value.as_str(), one.default.as_str()),
            ("town.residents", "20000", "50000")
        );
    }

    #[test]
    fn settings_of_the_command_line_are_assumptions_too() {
        let own = added("", &["run.months=24".to_owned()]);
        assert_eq!(own.len(), 1, "{own:?}");
        assert_eq!(
            (own[0].key.as_str(), own[0].value.as_str()),
            ("run.months", "24")
        );
        let town = loaded("", &["run.months=24".to_owned()]);
        let table = table(&[("mine", &town)]).expect("columns have different names");
        assert_eq!(table.rows(), assumptions(&town).len());
    }
}
