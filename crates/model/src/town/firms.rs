//! Firms as a struct of arrays. Rows are places: a closed firm's place is taken again after a pause, under a
//! new identity ([`Firms::uid`]), and draws are named by identity.

use serde::{Deserialize, Serialize};

use crate::units::{Money, SECTORS, TASKS};

/// A row of [`Firms`].
pub type FirmId = u32;

/// Named suppliers a firm can have.
pub const SUPPLIER_SLOTS: usize = 8;
/// An unused entry of a firm's named suppliers.
pub const NO_SUPPLIER: u32 = u32::MAX;
/// Months a closed firm's place stays empty, so that every customer notices.
pub const EMPTY_MONTHS: u32 = 2;

/// Firms. All vectors have one entry a row; money is in cents, real quantities in dollars a month at month-0
/// prices, prices are indices with 1.0 at month 0.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Firms {
    /// Identity for draws: unique over the whole run and the same in paired runs.
    pub uid: Vec<u64>,
    /// Whether the firm is in business.
    pub open: Vec<bool>,
    /// Sector (index of [`crate::units::SECTOR_IDS`]).
    pub sector: Vec<u8>,
    /// Owner's household, or [`super::people::OUTSIDE_OWNER`].
    pub owner: Vec<u32>,
    /// The owner's row in workers, or [`super::people::NO_EMPLOYER`].
    pub owner_worker: Vec<u32>,
    /// Months since opening (for first firms, a drawn age).
    pub age: Vec<u32>,
    /// Month in which the place was left, for closed rows.
    pub closed_month: Vec<u32>,
    /// Staff, the owner apart.
    pub staff: Vec<u32>,
    /// Labor units: Σ ability · fit · occupation wage / mean wage, the owner's unit included.
    pub labor_units: Vec<f64>,
    /// Monthly wage bill of the staff (owner apart).
    pub wage_bill: Vec<Money>,
    /// Labor units of the working owner; 0 without one.
    pub owner_units: Vec<f64>,
    /// Monthly draw the working owner aims at, dollars.
    pub owner_draw: Vec<f64>,
    /// Output per labor unit at full use, Z.
    pub productivity: Vec<f64>,
    /// Capacity this month, Y.
    pub capacity: Vec<f64>,
    /// Demand seen last month: orders and purchases wanted, and part of the backlog.
    pub demand: Vec<f64>,
    /// Output sold last month.
    pub output: Vec<f64>,
    /// Expected demand, d^e.
    pub expected_demand: Vec<f64>,
    /// Visibility to customers, V (smoothed normal output).
    pub visibility: Vec<f64>,
    /// Niche, b: the part of its attraction that does not come from size.
    pub niche: Vec<f64>,
    /// Attraction w = b^(1-η) V^η this month.
    pub attraction: Vec<f64>,
    /// Quality, log appeal to customers (mean 0).
    pub quality: Vec<f64>,
    /// Order noise, z (log).
    pub order_noise: Vec<f64>,
    /// Price index.
    pub price: Vec<f64>,
    /// Natural logarithm of the price.
    pub log_price: Vec<f64>,
    /// Markup over normal unit cost.
    pub markup: Vec<f64>,
    /// Normal unit cost at the last price review.
    pub unit_cost: Vec<f64>,
    /// Pay relative to the town's wage for the occupation.
    pub pay_premium: Vec<f64>,
    /// Money in the bank; may be negative down to the overdraft line.
    pub cash: Vec<Money>,
    /// Debt to the bank.
    pub loan: Vec<Money>,
    /// Monthly cost at normal output, smoothed, dollars.
    pub monthly_cost: Vec<f64>,
    /// Smoothed profit after interest, dollars a month.
    pub profit: Vec<f64>,
    /// Smoothed profit margin.
    pub margin: Vec<f64>,
    /// Sales smoothed over about 12 months, dollars a month.
    pub smoothed_sales: Vec<f64>,
    /// Share of the sector's outside orders.
    pub export_share: Vec<f64>,
    /// Share of the sector's local business and government orders.
    pub business_share: Vec<f64>,
    /// Unmet export orders carried over (real).
    pub export_backlog: Vec<f64>,
    /// Unmet government orders carried over (real).
    pub government_backlog: Vec<f64>,
    /// Part of inputs of each sector's goods bought in town.
    pub local_input_share: Vec<[f32; SECTORS]>,
    /// Named local suppliers (firm rows; [`NO_SUPPLIER`] where empty).
    pub suppliers: Vec<[u32; SUPPLIER_SLOTS]>,
    /// Openings ever numbered, for naming posts.
    pub openings: Vec<u32>,
    /// Share of demand served last month.
    pub served: Vec<f64>,
    /// Share of each task category done by technology, a.
    pub automated: Vec<[f32; TASKS]>,
    /// New tasks created by technology, ν.
    pub new_tasks: Vec<[f32; TASKS]>,
    /// Weight of occupations' cognitive exposure, against their routine exposure, in whose work technology does.
    pub cognitive_share: Vec<f32>,
    /// Strength of the personal tie to customers, I (1 = norm).
    pub intimacy: Vec<f64>,
    /// Workers the firm had at month 0 or at opening, for growth measures.
    pub size_year_ago: Vec<u32>,
}

