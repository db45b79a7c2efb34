//! A fixed sample of typical households, through which the accounts see progressive taxes and thresholds.

use crate::rng::{Draws, Purpose};
use crate::scenario::Parameters;
use crate::town::income::{
    HouseholdIncome, contractual_saving, employee_payroll_tax, income_tax, unemployment_benefit,
};
use crate::units::{OCCUPATIONS, SECTORS};

use super::composition::{Composition, Counts};
use super::error::SynthesisError;
use super::labor_force::{insured_months, months_out};
use super::strata::{category, even, lognormal_quantile, shuffled};

/// Residents of the sample: enough for taxes to be right to a few tenths of a percent.
const SAMPLE_RESIDENTS: u32 = 6_000;
/// The sample is the same for every town and seed, so the accounts depend on parameters alone.
const SAMPLE_SEED: u64 = 0x6d61_696e_7374;
/// Tail exponent and ceiling of dividends among owners: those of firm sizes.
const DIVIDEND_TAIL: (f64, f64) = (1.05, 100.0);

/// One typical household: labor income and dividends relative to the town's mean, the rest in dollars.
#[derive(Clone, Copy, Debug, Default)]
struct Typical {
    labor: f64,
    dividends: f64,
    property: f64,
    pensions: f64,
    benefits: f64,
}

/// The sample of typical households.
#[derive(Clone, Debug)]
pub(super) struct Representative {
    households: Vec<Typical>,
}

/// Sums over all households of a town, dollars a month.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct HouseholdAccounts {
    /// Wages and owners' draws, public ones included.
    pub labor: f64,
    /// Dividends of firms in town.
    pub dividends: f64,
    /// Income from property outside.
    pub property: f64,
    /// Pensions.
    pub pensions: f64,
    /// Other transfers.
    pub transfers: f64,
    /// Unemployment insurance and assistance.
    pub benefits: f64,
    /// Employees' payroll tax.
    pub payroll_tax: f64,
    /// Income tax.
    pub income_tax: f64,
    /// Disposable income.
    pub disposable: f64,
    /// Contractual saving.
    pub contractual_saving: f64,
    /// Spending, housing included.
    pub spending: f64,
}

impl Representative {
    /// Draws the sample for the population of `counts`.
    ///
    /// # Errors
    /// [`SynthesisError::Population`] if the population's shares exceed the whole.
    pub fn of(parameters: &Parameters, counts: &Counts) -> Result<Representative, SynthesisError> {
        let draws = Draws::new(SAMPLE_SEED, 0);
        let public_share = parameters.public.jobs_share;
        let sample = Counts::of(&parameters.town, SAMPLE_RESIDENTS, public_share)?;
        let composition = Composition::build(&sample, &draws);
        let mut households = vec![Typical::default(); composition.workers.len()];
        add_workers(&mut households, parameters, &sample, &composition, &draws);
        let order = shuffled(
            &draws,
            Purpose::SynthesisHousehold,
            3,
            composition.workers.len(),
        );
        let size = households.len() as f64;
        for (step, &row) in order.iter().enumerate() {
            let p = (step as f64 + 0.5) / size;
            households[row as usize].property =
                lognormal_quantile(p, parameters.households.property_income_spread);
        }
        for (household, &pensioners) in households.iter_mut().zip(&composition.pensioners) {
            household.pensions = f64::from(pensioners);
        }
        add_dividends(&mut households, parameters, counts, &draws);
        let town = f64::from(counts.households());
        scale(&mut households, 1.0, |h| &mut h.labor);
        scale(&mut households, 1.0, |h| &mut h.dividends);
        let property = parameters.households.property_income;
        scale(&mut households, property, |h| &mut h.property);
        let pensions = parameters.households.pension * f64::from(counts.pensioners) / town;
        scale(&mut households, pensions, |h| &mut h.pensions);
        let benefit = households.iter().map(|h| h.benefits).sum::<f64>()
            / f64::from(sample.unemployed.max(1));
        let benefits = benefit * f64::from(counts.unemployed) / town;
        scale(&mut households, benefits, |h| &mut h.benefits);
        Ok(Representative { households })
    }

