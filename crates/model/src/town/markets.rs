//! What markets remember between months: open posts, occupation wages, orders, price indices.

use serde::{Deserialize, Serialize};

use super::SkillProfile;

/// Open posts, grouped by firm in the order of firm rows.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Posts {
    /// Firm row.
    pub firm: Vec<u32>,
    /// Name of the post for draws: the firm's identity and the opening's number.
    pub key: Vec<u64>,
    /// Wanted occupation.
    pub occupation: Vec<u8>,
    /// Months the post has been open.
    pub months: Vec<u16>,
}

impl Posts {
    /// Number of open posts.
    pub fn len(&self) -> usize {
        self.firm.len()
    }

    /// Withdraws all posts.
    pub fn clear(&mut self) {
        self.firm.clear();
        self.key.clear();
        self.occupation.clear();
        self.months.clear();
    }

    /// Whether no post is open.
    pub fn is_empty(&self) -> bool {
        self.firm.is_empty()
    }
}

/// The labor market's memory, by occupation.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Labor {
    /// The town's wage for each occupation at ability and fit 1, dollars a month.
    pub wage: Vec<f64>,
    /// Wage of each occupation at month 0.
    pub initial_wage: Vec<f64>,
    /// Wage outside the town, dollars a month.
    pub outside_wage: Vec<f64>,
    /// What experience and tenure are worth.
    pub profile: SkillProfile,
    /// Unemployment rate of each occupation, smoothed and shrunk toward the town's.
    pub unemployment: Vec<f64>,
    /// Unemployment rate of the town, smoothed.
    pub smoothed_unemployment: f64,
    /// Share of each occupation in the staff that firms and government want.
    pub wanted_mix: Vec<f64>,
    /// Staff the public employer wants.
    pub public_jobs: f64,
    /// Openings of the public employer ever numbered, for naming posts.
    pub public_openings: u32,
    /// Residents whom employers outside the town want.
    pub outside_jobs: f64,
    /// Occupations of residents who work outside, shares.
    pub outside_mix: [f64; crate::units::OCCUPATIONS],
    /// Openings of employers outside ever numbered, for naming posts.
    pub outside_openings: u32,
    /// Smoothed open posts of each occupation after matching.
    pub open_posts: Vec<f64>,
    /// Smoothed seekers of each occupation.
    pub seekers: Vec<f64>,
    /// Smoothed number of seekers of each occupation who find work in a month.
    pub found: Vec<f64>,
    /// Vacancies per seeker in the town that pay refers to.
    pub usual_tightness: f64,
    /// Euclidean distance in task shares that counts as 1 (the mean over pairs of occupations).
    pub distance_scale: f64,
    /// Distance between occupations in task space, row-major, scaled to mean 1 off the diagonal.
    pub distance: Vec<f32>,
}

impl Labor {
    /// Smoothed vacancies per seeker in all occupations.
    pub fn town_tightness(&self) -> f64 {
        let sum = |values: &[f64]| values.iter().fold(0.0, |a, b| a + b);
        sum(&self.open_posts) / sum(&self.seekers).max(1.0)
    }

    /// Smoothed vacancies per seeker of an occupation, with `shrinkage` pseudo-seekers at the town's tightness.
    pub fn tightness(&self, occupation: usize, shrinkage: f64, town: f64) -> f64 {
        (self.open_posts[occupation] + shrinkage * town)
            / (self.seekers[occupation] + shrinkage).max(1.0)
    }
}

/// Orders for manufactures won back from offshore makers.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contract {
    /// Row of the maker.
    pub firm: u32,
    /// Identity of the maker: the contract ends if another firm has taken the row.
    pub uid: u64,
    /// Real dollars a month.
    pub orders: f64,
    /// Months left.
    pub months_left: u32,
    /// Months for which an incentive is still paid.
    pub paid_months: u32,
    /// The entry that pays it, by its place in the timeline.
    pub paid_by: Option<u32>,
}

/// Log prices relative to rivals, smoothed over the years in which orders come to answer them in full.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SlowPrices {
    /// Makers in town against makers elsewhere in the country.
    pub elsewhere: f64,
    /// Makers in town against offshore makers.
    pub offshore: f64,
    /// Each sector against its rivals elsewhere.
    pub sector: [f64; crate::units::SECTORS],
}

/// The goods markets' and governments' memory, by sector unless said otherwise.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Markets {
    /// Aggregate shock to outside demand, log.
    pub aggregate_shock: f64,
    /// Outside price level (1 at month 0).
    pub outside_price: f64,
    /// Price of each sector's firms in other towns relative to that level: what duties on imports make dearer.
    pub elsewhere_premium: [f64; crate::units::SECTORS],
    /// What sales tax above that of month 0 makes of prices in town and online, by sector of the good.
    pub sales_tax_factor: [f64; crate::units::SECTORS],
    /// What the money of buyers elsewhere buys, relative to month 0: technology makes it go further.
    pub outside_purchasing_power: f64,
    /// Price of imports that shops count in theirs so far, beyond that of month 0, relative to it.
    pub shelf_import: f64,
    /// Smoothed log price of makers in town relative to those elsewhere and offshore, and of each sector to its rivals.
    pub slow_price: SlowPrices,
    /// Landed price of offshore makers (1 at month 0).
    pub offshore_price: f64,
    /// The online giant's price (1 at month 0).
    pub online_price: f64,
    /// Rise in the convenience of buying online since month 0, utility.
    pub online_convenience: f64,
    /// Sales-weighted price of local firms.
    pub price: Vec<f64>,
    /// Orders from outside, real dollars a month.
    pub exports: Vec<f64>,
    /// Utility of the outside option in each consumption category.
    pub outside_utility: Vec<f64>,
    /// Utility of the online giant in each consumption category (−∞ where it sells nothing).
    pub online_utility: Vec<f64>,
    /// Share of household spending in each consumption category at mean spending, housing apart from it.
    pub category_share: Vec<f64>,
    /// Sector of each consumption category.
    pub category_sector: Vec<u8>,
    /// Dwellings in town.
    pub dwellings: f64,
    /// Price of homes (1 at month 0).
    pub house_price: f64,
    /// Rents (1 at month 0).
    pub rent: f64,
    /// Unemployment rate of each occupation as people remember it, smoothed over about a year.
    pub outlook: Vec<f64>,
    /// Wage of each occupation as people remember it, dollars a month.
    pub outlook_pay: Vec<f64>,
    /// People who left the labor force for good beyond those of the burn-in, share of working age.
    pub lost_to_work: f64,
    /// Mean monthly property income of households that left, smoothed over some hundred of them, dollars.
    pub leavers_property: f64,
    /// Mean profit margin of each sector's firms, smoothed.
    pub margin: Vec<f64>,
    /// Share of contestable orders won against offshore makers at the end of burn-in, relative to month 0.
    pub reshoring_base: f64,
    /// Orders won back from offshore makers, in running contracts.
    pub contracts: Vec<Contract>,
}
