//! A file that is added to a finished folder, or made anew in it.

use std::path::Path;

use super::super::manifest::{FileEntry, Manifest, relative_path};
use crate::output::OutputError;
use crate::output::write::{IfExists, write_whole};

/// Writes a file into a finished folder and into its manifest; one that the manifest lists already is replaced.
///
/// # Errors
/// If the folder has no manifest, a file of that name is there that the manifest does not list, or the system
/// refuses.
pub fn replace_in_finished(root: &Path, name: &str, content: &[u8]) -> Result<(), OutputError> {
    let mut manifest = Manifest::read(root)?;
    let path = root.join(relative_path(name)?);
    let listed = manifest.files.iter().position(|file| file.path == name);
    let if_exists = match listed {
        Some(_) => IfExists::Replace,
        None => IfExists::Refuse,
    };
    let written = write_whole(&path, if_exists, |out| out.write_all(content))?;
    let entry = FileEntry::new(name, written);
    match listed {
        Some(place) => manifest.files[place] = entry,
        None => manifest.files.push(entry),
    }
    manifest.files.sort_by(|a, b| a.path.cmp(&b.path));
    manifest.write(root)
}
