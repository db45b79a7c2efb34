//! Firms that adopt technology against firms like them that have not, before and after.

use crate::indicators::definition::{measures, ratio};

use super::firm_panel::{FirmPanel, FirmYear};
use super::firm_sizes::size_class;

measures! {
    /// Firms some years from their first adoption, and comparable firms: of the same sector, size class and kind
    /// of owner at the last year-end before, and without adoption a year later. Comparable firms may adopt after
    /// that; those that have not so far are shown apart, and are a choice of their own: what makes a firm grow
    /// makes it adopt too. Changes are means of log changes since that first year-end; each adopter weighs the same
    /// and is held against the mean of its comparable firms.
    AdopterYear, "adopters" {
        adopters ["firms"] "Adopters with comparable firms that could be followed so long, still in business or not.",
        survival ["share"] "Share of these adopters in business, of those in business at the year-end of adoption." empty if "there is no such firm",
        others_survival ["share"] "The same of comparable firms." empty if "there is no such firm",
        output ["log points"] "Change of normal output of adopters in business." empty if "there is no such firm",
        others_output ["log points"] "The same of comparable firms." empty if "there is no such firm",
        never_output ["log points"] "The same of comparable firms that have not adopted so far." empty if "there is no such firm",
        never_survival ["share"] "Share in business of comparable firms that have not adopted so far or closed without." empty if "there is no such firm",
        sales ["log points"] "Change of sales over a year of adopters in business." empty if "there is no such firm",
        others_sales ["log points"] "The same of comparable firms." empty if "there is no such firm",
        never_sales ["log points"] "The same of comparable firms that have not adopted so far." empty if "there is no such firm",
        price ["log points"] "Change of the price of adopters in business." empty if "there is no such firm",
        others_price ["log points"] "The same of comparable firms." empty if "there is no such firm",
        never_price ["log points"] "The same of comparable firms that have not adopted so far." empty if "there is no such firm",
        workers ["log points"] "Change of workers of adopters in business." empty if "there is no such firm",
        others_workers ["log points"] "The same of comparable firms." empty if "there is no such firm",
        never_workers ["log points"] "The same of comparable firms that have not adopted so far." empty if "there is no such firm",
        pay_share ["share of sales"] "Change of wages and owner's draw over sales, adopters in business." empty if "there is no such firm",
        others_pay_share ["share of sales"] "The same of comparable firms." empty if "there is no such firm",
        never_pay_share ["share of sales"] "The same of comparable firms that have not adopted so far." empty if "there is no such firm",
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

/// Changes of one firm or means of several: output, workers, share of pay, sales, price.
type Changes = [f64; 5];

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
        log(f64::from(before.sales), f64::from(then.sales)),
        log(f64::from(before.price), f64::from(then.price)),
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

/// Adopters of one cohort and kind, the firms like them, and of these the ones that have not adopted so far.
fn groups(alike: &[Before], then: &[FirmYear]) -> [Group; 3] {
    let [mut adopting, mut others, mut never] = [Group::default(); 3];
    for firm in alike {
        let later = find(then, firm.firm.uid);
        if firm.adopts {
            adopting.add(&firm.firm, later);
        } else {
            others.add(&firm.firm, later);
            // One that adopts later leaves the group; one that closed without stays in it.
            if later.is_none_or(|later| !later.adopted) {
                never.add(&firm.firm, later);
            }
        }
    }
    [adopting, others, never]
}

/// Sums over cohorts and kinds.
#[derive(Default)]
struct Sums {
    followed: f64,
    alive: f64,
    others_alive: f64,
    never_alive: f64,
    /// Changes of adopters, and of the firms they are held against, an adopter's weight each.
    changes: [Changes; 3],
}

impl Sums {
    fn add(&mut self, [adopting, others, never]: [Group; 3]) {
        if never.alive == 0.0 || adopting.followed == 0.0 {
            return;
        }
        self.followed += adopting.followed;
        self.alive += adopting.alive;
        self.others_alive += adopting.followed * others.alive / others.followed;
        self.never_alive += adopting.followed * never.alive / never.followed;
        for change in 0..adopting.changes.len() {
            self.changes[0][change] += adopting.changes[change];
            for (sums, group) in self.changes[1..].iter_mut().zip([&others, &never]) {
                sums[change] += adopting.alive * group.changes[change] / group.alive;
            }
        }
    }
}

fn row(years: &[Vec<FirmYear>], shift: i64) -> AdopterYear {
    let mut sums = Sums::default();
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
            sums.add(groups(alike, then));
        }
    }
    let mean = |group: usize, change: usize| ratio(sums.changes[group][change], sums.alive);
    AdopterYear {
        adopters: sums.followed,
        survival: ratio(sums.alive, sums.followed),
        others_survival: ratio(sums.others_alive, sums.followed),
        never_survival: ratio(sums.never_alive, sums.followed),
        sales: mean(0, 3),
        others_sales: mean(1, 3),
        never_sales: mean(2, 3),
        price: mean(0, 4),
        others_price: mean(1, 4),
        never_price: mean(2, 4),
        output: mean(0, 0),
        others_output: mean(1, 0),
        never_output: mean(2, 0),
        workers: mean(0, 1),
        others_workers: mean(1, 1),
        never_workers: mean(2, 1),
        pay_share: mean(0, 2),
        others_pay_share: mean(1, 2),
        never_pay_share: mean(2, 2),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn firm(uid: u64, workers: u32, output: f32, adopted: bool) -> FirmYear {
        FirmYear {
            uid,
            sector: 4,
            local: true,
            workers,
            age_months: 60,
            sales: output,
            output,
            price: 1.0,
            pay: 0.5 * output,
            adopted,
            archetype: crate::town::technology::NO_ARCHETYPE,
            technologies: 0,
        }
    }

    #[test]
    fn adopters_are_held_against_firms_like_them() {
        let years = vec![
            vec![
                firm(1, 4, 100.0, false),
                firm(2, 4, 100.0, false),
                firm(3, 4, 100.0, false),
            ],
            vec![
                firm(1, 4, 100.0, true),
                firm(2, 4, 100.0, false),
                firm(3, 4, 100.0, false),
            ],
            // The adopter doubles; one of the others adopts and triples, one stays.
            vec![
                firm(1, 8, 200.0, true),
                firm(2, 4, 300.0, true),
                firm(3, 4, 100.0, false),
            ],
        ];
        let row = row(&years, 2);
        assert_eq!(
            (row.adopters, row.survival, row.others_survival),
            (1.0, 1.0, 1.0)
        );
        assert!((row.output - libm::log(2.0)).abs() < 1e-9);
        assert!((row.others_output - 0.5 * libm::log(3.0)).abs() < 1e-9);
        assert!(row.never_output.abs() < 1e-9 && row.never_workers.abs() < 1e-9);
        assert!((row.workers - libm::log(2.0)).abs() < 1e-9 && row.pay_share.abs() < 1e-9);
        assert!(self::row(&years, 3).output.is_nan());
    }
}
