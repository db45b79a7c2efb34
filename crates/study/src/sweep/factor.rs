//! A factor: a parameter that varies, and the values it takes.

use serde::{Deserialize, Serialize};

/// A parameter that varies.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Factor {
    /// Dotted name of the parameter.
    pub key: String,
    /// Whether its values are whole numbers.
    pub integer: bool,
    /// The values it takes.
    pub levels: Levels,
}

/// The values a factor takes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Levels {
    /// These, in order.
    List(Vec<toml::Value>),
    /// Any between two numbers, evenly, or evenly in logarithms.
    Range {
        /// Lowest value.
        from: f64,
        /// Highest value.
        to: f64,
        /// Whether steps are equal ratios rather than equal differences.
        logarithmic: bool,
    },
}

impl Factor {
    /// Number of listed values; none for a range.
    pub fn count(&self) -> Option<usize> {
        match &self.levels {
            Levels::List(values) => Some(values.len()),
            Levels::Range { .. } => None,
        }
    }

    /// The value at a level of the list.
    pub fn at_level(&self, level: usize) -> Option<toml::Value> {
        match &self.levels {
            Levels::List(values) => values.get(level).cloned(),
            Levels::Range { .. } => None,
        }
    }

    /// The value at a place between 0 and 1: within the range, or the list cut into equal parts.
    pub fn at_place(&self, place: f64) -> toml::Value {
        match &self.levels {
            Levels::List(values) => {
                let level = (place * values.len() as f64) as usize;
                let last = values.len().saturating_sub(1);
                (values.get(level.min(last)).cloned()).unwrap_or(toml::Value::Boolean(false))
            }
            &Levels::Range {
                from,
                to,
                logarithmic,
            } => {
                let value = if logarithmic {
                    libm::exp(libm::log(from) + place * (libm::log(to) - libm::log(from)))
                } else {
                    from + place * (to - from)
                };
                self.number(value.clamp(from, to))
            }
        }
    }

    /// A number as a value of this factor: 12 digits, so that steps of 0.1 print as such; whole if it must be.
    pub fn number(&self, value: f64) -> toml::Value {
        if self.integer {
            return toml::Value::Integer(libm::round(value) as i64);
        }
        let short = format!("{value:.11e}").parse().unwrap_or(value);
        toml::Value::Float(short)
    }
}
