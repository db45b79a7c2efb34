//! A scenario with all its values written out, each with the place where it was set.

use super::check::join;
use super::file::SCHEMA_VERSION;
use super::loaded::{Loaded, Origins};
use super::source::Origin;
use toml::{Table, Value};

/// The resolved scenario as TOML, every value followed by the file and line that set it.
///
/// The text is a scenario itself, and loads to the same values and timeline.
pub fn show(loaded: &Loaded) -> String {
    let heading = format!(
        "# {}: every value, and the file and line that set it\n",
        loaded.name
    );
    heading + &written(loaded, &|origin| Some(comment(origin)))
}

/// The resolved scenario as TOML without the places its values came from: two scenarios that say the same in
/// different files have the same text. It loads to the same values and timeline.
pub fn resolved(loaded: &Loaded) -> String {
    written(loaded, &|_| Some(String::new()))
}

/// As [`resolved`], without what the default file and the kind of town say: loaded for another kind of town, the
/// text takes that kind's values.
pub fn resolved_for_any_kind(loaded: &Loaded) -> String {
    written(loaded, &|origin| {
        let preset =
            |origin: Origin| origin.file == "default.toml" || origin.file.starts_with("towns/");
        (!origin.is_some_and(preset)).then(String::new)
    })
}

/// Writes the values for which `remark`, given where each was set, says what follows it; leaves out the others.
fn written(loaded: &Loaded, remark: &Remark<'_>) -> String {
    let mut text = String::new();
    text.push_str(&format!("schema_version = {SCHEMA_VERSION}\n"));
    text.push_str(&format!("name = {}\n", Value::from(loaded.name.as_str())));
    for (key, value) in [("title", &loaded.title), ("question", &loaded.question)] {
        if let Some(value) = value {
            text.push_str(&format!("{key} = {}\n", Value::from(value.as_str())));
        }
    }
    if loaded.timeline.is_empty() {
        text.push_str("timeline = []\n");
    }
    section(&mut text, &loaded.values, ["", ""], &loaded.origins, remark);
    for entry in &loaded.timeline {
        // Entries are none of a preset's: all are written.
        let from = remark(Some(entry.origin.clone())).unwrap_or_default();
        text.push_str(&format!(
            "\n[[timeline]]{from}\nkind = {}\n",
            Value::from(&*entry.kind)
        ));
        text.push_str(&format!("from = {}\n", entry.from));
        if let Some(until) = entry.until {
            text.push_str(&format!("until = {until}\n"));
        }
        for (key, value) in &entry.parameters {
            let from = remark(entry.origins.get(key)).unwrap_or_default();
            text.push_str(&format!("{} = {value}{from}\n", quoted(key)));
        }
    }
    text
}

/// What is written after a value that was set at a place; nothing if the value is left out.
type Remark<'a> = dyn Fn(Option<Origin>) -> Option<String> + 'a;

fn section(
    text: &mut String,
    table: &Table,
    [heading, path]: [&str; 2],
    origins: &Origins,
    remark: &Remark<'_>,
) {
    for (key, value) in table.iter().filter(|(_, value)| !value.is_table()) {
        if let Some(from) = remark(origins.get(&join(path, key))) {
            text.push_str(&format!("{} = {value}{from}\n", quoted(key)));
        }
    }
    for (key, value) in table {
        let Value::Table(inner) = value else { continue };
        let (heading, path) = (join(heading, &quoted(key)), join(path, key));
        // A heading that only leads to further headings can be left out.
        if inner.is_empty() || inner.values().any(|value| !value.is_table()) {
            text.push_str(&format!("\n[{heading}]\n"));
        }
        section(text, inner, [&heading, &path], origins, remark);
    }
}

fn comment(origin: Option<Origin>) -> String {
    let Some(origin) = origin else {
        return String::new();
    };
    // A file's name may hold a line break, which would end the remark.
    let place: String = origin
        .to_string()
        .chars()
        .filter(|c| !c.is_control())
        .collect();
    format!("  # {place}")
}

fn quoted(key: &str) -> String {
    let is_bare = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    if !key.is_empty() && key.bytes().all(is_bare) {
        return key.to_owned();
    }
    Value::from(key).to_string()
}
