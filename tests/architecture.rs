//! The walls between the rooms of the model, and what none of them may do (docs/ARCHITECTURE.md). The walls between the
//! crates are the compiler's.

use std::fs;
use std::path::{Path, PathBuf};

/// Each room and the rooms it may name in `crate::` paths.
const ROOMS: &[(&str, &[&str])] = &[
    ("units", &[]),
    ("stats", &[]),
    ("rng", &["units"]),
    ("scenario", &["units"]),
    ("town", &["units", "rng", "scenario"]),
    ("month", &["units", "stats", "rng", "scenario", "town"]),
    ("indicators", &["units", "stats", "rng", "scenario", "town"]),
    (
        "run",
        &[
            "units",
            "stats",
            "rng",
            "scenario",
            "town",
            "month",
            "indicators",
        ],
    ),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("src can be read") {
        let path = entry.expect("entry can be read").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs")
            && !path.ends_with("fixtures.rs")
            && !path.ends_with("tests.rs")
            && !path.ends_with("one_by_one.rs")
            && !path.components().any(|part| part.as_os_str() == "tests")
        {
            // Files of tests alone may look into any room.
            found.push(path);
        }
    }
}

/// A source text without what is only compiled for tests.
fn without_tests(text: &str) -> String {
    let mut code = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.trim() != "#[cfg(test)]" {
            code.push_str(line);
            code.push('\n');
            continue;
        }
        let mut depth = 0;
        for line in lines.by_ref() {
            depth += line.matches('{').count() as i64 - line.matches('}').count() as i64;
            if depth <= 0 && (line.ends_with('}') || line.ends_with(';')) {
                break;
            }
        }
    }
    code
}

#[test]
fn code_after_a_test_module_is_read_too() {
    let text = "#[cfg(test)]\nmod fixtures;\nuse a;\n#[cfg(test)]\nmod tests {\n    fn f() {}\n}\nuse b;\n";
    assert_eq!(without_tests(text), "use a;\nuse b;\n");
}

/// Rooms named by `crate::room` in a source text, tests and comments apart.
fn imports(text: &str) -> Vec<String> {
    let code: String = without_tests(text)
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n");
    let mut found = Vec::new();
    for piece in code.split("crate::").skip(1) {
        if let Some(group) = piece.strip_prefix('{') {
            let inside = group.split("};").next().unwrap_or("");
            let depth_zero = inside
                .split(',')
                .filter_map(|item| item.trim().split("::").next());
            found.extend(depth_zero.map(str::to_owned));
        } else {
            let name: String = piece
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            found.push(name);
        }
    }
    found
}

#[test]
fn rooms_import_only_what_the_table_allows() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates/model/src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let names: Vec<&str> = ROOMS.iter().map(|(room, _)| *room).collect();
    let mut broken = Vec::new();
    let mut checked = 0;
    for file in &files {
        let inside = file.strip_prefix(&root).expect("file is under src");
        let first = inside.components().next().expect("file has a name");
        let room = first.as_os_str().to_string_lossy().replace(".rs", "");
        let Some((_, allowed)) = ROOMS.iter().find(|(name, _)| *name == room) else {
            continue;
        };
        checked += 1;
        for import in imports(&fs::read_to_string(file).expect("source can be read")) {
            let wall = names.contains(&import.as_str())
                && import != room
                && !allowed.contains(&import.as_str());
            if wall {
                broken.push(format!("{} imports crate::{import}", inside.display()));
            }
        }
    }
    assert!(checked > 20, "only {checked} files checked");
    assert!(broken.is_empty(), "walls broken:\n{}", broken.join("\n"));
}

#[test]
fn the_model_knows_no_clock_hash_order_unordered_sum_file_or_terminal() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates/model/src");
    let mut files = Vec::new();
    for room in ["units.rs", "rng.rs"] {
        files.push(root.join(room));
    }
    for room in ["scenario", "town", "month", "indicators", "stats", "run"] {
        sources(&root.join(room), &mut files);
    }
    let banned = [
        "HashMap",
        "HashSet",
        "SystemTime",
        "Instant::",
        "rand::rng(",
        "std::fs",
        "std::env",
        "std::thread",
        "println!",
        ".sum::<f64>()",
    ];
    for file in files {
        let Ok(text) = fs::read_to_string(&file) else {
            continue;
        };
        let code = without_tests(&text);
        for word in banned {
            let parallel_sum = word == ".sum::<f64>()" && !code.contains("par_iter");
            assert!(
                parallel_sum || !code.contains(word),
                "{} uses {word}",
                file.display()
            );
        }
    }
}

/// Packages of the workspace: where each stands.
const PACKAGES: [&str; 4] = [".", "crates/model", "crates/charts", "crates/study"];

/// Every dependency is named somewhere in its package's source; one that is not only costs time to build.
#[test]
fn no_package_depends_on_what_it_does_not_use() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut idle = Vec::new();
    let mut checked = 0;
    for package in PACKAGES {
        let manifest =
            fs::read_to_string(root.join(package).join("Cargo.toml")).expect("Cargo.toml");
        let manifest: toml::Table = manifest.parse().expect("cargo has read it");
        let mut files = Vec::new();
        every_source(&root.join(package).join("src"), &mut files);
        let code: Vec<String> = (files.iter())
            .map(|file| without_comments(&fs::read_to_string(file).expect("source can be read")))
            .collect();
        for name in manifest["dependencies"].as_table().expect("a table").keys() {
            checked += 1;
            let word = name.replace('-', "_");
            let named = |code: &String| {
                code.match_indices(&word).any(|(at, _)| {
                    let before = code[..at].chars().next_back();
                    let is_word = |c: char| c.is_alphanumeric() || c == '_';
                    let after = &code[at + word.len()..];
                    !before.is_some_and(is_word)
                        && (after.starts_with("::") || after.starts_with(';'))
                })
            };
            if !code.iter().any(named) {
                idle.push(format!("{package}: {name}"));
            }
        }
    }
    assert!(checked > 30, "only {checked} dependencies checked");
    assert!(idle.is_empty(), "dependencies that nothing names: {idle:?}");
}

fn every_source(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("src can be read") {
        let path = entry.expect("entry can be read").path();
        if path.is_dir() {
            every_source(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

fn without_comments(text: &str) -> String {
    let lines = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}
