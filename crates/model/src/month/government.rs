//! Governments, housing construction and the end of the month's accounts.

use crate::scenario::Parameters;
use crate::town::Town;
use crate::town::ledger::{Account, Flow};
use crate::units::{Money, SECTORS, sector};

use super::population::{resident_households, resident_share};

/// Lowest monthly change of construction orders for dwellings, as a share of the stock: nothing is built below
/// zero, and the stock shrinks by neglect at most this fast.
const NEGLECT: f64 = 0.008 / 12.0;

/// The local government's purchases at their norm, dollars a month at month-0 prices.
pub fn purchases_norm(town: &Town) -> f64 {
    (0..SECTORS)
        .filter(|&s| s != sector::EDUCATION_HEALTH)
        .fold(0.0, |sum, s| sum + town.anchors.government[s])
}

/// Government purchases by sector this month, real dollars. Local purchases answer the local budget; those of
/// the outer government (education and health) follow the population.
pub fn purchases(town: &Town) -> [f64; SECTORS] {
    let population = resident_share(town);
    let stance = town.finance.stance;
    std::array::from_fn(|s| {
        let factor = if s == sector::EDUCATION_HEALTH {
            1.0
        } else {
            stance
        };
        town.anchors.government[s] * population * factor
    })
}

/// Money spent on dwellings this month, dollars, and the stock's growth.
pub fn housing_investment(town: &mut Town, p: &Parameters) -> f64 {
    let wanted = p.migration.dwellings_per_household * resident_households(town);
    let gap = p.migration.building_speed * (wanted - town.markets.dwellings);
    let built = gap.max(-NEGLECT * town.markets.dwellings);
    town.markets.dwellings += built;
    built.max(0.0) * p.migration.dwelling_cost_local
}

/// Aid to the local government, and the monthly settlement of the bank and the outer government with the rest
/// of the country.
pub fn close_month(town: &mut Town, p: &Parameters) {
    let aid = Money::from_dollars(
        town.anchors.local_aid * p.levels.transfers_level * resident_share(town),
    );
    town.ledger.record(Flow::LocalAid, aid);
    super::finance::pay_interest(town, p);
    super::finance::close_month(town, p);
    let ledger = &mut town.ledger;
    ledger.record(Flow::BankSettlement, ledger.balance(Account::Bank));
    ledger.record(
        Flow::OuterSettlement,
        ledger.balance(Account::OuterGovernment),
    );
}
