//! One pass over firms in business: the sums that business, jobs by sector and sector tables are measured from.

use crate::stats::sum_of;
use crate::town::Firms;
use crate::units::SECTORS;

use super::ordering::Distribution;

/// Workers from which a firm is no longer small or medium.
pub const LARGE_FIRM: u32 = 500;
/// Workers from which a firm counts in the share of jobs in larger firms.
const LARGER_FIRM: u32 = 100;

/// Sums over the firms of one sector that are in business.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct SectorSums {
    pub firms: u64,
    /// Staff and working owners.
    pub jobs: u64,
    /// Smoothed sales, dollars a month.
    pub sales: f64,
    /// Sum of squared smoothed sales.
    pub squared_sales: f64,
    /// Smoothed profit after interest, dollars a month.
    pub profit: f64,
    /// Markup weighted by smoothed sales.
    pub weighted_markup: f64,
    pub capacity: f64,
    /// Output sold, real dollars.
    pub output: f64,
    /// Firms with output and workers.
    pub producers: u64,
    /// Sum of their log labor productivity, and of its squares.
    pub log_productivity: f64,
    pub squared_log_productivity: f64,
}

/// Sums over all firms in business.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Trade {
    pub sectors: [SectorSums; SECTORS],
    pub smb_firms: u64,
    pub smb_jobs: u64,
    pub larger_firm_jobs: u64,
}

impl Trade {
    /// Sums over firms, and collects their smoothed profit margins in `margins`.
    pub(crate) fn count(firms: &Firms, margins: &mut Distribution) -> Trade {
        let mut found = Trade::default();
        margins.clear();
        for firm in firms.open_rows() {
            let workers = firms.workers(firm);
            let jobs = u64::from(workers);
            let sales = firms.smoothed_sales[firm];
            let sector = &mut found.sectors[firms.sector[firm] as usize];
            sector.firms += 1;
            sector.jobs += jobs;
            sector.sales += sales;
            sector.squared_sales += sales * sales;
            sector.profit += firms.profit[firm];
            sector.weighted_markup += firms.markup[firm] * sales;
            sector.capacity += firms.capacity[firm];
            sector.output += firms.output[firm];
            if workers > 0 && firms.output[firm] > 0.0 {
                let productivity = libm::log(firms.output[firm] / f64::from(workers));
                sector.producers += 1;
                sector.log_productivity += productivity;
                sector.squared_log_productivity += productivity * productivity;
            }
            if firms.is_local(firm) && workers < LARGE_FIRM {
                found.smb_firms += 1;
                found.smb_jobs += jobs;
            }
            if workers >= LARGER_FIRM {
                found.larger_firm_jobs += jobs;
            }
            margins.push(firms.margin[firm] as f32);
        }
        found
    }

    /// The sum over sectors of one of their whole numbers.
    pub(crate) fn total(&self, of: fn(&SectorSums) -> u64) -> u64 {
        self.sectors.iter().map(of).sum()
    }

    /// The sum over sectors of one of their real numbers.
    pub(crate) fn sum(&self, of: fn(&SectorSums) -> f64) -> f64 {
        sum_of(self.sectors.iter().map(of))
    }
}
