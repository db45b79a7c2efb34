//! The sweep file: what varies and how, as a person writes it.

use serde::Deserialize;

use super::plan::{SCENARIO, SweepError};
use crate::settings_of;

/// A sweep as written in a file.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SweepFile {
    /// Version of the format; 1.
    pub schema_version: u32,
    /// Scenario that varies: a file, relative to this one, or a name. Unused where the scenario itself varies.
    #[serde(default = "baseline")]
    pub scenario: String,
    /// Replicates at each point.
    #[serde(default = "one")]
    pub replicates: u32,
    /// Changes to the scenario at every point, as `key = value`.
    #[serde(default)]
    pub set: toml::Table,
    /// Which points are run.
    #[serde(default)]
    pub design: DesignText,
    /// Parameters that vary.
    #[serde(default)]
    pub vary: Vec<Vary>,
    /// Outcomes that are analyzed: `indicator` (mean of the last 12 months) or `indicator@month`.
    #[serde(default)]
    pub outcomes: Vec<String>,
}

/// Which points are run, as written.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum DesignText {
    /// Every combination of values.
    #[default]
    Grid,
    /// A Latin hypercube.
    LatinHypercube {
        /// Number of points.
        points: usize,
        /// Seed of the sample.
        #[serde(default = "seed")]
        seed: u64,
    },
    /// Saltelli's design for Sobol indices.
    Sobol {
        /// Base samples, best a power of two; each gives as many points as factors and two more.
        base_samples: usize,
        /// Seed of the scrambling.
        #[serde(default = "seed")]
        seed: u64,
    },
    /// Morris's trajectories.
    Morris {
        /// Number of trajectories; each gives one point more than there are factors.
        trajectories: usize,
        /// Even number of levels of each factor.
        #[serde(default = "four")]
        levels: usize,
        /// Seed of the trajectories.
        #[serde(default = "seed")]
        seed: u64,
    },
}

/// A parameter that varies, as written: `values`, or `from` and `to` with `step` or `levels` where a design needs
/// a list.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vary {
    /// Dotted name of the parameter; `timeline.0.NAME` or `timeline.KIND.NAME` for a value of an entry of the timeline;
    /// `scenario`, with
    /// files or names as values, for the scenario itself.
    pub key: String,
    /// The values, one by one.
    pub values: Option<Vec<toml::Value>>,
    /// Lowest value.
    pub from: Option<f64>,
    /// Highest value.
    pub to: Option<f64>,
    /// Difference between neighboring values.
    pub step: Option<f64>,
    /// Number of values between `from` and `to`, both included.
    pub levels: Option<usize>,
    /// `linear` (the default) or `log`: equal differences or equal ratios.
    pub scale: Option<String>,
}

fn one() -> u32 {
    1
}

fn baseline() -> String {
    "baseline".to_owned()
}

fn four() -> usize {
    4
}

fn seed() -> u64 {
    1
}

impl SweepFile {
    /// Reads a sweep file.
    ///
    /// # Errors
    /// What is wrong, with its line.
    pub fn parse(text: &str) -> Result<SweepFile, SweepError> {
        let file: SweepFile =
            toml::from_str(text).map_err(|error| SweepError::File(error.to_string()))?;
        if file.schema_version != 1 {
            return Err(SweepError::File(format!(
                "schema_version is {}, this version reads 1",
                file.schema_version
            )));
        }
        Ok(file)
    }

    /// A grid over a scenario, with nothing that varies yet.
    pub fn of_scenario(scenario: &str) -> SweepFile {
        SweepFile {
            schema_version: 1,
            scenario: scenario.to_owned(),
            replicates: one(),
            set: toml::Table::new(),
            design: DesignText::Grid,
            vary: Vec::new(),
            outcomes: Vec::new(),
        }
    }

    /// Files or names of the scenarios: the values of the factor `scenario`, or the one that does not vary.
    ///
    /// # Errors
    /// If the factor's values are not texts.
    pub fn scenarios(&self) -> Result<Vec<String>, SweepError> {
        let Some(vary) = self.vary.iter().find(|vary| vary.key == SCENARIO) else {
            return Ok(vec![self.scenario.clone()]);
        };
        let wrong = || SweepError::File("`scenario` needs values: files or names".to_owned());
        let values = vary.values.as_ref().filter(|values| !values.is_empty());
        let values = values.ok_or_else(wrong)?.iter();
        let names = values.map(|value| value.as_str().map(str::to_owned));
        names.collect::<Option<_>>().ok_or_else(wrong)
    }

    /// The changes to the scenario at every point, as `key=value`.
    pub fn settings(&self) -> Vec<String> {
        settings_of("", &self.set)
    }
}

/// Reads `key=from:to:step` or `key=value,value,…`.
///
/// # Errors
/// What is wrong with it.
pub fn parse_vary(text: &str) -> Result<Vary, SweepError> {
    let wrong = |why: &str| {
        SweepError::File(format!(
            "--vary {text}: {why}; write key=from:to:step or key=value,value"
        ))
    };
    let (key, values) = text
        .split_once('=')
        .ok_or_else(|| wrong("there is no `=`"))?;
    let key = key.trim().to_owned();
    if !values.contains(':') {
        let values = values.split(',').map(|value| read_value(value.trim()));
        return Ok(Vary {
            key,
            values: Some(values.collect()),
            ..Vary::default()
        });
    }
    let numbers: Vec<f64> = (values.split(':'))
        .map(|part| part.trim().parse())
        .collect::<Result<_, _>>()
        .map_err(|_| wrong("a part is not a number"))?;
    let &[from, to, step] = numbers.as_slice() else {
        return Err(wrong("there are not three parts"));
    };
    Ok(Vary {
        key,
        from: Some(from),
        to: Some(to),
        step: Some(step),
        ..Vary::default()
    })
}

/// A TOML value, or the word itself.
fn read_value(text: &str) -> toml::Value {
    let table: Result<toml::Table, _> = format!("v = {text}").parse();
    (table.ok().and_then(|mut table| table.remove("v")))
        .unwrap_or_else(|| toml::Value::String(text.to_owned()))
}
