//! Before and after: the eleven measures at firms that adopted technology, and at those that did not.

use crate::indicators::definition::{measures, ratio};
use crate::town::Town;
use crate::town::technology::{KPIS, NEVER};

measures! {
    /// One measure in one group of firms at the end of a year.
    KpiYear, "kpis" {
        firms ["firms"] "Firms of the group in business that have the measure at both times.",
        before ["as the measure"] "Mean before: at the start of the first project, or of the scenario for firms without one." empty if "the group has no such firm",
        after ["as the measure"] "Mean at the end of the year." empty if "the group has no such firm",
    }
}

/// Groups of firms: those whose technology mostly assists people, those whose technology mostly replaces them
/// (both a year after their first adoption or later), and those that adopted nothing.
pub const KPI_GROUPS: [&str; 3] = ["assisting", "replacing", "not_adopted"];

/// Months after the first adoption from which a firm counts.
const MONTHS_TO_SHOW: u32 = 12;

/// One row a group and measure, groups in order.
pub fn kpis(town: &Town) -> Vec<KpiYear> {
    let mut sums = [[[0.0f64; 3]; KPIS]; KPI_GROUPS.len()];
    for firm in town.firms.open_rows() {
        let Some(row) = town.technology.firms.get(firm) else {
            continue;
        };
        let (group, before) = if row.adopted == NEVER {
            (2, &row.kpis_start)
        } else if town.month.saturating_sub(row.adopted) < MONTHS_TO_SHOW {
            continue;
        } else {
            (usize::from(row.effects.replaced > 0.5), &row.kpis_before)
        };
        for (measure, sum) in sums[group].iter_mut().enumerate() {
            let (before, after) = (before[measure], row.kpis[measure]);
            if before.is_finite() && after.is_finite() {
                sum[0] += 1.0;
                sum[1] += f64::from(before);
                sum[2] += f64::from(after);
            }
        }
    }
    sums.iter()
        .flatten()
        .map(|&[firms, before, after]| KpiYear {
            firms,
            before: ratio(before, firms),
            after: ratio(after, firms),
        })
        .collect()
}
