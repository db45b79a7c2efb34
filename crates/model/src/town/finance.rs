//! What governments keep in mind of their budgets: costs of programs by what pays for them, and the rates that follow.

use serde::{Deserialize, Serialize};

use crate::scenario::parameters::{Financing, TaxRates};
use crate::units::Money;

/// Ways in which the local government can pay.
pub const INSTRUMENTS: usize = 4;

/// Place of the property tax among the local government's instruments.
pub const PROPERTY_TAX: usize = 0;
/// Place of the sales tax.
pub const SALES_TAX: usize = 1;
/// Place of cuts of purchases and public jobs.
pub const PURCHASES: usize = 2;
/// Place of debt.
pub const DEBT: usize = 3;

/// Place of a way to pay among the local government's instruments; the outer government's have none.
pub fn instrument(financing: Financing) -> Option<usize> {
    match financing {
        Financing::PropertyTax => Some(PROPERTY_TAX),
        Financing::SalesTax => Some(SALES_TAX),
        Financing::Purchases => Some(PURCHASES),
        Financing::Debt => Some(DEBT),
        Financing::Scenario | Financing::Grant | Financing::NationalTax => None,
    }
}

/// What one way to pay has to raise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Charge {
    /// Cost of programs less what they collect, smoothed, dollars a month.
    pub cost: f64,
    /// Their cost so far less what was raised for it so far, dollars.
    pub owed: f64,
}

impl Charge {
    /// Books a month's cost and what was raised for it; returns what to raise a month from now on.
    pub fn settle(&mut self, cost: f64, raised: f64, smoothing: f64, recovery: f64) -> f64 {
        self.owed += cost - raised;
        self.cost += smoothing * (cost - self.cost);
        self.cost + recovery * self.owed
    }
}

/// What the taxes of a month were levied on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bases {
    /// Property tax of homes at the rate of month 0.
    pub homes: Money,
    /// Local taxes of firms at the rate of month 0, before relief.
    pub firms: Money,
    /// Taxed purchases in town and online, tax deducted.
    pub taxed_sales: Money,
    /// Households' taxable income.
    pub taxable_income: Money,
}

/// Both governments' finances.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PublicFinance {
    /// What each instrument of the local government has to pay for.
    pub local: [Charge; INSTRUMENTS],
    /// Rise of the rate of property tax that the budget asks for, relative to month 0.
    pub property_tax: f64,
    /// Rise of the rate of sales tax that the budget asks for.
    pub sales_tax: f64,
    /// Purchases and public jobs relative to their norm.
    pub stance: f64,
    /// Part of its programs that the local government can still pay.
    pub solvency: f64,
    /// The local government's revenue, smoothed, dollars a month.
    pub revenue: f64,
    /// What the national tax has to pay for, dollars for each resident.
    pub national: Charge,
    /// Rate of the national tax, share of taxable income.
    pub national_tax: f64,
    /// Taxable income of the nation for each resident, dollars a month.
    pub national_income: f64,
    /// What taxes were levied on this month.
    pub bases: Bases,
}

impl Default for PublicFinance {
    fn default() -> PublicFinance {
        PublicFinance {
            local: Default::default(),
            property_tax: 0.0,
            sales_tax: 0.0,
            stance: 1.0,
            solvency: 1.0,
            revenue: 0.0,
            national: Charge::default(),
            national_tax: 0.0,
            national_income: 0.0,
            bases: Bases::default(),
        }
    }
}

impl PublicFinance {
    /// Rates above those of month 0.
    pub fn rates(&self) -> TaxRates {
        TaxRates {
            property: self.property_tax,
            sales: self.sales_tax,
            national: self.national_tax,
            shelf_import: 0.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_constant_cost_is_raised_in_full_and_arrears_are_recovered() {
        let mut charge = Charge::default();
        let mut raise = 0.0;
        for _ in 0..120 {
            raise = charge.settle(100.0, raise, 0.4, 0.08);
        }
        assert!((raise - 100.0).abs() < 0.1, "{raise}");
        assert!(charge.owed.abs() < 1.0, "{}", charge.owed);
    }
}
