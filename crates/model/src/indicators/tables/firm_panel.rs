//! Firms followed from year to year, and from birth to death.

use serde::{Deserialize, Serialize};

use crate::indicators::definition::{measures, ratio};
use crate::stats::Spell;
use crate::town::Town;
use crate::town::technology::{FirmTechnology, NO_ARCHETYPE};

/// Every firm in business at the end of every year, as columns with one entry a firm and year, and the
/// lives of the firms born while the panel was kept.
///
/// Entries of a year are in ascending order of identity, so two years can be matched in one pass.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FirmPanel {
    /// First entry of each year; year 0 is the state when the panel starts.
    starts: Vec<u32>,
    uid: Vec<u64>,
    sector: Vec<u8>,
    local: Vec<bool>,
    workers: Vec<u32>,
    age_months: Vec<u32>,
    sales: Vec<f32>,
    output: Vec<f32>,
    price: Vec<f32>,
    pay: Vec<f32>,
    adopted: Vec<bool>,
    archetype: Vec<u8>,
    technologies: Vec<u32>,
    months: u32,
    /// Age at closure of firms born since the panel started.
    closed_ages: Vec<u32>,
    /// Age of firms born since the panel started and in business when last seen.
    open_ages: Vec<u32>,
}

/// One firm at the end of one year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FirmYear {
    /// Identity, unique over the run.
    pub uid: u64,
    /// Sector (index of [`crate::units::SECTOR_IDS`]).
    pub sector: u8,
    /// Whether a household of the town owns it.
    pub local: bool,
    /// Workers, the owner included.
    pub workers: u32,
    /// Months in business.
    pub age_months: u32,
    /// Sales smoothed over a year, dollars a month.
    pub sales: f32,
    /// Normal output, dollars a month at month-0 prices.
    pub output: f32,
    /// Price relative to month 0.
    pub price: f32,
    /// Wages and the owner's draw, dollars a month.
    pub pay: f32,
    /// Whether it uses a technology beyond those of month 0.
    pub adopted: bool,
    /// Kind of small business, or [`crate::town::technology::NO_ARCHETYPE`].
    pub archetype: u8,
    /// Technologies in use, a bit each in the order of the catalogue.
    pub technologies: u32,
}

measures! {
    /// Jobs gained and lost between two year-ends, as shares of the mean of both years' jobs in firms
    /// (Davis, Haltiwanger & Schuh 1996).
    JobFlows, "job_flows" {
        creation ["share a year"] "Jobs gained in firms that grew or were born." empty if "firms have no workers",
        destruction ["share a year"] "Jobs lost in firms that shrank or died." empty if "firms have no workers",
        births ["share a year"] "Part of job creation in firms born in the year." empty if "firms have no workers",
        deaths ["share a year"] "Part of job destruction in firms that died in the year." empty if "firms have no workers",
    }
}

impl FirmPanel {
    /// Adds the firms now in business as the next year.
    pub fn add_year(&mut self, town: &Town) {
        let firms = &town.firms;
        let mut rows: Vec<usize> = firms.open_rows().collect();
        rows.sort_unstable_by_key(|&firm| firms.uid[firm]);
        self.starts.push(self.uid.len() as u32);
        for firm in rows {
            self.uid.push(firms.uid[firm]);
            self.sector.push(firms.sector[firm]);
            self.local.push(firms.is_local(firm));
            self.workers.push(firms.workers(firm));
            self.age_months.push(firms.age[firm]);
            self.sales.push(firms.smoothed_sales[firm] as f32);
            self.output.push(firms.visibility[firm] as f32);
            self.price.push(firms.price[firm] as f32);
            let pay = firms.wage_bill[firm].dollars() + firms.owner_draw[firm];
            self.pay.push(pay as f32);
            let technology = town.technology.firms.get(firm);
            self.adopted
                .push(technology.is_some_and(FirmTechnology::has_adopted));
            self.archetype
                .push(technology.map_or(NO_ARCHETYPE, |one| one.archetype));
            self.technologies.push(town.technology.in_use(firm));
        }
    }

    /// Follows the lives of firms through a month. Call once a month, after it was lived.
    pub fn follow(&mut self, town: &Town) {
        self.months += 1;
        // A firm younger than the panel was born in it; those that lived before it began are older.
        let months = self.months;
        let born_within = |&age: &u32| age < months;
        // The month in which a firm closes does not add to its age in the state, but it was lived.
        let closed = town.activity.exit_ages.iter().map(|age| age + 1);
        self.closed_ages.extend(closed.filter(born_within));
        let open = town.firms.open_rows().map(|firm| town.firms.age[firm]);
        self.open_ages.clear();
        self.open_ages.extend(open.filter(born_within));
    }

