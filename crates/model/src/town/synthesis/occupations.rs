//! Occupations: distances between them, and how well the people who hold them fit.

use crate::rng::{Draws, Purpose};
use crate::scenario::Parameters;
use crate::units::{OCCUPATIONS, TASKS};

use super::strata::category;

/// Share of workers who change occupation in a month, as the model's own labor market makes them: 6.5% a year.
/// With another rate the first years would be far from where skills settle.
const CHANGE_RATE: f64 = 0.0055;
/// Spread of each skill around the bundle of the occupation (log), by judgement.
const SKILL_SPREAD: f64 = 0.10;

/// Distances between occupations in task space, row-major, scaled to mean 1 off the diagonal.
pub(super) fn distances(parameters: &Parameters) -> (Vec<f32>, f64) {
    let bundle = |o: usize| &parameters.occupations[o].task_shares;
    let euclid = |a: usize, b: usize| {
        let squares: f64 = bundle(a)
            .iter()
            .zip(bundle(b))
            .map(|(x, y)| (x - y) * (x - y))
            .sum();
        libm::sqrt(squares)
    };
    let pairs = (OCCUPATIONS * (OCCUPATIONS - 1)) as f64;
    let sum: f64 = (0..OCCUPATIONS * OCCUPATIONS)
        .map(|cell| euclid(cell / OCCUPATIONS, cell % OCCUPATIONS))
        .sum();
    let mean = if sum > 0.0 { sum / pairs } else { 1.0 };
    let scaled = (0..OCCUPATIONS * OCCUPATIONS)
        .map(|cell| (euclid(cell / OCCUPATIONS, cell % OCCUPATIONS) / mean) as f32)
        .collect();
    (scaled, mean)
}

/// Where people came from when they changed occupation, and what is left of the misfit since.
pub(super) struct Histories<'a> {
    parameters: &'a Parameters,
    distance: &'a [f32],
    origins: Vec<[f64; OCCUPATIONS]>,
}

/// One person's fit for the occupation held.
#[derive(Clone, Copy, Debug)]
pub(super) struct History {
    /// Fit, 0 to 1.
    pub fit: f64,
    /// Months in the occupation.
    pub months: f64,
    /// The occupation before.
    pub before: usize,
}

impl<'a> Histories<'a> {
    /// Histories in a town whose jobs have the occupation mix `mix`: changes are more frequent between near
    /// occupations, by the rule that makes applicants suitable.
    pub fn new(
        parameters: &'a Parameters,
        distance: &'a [f32],
        mix: &[f64; OCCUPATIONS],
    ) -> Histories<'a> {
        let rules = &parameters.labor_market;
        let wage = |o: usize| libm::log(parameters.occupations[o].mean_wage);
        let origins = (0..OCCUPATIONS)
            .map(|now| {
                std::array::from_fn(|before| {
                    let far = f64::from(distance[now * OCCUPATIONS + before]);
                    if before == now {
                        0.0
                    } else {
                        let step = (wage(now) - wage(before)).max(0.0);
                        let fall =
                            rules.suitability_distance * far + rules.suitability_pay_step * step;
                        mix[before] * libm::exp(-fall)
                    }
                })
            })
            .collect();
        Histories {
            parameters,
            distance,
            origins,
        }
    }

    /// A person's history, drawn as it would be after many years of change and learning.
    pub fn draw(&self, draws: &Draws, worker: u64, occupation: usize) -> History {
        let words = draws.words(worker, 0, Purpose::SynthesisWorker, 1);
        let since = crate::rng::unit(words[0], words[1]);
        let months = -libm::log(since) / CHANGE_RATE;
        let before = category(
            crate::rng::unit(words[2], words[3]),
            &self.origins[occupation],
        );
        let labor = &self.parameters.labor_market;
        let wage = |o: usize| self.parameters.occupations[o].mean_wage;
        let far = f64::from(self.distance[occupation * OCCUPATIONS + before]);
        let step = libm::log(wage(occupation) / wage(before)).max(0.0);
        let first = libm::exp(-labor.fit_distance * far - labor.fit_pay_step * step);
        let left = libm::pow(1.0 - labor.learning_speed, months);
        History {
            fit: 1.0 - (1.0 - first) * left,
            months,
            before,
        }
    }

    /// Skills of a person: the bundles of the present and the former occupation, weighted by fit, with noise.
    pub fn skills(
        &self,
        draws: &Draws,
        worker: u64,
        occupation: usize,
        history: &History,
    ) -> [f32; TASKS] {
        let now = &self.parameters.occupations[occupation].task_shares;
        let before = &self.parameters.occupations[history.before].task_shares;
        std::array::from_fn(|k| {
            let noise = draws.normal(worker, 0, Purpose::SynthesisWorker, 8 + k as u32);
            let bundle = history.fit * now[k] + (1.0 - history.fit) * before[k];
            (bundle * libm::exp(SKILL_SPREAD * noise)) as f32
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::town::synthesis::fixtures::parameters;
    use crate::town::synthesis::representative::town_mix;

    #[test]
    fn distances_are_symmetric_with_mean_one() {
        let (distance, _) = distances(&parameters());
        let mut sum = 0.0;
        for a in 0..OCCUPATIONS {
            assert_eq!(distance[a * OCCUPATIONS + a], 0.0);
            for b in 0..OCCUPATIONS {
                assert_eq!(distance[a * OCCUPATIONS + b], distance[b * OCCUPATIONS + a]);
                sum += f64::from(distance[a * OCCUPATIONS + b]);
            }
        }
        assert!((sum / (OCCUPATIONS * (OCCUPATIONS - 1)) as f64 - 1.0).abs() < 1e-5);
    }

    #[test]
    fn most_people_fit_and_some_still_learn() {
        let p = parameters();
        let (distance, _) = distances(&p);
        let histories = Histories::new(&p, &distance, &town_mix(&p));
        let draws = Draws::new(1, 0);
        let fits: Vec<f64> = (0..10_000)
            .map(|worker| histories.draw(&draws, worker, (worker % 22) as usize).fit)
            .collect();
        let good = fits.iter().filter(|&&f| f > 0.97).count();
        let poor = fits.iter().filter(|&&f| f < 0.85).count();
        assert!(fits.iter().all(|f| (0.0..=1.0).contains(f)));
        assert!(good > 5_000, "{good}");
        assert!((500..3_500).contains(&poor), "{poor}");
    }
}
