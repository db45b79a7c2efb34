//! What differs between two scenarios, key by key.

use std::collections::BTreeMap;

use crate::run::RunSettings;

/// Differences named before the rest is only counted.
const NAMED: usize = 5;

/// What differs between the scenario that was saved and the one asked for, one line a key; at most a handful.
///
/// Both are texts in TOML. Texts that differ and yet say the same (or that cannot be read) give one line that
/// says so, never none.
pub(super) fn of_scenarios(saved: &str, asked: &str) -> Vec<String> {
    let (Some(saved), Some(asked)) = (values(saved), values(asked)) else {
        return vec!["the scenario is another".to_owned()];
    };
    let mut lines = Vec::new();
    for (key, value) in &saved {
        match asked.get(key) {
            Some(other) if other == value => {}
            Some(other) => lines.push(format!("`{key}` was {value} and is now {other}")),
            None => lines.push(format!("`{key}` was {value} and is now gone")),
        }
    }
    for (key, value) in &asked {
        if !saved.contains_key(key) {
            lines.push(format!("`{key}` is new ({value})"));
        }
    }
    if lines.is_empty() {
        lines.push("the scenario is written differently".to_owned());
    }
    if lines.len() > NAMED {
        let more = lines.len() - NAMED;
        lines.truncate(NAMED);
        lines.push(format!("and {more} more"));
    }
    lines
}

/// What differs between two settings of runs.
pub(super) fn of_settings(saved: &RunSettings, asked: &RunSettings) -> Vec<String> {
    [
        ("seed", saved.seed, asked.seed),
        ("replicate", saved.replicate.into(), asked.replicate.into()),
        ("months", saved.months.into(), asked.months.into()),
        (
            "burn-in months",
            saved.burn_in_months.into(),
            asked.burn_in_months.into(),
        ),
    ]
    .into_iter()
    .filter(|(_, saved, asked)| saved != asked)
    .map(|(name, saved, asked)| format!("{name} was {saved} and is now {asked}"))
    .collect()
}

fn values(text: &str) -> Option<BTreeMap<String, String>> {
    let table: toml::Table = text.parse().ok()?;
    let mut found = BTreeMap::new();
    flatten("", &toml::Value::Table(table), &mut found);
    Some(found)
}

fn flatten(path: &str, value: &toml::Value, found: &mut BTreeMap<String, String>) {
    match value {
        toml::Value::Table(table) => {
            for (key, inner) in table {
                let deeper = match path {
                    "" => key.clone(),
                    path => format!("{path}.{key}"),
                };
                flatten(&deeper, inner, found);
            }
        }
        other => {
            found.insert(path.to_owned(), other.to_string());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differing_keys_are_named_with_both_values() {
        let lines = of_scenarios("[a]\nx = 1\ny = 2.5\n", "[a]\nx = 1\ny = 2.0\nz = true\n");
        assert_eq!(
            lines,
            ["`a.y` was 2.5 and is now 2.0", "`a.z` is new (true)"]
        );
        assert_eq!(
            of_scenarios("x = 1", "not toml"),
            ["the scenario is another"]
        );
        assert_eq!(
            of_scenarios("x = 1", "x = 1 # one"),
            ["the scenario is written differently"]
        );
        let many: String = (0..9).map(|i| format!("k{i} = 1\n")).collect();
        assert_eq!(
            of_scenarios(&many, "").last().map(String::as_str),
            Some("and 4 more")
        );
    }
}
