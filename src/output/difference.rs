//! The first cell in which two result files differ.

use std::fmt;
use std::fs;
use std::io;
use std::path::Path;

/// Where two files differ first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// A cell of a table.
    Cell {
        /// Line in the file, from 1; the header is line 1.
        line: u64,
        /// Name of the column.
        column: String,
        /// What the first file has there.
        first: String,
        /// What the second file has there.
        second: String,
    },
    /// One table ends before the other.
    Rows {
        /// Rows of the first table.
        first: u64,
        /// Rows of the second table.
        second: u64,
    },
    /// A byte, in files that are no tables or not laid out alike.
    Byte {
        /// Place of the byte, from 0.
        at: usize,
    },
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Difference::Cell {
                line,
                column,
                first,
                second,
            } => write!(f, "line {line}, column {column}: {first} against {second}"),
            Difference::Rows { first, second } => write!(f, "{first} rows against {second}"),
            Difference::Byte { at } => write!(f, "byte {at}"),
        }
    }
}

/// Compares two files byte by byte; tables in CSV are reported by cell.
///
/// # Errors
/// If one cannot be read.
pub fn first_difference(first: &Path, second: &Path) -> io::Result<Option<Difference>> {
    let (a, b) = (fs::read(first)?, fs::read(second)?);
    if a == b {
        return Ok(None);
    }
    if first.extension().is_some_and(|ending| ending == "csv")
        && let Some(difference) = first_cell(&a, &b)
    {
        return Ok(Some(difference));
    }
    let same = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    Ok(Some(Difference::Byte { at: same }))
}

/// The first differing cell of two tables; nothing if both have the same cells, or are not tables.
fn first_cell(first: &[u8], second: &[u8]) -> Option<Difference> {
    let read = |bytes| {
        csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(bytes)
            .into_records()
    };
    let (mut left, mut right) = (read(first), read(second));
    let mut header: Option<csv::StringRecord> = None;
    for line in 1.. {
        let (a, b) = match (left.next(), right.next()) {
            (None, None) => return None,
            (Some(a), Some(b)) => (a.ok()?, b.ok()?),
            (a, b) => {
                // The header is no row.
                let rows = line - 2;
                return Some(Difference::Rows {
                    first: rows + a.map_or(0, |_| 1 + left.count() as u64),
                    second: rows + b.map_or(0, |_| 1 + right.count() as u64),
                });
            }
        };
        for place in 0..a.len().max(b.len()) {
            let (x, y) = (a.get(place).unwrap_or(""), b.get(place).unwrap_or(""));
            if x != y {
                let name = header.as_ref().and_then(|names| names.get(place));
                return Some(Difference::Cell {
                    line,
                    column: name.map_or_else(|| (place + 1).to_string(), str::to_owned),
                    first: x.to_owned(),
                    second: y.to_owned(),
                });
            }
        }
        header.get_or_insert(a);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(first: &str, second: &str, name: &str) -> Option<Difference> {
        let scratch = tempfile::tempdir().expect("a scratch folder");
        let paths = [first, second].map(|content| {
            let folder = scratch.path().join(format!("{}", content.len()));
            fs::create_dir_all(&folder).expect("writable");
            let path = folder.join(name);
            // Equal lengths share a folder, so names must differ.
            let path = if path.exists() {
                folder.join(format!("again-{name}"))
            } else {
                path
            };
            fs::write(&path, content).expect("writable");
            path
        });
        first_difference(&paths[0], &paths[1]).expect("both are there")
    }

    #[test]
    fn the_first_differing_cell_is_named() {
        let found = between(
            "month,wage\n0,1.5\n1,2.5\n",
            "month,wage\n0,1.5\n1,2.25\n",
            "t.csv",
        );
        let text = found.expect("they differ").to_string();
        assert_eq!(text, "line 3, column wage: 2.5 against 2.25");
        assert_eq!(between("a\n1\n", "a\n1\n", "t.csv"), None);
        let found = between("a\n1\n", "a\n1\n2\n3\n", "t.csv");
        assert_eq!(
            found,
            Some(Difference::Rows {
                first: 1,
                second: 3
            })
        );
        let found = between("a\n1\n", "b\n1\n", "t.csv");
        assert!(matches!(found, Some(Difference::Cell { line: 1, .. })));
    }

    #[test]
    fn other_files_differ_by_byte() {
        assert_eq!(
            between("abc", "abd", "t.svg"),
            Some(Difference::Byte { at: 2 })
        );
        assert_eq!(
            between("a\n1\n", "a\r\n1\r\n", "t.csv"),
            Some(Difference::Byte { at: 1 })
        );
    }
}
