//! A folder of results: refused if it holds anything, and only ever cleared of our own files.
mod earlier;
mod later;

use super::manifest::{FileEntry, MANIFEST_NAME, Manifest, RunDescription, relative_path};
use super::table::Table;
use super::write::{IfExists, write_whole};
use super::{Content, Dictionary, Folder, OutputError};
pub use later::replace_in_finished;

use earlier::{remove_earlier_results, remove_if_there};
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Lists the files written so far, one path a line, until the manifest takes over: what a killed
/// run leaves behind can then be told from foreign files.
const JOURNAL_NAME: &str = "unfinished-files.txt";

/// A folder that results are being written to.
///
/// The manifest comes last, so a folder with a manifest is complete.
#[derive(Debug)]
pub struct OutputFolder {
    root: PathBuf,
    files: BTreeMap<String, FileEntry>,
    dictionary: Dictionary,
}

impl OutputFolder {
    /// Opens a new or empty folder, creating it where needed.
    ///
    /// # Errors
    /// [`OutputError::FolderNotEmpty`] if it holds anything; an error of the system otherwise.
    pub fn create(root: &Path) -> Result<Self, OutputError> {
        if !is_empty(root)? {
            return Err(OutputError::FolderNotEmpty(root.to_owned()));
        }
        Self::open(root)
    }

    /// Opens a folder for writing anew (`--force`): first removes the files that an earlier run
    /// listed there, finished or not. Files of any other origin stay, and a result that would
    /// overwrite one is refused when it is written.
    ///
    /// # Errors
    /// If the earlier manifest cannot be understood, or the system refuses.
    pub fn replace(root: &Path) -> Result<Self, OutputError> {
        if !is_empty(root)? {
            remove_earlier_results(root)?;
        }
        Self::open(root)
    }

    fn open(root: &Path) -> Result<Self, OutputError> {
        fs::create_dir_all(root).map_err(OutputError::io("create", root))?;
        Ok(OutputFolder {
            root: root.to_owned(),
            files: BTreeMap::new(),
            dictionary: Dictionary::default(),
        })
    }

    /// Where the results go.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Writes one file, whole, under a relative path such as `charts/jobs.svg`. Writing the same
    /// path again replaces it.
    ///
    /// # Errors
    /// [`OutputError::ForeignFile`] if a file is there that this run did not write,
    /// [`OutputError::BadName`] for a path that leaves the folder or is the manifest's; an error
    /// of the system otherwise.
    pub fn write(
        &mut self,
        name: &str,
        content: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<()>,
    ) -> Result<(), OutputError> {
        let path = self.root.join(relative_path(name)?);
        if name == MANIFEST_NAME || name == JOURNAL_NAME {
            return Err(OutputError::BadName(name.to_owned()));
        }
        let if_exists = if self.files.contains_key(name) {
            IfExists::Replace
        } else if path.symlink_metadata().is_ok() {
            return Err(OutputError::ForeignFile(path));
        } else {
            self.note_in_journal(name)?;
            IfExists::Refuse
        };
        let written = write_whole(&path, if_exists, content)?;
        self.files
            .insert(name.to_owned(), FileEntry::new(name, written));
        Ok(())
    }

    /// Closes the folder: writes the data dictionary `columns.csv`, if any table was written, and
    /// then the manifest.
    ///
    /// # Errors
    /// As [`OutputFolder::write`].
    pub fn finish(mut self, run: RunDescription) -> Result<Manifest, OutputError> {
        if let Some(dictionary) = self.dictionary.table().cloned() {
            self.write("columns.csv", |writer| dictionary.write_csv(writer))?;
        }
        let manifest = Manifest::new(run, self.files.into_values().collect());
        manifest.write(&self.root)?;
        remove_if_there(&self.root.join(JOURNAL_NAME))?;
        Ok(manifest)
    }

    fn note_in_journal(&self, name: &str) -> Result<(), OutputError> {
        let path = self.root.join(JOURNAL_NAME);
        let note = || {
            let mut journal = fs::OpenOptions::new()
                .create(true)
                .append(true)
                .open(&path)?;
            journal.write_all(format!("{name}\n").as_bytes())?;
            journal.sync_all()
        };
        note().map_err(OutputError::io("write", &path))
    }
}

impl Folder for OutputFolder {
    fn name(&self) -> String {
        self.root.display().to_string()
    }

    fn write(&mut self, name: &str, content: Content<'_>) -> Result<(), OutputError> {
        OutputFolder::write(self, name, content)
    }

