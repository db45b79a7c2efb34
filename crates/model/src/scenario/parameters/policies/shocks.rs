//! Shocks: what happens to a town that nobody in it decided.

use serde::Deserialize;

use super::super::Parameters;
use super::concerns;
use crate::units::SECTORS;

/// Less demand from outside for what the town sells.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemandSlump {
    /// Sector, or all of them. Unit: name.
    pub sector: String,
    /// Fall of outside demand; a rise if below zero. Unit: share.
    pub fall: f64,
    /// Months over which it builds up. Unit: months.
    pub onset_months: u32,
}

impl DemandSlump {
    /// What is left of outside demand, `months` after it began.
    pub fn left(&self, months: u32) -> f64 {
        1.0 - self.fall * ramp(months, self.onset_months)
    }

    pub(super) fn adjust(&self, p: &mut Parameters, months: u32) {
        for sector in (0..SECTORS).filter(|&sector| concerns(&self.sector, sector)) {
            p.sectors[sector].export_demand *= self.left(months);
        }
    }
}

/// Technology becomes cheaper.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TechnologyCostDrop {
    /// Technology concerned, or all of them. Unit: name.
    pub technology: String,
    /// Fall of its price and of its subscription. Unit: share.
    pub fall: f64,
    /// Months over which it falls. Unit: months.
    pub onset_months: u32,
}

impl TechnologyCostDrop {
    pub(super) fn adjust(&self, p: &mut Parameters, months: u32) {
        let left = 1.0 - self.fall * ramp(months, self.onset_months);
        for (id, technology) in p.technologies.members_mut() {
            if self.technology == "all" || self.technology == id {
                technology.fixed_cost *= left;
                technology.cost_per_worker *= left;
                technology.subscription_per_worker *= left;
            }
        }
    }
}

/// Technology can suddenly do more in the hands of those who have it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AiCapabilityJump {
    /// Technology concerned, or all of them. Unit: name.
    pub technology: String,
    /// Growth of what it can do. Unit: share.
    pub gain: f64,
    /// Months over which it comes. Unit: months.
    pub onset_months: u32,
}

impl AiCapabilityJump {
    pub(super) fn adjust(&self, p: &mut Parameters, months: u32) {
        let factor = 1.0 + self.gain * ramp(months, self.onset_months);
        for (id, capability) in p.technologies.ids().zip(&mut p.levels.capability) {
            if self.technology == "all" || self.technology == id {
                *capability *= factor;
            }
        }
    }
}

/// The online giant becomes cheaper and more convenient.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OnlineGiantAdvance {
    /// Fall of its prices. Unit: share.
    pub price_fall: f64,
    /// Gain in convenience. Unit: utility.
    pub convenience_gain: f64,
    /// Months over which both come. Unit: months.
    pub onset_months: u32,
}

impl OnlineGiantAdvance {
    pub(super) fn adjust(&self, p: &mut Parameters, months: u32) {
        let part = ramp(months, self.onset_months);
        p.levels.online_price *= 1.0 - self.price_fall * part;
        p.levels.online_convenience += self.convenience_gain * part;
    }
}

/// Deliveries from offshore become dearer, riskier and late.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OffshoreDisruption {
    /// Rise of offshore makers' prices, freight included. Unit: share.
    pub price_rise: f64,
    /// Risk of late or missing deliveries that buyers add to the price. Unit: share of landed price.
    pub risk: f64,
    /// Output lost by a firm whose inputs are all imported. Unit: share.
    pub shortage: f64,
    /// Months over which it builds up. Unit: months.
    pub onset_months: u32,
}

impl OffshoreDisruption {
    pub(super) fn adjust(&self, p: &mut Parameters, months: u32) {
        let part = ramp(months, self.onset_months);
        let levels = &mut p.levels;
        levels.offshore_price *= 1.0 + self.price_rise * part;
        levels.offshore_risk += self.risk * part;
        levels.shortage = 1.0 - (1.0 - levels.shortage) * (1.0 - self.shortage * part);
    }
}

/// Large plants close, in the first month of the entry.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlantClosure {
    /// Sector. Unit: name.
    pub sector: String,
    /// Largest firms of the sector that close. Unit: firms.
    pub plants: u32,
    /// Part of their outside orders that leaves town with them; rivals in town get the rest. Unit: share.
    pub orders_lost: f64,
}

/// More cyber attacks.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CyberWave {
    /// Attacks relative to normal. Unit: ratio.
    pub factor: f64,
    /// Months over which they become as many. Unit: months.
    pub onset_months: u32,
}

impl CyberWave {
    pub(super) fn adjust(&self, p: &mut Parameters, months: u32) {
        let part = ramp(months, self.onset_months);
        p.automation.incident_chance *= 1.0 + (self.factor - 1.0) * part;
    }
}

/// Credit becomes dear and scarce.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreditSqueeze {
    /// Rise of the rate on all loans. Unit: per year.
    pub rate_rise: f64,
    /// Fall of the debt up to which the bank lends. Unit: share.
    pub limit_fall: f64,
    /// Months over which it builds up. Unit: months.
    pub onset_months: u32,
}

impl CreditSqueeze {
    pub(super) fn adjust(&self, p: &mut Parameters, months: u32) {
        let part = ramp(months, self.onset_months);
        let left = 1.0 - self.limit_fall * part;
        p.credit.loan_rate += self.rate_rise * part;
        p.credit.debt_limit_months *= left;
        p.credit.debt_months *= left;
        p.automation.credit_months *= left;
    }
}

/// How much of a change has come after some months, if it takes `onset` months to come: 0 to 1.
pub(super) fn ramp(months: u32, onset: u32) -> f64 {
    f64::from(months + 1).min(f64::from(onset.max(1))) / f64::from(onset.max(1))
}
