//! What law and contract make of a household's income: taxes, benefits, contractual saving.
//!
//! Shared by the month (who pays what) and by synthesis (which property income closes the accounts).

use crate::scenario::parameters::{GovernmentParameters, HouseholdsParameters};
use crate::units::Money;

/// Part of a pension that is taxed.
const TAXED_PENSION: f64 = 0.5;

/// Monthly income that income tax falls on: earnings, dividends, property income and half of pensions, dollars.
pub fn taxable(earned: Money, dividends: Money, property: Money, pensions: Money) -> f64 {
    (earned + dividends + property).dollars() + TAXED_PENSION * pensions.dollars()
}

/// Income tax on a month's taxable income, by marginal brackets, dollars.
pub fn income_tax(government: &GovernmentParameters, taxable: f64) -> f64 {
    let bounds = &government.income_tax_bounds;
    let rates = &government.income_tax_rates;
    let mut tax = 0.0;
    for bracket in 0..bounds.len() {
        let top = bounds.get(bracket + 1).copied().unwrap_or(f64::INFINITY);
        let inside = taxable.min(top) - bounds[bracket];
        if inside > 0.0 {
            tax += rates[bracket] * inside;
        }
    }
    tax
}

/// Saving a household has bound itself to (retirement plans, mortgage principal), dollars a month.
pub fn contractual_saving(households: &HouseholdsParameters, disposable: f64) -> f64 {
    households.contractual_saving_rate
        * (disposable - households.contractual_saving_threshold).max(0.0)
}

/// Unemployment insurance for a last wage: a share of it, up to the cap.
pub fn unemployment_insurance(government: &GovernmentParameters, last_wage: Money) -> Money {
    let benefit = government.unemployment_replacement * last_wage.dollars();
    Money::from_dollars(benefit.min(government.unemployment_cap))
}
