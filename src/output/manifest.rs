//! `manifest.json`: what a folder of results holds and how to make it again.
//!
//! Nothing in it names the machine, the user, the place or the time, so the same run writes the
//! same manifest anywhere.
use super::write::{IfExists, Written, write_whole};
use super::{Checksum, OutputError};
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

/// Name of the manifest in its folder.
pub const MANIFEST_NAME: &str = "manifest.json";

/// Version of the layout of results: tables, columns and manifest. Raised when a reader of the
/// earlier layout would misread the new one.
pub const OUTPUT_SCHEMA: u32 = 1;

/// What was run: enough to run it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunDescription {
    /// Name of the scenario.
    pub scenario_name: String,
    /// The resolved scenario, defaults and changes together, as TOML.
    pub scenario: String,
    /// Seed of all random draws.
    pub seed: u64,
    /// Number of replicates.
    pub replicates: u32,
    /// Months simulated in each.
    pub months: u32,
}

/// One file of the results.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// Path within the folder, with `/` between its parts.
    pub path: String,
    /// Length in bytes.
    pub bytes: u64,
    /// SHA-256 of the content, as `sha256:` and 64 hexadecimal digits.
    pub hash: String,
}

impl FileEntry {
    pub(super) fn new(path: &str, written: Written) -> Self {
        FileEntry {
            path: path.to_owned(),
            bytes: written.bytes,
            hash: Checksum::written(written.checksum),
        }
    }
}

/// The manifest of a finished folder of results.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The program that wrote the results.
    pub package: String,
    /// Its version.
    pub version: String,
    /// Layout of the results, [`OUTPUT_SCHEMA`] of that version.
    pub schema_version: u32,
    /// Name of the scenario.
    pub scenario_name: String,
    /// Checksum of the resolved scenario, in the form of [`FileEntry::hash`].
    pub scenario_hash: String,
    /// Seed of all random draws.
    pub seed: u64,
    /// Number of replicates.
    pub replicates: u32,
    /// Months simulated in each.
    pub months: u32,
    /// Every file but the manifest, by path.
    pub files: Vec<FileEntry>,
    /// The resolved scenario as TOML.
    pub scenario: String,
}

/// A file that is not what its manifest says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileDifference {
    /// The file is gone.
    Missing(String),
    /// The file has other content.
    Changed(String),
}

impl FileDifference {
    /// Path of the file within the folder.
    pub fn path(&self) -> &str {
        match self {
            FileDifference::Missing(path) | FileDifference::Changed(path) => path,
        }
    }
}

impl Manifest {
    pub(super) fn new(run: RunDescription, mut files: Vec<FileEntry>) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Manifest {
            package: env!("CARGO_PKG_NAME").to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            schema_version: OUTPUT_SCHEMA,
            scenario_name: run.scenario_name,
            scenario_hash: Checksum::written(Checksum::of(run.scenario.as_bytes())),
            seed: run.seed,
            replicates: run.replicates,
            months: run.months,
            files,
            scenario: run.scenario,
        }
    }

    /// Reads the manifest of a folder of results.
    ///
    /// # Errors
    /// If there is none, it cannot be read, it is not a manifest of this layout, or it lists paths
    /// outside its folder.
    pub fn read(folder: &Path) -> Result<Manifest, OutputError> {
        let path = folder.join(MANIFEST_NAME);
        let text = fs::read_to_string(&path).map_err(OutputError::io("read", &path))?;
        let bad = |reason: String| OutputError::BadManifest {
            path: path.clone(),
            reason,
        };
        let manifest: Manifest = serde_json::from_str(&text).map_err(|e| bad(e.to_string()))?;
        if manifest.schema_version != OUTPUT_SCHEMA {
            return Err(bad(format!(
                "it has layout {}, this version reads layout {OUTPUT_SCHEMA}",
                manifest.schema_version
            )));
        }
        for file in &manifest.files {
            relative_path(&file.path)?;
        }
        Ok(manifest)
    }

    /// Writes the manifest into its folder.
    pub(super) fn write(&self, folder: &Path) -> Result<(), OutputError> {
        let path = folder.join(MANIFEST_NAME);
        write_whole(&path, IfExists::Replace, |writer| {
            serde_json::to_writer_pretty(&mut *writer, self)?;
            writer.write_all(b"\n")
        })?;
        Ok(())
    }

    /// The files in the folder that differ from what is written here, in the order of the list.
    ///
    /// # Errors
    /// If a file is there and cannot be read.
    pub fn differences(&self, folder: &Path) -> Result<Vec<FileDifference>, OutputError> {
        let mut differences = Vec::new();
        for entry in &self.files {
            let path = folder.join(relative_path(&entry.path)?);
            match checksum_of_file(&path) {
                Ok(found) if FileEntry::new(&entry.path, found) == *entry => {}
                Ok(_) => differences.push(FileDifference::Changed(entry.path.clone())),
                Err(e) if e.kind() == io::ErrorKind::NotFound => {
                    differences.push(FileDifference::Missing(entry.path.clone()));
                }
                Err(e) => return Err(OutputError::io("read", &path)(e)),
            }
        }
        Ok(differences)
    }
}

