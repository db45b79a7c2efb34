//! Reshoring: orders for manufactures that the town holds against offshore makers. Losses are smooth; what is won
//! beyond the level of the end of burn-in comes in lumps, as contracts for makers with spare capacity or for new
//! plants.

use crate::rng::Purpose;
use crate::scenario::Parameters;
use crate::town::Town;
use crate::town::markets::{Contract, Markets};
use crate::units::{Money, sector};

use super::export::{blended, grown};
use super::scratch::Scratch;

/// Share of contestable orders won against makers elsewhere and offshore, relative to month 0:
/// `Λ = 1 / (1 + (1 − λ0)/λ0 · ((1 − m) (p / P_elsewhere)^γ + m (p / P_offshore)^γ))`, `p = P (1 − a)` with the part
/// `a` of the price that incentives pay (prices count as [`blended`] says) and the part `m` of rivals' market that offshore makers hold.
///
/// Makers elsewhere in the country are spared the duty on what they sell, and pay it on their inputs, like makers
/// here.
pub fn response(markets: &Markets, p: &Parameters, aid: f64) -> f64 {
    let held = p.trade.reshoring_share;
    let [elsewhere, offshore] = relative_prices(markets, aid);
    let slow = &markets.slow_price;
    let against =
        |now: f64, slow: f64| libm::exp(p.trade.reshoring_elasticity * blended(now, slow, p));
    let elsewhere = against(elsewhere, slow.elsewhere);
    let offshore = against(offshore, slow.offshore);
    let rivals = elsewhere + p.trade.offshore_rivals * (offshore - elsewhere);
    1.0 / (1.0 + (1.0 - held) / held * rivals) / held
}

/// Log price of makers in town relative to those elsewhere in the country and to offshore makers.
fn relative_prices(markets: &Markets, aid: f64) -> [f64; 2] {
    let price = markets.price[sector::MANUFACTURING] * (1.0 - aid);
    let premium = markets.elsewhere_premium[sector::MANUFACTURING];
    [markets.outside_price * premium, markets.offshore_price].map(|rival| libm::log(price / rival))
}

/// Lets a month pass in which buyers get used to these prices.
pub fn remember_prices(markets: &mut Markets, p: &Parameters, aid: f64) {
    let [elsewhere, offshore] = relative_prices(markets, aid);
    grown(elsewhere, &mut markets.slow_price.elsewhere, p);
    grown(offshore, &mut markets.slow_price.offshore, p);
}

/// Adds the month's orders of running contracts to those of their makers.
pub fn place_orders(town: &Town, scratch: &mut Scratch) {
    let firms = &town.firms;
    for contract in &town.markets.contracts {
        let row = contract.firm as usize;
        if firms.open[row] && firms.uid[row] == contract.uid {
            scratch.export_orders[row] += Money::from_dollars(contract.orders * firms.price[row]);
        }
    }
}

/// Ends contracts and gives out new ones: with gain `G = E0 · level · max(0, Λ − base)`, mean size `s` and duration
/// `d`, `G / (s d)` a month, so that running contracts come to stand at `G`.
pub fn win_contracts(town: &mut Town, p: &Parameters, scratch: &mut Scratch) {
    let firms = &town.firms;
    town.markets.contracts.retain_mut(|contract| {
        contract.months_left = contract.months_left.saturating_sub(1);
        let row = contract.firm as usize;
        contract.months_left > 0 && firms.open[row] && firms.uid[row] == contract.uid
    });
    if town.month < p.run.burn_in_months {
        return;
    }
    let s = sector::MANUFACTURING;
    let aid = super::policy::aid_to_makers(town, p);
    let more = (response(&town.markets, p, aid) - town.markets.reshoring_base).max(0.0);
    let gain = town.anchors.exports[s] * p.sectors[s].export_demand * more;
    let trade = &p.trade;
    let rate = gain / (trade.contract_size * f64::from(trade.contract_months));
    let count = town
        .draws
        .round(rate, s as u64, town.month, Purpose::Reshoring, 0);
    for number in 0..count as u32 {
        let size =
            -libm::log(
                town.draws
                    .uniform(u64::from(number), town.month, Purpose::Reshoring, 1),
            );
        let orders = trade.contract_size * size;
        let maker = find_maker(town, number, orders)
            .or_else(|| super::entry::open_plant(town, u64::from(number), orders, p, scratch));
        if let Some(row) = maker {
            let contract = Contract {
                firm: row as u32,
                uid: town.firms.uid[row],
                orders,
                months_left: trade.contract_months,
                paid_months: 0,
                paid_by: None,
            };
            let contract = super::policy::sponsor(town, p, contract);
            town.markets.contracts.push(contract);
        }
    }
}

/// A maker that can serve the orders beside what it expects to sell, drawn in proportion to what it could.
fn find_maker(town: &Town, number: u32, orders: f64) -> Option<usize> {
    let firms = &town.firms;
    let spare = |firm: usize| {
        let maker = usize::from(firms.sector[firm]) == sector::MANUFACTURING;
        let spare = firms.capacity[firm] - firms.demand[firm];
        if maker && spare >= orders { spare } else { 0.0 }
    };
    let total = firms.open_rows().fold(0.0, |sum, firm| sum + spare(firm));
    let mut left = total
        * town
            .draws
            .uniform(u64::from(number), town.month, Purpose::Reshoring, 2);
    let mut found = None;
    for firm in firms.open_rows() {
        let spare = spare(firm);
        if spare > 0.0 {
            found = Some(firm);
            left -= spare;
            if left < 0.0 {
                break;
            }
        }
    }
    found
}