    /// Household accounts of a town of `households` households with these sums of labor income and dividends, and
    /// these factors on incomes from property and pensions.
    pub fn accounts(
        &self,
        parameters: &Parameters,
        households: f64,
        (labor, dividends): (f64, f64),
        (property, pensions): (f64, f64),
    ) -> HouseholdAccounts {
        let government = &parameters.government;
        let mut sum = HouseholdAccounts::default();
        for typical in &self.households {
            let income = HouseholdIncome {
                labor: typical.labor * labor / households,
                dividends: typical.dividends * dividends / households,
                property: typical.property * property,
                pensions: typical.pensions * pensions,
                transfers: parameters.households.other_transfers,
                benefits: typical.benefits,
            };
            let disposable = income.disposable(government);
            let saving = contractual_saving(&parameters.households, disposable);
            sum.property += income.property;
            sum.pensions += income.pensions;
            sum.transfers += income.transfers;
            sum.benefits += income.benefits;
            sum.payroll_tax += employee_payroll_tax(government, income.labor);
            sum.income_tax += income_tax(government, income.taxable());
            sum.labor += income.labor;
            sum.dividends += income.dividends;
            sum.disposable += disposable;
            sum.contractual_saving += saving;
            sum.spending += disposable - saving;
        }
        let raise = households / self.households.len() as f64;
        for amount in [
            &mut sum.labor,
            &mut sum.dividends,
            &mut sum.property,
            &mut sum.pensions,
            &mut sum.transfers,
            &mut sum.benefits,
            &mut sum.payroll_tax,
            &mut sum.income_tax,
            &mut sum.disposable,
            &mut sum.contractual_saving,
            &mut sum.spending,
        ] {
            *amount *= raise;
        }
        sum
    }
}

/// Multiplies a column so that its mean becomes `mean`; a column of zeros stays.
fn scale(households: &mut [Typical], mean: f64, column: impl Fn(&mut Typical) -> &mut f64) {
    let sum: f64 = households.iter_mut().map(|h| *column(h)).sum();
    if sum > 0.0 {
        let factor = mean * households.len() as f64 / sum;
        for household in households {
            *column(household) *= factor;
        }
    }
}

/// Labor income (relative) and benefits (dollars) of the sample's people of working age.
fn add_workers(
    households: &mut [Typical],
    parameters: &Parameters,
    sample: &Counts,
    composition: &Composition,
    draws: &Draws,
) {
    let mix = town_mix(parameters);
    let home: Vec<u32> = composition
        .workers
        .iter()
        .enumerate()
        .flat_map(|(household, &n)| std::iter::repeat_n(household as u32, usize::from(n)))
        .collect();
    let order = shuffled(draws, Purpose::SynthesisLaborForce, 0, home.len());
    let spread = parameters.labor_market.ability_spread;
    for (place, &person) in order.iter().enumerate().take(sample.labor_force as usize) {
        let household = &mut households[home[person as usize] as usize];
        let occupation = &parameters.occupations[category(even(0.37, place), &mix)];
        let uniform = draws.uniform(place as u64, 0, Purpose::SynthesisWorker, 0);
        let wage =
            occupation.mean_wage * lognormal_quantile(uniform, spread * occupation.wage_dispersion);
        if place < sample.employed as usize {
            household.labor += wage;
        } else {
            let uniform = |number| draws.uniform(place as u64, 0, Purpose::SynthesisWorker, number);
            let months = months_out(uniform(3), uniform(1));
            let left = insured_months(parameters, months as u16, uniform(2));
            household.benefits += unemployment_benefit(&parameters.government, wage, left);
        }
    }
}

/// Relative dividends: local firms' owners spread over households, sized like firms.
fn add_dividends(
    households: &mut [Typical],
    parameters: &Parameters,
    counts: &Counts,
    draws: &Draws,
) {
    let firms: f64 = parameters
        .sectors
        .iter()
        .map(|s| {
            let jobs = s.jobs_share * f64::from(counts.employed);
            jobs / s.mean_firm_size.max(1.0) * (1.0 - s.outside_owned_share)
        })
        .sum();
    let share = (firms / f64::from(counts.households())).min(1.0);
    let owners = (share * households.len() as f64).round().max(1.0);
    let order = shuffled(draws, Purpose::SynthesisFirm, 0, households.len());
    let (tail, ceiling) = DIVIDEND_TAIL;
    for (step, &row) in order.iter().enumerate().take(owners as usize) {
        let p = (step as f64 + 0.5) / owners;
        let reach = 1.0 - p * (1.0 - libm::pow(ceiling, -tail));
        households[row as usize].dividends = libm::pow(reach, -1.0 / tail);
    }
}

/// Share of each occupation in all jobs at the scenario's job shares.
pub(super) fn town_mix(parameters: &Parameters) -> [f64; OCCUPATIONS] {
    let mut mix = [0.0; OCCUPATIONS];
    for sector in 0..SECTORS {
        let sector = &parameters.sectors[sector];
        for (share, &part) in mix.iter_mut().zip(&sector.occupations) {
            *share += sector.jobs_share * part;
        }
    }
    for (share, &part) in mix.iter_mut().zip(&parameters.public.occupations) {
        *share += parameters.public.jobs_share * part;
    }
    let total: f64 = mix.iter().sum();
    if total > 0.0 {
        mix.iter_mut().for_each(|share| *share /= total);
    }
    mix
}
