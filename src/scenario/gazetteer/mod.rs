//! Real places: counties of the United States and their sums, as layers of a scenario.
//!
//! The table itself (`data/places/counties.csv`, about 1.4 MB of text) is no part of this room: whoever has it, the
//! program or a page, hands it over once by [`provide`], as text that is read when the first place is asked for.

mod area;
mod combine;
mod find;
mod layer;
mod read;
mod states;
#[cfg(test)]
mod tests;

use std::sync::OnceLock;

pub use area::{Area, AreaKind, BRACKETS, Figures};
pub use find::{Match, NotFound};
pub use layer::{DOLLARS_2023, LARGEST_MODEL, Layer, SMALLEST_MODEL};
pub use read::{Damage, read};

/// Where the text of the table comes from; called once, when it is needed.
pub type Supplier = fn() -> String;

static SUPPLIER: OnceLock<Supplier> = OnceLock::new();
static TABLE: OnceLock<Gazetteer> = OnceLock::new();

/// Names who has the table. Later calls change nothing.
pub fn provide(supplier: Supplier) {
    SUPPLIER.get_or_init(|| supplier);
}

/// The table, if somebody provided one.
pub fn table() -> Option<&'static Gazetteer> {
    let supplier = SUPPLIER.get()?;
    Some(TABLE.get_or_init(|| {
        // The program's own table is read whole in its tests: a gap cannot reach a user.
        let counties = read(&supplier()).unwrap_or_default();
        Gazetteer { counties }
    }))
}

/// All counties, in the order of their codes.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    counties: Vec<Area>,
}

impl Gazetteer {
    /// A table of these places.
    pub fn new(counties: Vec<Area>) -> Gazetteer {
        Gazetteer { counties }
    }

    /// The counties.
    pub fn counties(&self) -> &[Area] {
        &self.counties
    }

    /// Metropolitan and micropolitan areas, in the order of their codes.
    pub fn metros(&self) -> Vec<Area> {
        self.groups(AreaKind::Metro)
    }

    /// Commuting zones, in the order of their codes.
    pub fn zones(&self) -> Vec<Area> {
        self.groups(AreaKind::Zone)
    }

    fn groups(&self, kind: AreaKind) -> Vec<Area> {
        let code = |county: &Area| match kind {
            AreaKind::Metro => county.metro.clone(),
            _ => county.zone.clone(),
        };
        let mut codes: Vec<String> = self.counties.iter().map(code).collect();
        codes.retain(|code| !code.is_empty());
        codes.sort_unstable();
        codes.dedup();
        codes
            .iter()
            .filter_map(|wanted| {
                let members: Vec<&Area> =
                    (self.counties.iter()).filter(|county| code(county) == *wanted).collect();
                combine::combine(kind, wanted, &members)
            })
            .collect()
    }
}
