//! What technology does to a firm, as of this month.

use serde::{Deserialize, Serialize};

/// What a firm's technology does to it now, relative to month 0. Neutral without technology.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Effects {
    /// Appeal to customers, log points.
    pub appeal: f64,
    /// Convenience for customers who care for it, utility.
    pub convenience: f64,
    /// Loyalty of present customers, utility.
    pub retention: f64,
    /// Sales outside the town it reaches, share of normal output.
    pub reach: f64,
    /// Revenue from data, share of sales.
    pub data_revenue: f64,
    /// Part of the lag of the firm's forecast of demand that is gone.
    pub forecasting: f64,
    /// Growth of the wanted local share of inputs.
    pub local_sourcing: f64,
    /// Whether prices are reviewed every month.
    pub reviews_prices: bool,
    /// Whether software screens applicants.
    pub screens_applicants: bool,
    /// Output a novice in a fully exposed occupation gains.
    pub novice_aid: f64,
    /// Share of errors removed.
    pub error_reduction: f64,
    /// Entry points for attackers, holdings of month 0 included.
    pub security_exposure: f64,
    /// Contact customers should have with people (1 = month 0).
    pub contact: f64,
    /// Quits relative to normal.
    pub quits: f64,
    /// Part of the labor saving in tasks that replace, not assist, people.
    pub replaced: f64,
    /// Share of tasks done by technology, holdings of month 0 included.
    pub automated_share: f64,
    /// Share of tasks that the technologies the firm has a use for could do at full integration.
    pub automatable_share: f64,
    /// Subscriptions and upkeep since month 0, dollars a month.
    pub running_cost: f64,
    /// Of these, paid to vendors in town.
    pub running_local: f64,
    /// Savings on other costs than labor, share of overhead.
    pub overhead_relief: f64,
    /// Rent of technology that makes nothing cheaper, dollars a unit of output.
    pub rent: f64,
    /// Work technology took over since month 0, share of the labor needed at month 0.
    pub displaced: f64,
    /// New tasks it created, as such a share.
    pub created: f64,
    /// Freed hours that assisted staff keep, as such a share.
    pub kept: f64,
    /// Labor saved on a unit of output: `displaced − created − kept`.
    pub labor_saved: f64,
}

impl Effects {
    /// The effects of no technology.
    pub const NONE: Effects = Effects {
        appeal: 0.0,
        convenience: 0.0,
        retention: 0.0,
        reach: 0.0,
        data_revenue: 0.0,
        forecasting: 0.0,
        local_sourcing: 0.0,
        reviews_prices: false,
        screens_applicants: false,
        novice_aid: 0.0,
        error_reduction: 0.0,
        security_exposure: 0.0,
        contact: 1.0,
        quits: 1.0,
        replaced: 0.0,
        automated_share: 0.0,
        automatable_share: 0.0,
        running_cost: 0.0,
        running_local: 0.0,
        overhead_relief: 0.0,
        rent: 0.0,
        displaced: 0.0,
        created: 0.0,
        kept: 0.0,
        labor_saved: 0.0,
    };
}
