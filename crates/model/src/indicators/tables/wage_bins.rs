//! Employees by wage, in bins: what a floor under pay does to the jobs around it.

use serde::{Deserialize, Serialize};

use crate::town::Workers;
use crate::town::people::Status;

/// Width of a bin, dollars a month.
pub const WAGE_BIN: u32 = 150;
/// Bins; the last holds all higher wages.
pub const WAGE_BINS: usize = 48;

/// Employees in one bin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WageBin {
    /// Persons.
    pub employees: u32,
    /// Sum of their monthly wages, cents.
    pub wages: i64,
}

/// One row a bin of [`WAGE_BIN`] dollars, from 0 up.
pub(crate) fn wage_bins(workers: &Workers) -> Vec<WageBin> {
    let mut bins = vec![WageBin::default(); WAGE_BINS];
    for (status, wage) in workers.status.iter().zip(&workers.wage) {
        if *status == Status::Employed {
            let place = wage.cents().max(0) / (100 * i64::from(WAGE_BIN));
            let bin = &mut bins[(place as usize).min(WAGE_BINS - 1)];
            bin.employees += 1;
            bin.wages += wage.cents();
        }
    }
    bins
}
