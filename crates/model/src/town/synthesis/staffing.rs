//! What people can do and what they earn: abilities, fit, wages, and spells in and out of work.

use crate::parallel::prelude::*;

use crate::rng::{Draws, Purpose, unit};
use crate::scenario::Parameters;
use crate::town::people::{Status, Workers};
use crate::town::skill::match_of;
use crate::town::{Firms, Labor, SkillProfile};
use crate::units::{Money, OCCUPATIONS, SECTORS};

use super::accounts::SocialAccounts;
use super::labor_force::{insured_months, months_out};
use super::occupations::{Histories, distances};
use super::places::{Places, staff_of};

/// Mean months in a job (exponential; median tenure in the United States is about four years).
const MEAN_TENURE: f64 = 75.0;
/// How far above all matches those are that came about, in their standard deviations, as the model's own market makes
/// them.
const MATCH_SELECTION: f64 = 0.5;
/// Seekers who find work in a month at first.
const FIRST_FINDING: f64 = 0.4;
/// Mean months out of the labor force, by judgement.
const MEAN_INACTIVITY: f64 = 60.0;
/// Imagined average people added to each occupation before its means are taken, so that a handful of people in a
/// small town do not define what is average.
const PSEUDO_PEOPLE: f64 = 10.0;
/// Digital literacy: level at no exposure, rise with the occupation's cognitive exposure, and spread, by judgement.
const LITERACY: (f64, f64, f64) = (0.35, 0.5, 0.15);

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
    let rules = &parameters.labor_market;
    for (row, (ability, history, skills, literacy)) in drawn.into_iter().enumerate() {
        let normal = |number| draws.normal(row as u64, 0, Purpose::SynthesisWorker, number);
        workers.match_pay[row] = match_of(normal(6) + MATCH_SELECTION, rules.match_pay_sd) as f32;
        workers.finding[row] = match_of(normal(7), rules.finding_spread) as f32;
        workers.ability[row] = ability as f32;
        workers.fit[row] = history.fit as f32;
        workers.skills[row] = skills;
        workers.digital_literacy[row] = literacy as f32;
        workers.months[row] = history.months.min(f64::from(u16::MAX)) as u16;
    }
    tenures(parameters, workers, draws);
    let means: Vec<f64> = parameters.occupations.iter().map(|o| o.mean_wage).collect();
    let profile = SkillProfile::new(rules, &means);
    let wage = center(parameters, places, &profile, workers);
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
        profile,
        unemployment: vec![start; OCCUPATIONS],
        smoothed_unemployment: start,
        wanted_mix: staff.iter().map(|n| n / everybody.max(1.0)).collect(),
        found: seekers.iter().map(|n| FIRST_FINDING * n).collect(),
        usual_tightness: rules.usual_tightness,
        open_posts: seekers.iter().map(|n| rules.usual_tightness * n).collect(),
        seekers,
        public_jobs: (places.outward_start - places.public_start) as f64,
        public_openings: 0,
        outside_jobs: (places.unemployed_start - places.outward_start) as f64,
        outside_mix: std::array::from_fn(|o| staff[o] / everybody.max(1.0)),
        outside_openings: 0,
        distance_scale,
        distance,
    }
}

