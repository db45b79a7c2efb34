//! What a project costs in full: the technology is the small part.
//!
//! Complements cost several times the technology itself: data and integration, reorganization, training, and the
//! staff's own time (Bresnahan, Brynjolfsson & Hitt 2002; Brynjolfsson, Hitt & Yang 2002; Brynjolfsson, Rock &
//! Syverson 2021). Technology becomes cheaper with the years; what goes with it does not.

use crate::scenario::Parameters;
use crate::town::Town;
use crate::town::technology::CostParts;
use crate::units::Money;

use super::deciding::Situation;
use super::effects::path;
use super::projects::{self, HOURS_A_MONTH};

/// What a project adds to its cost beyond the technology and what always goes with it.
#[derive(Clone, Copy)]
pub(super) struct Extras {
    /// Whether staff are trained.
    pub trains: bool,
    /// Whether processes are put in order first.
    pub reengineers: bool,
}

impl Situation {
    /// Cost of reaching a stage, by part, before any adjustment to the owner's values.
    pub(super) fn cost_parts(
        &self,
        kind: usize,
        stage: u8,
        extras: Extras,
        p: &Parameters,
    ) -> CostParts {
        let a = &p.automation;
        let technology = &p.technologies[kind];
        let part = a.stage_cost[usize::from(stage) - 1];
        let list = part * (technology.fixed_cost + technology.cost_per_worker * self.workers);
        let mut reorganization = a.reorganization_cost * technology.complexity;
        if extras.reengineers {
            reorganization += a.reengineering_cost;
        }
        let training = if extras.trains {
            a.training_cost * self.workers * part
        } else {
            0.0
        };
        CostParts {
            technology: Money::from_dollars(list * path(-technology.cost_decline, self.years)),
            integration: Money::from_dollars(list * technology.integration),
            reorganization: Money::from_dollars(list * reorganization),
            training: Money::from_dollars(training),
            adjustment: Money::ZERO,
            staff_time: Money::from_dollars(
                technology.staff_hours * part * self.labor_cost / HOURS_A_MONTH,
            ),
        }
    }

    /// Interest within the owner's horizon on what the firm would have to borrow, less what a loan window takes off.
    pub(super) fn interest(&self, town: &Town, cost: Money, p: &Parameters) -> Money {
        if !town.firms.is_local(self.firm) {
            return Money::ZERO;
        }
        let short = projects::shortage(town, self.firm, cost, p);
        if !short.is_positive() {
            return Money::ZERO;
        }
        let months = f64::from(p.credit.repayment_months);
        let left = libm::pow(1.0 - 1.0 / months, 12.0 * p.automation.horizon_years);
        let interest = short.share(p.credit.loan_rate / 12.0 * months * (1.0 - left));
        interest - self.cheaper_finance(short)
    }
}
