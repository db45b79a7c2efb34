//! Who works where and in which occupation, and who is out of work.

use crate::rng::{Draws, Purpose};
use crate::scenario::Parameters;
use crate::town::Firms;
use crate::town::people::{Households, OUTSIDE_EMPLOYER, PUBLIC_EMPLOYER, Status, Workers};
use crate::units::{OCCUPATIONS, SECTORS};

use super::accounts::SocialAccounts;
use super::strata::{category, even, shuffled};

/// Persons considered as owner of each firm: as many as start-ups consider later, so that those who own firms
/// at first are no different from those who will.
const OWNERS_SEEN: u32 = 24;

/// Every resident of working age in a place: `order` lists worker rows, owners and staff firm by firm, then public
/// staff, the unemployed and the inactive.
pub(super) struct Places {
    /// Worker rows in the order of places.
    pub order: Vec<u32>,
    /// First place of each firm's staff in `order`, its owner apart; staff are adjacent.
    pub staff_start: Vec<usize>,
    /// First place of the public staff.
    pub public_start: usize,
    /// First place of residents who work outside.
    pub outward_start: usize,
    /// First place of the unemployed.
    pub unemployed_start: usize,
    /// First place of the inactive.
    pub inactive_start: usize,
    /// Employed staff, private and public, by occupation.
    pub staff_by_occupation: [f64; OCCUPATIONS],
}

/// Puts people into jobs and gives them occupations. `firms` have their sectors, sizes (in `staff`, owner apart) and
/// ownership; owners and employers are set here.
pub(super) fn place(
    parameters: &Parameters,
    accounts: &SocialAccounts,
    firms: &mut Firms,
    workers: &mut Workers,
    households: &Households,
    local: &[bool],
    draws: &Draws,
) -> Places {
    let counts = &accounts.counts;
    let mut people = Residents::shuffled(counts.working_age, draws);
    let mut outsiders = Outsiders::of(accounts, workers);
    let mut order = Vec::with_capacity(people.order.len() + counts.outsiders() as usize);
    let mut staff_start = vec![0; local.len()];
    let mut staff_by_occupation = [0.0; OCCUPATIONS];
    let mut dealt = [0; SECTORS + 1];
    let start = |group: usize| draws.uniform(group as u64, 0, Purpose::SynthesisWorker, 2);
    for firm in 0..local.len() {
        let sector = usize::from(firms.sector[firm]);
        let mix = &parameters.sectors[sector].occupations;
        let mut occupation = || {
            dealt[sector] += 1;
            category(even(start(sector), dealt[sector]), mix) as u8
        };
        if local[firm] {
            let free = people.free();
            let wealthiest = wealthiest(free, workers, households, firm, draws);
            free.swap(0, wealthiest);
            let owner = people.next() as usize;
            order.push(owner as u32);
            workers.occupation[owner] = occupation();
            workers.status[owner] = Status::Owner;
            workers.employer[owner] = firm as u32;
            firms.owner_worker[firm] = owner as u32;
            firms.owner[firm] = workers.household[owner];
        }
        staff_start[firm] = order.len();
        for _ in 0..firms.staff[firm] {
            let worker = outsiders.next().unwrap_or_else(|| people.next()) as usize;
            order.push(worker as u32);
            let chosen = occupation();
            workers.occupation[worker] = chosen;
            workers.status[worker] = Status::Employed;
            workers.employer[worker] = firm as u32;
            staff_by_occupation[usize::from(chosen)] += 1.0;
        }
    }
    let public_start = order.len();
    for step in 0..counts.public_jobs as usize {
        let chosen = category(even(start(SECTORS), step), &parameters.public.occupations);
        let worker = outsiders.next().unwrap_or_else(|| people.next());
        order.push(worker);
        workers.occupation[worker as usize] = chosen as u8;
        workers.status[worker as usize] = Status::Employed;
        workers.employer[worker as usize] = PUBLIC_EMPLOYER;
        staff_by_occupation[chosen] += 1.0;
    }
    let outward_start = order.len();
    for step in 0..counts.outward as usize {
        let worker = people.next();
        order.push(worker);
        let chosen = category(even(start(SECTORS + 2), step), &staff_by_occupation);
        workers.occupation[worker as usize] = chosen as u8;
        workers.status[worker as usize] = Status::Employed;
        workers.employer[worker as usize] = OUTSIDE_EMPLOYER;
    }
    let unemployed_start = order.len();
    let inactive_start = unemployed_start + counts.unemployed as usize;
    order.extend_from_slice(people.free());
    let others = order[unemployed_start..].iter().map(|&w| w as usize);
    // Rows kept for newcomers, and people from outside without a job here.
    let left = outsiders.left();
    let away = (counts.working_age as usize..workers.first_outsider()).chain(left);
    for (step, worker) in others.chain(away).enumerate() {
        let chosen = category(even(start(SECTORS + 1), step), &staff_by_occupation);
        workers.occupation[worker] = chosen as u8;
        if (unemployed_start..inactive_start).contains(&(unemployed_start + step)) {
            workers.status[worker] = Status::Unemployed;
        }
    }
    Places {
        order,
        staff_start,
        public_start,
        outward_start,
        unemployed_start,
        inactive_start,
        staff_by_occupation,
    }
}

