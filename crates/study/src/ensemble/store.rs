//! A folder of unfinished work: results of finished runs and the latest states of the others.

use std::ffi::OsString;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;

use model::indicators::Conventions;
use model::run::Replicate;
use model::run::checkpoint::{self, Owner, Refusal, load_result, save_result};

/// Name of the folder of unfinished work within a folder of results.
pub const UNFINISHED: &str = "unfinished";

/// Files of one folder: more slow some file systems down.
const FILES_A_FOLDER: usize = 1_000;

/// Where saved work is kept: a disk, or memory.
pub trait Files: fmt::Debug + Send + Sync {
    /// The content of a file, if there is one.
    ///
    /// # Errors
    /// If the system refuses.
    fn read(&self, path: &Path) -> Result<Option<Vec<u8>>, CheckpointError>;

    /// Whether there is a file.
    fn exists(&self, path: &Path) -> bool;

    /// Puts a whole file in its place, creating its folder; the file that was there is kept as `previous`, if one is named.
    /// A stop at any moment leaves the old file or the new one.
    ///
    /// # Errors
    /// If the system refuses.
    fn place(
        &self,
        path: &Path,
        bytes: &[u8],
        previous: Option<&Path>,
    ) -> Result<(), CheckpointError>;

    /// Removes a file or a folder with all that is in it, if it is there.
    ///
    /// # Errors
    /// If the system refuses.
    fn remove(&self, path: &Path) -> Result<(), CheckpointError>;
}

/// Saved work of many runs, each known by its number in the list of runs.
///
/// Files are renamed into place whole, and the same run always saves the same result, so two processes that work
/// on one run by mistake do no harm.
#[derive(Clone, Debug)]
pub struct Store {
    files: Arc<dyn Files>,
    folder: PathBuf,
}

impl Store {
    /// The store in `folder` of `files`.
    pub fn new(files: Arc<dyn Files>, folder: &Path) -> Store {
        Store {
            files,
            folder: folder.to_owned(),
        }
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Removes the store with all that is in it.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn remove(self) -> Result<(), CheckpointError> {
        self.files.remove(&self.folder)
    }

    /// The result of a run, if it is saved and sound. A damaged one counts as none: the run is repeated.
    ///
    /// # Errors
    /// If the system refuses, or the file is not `owner`'s.
    pub fn result<R: DeserializeOwned>(
        &self,
        run: usize,
        owner: Owner<'_>,
    ) -> Result<Option<R>, CheckpointError> {
        let path = self.path(run, "result");
        let Some(bytes) = self.files.read(&path)? else {
            return Ok(None);
        };
        match load_result(&bytes, owner) {
            Ok(result) => Ok(Some(result)),
            Err(Refusal::Damaged(_)) => Ok(None),
            Err(reason) => Err(CheckpointError::refused(&path)(reason)),
        }
    }

    /// Whether a result of the run is there, sound or not.
    pub fn has_result(&self, run: usize) -> bool {
        self.files.exists(&self.path(run, "result"))
    }

    /// Saves the result of a run and drops its state, which nobody needs any more.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn save_result<R: Serialize + DeserializeOwned>(
        &self,
        run: usize,
        owner: Owner<'_>,
        result: &R,
    ) -> Result<(), CheckpointError> {
        let path = self.path(run, "result");
        let bytes = save_result(result, owner).map_err(CheckpointError::refused(&path))?;
        self.files.place(&path, &bytes, None)?;
        let state = self.path(run, "checkpoint");
        self.files.remove(&previous(&state))?;
        self.files.remove(&state)
    }

    /// The latest saved state of a run that can be used, and what is wrong with later ones.
    ///
    /// # Errors
    /// If the system refuses, or a state is sound and not `owner`'s.
    pub fn replicate(
        &self,
        run: usize,
        owner: Owner<'_>,
        conventions: &Conventions,
    ) -> Result<(Option<Replicate>, Vec<CheckpointError>), CheckpointError> {
        let latest = self.path(run, "checkpoint");
        let mut damaged = Vec::new();
        for path in [previous(&latest), latest].iter().rev() {
            let Some(bytes) = self.files.read(path)? else {
                continue;
            };
            let resumed =
                checkpoint::load(&bytes).and_then(|saved| saved.resume(owner, conventions.clone()));
            match resumed {
                Ok(replicate) => return Ok((Some(replicate), damaged)),
                Err(reason @ Refusal::Damaged(_)) => {
                    damaged.push(CheckpointError::refused(path)(reason));
                }
                Err(reason) => return Err(CheckpointError::refused(path)(reason)),
            }
        }
        Ok((None, damaged))
    }

    /// Saves the state of a run and keeps the one before.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn save_replicate(
        &self,
        run: usize,
        scenario: &str,
        replicate: &Replicate,
    ) -> Result<(), CheckpointError> {
        let path = self.path(run, "checkpoint");
        let bytes =
            checkpoint::save(replicate, scenario).map_err(CheckpointError::refused(&path))?;
        self.files.place(&path, &bytes, Some(&previous(&path)))
    }

    fn path(&self, run: usize, ending: &str) -> PathBuf {
        let folder = self.folder.join(format!("{:04}", run / FILES_A_FOLDER));
        folder.join(format!("run-{run:07}.{ending}"))
    }
}

/// Where the state that was saved before the latest one is kept.
pub fn previous(path: &Path) -> PathBuf {
    let mut name: OsString = path.into();
    name.push(".previous");
    name.into()
}

/// A saved file that could not be written, read or used.
#[derive(Debug, thiserror::Error)]
pub enum CheckpointError {
    /// The system refused.
    #[error("cannot {action} {path}: {source}")]
    Io {
        /// What was attempted: "write", "read", …
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// The file cannot be used.
    #[error("{path} cannot be used: {reason}")]
    Refused {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        #[source]
        reason: Refusal,
    },
}

impl CheckpointError {
    /// Names what was attempted, and where, for an error of the system.
    pub fn io<'a>(
        action: &'static str,
        path: &'a Path,
    ) -> impl Fn(io::Error) -> CheckpointError + 'a {
        move |source| CheckpointError::Io {
            action,
            path: path.to_owned(),
            source,
        }
    }

    /// Names the file that is refused.
    pub fn refused<'a>(path: &'a Path) -> impl Fn(Refusal) -> CheckpointError + 'a {
        move |reason| CheckpointError::Refused {
            path: path.to_owned(),
            reason,
        }
    }
}
