//! Money is a unit of account: when prices and wages outside rise at a steady rate, those in town and all that people
//! remember in dollars rise with them, and what is held in money earns as much.
//!
//! Prices between two reviews and pay between two rounds follow the trend (Christiano, Eichenbaum & Evans 2005), so a
//! general rise of prices changes nothing real but what a scenario keeps from following it.

use crate::parallel::prelude::*;

use crate::scenario::Parameters;
use crate::town::Town;
use crate::town::ledger::Flow;
use crate::units::Money;

/// Lifts what stands in dollars by a month's trend of prices and of wages outside; nothing in burn-in.
pub fn revalue(town: &mut Town, p: &Parameters) {
    let monthly = |growth: f64| libm::pow(1.0 + growth, 1.0 / 12.0);
    let started = town.month > p.run.burn_in_months;
    let prices = monthly(p.economy.outside_price_growth);
    let wages = monthly(p.economy.outside_wage_growth);
    if !started || (prices == 1.0 && wages == 1.0) {
        return;
    }
    lift_firms(town, prices, wages);
    lift_pay(town, wages);
    lift_memories(town, prices as f32);
    pay_interest(town, p.indexation.money * (prices - 1.0));
}

fn lift_firms(town: &mut Town, prices: f64, wages: f64) {
    let firms = &mut town.firms;
    let log_prices = libm::log(prices);
    for firm in 0..firms.len() {
        firms.price[firm] *= prices;
        firms.log_price[firm] += log_prices;
        firms.unit_cost[firm] *= prices;
        firms.monthly_cost[firm] *= prices;
        firms.profit[firm] *= prices;
        firms.smoothed_sales[firm] *= prices;
        firms.owner_draw[firm] *= wages;
    }
    for price in &mut town.markets.price {
        *price *= prices;
    }
}

fn lift_pay(town: &mut Town, wages: f64) {
    if wages == 1.0 {
        return;
    }
    for wage in (town.labor.wage.iter_mut()).chain(&mut town.markets.outlook_pay) {
        *wage *= wages;
    }
    let workers = &mut town.workers;
    (&mut workers.wage, &mut workers.last_wage)
        .into_par_iter()
        .with_min_len(4096)
        .for_each(|(wage, last)| {
            *wage = wage.share(wages);
            *last = last.share(wages);
        });
}

fn lift_memories(town: &mut Town, prices: f32) {
    let households = &mut town.households;
    (
        &mut households.smoothed_income,
        &mut households.smoothed_spending,
        &mut households.yearly_income,
        &mut households.counted_on,
    )
        .into_par_iter()
        .with_min_len(4096)
        .for_each(|(income, spending, yearly, counted_on)| {
            *counted_on *= prices;
            *income *= prices;
            *spending *= prices;
            *yearly *= prices;
        });
}

/// What money held loses in worth, the bank pays as interest.
fn pay_interest(town: &mut Town, rate: f64) {
    let interest = |held: &mut Money| {
        let paid = held.at_least_zero().share(rate);
        *held += paid;
        paid
    };
    let on_deposits: Money = town.households.deposits.iter_mut().map(interest).sum();
    let on_cash: Money = town.firms.cash.iter_mut().map(interest).sum();
    town.ledger.record(Flow::DepositInterest, on_deposits);
    town.ledger.record(Flow::CashInterest, on_cash);
}