    fn describe(&mut self, table: &Table) {
        self.dictionary.describe(table);
    }

    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, OutputError> {
        FinishedFolder(&self.root).read(name)
    }

    fn files_in(&self, folder: &str) -> Result<Vec<String>, OutputError> {
        let start = format!("{folder}/");
        let written = self.files.keys().filter(|name| name.starts_with(&start));
        Ok(written.cloned().collect())
    }
}

/// A folder of results that is only read.
#[derive(Debug, Clone, Copy)]
pub struct FinishedFolder<'a>(pub &'a Path);

impl Folder for FinishedFolder<'_> {
    fn name(&self) -> String {
        self.0.display().to_string()
    }

    fn write(&mut self, name: &str, _: Content<'_>) -> Result<(), OutputError> {
        Err(OutputError::BadName(name.to_owned()))
    }

    fn describe(&mut self, _: &Table) {}

    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, OutputError> {
        let path = self.0.join(name);
        match fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(OutputError::io("read", &path)(e)),
        }
    }

    /// Of a complete folder, the files that its manifest lists: what others put there is not part of the results.
    fn files_in(&self, folder: &str) -> Result<Vec<String>, OutputError> {
        if self.0.join(MANIFEST_NAME).exists() {
            let start = format!("{folder}/");
            let files = Manifest::read(self.0)?.files.into_iter();
            let mut names: Vec<String> = files.map(|file| file.path).collect();
            names.retain(|name| name.starts_with(&start));
            names.sort();
            return Ok(names);
        }
        let path = self.0.join(folder);
        let Ok(entries) = fs::read_dir(&path) else {
            // Results of runs without charts have none.
            return Ok(Vec::new());
        };
        let mut names = Vec::new();
        for entry in entries {
            let entry = entry.map_err(OutputError::io("read", &path))?;
            names.push(format!("{folder}/{}", entry.file_name().to_string_lossy()));
        }
        names.sort();
        Ok(names)
    }
}

