//! A year of each size class of firms.

use crate::indicators::definition::{measures, ratio};
use crate::town::Town;

/// Number of size classes.
pub const SIZE_CLASSES: usize = 6;
/// Names of the size classes (those of the Statistics of U.S. Businesses), in their order.
pub const SIZE_CLASS_LABELS: [&str; SIZE_CLASSES] =
    ["0-4", "5-9", "10-19", "20-99", "100-499", "500+"];
/// Fewest workers of each size class.
const SIZE_CLASS_FLOORS: [u32; SIZE_CLASSES] = [0, 5, 10, 20, 100, 500];

measures! {
    /// One size class of firms at the end of one year; workers include the owner.
    SizeClassYear, "firm_sizes" {
        firms ["firms"] "Firms in business.",
        local_firms ["firms"] "Of these, owned by households of the town.",
        jobs ["persons"] "Workers, owners included.",
        sales ["dollars a month"] "Sales, smoothed over a year.",
        firms_share ["share"] "Part of all firms." empty if "there is no firm",
        jobs_share ["share"] "Part of the jobs in all firms." empty if "firms have no workers",
    }
}

/// Size class of a number of workers.
pub(crate) fn size_class(workers: u32) -> usize {
    SIZE_CLASS_FLOORS.partition_point(|&floor| floor <= workers) - 1
}

/// Firms in business by number of workers, the smallest class first.
pub fn firm_sizes(town: &Town) -> [SizeClassYear; SIZE_CLASSES] {
    let firms = &town.firms;
    let mut classes = [(0u64, 0u64, 0u64, 0.0f64); SIZE_CLASSES];
    for firm in firms.open_rows() {
        let workers = firms.workers(firm);
        let (count, local, jobs, sales) = &mut classes[size_class(workers)];
        *count += 1;
        *local += u64::from(firms.is_local(firm));
        *jobs += u64::from(workers);
        *sales += firms.smoothed_sales[firm];
    }
    let all_firms: u64 = classes.iter().map(|class| class.0).sum();
    let all_jobs: u64 = classes.iter().map(|class| class.2).sum();
    classes.map(|(count, local, jobs, sales)| SizeClassYear {
        firms: count as f64,
        local_firms: local as f64,
        jobs: jobs as f64,
        sales,
        firms_share: ratio(count as f64, all_firms as f64),
        jobs_share: ratio(jobs as f64, all_jobs as f64),
    })
}
