//! Phase 2, plan: the staff firms and the public employer want, their posts and planned layoffs.

use crate::rng::{Draws, Purpose};
use crate::scenario::Parameters;
use crate::scenario::parameters::SectorParameters;
use crate::town::people::{OUTSIDE_EMPLOYER, PUBLIC_EMPLOYER};
use crate::town::{Firms, Posts, Town};
use crate::units::{OCCUPATIONS, TASKS};

use super::planning::labor_per_output;
use super::scratch::Scratch;

/// Bounds of an occupation's exposure relative to its sector's mean.
const EXPOSURE_BOUNDS: (f64, f64) = (0.25, 2.0);

/// Sets how many posts each firm wants open and how many persons it lays off, and rewrites the list of posts.
pub fn plan_staffing(town: &mut Town, p: &Parameters, scratch: &mut Scratch) {
    for firm in 0..town.firms.len() {
        if town.firms.open[firm] {
            let gap = staff_gap(&town.firms, firm, town.technology.diverted_mean(firm), p);
            plan_firm(town, firm, gap, p, scratch);
        }
    }
    plan_public(town, p, scratch);
    plan_outside(town, p, scratch);
    rewrite_posts(town, p, scratch);
}

/// Missing staff in persons: desired minus actual labor units over units a head; `diverted` is the share of work
/// that projects take.
fn staff_gap(firms: &Firms, firm: usize, diverted: f64, p: &Parameters) -> f64 {
    let per_output = labor_per_output(firms, firm, p);
    let desired =
        firms.expected_demand[firm] * per_output / p.firms.normal_utilization / (1.0 - diverted);
    let workers = f64::from(firms.workers(firm));
    let per_head = if workers > 0.0 && firms.labor_units[firm] > 0.0 {
        firms.labor_units[firm] / workers
    } else {
        1.0
    };
    (desired - firms.labor_units[firm]) / per_head
}

fn plan_firm(town: &Town, firm: usize, gap: f64, p: &Parameters, scratch: &mut Scratch) {
    let labor = &p.labor_market;
    let staff = f64::from(town.firms.staff[firm]);
    let workers = f64::from(town.firms.workers(firm));
    let band = (labor.staffing_band * workers).max(0.5);
    if gap < -band {
        let leaving = f64::from(scratch.noticed[firm]);
        let surplus = labor.layoff_speed * (-gap - leaving - 0.5 * band).max(0.0);
        let uid = town.firms.uid[firm];
        let spared = super::automation::attrition(&town.technology, firm, town.month, p);
        let surplus = surplus * (1.0 - spared);
        let persons = town
            .draws
            .round(surplus, uid, town.month, Purpose::Staffing, 0);
        scratch.layoffs[firm] = (persons as u32).min(town.firms.staff[firm]);
    } else {
        scratch.wanted_posts[firm] =
            labor.posts_per_gap * gap.max(0.0) + labor.posts_for_quits * staff;
    }
}

/// The public employer follows the population gradually, and replaces leavers as firms do (its row comes after
/// the firms').
fn plan_public(town: &mut Town, p: &Parameters, scratch: &mut Scratch) {
    let staff = scratch.roster.public().len() as f64;
    let norm = town.anchors.public_jobs * super::population::resident_share(town);
    let wanted = norm * town.finance.stance;
    let planned = &mut town.labor.public_jobs;
    *planned += p.government.public_jobs_adjustment * (wanted - *planned);
    let gap = *planned - staff;
    let row = town.firms.len();
    if gap >= 0.0 {
        scratch.wanted_posts[row] =
            p.labor_market.posts_per_gap * gap + p.labor_market.posts_for_quits * staff;
    } else {
        let surplus = -gap * p.labor_market.layoff_speed;
        let persons = town
            .draws
            .round(surplus, u64::MAX, town.month, Purpose::Staffing, 0);
        scratch.layoffs[row] = persons as u32;
    }
}

/// Employers outside fill the jobs that residents had at month 0: their number is theirs, whatever happens in town (their
/// row comes after the public employer's).
fn plan_outside(town: &mut Town, p: &Parameters, scratch: &mut Scratch) {
    let staff = scratch.roster.outside().len() as f64;
    let gap = town.labor.outside_jobs - staff;
    let labor = &p.labor_market;
    scratch.wanted_posts[town.firms.len() + 1] =
        labor.posts_per_gap * gap.max(0.0) + labor.posts_for_quits * staff;
}

/// Occupation mix of the staff a firm wants: the sector's mix reweighted by the work technology leaves.
pub fn wanted_mix(firms: &Firms, firm: usize, p: &Parameters) -> [f64; OCCUPATIONS] {
    let sector = &p.sectors[firms.sector[firm] as usize];
    let untouched = firms.automated[firm].iter().all(|&a| a == 0.0)
        && firms.new_tasks[firm].iter().all(|&n| n == 0.0);
    if untouched {
        return sector.occupations;
    }
    let exposed = exposures(sector, f64::from(firms.cognitive_share[firm]), p);
    let mut mix = [0.0; OCCUPATIONS];
    let mut total = 0.0;
    for (occupation, share) in mix.iter_mut().enumerate() {
        let tasks = &p.occupations[occupation].task_shares;
        let left = (0..TASKS).fold(0.0, |sum, k| {
            let taken = (f64::from(firms.automated[firm][k]) * exposed[occupation]).min(1.0);
            sum + tasks[k] * (1.0 - taken + f64::from(firms.new_tasks[firm][k]))
        });
        *share = sector.occupations[occupation] * left;
        total += *share;
    }
    mix.iter_mut().for_each(|share| *share /= total);
    mix
}

