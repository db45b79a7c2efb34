//! What the accounts of month 0 say a dollar of outside orders does to the town, by the algebra of input-output
//! accounts with induced consumption (type II).

use crate::scenario::Parameters;
use crate::units::{SECTORS, sector};

use super::accounts::{BySector, SocialAccounts};
use super::error::SynthesisError;
use super::rates::{housing_part, labor_cost_factor, profit_rates};
use super::representative::Representative;

/// Change of household income by which marginal spending is measured, as a share.
const NUDGE: f64 = 1e-4;

/// Effects of one dollar more of outside orders for each sector, once all rounds of spending are through.
///
/// Prices, wages, people and government purchases stay as they are; new income is taxed and saved at the margin of
/// the households that have income of its kind. Local income is pay and local dividends before tax.
#[derive(Clone, Debug, PartialEq)]
pub struct Multipliers {
    /// Local output of all sectors per dollar of outside orders.
    pub output: BySector,
    /// Local income of the sector's own workers and owners per dollar of outside orders.
    pub direct_income: BySector,
    /// Local income of everybody per dollar of outside orders.
    pub income: BySector,
    /// Total over direct local income: the income multiplier proper.
    pub income_ratio: BySector,
    /// Jobs in the other non-tradable sectors per job that serves the orders.
    pub local_jobs_per_job: BySector,
    /// All jobs per job that serves the orders, that job included.
    pub jobs_per_job: BySector,
}

impl Multipliers {
    /// Mean of one of the effects, sectors weighted by `weights` (for example the exports of month 0).
    pub fn mean(effects: &BySector, weights: &BySector) -> f64 {
        let total: f64 = weights.iter().sum();
        let sum: f64 = effects.iter().zip(weights).map(|(e, w)| e * w).sum();
        sum / total.max(f64::MIN_POSITIVE)
    }
}

/// Multipliers of each sector's outside orders from the accounts of month 0.
///
/// # Errors
/// [`SynthesisError::Population`] if the accounts were not solved from `parameters`.
pub fn income_multiplier(
    accounts: &SocialAccounts,
    parameters: &Parameters,
) -> Result<Multipliers, SynthesisError> {
    let (labor, dividends) = marginal_spending(accounts, parameters)?;
    let residents = residents_part(accounts);
    let local = |s: usize| per_dollar(parameters, s);
    let mut system = [[0.0; SECTORS]; SECTORS];
    for (seller, row) in system.iter_mut().enumerate() {
        let sold = &parameters.sectors[seller];
        let reach = accounts.local_factor[seller];
        let bought = reach
            * (accounts.category_share[seller] * sold.local_consumption_share
                / (1.0 + sold.sales_tax_rate)
                + housing_part(parameters, seller));
        for (buyer, cell) in row.iter_mut().enumerate() {
            let buys = &parameters.sectors[buyer];
            let (pay, owners) = local(buyer);
            let mut share = buys.inputs[seller] * sold.local_input_share * reach
                + bought * (labor * residents * pay + dividends * owners);
            if seller == sector::CONSTRUCTION {
                share += buys.overhead * buys.overhead_construction_share * reach;
            }
            *cell = f64::from(u8::from(seller == buyer)) - share;
        }
    }
    let mut effects = Multipliers {
        output: [0.0; SECTORS],
        direct_income: [0.0; SECTORS],
        income: [0.0; SECTORS],
        income_ratio: [0.0; SECTORS],
        local_jobs_per_job: [0.0; SECTORS],
        jobs_per_job: [0.0; SECTORS],
    };
    for s in 0..SECTORS {
        let mut orders = [0.0; SECTORS];
        orders[s] = 1.0;
        let output = linear_solution(system, orders);
        let income = |v: usize| residents * local(v).0 + local(v).1;
        let jobs = |v: usize| local(v).0 / accounts.mean_wage[v];
        effects.output[s] = output.iter().sum();
        effects.direct_income[s] = income(s);
        effects.income[s] = (0..SECTORS).map(|v| output[v] * income(v)).sum();
        effects.income_ratio[s] = effects.income[s] / income(s);
        effects.local_jobs_per_job[s] = (0..SECTORS)
            .filter(|&v| v != s && !parameters.sectors[v].tradable)
            .map(|v| output[v] * jobs(v))
            .sum::<f64>()
            / jobs(s);
        effects.jobs_per_job[s] = (0..SECTORS).map(|v| output[v] * jobs(v)).sum::<f64>() / jobs(s);
    }
    Ok(effects)
}

/// Part of the pay in town that residents receive.
fn residents_part(accounts: &SocialAccounts) -> f64 {
    let all = accounts.pay.iter().sum::<f64>() + accounts.public_pay;
    1.0 - accounts.inward_pay / all.max(f64::MIN_POSITIVE)
}

/// Pay and local dividends per dollar of a sector's output.
fn per_dollar(parameters: &Parameters, s: usize) -> (f64, f64) {
    let sector = &parameters.sectors[s];
    let pay = sector.labor_share / labor_cost_factor(parameters);
    let owners = profit_rates(parameters, s).dividends * (1.0 - sector.outside_owned_share);
    (pay, owners)
}

