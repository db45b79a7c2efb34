//! Who writes what: every column of the town is looked at after each phase of the month, and docs/model/WRITES.md holds
//! which phases were seen to change it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};

use mainstreet::month::{self, Scratch};
use mainstreet::rng::Draws;
use mainstreet::run::build_town;
use mainstreet::town::Town;
use serde_json::Value;

use crate::scenarios;

/// Columns by name, each with a digest of its values.
type Columns = BTreeMap<String, u64>;

/// Phases in the order of the month, and the columns each was seen to change.
#[derive(Default)]
struct Writes {
    phases: Vec<String>,
    columns: BTreeSet<String>,
    seen: BTreeSet<(String, String)>,
}

fn columns(town: &Town) -> Columns {
    let town = serde_json::to_value(town).expect("a town is plain data");
    let mut hashers = BTreeMap::new();
    walk("", &town, &mut hashers);
    let finish = |(name, hasher): (String, DefaultHasher)| (name, hasher.finish());
    hashers.into_iter().map(finish).collect()
}

/// Feeds each number and word to the digest of its column: fields by name, rows of a list all to one.
fn walk(path: &str, value: &Value, hashers: &mut BTreeMap<String, DefaultHasher>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                let deeper = match path {
                    "" => key.clone(),
                    _ => format!("{path}.{key}"),
                };
                walk(&deeper, value, hashers);
            }
        }
        Value::Array(items) if items.iter().any(|item| !item.is_number()) => {
            let hasher = hashers.entry(path.to_owned()).or_default();
            items.len().hash(hasher);
            items.iter().for_each(|item| walk(path, item, hashers));
        }
        Value::Array(numbers) => {
            let hasher = hashers.entry(path.to_owned()).or_default();
            numbers.iter().for_each(|number| feed(number, hasher));
        }
        other => feed(other, hashers.entry(path.to_owned()).or_default()),
    }
}

fn feed(value: &Value, hasher: &mut DefaultHasher) {
    match value {
        Value::Number(number) => match (number.as_i64(), number.as_u64(), number.as_f64()) {
            (Some(whole), ..) => whole.hash(hasher),
            (_, Some(whole), _) => whole.hash(hasher),
            (.., real) => real.map(f64::to_bits).hash(hasher),
        },
        Value::Bool(yes) => yes.hash(hasher),
        Value::String(word) => word.hash(hasher),
        // An empty option, or a number that is none.
        _ => u8::MAX.hash(hasher),
    }
}

impl Writes {
    /// Lives some months of a scenario and looks at the town after each phase.
    fn watch(&mut self, scenario: &str, changes: &[&str], months: u32) {
        let p = scenarios::parameters(scenario, changes);
        let mut town = build_town(&p, Draws::new(p.run.seed, 0)).expect("the town closes");
        let mut scratch = Scratch::default();
        let mut before = columns(&town);
        for _ in 0..months {
            let advanced =
                month::advance_watched(&mut town, &p, &mut scratch, &mut |phase, town| {
                    let now = columns(town);
                    if !self.phases.iter().any(|known| known == phase) {
                        self.phases.push(phase.to_owned());
                    }
                    for (column, digest) in &now {
                        self.columns.insert(column.clone());
                        if before.get(column) != Some(digest) {
                            self.seen.insert((column.clone(), phase.to_owned()));
                        }
                    }
                    before = now;
                });
            advanced.expect("the accounts close");
            before = columns(&town);
        }
    }

    fn cell(&self, column: &str, phase: &str) -> bool {
        self.seen.contains(&(column.to_owned(), phase.to_owned()))
    }

