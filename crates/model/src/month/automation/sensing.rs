//! Sensing: what firms see around them, what they hear of, and when they review their technology.

use crate::rng::{Purpose, unit32};
use crate::scenario::Parameters;
use crate::town::firms::NO_SUPPLIER;
use crate::town::{Firms, Technology, Town};
use crate::units::{PAINS, SECTORS, VALUES};

use super::super::policy::{grants, loans};
use super::super::scratch::Scratch;
use super::measuring::owner_strain;

/// Loss of margin against the sector's norm that counts as full pain.
const MARGIN_PAIN: f64 = 0.08;
/// Share of demand unserved that counts as full pain.
const UNSERVED_PAIN: f64 = 0.10;
/// Standing posts per worker that count as full pain.
const POSTS_PAIN: f64 = 0.10;
/// Process maturity above which errors do not hurt.
const MATURE: f64 = 0.6;
/// Lead of the sector's users, averaged over technologies, that counts as full pain.
const LEAD_PAIN: f64 = 0.25;
/// Weakest pain that makes a firm look for its cure.
const LEAST_PAIN: f64 = 0.3;
/// Months of standing posts.
const STANDING_MONTHS: u16 = 2;
/// Months in which a success calls for the next step, and how much likelier a review is.
const MOMENTUM_MONTHS: u32 = 6;
const MOMENTUM: f64 = 2.0;

/// Counts users by sector, standing posts, and what successful firms value.
pub fn look_around(town: &mut Town, scratch: &mut Scratch) {
    count_users(&mut town.technology, &town.firms);
    compare_prices(&mut town.technology, &town.firms);
    for (post, &firm) in town.posts.firm.iter().enumerate() {
        if town.posts.months[post] >= STANDING_MONTHS
            && let Some(count) = scratch.standing_posts.get_mut(firm as usize)
        {
            *count += 1;
        }
    }
    let mut sums = [[0.0; VALUES]; SECTORS];
    let mut weights = [0.0; SECTORS];
    for firm in town.firms.open_rows() {
        let sector = town.firms.sector[firm] as usize;
        let lead = town.firms.margin[firm] - town.markets.margin[sector];
        if lead > 0.0 {
            weights[sector] += lead;
            for (sum, v) in sums[sector]
                .iter_mut()
                .zip(&town.technology.firms[firm].values)
            {
                *sum += lead * v;
            }
        }
    }
    for sector in 0..SECTORS {
        if weights[sector] > 0.0 {
            town.technology.successful_values[sector] =
                sums[sector].map(|sum| sum / weights[sector]);
        }
    }
}

/// What technology has taken off the prices of each sector, what it saves and how far competition has come, firms
/// weighted by normal output.
fn compare_prices(technology: &mut Technology, firms: &Firms) {
    let mut sums = [[0.0; 3]; SECTORS];
    let mut weights = [0.0; SECTORS];
    for firm in firms.open_rows() {
        let sector = firms.sector[firm] as usize;
        weights[sector] += firms.visibility[firm];
        let row = &technology.firms[firm];
        let measures = [row.price_cut, row.saving, row.competed];
        for (sum, measure) in sums[sector].iter_mut().zip(measures) {
            *sum += firms.visibility[firm] * measure;
        }
    }
    for sector in 0..SECTORS {
        if weights[sector] > 0.0 {
            let [cut, saving, competed] = sums[sector].map(|sum| sum / weights[sector]);
            technology.price_cuts[sector] = cut;
            technology.savings[sector] = saving;
            technology.competed[sector] = competed;
        }
    }
}

/// Share of each sector's open firms that use each technology.
pub fn count_users(technology: &mut Technology, firms: &Firms) {
    let kinds = technology.kinds;
    let mut open = [0.0; SECTORS];
    technology.users.fill(0.0);
    for firm in firms.open_rows() {
        let sector = firms.sector[firm] as usize;
        open[sector] += 1.0;
        for kind in 0..kinds {
            if technology.holdings[firm * kinds + kind].stage > 0 {
                technology.users[sector * kinds + kind] += 1.0;
            }
        }
    }
    for (users, open) in technology.users.chunks_mut(kinds).zip(open) {
        for users in users {
            *users /= f64::max(open, 1.0);
        }
    }
}

/// Share of a firm's peers that use a technology: half its sector, half its named suppliers.
pub fn peer_share(technology: &Technology, firms: &Firms, firm: usize, kind: usize) -> f64 {
    let sector_share = technology.user_share(firms.sector[firm] as usize, kind);
    let (mut users, mut suppliers) = (0.0, 0.0);
    for &supplier in &firms.suppliers[firm] {
        if supplier != NO_SUPPLIER {
            suppliers += 1.0;
            if technology.of(supplier as usize)[kind].stage > 0 {
                users += 1.0;
            }
        }
    }
    if suppliers > 0.0 {
        0.5 * (sector_share + users / suppliers)
    } else {
        sector_share
    }
}

