//! Who works where: workers grouped by employer, rebuilt by counting.

use crate::town::people::{NO_EMPLOYER, OUTSIDE_EMPLOYER, PUBLIC_EMPLOYER, Status, Workers};

/// Staff by employer, owners apart; within an employer in the order of worker rows.
#[derive(Clone, Debug, Default)]
pub struct Roster {
    start: Vec<u32>,
    staff: Vec<u32>,
    next: Vec<u32>,
}

impl Roster {
    /// Regroups the staff. `firms` is the number of firm rows; the public employer comes after them, and employers
    /// outside the town last.
    pub fn rebuild(&mut self, workers: &Workers, firms: usize) {
        self.start.clear();
        self.start.resize(firms + 3, 0);
        let place = |worker: usize| -> Option<usize> {
            if workers.status[worker] != Status::Employed {
                return None;
            }
            match workers.employer[worker] {
                NO_EMPLOYER => None,
                PUBLIC_EMPLOYER => Some(firms),
                OUTSIDE_EMPLOYER => Some(firms + 1),
                firm => Some(firm as usize),
            }
        };
        for worker in 0..workers.len() {
            if let Some(employer) = place(worker) {
                self.start[employer + 1] += 1;
            }
        }
        for employer in 0..=firms + 1 {
            self.start[employer + 1] += self.start[employer];
        }
        self.next.clear();
        self.next.extend_from_slice(&self.start[..=firms + 1]);
        self.staff.resize(self.start[firms + 2] as usize, 0);
        for worker in 0..workers.len() {
            if let Some(employer) = place(worker) {
                let slot = &mut self.next[employer];
                self.staff[*slot as usize] = worker as u32;
                *slot += 1;
            }
        }
    }

    /// The staff of a firm.
    #[inline]
    pub fn of(&self, firm: usize) -> &[u32] {
        &self.staff[self.start[firm] as usize..self.start[firm + 1] as usize]
    }

    /// The staff of the public employer.
    pub fn public(&self) -> &[u32] {
        self.of(self.start.len() - 3)
    }

    /// Residents who work outside the town.
    pub fn outside(&self) -> &[u32] {
        self.of(self.start.len() - 2)
    }
}
