//! Business: how many firms, how large, how profitable, how fully used.

use crate::stats::sum_of;
use crate::town::Town;

use super::accounts::Totals;
use super::definition::{measures, ratio};
use super::ordering::Distribution;
use super::trade::{SectorSums, Trade};

measures! {
    /// Firms, their births and deaths, sizes, margins and productivity.
    Business, "business" {
        firms ["firms"] "Firms in business.",
        smb_firms ["firms"] "Locally owned firms with fewer than 500 workers.",
        entries ["firms a month"] "Firms opened this month.",
        exits ["firms a month"] "Firms closed this month.",
        exit_rate_yearly ["share a year"] "Twelve times this month's closures over firms in business." empty if "there is no firm",
        failures ["firms a month"] "Firms closed this month for want of cash.",
        mean_firm_size ["persons"] "Workers, owners included, per firm." empty if "there is no firm",
        jobs_share_100_plus ["share"] "Jobs in firms with 100 or more workers over jobs in all firms." empty if "firms have no workers",
        concentration ["index, 0 to 1"] "Herfindahl index of firms' sales (smoothed over a year) within each sector, averaged over sectors by sales." empty if "nothing is sold",
        profit_margin ["share"] "Profits of firms before profit tax over their sales." empty if "nothing is sold",
        median_margin ["share"] "Median over firms of the smoothed profit margin after interest." empty if "there is no firm",
        markup ["share"] "Markup over normal unit cost, averaged over firms by sales." empty if "nothing is sold",
        utilization ["share"] "Output sold over the capacity of firms." empty if "there is no capacity",
        rationing ["share"] "Demand that firms could not serve over demand." empty if "nothing is demanded",
        output_per_worker ["dollars a month at month-0 prices"] "Output sold over the workers of firms, owners included." empty if "firms have no workers",
        productivity_dispersion ["log points"] "Standard deviation across firms of log output per worker, around the mean of each firm's sector." empty if "no sector has two producing firms",
    }
}

pub(crate) fn measure(
    town: &Town,
    totals: &Totals,
    trade: &Trade,
    margins: &mut Distribution,
) -> Business {
    let activity = &town.activity;
    let firms = trade.total(|sector| sector.firms) as f64;
    let jobs = trade.total(|sector| sector.jobs) as f64;
    let sales = trade.sum(|sector| sector.sales);
    let output = trade.sum(|sector| sector.output);
    let exits = f64::from(activity.exits.iter().sum::<u32>());
    let unserved = activity.unserved.dollars();
    Business {
        firms,
        smb_firms: trade.smb_firms as f64,
        entries: f64::from(activity.entries.iter().sum::<u32>()),
        exits,
        exit_rate_yearly: ratio(12.0 * exits, firms),
        failures: f64::from(activity.failures),
        mean_firm_size: ratio(jobs, firms),
        jobs_share_100_plus: ratio(trade.larger_firm_jobs as f64, jobs),
        // Each sector's index is Σ s²/(Σ s)²; weighted by its sales Σ s one power cancels.
        concentration: ratio(
            sum_of(
                trade
                    .sectors
                    .iter()
                    .filter(|sector| sector.sales != 0.0)
                    .map(|sector| sector.squared_sales / sector.sales),
            ),
            sales,
        ),
        profit_margin: ratio(totals.profits().dollars(), totals.output().dollars()),
        median_margin: margins.ordered().quantile(0.5),
        markup: ratio(trade.sum(|sector| sector.weighted_markup), sales),
        utilization: ratio(output, trade.sum(|sector| sector.capacity)),
        rationing: ratio(unserved, unserved + totals.output().dollars()),
        output_per_worker: ratio(output, jobs),
        productivity_dispersion: productivity_dispersion(&trade.sectors),
    }
}

/// Pooled within-sector standard deviation: squared deviations over degrees of freedom, both summed over
/// sectors.
fn productivity_dispersion(sectors: &[SectorSums]) -> f64 {
    let several = || sectors.iter().filter(|sector| sector.producers > 1);
    let freedom: u64 = several().map(|sector| sector.producers - 1).sum();
    let squares = sum_of(several().map(|sector| {
        let deviations = sector.squared_log_productivity
            - sector.log_productivity * sector.log_productivity / sector.producers as f64;
        // Rounding can carry the difference of two equal numbers below zero.
        if deviations < 0.0 { 0.0 } else { deviations }
    }));
    ratio(squares, freedom as f64).sqrt()
}
