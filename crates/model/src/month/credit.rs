//! Phase 4, borrow: the bank renews loans, and lends to firms short of cash up to its limit.

use crate::rng::Purpose;
use crate::scenario::Parameters;
use crate::town::Town;
use crate::town::ledger::Flow;
use crate::units::Money;

/// Grants loans. An ordinary firm renews its debt to the usual level now and then (without renewal debt would
/// only decay); a firm short of cash asks at once and for more. The bank lends if smoothed profit before debt
/// service covers the service by the required ratio.
pub fn renew_loans(town: &mut Town, p: &Parameters) {
    let Town {
        firms,
        ledger,
        draws,
        month,
        ..
    } = town;
    let credit = &p.credit;
    for firm in 0..firms.len() {
        if !firms.open[firm] {
            continue;
        }
        let cost = firms.monthly_cost[firm];
        let short = firms.cash[firm].dollars() < credit.cash_alarm_months * cost;
        let renews = draws.chance(
            credit.refinance_chance,
            firms.uid[firm],
            *month,
            Purpose::Credit,
            0,
        );
        let months = if short {
            credit.debt_limit_months
        } else if renews {
            credit.debt_months
        } else {
            continue;
        };
        let wanted = months * cost - firms.loan[firm].dollars();
        if wanted <= 0.0 {
            continue;
        }
        let debt = months * cost;
        let service = debt * (credit.loan_rate / 12.0 + 1.0 / f64::from(credit.repayment_months));
        let interest_now = firms.loan[firm].dollars() * credit.loan_rate / 12.0;
        if firms.profit[firm] + interest_now < credit.coverage_required * service {
            continue;
        }
        let loan = Money::from_dollars(wanted);
        firms.loan[firm] += loan;
        firms.cash[firm] += loan;
        ledger.record(Flow::LoansGranted, loan);
    }
}
