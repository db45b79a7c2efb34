//! The last full run, as it comes with the program: what is known of a policy's answers before anything is run.

use super::rows::{Evaluation, rows};

/// `evaluations.csv` of the last full run.
const LAST: &str = include_str!("../../../../scenarios/evaluated.csv");

/// One figure of the last full run, as written there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastFigure {
    /// Row.
    pub id: String,
    /// What was measured; empty if the row could not be run.
    pub what: String,
    /// Unit.
    pub unit: String,
    /// The verdict.
    pub verdict: String,
    /// The model's estimate.
    pub estimate: String,
    /// Its standard error.
    pub standard_error: String,
}

/// The figures of the last full run, in the order of rows.
pub fn last_figures() -> Vec<LastFigure> {
    let mut reader = csv::Reader::from_reader(LAST.as_bytes());
    let Ok(header) = reader.headers().cloned() else {
        return Vec::new();
    };
    let place = |name: &str| header.iter().position(|column| column == name);
    let cell = |record: &csv::StringRecord, name: &str| -> String {
        let found = place(name).and_then(|place| record.get(place));
        found.unwrap_or_default().to_owned()
    };
    let records = reader.records().filter_map(Result::ok);
    let figure = |record: csv::StringRecord| LastFigure {
        id: cell(&record, "id"),
        what: cell(&record, "what"),
        unit: cell(&record, "unit"),
        verdict: cell(&record, "verdict"),
        estimate: rounded(&cell(&record, "estimate")),
        standard_error: rounded(&cell(&record, "standard_error")),
    };
    records.map(figure).collect()
}

/// A number of the table in three digits or so.
fn rounded(text: &str) -> String {
    let Ok(value) = text.parse::<f64>() else {
        return String::new();
    };
    match value.abs() {
        size if size >= 100.0 => format!("{value:.0}"),
        size if size >= 10.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

/// Rows that agreed in the last full run, and all its rows; none if it is empty.
pub fn last_score() -> Option<(usize, usize)> {
    let figures = last_figures();
    let mut ids: Vec<&str> = figures.iter().map(|figure| figure.id.as_str()).collect();
    ids.dedup();
    let agrees = |id: &&&str| {
        let mut of_row = figures.iter().filter(|figure| figure.id == **id);
        of_row.all(|figure| figure.verdict == "agrees")
    };
    (!ids.is_empty()).then(|| (ids.iter().filter(agrees).count(), ids.len()))
}

/// What is known of the answers about one policy: a line a published evaluation, what it found and what the model gave
/// in the last full run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caveat {
    /// Row.
    pub id: String,
    /// What was found in the world.
    pub finding: String,
    /// What the model gives, figure by figure, with the verdict.
    pub model: Vec<String>,
    /// Whether all figures agree.
    pub agrees: bool,
    /// Why the model differs, as far as its rules tell; may be empty.
    pub doubt: String,
}

/// Published evaluations of some kinds of policy or shock, beside the model's last figures.
pub fn caveats(kinds: &[&str]) -> Vec<Caveat> {
    let figures = last_figures();
    let about = |row: &Evaluation| kinds.contains(&row.policy.as_str());
    let rows = rows().unwrap_or_default();
    let caveat = |row: &Evaluation| {
        let of_row: Vec<&LastFigure> = figures.iter().filter(|f| f.id == row.id).collect();
        let told = of_row.iter().map(|figure| match figure.what.is_empty() {
            true => figure.verdict.clone(),
            false => format!(
                "{}: {} {} (s.e. {}): {}",
                figure.what, figure.estimate, figure.unit, figure.standard_error, figure.verdict
            ),
        });
        Caveat {
            id: row.id.clone(),
            finding: row.finding.clone(),
            model: told.collect(),
            agrees: !of_row.is_empty() && of_row.iter().all(|figure| figure.verdict == "agrees"),
            doubt: row.doubt.clone(),
        }
    };
    rows.iter().filter(|row| about(row)).map(caveat).collect()
}

impl Caveat {
    /// The caveat as lines of text: what studies find, what the model finds, and why they differ.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = vec![format!("{}: studies find: {}", self.id, self.finding)];
        match self.model.is_empty() {
            true => lines.push("the model was not yet asked".to_owned()),
            false => lines.extend(
                self.model
                    .iter()
                    .map(|told| format!("the model finds: {told}")),
            ),
        }
        if !self.doubt.is_empty() {
            lines.push(format!("why: {}", self.doubt));
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_last_run_is_of_the_rows_there_are() {
        let known: BTreeSet<String> = rows()
            .expect("sound rows")
            .into_iter()
            .map(|row| row.id)
            .collect();
        let last: BTreeSet<String> = last_figures().into_iter().map(|figure| figure.id).collect();
        assert_eq!(known, last);
        let (agree, all) = last_score().expect("there was a run");
        assert!(agree <= all && all == known.len());
    }

    #[test]
    fn a_policy_brings_what_studies_and_the_model_say_of_it() {
        let found = caveats(&["minimum_wage"]);
        let ids: Vec<&str> = found.iter().map(|caveat| caveat.id.as_str()).collect();
        assert_eq!(ids, ["P1", "P2", "P14"]);
        let lines = found[0].lines();
        assert!(lines[0].contains("138") && lines[1].starts_with("the model finds: "));
        assert!(caveats(&["nothing"]).is_empty());
    }
}
