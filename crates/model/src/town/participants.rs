//! People in public programs: trainees and who is followed beside them, insured pay, notices of layoffs.
//!
//! Rows of workers are taken again by entrants and by people who move in. A person is still the same if the age is
//! what it was plus the months since ([`is_same`]); whoever is not is dropped.

use serde::{Deserialize, Serialize};

use crate::units::{Money, OCCUPATIONS};

use super::Workers;

/// Months after a lottery at which participants are looked at.
pub const HORIZONS: [u32; 6] = [3, 6, 9, 12, 24, 36];
/// Months out of work from which an applicant counts as long-term unemployed (27 weeks, BLS).
pub const LONG_TERM: u16 = 6;
/// Cells within which trainees and others are compared: occupation, and whether long-term unemployed.
pub const CELLS: usize = OCCUPATIONS * 2;

/// A course under way.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Course {
    /// Row of the trainee.
    pub worker: u32,
    /// Entry of the timeline.
    pub entry: u16,
    /// Occupation taught.
    pub target: u8,
    /// Months still to go.
    pub months_left: u16,
    /// Whether the trainee will complete it; nobody in the model knows before the end.
    pub completes: bool,
    /// Money set aside for it and not spent yet.
    pub reserved: Money,
}

/// An applicant of a training lottery, followed up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Followed {
    /// Row of the person.
    pub worker: u32,
    /// Entry of the timeline.
    pub entry: u16,
    /// Whether the lottery gave a place.
    pub drawn: bool,
    /// Whether a person without a place has got one since.
    pub trained_since: bool,
    /// Occupation and duration at the lottery: `2 · occupation + long-term`.
    pub cell: u8,
    /// Month of the lottery.
    pub since: u32,
    /// Age at the lottery, months.
    pub age: u16,
}

/// What became of a group of applicants by a horizon; whole numbers, so the order of addition cannot matter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Became {
    /// Persons still in town and of working age.
    pub persons: u32,
    /// Of these, at work.
    pub employed: u32,
    /// Of these, given a place in a later lottery.
    pub trained_since: u32,
    /// Sum of monthly pay from work.
    pub earnings: Money,
}

/// What became of one program's applicants, by cell, group (0 not drawn, 1 drawn) and horizon.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Outcomes {
    cells: Vec<[[Became; HORIZONS.len()]; 2]>,
}

impl Outcomes {
    /// Counts one person at a horizon.
    pub fn count(&mut self, followed: &Followed, horizon: usize, pay: Option<Money>) {
        self.cells
            .resize(CELLS, [[Became::default(); HORIZONS.len()]; 2]);
        let became = &mut self.cells[usize::from(followed.cell)][usize::from(followed.drawn)];
        let became = &mut became[horizon];
        became.persons += 1;
        became.trained_since += u32::from(followed.trained_since);
        if let Some(pay) = pay {
            became.employed += 1;
            became.earnings += pay;
        }
    }

    /// Those not drawn and those drawn of all cells at a horizon.
    pub fn at(&self, horizon: usize) -> [Became; 2] {
        let mut all = [Became::default(); 2];
        for groups in &self.cells {
            for (all, group) in all.iter_mut().zip(groups) {
                let became = &group[horizon];
                all.persons += became.persons;
                all.employed += became.employed;
                all.trained_since += became.trained_since;
                all.earnings += became.earnings;
            }
        }
        all
    }

    /// Whether nobody was counted yet.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// Those not drawn and those drawn of a cell at a horizon; nobody if no lottery was held.
    pub fn of(&self, cell: usize, horizon: usize) -> [Became; 2] {
        match self.cells.get(cell) {
            Some(groups) => groups.map(|group| group[horizon]),
            None => [Became::default(); 2],
        }
    }
}

/// Months after which firms of a lottery are looked at.
pub const FIRM_HORIZONS: [u32; 3] = [12, 24, 36];

/// A firm that has heard of a program with a lottery and qualified for it then, followed whether admitted or not.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct FollowedFirm {
    /// Row of the firm.
    pub firm: u32,
    /// Entry of the timeline.
    pub entry: u16,
    /// Identity of the firm.
    pub uid: u64,
    /// Whether the lottery admits it.
    pub drawn: bool,
    /// Month in which it had heard.
    pub since: u32,
    /// Smoothed sales then, dollars a month.
    pub sales: f64,
    /// Workers then, owner included.
    pub workers: u32,
    /// Projects begun until then.
    pub projects: u32,
    /// Payments and months of service since.
    pub served: u32,
}

