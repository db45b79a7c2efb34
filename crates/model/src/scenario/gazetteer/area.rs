//! One place and its figures.

use crate::units::SECTORS;

/// Lower bounds of the survey's income brackets, dollars of 2023 a year.
pub const BRACKETS: [f64; 10] = [0.0, 10e3, 15e3, 25e3, 35e3, 50e3, 75e3, 100e3, 150e3, 200e3];

/// What kind of place it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AreaKind {
    /// A county, or what stands for one (parish, borough, independent city, planning region).
    County,
    /// A metropolitan or micropolitan area.
    Metro,
    /// A commuting zone of 1990.
    Zone,
    /// Places added by hand.
    Sum,
    /// A row of a table of one's own.
    Own,
}

/// Figures of a place. What the table does not say is NaN.
#[derive(Clone, Debug, PartialEq)]
pub struct Figures {
    /// Residents, July 2023.
    pub population: f64,
    /// Households.
    pub households: f64,
    /// Residents who work or look for work.
    pub labor_force: f64,
    /// Residents of 16 to 64 years, share of all.
    pub working_age: f64,
    /// Residents of 65 and older, share of all.
    pub older: f64,
    /// Residents in group quarters (barracks, dormitories, prisons), share of all.
    pub group_quarters: f64,
    /// Residents below 150% of the poverty line, share of all.
    pub poverty150: f64,
    /// Unemployed over the labor force.
    pub unemployment: f64,
    /// Median money income of households, dollars of 2023 a year.
    pub median_income: f64,
    /// Mean money income of households, dollars of 2023 a year.
    pub mean_income: f64,
    /// Households by income bracket, percent.
    pub brackets: [f64; BRACKETS.len()],
    /// Net migration a year over population.
    pub net_migration: f64,
    /// Covered jobs here over employed residents, 2016.
    pub jobs_per_employed: f64,
    /// Covered jobs at the workplace, 2016.
    pub jobs: f64,
    /// Shares of all jobs by market sector, and of the public employer last.
    pub shares: [f64; SECTORS + 1],
    /// Pay relative to the nation's in the sector, in the same order.
    pub pay: [f64; SECTORS + 1],
    /// All wages over what the same jobs earn in the nation.
    pub pay_level: f64,
    /// Mean workers a firm by market sector.
    pub sizes: [f64; SECTORS],
    /// How much of each sector's jobs was filled in (0 under 2%, 1 under half, 2 more), and of the totals last.
    pub filled: [u8; SECTORS + 1],
    /// Part of all jobs in filled cells.
    pub filled_share: f64,
}

/// Source and year of figures, by subject.
#[derive(Clone, Debug, PartialEq)]
pub struct Sources {
    /// Jobs, pay and firm sizes.
    pub jobs: String,
    /// Residents, ages and households.
    pub people: String,
    /// Labor force and unemployment.
    pub work: String,
    /// Household incomes.
    pub incomes: String,
}

impl Default for Sources {
    /// Those of the table of US counties.
    fn default() -> Sources {
        Sources {
            jobs: "QCEW 2016".to_owned(),
            people: "Census, ACS 2018-22 and PEP 2023".to_owned(),
            work: "LAUS 2022".to_owned(),
            incomes: "ACS 2019-23".to_owned(),
        }
    }
}

impl Sources {
    /// One source for everything.
    pub fn all(&mut self, source: &str) {
        for text in [
            &mut self.jobs,
            &mut self.people,
            &mut self.work,
            &mut self.incomes,
        ] {
            *text = source.to_owned();
        }
    }
}

/// A place.
#[derive(Clone, Debug, PartialEq)]
pub struct Area {
    /// The code it is asked for by: FIPS code of a county, OMB code of a metro, `cz` and number of a zone, codes with +.
    pub key: String,
    /// Its name, such as "Macon County, IL".
    pub name: String,
    /// What kind of place it is.
    pub kind: AreaKind,
    /// FIPS codes of its counties.
    pub counties: Vec<String>,
    /// Code of the metro it lies in; empty if in none.
    pub metro: String,
    /// Name of that metro.
    pub metro_name: String,
    /// Number of its commuting zone.
    pub zone: String,
    /// Its figures.
    pub figures: Figures,
    /// Where its figures are from.
    pub sources: Sources,
    /// Letters of remarks on its row: C Connecticut, A Alaska, L labor force of 2019, X participation, P totals, S small.
    pub notes: String,
}

impl Figures {
    /// Labor force over residents of working age.
    pub fn participation(&self) -> f64 {
        self.labor_force / (self.population * self.working_age)
    }

    /// Persons in a household, group quarters left out.
    pub fn household_size(&self) -> f64 {
        self.population * (1.0 - self.group_quarters) / self.households
    }

    /// Residents at work.
    pub fn employed(&self) -> f64 {
        self.labor_force * (1.0 - self.unemployment)
    }

    /// Median income from the brackets, by straight lines within each.
    pub fn median_of_brackets(&self) -> f64 {
        let total: f64 = self.brackets.iter().sum();
        let mut below = 0.0;
        for (bracket, &share) in self.brackets.iter().enumerate() {
            if below + share >= 0.5 * total && share > 0.0 {
                let low = BRACKETS[bracket];
                let high = BRACKETS.get(bracket + 1).copied().unwrap_or(low * 1.25);
                return low + (high - low) * (0.5 * total - below) / share;
            }
            below += share;
        }
        f64::NAN
    }
}
