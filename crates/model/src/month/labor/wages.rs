//! Pay: the town's wage for each occupation follows the wage curve; incumbents' pay follows once a year.

use crate::parallel::prelude::*;

use crate::scenario::Parameters;
use crate::town::people::{OUTSIDE_EMPLOYER, PUBLIC_EMPLOYER, Status};
use crate::town::{Labor, Town, Workers};
use crate::units::{Money, OCCUPATIONS};

/// Floor of unemployment in the wage curve, so that a logarithm exists in a tiny town.
const LOWEST_UNEMPLOYMENT: f64 = 0.002;

/// Moves occupation wages along the wage curve and reviews a twelfth of all pay.
///
/// `Δ ln W_o = λ [ln W_out − ε ln(ũ_o / u_ref) − ln W_o]` (Blanchflower & Oswald 1994), ũ smoothed and shrunk
/// toward the town's rate.
pub fn adjust(town: &mut Town, p: &Parameters) {
    let before = mean_wage(&town.labor);
    smooth_unemployment(town, p);
    let reference = town.anchors.reference_unemployment;
    let outside = libm::pow(
        1.0 + p.economy.outside_wage_growth,
        f64::from(town.month.saturating_sub(p.run.burn_in_months)) / 12.0,
    );
    for occupation in 0..OCCUPATIONS {
        let labor = &mut town.labor;
        let unemployment = labor.unemployment[occupation].max(LOWEST_UNEMPLOYMENT);
        let target = libm::log(labor.initial_wage[occupation] * outside)
            - p.labor_market.wage_curve_elasticity * libm::log(unemployment / reference);
        let wage = libm::log(labor.wage[occupation]);
        labor.outside_wage[occupation] = labor.initial_wage[occupation] * outside;
        labor.wage[occupation] = libm::exp(wage + p.labor_market.wage_adjustment * (target - wage));
    }
    review_pay(town, p, mean_wage(&town.labor) / before);
}

/// Mean of occupation wages by the mix employers want.
pub fn mean_wage(labor: &Labor) -> f64 {
    (0..OCCUPATIONS).fold(0.0, |sum, o| sum + labor.wanted_mix[o] * labor.wage[o])
}

fn smooth_unemployment(town: &mut Town, p: &Parameters) {
    let mut jobless = [0.0; OCCUPATIONS];
    let mut active = [0.0; OCCUPATIONS];
    let Workers {
        status, occupation, ..
    } = &town.workers;
    for (status, &occupation) in status.iter().zip(occupation) {
        match status {
            Status::Employed => active[occupation as usize] += 1.0,
            Status::Unemployed => {
                active[occupation as usize] += 1.0;
                jobless[occupation as usize] += 1.0;
            }
            _ => {}
        }
    }
    let sum = |values: &[f64]| values.iter().fold(0.0, |a, b| a + b);
    let town_rate = sum(&jobless) / sum(&active).max(1.0);
    let weight = p.labor_market.tightness_smoothing;
    let shrinkage = p.labor_market.wage_curve_shrinkage;
    let labor = &mut town.labor;
    labor.smoothed_unemployment += weight * (town_rate - labor.smoothed_unemployment);
    for occupation in 0..OCCUPATIONS {
        let rate = (jobless[occupation] + shrinkage * town_rate)
            / (active[occupation] + shrinkage).max(1.0);
        labor.unemployment[occupation] += weight * (rate - labor.unemployment[occupation]);
    }
}

/// A twelfth of the staff, by worker row, gets the pay its post would be offered at today; owners' wanted
/// draws follow the mean wage.
fn review_pay(town: &mut Town, p: &Parameters, growth: f64) {
    let Town {
        workers,
        firms,
        labor,
        month,
        ..
    } = town;
    let turn = *month % 12;
    let floor = p.labor_market.minimum_wage;
    let Workers {
        wage,
        status,
        employer,
        occupation,
        ability,
        fit,
        ..
    } = workers;
    (wage, &*status, &*employer, &*occupation, &*ability, &*fit)
        .into_par_iter()
        .enumerate()
        .with_min_len(4096)
        .for_each(
            |(worker, (wage, status, &employer, &occupation, &ability, &fit))| {
                if *status != Status::Employed {
                    return;
                }
                if worker as u32 % 12 == turn {
                    let premium = match employer {
                        PUBLIC_EMPLOYER => p.public.wage_premium,
                        OUTSIDE_EMPLOYER => p.commuting.outside_pay,
                        firm => firms.pay_premium[firm as usize],
                    };
                    let due = labor.wage[occupation as usize]
                        * premium
                        * f64::from(ability)
                        * f64::from(fit);
                    *wage = Money::from_dollars(due.max(floor));
                } else if wage.dollars() < floor {
                    *wage = Money::from_dollars(floor);
                }
            },
        );
    for firm in 0..firms.len() {
        if firms.open[firm] {
            firms.owner_draw[firm] *= growth;
        }
    }
}
