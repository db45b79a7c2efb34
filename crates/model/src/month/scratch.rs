//! Working memory of a month: kept between months so that the loop does not allocate, never saved.

use std::sync::atomic::{AtomicI64, Ordering};

use super::alias::AliasTable;
use super::labor::matching::Matching;
use super::roster::Roster;
use crate::scenario::Parameters;
use crate::town::{Posts, Town};
use crate::units::{Money, SECTORS};

/// A column of money that many threads add to; whole cents, so the order cannot matter.
#[derive(Debug, Default)]
pub struct Cents(Vec<AtomicI64>);

impl Cents {
    /// Empties the column and makes it `len` long.
    pub fn reset(&mut self, len: usize) {
        self.0.resize_with(len, AtomicI64::default);
        for entry in &mut self.0 {
            *entry.get_mut() = 0;
        }
    }

    /// Adds cents to a row.
    #[inline]
    pub fn add(&self, row: usize, cents: i64) {
        self.0[row].fetch_add(cents, Ordering::Relaxed);
    }

    /// Cents in a row.
    #[inline]
    pub fn get(&self, row: usize) -> i64 {
        self.0[row].load(Ordering::Relaxed)
    }
}

/// Working memory of a month. Make one a thread of runs with [`Scratch::default`].
#[derive(Debug, Default)]
pub struct Scratch {
    /// Staff by employer.
    pub(super) roster: Roster,
    /// Last month's posts, while this month's are written.
    pub(super) old_posts: Posts,
    /// Posts a firm wants to have open.
    pub(super) wanted_posts: Vec<f64>,
    /// Persons a firm lays off.
    pub(super) layoffs: Vec<u32>,
    /// Households' purchases planned at each firm, sales tax included.
    pub(super) consumer_orders: Cents,
    /// Households' purchases delivered by each firm.
    pub(super) consumer_sales: Cents,
    /// Orders of other firms at each firm as a named supplier.
    pub(super) named_orders: Cents,
    /// Orders spread over each sector's firms: inputs, overhead, housing.
    pub(super) pool: [Pool; SECTORS],
    /// Orders from the pool at each firm.
    pub(super) pool_orders: Vec<Money>,
    /// Orders from outside at each firm.
    pub(super) export_orders: Vec<Money>,
    /// Housing investment at each firm.
    pub(super) investment_orders: Vec<Money>,
    /// Government orders at each firm.
    pub(super) government_orders: Vec<Money>,
    /// Inputs each firm orders, at home and outside.
    pub(super) input_bill: Vec<Money>,
    /// Overhead each firm owes, by payee.
    pub(super) overhead: Vec<Overhead>,
    /// Share of demand each firm serves.
    pub(super) served: Vec<f64>,
    /// Technology each firm pays for this month: projects, subscriptions, training, rent.
    pub(super) technology_bill: Vec<Money>,
    /// Losses of each firm to incidents this month.
    pub(super) incident_bill: Vec<Money>,
    /// Posts of each firm open for two months or more.
    pub(super) standing_posts: Vec<u32>,
    /// Staff of each firm who quit this month.
    pub(super) quits: Cents,
    /// Customers of each firm who compared it with others this month.
    pub(super) compared: Cents,
    /// Of these, those who stayed.
    pub(super) stayed: Cents,
    /// Labor cost of each firm this month, taxes and benefits included.
    pub(super) labor_bill: Vec<Money>,
    /// Natural logarithm of each firm's intimacy.
    pub(super) log_intimacy: Vec<f64>,
    /// Firms of each sector by attraction.
    pub(super) attraction: Vec<AliasTable>,
    /// Working memory of job matching.
    pub(super) matching: Matching,
    /// What the rules read this month, where policies and shocks change it.
    pub(super) parameters_in_force: Option<Box<Parameters>>,
    /// Applicants of a program: number in its lottery, and row.
    pub(super) applicants: Vec<(u64, u32)>,
    /// Part of the bias of each firm's hiring software that an audit removes.
    pub(super) audited: Vec<f64>,
    /// Staff of each firm under notice.
    pub(super) noticed: Vec<u32>,
    /// What programs and duties do for each firm this month.
    pub(super) support: Vec<Support>,
    /// Levies and fees each firm owes this month.
    pub(super) charges_bill: Vec<Money>,
    /// Households that move away.
    pub(super) leaving: Vec<bool>,
    /// Rows of firms that can be taken by a start-up.
    pub(super) free_rows: Vec<u32>,
}

