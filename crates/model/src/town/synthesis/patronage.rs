//! First suppliers: who buys in town, and from which firm.

use crate::parallel::prelude::*;

use crate::rng::{Draws, Purpose};
use crate::scenario::Parameters;
use crate::scenario::parameters::SectorParameters;
use crate::town::income::category_spending;
use crate::town::people::{Households, ONLINE_SUPPLIER, OUTSIDE_SUPPLIER};
use crate::town::{Firms, Markets};

use super::accounts::{BySector, SocialAccounts};
use super::businesses::Drawer;
use super::outside_appeal::{Search, Shares, Taste};
use super::strata::shuffled;

/// Households by which the outside options are calibrated.
const SAMPLE: usize = 20_000;

/// Calibrates the outside options of every category and gives each resident household a supplier in each.
///
/// `reference` is the spending at which category shares are the mean ones, dollars a month.
///
/// Whether a household buys in town follows its own long-run chances, chosen systematically along the order of
/// budgets so that spending in town is what the accounts say; local customers are then laid out along the sellers,
/// each seller receiving customers in proportion to its output, to within a household.
pub(super) fn assign(
    parameters: &Parameters,
    accounts: &SocialAccounts,
    firms: &Firms,
    households: &mut Households,
    (markets, reference): (&mut Markets, f64),
    draws: &Draws,
) {
    let residents = accounts.counts.households() as usize;
    let budgets: Vec<f64> = households.budget[..residents]
        .iter()
        .map(|budget| budget.dollars())
        .collect();
    let tastes: Vec<Taste> = (0..residents)
        .map(|row| {
            Taste::of(
                budgets[row],
                f64::from(households.price_sensitivity[row]),
                f64::from(households.loyalty[row]),
                f64::from(households.convenience[row]),
            )
        })
        .collect();
    let mut by_budget: Vec<u32> = (0..residents as u32).collect();
    by_budget.par_sort_by(|&a, &b| {
        let (a, b) = (a as usize, b as usize);
        budgets[b].total_cmp(&budgets[a]).then(a.cmp(&b))
    });
    let buyers = Buyers {
        parameters,
        local_factor: &accounts.local_factor,
        firms,
        markets,
        reference,
        drawer: Drawer::new(firms),
        tastes,
        by_budget,
        random: shuffled(draws, Purpose::SynthesisSupplier, 0, residents),
        draws,
    };
    let categories = markets.category_sector.len();
    let chosen: Vec<Patronage> = (0..categories)
        .into_par_iter()
        .map(|category| buyers.choose(category))
        .collect();
    for (category, chosen) in chosen.into_iter().enumerate() {
        (
            markets.outside_utility[category],
            markets.online_utility[category],
        ) = chosen.appeals;
        let share = markets.category_share[category];
        let sector = usize::from(markets.category_sector[category]);
        let tilt = parameters.sectors[sector].consumption_tilt;
        for (row, supplier) in chosen.suppliers.into_iter().enumerate() {
            households.suppliers[row * categories + category] = supplier;
            let budget = households.budget[row].cents() as f64;
            let cents = category_spending(budget, 100.0 * reference, share, tilt);
            households.spending[row * categories + category] = cents as u32;
        }
    }
}

/// Who buys where in one category.
struct Patronage {
    /// Appeal of shops elsewhere and of the online giant.
    appeals: (f64, f64),
    /// Supplier of each resident household.
    suppliers: Vec<u32>,
}

/// Resident households as buyers, with the sellers they choose from.
struct Buyers<'a> {
    parameters: &'a Parameters,
    local_factor: &'a BySector,
    firms: &'a Firms,
    markets: &'a Markets,
    reference: f64,
    drawer: Drawer,
    tastes: Vec<Taste>,
    by_budget: Vec<u32>,
    random: Vec<u32>,
    draws: &'a Draws,
}

