//! County Business Patterns: jobs by NAICS sector, for cells that the census of jobs withholds.

use model::units::SECTORS;

use super::File;
use super::qcew::NAICS;
use super::sheet::{Sheet, Trouble};

/// Private jobs by market sector, where every NAICS sector of it is published.
pub(super) fn read(
    file: &File,
    code: &str,
    told: &mut Vec<String>,
) -> Result<[Option<f64>; SECTORS], Trouble> {
    let sheet = Sheet::read(file, told)?;
    let (state, county) = (sheet.column(&["fipstate"])?, sheet.column(&["fipscty"])?);
    let (naics, jobs) = (sheet.column(&["naics"])?, sheet.column(&["emp"])?);
    let noise = sheet.column(&["emp_nf"]).ok();
    let cell =
        |row: &csv::StringRecord, at: usize| row.get(at).unwrap_or_default().trim().to_owned();
    let mut sums = [Some(0.0); SECTORS];
    let mut found = [0; SECTORS];
    let mut here = false;
    for row in &sheet.rows {
        let (_, cells) = row;
        if format!("{:0>2}{:0>3}", cell(cells, state), cell(cells, county)) != code {
            continue;
        }
        here = true;
        let wanted = cell(cells, naics);
        let two = wanted.trim_end_matches(['-', '/']);
        for s in 0..SECTORS {
            let is_of = |name: &&str| name.split('-').next() == Some(two);
            if two.len() > 2 || !NAICS[s].iter().any(is_of) {
                continue;
            }
            found[s] += 1;
            let withheld = matches!(cell(cells, jobs).as_str(), "N" | "D" | "S" | "")
                || noise.is_some_and(|at| matches!(cell(cells, at).as_str(), "D" | "S" | "N"));
            sums[s] = match (sums[s], withheld) {
                (Some(sum), false) => Some(sum + sheet.number(row, jobs, "emp")?),
                _ => None,
            };
        }
    }
    if !here {
        return Err(sheet.trouble(0, format!("the file has no rows of the county {code}")));
    }
    Ok(std::array::from_fn(|s| {
        sums[s].filter(|_| found[s] == NAICS[s].len())
    }))
}
