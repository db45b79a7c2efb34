//! Saved files on disk: written beside their place, synced, renamed into it, the one before kept.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use model::run::Replicate;
use model::run::checkpoint::{SavedReplicate, load, save};
use study::ensemble::{CheckpointError, Files, Store, previous};

use super::Disk;

/// The store of unfinished work in a folder of the disk, which is created where needed.
///
/// # Errors
/// If the system refuses.
pub fn open_store(folder: &Path) -> Result<Store, CheckpointError> {
    fs::create_dir_all(folder).map_err(CheckpointError::io("create", folder))?;
    Ok(Store::new(Arc::new(Disk), folder))
}

impl Files for Disk {
    fn read(&self, path: &Path) -> Result<Option<Vec<u8>>, CheckpointError> {
        match fs::read(path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(CheckpointError::io("read", path)(e)),
        }
    }

    fn exists(&self, path: &Path) -> bool {
        path.exists()
    }

    fn place(
        &self,
        path: &Path,
        bytes: &[u8],
        previous: Option<&Path>,
    ) -> Result<(), CheckpointError> {
        let folder = folder_of(path);
        fs::create_dir_all(folder).map_err(CheckpointError::io("create", folder))?;
        place(path, bytes, previous)
    }

    fn remove(&self, path: &Path) -> Result<(), CheckpointError> {
        let removed = if path.is_dir() {
            fs::remove_dir_all(path)
        } else {
            fs::remove_file(path)
        };
        match removed {
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
            other => other.map_err(CheckpointError::io("remove", path)),
        }
    }
}

/// Writes a replicate to `path`, and keeps the file that was there under the same name with `.previous`.
///
/// # Errors
/// If the system refuses; the file that was there can then still be read, under one of the two names.
pub fn write(path: &Path, replicate: &Replicate, scenario: &str) -> Result<(), CheckpointError> {
    let bytes = save(replicate, scenario).map_err(CheckpointError::refused(path))?;
    place(path, &bytes, Some(&previous(path)))
}

/// Reads the replicate at `path`, whosever it is.
///
/// # Errors
/// If the system refuses or the file cannot be used.
pub fn read(path: &Path) -> Result<SavedReplicate, CheckpointError> {
    let bytes = fs::read(path).map_err(CheckpointError::io("read", path))?;
    load(&bytes).map_err(CheckpointError::refused(path))
}

/// Writes a saved replicate to `path`, as it was read.
///
/// # Errors
/// If the system refuses.
pub fn write_saved(path: &Path, saved: &SavedReplicate) -> Result<(), CheckpointError> {
    let bytes = saved.to_bytes().map_err(CheckpointError::refused(path))?;
    place(path, &bytes, None)
}

/// The folder a file lies in. A bare name has an empty parent, which no system can open.
fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

/// Puts a file of these bytes at `path`.
fn place(path: &Path, bytes: &[u8], before: Option<&Path>) -> Result<(), CheckpointError> {
    let failed = CheckpointError::io("write", path);
    let folder = folder_of(path);
    let mut builder = tempfile::Builder::new();
    builder.prefix(".unfinished-").suffix(".tmp");
    // Temporary files are private by default; the parts of a sweep are for whoever may read its plan.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut beside = builder.tempfile_in(folder).map_err(&failed)?;
    beside.write_all(bytes).map_err(&failed)?;
    beside.as_file().sync_all().map_err(&failed)?;
    if let Some(before) = before {
        match fs::rename(path, before) {
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