/// Checks that a name is a path that stays in its folder, on any system: parts joined by `/`, none
/// of them empty, `.`, `..`, absolute or with a character that another system reads otherwise.
pub(super) fn relative_path(name: &str) -> Result<PathBuf, OutputError> {
    let path = PathBuf::from(name);
    let plain = name.split('/').all(|part| !part.is_empty())
        && !name.contains(['\\', ':', '\n', '\r', '\0'])
        && path.components().all(|c| matches!(c, Component::Normal(_)))
        && path.components().count() == name.split('/').count();
    if plain {
        Ok(path)
    } else {
        Err(OutputError::BadName(name.to_owned()))
    }
}

fn checksum_of_file(path: &Path) -> io::Result<Written> {
    let mut file = fs::File::open(path)?;
    let mut checksum = Checksum::default();
    let mut bytes = 0;
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match file.read(&mut buffer)? {
            0 => {
                return Ok(Written {
                    bytes,
                    checksum: checksum.value(),
                });
            }
            taken => {
                bytes += taken as u64;
                checksum.update(&buffer[..taken]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_leave_the_folder_are_refused() {
        for good in ["a.csv", "charts/jobs.svg", "x/y/z"] {
            assert!(relative_path(good).is_ok(), "{good}");
        }
        for bad in [
            "", "/a", "a//b", "../a", "a/../b", ".", "a/.", "./a", "a/", "c:x", "a\\b", "a\nb",
        ] {
            assert!(relative_path(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_manifest_of_another_layout_or_with_stray_paths_is_refused() {
        let scratch = tempfile::tempdir().expect("a scratch folder");
        let run = RunDescription {
            scenario_name: "baseline".to_owned(),
            scenario: "residents = 10\n".to_owned(),
            seed: u64::MAX,
            replicates: 2,
            months: 120,
        };
        let good = Manifest::new(run, Vec::new());
        good.write(scratch.path()).expect("a writable folder");
        assert_eq!(Manifest::read(scratch.path()).expect("just written"), good);

        let stray = Manifest {
            files: vec![FileEntry {
                path: "../../etc/passwd".to_owned(),
                bytes: 0,
                hash: String::new(),
            }],
            ..good.clone()
        };
        stray.write(scratch.path()).expect("a writable folder");
        assert!(matches!(
            Manifest::read(scratch.path()),
            Err(OutputError::BadName(_))
        ));

        let newer = Manifest {
            schema_version: OUTPUT_SCHEMA + 1,
            ..good
        };
        newer.write(scratch.path()).expect("a writable folder");
        assert!(matches!(
            Manifest::read(scratch.path()),
            Err(OutputError::BadManifest { .. })
        ));
    }
}
