//! A folder of unfinished work: results of finished runs and the latest states of the others.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::file::{self, Keep, place, previous};
use super::{CheckpointError, Owner, load_result, save_result};
use crate::indicators::Conventions;
use crate::run::Replicate;

/// Name of the folder of unfinished work within a folder of results.
pub const UNFINISHED: &str = "unfinished";

/// Files of one folder: more slow some file systems down.
const FILES_A_FOLDER: usize = 1_000;

/// Saved work of many runs, each known by its number in the list of runs.
///
/// Files are renamed into place whole, and the same run always saves the same result, so two processes that work
/// on one run by mistake do no harm.
#[derive(Clone, Debug)]
pub struct Store {
    folder: PathBuf,
}

impl Store {
    /// The store in `folder`, which is created where needed.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn open(folder: &Path) -> Result<Store, CheckpointError> {
        fs::create_dir_all(folder).map_err(CheckpointError::io("create", folder))?;
        Ok(Store {
            folder: folder.to_owned(),
        })
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
        match fs::remove_dir_all(&self.folder) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
            other => other.map_err(CheckpointError::io("remove", &self.folder)),
        }
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
        let Some(bytes) = read_if_there(&path)? else {
            return Ok(None);
        };
        match load_result(&bytes, owner) {
            Ok(result) => Ok(Some(result)),
            Err(super::Refusal::Damaged(_)) => Ok(None),
            Err(reason) => Err(CheckpointError::refused(&path)(reason)),
        }
    }

    /// Whether a result of the run is there, sound or not.
    pub fn has_result(&self, run: usize) -> bool {
        self.path(run, "result").exists()
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
        self.make_room(&path)?;
        place(&path, &bytes, Keep::Nothing)?;
        let state = self.path(run, "checkpoint");
        remove_if_there(&previous(&state))?;
        remove_if_there(&state)
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
            let Some(bytes) = read_if_there(path)? else {
                continue;
            };
            let resumed =
                super::load(&bytes).and_then(|saved| saved.resume(owner, conventions.clone()));
            match resumed {
                Ok(replicate) => return Ok((Some(replicate), damaged)),
                Err(reason @ super::Refusal::Damaged(_)) => {
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
        self.make_room(&path)?;
        file::write(&path, replicate, scenario)
    }

    fn path(&self, run: usize, ending: &str) -> PathBuf {
        let folder = self.folder.join(format!("{:04}", run / FILES_A_FOLDER));
        folder.join(format!("run-{run:07}.{ending}"))
    }

    fn make_room(&self, path: &Path) -> Result<(), CheckpointError> {
        let folder = path.parent().unwrap_or(&self.folder);
        fs::create_dir_all(folder).map_err(CheckpointError::io("create", folder))
    }
}

fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>, CheckpointError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(CheckpointError::io("read", path)(e)),
    }
}

fn remove_if_there(path: &Path) -> Result<(), CheckpointError> {
    match fs::remove_file(path) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other.map_err(CheckpointError::io("remove", path)),
    }
}
