//! Why a saved file is not used.

use std::fmt;

/// What is wrong with a saved file.
#[derive(Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is no file of ours.
    NotOurs,
    /// It has another form than this version reads.
    Format {
        /// Form of the file.
        found: u32,
        /// Form that is read.
        read: u32,
    },
    /// Another version of the program wrote it: continuing would mix two sets of rules.
    Version {
        /// Version that wrote it.
        found: String,
        /// This version.
        read: &'static str,
    },
    /// Another build of this version wrote it, which keeps other things of a town.
    Layout,
    /// Its bytes changed or are missing.
    Damaged(&'static str),
    /// It belongs to another run; the lines say what differs.
    Foreign(Vec<String>),
    /// It holds something else: a result in place of a town, or the reverse.
    WrongKind,
    /// The state cannot be put into the form.
    Unsavable(String),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::NotOurs => write!(f, "it is not a file that mainstreet saved"),
            Refusal::Format { found, read } => {
                write!(f, "it has form {found}, this version reads form {read}")
            }
            Refusal::Version { found, read } => write!(
                f,
                "version {found} saved it and this is version {read}: finish the run with the version that began it"
            ),
            Refusal::Layout => write!(
                f,
                "another build saved it, which keeps other things of a town: finish the run with that build"
            ),
            Refusal::Damaged(how) => write!(f, "it is damaged: {how}"),
            Refusal::Foreign(differences) => {
                write!(f, "it belongs to another run: {}", differences.join("; "))
            }
            Refusal::WrongKind => write!(f, "it holds something else than is asked for"),
            Refusal::Unsavable(why) => write!(f, "the state cannot be saved: {why}"),
        }
    }
}

impl std::error::Error for Refusal {}
