//! `mainstreet places`: real places by name.

use clap::Args;
use mainstreet::places::gazetteer;
use mainstreet::scenario::gazetteer::{Area, AreaKind};

use super::failure::Failure;
use super::print;

/// A name or the beginning of one.
#[derive(Args)]
pub struct PlacesArgs {
    /// Name, state or code, such as decatur, "macon il", "decatur metro", "springfield zone" or 17115.
    name: Vec<String>,
}

/// Lists places.
pub fn places(args: &PlacesArgs) -> Result<(), Failure> {
    let asked = args.name.join(" ");
    let table = gazetteer();
    let found = match asked.contains('+') {
        true => table.find(&asked).map(|area| vec![area]),
        false => Ok(table.matches(&asked)),
    };
    let found = found.unwrap_or_default();
    if found.is_empty() {
        let none = table.find(&asked).err();
        let text = |part: Option<String>| part.map_or(String::new(), |text| format!("; {text}"));
        let near = text(none.as_ref().and_then(|none| none.suggestion()));
        let allowed = text(none.as_ref().and_then(|none| none.allowed()));
        return Err(Failure::usage(format!(
            "no place answers to `{asked}`{near}{allowed}"
        )));
    }
    print(&listing(&found))
}

fn listing(found: &[Area]) -> String {
    let name_width = found
        .iter()
        .map(|area| area.name.chars().count())
        .max()
        .unwrap_or(0);
    let mut text = String::new();
    for area in found {
        let f = &area.figures;
        let kind = match area.kind {
            AreaKind::County => "county".to_owned(),
            _ => format!("{} counties", area.counties.len()),
        };
        text.push_str(&format!(
            "{:<8} {:<name_width$} {:>11} residents {:>5.2} jobs a working resident  {kind}\n",
            area.key, area.name, f.population as u64, f.jobs_per_employed,
        ));
    }
    text.push_str("\nUse a code or a full name: mainstreet run baseline --place CODE; first, how well it fits: mainstreet place-fit CODE\n");
    text
}
