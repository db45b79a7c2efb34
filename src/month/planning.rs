//! Phase 2, plan: what every firm expects, charges and wants.

use crate::rng::{Draws, Purpose};
use crate::scenario::Parameters;
use crate::scenario::parameters::SectorParameters;
use crate::town::people::PUBLIC_EMPLOYER;
use crate::town::{Firms, Markets, Posts, Town};
use crate::units::{OCCUPATIONS, SECTORS, TASKS};

use super::scratch::Scratch;

/// Age, in months, over which a niche stops growing.
const NICHE_YOUTH_MONTHS: f64 = 48.0;
/// Bounds of an occupation's exposure relative to its sector's mean.
const EXPOSURE_BOUNDS: (f64, f64) = (0.25, 2.0);
/// Workers below which order noise does not depend on size.
const NOISE_FREE_SIZE: f64 = 8.0;

/// Updates every firm's drift, expectation, markup and price, and its sector's price index.
pub fn update_firms(town: &mut Town, p: &Parameters, scratch: &mut Scratch) {
    let input_price = std::array::from_fn(|buyer| input_prices(&town.markets, buyer, p));
    for firm in 0..town.firms.len() {
        if !town.firms.open[firm] {
            continue;
        }
        drift(&mut town.firms, firm, p, town.month, &town.draws);
        expect(
            &mut town.firms,
            firm,
            town.technology.effects(firm).forecasting,
            p,
        );
        price(town, firm, p, &input_price);
    }
    for sector in 0..SECTORS {
        let firms = &town.firms;
        scratch.attraction[sector].rebuild(
            firms
                .open_rows()
                .filter(|&firm| firms.sector[firm] as usize == sector)
                .map(|firm| (firm as u32, firms.attraction[firm])),
        );
    }
    price_indices(&town.firms, &mut town.markets);
}

/// Niche, visibility, attraction, quality and order noise (findings: attraction anchored in a niche keeps the
/// firm-size distribution stationary; with visibility alone it concentrates without bound).
fn drift(firms: &mut Firms, firm: usize, p: &Parameters, month: u32, draws: &Draws) {
    let age = f64::from(firms.age[firm]);
    firms.niche[firm] *= 1.0 + p.firms.niche_growth * libm::exp(-age / NICHE_YOUTH_MONTHS);
    let normal_output = p.firms.normal_utilization * firms.capacity[firm];
    firms.visibility[firm] +=
        p.firms.visibility_adjustment * (normal_output - firms.visibility[firm]);
    let eta = p.firms.visibility_exponent;
    firms.attraction[firm] =
        libm::pow(firms.niche[firm], 1.0 - eta) * libm::pow(firms.visibility[firm].max(1.0), eta);

    let words = draws.words(firms.uid[firm], month, Purpose::FirmNoise, 0);
    let quality_noise =
        crate::rng::normal(crate::rng::unit32(words[0]), crate::rng::unit32(words[1]));
    let order_noise =
        crate::rng::normal(crate::rng::unit32(words[2]), crate::rng::unit32(words[3]));
    let keep = 1.0 - p.firms.quality_reversion;
    firms.quality[firm] = keep * firms.quality[firm]
        + p.firms.quality_sd * libm::sqrt(1.0 - keep * keep) * quality_noise;
    let rho = p.firms.order_noise_persistence;
    let size = (f64::from(firms.workers(firm)) / NOISE_FREE_SIZE).max(1.0);
    let spread = p.firms.order_noise_sd / libm::pow(size, p.firms.order_noise_size_exponent);
    firms.order_noise[firm] =
        rho * firms.order_noise[firm] + spread * libm::sqrt(1.0 - rho * rho) * order_noise;
}

/// Adaptive expectation of demand; `forecasting` is the part of its lag that the firm's data removes.
fn expect(firms: &mut Firms, firm: usize, forecasting: f64, p: &Parameters) {
    let surprise = firms.demand[firm] - firms.expected_demand[firm];
    let weight = p.firms.demand_smoothing + (1.0 - p.firms.demand_smoothing) * forecasting;
    firms.expected_demand[firm] += weight * surprise;
}

/// Price of each sector's goods as an input of a sector: the mean of local and outside prices at month-0 shares.
fn input_prices(markets: &Markets, buyer: usize, p: &Parameters) -> [f64; SECTORS] {
    std::array::from_fn(|sector| {
        let local = p.sectors[sector].local_input_share;
        let outside = markets.outside_price * p.import_premium(buyer, sector);
        local * markets.price[sector] + (1.0 - local) * outside
    })
}

/// Labor units needed for one unit of output at full use, ℓ = need / Z.
#[inline]
pub fn labor_per_output(firms: &Firms, firm: usize, p: &Parameters) -> f64 {
    task_need(firms, firm, p) / firms.productivity[firm]
}

/// Work left to people: Σ β (1 − a + ν), 1 without technology (Acemoglu & Restrepo 2019).
pub fn task_need(firms: &Firms, firm: usize, p: &Parameters) -> f64 {
    let shares = &p.sectors[firms.sector[firm] as usize].task_shares;
    (0..TASKS).fold(0.0, |need, k| {
        let left = 1.0 - f64::from(firms.automated[firm][k]) + f64::from(firms.new_tasks[firm][k]);
        need + shares[k] * left
    })
}

