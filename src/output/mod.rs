//! What a run or a study leaves behind for people and programs to read.

pub mod assumptions;
pub mod charts;
pub mod difference;
pub mod folder;
pub mod manifest;
pub mod report;
pub mod results;
pub mod run_charts;
pub mod studies;
pub mod summary;
pub mod table;
pub mod write;
