//! Policies for making things here: incentives, infrastructure, duties on imports.

use serde::Deserialize;

use super::super::Parameters;
use super::{Payer, terms};

/// Payments to makers that win orders back from offshore.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReshoringIncentive {
    /// Budget. Unit: dollars a year for each resident at month 0.
    pub budget: f64,
    /// Who pays.
    pub payer: Payer,
    /// Administration, as a share of what is paid.
    pub administration: f64,
    /// Months after which 63% of buyers and makers have heard of it.
    pub awareness_months: f64,
    /// Part of those who have heard of it that reckon with it.
    pub application_rate: f64,
    /// Part of those who may apply that a lottery admits; the others are turned away and followed beside them. Unit: share.
    pub lottery: f64,
    /// Paid on an order won. Unit: share of its value.
    pub per_order: f64,
    /// Months for which it is paid. Unit: months.
    pub months: u32,
}

terms!(ReshoringIncentive);

/// A center with machines, training and engineers that makers of the town share.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ManufacturingHub {
    /// Running budget. Unit: dollars a year for each resident at month 0.
    pub budget: f64,
    /// Who pays.
    pub payer: Payer,
    /// Administration, as a share of the cost of serving members.
    pub administration: f64,
    /// Months after which 63% of makers have heard of it.
    pub awareness_months: f64,
    /// Part of the makers who have heard of it that use it.
    pub application_rate: f64,
    /// Part of those who may apply that a lottery admits; the others are turned away and followed beside them. Unit: share.
    pub lottery: f64,
    /// Months of building, which take the whole budget, before it opens. Unit: months.
    pub building_months: u32,
    /// Cost of serving a member. Unit: dollars a month for each worker.
    pub cost_per_worker: f64,
    /// Workers up to which a maker qualifies.
    pub largest_firm: u32,
    /// Gain in productivity of a maker fully served. Unit: share.
    pub productivity_gain: f64,
    /// Months of service until it is fully served. Unit: months.
    pub service_months: u32,
    /// Chance that a member hears of a technology it could use. Unit: probability per month.
    pub hearing: f64,
}

terms!(ManufacturingHub);

/// A duty on imported goods, which the outer government collects.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tariff {
    /// Duty. Unit: share of the maker's price.
    pub rate: f64,
    /// Duty of foreign countries on goods from here. Unit: share of this duty.
    pub retaliation: f64,
    /// Months over which it comes into force. Unit: months.
    pub onset_months: u32,
}

impl Tariff {
    pub(super) fn adjust(&self, p: &mut Parameters, months: u32) {
        p.levels.tariff += self.now(months);
        p.levels.retaliation += self.retaliation * self.now(months);
    }

    /// Duty after some months in force.
    pub fn now(&self, months: u32) -> f64 {
        self.rate * super::shocks::ramp(months, self.onset_months)
    }
}
