//! How a subcommand ends when it does not succeed: a message and an exit code.

use std::io::Write;
use std::process::ExitCode;

use mainstreet::output::OutputError;
use mainstreet::output::charts::ChartError;
use mainstreet::output::studies::AnswerError;
use mainstreet::output::table::TableError;
use mainstreet::run::RunError;
use mainstreet::run::checkpoint::CheckpointError;
use mainstreet::run::ensemble::EnsembleError;
use mainstreet::scenario::{self, Diagnostic};
use mainstreet::study::StudyError;
use mainstreet::study::sweep::SweepError;

/// Exit code of a run that was stopped and can go on.
const INTERRUPTED: u8 = 130;

/// A message for stderr and the exit code that goes with it.
#[derive(Debug)]
pub struct Failure {
    text: String,
    code: u8,
    /// Whether what was done until then is saved and a later attempt can do better.
    can_go_on: bool,
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

    /// The run was stopped.
    pub fn interrupted(text: impl Into<String>) -> Failure {
        Failure::new(text, INTERRUPTED).but_saved()
    }

    /// The system refused something that it may grant later, such as room on a disk.
    fn refused(text: impl Into<String>) -> Failure {
        Failure::files(text).but_saved()
    }

    fn but_saved(self) -> Failure {
        Failure {
            can_go_on: true,
            ..self
        }
    }

    /// Whether unfinished work can be gone on with: the run was stopped, or the disk is full.
    pub fn can_go_on(&self) -> bool {
        self.can_go_on
    }

    /// The message.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The same failure with another message.
    pub fn hint(self, text: impl Into<String>) -> Failure {
        Failure {
            text: text.into(),
            ..self
        }
    }

    fn new(text: impl Into<String>, code: u8) -> Failure {
        Failure {
            text: text.into(),
            code,
            can_go_on: false,
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

impl From<StudyError> for Failure {
    fn from(error: StudyError) -> Failure {
        match error {
            StudyError::Scenario(unreadable) => Failure::mistakes(&unreadable.mistakes, false),
            StudyError::Compare(_) | StudyError::Design(_) | StudyError::Row(_) => {
                Failure::usage(error.to_string())
            }
            StudyError::Start(why) => Failure::files(why),
            StudyError::Runs(error) => Failure::from(error),
        }
    }
}

impl From<EnsembleError> for Failure {
    fn from(error: EnsembleError) -> Failure {
        let text = error.to_string();
        match error {
            EnsembleError::Run { error, .. } => Failure::from(error).hint(text),
            EnsembleError::Job { .. } => Failure::usage(text),
            EnsembleError::Checkpoint {
                error: CheckpointError::Io { .. },
                ..
            } => Failure::refused(text),
            EnsembleError::Checkpoint { .. } => Failure::files(text),
            EnsembleError::Interrupted { .. } => Failure::interrupted(text),
            EnsembleError::Threads(_) => Failure::run(text),
        }
    }
}

impl From<CheckpointError> for Failure {
    fn from(error: CheckpointError) -> Failure {
        Failure::files(error.to_string())
    }
}

impl From<SweepError> for Failure {
    fn from(error: SweepError) -> Failure {
        match error {
            SweepError::Scenario(mistakes) => Failure::mistakes(&mistakes, false),
            other => Failure::usage(other.to_string()),
        }
    }
}

impl From<AnswerError> for Failure {
    fn from(error: AnswerError) -> Failure {
        match error {
            AnswerError::Output(error) => Failure::from(error),
            AnswerError::Table(error) => Failure::from(error),
            AnswerError::Chart(error) => Failure::from(error),
            AnswerError::Report(error) => Failure::from(error),
            AnswerError::Request(why) => Failure::run(why),
        }
    }
}

impl From<OutputError> for Failure {
    fn from(error: OutputError) -> Failure {
        match error {
            OutputError::Io { .. } => Failure::refused(error.to_string()),
            other => Failure::files(other.to_string()),
        }
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
