//! Residents of month 0, wherever they are: who they were, and those whom no row of workers holds anymore.
//!
//! Rows of [`super::Workers`] are taken again by young people and newcomers. Persons of working age in the first
//! recorded month are followed beyond that: a household that moves away keeps a marked row here and lives on in the
//! labor market elsewhere; who retires before [`AGE_LIMIT`] counts as a resident without work until then.

use serde::{Deserialize, Serialize};

use crate::units::Money;

use super::people::Status;

/// Age in months from which a person is no longer followed: 65 years.
pub const AGE_LIMIT: u16 = 65 * 12;
/// Tenths by income.
pub const TENTHS: usize = 10;
/// Tenth of rows that hold nobody of month 0.
pub const NOBODY: u8 = u8::MAX;

/// A person of working age who moved away, or who lives with one.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Leaver {
    /// Row of workers in which the person stood: with the generation, who this is.
    pub worker: u32,
    /// Persons who held that row before.
    pub generation: u16,
    /// Tenth by income at month 0; [`NOBODY`] for somebody who was not a resident of working age then.
    pub tenth: u8,
    /// Age in months.
    pub age_months: u16,
    /// Employed, unemployed or inactive; nobody owns a firm elsewhere.
    pub status: Status,
    /// Months in that status.
    pub months: u16,
    /// Months of unemployment insurance left.
    pub benefit_months: u8,
    /// Occupation.
    pub occupation: u8,
    /// Skill relative to the occupation's mean.
    pub ability: f32,
    /// Fit for the occupation.
    pub fit: f32,
    /// Digital literacy.
    pub digital_literacy: f32,
    /// Lasting chance to find work, relative to others (mean 1).
    pub finding: f32,
    /// Monthly wage while employed.
    pub wage: Money,
    /// Wage of the last job.
    pub last_wage: Money,
    /// Received from work or benefits this month.
    pub pay: Money,
}

/// A household that moved away.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Departure {
    /// Row of households in which it stood.
    pub household: u32,
    /// Month it left, burn-in included.
    pub month: u32,
    /// First of its members in [`Residents::leavers`].
    pub first: u32,
    /// Number of members of working age.
    pub members: u8,
    /// Pensioners.
    pub pensioners: u8,
    /// Persons of all ages.
    pub persons: u8,
    /// Monthly income from property, which is taken along.
    pub property_income: Money,
    /// Gross money income, yearly rate smoothed over about 12 months, dollars.
    pub yearly_income: f32,
}

/// A resident of month 0 who retired before [`AGE_LIMIT`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retired {
    /// Row of workers in which the person stood.
    pub worker: u32,
    /// Persons who held that row before.
    pub generation: u16,
    /// Month of retirement, burn-in included.
    pub since: u32,
    /// Row of households; of those elsewhere if `is_away`.
    pub household: u32,
    /// Tenth by income at month 0.
    pub tenth: u8,
    /// Month at which the person is no longer followed, burn-in included.
    pub until: u32,
    /// Whether the household has moved away, and `household` is a place in [`Residents::departures`].
    pub is_away: bool,
}

/// The residents of month 0, as far as rows of workers do not tell.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Residents {
    /// Month they were enrolled, burn-in included; none before.
    pub since: Option<u32>,
    /// By row of workers, tenth by equivalent income at month 0 of the person of working age who stood there then,
    /// as long as the row holds that person; [`NOBODY`] otherwise.
    pub tenth: Vec<u8>,
    /// Age in months at month 0, by row of workers.
    pub age: Vec<u16>,
    /// Half the median of equivalent income at month 0, dollars a year.
    pub poverty_line: f64,
    /// Households that moved away, in the order they left.
    pub departures: Vec<Departure>,
    /// Their members of working age, household by household.
    pub leavers: Vec<Leaver>,
    /// Those who retired early, in the order they did.
    pub retired: Vec<Retired>,
}

impl Residents {
    /// Whether the row holds a resident of month 0 who is still followed; `month` counts burn-in.
    #[inline]
    pub fn is_followed(&self, worker: usize, month: u32) -> bool {
        let Some(since) = self.since else {
            return false;
        };
        let is_one = self.tenth.get(worker).is_some_and(|&tenth| tenth != NOBODY);
        is_one && u32::from(self.age[worker]) + month - since < u32::from(AGE_LIMIT)
    }

    /// Members of a household that moved away.
    pub fn members(&self, departure: &Departure) -> &[Leaver] {
        let first = departure.first as usize;
        &self.leavers[first..first + usize::from(departure.members)]
    }
}
