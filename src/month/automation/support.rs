//! What policies change in the decision: money for a project, and what a duty of notice would cost.

use crate::scenario::Parameters;
use crate::town::Town;
use crate::town::technology::Mode;
use crate::units::{Money, TASKS};

use super::super::policy::{firm_training, grants};
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
        let shares = &p.sectors[town.firms.sector[self.firm] as usize].task_shares;
        let coverage = &p.technologies[kind].coverage;
        let freed = (0..TASKS).fold(0.0, |sum, k| sum + shares[k] * coverage[k] * self.left[k]);
        let kept = match mode {
            Mode::Replace => 0.0,
            Mode::Augment => p.automation.kept_hours,
        };
        step * freed * (1.0 - kept) * self.workers
    }

    /// Pays it, for a project that starts.
    pub(super) fn draw_support(&self, town: &mut Town, cost: Money, training_cost: Money) {
        let mut left = cost;
        if let Some(training) = &self.training {
            left -= firm_training::pay(town, self.firm, training, training_cost);
        }
        if let Some(grant) = &self.grant {
            grants::pay(town, self.firm, grant, left);
        }
    }
}
