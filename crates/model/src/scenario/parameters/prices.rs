//! What follows prices: amounts fixed in dollars, when the general level of prices outside moves.

use serde::{Deserialize, Serialize};

use super::{Lever, Parameters};

/// Part of a change of general prices (`economy.outside_price_growth`) that each kind of amount follows; 0 freezes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndexationParameters {
    /// Pensions. Unit: share.
    pub pensions: f64,
    /// Other transfers, aid to the local government. Unit: share.
    pub transfers: f64,
    /// Caps and amounts for the jobless. Unit: share.
    pub benefits: f64,
    /// Brackets of the income tax and the threshold of contractual saving. Unit: share.
    pub tax_brackets: f64,
    /// The floor under wages. Unit: share.
    pub minimum_wage: f64,
    /// Income from property outside. Unit: share.
    pub property_income: f64,
    /// Budgets, amounts and fees of the timeline. Unit: share.
    pub programs: f64,
    /// Interest on money held, which keeps its worth. Unit: share.
    pub money: f64,
}

impl Parameters {
    /// General prices relative to month 0, `months` after it.
    pub fn price_level(&self, months: u32) -> f64 {
        libm::pow(
            1.0 + self.economy.outside_price_growth,
            f64::from(months) / 12.0,
        )
    }

    /// Raises amounts fixed in dollars to a level of prices. Technology, dwellings and contracts follow it in full.
    pub(super) fn follow_prices(&mut self, level: f64) {
        let x = self.indexation.clone();
        let follow = |share: f64| 1.0 + share * (level - 1.0);
        let h = &mut self.households;
        h.pension *= follow(x.pensions);
        h.other_transfers *= follow(x.transfers);
        h.contractual_saving_threshold *= follow(x.tax_brackets);
        let g = &mut self.government;
        g.income_tax_bounds = g
            .income_tax_bounds
            .map(|bound| bound * follow(x.tax_brackets));
        g.unemployment_cap *= follow(x.benefits);
        g.assistance *= follow(x.benefits);
        self.labor_market.minimum_wage *= follow(x.minimum_wage);
        self.migration.dwelling_cost_local *= level;
        self.trade.contract_size *= level;
        for (_, technology) in self.technologies.members_mut() {
            technology.fixed_cost *= level;
            technology.cost_per_worker *= level;
            technology.subscription_per_worker *= level;
        }
        self.levels.transfers_level = follow(x.transfers);
        self.levels.property_income_level = follow(x.property_income);
        self.levels.price_level = level;
        self.credit.loan_rate += self.economy.outside_price_growth;
        self.public_finance.debt_rate += self.economy.outside_price_growth;
        let programs = follow(x.programs);
        for policy in &mut self.timeline.policies {
            policy.lever.follow_prices(programs);
        }
    }
}

impl Lever {
    /// Multiplies what an entry states in dollars.
    fn follow_prices(&mut self, factor: f64) {
        let scale = |amounts: &mut [&mut f64]| {
            for amount in amounts {
                **amount *= factor;
            }
        };
        match self {
            Lever::BasicIncome(x) => scale(&mut [&mut x.amount]),
            Lever::MinimumWage(x) => scale(&mut [&mut x.wage]),
            Lever::Reskilling(x) => {
                scale(&mut [&mut x.budget, &mut x.tuition, &mut x.stipend]);
            }
            Lever::DigitalLiteracy(x) => scale(&mut [&mut x.budget, &mut x.fee]),
            Lever::FirmTrainingSubsidy(x) => scale(&mut [&mut x.budget]),
            Lever::UnemploymentInsurance(x) => scale(&mut [&mut x.cap]),
            Lever::WageInsurance(x) => scale(&mut [&mut x.budget, &mut x.cap]),
            Lever::FairnessAudit(x) => scale(&mut [&mut x.fee, &mut x.supervision]),
            Lever::NoticeAndRetrain(x) => scale(&mut [&mut x.retraining_cost]),
            Lever::TechnologyGrant(x) => scale(&mut [&mut x.budget, &mut x.limit]),
            Lever::LoanWindow(x) => scale(&mut [&mut x.budget, &mut x.limit]),
            Lever::TechnologyAssociation(x) => {
                scale(&mut [&mut x.budget, &mut x.cost_per_member]);
            }
            Lever::Nudge(x) => scale(&mut [&mut x.budget, &mut x.cost_per_owner]),
            Lever::HumanServiceMandate(x) => scale(&mut [&mut x.inspection]),
            Lever::DataDuty(x) => scale(&mut [
                &mut x.cost_per_firm,
                &mut x.cost_per_worker,
                &mut x.inspection,
            ]),
            Lever::LocalProcurement(x) => scale(&mut [&mut x.budget, &mut x.moved]),
            Lever::LocalMarketplace(x) => scale(&mut [&mut x.budget, &mut x.cost_per_member]),
            Lever::ReshoringIncentive(x) => scale(&mut [&mut x.budget]),
            Lever::ManufacturingHub(x) => scale(&mut [&mut x.budget, &mut x.cost_per_worker]),
            _ => {}
        }
    }
}
