//! Phase 8, supply: firms restock what last month's output used, from named suppliers, the town, and outside.
//!
//! Orders follow last month's output, so nobody waits for anybody within the month. Part of the local orders
//! goes to named suppliers, the rest is spread over the sector's firms by their share of business orders. What
//! local firms cannot deliver is bought outside in the same month: the buyer's bill does not change.

use std::sync::atomic::Ordering;

use crate::parallel::prelude::*;

use crate::rng::{Purpose, unit32};
use crate::scenario::Parameters;
use crate::town::firms::{NO_SUPPLIER, SUPPLIER_SLOTS};
use crate::town::{Anchors, Firms, Technology, Town};
use crate::units::{Money, SECTORS, sector};

use super::scratch::{Overhead, Scratch};

/// Places every firm's orders for inputs and maintenance.
pub fn order_inputs(town: &mut Town, p: &Parameters, scratch: &mut Scratch) {
    review_suppliers(town, p, scratch);
    let target = local_share_targets(town, p);
    let Town {
        firms,
        markets,
        technology,
        anchors,
        ..
    } = town;
    let anchors = &*anchors;
    let mut local_shares = std::mem::take(&mut firms.local_input_share);
    let mut bills = std::mem::take(&mut scratch.input_bill);
    let mut overheads = std::mem::take(&mut scratch.overhead);
    {
        let scratch = &*scratch;
        let firms = &*firms;
        let markets = &*markets;
        let technology = &*technology;
        (&mut local_shares, &mut bills, &mut overheads)
            .into_par_iter()
            .enumerate()
            .with_min_len(256)
            .for_each(|(firm, (shares, bill, overhead))| {
                if !firms.open[firm] {
                    return;
                }
                let effects = technology.effects(firm);
                let wish = 1.0 + effects.local_sourcing;
                for (share, target) in shares.iter_mut().zip(&target) {
                    let target = (target * wish).min(1.0);
                    *share +=
                        (p.firms.local_supply_adjustment * (target - f64::from(*share))) as f32;
                }
                *bill = place_orders(
                    firms,
                    firm,
                    shares,
                    &markets.price,
                    markets.outside_price,
                    p,
                    scratch,
                );
                *overhead = owe_overhead(
                    firms,
                    firm,
                    anchors.reach(sector::CONSTRUCTION),
                    markets.outside_price,
                    effects.overhead_relief,
                    p,
                    scratch,
                );
            });
    }
    firms.local_input_share = local_shares;
    scratch.input_bill = bills;
    scratch.overhead = overheads;
    share_business_orders(firms, technology, p);
}

/// Local share of inputs each sector's buyers aim at: a logit in the local price against the outside one.
fn local_share_targets(town: &Town, p: &Parameters) -> [f64; SECTORS] {
    std::array::from_fn(|s| {
        let norm = town.anchors.local_input_share(p, s);
        let imported = if s == sector::MANUFACTURING {
            p.trade.imported_inputs
        } else {
            0.0
        };
        let levels = &p.levels;
        let dearer =
            levels.import_price(sector::MANUFACTURING) * (1.0 + levels.offshore_risk) - 1.0;
        let outside_price = town.markets.outside_price * (1.0 + imported * dearer);
        let relative = town.markets.price[s] / outside_price;
        let outside = (1.0 - norm) * libm::pow(relative, p.firms.local_supply_elasticity);
        norm / (norm + outside).max(1e-12)
    })
}

/// Orders of one firm; returns its whole bill.
fn place_orders(
    firms: &Firms,
    firm: usize,
    local_share: &[f32; SECTORS],
    local_price: &[f64],
    outside_price: f64,
    p: &Parameters,
    scratch: &Scratch,
) -> Money {
    let buyer = &p.sectors[firms.sector[firm] as usize];
    let mut bill = 0;
    for seller in 0..SECTORS {
        let quantity = buyer.inputs[seller] * firms.output[firm];
        if quantity <= 0.0 {
            continue;
        }
        let share = f64::from(local_share[seller]);
        let local = Money::from_dollars(quantity * share * local_price[seller]).cents();
        let dearer = p.import_premium(usize::from(firms.sector[firm]), seller);
        let outside =
            Money::from_dollars(quantity * (1.0 - share) * outside_price * dearer).cents();
        bill += local + outside;
        scratch.pool[seller]
            .outside
            .fetch_add(outside, Ordering::Relaxed);
        if usize::from(firms.sector[firm]) == sector::RETAIL {
            scratch.pool[seller]
                .outside_goods
                .fetch_add(outside, Ordering::Relaxed);
        }
        let mut unnamed = local;
        let named = suppliers_in(firms, firm, seller);
        let count = named.clone().count() as i64;
        if count > 0 {
            let each = (local as f64 * p.firms.named_supplier_share) as i64 / count;
            for supplier in named {
                scratch.named_orders.add(supplier, each);
                unnamed -= each;
            }
        }
        scratch.pool[seller]
            .inputs
            .fetch_add(unnamed, Ordering::Relaxed);
    }
    Money::from_cents(bill)
}

/// Rows of a firm's named suppliers in a sector that are in business.
fn suppliers_in(
    firms: &Firms,
    firm: usize,
    seller: usize,
) -> impl Iterator<Item = usize> + Clone + '_ {
    firms.suppliers[firm]
        .iter()
        .filter(move |&&row| {
            row != NO_SUPPLIER
                && firms.open[row as usize]
                && firms.sector[row as usize] as usize == seller
        })
        .map(|&row| row as usize)
}

