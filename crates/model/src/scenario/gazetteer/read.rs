//! Reading a table of places: CSV with the columns of `data/places/counties.csv`, by rows or by columns.

use std::collections::BTreeMap;

use super::area::{Area, AreaKind, BRACKETS, Figures, Sources};
use crate::units::{SECTOR_IDS, SECTORS};

/// What is wrong with a table of places.
#[derive(Clone, Debug, PartialEq)]
pub struct Damage {
    /// Line of the table, from 1; 0 if it is about the whole.
    pub line: usize,
    /// Column concerned; empty if it is about the whole row.
    pub column: String,
    /// What is wrong, in one sentence.
    pub message: String,
}

impl std::fmt::Display for Damage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.line > 0 {
            write!(f, "line {}: ", self.line)?;
        }
        f.write_str(&self.message)
    }
}

impl Damage {
    fn of_column(column: &str, message: String) -> Damage {
        let column = column.to_owned();
        Damage {
            line: 1,
            column,
            message,
        }
    }
}

/// Largest gap of the shares' sum from 1 that counts as rounding.
const SHARES_TOLERANCE: f64 = 0.005;

/// Columns by name, each with one text a place.
struct Columns(BTreeMap<String, Vec<String>>);

/// Reads a table of places from CSV, by rows or (the first cell being followed by codes) by columns.
///
/// # Errors
/// The first thing that is wrong: no CSV, a column that is missing, a cell that is no number, shares that do not sum
/// to 1.
pub fn read(text: &str) -> Result<Vec<Area>, Damage> {
    let columns = Columns::read(text)?;
    let rows = columns.0.values().map(Vec::len).max().unwrap_or(0);
    (0..rows).map(|row| columns.area(row)).collect()
}

