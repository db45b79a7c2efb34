//! One page about a folder of results, for people who open no tables: a brief, charts to play with, and what
//! stands behind them. It is made from the folder's files alone, so results made earlier have theirs too, and it
//! holds neither time nor machine, so the same results have the same page.

mod appendix;
mod brief;
mod catalogue;
mod data;
mod drawing;
mod labels;
mod material;
mod money;
mod outcome;
mod page;
mod pictures;
mod policy;
mod words;

pub use catalogue::called;
pub use material::ReportError;

use super::Folder;

/// Name of the page in its folder.
pub const REPORT_NAME: &str = "report.html";

/// The page about a folder of results.
///
/// # Errors
/// If a file is missing or cannot be read, or the folder holds a sweep.
pub fn report(folder: &dyn Folder) -> Result<String, ReportError> {
    let material = material::Material::read(folder)?;
    Ok(page::page(&material).into_string())
}
