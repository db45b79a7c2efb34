//! Published evaluations as rows of data.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

use super::expression::Expression;
use super::quantity::Quantity;

/// How an evaluation was made, and is repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Design {
    /// Applicants drawn by lot against those not drawn.
    Lottery,
    /// The same town with and without the policy.
    TwinTowns,
    /// People an event happened to against people like them.
    People,
    /// A regression over towns that differ.
    Towns,
    /// Several sizes of one policy.
    Dose,
    /// Those just inside a limit of eligibility against those just outside.
    CutOff,
    /// Firms an event happened to against firms like them.
    Firms,
}

/// How the source of a row was checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Known {
    /// Read in the source's own text, tables not seen.
    Read,
    /// Read in another text.
    ReadElsewhere,
    /// Remembered and not verified.
    Remembered,
}

/// Whether the model answers, or a parameter states the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Nature {
    /// It follows from rules that were not given the figure.
    Response,
    /// Its size is a parameter.
    Imposed,
}

/// Half of the rows that the row belongs to, set before anything was calibrated: every second row each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Half {
    /// May be looked at when rules are changed.
    Fit,
    /// Kept for checking.
    Check,
}

/// A policy with its town, and the twin it is held against.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Arm {
    /// Its name in expressions.
    pub name: String,
    /// Settings of both towns, `key=value`.
    pub settings: Vec<String>,
    /// Settings of the town with the policy alone.
    pub own_settings: Vec<String>,
    /// Entries of both timelines.
    pub shared: Vec<toml::Table>,
    /// Entries of the timeline of the town with the policy; `from` is the row's if not stated.
    pub policy: Vec<toml::Table>,
}

/// Values of a parameter in the towns of a row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Varied {
    /// Uniformly between two numbers.
    Between([f64; 2]),
    /// One after the other.
    OneOf(Vec<String>),
}

/// One figure of a row, with the band it should lie in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// What it is, in words.
    pub what: String,
    /// How it is computed; see [`Expression`].
    pub value: String,
    /// Months since the policy began over which quantities are averaged, first and first no longer meant.
    pub months: [i32; 2],
    /// Unit.
    #[serde(default)]
    pub unit: String,
    /// The published estimate, in that unit.
    pub published: Option<f64>,
    /// Its published interval or, where none was seen, nothing.
    pub interval: Option<[f64; 2]>,
    /// Lowest value that agrees; no bound if absent.
    pub low: Option<f64>,
    /// Highest value that agrees; no bound if absent.
    pub high: Option<f64>,
    /// Width to judge standard errors by where one bound is absent.
    pub scale: Option<f64>,
    /// What a model without the mechanism gives, where twin towns cannot tell: within one town, no difference.
    pub inert: Option<f64>,
}

/// A published evaluation and how the model repeats it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evaluation {
    /// Identifier, such as P1.
    pub id: String,
    /// Its name in tables and charts.
    pub title: String,
    /// Kind of policy or shock it is about; empty if it is about none.
    #[serde(default)]
    pub policy: String,
    /// What was found, in a sentence.
    pub finding: String,
    /// Who found it, where and when it was published.
    pub source: String,
    /// How that was checked.
    pub known: Known,
    /// Whom it was found for.
    pub population: String,
    /// After how long.
    pub horizon: String,
    /// How it was found.
    pub design: Design,
    /// Whether the model answers or is told.
    pub nature: Nature,
    /// Which half of the rows.
    pub half: Half,
    /// What is loose about the comparison.
    pub loose: String,
    /// What cannot be run, and what would be needed; the row has no measures then.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub missing: String,
    /// Why the model differs, as far as its rules tell.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub doubt: String,
    /// First month of the policy.
    #[serde(default = "usual_from")]
    pub from: u32,
    /// Pairs of towns.
    #[serde(default = "usual_towns")]
    pub towns: u32,
    /// Parameters in which the towns differ.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub vary: BTreeMap<String, Varied>,
    /// What is compared.
    #[serde(default, rename = "arm")]
    pub arms: Vec<Arm>,
    /// What is measured.
    #[serde(default, rename = "measure")]
    pub measures: Vec<Measure>,
}

fn usual_from() -> u32 {
    24
}

