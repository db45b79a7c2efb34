//! Phase 11, export: orders from outside and from government.

use crate::scenario::Parameters;
use crate::town::{Firms, Town};
use crate::units::{Money, SECTORS, sector};

use super::reshoring;
use super::scratch::Scratch;
use super::supply::move_shares;

/// Places this month's orders from outside, from government, and for new dwellings.
pub fn place_outside_orders(town: &mut Town, p: &Parameters, scratch: &mut Scratch) {
    move_exports(town, p);
    let mut shares = std::mem::take(&mut town.firms.export_share);
    move_shares(
        &town.firms,
        &town.technology,
        &mut shares,
        p.trade.export_share_adjustment,
        p.trade.share_price_elasticity,
    );
    town.firms.export_share = shares;
    let government = super::government::purchases(town);
    let investment = super::government::housing_investment(town, p);
    let Town {
        firms,
        markets,
        technology,
        ..
    } = town;
    let mut noise_total = [0.0; SECTORS];
    for firm in firms.open_rows() {
        noise_total[firms.sector[firm] as usize] +=
            firms.export_share[firm] * order_noise(firms, firm);
    }
    for firm in 0..firms.len() {
        if !firms.open[firm] {
            continue;
        }
        let s = firms.sector[firm] as usize;
        let noise = order_noise(firms, firm) / noise_total[s].max(f64::MIN_POSITIVE);
        let price = firms.price[firm];
        let reached = technology
            .firms
            .get(firm)
            .map_or(0.0, |row| row.outside_sales);
        let exports = (markets.exports[s] * firms.export_share[firm] + reached) * noise;
        let public = government[s] * firms.business_share[firm] * noise;
        let ordered = |new: f64, backlog: f64| Money::from_dollars((new + backlog) * price);
        scratch.export_orders[firm] = ordered(exports, firms.export_backlog[firm]);
        scratch.government_orders[firm] = ordered(public, firms.government_backlog[firm]);
        if s == sector::CONSTRUCTION {
            scratch.investment_orders[firm] =
                Money::from_dollars(investment * firms.business_share[firm]);
        }
    }
    reshoring::place_orders(town, scratch);
}

/// Orders from outside, by sector: `E += λ (E* − E)`. Manufacturing competes with offshore makers by a logit
/// in landed cost; the others answer their price against outside prices with a constant elasticity.
fn move_exports(town: &mut Town, p: &Parameters) {
    // Half the variance off, so that the shock's mean is the level without it.
    let variance = p.economy.aggregate_shock_sd * p.economy.aggregate_shock_sd;
    let started = town.month >= super::settling_months(p.run.burn_in_months);
    let correction = if started { 0.5 * variance } else { 0.0 };
    let shock = libm::exp(town.markets.aggregate_shock - correction)
        * town.markets.outside_purchasing_power;
    let settled = town.month >= p.run.burn_in_months;
    let aid = super::policy::aid_to_makers(town, p);
    for s in 0..SECTORS {
        let markets = &mut town.markets;
        let response = if s == sector::MANUFACTURING {
            // What is won beyond the level of the end of burn-in comes in contracts.
            reshoring::remember_prices(markets, p, aid);
            let response = reshoring::response(markets, p, aid);
            if !settled {
                markets.reshoring_base = response;
            }
            response.min(markets.reshoring_base)
        } else {
            let rivals = markets.outside_price * markets.elsewhere_premium[s];
            let now = libm::log(markets.price[s] / rivals);
            let counted = grown(now, &mut markets.slow_price.sector[s], p);
            libm::exp(-p.sectors[s].export_elasticity * counted)
        };
        let level = if settled {
            p.sectors[s].export_demand
        } else {
            1.0
        };
        let foreign = p.foreign_orders(s);
        let wanted = town.anchors.exports[s] * level * shock * response * foreign;
        markets.exports[s] += p.trade.export_adjustment * (wanted - markets.exports[s]);
    }
}

/// A log relative price as far as orders answer it: a part at once, the rest as the price lasts. `slow` remembers it.
///
/// `c = φ ln r + (1 − φ) q`, `q += (ln r − q) / T`: the elasticity grows from `φ ε` to `ε` over the years.
pub fn grown(now: f64, slow: &mut f64, p: &Parameters) -> f64 {
    *slow += (now - *slow) / p.trade.elasticity_months.max(1.0);
    blended(now, *slow, p)
}

/// The same without a month passing.
pub fn blended(now: f64, slow: f64, p: &Parameters) -> f64 {
    let at_once = p.trade.short_run_share;
    at_once * now + (1.0 - at_once) * slow
}

/// A firm's order noise as a factor. It shifts orders between the firms of a sector and never the sector's
/// total: with few firms, independent noise would be a shock to the whole town.
fn order_noise(firms: &Firms, firm: usize) -> f64 {
    libm::exp(firms.order_noise[firm])
}
