//! Quantities of one town over some months, by name.
//!
//! | name | what it is |
//! |---|---|
//! | `employment_rate` | any indicator of the monthly table |
//! | `sectors.retail.jobs` | a column of the table of sectors |
//! | `occupations.food_service.employees` | a column of the table of occupations |
//! | `adoption.ai.users` | a column of the table of adoption |
//! | `users.small`, `users.large` | users of technologies, summed over technologies, at firms under 20 and at firms from 100 workers on; year-ends |
//! | `independents.retail.sales` | sales, or `workers`, of a sector's firms that households of the town own; year-ends |
//! | `programs.0.firms` | a column of the table of policies, by entry of the timeline |
//! | `flows.wages` | a payment of the flow matrix, dollars a month |
//! | `wage_jobs.3450` | employees paid less than so many dollars a month (steps of 150) |
//! | `wage_pay.3450` | their mean wage |
//! | `deciles.1.income` | a column of the table of deciles; year-ends |
//! | `lottery.0.employment_gain.24` | of those drawn in an entry's lottery, the sum of their gains over those not drawn, so many months on; `persons` counts those drawn, `earnings` sums the pay of those not drawn; with `.long` or `.short` only of the long- or short-term unemployed |
//! | `firm_lottery.0.sales_gain.12` | of firms admitted by an entry's lottery, the sum of their changes of log sales over those of firms turned away, so many months on; likewise `workers_gain`, `productivity_gain`, `projects_gain` (projects begun), `exits_gain`; `firms` and `open` count the admitted, `served` their payments and months of service, `projects` the projects of those turned away, as if they were as many |
//! | `matched.ai.pay.2` | mean change of log pay for each worker at firms that took up a technology, less that at firms of the same sector and size that did not, so many years on; likewise `workers`, `sales`, `workers_per_output` |
//! | `losses.earnings.60` | of persons of six or more years with an employer who lost the job, the sum of pay over pay before, less that of people alike who kept theirs, so many months on; `persons` counts them, `at_work` those at work, `pay` sums over those at work; `lost`, `months_worked` and `earned` sum over all who lost a job; with `.older`, `.younger` (50 to 57, 42 to 49 years), `.larger` or `.smaller` (employers of 10 to 49, 3 to 9) only over them |
//! | `adopters.workers.3` | change of adopters less that of firms like them, so many years on, see the table of adopters |

use model::indicators::MonthIndicators;
use model::indicators::tables::{
    AdoptionMonth, DecileYear, OccupationMonth, SectorMonth, WAGE_BIN, class_ids, payments,
    sector_row_ids,
};
use model::indicators::{Definition, ProgramRow};
use model::run::RunRecord;
use model::stats;
use model::units::{OCCUPATION_IDS, SECTOR_IDS};

use super::drawn::{
    AdopterFigure, FirmFigure, LotteryFigure, admitted, adopting, drawn, firm_lottery, lottery,
};
use super::matched::{FirmMeasure, matched};
use super::people::{LossFigure, LossGroup, losses};

/// Classes of firms under 20 workers.
const SMALL: [&str; 3] = ["0-4", "5-9", "10-19"];
/// Classes of firms from 100 workers on.
const LARGE: [&str; 2] = ["100-499", "500+"];

/// Months in a year of the yearly tables.
const YEAR: u32 = 12;

/// Something a town has in some months.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Quantity {
    /// A scalar.
    Scalar(usize),
    /// Row and column of the table of sectors.
    Sector(usize, usize),
    /// Row and column of the table of occupations.
    Occupation(usize, usize),
    /// Technology and column of the table of adoption.
    Adoption(String, usize),
    /// Users of technologies at small firms, or at large ones.
    Users(bool),
    /// Sales (or workers) of a sector's firms that households of the town own, at year-ends.
    Independents(usize, bool),
    /// Entry and column of the table of policies.
    Program(usize, usize),
    /// All payments of a name.
    Flow(String),
    /// Employees in so many bins from the lowest.
    WageJobs(usize),
    /// Their mean wage.
    WagePay(usize),
    /// Decile and column.
    Decile(usize, usize),
    /// Entry, figure, place of the horizon, and whether only one of short- and long-term unemployed.
    Lottery(usize, LotteryFigure, usize, Option<bool>),
    /// Entry, figure and place of the horizon.
    FirmLottery(usize, FirmFigure, usize),
    /// Figure of adopters, and years since the year-end before adoption.
    Adopters(AdopterFigure, i64),
    /// Technology, measure and years since the year-end before it was taken up.
    Matched(String, FirmMeasure, usize),
    /// Figure of persons who lost a job, months since, and which of them.
    Losses(LossFigure, u32, LossGroup),
}

