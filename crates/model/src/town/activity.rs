//! What happened this month: counts that phases keep for the indicators and that no agent sees.

use serde::{Deserialize, Serialize};

use crate::units::{Money, OCCUPATIONS, SECTORS};

/// Counts and sums of one month. Emptied when the month begins.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Activity {
    /// Persons hired, by occupation of the post.
    pub hires: [u32; OCCUPATIONS],
    /// Of these, hired from another job.
    pub job_to_job: u32,
    /// Of these, hired from unemployment.
    pub hired_from_unemployment: u32,
    /// Quits, job-to-job moves included.
    pub quits: u32,
    /// Layoffs and discharges, closures included.
    pub layoffs: u32,
    /// Retirements and other separations.
    pub retirements: u32,
    /// Workers who left the occupation they had when hired.
    pub occupation_changes: u32,
    /// Seekers without a job when the month's matching began.
    pub seekers: u32,
    /// Posts open after matching, by occupation.
    pub open_posts: [u32; OCCUPATIONS],
    /// Firms opened, by sector.
    pub entries: [u32; SECTORS],
    /// Firms closed, by sector.
    pub exits: [u32; SECTORS],
    /// Of these, closed for want of cash.
    pub failures: u32,
    /// Age in months of the firms closed this month.
    pub exit_ages: Vec<u32>,
    /// Workers in firms opened this month, owners included.
    pub jobs_at_entry: u32,
    /// Workers in firms closed this month, owners included.
    pub jobs_at_exit: u32,
    /// Households moved in.
    pub households_in: u32,
    /// Households moved out.
    pub households_out: u32,
    /// Household spending by consumption category, local.
    pub consumption_local: [Money; SECTORS],
    /// Household spending by consumption category, in other towns.
    pub consumption_outside: [Money; SECTORS],
    /// Household spending by consumption category, online.
    pub consumption_online: [Money; SECTORS],
    /// Household spending in chains and branches in town.
    pub consumption_chains: Money,
    /// Demand that firms could not serve, cents.
    pub unserved: Money,
    /// Sales by sector.
    pub sales: [Money; SECTORS],
    /// Export sales by sector.
    pub exports: [Money; SECTORS],
    /// Persons receiving unemployment insurance.
    pub insured: u32,
    /// Rents paid.
    pub rents: Money,
}

impl Activity {
    /// Empties the record for a new month, keeping its memory.
    pub fn clear(&mut self) {
        let mut ages = std::mem::take(&mut self.exit_ages);
        ages.clear();
        *self = Activity {
            exit_ages: ages,
            ..Activity::default()
        };
    }
}
