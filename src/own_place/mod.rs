//! A place from files of one's own: public files of the statistical agencies of the United States, or a plain table.
//!
//! What the files say replaces what the program's table says of the place; what they do not say stays, if the place is
//! in the table. The result is a place like any other.

mod acs;
mod cbp;
mod laus;
mod qcew;
mod sheet;
#[cfg(test)]
mod tests;

use model::scenario::gazetteer::{Area, AreaKind, Gazetteer, read};
use model::units::SECTORS;

pub use sheet::Trouble;

/// One file: its name for messages, and its bytes.
#[derive(Clone, Debug)]
pub struct File {
    /// As it was named.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Files about one place.
#[derive(Clone, Debug, Default)]
pub struct Files {
    /// QCEW by area: jobs, pay and establishments by sector.
    pub qcew: Option<File>,
    /// County Business Patterns: jobs of sectors that QCEW does not publish.
    pub cbp: Option<File>,
    /// American Community Survey DP03: work and incomes.
    pub dp03: Option<File>,
    /// American Community Survey S1901: incomes.
    pub s1901: Option<File>,
    /// Local Area Unemployment Statistics.
    pub laus: Option<File>,
    /// A table with the columns of the program's own.
    pub table: Option<File>,
}

/// A place, and what was done to get it.
#[derive(Clone, Debug)]
pub struct Own {
    /// The place.
    pub area: Area,
    /// What its reader should be told.
    pub told: Vec<String>,
}

/// Reads the place of some files. `asked` names the area where a file holds several.
///
/// # Errors
/// The first thing that is wrong with a file, or that the files do not fit each other.
pub fn import(files: &Files, asked: Option<&str>, table: &Gazetteer) -> Result<Own, Trouble> {
    if let Some(file) = &files.table {
        return of_table(file, asked);
    }
    let Some(file) = &files.qcew else {
        return Err(Trouble::of(
            "",
            0,
            "jobs by sector are needed: name a file with --qcew or a table with --csv",
        ));
    };
    let mut told = Vec::new();
    let jobs = qcew::read(file, asked, &mut told)?;
    let code = jobs.area.clone();
    same_connecticut(files, &code)?;
    let mut own = start(&jobs, &code, table, file)?;
    let published = match &files.cbp {
        Some(file) => cbp::read(file, &code, &mut told)?,
        None => [None; SECTORS],
    };
    jobs.fill_figures(&published, &mut own.figures, &mut told, file)?;
    own.sources.jobs = format!("QCEW {}, own file", jobs.year);
    if let Some(file) = &files.laus {
        let work = laus::read(file, &code, &mut told)?;
        own.figures.labor_force = work.labor_force;
        own.figures.unemployment = work.unemployment;
        own.figures.jobs_per_employed = jobs.total / (work.labor_force * (1.0 - work.unemployment));
        own.sources.work = format!("LAUS {}, own file", work.year);
        if work.year != jobs.year {
            told.push(format!(
                "jobs are of {} and the labor force of {}",
                jobs.year, work.year
            ));
        }
    }
    if let Some(file) = &files.dp03 {
        acs::read_dp03(file, &code, &mut own.figures, &mut told)?;
        own.sources.incomes = "ACS DP03, own file".to_owned();
    }
    if let Some(file) = &files.s1901 {
        acs::read_s1901(file, &code, &mut own.figures, &mut told)?;
        own.sources.incomes = "ACS S1901, own file".to_owned();
    }
    Ok(Own { area: own, told })
}

/// The place as the program's table has it: what is no file's to say stays.
fn start(jobs: &qcew::Jobs, code: &str, table: &Gazetteer, file: &File) -> Result<Area, Trouble> {
    let known = table.find(code.trim_start_matches('C'));
    let mut area = known.map_err(|_| {
        let message = format!(
            "the area {code} ({}) is not in the program's table, which has people and households",
            jobs.title
        );
        Trouble::of(&file.name, 0, message).try_this(
            "give all figures in a table with --csv; docs/guide/places.md has its columns",
        )
    })?;
    area.kind = AreaKind::Own;
    area.notes = String::new();
    Ok(area)
}

/// Connecticut has planning regions in newer files and counties in older ones: they do not match.
fn same_connecticut(files: &Files, code: &str) -> Result<(), Trouble> {
    let is_region = |code: &str| code.len() == 5 && code.starts_with("091");
    let is_old = |code: &str| code.starts_with("090");
    for file in [&files.cbp, &files.dp03, &files.s1901, &files.laus]
        .into_iter()
        .flatten()
    {
        let text = String::from_utf8_lossy(&file.bytes);
        let holds = |wanted: &str| text.contains(wanted);
        let clash = (is_region(code) && !holds(code) && holds("0900"))
            || (is_old(code) && !holds(code) && holds("091"));
        if clash {
            let message = format!(
                "{code} is not in this file: Connecticut has planning regions (09110 to 09190) in newer files and counties (09001 to 09015) in older ones"
            );
            return Err(Trouble::of(&file.name, 0, message)
                .try_this("take files of one kind: of 2022 or later, or all of earlier years"));
        }
    }
    if is_old(code) {
        let message = format!(
            "{code} is an old county of Connecticut; the program's table has its planning regions (09110 to 09190)"
        );
        return Err(Trouble::of("", 0, message)
            .try_this("take a QCEW file of 2024 or later, or a table with --csv"));
    }
    Ok(())
}

fn of_table(file: &File, asked: Option<&str>) -> Result<Own, Trouble> {
    let mut told = Vec::new();
    let text = sheet::decode(file, &mut told)?;
    let areas =
        read(&text).map_err(|damage| Trouble::of(&file.name, damage.line, damage.message))?;
    let names: Vec<String> = areas.iter().map(|area| area.name.clone()).collect();
    let is_asked = |area: &Area| {
        asked.is_none_or(|asked| area.key == asked || area.name.eq_ignore_ascii_case(asked))
    };
    let mut found: Vec<Area> = areas.into_iter().filter(is_asked).collect();
    match found.len() {
        1 => {
            let mut area = found.remove(0);
            area.kind = AreaKind::Own;
            area.sources.all("own table");
            Ok(Own { area, told })
        }
        0 => Err(Trouble::of(
            &file.name,
            0,
            format!("no row is called `{}`", asked.unwrap_or_default()),
        )
        .try_this(format!("its rows: {}", sheet::listed(&names)))),
        many => Err(
            Trouble::of(&file.name, 0, format!("the table has {many} rows"))
                .try_this(format!("choose one with --area: {}", sheet::listed(&names))),
        ),
    }
}
