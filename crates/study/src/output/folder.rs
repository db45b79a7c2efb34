//! Where results go and where they are read back from: a folder on a disk, or one in memory.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::table::{Table, data_dictionary};

/// What writes the content of a file.
pub type Content<'a> = &'a mut dyn FnMut(&mut (dyn Write + Send)) -> io::Result<()>;

/// A folder of results.
pub trait Folder {
    /// What people call it, for messages.
    fn name(&self) -> String;

    /// Writes one file, whole, under a relative path such as `charts/jobs.svg`.
    ///
    /// # Errors
    /// If it cannot be written.
    fn write(&mut self, name: &str, content: Content<'_>) -> Result<(), OutputError>;

    /// Takes a table into the data dictionary, once under whatever forms it is written.
    fn describe(&mut self, table: &Table);

    /// The content of a file, if it is there.
    ///
    /// # Errors
    /// If it cannot be read.
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, OutputError>;

    /// Relative paths of the files in a folder within this one, sorted; none if there is no such folder.
    ///
    /// # Errors
    /// If it cannot be read.
    fn files_in(&self, folder: &str) -> Result<Vec<String>, OutputError>;

    /// Writes a text.
    ///
    /// # Errors
    /// As [`Folder::write`].
    fn write_text(&mut self, name: &str, text: &str) -> Result<(), OutputError> {
        self.write(name, &mut |out| out.write_all(text.as_bytes()))
    }

    /// Writes a table as `<name>.csv` and takes its columns into the data dictionary.
    ///
    /// # Errors
    /// As [`Folder::write`].
    fn write_csv(&mut self, table: &Table) -> Result<(), OutputError> {
        let name = format!("{}.csv", table.name());
        self.write(&name, &mut |writer| table.write_csv(writer))?;
        self.describe(table);
        Ok(())
    }

    /// Writes a table as `<name>.parquet` and takes its columns into the data dictionary.
    ///
    /// # Errors
    /// As [`Folder::write`].
    #[cfg(feature = "parquet")]
    fn write_parquet(&mut self, table: &Table) -> Result<(), OutputError> {
        let name = format!("{}.parquet", table.name());
        self.write(&name, &mut |writer| table.write_parquet(writer))?;
        self.describe(table);
        Ok(())
    }
}

/// The columns of all tables of a folder.
#[derive(Debug, Clone)]
pub struct Dictionary {
    table: Table,
    described: BTreeSet<String>,
}

impl Default for Dictionary {
    fn default() -> Self {
        Dictionary {
            table: data_dictionary([]),
            described: BTreeSet::new(),
        }
    }
}

impl Dictionary {
    /// Takes a table in, once.
    pub fn describe(&mut self, table: &Table) {
        if self.described.insert(table.name().to_owned()) {
            self.table
                .append(data_dictionary([table]))
                .expect("dictionaries all have the same four columns");
        }
    }

    /// The table `columns`, if anything is in it.
    pub fn table(&self) -> Option<&Table> {
        (self.table.rows() > 0).then_some(&self.table)
    }
}

/// A folder in memory: what a page in a browser downloads, and what tests look at.
#[derive(Debug, Clone, Default)]
pub struct MemoryFolder {
    files: BTreeMap<String, Vec<u8>>,
    dictionary: Dictionary,
}

impl MemoryFolder {
    /// Writes the data dictionary and hands out all files by name.
    ///
    /// # Errors
    /// As [`Folder::write`].
    pub fn finish(mut self) -> Result<BTreeMap<String, Vec<u8>>, OutputError> {
        if let Some(table) = self.dictionary.table().cloned() {
            self.write("columns.csv", &mut |writer| table.write_csv(writer))?;
        }
        Ok(self.files)
    }
}

impl Folder for MemoryFolder {
    fn name(&self) -> String {
        "the results".to_owned()
    }

    fn write(&mut self, name: &str, content: Content<'_>) -> Result<(), OutputError> {
        let mut bytes = Vec::new();
        content(&mut bytes).map_err(OutputError::io("write", Path::new(name)))?;
        self.files.insert(name.to_owned(), bytes);
        Ok(())
    }

    fn describe(&mut self, table: &Table) {
        self.dictionary.describe(table);
    }

    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, OutputError> {
        Ok(self.files.get(name).cloned())
    }

    fn files_in(&self, folder: &str) -> Result<Vec<String>, OutputError> {
        let inside = |name: &&String| name.rsplit_once('/').is_some_and(|(dir, _)| dir == folder);
        Ok(self.files.keys().filter(inside).cloned().collect())
    }
}

/// A file or folder that could not be read, written or removed, or must not be.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
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
    /// The folder holds files already.
    #[error(
        "{0} is not empty: name another folder with --out, or replace an earlier run's files there with --force"
    )]
    FolderNotEmpty(PathBuf),
    /// The output path is a file.
    #[error("{0} is a file, not a folder: name another folder with --out")]
    NotAFolder(PathBuf),
    /// A file that no earlier run wrote stands where a result belongs.
    #[error(
        "{0} was not written by an earlier run, so it is left alone: move it away or name another folder with --out"
    )]
    ForeignFile(PathBuf),
    /// A name for an output file that is not a plain relative path.
    #[error("`{0}` is not a plain relative path for an output file")]
    BadName(String),
    /// A manifest that cannot be understood.
    #[error("cannot use {path}: {reason}")]
    BadManifest {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
}

impl OutputError {
    /// Names what was attempted, and where, for an error of the system.
    pub fn io<'a>(action: &'static str, path: &'a Path) -> impl Fn(io::Error) -> OutputError + 'a {
        move |source| OutputError::Io {
            action,
            path: path.to_owned(),
            source,
        }
    }
}
