//! The room as its users meet it: whole scenarios in, values or messages out.

mod mistakes;
mod random_edits;
mod registry;
mod round_trip;

use super::{Diagnostic, Loaded, Source, load};

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
