//! What policies change in the decision: money for a project, and what a duty of notice would cost.

use crate::scenario::Parameters;
use crate::town::Town;
use crate::town::technology::Mode;
use crate::units::{Money, TASKS};

use super::super::policy::{firm_training, grants, loans};
use super::deciding::Situation;

impl Situation {
    /// What programs would pay of a project: first of its training, then of the rest.
    pub(super) fn support(&self, cost: Money, training_cost: Money) -> Money {
        let training = self
            .training
            .map_or(Money::ZERO, |offer| offer.of(training_cost));
        let grant = self
            .grant
            .map_or(Money::ZERO, |grant| grant.of(cost - training));
        training + grant
    }

    /// What a loan window would pay of the interest on what the firm would have to borrow.
    pub(super) fn cheaper_finance(&self, short: Money) -> Money {
        self.window
            .as_ref()
            .map_or(Money::ZERO, |window| window.relief(window.loan(short)))
    }

    /// Persons whose work a step in a technology's level would take over and nobody would keep.
    pub(super) fn laid_off(
        &self,
        kind: usize,
        step: f64,
        mode: Mode,
        town: &Town,
        p: &Parameters,
    ) -> f64 {
        if self.notice == 0.0 {
            return 0.0;
        }
        let kept = match mode {
            Mode::Replace => 0.0,
            Mode::Augment => p.automation.kept_hours,
        };
        self.freed(kind, step, town, p) * (1.0 - kept) * self.workers
    }

    /// Part of the firm's work that a step in a technology's level would take over.
    pub(super) fn freed(&self, kind: usize, step: f64, town: &Town, p: &Parameters) -> f64 {
        let shares = &p.sectors[town.firms.sector[self.firm] as usize].task_shares;
        let coverage = &p.technologies[kind].coverage;
        step * (0..TASKS).fold(0.0, |sum, k| sum + shares[k] * coverage[k] * self.left[k])
    }

    /// Pays it, for a project that starts, and the window's part of the interest on what it lent.
    pub(super) fn draw_support(
        &self,
        town: &mut Town,
        cost: Money,
        training_cost: Money,
        lent: Money,
    ) {
        let mut left = cost;
        if let Some(training) = &self.training {
            left -= firm_training::pay(town, self.firm, training, training_cost);
        }
        if let Some(grant) = &self.grant {
            grants::pay(town, self.firm, grant, left);
        }
        if let Some(window) = &self.window {
            loans::pay(town, self.firm, window, lent);
        }
    }
}
