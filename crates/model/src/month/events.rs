//! Phase 1, events: the outside world moves along its paths.

use crate::rng::{Draws, Purpose};
use crate::scenario::Parameters;
use crate::town::Markets;
use crate::units::sector;

/// Months of burn-in without shocks from outside: two thirds. What unemployment is at their end is what the town
/// settles at by itself, and the reference for pay, participation and migration.
pub fn settling_months(burn_in_months: u32) -> u32 {
    burn_in_months * 2 / 3
}

/// Moves outside prices, the online giant and the town-wide shock to outside demand.
///
/// The shock is an AR(1) in logs whose stationary standard deviation is a parameter.
pub fn move_outside_world(markets: &mut Markets, p: &Parameters, month: u32, draws: &Draws) {
    let rho = p.economy.aggregate_shock_persistence;
    let innovation = p.economy.aggregate_shock_sd * libm::sqrt(1.0 - rho * rho);
    if month >= settling_months(p.run.burn_in_months) {
        markets.aggregate_shock = rho * markets.aggregate_shock
            + innovation * draws.normal(0, month, Purpose::AggregateShock, 0);
    }
    // Paths start when the scenario does: burn-in months see month-0 prices.
    let years = f64::from(month.saturating_sub(p.run.burn_in_months)) / 12.0;
    let path = |growth: f64| libm::pow(1.0 + growth, years);
    // Sellers elsewhere automate as well, unless nobody does.
    let automating = if p.automation.enabled {
        1.0 - p.automation.outside_price_fall * p.automation.outside_diffusion(years)
    } else {
        1.0
    };
    markets.outside_price = path(p.economy.outside_price_growth) * automating;
    // Buyers there have the money they had.
    markets.outside_purchasing_power = 1.0 / automating;
    markets.elsewhere_premium = std::array::from_fn(|sector| p.elsewhere_premium(sector));
    markets.sales_tax_factor = std::array::from_fn(|sector| libm::exp(p.sales_tax_rise(sector)));
    let levels = &p.levels;
    markets.offshore_price = markets.outside_price
        * levels.import_price(sector::MANUFACTURING)
        * (1.0 + levels.offshore_risk);
    markets.online_price = path(p.demand.online_price_growth)
        * markets.outside_price
        * levels.online_price
        * p.priced_premium(sector::RETAIL, sector::MANUFACTURING);
    // Border prices reach shelves over time.
    let border = levels.import_price(sector::RETAIL) - 1.0;
    markets.shelf_import += (border - markets.shelf_import) / p.trade.shelf_months.max(1.0);
    markets.online_convenience =
        p.demand.online_convenience_growth * years + levels.online_convenience;
}