/// A firm hears of technologies it has a use for: by chance, and more when peers use them.
pub fn hear(town: &mut Town, firm: usize, p: &Parameters, scratch: &Scratch) {
    let row = &town.technology.firms[firm];
    let unknown = row.suited & !row.known;
    if unknown == 0 {
        return;
    }
    let uid = town.firms.uid[firm];
    for kind in 0..town.technology.kinds {
        if unknown >> kind & 1 == 0 {
            continue;
        }
        let words = town.draws.words(
            uid,
            town.month,
            Purpose::TechnologyDecision,
            64 + kind as u32 / 4,
        );
        let share = peer_share(&town.technology, &town.firms, firm, kind);
        let chance = p.automation.awareness
            + p.automation.awareness_peers * share
            + scratch.support[firm].hearing;
        if unit32(words[kind % 4]) < chance {
            town.technology.firms[firm].known |= 1 << kind;
        }
    }
}

/// Strength of each pain point, 0 to 1.
fn pains(town: &Town, firm: usize, p: &Parameters, scratch: &Scratch) -> [f64; PAINS] {
    let Town {
        firms, technology, ..
    } = town;
    let row = &technology.firms[firm];
    let sector = firms.sector[firm] as usize;
    let norm = p.sectors[sector].profit_margin;
    let workers = f64::from(firms.workers(firm)).max(1.0);
    let posts = f64::from(scratch.standing_posts[firm]);
    let (mut lead, mut candidates) = (0.0, 0.0);
    for (kind, holding) in technology.of(firm).iter().enumerate() {
        if row.suited >> kind & 1 == 1 {
            candidates += 1.0;
            if holding.stage == 0 {
                lead += technology.user_share(sector, kind);
            }
        }
    }
    let unit = |pain: f64| pain.clamp(0.0, 1.0);
    [
        unit((norm - firms.margin[firm]) / MARGIN_PAIN),
        unit((1.0 - firms.served[firm]) / UNSERVED_PAIN),
        unit(posts / workers / POSTS_PAIN),
        unit((MATURE - row.maturity) / MATURE * (1.0 - row.effects.error_reduction)),
        unit(lead / f64::max(candidates, 1.0) / LEAD_PAIN),
        owner_strain(firms, row, firm),
    ]
}

/// Part of a project's cost that a grant would pay, or that a loan window's rate saves.
fn money_on_offer(town: &Town, firm: usize, p: &Parameters) -> f64 {
    let grant = grants::offered(town, firm, p).map_or(0.0, |grant| grant.part());
    let loan = loans::offered(town, firm, p).map_or(0.0, |window| window.part());
    (grant + loan).min(1.0)
}

/// Whether the firm reviews its technology this month, and for which pain point ([`PAINS`] for none). Pressure
/// makes reviews more frequent.
pub fn review(town: &mut Town, firm: usize, p: &Parameters, scratch: &Scratch) -> Option<usize> {
    let row = &town.technology.firms[firm];
    if row.known == 0 {
        return None;
    }
    let pains = pains(town, firm, p, scratch);
    let a = &p.automation;
    // The first of equals: pain points are in order of urgency.
    let strongest = (0..PAINS).fold(0, |best, pain| {
        if pains[pain] > pains[best] {
            pain
        } else {
            best
        }
    });
    let strength = pains[strongest];
    let mut chance = a.review_chance * (1.0 + a.review_pressure * strength);
    if !town.firms.is_local(firm) {
        chance *= a.outside_owner_pace;
    }
    chance *= 1.0 + a.review_offer * money_on_offer(town, firm, p);
    let succeeded = f64::from(row.last_ratio) >= 1.0 - a.on_plan_tolerance;
    if succeeded && town.month.saturating_sub(row.last_finished) < MOMENTUM_MONTHS {
        chance *= MOMENTUM;
    }
    let uid = town.firms.uid[firm];
    let drawn = town
        .draws
        .chance(chance, uid, town.month, Purpose::TechnologyDecision, 0);
    if !drawn {
        return None;
    }
    let trigger = if strength >= LEAST_PAIN {
        strongest
    } else {
        PAINS
    };
    town.technology.counts.reviews += 1;
    town.technology.counts.triggers[trigger] += 1;
    Some(trigger)
}
