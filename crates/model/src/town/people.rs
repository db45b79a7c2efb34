//! Workers (people of working age) and households (the consumers), as structs of arrays.

use serde::{Deserialize, Serialize};

use crate::units::{Money, TASKS};

/// A row of [`Workers`].
pub type WorkerId = u32;
/// A row of [`Households`].
pub type HouseholdId = u32;

/// What a person of working age does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[repr(u8)]
pub enum Status {
    /// Works for a firm or the public employer.
    Employed,
    /// Runs a firm of their own.
    Owner,
    /// Has no job and looks for one.
    Unemployed,
    /// In a training program, not searching.
    Training,
    /// Neither works nor looks for work.
    Inactive,
    /// Not in town: a place kept for someone who may move in.
    Away,
}

/// Employer of those who work for the public employer.
pub const PUBLIC_EMPLOYER: u32 = u32::MAX - 1;
/// Employer of residents who work outside the town: all employers there together.
pub const OUTSIDE_EMPLOYER: u32 = u32::MAX - 2;

/// Whether an employer is a firm in town, and so a row of [`crate::town::Firms`].
#[inline]
pub fn is_firm(employer: u32) -> bool {
    employer < OUTSIDE_EMPLOYER
}

/// Household of people from outside: none in town.
pub const NO_HOUSEHOLD: HouseholdId = u32::MAX;
/// Employer of those who work for nobody.
pub const NO_EMPLOYER: u32 = u32::MAX;

/// People of working age. Members of a household stand in adjacent rows.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Workers {
    /// The household each belongs to.
    pub household: Vec<HouseholdId>,
    /// Persons who held the row before: with the row, who this is.
    pub generation: Vec<u16>,
    /// Age in months.
    pub age_months: Vec<u16>,
    /// Occupation (index of [`crate::units::OCCUPATION_IDS`]).
    pub occupation: Vec<u8>,
    /// Skill relative to the occupation's mean (1 = mean).
    pub ability: Vec<f32>,
    /// Fit for the occupation now held, 0 to 1.
    pub fit: Vec<f32>,
    /// Skill in each task category, 0 to about 1; an occupation's own bundle is its task shares.
    pub skills: Vec<[f32; TASKS]>,
    /// Digital literacy, 0 to 1.
    pub digital_literacy: Vec<f32>,
    /// What each does.
    pub status: Vec<Status>,
    /// Firm row, [`PUBLIC_EMPLOYER`] or [`NO_EMPLOYER`].
    pub employer: Vec<u32>,
    /// Monthly wage; for owners the draw they aim at.
    pub wage: Vec<Money>,
    /// Part of pay and output that belongs to the match with the present or last job (1 = the mean of all matches).
    pub match_pay: Vec<f32>,
    /// Lasting chance to suit an employer, relative to others (mean 1).
    pub finding: Vec<f32>,
    /// Months since the last job, through spells of search, training and inactivity; 0 at work.
    pub months_out: Vec<u16>,
    /// Wage of the last job, for benefits.
    pub last_wage: Vec<Money>,
    /// Months in the present status; tenure for the employed.
    pub months: Vec<u16>,
    /// Months of unemployment insurance left.
    pub benefit_months: Vec<u8>,
    /// What the person was paid this month before tax: wages, draws and benefits.
    pub pay: Vec<Money>,
    /// How many of the last rows are people who live outside and work in town, or look for work there. They are in
    /// nobody's household.
    pub outsiders: u32,
}

impl Workers {
    /// Number of rows, people away included.
    pub fn len(&self) -> usize {
        self.household.len()
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.household.is_empty()
    }

    /// First row of people who live outside; all rows before it are residents or places kept for some.
    #[inline]
    pub fn first_outsider(&self) -> usize {
        self.len() - self.outsiders as usize
    }

    /// Whether the person lives in town (or the row is kept for one who may).
    #[inline]
    pub fn lives_here(&self, worker: usize) -> bool {
        worker < self.first_outsider()
    }

    /// Whether the person works, for others or as an owner.
    #[inline]
    pub fn works(&self, worker: usize) -> bool {
        matches!(self.status[worker], Status::Employed | Status::Owner)
    }
}

/// Supplier code: bought from shops in other towns.
pub const OUTSIDE_SUPPLIER: u32 = u32::MAX;
/// Supplier code: bought from the online giant.
pub const ONLINE_SUPPLIER: u32 = u32::MAX - 1;
/// Owner code: a chain or parent outside the town.
pub const OUTSIDE_OWNER: u32 = u32::MAX;

/// Households. Rows of `suppliers` and `spending` hold one entry for each consumption category.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Households {
    /// Whether the household lives in town.
    pub resident: Vec<bool>,
    /// Month the household moved in, burn-in included; 0 for those who were there when the town was built.
    pub since: Vec<u32>,
    /// Whether the household owns its home.
    pub owns_home: Vec<bool>,
    /// First row of its members in [`Workers`].
    pub first_worker: Vec<WorkerId>,
    /// Number of members of working age.
    pub workers: Vec<u8>,
    /// Number of pensioners.
    pub pensioners: Vec<u8>,
    /// Persons of all ages.
    pub persons: Vec<u8>,
    /// Money in the bank.
    pub deposits: Vec<Money>,
    /// Smoothed disposable income, dollars a month.
    pub smoothed_income: Vec<f32>,
    /// Gross money income, yearly rate smoothed over about 12 months, dollars.
    pub yearly_income: Vec<f32>,
    /// Spending smoothed over about 12 months, dollars a month.
    pub smoothed_spending: Vec<f32>,
    /// Wanted liquid wealth in months of income.
    pub target_months: Vec<f32>,
    /// Monthly income from property outside the town.
    pub property_income: Vec<Money>,
    /// Sensitivity of supplier choice to log price.
    pub price_sensitivity: Vec<f32>,
    /// Weight of personal service (1 = the median household).
    pub human_taste: Vec<f32>,
    /// Loyalty to local suppliers (mean 0).
    pub loyalty: Vec<f32>,
    /// Taste for convenience (mean 0).
    pub convenience: Vec<f32>,
    /// Dividends and proceeds from firms received this month.
    pub dividends: Vec<Money>,
    /// Received from public programs this month.
    pub program_income: Vec<Money>,
    /// Payments from programs that the household has come to count on, dollars a month.
    pub counted_on: Vec<f32>,
    /// Disposable income this month.
    pub disposable: Vec<Money>,
    /// What the household spends this month, housing included.
    pub budget: Vec<Money>,
    /// Supplier in each category: firm row, [`OUTSIDE_SUPPLIER`] or [`ONLINE_SUPPLIER`].
    pub suppliers: Vec<u32>,
    /// Cents spent in each category this month.
    pub spending: Vec<u32>,
    /// Bit c is set when the supplier of category c could not serve in full last month.
    pub rationed: Vec<u16>,
}

impl Households {
    /// Number of rows, households away included.
    pub fn len(&self) -> usize {
        self.resident.len()
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.resident.is_empty()
    }

    /// Rows of the household's members in [`Workers`].
    #[inline]
    pub fn members(&self, household: usize) -> std::ops::Range<usize> {
        let first = self.first_worker[household] as usize;
        first..first + self.workers[household] as usize
    }
}
