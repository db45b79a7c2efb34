//! The tables of an answer, whatever was asked.

use crate::output::charts::ChartError;
use crate::output::folder::OutputFolder;
use crate::output::table::{ColumnData, Table, TableError, Words};
use crate::output::write::OutputError;
use crate::output::{results, run_charts};
use crate::run::RunRecord;
use crate::run::ensemble::ReplicateSeries;
use crate::study::sweep::{RunOutcome, SweepPlan, effects, point_outcomes};
use crate::study::{Answer, Asked, Request, ScenarioText, StudyScenario, bands};

use super::write_long;

/// Name of the file that says what was asked.
pub const REQUEST_NAME: &str = "request.json";

/// A table or file of an answer that could not be made.
#[derive(Debug)]
pub enum AnswerError {
    /// The file cannot be written.
    Output(OutputError),
    /// A table is not sound.
    Table(TableError),
    /// A chart cannot be drawn.
    Chart(ChartError),
    /// Answer and request do not belong together, or the request has no text.
    Request(String),
}

impl std::fmt::Display for AnswerError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            AnswerError::Output(error) => error.fmt(f),
            AnswerError::Table(error) => error.fmt(f),
            AnswerError::Chart(error) => error.fmt(f),
            AnswerError::Request(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for AnswerError {}

impl From<OutputError> for AnswerError {
    fn from(error: OutputError) -> Self {
        AnswerError::Output(error)
    }
}

impl From<ChartError> for AnswerError {
    fn from(error: ChartError) -> Self {
        AnswerError::Chart(error)
    }
}

impl From<TableError> for AnswerError {
    fn from(error: TableError) -> Self {
        AnswerError::Table(error)
    }
}

/// Writes the tables of an answer and the request it answers.
///
/// # Errors
/// If a file cannot be written, or the answer is not the request's.
pub fn write_answer(
    folder: &mut OutputFolder,
    request: &Request,
    answer: &Answer,
) -> Result<(), AnswerError> {
    match (answer, &request.asked) {
        (Answer::Run(record), Asked::Run { scenario, .. }) => {
            write_run(folder, scenario, record)?;
        }
        (Answer::Ensemble(series), _) => {
            folder.write_csv(&super::ensemble(&bands(series))?)?;
            write_long(folder, &super::replicates(series)?, request.csv)?;
        }
        (
            Answer::Comparison {
                names,
                replicates,
                comparison,
            },
            _,
        ) => {
            if let Some(comparison) = comparison {
                folder.write_csv(&super::comparison(comparison)?)?;
                folder.write_csv(&super::differences(comparison)?)?;
                folder.write_csv(&super::decile_changes(comparison)?)?;
                folder.write_csv(&super::occupation_changes(comparison)?)?;
                folder.write_csv(&super::public_cost(comparison)?)?;
                folder.write_csv(&super::pairing(comparison)?)?;
            }
            write_long(folder, &by_scenario(names, replicates)?, request.csv)?;
        }
        (Answer::Sweep(outcomes), Asked::Sweep { plan }) => {
            write_sweep(folder, plan, outcomes, request.csv)?;
        }
        (Answer::Sweep(_) | Answer::Run(_), _) => {
            let why = "the answer is not that of this request";
            return Err(AnswerError::Request(why.to_owned()));
        }
    }
    let text = request_text(request)?;
    folder.write(REQUEST_NAME, |out| out.write_all(text.as_bytes()))?;
    Ok(())
}

/// The request as text.
///
/// # Errors
/// If it has none, which plain data does not lack.
pub fn request_text(request: &Request) -> Result<String, AnswerError> {
    let text = serde_json::to_string_pretty(request);
    let text = text.map_err(|error| AnswerError::Request(error.to_string()))?;
    Ok(text + "\n")
}

fn write_run(
    folder: &mut OutputFolder,
    text: &ScenarioText,
    record: &RunRecord,
) -> Result<(), AnswerError> {
    for table in results::tables(record)? {
        folder.write_csv(&table)?;
    }
    let (scenario, loaded) = StudyScenario::load(text, &[])
        .map_err(|unreadable| AnswerError::Request(unreadable.to_string()))?;
    for chart in run_charts::charts(&loaded, &scenario.parameters, record)? {
        let drawn = &chart.rendered;
        let files = [
            ("svg", drawn.svg.as_bytes()),
            ("png", &drawn.png),
            ("csv", drawn.csv.as_bytes()),
        ];
        for (ending, content) in files {
            folder.write(&format!("charts/{}.{ending}", chart.name), |out| {
                out.write_all(content)
            })?;
        }
    }
    Ok(())
}

fn write_sweep(
    folder: &mut OutputFolder,
    plan: &SweepPlan,
    outcomes: &[RunOutcome],
    csv: bool,
) -> Result<(), AnswerError> {
    let design = |error: crate::study::design::DesignError| AnswerError::Request(error.to_string());
    let settings = plan.settings().map_err(design)?;
    folder.write_csv(&super::plan(plan, &settings)?)?;
    write_long(folder, &super::runs(plan, &settings, outcomes)?, csv)?;
    let by_point = point_outcomes(plan, outcomes, 0.95);
    folder.write_csv(&super::points(plan, &settings, &by_point)?)?;
    let (found, _) = effects(plan, outcomes).map_err(design)?;
    if !found.is_empty() {
        folder.write_csv(&super::sensitivity(plan, &found)?)?;
    }
    Ok(())
}

/// `replicates` of several scenarios, with the scenario as the first column.
fn by_scenario(names: &[String], replicates: &[Vec<ReplicateSeries>]) -> Result<Table, TableError> {
    let mut scenarios = Words::default();
    for (name, series) in names.iter().zip(replicates) {
        let rows = series.iter().map(|one| one.months.len()).sum();
        for _ in 0..rows {
            scenarios.push(name);
        }
    }
    let all: Vec<ReplicateSeries> = replicates.iter().flatten().cloned().collect();
    let plain = super::replicates(&all)?;
    let mut table = Table::new(plain.name()).with(
        "scenario",
        "",
        "Scenario of the run.",
        ColumnData::Text(scenarios),
    )?;
    for column in plain.columns() {
        table.push(column.clone())?;
    }
    Ok(table)
}
