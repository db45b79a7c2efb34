//! One pass over people of working age: the counts that jobs, pay and occupations are measured from.

use crate::town::people::{OUTSIDE_EMPLOYER, PUBLIC_EMPLOYER, Status};
use crate::town::{Firms, Workers};
use crate::units::{OCCUPATIONS, SECTORS};

use super::definition::ratio;
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

/// People who work in one sector.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct SectorCount {
    /// Staff and working owners.
    pub jobs: u64,
    /// Staff alone.
    pub staff: u64,
    /// Sum of the staff's monthly wages, cents.
    pub wages: i64,
}

impl SectorCount {
    fn add_staff(&mut self, wage: i64) {
        self.jobs += 1;
        self.staff += 1;
        self.wages += wage;
    }

    pub(crate) fn mean_wage(&self) -> f64 {
        ratio(self.wages as f64 / 100.0, self.staff as f64)
    }
}

/// Counts of people of working age.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Workforce {
    pub employees: u64,
    pub owners: u64,
    pub unemployed: u64,
    pub in_training: u64,
    pub inactive: u64,
    /// Months out of work, summed over the unemployed.
    pub months_unemployed: u64,
    pub long_term_unemployed: u64,
    /// Residents who work outside the town; they are among the employees.
    pub outward: u64,
    /// People who live outside and work in town; they are among the sectors' staff alone.
    pub inward: u64,
    pub occupations: [OccupationCount; OCCUPATIONS],
    /// By market sector, and the public employer last.
    pub sectors: [SectorCount; SECTORS + 1],
}

impl Workforce {
    /// Counts people and collects the employees' wages, dollars a month, in `wages`.
    pub(crate) fn count(workers: &Workers, firms: &Firms, wages: &mut Distribution) -> Workforce {
        // Counted from people, not from firms' staff: some retire or found a firm after firms counted theirs.
        let sector_of = |worker: usize| match workers.employer[worker] {
            OUTSIDE_EMPLOYER => None,
            PUBLIC_EMPLOYER => Some(SECTORS),
            firm => Some(firms.sector[firm as usize] as usize),
        };
        let mut found = Workforce::default();
        wages.clear();
        for (worker, &status) in workers.status.iter().enumerate() {
            let lives_here = workers.lives_here(worker);
            if status == Status::Employed {
                match sector_of(worker) {
                    Some(sector) => found.sectors[sector].add_staff(workers.wage[worker].cents()),
                    None => found.outward += 1,
                }
                found.inward += u64::from(!lives_here);
            }
            if !lives_here {
                continue;
            }
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
                    wages.push(dollars as f32);
                }
                Status::Owner => {
                    found.owners += 1;
                    if let Some(sector) = sector_of(worker) {
                        found.sectors[sector].jobs += 1;
                    }
                }
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

    /// Staff of the public employer.
    pub(crate) fn public_employees(&self) -> u64 {
        self.sectors[SECTORS].staff
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
