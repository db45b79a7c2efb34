//! Public programs: what they cost and whom they reach.

use crate::town::Town;
use crate::town::programs::ProgramMonth;
use crate::units::Money;

use super::definition::measures;

measures! {
    /// All programs of the timeline together.
    Public, "public" {
        program_spending_local ["dollars a month"] "Paid by the local government's programs: benefits, grants, services and administration.",
        program_spending_outer ["dollars a month"] "Paid by the outer government's programs.",
        program_revenue ["dollars a month"] "Collected by levies and duties of the timeline.",
        program_people ["persons"] "Persons paid, served or covered by programs; somebody in two programs counts twice.",
        program_firms ["firms"] "Firms paid, served or covered by programs.",
        reshored_orders ["dollars a month at month-0 prices"] "Orders in running contracts won back from offshore makers.",
        reshored_jobs ["persons"] "Jobs that these orders take: each maker's workers times the orders' part in its demand, all of them if they are more.",
    }
}

measures! {
    /// One program's month; a row of `policies.csv`.
    ProgramRow, "policies" {
        spending_local ["dollars a month"] "Paid by the local government: benefits, grants, services and administration.",
        spending_outer ["dollars a month"] "Paid by the outer government.",
        administration ["dollars a month"] "Of both, administration.",
        revenue_local ["dollars a month"] "Collected for the local government.",
        revenue_outer ["dollars a month"] "Collected for the outer government.",
        people ["persons"] "Persons paid, served or covered.",
        people_new ["persons a month"] "Of these, for the first time in their present spell.",
        firms ["firms"] "Firms paid, served or covered.",
        applications ["applications a month"] "Persons and firms that qualified and applied.",
    }
}

impl ProgramRow {
    /// What a program did in a month.
    pub fn of(month: &ProgramMonth) -> ProgramRow {
        ProgramRow {
            spending_local: month.spent_local.dollars(),
            spending_outer: month.spent_outer.dollars(),
            administration: month.administration.dollars(),
            revenue_local: month.collected_local.dollars(),
            revenue_outer: month.collected_outer.dollars(),
            people: f64::from(month.people),
            people_new: f64::from(month.people_new),
            firms: f64::from(month.firms),
            applications: f64::from(month.applications),
        }
    }
}

pub(crate) fn measure(town: &Town) -> Public {
    let programs = &town.programs;
    let (orders, jobs) = reshored(town);
    let sum = |of: fn(&ProgramMonth) -> Money| -> f64 {
        let amounts = programs.entries.iter().map(|entry| of(&entry.this_month));
        amounts.sum::<Money>().dollars()
    };
    let count = |of: fn(&ProgramMonth) -> u32| -> f64 {
        let counts = programs.entries.iter().map(|entry| of(&entry.this_month));
        f64::from(counts.sum::<u32>())
    };
    Public {
        program_spending_local: sum(|month| month.spent_local),
        program_spending_outer: sum(|month| month.spent_outer),
        program_revenue: sum(|month| month.collected_local + month.collected_outer),
        program_people: count(|month| month.people),
        program_firms: count(|month| month.firms),
        reshored_orders: orders,
        reshored_jobs: jobs,
    }
}

/// Orders of running contracts and the jobs they take.
fn reshored(town: &Town) -> (f64, f64) {
    let firms = &town.firms;
    let (mut orders, mut jobs) = (0.0, 0.0);
    for contract in &town.markets.contracts {
        let row = contract.firm as usize;
        if firms.open[row] && firms.uid[row] == contract.uid {
            let part = contract.orders / firms.demand[row].max(contract.orders);
            orders += contract.orders;
            jobs += part * f64::from(firms.workers(row));
        }
    }
    (orders, jobs)
}
