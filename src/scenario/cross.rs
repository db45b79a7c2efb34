//! Rules between parameters, which no parameter can state alone.

use super::diagnostic::Diagnostic;
use super::layers::Origins;

/// Looks at all values of a scenario whose single values are right. Warnings are welcome, too.
///
/// [`Origins::diagnostic`] gives a message its place.
pub type CrossCheck = fn(&toml::Table, &Origins) -> Vec<Diagnostic>;

/// The program's rules between parameters.
pub const CROSS_CHECKS: &[CrossCheck] = &[];
