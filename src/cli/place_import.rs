//! `mainstreet place import`: a scenario of a place from files of one's own.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use mainstreet::output::write::{IfExists, write_whole};
use mainstreet::own_place::{File, Files, Own, Trouble, import};
use mainstreet::places::gazetteer;
use mainstreet::scenario::gazetteer::PlaceLayer;

use super::failure::Failure;
use super::{Global, say};

/// What to do with places.
#[derive(Args)]
pub struct PlaceArgs {
    #[command(subcommand)]
    command: PlaceCommand,
}

#[derive(Subcommand)]
enum PlaceCommand {
    /// Make a scenario of a place from public files or a table of one's own (docs/guide/places.md).
    Import(ImportArgs),
}

/// Files about one place.
#[derive(Args)]
struct ImportArgs {
    /// QCEW annual averages by area (CSV of the Bureau of Labor Statistics): jobs and pay by sector.
    #[arg(long, value_name = "FILE", required_unless_present = "csv")]
    qcew: Option<PathBuf>,
    /// County Business Patterns (CSV): jobs of sectors that QCEW withholds.
    #[arg(long, value_name = "FILE", requires = "qcew")]
    cbp: Option<PathBuf>,
    /// American Community Survey DP03 (CSV of data.census.gov): mean and median household income.
    #[arg(long, value_name = "FILE", requires = "qcew")]
    dp03: Option<PathBuf>,
    /// American Community Survey S1901 (CSV of data.census.gov): households by income.
    #[arg(long, value_name = "FILE", requires = "qcew")]
    s1901: Option<PathBuf>,
    /// Local Area Unemployment Statistics, annual averages by county (text): labor force, unemployment.
    #[arg(long, value_name = "FILE", requires = "qcew")]
    laus: Option<PathBuf>,
    /// A table with the columns of data/places/counties.csv, for any country.
    #[arg(long, value_name = "FILE", conflicts_with = "qcew")]
    csv: Option<PathBuf>,
    /// Which area of the file, by its code (or, in a table, its name).
    #[arg(long, value_name = "CODE")]
    area: Option<String>,
    /// Scenario file to write; it must not exist.
    #[arg(short, long, value_name = "FILE")]
    out: PathBuf,
}

/// Makes a scenario of a place.
pub fn place(args: &PlaceArgs, global: &Global) -> Result<(), Failure> {
    let PlaceCommand::Import(args) = &args.command;
    let files = Files {
        qcew: file(args.qcew.as_ref())?,
        cbp: file(args.cbp.as_ref())?,
        dp03: file(args.dp03.as_ref())?,
        s1901: file(args.s1901.as_ref())?,
        laus: file(args.laus.as_ref())?,
        table: file(args.csv.as_ref())?,
    };
    let wrong = |trouble: Trouble| Failure::usage(trouble.to_string());
    let own = import(&files, args.area.as_deref(), gazetteer()).map_err(wrong)?;
    let text = scenario_text(&own, args);
    write_whole(&args.out, IfExists::Refuse, |out| {
        std::io::Write::write_all(out, text.as_bytes())
    })?;
    for told in &own.told {
        say(global, told);
    }
    say(
        global,
        &format!(
            "{}: mainstreet run {1}, or first mainstreet check {1}",
            own.area.name,
            args.out.display()
        ),
    );
    Ok(())
}

/// A file's bytes. Files of these kinds are at most some hundred megabytes.
fn file(path: Option<&PathBuf>) -> Result<Option<File>, Failure> {
    let Some(path) = path else { return Ok(None) };
    let name = path.display().to_string();
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(File { name, bytes })),
        Err(error) => Err(Failure::files(format!("cannot read {name}: {error}"))),
    }
}

/// The place as a scenario file.
fn scenario_text(own: &Own, args: &ImportArgs) -> String {
    let layer = PlaceLayer::of(&own.area, gazetteer());
    let stem = args.out.file_stem().unwrap_or_default().to_string_lossy();
    let mut text = String::from(
        "# A place from files of one's own: what they say of each parameter stands after it.\n\
         # Not a forecast. What stays national: prices, technology, inputs, occupations in each sector, taxes, benefits.\n",
    );
    for told in own.told.iter().chain(&layer.told) {
        text.push_str(&format!("# {told}\n"));
    }
    text.push_str(&super::scenario::file_head(&stem, &own.area.name));
    text.push_str(&layer.text);
    text
}
