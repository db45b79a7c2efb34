//! Programs that firms join, and duties that cover them: what each does for a firm this month.
//!
//! Members are served in the order of rows while the fund lasts, so a larger fund serves those a smaller one
//! would, and more.

use crate::scenario::Parameters;
use crate::scenario::parameters::{Lever, ManufacturingHub, Payer, Policy, Terms, concerns};
use crate::town::Town;
use crate::units::{Money, sector};

use super::super::automation;
use super::super::scratch::{Scratch, Support};
use super::{joins, scenario_month};

/// Serves members of associations, campaigns and marketplaces, and carries out duties of firms.
pub fn support_firms(town: &mut Town, p: &Parameters, scratch: &mut Scratch) {
    let Some(month) = scenario_month(town, p) else {
        return;
    };
    for (entry, policy, months) in p.timeline.in_force(month) {
        match &policy.lever {
            Lever::TechnologyAssociation(program) => {
                let member = Service {
                    terms: program.terms(),
                    cost: program.cost_per_member,
                    largest: program.largest_firm,
                    shops: false,
                };
                serve(
                    town,
                    scratch,
                    (entry, policy, months),
                    &member,
                    |town, firm, support| {
                        support.hearing += program.hearing;
                        support.exchange += program.exchange;
                        if let Some(row) = town.technology.firms.get_mut(firm) {
                            row.strategy += program.advice * (1.0 - row.strategy);
                        }
                    },
                );
            }
            Lever::Nudge(program) => {
                let member = Service {
                    terms: program.terms(),
                    cost: program.cost_per_owner,
                    largest: u32::MAX,
                    shops: false,
                };
                serve(
                    town,
                    scratch,
                    (entry, policy, months),
                    &member,
                    |_, _, support| {
                        support.framing = 1.0 - (1.0 - support.framing) * (1.0 - program.framing);
                    },
                );
            }
            Lever::LocalMarketplace(program) => {
                let member = Service {
                    terms: program.terms(),
                    cost: program.cost_per_member,
                    largest: program.largest_firm,
                    shops: true,
                };
                serve(
                    town,
                    scratch,
                    (entry, policy, months),
                    &member,
                    |_, _, support| {
                        support.convenience += program.convenience;
                        support.marketplace = Some(entry as u32);
                    },
                );
            }
            Lever::ManufacturingHub(hub) => {
                run_hub(town, scratch, (entry, policy, months), hub);
            }
            Lever::AutomationLevy(levy) => {
                let due = std::mem::take(&mut town.programs.entries[entry].fund);
                town.programs.administer(entry, levy.payer, due);
            }
            Lever::HumanServiceMandate(duty) => {
                let covers = |town: &Town, firm: usize| {
                    concerns(&duty.sector, town.firms.sector[firm] as usize)
                };
                inspect(town, entry, duty.payer, duty.inspection, covers);
            }
            Lever::DataDuty(duty) => {
                let covers =
                    |town: &Town, firm: usize| town.firms.workers(firm) >= duty.smallest_firm;
                inspect(town, entry, duty.payer, duty.inspection, covers);
                for firm in 0..town.firms.len() {
                    if !town.firms.open[firm] || !covers(town, firm) {
                        continue;
                    }
                    let workers = f64::from(town.firms.workers(firm));
                    let cost = (duty.cost_per_firm + duty.cost_per_worker * workers) / 12.0;
                    automation::buy(scratch, firm, Money::from_dollars(cost), 1.0);
                    let support = &mut scratch.support[firm];
                    let both = |a: f64, b: f64| 1.0 - (1.0 - a) * (1.0 - b);
                    support.breaches_prevented =
                        both(support.breaches_prevented, duty.fewer_breaches);
                    support.data_revenue_lost =
                        both(support.data_revenue_lost, duty.data_revenue_lost);
                }
            }
            _ => {}
        }
    }
}

/// What a program offers its members.
struct Service {
    terms: Terms,
    /// Cost of a member, dollars a month.
    cost: f64,
    /// Workers up to which a firm qualifies.
    largest: u32,
    /// Whether only shops qualify.
    shops: bool,
}