/// Work of a unit of output without technology, Σ β.
pub fn full_need(firms: &Firms, firm: usize, p: &Parameters) -> f64 {
    let shares = &p.sectors[firms.sector[firm] as usize].task_shares;
    shares.iter().fold(0.0, |need, share| need + share)
}

/// Cost of one unit of labor a month, taxes and benefits included. `freed_units` are those of the owner's that
/// savings bought back: the owner is paid for them but does not work.
pub fn labor_unit_cost(
    firms: &Firms,
    firm: usize,
    p: &Parameters,
    freed_units: f64,
) -> Option<f64> {
    let staff_units = firms.labor_units[firm] + freed_units;
    let pay = firms.wage_bill[firm].dollars() + firms.owner_draw[firm];
    (staff_units > 0.0 && pay > 0.0)
        .then(|| pay * (1.0 + p.economy.payroll_tax_rate + p.economy.benefits_rate) / staff_units)
}

/// Markup and price: a price review comes by chance, and moves the price part of the way to markup times
/// normal unit cost.
fn price(town: &mut Town, firm: usize, p: &Parameters, input_price: &[[f64; SECTORS]; SECTORS]) {
    let Town {
        firms,
        markets,
        technology,
        month,
        draws,
        ..
    } = town;
    let sector = &p.sectors[firms.sector[firm] as usize];
    let norm = sector.profit_margin / (1.0 - sector.profit_margin);
    let utilization = if firms.capacity[firm] > 0.0 {
        (firms.output[firm] / firms.capacity[firm]).min(1.0)
    } else {
        p.firms.normal_utilization
    };
    firms.markup[firm] += p.firms.markup_reversion * (norm - firms.markup[firm])
        + p.firms.markup_utilization_response * (utilization - p.firms.normal_utilization);
    let input_price = &input_price[usize::from(firms.sector[firm])];
    let inputs: f64 = (0..SECTORS).fold(0.0, |sum, v| sum + sector.inputs[v] * input_price[v]);
    let basis = super::automation::price_basis(technology, firms, firm, p);
    let freed = basis.freed_owner_units;
    if let Some(labor) = labor_unit_cost(firms, firm, p, freed) {
        let per_output = labor_per_output(firms, firm, p) / p.firms.normal_utilization;
        let overhead = sector.overhead * markets.outside_price;
        firms.unit_cost[firm] = super::automation::basis_of_price(
            technology,
            firm,
            &basis,
            labor * per_output,
            overhead,
            inputs,
        );
    }
    let chance = if technology.effects(firm).reviews_prices {
        1.0
    } else {
        p.firms.price_review_chance
    };
    let review = draws.chance(chance, firms.uid[firm], *month, Purpose::PriceReview, 0);
    if review {
        let target = (1.0 + firms.markup[firm]) * firms.unit_cost[firm];
        let limit = p.firms.price_step_limit;
        let step = (target / firms.price[firm] - 1.0).clamp(-limit, limit);
        firms.price[firm] *= 1.0 + step;
        firms.log_price[firm] = libm::log(firms.price[firm]);
    }
}

/// Sales-weighted price of each sector's local firms.
fn price_indices(firms: &Firms, markets: &mut Markets) {
    let mut weighted = [0.0; SECTORS];
    let mut weight = [0.0; SECTORS];
    for firm in firms.open_rows() {
        let sector = firms.sector[firm] as usize;
        weighted[sector] += firms.price[firm] * firms.visibility[firm];
        weight[sector] += firms.visibility[firm];
    }
    for sector in 0..SECTORS {
        if weight[sector] > 0.0 {
            markets.price[sector] = weighted[sector] / weight[sector];
        }
    }
}

/// Sets how many posts each firm wants open and how many persons it lays off, and rewrites the list of posts.
pub fn plan_staffing(town: &mut Town, p: &Parameters, scratch: &mut Scratch) {
    for firm in 0..town.firms.len() {
        if town.firms.open[firm] {
            let gap = staff_gap(&town.firms, firm, p);
            plan_firm(town, firm, gap, p, scratch);
        }
    }
    plan_public(town, p, scratch);
    rewrite_posts(town, p, scratch);
}

/// Missing staff in persons: desired minus actual labor units over units a head.
fn staff_gap(firms: &Firms, firm: usize, p: &Parameters) -> f64 {
    let per_output = labor_per_output(firms, firm, p);
    let desired = firms.expected_demand[firm] * per_output / p.firms.normal_utilization;
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
    let wanted = town.anchors.public_jobs * super::population::resident_share(town);
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
    for row in 0..=firms.len() {
        let (employer, uid) = if row < firms.len() {
            (row as u32, firms.uid[row])
        } else {
            (PUBLIC_EMPLOYER, u64::MAX >> 1)
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
        let mix = if row < firms.len() {
            wanted_mix(firms, row, p)
        } else {
            p.public.occupations
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
            let openings = if row < firms.len() {
                &mut firms.openings[row]
            } else {
                &mut labor.public_openings
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
