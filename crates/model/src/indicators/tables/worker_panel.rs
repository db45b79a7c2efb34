//! Persons followed from month to month: a keyed sample of identities, leavers included.

use serde::{Deserialize, Serialize};

use crate::rng::{Draws, Purpose};
use crate::town::Town;
use crate::town::people::{PUBLIC_EMPLOYER, Status};
use crate::town::residents::{AGE_LIMIT, Leaver, NOBODY};
use crate::units::Money;

/// Identity of the public employer in [`WorkerPanel::employer`].
pub const PUBLIC: i64 = -1;
/// Employer of somebody without one, or whose employer is outside the town.
pub const NONE: i64 = -2;

/// What a person of the panel does, by code.
pub const STATUS_IDS: [&str; 6] = [
    "employed",
    "owner",
    "unemployed",
    "in_training",
    "inactive",
    "retired",
];
const RETIRED: u8 = 5;

/// Who a person of the panel is to the town, by code.
pub const RESIDENCE_IDS: [&str; 4] = ["stayer", "leaver", "newcomer", "young_entrant"];
const STAYER: u8 = 0;
const LEAVER: u8 = 1;
const NEWCOMER: u8 = 2;
const ENTRANT: u8 = 3;

/// A sample of persons of working age, as columns with one entry a person and month.
///
/// Months are in order; within a month residents stand in the order of their rows, then leavers, then the retired.
/// Residents of month 0 stay in the panel after they move away, until 65; others end with their last month in town.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct WorkerPanel {
    /// Identities are drawn by a keyed number below this; 0 before the first month, if none are wanted, and if all
    /// persons are, 1.
    share: f64,
    /// Month, 0 for the first recorded one.
    pub month: Vec<u32>,
    /// Identity of the person, never reused.
    pub identity: Vec<u64>,
    /// What the person does: place in [`STATUS_IDS`].
    pub status: Vec<u8>,
    /// Who the person is to the town: place in [`RESIDENCE_IDS`].
    pub residence: Vec<u8>,
    /// Identity of the employer, [`PUBLIC`] or [`NONE`].
    pub employer: Vec<i64>,
    /// Workers of that employer, owner included; 0 for none and for the public employer.
    pub employer_workers: Vec<u32>,
    /// Occupation (index of [`crate::units::OCCUPATION_IDS`]); none of them for the retired.
    pub occupation: Vec<u8>,
    /// Age in months.
    pub age_months: Vec<u16>,
    /// Months in the status: tenure for those at work.
    pub tenure: Vec<u16>,
    /// Pay from work this month, dollars.
    pub pay: Vec<f32>,
    /// Insurance and assistance this month, dollars.
    pub benefits: Vec<f32>,
    /// Gross money income of the household, smoothed over about a year, dollars a month.
    pub income: Vec<f32>,
    /// The household's deposits, dollars; `NaN` elsewhere.
    pub deposits: Vec<f32>,
    /// The household's spending this month, dollars; `NaN` elsewhere.
    pub spending: Vec<f32>,
}

/// One entry.
struct Entry {
    identity: u64,
    status: u8,
    residence: u8,
    employer: i64,
    employer_workers: u32,
    occupation: u8,
    age_months: u16,
    tenure: u16,
    pay: Money,
    benefits: Money,
    income: f32,
    deposits: f32,
    spending: f32,
}

/// The identity of whoever holds a row now.
#[inline]
fn identity(row: usize, generation: u16) -> u64 {
    row as u64 | u64::from(generation) << 32
}

impl WorkerPanel {
    /// Number of entries.
    pub fn len(&self) -> usize {
        self.month.len()
    }

    /// Whether there are no entries.
    pub fn is_empty(&self) -> bool {
        self.month.is_empty()
    }

    /// Entries of every person, in the order of months: identity and places in the columns.
    pub fn persons(&self) -> Vec<(u64, Vec<usize>)> {
        let mut order: Vec<usize> = (0..self.len()).collect();
        order.sort_by_key(|&entry| (self.identity[entry], self.month[entry]));
        let mut persons: Vec<(u64, Vec<usize>)> = Vec::new();
        for entry in order {
            match persons.last_mut() {
                Some((identity, entries)) if *identity == self.identity[entry] => {
                    entries.push(entry)
                }
                _ => persons.push((self.identity[entry], vec![entry])),
            }
        }
        persons
    }

    /// Adds the month just lived; `wanted` identities are drawn among residents of working age in the first one.
    pub fn add_month(&mut self, town: &Town, month: u32, wanted: u32) {
        if wanted == 0 {
            return;
        }
        if self.is_empty() {
            self.share = share(town, wanted);
        }
        let workers = &town.workers;
        for row in 0..workers.first_outsider() {
            if workers.status[row] == Status::Away || !workers.lives_here(row) {
                continue;
            }
            let identity = identity(row, workers.generation[row]);
            if self.has(&town.draws, identity) {
                let entry = resident(town, row, identity);
                self.push(month, &entry);
            }
        }
        for departure in &town.residents.departures {
            for person in town.residents.members(departure) {
                let identity = identity(person.worker as usize, person.generation);
                let followed = person.tenth != NOBODY && person.age_months < AGE_LIMIT;
                if followed && self.has(&town.draws, identity) {
                    let income = departure.yearly_income / 12.0;
                    self.push(month, &leaver(person, identity, income));
                }
            }
        }
        self.add_retired(town, month);
    }

