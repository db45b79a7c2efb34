//! `mainstreet evaluate` through the program.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const ROW: &str = r#"
[[evaluation]]
id = "MINE1"
title = "Cheaper technology and jobs in shops"
policy = "technology_cost_drop"
finding = "Shops that could buy cheaper tills kept their staff."
source = "our own survey"
known = "read"
population = "shops of our county"
horizon = "half a year"
design = "twin-towns"
nature = "response"
half = "check"
loose = "all technology becomes cheaper"
towns = 2
from = 1
[[evaluation.arm]]
name = "cheap"
policy = [{ kind = "technology_cost_drop", fall = 0.2 }]
[[evaluation.measure]]
what = "Jobs in shops"
value = "P(sectors.retail.jobs)"
months = [2, 6]
unit = "percent"
low = -50.0
high = 50.0
"#;

fn evaluate(folder: &Path, rows: &str, more: &[&str]) -> Output {
    let file = folder.join("rows.toml");
    fs::write(&file, rows).expect("the folder can be written");
    Command::new(env!("CARGO_BIN_EXE_mainstreet"))
        .arg("evaluate")
        .arg("--file")
        .arg(&file)
        .arg("--out")
        .arg(folder.join("out"))
        .args(["--quiet", "--residents", "1000"])
        .args(["--set", "run.burn_in_months=4"])
        .args(more)
        .output()
        .expect("the program starts")
}

#[test]
fn rows_of_ones_own_give_a_table_a_chart_and_a_page() {
    let folder = tempfile::tempdir().expect("there is room");
    let done = evaluate(folder.path(), ROW, &["--strict"]);
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(
        done.status.success(),
        "{said}{}",
        String::from_utf8_lossy(&done.stderr)
    );
    assert!(
        said.contains("MINE1") && said.contains("1 of 1 evaluations agree"),
        "{said}"
    );
    let out = folder.path().join("out");
    let table = fs::read_to_string(out.join("evaluations.csv")).expect("there is a table");
    assert!(
        table.starts_with("id,title,policy,what,unit,verdict,"),
        "{table}"
    );
    assert!(
        table.contains("MINE1,") && table.contains(",agrees,"),
        "{table}"
    );
    assert!(out.join("charts/evaluations.svg").exists());
    let page = fs::read_to_string(out.join("evaluations.md")).expect("there is a page");
    assert!(
        page.contains("Shops that could buy cheaper tills"),
        "{page}"
    );
}

#[test]
fn a_row_that_does_not_agree_ends_a_strict_run_with_one() {
    let folder = tempfile::tempdir().expect("there is room");
    let rows = ROW.replace("low = -50.0", "low = 40.0");
    let done = evaluate(folder.path(), &rows, &["--strict"]);
    assert_eq!(done.status.code(), Some(1));
    assert!(folder.path().join("out/evaluations.csv").exists());
}

#[test]
fn mistakes_in_rows_write_nothing() {
    for (from, to, told) in [
        (
            "P(sectors.retail.jobs)",
            "P(sectors.retal.jobs)",
            "there is no quantity",
        ),
        ("fall = 0.2", "fal = 0.2", "fal"),
        ("high = 50.0", "", "needs a `scale`"),
        ("design = ", "desing = ", "desing"),
    ] {
        let folder = tempfile::tempdir().expect("there is room");
        let done = evaluate(folder.path(), &ROW.replace(from, to), &[]);
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert_eq!(done.status.code(), Some(2), "{said}");
        assert!(said.contains(told), "{said}");
        assert!(!folder.path().join("out").exists(), "{to}");
    }
    let folder = tempfile::tempdir().expect("there is room");
    let done = evaluate(folder.path(), ROW, &["--row", "P1"]);
    assert_eq!(done.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&done.stderr).contains("MINE1"));
}
