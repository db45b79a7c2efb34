//! What happens: one month of the town, phase by phase.
//!
//! [`advance`] is the month, a list to read aloud. Each phase reads what the phases before it left, decides in
//! parallel over agents with named draws, and settles in a keyed order; totals are whole cents or are added
//! in a fixed order, so the result does not depend on the number of threads. Phases that move money are
//! followed by a check of the accounts.

mod alias;
pub mod automation;
mod consumption;
mod credit;
mod delivery;
mod elsewhere;
mod entry;
mod events;
mod exit;
mod export;
mod finance;
mod government;
mod housing;
mod inflation;
mod labor;
mod moving;
mod payroll;
mod planning;
mod policy;
mod population;
mod production;
mod reshoring;
mod residents;
mod roster;
mod scratch;
mod settlement;
mod staffing;
mod supply;

use crate::parallel::prelude::*;

use crate::scenario::Parameters;
use crate::scenario::parameters::TaxRates;
use crate::town::Town;
use crate::town::ledger::{Breach, Holdings};
use crate::units::Money;

pub use events::settling_months;
pub use scratch::Scratch;

/// Moves the town forward by one month.
///
/// # Errors
/// The first account that does not close, if any; the town is then in the middle of a month and the run ends.
pub fn advance(town: &mut Town, p: &Parameters, scratch: &mut Scratch) -> Result<(), Breach> {
    advance_watched(town, p, scratch, &mut |_, _| {})
}

/// [`advance`], telling `done` the name of each phase when it is over, with the town as the phase leaves it: for
/// profiles, and for the table of who writes what.
///
/// # Errors
/// As for [`advance`].
pub fn advance_watched(
    town: &mut Town,
    p: &Parameters,
    scratch: &mut Scratch,
    done: &mut impl FnMut(&'static str, &Town),
) -> Result<(), Breach> {
    town.ledger.begin_month();
    town.activity.clear();
    scratch.fit_to(town);
    if town.month == p.run.burn_in_months {
        residents::enroll(town);
    }
    let mut changed = std::mem::take(&mut scratch.parameters_in_force);
    let settled = policy::scenario_month(town, p);
    let rates = TaxRates {
        shelf_import: town.markets.shelf_import,
        ..town.finance.rates()
    };
    let general = p;
    let p = settled.map_or(p, |month| p.in_force(month, &rates, &mut changed));
    policy::begin_month(town, p);
    inflation::revalue(town, p);
    events::move_outside_world(&mut town.markets, p, town.month, &town.draws);
    done("events", town);

    scratch.roster.rebuild(&town.workers, town.firms.len());
    planning::update_firms(town, p, scratch);
    policy::support_firms(town, p, scratch);
    automation::automate(town, p, scratch);
    policy::audit(town, p, scratch);
    policy::find_notices(town, p, scratch);
    staffing::plan_staffing(town, p, scratch);
    done("plan", town);

    credit::renew_loans(town, p);
    check(town, "borrow")?;
    done("borrow", town);

    labor::separations::part(town, p, scratch);
    done("part", town);
    labor::matching::hire(town, p, scratch);
    done("hire", town);
    policy::train(town, p, scratch);
    done("train", town);
    labor::wages::adjust(town, p);
    done("wages", town);

    scratch.roster.rebuild(&town.workers, town.firms.len());
    production::set_capacity(town, p, scratch);
    done("produce", town);
    supply::order_inputs(town, p, scratch);
    finance::assess_firms(town, p);
    policy::pay_incomes(town, p, general);
    export::place_outside_orders(town, p, scratch);
    policy::order_locally(town, p, scratch);
    policy::pay_makers(town, p);
    policy::order_services(town, scratch);
    done("supply and orders", town);

    payroll::pay_staff(town, p, scratch);
    check(town, "pay")?;
    done("pay", town);

    consumption::spend(town, p, scratch);
    done("consume", town);
    settlement::ration(town, p, scratch);
    delivery::deliver(town, scratch);
    settlement::settle(town, p, scratch);
    check(town, "settle")?;
    done("settle", town);

    exit::close_firms(town, p, scratch);
    entry::open_firms(town, p, scratch);
    entry::open_chains(town, p, scratch);
    reshoring::win_contracts(town, p, scratch);
    check(town, "enter and exit")?;
    done("enter and exit", town);

    population::age(town, p);
    population::adjust_participation(town, p);
    elsewhere::live_elsewhere(town, p);
    housing::move_prices(town, p);
    moving::migrate(town, p, general, scratch);
    done("age and move", town);
    government::close_month(town, p);
    automation::close_month(town, p, scratch);
    check(town, "close the month")?;
    done("close the month", town);

    scratch.parameters_in_force = changed;
    town.month += 1;
    Ok(())
}

/// Compares what households and firms hold with what the month's flows say.
fn check(town: &Town, phase: &'static str) -> Result<(), Breach> {
    // Whole cents: the order of addition cannot matter.
    let cents = |amounts: &[Money]| {
        let total = amounts
            .par_iter()
            .with_min_len(1 << 14)
            .map(|m| m.cents())
            .sum();
        Money::from_cents(total)
    };
    let held = Holdings {
        households: cents(&town.households.deposits),
        firms: cents(&town.firms.cash),
        loans: cents(&town.firms.loan),
    };
    town.ledger.check(town.month, phase, &held)
}
