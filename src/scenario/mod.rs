//! What is asked: scenario files, parameters, timelines.
pub mod parameters;

pub use parameters::Parameters;
