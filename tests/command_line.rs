//! The program from outside: what it writes, what it refuses, and that results never depend on threads.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// A small, short run.
const SMALL: [&str; 8] = [
    "--set",
    "town.residents=2500",
    "--set",
    "run.months=14",
    "--set",
    "run.burn_in_months=6",
    "--set",
    "run.seed=7",
];

fn mainstreet(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_mainstreet"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("the program starts")
}

fn run(folder: &Path, extra: &[&str]) -> Output {
    let arguments: Vec<&str> = ["run", "baseline"]
        .iter()
        .chain(&SMALL)
        .chain(extra)
        .copied()
        .collect();
    mainstreet(folder, &arguments)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Every file below a folder with its content.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(root: &Path, folder: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).expect("folder can be read") {
            let path = entry.expect("entry can be read").path();
            if path.is_dir() {
                walk(root, &path, found);
            } else {
                let name = path
                    .strip_prefix(root)
                    .expect("below root")
                    .display()
                    .to_string();
                found.insert(name, fs::read(&path).expect("file can be read"));
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(folder, folder, &mut found);
    found
}

#[test]
fn one_two_and_eight_threads_write_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let mut first: Option<BTreeMap<String, Vec<u8>>> = None;
    for (threads, out) in [("1", "a"), ("2", "b"), ("8", "c"), ("2", "d")] {
        let done = run(folder.path(), &["--threads", threads, "--out", out]);
        assert!(done.status.success(), "{}", text(&done.stderr));
        let files = contents(&folder.path().join(out));
        assert!(files.len() > 20, "only {} files", files.len());
        match &first {
            None => first = Some(files),
            Some(first) => {
                assert_eq!(
                    first.keys().collect::<Vec<_>>(),
                    files.keys().collect::<Vec<_>>()
                );
                for (name, content) in first {
                    assert!(
                        content == &files[name],
                        "{name} differs with {threads} threads"
                    );
                }
            }
        }
    }
}

#[test]
fn a_run_writes_every_table_and_a_manifest_that_lists_them() {
    let folder = tempfile::tempdir().unwrap();
    let done = run(folder.path(), &[]);
    assert!(done.status.success(), "{}", text(&done.stderr));
    assert!(text(&done.stdout).contains("Unemployment rate"));
    let files = contents(&folder.path().join("output/baseline"));
    for table in [
        "indicators",
        "sectors",
        "occupations",
        "deciles",
        "firm_sizes",
        "flows",
        "columns",
    ] {
        let content = text(&files[&format!("{table}.csv")]);
        assert!(content.lines().count() > 1, "{table} is empty");
        let width = content.lines().next().unwrap().split(',').count();
        assert!(width > 2, "{table} has {width} columns");
    }
    assert!(files.keys().filter(|name| name.ends_with(".png")).count() >= 8);
    let manifest: serde_json::Value = serde_json::from_slice(&files["manifest.json"]).unwrap();
    assert_eq!(manifest["seed"], 7);
    assert_eq!(manifest["files"].as_array().unwrap().len(), files.len() - 1);
    let months = text(&files["indicators.csv"]).lines().count() - 1;
    assert_eq!(months, 14);
}

#[test]
fn another_seed_gives_another_town() {
    let folder = tempfile::tempdir().unwrap();
    assert!(run(folder.path(), &["--out", "a"]).status.success());
    assert!(
        run(folder.path(), &["--out", "b", "--seed", "8"])
            .status
            .success()
    );
    let read = |out: &str| fs::read(folder.path().join(out).join("indicators.csv")).unwrap();
    assert_ne!(read("a"), read("b"));
}

#[test]
fn a_folder_in_use_is_refused_and_foreign_files_survive_force() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("a");
    fs::create_dir(&out).unwrap();
    fs::write(out.join("thesis.txt"), "mine").unwrap();
    let refused = run(folder.path(), &["--out", "a"]);
    assert_eq!(refused.status.code(), Some(3));
    assert!(text(&refused.stderr).contains("--force"));
    assert_eq!(contents(&out).len(), 1);
    assert!(run(folder.path(), &["--out", "b"]).status.success());
    assert_eq!(run(folder.path(), &["--out", "b"]).status.code(), Some(3));
    assert!(
        run(folder.path(), &["--out", "b", "--force"])
            .status
            .success()
    );
    assert_eq!(fs::read_to_string(out.join("thesis.txt")).unwrap(), "mine");
}

#[test]
fn every_mistake_in_a_scenario_is_told_at_once_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("bad.toml"),
        "schema_version = 1\n\n[town]\nresidents = 900\nresidnets = 5\n\n[run]\nmonths = \"ten\"\n",
    )
    .unwrap();
    let done = mainstreet(folder.path(), &["run", "bad.toml"]);
    assert_eq!(done.status.code(), Some(2));
    let message = text(&done.stderr);
    for part in [
        "bad.toml:4:",
        "bad.toml:5:",
        "bad.toml:8:",
        "did you mean `residents`",
        "1000",
    ] {
        assert!(message.contains(part), "no `{part}` in:\n{message}");
    }
    assert!(done.stdout.is_empty());
    assert!(!folder.path().join("output").exists());
}

