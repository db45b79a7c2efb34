//! What owners value, and what follows from it: where savings go, and how the firm meets its customers.

use crate::scenario::Parameters;
use crate::town::technology::{FirmTechnology, SavingsSplit};
use crate::town::{Firms, Town};
use crate::units::{Money, VALUES, value};

use super::super::planning::{full_need, labor_unit_cost};
use super::super::scratch::Scratch;
use super::{LEAST_NEED, buy};

/// Months over which pay and owners' hours follow savings.
const FOLLOWING_MONTHS: f64 = 12.0;
/// Mean weight of a value.
pub(super) const MEAN_VALUE: f64 = 0.2;
/// How far a value's weight above the mean moves a part of the savings.
const TILT: f64 = 1.0;
/// Part of the reinvestment fund released for paying out each month: what is not invested in years is not kept.
const FUND_RELEASE: f64 = 1.0 / 36.0;
/// Lowest intimacy.
const LEAST_INTIMACY: f64 = 0.05;

/// Values drift toward those of the sector's more profitable firms, for owners who earn less than the sector.
pub fn drift(town: &mut Town, firm: usize, p: &Parameters) {
    let sector = town.firms.sector[firm] as usize;
    if town.firms.margin[firm] < town.markets.margin[sector] {
        let example = town.technology.successful_values[sector];
        let row = &mut town.technology.firms[firm];
        for (value, example) in row.values.iter_mut().zip(example) {
            *value += p.automation.values_drift * (example - *value);
        }
    }
    let values = &town.technology.firms[firm].values;
    town.technology.firms[firm].split = split(values, p);
}

/// Where savings go, by values: community to prices, empowerment to pay, agility to reinvestment. Parts are cut
/// in proportion if they exceed the whole.
pub fn split(values: &[f64; VALUES], p: &Parameters) -> SavingsSplit {
    let a = &p.automation;
    let part = |base: f64, v: usize| {
        (base + TILT * a.savings_by_values * base * (values[v] / MEAN_VALUE - 1.0)).max(0.0)
    };
    let split = SavingsSplit {
        prices: part(a.saving_to_prices, value::COMMUNITY),
        pay: part(a.saving_to_pay, value::EMPOWERMENT),
        reinvestment: part(a.saving_to_reinvestment, value::AGILITY),
        owner_hours: a.saving_to_owner_hours,
    };
    let sum = split.prices + split.pay + split.reinvestment + split.owner_hours;
    if sum <= 1.0 {
        return split;
    }
    SavingsSplit {
        prices: split.prices / sum,
        pay: split.pay / sum,
        reinvestment: split.reinvestment / sum,
        owner_hours: split.owner_hours / sum,
    }
}

/// Part of its own saving that a firm passes on now.
///
/// It starts where the owner chooses and goes to `1 − price_rivalry` as competition takes over; what rivals' prices
/// take comes on top, so that a saving that all have ends up in prices whole.
pub fn passed_on(row: &FirmTechnology, p: &Parameters) -> f64 {
    let most = 1.0 - p.automation.price_rivalry;
    let chosen = row.split.prices.min(most);
    chosen + (most - chosen) * row.competed
}

/// Lets competition come closer by a month: as fast as rivals save what the firm saves.
pub(super) fn compete(row: &mut FirmTechnology, cost: f64, rivals_saving: f64, p: &Parameters) {
    let without = cost / (1.0 - row.price_cut).max(LEAST_NEED);
    row.saving = if without > 0.0 {
        row.net_saving.max(0.0) / without
    } else {
        0.0
    };
    if row.saving > 0.0 {
        let met = (rivals_saving / row.saving).min(1.0);
        row.competed += (1.0 - row.competed) * met / (12.0 * p.automation.competition_years);
    }
}

