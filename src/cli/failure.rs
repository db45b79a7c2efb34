//! How a subcommand ends when it does not succeed: a message and an exit code.

use std::io::Write;
use std::process::ExitCode;

use mainstreet::output::charts::ChartError;
use mainstreet::output::table::TableError;
use mainstreet::output::write::OutputError;
use mainstreet::run::RunError;
use mainstreet::scenario::{self, Diagnostic};

/// A message for stderr and the exit code that goes with it.
#[derive(Debug)]
pub struct Failure {
    text: String,
    code: u8,
}

impl Failure {
    /// Wrong arguments or scenario.
    pub fn usage(text: impl Into<String>) -> Failure {
        Failure::new(text, 2)
    }

    /// The system refuses to read or write.
    pub fn files(text: impl Into<String>) -> Failure {
        Failure::new(text, 3)
    }

    /// The run did not do what it was asked for.
    pub fn run(text: impl Into<String>) -> Failure {
        Failure::new(text, 1)
    }

    fn new(text: impl Into<String>, code: u8) -> Failure {
        Failure {
            text: text.into(),
            code,
        }
    }

    /// Mistakes in a scenario, for people or as JSON.
    pub fn mistakes(diagnostics: &[Diagnostic], json: bool) -> Failure {
        let text = if json {
            format!("{:#}", scenario::to_json(diagnostics))
        } else {
            scenario::render_all(diagnostics, true)
        };
        Failure::new(text, scenario::exit_code(diagnostics))
    }

    /// Prints the message and gives the exit code.
    pub fn report(&self) -> ExitCode {
        if !self.text.is_empty() {
            let text = self.text.trim_end();
            let start = if text.starts_with(['{', '[', '\u{1b}']) || text.starts_with("error") {
                ""
            } else {
                "error: "
            };
            // Nobody can be told that stderr is gone.
            let _ = writeln!(anstream::stderr(), "{start}{text}");
        }
        ExitCode::from(self.code)
    }
}

impl From<RunError> for Failure {
    fn from(error: RunError) -> Failure {
        let code = match error {
            RunError::Synthesis(_) => 2,
            RunError::Breach(_) | RunError::NotFinite { .. } => 4,
            RunError::Interrupted { .. } => 130,
        };
        Failure::new(error.to_string(), code)
    }
}

impl From<OutputError> for Failure {
    fn from(error: OutputError) -> Failure {
        Failure::files(error.to_string())
    }
}

impl From<TableError> for Failure {
    fn from(error: TableError) -> Failure {
        Failure::new(format!("a result table is not sound: {error}"), 4)
    }
}

impl From<ChartError> for Failure {
    fn from(error: ChartError) -> Failure {
        Failure::run(format!("a chart cannot be drawn: {error}"))
    }
}
