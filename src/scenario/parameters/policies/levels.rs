//! What entries in force add to rules that no parameter of the default file states.

use crate::units::{SECTOR_IDS, SECTORS, TECHNOLOGIES_MAX};

/// Levels that entries of the timeline set; neutral without any.
#[derive(Clone, Debug, PartialEq)]
pub struct Levels {
    /// What each technology can do relative to its own path.
    pub capability: [f64; TECHNOLOGIES_MAX],
    /// Offshore makers' price relative to its own path.
    pub offshore_price: f64,
    /// Expected cost of late or missing deliveries from offshore that buyers add to its price, share of that price.
    pub offshore_risk: f64,
    /// Output that a firm loses whose inputs are all imported, share.
    pub shortage: f64,
    /// Duty on imported goods, share of the maker's price.
    pub tariff: f64,
    /// The online giant's price relative to its own path.
    pub online_price: f64,
    /// Convenience of buying online above its own path, utility.
    pub online_convenience: f64,
    /// Customer-facing part from which technology may not replace people, by sector; infinite without a mandate.
    pub replace_below: [f64; SECTORS],
}

impl Default for Levels {
    fn default() -> Levels {
        Levels {
            capability: [1.0; TECHNOLOGIES_MAX],
            offshore_price: 1.0,
            offshore_risk: 0.0,
            shortage: 0.0,
            tariff: 0.0,
            online_price: 1.0,
            online_convenience: 0.0,
            replace_below: [f64::INFINITY; SECTORS],
        }
    }
}

impl Levels {
    /// Price of imported goods relative to their own path, duty included.
    pub fn import_price(&self) -> f64 {
        self.offshore_price * (1.0 + self.tariff)
    }
}

/// Whether an entry that names a sector, or `all`, concerns this one.
pub fn concerns(named: &str, sector: usize) -> bool {
    named == "all" || SECTOR_IDS.get(sector).is_some_and(|id| *id == named)
}