/// Residents of working age in random order, and how many of them have a place.
struct Residents {
    order: Vec<u32>,
    placed: usize,
}

impl Residents {
    fn shuffled(working_age: u32, draws: &Draws) -> Residents {
        let purpose = Purpose::SynthesisLaborForce;
        Residents {
            order: shuffled(draws, purpose, 0, working_age as usize),
            placed: 0,
        }
    }

    /// Those without a place.
    fn free(&mut self) -> &mut [u32] {
        &mut self.order[self.placed..]
    }

    /// Gives the next one a place.
    fn next(&mut self) -> u32 {
        self.placed += 1;
        self.order[self.placed - 1]
    }
}

/// People from outside who work in town, spread evenly over all staff.
struct Outsiders {
    rows: std::ops::Range<u32>,
    /// Of these rows, the first that has no job here.
    jobless: u32,
    share: f64,
    owed: f64,
}

impl Outsiders {
    fn of(accounts: &SocialAccounts, workers: &Workers) -> Outsiders {
        let first = workers.first_outsider() as u32;
        Outsiders {
            rows: first..workers.len() as u32,
            jobless: first + accounts.counts.inward,
            share: accounts.inward_share(),
            owed: 0.5,
        }
    }

    /// The next one, if the next member of staff is from outside.
    fn next(&mut self) -> Option<u32> {
        self.owed += self.share;
        if self.owed < 1.0 || self.rows.start >= self.jobless {
            return None;
        }
        self.owed -= 1.0;
        self.rows.next()
    }

    /// Rows of those who have no job here.
    fn left(&self) -> std::ops::Range<usize> {
        self.rows.start as usize..self.rows.end as usize
    }
}

/// Place in `free` of the owner of a firm: among persons drawn, the one whose household will have most in the bank,
/// as a founder is chosen later. Deposits are not known yet; they will be about the months of income that the
/// household wants to hold, times its earners.
fn wealthiest(
    free: &[u32],
    workers: &Workers,
    households: &Households,
    firm: usize,
    draws: &Draws,
) -> usize {
    let mut best = (f64::NEG_INFINITY, 0);
    for number in 0..OWNERS_SEEN {
        let words = draws.words(firm as u64, 0, Purpose::SynthesisOwner, number);
        let place = ((u64::from(words[0]) * free.len() as u64) >> 32) as usize;
        let household = workers.household[free[place] as usize] as usize;
        let earners = households.workers[household] + households.pensioners[household];
        let wanted = f64::from(households.target_months[household]) * f64::from(earners);
        if wanted > best.0 {
            best = (wanted, place);
        }
    }
    best.1
}

/// Worker rows of a firm's staff.
pub(super) fn staff_of<'a>(
    places: &'a Places,
    firms: &Firms,
    firm: usize,
) -> impl Iterator<Item = usize> + 'a {
    let start = places.staff_start[firm];
    places.order[start..start + firms.staff[firm] as usize]
        .iter()
        .map(|&row| row as usize)
}
