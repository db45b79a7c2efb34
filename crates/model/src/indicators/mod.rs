//! What is seen: measures a town without changing it.
//!
//! Scalars come in groups that tell one story each ([`Jobs`], [`Spending`], [`Inequality`], [`Business`],
//! [`Accounts`]); rows of long tables (sectors, occupations, deciles, firm sizes, flows, firms) are in
//! [`tables`]. Every number stands in one place with its name, unit and definition ([`Definition`]); columns
//! and data dictionary come from there. Shares and rates lie between 0 and 1, money is in dollars, and a
//! number that does not exist (a rate among nobody) is NaN.
//!
//! Results do not depend on threads: counts and money are whole numbers, and real numbers are added in the
//! order of rows.

mod accounts;
mod business;
mod definition;
mod equity;
mod finance;
#[cfg(any(test, feature = "fixtures"))]
pub mod fixtures;
mod housing;
mod inequality;
mod jobs;
mod ordering;
mod public;
mod residents;
mod spending;
pub mod tables;
mod technology;
#[cfg(test)]
mod tests;
mod trade;
mod workforce;

use serde::{Deserialize, Serialize};

use crate::scenario::Parameters;
use crate::town::Town;
use crate::units::OCCUPATIONS;

pub use accounts::Accounts;
pub use business::Business;
pub use definition::Definition;
pub use equity::Equity;
pub use finance::Finance;
pub use housing::Housing;
pub use inequality::Inequality;
pub use jobs::Jobs;
pub use public::{ProgramRow, Public};
pub use residents::OriginalResidents;
pub use spending::Spending;
pub use technology::TechnologyUse;

use accounts::Totals;
use ordering::Distribution;
use trade::Trade;
use workforce::Workforce;

/// Occupations grouped by pay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SkillGroup {
    /// Lowest-paid occupations.
    Low,
    /// Occupations in between.
    Middle,
    /// Highest-paid occupations.
    High,
}

/// Number of skill groups.
pub const SKILL_GROUPS: usize = SkillGroup::ALL.len();

impl SkillGroup {
    /// All groups, from low to high.
    pub const ALL: [SkillGroup; 3] = [SkillGroup::Low, SkillGroup::Middle, SkillGroup::High];
}

/// What measuring must know that the town's state does not say.
#[derive(Clone, Debug, PartialEq)]
pub struct Conventions {
    /// Return at which property income is capitalized, per year; above 0.
    pub wealth_return: f64,
    /// Return at which profits of firms are capitalized, per year; above 0.
    pub equity_return: f64,
    /// Skill group of each occupation.
    pub skill_group: [SkillGroup; OCCUPATIONS],
    /// Identifiers of the technologies, in order.
    pub technologies: Vec<String>,
    /// Names of the timeline's entries, in order.
    pub policies: Vec<String>,
    /// Part of the tasks technology could do above which, once done, a firm counts as autonomous.
    pub autonomous_share: f64,
    /// Persons of the panel in the first recorded month; 0 for no panel.
    pub worker_panel: u32,
    /// Month until which a firm that adopts counts as an early adopter, burn-in included.
    pub early_until: u32,
}

impl Conventions {
    /// What a scenario says.
    pub fn of(parameters: &Parameters) -> Conventions {
        let mut skill_group = [SkillGroup::Middle; OCCUPATIONS];
        for (group, occupation) in skill_group.iter_mut().zip(parameters.occupations.iter()) {
            *group = match occupation.skill_group.as_str() {
                "low" => SkillGroup::Low,
                "high" => SkillGroup::High,
                _ => SkillGroup::Middle,
            };
        }
        Conventions {
            wealth_return: parameters.households.wealth_return,
            equity_return: parameters.households.equity_return,
            skill_group,
            technologies: parameters.technologies.ids().map(str::to_owned).collect(),
            policies: (parameters.timeline.policies.iter())
                .map(|policy| policy.name.clone())
                .collect(),
            autonomous_share: parameters.automation.autonomous_share,
            worker_panel: parameters.output.worker_panel,
            early_until: parameters.run.burn_in_months + parameters.automation.early_months,
        }
    }
}

/// Memory that measuring reuses from month to month.
#[derive(Clone, Debug, Default)]
pub struct MeasureScratch {
    wages: Distribution,
    margins: Distribution,
    households: inequality::Scratch,
}

/// The scalars of one month.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct MonthIndicators {
    /// What became of the residents of month 0, in town or elsewhere.
    pub residents: OriginalResidents,
    /// Who works and what work pays.
    pub jobs: Jobs,
    /// What is bought and where.
    pub spending: Spending,
    /// How it is spread.
    pub inequality: Inequality,
    /// How firms fare.
    pub business: Business,
    /// What the accounts add up to.
    pub accounts: Accounts,
    /// What governments raise, spend and owe.
    pub finance: Finance,
    /// What firms do with technology.
    pub technology: TechnologyUse,
    /// What that changes for owners, staff and customers.
    pub equity: Equity,
    /// What homes cost, and who moves.
    pub housing: Housing,
    /// What programs cost and whom they reach.
    pub public: Public,
}

