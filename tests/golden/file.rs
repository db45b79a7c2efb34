//! Digests of tables, and the text they are kept in.

use mainstreet::output::table::{ColumnData, Table};
use sha2::{Digest, Sha256};

use crate::headers::Headers;

/// All that is pinned.
#[derive(Clone, Debug, PartialEq)]
pub struct Golden {
    pub headers: Headers,
    pub scenarios: Vec<Scenario>,
}

/// The tables of one run.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    pub name: String,
    pub tables: Vec<Rows>,
}

/// One table: its rows grouped by the value of the first column.
#[derive(Clone, Debug, PartialEq)]
pub struct Rows {
    pub table: String,
    /// Name of the first column.
    pub key: String,
    /// Its values, each once, in the order of rows.
    pub groups: Vec<String>,
    pub columns: Vec<Column>,
}

/// One column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    pub name: String,
    /// Digest of all its values.
    pub whole: String,
    /// Two characters for the values of each group.
    pub parts: String,
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Digest of the whole file, as CHANGELOG.md quotes it.
pub fn digest_of(text: &str) -> String {
    hexadecimal(&Sha256::digest(text.as_bytes())[..8])
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The bytes of one value: those of the number, with one NaN, or of the word and its end.
fn feed(hash: &mut Sha256, data: &ColumnData, row: usize) {
    match data {
        ColumnData::F64(values) if values[row].is_nan() => {
            hash.update(f64::NAN.to_bits().to_le_bytes())
        }
        ColumnData::F64(values) => hash.update(values[row].to_bits().to_le_bytes()),
        ColumnData::I64(values) => hash.update(values[row].to_le_bytes()),
        ColumnData::U32(values) => hash.update(values[row].to_le_bytes()),
        ColumnData::Text(words) => {
            hash.update(words.get(row).expect("there is such a row").as_bytes());
            hash.update([0xff]);
        }
    }
}

fn value(data: &ColumnData, row: usize) -> String {
    match data {
        ColumnData::F64(values) => format!("{:?}", values[row]),
        ColumnData::I64(values) => values[row].to_string(),
        ColumnData::U32(values) => values[row].to_string(),
        ColumnData::Text(words) => words
            .get(row)
            .expect("there is such a row")
            .replace(' ', "_"),
    }
}

impl Rows {
    pub fn of(table: &Table) -> Rows {
        let key = &table.columns()[0];
        let mut groups: Vec<String> = Vec::new();
        let place: Vec<usize> = (0..table.rows())
            .map(|row| {
                let name = value(&key.data, row);
                let last = groups.len().wrapping_sub(1);
                if groups.last() == Some(&name) {
                    return last;
                }
                groups
                    .iter()
                    .position(|group| *group == name)
                    .unwrap_or_else(|| {
                        groups.push(name);
                        groups.len() - 1
                    })
            })
            .collect();
        let columns = table.columns().iter().map(|column| {
            let mut whole = Sha256::new();
            let mut parts = vec![Sha256::new(); groups.len()];
            for (row, &group) in place.iter().enumerate() {
                feed(&mut whole, &column.data, row);
                feed(&mut parts[group], &column.data, row);
            }
            Column {
                name: column.name.clone(),
                whole: hexadecimal(&whole.finalize()[..4]),
                parts: parts
                    .into_iter()
                    .map(|part| two_characters(&part.finalize()))
                    .collect(),
            }
        });
        Rows {
            table: table.name().to_owned(),
            key: key.name.clone(),
            columns: columns.collect(),
            groups,
        }
    }
}

fn two_characters(digest: &[u8]) -> String {
    let letter = |byte: u8| char::from(ALPHABET[usize::from(byte % 64)]);
    [letter(digest[0]), letter(digest[1])].iter().collect()
}

/// Values in a row, `0..29` if they are whole numbers that follow each other.
fn groups_text(groups: &[String]) -> String {
    let numbers: Option<Vec<i64>> = groups.iter().map(|group| group.parse().ok()).collect();
    match numbers.as_deref() {
        Some([first, .., last]) if groups.len() as i64 == last - first + 1 => {
            format!("{first}..{last}")
        }
        _ => groups.join(" "),
    }
}

fn groups_of(text: &str) -> Vec<String> {
    let ends = text
        .split_once("..")
        .map(|(first, last)| (first.parse::<i64>(), last.parse::<i64>()));
    match ends {
        Some((Ok(first), Ok(last))) => (first..=last).map(|number| number.to_string()).collect(),
        _ => text.split_whitespace().map(str::to_owned).collect(),
    }
}

const HEAD: &str = "\
# Digests of results: every table's header, then every column of every table of six small towns, a digest of all its
# values and two characters for each month (or other value of the table's first column).
# Written by `MAINSTREET_BLESS=1 cargo test --test golden`; never edited or merged by hand.
";

impl Golden {
    pub fn to_text(&self) -> String {
        let mut text = HEAD.to_owned();
        text.push_str(&self.headers.to_text());
        for scenario in &self.scenarios {
            text.push_str(&format!("\n== {}\n", scenario.name));
            for rows in &scenario.tables {
                let groups = groups_text(&rows.groups);
                text.push_str(format!("-- {} by {}: {groups}", rows.table, rows.key).trim_end());
                text.push('\n');
                for column in &rows.columns {
                    let line = format!("{} {} {}", column.name, column.whole, column.parts);
                    text.push_str(line.trim_end());
                    text.push('\n');
                }
            }
        }
        text
    }

    /// Reads what [`Golden::to_text`] wrote; `None` if it did not.
    pub fn parse(text: &str) -> Option<Golden> {
        let mut golden = Golden {
            headers: crate::headers::none(),
            scenarios: Vec::new(),
        };
        for line in text
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
        {
            if let Some(name) = line.strip_prefix("== ") {
                golden.scenarios.push(Scenario {
                    name: name.to_owned(),
                    tables: Vec::new(),
                });
            } else if golden.scenarios.is_empty() {
                golden.headers.read(line)?;
            } else if let Some(heading) = line.strip_prefix("-- ") {
                let (names, groups) = heading.split_once(':')?;
                let (table, key) = names.split_once(" by ")?;
                golden.scenarios.last_mut()?.tables.push(Rows {
                    table: table.to_owned(),
                    key: key.to_owned(),
                    groups: groups_of(groups.trim()),
                    columns: Vec::new(),
                });
            } else {
                let mut words = line.split(' ');
                let column = Column {
                    name: words.next()?.to_owned(),
                    whole: words.next()?.to_owned(),
                    parts: words.next().unwrap_or("").to_owned(),
                };
                golden
                    .scenarios
                    .last_mut()?
                    .tables
                    .last_mut()?
                    .columns
                    .push(column);
            }
        }
        Some(golden)
    }
}
