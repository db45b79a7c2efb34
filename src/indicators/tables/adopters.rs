//! Firms that adopt technology against firms like them that have not, before and after.

use crate::indicators::definition::{measures, ratio};

use super::firm_panel::{FirmPanel, FirmYear};
use super::firm_sizes::size_class;

measures! {
    /// Firms some years from their first adoption, and comparable firms: of the same sector, size class and kind
    /// of owner at the last year-end before, and without adoption a year later (for survival) or so far (for the rest:
    /// leaving firms out because they adopt later would leave out those that live). Changes are means of log changes since
    /// that year-end; each adopter weighs the same and is held against the mean of its comparable firms.
    AdopterYear, "adopters" {
        adopters ["firms"] "Adopters with comparable firms that could be followed so long, still in business or not.",
        survival ["share"] "Share of these adopters in business, of those in business at the year-end of adoption." empty if "there is no such firm",
        others_survival ["share"] "The same of comparable firms." empty if "there is no such firm",
        output ["log points"] "Change of normal output of adopters in business." empty if "there is no such firm",
        others_output ["log points"] "The same of comparable firms." empty if "there is no such firm",
        workers ["log points"] "Change of workers of adopters in business." empty if "there is no such firm",
        others_workers ["log points"] "The same of comparable firms." empty if "there is no such firm",
        pay_share ["share of sales"] "Change of wages and owner's draw over sales, adopters in business." empty if "there is no such firm",
        others_pay_share ["share of sales"] "The same of comparable firms." empty if "there is no such firm",
    }
}

/// First year of the table, counted from the last year-end before adoption: the year before shows whether
/// adopters were different already.
pub const FIRST_SHIFT: i64 = -1;
/// Last year of the table.
const LAST_SHIFT: i64 = 5;
/// Months in business at the year-end of adoption from which a firm is followed.
const LEAST_AGE: u32 = 24;

/// A firm before adoption.
#[derive(Clone, Copy)]
struct Before {
    firm: FirmYear,
    adopts: bool,
}

impl Before {
    /// Firms alike have the same.
    fn kind(&self) -> (u8, usize, bool) {
        let firm = &self.firm;
        (firm.sector, size_class(firm.workers), firm.local)
    }
}

/// Changes of one firm or means of several: output, workers, share of pay.
type Changes = [f64; 3];

#[derive(Clone, Copy, Default)]
struct Group {
    followed: f64,
    alive: f64,
    changes: Changes,
}

impl Group {
    fn add(&mut self, before: &FirmYear, then: Option<FirmYear>) {
        self.followed += 1.0;
        if let Some(then) = then {
            self.alive += 1.0;
            for (sum, change) in self.changes.iter_mut().zip(changes(before, &then)) {
                *sum += change;
            }
        }
    }
}

fn changes(before: &FirmYear, then: &FirmYear) -> Changes {
    let log = |was: f64, is: f64| libm::log(is.max(1e-9) / was.max(1e-9));
    let pay_share = |firm: &FirmYear| ratio(f64::from(firm.pay), f64::from(firm.sales));
    [
        log(f64::from(before.output), f64::from(then.output)),
        log(f64::from(before.workers), f64::from(then.workers)),
        pay_share(then) - pay_share(before),
    ]
}

/// One row a year from [`FIRST_SHIFT`] on, over all adoptions in the panel.
pub fn adopters(panel: &FirmPanel) -> Vec<AdopterYear> {
    let years: Vec<Vec<FirmYear>> = (0..panel.years())
        .map(|year| panel.firms(year).filter(sells).collect())
        .collect();
    (FIRST_SHIFT..=LAST_SHIFT)
        .map(|shift| row(&years, shift))
        .collect()
}

fn sells(firm: &FirmYear) -> bool {
    firm.sales > 0.0 && firm.workers > 0 && firm.output > 0.0
}

fn find(year: &[FirmYear], uid: u64) -> Option<FirmYear> {
    let place = year.binary_search_by_key(&uid, |firm| firm.uid).ok()?;
    Some(year[place])
}

/// Adopters of a year and the firms they are compared with, as they were at the year-end before.
fn cohort(before: &[FirmYear], after: &[FirmYear]) -> Vec<Before> {
    let seen = before.iter().filter(|firm| !firm.adopted);
    seen.filter_map(|firm| {
        let then = find(after, firm.uid)?;
        (then.age_months >= LEAST_AGE).then_some(Before {
            firm: *firm,
            adopts: then.adopted,
        })
    })
    .collect()
}

fn row(years: &[Vec<FirmYear>], shift: i64) -> AdopterYear {
    let mut sums = [[0.0; 3]; 2];
    let mut followed = 0.0;
    let mut alive = [0.0; 2];
    for base in 0..years.len().saturating_sub(1) {
        let Ok(place) = usize::try_from(base as i64 + shift) else {
            continue;
        };
        let Some(then) = years.get(place) else {
            continue;
        };
        let mut firms = cohort(&years[base], &years[base + 1]);
        firms.sort_by_key(Before::kind);
        for alike in firms.chunk_by(|a, b| a.kind() == b.kind()) {
            let (mut adopting, mut others) = (Group::default(), Group::default());
            let mut later_or_never = Group::default();
            for firm in alike {
                let later = find(then, firm.firm.uid);
                if firm.adopts {
                    adopting.add(&firm.firm, later);
                } else {
                    later_or_never.add(&firm.firm, later);
                    others.add(&firm.firm, later.filter(|later| !later.adopted));
                }
            }
            if others.alive == 0.0 || adopting.followed == 0.0 {
                continue;
            }
            followed += adopting.followed;
            alive[0] += adopting.alive;
            alive[1] += adopting.followed * later_or_never.alive / later_or_never.followed;
            for change in 0..3 {
                sums[0][change] += adopting.changes[change];
                sums[1][change] += adopting.alive * others.changes[change] / others.alive;
            }
        }
    }
    let mean = |group: usize, change: usize| ratio(sums[group][change], alive[0]);
    AdopterYear {
        adopters: followed,
        survival: ratio(alive[0], followed),
        others_survival: ratio(alive[1], followed),
        output: mean(0, 0),
        others_output: mean(1, 0),
        workers: mean(0, 1),
        others_workers: mean(1, 1),
        pay_share: mean(0, 2),
        others_pay_share: mean(1, 2),
    }
}
