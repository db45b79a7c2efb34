//! A public share in what firms spend to train staff for technology: owners who have heard of it and apply train
//! more readily, and weigh a project at what is left to pay.

use crate::scenario::Parameters;
use crate::scenario::parameters::{Lever, Payer};
use crate::town::Town;
use crate::units::Money;

use super::applicants::{asks, left_to_grant, pay_applicant};
use super::scenario_month;

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
    p.timeline
        .in_force(month)
        .find_map(|(entry, policy, months)| {
            let Lever::FirmTrainingSubsidy(program) = &policy.lever else {
                return None;
            };
            let terms = program.terms();
            let asks = asks(town, firm, policy, months, &terms, program.largest_firm);
            let limit = Money::from_dollars(left_to_grant(town, entry, &terms));
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
    let administration = subsidy.share(offer.administration);
    pay_applicant(
        town,
        firm,
        (offer.entry, offer.payer),
        subsidy,
        administration,
    );
    let month = &mut town.programs.entries[offer.entry].this_month;
    month.people += town.firms.staff[firm];
    month.people_new += town.firms.staff[firm];
    subsidy
}