/// What became of a group of firms by a horizon; sums over those still in business, in the order of rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FirmsBecame {
    /// Firms followed so long, in business or not.
    pub firms: u32,
    /// Of these, in business.
    pub open: u32,
    /// Change of log smoothed sales.
    pub sales: f64,
    /// Change of log workers.
    pub workers: f64,
    /// Change of log sales for each worker.
    pub productivity: f64,
    /// Projects begun since.
    pub projects: u32,
    /// Payments and months of service.
    pub served: u32,
}

/// What became of firms of one program's lottery, by group (0 not drawn, 1 drawn) and horizon.
pub type FirmOutcomes = [[FirmsBecame; FIRM_HORIZONS.len()]; 2];

/// Insured pay: part of the loss against the last wage.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// Row of the person.
    pub worker: u32,
    /// Entry of the timeline.
    pub entry: u16,
    /// Wage before the job was lost.
    pub last_wage: Money,
    /// Month the new job began.
    pub since: u32,
    /// Age then, months.
    pub age: u16,
}

/// A layoff announced.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Notice {
    /// Row of the person.
    pub worker: u32,
    /// Entry of the timeline.
    pub entry: u16,
    /// Identity of the firm.
    pub firm: u64,
    /// Month of the notice.
    pub since: u32,
    /// Month from which the job may end.
    pub due: u32,
    /// Age at the notice, months.
    pub age: u16,
}

/// Everybody in a program of the timeline whom the program has to remember.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Participants {
    /// Courses under way, in the order of their start.
    pub courses: Vec<Course>,
    /// Applicants of training lotteries, by worker and entry.
    pub followed: Vec<Followed>,
    /// What became of them, by entry.
    pub outcomes: Vec<Outcomes>,
    /// Insured pay, in the order of the new jobs.
    pub claims: Vec<Claim>,
    /// Hired this month out of insured unemployment.
    pub hired: Vec<u32>,
    /// Layoffs announced, by worker.
    pub notices: Vec<Notice>,
    /// Firms of lotteries, by row and entry.
    pub firms: Vec<FollowedFirm>,
    /// What became of them, by entry.
    pub firm_outcomes: Vec<FirmOutcomes>,
}

impl Participants {
    /// Place of somebody's notice, if there is one.
    #[inline]
    pub fn notice_of(&self, worker: u32) -> Option<usize> {
        notice_of(&self.notices, worker)
    }

    /// Counts a payment to a firm, or a month of service, if a lottery follows it.
    pub fn serve_firm(&mut self, entry: usize, firm: usize, uid: u64) {
        if let Ok(place) = self.find_firm(firm as u32, entry as u16) {
            let followed = &mut self.firms[place];
            followed.served += u32::from(followed.uid == uid);
        }
    }

    /// Place in the list of followed firms, or where it would be.
    ///
    /// # Errors
    /// The place where the firm belongs, if not followed.
    pub fn find_firm(&self, firm: u32, entry: u16) -> Result<usize, usize> {
        self.firms
            .binary_search_by_key(&(firm, entry), |f| (f.firm, f.entry))
    }

    /// Place in the list of followed applicants, or where it would be.
    ///
    /// # Errors
    /// The place where the applicant belongs, if not followed.
    pub fn find(&self, worker: u32, entry: u16) -> Result<usize, usize> {
        self.followed
            .binary_search_by_key(&(worker, entry), |f| (f.worker, f.entry))
    }
}

/// Place of somebody's notice in a list ordered by worker, if there is one.
#[inline]
pub fn notice_of(notices: &[Notice], worker: u32) -> Option<usize> {
    notices
        .binary_search_by_key(&worker, |notice| notice.worker)
        .ok()
}

/// Whether the row holds the person who was `age` months old in month `since`.
#[inline]
pub fn is_same(workers: &Workers, worker: u32, age: u16, since: u32, month: u32) -> bool {
    let lived = u16::try_from(month.saturating_sub(since)).unwrap_or(u16::MAX);
    workers.age_months[worker as usize] == age.saturating_add(lived)
}
