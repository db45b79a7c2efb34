//! What is drawn, in which forms, and when: the program from outside.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// A town that takes a moment.
const TINY: [&str; 6] = [
    "--set",
    "town.residents=1000",
    "--set",
    "run.months=14",
    "--set",
    "run.burn_in_months=1",
];

fn mainstreet(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_mainstreet"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("the program starts")
}

fn done(folder: &Path, arguments: &[&str]) -> String {
    let output = mainstreet(folder, arguments);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{told}");
    told
}

fn run(folder: &Path, extra: &[&str]) -> String {
    let arguments: Vec<&str> = ["run", "baseline"].into_iter().chain(TINY).collect();
    done(folder, &[&arguments, extra].concat())
}

/// Endings of the files in a folder's charts, each once.
fn forms(out: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(out.join("charts")) else {
        return Vec::new();
    };
    let endings = entries.map(|entry| {
        let path = entry.expect("an entry").path();
        path.extension()
            .expect("an ending")
            .to_string_lossy()
            .into_owned()
    });
    let mut endings: Vec<String> = endings.collect();
    endings.sort();
    endings.dedup();
    endings
}

#[test]
fn charts_are_drawn_in_the_forms_asked_for_and_repeat() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let told = run(folder.path(), &["--out", "none", "--no-charts"]);
    assert!(!told.contains("drawing"), "{told}");
    assert!(!at("none/charts").exists());
    let told = run(folder.path(), &["--out", "svg", "--charts", "svg"]);
    assert!(told.contains("drawing "), "{told}");
    assert_eq!(forms(&at("svg")), ["csv", "svg"]);
    run(folder.path(), &["--out", "png", "--charts", "png"]);
    assert_eq!(forms(&at("png")), ["csv", "png"]);
    for name in ["none", "svg"] {
        done(folder.path(), &["reproduce", name]);
        done(folder.path(), &["report", name]);
    }
    let tables = |name: &str| fs::read(at(name).join("indicators.csv")).unwrap();
    assert_eq!(tables("none"), tables("png"));
}

#[test]
fn wishes_that_contradict_each_other_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let refused = mainstreet(
        folder.path(),
        &["run", "baseline", "--no-charts", "--charts", "svg"],
    );
    assert_eq!(refused.status.code(), Some(2));
}
