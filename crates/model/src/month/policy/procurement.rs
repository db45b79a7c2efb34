//! Local procurement: institutions of the town (hospitals, schools, agencies, anchored there but paid from outside)
//! buy from local owners' firms part of what they have bought outside; the program pays what that costs more.

use crate::scenario::Parameters;
use crate::scenario::parameters::{Lever, LocalProcurement, Policy};
use crate::town::Town;
use crate::units::{Money, sector};

use super::super::scratch::Scratch;
use super::{joins, scenario_month};

/// Sectors whose firms bid: what institutions buy from businesses, other than buildings.
pub(super) const BIDDING: [usize; 5] = [
    sector::FARMING,
    sector::LOGISTICS,
    sector::RETAIL,
    sector::HOSPITALITY,
    sector::PROFESSIONAL,
];

/// Places the month's orders with bidders, in proportion to the demand they expect, and pays the premium.
pub fn order_locally(town: &mut Town, p: &Parameters, scratch: &mut Scratch) {
    let Some(month) = scenario_month(town, p) else {
        return;
    };
    for (entry, policy, months) in p.timeline.in_force(month) {
        if let Lever::LocalProcurement(program) = &policy.lever {
            order(town, scratch, entry, (policy, program, months));
        }
    }
}

fn bids(
    town: &Town,
    firm: usize,
    (policy, program, months): (&Policy, &LocalProcurement, u32),
) -> bool {
    let firms = &town.firms;
    firms.open[firm]
        && firms.is_local(firm)
        && firms.workers(firm) <= program.largest_firm
        && BIDDING.contains(&usize::from(firms.sector[firm]))
        && joins(
            &town.draws,
            policy.identity,
            firms.uid[firm],
            months,
            &program.terms(),
        )
}

fn order(
    town: &mut Town,
    scratch: &mut Scratch,
    entry: usize,
    call: (&Policy, &LocalProcurement, u32),
) {
    let program = call.1;
    let rows = town.firms.len();
    let (mut expected, mut bidding, mut all) = (0.0, 0u32, 0.0);
    for firm in 0..rows {
        if town.firms.open[firm] && BIDDING.contains(&usize::from(town.firms.sector[firm])) {
            all += town.firms.expected_demand[firm];
        }
        if bids(town, firm, call) {
            expected += town.firms.expected_demand[firm];
            bidding += 1;
        }
    }
    if expected <= 0.0 {
        return;
    }
    // Few bidders can serve few needs: orders are moved as far as bidders stand for the trades concerned.
    let wanted = program.moved * town.anchors.residents / 12.0 * (expected / all).min(1.0);
    let extra = program.premium * (1.0 + program.administration);
    let fund = town.programs.entries[entry].fund.dollars();
    let moved = if fund <= 0.0 {
        0.0
    } else if extra > 0.0 {
        wanted.min(fund / extra)
    } else {
        wanted
    };
    town.programs.entries[entry].this_month.applications += bidding;
    if moved <= 0.0 {
        return;
    }
    let mut spent = Money::ZERO;
    for firm in 0..rows {
        if !bids(town, firm, call) {
            continue;
        }
        let part = Money::from_dollars(moved * town.firms.expected_demand[firm] / expected);
        scratch.export_orders[firm] += part;
        let premium = part.share(program.premium);
        let Town {
            programs,
            firms,
            ledger,
            ..
        } = town;
        programs.pay_firm(entry, program.payer, firm, premium, firms, ledger);
        programs.entries[entry].this_month.firms += 1;
        programs
            .participants
            .serve_firm(entry, firm, firms.uid[firm]);
        spent += premium;
    }
    let administration = spent.share(program.administration);
    town.programs
        .administer(entry, program.payer, administration);
    town.programs.entries[entry].fund -= spent + administration;
}
