//! Homes: their price follows households and dwellings, rents follow the price, and landlords in town are paid.

use crate::parallel::prelude::*;

use crate::scenario::Parameters;
use crate::town::ledger::Flow;
use crate::town::{Households, Markets, Town};
use crate::units::Money;

use super::population::resident_households;

/// Moves the price of homes toward what households and dwellings imply, and rents toward the price.
///
/// `ln P → ε ln(d H / D)`: households times the dwellings each wants, over the stock, which is built and falls into
/// neglect slowly (Glaeser & Gyourko 2005: homes last, so prices fall faster than the stock).
pub fn move_prices(town: &mut Town, p: &Parameters) {
    let wanted = p.migration.dwellings_per_household * resident_households(town);
    let markets = &mut town.markets;
    let pressure = libm::log(wanted.max(1.0) / markets.dwellings.max(1.0));
    let target = p.housing.price_response * pressure;
    let price = libm::log(markets.house_price);
    markets.house_price = libm::exp(price + p.housing.price_adjustment * (target - price));
    let rent = libm::log(markets.rent);
    let gap = libm::log(markets.house_price) - rent;
    markets.rent = libm::exp(rent + p.housing.rent_adjustment * gap);
}

/// Part of a renter's other spending that is left when rents are what they are.
///
/// Housing costs `h r^(1−ε)` of the budget where it cost `h` at month 0.
pub fn left_for_goods(markets: &Markets, p: &Parameters) -> f64 {
    let share = p.households.housing_share;
    let cost = share * libm::pow(markets.rent, 1.0 - p.housing.demand_elasticity);
    ((1.0 - cost) / (1.0 - share)).max(0.0)
}

/// Sums of households' spending on housing.
#[derive(Clone, Copy, Default)]
pub struct HousingSpending {
    /// By owner-occupiers.
    pub owners: Money,
    /// By renters.
    pub renters: Money,
}

/// What is left of every budget after goods and services.
pub fn spending(households: &Households, categories: usize) -> HousingSpending {
    let Households {
        budget,
        spending,
        owns_home,
        ..
    } = households;
    let [owners, renters] = (budget, spending.par_chunks(categories), owns_home)
        .into_par_iter()
        .with_min_len(4096)
        .map(|(budget, spent, &owns)| {
            let housing = budget.cents() - spent.iter().map(|&c| i64::from(c)).sum::<i64>();
            if owns { [housing, 0] } else { [0, housing] }
        })
        .reduce(|| [0; 2], |a, b| [a[0] + b[0], a[1] + b[1]]);
    HousingSpending {
        owners: Money::from_cents(owners),
        renters: Money::from_cents(renters),
    }
}

/// Pays landlords in town, by their share of all income from property; it is taxed and spent in the next month.
/// Returns what was paid.
pub fn pay_landlords(town: &mut Town, rents: Money) -> Money {
    let households = &mut town.households;
    let mut all = 0i64;
    for household in 0..households.len() {
        if households.resident[household] {
            all += households.property_income[household].cents();
        }
    }
    if all <= 0 || !rents.is_positive() {
        return Money::ZERO;
    }
    let (mut before, mut paid) = (0i64, 0i64);
    for household in 0..households.len() {
        let property = households.property_income[household].cents();
        if !households.resident[household] || property <= 0 {
            continue;
        }
        before += property;
        // Cumulative rounding, so that the parts add up to the whole.
        let due = (i128::from(rents.cents()) * i128::from(before) / i128::from(all)) as i64;
        let amount = Money::from_cents(due - paid);
        paid = due;
        households.deposits[household] += amount;
        households.dividends[household] += amount;
    }
    let paid = Money::from_cents(paid);
    town.ledger.record(Flow::HousingRents, paid);
    paid
}
