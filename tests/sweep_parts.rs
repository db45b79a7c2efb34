//! A sweep in parts: shards that were lost, done twice or cut short, and what is collected from them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const SWEEP: &str = r#"
schema_version = 1
scenario = "baseline"
replicates = 2
outcomes = ["unemployment_rate", "firms@12"]
[set]
town.residents = 1000
run.months = 13
run.burn_in_months = 6
[design]
kind = "morris"
trajectories = 3
[[vary]]
key = "firms.payout_share"
from = 0.2
to = 0.8
[[vary]]
key = "firms.demand_smoothing"
from = 0.1
to = 0.5
"#;
/// Runs of it: three trajectories of three points, twice.
const RUNS: usize = 18;

fn mainstreet(folder: &Path, line: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_mainstreet"))
        .args(line.split_whitespace())
        .current_dir(folder)
        .output()
        .expect("the program starts")
}

fn succeed(folder: &Path, line: &str) -> String {
    let output = mainstreet(folder, line);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{line}: {told}");
    told
}

fn refused(folder: &Path, line: &str, code: i32) -> String {
    let output = mainstreet(folder, line);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(code), "{line}: {told}");
    told
}

fn result(folder: &Path, run: usize) -> PathBuf {
    folder.join(format!("0000/run-{run:07}.result"))
}

/// Rows of a table without its head, in full.
fn rows(path: PathBuf) -> Vec<String> {
    let text = fs::read_to_string(&path).expect("the table is there");
    text.lines().skip(1).map(str::to_owned).collect()
}

fn planned() -> tempfile::TempDir {
    let scratch = tempfile::tempdir().expect("a scratch folder");
    fs::write(scratch.path().join("sweep.toml"), SWEEP).expect("writable");
    succeed(scratch.path(), "sweep plan sweep.toml --csv --out plan");
    scratch
}

#[test]
fn shards_in_any_order_and_some_twice_are_the_sweep_of_one_machine() {
    let scratch = planned();
    let folder = scratch.path();
    succeed(folder, "sweep sweep.toml --csv --out local");
    for shard in ["2/3", "0/3", "2/3"] {
        succeed(
            folder,
            &format!("sweep run --plan plan/plan.csv --shard {shard}"),
        );
    }
    let told = refused(folder, "sweep collect --plan plan/plan.csv --out all", 1);
    assert!(
        told.contains("6 of 18 runs are missing, first run 1"),
        "{told}"
    );
    assert!(!folder.join("all").exists(), "nothing is collected");
    succeed(folder, "sweep run --plan plan/plan.csv --shard 1/3");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| {
            fs::metadata(path)
                .expect("it is there")
                .permissions()
                .mode()
        };
        let (plan, part) = (
            folder.join("plan/plan.csv"),
            result(&folder.join("plan/runs"), 0),
        );
        assert_eq!(
            mode(&plan),
            mode(&part),
            "whoever reads the plan can collect"
        );
    }
    // Results that were damaged on the way are none: one cut in half, one that a machine left empty.
    let runs = folder.join("plan/runs");
    let whole = fs::read(result(&runs, 4)).expect("it is there");
    fs::write(result(&runs, 4), &whole[..whole.len() / 2]).expect("writable");
    fs::write(result(&runs, 5), b"").expect("writable");
    succeed(folder, "sweep collect --plan plan/plan.csv --out all");
    let files = [
        "runs.csv",
        "runs.parquet",
        "points.csv",
        "sensitivity.csv",
        "manifest.json",
    ];
    for file in files {
        let read = |root: &str| fs::read(folder.join(root).join(file)).expect("it is there");
        assert!(read("local") == read("all"), "{file} differs");
    }
}

#[test]
fn a_sweep_cut_short_gives_the_sweep_it_had_come_to() {
    let scratch = planned();
    let folder = scratch.path();
    let runs = folder.join("plan/runs");
    succeed(folder, "sweep run --plan plan/plan.csv");
    succeed(folder, "sweep collect --plan plan/plan.csv --out all");
    let all = rows(folder.join("all/runs.csv"));
    assert_eq!(all.len(), RUNS);

    // In the second pass over all points: the first pass is whole.
    fs::remove_file(result(&runs, 11)).expect("it is there");
    let told = succeed(
        folder,
        "sweep collect --partial --plan plan/plan.csv --out once",
    );
    assert!(
        told.contains("9 points, 1 run at each; 8 runs more are done and left out"),
        "{told}"
    );
    assert_eq!(rows(folder.join("once/runs.csv")), all[..9]);
    assert!(folder.join("once/sensitivity.csv").exists());
    let told = mainstreet(folder, "reproduce once");
    assert!(String::from_utf8_lossy(&told.stdout).contains("IDENTICAL"));

    // In the first pass: whole trajectories, from a folder that `mainstreet sweep` left unfinished.
    let cut = folder.join("cut/unfinished");
    fs::create_dir_all(cut.join("0000")).expect("writable");
    fs::copy(folder.join("plan/request.json"), cut.join("request.json")).expect("writable");
    for run in 0..7 {
        fs::copy(result(&runs, run), result(&cut, run)).expect("writable");
    }
    let told = refused(folder, "sweep collect --plan cut --out none", 1);
    assert!(
        told.contains("mainstreet resume cut") && told.contains("--partial"),
        "{told}"
    );
    succeed(folder, "sweep collect --partial --plan cut --out first");
    assert_eq!(rows(folder.join("first/runs.csv")), all[..6]);
    assert!(folder.join("first/sensitivity.csv").exists());

    // Less than a trajectory is nothing.
    fs::remove_file(result(&cut, 2)).expect("it is there");
    let told = refused(folder, "sweep collect --partial --plan cut --out none", 1);
    assert!(told.contains("too little is done"), "{told}");
    assert!(!folder.join("none").exists());
    refused(folder, "sweep collect --partial --plan all --out none", 3);
}