/// Overhead follows normal output: taxes, maintenance by local builders, and the rest outside.
fn owe_overhead(
    firms: &Firms,
    firm: usize,
    builders_reach: f64,
    outside_price: f64,
    relief: f64,
    p: &Parameters,
    scratch: &Scratch,
) -> Overhead {
    let s = &p.sectors[firms.sector[firm] as usize];
    let total = s.overhead * firms.visibility[firm] * outside_price;
    let part = |share: f64| Money::from_dollars(total * share);
    let local_tax = super::finance::local_tax_factor(firms, firm, p);
    let outside = 1.0
        - s.overhead_local_tax_share
        - s.overhead_outer_tax_share
        - s.overhead_construction_share * builders_reach;
    // What technology saves on other costs is bought outside: taxes and repairs stay.
    let outside = outside - relief.min(outside);
    let overhead = Overhead {
        local_tax: part(local_tax * s.overhead_local_tax_share),
        outer_tax: part(s.overhead_outer_tax_share),
        construction: part(s.overhead_construction_share * builders_reach),
        outside: part(outside),
    };
    scratch.pool[sector::CONSTRUCTION]
        .overhead
        .fetch_add(overhead.construction.cents(), Ordering::Relaxed);
    overhead
}

/// Replaces closed suppliers, and now and then reconsiders one.
fn review_suppliers(town: &mut Town, p: &Parameters, scratch: &Scratch) {
    let Town {
        firms,
        draws,
        month,
        anchors,
        ..
    } = town;
    let mut suppliers = std::mem::take(&mut firms.suppliers);
    {
        let (firms, anchors) = (&*firms, &*anchors);
        suppliers
            .par_iter_mut()
            .enumerate()
            .with_min_len(256)
            .for_each(|(firm, slots)| {
                if !firms.open[firm] {
                    return;
                }
                let wanted = named_suppliers_wanted(firms.workers(firm));
                for (slot, supplier) in slots.iter_mut().enumerate() {
                    if slot >= wanted {
                        *supplier = NO_SUPPLIER;
                        continue;
                    }
                    let words =
                        draws.words(firms.uid[firm], *month, Purpose::InputSupplier, slot as u32);
                    let gone = *supplier == NO_SUPPLIER || !firms.open[*supplier as usize];
                    if !gone && unit32(words[0]) >= p.firms.supplier_review_chance {
                        continue;
                    }
                    *supplier =
                        find_supplier(firms, firm, *supplier, (p, anchors), scratch, &words);
                }
            });
    }
    firms.suppliers = suppliers;
}

/// Named suppliers of a firm of a given size: one, and one more for every eight workers.
pub fn named_suppliers_wanted(workers: u32) -> usize {
    (1 + workers as usize / 8).min(SUPPLIER_SLOTS)
}

/// A firm of a sector this buyer needs, drawn by attraction; kept only if it is not dearer than the one it
/// would replace.
fn find_supplier(
    firms: &Firms,
    firm: usize,
    present: u32,
    (p, anchors): (&Parameters, &Anchors),
    scratch: &Scratch,
    words: &[u32; 4],
) -> u32 {
    let buyer = &p.sectors[firms.sector[firm] as usize];
    let weights: [f64; SECTORS] = std::array::from_fn(|seller| {
        if scratch.attraction[seller].is_empty() {
            0.0
        } else {
            buyer.inputs[seller] * anchors.local_input_share(p, seller)
        }
    });
    let seller = super::staffing::pick(&weights, unit32(words[1]));
    if weights[seller] <= 0.0 {
        return NO_SUPPLIER;
    }
    let found = scratch.attraction[seller].draw(words[2]);
    if found as usize == firm {
        return present;
    }
    let stays = present != NO_SUPPLIER
        && firms.open[present as usize]
        && firms.sector[present as usize] as usize == seller
        && firms.price[present as usize] < firms.price[found as usize];
    if stays { present } else { found }
}

/// Moves each firm's share of its sector's business and government orders toward what attraction, quality
/// and price give it; shares of a sector sum to 1 over its open firms.
fn share_business_orders(firms: &mut Firms, technology: &Technology, p: &Parameters) {
    let speed = p.trade.business_share_adjustment;
    let mut shares = std::mem::take(&mut firms.business_share);
    move_shares(
        firms,
        technology,
        &mut shares,
        speed,
        p.trade.share_price_elasticity,
    );
    firms.business_share = shares;
}

/// `ω_j += λ (ω*_j − ω_j)`, `ω* ∝ w e^q p^−ε`, renormalized within each sector.
pub fn move_shares(
    firms: &Firms,
    technology: &Technology,
    shares: &mut [f64],
    speed: f64,
    elasticity: f64,
) {
    let mut wanted_total = [0.0; SECTORS];
    let mut total = [0.0; SECTORS];
    let wanted = |firm: usize| {
        let quality = firms.quality[firm] + technology.effects(firm).appeal;
        firms.attraction[firm] * libm::exp(quality - elasticity * firms.log_price[firm])
    };
    for firm in firms.open_rows() {
        wanted_total[firms.sector[firm] as usize] += wanted(firm);
    }
    for firm in firms.open_rows() {
        let s = firms.sector[firm] as usize;
        shares[firm] += speed * (wanted(firm) / wanted_total[s] - shares[firm]);
        total[s] += shares[firm];
    }
    for firm in 0..firms.len() {
        if firms.open[firm] {
            shares[firm] /= total[firms.sector[firm] as usize];
        } else {
            shares[firm] = 0.0;
        }
    }
}
