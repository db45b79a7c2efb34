//! How many people there are and how they live together.

use crate::rng::{Draws, Purpose};
use crate::scenario::parameters::{CommutingParameters, TownParameters};

use super::error::SynthesisError;
use super::strata::{even, shuffled};

/// Persons on a pension in a household of pensioners only, before totals bind: about four in ten live with a
/// partner (US Census 2023, people of 65 and older).
const PENSIONERS_PER_HOUSEHOLD: f64 = 1.4;

/// Head counts of a town at month 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// Residents of all ages.
    pub residents: u32,
    /// Residents of working age.
    pub working_age: u32,
    /// Of these, working or looking for work.
    pub labor_force: u32,
    /// Of these, without a job.
    pub unemployed: u32,
    /// Residents with a job, owners included.
    pub employed: u32,
    /// Of these, working outside the town.
    pub outward: u32,
    /// People from outside who work in the town.
    pub inward: u32,
    /// Of people from outside who look to the town for work, those without a job there.
    pub inward_seekers: u32,
    /// Public jobs.
    pub public_jobs: u32,
    /// Residents on a pension.
    pub pensioners: u32,
    /// Residents who are neither of working age nor on a pension.
    pub children: u32,
    /// Households with members of working age.
    pub working_households: u32,
    /// Households of pensioners only.
    pub pensioner_households: u32,
}

impl Counts {
    /// Head counts of a town with `residents` residents, `public_share` of its jobs public.
    ///
    /// # Errors
    /// [`SynthesisError::Population`] if the population's shares exceed the whole.
    pub fn of(
        town: &TownParameters,
        residents: u32,
        public_share: f64,
    ) -> Result<Counts, SynthesisError> {
        let share = |whole: u32, part: f64| (f64::from(whole) * part).round() as u32;
        let working_age = share(residents, town.working_age_share);
        let labor_force = share(working_age, town.participation);
        let unemployed = share(labor_force, town.initial_unemployment);
        let employed = labor_force - unemployed;
        let pensioners = share(residents, town.pensioner_share);
        if working_age + pensioners > residents {
            return Err(SynthesisError::Population {
                problem: "`town.working_age_share` and `town.pensioner_share` sum to more than 1",
            });
        }
        let households = (f64::from(residents) / town.household_size).round() as u32;
        let pensioner_households = share(households, town.pensioner_household_share);
        if pensioner_households > pensioners {
            return Err(SynthesisError::Population {
                problem: "there are more households of pensioners than pensioners; lower \
                          `town.pensioner_household_share` or raise `town.pensioner_share`",
            });
        }
        let working_households = households - pensioner_households;
        if working_households > working_age || working_households == 0 {
            return Err(SynthesisError::Population {
                problem: "households with workers do not match the residents of working age; change \
                          `town.household_size`, `town.pensioner_household_share` or \
                          `town.working_age_share`",
            });
        }
        Ok(Counts {
            residents,
            working_age,
            labor_force,
            unemployed,
            employed,
            outward: 0,
            inward: 0,
            inward_seekers: 0,
            public_jobs: share(employed, public_share),
            pensioners,
            children: residents - working_age - pensioners,
            working_households,
            pensioner_households,
        })
    }

    /// The same people with commuters among them: residents who work outside leave their share of jobs to others, and
    /// people from outside hold theirs.
    pub fn with_commuters(mut self, commuting: &CommutingParameters, public_share: f64) -> Counts {
        let share = |whole: u32, part: f64| (f64::from(whole) * part).round() as u32;
        self.outward = share(self.employed, commuting.outward_share);
        let at_home = self.employed - self.outward;
        let inward = commuting.inward_share;
        self.inward = share(at_home, inward / (1.0 - inward).max(f64::MIN_POSITIVE));
        // They are out of work as often as residents are.
        let jobless = f64::from(self.unemployed) / f64::from(self.employed.max(1));
        self.inward_seekers = share(self.inward, jobless);
        self.public_jobs = share(self.jobs(), public_share);
        self
    }

    /// Jobs in the town, owners' and public ones included.
    pub fn jobs(&self) -> u32 {
        self.employed - self.outward + self.inward
    }

    /// Jobs in the town at firms.
    pub fn private_jobs(&self) -> u32 {
        self.jobs() - self.public_jobs
    }

    /// People from outside who work in the town or look for work there.
    pub fn outsiders(&self) -> u32 {
        self.inward + self.inward_seekers
    }

    /// Households of both kinds.
    pub fn households(&self) -> u32 {
        self.working_households + self.pensioner_households
    }
}