/// Whether the path is free or an empty folder.
fn is_empty(root: &Path) -> Result<bool, OutputError> {
    match fs::read_dir(root) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(e) if e.kind() == io::ErrorKind::NotADirectory => {
            Err(OutputError::NotAFolder(root.to_owned()))
        }
        Err(e) => Err(OutputError::io("read", root)(e)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::manifest::FileDifference;
    use crate::output::table::ColumnData;

    fn run() -> RunDescription {
        RunDescription {
            scenario_name: "baseline".to_owned(),
            scenario: "residents = 50000\n".to_owned(),
            seed: 7,
            replicates: 1,
            months: 120,
        }
    }

    fn table() -> Table {
        Table::new("indicators")
            .with("month", "months", "Month", ColumnData::U32(vec![0, 1]))
            .expect("one column")
    }

    fn write_all(folder: &mut OutputFolder) {
        folder.write_csv(&table()).expect("a writable folder");
        folder
            .write("charts/jobs.svg", |w| w.write_all(b"<svg/>"))
            .expect("a writable folder");
    }

    fn finished(root: &Path) -> Manifest {
        let mut folder = OutputFolder::create(root).expect("an empty folder");
        write_all(&mut folder);
        folder.finish(run()).expect("a writable folder")
    }

    fn names(root: &Path) -> Vec<String> {
        let entries = fs::read_dir(root).expect("folder exists");
        let mut names: Vec<String> = entries
            .map(|e| e.expect("entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_finished_folder_lists_its_files_and_reads_back() {
        let scratch = tempfile::tempdir().expect("a scratch folder");
        let root = scratch.path().join("a/b");
        let manifest = finished(&root);
        let listed: Vec<&str> = manifest.files.iter().map(|f| f.path.as_str()).collect();
        assert_eq!(listed, ["charts/jobs.svg", "columns.csv", "indicators.csv"]);
        assert_eq!(
            names(&root),
            ["charts", "columns.csv", "indicators.csv", "manifest.json"]
        );
        assert_eq!(Manifest::read(&root).expect("just written"), manifest);
        assert_eq!(manifest.differences(&root).expect("readable"), []);
        let dictionary = fs::read_to_string(root.join("columns.csv")).expect("written");
        assert_eq!(
            dictionary,
            "table,column,unit,definition\nindicators,month,months,Month\n"
        );

        fs::write(root.join("indicators.csv"), "month\n0\n2\n").expect("writable");
        fs::remove_file(root.join("charts/jobs.svg")).expect("writable");
        assert_eq!(
            manifest.differences(&root).expect("readable"),
            [
                FileDifference::Missing("charts/jobs.svg".to_owned()),
                FileDifference::Changed("indicators.csv".to_owned()),
            ]
        );
    }

    #[test]
    fn the_same_run_writes_the_same_manifest_anywhere() {
        let scratch = tempfile::tempdir().expect("a scratch folder");
        let (one, two) = (
            scratch.path().join("one"),
            scratch.path().join("two/deeper"),
        );
        finished(&one);
        finished(&two);
        let text = |root: &Path| fs::read_to_string(root.join(MANIFEST_NAME)).expect("written");
        assert_eq!(text(&one), text(&two));
        assert!(!text(&one).contains(&*scratch.path().to_string_lossy()));
    }

    #[test]
    fn a_folder_in_use_is_refused_and_says_what_to_do() {
        let scratch = tempfile::tempdir().expect("a scratch folder");
        fs::write(scratch.path().join("notes.txt"), "mine").expect("writable");
        let message = OutputFolder::create(scratch.path())
            .expect_err("a file is there")
            .to_string();
        assert!(
            message.contains("--force") && message.contains("--out"),
            "{message}"
        );
        let file = scratch.path().join("notes.txt");
        assert!(matches!(
            OutputFolder::create(&file),
            Err(OutputError::NotAFolder(_))
        ));
    }

    #[test]
    fn replacing_removes_our_files_and_no_others() {
        let scratch = tempfile::tempdir().expect("a scratch folder");
        let root = scratch.path();
        finished(root);
        fs::write(root.join("notes.txt"), "mine").expect("writable");
        fs::write(root.join("charts/mine.svg"), "mine").expect("writable");
        let folder = OutputFolder::replace(root).expect("ours to clear");
        assert_eq!(names(root), ["charts", "notes.txt"]);
        assert_eq!(names(&root.join("charts")), ["mine.svg"]);
        let mut folder = folder;
        write_all(&mut folder);
        let stays = folder.write("notes.txt", |w| w.write_all(b"other"));
        assert!(matches!(stays, Err(OutputError::ForeignFile(_))));
        folder.finish(run()).expect("a writable folder");
        assert_eq!(
            fs::read_to_string(root.join("notes.txt")).expect("kept"),
            "mine"
        );
    }

    #[test]
    fn a_killed_run_can_be_replaced() {
        let scratch = tempfile::tempdir().expect("a scratch folder");
        let root = scratch.path();
        let mut killed = OutputFolder::create(root).expect("an empty folder");
        write_all(&mut killed);
        drop(killed);
        fs::write(root.join("charts/.unfinished-abc.tmp"), "half").expect("writable");
        fs::write(root.join(".unfinished-abc.tmp"), "half").expect("writable");
        assert!(OutputFolder::create(root).is_err());
        OutputFolder::replace(root).expect("ours to clear");
        assert!(names(root).is_empty(), "{:?}", names(root));
    }

    #[test]
    fn a_file_called_manifest_that_is_none_stops_everything() {
        let scratch = tempfile::tempdir().expect("a scratch folder");
        fs::write(scratch.path().join(MANIFEST_NAME), "{}").expect("writable");
        let result = OutputFolder::replace(scratch.path());
        assert!(matches!(result, Err(OutputError::BadManifest { .. })));
        assert_eq!(names(scratch.path()), [MANIFEST_NAME]);
    }

    #[cfg(unix)]
    #[test]
    fn what_lies_behind_a_link_is_not_ours() {
        let scratch = tempfile::tempdir().expect("a scratch folder");
        let (root, elsewhere) = (scratch.path().join("out"), scratch.path().join("elsewhere"));
        finished(&root);
        fs::rename(root.join("charts"), &elsewhere).expect("writable");
        std::os::unix::fs::symlink(&elsewhere, root.join("charts")).expect("writable");
        OutputFolder::replace(&root).expect("ours to clear");
        assert_eq!(names(&elsewhere), ["jobs.svg"]);
    }

    #[test]
    fn names_stay_in_the_folder_and_off_the_manifest() {
        let scratch = tempfile::tempdir().expect("a scratch folder");
        let mut folder = OutputFolder::create(scratch.path()).expect("an empty folder");
        for name in ["../x", "/x", MANIFEST_NAME, JOURNAL_NAME] {
            let result = folder.write(name, |_| Ok(()));
            assert!(matches!(result, Err(OutputError::BadName(_))), "{name}");
        }
    }
}
