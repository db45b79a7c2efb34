//! What entries in force add to rules that no parameter of the default file states.

use super::super::Parameters;
use crate::units::{SECTOR_IDS, SECTORS, TECHNOLOGIES_MAX, sector};

/// Relief from local taxes for firms of a sector.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Abatement {
    /// Place of the entry that grants it.
    pub entry: usize,
    /// Part of local taxes that is waived.
    pub share: f64,
    /// Workers from which a firm qualifies.
    pub smallest_firm: u32,
    /// Months since opening up to which a firm qualifies.
    pub oldest_firm: u32,
}

/// Levels that entries of the timeline set; neutral without any.
#[derive(Clone, Debug, PartialEq)]
pub struct Levels {
    /// What each technology can do relative to its own path.
    pub capability: [f64; TECHNOLOGIES_MAX],
    /// General prices relative to month 0.
    pub price_level: f64,
    /// Transfers between governments and the town relative to month 0.
    pub transfers_level: f64,
    /// Income from property outside relative to month 0.
    pub property_income_level: f64,
    /// Price of imports bought by each sector's firms relative to the common path.
    pub import_change: [f64; SECTORS],
    /// Price of imported goods that shops count in their prices, relative to their path and that of month 0.
    pub shelf_import: f64,
    /// Offshore makers' price relative to general prices, its path included.
    pub offshore_price: f64,
    /// Expected cost of late or missing deliveries from offshore that buyers add to its price, share of that price.
    pub offshore_risk: f64,
    /// Output that a firm loses whose inputs are all imported, share.
    pub shortage: f64,
    /// Rate of sales tax above that of month 0, share of the price.
    pub sales_tax: f64,
    /// Property tax above that of month 0, relative to it.
    pub property_tax: f64,
    /// Relief from local taxes in each sector.
    pub abatement: [Abatement; SECTORS],
    /// Rate of the national tax that pays for programs, share of taxable income.
    pub national_tax: f64,
    /// Duty on imported goods, share of the maker's price.
    pub tariff: f64,
    /// Duty of foreign countries on goods from here, share of the maker's price.
    pub retaliation: f64,
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
            price_level: 1.0,
            transfers_level: 1.0,
            property_income_level: 1.0,
            import_change: [1.0; SECTORS],
            shelf_import: 1.0,
            offshore_price: 1.0,
            offshore_risk: 0.0,
            shortage: 0.0,
            sales_tax: 0.0,
            abatement: [Abatement::default(); SECTORS],
            property_tax: 0.0,
            national_tax: 0.0,
            tariff: 0.0,
            retaliation: 0.0,
            online_price: 1.0,
            online_convenience: 0.0,
            replace_below: [f64::INFINITY; SECTORS],
        }
    }
}

impl Levels {
    /// Price at the border of what a sector's firms import, relative to general prices, duty included.
    pub fn import_price(&self, buyer: usize) -> f64 {
        self.offshore_price * self.import_change[buyer] * (1.0 + self.tariff)
    }
}

impl Parameters {
    /// Rate of sales tax on what a sector sells to households: that of month 0, and what entries and the budget add where
    /// there is one.
    pub fn sales_tax(&self, sector: usize) -> f64 {
        let rate = self.sectors[sector].sales_tax_rate;
        if rate > 0.0 {
            (rate + self.levels.sales_tax).max(0.0)
        } else {
            0.0
        }
    }

    /// What sales tax above that of month 0 adds to the log of prices in town.
    pub fn sales_tax_rise(&self, sector: usize) -> f64 {
        if self.levels.sales_tax == 0.0 {
            return 0.0;
        }
        libm::log((1.0 + self.sales_tax(sector)) / (1.0 + self.sectors[sector].sales_tax_rate))
    }

    /// Price of what a sector's firms buy from a sector outside, relative to its path: dearer by the imported part.
    pub fn import_premium(&self, buyer: usize, seller: usize) -> f64 {
        1.0 + self.imported_share(buyer, seller) * (self.levels.import_price(buyer) - 1.0)
    }

    /// Part of what a sector's firms buy from a sector outside that is imported: goods that shops sell, or inputs.
    pub fn imported_share(&self, buyer: usize, seller: usize) -> f64 {
        match (buyer, seller) {
            (sector::RETAIL, sector::MANUFACTURING) => self.trade.imported_goods,
            (_, sector::MANUFACTURING) => self.trade.imported_inputs,
            _ => 0.0,
        }
    }

    /// As [`Parameters::import_premium`], as far as prices count it: shops pass it on with a lag.
    pub fn priced_premium(&self, buyer: usize, seller: usize) -> f64 {
        match (buyer, seller) {
            (sector::RETAIL, sector::MANUFACTURING) => {
                1.0 + self.trade.imported_goods * (self.levels.shelf_import - 1.0)
            }
            _ => self.import_premium(buyer, seller),
        }
    }

    /// Price of a sector's firms in other towns relative to its path: they pay for imports as firms here do, and
    /// pass it on.
    pub fn elsewhere_premium(&self, seller: usize) -> f64 {
        let bought = self.sectors[seller].inputs[sector::MANUFACTURING];
        1.0 + bought * (self.priced_premium(seller, sector::MANUFACTURING) - 1.0)
    }

    /// Orders for a sector's goods from abroad under retaliation and dearer inputs, relative to what they would be.
    pub fn foreign_orders(&self, seller: usize) -> f64 {
        if !matches!(seller, sector::FARMING | sector::MANUFACTURING) {
            return 1.0;
        }
        let landed = (1.0 + self.levels.retaliation) * self.elsewhere_premium(seller);
        let kept = libm::pow(landed, -self.trade.foreign_elasticity);
        1.0 - self.trade.foreign_orders * (1.0 - kept)
    }
}

/// Whether an entry that names a sector, or `all`, concerns this one.
pub fn concerns(named: &str, sector: usize) -> bool {
    named == "all" || SECTOR_IDS.get(sector).is_some_and(|id| *id == named)
}
