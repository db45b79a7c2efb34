//! Who works where and in which occupation, who is out of work, and what everybody earns.

use rayon::prelude::*;

use crate::rng::{Draws, Purpose};
use crate::scenario::Parameters;
use crate::town::people::{PUBLIC_EMPLOYER, Status, Workers};
use crate::town::{Firms, Labor};
use crate::units::{Money, OCCUPATIONS, SECTORS};

use super::accounts::SocialAccounts;
use super::labor_force::{JOB_FINDING, insured_months};
use super::occupations::{Histories, distances};
use super::strata::{category, even, shuffled};

/// Mean months in a job (exponential; median tenure in the United States is about four years).
const MEAN_TENURE: f64 = 50.0;
/// Mean months out of the labor force, by judgement.
const MEAN_INACTIVITY: f64 = 60.0;
/// Imagined average people added to each occupation before its means are taken, so that a handful of people in a
/// small town do not define what is average.
const PSEUDO_PEOPLE: f64 = 10.0;
/// Digital literacy: level at no exposure, rise with the occupation's cognitive exposure, and spread, by judgement.
const LITERACY: (f64, f64, f64) = (0.35, 0.5, 0.15);

/// Every resident of working age in a place: `order` lists worker rows, owners and staff firm by firm, then public
/// staff, the unemployed and the inactive.
pub(super) struct Places {
    /// Worker rows in the order of places.
    pub order: Vec<u32>,
    /// First place of each firm's staff in `order`, its owner apart; staff are adjacent.
    pub staff_start: Vec<usize>,
    /// First place of the public staff.
    pub public_start: usize,
    /// First place of the unemployed.
    pub unemployed_start: usize,
    /// First place of the inactive.
    pub inactive_start: usize,
    /// Employed staff, private and public, by occupation.
    pub staff_by_occupation: [f64; OCCUPATIONS],
}

/// Puts people into jobs and gives them occupations. `firms` have their sectors, sizes (in `staff`, owner apart) and
/// ownership; owners and employers are set here.
pub(super) fn place(
    parameters: &Parameters,
    accounts: &SocialAccounts,
    firms: &mut Firms,
    workers: &mut Workers,
    local: &[bool],
    draws: &Draws,
) -> Places {
    let counts = &accounts.counts;
    let order = shuffled(
        draws,
        Purpose::SynthesisLaborForce,
        0,
        counts.working_age as usize,
    );
    let mut staff_start = vec![0; local.len()];
    let mut staff_by_occupation = [0.0; OCCUPATIONS];
    let mut dealt = [0; SECTORS + 1];
    let start = |group: usize| draws.uniform(group as u64, 0, Purpose::SynthesisWorker, 2);
    let mut next = 0;
    for firm in 0..local.len() {
        let sector = usize::from(firms.sector[firm]);
        let mix = &parameters.sectors[sector].occupations;
        let mut occupation = || {
            dealt[sector] += 1;
            category(even(start(sector), dealt[sector]), mix) as u8
        };
        if local[firm] {
            let owner = order[next] as usize;
            next += 1;
            workers.occupation[owner] = occupation();
            workers.status[owner] = Status::Owner;
            workers.employer[owner] = firm as u32;
            firms.owner_worker[firm] = owner as u32;
            firms.owner[firm] = workers.household[owner];
        }
        staff_start[firm] = next;
        for &worker in &order[next..next + firms.staff[firm] as usize] {
            let worker = worker as usize;
            let chosen = occupation();
            workers.occupation[worker] = chosen;
            workers.status[worker] = Status::Employed;
            workers.employer[worker] = firm as u32;
            staff_by_occupation[usize::from(chosen)] += 1.0;
        }
        next += firms.staff[firm] as usize;
    }
    let public_start = next;
    let unemployed_start = public_start + counts.public_jobs as usize;
    let inactive_start = unemployed_start + counts.unemployed as usize;
    for (step, &worker) in order[public_start..unemployed_start].iter().enumerate() {
        let chosen = category(even(start(SECTORS), step), &parameters.public.occupations);
        workers.occupation[worker as usize] = chosen as u8;
        workers.status[worker as usize] = Status::Employed;
        workers.employer[worker as usize] = PUBLIC_EMPLOYER;
        staff_by_occupation[chosen] += 1.0;
    }
    let others = order[unemployed_start..].iter().map(|&w| w as usize);
    let away = counts.working_age as usize..workers.len();
    for (step, worker) in others.chain(away).enumerate() {
        let chosen = category(even(start(SECTORS + 1), step), &staff_by_occupation);
        workers.occupation[worker] = chosen as u8;
        if (unemployed_start..inactive_start).contains(&(unemployed_start + step)) {
            workers.status[worker] = Status::Unemployed;
        }
    }
    Places {
        order,
        staff_start,
        public_start,
        unemployed_start,
        inactive_start,
        staff_by_occupation,
    }
}

