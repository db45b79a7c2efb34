//! One pass over people of working age: the counts that jobs, pay and occupations are measured from.

use crate::town::Workers;
use crate::town::people::{PUBLIC_EMPLOYER, Status};
use crate::units::OCCUPATIONS;

use super::ordering::Distribution;

/// Months out of work above which unemployment is long-term (27 weeks or more).
const LONG_TERM_MONTHS: u16 = 6;

/// People of one occupation.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct OccupationCount {
    /// Staff of firms and of the public employer.
    pub employees: u64,
    /// The jobless who search.
    pub unemployed: u64,
    /// Sum of the employees' monthly wages, cents.
    pub wages: i64,
    /// Sum of wage × ln wage over employees, dollars, for Theil's index.
    pub wage_log_wage: f64,
}

/// Counts of people of working age.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Workforce {
    pub employees: u64,
    pub public_employees: u64,
    /// Sum of their monthly wages, cents.
    pub public_wages: i64,
    pub owners: u64,
    pub unemployed: u64,
    pub in_training: u64,
    pub inactive: u64,
    /// Months out of work, summed over the unemployed.
    pub months_unemployed: u64,
    pub long_term_unemployed: u64,
    pub occupations: [OccupationCount; OCCUPATIONS],
}

impl Workforce {
    /// Counts people and collects the employees' wages, dollars a month, in `wages`.
    pub(crate) fn count(workers: &Workers, wages: &mut Distribution) -> Workforce {
        let mut found = Workforce::default();
        wages.clear();
        for (worker, &status) in workers.status.iter().enumerate() {
            match status {
                Status::Employed => {
                    let wage = workers.wage[worker];
                    let dollars = wage.dollars();
                    let occupation = &mut found.occupations[workers.occupation[worker] as usize];
                    occupation.employees += 1;
                    occupation.wages += wage.cents();
                    if wage.is_positive() {
                        occupation.wage_log_wage += dollars * libm::log(dollars);
                    }
                    if workers.employer[worker] == PUBLIC_EMPLOYER {
                        found.public_employees += 1;
                        found.public_wages += wage.cents();
                    }
                    wages.push(dollars as f32);
                }
                Status::Owner => found.owners += 1,
                Status::Unemployed => {
                    let months = workers.months[worker];
                    found.occupations[workers.occupation[worker] as usize].unemployed += 1;
                    found.months_unemployed += u64::from(months);
                    found.long_term_unemployed += u64::from(months > LONG_TERM_MONTHS);
                }
                Status::Training => found.in_training += 1,
                Status::Inactive => found.inactive += 1,
                Status::Away => {}
            }
        }
        found.employees = found.occupations.iter().map(|o| o.employees).sum();
        found.unemployed = found.occupations.iter().map(|o| o.unemployed).sum();
        found
    }

    /// Everybody who works: employees and working owners.
    pub(crate) fn employed(&self) -> u64 {
        self.employees + self.owners
    }

    /// Those who work or look for work.
    pub(crate) fn labor_force(&self) -> u64 {
        self.employed() + self.unemployed
    }

    /// Residents of working age.
    pub(crate) fn working_age(&self) -> u64 {
        self.labor_force() + self.in_training + self.inactive
    }
}
