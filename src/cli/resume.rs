//! `mainstreet resume` and `mainstreet reproduce`: finished and unfinished folders of results.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use mainstreet::output::difference::first_difference;
use mainstreet::output::folder::OutputFolder;
use mainstreet::output::manifest::{MANIFEST_NAME, Manifest};
use mainstreet::output::studies::REQUEST_NAME;
use mainstreet::run::checkpoint::{self, UNFINISHED};

use super::failure::Failure;
use super::study::{self, Drawing, START_NAME, answer, read_request};
use super::{Global, closing, print, say};

/// A folder with an unfinished run.
#[derive(Args)]
pub struct ResumeArgs {
    /// Folder of results.
    #[arg(value_name = "OUTPUT_DIR")]
    folder: PathBuf,
    /// Seconds between two saved states of a run; 0 saves every month.
    #[arg(long, value_name = "SECONDS", default_value_t = 30.0)]
    save_every: f64,
    #[command(flatten)]
    drawing: Drawing,
}

/// A finished folder.
#[derive(Args)]
pub struct ReproduceArgs {
    /// Folder of results.
    #[arg(value_name = "OUTPUT_DIR")]
    folder: PathBuf,
}

/// Goes on with an unfinished run.
pub fn resume(args: &ResumeArgs, global: &Global) -> Result<(), Failure> {
    let unfinished = args.folder.join(UNFINISHED);
    if !unfinished.join(REQUEST_NAME).exists() {
        if args.folder.join(MANIFEST_NAME).exists() {
            // Killed between the last file and the removal of saved work, or simply done.
            checkpoint::open_store(&unfinished)?.remove()?;
            say(global, &format!("{} is complete", args.folder.display()));
            return Ok(());
        }
        return Err(Failure::files(format!(
            "{} holds no unfinished run",
            args.folder.display()
        )));
    }
    let every = Duration::try_from_secs_f64(args.save_every)
        .map_err(|_| Failure::usage("--save-every must be a number of seconds, 0 or more"))?;
    study::resume(&args.folder, every, args.drawing, global)?;
    closing::tell(&args.folder, args.drawing.open, global);
    Ok(())
}

/// Runs again what made a folder and compares every file.
pub fn reproduce(args: &ReproduceArgs, global: &Global) -> Result<(), Failure> {
    let folder = &args.folder;
    let old = Manifest::read(folder)?;
    let request = read_request(&folder.join(REQUEST_NAME))?;
    if old.version != env!("CARGO_PKG_VERSION") {
        say(
            global,
            &format!(
                "warning: version {} made these results and this is version {}; they may differ for that",
                old.version,
                env!("CARGO_PKG_VERSION")
            ),
        );
    }
    let scratch = tempfile::tempdir()
        .map_err(|error| Failure::files(format!("cannot make a folder to work in: {error}")))?;
    let start = folder.join(START_NAME);
    let found = answer(&request, None, &start, Duration::MAX, global)?;
    let again = scratch.path().join("again");
    study::write(
        OutputFolder::create(&again)?,
        &request,
        &found,
        &start,
        global,
    )?;
    let new = Manifest::read(&again)?;
    match first_of(&old, folder, &new, &again)? {
        None => print(&format!("IDENTICAL: {} files\n", old.files.len())),
        Some(difference) => Err(Failure::run(format!(
            "DIFFERENT: {difference} (saved against repeated)"
        ))),
    }
}

/// The first difference between two folders, tables first: a cell says more than a picture's byte.
fn first_of(
    old: &Manifest,
    folder: &Path,
    new: &Manifest,
    again: &Path,
) -> Result<Option<String>, Failure> {
    let mut names: Vec<&str> = old.files.iter().map(|file| file.path.as_str()).collect();
    names.sort_by_key(|name| (!name.ends_with(".csv"), name.contains('/'), *name));
    for name in names {
        if !new.files.iter().any(|file| file.path == name) {
            return Ok(Some(format!("{name} is made no more")));
        }
        let (saved, made) = (folder.join(name), again.join(name));
        let difference = first_difference(&saved, &made).map_err(|error| {
            Failure::files(format!("cannot compare {}: {error}", saved.display()))
        })?;
        if let Some(difference) = difference {
            return Ok(Some(format!("{name}, {difference}")));
        }
    }
    let added = new
        .files
        .iter()
        .find(|file| old.files.iter().all(|f| f.path != file.path));
    Ok(added.map(|file| format!("{} was not made before", file.path)))
}
