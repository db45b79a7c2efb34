//! Policies for businesses: money, advice and rules for automation.

use serde::Deserialize;

use super::super::Parameters;
use super::{Payer, concerns, terms};
use crate::units::SECTORS;

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
    /// Part of those who may apply that a lottery admits; the others are turned away and followed beside them. Unit: share.
    pub lottery: f64,
    /// Part of a project's cost that is paid.
    pub share: f64,
    /// Largest grant. Unit: dollars.
    pub limit: f64,
    /// Workers up to which a firm qualifies.
    pub largest_firm: u32,
}

terms!(TechnologyGrant);

/// Loans at low interest, with a public guarantee, for technology projects.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LoanWindow {
    /// Budget for interest, administration and guarantees. Unit: dollars a year for each resident at month 0.
    pub budget: f64,
    /// Who pays.
    pub payer: Payer,
    /// Administration, as a share of what is lent.
    pub administration: f64,
    /// Months after which 63% of owners have heard of it.
    pub awareness_months: f64,
    /// Chance that an owner who has heard of it applies when starting a project.
    pub application_rate: f64,
    /// Part of those who may apply that a lottery admits; the others are turned away and followed beside them. Unit: share.
    pub lottery: f64,
    /// Interest that borrowers pay. Unit: per year.
    pub rate: f64,
    /// Largest loan. Unit: dollars.
    pub limit: f64,
    /// What the guarantee adds to a borrower's room for credit. Unit: months of cost.
    pub guarantee_months: f64,
    /// Part of the bank's loss on a loan that is paid when the borrower closes. Unit: share.
    pub guaranteed: f64,
    /// Workers up to which a firm qualifies.
    pub largest_firm: u32,
}

terms!(LoanWindow);

/// An association of businesses for technology: advice and exchange among owners.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TechnologyAssociation {
    /// Budget. Unit: dollars a year for each resident at month 0.
    pub budget: f64,
    /// Who pays.
    pub payer: Payer,
    /// Administration, as a share of the cost of serving members.
    pub administration: f64,
    /// Months after which 63% of owners have heard of it.
    pub awareness_months: f64,
    /// Part of the owners who have heard of it that join.
    pub application_rate: f64,
    /// Part of those who may apply that a lottery admits; the others are turned away and followed beside them. Unit: share.
    pub lottery: f64,
    /// Cost of serving a member. Unit: dollars a month.
    pub cost_per_member: f64,
    /// Workers up to which a firm qualifies.
    pub largest_firm: u32,
    /// Chance that a member hears of a technology it could use. Unit: probability per month.
    pub hearing: f64,
    /// Monthly step of a member's strategy toward a full one. Unit: share per month.
    pub advice: f64,
    /// Monthly weight of the sector's results in a member's belief in a technology. Unit: share per month.
    pub exchange: f64,
}

terms!(TechnologyAssociation);

/// A campaign that shows owners what not acting costs them.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nudge {
    /// Budget. Unit: dollars a year for each resident at month 0.
    pub budget: f64,
    /// Who pays.
    pub payer: Payer,
    /// Administration, as a share of the cost of reaching owners.
    pub administration: f64,
    /// Months after which 63% of owners have heard of it.
    pub awareness_months: f64,
    /// Part of the owners who have heard of it that it makes an impression on.
    pub application_rate: f64,
    /// Part of those who may apply that a lottery admits; the others are turned away and followed beside them. Unit: share.
    pub lottery: f64,
    /// Cost of reaching an owner. Unit: dollars a month.
    pub cost_per_owner: f64,
    /// Part of offers that a reached owner sees as a loss of position if refused. Unit: share.
    pub framing: f64,
}

terms!(Nudge);

/// A levy on automation, collected every month from those who automate.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AutomationLevy {
    /// Levy on work that technology took over since month 0. Unit: share of what that work would cost.
    pub on_work: f64,
    /// Levy on technology bought. Unit: share of the bill.
    pub on_spending: f64,
    /// Workers below which a firm is exempt.
    pub smallest_firm: u32,
    /// Who collects it, and pays for collecting it.
    pub payer: Payer,
    /// Administration, as a share of what is collected.
    pub administration: f64,
}

/// A duty to leave service to people.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HumanServiceMandate {
    /// Sector, or all of them. Unit: name.
    pub sector: String,
    /// Technology of which at least this part meets customers may no longer be introduced to replace people. Unit: share.
    pub replace_below: f64,
    /// Who pays for inspection.
    pub payer: Payer,
    /// Inspection. Unit: dollars a year for each firm covered.
    pub inspection: f64,
}

impl HumanServiceMandate {
    pub(super) fn adjust(&self, p: &mut Parameters) {
        for sector in (0..SECTORS).filter(|&s| concerns(&self.sector, s)) {
            let bound = &mut p.levels.replace_below[sector];
            *bound = bound.min(self.replace_below);
        }
    }
}

/// A duty to protect customers' data.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataDuty {
    /// Cost of compliance that does not depend on size. Unit: dollars a year.
    pub cost_per_firm: f64,
    /// Cost of compliance for each worker. Unit: dollars a year.
    pub cost_per_worker: f64,
    /// Workers from which the duty holds.
    pub smallest_firm: u32,
    /// Part of breaches that become incidents in which customers' data are not taken. Unit: share.
    pub fewer_breaches: f64,
    /// Loss of revenue from data. Unit: share.
    pub data_revenue_lost: f64,
    /// Who pays for audits.
    pub payer: Payer,
    /// Audits. Unit: dollars a year for each firm covered.
    pub inspection: f64,
}

/// Institutions of the town buy from local owners' firms what they have bought outside, at a price.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LocalProcurement {
    /// Budget for premiums and administration. Unit: dollars a year for each resident at month 0.
    pub budget: f64,
    /// Who pays.
    pub payer: Payer,
    /// Administration, as a share of premiums.
    pub administration: f64,
    /// Months after which 63% of owners have heard of it.
    pub awareness_months: f64,
    /// Part of the owners who have heard of it that bid.
    pub application_rate: f64,
    /// Part of those who may apply that a lottery admits; the others are turned away and followed beside them. Unit: share.
    pub lottery: f64,
    /// Purchases of schools, hospitals and agencies so far made outside that come to bidders. Unit: dollars a year for each resident at month 0.
    pub moved: f64,
    /// What is paid on top of the price for moved purchases. Unit: share.
    pub premium: f64,
    /// Workers up to which a firm may bid.
    pub largest_firm: u32,
}

terms!(LocalProcurement);

/// An online marketplace of local sellers.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LocalMarketplace {
    /// Budget. Unit: dollars a year for each resident at month 0.
    pub budget: f64,
    /// Who pays, and collects fees.
    pub payer: Payer,
    /// Administration, as a share of the cost of serving members.
    pub administration: f64,
    /// Months after which 63% of owners have heard of it.
    pub awareness_months: f64,
    /// Part of the owners who have heard of it that join.
    pub application_rate: f64,
    /// Part of those who may apply that a lottery admits; the others are turned away and followed beside them. Unit: share.
    pub lottery: f64,
    /// Cost of listing, photographs, deliveries and payments for a member. Unit: dollars a month.
    pub cost_per_member: f64,
    /// Fee of members. Unit: share of sales.
    pub fee: f64,
    /// Convenience of a member to customers. Unit: utility.
    pub convenience: f64,
    /// Workers up to which a firm qualifies.
    pub largest_firm: u32,
}

terms!(LocalMarketplace);
