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

fn page_head(folder: &Path) -> String {
    let page = fs::read_to_string(folder.join("report.html")).unwrap();
    let (_, rest) = page.split_once("<h1>").expect("there is a headline");
    rest.split_once("</h1>").expect("it ends").0.to_owned()
}

fn compare(folder: &Path, scenarios: &[&str], extra: &[&str]) -> Output {
    let all = [
        &["compare"],
        scenarios,
        &TINY,
        &["--replicates", "2"],
        extra,
    ]
    .concat();
    mainstreet(folder, &all)
}

#[test]
fn a_picture_of_ones_own_is_neither_shown_nor_a_difference() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), &["--out", "out", "--charts", "svg"]);
    let out = folder.path().join("out");
    let foreign = "<svg xmlns=\"http://www.w3.org/2000/svg\"><title>mine</title></svg>";
    fs::write(out.join("charts/annotated.svg"), foreign).unwrap();
    let before = fs::read(out.join("report.html")).unwrap();
    done(folder.path(), &["report", "out"]);
    assert!(before == fs::read(out.join("report.html")).unwrap());
    let again = mainstreet(folder.path(), &["reproduce", "out"]);
    assert!(String::from_utf8_lossy(&again.stdout).contains("IDENTICAL"));
    assert_eq!(
        fs::read_to_string(out.join("charts/annotated.svg")).unwrap(),
        foreign
    );
}

#[test]
fn a_short_run_has_one_mean_on_the_terminal_and_on_the_page() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = [
        &["run", "baseline", "--out", "out", "--no-charts"],
        &TINY[..],
    ]
    .concat();
    let output = mainstreet(folder.path(), &arguments);
    let table = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        table.contains("mean of 14 months") && !table.contains("year"),
        "{table}"
    );
    let rate = table
        .lines()
        .find(|line| line.starts_with("Residents of month 0 at work"));
    let rate = rate
        .and_then(|line| line.split_whitespace().last())
        .unwrap();
    let head = page_head(&folder.path().join("out"));
    assert!(
        head.contains("14 months") && head.contains(rate),
        "{head} against {rate}"
    );
    assert!(!head.contains("year"), "{head}");
}

#[test]
fn months_in_chart_tables_sort_and_join() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), &["--out", "out", "--charts", "svg"]);
    let table = fs::read_to_string(folder.path().join("out/charts/employment.csv")).unwrap();
    let mut lines = table.lines();
    assert!(lines.next().unwrap().starts_with("month,date,series,value"));
    let starts: Vec<&str> = lines.map(|line| line.get(..10).unwrap_or(line)).collect();
    assert_eq!(starts[..2], ["0,2026-01,", "1,2026-02,"]);
}

#[test]
fn titles_are_no_formulas() {
    let folder = tempfile::tempdir().unwrap();
    let scenario = "schema_version = 1\nname = \"formula\"\n[technologies.ai]\ntitle = \"=1+1\"\n\
        [sectors.retail]\ntitle = \"@SUM(1,2)\"\n";
    fs::write(folder.path().join("formula.toml"), scenario).unwrap();
    let long = [
        "--set",
        "run.months=25",
        "--charts",
        "svg",
        "--csv",
        "--out",
        "out",
    ];
    let arguments = [&["run", "formula.toml"], &TINY[..], &long].concat();
    done(folder.path(), &arguments);
    let mut seen = 0;
    for place in ["out", "out/charts"] {
        for entry in fs::read_dir(folder.path().join(place)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|ending| ending != "csv") {
                continue;
            }
            let mut reader = csv::Reader::from_path(&path).unwrap();
            for row in reader.records() {
                for cell in row.unwrap().iter() {
                    let begins = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
                    assert!(!begins || cell.parse::<f64>().is_ok(), "{path:?}: {cell}");
                    seen += usize::from(cell.starts_with("'="));
                }
            }
        }
    }
    assert!(seen > 0, "the title is nowhere");
}

