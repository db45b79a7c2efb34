//! The labor market elsewhere, and what is kept of persons.

use serde::{Deserialize, Serialize};

/// What residents of month 0 who moved away meet where they went.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ElsewhereParameters {
    /// Chance of finding work just after losing a job. Unit: probability per month.
    pub job_finding: f64,
    /// Monthly fall of that chance, up to twelve months. Unit: log points per month.
    pub job_finding_decline: f64,
    /// Lasting differences between people in that chance (sd of its log). Unit: log points.
    pub job_finding_spread: f64,
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
}

/// What is kept beside the tables.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutputParameters {
    /// Persons of working age at month 0 who are followed month by month in a single run; with them, as large a part of those who come later. Ensembles keep none. Unit: persons.
    pub worker_panel: u32,
}
