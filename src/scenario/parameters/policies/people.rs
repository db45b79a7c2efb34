//! Policies for people: incomes, insurance, training, rules of work.

use serde::Deserialize;

use super::super::Parameters;
use super::Payer;

/// A payment to every adult, asking nothing in return.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BasicIncome {
    /// Amount to every resident of working age and every pensioner. Unit: dollars a month.
    pub amount: f64,
    /// Who pays.
    pub payer: Payer,
    /// Administration, as a share of what is paid out.
    pub administration: f64,
    /// Fall of participation for each $1,000 a month. Unit: share of working age.
    pub participation_response: f64,
}

/// A legal floor under monthly wages.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MinimumWage {
    /// The floor for full-time work. Unit: dollars a month.
    pub wage: f64,
}

impl MinimumWage {
    pub(super) fn adjust(&self, p: &mut Parameters) {
        let floor = &mut p.labor_market.minimum_wage;
        *floor = floor.max(self.wage);
    }
}
