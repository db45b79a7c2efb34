//! The documents: every page is in the table of contents, links lead somewhere, the scenario reference is what the
//! registry says, and commands and parameters named in them exist.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::process::Command;

use mainstreet::indicators::MonthIndicators;
use mainstreet::scenario::{LIBRARY, POLICIES, Registry, Source, load, reference};
use mainstreet::town::ledger::Flow;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every Markdown file below a folder, by its path from there.
fn pages(folder: &Path) -> BTreeSet<PathBuf> {
    fn walk(root: &Path, folder: &Path, found: &mut BTreeSet<PathBuf>) {
        for entry in fs::read_dir(folder).expect("docs can be read") {
            let path = entry.expect("entry can be read").path();
            if path.is_dir() {
                walk(root, &path, found);
            } else if path.extension().is_some_and(|ending| ending == "md") {
                found.insert(path.strip_prefix(root).expect("below docs").to_owned());
            }
        }
    }
    let mut found = BTreeSet::new();
    walk(folder, folder, &mut found);
    found
}

/// A text's lines outside and inside blocks of code.
fn split_code(text: &str) -> (Vec<&str>, Vec<&str>) {
    let (mut prose, mut code) = (Vec::new(), Vec::new());
    let mut is_fenced = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            is_fenced = !is_fenced;
        } else if is_fenced || line.starts_with("    ") {
            code.push(line);
        } else {
            prose.push(line);
        }
    }
    (prose, code)
}

/// Targets of the links in a text.
fn links(text: &str) -> Vec<String> {
    let (prose, _) = split_code(text);
    let prose = prose.join("\n");
    let pieces = prose.split("](").skip(1);
    let targets = pieces.filter_map(|piece| piece.split_once(')').map(|(target, _)| target));
    targets.map(str::to_owned).collect()
}

/// The anchors of a page's headings, made as GitHub and mdBook make them.
fn anchors(text: &str) -> BTreeSet<String> {
    let (prose, _) = split_code(text);
    let headings = prose.into_iter().filter(|line| line.starts_with('#'));
    headings
        .map(|line| {
            let words = line.trim_start_matches('#').trim().to_lowercase();
            let kept = words
                .chars()
                .filter(|c| c.is_alphanumeric() || " -_".contains(*c));
            kept.map(|c| if c == ' ' { '-' } else { c }).collect()
        })
        .collect()
}

/// A path without `.` and `..`.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                plain.pop();
            }
            Component::CurDir => {}
            other => plain.push(other),
        }
    }
    plain
}

#[test]
fn every_page_is_in_the_table_of_contents_once() {
    let docs = root().join("docs");
    let listed: Vec<PathBuf> = links(&read(&docs.join("SUMMARY.md")))
        .into_iter()
        .map(PathBuf::from)
        .collect();
    let set: BTreeSet<PathBuf> = listed.iter().cloned().collect();
    assert_eq!(set.len(), listed.len(), "a page is listed twice");
    let mut there = pages(&docs);
    there.remove(Path::new("SUMMARY.md"));
    let missing: Vec<_> = there.difference(&set).collect();
    assert!(missing.is_empty(), "not in docs/SUMMARY.md: {missing:?}");
    let gone: Vec<_> = set.difference(&there).collect();
    assert!(
        gone.is_empty(),
        "in docs/SUMMARY.md, but not there: {gone:?}"
    );
}

