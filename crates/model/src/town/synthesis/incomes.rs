//! Households' incomes at month 0, closed on the accounts by the scale of property income, and their deposits.

use crate::parallel::prelude::*;

use crate::rng::{Draws, Purpose};
use crate::scenario::Parameters;
use crate::scenario::parameters::Closing;
use crate::town::income::{HouseholdIncome, contractual_saving};
use crate::town::people::{Households, Workers};
use crate::town::{Firms, people::Status};
use crate::units::Money;

use super::accounts::SocialAccounts;
use super::businesses::dividend;
use super::error::SynthesisError;
use super::people::template;
use super::strata::{lognormal_quantile, shuffled};

/// Rows summed in one piece. A fixed number, so that sums do not depend on the number of threads.
const CHUNK: usize = 8_192;
/// Relative gap in spending at which property income counts as scaled.
const CLOSED: f64 = 1e-10;

/// Computes every household's first income, spending, deposits and yearly income.
///
/// # Errors
/// [`SynthesisError::Incomes`] if households would overspend even without income from property.
pub(super) fn settle(
    parameters: &Parameters,
    accounts: &SocialAccounts,
    firms: &Firms,
    workers: &Workers,
    households: &mut Households,
    draws: &Draws,
) -> Result<(), SynthesisError> {
    let residents = accounts.counts.households() as usize;
    for firm in firms.open_rows().filter(|&firm| firms.is_local(firm)) {
        let paid = Money::from_dollars(dividend(parameters, firms, firm));
        households.dividends[firms.owner[firm] as usize] += paid;
    }
    let mean = parameters.households.property_income * accounts.property_factor;
    let property = property(parameters, mean, residents, draws);
    let view = &*households;
    let earned: Vec<HouseholdIncome> = (0..view.len())
        .into_par_iter()
        .map(|row| income(parameters, accounts, workers, view, row))
        .collect();
    let target = accounts.households.spending;
    let scale = scale_of_property(parameters, &earned[..residents], &property, target)?;
    for (row, income) in earned.into_iter().enumerate() {
        let source = template(draws, residents, row);
        let property = Money::from_dollars(scale * property[source]);
        households.property_income[row] = property;
        let income = HouseholdIncome {
            property: property.dollars(),
            ..income
        };
        let (disposable, spending) = budget(parameters, &income);
        households.smoothed_income[row] = spending as f32;
        households.smoothed_spending[row] = spending as f32;
        households.yearly_income[row] = (12.0 * income.gross()) as f32;
        if households.resident[row] {
            households.disposable[row] = Money::from_dollars(disposable);
            households.budget[row] = Money::from_dollars(spending);
            let wanted = f64::from(households.target_months[row]) * spending;
            // Dividends are paid when a month is settled and spent in the next: these are in the bank already.
            households.deposits[row] = Money::from_dollars(wanted) + households.dividends[row];
        }
    }
    Ok(())
}

/// Relative income from property of each resident household, with this mean.
fn property(parameters: &Parameters, wanted: f64, residents: usize, draws: &Draws) -> Vec<f64> {
    let own = &parameters.households;
    let mut amounts = vec![0.0; residents];
    let order = shuffled(draws, Purpose::SynthesisHousehold, 3, residents);
    for (step, &row) in order.iter().enumerate() {
        let p = (step as f64 + 0.5) / residents as f64;
        amounts[row as usize] = lognormal_quantile(p, own.property_income_spread);
    }
    // Quantiles miss the far tail, hence the division by their own mean.
    let sum: f64 = amounts.iter().sum();
    let mean = sum / residents as f64;
    for amount in &mut amounts {
        *amount *= wanted / mean;
    }
    amounts
}

/// A household's income but for property. People who are away are taken at their usual pay.
fn income(
    parameters: &Parameters,
    accounts: &SocialAccounts,
    workers: &Workers,
    households: &Households,
    row: usize,
) -> HouseholdIncome {
    let mut income = HouseholdIncome {
        dividends: households.dividends[row].dollars(),
        pensions: f64::from(households.pensioners[row])
            * parameters.households.pension
            * accounts.pension_factor,
        transfers: parameters.households.other_transfers,
        ..HouseholdIncome::default()
    };
    for member in households.members(row) {
        let paid = workers.pay[member].dollars();
        match workers.status[member] {
            Status::Employed | Status::Owner => income.labor += paid,
            Status::Unemployed => income.benefits += paid,
            Status::Away => {
                income.labor += parameters.town.participation * workers.last_wage[member].dollars();
            }
            Status::Training | Status::Inactive => {}
        }
    }
    income
}

/// Disposable income, and what is left of it after contractual saving: spending where wealth is as wanted.
fn budget(parameters: &Parameters, income: &HouseholdIncome) -> (f64, f64) {
    let disposable = income.disposable(&parameters.government);
    let saving = contractual_saving(&parameters.households, disposable);
    (disposable, disposable - saving)
}

/// The factor on property income at which households' spending is that of the accounts.
fn scale_of_property(
    parameters: &Parameters,
    earned: &[HouseholdIncome],
    property: &[f64],
    target: f64,
) -> Result<f64, SynthesisError> {
    let excess = |scale: f64| -> f64 {
        let parts: Vec<f64> = earned
            .par_chunks(CHUNK)
            .zip(property.par_chunks(CHUNK))
            .map(|(incomes, property)| {
                incomes
                    .iter()
                    .zip(property)
                    .map(|(income, &property)| {
                        let property = scale * property;
                        budget(
                            parameters,
                            &HouseholdIncome {
                                property,
                                ..*income
                            },
                        )
                        .1
                    })
                    .fold(0.0, |sum, spending| sum + spending)
            })
            .collect();
        let spending: f64 = parts.iter().sum();
        spending - target
    };
    let (mut low, mut high) = (0.0, 1.0);
    let mut below = excess(low);
    if below > 0.0 && parameters.town.closing == Closing::Jobs {
        // Jobs are given: what households spend beyond the accounts is met by what the town sells outside.
        return Ok(0.0);
    }
    if below > 0.0 {
        return Err(SynthesisError::Incomes { gap: below });
    }
    let mut above = excess(high);
    while above < 0.0 && high < 1e6 {
        (low, below) = (high, above);
        high *= 2.0;
        above = excess(high);
    }
    // Spending is concave and nearly straight in the factor: regula falsi from both ends settles in a few steps.
    for _ in 0..60 {
        if above - below <= 0.0 {
            break;
        }
        let middle = low + (high - low) * -below / (above - below);
        let gap = excess(middle);
        if gap.abs() <= CLOSED * target {
            return Ok(middle);
        }
        if gap < 0.0 {
            (low, below) = (middle, gap);
            above *= 0.5;
        } else {
            (high, above) = (middle, gap);
            below *= 0.5;
        }
    }
    Ok(0.5 * (low + high))
}