impl Buyers<'_> {
    /// Calibrates one category's outside options and finds everybody a supplier.
    fn choose(&self, category: usize) -> Patronage {
        let sector = usize::from(self.markets.category_sector[category]);
        let sold = &self.parameters.sectors[sector];
        let share = self.markets.category_share[category];
        let sellers = self.drawer.firms(sector);
        let mut tastes = self.tastes.clone();
        for taste in &mut tastes {
            taste.spending =
                category_spending(taste.spending, self.reference, share, sold.consumption_tilt);
        }
        let stride = tastes.len().div_ceil(SAMPLE).max(1);
        let sample: Vec<Taste> = tastes.iter().step_by(stride).copied().collect();
        let search = Search::among(self.firms, sellers, self.parameters.demand.habit);
        let appeals = search.appeals(
            &sample,
            &wanted_shares(sold, self.local_factor[sector], sellers),
        );
        let start = |number: u32| {
            self.draws
                .uniform(category as u64, 0, Purpose::SynthesisSupplier, number)
        };
        let starts = (start(1), start(2));
        let mut suppliers = places(&search, &tastes, &self.by_budget, appeals, starts);
        let turn = (start(3) * tastes.len() as f64) as usize;
        pack(
            self.firms,
            sellers,
            &tastes,
            &self.random,
            turn,
            &mut suppliers,
        );
        Patronage { appeals, suppliers }
    }
}

/// Shares of spending the scenario wants; without sellers in town nobody buys there.
fn wanted_shares(sold: &SectorParameters, reach: f64, sellers: &[u32]) -> Shares {
    let local = if sellers.is_empty() {
        0.0
    } else {
        sold.local_consumption_share * reach
    };
    let online = sold.online_share.min(1.0 - local);
    Shares {
        local,
        outside: (1.0 - local - online).max(0.0),
        online,
    }
}

/// A local customer who has no firm yet.
const SOMEBODY_IN_TOWN: u32 = 0;

/// Where each household buys, by systematic sampling along `order` with its own chances.
fn places(
    search: &Search,
    tastes: &[Taste],
    order: &[u32],
    appeals: (f64, f64),
    start: (f64, f64),
) -> Vec<u32> {
    let weights = (libm::exp(appeals.0), libm::exp(appeals.1));
    let mut suppliers = vec![OUTSIDE_SUPPLIER; tastes.len()];
    let (mut local, mut online) = start;
    let mut missing = 0.0;
    for &row in order {
        let row = row as usize;
        let shares = search.long_run(&tastes[row], weights.0, weights.1);
        missing += shares.local * tastes[row].spending;
        local += shares.local;
        if local >= 1.0 {
            local -= 1.0;
            suppliers[row] = SOMEBODY_IN_TOWN;
            missing -= tastes[row].spending;
            continue;
        }
        let away = shares.outside + shares.online;
        if away > 0.0 {
            online += shares.online / away;
        }
        if online >= 1.0 {
            online -= 1.0;
            suppliers[row] = ONLINE_SUPPLIER;
        }
    }
    repair(tastes, order, missing, &mut suppliers);
    suppliers
}

/// Lets a few households trade places so that spending in town is not off by what the richest happen to do: from the
/// largest budget down, whoever would bring it nearer to what is `missing` switches between town and elsewhere.
fn repair(tastes: &[Taste], order: &[u32], mut missing: f64, suppliers: &mut [u32]) {
    for &row in order {
        let row = row as usize;
        let spending = tastes[row].spending;
        let (now, then) = match suppliers[row] {
            SOMEBODY_IN_TOWN => (missing + spending, OUTSIDE_SUPPLIER),
            OUTSIDE_SUPPLIER => (missing - spending, SOMEBODY_IN_TOWN),
            _ => continue,
        };
        if now.abs() < missing.abs() {
            missing = now;
            suppliers[row] = then;
        }
    }
}

/// Lays local customers, in the random order `order` begun at place `turn`, along the sellers' shares of output.
fn pack(
    firms: &Firms,
    sellers: &[u32],
    tastes: &[Taste],
    order: &[u32],
    turn: usize,
    suppliers: &mut [u32],
) {
    let customers: Vec<usize> = order[turn..]
        .iter()
        .chain(&order[..turn])
        .map(|&row| row as usize)
        .filter(|&row| suppliers[row] == SOMEBODY_IN_TOWN)
        .collect();
    let spending: f64 = customers.iter().map(|&row| tastes[row].spending).sum();
    let output: f64 = sellers.iter().map(|&f| firms.output[f as usize]).sum();
    let mut seller = 0;
    let mut end = sellers
        .first()
        .map_or(0.0, |&f| firms.output[f as usize] / output * spending);
    let mut before = 0.0;
    for row in customers {
        let middle = before + 0.5 * tastes[row].spending;
        while middle > end && seller + 1 < sellers.len() {
            seller += 1;
            end += firms.output[sellers[seller] as usize] / output * spending;
        }
        suppliers[row] = sellers.get(seller).copied().unwrap_or(OUTSIDE_SUPPLIER);
        before += tastes[row].spending;
    }
}
