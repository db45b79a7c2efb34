//! Incentives for orders won back from offshore.

use crate::scenario::Parameters;
use crate::scenario::parameters::Lever;
use crate::town::Town;
use crate::town::markets::Contract;

use super::{joins, reached, scenario_month};

/// Part of their price that incentives pay to makers and buyers who reckon with them, on average over all; nothing
/// while a fund is empty.
pub fn aid_to_makers(town: &Town, p: &Parameters) -> f64 {
    let Some(month) = scenario_month(town, p) else {
        return 0.0;
    };
    let paid = p
        .timeline
        .in_force(month)
        .filter_map(|(entry, policy, months)| {
            let Lever::ReshoringIncentive(program) = &policy.lever else {
                return None;
            };
            let terms = program.terms();
            let has_money = town.programs.entries.get(entry)?.fund.is_positive();
            has_money.then(|| {
                let taking_part = reached(months, &terms) * terms.application_rate;
                program.per_order * taking_part * terms.lottery.min(1.0)
            })
        });
    paid.fold(0.0, |sum, part| sum + part).min(0.9)
}

/// Finds the incentive that pays for a contract, if its maker takes part in one.
pub fn sponsor(town: &Town, p: &Parameters, contract: Contract) -> Contract {
    let found = scenario_month(town, p).and_then(|month| {
        p.timeline
            .in_force(month)
            .find_map(|(entry, policy, months)| {
                let Lever::ReshoringIncentive(program) = &policy.lever else {
                    return None;
                };
                let takes_part = joins(
                    &town.draws,
                    policy.identity,
                    contract.uid,
                    months,
                    &program.terms(),
                );
                takes_part.then_some((entry as u32, program.months))
            })
    });
    match found {
        Some((entry, months)) => Contract {
            paid_by: Some(entry),
            paid_months: months,
            ..contract
        },
        None => contract,
    }
}

/// Pays for the month's orders of contracts that an incentive covers, while its fund lasts.
pub fn pay_makers(town: &mut Town, p: &Parameters) {
    for place in 0..town.markets.contracts.len() {
        let contract = town.markets.contracts[place];
        let Some(entry) = contract.paid_by.filter(|_| contract.paid_months > 0) else {
            continue;
        };
        let (row, entry) = (contract.firm as usize, entry as usize);
        let is_there = town.firms.open[row] && town.firms.uid[row] == contract.uid;
        let Some(Lever::ReshoringIncentive(program)) =
            p.timeline.policies.get(entry).map(|policy| &policy.lever)
        else {
            continue;
        };
        town.markets.contracts[place].paid_months -= 1;
        let fund = town.programs.entries[entry].fund;
        let value = contract.orders * town.firms.price[row] * program.per_order;
        let due = value.min(fund.dollars() / (1.0 + program.administration));
        let due = crate::units::Money::from_dollars(due);
        if !is_there || !due.is_positive() {
            continue;
        }
        let Town {
            programs,
            firms,
            ledger,
            ..
        } = town;
        programs.pay_firm(entry, program.payer, row, due, firms, ledger);
        let administration = due.share(program.administration);
        programs.administer(entry, program.payer, administration);
        let program = &mut programs.entries[entry];
        program.fund -= due + administration;
        program.this_month.firms += 1;
    }
}
