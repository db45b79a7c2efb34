//! What is: the state of a town between two months.
//!
//! Everything an agent can see or remember lives here, as structs of arrays; rows never move. What only the
//! researcher sees is an indicator and lives in `indicators`. This room holds no rule of the economy: the
//! rules are in `month`, and `synthesis` builds the first state from a scenario.

pub mod activity;
pub mod choice;
pub mod finance;
pub mod firms;
pub mod income;
pub mod ledger;
pub mod markets;
pub mod participants;
pub mod people;
pub mod programs;
pub mod residents;
pub mod skill;
pub mod synthesis;
pub mod technology;

use serde::{Deserialize, Serialize};

use crate::rng::Draws;
use crate::scenario::Parameters;

pub use activity::Activity;
pub use finance::PublicFinance;
pub use firms::Firms;
pub use ledger::Ledger;
pub use markets::{Labor, Markets, Posts};
pub use participants::Participants;
pub use people::{Households, Workers};
pub use programs::Programs;
pub use residents::Residents;
pub use skill::SkillProfile;
pub use technology::Technology;

/// A town between two months.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Town {
    /// Months since the town was built, burn-in included.
    pub month: u32,
    /// The source of every random draw of this replicate.
    pub draws: Draws,
    /// People of working age.
    pub workers: Workers,
    /// The consumers.
    pub households: Households,
    /// Local firms, branches of outside firms among them.
    pub firms: Firms,
    /// Open posts.
    pub posts: Posts,
    /// The labor market's memory.
    pub labor: Labor,
    /// The goods markets' and governments' memory.
    pub markets: Markets,
    /// What firms know, use and try of technology.
    pub technology: Technology,
    /// Public programs: their funds and what each did this month.
    pub programs: Programs,
    /// Both governments' finances.
    pub finance: PublicFinance,
    /// Accounts of the bank, the governments and the outside, and this month's flows.
    pub ledger: Ledger,
    /// Figures of month 0 that rules refer to.
    pub anchors: Anchors,
    /// Residents of month 0, wherever they are.
    pub residents: Residents,
    /// What happened this month.
    pub activity: Activity,
}

impl Anchors {
    /// What the scenario's local shares of a sector are multiplied by, 1 or less.
    #[inline]
    pub fn reach(&self, sector: usize) -> f64 {
        self.local_factor.get(sector).copied().unwrap_or(1.0)
    }

    /// Share of a sector's goods that the town's firms buy in town at month-0 prices.
    #[inline]
    pub fn local_input_share(&self, p: &Parameters, sector: usize) -> f64 {
        p.sectors[sector].local_input_share * self.reach(sector)
    }
}

/// Figures of month 0 (or of burn-in) that rules refer to later.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Anchors {
    /// Firms in each sector.
    pub firms: Vec<f64>,
    /// Mean profit margin of each sector.
    pub margin: Vec<f64>,
    /// Part of the mean firm, by normal output, in the normal output of each sector.
    pub concentration: Vec<f64>,
    /// Outside orders of each sector, dollars a month at month-0 prices.
    pub exports: Vec<f64>,
    /// Government purchases from each sector, dollars a month at month-0 prices.
    pub government: Vec<f64>,
    /// Output of each sector, dollars a month at month-0 prices.
    pub output: Vec<f64>,
    /// What shares of purchases made in town are multiplied by, for each selling sector: 1, or less where the
    /// sector cannot make all that town would ask of it ([`synthesis::Lowered`]).
    pub local_factor: Vec<f64>,
    /// What `households.pension` is multiplied by ([`synthesis::SocialAccounts::pension_factor`]).
    pub pension_factor: f64,
    /// Resident households.
    pub households: f64,
    /// Residents of all ages.
    pub residents: f64,
    /// Public jobs.
    pub public_jobs: f64,
    /// Jobs of residents who work outside the town.
    pub outside_jobs: f64,
    /// Residents of working age.
    pub working_age: f64,
    /// Participation rate.
    pub participation: f64,
    /// Unemployment rate that migration and participation refer to.
    pub reference_unemployment: f64,
    /// Unemployment rate of each occupation in the settled town: what people expect elsewhere.
    pub unemployment: Vec<f64>,
    /// Wage of each occupation in the settled town, dollars a month.
    pub pay: Vec<f64>,
    /// Long-term unemployed in the settled town, share of working age.
    pub long_term: f64,
    /// Part of households' income from property that rents in town pay.
    pub local_rent_share: f64,
    /// Monthly transfer from the outer to the local government that balances its first budget, in dollars.
    pub local_aid: f64,
    /// Median household spending, in dollars a month.
    pub median_spending: f64,
    /// Spending at which category shares are the mean shares, dollars a month: chosen so that tilts do not move
    /// the town's totals at month 0.
    pub spending_reference: f64,
    /// Draw a working owner aims at in each sector, dollars a month.
    pub owner_draw: Vec<f64>,
    /// Labor units of a working owner in each sector.
    pub owner_units: Vec<f64>,
    /// Poverty line of month 0: half the median disposable income for a single person, dollars a month.
    pub poverty_line: f64,
    /// Mean wage across occupations by employment, in dollars a month (the labor unit).
    pub mean_wage: f64,
}
