//! Real places: counties of the United States and their sums, as layers of a scenario.
//!
//! The table itself (`data/places/counties.csv`, 1.4 MB of text) is no part of the model: whoever has it, the program
//! or a page, makes a [`Gazetteer`] of it and hands it over with the [`Setup`](super::Setup).

mod area;
mod combine;
mod find;
mod layer;
mod read;
mod states;
#[cfg(test)]
mod tests;

pub use area::{Area, AreaKind, BRACKETS, Figures, Sources};
pub use find::NotFound;
pub use layer::{BALANCED, DOLLARS_2023, LARGEST_MODEL, PlaceLayer, SMALLEST_MODEL};
pub use read::{Damage, read};

/// Whoever knows real places.
pub trait Places: std::fmt::Debug + Sync {
    /// The layer of the place somebody asks for.
    ///
    /// # Errors
    /// [`NotFound`]: no place or several answer to the name, or no table is at hand.
    fn layer(&self, asked: &str) -> Result<PlaceLayer, NotFound>;
}

/// No table of places is at hand.
#[derive(Clone, Copy, Debug)]
pub struct NoPlaces;

impl Places for NoPlaces {
    fn layer(&self, _asked: &str) -> Result<PlaceLayer, NotFound> {
        Err(NotFound::NoTable)
    }
}

/// For scenarios with all their values written out: the place is but a name then.
#[derive(Clone, Copy, Debug)]
pub struct WrittenOut;

impl Places for WrittenOut {
    fn layer(&self, _asked: &str) -> Result<PlaceLayer, NotFound> {
        Ok(PlaceLayer::default())
    }
}

/// All counties, in the order of their codes.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    counties: Vec<Area>,
}

impl Places for Gazetteer {
    fn layer(&self, asked: &str) -> Result<PlaceLayer, NotFound> {
        Ok(PlaceLayer::of(&self.find(asked)?, self))
    }
}

impl Gazetteer {
    /// A table of these counties.
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

    /// Commuting zones, in the order of their numbers.
    pub fn zones(&self) -> Vec<Area> {
        self.groups(AreaKind::Zone)
    }

    /// The metro or zone of this code.
    fn group(&self, kind: AreaKind, code: &str) -> Option<Area> {
        let of = |county: &&Area| !code.is_empty() && group_code(kind, county) == code;
        let members: Vec<&Area> = self.counties.iter().filter(of).collect();
        combine::combine(kind, code, &members)
    }

    fn groups(&self, kind: AreaKind) -> Vec<Area> {
        let mut members: std::collections::BTreeMap<&str, Vec<&Area>> = Default::default();
        for county in &self.counties {
            let code = group_code(kind, county);
            if !code.is_empty() {
                members.entry(code).or_default().push(county);
            }
        }
        let made = members
            .iter()
            .filter_map(|(code, members)| combine::combine(kind, code, members));
        made.collect()
    }
}

/// Code of the group of this kind that a county is in; empty if in none.
fn group_code(kind: AreaKind, county: &Area) -> &str {
    match kind {
        AreaKind::Metro => &county.metro,
        _ => &county.zone,
    }
}