fn place(name: &str, columns: &[Definition]) -> Option<usize> {
    columns.iter().position(|column| column.name == name)
}

impl Quantity {
    /// The quantity of that name, if there is one. Whether a town has the entry or technology shows when it is taken.
    pub fn parse(name: &str) -> Option<Quantity> {
        let parts: Vec<&str> = name.split('.').collect();
        match parts.as_slice() {
            [name] => {
                let place = MonthIndicators::definitions().position(|d| d.name == *name);
                place.map(Quantity::Scalar)
            }
            ["sectors", sector, column] => {
                let row = sector_row_ids().iter().position(|id| id == sector)?;
                Some(Quantity::Sector(
                    row,
                    place(column, SectorMonth::DEFINITIONS)?,
                ))
            }
            ["occupations", occupation, column] => {
                let row = OCCUPATION_IDS.iter().position(|id| id == occupation)?;
                let column = place(column, OccupationMonth::DEFINITIONS)?;
                Some(Quantity::Occupation(row, column))
            }
            ["adoption", technology, column] => {
                let column = place(column, AdoptionMonth::DEFINITIONS)?;
                Some(Quantity::Adoption((*technology).to_owned(), column))
            }
            ["users", "small"] => Some(Quantity::Users(true)),
            ["users", "large"] => Some(Quantity::Users(false)),
            ["independents", sector, column @ ("sales" | "workers")] => {
                let sector = SECTOR_IDS.iter().position(|id| id == sector)?;
                Some(Quantity::Independents(sector, *column == "sales"))
            }
            ["programs", entry, column] => Some(Quantity::Program(
                entry.parse().ok()?,
                place(column, ProgramRow::DEFINITIONS)?,
            )),
            ["flows", flow] => (payments().any(|payment| payment.flow == *flow))
                .then(|| Quantity::Flow((*flow).to_owned())),
            ["wage_jobs", dollars] => bins_below(dollars).map(Quantity::WageJobs),
            ["wage_pay", dollars] => bins_below(dollars).map(Quantity::WagePay),
            ["deciles", decile, column] => {
                let decile: usize = decile.parse().ok()?;
                let column = place(column, DecileYear::DEFINITIONS)?;
                (1..=10)
                    .contains(&decile)
                    .then(|| Quantity::Decile(decile - 1, column))
            }
            ["lottery", entry, figure, horizon, group @ ..] => {
                lottery(entry, figure, horizon, group)
            }
            ["firm_lottery", entry, figure, horizon] => firm_lottery(entry, figure, horizon),
            ["matched", technology, measure, years] => {
                let years = years
                    .parse()
                    .ok()
                    .filter(|years| (1..=20).contains(years))?;
                let measure = FirmMeasure::parse(measure)?;
                Some(Quantity::Matched((*technology).to_owned(), measure, years))
            }
            ["losses", figure, horizon, group @ ..] => Some(Quantity::Losses(
                LossFigure::parse(figure)?,
                horizon.parse().ok()?,
                LossGroup::parse(group)?,
            )),
            ["adopters", figure, years] => {
                let figure = match *figure {
                    "workers" => AdopterFigure::Workers,
                    "output" => AdopterFigure::Output,
                    "workers_per_output" => AdopterFigure::WorkersPerOutput,
                    "survival" => AdopterFigure::Survival,
                    _ => return None,
                };
                Some(Quantity::Adopters(figure, years.parse().ok()?))
            }
            _ => None,
        }
    }

    /// Its mean over months of the record, first and first no longer meant; `NaN` where the run has nothing of it.
    /// Yearly tables count at year-ends within those months; lotteries and adopters over the whole run.
    pub fn of(&self, record: &RunRecord, months: [i32; 2]) -> f64 {
        match self {
            Quantity::Lottery(entry, figure, horizon, group) => (record.training.get(*entry))
                .map_or(f64::NAN, |found| drawn(found, *figure, *horizon, *group)),
            Quantity::FirmLottery(entry, figure, horizon) => (record.firm_lotteries.get(*entry))
                .map_or(f64::NAN, |found| admitted(found, *figure, *horizon)),
            Quantity::Adopters(figure, years) => adopting(record, *figure, *years),
            Quantity::Matched(technology, measure, years) => {
                matched(record, technology, *measure, *years)
            }
            Quantity::Losses(figure, horizon, group) => {
                losses(record, *figure, *horizon, *group, months)
            }
            Quantity::Decile(decile, column) => over_years(months, |year| {
                let row = record.deciles.get(year)?;
                row[*decile].values().get(*column).copied()
            }),
            Quantity::Independents(sector, sales) => over_years(months, |year| {
                let firms = record.firms.firms(year);
                let own = firms.filter(|firm| firm.local && usize::from(firm.sector) == *sector);
                Some(own.fold(0.0, |sum, firm| match sales {
                    true => sum + f64::from(firm.sales),
                    false => sum + f64::from(firm.workers),
                }))
            }),
            Quantity::Users(small) => over_years(months, |year| {
                let rows = record.adoption.get(year)?;
                let classes: &[&str] = if *small { &SMALL } else { &LARGE };
                let ids: Vec<(&str, &str)> = class_ids().collect();
                let of_class = rows.iter().zip(ids.iter().cycle());
                let chosen = of_class
                    .filter(|(_, (kind, label))| *kind == "size" && classes.contains(label));
                Some(chosen.fold(0.0, |sum, (row, _)| sum + row.users))
            }),
            _ => {
                let first = months[0].max(0) as usize;
                let until = (months[1].max(0) as usize).min(record.months.len());
                let values = (first..until).filter_map(|month| self.in_month(record, month));
                stats::mean(&stats::present(&values.collect::<Vec<f64>>()))
            }
        }
    }

