//! The families: a table for each sector and each occupation, and the public employer.

use std::ops::{Index, IndexMut};

use serde::{Deserialize, Serialize};

use crate::units::{ARCHETYPES, OCCUPATIONS, SECTORS, TASKS, VALUES};

/// One market sector of the town.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectorParameters {
    /// Name as shown to people.
    pub title: String,
    /// Share of all jobs, owners included.
    pub jobs_share: f64,
    /// Sector wage relative to what its occupations earn on average.
    pub wage_premium: f64,
    /// Labor cost (payroll taxes, benefits and owners' labor income included) per dollar of output.
    pub labor_share: f64,
    /// Input of each sector's goods per dollar of output.
    pub inputs: [f64; SECTORS],
    /// Profit before tax per dollar of output.
    pub profit_margin: f64,
    /// Other cost per dollar of output: capital replacement, production taxes, imports.
    pub overhead: f64,
    /// Part of overhead that is local tax.
    pub overhead_local_tax_share: f64,
    /// Part of overhead that is tax to the outer government (excise, customs).
    pub overhead_outer_tax_share: f64,
    /// Part of overhead bought from local builders.
    pub overhead_construction_share: f64,
    /// Working owners per paid job.
    pub owners_per_job: f64,
    /// Share of household spending, housing apart.
    pub consumption_share: f64,
    /// How the share moves with a household's spending, log points per log point.
    pub consumption_tilt: f64,
    /// Part of households' spending in the category bought in town at month 0.
    pub local_consumption_share: f64,
    /// Part of business inputs of this good bought in town at month 0.
    pub local_input_share: f64,
    /// Part of sales that goes outside the town at month 0 (non-tradable sectors).
    pub outside_sales_share: f64,
    /// Whether outside sales are what closes the town's accounts.
    pub tradable: bool,
    /// Part of sales bought by government.
    pub government_share: f64,
    /// Mean number of workers a firm.
    pub mean_firm_size: f64,
    /// Price elasticity of outside orders.
    pub export_elasticity: f64,
    /// Outside demand relative to month 0, from the end of burn-in on.
    pub export_demand: f64,
    /// Sales tax on consumption.
    pub sales_tax_rate: f64,
    /// Share of the sector's jobs in outside-owned chains and branches.
    pub outside_owned_share: f64,
    /// Part of households' spending in the category bought online at month 0.
    pub online_share: f64,
    /// Weight of personal service in customers' choice.
    pub human_taste: f64,
    /// Share of each task category in the work.
    pub task_shares: [f64; TASKS],
    /// Share of each occupation in the sector's jobs.
    pub occupations: [f64; OCCUPATIONS],
}

/// One occupation (SOC major group).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OccupationParameters {
    /// Name as shown to people.
    pub title: String,
    /// SOC code.
    pub soc: String,
    /// Mean wage, dollars a month.
    pub mean_wage: f64,
    /// Dispersion of log wages within the occupation.
    pub wage_dispersion: f64,
    /// Exposure to routine and physical automation (share of tasks).
    pub routine_exposure: f64,
    /// Exposure to cognitive automation (share of tasks).
    pub cognitive_exposure: f64,
    /// Share of each task category in the work.
    pub task_shares: [f64; TASKS],
    /// Skill group by mean wage: low, middle or high.
    pub skill_group: String,
}

/// The public employer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublicParameters {
    /// Name as shown to people.
    pub title: String,
    /// Share of all jobs.
    pub jobs_share: f64,
    /// Public wage relative to what its occupations earn on average.
    pub wage_premium: f64,
    /// Share of each occupation in public jobs.
    pub occupations: [f64; OCCUPATIONS],
}

/// A kind of small business: a preset of owners' traits within a sector.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArchetypeParameters {
    /// Name as shown to people.
    pub title: String,
    /// Sector such a business belongs to.
    pub sector: String,
    /// Share of the sector's local firms that are of this kind, among those no larger than `largest`.
    pub share: f64,
    /// Workers up to which a firm is of this kind.
    pub largest: u32,
    /// Tilt of the owner's values, log points.
    pub values: [f64; VALUES],
    /// How much more strategic than others the owner is.
    pub strategy: f64,
    /// How much more mature processes are.
    pub maturity: f64,
    /// How much more such firms use technology at month 0, log odds.
    pub digital: f64,
}

macro_rules! family {
    ($(#[$doc:meta])* $name:ident of $item:ty, $count:expr, $($field:ident),+) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        #[allow(missing_docs)]
        pub struct $name { $(pub $field: $item),+ }

        impl $name {
            /// The members in the family's order.
            pub fn iter(&self) -> impl Iterator<Item = &$item> {
                self.all().into_iter()
            }

            fn all(&self) -> [&$item; $count] {
                [$(&self.$field),+]
            }
        }

        impl Index<usize> for $name {
            type Output = $item;
            #[inline]
            fn index(&self, index: usize) -> &$item {
                let mut left = index;
                $(
                    if left == 0 {
                        return &self.$field;
                    }
                    left -= 1;
                )+
                unreachable!("index {index} is beyond the family by {left}")
            }
        }

        impl IndexMut<usize> for $name {
            fn index_mut(&mut self, index: usize) -> &mut $item {
                let mut left = index;
                $(
                    if left == 0 {
                        return &mut self.$field;
                    }
                    left -= 1;
                )+
                unreachable!("index {index} is beyond the family by {left}")
            }
        }
    };
}

family!(
    /// The market sectors, indexed in the order of [`crate::units::SECTOR_IDS`].
    Sectors of SectorParameters, SECTORS,
    farming, construction, manufacturing, logistics, retail, hospitality, information_finance, real_estate, professional, education_health, personal
);

family!(
    /// The occupations, indexed in the order of [`crate::units::OCCUPATION_IDS`].
    Occupations of OccupationParameters, OCCUPATIONS,
    management, business_financial, computer_mathematical, architecture_engineering, science, community_social, legal, education_library, arts_media, healthcare_practitioners, healthcare_support, protective, food_service, building_grounds, personal_care, sales, office_support, farming_fishing, construction_extraction, installation_repair, production, transportation
);

family!(
    /// The kinds of small business, indexed in the order of [`crate::units::ARCHETYPE_IDS`].
    Archetypes of ArchetypeParameters, ARCHETYPES,
    bakery, hardware_store, bookstore, grocer, butcher, online_store, restaurant, coffee_shop, brewery, maker, hair_salon, gym, agency, accountant
);
