//! Levies and fees that entries of the timeline collect from firms, and the duty on imports.

use std::sync::atomic::Ordering;

use crate::scenario::Parameters;
use crate::scenario::parameters::{Lever, Payer};
use crate::town::Town;
use crate::town::ledger::Flow;
use crate::units::{Money, SECTORS, sector::MANUFACTURING, sector::RETAIL};

use super::super::planning::labor_unit_cost;
use super::super::scratch::Scratch;
use super::scenario_month;

/// Levies that a firm owes on automation.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Levy {
    /// On work that technology took over, share of what that work would cost.
    pub on_work: f64,
    /// On technology bought, share of the bill.
    pub on_spending: f64,
}

/// Levies of all entries in force on a firm's automation.
pub fn levy(town: &Town, firm: usize, p: &Parameters) -> Levy {
    let mut levy = Levy::default();
    let Some(month) = scenario_month(town, p) else {
        return levy;
    };
    for (_, policy, _) in p.timeline.in_force(month) {
        if let Lever::AutomationLevy(entry) = &policy.lever
            && town.firms.workers(firm) >= entry.smallest_firm
        {
            levy.on_work += entry.on_work;
            levy.on_spending += entry.on_spending;
        }
    }
    levy
}

/// Charges a firm what entries in force ask of it this month. Settlement takes the money.
pub fn charge(town: &mut Town, firm: usize, revenue: Money, p: &Parameters, scratch: &mut Scratch) {
    let Some(month) = scenario_month(town, p) else {
        return;
    };
    for (entry, policy, _) in p.timeline.in_force(month) {
        let (payer, amount, administration) = match &policy.lever {
            Lever::AutomationLevy(levy) if town.firms.workers(firm) >= levy.smallest_firm => {
                let bill = scratch.technology_bill[firm].share(levy.on_spending);
                let amount = work_taken_over(town, firm, p).share(levy.on_work) + bill;
                (levy.payer, amount, levy.administration)
            }
            Lever::LocalMarketplace(market)
                if scratch.support[firm].marketplace == Some(entry as u32) =>
            {
                (market.payer, revenue.share(market.fee), 0.0)
            }
            _ => continue,
        };
        if !amount.is_positive() {
            continue;
        }
        scratch.charges_bill[firm] += amount;
        let (flow, local) = match payer {
            Payer::Local => (Flow::ChargesLocal, true),
            Payer::Outer => (Flow::ChargesOuter, false),
        };
        town.ledger.record(flow, amount);
        let month = &mut town.programs.entries[entry].this_month;
        if local {
            month.collected_local += amount;
        } else {
            month.collected_outer += amount;
        }
        if administration > 0.0 {
            month.firms += 1;
            // Ordered with next month's services.
            town.programs.entries[entry].fund += amount.share(administration);
        }
    }
}

/// What the work that technology took over would cost, dollars a month.
fn work_taken_over(town: &Town, firm: usize, p: &Parameters) -> Money {
    let displaced = town.technology.effects(firm).displaced.clamp(0.0, 0.95);
    if displaced == 0.0 {
        return Money::ZERO;
    }
    let cost = labor_unit_cost(&town.firms, firm, p, 0.0)
        .map_or(0.0, |unit| unit * town.firms.labor_units[firm]);
    Money::from_dollars(cost * displaced / (1.0 - displaced))
}

/// Collects the duty on imported inputs, on goods sold in shops here and elsewhere, and on goods sold online, which
/// buyers paid within the price.
pub fn collect_duties(town: &mut Town, p: &Parameters, scratch: &Scratch) {
    let rate = p.levels.tariff;
    let Some(month) = scenario_month(town, p).filter(|_| rate > 0.0) else {
        return;
    };
    // Importers pay the duty on the border price; buyers' prices may count less of it, as shelves lag.
    let duty_within = |buyer: usize, imported: f64| {
        let maker = p.levels.offshore_price * p.levels.import_change[buyer];
        imported * maker * rate / p.import_premium(buyer, MANUFACTURING)
    };
    let duty_on_shelf = |buyer: usize, imported: f64| {
        let maker = p.levels.offshore_price * p.levels.import_change[buyer];
        imported * maker * rate / p.priced_premium(buyer, MANUFACTURING)
    };
    let online = town.ledger.flow(Flow::ConsumptionOnline);
    let pool = &scratch.pool[MANUFACTURING];
    let goods = Money::from_cents(pool.outside_goods.load(Ordering::Relaxed));
    let inputs = Money::from_cents(pool.outside.load(Ordering::Relaxed)) - goods;
    let elsewhere: Money = (0..SECTORS)
        .map(|s| {
            let imported = p.imported_share(s, MANUFACTURING);
            let within = p.sectors[s].inputs[MANUFACTURING] * duty_on_shelf(s, imported);
            town.activity.consumption_outside[s].share(within)
        })
        .sum();
    let duty = online.share(duty_on_shelf(RETAIL, p.trade.imported_goods))
        + goods.share(duty_within(RETAIL, p.trade.imported_goods))
        + inputs.share(duty_within(MANUFACTURING, p.trade.imported_inputs))
        + elsewhere;
    for (entry, policy, months) in p.timeline.in_force(month) {
        if let Lever::Tariff(tariff) = &policy.lever {
            let part = duty.share(tariff.now(months) / rate);
            town.ledger.record(Flow::ImportDuty, part);
            town.programs.entries[entry].this_month.collected_outer += part;
        }
    }
}