/// Spending out of one more dollar of labor income and of dividends.
fn marginal_spending(
    accounts: &SocialAccounts,
    parameters: &Parameters,
) -> Result<(f64, f64), SynthesisError> {
    let representative = Representative::of(parameters, &accounts.counts)?;
    let homes = f64::from(accounts.counts.households());
    let now = &accounts.households;
    let factors = (accounts.property_factor, accounts.pension_factor);
    let spending = |labor: f64, dividends: f64| {
        representative
            .accounts(parameters, homes, (labor, dividends), factors)
            .spending
    };
    let base = spending(now.labor, now.dividends);
    let step = NUDGE * now.labor;
    let labor = (spending(now.labor + step, now.dividends) - base) / step;
    let step = NUDGE * now.dividends;
    let dividends = if step > 0.0 {
        (spending(now.labor, now.dividends + step) - base) / step
    } else {
        0.0
    };
    Ok((labor, dividends))
}

/// Solution of a small linear system by Gaussian elimination with partial pivoting.
fn linear_solution(mut a: [[f64; SECTORS]; SECTORS], mut b: BySector) -> BySector {
    for column in 0..SECTORS {
        let pivot = (column..SECTORS).fold(column, |best, row| {
            if a[row][column].abs() > a[best][column].abs() {
                row
            } else {
                best
            }
        });
        a.swap(column, pivot);
        b.swap(column, pivot);
        let (pivots, pivot_value) = (a[column], b[column]);
        for row in column + 1..SECTORS {
            let factor = a[row][column] / pivots[column];
            for (cell, &above) in a[row].iter_mut().zip(&pivots).skip(column) {
                *cell -= factor * above;
            }
            b[row] -= factor * pivot_value;
        }
    }
    for row in (0..SECTORS).rev() {
        let known: f64 = (row + 1..SECTORS).map(|k| a[row][k] * b[k]).sum();
        b[row] = (b[row] - known) / a[row][row];
    }
    b
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::town::synthesis::fixtures::{PRESETS, preset};

    /// Output when outside orders and government purchases are given: rounds of spending followed to the end,
    /// through the sample of households and without any matrix.
    fn rounds(accounts: &SocialAccounts, p: &Parameters, orders: &BySector) -> SocialAccounts {
        let representative = Representative::of(p, &accounts.counts).expect("same counts");
        let mut now = accounts.clone();
        for _ in 0..400 {
            let pay: f64 = (0..SECTORS)
                .map(|s| now.output[s] * p.sectors[s].labor_share / labor_cost_factor(p))
                .sum();
            let dividends: f64 = (0..SECTORS)
                .map(|s| {
                    let local = 1.0 - p.sectors[s].outside_owned_share;
                    profit_rates(p, s).dividends * local * now.output[s]
                })
                .sum();
            let homes = f64::from(now.counts.households());
            let households =
                representative.accounts(p, homes, (pay + now.public_pay, dividends), (1.0, 1.0));
            now.spend(p, households.spending);
            now.households = households;
            for (s, orders) in orders.iter().enumerate() {
                now.output[s] = now.local_demand(s) + now.government[s] + orders;
            }
        }
        now
    }

    #[test]
    fn algebra_agrees_with_following_every_round_of_spending() {
        let p = preset("main_street", 50_000);
        let accounts = SocialAccounts::solve(&p).expect("presets close");
        let effects = income_multiplier(&accounts, &p).expect("solved");
        let base = rounds(&accounts, &p, &accounts.exports);
        for s in 0..SECTORS {
            let same = (base.output[s] / accounts.output[s] - 1.0).abs();
            assert!(same < 1e-8, "sector {s} drifts by {same}");
        }
        for s in [
            sector::MANUFACTURING,
            sector::HOSPITALITY,
            sector::PROFESSIONAL,
        ] {
            let mut orders = accounts.exports;
            orders[s] += 1_000.0;
            let after = rounds(&accounts, &p, &orders);
            let output = after.output.iter().sum::<f64>() - base.output.iter().sum::<f64>();
            let gain = output / 1_000.0;
            assert!(
                (gain / effects.output[s] - 1.0).abs() < 1e-3,
                "sector {s}: {gain} by rounds, {} by algebra",
                effects.output[s]
            );
        }
    }

    #[test]
    fn multipliers_are_of_a_town_and_not_of_a_country() {
        for kind in PRESETS {
            let p = preset(kind, 50_000);
            let accounts = SocialAccounts::solve(&p).expect("presets close");
            let effects = income_multiplier(&accounts, &p).expect("solved");
            let mean = Multipliers::mean(&effects.output, &accounts.exports);
            assert!((1.2..2.2).contains(&mean), "{kind}: output {mean}");
            let income = Multipliers::mean(&effects.income, &accounts.exports)
                / Multipliers::mean(&effects.direct_income, &accounts.exports);
            assert!((1.2..2.2).contains(&income), "{kind}: income {income}");
            let jobs = effects.local_jobs_per_job[sector::MANUFACTURING];
            assert!((0.2..1.5).contains(&jobs), "{kind}: jobs {jobs}");
        }
    }
}
