//! Scenario files on disk.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use model::scenario::{LARGEST, Texts, Unread};

use super::Disk;

impl Texts for Disk {
    /// The kind of file is asked first, so that a pipe or device is never opened.
    fn read(&self, path: &Path) -> Result<Vec<u8>, Unread> {
        let cannot = |error: io::Error| match error.kind() {
            io::ErrorKind::NotFound => Unread::Missing,
            _ => Unread::Refused(error.to_string()),
        };
        let metadata = fs::metadata(path).map_err(cannot)?;
        if metadata.is_dir() {
            return Err(Unread::Folder);
        }
        if !metadata.is_file() {
            return Err(Unread::Device);
        }
        if metadata.len() > LARGEST {
            return Err(Unread::TooLarge(Some(metadata.len())));
        }
        let mut bytes = Vec::new();
        File::open(path)
            .and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes))
            .map_err(cannot)?;
        if bytes.len() as u64 > LARGEST {
            return Err(Unread::TooLarge(None));
        }
        Ok(bytes)
    }

    fn exists(&self, path: &Path) -> bool {
        path.is_file()
    }

    fn identity(&self, path: &Path) -> PathBuf {
        fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
    }
}
