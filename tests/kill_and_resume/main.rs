//! Runs killed at random moments (`kill -9`) and resumed leave the bytes of runs never killed.
//!
//! A few kills in `cargo test`; the soak of 200 is
//! `cargo test --release --test kill_and_resume -- --ignored --nocapture` (set `MAINSTREET_KILLS` for another count).

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// The commands that are killed, by name; `{}` is the folder of results.
const COMMANDS: [(&str, &[&str]); 4] = [
    (
        "run",
        &[
            "run",
            "baseline",
            "--set",
            "town.residents=1500",
            "--set",
            "run.months=18",
            "--set",
            "run.burn_in_months=6",
        ],
    ),
    (
        "ensemble",
        &[
            "run",
            "baseline",
            "--replicates",
            "5",
            "--csv",
            "--set",
            "town.residents=1200",
            "--set",
            "run.months=14",
            "--set",
            "run.burn_in_months=6",
        ],
    ),
    (
        "sweep",
        &[
            "sweep",
            "--vary",
            "firms.payout_share=0.3:0.7:0.2",
            "--vary",
            "town.residents=1000,1300",
            "--csv",
            "--set",
            "run.months=13",
            "--set",
            "run.burn_in_months=6",
        ],
    ),
    (
        "compare",
        &[
            "compare",
            "baseline",
            "OTHER",
            "--replicates",
            "3",
            "--csv",
            "--set",
            "town.residents=1000",
            "--set",
            "run.months=14",
            "--set",
            "run.burn_in_months=6",
        ],
    ),
];

/// A fixed sequence of pseudo-random numbers (Steele, Lea & Flood 2014), so that a failure can be repeated.
struct Chance(u64);

impl Chance {
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }
}

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mainstreet"));
    command.arg("--quiet").args(arguments).stdout(Stdio::null());
    command
}

fn succeed(arguments: &[&str]) {
    let output = program(arguments).output().expect("the program starts");
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {message}");
}

/// Every file under a folder with its content.
fn contents(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the folder can be read") {
            let path = entry.expect("the entry can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).expect("it is under the root");
                found.insert(
                    name.to_owned(),
                    fs::read(&path).expect("the file can be read"),
                );
            }
        }
    }
    found
}

/// Kills and resumes one command until it was killed `wanted` times; compares after every three kills or so.
fn kill_and_resume(name: &str, arguments: &[&str], wanted: u32, chance: &mut Chance) -> u32 {
    let scratch = tempfile::tempdir().expect("a scratch folder");
    let other = scratch.path().join("other.toml");
    fs::write(
        &other,
        "schema_version = 1\nname = \"other\"\n[firms]\npayout_share = 0.45\n",
    )
    .expect("writable");
    let other = other.to_string_lossy().into_owned();
    let arguments: Vec<&str> = arguments
        .iter()
        .map(|&a| if a == "OTHER" { other.as_str() } else { a })
        .collect();
    let into = |root: &str| -> Vec<String> {
        let words = arguments
            .iter()
            .copied()
            .chain(["--save-every", "0", "--out", root]);
        words.map(str::to_owned).collect()
    };
    let whole = scratch.path().join("whole");
    let begun = Instant::now();
    let words = into(&whole.to_string_lossy());
    succeed(&words.iter().map(String::as_str).collect::<Vec<_>>());
    let takes = begun.elapsed();
    let expected = contents(&whole);

    let mut killed = 0;
    let mut round = 0;
    while killed < wanted {
        round += 1;
        let root = scratch.path().join(format!("killed-{round}"));
        let path = root.to_string_lossy().into_owned();
        let begin = into(&path);
        let kills = 1 + (3.0 * chance.uniform()) as u32;
        for _ in 0..kills {
            // Killed before it wrote anything down, a run has nothing to resume: it begins again.
            let started = root.join("unfinished/request.json").exists();
            let finished = root.join("manifest.json").exists() && !started;
            if finished {
                break;
            }
            let again: Vec<&str> = if started {
                vec!["resume", &path, "--save-every", "0"]
            } else {
                begin
                    .iter()
                    .map(String::as_str)
                    .chain(["--force"])
                    .collect()
            };
            let mut child = program(&again)
                .stderr(Stdio::null())
                .spawn()
                .expect("the program starts");
            sleep(Duration::from_secs_f64(
                takes.as_secs_f64() * chance.uniform(),
            ));
            let over = child.try_wait().expect("the child can be asked").is_some();
            child.kill().expect("the child can be killed");
            child.wait().expect("the child ends");
            killed += u32::from(!over);
        }
        // Killed while it removed what it had saved, a run is complete and `resume` clears the rest away.
        let complete = root.join("manifest.json").exists();
        if root.join("unfinished/request.json").exists()
            || (complete && root.join("unfinished").exists())
        {
            succeed(&["resume", &path]);
        } else if !root.join("manifest.json").exists() {
            let words: Vec<&str> = begin
                .iter()
                .map(String::as_str)
                .chain(["--force"])
                .collect();
            succeed(&words);
        }
        let found = contents(&root);
        let differing: Vec<_> = expected
            .keys()
            .chain(found.keys())
            .filter(|file| expected.get(*file) != found.get(*file))
            .collect();
        assert!(
            differing.is_empty(),
            "{name}, round {round}: {differing:?} differ"
        );
        fs::remove_dir_all(&root).expect("ours to remove");
    }
    println!(
        "{name}: {killed} kills in {round} rounds, 0 differing bytes in {} files",
        expected.len()
    );
    killed
}

fn soak(kills: u32, seed: u64) {
    let mut chance = Chance(seed);
    let each = kills.div_ceil(COMMANDS.len() as u32);
    let killed: u32 = COMMANDS
        .iter()
        .map(|(name, arguments)| kill_and_resume(name, arguments, each, &mut chance))
        .sum();
    println!("{killed} kills, 0 differing bytes");
}

#[test]
fn a_few_kills_leave_no_trace() {
    soak(8, 1);
}

#[test]
#[ignore = "a soak of many minutes"]
fn two_hundred_kills_leave_no_trace() {
    let kills = std::env::var("MAINSTREET_KILLS").ok();
    let kills = kills.map_or(200, |text| {
        text.parse().expect("MAINSTREET_KILLS is a number")
    });
    soak(kills, 20_26);
}
