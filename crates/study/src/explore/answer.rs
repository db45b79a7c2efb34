//! Answers to the page that are known as a whole.

use serde_json::{Value, json};

use model::scenario::Setup;

use crate::ScenarioText;
use crate::output::results::tables;
use crate::output::studies::{page_of_run, tables_of_run};

use super::choice::{self, Accepted, Choice, Problem};
use super::controls;
use super::pair::{BASELINE, Finished};

/// JSON.
pub const JSON: &str = "application/json";
/// A page.
pub const HTML: &str = "text/html; charset=utf-8";
/// A text.
pub const PLAIN: &str = "text/plain; charset=utf-8";

const CSV: &str = "text/csv; charset=utf-8";
const TOML: &str = "application/toml";

/// An answer that is known as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// As in HTTP.
    pub status: u16,
    /// Type of the content.
    pub mime: &'static str,
    /// The name a browser saves it under.
    pub file: Option<String>,
    /// The content.
    pub body: Vec<u8>,
}

impl Answer {
    /// An answer that is shown, not saved.
    pub fn new(status: u16, mime: &'static str, body: impl Into<Vec<u8>>) -> Answer {
        let body = body.into();
        Answer {
            status,
            mime,
            file: None,
            body,
        }
    }

    /// A JSON text.
    pub fn json(status: u16, value: &Value) -> Answer {
        Answer::new(status, JSON, value.to_string())
    }

    /// Mistakes of a choice.
    pub fn mistakes(problems: &[Problem]) -> Answer {
        Answer::json(422, &json!({ "problems": problems }))
    }

    /// There is no such address.
    pub fn nothing_here() -> Answer {
        Answer::new(404, PLAIN, "there is nothing at this address\n")
    }

    fn saved(name: String, mime: &'static str, body: impl Into<Vec<u8>>) -> Answer {
        Answer {
            file: Some(name),
            ..Answer::new(200, mime, body)
        }
    }
}

/// All that the page must know before anybody has chosen anything.
pub fn catalogue() -> Answer {
    Answer::json(200, &controls::catalogue())
}

/// What is said of a choice without running it: `start` gives the values before anything is changed, `check` the mistakes or
/// warnings, `scenario.toml` the file.
pub fn look_at(setup: &Setup<'_>, path: &str, choice: &Choice) -> Answer {
    let found = match path {
        "start" => choice::start(setup, choice).map(|values| json!({ "values": values })),
        "check" => choice::accept(setup, choice)
            .map(|accepted| json!({ "warnings": accepted.warnings, "text": accepted.text })),
        "scenario.toml" => match choice::accept(setup, choice) {
            Ok(Accepted { name, text, .. }) => {
                return Answer::saved(format!("{name}.toml"), TOML, text);
            }
            Err(problems) => Err(problems),
        },
        _ => return Answer::nothing_here(),
    };
    match found {
        Ok(value) => Answer::json(200, &value),
        Err(problems) => Answer::mistakes(&problems),
    }
}

/// A file of a finished run: `scenario.toml`, `report.html`, `indicators.csv`, `baseline.csv`, `tables.json` (names of the
/// tables) or `tables/NAME.csv`.
pub fn download(finished: &Finished, file: &str) -> Answer {
    let (record, start) = match file {
        "scenario.toml" => {
            return Answer::saved(
                format!("{}.toml", finished.name),
                TOML,
                finished.text.as_str(),
            );
        }
        "report.html" => return report(finished),
        "indicators.csv" => (&finished.yours, finished.name.as_str()),
        "baseline.csv" => (finished.baseline.as_ref(), BASELINE),
        _ => return table(finished, file),
    };
    let mut csv = Vec::new();
    let is_written = tables(record).is_ok_and(|tables| {
        let table = tables.iter().find(|table| table.name() == "indicators");
        table.is_some_and(|table| table.write_csv(&mut csv).is_ok())
    });
    if !is_written {
        return Answer::new(500, PLAIN, "the table cannot be written\n");
    }
    Answer::saved(format!("{start}-indicators.csv"), CSV, csv)
}

/// A table as `mainstreet run --csv` writes it, or the list of all.
fn table(finished: &Finished, file: &str) -> Answer {
    let name = file.strip_prefix("tables/");
    if name.is_none() && file != "tables.json" {
        return Answer::nothing_here();
    }
    let files = match tables_of_run(text_of(finished), &finished.yours) {
        Ok(files) => files,
        Err(error) => {
            return Answer::new(500, PLAIN, format!("the tables cannot be made: {error}\n"));
        }
    };
    let Some(name) = name else {
        let names: Vec<&String> = files.keys().collect();
        return Answer::json(200, &json!({ "tables": names }));
    };
    match files.get(name) {
        Some(bytes) => Answer::saved(format!("{}-{name}", finished.name), CSV, bytes.as_slice()),
        None => Answer::nothing_here(),
    }
}

fn text_of(finished: &Finished) -> ScenarioText {
    ScenarioText {
        name: finished.name.clone(),
        toml: finished.resolved.clone(),
    }
}

/// The page about the visitor's run.
fn report(finished: &Finished) -> Answer {
    match page_of_run(text_of(finished), &finished.yours) {
        Ok(page) => Answer::saved(format!("{}-report.html", finished.name), HTML, page),
        Err(error) => Answer::new(500, PLAIN, format!("the report cannot be made: {error}\n")),
    }
}
