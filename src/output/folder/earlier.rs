//! Clearing a folder of what earlier runs wrote there, and of nothing else.
use super::JOURNAL_NAME;
use crate::output::OutputError;
use crate::output::manifest::{MANIFEST_NAME, Manifest, relative_path};
use crate::output::write::{UNFINISHED_PREFIX, UNFINISHED_SUFFIX, sync_folder};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Removes what earlier runs listed, then the lists: a kill in between loses no knowledge of what
/// is ours.
pub(super) fn remove_earlier_results(root: &Path) -> Result<(), OutputError> {
    let mut ours = journaled(root)?;
    if root.join(MANIFEST_NAME).symlink_metadata().is_ok() {
        let manifest = Manifest::read(root)?;
        ours.extend(manifest.files.into_iter().map(|file| file.path));
    }
    for name in &ours {
        let path = relative_path(name)?;
        if !passes_a_link(root, &path) {
            remove_if_there(&root.join(&path))?;
        }
    }
    let folders = folders_of(&ours);
    for folder in &folders {
        remove_unfinished(&root.join(folder))?;
        // Fails, rightly, while foreign files are in it.
        let _ = fs::remove_dir(root.join(folder));
    }
    remove_unfinished(root)?;
    remove_if_there(&root.join(MANIFEST_NAME))?;
    remove_if_there(&root.join(JOURNAL_NAME))?;
    sync_folder(root).map_err(OutputError::io("sync", root))
}

/// The files a killed run had begun; a last line cut short belongs to a file never begun.
fn journaled(root: &Path) -> Result<Vec<String>, OutputError> {
    let path = root.join(JOURNAL_NAME);
    match fs::read_to_string(&path) {
        Ok(text) => Ok(text
            .split_inclusive('\n')
            .filter_map(|line| line.strip_suffix('\n'))
            .map(str::to_owned)
            .collect()),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(e) => Err(OutputError::io("read", &path)(e)),
    }
}

/// The folders between the root and the files, deepest first.
fn folders_of(names: &[String]) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = names
        .iter()
        .flat_map(|name| Path::new(name).ancestors().skip(1))
        .filter(|folder| !folder.as_os_str().is_empty())
        .map(Path::to_owned)
        .collect();
    folders.sort_by(|a, b| b.cmp(a));
    folders.dedup();
    folders
}

/// Whether a folder on the way to a file is a link: what lies behind it is not ours.
fn passes_a_link(root: &Path, path: &Path) -> bool {
    path.ancestors().skip(1).any(|folder| {
        let whole = root.join(folder);
        folder != Path::new("") && whole.symlink_metadata().is_ok_and(|m| m.is_symlink())
    })
}

/// Removes what a kill in the middle of a write leaves: the file beside its place.
fn remove_unfinished(folder: &Path) -> Result<(), OutputError> {
    if folder.symlink_metadata().map_or(true, |m| m.is_symlink()) {
        return Ok(());
    }
    let failed = OutputError::io("read", folder);
    for entry in fs::read_dir(folder).map_err(&failed)? {
        let entry = entry.map_err(&failed)?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(UNFINISHED_PREFIX) && name.ends_with(UNFINISHED_SUFFIX) {
            remove_if_there(&entry.path())?;
        }
    }
    Ok(())
}

pub(super) fn remove_if_there(path: &Path) -> Result<(), OutputError> {
    match fs::remove_file(path) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(OutputError::io("remove", path)(e)),
        _ => Ok(()),
    }
}
