//! What a person can do in a job, in units of the mean worker of the occupation: pay and output follow it.

use serde::{Deserialize, Serialize};

use crate::scenario::parameters::LaborMarketParameters;

use super::Workers;
use super::people::Status;

/// Years of age that the profile covers.
const AGES: usize = 100;
/// Months of tenure that the profile tells apart.
const TENURES: usize = 360;

/// What experience and tenure are worth, tabulated.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct SkillProfile {
    /// Part of a beginner's lack that is left, by age in years.
    inexperience: Vec<f32>,
    /// What beginners lack in each occupation, share of skill.
    lack: Vec<f32>,
    /// What tenure multiplies pay and output by, by months.
    tenure: Vec<f32>,
}

impl SkillProfile {
    /// The profile of occupations that pay `wage` dollars a month.
    ///
    /// Skill at age `a` is `1 − e (1 − base/W)⁺ exp(−(a − entry)/years)`: experience counts for little where pay is low
    /// (Mincer 1974; Lagakos and others 2018). Tenure adds `t (1 − exp(−months/τ))`.
    pub fn new(p: &LaborMarketParameters, wage: &[f64]) -> SkillProfile {
        let left = |years: usize| {
            let worked = (years as f64 - p.entry_age).max(0.0);
            libm::exp(-worked / p.experience_pay_years) as f32
        };
        let lack = |wage: &f64| {
            let above = (1.0 - p.experience_pay_base / wage.max(1.0)).max(0.0);
            (p.experience_pay * above) as f32
        };
        let tenure = |months: usize| {
            let learned = 1.0 - libm::exp(-(months as f64) / p.tenure_pay_months);
            (1.0 + p.tenure_pay * learned) as f32
        };
        SkillProfile {
            inexperience: (0..AGES).map(left).collect(),
            lack: wage.iter().map(lack).collect(),
            tenure: (0..TENURES).map(tenure).collect(),
        }
    }

    /// Skill at an age in an occupation, relative to the experienced.
    #[inline]
    pub fn experience(&self, age_months: u16, occupation: usize) -> f64 {
        let left = self.inexperience[usize::from(age_months / 12).min(AGES - 1)];
        f64::from(1.0 - self.lack[occupation] * left)
    }

    /// What tenure multiplies pay and output by.
    #[inline]
    pub fn tenure(&self, months: u16) -> f64 {
        f64::from(self.tenure[usize::from(months).min(TENURES - 1)])
    }

    /// What a person's work is worth anywhere in the own occupation: ability × fit × experience.
    #[inline]
    pub fn general(&self, workers: &Workers, worker: usize) -> f64 {
        f64::from(workers.ability[worker])
            * f64::from(workers.fit[worker])
            * self.experience(
                workers.age_months[worker],
                usize::from(workers.occupation[worker]),
            )
    }

    /// The same in the present job: with the match and tenure.
    #[inline]
    pub fn in_job(&self, workers: &Workers, worker: usize) -> f64 {
        let general = self.general(workers, worker);
        if workers.status[worker] != Status::Employed {
            return general;
        }
        general * f64::from(workers.match_pay[worker]) * self.tenure(workers.months[worker])
    }
}

/// A match drawn from a standard normal number; mean 1.
pub fn match_of(z: f64, spread: f64) -> f64 {
    libm::exp(spread * z - 0.5 * spread * spread)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::town::synthesis::fixtures::parameters;

    #[test]
    fn experience_counts_where_pay_is_high_and_fades_in_with_age() {
        let p = parameters().labor_market;
        let profile = SkillProfile::new(&p, &[p.experience_pay_base, 3.0 * p.experience_pay_base]);
        let at = |years: u16, occupation| profile.experience(12 * years, occupation);
        assert_eq!(at(18, 0), 1.0);
        assert!(at(18, 1) < 0.6 && at(18, 1) < at(25, 1) && at(25, 1) < at(60, 1));
        assert!(at(60, 1) > 0.99);
    }

    #[test]
    fn tenure_adds_what_the_parameter_says_and_is_only_for_staff() {
        let p = parameters().labor_market;
        let profile = SkillProfile::new(&p, &[5_000.0]);
        assert_eq!(profile.tenure(0), 1.0);
        assert!((profile.tenure(u16::MAX) - 1.0 - p.tenure_pay).abs() < 0.01);
        let mut workers = Workers {
            household: vec![0],
            age_months: vec![600],
            occupation: vec![0],
            ability: vec![1.0],
            fit: vec![1.0],
            match_pay: vec![1.5],
            status: vec![Status::Employed],
            months: vec![60],
            ..Workers::default()
        };
        let at_work = profile.in_job(&workers, 0);
        workers.status[0] = Status::Unemployed;
        assert!(at_work > 1.5 && profile.in_job(&workers, 0) <= 1.0);
    }

    #[test]
    fn matches_have_mean_one() {
        let draws = crate::rng::Draws::new(1, 0);
        let z = |n| draws.normal(n, 0, crate::rng::Purpose::Suitability, 0);
        let mean = (0..20_000).map(|n| match_of(z(n), 0.2)).sum::<f64>() / 20_000.0;
        assert!((mean - 1.0).abs() < 0.01, "{mean}");
    }
}