#[test]
fn links_lead_somewhere() {
    let root = root();
    let mut from: Vec<PathBuf> = pages(&root.join("docs"))
        .into_iter()
        .map(|page| Path::new("docs").join(page))
        .collect();
    from.push(PathBuf::from("README.md"));
    let mut broken = Vec::new();
    let mut checked = 0;
    for page in from {
        let text = read(&root.join(&page));
        for link in links(&text) {
            if link.contains("://") || link.starts_with("mailto:") {
                continue;
            }
            checked += 1;
            let (file, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let target = match file {
                "" => page.clone(),
                file => plain(&page.parent().expect("a folder").join(file)),
            };
            let there = root.join(&target);
            if !there.exists() {
                broken.push(format!("{} → {link}", page.display()));
            } else if !anchor.is_empty() && !anchors(&read(&there)).contains(anchor) {
                broken.push(format!("{} → {link}: no such heading", page.display()));
            }
        }
    }
    assert!(checked > 30, "only {checked} links checked");
    assert!(broken.is_empty(), "broken links:\n{}", broken.join("\n"));
}

#[test]
fn the_gallery_shows_every_picture_with_words_for_those_who_cannot_see_it() {
    let text = read(&root().join("docs/GALLERY.md"));
    let script = read(&root().join("docs/gallery.sh"));
    let shown: BTreeSet<String> = (links(&text).iter())
        .filter_map(|link| link.strip_prefix("../output/gallery/").map(str::to_owned))
        .collect();
    let there: BTreeSet<String> = fs::read_dir(root().join("output/gallery"))
        .expect("there is a gallery")
        .map(|entry| entry.expect("it can be read").file_name())
        .map(|name| name.to_string_lossy().into_owned())
        .collect();
    assert!(there.len() >= 12, "{there:?}");
    assert_eq!(shown, there);
    for name in &there {
        let bytes = fs::metadata(root().join("output/gallery").join(name))
            .expect("it is there")
            .len();
        assert!(bytes < 220_000, "{name} has {bytes} bytes");
        let chart = name.trim_end_matches(".png");
        assert!(
            script.split_whitespace().any(|word| word == chart),
            "docs/gallery.sh does not make {name}"
        );
    }
    for words in text.split("![").skip(1) {
        let alt = words.split("](").next().unwrap_or_default();
        assert!(alt.len() > 40, "too few words: {alt}");
    }
}

/// The indicators as a page.
fn indicators() -> String {
    let mut text = String::from(
        "# Indicators\n\nThe columns of `indicators.csv`, one row a month. Shares and rates lie between 0 and 1; a \
         number that does not exist in a month is an empty field. `columns.csv` in each folder of results says the \
         same of every table.\n",
    );
    let mut group = "";
    for definition in MonthIndicators::definitions() {
        if definition.group != group {
            group = definition.group;
            text.push_str(&format!(
                "\n## {group}\n\n| column | unit | meaning |\n|---|---|---|\n"
            ));
        }
        let meaning = definition
            .full_text()
            .replace('|', "\\|")
            .replace('*', "\\*");
        text.push_str(&format!(
            "| `{}` | {} | {meaning} |\n",
            definition.name, definition.unit
        ));
    }
    text
}

#[test]
fn the_reference_is_what_the_registry_says() {
    let folder = root().join("docs/reference");
    let mut wanted: Vec<(String, String)> = reference()
        .into_iter()
        .map(|page| {
            (
                format!("{}.md", page.name),
                format!("{}\n", page.text.trim_end()),
            )
        })
        .collect();
    assert!(wanted.len() > 10, "only {} pages", wanted.len());
    wanted.push(("indicators.md".to_owned(), indicators()));
    if std::env::var_os("UPDATE_REFERENCE").is_some() {
        for (name, text) in &wanted {
            fs::write(folder.join(name), text).expect("the reference can be written");
        }
    }
    let stale: Vec<&str> = wanted
        .iter()
        .filter(|(name, text)| fs::read_to_string(folder.join(name)).ok().as_ref() != Some(text))
        .map(|(name, _)| name.as_str())
        .collect();
    assert!(
        stale.is_empty(),
        "docs/reference is behind the registry ({stale:?}): UPDATE_REFERENCE=1 cargo test --test docs"
    );
    let known: BTreeSet<PathBuf> = wanted.iter().map(|(name, _)| PathBuf::from(name)).collect();
    let mut there = pages(&folder);
    there.remove(Path::new("README.md"));
    let left: Vec<_> = there.difference(&known).collect();
    assert!(left.is_empty(), "no longer a part of a scenario: {left:?}");
}

/// Words of the commands in a text that begin with `mainstreet`.
fn commands(text: &str) -> Vec<Vec<String>> {
    let (prose, code) = split_code(text);
    let prose = prose.join(" ");
    let inline = prose.split('`').skip(1).step_by(2);
    let code = code.join("\n").replace("\\\n", " ");
    let all = inline.chain(code.lines()).map(str::trim);
    all.filter_map(|line| line.strip_prefix("mainstreet "))
        .map(|line| {
            let line = line.split(" #").next().unwrap_or(line);
            line.split_whitespace().map(str::to_owned).collect()
        })
        .collect()
}

/// Whether a scenario, table or policy has a key of this path.
fn is_key(path: &str) -> bool {
    let registry = Registry::embedded();
    let below = format!("{path}.");
    let mut parameters = registry.parameters().iter();
    let family = path.split('.').next().unwrap_or_default();
    let member = path.split('.').nth(1).unwrap_or_default();
    registry.parameter(path).is_some()
        || parameters.any(|p| p.path.starts_with(&below) || p.name() == path)
        || (path.matches('.').count() == 1 && registry.members(family).iter().any(|m| m == member))
        || registry
            .policy_kinds()
            .contains(&path.trim_start_matches("policies."))
        || path == POLICIES
}

#[test]
fn commands_in_the_course_and_the_guide_exist() {
    let docs = root().join("docs");
    let help = Command::new(env!("CARGO_BIN_EXE_mainstreet"))
        .arg("help")
        .output();
    let help = String::from_utf8(help.expect("the program starts").stdout).expect("text");
    let known: BTreeSet<&str> = help
        .lines()
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert!(
        known.contains("run") && known.contains("explore"),
        "{known:?}"
    );
    let mut wrong = Vec::new();
    let mut checked = 0;
    for folder in ["course", "guide"] {
        for page in pages(&docs.join(folder)) {
            for words in commands(&read(&docs.join(folder).join(&page))) {
                checked += 1;
                let mut say = |what: &str| {
                    wrong.push(format!(
                        "{folder}/{}: {what} in `{}`",
                        page.display(),
                        words.join(" ")
                    ));
                };
                let Some(command) = words.first() else {
                    continue;
                };
                if !known.contains(command.as_str()) {
                    say("no such subcommand");
                }
                for pair in words.windows(2).filter(|pair| pair[0] == "--set") {
                    let key = pair[1]
                        .trim_matches('\'')
                        .split('=')
                        .next()
                        .unwrap_or_default();
                    if !is_key(key) {
                        say(&format!("no parameter {key}"));
                    }
                }
                let names = words[1..].iter().filter(|word| {
                    command == "compare" && word.chars().all(|c| c.is_ascii_lowercase() || c == '-')
                });
                for name in names.filter(|name| !name.starts_with('-')) {
                    if LIBRARY.scenario(name).is_none() {
                        say(&format!("no scenario {name}"));
                    }
                }
            }
        }
    }
    assert!(checked > 20, "only {checked} commands checked");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn parameters_and_files_named_in_the_course_and_the_guide_exist() {
    let docs = root().join("docs");
    let parts: BTreeSet<&str> = Registry::embedded()
        .parameters()
        .iter()
        .filter_map(|p| p.path.split('.').next())
        .collect();
    let mut wrong = Vec::new();
    let mut checked = 0;
    for page in pages(&docs.join("course"))
        .into_iter()
        .map(|p| Path::new("course").join(p))
    {
        let text = read(&docs.join(&page));
        let (prose, _) = split_code(&text);
        let prose = prose.join(" ");
        for word in prose.split('`').skip(1).step_by(2) {
            let path = word.split('=').next().unwrap_or_default().trim();
            let first = path.split('.').next().unwrap_or_default();
            let is_path = path.contains('.')
                && path
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || "._".contains(c));
            let is_file = path.ends_with(".csv");
            if is_path && !is_file && parts.contains(first) {
                checked += 1;
                if !is_key(path) {
                    wrong.push(format!("{}: no parameter {path}", page.display()));
                }
            }
        }
    }
    assert!(checked >= 5, "only {checked} parameters checked");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let folder = docs.join("course/scenarios");
    let files: Vec<_> = fs::read_dir(folder).expect("there are scenarios").collect();
    assert!(files.len() >= 5);
    for file in files {
        let path = file.expect("it can be read").path();
        let loaded = load(&Source::Path(path.clone()), &[]);
        assert!(loaded.is_ok(), "{}: {:?}", path.display(), loaded.err());
    }
}

/// Every `` `section.key` [value] `` of the documents: the place, the key, and the value as written.
fn stated_defaults() -> Vec<(String, String, String)> {
    let mut found = Vec::new();
    for page in pages(&root().join("docs")) {
        let text = read(&root().join("docs").join(&page));
        for (before, after) in text.match_indices("` [").map(|(at, _)| text.split_at(at)) {
            let key = before.rsplit('`').next().unwrap_or_default();
            let value = after[3..].split(']').next().unwrap_or_default();
            found.push((page.display().to_string(), key.to_owned(), value.to_owned()));
        }
    }
    found
}

#[test]
fn defaults_in_the_documents_are_those_of_the_registry() {
    let loaded = load(&Source::Embedded("baseline".to_owned()), &[]).expect("it is ours");
    let value_of = |key: &str| {
        let mut value = toml::Value::Table(loaded.values.clone());
        for part in key.split('.') {
            value = value.get(part)?.clone();
        }
        value
            .as_float()
            .or_else(|| value.as_integer().map(|number| number as f64))
    };
    let (mut held, mut wrong) = (0, Vec::new());
    for (page, key, written) in stated_defaults() {
        let number = written.replace(',', "").parse::<f64>();
        if let (Ok(number), Some(value)) = (number, value_of(&key)) {
            held += 1;
            if (number - value).abs() > 1e-9 * value.abs().max(1.0) {
                wrong.push(format!("{page}: `{key}` [{written}] is {value}"));
            }
        }
    }
    assert!(held > 100, "only {held} defaults are stated");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_page_on_accounts_names_every_flow_with_payer_and_payee() {
    let page = read(&root().join("docs/model/ACCOUNTS.md"));
    let written: BTreeSet<String> = page
        .lines()
        .filter(|line| line.starts_with("| `"))
        .map(|line| {
            line.splitn(5, " | ")
                .take(3)
                .collect::<Vec<_>>()
                .join(" | ")
        })
        .collect();
    let words = |text: &str| text.replace('_', " ");
    let flows: BTreeSet<String> = Flow::ALL
        .iter()
        .map(|flow| {
            let (payer, payee) = (flow.from().name(), flow.to().name());
            format!("| `{}` | {} | {}", flow.name(), words(payer), words(payee))
        })
        .collect();
    assert_eq!(written, flows, "docs/model/ACCOUNTS.md and the ledger");
}

#[test]
fn the_table_of_validation_has_a_row_for_every_target() {
    let page = read(&root().join("docs/MODEL.md"));
    let targets = read(&root().join("scenarios/targets.toml"));
    let ids = targets
        .lines()
        .filter_map(|line| line.strip_prefix("id = \"")?.strip_suffix('"'));
    for id in ids {
        assert!(page.contains(&format!("| `{id}` |")), "no row for {id}");
    }
}
