//! The town: what is asked of it, what it is, what happens in a month, and what is seen.
//!
//! Text goes in, numbers come out. Nothing here opens a file, looks at a clock or prints; scenario files are read
//! through [`scenario::Texts`], which the program implements for the disk.

pub mod indicators;
pub mod month;
mod parallel;
pub mod rng;
pub mod run;
pub mod scenario;
pub mod stats;
pub mod town;
pub mod units;
