//! Saved files on disk: written beside their place, synced, renamed into it, the one before kept.

use std::ffi::OsString;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{CheckpointError, SavedReplicate, load, save};
use crate::run::Replicate;

/// Writes a replicate to `path`, and keeps the file that was there under the same name with `.previous`.
///
/// # Errors
/// If the system refuses; the file that was there can then still be read, under one of the two names.
pub fn write(path: &Path, replicate: &Replicate, scenario: &str) -> Result<(), CheckpointError> {
    let bytes = save(replicate, scenario).map_err(CheckpointError::refused(path))?;
    place(path, &bytes, Keep::Previous)
}

/// Reads the replicate at `path`, whosever it is.
///
/// # Errors
/// If the system refuses or the file cannot be used.
pub fn read(path: &Path) -> Result<SavedReplicate, CheckpointError> {
    let bytes = fs::read(path).map_err(CheckpointError::io("read", path))?;
    load(&bytes).map_err(CheckpointError::refused(path))
}

impl SavedReplicate {
    /// Writes the saved replicate to `path`, as it was read.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn write(&self, path: &Path) -> Result<(), CheckpointError> {
        let bytes = self.to_bytes().map_err(CheckpointError::refused(path))?;
        place(path, &bytes, Keep::Nothing)
    }
}

/// Where [`write`] keeps the file that was at `path` before.
pub(super) fn previous(path: &Path) -> PathBuf {
    let mut name: OsString = path.into();
    name.push(".previous");
    name.into()
}

/// Whether the file that is replaced is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keep {
    Previous,
    Nothing,
}

/// Puts a file of these bytes at `path`.
pub(super) fn place(path: &Path, bytes: &[u8], keep: Keep) -> Result<(), CheckpointError> {
    let failed = CheckpointError::io("write", path);
    // A bare name has an empty parent, which no system can open.
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".unfinished-").suffix(".tmp");
    // Temporary files are private by default; the parts of a sweep are for whoever may read its plan.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut beside = builder.tempfile_in(folder).map_err(&failed)?;
    beside.write_all(bytes).map_err(&failed)?;
    beside.as_file().sync_all().map_err(&failed)?;
    if keep == Keep::Previous {
        match fs::rename(path, previous(path)) {
            // Nothing to keep yet, or another task of the same run was quicker; both leave a usable file.
            Err(e) if e.kind() == io::ErrorKind::NotFound => {}
            other => other.map_err(&failed)?,
        }
    }
    beside.persist(path).map_err(|e| failed(e.error))?;
    sync_folder(folder).map_err(CheckpointError::io("sync", folder))
}

/// A rename is safe from a power cut only once the folder that records it is synced.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    fs::File::open(folder)?.sync_all()
}

/// Other systems do not open folders as files and keep renames in a journal of their own.
#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}
