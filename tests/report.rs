//! The page about results: complete in itself, the same every time, and never a way in for a scenario's text.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn mainstreet(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_mainstreet"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("the program starts")
}

const HOSTILE: &str = r#"schema_version = 1
extends = "no-automation"
title = "</script><img src=x onerror=alert(1)> & 'quotes' \"more\""
question = "<b>Is this bold?</b>"
run.months = 14
run.burn_in_months = 6
town.residents = 1500
"#;

/// A comparison of two scenarios with hostile words, and its page.
fn page(folder: &Path) -> String {
    fs::write(folder.join("first.toml"), HOSTILE).unwrap();
    let second = HOSTILE.replace("no-automation", "baseline");
    fs::write(folder.join("second.toml"), second).unwrap();
    let compared = mainstreet(
        folder,
        &[
            "-q",
            "compare",
            "first.toml",
            "second.toml",
            "-r",
            "2",
            "--out",
            "results",
        ],
    );
    assert!(
        compared.status.success(),
        "{}",
        String::from_utf8_lossy(&compared.stderr)
    );
    let made = mainstreet(folder, &["report", "results"]);
    assert!(
        made.status.success(),
        "{}",
        String::from_utf8_lossy(&made.stderr)
    );
    fs::read_to_string(folder.join("results/report.html")).unwrap()
}

#[test]
fn a_page_loads_nothing_escapes_everything_and_repeats() {
    let folder = tempfile::tempdir().unwrap();
    let first = page(folder.path());
    for outside in [
        "src=\"http",
        "href=\"http",
        "url(http",
        "@import",
        "<link",
        "fetch(",
    ] {
        assert!(
            !first.contains(outside),
            "the page loads something: {outside}"
        );
    }
    assert!(!first.contains("<img src=x"), "a title became an element");
    assert!(
        !first.contains("<b>Is this"),
        "a question became an element"
    );
    // A title inside a script must not end it: scripts end where the page's own do.
    let (opened, closed) = (
        first.matches("<script").count(),
        first.matches("</script").count(),
    );
    assert_eq!(opened, closed);
    assert!(first.starts_with("<!DOCTYPE html>"));
    assert!(first.trim_end().ends_with("</html>"));

    let manifest = fs::read_to_string(folder.path().join("results/manifest.json")).unwrap();
    assert!(manifest.contains("report.html"));
    assert!(
        mainstreet(folder.path(), &["report", "results"])
            .status
            .success()
    );
    let again = fs::read_to_string(folder.path().join("results/report.html")).unwrap();
    assert!(first == again, "the same results have another page");
}

#[test]
fn a_folder_without_results_is_refused_with_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let refused = mainstreet(folder.path(), &["report", "nothing_here"]);
    assert_eq!(refused.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("nothing_here"));
}
