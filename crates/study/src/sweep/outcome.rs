//! What is kept of a run of a sweep.

use serde::{Deserialize, Serialize};

use crate::compare::last_year;
use model::indicators::MonthIndicators;
use model::run::{RunError, RunRecord};

/// One number a run ends in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Name of the indicator.
    pub indicator: String,
    /// Month since the start of the scenario; without one, the mean of the last 12 months.
    pub month: Option<u32>,
}

impl Outcome {
    /// Reads `indicator` or `indicator@month`.
    ///
    /// # Errors
    /// If there is no such indicator, or the month is no number.
    pub fn parse(text: &str) -> Result<Outcome, String> {
        let (name, month) = match text.split_once('@') {
            Some((name, month)) => (name, Some(month)),
            None => (text, None),
        };
        if !MonthIndicators::definitions().any(|d| d.name == name) {
            return Err(format!(
                "`{name}` is not an indicator; columns.csv of any run lists them"
            ));
        }
        let month = month.map(|month| {
            let number = month.trim().parse();
            number.map_err(|_| format!("`{month}` in `{text}` is not a month"))
        });
        Ok(Outcome {
            indicator: name.to_owned(),
            month: month.transpose()?,
        })
    }

    /// Name of its column.
    pub fn column(&self) -> String {
        match self.month {
            Some(month) => format!("{}_month_{month}", self.indicator),
            None => self.indicator.clone(),
        }
    }

    /// Its value in a record; `NaN` if it does not exist there.
    pub fn of(&self, record: &RunRecord) -> f64 {
        let Some(series) = record.series(&self.indicator) else {
            return f64::NAN;
        };
        match self.month {
            Some(month) => series.get(month as usize).copied().unwrap_or(f64::NAN),
            None => last_year(&series),
        }
    }
}

/// What a run of a sweep came to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunOutcome {
    /// Why there is no town at this point; empty if there is one.
    pub failure: String,
    /// Values of the plan's columns; `NaN` where one does not exist.
    pub values: Vec<f64>,
}

impl RunOutcome {
    /// Takes the outcomes from a run. A point where no town can exist is an answer too: one such point must not
    /// end a sweep.
    ///
    /// # Errors
    /// Any failure that is not the scenario's.
    pub fn take(
        run: Result<RunRecord, RunError>,
        columns: &[Outcome],
    ) -> Result<RunOutcome, RunError> {
        match run {
            Ok(record) => Ok(RunOutcome {
                failure: String::new(),
                values: columns.iter().map(|column| column.of(&record)).collect(),
            }),
            Err(RunError::Synthesis(why)) => Ok(RunOutcome {
                failure: why.to_string(),
                values: vec![f64::NAN; columns.len()],
            }),
            Err(other) => Err(other),
        }
    }
}
