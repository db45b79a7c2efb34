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

/// Most of a town's staff that lives outside; owners and a few others are residents.
const MOST_OUTSIDERS: f64 = 0.97;
/// Least factor on income from property: households report to surveys about a fifth of what national accounts count
/// for them (American Community Survey: interest, dividends and rents near 5,000 dollars a household).
const LEAST_PROPERTY: f64 = 0.2;
/// Least factor on pensions, by judgement: half the national mean is less than any county's.
const LEAST_PENSIONS: f64 = 0.5;

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
    pub(super) fn close_on_jobs(
        &mut self,
        parameters: &Parameters,
        representative: &Representative,
    ) {
        let private = f64::from(self.counts.private_jobs());
        let all: f64 = self.jobs.iter().sum();
        for jobs in &mut self.jobs {
            *jobs *= private / all.max(f64::MIN_POSITIVE);
        }
        self.update(parameters, representative);
        self.count_heads(parameters);
        self.inward_pay = self.inward_share() * self.staff_pay();
        self.update(parameters, representative);
        self.meet_mean_income(parameters, representative);
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

    /// Wages of all staff in town.
    fn staff_pay(&self) -> f64 {
        self.wage_bill.iter().sum::<f64>() + self.public_pay
    }

    /// Part of all staff in town that lives outside. Owners live in town.
    pub fn inward_share(&self) -> f64 {
        let owners: u32 = self.owners.iter().sum();
        let staff = self.counts.jobs().saturating_sub(owners).max(1);
        (f64::from(self.counts.inward) / f64::from(staff)).min(MOST_OUTSIDERS)
    }

    /// Scales income from property, then pensions, so that households' mean money income is
    /// `households.mean_income`. Neither falls below what surveys of households find of it.
    fn meet_mean_income(&mut self, parameters: &Parameters, representative: &Representative) {
        let homes = f64::from(self.counts.households());
        let wanted = parameters.households.mean_income / 12.0 * homes;
        if wanted <= 0.0 {
            return;
        }
        let now = &self.households;
        let others = now.labor + now.dividends + now.transfers + now.benefits;
        let (property, pensions) = (now.property, now.pensions);
        let fitting = (wanted - others - pensions) / property.max(f64::MIN_POSITIVE);
        self.property_factor = fitting.max(LEAST_PROPERTY);
        let left = wanted - others - self.property_factor * property;
        if fitting < LEAST_PROPERTY && pensions > 0.0 {
            self.pension_factor = (left / pensions).clamp(LEAST_PENSIONS, 1.0);
        }
        self.update(parameters, representative);
    }

    /// Mean money income of households before tax, dollars a year.
    pub fn mean_income(&self) -> f64 {
        let own = &self.households;
        let sum =
            own.labor + own.dividends + own.property + own.pensions + own.transfers + own.benefits;
        12.0 * sum / f64::from(self.counts.households())
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::parameters::Closing;
    use crate::town::synthesis::FlowMatrix;
    use crate::town::synthesis::fixtures::{PRESETS, preset};
    use crate::units::sector;
    use proptest::prelude::*;

    fn by_jobs(kind: &str, residents: u32) -> Parameters {
        let mut p = preset(kind, residents);
        p.town.closing = Closing::Jobs;
        p
    }

    fn assert_closed(accounts: &SocialAccounts, p: &Parameters) {
        let matrix = accounts.flow_matrix(p);
        let (account, gap) = matrix.largest_gap();
        let size = matrix.receipts(account).max(1.0);
        assert!(
            gap / size < 1e-6,
            "{} off by {gap}",
            FlowMatrix::name(account)
        );
    }

    #[test]
    fn jobs_are_those_of_the_scenario_and_accounts_close() {
        for kind in PRESETS {
            let p = by_jobs(kind, 20_000);
            let accounts = SocialAccounts::solve(&p).expect("it never fails");
            let all: f64 = p.sectors.iter().map(|s| s.jobs_share).sum();
            let private = f64::from(accounts.counts.private_jobs());
            for (s, sector) in p.sectors.iter().enumerate() {
                let wanted = sector.jobs_share / all * private;
                assert!((accounts.jobs[s] - wanted).abs() < 1e-6 * wanted.max(1.0));
                let least = p.town.least_outside_share * accounts.output[s];
                assert!(accounts.exports[s] > 0.999_999 * least);
            }
            assert_closed(&accounts, &p);
        }
    }

    #[test]
    fn a_sector_that_is_too_small_sells_in_town_what_it_can_and_says_so() {
        let mut p = by_jobs("main_street", 20_000);
        p.sectors.logistics.jobs_share = 0.005;
        let accounts = SocialAccounts::solve(&p).expect("it never fails");
        let told = accounts.lowered(&p);
        let logistics = (told.iter().find(|l| l.sector == "logistics")).expect("too few carriers");
        assert!(logistics.factor < 0.5 && logistics.bought < logistics.wanted);
        let outside = accounts.exports[sector::LOGISTICS] / accounts.output[sector::LOGISTICS];
        assert!((outside - p.town.least_outside_share).abs() < 1e-9);
        assert_closed(&accounts, &p);
        // The same jobs in the closing by economic base make another town or none.
        p.town.closing = Closing::Base;
        assert!(SocialAccounts::solve(&p).is_err());
    }

    #[test]
    fn commuters_change_where_residents_work_and_what_comes_home() {
        for (outward, inward) in [(0.4, 0.0), (0.0, 0.4), (0.3, 0.2)] {
            let mut p = by_jobs("main_street", 20_000);
            p.commuting.outward_share = outward;
            p.commuting.inward_share = inward;
            let accounts = SocialAccounts::solve(&p).expect("it never fails");
            let counts = &accounts.counts;
            let employed = f64::from(counts.employed);
            assert!((f64::from(counts.outward) / employed - outward).abs() < 1e-3);
            assert!((f64::from(counts.inward) / f64::from(counts.jobs()) - inward).abs() < 1e-3);
            let heads: u32 = accounts.heads.iter().sum();
            assert_eq!(heads + counts.public_jobs, counts.jobs());
            assert_closed(&accounts, &p);
        }
    }

    #[test]
    fn property_income_and_then_pensions_meet_the_mean_income_asked_for() {
        let mut p = by_jobs("main_street", 20_000);
        let plain = SocialAccounts::solve(&p).expect("it never fails");
        p.households.mean_income = 0.93 * plain.mean_income();
        let less = SocialAccounts::solve(&p).expect("it never fails");
        assert!(less.property_factor < 1.0 && less.pension_factor == 1.0);
        assert!((less.mean_income() / p.households.mean_income - 1.0).abs() < 1e-6);
        p.households.mean_income = 0.77 * plain.mean_income();
        let least = SocialAccounts::solve(&p).expect("it never fails");
        assert!(least.property_factor == LEAST_PROPERTY && least.pension_factor < 1.0);
        assert_closed(&least, &p);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// Whatever the jobs, accounts close.
        #[test]
        fn any_mix_of_jobs_closes(
            shares in prop::array::uniform11(0.0_f64..0.4),
            public in 0.0_f64..0.6,
            empty in 0_usize..11,
            least in 0.0_f64..0.5,
        ) {
            let mut p = by_jobs("main_street", 4_000);
            for (s, share) in shares.iter().enumerate() {
                p.sectors[s].jobs_share = if s == empty { 0.0 } else { *share };
            }
            p.public.jobs_share = public;
            p.town.least_outside_share = least;
            let accounts = SocialAccounts::solve(&p).expect("it never fails");
            assert_closed(&accounts, &p);
            prop_assert!(accounts.exports.iter().all(|e| *e >= 0.0));
        }
    }
}
