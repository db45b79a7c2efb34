//! Public money: what each government raises and spends in town, owes, and what comes from the rest of the country.

use crate::town::Town;
use crate::town::ledger::{Account, Flow};
use crate::units::Money;

use super::definition::{measures, ratio};

measures! {
    /// Both governments' budgets in town.
    Finance, "finance" {
        local_raised ["dollars a month"] "Raised by the local government: taxes, licenses and what its programs collect, aid apart.",
        local_aid ["dollars a month"] "Aid from the outer to the local government.",
        local_debt ["dollars"] "Debt of the local government; below zero it holds a reserve.",
        local_interest ["dollars a month"] "Interest on that debt.",
        local_tax_per_resident ["dollars a month per resident"] "local_raised over residents." empty if "nobody lives in town",
        property_tax_rise ["ratio"] "Rate of property tax that the budget asks for above that of month 0, relative to it; changes in the timeline are not in it.",
        sales_tax_rise ["share of the price"] "Rate of sales tax that the budget asks for above that of month 0; changes in the timeline are not in it.",
        public_stance ["ratio"] "Purchases and public jobs that the budget allows, relative to their norm.",
        outer_raised ["dollars a month"] "Raised in town by the outer government: taxes on income, pay, profits and production, duties, and what its programs collect.",
        outer_spent ["dollars a month"] "Paid into the town by the outer government: pensions, benefits, purchases, programs, aid.",
        outer_tax_per_resident ["dollars a month per resident"] "outer_raised over residents." empty if "nobody lives in town",
        program_tax ["dollars a month"] "Of outer_raised, the national tax that pays for programs.",
        program_tax_rate ["share of taxable income"] "Rate of that tax.",
        rest_of_country ["dollars a month"] "What the rest of the country pays into the town through the outer government: outer_spent less outer_raised.",
    }
}

pub(crate) fn measure(town: &Town, residents: f64) -> Finance {
    let ledger = &town.ledger;
    let sum = |chosen: &dyn Fn(Flow) -> bool| -> f64 {
        let flows = Flow::ALL.iter().filter(|&&flow| chosen(flow));
        flows
            .map(|&flow| ledger.flow(flow))
            .sum::<Money>()
            .dollars()
    };
    let local_raised = sum(&|flow| flow.to() == Account::LocalGovernment && flow != Flow::LocalAid);
    let outer_raised = sum(&|flow| flow.to() == Account::OuterGovernment);
    let outer_spent =
        sum(&|flow| flow.from() == Account::OuterGovernment && flow != Flow::OuterSettlement);
    let of = |flow: Flow| ledger.flow(flow).dollars();
    Finance {
        local_raised,
        local_aid: of(Flow::LocalAid),
        local_debt: -ledger.balance(Account::LocalGovernment).dollars(),
        local_interest: of(Flow::LocalInterest),
        local_tax_per_resident: ratio(local_raised, residents),
        property_tax_rise: town.finance.property_tax,
        sales_tax_rise: town.finance.sales_tax,
        public_stance: town.finance.stance,
        outer_raised,
        outer_spent,
        outer_tax_per_resident: ratio(outer_raised, residents),
        program_tax: of(Flow::ProgramTax),
        program_tax_rate: town.finance.national_tax,
        rest_of_country: outer_spent - outer_raised,
    }
}
