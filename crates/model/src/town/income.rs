//! Household-income rules: taxes, benefits and contractual saving as functions of dollars.
//!
//! Synthesis closes the first month's accounts with these rules and the month applies the same ones to every
//! household, so the two can never disagree. All amounts are dollars a month.

use crate::scenario::parameters::{GovernmentParameters, HouseholdsParameters};

/// Part of a pension that counts as taxable income: the tax code's treatment of old-age pensions, simplified.
pub const TAXABLE_PENSION_SHARE: f64 = 0.5;

/// Income tax on a household's monthly taxable income, by marginal brackets.
///
/// Negative income pays nothing. Bounds are read in the order given; each rate applies from its bound to the next.
pub fn income_tax(government: &GovernmentParameters, taxable: f64) -> f64 {
    let bounds = &government.income_tax_bounds;
    let mut tax = 0.0;
    for (bracket, &rate) in government.income_tax_rates.iter().enumerate() {
        let upper = bounds.get(bracket + 1).copied().unwrap_or(f64::INFINITY);
        tax += rate * (taxable.min(upper) - bounds[bracket]).max(0.0);
    }
    tax
}

/// Employee's payroll tax on wages and owners' draws.
pub fn employee_payroll_tax(government: &GovernmentParameters, labor: f64) -> f64 {
    government.employee_payroll_tax * labor
}

/// What a jobless person receives: unemployment insurance while benefit months are left, assistance after that.
pub fn unemployment_benefit(
    government: &GovernmentParameters,
    last_wage: f64,
    benefit_months: u8,
) -> f64 {
    if benefit_months > 0 {
        (government.unemployment_replacement * last_wage).min(government.unemployment_cap)
    } else {
        government.assistance
    }
}

/// Retirement plans and mortgage principal: a share of disposable income above a threshold.
pub fn contractual_saving(households: &HouseholdsParameters, disposable: f64) -> f64 {
    households.contractual_saving_rate
        * (disposable - households.contractual_saving_threshold).max(0.0)
}

/// Largest log distance from mean spending that tilts a household's category shares.
pub const TILT_LIMIT: f64 = 1.0;

/// What a household spends in a category, in the unit of `budget`: the category's mean share, tilted by how far the
/// budget is above `reference` (same unit).
pub fn category_spending(budget: f64, reference: f64, mean_share: f64, tilt: f64) -> f64 {
    budget * mean_share * (1.0 + tilt * spending_above(budget, reference))
}

/// Log distance of a budget from `reference`, cut off at [`TILT_LIMIT`].
#[inline]
pub fn spending_above(budget: f64, reference: f64) -> f64 {
    libm::log((budget / reference).max(1e-9)).clamp(-TILT_LIMIT, TILT_LIMIT)
}

/// A household's money income of one month before tax, by source.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct HouseholdIncome {
    /// Wages and owners' draws.
    pub labor: f64,
    /// Dividends of firms in town.
    pub dividends: f64,
    /// Income from property outside the town.
    pub property: f64,
    /// Pensions.
    pub pensions: f64,
    /// Other transfers to households.
    pub transfers: f64,
    /// Unemployment insurance and assistance.
    pub benefits: f64,
}

impl HouseholdIncome {
    /// Money income from all sources before tax.
    pub fn gross(&self) -> f64 {
        self.labor + self.dividends + self.property + self.pensions + self.transfers + self.benefits
    }

    /// Income that the income tax is levied on: all but transfers, benefits and half of pensions.
    pub fn taxable(&self) -> f64 {
        self.labor + self.dividends + self.property + TAXABLE_PENSION_SHARE * self.pensions
    }

    /// Income after the employee's payroll tax and income tax.
    pub fn disposable(&self, government: &GovernmentParameters) -> f64 {
        self.gross()
            - employee_payroll_tax(government, self.labor)
            - income_tax(government, self.taxable())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::town::synthesis::fixtures::parameters;

    #[test]
    fn tax_is_continuous_at_every_bound_and_rises_by_the_rate_above_it() {
        let government = parameters().government;
        for (bound, rate) in government
            .income_tax_bounds
            .iter()
            .zip(government.income_tax_rates)
        {
            let at = income_tax(&government, *bound);
            let above = income_tax(&government, bound + 100.0);
            assert!((above - at - 100.0 * rate).abs() < 1e-9, "at {bound}");
        }
        assert_eq!(income_tax(&government, -500.0), 0.0);
    }

    #[test]
    fn insurance_is_capped_and_ends_in_assistance() {
        let government = parameters().government;
        let cap = government.unemployment_cap;
        assert_eq!(unemployment_benefit(&government, 1e6, 3), cap);
        assert_eq!(
            unemployment_benefit(&government, 1e6, 0),
            government.assistance
        );
        assert!(unemployment_benefit(&government, 2000.0, 1) < cap);
    }

    #[test]
    fn tilts_move_shares_around_the_reference_and_no_further_than_the_limit() {
        assert_eq!(category_spending(2_000.0, 2_000.0, 0.1, 0.3), 200.0);
        let rich = category_spending(4_000.0, 2_000.0, 0.1, 0.3) / 4_000.0;
        assert!((rich - 0.1 * (1.0 + 0.3 * libm::log(2.0))).abs() < 1e-12);
        let richest = category_spending(1e6, 2_000.0, 0.1, 0.3) / 1e6;
        assert!((richest - 0.13).abs() < 1e-12);
    }

    #[test]
    fn the_poor_make_no_contractual_saving() {
        let households = parameters().households;
        let threshold = households.contractual_saving_threshold;
        assert_eq!(contractual_saving(&households, threshold - 1.0), 0.0);
        let saving = contractual_saving(&households, threshold + 1000.0);
        assert!((saving - 1000.0 * households.contractual_saving_rate).abs() < 1e-9);
    }
}
