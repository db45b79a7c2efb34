//! Phase 2, plan: what every firm expects, charges and wants.

use crate::rng::{Draws, Purpose};
use crate::scenario::Parameters;
use crate::town::{Anchors, Firms, Markets, Town};
use crate::units::{SECTORS, TASKS};

use super::scratch::Scratch;

/// Age, in months, over which a niche stops growing.
const NICHE_YOUTH_MONTHS: f64 = 48.0;
/// Largest part in what customers can turn to that counts for the markup.
const SHARE_LIMIT: f64 = 0.5;
/// Workers below which order noise does not depend on size.
const NOISE_FREE_SIZE: f64 = 8.0;

/// Updates every firm's drift, expectation, markup and price, and its sector's price index.
pub fn update_firms(town: &mut Town, p: &Parameters, scratch: &mut Scratch) {
    let input_price = std::array::from_fn(|buyer| input_prices(town, buyer, p));
    let output = normal_output(&town.firms);
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
        price(town, firm, p, &input_price, &output);
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
fn input_prices(town: &Town, buyer: usize, p: &Parameters) -> [f64; SECTORS] {
    let markets = &town.markets;
    std::array::from_fn(|sector| {
        let local = town.anchors.local_input_share(p, sector);
        let outside = markets.outside_price * p.priced_premium(buyer, sector);
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
fn price(
    town: &mut Town,
    firm: usize,
    p: &Parameters,
    input_price: &[[f64; SECTORS]; SECTORS],
    output: &[f64; SECTORS],
) {
    let Town {
        firms,
        markets,
        technology,
        anchors,
        month,
        draws,
        ..
    } = town;
    let sector = &p.sectors[firms.sector[firm] as usize];
    let norm = markup_norm(firms, firm, anchors, output, p);
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
        // Only the local taxes in overhead answer their rate.
        let taxes = super::finance::local_tax_factor(firms, firm, p) - 1.0;
        let overhead = sector.overhead
            * markets.outside_price
            * (1.0 + taxes * sector.overhead_local_tax_share);
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

/// Normal output of each sector's firms.
fn normal_output(firms: &Firms) -> [f64; SECTORS] {
    let mut output = [0.0; SECTORS];
    for firm in firms.open_rows() {
        output[usize::from(firms.sector[firm])] += firms.visibility[firm];
    }
    output
}

/// Markup a firm returns to: its sector's norm, higher the larger its part in what customers in town can turn to.
///
/// In a logit of choices the markup goes with `1/(1 − share)` (Anderson, de Palma & Thisse 1992). The share counts
/// what customers buy elsewhere, so it is 0 for sectors that sell to the world; the norm holds for the mean firm of
/// month 0.
fn markup_norm(
    firms: &Firms,
    firm: usize,
    anchors: &Anchors,
    output: &[f64; SECTORS],
    p: &Parameters,
) -> f64 {
    let s = usize::from(firms.sector[firm]);
    let sector = &p.sectors[s];
    let norm = sector.profit_margin / (1.0 - sector.profit_margin);
    if sector.tradable || output[s] <= 0.0 {
        return norm;
    }
    let local = if sector.consumption_share > 0.0 {
        sector.local_consumption_share
    } else {
        sector.local_input_share
    };
    let share = local * firms.visibility[firm] / output[s];
    let usual = local * anchors.concentration[s];
    let relative = (1.0 - usual) / (1.0 - share.min(SHARE_LIMIT));
    norm * libm::pow(relative, p.firms.markup_rivals)
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
