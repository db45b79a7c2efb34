//! The typed parameters: what `scenarios/default.toml` says, as structs.
//!
//! One struct a table, one field a key, in the same order; meaning, range and source of each stand in that
//! file, which is their only home. A key missing here or there is an error when a scenario is loaded.

mod automation;
mod elsewhere;
mod families;
mod finance;
mod labor_market;
mod policies;
mod prices;
mod sections;
mod technologies;

use serde::{Deserialize, Serialize};

pub use automation::AutomationParameters;
pub use elsewhere::{ElsewhereParameters, HousingParameters, OutputParameters};
pub use families::{
    ArchetypeParameters, Archetypes, OccupationParameters, Occupations, PublicParameters,
    SectorParameters, Sectors,
};
pub use finance::{Financing, PublicFinanceParameters};
pub use labor_market::LaborMarketParameters;
pub use policies::*;
pub use prices::IndexationParameters;
pub use sections::*;
pub use technologies::{Technologies, TechnologyParameters};

/// Every parameter of a scenario. Keys outside the tables (name, timeline, …) are not parameters and are left to
/// the loader.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Parameters {
    /// How long to simulate and with which seed.
    pub run: RunParameters,
    /// Who lives in the town at month 0.
    pub town: TownParameters,
    /// Costs, shocks and price paths common to all.
    pub economy: EconomyParameters,
    /// How firms plan, price, grow, pay out and buy.
    pub firms: FirmsParameters,
    /// How households choose among suppliers.
    pub demand: DemandParameters,
    /// How households save, spend and hold wealth.
    pub households: HouseholdsParameters,
    /// Search, matching, pay, learning and labor supply.
    pub labor_market: LaborMarketParameters,
    /// Households moving in and out, and housing built for them.
    pub migration: MigrationParameters,
    /// Homes: their price, rents, and who owns them.
    pub housing: HousingParameters,
    /// The labor market elsewhere.
    pub elsewhere: ElsewhereParameters,
    /// Residents who work outside, and outsiders who work here.
    pub commuting: CommutingParameters,
    /// The bank.
    pub credit: CreditParameters,
    /// Start-ups and closures.
    pub entry_exit: EntryExitParameters,
    /// Taxes, benefits, purchases and public jobs.
    pub government: GovernmentParameters,
    /// How governments pay for what they do.
    pub public_finance: PublicFinanceParameters,
    /// What follows general prices.
    pub indexation: IndexationParameters,
    /// Orders from outside and between local firms.
    pub trade: TradeParameters,
    /// How businesses adopt technology, and what follows.
    pub automation: AutomationParameters,
    /// What is kept beside the tables.
    pub output: OutputParameters,
    /// The public employer.
    pub public: PublicParameters,
    /// The market sectors.
    pub sectors: Sectors,
    /// The occupations.
    pub occupations: Occupations,
    /// Kinds of small business.
    pub archetypes: Archetypes,
    /// The catalogue of technologies.
    pub technologies: Technologies,
    /// Policies and shocks, which stand outside the tables of parameters.
    #[serde(skip)]
    pub timeline: Timeline,
    /// What entries in force add to rules without a parameter; neutral except in a month's copy.
    #[serde(skip)]
    pub levels: Levels,
}
