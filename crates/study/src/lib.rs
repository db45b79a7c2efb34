//! Questions asked of many runs: how sure is a figure, what does a policy change, which parameters matter.
//!
//! Runs come from [`crate::ensemble`]; everything here is computed from what they leave behind, in a fixed
//! order, so that a study repeats to the byte. Intervals say how much the model's own draws move a figure, and
//! nothing about whether the model is right.
//!
//! [`Asked`] says what is wanted, [`perform`] does it on an [`Ensemble`](crate::ensemble::Ensemble) of any
//! [`Model`](model::run::Model), [`Answer`] holds what was found, and [`output::studies`] makes tables of it. The command
//! line does nothing else. `examples/study.rs` goes further than this:
//!
//! ```
//! use std::sync::atomic::AtomicBool;
//! use model::run::MainStreet;
//! use model::scenario::{self, Source};
//! use study::ensemble::{Ensemble, Schedule};
//! use study::{Answer, Asked, StudyScenario, perform};
//!
//! let small = ["town.residents=1000", "run.months=3", "run.burn_in_months=1"].map(str::to_owned);
//! let loaded = scenario::load(&Source::Embedded("baseline".to_owned()), &small).expect("a valid scenario");
//! let scenario = StudyScenario::of(&loaded).expect("valid values").to_text();
//!
//! let stop = AtomicBool::new(false);
//! let ensemble = Ensemble {
//!     model: &MainStreet,
//!     schedule: Schedule::new(None, 1000),
//!     store: None,
//!     stop: &stop,
//! };
//! let asked = Asked::Run { scenario, replicates: 2 };
//! match perform(&asked, None, &ensemble, |_| ()) {
//!     Ok(Answer::Ensemble(runs)) => assert_eq!((runs.len(), runs[1].months.len()), (2, 3)),
//!     other => panic!("{other:?}"),
//! }
//! ```

mod bands;
pub mod compare;
pub mod design;
pub mod ensemble;
pub mod evaluate;
pub mod explore;
pub mod output;
mod perform;
pub mod place_fit;
mod request;
mod scenario;
pub mod sensitivity;
pub mod sweep;
pub mod validate;

pub use bands::{BAND_PROBABILITIES, Band, bands};
pub use perform::{Answer, Effort, StudyError, perform, perform_sweep};
pub use request::{Asked, ChartFiles, Crossing, Request};
pub use scenario::{ScenarioText, StudyScenario, Unreadable, settings_of};
