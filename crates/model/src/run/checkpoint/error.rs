//! Why a saved file is not used.

/// What is wrong with a saved file.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It is no file of ours.
    #[error("it is not a file that mainstreet saved")]
    NotOurs,
    /// It has another form than this version reads.
    #[error("it has form {found}, this version reads form {read}")]
    Format {
        /// Form of the file.
        found: u32,
        /// Form that is read.
        read: u32,
    },
    /// Another version of the program wrote it: continuing would mix two sets of rules.
    #[error(
        "version {found} saved it and this is version {read}: finish the run with the version that began it"
    )]
    Version {
        /// Version that wrote it.
        found: String,
        /// This version.
        read: &'static str,
    },
    /// Another build of this version wrote it, which keeps other things of a town.
    #[error(
        "another build saved it, which keeps other things of a town: finish the run with that build"
    )]
    Layout,
    /// Its bytes changed or are missing.
    #[error("it is damaged: {0}")]
    Damaged(&'static str),
    /// It belongs to another run; the lines say what differs.
    #[error("it belongs to another run: {}", .0.join("; "))]
    Foreign(Vec<String>),
    /// It holds something else: a result in place of a town, or the reverse.
    #[error("it holds something else than is asked for")]
    WrongKind,
    /// The state cannot be put into the form.
    #[error("the state cannot be saved: {0}")]
    Unsavable(String),
}