/// Pays this month's subscriptions and rent, and lets pay, the owner's hours and the reinvestment fund follow
/// what technology saves after its own cost.
///
/// With labor saved `s = 1 − r` of the labor of month 0 and net saving `n ≤ s` after the cost of technology, wages
/// go toward `1 + s_w n / r` times what they would be.
pub fn share_savings(town: &mut Town, firm: usize, p: &Parameters, scratch: &mut Scratch) {
    let Town {
        technology, firms, ..
    } = town;
    let rivals_cut =
        p.automation.price_rivalry * technology.price_cuts[usize::from(firms.sector[firm])];
    let rivals_saving = technology.savings[usize::from(firms.sector[firm])];
    let row = &mut technology.firms[firm];
    let effects = row.effects;
    let subscriptions = Money::from_dollars(effects.running_cost.max(0.0));
    if subscriptions.is_positive() {
        let local = effects.running_local / effects.running_cost;
        buy(scratch, firm, subscriptions, local);
    }
    buy(scratch, firm, rent_due(firms, firm, effects.rent), 0.0);

    let output = firms.visibility[firm].max(0.0);
    let freed_units = row.owner_units * row.owner_freed;
    let labor_cost = match labor_unit_cost(firms, firm, p, freed_units) {
        Some(cost) => {
            cost / row.pay_multiplier * full_need(firms, firm, p) * output
                / (firms.productivity[firm] * p.firms.normal_utilization)
        }
        None => 0.0,
    };
    let overhead = p.sectors[firms.sector[firm] as usize].overhead * output;
    row.net_saving = labor_cost * effects.labor_saved + overhead * effects.overhead_relief
        - effects.running_cost
        - effects.rent * output;
    let cost = firms.unit_cost[firm] * output;
    compete(row, cost, rivals_saving, p);
    row.kept_of_savings = kept_of_savings(row, cost, rivals_cut, p);
    let net = if labor_cost > 0.0 {
        row.kept_of_savings * (row.net_saving / labor_cost).max(0.0)
    } else {
        0.0
    };
    let left = (1.0 - effects.labor_saved).max(LEAST_NEED);
    let wanted = 1.0 + row.split.pay * net / left;
    let multiplier = row.pay_multiplier + (wanted - row.pay_multiplier) / FOLLOWING_MONTHS;
    firms.pay_premium[firm] *= multiplier / row.pay_multiplier;
    row.pay_multiplier = multiplier;

    if row.owner_units > 0.0 {
        let saved_units = row.split.owner_hours * net * firms.labor_units[firm];
        let wanted = (saved_units / row.owner_units).min(p.automation.owner_hours_limit);
        row.owner_freed += (wanted - row.owner_freed) / FOLLOWING_MONTHS;
        firms.owner_units[firm] = row.owner_units * (1.0 - row.owner_freed);
    }
    row.fund += row.reinvested() - FUND_RELEASE * row.fund;
}

/// Part of what the owner would not pass on in prices that is left once competition and rivals' prices have taken
/// theirs; `cost` is the unit cost that prices are based on times normal output.
fn kept_of_savings(row: &FirmTechnology, cost: f64, rivals_cut: f64, p: &Parameters) -> f64 {
    let own = (1.0 - row.split.prices) * row.net_saving;
    if own <= 0.0 {
        return 1.0;
    }
    let without = cost / (1.0 - row.price_cut).max(LEAST_NEED);
    let left = (1.0 - passed_on(row, p)) * row.net_saving - rivals_cut * without;
    (left / own).clamp(0.0, 1.0)
}

/// Rent on last month's output.
fn rent_due(firms: &Firms, firm: usize, rent: f64) -> Money {
    Money::from_dollars((rent * firms.output[firm]).max(0.0))
}

/// Intimacy follows contact and trust; sales outside the town follow the firm's reach.
pub fn meet_customers(town: &mut Town, firm: usize, p: &Parameters) {
    let Town {
        technology,
        firms,
        markets,
        ..
    } = town;
    let row = &mut technology.firms[firm];
    let a = &p.automation;
    let wanted = row.effects.contact * row.trust;
    firms.intimacy[firm] += a.intimacy_adjustment * (wanted - firms.intimacy[firm]);
    firms.intimacy[firm] = firms.intimacy[firm].max(LEAST_INTIMACY);
    let sector = firms.sector[firm] as usize;
    let relative = firms.price[firm] / (markets.outside_price * markets.elsewhere_premium[sector]);
    let answer = libm::exp(markets.aggregate_shock)
        * markets.outside_purchasing_power
        * libm::pow(relative, -p.sectors[sector].export_elasticity);
    // Sectors that sell to the world already have their orders from outside in the sector's exports.
    let reach = if p.sectors[sector].tradable {
        0.0
    } else {
        row.effects.reach
    };
    let wanted = reach * firms.visibility[firm] * answer;
    row.outside_sales += a.reach_adjustment * (wanted - row.outside_sales);
}