/// Centers abilities at 1 within each occupation's staff and returns the occupations' wages.
fn center(
    parameters: &Parameters,
    places: &Places,
    profile: &SkillProfile,
    workers: &mut Workers,
) -> Vec<f64> {
    let mut abilities = [0.0; OCCUPATIONS];
    let mut fits = [0.0; OCCUPATIONS];
    for &row in &places.order[..places.unemployed_start] {
        let row = row as usize;
        if workers.status[row] == Status::Employed {
            let occupation = usize::from(workers.occupation[row]);
            abilities[occupation] += f64::from(workers.ability[row]);
            fits[occupation] += profile.in_job(workers, row) / f64::from(workers.ability[row]);
        }
    }
    let staff = &places.staff_by_occupation;
    let everybody: f64 = staff.iter().sum();
    let fitting: f64 = fits.iter().sum();
    let usual = fitting / everybody.max(1.0);
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

/// Wages of staff by `W · premium · ability · fit`, with the wage bill of the accounts; owners' draws; pay and
/// duration of those out of work.
///
/// Each sector's premiums are scaled so that their mean over staff is the sector's. What the wage bill is still off
/// by is the luck of who works there, so abilities take it: labor cost per unit of labor stays what it is when these
/// people are replaced by others.
pub(super) fn pay(
    parameters: &Parameters,
    accounts: &SocialAccounts,
    places: &Places,
    labor: &Labor,
    firms: &mut Firms,
    workers: &mut Workers,
    draws: &Draws,
) {
    let open = places.staff_start.len();
    let mut first = 0;
    for sector in 0..SECTORS {
        let count = firms.sector[first..open]
            .iter()
            .take_while(|&&s| usize::from(s) == sector)
            .count();
        let rows = first..first + count;
        first = rows.end;
        let staff: f64 = rows.clone().map(|f| f64::from(firms.staff[f])).sum();
        let premiums: f64 = rows
            .clone()
            .map(|f| f64::from(firms.staff[f]) * firms.pay_premium[f])
            .sum();
        let mut jobs = Vec::with_capacity(staff as usize);
        for firm in rows {
            if premiums > 0.0 {
                firms.pay_premium[firm] *=
                    parameters.sectors[sector].wage_premium * staff / premiums;
            }
            let premium = firms.pay_premium[firm];
            jobs.extend(staff_of(places, firms, firm).map(|row| (row, premium)));
            if firms.is_local(firm) {
                let owner = firms.owner_worker[firm] as usize;
                workers.wage[owner] = Money::from_dollars(accounts.mean_pay(sector));
            }
        }
        set_wages(
            parameters,
            labor,
            &jobs,
            accounts.wage_bill[sector],
            workers,
        );
    }
    for firm in 0..open {
        firms.wage_bill[firm] = staff_of(places, firms, firm)
            .map(|row| workers.wage[row])
            .sum();
    }
    let premium = parameters.public.wage_premium;
    let jobs_of =
        |places: &Places, range: std::ops::Range<usize>, premium: f64| -> Vec<(usize, f64)> {
            let rows = places.order[range].iter();
            rows.map(|&row| (row as usize, premium)).collect()
        };
    let public = jobs_of(places, places.public_start..places.outward_start, premium);
    set_wages(parameters, labor, &public, accounts.public_pay, workers);
    let premium = parameters.commuting.outside_pay;
    let outward = jobs_of(
        places,
        places.outward_start..places.unemployed_start,
        premium,
    );
    set_wages(parameters, labor, &outward, accounts.outward_pay, workers);
    spells(parameters, places, labor, firms, workers, draws);
}

/// What a person earns at premium 1.
fn worth(labor: &Labor, workers: &Workers, row: usize) -> f64 {
    labor.wage[usize::from(workers.occupation[row])] * labor.profile.in_job(workers, row)
}

/// Sets the wages of `jobs` (worker row, premium) and scales these people's abilities so that wages sum to `bill`.
fn set_wages(
    parameters: &Parameters,
    labor: &Labor,
    jobs: &[(usize, f64)],
    bill: f64,
    workers: &mut Workers,
) {
    let floor = parameters.labor_market.minimum_wage;
    let raw: Vec<f64> = jobs
        .iter()
        .map(|&(row, premium)| worth(labor, workers, row) * premium)
        .collect();
    let factor = factor_for(&raw, bill, floor);
    for &(row, premium) in jobs {
        workers.ability[row] = (f64::from(workers.ability[row]) * factor) as f32;
        let wage = (worth(labor, workers, row) * premium).max(floor);
        workers.wage[row] = Money::from_dollars(wage);
    }
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

/// Tenure of staff. Until here `months` holds the time since the last change of occupation: no tenure is longer.
fn tenures(parameters: &Parameters, workers: &mut Workers, draws: &Draws) {
    for row in 0..workers.len() {
        if workers.status[row] != Status::Employed {
            continue;
        }
        let words = draws.words(row as u64, 0, Purpose::SynthesisLaborForce, 1);
        let tenure = -libm::log(unit(words[2], words[3])) * MEAN_TENURE;
        let adult = f64::from(workers.age_months[row]) - 12.0 * parameters.labor_market.entry_age;
        let longest = f64::from(workers.months[row]).min(adult.max(0.0));
        workers.months[row] = tenure.min(longest) as u16;
    }
}

/// Durations in and out of work, last wages and benefits.
fn spells(
    parameters: &Parameters,
    places: &Places,
    labor: &Labor,
    firms: &Firms,
    workers: &mut Workers,
    draws: &Draws,
) {
    for row in 0..workers.len() {
        let words = draws.words(row as u64, 0, Purpose::SynthesisLaborForce, 1);
        let (kind, length) = (unit(words[0], words[1]), unit(words[2], words[3]));
        let exponential = -libm::log(length);
        let adult = f64::from(workers.age_months[row]) - 12.0 * parameters.labor_market.entry_age;
        let months = match workers.status[row] {
            Status::Employed => f64::from(workers.months[row]),
            Status::Owner => f64::from(firms.age[workers.employer[row] as usize]),
            Status::Unemployed => months_out(kind, length),
            _ => exponential * MEAN_INACTIVITY,
        };
        workers.months[row] = months.min(adult.max(0.0)) as u16;
        if !workers.works(row) {
            workers.months_out[row] = workers.months[row];
            workers.last_wage[row] = Money::from_dollars(worth(labor, workers, row));
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
