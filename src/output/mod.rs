//! What a run or a study leaves behind for people and programs to read.
pub mod charts;
