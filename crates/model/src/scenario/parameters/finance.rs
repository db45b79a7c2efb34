//! How governments pay for what they do, and what follows prices.

use serde::{Deserialize, Serialize};

/// What pays for a government's spending.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Financing {
    /// What the scenario says for the government that pays.
    Scenario,
    /// A higher rate of property tax, on homes and on businesses of the town.
    PropertyTax,
    /// A higher rate of sales tax on what is taxed in town and online.
    SalesTax,
    /// Fewer purchases and public jobs.
    Purchases,
    /// Debt with interest, up to the limit.
    Debt,
    /// Money from elsewhere: nobody in town pays.
    Grant,
    /// A tax of the whole nation, which residents pay like everybody else.
    NationalTax,
}

impl Financing {
    /// Whether the local government can pay so.
    pub fn is_local(self) -> bool {
        use Financing::{Debt, PropertyTax, Purchases, SalesTax};
        matches!(self, PropertyTax | SalesTax | Purchases | Debt)
    }

    /// Whether the outer government can.
    pub fn is_outer(self) -> bool {
        matches!(self, Financing::Grant | Financing::NationalTax)
    }
}

/// How the governments balance their budgets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublicFinanceParameters {
    /// What the local government does about a gap in its budget.
    pub local_rule: Financing,
    /// Who pays for programs of the outer government in town.
    pub outer_rule: Financing,
    /// Part of what was raised too little or too much so far that is recovered or given back each month. Unit: share per month.
    pub recovery: f64,
    /// Weight of the last month in the cost that a tax is set for. Unit: share per month.
    pub cost_smoothing: f64,
    /// Largest rise of the rate of property tax, relative to that of month 0. Unit: ratio.
    pub property_tax_limit: f64,
    /// Largest rise of the rate of sales tax. Unit: share of the price.
    pub sales_tax_limit: f64,
    /// Debt from which the local government borrows no more, in years of its revenue. Unit: years of revenue.
    pub debt_limit: f64,
    /// Interest on the local government's debt. Unit: per year.
    pub debt_rate: f64,
}
