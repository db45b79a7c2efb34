//! The targets, read from data.

use serde::Deserialize;

/// The town in which a target is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TargetTown {
    /// The default town, in which businesses adopt technologies at their historic pace: published facts come from
    /// such a country.
    Baseline,
    /// The same town without automation and without a business cycle: whatever moves there is the rules' own doing.
    Still,
}

/// What a row tells of the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TargetNature {
    /// A published fact that no parameter was set to.
    External,
    /// A fact that a parameter states or was calibrated to.
    Input,
    /// A requirement on the model's own accounts and rest.
    SelfConsistency,
}

impl TargetNature {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            TargetNature::External => "external",
            TargetNature::Input => "input",
            TargetNature::SelfConsistency => "self-consistency",
        }
    }
}

/// A published fact with its range.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// Identifier.
    pub id: String,
    /// What is measured, in words.
    pub what: String,
    /// Unit of the range.
    pub unit: String,
    /// Lowest value that passes; no bound if absent.
    pub low: Option<f64>,
    /// Highest value that passes; no bound if absent.
    pub high: Option<f64>,
    /// Where the range comes from.
    pub source: String,
    /// `core` or `technology`.
    pub kind: String,
    /// What the row tells of the model.
    pub nature: TargetNature,
    /// Where it is measured.
    pub town: TargetTown,
    /// Name of the measure.
    pub measured_by: String,
}

impl Target {
    /// Whether a value lies in the range.
    pub fn holds(&self, value: f64) -> bool {
        self.low.is_none_or(|low| value >= low) && self.high.is_none_or(|high| value <= high)
    }

    /// How far a value lies outside the range; 0 inside.
    pub fn distance(&self, value: f64) -> f64 {
        let below = self.low.map_or(0.0, |low| low - value);
        let above = self.high.map_or(0.0, |high| value - high);
        below.max(above).max(0.0)
    }

    /// The range in words, such as `3.5 to 6.5`.
    pub fn range(&self) -> String {
        match (self.low, self.high) {
            (Some(low), Some(high)) => format!("{low} to {high}"),
            (Some(low), None) => format!("at least {low}"),
            (None, Some(high)) => format!("at most {high}"),
            (None, None) => "any".to_owned(),
        }
    }
}

/// A targets file that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("the targets cannot be read: {0}")]
pub struct TargetError(toml::de::Error);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TargetFile {
    target: Vec<Target>,
}

/// The targets that come with the program.
///
/// # Errors
/// If the embedded file is damaged, which a test excludes.
pub fn targets() -> Result<Vec<Target>, TargetError> {
    let text = include_str!("../../../../scenarios/targets.toml");
    toml::from_str::<TargetFile>(text)
        .map(|file| file.target)
        .map_err(TargetError)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_target_has_a_range_a_source_and_a_measure_of_its_own() {
        let targets = targets().expect("the rows are sound");
        assert!(targets.len() >= 25);
        let names: BTreeSet<&str> = targets.iter().map(|t| t.measured_by.as_str()).collect();
        assert_eq!(names.len(), targets.len());
        for target in &targets {
            assert!(
                target.low.is_some() || target.high.is_some(),
                "{}",
                target.id
            );
            assert!(!target.source.is_empty() && !target.what.is_empty());
            assert!(["core", "technology"].contains(&target.kind.as_str()));
        }
    }

    #[test]
    fn every_core_target_has_a_measure() {
        for target in targets()
            .expect("the rows are sound")
            .iter()
            .filter(|t| t.kind == "core")
        {
            let name = target.measured_by.as_str();
            let known = super::super::measures::by_name(name).is_some()
                || super::super::multipliers::by_name(name).is_some();
            assert!(known, "{name}");
        }
    }
}
