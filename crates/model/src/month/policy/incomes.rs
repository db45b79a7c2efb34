//! Payments to people that ask nothing in return.

use crate::scenario::Parameters;
use crate::scenario::parameters::{BasicIncome, Lever, Payer};
use crate::town::Town;
use crate::units::Money;

use super::{insurance, scenario_month};

/// Pays what programs owe to households this month; `general` are the rules without the timeline's changes.
pub fn pay_incomes(town: &mut Town, p: &Parameters, general: &Parameters) {
    let Some(month) = scenario_month(town, p) else {
        return;
    };
    for (entry, policy, _) in p.timeline.in_force(month) {
        match &policy.lever {
            Lever::BasicIncome(income) => pay_basic_income(town, entry, income),
            Lever::WageInsurance(program) => insurance::pay_claims(town, entry, program),
            Lever::UnemploymentInsurance(program) => {
                insurance::count_benefits(town, entry, program, general);
            }
            _ => {}
        }
    }
}

/// To every resident of working age and every pensioner.
fn pay_basic_income(town: &mut Town, entry: usize, income: &BasicIncome) {
    let paid = match income.payer {
        Payer::Local => town.finance.solvency,
        Payer::Outer => 1.0,
    };
    let each = Money::from_dollars(paid * income.amount);
    if !each.is_positive() {
        return;
    }
    let households = &mut town.households;
    let mut people = 0u32;
    for household in 0..households.len() {
        if !households.resident[household] {
            continue;
        }
        let adults =
            u32::from(households.workers[household]) + u32::from(households.pensioners[household]);
        let amount = Money::from_cents(each.cents() * i64::from(adults));
        households.deposits[household] += amount;
        households.program_income[household] += amount;
        people += adults;
    }
    let paid = Money::from_cents(each.cents() * i64::from(people));
    let programs = &mut town.programs;
    programs.entries[entry].this_month.people = people;
    programs.book_benefits(entry, income.payer, paid, &mut town.ledger);
    programs.administer(entry, income.payer, paid.share(income.administration));
}

/// Change of the participation that people aim at, share of working age: unearned income lets some withdraw.
pub fn participation_shift(town: &Town, p: &Parameters) -> f64 {
    let Some(month) = scenario_month(town, p) else {
        return 0.0;
    };
    p.timeline
        .in_force(month)
        .fold(0.0, |shift, (_, policy, _)| match &policy.lever {
            Lever::BasicIncome(income) => {
                shift - income.participation_response * income.amount / 1_000.0
            }
            _ => shift,
        })
}