/// What programs and duties of the timeline do for a firm this month.
#[derive(Clone, Copy, Debug, Default)]
pub struct Support {
    /// Added chance to hear of a technology it could use.
    pub hearing: f64,
    /// Added weight of the sector's results in its beliefs.
    pub exchange: f64,
    /// Part of its other offers seen as a loss of position if refused.
    pub framing: f64,
    /// Convenience to customers.
    pub convenience: f64,
    /// The marketplace it sells on, by the entry's place.
    pub marketplace: Option<u32>,
    /// Part of breaches prevented.
    pub breaches_prevented: f64,
    /// Part of revenue from data lost.
    pub data_revenue_lost: f64,
}

/// Orders spread over a sector's firms.
#[derive(Debug, Default)]
pub struct Pool {
    /// Inputs ordered by firms.
    pub inputs: AtomicI64,
    /// Maintenance ordered by firms.
    pub overhead: AtomicI64,
    /// Housing upkeep and services.
    pub housing: AtomicI64,
    /// Technology from vendors in town.
    pub technology: AtomicI64,
    /// Inputs ordered outside, which are not orders to the sector's firms.
    pub outside: AtomicI64,
    /// Of these, goods that shops sell.
    pub outside_goods: AtomicI64,
    /// Services for public programs.
    pub programs: i64,
    /// Orders actually served, filled in at settlement.
    pub served: i64,
}

impl Pool {
    /// All orders.
    pub fn total(&self) -> i64 {
        self.inputs.load(Ordering::Relaxed)
            + self.overhead.load(Ordering::Relaxed)
            + self.housing.load(Ordering::Relaxed)
            + self.technology.load(Ordering::Relaxed)
            + self.programs
    }

    fn reset(&mut self) {
        *self = Pool::default();
    }
}

/// A firm's overhead of the month, by payee.
#[derive(Clone, Copy, Debug, Default)]
pub struct Overhead {
    /// To the local government.
    pub local_tax: Money,
    /// To the outer government.
    pub outer_tax: Money,
    /// To local builders.
    pub construction: Money,
    /// To the outside.
    pub outside: Money,
}

impl Scratch {
    /// Empties the month's columns and fits them to the town.
    pub(super) fn fit_to(&mut self, town: &Town) {
        let firms = town.firms.len();
        self.wanted_posts.clear();
        self.wanted_posts.resize(firms + 2, 0.0);
        self.layoffs.clear();
        self.layoffs.resize(firms + 2, 0);
        self.consumer_orders.reset(firms);
        self.consumer_sales.reset(firms);
        self.named_orders.reset(firms);
        for column in [&mut self.quits, &mut self.compared, &mut self.stayed] {
            column.reset(firms);
        }
        self.standing_posts.clear();
        self.standing_posts.resize(firms, 0);
        for pool in &mut self.pool {
            pool.reset();
        }
        for column in [
            &mut self.pool_orders,
            &mut self.export_orders,
            &mut self.investment_orders,
            &mut self.government_orders,
            &mut self.input_bill,
            &mut self.labor_bill,
            &mut self.technology_bill,
            &mut self.incident_bill,
            &mut self.charges_bill,
        ] {
            column.clear();
            column.resize(firms, Money::ZERO);
        }
        self.overhead.clear();
        self.overhead.resize(firms, Overhead::default());
        self.audited.clear();
        self.audited.resize(firms, 0.0);
        self.support.clear();
        self.support.resize(firms, Support::default());
        self.noticed.clear();
        self.noticed.resize(firms, 0);
        self.served.clear();
        self.served.resize(firms, 1.0);
        self.log_intimacy.clear();
        self.log_intimacy
            .extend(town.firms.intimacy.iter().map(|&i| libm::log(i)));
        self.attraction.resize_with(SECTORS, AliasTable::default);
    }
}
