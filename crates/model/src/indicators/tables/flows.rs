//! The month's flow matrix.

use crate::town::Ledger;
use crate::town::ledger::Flow;

/// A kind of payment, by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Payment {
    /// What is paid.
    pub flow: &'static str,
    /// Sector of account that pays.
    pub payer: &'static str,
    /// Sector of account that receives.
    pub payee: &'static str,
}

/// All kinds of payment, in the order of a month's flows.
pub fn payments() -> impl ExactSizeIterator<Item = Payment> {
    Flow::ALL.iter().map(|flow| Payment {
        flow: flow.name(),
        payer: flow.from().name(),
        payee: flow.to().name(),
    })
}

/// Cents of each flow this month.
pub(crate) fn flow_cents(ledger: &Ledger) -> Vec<i64> {
    Flow::ALL
        .iter()
        .map(|&flow| ledger.flow(flow).cents())
        .collect()
}
