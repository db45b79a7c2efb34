//! Residents of month 0: enrolling them, and what becomes of their rows when they retire or move away.

use crate::scenario::Parameters;
use crate::town::Town;
use crate::town::people::Status;
use crate::town::residents::{AGE_LIMIT, Departure, Leaver, NOBODY, Residents, Retired, TENTHS};

use super::elsewhere::Market;

/// Enrolls everybody of working age who lives in town, before the first recorded month is lived.
pub fn enroll(town: &mut Town) {
    let households = &town.households;
    let equivalent = |household: usize| {
        let persons = f32::from(households.persons[household].max(1));
        f64::from(households.yearly_income[household] / persons.sqrt())
    };
    let mut order: Vec<u32> = (0..households.len() as u32)
        .filter(|&household| households.resident[household as usize])
        .collect();
    let by_income = |&a: &u32, &b: &u32| {
        equivalent(a as usize)
            .total_cmp(&equivalent(b as usize))
            .then(a.cmp(&b))
    };
    order.sort_unstable_by(by_income);
    let adults = |household: u32| u64::from(households.workers[household as usize]);
    let persons = |household: u32| u64::from(households.persons[household as usize]);
    let all: u64 = order.iter().map(|&household| adults(household)).sum();
    let everybody: u64 = order.iter().map(|&household| persons(household)).sum();
    let workers = &town.workers;
    let mut tenth = vec![NOBODY; workers.len()];
    let (mut before, mut below, mut median) = (0, 0, 0.0);
    for &household in &order {
        if 2 * below <= everybody {
            median = equivalent(household as usize);
        }
        below += persons(household);
        let of_household = (before * TENTHS as u64 / all.max(1)).min(TENTHS as u64 - 1) as u8;
        before += adults(household);
        for worker in households.members(household as usize) {
            if workers.status[worker] != Status::Away {
                tenth[worker] = of_household;
            }
        }
    }
    town.residents = Residents {
        since: Some(town.month),
        tenth,
        age: workers.age_months.clone(),
        poverty_line: 0.5 * median,
        ..Residents::default()
    };
}

/// Keeps those whose rows young people have just taken. A month count of 0 marks the young.
pub fn keep_retired(town: &mut Town) {
    let Some(since) = town.residents.since else {
        return;
    };
    let workers = &town.workers;
    for worker in 0..town.residents.tenth.len() {
        let residents = &mut town.residents;
        let left = workers.months[worker] == 0 && workers.status[worker] != Status::Away;
        if !left || residents.tenth[worker] == NOBODY {
            continue;
        }
        let tenth = std::mem::replace(&mut residents.tenth[worker], NOBODY);
        let until = since + u32::from(AGE_LIMIT.saturating_sub(residents.age[worker]));
        if until > town.month {
            residents.retired.push(Retired {
                worker: worker as u32,
                generation: workers.generation[worker].wrapping_sub(1),
                since: town.month,
                household: workers.household[worker],
                tenth,
                until,
                is_away: false,
            });
        }
    }
}

/// Keeps the members of a household that is about to leave, if it has residents of month 0.
pub fn keep_leavers(town: &mut Town, household: usize, p: &Parameters) {
    let residents = &mut town.residents;
    let members = town.households.members(household);
    let retired = |one: &Retired| !one.is_away && one.household as usize == household;
    let has_one = members
        .clone()
        .any(|worker| (residents.tenth.get(worker)).is_some_and(|&tenth| tenth != NOBODY));
    if !has_one && !residents.retired.iter().any(retired) {
        return;
    }
    let place = residents.departures.len() as u32;
    for one in residents.retired.iter_mut().filter(|one| retired(one)) {
        (one.household, one.is_away) = (place, true);
    }
    let (households, workers) = (&town.households, &town.workers);
    residents.departures.push(Departure {
        household: household as u32,
        month: town.month,
        first: residents.leavers.len() as u32,
        members: households.workers[household],
        pensioners: households.pensioners[household],
        persons: households.persons[household],
        property_income: households.property_income[household],
        yearly_income: households.yearly_income[household],
    });
    let first = town.residents.leavers.len();
    for worker in members {
        let residents = &mut town.residents;
        residents.leavers.push(Leaver {
            worker: worker as u32,
            generation: workers.generation[worker],
            tenth: std::mem::replace(&mut residents.tenth[worker], NOBODY),
            age_months: workers.age_months[worker],
            status: match workers.status[worker] {
                Status::Employed | Status::Owner => Status::Employed,
                Status::Unemployed | Status::Training => Status::Unemployed,
                Status::Inactive | Status::Away => Status::Inactive,
            },
            months: workers.months[worker],
            benefit_months: workers.benefit_months[worker],
            occupation: workers.occupation[worker],
            ability: workers.ability[worker],
            fit: workers.fit[worker],
            digital_literacy: workers.digital_literacy[worker],
            finding: workers.finding[worker],
            wage: workers.wage[worker],
            last_wage: workers.last_wage[worker],
            pay: workers.pay[worker],
        });
    }
    let mut arriving = town.residents.leavers.split_off(first);
    let market = Market::of(town, p);
    arriving.iter_mut().for_each(|person| market.arrive(person));
    town.residents.leavers.append(&mut arriving);
}
