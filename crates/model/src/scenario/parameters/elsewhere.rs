//! The labor market elsewhere, homes, and what is kept of persons.

use serde::{Deserialize, Serialize};

/// What residents of month 0 who moved away meet where they went.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ElsewhereParameters {
    /// Chance of finding work just after losing a job. Unit: probability per month.
    pub job_finding: f64,
    /// Monthly fall of that chance, up to twelve months. Unit: log points per month.
    pub job_finding_decline: f64,
    /// That chance from 55 years on, relative to others. Unit: ratio.
    pub job_finding_old: f64,
    /// Chance of losing a job, before tenure, age and occupation. Unit: probability per month.
    pub separation: f64,
    /// That chance below 25 years, relative to others. Unit: ratio.
    pub separation_young: f64,
    /// How separations fall with an occupation's pay. Unit: elasticity.
    pub separation_pay_response: f64,
    /// Chance that a jobless person leaves the labor force. Unit: probability per month.
    pub leaving: f64,
    /// Chance that an inactive person enters it. Unit: probability per month.
    pub entering: f64,
    /// Employed leavers who have a job in hand where they go. Unit: share.
    pub job_in_hand: f64,
    /// Part of the town-wide shock to outside demand that the rest of the country shares. Unit: share.
    pub cycle_share: f64,
    /// Rise of unemployment elsewhere with a fall of demand there. Unit: log points per log point.
    pub cycle_response: f64,
    /// Rise of unemployment elsewhere with the work that technology takes over there, which is what it takes over here. Unit: log points per unit of the work of month 0.
    pub displacement_response: f64,
    /// Fall of pay elsewhere with unemployment there. Unit: elasticity.
    pub wage_curve_elasticity: f64,
}

/// Homes: their price, rents, and who owns them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HousingParameters {
    /// Households who own their home at month 0, over all ages. Unit: share.
    pub owner_share: f64,
    /// Newcomers who buy a home at once. Unit: share.
    pub newcomers_own: f64,
    /// Response of the price of homes to households beyond the dwellings for them. Unit: elasticity.
    pub price_response: f64,
    /// Monthly adjustment of the price of homes. Unit: share per month.
    pub price_adjustment: f64,
    /// Monthly adjustment of rents to the price of homes. Unit: share per month.
    pub rent_adjustment: f64,
    /// Price elasticity of renters' demand for housing, in absolute terms. Unit: elasticity.
    pub demand_elasticity: f64,
    /// Part of rents, taxes and upkeep deducted, that goes to landlords in town. Unit: share.
    pub local_landlords: f64,
}

/// What is kept beside the tables.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutputParameters {
    /// Persons of working age at month 0 who are followed month by month in a single run; with them, as large a part of those who come later. Ensembles keep none. Unit: persons.
    pub worker_panel: u32,
}