/// Abilities, fit, skills and digital literacy of everybody; the occupations' wages and the labor market's memory.
///
/// An occupation's wage at ability and fit 1 is such that its staff, with the fit they have, earn the data's mean.
pub(super) fn qualify(
    parameters: &Parameters,
    places: &Places,
    workers: &mut Workers,
    draws: &Draws,
) -> Labor {
    let (distance, distance_scale) = distances(parameters);
    let staff = &places.staff_by_occupation;
    let histories = Histories::new(parameters, &distance, staff);
    let spread = parameters.labor_market.ability_spread;
    let status = &workers.status;
    let drawn: Vec<_> = (0..workers.len())
        .into_par_iter()
        .map(|row| {
            let worker = row as u64;
            let occupation = usize::from(workers.occupation[row]);
            let mut history = histories.draw(draws, worker, occupation);
            if matches!(status[row], Status::Owner) {
                history.fit = 1.0;
            }
            let skills = histories.skills(draws, worker, occupation, &history);
            let sd = spread * parameters.occupations[occupation].wage_dispersion;
            let z = draws.normal(worker, 0, Purpose::SynthesisWorker, 3);
            let ability = libm::exp(sd * z - 0.5 * sd * sd);
            let (level, rise, noise) = LITERACY;
            let exposure = parameters.occupations[occupation].cognitive_exposure;
            let literacy = level
                + rise * exposure
                + noise * draws.normal(worker, 0, Purpose::SynthesisWorker, 4);
            (ability, history, skills, literacy.clamp(0.0, 1.0))
        })
        .collect();
    for (row, (ability, history, skills, literacy)) in drawn.into_iter().enumerate() {
        workers.ability[row] = ability as f32;
        workers.fit[row] = history.fit as f32;
        workers.skills[row] = skills;
        workers.digital_literacy[row] = literacy as f32;
        workers.months[row] = history.months.min(f64::from(u16::MAX)) as u16;
    }
    let wage = center(parameters, places, workers);
    let everybody: f64 = staff.iter().sum();
    let start = parameters.town.initial_unemployment;
    let mut seekers = vec![0.0; OCCUPATIONS];
    for &worker in &places.order[places.unemployed_start..places.inactive_start] {
        seekers[usize::from(workers.occupation[worker as usize])] += 1.0;
    }
    Labor {
        initial_wage: wage.clone(),
        outside_wage: wage.clone(),
        wage,
        unemployment: vec![start; OCCUPATIONS],
        smoothed_unemployment: start,
        wanted_mix: staff.iter().map(|n| n / everybody.max(1.0)).collect(),
        open_posts: vec![0.0; OCCUPATIONS],
        seekers,
        public_jobs: (places.unemployed_start - places.public_start) as f64,
        public_openings: 0,
        distance_scale,
        distance,
    }
}

/// Centers abilities at 1 within each occupation's staff and returns the occupations' wages.
fn center(parameters: &Parameters, places: &Places, workers: &mut Workers) -> Vec<f64> {
    let mut abilities = [0.0; OCCUPATIONS];
    let mut fits = [0.0; OCCUPATIONS];
    for &row in &places.order[..places.unemployed_start] {
        let row = row as usize;
        if workers.status[row] == Status::Employed {
            let occupation = usize::from(workers.occupation[row]);
            abilities[occupation] += f64::from(workers.ability[row]);
            fits[occupation] += f64::from(workers.fit[row]);
        }
    }
    let staff = &places.staff_by_occupation;
    let everybody: f64 = staff.iter().sum();
    let usual = fits.iter().sum::<f64>() / everybody.max(1.0);
    let factor: Vec<f64> = (0..OCCUPATIONS)
        .map(|o| (staff[o] + PSEUDO_PEOPLE) / (abilities[o] + PSEUDO_PEOPLE))
        .collect();
    for (ability, &occupation) in workers.ability.iter_mut().zip(&workers.occupation) {
        *ability = (f64::from(*ability) * factor[usize::from(occupation)]) as f32;
    }
    (0..OCCUPATIONS)
        .map(|o| {
            let fit = (fits[o] + PSEUDO_PEOPLE * usual) / (staff[o] + PSEUDO_PEOPLE);
            parameters.occupations[o].mean_wage / fit
        })
        .collect()
}

