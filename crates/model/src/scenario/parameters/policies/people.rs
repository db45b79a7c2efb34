//! Policies for people: incomes, insurance, training, rules of work.

use serde::Deserialize;

use super::super::{GovernmentParameters, Parameters};
use super::{Payer, terms};

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

/// Public training of jobless people for occupations that lack them.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reskilling {
    /// Budget. Unit: dollars a year for each resident at month 0.
    pub budget: f64,
    /// Who pays.
    pub payer: Payer,
    /// Administration, as a share of tuition and stipends.
    pub administration: f64,
    /// Months after which 63% of the jobless have heard of it.
    pub awareness_months: f64,
    /// Chance a month that somebody who has heard of it and qualifies applies.
    pub application_rate: f64,
    /// Part of those who may apply that a lottery admits; the others are turned away and followed beside them. Unit: share.
    pub lottery: f64,
    /// Most people in training at a time. Unit: persons for each 1,000 residents at month 0.
    pub places: f64,
    /// Length of a course.
    pub months: u32,
    /// Price of a course. Unit: dollars.
    pub tuition: f64,
    /// Paid to a trainee beside benefits. Unit: dollars a month.
    pub stipend: f64,
    /// Months out of work after which a person qualifies.
    pub months_jobless: u32,
    /// Whether only those qualify whose occupation has more seekers than open posts.
    pub surplus_only: bool,
    /// Occupations taught.
    pub targets: Vec<String>,
    /// Whether places for an occupation end with its open posts beyond seekers and trainees.
    pub capped: bool,
    /// Lowest pay of the new occupation, relative to the trainee's own.
    pub least_pay: f64,
    /// Lowest fit for the new occupation that an applicant must bring.
    pub least_fit: f64,
    /// Lowest ability of an applicant, relative to the occupation's mean.
    pub least_ability: f64,
    /// Share of trainees who complete the course.
    pub completion: f64,
    /// Fit of a graduate for the new occupation, at least.
    pub graduate_fit: f64,
    /// Part of the way from old skills to those of the new occupation that a graduate has gone.
    pub skill_gain: f64,
    /// Part of the digital literacy they lack that graduates gain.
    pub literacy_gain: f64,
    /// Part of the months out of work that employers no longer hold against a graduate.
    pub signal: f64,
}

/// Courses in digital literacy for staff, owners and the jobless.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DigitalLiteracy {
    /// Budget. Unit: dollars a year for each resident at month 0.
    pub budget: f64,
    /// Who pays.
    pub payer: Payer,
    /// Administration, as a share of fees.
    pub administration: f64,
    /// Months after which 63% of people have heard of it.
    pub awareness_months: f64,
    /// Chance a month that somebody who has heard of it and qualifies applies.
    pub application_rate: f64,
    /// Part of those who may apply that a lottery admits; the others are turned away and followed beside them. Unit: share.
    pub lottery: f64,
    /// Price of a course. Unit: dollars.
    pub fee: f64,
    /// Digital literacy below which a person qualifies.
    pub literacy_below: f64,
    /// Part of the digital literacy a participant lacks that a course gives.
    pub gain: f64,
}

/// A public share in what firms spend to train staff for technology.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FirmTrainingSubsidy {
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
    /// Part of the cost of training that is paid.
    pub share: f64,
    /// Workers up to which a firm qualifies.
    pub largest_firm: u32,
}

/// More unemployment insurance than the general rules give.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnemploymentInsurance {
    /// Share of the last wage.
    pub replacement: f64,
    /// Highest benefit. Unit: dollars a month.
    pub cap: f64,
    /// Months it is paid.
    pub months: u32,
    /// Administration, as a share of what is paid beyond the general rules.
    pub administration: f64,
}

impl UnemploymentInsurance {
    /// The more generous of the two in each term.
    pub fn improve(&self, government: &mut GovernmentParameters) {
        let g = government;
        g.unemployment_replacement = g.unemployment_replacement.max(self.replacement);
        g.unemployment_cap = g.unemployment_cap.max(self.cap);
        g.unemployment_months = g.unemployment_months.max(self.months);
    }

    pub(super) fn adjust(&self, p: &mut Parameters) {
        self.improve(&mut p.government);
    }
}

/// Part of the loss of pay of those who lost a job and took one that pays less.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WageInsurance {
    /// Budget. Unit: dollars a year for each resident at month 0.
    pub budget: f64,
    /// Who pays.
    pub payer: Payer,
    /// Administration, as a share of what is paid.
    pub administration: f64,
    /// Months after which 63% of people have heard of it.
    pub awareness_months: f64,
    /// Chance that somebody who has heard of it and qualifies applies when taking a job.
    pub application_rate: f64,
    /// Part of those who may apply that a lottery admits; the others are turned away and followed beside them. Unit: share.
    pub lottery: f64,
    /// Part of the loss against the last wage.
    pub share: f64,
    /// Highest payment. Unit: dollars a month.
    pub cap: f64,
    /// Months it is paid, counted from the new job.
    pub months: u32,
    /// Age from which a person qualifies. Unit: years.
    pub least_age: f64,
}

/// A duty to announce layoffs that follow automation, and to retrain those concerned before.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoticeAndRetrain {
    /// Notice.
    pub notice_months: u32,
    /// What the firm pays for each person's retraining. Unit: dollars.
    pub retraining_cost: f64,
    /// Part of the way to the skills of an occupation with open posts that retraining goes.
    pub skill_gain: f64,
    /// Part of the digital literacy they lack that those retrained gain.
    pub literacy_gain: f64,
    /// Workers from which on a firm has the duty.
    pub smallest_firm: u32,
}

/// Audits of hiring software for what it does to older applicants and those with little digital literacy.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FairnessAudit {
    /// Part of the software's bias that an audit removes.
    pub removes: f64,
    /// What an audit costs the firm. Unit: dollars a year for each worker.
    pub fee: f64,
    /// Workers from which on a firm has the duty.
    pub smallest_firm: u32,
    /// Months after which 63% of the firms concerned comply.
    pub compliance_months: f64,
    /// What supervision costs. Unit: dollars a year for each audited firm.
    pub supervision: f64,
    /// Who pays for supervision.
    pub payer: Payer,
}

terms!(
    Reskilling,
    DigitalLiteracy,
    FirmTrainingSubsidy,
    WageInsurance
);
