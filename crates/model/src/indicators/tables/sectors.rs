//! A month of each sector.

use crate::indicators::definition::{measures, ratio};
use crate::indicators::trade::Trade;
use crate::indicators::workforce::Workforce;
use crate::town::Town;
use crate::town::people::{PUBLIC_EMPLOYER, is_firm};
use crate::units::{SECTOR_IDS, SECTORS};

/// Rows a month: the market sectors, and the public employer last.
pub const SECTOR_ROWS: usize = SECTORS + 1;

/// Identifiers of the rows, in their order.
pub fn sector_row_ids() -> [&'static str; SECTOR_ROWS] {
    let mut ids = ["public"; SECTOR_ROWS];
    ids[..SECTORS].copy_from_slice(&SECTOR_IDS);
    ids
}

measures! {
    /// One sector in one month.
    SectorMonth, "sectors" {
        jobs ["persons"] "People who work in the sector's firms, owners included.",
        open_posts ["posts"] "Posts open after the month's matching, in firms still in business at its end.",
        mean_wage ["dollars a month"] "Mean gross wage of staff, owners apart." empty if "the sector has no staff",
        firms ["firms"] "Firms in business." empty if "the row is the public employer",
        entries ["firms a month"] "Firms opened this month." empty if "the row is the public employer",
        exits ["firms a month"] "Firms closed this month." empty if "the row is the public employer",
        sales ["dollars a month"] "Sales to all buyers." empty if "the row is the public employer",
        output_real ["dollars a month at month-0 prices"] "Output sold at month-0 prices." empty if "the row is the public employer",
        exports ["dollars a month"] "Sales to buyers outside the town, dwellings built with outside funds included." empty if "the row is the public employer",
        price ["index, month-0 price = 1"] "Prices of the sector's firms weighted by sales." empty if "the row is the public employer",
        margin ["share"] "Smoothed profit after interest over smoothed sales." empty if "nothing is sold",
        utilization ["share"] "Output sold over capacity." empty if "there is no capacity",
        local_share ["share"] "Purchases from firms in town over households' purchases in the sector's category." empty if "households buy nothing of the kind",
    }
}

pub(crate) fn sectors(
    town: &Town,
    workforce: &Workforce,
    trade: &Trade,
) -> [SectorMonth; SECTOR_ROWS] {
    let mut open_posts = [0u32; SECTOR_ROWS];
    for &firm in &town.posts.firm {
        if firm == PUBLIC_EMPLOYER {
            open_posts[SECTORS] += 1;
        } else if !is_firm(firm) {
            continue;
        } else if town.firms.open[firm as usize] {
            // A firm may have closed since the month's matching, and its posts with it.
            open_posts[town.firms.sector[firm as usize] as usize] += 1;
        }
    }
    std::array::from_fn(|row| {
        let open_posts = f64::from(open_posts[row]);
        if row == SECTORS {
            public_employer(workforce, open_posts)
        } else {
            market_sector(town, workforce, trade, row, open_posts)
        }
    })
}

fn market_sector(
    town: &Town,
    workforce: &Workforce,
    trade: &Trade,
    row: usize,
    open_posts: f64,
) -> SectorMonth {
    let activity = &town.activity;
    let sums = &trade.sectors[row];
    let people = &workforce.sectors[row];
    SectorMonth {
        jobs: people.jobs as f64,
        open_posts,
        mean_wage: people.mean_wage(),
        firms: sums.firms as f64,
        entries: f64::from(activity.entries[row]),
        exits: f64::from(activity.exits[row]),
        sales: activity.sales[row].dollars(),
        output_real: sums.output,
        exports: activity.exports[row].dollars(),
        price: town.markets.price[row],
        margin: ratio(sums.profit, sums.sales),
        utilization: ratio(sums.output, sums.capacity),
        local_share: local_share(town, row),
    }
}

fn local_share(town: &Town, sector: usize) -> f64 {
    let activity = &town.activity;
    let local = activity.consumption_local[sector];
    let elsewhere = activity.consumption_outside[sector] + activity.consumption_online[sector];
    ratio(local.dollars(), (local + elsewhere).dollars())
}

fn public_employer(workforce: &Workforce, open_posts: f64) -> SectorMonth {
    let people = &workforce.sectors[SECTORS];
    SectorMonth {
        jobs: people.jobs as f64,
        open_posts,
        mean_wage: people.mean_wage(),
        firms: f64::NAN,
        entries: f64::NAN,
        exits: f64::NAN,
        sales: f64::NAN,
        output_real: f64::NAN,
        exports: f64::NAN,
        price: f64::NAN,
        margin: f64::NAN,
        utilization: f64::NAN,
        local_share: f64::NAN,
    }
}