    fn to_text(&self) -> String {
        let mut text = HEAD.to_owned();
        let table = |column: &str| column.split('.').next().unwrap_or("").to_owned();
        let tables: BTreeSet<String> = self.columns.iter().map(|c| table(c)).collect();
        for name in tables {
            let rows: Vec<&String> = self.columns.iter().filter(|c| table(c) == name).collect();
            let (moving, still): (Vec<&String>, Vec<&String>) = rows
                .into_iter()
                .partition(|column| self.phases.iter().any(|phase| self.cell(column, phase)));
            let _ = writeln!(text, "\n## {name}");
            if !moving.is_empty() {
                let _ = writeln!(text, "\n| column | {} |", self.phases.join(" | "));
                let _ = writeln!(text, "|---|{}", ":-:|".repeat(self.phases.len()));
            }
            for column in moving {
                let cell = |phase| {
                    if self.cell(column, phase) {
                        " ● |"
                    } else {
                        "  |"
                    }
                };
                let cells: String = self.phases.iter().map(|phase| cell(phase)).collect();
                let _ = writeln!(text, "| `{column}` |{cells}");
            }
            if !still.is_empty() {
                let names: Vec<String> = still.iter().map(|name| format!("`{name}`")).collect();
                let _ = writeln!(text, "\nNot seen to change: {}.", names.join(", "));
            }
        }
        text
    }

    /// Reads what [`Writes::to_text`] wrote.
    fn parse(text: &str) -> Writes {
        let mut writes = Writes::default();
        for line in text.lines() {
            let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            if line.starts_with("| column |") {
                writes.phases = cells[1..].iter().map(|&phase| phase.to_owned()).collect();
            } else if line.starts_with("| `") {
                let column = cells[0].trim_matches('`').to_owned();
                for (phase, cell) in writes.phases.iter().zip(&cells[1..]) {
                    if *cell == "●" {
                        writes.seen.insert((column.clone(), phase.clone()));
                    }
                }
                writes.columns.insert(column);
            } else if let Some(names) = line.strip_prefix("Not seen to change: ") {
                let names = names.trim_end_matches('.').split(", ");
                writes
                    .columns
                    .extend(names.map(|name| name.trim_matches('`').to_owned()));
            }
        }
        writes
    }
}

const HEAD: &str = "\
# Who writes what

Every column of the town, and the phases of the month (docs/MODEL.md) that change it. Measured: a test looks at all
columns after each phase, in small towns with every policy and shock, and fails when a phase writes a column that this
page does not say it writes. A phase may write and leave the same value; only changes are seen.

Written by `MAINSTREET_BLESS=1 cargo test --test golden`, together with the digests of results.
";

#[test]
fn phases_write_what_the_page_says() {
    let mut writes = Writes::default();
    let small = ["town.residents=1000"];
    let blesses = std::env::var_os(crate::BLESS).is_some();
    // The page is written from more months than it is held against, so that it names rare writes too.
    let (scenarios, months): (&[&str], u32) = match blesses {
        true => (&["plain", "shocks", "people", "business"], 30),
        false => (&["shocks", "people", "business"], 14),
    };
    for scenario in scenarios {
        writes.watch(scenario, &small, months);
    }
    let path = crate::root().join("docs/model/WRITES.md");
    if blesses {
        fs::write(&path, writes.to_text()).expect("the page can be written");
    }
    let page = Writes::parse(&fs::read_to_string(&path).expect("docs/model/WRITES.md"));
    let bless = format!("run `{}=1 cargo test --test golden`", crate::BLESS);
    assert_eq!(
        page.phases, writes.phases,
        "the month has other phases: {bless}"
    );
    // Columns that only the longer months of the page fill are on the page alone.
    let unknown: Vec<&String> = writes.columns.difference(&page.columns).collect();
    assert!(
        unknown.is_empty(),
        "the town has columns that the page does not name ({bless}): {unknown:?}"
    );
    let new: Vec<String> = (writes.seen.difference(&page.seen))
        .map(|(column, phase)| format!("{phase}: {column}"))
        .collect();
    // Rare writes that these months happen not to hold stay on the page.
    assert!(
        new.is_empty(),
        "phases that write columns docs/model/WRITES.md does not name ({bless} if that is meant):\n{}",
        new.join("\n")
    );
}
