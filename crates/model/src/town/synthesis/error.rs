//! Why a town cannot be built, said to the person who asked for it.

/// A town that cannot be built from its parameters.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SynthesisError {
    /// A sector's local, business and government buyers want more than it can make: its outside sales would
    /// have to be negative.
    #[error(
        "the town's accounts cannot close: buyers in town want {} a month more from sector `{sector}` than its workers \
         can make, so its outside sales would be negative; raise `sectors.{sector}.jobs_share` (lower another one), or \
         lower its `local_consumption_share`, `local_input_share`, `government_share` or, where set, \
         `outside_sales_share`",
        dollars(*.gap)
    )]
    NegativeExports {
        /// Identifier of the sector.
        sector: &'static str,
        /// Missing output, dollars a month.
        gap: f64,
    },
    /// All sectors are sized by local demand, so nothing uses the jobs that are left.
    #[error(
        "no sector with a `jobs_share` above 0 has `tradable = true`, so the town's outside sales cannot close its \
         accounts; make at least one sector tradable"
    )]
    NoTradableSector,
    /// Labor, inputs, overhead and profit do not use up a dollar of sales.
    #[error(
        "the costs of sector `{sector}` do not add up: `labor_share`, the sum of `inputs`, `profit_margin` and \
         `overhead` make {sum:.4} of a dollar of sales instead of 1, which leaves {} a month for each job unexplained; \
         change one of these keys of `sectors.{sector}`",
        dollars(*.gap)
    )]
    CostShares {
        /// Identifier of the sector.
        sector: &'static str,
        /// What they sum to.
        sum: f64,
        /// The difference to the sector's sales, dollars a month for each job.
        gap: f64,
    },
    /// The iteration that closes the accounts does not settle.
    #[error(
        "the town's accounts do not settle: demand for sector `{sector}` feeds back on itself and still moves by {} a \
         month; lower `local_consumption_share`, `local_input_share` or, where set, `outside_sales_share`, or raise \
         `jobs_share` of a tradable sector",
        dollars(*.gap)
    )]
    Unsettled {
        /// Identifier of the sector that moved most.
        sector: &'static str,
        /// Its last move, dollars a month.
        gap: f64,
    },
    /// Households would spend more than the accounts say even without any income from property.
    #[error(
        "the town's accounts cannot close: even without income from property, households spend {} a month more than the \
         accounts allow; raise `households.property_income`, or lower `households.pension` or \
         `households.other_transfers`",
        dollars(*.gap)
    )]
    Incomes {
        /// Spending in excess, dollars a month.
        gap: f64,
    },
    /// The shares that describe the population contradict each other.
    #[error("the population does not add up: {problem}")]
    Population {
        /// What is wrong.
        problem: &'static str,
    },
}

/// Whole dollars with thousands separators.
fn dollars(amount: f64) -> String {
    let text = crate::units::Money::from_dollars(amount.round()).to_string();
    text.trim_end_matches(".00").to_string()
}