/// Serves members while the fund lasts.
fn serve(
    town: &mut Town,
    scratch: &mut Scratch,
    (entry, policy, months): (usize, &Policy, u32),
    service: &Service,
    mut benefit: impl FnMut(&mut Town, usize, &mut Support),
) {
    let cost = Money::from_dollars(service.cost);
    let administration = cost.share(service.terms.administration);
    for firm in 0..town.firms.len() {
        let firms = &town.firms;
        let qualifies = firms.open[firm]
            && firms.is_local(firm)
            && firms.workers(firm) <= service.largest
            && (!service.shops
                || usize::from(firms.sector[firm]) == sector::RETAIL
                    // A shop sells on one marketplace.
                    && scratch.support[firm].marketplace.is_none());
        if !qualifies
            || !joins(
                &town.draws,
                policy.identity,
                firms.uid[firm],
                months,
                &service.terms,
            )
        {
            continue;
        }
        let program = &mut town.programs.entries[entry];
        program.this_month.applications += 1;
        if program.fund < cost + administration || !program.fund.is_positive() {
            continue;
        }
        program.fund -= cost + administration;
        program.this_month.firms += 1;
        let uid = town.firms.uid[firm];
        town.programs.participants.serve_firm(entry, firm, uid);
        let payer = service.terms.payer;
        town.programs
            .order_services(entry, payer, sector::PROFESSIONAL, cost);
        town.programs.administer(entry, payer, administration);
        benefit(town, firm, &mut scratch.support[firm]);
    }
}

/// Builds a hub with its whole budget, then serves the makers that use it. Productivity rises over the first
/// months of service.
fn run_hub(
    town: &mut Town,
    scratch: &mut Scratch,
    (entry, policy, months): (usize, &Policy, u32),
    hub: &ManufacturingHub,
) {
    if months < hub.building_months {
        let program = &mut town.programs.entries[entry];
        let spent = std::mem::take(&mut program.fund);
        let programs = &mut town.programs;
        programs.order_services(entry, hub.payer, sector::CONSTRUCTION, spent);
        return;
    }
    let open = months - hub.building_months;
    let step = hub.productivity_gain / f64::from(hub.service_months.max(1));
    for firm in 0..town.firms.len() {
        let firms = &town.firms;
        let uid = firms.uid[firm];
        let qualifies = firms.open[firm]
            && firms.is_local(firm)
            && usize::from(firms.sector[firm]) == sector::MANUFACTURING
            && firms.workers(firm) <= hub.largest_firm;
        let joined = |months| joins(&town.draws, policy.identity, uid, months, &hub.terms());
        if !qualifies || !joined(months) {
            continue;
        }
        let cost = Money::from_dollars(hub.cost_per_worker * f64::from(firms.workers(firm)));
        let administration = cost.share(hub.administration);
        let is_new = open < hub.service_months || !joined(months - hub.service_months);
        let program = &mut town.programs.entries[entry];
        program.this_month.applications += 1;
        if program.fund < cost + administration || !program.fund.is_positive() {
            continue;
        }
        program.fund -= cost + administration;
        program.this_month.firms += 1;
        let programs = &mut town.programs;
        programs.participants.serve_firm(entry, firm, uid);
        programs.order_services(entry, hub.payer, sector::PROFESSIONAL, cost);
        programs.administer(entry, hub.payer, administration);
        scratch.support[firm].hearing += hub.hearing;
        if is_new {
            town.firms.productivity[firm] *= 1.0 + step;
        }
    }
}

/// Inspects firms that a duty covers, at a yearly cost for each.
fn inspect(
    town: &mut Town,
    entry: usize,
    payer: Payer,
    yearly: f64,
    covers: impl Fn(&Town, usize) -> bool,
) {
    let cost = Money::from_dollars(yearly / 12.0);
    for firm in 0..town.firms.len() {
        if town.firms.open[firm] && covers(town, firm) {
            town.programs.administer(entry, payer, cost);
            town.programs.entries[entry].this_month.firms += 1;
        }
    }
}