    /// Number of year-ends, the start included.
    pub fn years(&self) -> usize {
        self.starts.len()
    }

    /// The firms of a year, in ascending order of identity; none for a year not kept.
    pub fn firms(&self, year: usize) -> impl Iterator<Item = FirmYear> + '_ {
        self.entries(year).map(|entry| FirmYear {
            uid: self.uid[entry],
            sector: self.sector[entry],
            local: self.local[entry],
            workers: self.workers[entry],
            age_months: self.age_months[entry],
            sales: self.sales[entry],
            output: self.output[entry],
            price: self.price[entry],
            pay: self.pay[entry],
            adopted: self.adopted[entry],
            archetype: self.archetype[entry],
            technologies: self.technologies[entry],
        })
    }

    /// Whether a firm of a year is no longer in business at the next year-end; no firm of the last one is.
    pub fn exits_after(&self, year: usize, uid: u64) -> bool {
        let next = &self.uid[self.entries(year + 1)];
        !next.is_empty() && next.binary_search(&uid).is_err()
    }

    fn entries(&self, year: usize) -> std::ops::Range<usize> {
        let end = self.uid.len() as u32;
        let at = |year: usize| self.starts.get(year).copied().unwrap_or(end) as usize;
        at(year)..at(year + 1)
    }

    /// Pairs of the same firm at the end of `year` and of the year before; `None` where it was not in
    /// business.
    fn matched(&self, year: usize) -> Vec<(Option<FirmYear>, Option<FirmYear>)> {
        let mut earlier = self.firms(year - 1).peekable();
        let mut later = self.firms(year).peekable();
        let mut pairs = Vec::new();
        loop {
            let order = match (earlier.peek(), later.peek()) {
                (None, None) => return pairs,
                (Some(_), None) => std::cmp::Ordering::Less,
                (None, Some(_)) => std::cmp::Ordering::Greater,
                (Some(before), Some(after)) => before.uid.cmp(&after.uid),
            };
            pairs.push((
                order.is_le().then(|| earlier.next()).flatten(),
                order.is_ge().then(|| later.next()).flatten(),
            ));
        }
    }

    /// Gross job flows in the year that ends with `year`; `None` for a year without a predecessor.
    pub fn job_flows(&self, year: usize) -> Option<JobFlows> {
        if year == 0 || year >= self.years() {
            return None;
        }
        let (mut gained, mut lost, mut born, mut died, mut jobs) = (0, 0, 0, 0, 0u64);
        for (before, after) in self.matched(year) {
            let was = before.map_or(0, |firm| u64::from(firm.workers));
            let is = after.map_or(0, |firm| u64::from(firm.workers));
            jobs += was + is;
            gained += is.saturating_sub(was);
            lost += was.saturating_sub(is);
            born += if before.is_none() { is } else { 0 };
            died += if after.is_none() { was } else { 0 };
        }
        let share = |flow: u64| ratio(flow as f64, jobs as f64 / 2.0);
        Some(JobFlows {
            creation: share(gained),
            destruction: share(lost),
            births: share(born),
            deaths: share(died),
        })
    }

    /// Log growth of sales over a year of every firm in business at both ends with positive sales, year by
    /// year: the growth rates whose distribution is tent-shaped in real economies (Stanley et al. 1996).
    pub fn sales_growth(&self) -> Vec<f64> {
        self.growth(|firm| f64::from(firm.sales))
    }

    /// Log growth of workers over a year of every firm in business at both ends with workers.
    pub fn workers_growth(&self) -> Vec<f64> {
        self.growth(|firm| f64::from(firm.workers))
    }

    fn growth(&self, size: impl Fn(FirmYear) -> f64) -> Vec<f64> {
        let mut rates = Vec::new();
        for year in 1..self.years() {
            for pair in self.matched(year) {
                if let (Some(before), Some(after)) = pair {
                    let (was, is) = (size(before), size(after));
                    if was > 0.0 && is > 0.0 {
                        rates.push(libm::log(is / was));
                    }
                }
            }
        }
        rates
    }

    /// Lives of the firms born while the panel was kept, in months: ended by closure, or still in business
    /// when last seen.
    pub fn lives(&self) -> Vec<Spell> {
        let spell = |ended: bool| move |&duration: &u32| Spell { duration, ended };
        let closed = self.closed_ages.iter().map(spell(true));
        closed
            .chain(self.open_ages.iter().map(spell(false)))
            .collect()
    }
}
