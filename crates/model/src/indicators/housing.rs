//! Homes: price, rents, what they weigh on renters, and how many stand empty; and who moves.

use crate::town::Town;

use super::definition::{measures, ratio};

measures! {
    /// The market for homes, and moving.
    Housing, "housing" {
        house_price ["index, month-0 price = 1"] "Price of homes in town.",
        rent_index ["index, month-0 rent = 1"] "Rents in town.",
        rent_burden ["share"] "Rents paid over the smoothed disposable income of renters." empty if "nobody rents",
        homeowners_share ["share"] "Resident households who own their home." empty if "nobody lives in town",
        housing_vacancy_rate ["share"] "Dwellings beyond resident households over all dwellings; below zero where households are more." empty if "there are no dwellings",
        moved_in ["households"] "Households that moved in this month.",
        moved_out ["households"] "Households that moved away this month.",
        net_migration ["share a month"] "Households that moved in less those that moved away this month over resident households." empty if "nobody lives in town",
    }
}

pub(crate) fn measure(town: &Town) -> Housing {
    let (households, markets) = (&town.households, &town.markets);
    let (mut here, mut owners, mut renters_income) = (0u64, 0u64, 0.0);
    for household in 0..households.len() {
        if !households.resident[household] {
            continue;
        }
        here += 1;
        if households.owns_home[household] {
            owners += 1;
        } else if let Some(&income) = households.smoothed_income.get(household) {
            renters_income += f64::from(income);
        }
    }
    let activity = &town.activity;
    let moved = [activity.households_in, activity.households_out].map(f64::from);
    let here = here as f64;
    Housing {
        house_price: markets.house_price,
        rent_index: markets.rent,
        rent_burden: ratio(activity.rents.dollars(), renters_income),
        homeowners_share: ratio(owners as f64, here),
        housing_vacancy_rate: ratio(markets.dwellings - here, markets.dwellings),
        moved_in: moved[0],
        moved_out: moved[1],
        net_migration: ratio(moved[0] - moved[1], here),
    }
}
