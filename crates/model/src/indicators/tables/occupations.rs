//! A month of each occupation.

use crate::indicators::definition::{measures, ratio};
use crate::indicators::workforce::Workforce;
use crate::town::Town;
use crate::units::{Money, OCCUPATIONS};

measures! {
    /// One occupation in one month.
    OccupationMonth, "occupations" {
        employees ["persons"] "Staff in the occupation, working owners apart.",
        unemployed ["persons"] "The jobless who search and whose occupation it is.",
        unemployment_rate ["share"] "Unemployed over employees and unemployed of the occupation." empty if "nobody has the occupation",
        open_posts ["posts"] "Posts for the occupation open after the month's matching.",
        hires ["persons a month"] "Persons hired this month for posts of the occupation.",
        wage_index ["index, month 0 = 1"] "The town's wage for the occupation over its wage at month 0.",
        mean_wage ["dollars a month"] "Mean gross wage of employees in the occupation." empty if "nobody works in the occupation",
    }
}

pub(crate) fn occupations(town: &Town, workforce: &Workforce) -> [OccupationMonth; OCCUPATIONS] {
    std::array::from_fn(|occupation| {
        let people = &workforce.occupations[occupation];
        let employees = people.employees as f64;
        let unemployed = people.unemployed as f64;
        OccupationMonth {
            employees,
            unemployed,
            unemployment_rate: ratio(unemployed, employees + unemployed),
            open_posts: f64::from(town.activity.open_posts[occupation]),
            hires: f64::from(town.activity.hires[occupation]),
            wage_index: ratio(
                town.labor.wage[occupation],
                town.labor.initial_wage[occupation],
            ),
            mean_wage: ratio(Money::from_cents(people.wages).dollars(), employees),
        }
    })
}