/// Members of each household, in a random order of households.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Composition {
    /// Members of working age.
    pub workers: Vec<u8>,
    /// Members on a pension.
    pub pensioners: Vec<u8>,
    /// Members of all ages.
    pub persons: Vec<u8>,
}

impl Composition {
    /// Spreads the town's people over its households; every total of `counts` is met exactly.
    pub fn build(counts: &Counts, draws: &Draws) -> Composition {
        let households = counts.households() as usize;
        let working = counts.working_households as usize;
        let order = shuffled(draws, Purpose::SynthesisHousehold, 0, households);
        let (with_workers, without) = order.split_at(working);
        // Each kind of member is dealt in an order of its own, or large families would also have all the children.
        let again = |number: u32| -> Vec<u32> {
            shuffled(draws, Purpose::SynthesisHousehold, number, working)
                .into_iter()
                .map(|place| with_workers[place as usize])
                .collect()
        };
        let mut built = Composition {
            workers: vec![0; households],
            pensioners: vec![0; households],
            persons: vec![0; households],
        };
        deal(&mut built.workers, with_workers, counts.working_age, 3, 1);
        let alone = (PENSIONERS_PER_HOUSEHOLD * without.len() as f64).round() as u32;
        let alone = alone.clamp(without.len() as u32, counts.pensioners);
        let alone = if without.is_empty() { 0 } else { alone };
        deal(&mut built.pensioners, without, alone, 1, 1);
        let others = counts.pensioners - alone;
        deal(&mut built.pensioners, &again(1), others, 2, 0);
        let mut children = vec![0; households];
        deal(&mut children, &again(2), counts.children, 4, 0);
        for (household, &young) in children.iter().enumerate() {
            built.persons[household] = built.workers[household]
                .saturating_add(built.pensioners[household])
                .saturating_add(young);
        }
        built
    }
}

/// Deals `total` people to the households in `rows`: `least` each, the rest by binomial quantiles of about
/// `spread` trials.
fn deal(places: &mut [u8], rows: &[u32], total: u32, spread: u32, least: u32) {
    if rows.is_empty() {
        return;
    }
    let extra = total.saturating_sub(least * rows.len() as u32);
    let mean = f64::from(extra) / rows.len() as f64;
    let trials = spread.max(libm::ceil(2.0 * mean) as u32);
    let chance = mean / f64::from(trials);
    let mut left = extra;
    for (step, &row) in rows.iter().enumerate() {
        let wanted = binomial_quantile(even(0.5, step), trials, chance).min(left);
        places[row as usize] = (least + wanted) as u8;
        left -= wanted;
    }
    // Rounding leaves a few people over: one more each for the first households.
    for &row in rows.iter().cycle().take(left as usize) {
        places[row as usize] = places[row as usize].saturating_add(1);
    }
}

fn binomial_quantile(uniform: f64, trials: u32, chance: f64) -> u32 {
    if chance >= 1.0 {
        return trials;
    }
    let odds = chance / (1.0 - chance);
    let mut mass = libm::pow(1.0 - chance, f64::from(trials));
    let mut below = mass;
    let mut successes = 0;
    while below < uniform && successes < trials {
        mass *= odds * f64::from(trials - successes) / f64::from(successes + 1);
        below += mass;
        successes += 1;
    }
    successes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::town::synthesis::fixtures::parameters;

    #[test]
    fn totals_are_met_exactly_and_every_household_has_an_adult() {
        for residents in [1_000, 1_003, 20_000] {
            let town = parameters().town;
            let counts = Counts::of(&town, residents, 0.15).expect("default shares add up");
            let built = Composition::build(&counts, &Draws::new(1, 0));
            let sum = |column: &[u8]| column.iter().map(|&n| u32::from(n)).sum::<u32>();
            assert_eq!(sum(&built.workers), counts.working_age);
            assert_eq!(sum(&built.pensioners), counts.pensioners);
            assert_eq!(sum(&built.persons), residents);
            assert!(
                built
                    .workers
                    .iter()
                    .zip(&built.pensioners)
                    .all(|(w, p)| w + p > 0)
            );
            let only_pensioners = built.workers.iter().filter(|&&w| w == 0).count();
            assert_eq!(only_pensioners, counts.pensioner_households as usize);
        }
    }

    #[test]
    fn shares_that_exceed_the_whole_are_refused() {
        let mut town = parameters().town;
        town.pensioner_share = 0.5;
        assert!(matches!(
            Counts::of(&town, 5_000, 0.1),
            Err(SynthesisError::Population { .. })
        ));
    }
}