#[test]
fn misspelled_names_are_told_the_right_one() {
    let folder = tempfile::tempdir().unwrap();
    for (typed, meant) in [("basline", "`baseline`"), ("fast_ai", "`fast-ai`")] {
        let refused = mainstreet(folder.path(), &["run", typed]);
        assert_eq!(refused.status.code(), Some(2));
        let told = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(
            told.contains(meant) && told.contains("mainstreet list"),
            "{told}"
        );
    }
    let listed = mainstreet(folder.path(), &["list"]);
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    assert!(
        listed
            .lines()
            .any(|line| line.starts_with("reskilling ") && line.ends_with('?'))
    );
    let script = mainstreet(folder.path(), &["completions", "bash"]);
    let script = String::from_utf8_lossy(&script.stdout).into_owned();
    assert!(script.contains("basic-income") && script.contains("town.residents"));
}

#[test]
fn a_policy_that_begins_too_late_is_said_to_do_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let output = compare(
        folder.path(),
        &["baseline", "reskilling"],
        &["--no-charts", "--out", "out"],
    );
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        told.contains("warning: reskilling") && told.contains("never acts"),
        "{told}"
    );
    assert!(String::from_utf8_lossy(&output.stdout).contains("identical to the baseline"));
    let head = page_head(&folder.path().join("out"));
    assert!(
        head.contains("identical in every run") && head.contains("month 24"),
        "{head}"
    );
}

#[test]
fn towns_of_two_sizes_are_announced_and_no_caption_claims_one() {
    let folder = tempfile::tempdir().unwrap();
    let mine = "schema_version = 1\nname = \"mine\"\nextends = \"baseline\"\n[town]\nresidents = 1200\n\
        [run]\nmonths = 3\nburn_in_months = 1\n";
    fs::write(folder.path().join("mine.toml"), mine).unwrap();
    fs::write(
        folder.path().join("other.toml"),
        mine.replace("mine", "other").replace("1200", "1000"),
    )
    .unwrap();
    let told = done(
        folder.path(),
        &[
            "compare",
            "mine.toml",
            "other.toml",
            "--replicates",
            "2",
            "--charts",
            "svg",
            "--out",
            "out",
        ],
    );
    assert!(
        told.contains("other has 1000 residents and mine 1200"),
        "{told}"
    );
    let chart =
        fs::read_to_string(folder.path().join("out/charts/compare_employment.svg")).unwrap();
    assert!(chart.contains("towns of 1,000 to 1,200 residents"));
}

#[test]
fn of_many_scenarios_the_one_that_differs_most_is_drawn() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: String| {
        let start = format!("schema_version = 1\nname = \"{name}\"\nextends = \"baseline\"\n");
        fs::write(folder.path().join(format!("{name}.toml")), start + &text).unwrap();
        format!("{name}.toml")
    };
    let mut files = vec!["baseline".to_owned()];
    for place in 0..8 {
        files.push(write(
            &format!("mild{place}"),
            format!("[run]\n# {place}\n"),
        ));
    }
    files.push(write(
        "slump",
        "[[timeline]]\nkind = \"demand_slump\"\nfrom = 1\nfall = 0.6\n".to_owned(),
    ));
    let names: Vec<&str> = files.iter().map(String::as_str).collect();
    let output = compare(folder.path(), &names, &["--charts", "svg", "--out", "out"]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        output.status.success() && told.contains("in tables alone"),
        "{told}"
    );
    let chart =
        fs::read_to_string(folder.path().join("out/charts/compare_consumption.svg")).unwrap();
    assert!(chart.contains("slump") && chart.contains("Left out here"));
    assert!(
        folder
            .path()
            .join("out/charts/jobs_by_sector_slump.svg")
            .exists()
    );
}

#[test]
fn nothing_done_is_no_success() {
    let folder = tempfile::tempdir().unwrap();
    let none = mainstreet(folder.path(), &["validate", "--replicates", "0"]);
    assert_eq!(none.status.code(), Some(2));
    let failed = [
        &[
            "sweep",
            "--vary",
            "labor_market.minimum_wage=19000,20000",
            "--out",
            "out",
        ],
        &TINY[..],
    ]
    .concat();
    let failed = mainstreet(folder.path(), &failed);
    let told = String::from_utf8_lossy(&failed.stderr).into_owned();
    assert_eq!(failed.status.code(), Some(1), "{told}");
    assert!(told.contains("no run describes a town"), "{told}");
}
