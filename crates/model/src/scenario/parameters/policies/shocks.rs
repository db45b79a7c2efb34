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
    /// Part of imported inputs that does not arrive. Unit: share.
    pub shortage: f64,
    /// Months over which buyers find other suppliers for two thirds of it. Unit: months.
    pub recovery_months: f64,
    /// Months over which it builds up. Unit: months.
    pub onset_months: u32,
}

impl OffshoreDisruption {
    pub(super) fn adjust(&self, p: &mut Parameters, months: u32) {
        let part = ramp(months, self.onset_months);
        let levels = &mut p.levels;
        levels.offshore_price *= 1.0 + self.price_rise * part;
        levels.offshore_risk += self.risk * part;
        let since = f64::from((months + 1).saturating_sub(self.onset_months.max(1)));
        let left = libm::exp(-since / self.recovery_months.max(1e-9));
        levels.shortage = 1.0 - (1.0 - levels.shortage) * (1.0 - self.shortage * part * left);
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

/// Imports become dearer or cheaper for good.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportPrice {
    /// Sector whose imports are concerned, or all: makers' inputs and rivals, shops' goods, others' inputs. Unit: name.
    pub sector: String,
    /// Change of their price. Unit: share.
    pub change: f64,
    /// Months over which it comes. Unit: months.
    pub onset_months: u32,
}

impl ImportPrice {
    pub(super) fn adjust(&self, p: &mut Parameters, months: u32) {
        let factor = 1.0 + self.change * ramp(months, self.onset_months);
        for sector in 0..SECTORS {
            if super::concerns(&self.sector, sector) {
                p.levels.import_change[sector] *= factor;
            }
        }
    }
}

/// Firms of a sector make more of each hour of work.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Productivity {
    /// Sector, or all. Unit: name.
    pub sector: String,
    /// Gain of output for each unit of labor. Unit: share.
    pub gain: f64,
    /// Months over which it comes. Unit: months.
    pub onset_months: u32,
}

impl Productivity {
    /// Productivity relative to that without the entry, after some months in force; 1 where it is not.
    pub fn level(&self, months: Option<u32>) -> f64 {
        months.map_or(1.0, |months| {
            1.0 + self.gain * ramp(months, self.onset_months)
        })
    }
}

/// A chain of an outside owner opens in town, in the first month of the entry.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChainEntry {
    /// Sector. Unit: name.
    pub sector: String,
    /// Shops or branches that open. Unit: firms.
    pub firms: u32,
    /// Workers each of them plans with. Unit: persons.
    pub size: f64,
    /// Its price relative to the mean of the sector in town. Unit: ratio.
    pub price: f64,
}

/// Firms adopt a technology in the first month of the entry, whatever they think of it: for studies of its effects.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Adopt {
    /// Technology. Unit: name.
    pub technology: String,
    /// Sectors whose firms adopt, or all. Unit: names.
    pub sectors: Vec<String>,
    /// Part of the firms without it that adopt, drawn by lot. Unit: share.
    pub share: f64,
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
