//! Firms of programs with a lottery: those admitted against those turned away.

use crate::indicators::definition::{measures, ratio};
use crate::town::participants::{FIRM_HORIZONS, FirmOutcomes, FirmsBecame};

measures! {
    /// Firms of one program's lottery some months after they had heard of it, whether they applied or not. Changes are
    /// means over firms still in business of changes since then.
    FirmLotteryRow, "firm_lotteries" {
        admitted ["firms"] "Firms that the lottery admits.",
        others ["firms"] "Firms that it turns away.",
        served ["times"] "Payments to those admitted and months in which they were served.",
        survival ["share"] "Those admitted still in business." empty if "there is no such firm",
        others_survival ["share"] "The same of the others." empty if "there is no such firm",
        sales ["log points"] "Change of log smoothed sales of those admitted." empty if "there is no such firm",
        others_sales ["log points"] "The same of the others." empty if "there is no such firm",
        workers ["log points"] "Change of log workers of those admitted." empty if "there is no such firm",
        others_workers ["log points"] "The same of the others." empty if "there is no such firm",
        projects ["projects a firm"] "Projects begun by those admitted." empty if "there is no such firm",
        others_projects ["projects a firm"] "The same of the others." empty if "there is no such firm",
    }
}

/// One row a horizon.
pub fn firm_lotteries(outcomes: &FirmOutcomes) -> Vec<FirmLotteryRow> {
    (0..FIRM_HORIZONS.len())
        .map(|horizon| row(outcomes.map(|group| group[horizon])))
        .collect()
}

fn row([others, admitted]: [FirmsBecame; 2]) -> FirmLotteryRow {
    let survival = |group: FirmsBecame| ratio(f64::from(group.open), f64::from(group.firms));
    let mean = |sum: f64, group: FirmsBecame| ratio(sum, f64::from(group.open));
    let projects = |group: FirmsBecame| ratio(f64::from(group.projects), f64::from(group.firms));
    FirmLotteryRow {
        admitted: f64::from(admitted.firms),
        others: f64::from(others.firms),
        served: f64::from(admitted.served),
        survival: survival(admitted),
        others_survival: survival(others),
        sales: mean(admitted.sales, admitted),
        others_sales: mean(others.sales, others),
        workers: mean(admitted.workers, admitted),
        others_workers: mean(others.workers, others),
        projects: projects(admitted),
        others_projects: projects(others),
    }
}