impl Columns {
    fn read(text: &str) -> Result<Columns, Damage> {
        let text = text.trim_start_matches('\u{feff}');
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let mut lines = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| Damage {
                line: error.position().map_or(0, |p| p.line() as usize),
                column: String::new(),
                message: format!("this is not CSV: {error}"),
            })?;
            lines.push(record);
        }
        let Some(first) = lines.first() else {
            return Err(Damage {
                line: 0,
                column: String::new(),
                message: "the table is empty".to_owned(),
            });
        };
        let mut columns = BTreeMap::new();
        let by_columns = first
            .get(1)
            .is_some_and(|cell| cell.bytes().all(|b| b.is_ascii_digit()));
        if by_columns {
            for line in &lines {
                let name = line.get(0).unwrap_or_default().to_owned();
                columns.insert(name, line.iter().skip(1).map(str::to_owned).collect());
            }
            return Ok(Columns(columns));
        }
        let width = first.len();
        for (number, line) in lines.iter().enumerate() {
            if line.len() != width {
                let message = format!("{} cells where the heading has {width}", line.len());
                return Err(Damage {
                    line: number + 1,
                    column: String::new(),
                    message,
                });
            }
        }
        for (place, name) in first.iter().enumerate() {
            let cells = lines[1..]
                .iter()
                .map(|line| line[place].trim().to_owned())
                .collect();
            columns.insert(name.trim().to_owned(), cells);
        }
        Ok(Columns(columns))
    }

    fn text(&self, column: &str, row: usize) -> &str {
        self.0
            .get(column)
            .and_then(|cells| cells.get(row))
            .map_or("", String::as_str)
    }

    fn cells(&self, column: &str) -> Result<&Vec<String>, Damage> {
        self.0.get(column).ok_or_else(|| {
            let near =
                crate::scenario::suggest::did_you_mean(column, self.0.keys().map(String::as_str));
            let near = near.map_or(String::new(), |near| format!(" ({near})"));
            Damage::of_column(column, format!("the column `{column}` is missing{near}"))
        })
    }

    /// A number; NaN where the cell is empty.
    fn number(&self, column: &str, row: usize) -> Result<f64, Damage> {
        let cell = self.cells(column)?.get(row).map_or("", String::as_str);
        if cell.is_empty() {
            return Ok(f64::NAN);
        }
        let wrong = |why: &str| Damage {
            line: row + 2,
            column: column.to_owned(),
            message: format!("`{column}` is `{cell}`, {why}"),
        };
        match cell.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(number),
            _ => Err(wrong("which is not a number")),
        }
    }

    /// A number there must be, 0 or more.
    fn needed(&self, column: &str, row: usize) -> Result<f64, Damage> {
        let number = self.number(column, row)?;
        if number >= 0.0 {
            return Ok(number);
        }
        let message = if number < 0.0 {
            format!("`{column}` is {number}, below 0")
        } else {
            format!("`{column}` is empty")
        };
        Err(Damage {
            line: row + 2,
            column: column.to_owned(),
            message,
        })
    }

    fn area(&self, row: usize) -> Result<Area, Damage> {
        let code = self.text("fips", row).to_owned();
        let (name, state) = (self.text("name", row), self.text("state", row));
        let name = match state {
            "" => name.to_owned(),
            state => format!("{name}, {state}"),
        };
        self.cells("name")?;
        let is_county = code.len() == 5 && code.bytes().all(|b| b.is_ascii_digit());
        Ok(Area {
            key: code.clone(),
            name,
            kind: if is_county {
                AreaKind::County
            } else {
                AreaKind::Own
            },
            counties: vec![code],
            metro: self.text("cbsa", row).to_owned(),
            metro_name: self.text("cbsa_name", row).to_owned(),
            zone: self.text("cz", row).to_owned(),
            figures: self.figures(row)?,
            sources: sources(self.text("notes", row)),
            notes: self.text("notes", row).to_owned(),
        })
    }

    fn figures(&self, row: usize) -> Result<Figures, Damage> {
        let sector = |s: usize| if s < SECTORS { SECTOR_IDS[s] } else { "public" };
        let mut shares = [0.0; SECTORS + 1];
        let mut pay = [0.0; SECTORS + 1];
        let mut sizes = [0.0; SECTORS];
        for s in 0..=SECTORS {
            shares[s] = self.needed(&format!("share_{}", sector(s)), row)?;
            pay[s] = self.number(&format!("pay_{}", sector(s)), row)?;
            if s < SECTORS {
                sizes[s] = self.number(&format!("size_{}", sector(s)), row)?;
            }
        }
        let sum: f64 = shares.iter().sum();
        if (sum - 1.0).abs() > SHARES_TOLERANCE {
            return Err(Damage {
                line: row + 2,
                column: "share_*".to_owned(),
                message: format!("the twelve columns share_* sum to {sum:.3} instead of 1"),
            });
        }
        shares.iter_mut().for_each(|share| *share /= sum);
        let filled = self
            .text("filled", row)
            .bytes()
            .map(|b| b.saturating_sub(b'0'));
        let filled: Vec<u8> = filled.collect();
        let mut brackets = [f64::NAN; BRACKETS.len()];
        for (cell, bound) in brackets.iter_mut().zip(BRACKETS) {
            *cell = self.number(&format!("hh_{:.0}", bound / 1e3), row)?;
        }
        let population = self.needed("population", row)?;
        Ok(Figures {
            population,
            households: self.needed("households", row)?,
            labor_force: self.needed("labor_force", row)?,
            working_age: self.needed("share_16_64", row)?,
            older: self.needed("share_65", row)?,
            group_quarters: self.number("group_quarters_share", row)?.max(0.0),
            poverty150: self.number("poverty150", row)?,
            unemployment: self.needed("unemployment", row)?,
            median_income: self.number("median_household_income", row)?,
            mean_income: self.number("mean_household_income", row)?,
            brackets,
            net_migration: self.number("net_migration", row)?,
            jobs_per_employed: self.needed("jobs_per_employed_2016", row)?,
            jobs: self.needed("jobs_2016", row)?,
            shares,
            pay,
            pay_level: self.number("pay_level", row)?,
            sizes,
            filled: std::array::from_fn(|s| filled.get(s).copied().unwrap_or(0)),
            filled_share: self.number("filled_share", row)?.max(0.0),
        })
    }
}

/// Sources of a row, given its remarks: L stands for a labor force of 2019.
fn sources(notes: &str) -> Sources {
    let mut sources = Sources::default();
    if notes.contains('L') {
        sources.work = "LAUS 2019".to_owned();
    }
    sources
}
