//! `mainstreet report`: a page about results, for people who open no tables.

use std::path::PathBuf;

use clap::Args;
use mainstreet::output::folder::{FinishedFolder, replace_in_finished};
use mainstreet::output::manifest::Manifest;
use mainstreet::output::report::{REPORT_NAME, ReportError, report as page};

use super::failure::Failure;
use super::{Global, closing, print, say};

/// Finished folders of results.
#[derive(Args)]
pub struct ReportArgs {
    /// Folders of runs or comparisons; each gets a page of its own.
    #[arg(value_name = "OUTPUT_DIR", required = true)]
    folders: Vec<PathBuf>,
    /// Open the pages when they are made.
    #[arg(long)]
    open: bool,
}

/// Writes the page of each folder and prints where it is.
pub fn report(args: &ReportArgs, global: &Global) -> Result<(), Failure> {
    for folder in &args.folders {
        let manifest = Manifest::read(folder)?;
        for difference in manifest.differences(folder)? {
            say(
                global,
                &format!(
                    "warning: {} of {} is not as it was written",
                    difference.path(),
                    folder.display()
                ),
            );
        }
        let text = page(&FinishedFolder(folder))?;
        replace_in_finished(folder, REPORT_NAME, text.as_bytes())?;
        print(&format!("{}\n", folder.join(REPORT_NAME).display()))?;
        if args.open {
            closing::open_page(&folder.join(REPORT_NAME), global);
        }
    }
    Ok(())
}

impl From<ReportError> for Failure {
    fn from(error: ReportError) -> Self {
        match error {
            ReportError::Scenario(unreadable) => Failure::mistakes(&unreadable.mistakes, false),
            other => Failure::files(other.to_string()),
        }
    }
}
