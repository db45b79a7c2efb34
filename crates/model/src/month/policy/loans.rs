//! A loan window for technology projects: owners who have heard of it and apply borrow from the bank at the window's
//! rate, with a public guarantee that gives them more room.
//!
//! The loan is one of the bank's, at the bank's rate. The window pays the firm up front what the bank's rate costs
//! it above the window's. A loan `L` of which `1/N` of what is left is repaid each month stands at `L (1 − 1/N)^t`
//! after `t` months; a gap `g` in the yearly rate costs `L g/12 (1 − 1/N)^t` in the month after. Discounted at the
//! bank's monthly rate `r`, the whole series is worth `L g/12 / (r + 1/N)` today.

use crate::scenario::Parameters;
use crate::scenario::parameters::{Lever, Payer};
use crate::town::Town;
use crate::town::programs::Guarantee;
use crate::units::Money;

use super::applicants::{asks, pay_applicant};
use super::scenario_month;

/// A loan a firm would get for a project it starts this month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Offer {
    entry: usize,
    payer: Payer,
    administration: f64,
    guaranteed: f64,
    /// Largest loan: the window's limit, and what is left of its fund.
    limit: Money,
    /// What the window pays for each dollar lent.
    relief: f64,
    /// How much less than the bank's rate the borrower pays, per year.
    gap: f64,
    /// Months of cost that the guarantee adds to the firm's room for credit.
    pub guarantee_months: f64,
}

impl Offer {
    /// What the window saves the borrower, share of the loan.
    pub fn part(&self) -> f64 {
        self.relief
    }

    /// Loan toward a lack of cash.
    pub fn loan(&self, short: Money) -> Money {
        short.min(self.limit)
    }

    /// What the window pays the borrower of a loan up front.
    pub fn relief(&self, loan: Money) -> Money {
        loan.share(self.relief)
    }

    /// Interest of the first month that a loan saves against the bank's rate, dollars.
    pub fn monthly_relief(&self, loan: Money) -> f64 {
        loan.dollars() * self.gap / 12.0
    }
}

/// Present value of a gap of one in the yearly rate over the life of a loan of one dollar, at the bank's rate.
fn gap_value(p: &Parameters) -> f64 {
    let credit = &p.credit;
    1.0 / 12.0 / (credit.loan_rate / 12.0 + 1.0 / f64::from(credit.repayment_months))
}

/// The first window of the timeline that a firm qualifies for, has heard of, applies at and that has money left.
pub fn offered(town: &Town, firm: usize, p: &Parameters) -> Option<Offer> {
    let month = scenario_month(town, p)?;
    p.timeline
        .in_force(month)
        .find_map(|(entry, policy, months)| {
            let Lever::LoanWindow(window) = &policy.lever else {
                return None;
            };
            let terms = window.terms();
            let asks = asks(town, firm, policy, months, &terms, window.largest_firm);
            let gap = (p.credit.loan_rate - window.rate).max(0.0);
            let relief = gap * gap_value(p);
            // Relief and administration come out of the same fund.
            let fund = town.programs.entries[entry].fund.dollars();
            let carried = fund / (relief + terms.administration).max(1e-9);
            let limit = Money::from_dollars(carried.min(window.limit));
            (asks && limit.is_positive()).then_some(Offer {
                entry,
                payer: window.payer,
                administration: terms.administration,
                guaranteed: window.guaranteed,
                limit,
                relief,
                gap,
                guarantee_months: window.guarantee_months,
            })
        })
}

/// Pays the borrower of a loan the window's part of the interest, and guarantees the loan.
pub fn pay(town: &mut Town, firm: usize, offer: &Offer, loan: Money) {
    if !loan.is_positive() {
        return;
    }
    let relief = offer.relief(loan);
    let administration = loan.share(offer.administration);
    let uid = town.firms.uid[firm];
    pay_applicant(
        town,
        firm,
        (offer.entry, offer.payer),
        relief,
        administration,
    );
    town.programs.guarantees.push(Guarantee {
        entry: offer.entry as u32,
        payer: offer.payer,
        firm: firm as u32,
        uid,
        covered: offer.guaranteed,
        owed: loan,
    });
}

/// Lets what is owed on guaranteed loans fall with the month's repayment, and forgets loans that are repaid.
pub fn repay(town: &mut Town, p: &Parameters) {
    let part = 1.0 / f64::from(p.credit.repayment_months);
    town.programs.guarantees.retain_mut(|guarantee| {
        guarantee.owed -= guarantee.owed.share(part).max(Money::from_cents(1));
        guarantee.owed.is_positive()
    });
}

/// Pays the bank the guaranteed part of what a closing firm cannot repay. `debt` is what the firm owed and `lost`
/// what of it the bank writes off: guaranteed and other loans lose alike.
pub fn honor(town: &mut Town, firm: usize, debt: Money, lost: Money) {
    let uid = town.firms.uid[firm];
    let Town {
        programs, ledger, ..
    } = town;
    let rate = if lost.is_positive() {
        lost.dollars() / debt.dollars()
    } else {
        0.0
    };
    let mut guarantees = std::mem::take(&mut programs.guarantees);
    guarantees.retain(|guarantee| {
        if guarantee.uid != uid || guarantee.firm as usize != firm {
            return true;
        }
        let claim = guarantee.owed.min(debt).share(rate * guarantee.covered);
        programs.pay_bank(guarantee.entry as usize, guarantee.payer, claim, ledger);
        false
    });
    programs.guarantees = guarantees;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_price_of_a_gap_is_the_discounted_sum_of_its_months() {
        let mut p = crate::town::synthesis::fixtures::preset("main_street", 1_000);
        p.credit.loan_rate = 0.08;
        p.credit.repayment_months = 36;
        let (mut owed, mut discount, mut sum) = (1.0, 1.0, 0.0);
        for _ in 0..5_000 {
            discount /= 1.0 + 0.08 / 12.0;
            sum += owed / 12.0 * discount;
            owed *= 1.0 - 1.0 / 36.0;
        }
        assert!((gap_value(&p) - sum).abs() < 1e-9, "{sum}");
    }
}
