//! Rules between parameters, which no parameter can state alone.

use super::diagnostic::Diagnostic;
use super::loaded::Origins;

/// Looks at all values of a scenario whose single values are right. Warnings are welcome, too.
///
/// [`Origins::diagnostic`] gives a message its place.
pub type CrossCheck = fn(&toml::Table, &Origins) -> Vec<Diagnostic>;

/// The program's rules between parameters.
pub const CROSS_CHECKS: &[CrossCheck] = &[prerequisites_exist];

/// Every prerequisite of a technology is another technology of the catalogue.
fn prerequisites_exist(tree: &toml::Table, origins: &Origins) -> Vec<Diagnostic> {
    let Some(catalogue) = tree.get("technologies").and_then(toml::Value::as_table) else {
        return Vec::new();
    };
    let mut problems = Vec::new();
    for (id, technology) in catalogue {
        let wanted = technology
            .get("prerequisites")
            .and_then(toml::Value::as_array);
        for needed in wanted.into_iter().flatten().filter_map(toml::Value::as_str) {
            if needed != id && catalogue.contains_key(needed) {
                continue;
            }
            let path = format!("technologies.{id}.prerequisites");
            let message = format!("`{needed}` is no other technology of the catalogue");
            problems.push(origins.diagnostic(&path, message));
        }
    }
    problems
}
