//! Results pinned: every column of every table of six small towns, month by month; the headers of all tables; the
//! words behind draws. Whatever moves one of them is told here, and needs an entry in CHANGELOG.md that quotes the
//! digest of `digests.txt`, so that one entry unlocks one change.
//!
//! After a change of results that is meant:
//!
//! ```text
//! MAINSTREET_BLESS=1 cargo test --test golden
//! ```
//!
//! writes `digests.txt` anew and says which digest the entry under "Results changed" must quote. After a merge in which
//! both sides changed results, do the same: the file is never merged by hand.

mod draws;
mod file;
mod headers;
mod moved;
mod scenarios;
mod writes;

use std::fs;
use std::path::{Path, PathBuf};

use file::Golden;

/// Set to write the file anew.
const BLESS: &str = "MAINSTREET_BLESS";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn path() -> PathBuf {
    root().join("tests/golden/digests.txt")
}

/// What the program says today.
fn today() -> Golden {
    Golden {
        headers: headers::all(),
        scenarios: scenarios::all(1),
    }
}

#[test]
fn results_move_only_with_an_entry_in_the_changelog() {
    let now = today();
    if std::env::var_os(BLESS).is_some() {
        fs::write(path(), now.to_text()).expect("the file can be written");
    }
    let text = fs::read_to_string(path()).expect("digests.txt can be read");
    let pinned = Golden::parse(&text).expect("digests.txt was written by this test");
    let moved = moved::between(&pinned, &now);
    assert!(
        moved.is_empty(),
        "results are not those of tests/golden/digests.txt:\n{moved}\
         if that is meant, run `{BLESS}=1 cargo test --test golden` and say in CHANGELOG.md what moves"
    );
    assert_eq!(text, now.to_text(), "digests.txt was edited by hand");
    let digest = file::digest_of(&text);
    let changelog = fs::read_to_string(root().join("CHANGELOG.md")).expect("CHANGELOG.md");
    if let Err(why) = quoted_once(&changelog, &digest) {
        panic!(
            "{why}: in CHANGELOG.md, the newest \"Results changed\" must hold exactly one entry that says what moves \
             and quotes the digest of tests/golden/digests.txt, as in\n\n- **Hiring**: … (results `{digest}`)\n"
        );
    }
}

/// Whether the newest list under "Results changed" has one entry that quotes `digest` and says something beside it.
fn quoted_once(changelog: &str, digest: &str) -> Result<(), String> {
    let list = (changelog.split("### Results changed").nth(1))
        .ok_or("there is no heading \"Results changed\"")?;
    let list = list.split("\n#").next().unwrap_or("");
    let quotes = format!("`{digest}`");
    let entries: Vec<&str> = (list.split("\n- ").skip(1))
        .filter(|entry| entry.contains(&quotes))
        .collect();
    match entries[..] {
        [] => Err(format!("no entry quotes {quotes}")),
        [entry] if entry.split_whitespace().count() < 6 => Err("the entry says nothing".to_owned()),
        [_] => Ok(()),
        _ => Err(format!("several entries quote {quotes}")),
    }
}

#[test]
fn one_entry_unlocks_one_change() {
    let changelog = "# Changelog\n\n## [0.2.0]\n\n### Results changed\n\n\
                     - Hiring: seekers look a month longer (results `aa`).\n\
                     - Prices: reviewed less often in every sector\n  (results `bb`).\n\
                     - `cc`\n\n### Fixed\n\n- A slip that has to do with results `dd`.\n\n\
                     ## [0.1.0]\n\n### Results changed\n\n- First version: no earlier results `ee`.\n";
    assert_eq!(quoted_once(changelog, "aa"), Ok(()));
    assert_eq!(quoted_once(changelog, "bb"), Ok(()));
    assert_eq!(
        quoted_once(changelog, "cc"),
        Err("the entry says nothing".to_owned())
    );
    for old_or_elsewhere in ["dd", "ee", "ff"] {
        assert!(
            quoted_once(changelog, old_or_elsewhere).is_err(),
            "{old_or_elsewhere}"
        );
    }
    let twice = changelog.replace("`bb`", "`aa`");
    assert!(quoted_once(&twice, "aa").is_err());
}

#[test]
fn results_do_not_depend_on_the_number_of_threads() {
    let plain = |scenarios| Golden {
        headers: headers::none(),
        scenarios,
    };
    // The larger town is large enough for loops to be split.
    let by = |threads| [scenarios::all(threads), scenarios::large(threads)].map(plain);
    let one = by(1);
    for threads in [2, 8] {
        for (one, more) in one.iter().zip(by(threads)) {
            let moved = moved::between(one, &more);
            assert!(moved.is_empty(), "{threads} threads against one:\n{moved}");
        }
    }
}
