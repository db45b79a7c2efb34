//! What does automation by small and medium businesses do to a town, and which policy helps?
pub mod explore;
pub mod indicators;
pub mod month;
pub mod output;
pub mod rng;
pub mod run;
pub mod scenario;
pub mod stats;
pub mod study;
pub mod town;
pub mod units;
