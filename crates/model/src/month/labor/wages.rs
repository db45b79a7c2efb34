//! Pay: the town's wage for each occupation answers its vacancies per seeker; incumbents' pay follows once a year.

use crate::parallel::prelude::*;

use crate::month::events::settling_months;
use crate::rng::{Purpose, unit32};
use crate::scenario::Parameters;
use crate::town::people::{OUTSIDE_EMPLOYER, PUBLIC_EMPLOYER, Status};
use crate::town::{Firms, Labor, Town, Workers};
use crate::units::{Money, OCCUPATIONS};

/// Tightness below which pay does not fall further, so that a logarithm exists in a tiny town.
const LOWEST_TIGHTNESS: f64 = 0.01;
/// Weight of a month in the tightness that pay refers to, while the town settles.
const SETTLING: f64 = 0.1;

/// Moves occupation wages with tightness and reviews a twelfth of all pay.
///
/// `Δ ln W_o = λ [ln W_out + η ln(θ_o / θ_ref) − ln W_o]` with θ the vacancies per seeker, smoothed and shrunk toward
/// the town's (the wage equation of Mortensen & Pissarides 1994 in its log-linear form).
pub fn adjust(town: &mut Town, p: &Parameters) {
    let before = mean_wage(&town.labor);
    smooth_unemployment(town, p);
    let tightness = town.labor.town_tightness();
    if town.month < settling_months(p.run.burn_in_months) {
        let usual = &mut town.labor.usual_tightness;
        *usual += SETTLING * (tightness - *usual);
    }
    let reference = town.labor.usual_tightness.max(LOWEST_TIGHTNESS);
    let outside = libm::pow(
        1.0 + p.economy.outside_wage_growth,
        f64::from(town.month.saturating_sub(p.run.burn_in_months)) / 12.0,
    );
    let rules = &p.labor_market;
    for occupation in 0..OCCUPATIONS {
        let labor = &mut town.labor;
        let own = labor
            .tightness(occupation, rules.tightness_shrinkage, tightness)
            .max(LOWEST_TIGHTNESS);
        let target = libm::log(labor.initial_wage[occupation] * outside)
            + rules.tightness_pay_response * libm::log(own / reference);
        let wage = libm::log(labor.wage[occupation]);
        labor.outside_wage[occupation] = labor.initial_wage[occupation] * outside;
        labor.wage[occupation] = libm::exp(wage + rules.wage_adjustment * (target - wage));
    }
    review_pay(town, p, mean_wage(&town.labor) / before);
}

/// Mean of occupation wages by the mix employers want.
pub fn mean_wage(labor: &Labor) -> f64 {
    (0..OCCUPATIONS).fold(0.0, |sum, o| sum + labor.wanted_mix[o] * labor.wage[o])
}

fn smooth_unemployment(town: &mut Town, p: &Parameters) {
    let mut unemployed = [0.0; OCCUPATIONS];
    let mut active = [0.0; OCCUPATIONS];
    let Workers {
        status, occupation, ..
    } = &town.workers;
    for (status, &occupation) in status.iter().zip(occupation) {
        match status {
            Status::Employed => active[occupation as usize] += 1.0,
            Status::Unemployed => {
                active[occupation as usize] += 1.0;
                unemployed[occupation as usize] += 1.0;
            }
            _ => {}
        }
    }
    let sum = |values: &[f64]| values.iter().fold(0.0, |a, b| a + b);
    let town_rate = sum(&unemployed) / sum(&active).max(1.0);
    let weight = p.labor_market.tightness_smoothing;
    let shrinkage = p.labor_market.tightness_shrinkage;
    let labor = &mut town.labor;
    labor.smoothed_unemployment += weight * (town_rate - labor.smoothed_unemployment);
    for occupation in 0..OCCUPATIONS {
        let rate = (unemployed[occupation] + shrinkage * town_rate)
            / (active[occupation] + shrinkage).max(1.0);
        labor.unemployment[occupation] += weight * (rate - labor.unemployment[occupation]);
    }
}

/// A twelfth of the staff, by worker row, gets the pay its post would be offered at today; pay above that is seldom
/// cut. Owners' wanted draws follow the mean wage.
fn review_pay(town: &mut Town, p: &Parameters, growth: f64) {
    let Town {
        workers,
        firms,
        labor,
        month,
        draws,
        ..
    } = town;
    let turn = *month % 12;
    let floor = p.labor_market.minimum_wage;
    let mut wages = std::mem::take(&mut workers.wage);
    let people = &*workers;
    wages
        .par_iter_mut()
        .enumerate()
        .with_min_len(4096)
        .for_each(|(worker, wage)| {
            if people.status[worker] != Status::Employed {
                return;
            }
            if worker as u32 % 12 == turn {
                let due = due_pay(people, worker, firms, labor, p).max(floor);
                let rises = due >= wage.dollars();
                let cut = || {
                    let words = draws.words(worker as u64, *month, Purpose::PayReview, 0);
                    unit32(words[0]) < p.labor_market.pay_cut_chance
                };
                if rises || cut() {
                    *wage = Money::from_dollars(due);
                }
            }
            if wage.dollars() < floor {
                *wage = Money::from_dollars(floor);
            }
        });
    workers.wage = wages;
    for firm in 0..firms.len() {
        if firms.open[firm] {
            firms.owner_draw[firm] *= growth;
        }
    }
}

/// What a job is paid by the rules: the town's wage × premium × skill in the job.
fn due_pay(workers: &Workers, worker: usize, firms: &Firms, labor: &Labor, p: &Parameters) -> f64 {
    let employer = workers.employer[worker];
    let premium = match employer {
        PUBLIC_EMPLOYER => p.public.wage_premium,
        OUTSIDE_EMPLOYER => p.commuting.outside_pay,
        firm => firms.pay_premium[firm as usize],
    };
    let occupation = usize::from(workers.occupation[worker]);
    labor.wage[occupation] * premium * labor.profile.in_job(workers, worker)
}
