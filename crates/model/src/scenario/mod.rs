//! What is asked: scenario files, from the text a person wrote to checked values.
//!
//! `scenarios/default.toml` is the registry of all parameters. A scenario lays its changes over
//! it; [`load`] merges the layers, reports every mistake at once with file, line and column, and
//! remembers where each value was set. [`resolve`] reads the result into a typed struct.

mod check;
mod cross;
pub mod diagnostic;
mod document;
mod explain;
mod file;
mod fingerprint;
pub mod gazetteer;
mod init;
mod layers;
mod library;
mod loaded;
pub mod parameters;
mod reference;
mod registry;
mod schema;
mod settings;
mod show;
mod source;
mod suggest;
mod syntax;
#[cfg(test)]
mod tests;
mod timeline;

pub use cross::{CROSS_CHECKS, CrossCheck};
pub use diagnostic::{Class, Diagnostic, Severity, exit_code, render_all, to_json};
pub use document::DEEPEST;
pub use explain::{explain, explain_with};
pub use file::{LARGEST, NoTexts, SCHEMA_VERSION, Texts, Unread};
pub use fingerprint::Fingerprint;
pub use init::{init, init_with};
pub use layers::{Setup, Source, load, load_with, resolve};
pub use library::{DEFAULT, LIBRARY, Library};
pub use loaded::{Loaded, Origins, changes_timeline};
pub use parameters::Parameters;
pub use reference::{ReferencePage, reference, reference_with};
pub use registry::{Choices, FAMILIES, Kind, OPEN_FAMILY, POLICIES, Parameter, Range, Registry};
pub use schema::{schema, schema_with};
pub use show::{resolved, resolved_for_any_kind, show};
pub use source::{Origin, SET_NAME};
pub use suggest::nearest;
pub use timeline::{Date, TimelineEntry, parse_date};
