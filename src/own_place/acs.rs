//! American Community Survey, tables DP03 and S1901 as data.census.gov writes them: codes in the first line, labels in
//! the second.

use model::scenario::gazetteer::{BRACKETS, Figures};

use super::File;
use super::sheet::{Sheet, Trouble, survey_number};

/// The row of a county: `GEO_ID` ends with its code.
fn row<'a>(sheet: &'a Sheet, code: &str) -> Result<&'a (usize, csv::StringRecord), Trouble> {
    let id = sheet.column(&["geo_id"])?;
    let wanted = format!("US{code}");
    let is_it = |(_, row): &&(usize, csv::StringRecord)| {
        row.get(id)
            .is_some_and(|cell| cell.trim().ends_with(&wanted))
    };
    sheet.rows.iter().find(is_it).ok_or_else(|| {
        sheet.trouble(
            0,
            format!("the file has no row of {code} (GEO_ID 0500000US{code})"),
        )
    })
}

fn cell(sheet: &Sheet, row: &(usize, csv::StringRecord), code: &str) -> Result<f64, Trouble> {
    let column = sheet.column(&[&code.to_lowercase()])?;
    let text = row.1.get(column).unwrap_or_default();
    survey_number(text).ok_or_else(|| {
        sheet.trouble(
            row.0,
            format!(
                "`{code}` is `{}`: the survey has no figure there",
                text.trim()
            ),
        )
    })
}

/// Mean and median household income, labor force and unemployment.
pub(super) fn read_dp03(
    file: &File,
    code: &str,
    figures: &mut Figures,
    told: &mut Vec<String>,
) -> Result<(), Trouble> {
    let sheet = Sheet::read(file, told)?;
    let row = row(&sheet, code)?;
    figures.median_income = cell(&sheet, row, "DP03_0062E")?;
    figures.mean_income = cell(&sheet, row, "DP03_0063E")?;
    Ok(())
}

/// Households by income, mean and median.
pub(super) fn read_s1901(
    file: &File,
    code: &str,
    figures: &mut Figures,
    told: &mut Vec<String>,
) -> Result<(), Trouble> {
    let sheet = Sheet::read(file, told)?;
    let row = row(&sheet, code)?;
    figures.households = cell(&sheet, row, "S1901_C01_001E")?;
    for bracket in 0..BRACKETS.len() {
        figures.brackets[bracket] = cell(&sheet, row, &format!("S1901_C01_{:03}E", bracket + 2))?;
    }
    let sum: f64 = figures.brackets.iter().sum();
    if (sum - 100.0).abs() > 1.5 {
        return Err(sheet.trouble(
            row.0,
            format!("households by income sum to {sum:.1}% instead of 100"),
        ));
    }
    figures.median_income = cell(&sheet, row, "S1901_C01_012E")?;
    figures.mean_income = cell(&sheet, row, "S1901_C01_013E")?;
    Ok(())
}
