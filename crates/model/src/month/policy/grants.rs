//! Grants for technology projects: owners who have heard of one and apply weigh projects at what is left to pay.

use crate::scenario::Parameters;
use crate::scenario::parameters::{Lever, Payer};
use crate::town::Town;
use crate::units::Money;

use super::applicants::{asks, left_to_grant, pay_applicant};
use super::scenario_month;

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
    /// Part of a cost it pays, below its limit.
    pub fn part(&self) -> f64 {
        self.share
    }

    /// Grant towards a cost.
    pub fn of(&self, cost: Money) -> Money {
        cost.share(self.share).min(self.limit)
    }
}

/// The first grant of the timeline that a firm qualifies for, has heard of, applies for and that has money left.
pub fn offered(town: &Town, firm: usize, p: &Parameters) -> Option<Offer> {
    let month = scenario_month(town, p)?;
    p.timeline
        .in_force(month)
        .find_map(|(entry, policy, months)| {
            let Lever::TechnologyGrant(grant) = &policy.lever else {
                return None;
            };
            let terms = grant.terms();
            let asks = asks(town, firm, policy, months, &terms, grant.largest_firm);
            let limit = left_to_grant(town, entry, &terms).min(grant.limit);
            let limit = Money::from_dollars(limit);
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
    let administration = grant.share(offer.administration);
    pay_applicant(
        town,
        firm,
        (offer.entry, offer.payer),
        grant,
        administration,
    );
    grant
}
