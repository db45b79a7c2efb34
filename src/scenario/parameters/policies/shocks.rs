//! Shocks: what happens to a town that nobody in it decided.

use serde::Deserialize;

use super::super::Parameters;
use crate::units::SECTORS;

/// Less demand from outside for what the town sells.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemandSlump {
    /// Fall of outside demand. Unit: share.
    pub fall: f64,
    /// Months over which it builds up. Unit: months.
    pub onset_months: u32,
}

impl DemandSlump {
    pub(super) fn adjust(&self, p: &mut Parameters, months: u32) {
        let part = ramp(months, self.onset_months);
        for sector in 0..SECTORS {
            p.sectors[sector].export_demand *= 1.0 - self.fall * part;
        }
    }
}

/// How much of a change has come after some months, if it takes `onset` months to come: 0 to 1.
pub(super) fn ramp(months: u32, onset: u32) -> f64 {
    f64::from(months + 1).min(f64::from(onset.max(1))) / f64::from(onset.max(1))
}
