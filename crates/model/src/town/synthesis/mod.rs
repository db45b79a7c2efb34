//! Builds the first state of a town from a scenario.
//!
//! First the accounts of month 0 are closed ([`SocialAccounts`]); then firms, people and households are drawn so
//! that their sums are those of the accounts. Wages meet the wage bill through each sector's pay premium, outputs
//! follow labor cost, income from property is scaled until household spending is that of the accounts, and
//! customers are laid out along their suppliers' output. A run can start from the result without a settling period.

pub mod accounts;
mod businesses;
mod closing;
pub mod composition;
pub mod error;
#[cfg(test)]
pub(crate) mod fixtures;
pub mod flow_matrix;
mod incomes;
mod labor_force;
pub mod multipliers;
mod occupations;
#[cfg(test)]
mod odd_towns;
mod outside_appeal;
mod patronage;
mod people;
mod places;
mod rates;
pub mod representative;
mod sizes;
mod staffing;
mod strata;
#[cfg(test)]
mod tests;

pub use accounts::{BySector, SocialAccounts, solve};
pub use closing::Lowered;
pub use composition::Counts;
pub use error::SynthesisError;
pub use flow_matrix::FlowMatrix;
pub use multipliers::{Multipliers, income_multiplier};
pub use representative::HouseholdAccounts;

use crate::rng::Draws;
use crate::scenario::Parameters;
use crate::town::income::{TILT_LIMIT, category_spending};
use crate::town::markets::SlowPrices;
use crate::town::{
    Activity, Anchors, Firms, Households, Ledger, Markets, Posts, Programs, PublicFinance,
    Residents, Technology, Town,
};
use crate::units::{Money, OCCUPATIONS, SECTORS};

use composition::Composition;
use places::Places;

/// Consumption categories a household's row of suppliers can hold.
const MOST_CATEGORIES: usize = 16;
/// Steps in which the reference of tilts is found; three or four suffice.
const REFERENCE_STEPS: u32 = 8;

/// Builds the town that `parameters` describe, with every random trait named by `draws`.
///
/// # Errors
/// See [`SynthesisError`]: the town's accounts or its population cannot be closed.
pub fn synthesize(parameters: &Parameters, draws: Draws) -> Result<Town, SynthesisError> {
    let accounts = SocialAccounts::solve(parameters)?;
    let composition = Composition::build(&accounts.counts, &draws);
    let (mut households, mut workers) =
        people::settle(parameters, &accounts.counts, &composition, &draws);
    let (mut firms, local) = businesses::open(parameters, &accounts, &draws);
    let places = places::place(
        parameters,
        &accounts,
        &mut firms,
        &mut workers,
        &households,
        &local,
        &draws,
    );
    let labor = staffing::qualify(parameters, &places, &mut workers, &draws);
    staffing::pay(
        parameters,
        &accounts,
        &places,
        &labor,
        &mut firms,
        &mut workers,
        &draws,
    );
    let mean_wage = mean_wage(parameters, &places);
    businesses::start(
        parameters,
        &accounts,
        &places,
        (mean_wage, &labor),
        &mut firms,
        &workers,
        &draws,
    );
    incomes::settle(
        parameters,
        &accounts,
        &firms,
        &workers,
        &mut households,
        &draws,
    )?;
    let mut markets = markets(parameters, &accounts, &firms);
    let reference = spending_reference(&households);
    patronage::assign(
        parameters,
        &accounts,
        &firms,
        &mut households,
        (&mut markets, reference),
        &draws,
    );
    let anchors = anchors(
        parameters,
        &accounts,
        &markets,
        &firms,
        &households,
        mean_wage,
    );
    Ok(Town {
        month: 0,
        draws,
        ledger: ledger(&households, &firms),
        workers,
        households,
        firms,
        posts: Posts::default(),
        labor,
        markets,
        anchors,
        technology: Technology::default(),
        programs: Programs::default(),
        residents: Residents::default(),
        finance: PublicFinance::default(),
        activity: Activity::default(),
    })
}

/// The ledger opened on what households and firms hold.
fn ledger(households: &Households, firms: &Firms) -> Ledger {
    Ledger::open(
        households.deposits.iter().copied().sum(),
        firms.cash.iter().copied().sum(),
        firms.loan.iter().copied().sum(),
    )
}

/// Sectors that sell to households, in order: the consumption categories.
fn categories(parameters: &Parameters) -> Vec<u8> {
    (0..SECTORS)
        .filter(|&s| parameters.sectors[s].consumption_share > 0.0)
        .take(MOST_CATEGORIES)
        .map(|s| s as u8)
        .collect()
}

/// The labor unit: mean over staff of what the data pay in their occupations.
fn mean_wage(parameters: &Parameters, places: &Places) -> f64 {
    let staff = &places.staff_by_occupation;
    let sum: f64 = (0..OCCUPATIONS)
        .map(|o| staff[o] * parameters.occupations[o].mean_wage)
        .sum();
    sum / staff.iter().sum::<f64>().max(1.0)
}

fn markets(parameters: &Parameters, accounts: &SocialAccounts, firms: &Firms) -> Markets {
    let sectors = categories(parameters);
    let homes = f64::from(accounts.counts.households());
    Markets {
        aggregate_shock: 0.0,
        outside_price: 1.0,
        elsewhere_premium: [1.0; SECTORS],
        sales_tax_factor: [1.0; SECTORS],
        shelf_import: 0.0,
        slow_price: SlowPrices::default(),
        outside_purchasing_power: 1.0,
        offshore_price: 1.0,
        online_price: 1.0,
        online_convenience: 0.0,
        price: vec![1.0; SECTORS],
        exports: accounts.exports.to_vec(),
        outside_utility: vec![0.0; sectors.len()],
        online_utility: vec![f64::NEG_INFINITY; sectors.len()],
        category_share: sectors
            .iter()
            .map(|&s| accounts.category_share[usize::from(s)])
            .collect(),
        category_sector: sectors,
        dwellings: parameters.migration.dwellings_per_household * homes,
        house_price: 1.0,
        rent: 1.0,
        outlook: Vec::new(),
        outlook_pay: Vec::new(),
        lost_to_work: 0.0,
        leavers_property: -1.0,
        margin: margins(accounts, firms),
        reshoring_base: 1.0,
        contracts: Vec::new(),
    }
}

