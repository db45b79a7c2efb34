//! What a measured number means: its column, unit, group and formula, written once beside its struct field.

/// Name, unit and meaning of one measured number; a row of the data dictionary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Definition {
    /// Column name: snake_case, never renamed once published.
    pub name: &'static str,
    /// Group the number belongs to (`jobs`, `spending`, …), or the table of its row.
    pub group: &'static str,
    /// Unit in words. Shares and rates lie between 0 and 1.
    pub unit: &'static str,
    /// One sentence, with the formula where there is one.
    pub text: &'static str,
    /// When the number does not exist and its field is empty; nothing if it always exists.
    pub empty_if: Option<&'static str>,
}

impl Definition {
    /// The sentence with its condition for an empty field.
    pub fn full_text(&self) -> String {
        match self.empty_if {
            Some(condition) => format!("{} Empty if {condition}.", self.text),
            None => self.text.to_owned(),
        }
    }

    /// Whether `value` cannot come from a sound town: infinite, or missing although it always exists.
    pub fn rejects(&self, value: f64) -> bool {
        value.is_infinite() || (value.is_nan() && self.empty_if.is_none())
    }
}

/// Declares a struct of measured numbers together with their definitions, so that a number without a
/// definition, or a definition without a number, does not compile.
macro_rules! measures {
    ($(#[$doc:meta])* $name:ident, $group:literal {
        $($field:ident [$unit:literal] $text:literal $(empty if $empty:literal)?,)+
    }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        pub struct $name {
            $(#[doc = concat!($text, " Unit: ", $unit, "." $(, " NaN if ", $empty, ".")?)] pub $field: f64,)+
        }

        impl $name {
            /// Definitions of the fields, in their order.
            pub const DEFINITIONS: &'static [$crate::indicators::Definition] = &[$(
                $crate::indicators::Definition {
                    name: stringify!($field),
                    group: $group,
                    unit: $unit,
                    text: $text,
                    empty_if: $crate::indicators::definition::condition!($($empty)?),
                }
            ),+];

            /// The values, in the order of the definitions.
            pub fn values(&self) -> [f64; Self::DEFINITIONS.len()] {
                [$(self.$field),+]
            }
        }
    };
}

/// The optional condition of [`measures`] as a value.
macro_rules! condition {
    () => {
        None
    };
    ($empty:literal) => {
        Some($empty)
    };
}

pub(crate) use {condition, measures};

/// A number measured from a state that is not finite. NaN means "does not exist", so this must be another
/// value: one that [`Definition::rejects`].
pub(crate) const UNSOUND: f64 = f64::INFINITY;

/// `part / whole`; NaN where there is no whole, [`UNSOUND`] where either is not finite.
#[inline]
pub(crate) fn ratio(part: f64, whole: f64) -> f64 {
    if !part.is_finite() || !whole.is_finite() {
        UNSOUND
    } else if whole == 0.0 {
        f64::NAN
    } else {
        part / whole
    }
}

/// A ratio of two percentiles, which means something only over a positive one.
#[inline]
pub(crate) fn percentile_ratio(high: f64, low: f64) -> f64 {
    if low.is_nan() || low <= 0.0 {
        f64::NAN
    } else {
        ratio(high, low)
    }
}
