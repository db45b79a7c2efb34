//! Files that are whole or absent.
//!
//! A file is written beside its place, synced, and renamed into it, so a reader or a kill at any
//! moment finds the old file, the new one, or none.
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::{Checksum, OutputError};

/// How the name of a file begins while it is written beside its place.
pub(super) const UNFINISHED_PREFIX: &str = ".unfinished-";

/// How that name ends.
pub(super) const UNFINISHED_SUFFIX: &str = ".tmp";

/// What to do if the file exists already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IfExists {
    /// Put the new file in its place.
    Replace,
    /// Leave it and report [`OutputError::ForeignFile`].
    Refuse,
}

/// Size and checksum of a written file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// Length in bytes.
    pub bytes: u64,
    /// [`Checksum`] of the content.
    pub checksum: [u8; 32],
}

/// Writes a file whole: creates its folder, writes beside the place, syncs, renames.
///
/// # Errors
/// If the folder or file cannot be written, if `content` fails, or if the file exists and must not
/// be replaced. Nothing half-written is left at the path.
pub fn write_whole(
    path: &Path,
    if_exists: IfExists,
    content: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<()>,
) -> Result<Written, OutputError> {
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder).map_err(OutputError::io("create", folder))?;
    let failed = || OutputError::io("write", path);
    let mut beside = tempfile::Builder::new();
    beside.prefix(UNFINISHED_PREFIX).suffix(UNFINISHED_SUFFIX);
    give_usual_permissions(&mut beside);
    let file = beside.tempfile_in(folder).map_err(failed())?;

    let mut counting = Counting {
        inner: BufWriter::new(file),
        bytes: 0,
        checksum: Checksum::default(),
    };
    content(&mut counting).map_err(failed())?;
    let written = Written {
        bytes: counting.bytes,
        checksum: counting.checksum.value(),
    };
    let file = counting
        .inner
        .into_inner()
        .map_err(|e| failed()(e.into_error()))?;
    file.as_file().sync_all().map_err(failed())?;

    let placed = match if_exists {
        IfExists::Replace => file.persist(path),
        IfExists::Refuse => file.persist_noclobber(path),
    };
    placed.map_err(|e| match (if_exists, e.error.kind()) {
        (IfExists::Refuse, io::ErrorKind::AlreadyExists) => {
            OutputError::ForeignFile(path.to_owned())
        }
        _ => failed()(e.error),
    })?;
    sync_folder(folder).map_err(OutputError::io("sync", folder))?;
    Ok(written)
}

/// Temporary files are private by default; results are for whoever the user's umask says.
#[cfg(unix)]
fn give_usual_permissions(builder: &mut tempfile::Builder) {
    use std::os::unix::fs::PermissionsExt;
    builder.permissions(fs::Permissions::from_mode(0o666));
}

#[cfg(not(unix))]
fn give_usual_permissions(_: &mut tempfile::Builder) {}

/// A rename is safe from a power cut only once the folder that records it is synced.
#[cfg(unix)]
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    fs::File::open(folder)?.sync_all()
}

/// Other systems do not open folders as files and keep renames in a journal of their own.
#[cfg(not(unix))]
pub(super) fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Counts and checks the bytes that pass through.
struct Counting<W> {
    inner: W,
    bytes: u64,
    checksum: Checksum,
}

impl<W: Write> Write for Counting<W> {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let taken = self.inner.write(buffer)?;
        self.bytes += taken as u64;
        self.checksum.update(&buffer[..taken]);
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("folder exists");
        let mut names: Vec<String> = entries
            .map(|e| e.expect("entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn writes_and_replaces_whole_files() {
        let scratch = tempfile::tempdir().expect("a scratch folder");
        let path = scratch.path().join("deep/er/file.csv");
        for content in ["first", "second, longer"] {
            let written = write_whole(&path, IfExists::Replace, |w| {
                w.write_all(content.as_bytes())
            })
            .expect("a writable folder");
            assert_eq!(written.bytes, content.len() as u64);
            assert_eq!(written.checksum, Checksum::of(content.as_bytes()));
            assert_eq!(fs::read_to_string(&path).expect("written"), content);
        }
        assert_eq!(names(&scratch.path().join("deep/er")), ["file.csv"]);
    }

    #[test]
    fn a_failure_in_the_middle_leaves_the_old_file_and_no_other() {
        let scratch = tempfile::tempdir().expect("a scratch folder");
        let path = scratch.path().join("file.csv");
        fs::write(&path, "old").expect("a writable folder");
        let result = write_whole(&path, IfExists::Replace, |w| {
            w.write_all(&[b'x'; 100_000])?;
            Err(io::Error::other("no more data"))
        });
        let message = result.expect_err("content failed").to_string();
        assert!(message.contains("file.csv: no more data"), "{message}");
        assert_eq!(fs::read_to_string(&path).expect("kept"), "old");
        assert_eq!(names(scratch.path()), ["file.csv"]);
    }

    #[test]
    fn refuses_to_replace_when_told() {
        let scratch = tempfile::tempdir().expect("a scratch folder");
        let path = scratch.path().join("file.csv");
        fs::write(&path, "mine").expect("a writable folder");
        let result = write_whole(&path, IfExists::Refuse, |w| w.write_all(b"other"));
        assert!(matches!(result, Err(OutputError::ForeignFile(p)) if p == path));
        assert_eq!(fs::read_to_string(&path).expect("kept"), "mine");
        assert_eq!(names(scratch.path()), ["file.csv"]);
    }

    #[cfg(unix)]
    #[test]
    fn results_are_as_readable_as_any_new_file() {
        use std::os::unix::fs::PermissionsExt;
        let scratch = tempfile::tempdir().expect("a scratch folder");
        let mode = |path: &Path| fs::metadata(path).expect("exists").permissions().mode();
        let plain = scratch.path().join("plain");
        fs::write(&plain, "").expect("a writable folder");
        let ours = scratch.path().join("ours");
        write_whole(&ours, IfExists::Replace, |_| Ok(())).expect("a writable folder");
        assert_eq!(mode(&ours), mode(&plain));
    }
}