/// The spending around which category shares tilt, dollars a month: tilts, cut off at their limit, then cancel out
/// over the town's spending.
fn spending_reference(households: &Households) -> f64 {
    let budgets: Vec<f64> = households
        .budget
        .iter()
        .map(|budget| budget.dollars())
        .filter(|&budget| budget > 0.0)
        .collect();
    let mut reference = budgets.iter().sum::<f64>() / budgets.len().max(1) as f64;
    // Newton's rule: the sum of tilts is piecewise linear in the logarithm of the reference.
    for _ in 0..REFERENCE_STEPS {
        let (mut excess, mut within) = (0.0, 0.0);
        for &budget in &budgets {
            let tilt = category_spending(budget, reference, 1.0, 1.0) - budget;
            excess += tilt;
            if tilt.abs() < TILT_LIMIT * budget {
                within += budget;
            }
        }
        if within <= 0.0 {
            break;
        }
        reference *= libm::exp(excess / within);
    }
    reference
}

/// Margin after interest of each sector's firms together; of an empty sector, the margin of its accounts.
fn margins(accounts: &SocialAccounts, firms: &Firms) -> Vec<f64> {
    let mut sums = [(0.0, 0.0); SECTORS];
    for firm in firms.open_rows() {
        let sum = &mut sums[usize::from(firms.sector[firm])];
        sum.0 += firms.profit[firm];
        sum.1 += firms.monthly_cost[firm] + firms.profit[firm];
    }
    sums.iter()
        .zip(&accounts.margin)
        .map(|(&(profit, sales), &margin)| if sales > 0.0 { profit / sales } else { margin })
        .collect()
}

/// Part of households' income from property that landlords in town draw from renters in town.
fn local_rent_share(parameters: &Parameters, households: &Households) -> f64 {
    let own = &parameters.households;
    let taken = own.housing_property_tax
        + own.housing_construction
        + own.housing_real_estate
        + own.housing_finance;
    let (mut spent, mut property) = (0.0, 0.0);
    for household in (0..households.len()).filter(|&h| households.resident[h]) {
        property += households.property_income[household].dollars();
        if !households.owns_home[household] {
            spent += households.budget[household].dollars();
        }
    }
    let rents = spent * own.housing_share * (1.0 - taken) * parameters.housing.local_landlords;
    // Where nobody has income from property there are no landlords in town.
    if property > 0.0 {
        (rents / property).clamp(0.0, 0.9)
    } else {
        0.0
    }
}

/// Herfindahl index of each sector's normal output.
fn concentration(firms: &Firms) -> Vec<f64> {
    let mut sums = [(0.0, 0.0); SECTORS];
    for firm in firms.open_rows() {
        let sum = &mut sums[usize::from(firms.sector[firm])];
        sum.0 += firms.visibility[firm];
        sum.1 += firms.visibility[firm] * firms.visibility[firm];
    }
    sums.iter()
        .map(|&(all, squares)| {
            if all > 0.0 {
                squares / (all * all)
            } else {
                0.0
            }
        })
        .collect()
}

fn anchors(
    parameters: &Parameters,
    accounts: &SocialAccounts,
    markets: &Markets,
    firms: &Firms,
    households: &Households,
    mean_wage: f64,
) -> Anchors {
    let counts = &accounts.counts;
    let mut open = vec![0.0; SECTORS];
    for firm in firms.open_rows() {
        open[usize::from(firms.sector[firm])] += 1.0;
    }
    let mut budgets: Vec<Money> = households
        .budget
        .iter()
        .zip(&households.resident)
        .filter(|&(_, &resident)| resident)
        .map(|(&budget, _)| budget)
        .collect();
    let middle = budgets.len() / 2;
    let median = *budgets.select_nth_unstable(middle).1;
    Anchors {
        firms: open,
        margin: markets.margin.clone(),
        concentration: concentration(firms),
        exports: accounts.exports.to_vec(),
        government: accounts.government.to_vec(),
        output: accounts.output.to_vec(),
        local_factor: accounts.local_factor.to_vec(),
        pension_factor: accounts.pension_factor,
        households: f64::from(counts.households()),
        residents: f64::from(counts.residents),
        public_jobs: f64::from(counts.public_jobs),
        outside_jobs: f64::from(counts.outward),
        working_age: f64::from(counts.working_age),
        participation: f64::from(counts.labor_force) / f64::from(counts.working_age),
        reference_unemployment: parameters.town.initial_unemployment,
        unemployment: Vec::new(),
        pay: Vec::new(),
        long_term: 0.0,
        local_rent_share: local_rent_share(parameters, households),
        local_aid: accounts.local_aid,
        median_spending: median.dollars(),
        spending_reference: spending_reference(households),
        owner_draw: (0..SECTORS).map(|s| accounts.mean_pay(s)).collect(),
        owner_units: (0..SECTORS)
            .map(|s| accounts.mean_pay(s) / (mean_wage * parameters.sectors[s].wage_premium))
            .collect(),
        poverty_line: 0.0,
        mean_wage,
    }
}
