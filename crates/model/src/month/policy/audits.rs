//! Audits of hiring software: a duty of firms that screen applicants with it. Firms comply one by one, pay for the
//! audit every year in monthly parts, and their software marks applicants down by less from then on.

use crate::rng::Purpose;
use crate::scenario::Parameters;
use crate::scenario::parameters::{FairnessAudit, Lever, Policy};
use crate::town::Town;
use crate::units::Money;

use super::super::automation;
use super::super::scratch::Scratch;
use super::scenario_month;

/// Finds the firms that comply, and charges them and the supervising government.
pub fn audit(town: &mut Town, p: &Parameters, scratch: &mut Scratch) {
    let Some(month) = scenario_month(town, p) else {
        return;
    };
    if !town.technology.is_on() {
        return;
    }
    for (entry, policy, months) in p.timeline.in_force(month) {
        if let Lever::FairnessAudit(duty) = &policy.lever {
            carry_out(town, scratch, entry, (policy, duty, months));
        }
    }
}

fn carry_out(
    town: &mut Town,
    scratch: &mut Scratch,
    entry: usize,
    (policy, duty, months): (&Policy, &FairnessAudit, u32),
) {
    let complying = 1.0 - libm::exp(-f64::from(months + 1) / duty.compliance_months.max(1e-9));
    let supervision = Money::from_dollars(duty.supervision / 12.0);
    for firm in 0..town.firms.len() {
        let concerned = town.firms.open[firm]
            && town.firms.workers(firm) >= duty.smallest_firm
            && town.technology.effects(firm).screens_applicants
            // One audit a firm, whatever number of entries ask for it.
            && scratch.audited[firm] == 0.0;
        let uid = town.firms.uid[firm];
        let complies = concerned
            && town
                .draws
                .uniform(uid, policy.identity, Purpose::Awareness, 0)
                < complying;
        if !complies {
            continue;
        }
        scratch.audited[firm] = duty.removes;
        let fee = Money::from_dollars(duty.fee / 12.0 * f64::from(town.firms.workers(firm)));
        automation::buy(scratch, firm, fee, 1.0);
        town.programs.administer(entry, duty.payer, supervision);
        town.programs.entries[entry].this_month.firms += 1;
    }
}
