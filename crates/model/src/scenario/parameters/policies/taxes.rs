//! Local taxes: what a town can change by itself.

use serde::Deserialize;

use super::super::Parameters;
use super::shocks::ramp;
use super::{Abatement, concerns};
use crate::units::SECTORS;

/// Another rate of the local sales tax, on goods and services that are taxed in town and online.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SalesTaxChange {
    /// Change of the rate. Unit: share of the price.
    pub change: f64,
    /// Months over which it comes into force. Unit: months.
    pub onset_months: u32,
}

impl SalesTaxChange {
    pub(super) fn adjust(&self, p: &mut Parameters, months: u32) {
        p.levels.sales_tax += self.now(months);
    }

    /// Change of the rate after some months in force.
    pub fn now(&self, months: u32) -> f64 {
        self.change * ramp(months, self.onset_months)
    }
}

/// Another rate of the property tax, on homes and on businesses of the town.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PropertyTaxChange {
    /// Change relative to the rate of month 0. Unit: ratio.
    pub change: f64,
    /// Months over which it comes into force. Unit: months.
    pub onset_months: u32,
}

impl PropertyTaxChange {
    pub(super) fn adjust(&self, p: &mut Parameters, months: u32) {
        p.levels.property_tax += self.now(months);
    }

    /// Change of the rate after some months in force.
    pub fn now(&self, months: u32) -> f64 {
        self.change * ramp(months, self.onset_months)
    }
}

/// Relief from local taxes for firms of a sector.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaxAbatement {
    /// Sector, or all of them. Unit: name.
    pub sector: String,
    /// Workers from which a firm qualifies. Unit: persons.
    pub smallest_firm: u32,
    /// Months since opening up to which a firm qualifies. Unit: months.
    pub oldest_firm: u32,
    /// Part of its local taxes that is waived. Unit: share.
    pub share: f64,
}

impl TaxAbatement {
    /// Grants the relief where none more generous is in force; `entry` is its place in the timeline.
    pub(super) fn adjust(&self, p: &mut Parameters, entry: usize) {
        for s in 0..SECTORS {
            if concerns(&self.sector, s) && self.share > p.levels.abatement[s].share {
                p.levels.abatement[s] = Abatement {
                    entry,
                    share: self.share,
                    smallest_firm: self.smallest_firm,
                    oldest_firm: self.oldest_firm,
                };
            }
        }
    }
}
