//! What a run or a study has to tell, as values: tables, charts, a page. Writing them down is the program's business.

pub mod assumptions;
mod checksum;
mod folder;
pub mod report;
pub mod results;
pub mod run_charts;
pub mod studies;
pub mod summary;
pub mod table;

pub use checksum::Checksum;
pub use folder::{Content, Dictionary, Folder, MemoryFolder, OutputError};
