//! A public share in what firms spend to train staff for technology: owners who have heard of it and apply train
//! more readily, and weigh a project at what is left to pay.

use crate::scenario::Parameters;
use crate::scenario::parameters::{Lever, Payer};
use crate::town::Town;
use crate::units::Money;

use super::{applies, has_heard, scenario_month};

/// A subsidy a firm would get if it trained its staff for a project it starts this month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Offer {
    entry: usize,
    payer: Payer,
    administration: f64,
    /// Money left, administration apart.
    limit: Money,
    /// Part of the cost of training that is paid.
    pub share: f64,
}

impl Offer {
    /// Subsidy towards a cost of training.
    pub fn of(&self, cost: Money) -> Money {
        cost.share(self.share).min(self.limit)
    }
}

/// The first subsidy of the timeline that a firm qualifies for, has heard of, applies for and that has money left.
pub fn offered(town: &Town, firm: usize, p: &Parameters) -> Option<Offer> {
    let month = scenario_month(town, p)?;
    let firms = &town.firms;
    let uid = firms.uid[firm];
    p.timeline
        .in_force(month)
        .find_map(|(entry, policy, months)| {
            let Lever::FirmTrainingSubsidy(program) = &policy.lever else {
                return None;
            };
            let terms = program.terms();
            let qualifies = firms.is_local(firm) && firms.workers(firm) <= program.largest_firm;
            let asks = qualifies
                && has_heard(&town.draws, policy.identity, uid, months, &terms)
                && applies(&town.draws, policy.identity, uid, town.month, &terms);
            let fund = town.programs.entries[entry].fund.dollars() / (1.0 + terms.administration);
            let limit = Money::from_dollars(fund);
            (asks && limit.is_positive()).then_some(Offer {
                entry,
                payer: program.payer,
                administration: program.administration,
                limit,
                share: program.share,
            })
        })
}

/// Pays the subsidy for training of this cost; returns what was paid.
pub fn pay(town: &mut Town, firm: usize, offer: &Offer, cost: Money) -> Money {
    let subsidy = offer.of(cost);
    if !subsidy.is_positive() {
        return Money::ZERO;
    }
    let programs = &mut town.programs;
    programs.pay_firm(
        offer.entry,
        offer.payer,
        firm,
        subsidy,
        &mut town.firms,
        &mut town.ledger,
    );
    let administration = subsidy.share(offer.administration);
    programs.administer(offer.entry, offer.payer, administration);
    let program = &mut programs.entries[offer.entry];
    program.fund -= subsidy + administration;
    program.this_month.firms += 1;
    program.this_month.people += town.firms.staff[firm];
    program.this_month.people_new += town.firms.staff[firm];
    program.this_month.applications += 1;
    subsidy
}
