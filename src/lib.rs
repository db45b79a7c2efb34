//! What does automation by small and medium businesses do to a town, and which policy helps?
//!
//! The public face of the workspace: the model (`crates/model`), the charts (`crates/charts`), the studies with their
//! tables and pages (`crates/study`), and what touches the machine: files, checkpoints, the page on the loopback address.

pub mod disk;
pub mod explore;
pub mod output;
pub mod places;

pub use model::{indicators, month, rng, stats, town, units};
pub use study;

/// One replicate, many of them, and runs that survive being stopped.
pub mod run {
    pub use model::run::*;
    pub use study::ensemble;

    /// Runs that survive being stopped.
    pub mod checkpoint {
        pub use crate::disk::checkpoints::{open_store, read, write, write_saved};
        pub use model::run::checkpoint::*;
        pub use study::ensemble::{CheckpointError, Store, UNFINISHED};
    }
}

/// What is asked: scenario files, read from the disk.
pub mod scenario {
    use crate::disk::Disk;
    pub use model::scenario::*;

    /// The program's own parameters, presets and rules, with files from the disk.
    pub fn setup() -> Setup<'static> {
        Setup {
            texts: &Disk,
            places: &crate::places::Shipped,
            ..Setup::embedded()
        }
    }

    /// Reads a scenario against the program's own parameters.
    ///
    /// # Errors
    /// Every mistake in any of its files and settings.
    pub fn load(source: &Source, overrides: &[String]) -> Result<Loaded, Vec<Diagnostic>> {
        load_with(&setup(), source, overrides)
    }
}