impl Firms {
    /// Number of rows, closed ones included.
    pub fn len(&self) -> usize {
        self.uid.len()
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.uid.is_empty()
    }

    /// Rows of firms in business, in order.
    pub fn open_rows(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.len()).filter(|&firm| self.open[firm])
    }

    /// Whether the firm is owned by a household of the town.
    #[inline]
    pub fn is_local(&self, firm: usize) -> bool {
        self.owner[firm] != super::people::OUTSIDE_OWNER
    }

    /// Workers, the working owner included.
    #[inline]
    pub fn workers(&self, firm: usize) -> u32 {
        self.staff[firm] + u32::from(self.owner_worker[firm] != super::people::NO_EMPLOYER)
    }

    /// Adds an empty, closed row and returns it. All columns grow together.
    pub fn push_row(&mut self) -> FirmId {
        self.uid.push(0);
        self.open.push(false);
        self.sector.push(0);
        self.owner.push(super::people::OUTSIDE_OWNER);
        self.owner_worker.push(super::people::NO_EMPLOYER);
        self.age.push(0);
        self.closed_month.push(0);
        self.staff.push(0);
        self.labor_units.push(0.0);
        self.wage_bill.push(Money::ZERO);
        self.owner_units.push(0.0);
        self.owner_draw.push(0.0);
        self.productivity.push(1.0);
        self.capacity.push(0.0);
        self.demand.push(0.0);
        self.output.push(0.0);
        self.expected_demand.push(0.0);
        self.visibility.push(0.0);
        self.niche.push(0.0);
        self.attraction.push(0.0);
        self.quality.push(0.0);
        self.order_noise.push(0.0);
        self.price.push(1.0);
        self.log_price.push(0.0);
        self.markup.push(0.0);
        self.unit_cost.push(1.0);
        self.pay_premium.push(1.0);
        self.cash.push(Money::ZERO);
        self.loan.push(Money::ZERO);
        self.monthly_cost.push(0.0);
        self.profit.push(0.0);
        self.margin.push(0.0);
        self.smoothed_sales.push(0.0);
        self.export_share.push(0.0);
        self.business_share.push(0.0);
        self.export_backlog.push(0.0);
        self.government_backlog.push(0.0);
        self.local_input_share.push([0.0; SECTORS]);
        self.suppliers.push([NO_SUPPLIER; SUPPLIER_SLOTS]);
        self.openings.push(0);
        self.served.push(1.0);
        self.automated.push([0.0; TASKS]);
        self.new_tasks.push([0.0; TASKS]);
        self.cognitive_share.push(0.0);
        self.intimacy.push(1.0);
        self.size_year_ago.push(0);
        (self.uid.len() - 1) as FirmId
    }
}
