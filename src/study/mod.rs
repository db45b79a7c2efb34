//! Questions asked of many runs: how sure is a figure, what does a policy change, which parameters matter.
//!
//! Runs come from [`crate::run::ensemble`]; everything here is computed from what they leave behind, in a fixed
//! order, so that a study repeats to the byte. Intervals say how much the model's own draws move a figure, and
//! nothing about whether the model is right.

mod bands;
pub mod compare;
pub mod design;
mod perform;
mod request;
mod scenario;
pub mod sensitivity;
pub mod sweep;
pub mod validate;

pub use bands::{BAND_PROBABILITIES, Band, bands};
pub use perform::{Answer, Effort, StudyError, perform, perform_sweep};
pub use request::{Asked, Crossing, Request};
pub use scenario::{ScenarioText, StudyScenario, Unreadable, settings_of};
