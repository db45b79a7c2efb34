//! A year of each tenth of households by income.

use crate::indicators::Conventions;
use crate::indicators::definition::{measures, ratio};
use crate::indicators::inequality::wealth_of_households;
use crate::stats::sum_of;
use crate::town::Town;

/// Tenths of households.
pub const DECILES: usize = 10;

measures! {
    /// One tenth of resident households, ordered by gross income, at the end of one year.
    DecileYear, "deciles" {
        households ["households"] "Resident households of the decile.",
        persons ["persons"] "Residents of all ages in them.",
        income ["dollars a year"] "Mean gross money income a household." empty if "the decile has no households",
        consumption ["dollars a month"] "Mean spending a household, smoothed over a year." empty if "the decile has no households",
        wealth ["dollars"] "Mean wealth a household: deposits, capitalized property income, equity in firms." empty if "the decile has no households",
        income_share ["share"] "Part of all households' income." empty if "there is no income",
        consumption_share ["share"] "Part of all households' spending." empty if "nothing is spent",
        wealth_share ["share"] "Part of all households' wealth." empty if "households own nothing",
    }
}

/// Sums over the households of a decile.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    households: u64,
    persons: u64,
    income: f64,
    consumption: f64,
    wealth: i64,
}

/// Deciles of resident households by gross income, the poorest first. Households of equal income stand in
/// the order of their rows.
pub fn deciles(town: &Town, conventions: &Conventions) -> [DecileYear; DECILES] {
    let households = &town.households;
    let mut wealth = Vec::new();
    wealth_of_households(households, &town.firms, conventions, &mut wealth);
    let mut order: Vec<usize> = (0..households.len())
        .filter(|&household| households.resident[household])
        .collect();
    let income = |household: usize| households.yearly_income[household];
    order.sort_by(|&a, &b| income(a).total_cmp(&income(b)));
    let count = order.len();
    let mut tenths = [Sums::default(); DECILES];
    for (rank, household) in order.into_iter().enumerate() {
        let tenth = &mut tenths[rank * DECILES / count];
        tenth.households += 1;
        tenth.persons += u64::from(households.persons[household]);
        tenth.income += f64::from(income(household));
        tenth.consumption += f64::from(households.smoothed_spending[household]);
        tenth.wealth += wealth[household];
    }
    let all_income = sum_of(tenths.iter().map(|tenth| tenth.income));
    let all_consumption = sum_of(tenths.iter().map(|tenth| tenth.consumption));
    let all_wealth: i64 = tenths.iter().map(|tenth| tenth.wealth).sum();
    tenths.map(|tenth| {
        let households = tenth.households as f64;
        DecileYear {
            households,
            persons: tenth.persons as f64,
            income: ratio(tenth.income, households),
            consumption: ratio(tenth.consumption, households),
            wealth: ratio(tenth.wealth as f64 / 100.0, households),
            income_share: ratio(tenth.income, all_income),
            consumption_share: ratio(tenth.consumption, all_consumption),
            wealth_share: ratio(tenth.wealth as f64, all_wealth as f64),
        }
    })
}