#[test]
fn an_impossible_town_names_the_sector() {
    let folder = tempfile::tempdir().unwrap();
    let done = run(
        folder.path(),
        &[
            "--set",
            "sectors.logistics.local_input_share=1",
            "--set",
            "sectors.logistics.jobs_share=0.001",
        ],
    );
    if done.status.success() {
        panic!("the town closed: choose a harder one");
    }
    assert_eq!(done.status.code(), Some(2), "{}", text(&done.stderr));
    assert!(!text(&done.stderr).contains("panicked"));
}

#[test]
fn odd_files_are_refused_at_once() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("big.toml"), "#".repeat(2 << 20)).unwrap();
    fs::write(
        folder.path().join("deep.toml"),
        format!("x = {}{}", "[".repeat(500), "]".repeat(500)),
    )
    .unwrap();
    fs::write(folder.path().join("bytes.toml"), [0xff, 0xfe, 0x00]).unwrap();
    fs::write(folder.path().join("a.toml"), "extends = \"b.toml\"\n").unwrap();
    fs::write(folder.path().join("b.toml"), "extends = \"a.toml\"\n").unwrap();
    for name in [
        "big.toml",
        "deep.toml",
        "bytes.toml",
        "a.toml",
        ".",
        "/dev/zero",
        "missing.toml",
    ] {
        let done = mainstreet(folder.path(), &["check", name]);
        let code = done.status.code();
        assert!(code == Some(2) || code == Some(3), "{name}: {code:?}");
        assert!(!text(&done.stderr).contains("panicked"), "{name}");
    }
}

#[test]
fn what_init_writes_and_show_prints_can_be_checked_and_run() {
    let folder = tempfile::tempdir().unwrap();
    for kind in ["main_street", "factory", "college", "tourist"] {
        let file = format!("{kind}.toml");
        let done = mainstreet(folder.path(), &["init", &file, "--kind", kind]);
        assert!(done.status.success(), "{}", text(&done.stderr));
        let checked = mainstreet(folder.path(), &["check", &file]);
        assert!(checked.status.success(), "{}", text(&checked.stderr));
    }
    let shown = mainstreet(folder.path(), &["show", "factory.toml"]);
    fs::write(folder.path().join("shown.toml"), &shown.stdout).unwrap();
    let again = mainstreet(folder.path(), &["show", "shown.toml"]);
    let values = |bytes: &[u8]| -> Vec<String> {
        text(bytes)
            .lines()
            .filter(|line| !line.starts_with('#'))
            .map(|line| line.split("  # ").next().unwrap_or("").to_owned())
            .collect()
    };
    assert_eq!(values(&shown.stdout), values(&again.stdout));
}

#[test]
fn explain_schema_and_help_speak() {
    let folder = tempfile::tempdir().unwrap();
    let explained = mainstreet(folder.path(), &["explain", "labor_market.suitability"]);
    assert!(text(&explained.stdout).contains("applicant suits a post"));
    let missed = mainstreet(folder.path(), &["explain", "labor_market.suitabilty"]);
    assert_eq!(missed.status.code(), Some(2));
    assert!(text(&missed.stderr).contains("suitability"));
    let schema = mainstreet(folder.path(), &["schema"]);
    let parsed: serde_json::Value = serde_json::from_slice(&schema.stdout).unwrap();
    assert!(parsed["properties"]["town"].is_object());
    assert_eq!(mainstreet(folder.path(), &["rum"]).status.code(), Some(2));
    assert!(mainstreet(folder.path(), &["--help"]).status.success());
}

/// The golden run: the library and the binary, which are built with the same features, must agree to the bit, so
/// nothing a chart library switches on can reach a result.
#[test]
fn the_library_and_the_binary_agree() {
    use mainstreet::month::{self, Scratch};
    use mainstreet::run::{RunSettings, build_town, simulate_with};
    use mainstreet::scenario::{self, Parameters, Source};
    use std::ops::ControlFlow;

    let folder = tempfile::tempdir().unwrap();
    assert!(run(folder.path(), &["--out", "a"]).status.success());
    let settings: Vec<String> = SMALL.chunks(2).map(|pair| pair[1].to_owned()).collect();
    let loaded = scenario::load(&Source::Embedded("baseline".into()), &settings).unwrap();
    let parameters: Parameters = scenario::resolve(&loaded).unwrap();
    let mut scratch = Scratch::default();
    let record = simulate_with(
        &parameters,
        RunSettings::of(&parameters, 0),
        |draws| build_town(&parameters, draws),
        |town| month::advance(town, &parameters, &mut scratch),
        &mut |_| ControlFlow::Continue(()),
    )
    .unwrap();
    let tables = mainstreet::output::results::tables(&record).unwrap();
    let indicators = tables
        .iter()
        .find(|table| table.name() == "indicators")
        .unwrap();
    let mut bytes = Vec::new();
    indicators.write_csv(&mut bytes).unwrap();
    let written = fs::read(folder.path().join("a/indicators.csv")).unwrap();
    assert!(bytes == written, "the tables of library and binary differ");
}
