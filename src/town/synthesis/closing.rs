//! The closing by jobs: every sector's jobs are given, and trade with the outside is what is left.
//!
//! Output, pay, incomes, spending and local demand follow from jobs in one pass. A sector's outside sales are its
//! output less what government and the town buy. Where the town would take more than leaves
//! `town.least_outside_share` of the output for buyers elsewhere, all shares of the sector's goods that are bought in
//! town are lowered by one factor and the rest is bought elsewhere: a place with few carriers buys carriage where
//! carriers are. This is the rule of location quotients, with what the sector can make in the place of a quotient.

use crate::scenario::Parameters;
use crate::units::{SECTOR_IDS, SECTORS};

use super::accounts::SocialAccounts;
use super::representative::Representative;

/// A sector of which the town buys less at home than its shares say, because no more is made there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lowered {
    /// Identifier of the sector.
    pub sector: &'static str,
    /// What local shares are multiplied by, below 1.
    pub factor: f64,
    /// What the town would have bought at home, dollars a month.
    pub wanted: f64,
    /// What it buys there.
    pub bought: f64,
}

impl SocialAccounts {
    /// Closes the accounts on the jobs of the scenario, scaled to the town's private jobs. Never fails.
    pub(super) fn close_on_jobs(&mut self, parameters: &Parameters, representative: &Representative) {
        let private = f64::from(self.counts.employed - self.counts.public_jobs);
        let all: f64 = self.jobs.iter().sum();
        for jobs in &mut self.jobs {
            *jobs *= private / all.max(f64::MIN_POSITIVE);
        }
        self.update(parameters, representative);
        for s in 0..SECTORS {
            let sold_outside = parameters.town.least_outside_share * self.output[s];
            let left = (self.output[s] - self.government[s] - sold_outside).max(0.0);
            let wanted = self.local_demand(s);
            if wanted > left {
                self.local_factor[s] = left / wanted;
            }
        }
        self.spend(parameters, self.households.spending);
        for s in 0..SECTORS {
            let rest = self.output[s] - self.government[s] - self.local_demand(s);
            self.exports[s] = rest.max(0.0);
        }
        self.count_heads(parameters);
    }

    /// Sectors whose local shares were lowered, and by how much.
    pub fn lowered(&self, parameters: &Parameters) -> Vec<Lowered> {
        let mut asked = self.clone();
        asked.local_factor = [1.0; SECTORS];
        asked.spend(parameters, self.households.spending);
        (0..SECTORS)
            .filter(|&s| self.local_factor[s] < 1.0)
            .map(|s| Lowered {
                sector: SECTOR_IDS[s],
                factor: self.local_factor[s],
                wanted: asked.local_demand(s),
                bought: self.local_demand(s),
            })
            .collect()
    }
}