/// Wages of staff by `W · premium · ability · fit`, with each sector's premiums (and the public staff's abilities)
/// scaled so that the wage bill is that of the accounts; owners' draws; pay and duration of those out of work.
pub(super) fn pay(
    parameters: &Parameters,
    accounts: &SocialAccounts,
    places: &Places,
    labor: &Labor,
    firms: &mut Firms,
    workers: &mut Workers,
    draws: &Draws,
) {
    let floor = parameters.labor_market.minimum_wage;
    let open = places.staff_start.len();
    let worth = |workers: &Workers, row: usize| {
        labor.wage[usize::from(workers.occupation[row])]
            * f64::from(workers.ability[row])
            * f64::from(workers.fit[row])
    };
    for sector in 0..SECTORS {
        let mut raw = Vec::new();
        for firm in (0..open).filter(|&firm| usize::from(firms.sector[firm]) == sector) {
            for row in staff_of(places, firms, firm) {
                raw.push(worth(workers, row) * firms.pay_premium[firm]);
            }
        }
        let factor = factor_for(&raw, accounts.wage_bill[sector], floor);
        for firm in (0..open).filter(|&firm| usize::from(firms.sector[firm]) == sector) {
            firms.pay_premium[firm] *= factor;
            let premium = firms.pay_premium[firm];
            let mut bill = Money::ZERO;
            for row in staff_of(places, firms, firm) {
                workers.wage[row] = Money::from_dollars((worth(workers, row) * premium).max(floor));
                bill += workers.wage[row];
            }
            firms.wage_bill[firm] = bill;
            if firms.is_local(firm) {
                let owner = firms.owner_worker[firm] as usize;
                workers.wage[owner] = Money::from_dollars(accounts.mean_pay(sector));
            }
        }
    }
    let public = &places.order[places.public_start..places.unemployed_start];
    let premium = parameters.public.wage_premium;
    let raw: Vec<f64> = public
        .iter()
        .map(|&row| worth(workers, row as usize) * premium)
        .collect();
    let factor = factor_for(&raw, accounts.public_pay, floor);
    for &row in public {
        let row = row as usize;
        workers.ability[row] = (f64::from(workers.ability[row]) * factor) as f32;
        workers.wage[row] = Money::from_dollars((worth(workers, row) * premium).max(floor));
    }
    let typical: Vec<f64> = (0..workers.len()).map(|row| worth(workers, row)).collect();
    spells(parameters, places, &typical, firms, workers, draws);
}

/// Worker rows of a firm's staff.
pub(super) fn staff_of<'a>(
    places: &'a Places,
    firms: &Firms,
    firm: usize,
) -> impl Iterator<Item = usize> + 'a {
    let start = places.staff_start[firm];
    places.order[start..start + firms.staff[firm] as usize]
        .iter()
        .map(|&row| row as usize)
}

/// Factor by which raw wages, none below `floor`, sum to `bill`.
fn factor_for(raw: &[f64], bill: f64, floor: f64) -> f64 {
    let mut factor = 1.0;
    for _ in 0..20 {
        let sum: f64 = raw.iter().map(|w| (w * factor).max(floor)).sum();
        if sum <= 0.0 || bill <= 0.0 {
            return 1.0;
        }
        factor *= bill / sum;
    }
    // A floor above the sector's mean pay cannot be met by any factor; then wages stay near the floor.
    factor.max(0.1)
}

/// Tenure, durations out of work, last wages and benefits.
fn spells(
    parameters: &Parameters,
    places: &Places,
    typical: &[f64],
    firms: &Firms,
    workers: &mut Workers,
    draws: &Draws,
) {
    let finding = -libm::log(1.0 - JOB_FINDING);
    for (row, &worth) in typical.iter().enumerate() {
        let exponential = -libm::log(draws.uniform(row as u64, 0, Purpose::SynthesisLaborForce, 1));
        let adult = f64::from(workers.age_months[row]) - 12.0 * parameters.labor_market.entry_age;
        let months = match workers.status[row] {
            // Until here `months` holds the time since the last change of occupation: no tenure is longer.
            Status::Employed => (exponential * MEAN_TENURE).min(f64::from(workers.months[row])),
            Status::Owner => f64::from(firms.age[workers.employer[row] as usize]),
            Status::Unemployed => exponential / finding,
            _ => exponential * MEAN_INACTIVITY,
        };
        workers.months[row] = months.min(adult.max(0.0)) as u16;
        if !workers.works(row) {
            workers.last_wage[row] = Money::from_dollars(worth);
        } else {
            workers.last_wage[row] = workers.wage[row];
            workers.pay[row] = workers.wage[row];
        }
    }
    for &row in &places.order[places.unemployed_start..places.inactive_start] {
        let row = row as usize;
        let place = draws.uniform(row as u64, 0, Purpose::SynthesisLaborForce, 2);
        let left = insured_months(parameters, workers.months[row], place);
        workers.benefit_months[row] = left;
        let last = workers.last_wage[row].dollars();
        workers.pay[row] = Money::from_dollars(crate::town::income::unemployment_benefit(
            &parameters.government,
            last,
            left,
        ));
    }
}