    /// Whether persons must be followed from month to month.
    pub fn needs_people(&self) -> bool {
        matches!(self, Quantity::Losses(..))
    }

    fn in_month(&self, record: &RunRecord, month: usize) -> Option<f64> {
        let row = record.months.get(month)?;
        let bins = |most: usize| {
            row.wage_bins.iter().take(most).fold((0, 0), |sum, bin| {
                (sum.0 + bin.employees, sum.1 + bin.wages)
            })
        };
        match self {
            Quantity::Scalar(place) => row.indicators.values().nth(*place),
            Quantity::Sector(sector, column) => row.sectors[*sector].values().get(*column).copied(),
            Quantity::Occupation(occupation, column) => {
                row.occupations[*occupation].values().get(*column).copied()
            }
            Quantity::Adoption(technology, column) => {
                let place = record.technologies.iter().position(|id| id == technology)?;
                row.adoption.get(place)?.values().get(*column).copied()
            }
            Quantity::Program(entry, column) => {
                row.programs.get(*entry)?.values().get(*column).copied()
            }
            Quantity::Flow(name) => {
                let amounts = payments().zip(&row.flows);
                let cents = amounts.filter(|(payment, _)| payment.flow == name);
                Some(cents.map(|(_, &cents)| cents).sum::<i64>() as f64 / 100.0)
            }
            Quantity::WageJobs(most) => Some(f64::from(bins(*most).0)),
            Quantity::WagePay(most) => {
                let (employees, cents) = bins(*most);
                Some(cents as f64 / 100.0 / f64::from(employees))
            }
            _ => None,
        }
    }
}

/// Whole bins below a wage, which stands between two.
fn bins_below(dollars: &str) -> Option<usize> {
    let dollars: u32 = dollars.parse().ok()?;
    (dollars > 0 && dollars.is_multiple_of(WAGE_BIN)).then_some((dollars / WAGE_BIN) as usize)
}

/// Mean over the year-ends within some months; year 0 is the state before month 0.
fn over_years(months: [i32; 2], value: impl Fn(usize) -> Option<f64>) -> f64 {
    let [first, until] = months.map(|month| month.max(0) as u32);
    let ends = (first.div_ceil(YEAR)..=until / YEAR).map(|year| year as usize);
    let found: Vec<f64> = ends.filter_map(value).collect();
    stats::mean(&stats::present(&found))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_or_refused() {
        for name in [
            "employment_rate",
            "sectors.public.jobs",
            "occupations.food_service.mean_wage",
            "adoption.ai.users",
            "users.small",
            "independents.retail.sales",
            "programs.2.firms",
            "flows.wages",
            "wage_jobs.3450",
            "deciles.10.wealth",
            "lottery.0.earnings_gain.24.long",
            "firm_lottery.0.exits_gain.36",
            "adopters.workers_per_output.-1",
            "matched.ai.pay.2",
            "losses.months_worked.24.older",
        ] {
            assert!(Quantity::parse(name).is_some(), "{name}");
        }
        for name in [
            "employment_rat",
            "sectors.retail",
            "wage_jobs.3400",
            "deciles.0.wealth",
            "lottery.0.earnings_gain.7",
            "",
        ] {
            assert!(Quantity::parse(name).is_none(), "{name}");
        }
    }

    #[test]
    fn year_ends_within_months_count() {
        let seen = std::cell::RefCell::new(Vec::new());
        over_years([24, 48], |year| {
            seen.borrow_mut().push(year);
            Some(0.0)
        });
        assert_eq!(*seen.borrow(), [2, 3, 4]);
    }
}