/// How exposed each occupation is to the firm's technology, relative to the sector's staff: a mean of routine
/// and cognitive exposure, weighted by what the technology does. Within a task category, technology takes more
/// from the more exposed occupations.
fn exposures(sector: &SectorParameters, cognitive: f64, p: &Parameters) -> [f64; OCCUPATIONS] {
    let exposure = |o: usize| {
        let occupation = &p.occupations[o];
        cognitive * occupation.cognitive_exposure + (1.0 - cognitive) * occupation.routine_exposure
    };
    let mean = (0..OCCUPATIONS).fold(0.0, |sum, o| sum + sector.occupations[o] * exposure(o));
    std::array::from_fn(|o| {
        (exposure(o) / mean.max(1e-6)).clamp(EXPOSURE_BOUNDS.0, EXPOSURE_BOUNDS.1)
    })
}

/// Keeps, withdraws and adds posts so that each employer has about as many open as it wants.
fn rewrite_posts(town: &mut Town, p: &Parameters, scratch: &mut Scratch) {
    let Town {
        firms,
        posts,
        labor,
        workers,
        draws,
        month,
        ..
    } = town;
    let old = &mut scratch.old_posts;
    std::mem::swap(posts, old);
    posts.clear();
    let mut cursor = 0;
    let mut wanted_total = [0.0; OCCUPATIONS];
    for row in 0..=firms.len() + 1 {
        let (employer, uid) = match row.checked_sub(firms.len()) {
            None => (row as u32, firms.uid[row]),
            Some(0) => (PUBLIC_EMPLOYER, u64::MAX >> 1),
            Some(_) => (OUTSIDE_EMPLOYER, (u64::MAX >> 1) - 1),
        };
        let first = cursor;
        while cursor < old.len() && old.firm[cursor] == employer {
            cursor += 1;
        }
        if row < firms.len() && !firms.open[row] {
            continue;
        }
        let staff = scratch.roster.of(row);
        let wanted = scratch.wanted_posts[row];
        if staff.is_empty() && wanted == 0.0 {
            continue;
        }
        let mix = match employer {
            PUBLIC_EMPLOYER => p.public.occupations,
            // Elsewhere, work is what it was in town at month 0.
            OUTSIDE_EMPLOYER => labor.outside_mix,
            _ => wanted_mix(firms, row, p),
        };
        let mut head = [0.0; OCCUPATIONS];
        for &worker in staff {
            head[workers.occupation[worker as usize] as usize] += 1.0;
        }
        for (total, share) in wanted_total.iter_mut().zip(&mix) {
            *total += share * (staff.len() as f64 + wanted);
        }
        let kept = ((cursor - first) as f64).min(wanted.ceil()) as usize;
        // The longest-standing posts are withdrawn last.
        for post in first..first + kept {
            posts.firm.push(employer);
            posts.key.push(old.key[post]);
            posts.occupation.push(old.occupation[post]);
            posts.months.push(old.months[post].saturating_add(1));
            head[old.occupation[post] as usize] += 1.0;
        }
        if wanted > kept as f64 {
            let more = draws.round(wanted - kept as f64, uid, *month, Purpose::Staffing, 1);
            let openings = match employer {
                PUBLIC_EMPLOYER => &mut labor.public_openings,
                OUTSIDE_EMPLOYER => &mut labor.outside_openings,
                _ => &mut firms.openings[row],
            };
            for _ in 0..more {
                open_post(posts, employer, uid, openings, &mix, &mut head, draws);
            }
        }
    }
    let total: f64 = wanted_total.iter().sum();
    for (share, wanted) in labor.wanted_mix.iter_mut().zip(wanted_total) {
        *share = wanted / total.max(1.0);
    }
}

/// Opens one post in an occupation drawn in proportion to what the employer lacks.
fn open_post(
    posts: &mut Posts,
    employer: u32,
    uid: u64,
    openings: &mut u32,
    mix: &[f64; OCCUPATIONS],
    head: &mut [f64; OCCUPATIONS],
    draws: &Draws,
) {
    let planned = head.iter().sum::<f64>() + 1.0;
    let deficit: [f64; OCCUPATIONS] =
        std::array::from_fn(|o| (mix[o] * planned - head[o]).max(0.0));
    let u = draws.uniform(uid, *openings, Purpose::Staffing, 2);
    let occupation = pick(&deficit, u);
    head[occupation] += 1.0;
    posts.firm.push(employer);
    posts
        .key
        .push(uid.wrapping_mul(1 << 20) ^ u64::from(*openings));
    posts.occupation.push(occupation as u8);
    posts.months.push(0);
    *openings += 1;
}

/// Index drawn in proportion to nonnegative weights; the last positive one if rounding leaves a sliver.
pub fn pick(weights: &[f64], uniform: f64) -> usize {
    let total: f64 = weights.iter().fold(0.0, |sum, w| sum + w);
    let mut left = uniform * total;
    let mut last = 0;
    for (index, &weight) in weights.iter().enumerate() {
        if weight > 0.0 {
            last = index;
            left -= weight;
            if left < 0.0 {
                return index;
            }
        }
    }
    last
}