impl MonthIndicators {
    /// Definitions of all scalars, in the order of the columns.
    pub fn definitions() -> impl Iterator<Item = &'static Definition> {
        OriginalResidents::DEFINITIONS
            .iter()
            .chain(Jobs::DEFINITIONS)
            .chain(Spending::DEFINITIONS)
            .chain(Inequality::DEFINITIONS)
            .chain(Business::DEFINITIONS)
            .chain(Accounts::DEFINITIONS)
            .chain(Finance::DEFINITIONS)
            .chain(TechnologyUse::DEFINITIONS)
            .chain(Equity::DEFINITIONS)
            .chain(Housing::DEFINITIONS)
            .chain(Public::DEFINITIONS)
    }

    /// All scalars, in the order of the columns.
    pub fn values(&self) -> impl Iterator<Item = f64> {
        (self.residents.values().into_iter())
            .chain(self.jobs.values())
            .chain(self.spending.values())
            .chain(self.inequality.values())
            .chain(self.business.values())
            .chain(self.accounts.values())
            .chain(self.finance.values())
            .chain(self.technology.values())
            .chain(self.equity.values())
            .chain(self.housing.values())
            .chain(self.public.values())
    }

    /// The scalar called `name`, if there is one.
    pub fn get(&self, name: &str) -> Option<f64> {
        MonthIndicators::definitions()
            .zip(self.values())
            .find_map(|(definition, value)| (definition.name == name).then_some(value))
    }

    /// The first scalar that cannot come from a sound town: infinite, or missing although it always exists.
    pub fn first_unsound(&self) -> Option<&'static str> {
        MonthIndicators::definitions()
            .zip(self.values())
            .find_map(|(definition, value)| definition.rejects(value).then_some(definition.name))
    }
}

/// Everything measured in a month: the scalars and one row for each sector and occupation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MonthRecord {
    /// The scalars.
    pub indicators: MonthIndicators,
    /// One row a market sector, and the public employer last.
    pub sectors: [tables::SectorMonth; tables::SECTOR_ROWS],
    /// One row an occupation.
    pub occupations: [tables::OccupationMonth; OCCUPATIONS],
    /// One row a technology.
    pub adoption: Vec<tables::AdoptionMonth>,
    /// One row an entry of the timeline.
    pub programs: Vec<ProgramRow>,
    /// Cents of each flow, in the order of [`tables::payments`].
    pub flows: Vec<i64>,
    /// Employees by wage.
    pub wage_bins: Vec<tables::WageBin>,
}

impl MonthRecord {
    /// The first number of the month that cannot come from a sound town, by name; see
    /// [`MonthIndicators::first_unsound`].
    pub fn first_unsound(&self) -> Option<&'static str> {
        let unsound = |(definition, value): (&Definition, f64)| {
            definition.rejects(value).then_some(definition.name)
        };
        let sectors = self.sectors.iter().flat_map(|row| {
            let defined = tables::SectorMonth::DEFINITIONS.iter();
            defined.zip(row.values())
        });
        let occupations = self.occupations.iter().flat_map(|row| {
            let defined = tables::OccupationMonth::DEFINITIONS.iter();
            defined.zip(row.values())
        });
        (self.indicators.first_unsound()).or_else(|| sectors.chain(occupations).find_map(unsound))
    }
}

/// Measures the month just lived.
pub fn measure(
    town: &Town,
    conventions: &Conventions,
    scratch: &mut MeasureScratch,
) -> MonthIndicators {
    count_and_measure(town, conventions, scratch).2
}

/// Measures the month just lived, with the rows of the monthly tables.
pub fn record(town: &Town, conventions: &Conventions, scratch: &mut MeasureScratch) -> MonthRecord {
    let (workforce, trade, indicators) = count_and_measure(town, conventions, scratch);
    MonthRecord {
        indicators,
        sectors: tables::sectors(town, &workforce, &trade),
        occupations: tables::occupations(town, &workforce),
        adoption: tables::adoption(town),
        programs: (town.programs.entries.iter())
            .map(|entry| ProgramRow::of(&entry.this_month))
            .collect(),
        flows: tables::flow_cents(&town.ledger),
        wage_bins: tables::wage_bins(&town.workers),
    }
}

fn count_and_measure(
    town: &Town,
    conventions: &Conventions,
    scratch: &mut MeasureScratch,
) -> (Workforce, Trade, MonthIndicators) {
    let MeasureScratch {
        wages,
        margins,
        households,
    } = scratch;
    let totals = Totals::read(&town.ledger);
    let (workforce, trade) = crate::parallel::join(
        || Workforce::count(&town.workers, &town.firms, wages),
        || Trade::count(&town.firms, margins),
    );
    let spending = spending::measure(town, &totals, &trade);
    let prices = spending.consumer_price_index;
    let line = town.anchors.poverty_line * (if prices > 0.0 { prices } else { 1.0 });
    let (jobs, inequality) = crate::parallel::join(
        || jobs::measure(town, conventions, &workforce, &trade, wages),
        || {
            inequality::measure(
                &town.households,
                &town.firms,
                &totals,
                conventions,
                &workforce,
                line,
                households,
            )
        },
    );
    let spending = spending::measure(town, &totals, &trade);
    let indicators = MonthIndicators {
        residents: residents::measure(town, spending.consumer_price_index),
        jobs,
        inequality,
        spending,
        business: business::measure(town, &totals, &trade, margins),
        accounts: accounts::measure(&town.ledger, &totals, &town.firms),
        finance: finance::measure(town, jobs.residents),
        technology: technology::measure(town, conventions),
        equity: equity::measure(town),
        housing: housing::measure(town),
        public: public::measure(town),
    };
    (workforce, trade, indicators)
}

/// The poverty line of a town as it stands, dollars a month for a single person.
pub fn poverty_line(town: &Town) -> f64 {
    inequality::poverty_line(&town.households)
}

/// The unemployment rate alone, for months that are not recorded.
pub fn unemployment_rate(town: &Town) -> f64 {
    use crate::town::people::Status;
    let (mut unemployed, mut employed) = (0u64, 0u64);
    for status in &town.workers.status[..town.workers.first_outsider()] {
        match status {
            Status::Unemployed => unemployed += 1,
            Status::Employed | Status::Owner => employed += 1,
            Status::Training | Status::Inactive | Status::Away => {}
        }
    }
    definition::ratio(unemployed as f64, (unemployed + employed) as f64)
}
