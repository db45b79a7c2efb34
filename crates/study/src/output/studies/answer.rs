//! The tables of an answer, whatever was asked.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::compare::Comparison;
use crate::ensemble::ReplicateSeries;
use crate::evaluate::{EvaluationPlan, Found};
use crate::output::report::{REPORT_NAME, ReportError, report};
use crate::output::run_charts::{self, Chart, Subject};
use crate::output::table::{ColumnData, Table, TableError, Words};
use crate::output::{Folder, MemoryFolder, OutputError, assumptions, results};
use crate::sweep::{RunOutcome, SweepPlan, effects, point_outcomes};
use crate::{Answer, Asked, ChartFiles, Request, ScenarioText, StudyScenario, Unreadable, bands};
use charts::ChartError;
use model::run::RunRecord;
use model::scenario::Loaded;

use super::write_long;

/// Name of the file that says what was asked.
pub const REQUEST_NAME: &str = "request.json";

/// What is told before charts are drawn: how many there are, and which scenarios they leave out.
pub type Announce<'a> = &'a dyn Fn(usize, &[&str]);

/// A table or file of an answer that could not be made.
#[derive(Debug, thiserror::Error)]
pub enum AnswerError {
    /// The file cannot be written.
    #[error("{0}")]
    Output(#[from] OutputError),
    /// A table is not sound.
    #[error("{0}")]
    Table(#[from] TableError),
    /// A chart cannot be drawn.
    #[error("{0}")]
    Chart(#[from] ChartError),
    /// The page about the results cannot be made.
    #[error("{0}")]
    Report(#[from] ReportError),
    /// Answer and request do not belong together, or the request has no text.
    #[error("{0}")]
    Request(String),
}

impl From<Unreadable> for AnswerError {
    fn from(error: Unreadable) -> Self {
        AnswerError::Request(error.to_string())
    }
}

/// A scenario of a request, read again.
struct Read {
    scenario: StudyScenario,
    loaded: Loaded,
}

impl Read {
    fn all(texts: &[ScenarioText]) -> Result<Vec<Read>, Unreadable> {
        let one = |text| {
            let (scenario, loaded) = StudyScenario::load(text, &[])?;
            Ok(Read { scenario, loaded })
        };
        texts.iter().map(one).collect()
    }

    fn subject(&self) -> Subject<'_> {
        Subject {
            name: &self.scenario.name,
            parameters: &self.scenario.parameters,
            timeline: &self.loaded.timeline,
        }
    }
}

/// Writes the tables and charts of an answer, the request it answers and the page about it. `drawing` is told, before
/// they are drawn, how many charts there are and which scenarios they have no room for.
///
/// # Errors
/// If a file cannot be written, a chart cannot be drawn, or the answer is not the request's.
pub fn write_answer(
    folder: &mut dyn Folder,
    request: &Request,
    answer: &Answer,
    drawing: Announce<'_>,
) -> Result<(), AnswerError> {
    match (answer, &request.asked) {
        (Answer::Sweep(outcomes), Asked::Sweep { plan }) => {
            write_sweep(folder, plan, outcomes, request.csv)?;
        }
        (Answer::Evaluation(found), Asked::Evaluate { plan }) => {
            write_evaluation(folder, plan, found, request.charts)?;
        }
        (Answer::Sweep(_) | Answer::Evaluation(_), _)
        | (_, Asked::Sweep { .. } | Asked::Evaluate { .. }) => return Err(mismatch()),
        (_, asked) => {
            let scenarios = Read::all(asked.scenarios())?;
            write_scenarios(folder, &scenarios, answer, request, drawing)?;
        }
    }
    let text = request_text(request)?;
    folder.write_text(REQUEST_NAME, &text)?;
    if !matches!(request.asked, Asked::Sweep { .. } | Asked::Evaluate { .. }) {
        let page = report(folder)?;
        folder.write_text(REPORT_NAME, &page)?;
    }
    Ok(())
}

/// The page about one run, as `mainstreet run` writes it into its folder.
///
/// # Errors
/// As [`write_answer`].
pub fn page_of_run(scenario: ScenarioText, record: &RunRecord) -> Result<String, AnswerError> {
    let mut folder = MemoryFolder::default();
    let asked = Asked::Run {
        scenario,
        replicates: 1,
    };
    let answer = Answer::Run(Box::new(record.clone()));
    let request = Request {
        charts: ChartFiles::Svg,
        ..Request::new(asked, false)
    };
    write_answer(&mut folder, &request, &answer, &|_, _| ())?;
    let page = folder.read(REPORT_NAME)?.unwrap_or_default();
    Ok(String::from_utf8_lossy(&page).into_owned())
}

/// The tables of one run by the names of their files, as `mainstreet run --csv` writes them, `columns.csv` among them.
///
/// # Errors
/// As [`write_answer`].
pub fn tables_of_run(
    scenario: ScenarioText,
    record: &RunRecord,
) -> Result<BTreeMap<String, Vec<u8>>, AnswerError> {
    let mut folder = MemoryFolder::default();
    let asked = Asked::Run {
        scenario,
        replicates: 1,
    };
    let scenarios = Read::all(asked.scenarios())?;
    let request = Request {
        charts: ChartFiles::None,
        ..Request::new(asked, true)
    };
    let answer = Answer::Run(Box::new(record.clone()));
    write_scenarios(&mut folder, &scenarios, &answer, &request, &|_, _| ())?;
    Ok(folder.finish()?)
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

fn mismatch() -> AnswerError {
    AnswerError::Request("the answer is not that of this request".to_owned())
}

/// Tables, charts and assumptions of everything but a sweep.
fn write_scenarios(
    folder: &mut dyn Folder,
    scenarios: &[Read],
    answer: &Answer,
    request: &Request,
    drawing: Announce<'_>,
) -> Result<(), AnswerError> {
    let csv = request.csv;
    match answer {
        Answer::Run(record) => {
            for table in results::tables(record)? {
                folder.write_csv(&table)?;
            }
            write_incomes(folder, run_charts::income_changes(Some(record), &[]))?;
            if let Some(table) = results::workers(&record.workers)? {
                write_long(folder, &table, csv)?;
                write_long(folder, &results::firms(&record.firms)?, csv)?;
            }
        }
        Answer::Ensemble(series) => {
            folder.write_csv(&super::ensemble(&bands(series))?)?;
            write_long(folder, &super::replicates(series)?, csv)?;
            write_incomes(folder, run_charts::income_changes(None, series))?;
            let name = scenarios
                .first()
                .map_or("", |read| read.scenario.name.as_str());
            for table in super::by_replicate(&[(name, series)])? {
                write_long(folder, &table, csv)?;
            }
        }
        Answer::Comparison {
            names,
            replicates,
            comparison,
        } => {
            write_long(folder, &by_scenario(names, replicates)?, csv)?;
            let named: Vec<(&str, &[ReplicateSeries])> = (names.iter().zip(replicates))
                .map(|(name, series)| (name.as_str(), series.as_slice()))
                .collect();
            for table in super::by_replicate(&named)? {
                write_long(folder, &table, csv)?;
            }
            if let Some(comparison) = comparison {
                write_comparison(folder, comparison)?;
            }
        }
        Answer::Sweep(_) | Answer::Evaluation(_) => return Err(mismatch()),
    }
    let named: Vec<(&str, &Loaded)> = (scenarios.iter())
        .map(|read| (read.scenario.name.as_str(), &read.loaded))
        .collect();
    folder.write_csv(&assumptions::table(&named)?)?;
    if request.charts.any() {
        let charts = lay_out(scenarios, answer)?;
        drawing(charts.len(), &left_out(answer));
        write_charts(folder, &charts, request.charts)?;
    }
    Ok(())
}

/// Scenarios that charts of a comparison have no room for.
fn left_out(answer: &Answer) -> Vec<&str> {
    match answer {
        Answer::Comparison {
            names,
            replicates,
            comparison: Some(_),
        } => {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            run_charts::left_out(&names, replicates)
        }
        _ => Vec::new(),
    }
}

/// The charts of an answer, laid out but not drawn as pixels.
fn lay_out(scenarios: &[Read], answer: &Answer) -> Result<Vec<Chart>, AnswerError> {
    let first = scenarios.first().ok_or_else(mismatch)?;
    let charts = match answer {
        Answer::Run(record) => {
            run_charts::charts(&first.loaded, &first.scenario.parameters, record)?
        }
        Answer::Ensemble(series) => run_charts::ensemble_charts(&first.subject(), series)?,
        Answer::Comparison {
            replicates,
            comparison,
            ..
        } => match (comparison, replicates.first()) {
            (Some(comparison), _) => {
                let subjects: Vec<Subject<'_>> = scenarios.iter().map(Read::subject).collect();
                run_charts::comparison_charts(&subjects, replicates, comparison)?
            }
            (None, Some(series)) => run_charts::ensemble_charts(&first.subject(), series)?,
            (None, None) => return Err(mismatch()),
        },
        Answer::Sweep(_) | Answer::Evaluation(_) => return Err(mismatch()),
    };
    Ok(charts)
}

/// `income_by_decile`: what happened to the income of each tenth of households since the start.
fn write_incomes(
    folder: &mut dyn Folder,
    changes: Option<Vec<[f64; 3]>>,
) -> Result<(), AnswerError> {
    let Some(changes) = changes else {
        return Ok(());
    };
    let column = |place: usize| ColumnData::F64(changes.iter().map(|row| row[place]).collect());
    let table = Table::new("income_by_decile")
        .with(
            "decile",
            "",
            "Tenth of resident households by gross income, from 1 (lowest) to 10; ranked anew each year.",
            ColumnData::U32((1..=changes.len() as u32).collect()),
        )?
        .with(
            "change",
            "share",
            "Mean gross yearly income of the last year over that of the start, at month-0 prices, less 1; of several \
             runs the median.",
            column(0),
        )?
        .with(
            "low",
            "share",
            "Fifth percentile over runs; empty below five runs.",
            column(1),
        )?
        .with(
            "high",
            "share",
            "Ninety-fifth percentile over runs; empty below five runs.",
            column(2),
        )?;
    folder.write_csv(&table)?;
    Ok(())
}

fn write_comparison(folder: &mut dyn Folder, comparison: &Comparison) -> Result<(), AnswerError> {
    folder.write_csv(&super::comparison(comparison)?)?;
    folder.write_csv(&super::differences(comparison)?)?;
    folder.write_csv(&super::decile_changes(comparison)?)?;
    folder.write_csv(&super::occupation_changes(comparison)?)?;
    folder.write_csv(&super::sector_changes(comparison)?)?;
    folder.write_csv(&super::public_cost(comparison)?)?;
    folder.write_csv(&super::cost_per_outcome(comparison)?)?;
    folder.write_csv(&super::pairing(comparison)?)?;
    if !comparison.split.is_empty() {
        folder.write_csv(&super::automation_split(comparison)?)?;
    }
    Ok(())
}

/// Writes each chart's data, and its picture in the forms asked for; pixels are drawn side by side.
fn write_charts(
    folder: &mut dyn Folder,
    charts: &[Chart],
    forms: ChartFiles,
) -> Result<(), AnswerError> {
    let pixels: Vec<Option<Result<Vec<u8>, ChartError>>> = (charts.par_iter())
        .map(|chart| forms.png().then(|| chart.rendered.png()))
        .collect();
    for (chart, png) in charts.iter().zip(pixels) {
        let drawn = &chart.rendered;
        let png = png.transpose()?;
        let files = [
            ("svg", forms.svg().then_some(drawn.svg.as_bytes())),
            ("png", png.as_deref()),
            ("csv", Some(drawn.csv.as_bytes())),
        ];
        for (ending, content) in files {
            if let Some(content) = content {
                folder.write(&format!("charts/{}.{ending}", chart.name), &mut |out| {
                    out.write_all(content)
                })?;
            }
        }
    }
    Ok(())
}

/// Name of the page about an evaluation.
const EVALUATION_PAGE: &str = "evaluations.md";

fn write_evaluation(
    folder: &mut dyn Folder,
    plan: &EvaluationPlan,
    found: &[Found],
    charts: ChartFiles,
) -> Result<(), AnswerError> {
    folder.write_csv(&super::evaluations(plan, found)?)?;
    write_charts(folder, &[super::forest(plan, found)?], charts)?;
    let intro = format!(
        "Published evaluations of policies and shocks, and what mainstreet {} gives when it repeats their designs. \
         This page is `evaluations.md` of a folder written by `mainstreet evaluate`.",
        env!("CARGO_PKG_VERSION")
    );
    let page = super::page(plan, found, &intro);
    folder.write_text(EVALUATION_PAGE, &page)?;
    Ok(())
}

fn write_sweep(
    folder: &mut dyn Folder,
    plan: &SweepPlan,
    outcomes: &[RunOutcome],
    csv: bool,
) -> Result<(), AnswerError> {
    let design = |error: crate::design::DesignError| AnswerError::Request(error.to_string());
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
