//! What becomes of a dollar: rates that follow from the scenario alone.

use crate::scenario::Parameters;
use crate::scenario::parameters::{Closing, SectorParameters};
use crate::units::{OCCUPATIONS, SECTOR_IDS, SECTORS, sector};

use super::error::SynthesisError;

/// Largest difference between a dollar and the sum of a sector's cost shares that counts as rounding.
const COST_TOLERANCE: f64 = 0.002;

/// Profit's destinations per dollar of a sector's output.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct ProfitRates {
    /// Interest on the loans firms have at month 0.
    pub interest: f64,
    /// Profit tax.
    pub tax: f64,
    /// Dividends to all owners.
    pub dividends: f64,
}

/// Destinations of a dollar's profit in sector `s`.
pub(super) fn profit_rates(parameters: &Parameters, s: usize) -> ProfitRates {
    let margin = margin(&parameters.sectors[s]);
    let debt = parameters.credit.debt_months * (1.0 - margin);
    let interest = parameters.credit.loan_rate / 12.0 * debt;
    let taxed = (margin - interest).max(0.0);
    let tax = parameters.firms.profit_tax_rate * taxed;
    ProfitRates {
        interest,
        tax,
        dividends: parameters.firms.payout_share * (taxed - tax),
    }
}

/// An array filled sector by sector.
pub(super) fn by_sector(value: impl FnMut(usize) -> f64) -> [f64; SECTORS] {
    std::array::from_fn(value)
}

/// What a dollar of pay costs the employer: payroll tax and benefits on top.
pub(super) fn labor_cost_factor(parameters: &Parameters) -> f64 {
    1.0 + parameters.economy.payroll_tax_rate + parameters.economy.benefits_rate
}

/// What labor, inputs and overhead leave of a dollar of sales.
pub(super) fn margin(sector: &SectorParameters) -> f64 {
    1.0 - sector.labor_share - sector.inputs.iter().sum::<f64>() - sector.overhead
}

/// Mean wage of an occupation mix in the data, before any sector's premium.
pub(super) fn mean_wage(parameters: &Parameters, mix: &[f64; OCCUPATIONS]) -> f64 {
    let total: f64 = mix.iter().sum();
    let sum: f64 = (0..OCCUPATIONS)
        .map(|o| mix[o] * parameters.occupations[o].mean_wage)
        .sum();
    sum / total.max(f64::MIN_POSITIVE)
}

/// Part of each dollar of household spending that housing brings to a local sector.
pub(super) fn housing_part(parameters: &Parameters, s: usize) -> f64 {
    let own = &parameters.households;
    let part = match s {
        sector::CONSTRUCTION => own.housing_construction,
        sector::REAL_ESTATE => own.housing_real_estate,
        sector::INFORMATION_FINANCE => own.housing_finance,
        _ => 0.0,
    };
    own.housing_share * part
}

/// Refuses scenarios whose cost shares do not add up or in which no sector can close the accounts.
pub(super) fn check(parameters: &Parameters) -> Result<(), SynthesisError> {
    let tradable = |s: &SectorParameters| s.tradable && s.jobs_share > 0.0;
    let base = parameters.town.closing == Closing::Base;
    if base && !parameters.sectors.iter().any(tradable) {
        return Err(SynthesisError::NoTradableSector);
    }
    for (s, sector) in parameters.sectors.iter().enumerate() {
        let off = margin(sector) - sector.profit_margin;
        if off.abs() > COST_TOLERANCE {
            let wage = sector.wage_premium * mean_wage(parameters, &sector.occupations);
            let sales = wage * labor_cost_factor(parameters) / sector.labor_share;
            return Err(SynthesisError::CostShares {
                sector: SECTOR_IDS[s],
                sum: 1.0 - off,
                gap: off.abs() * sales,
            });
        }
    }
    Ok(())
}