    fn add_retired(&mut self, town: &Town, month: u32) {
        for one in &town.residents.retired {
            let identity = identity(one.worker as usize, one.generation);
            if one.until <= town.month || !self.has(&town.draws, identity) {
                continue;
            }
            let household = one.household as usize;
            let left = u32::from(AGE_LIMIT) - (one.until - town.month);
            let mut entry = Entry {
                identity,
                status: RETIRED,
                residence: if one.is_away { LEAVER } else { STAYER },
                employer: NONE,
                employer_workers: 0,
                occupation: u8::MAX,
                age_months: left as u16,
                tenure: (town.month - one.since) as u16,
                pay: Money::ZERO,
                benefits: Money::ZERO,
                income: 0.0,
                deposits: f32::NAN,
                spending: f32::NAN,
            };
            if one.is_away {
                entry.income = town.residents.departures[household].yearly_income / 12.0;
            } else {
                at_home(town, household, &mut entry);
            }
            self.push(month, &entry);
        }
    }

    fn has(&self, draws: &Draws, identity: u64) -> bool {
        self.share >= 1.0 || drawn(draws, identity) < self.share
    }

    fn push(&mut self, month: u32, entry: &Entry) {
        self.month.push(month);
        self.identity.push(entry.identity);
        self.status.push(entry.status);
        self.residence.push(entry.residence);
        self.employer.push(entry.employer);
        self.employer_workers.push(entry.employer_workers);
        self.occupation.push(entry.occupation);
        self.age_months.push(entry.age_months);
        self.tenure.push(entry.tenure);
        self.pay.push(entry.pay.dollars() as f32);
        self.benefits.push(entry.benefits.dollars() as f32);
        self.income.push(entry.income);
        self.deposits.push(entry.deposits);
        self.spending.push(entry.spending);
    }
}

fn drawn(draws: &Draws, identity: u64) -> f64 {
    draws.uniform(identity, 0, Purpose::Panel, 0)
}

/// The number below which identities are drawn, so that exactly as many as wanted are among those now in town.
fn share(town: &Town, wanted: u32) -> f64 {
    let workers = &town.workers;
    let mut numbers: Vec<f64> = (0..workers.len())
        .filter(|&row| workers.status[row] != Status::Away && workers.lives_here(row))
        .map(|row| drawn(&town.draws, identity(row, workers.generation[row])))
        .collect();
    let wanted = wanted as usize;
    if wanted >= numbers.len() {
        return 1.0;
    }
    *numbers.select_nth_unstable_by(wanted, f64::total_cmp).1
}

fn resident(town: &Town, row: usize, identity: u64) -> Entry {
    let (workers, households) = (&town.workers, &town.households);
    let household = workers.household[row] as usize;
    let (status, works) = match workers.status[row] {
        Status::Employed => (0, true),
        Status::Owner => (1, true),
        Status::Unemployed => (2, false),
        Status::Training => (3, false),
        Status::Inactive | Status::Away => (4, false),
    };
    let since = town.residents.since.unwrap_or(0);
    let is_first = town.residents.tenth.get(row).is_some_and(|&t| t != NOBODY);
    let residence = if is_first {
        STAYER
    } else if (households.since.get(household)).is_some_and(|&here| here >= since.max(1)) {
        NEWCOMER
    } else {
        ENTRANT
    };
    let (employer, employer_workers) = match workers.employer[row] {
        PUBLIC_EMPLOYER => (PUBLIC, 0),
        firm if works && (firm as usize) < town.firms.len() => {
            let firm = firm as usize;
            (town.firms.uid[firm].cast_signed(), town.firms.workers(firm))
        }
        _ => (NONE, 0),
    };
    let paid = workers.pay[row];
    let mut entry = Entry {
        identity,
        status,
        residence,
        employer,
        employer_workers,
        occupation: workers.occupation[row],
        age_months: workers.age_months[row],
        tenure: workers.months[row],
        pay: if works { paid } else { Money::ZERO },
        benefits: if works { Money::ZERO } else { paid },
        income: 0.0,
        deposits: 0.0,
        spending: 0.0,
    };
    at_home(town, household, &mut entry);
    entry
}

/// Fills in what the household has.
fn at_home(town: &Town, household: usize, entry: &mut Entry) {
    let households = &town.households;
    entry.income = households.yearly_income[household] / 12.0;
    entry.deposits = households.deposits[household].dollars() as f32;
    entry.spending = households.budget[household].dollars() as f32;
}

fn leaver(person: &Leaver, identity: u64, income: f32) -> Entry {
    let (status, works) = match person.status {
        Status::Employed | Status::Owner => (0, true),
        Status::Unemployed | Status::Training => (2, false),
        Status::Inactive => (4, false),
        Status::Away => (RETIRED, false),
    };
    let benefits = if status == 2 { person.pay } else { Money::ZERO };
    Entry {
        identity,
        status,
        residence: LEAVER,
        employer: NONE,
        employer_workers: 0,
        occupation: person.occupation,
        age_months: person.age_months,
        tenure: person.months,
        pay: if works { person.pay } else { Money::ZERO },
        benefits,
        income,
        deposits: f32::NAN,
        spending: f32::NAN,
    }
}
