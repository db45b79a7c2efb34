//! Policies for businesses: money, advice and rules for automation.

use serde::Deserialize;

use super::{Payer, terms};

/// Grants for technology projects.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TechnologyGrant {
    /// Budget. Unit: dollars a year for each resident at month 0.
    pub budget: f64,
    /// Who pays.
    pub payer: Payer,
    /// Administration, as a share of what is granted.
    pub administration: f64,
    /// Months after which 63% of owners have heard of it.
    pub awareness_months: f64,
    /// Chance that an owner who has heard of it applies when starting a project.
    pub application_rate: f64,
    /// Part of a project's cost that is paid.
    pub share: f64,
    /// Largest grant. Unit: dollars.
    pub limit: f64,
    /// Workers up to which a firm qualifies.
    pub largest_firm: u32,
}

terms!(TechnologyGrant);
