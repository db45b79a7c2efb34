//! Local Area Unemployment Statistics, annual averages by county: lines of columns set apart by `|` or by two spaces or
//! more (code, state, county, name, year, labor force, employed, unemployed, rate).

use super::File;
use super::sheet::{Trouble, decode};

/// Work of a county's residents.
#[derive(Clone, Copy, Debug)]
pub(super) struct Work {
    /// The year.
    pub year: u32,
    /// Residents who work or look for work.
    pub labor_force: f64,
    /// Unemployed over the labor force.
    pub unemployment: f64,
}

/// Reads a county's line.
pub(super) fn read(file: &File, code: &str, told: &mut Vec<String>) -> Result<Work, Trouble> {
    let text = decode(file, told)?;
    let (state, county) = code.split_at(2.min(code.len()));
    for (number, line) in text.lines().enumerate() {
        let cells: Vec<String> = if line.contains('|') {
            line.split('|').map(|cell| cell.trim().to_owned()).collect()
        } else {
            line.split("  ")
                .map(|cell| cell.trim().to_owned())
                .filter(|cell| !cell.is_empty())
                .collect()
        };
        if cells.len() < 8 || cells[1] != state || cells[2] != county {
            continue;
        }
        // The name may hold a comma and stand in one column or two: figures are counted from the end.
        let from_end = |place: usize| cells[cells.len() - place].replace(',', "");
        let figure = |place: usize, name: &str| -> Result<f64, Trouble> {
            from_end(place).parse().map_err(|_| {
                Trouble::of(
                    &file.name,
                    number + 1,
                    format!("the {name} is `{}`, which is not a number", from_end(place)),
                )
            })
        };
        let force = figure(4, "labor force")?;
        let unemployed = figure(2, "number of unemployed")?;
        let year: u32 = from_end(5).parse().unwrap_or(0);
        if !(1990..2100).contains(&year) {
            return Err(Trouble::of(
                &file.name,
                number + 1,
                format!("`{}` is no year", from_end(5)),
            )
            .try_this("take LAUS annual averages by county"));
        }
        if force <= 0.0 || unemployed > force {
            return Err(Trouble::of(
                &file.name,
                number + 1,
                "there are more unemployed than people in the labor force",
            ));
        }
        return Ok(Work {
            year,
            labor_force: force,
            unemployment: unemployed / force,
        });
    }
    Err(Trouble::of(
        &file.name,
        0,
        format!("the file has no line of the county {code}"),
    ))
}
