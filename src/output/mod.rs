//! What a run or a study leaves behind for people and programs to read: folders on the disk, whole or absent.
//!
//! The tables, charts and pages themselves are made in [`study::output`] as values.

pub mod difference;
pub mod folder;
pub mod manifest;
pub mod write;

pub use charts;
pub use study::output::*;
