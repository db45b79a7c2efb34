//! Grants for technology projects: owners who have heard of one and apply weigh projects at what is left to pay.

use crate::scenario::Parameters;
use crate::scenario::parameters::{Lever, Payer};
use crate::town::Town;
use crate::units::Money;

use super::{applies, has_heard, scenario_month};

/// A grant a firm would get for a project it starts this month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Offer {
    entry: usize,
    payer: Payer,
    share: f64,
    limit: Money,
    administration: f64,
}

impl Offer {
    /// Grant towards a cost.
    pub fn of(&self, cost: Money) -> Money {
        cost.share(self.share).min(self.limit)
    }
}

/// The first grant of the timeline that a firm qualifies for, has heard of, applies for and that has money left.
pub fn offered(town: &Town, firm: usize, p: &Parameters) -> Option<Offer> {
    let month = scenario_month(town, p)?;
    let firms = &town.firms;
    let uid = firms.uid[firm];
    p.timeline
        .in_force(month)
        .find_map(|(entry, policy, months)| {
            let Lever::TechnologyGrant(grant) = &policy.lever else {
                return None;
            };
            let terms = grant.terms();
            let qualifies = firms.is_local(firm) && firms.workers(firm) <= grant.largest_firm;
            let asks = qualifies
                && has_heard(&town.draws, policy.identity, uid, months, &terms)
                && applies(&town.draws, policy.identity, uid, town.month, &terms);
            // Administration comes out of the same fund.
            let fund = town.programs.entries[entry].fund.dollars() / (1.0 + terms.administration);
            let limit = Money::from_dollars(fund.min(grant.limit));
            (asks && limit.is_positive()).then_some(Offer {
                entry,
                payer: grant.payer,
                share: grant.share,
                limit,
                administration: grant.administration,
            })
        })
}

/// Pays a grant toward a project of this cost; returns what was paid.
pub fn pay(town: &mut Town, firm: usize, offer: &Offer, cost: Money) -> Money {
    let grant = offer.of(cost);
    if !grant.is_positive() {
        return Money::ZERO;
    }
    let programs = &mut town.programs;
    programs.pay_firm(
        offer.entry,
        offer.payer,
        firm,
        grant,
        &mut town.firms,
        &mut town.ledger,
    );
    let administration = grant.share(offer.administration);
    programs.administer(offer.entry, offer.payer, administration);
    let program = &mut programs.entries[offer.entry];
    program.fund -= grant + administration;
    program.this_month.firms += 1;
    program.this_month.applications += 1;
    grant
}