fn usual_towns() -> u32 {
    16
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RowFile {
    evaluation: Vec<Evaluation>,
}

/// A file of rows that cannot be used: every mistake with its row.
#[derive(Debug)]
pub struct RowError(pub Vec<String>);

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

impl std::error::Error for RowError {}

/// The rows that come with the program.
///
/// # Errors
/// If the embedded file is damaged, which a test excludes.
pub fn rows() -> Result<Vec<Evaluation>, RowError> {
    parse(include_str!("../../../../scenarios/evaluations.toml"))
}

/// Reads rows from the text of a file.
///
/// # Errors
/// Every mistake.
pub fn parse(text: &str) -> Result<Vec<Evaluation>, RowError> {
    let file: RowFile = toml::from_str(text).map_err(|e| RowError(vec![e.to_string()]))?;
    let mut mistakes = Vec::new();
    let mut ids = BTreeSet::new();
    for row in &file.evaluation {
        if !ids.insert(row.id.as_str()) {
            mistakes.push(format!("{}: there are two rows of this name", row.id));
        }
        mistakes.extend(
            row.mistakes()
                .into_iter()
                .map(|m| format!("{}: {m}", row.id)),
        );
    }
    match mistakes.is_empty() {
        true => Ok(file.evaluation),
        false => Err(RowError(mistakes)),
    }
}

impl Evaluation {
    /// What is wrong with the row beside its syntax.
    fn mistakes(&self) -> Vec<String> {
        let mut found = Vec::new();
        if self.missing.is_empty() == self.measures.is_empty() {
            found.push("a row has measures or says what is missing".to_owned());
        }
        if self.towns < 2 {
            found.push("`towns` is 2 or more: one pair has no standard error".to_owned());
        }
        if self.arms.is_empty() && !self.measures.is_empty() {
            found.push("name an arm".to_owned());
        }
        for arm in &self.arms {
            let same = self.arms.iter().filter(|other| other.name == arm.name);
            if same.count() > 1 {
                found.push(format!("two arms are called `{}`", arm.name));
            }
        }
        for measure in &self.measures {
            let of = |why: String| format!("“{}”: {why}", measure.what);
            found.extend(self.mistakes_of(measure).into_iter().map(of));
        }
        found
    }

    fn mistakes_of(&self, measure: &Measure) -> Vec<String> {
        let mut found = Vec::new();
        if measure.months[1] <= measure.months[0] {
            found.push("`months` end before they begin".to_owned());
        }
        match (measure.low, measure.high, measure.scale) {
            (None, None, _) => found.push("a band needs `low` or `high`".to_owned()),
            (Some(low), Some(high), _) if low >= high => {
                found.push("`low` is not below `high`".to_owned());
            }
            (Some(_), Some(_), Some(_)) => {
                found.push("a band with two ends needs no `scale`".to_owned());
            }
            (None, _, None) | (_, None, None) => {
                found.push("a band with one end needs a `scale`".to_owned());
            }
            (.., Some(scale)) if scale <= 0.0 => found.push("`scale` is above 0".to_owned()),
            _ => {}
        }
        let expression = match Expression::parse(&measure.value) {
            Ok(expression) => expression,
            Err(error) => {
                found.push(format!("`value`: {error}"));
                return found;
            }
        };
        for leaf in expression.leaves() {
            if let Some(name) = &leaf.arm
                && !self.arms.iter().any(|arm| arm.name == *name)
            {
                found.push(format!("there is no arm `{name}`"));
            }
            let unknown = leaf
                .names
                .iter()
                .filter(|name| Quantity::parse(name).is_none());
            found.extend(unknown.map(|name| format!("there is no quantity `{name}`")));
        }
        for key in expression.varied() {
            if !self.vary.contains_key(key) {
                found.push(format!("`{key}` does not vary between towns"));
            }
        }
        found
    }

    /// The arm of that name; the first if none is named.
    pub fn arm(&self, name: Option<&str>) -> Option<&Arm> {
        match name {
            None => self.arms.first(),
            Some(name) => self.arms.iter().find(|arm| arm.name == name),
        }
    }
}

impl Measure {
    /// The band in words, such as `-0.5 to 0.8`.
    pub fn band(&self) -> String {
        match (self.low, self.high) {
            (Some(low), Some(high)) => format!("{low} to {high}"),
            (Some(low), None) => format!("at least {low}"),
            (None, Some(high)) => format!("at most {high}"),
            (None, None) => "any".to_owned(),
        }
    }

    /// Width of the band, or the scale of a band with one end.
    pub fn width(&self) -> f64 {
        match (self.low, self.high, self.scale) {
            (Some(low), Some(high), _) => high - low,
            (.., scale) => scale.unwrap_or(f64::NAN),
        }
    }

    /// What the sign and size of an estimate are held against: the published figure, else the middle of the band, else
    /// its end.
    pub fn reference(&self) -> f64 {
        let middle = self
            .low
            .zip(self.high)
            .map(|(low, high)| 0.5 * (low + high));
        (self.published.or(middle).or(self.low).or(self.high)).unwrap_or(f64::NAN)
    }

    /// Whether a value lies on the other side of zero than the published figure, or than all of the band.
    pub fn contradicts(&self, value: f64) -> bool {
        let against = |side: f64| side * value < 0.0;
        self.published.is_some_and(against)
            || self.low.is_some_and(|low| low >= 0.0 && value < 0.0)
            || self.high.is_some_and(|high| high <= 0.0 && value > 0.0)
    }

    /// Whether a value lies in the band.
    pub fn holds(&self, value: f64) -> bool {
        value.is_finite()
            && self.low.is_none_or(|low| value >= low)
            && self.high.is_none_or(|high| value <= high)
    }
}
