//! Firms that ask a program for money, and how it is paid out of the program's fund.

use crate::scenario::parameters::{Payer, Policy, Terms};
use crate::town::Town;
use crate::units::Money;

use super::{admits, applies, has_heard};

/// Whether a local firm of the program's size has heard of it in the `months` it has been in force, and applies.
pub fn asks(
    town: &Town,
    firm: usize,
    policy: &Policy,
    months: u32,
    terms: &Terms,
    largest_firm: u32,
) -> bool {
    let firms = &town.firms;
    let uid = firms.uid[firm];
    firms.is_local(firm)
        && firms.workers(firm) <= largest_firm
        && admits(&town.draws, policy.identity, uid, terms)
        && has_heard(&town.draws, policy.identity, uid, months, terms)
        && applies(&town.draws, policy.identity, uid, town.month, terms)
}

/// What a program can grant, as its fund has to pay for the administration too; dollars.
pub fn left_to_grant(town: &Town, entry: usize, terms: &Terms) -> f64 {
    town.programs.entries[entry].fund.dollars() / (1.0 + terms.administration)
}

/// Pays an applicant, and the administration, out of the program's fund.
pub fn pay_applicant(
    town: &mut Town,
    firm: usize,
    (entry, payer): (usize, Payer),
    amount: Money,
    administration: Money,
) {
    let uid = town.firms.uid[firm];
    town.programs.participants.serve_firm(entry, firm, uid);
    let programs = &mut town.programs;
    let (firms, ledger) = (&mut town.firms, &mut town.ledger);
    programs.pay_firm(entry, payer, firm, amount, firms, ledger);
    programs.administer(entry, payer, administration);
    let program = &mut programs.entries[entry];
    program.fund -= amount + administration;
    program.this_month.firms += 1;
    program.this_month.applications += 1;
}
