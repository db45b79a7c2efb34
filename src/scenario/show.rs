//! A scenario with all its values written out, each with the place where it was set.

use super::check::join;
use super::file::SCHEMA_VERSION;
use super::layers::{Loaded, Origins};
use super::source::Origin;
use toml::{Table, Value};

/// The resolved scenario as TOML, every value followed by the file and line that set it.
///
/// The text is a scenario itself, and loads to the same values and timeline.
pub fn show(loaded: &Loaded) -> String {
    let mut text = format!(
        "# {}: every value, and the file and line that set it\n",
        loaded.name
    );
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
    section(&mut text, &loaded.values, "", "", &loaded.origins);
    for entry in &loaded.timeline {
        let from = comment(Some(entry.origin.clone()));
        text.push_str(&format!(
            "\n[[timeline]]{from}\nkind = {}\n",
            Value::from(&*entry.kind)
        ));
        text.push_str(&format!("from = {}\n", entry.from));
        if let Some(until) = entry.until {
            text.push_str(&format!("until = {until}\n"));
        }
        for (key, value) in &entry.parameters {
            let from = comment(entry.origins.get(key));
            text.push_str(&format!("{} = {value}{from}\n", quoted(key)));
        }
    }
    text
}

fn section(text: &mut String, table: &Table, heading: &str, path: &str, origins: &Origins) {
    for (key, value) in table.iter().filter(|(_, value)| !value.is_table()) {
        let from = comment(origins.get(&join(path, key)));
        text.push_str(&format!("{} = {value}{from}\n", quoted(key)));
    }
    for (key, value) in table {
        let Value::Table(inner) = value else { continue };
        let (heading, path) = (join(heading, &quoted(key)), join(path, key));
        // A heading that only leads to further headings can be left out.
        if inner.is_empty() || inner.values().any(|value| !value.is_table()) {
            text.push_str(&format!("\n[{heading}]\n"));
        }
        section(text, inner, &heading, &path, origins);
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
