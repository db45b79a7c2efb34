//! The social accounting matrix: every payment of month 0 between the accounts, closed.

use crate::scenario::Parameters;
use crate::units::{SECTOR_IDS, SECTORS, sector};

use super::accounts::SocialAccounts;
use super::rates::labor_cost_factor;

/// Account of households in the matrix; the market sectors come first.
pub const HOUSEHOLDS: usize = SECTORS;
/// Account of the local government.
pub const LOCAL_GOVERNMENT: usize = SECTORS + 1;
/// Account of the outer government.
pub const OUTER_GOVERNMENT: usize = SECTORS + 2;
/// Account of the bank.
pub const BANK: usize = SECTORS + 3;
/// Account of saving: profit that firms keep, lent outside.
pub const SAVING: usize = SECTORS + 4;
/// Account of everybody outside the town.
pub const OUTSIDE: usize = SECTORS + 5;
/// Number of accounts in the matrix.
pub const ACCOUNTS: usize = SECTORS + 6;

/// Payments between accounts, dollars a month: `paid[payer][receiver]`.
#[derive(Clone, Debug, PartialEq)]
pub struct FlowMatrix {
    /// What each account pays to each.
    pub paid: [[f64; ACCOUNTS]; ACCOUNTS],
}

impl FlowMatrix {
    /// Everything an account pays.
    pub fn payments(&self, account: usize) -> f64 {
        self.paid[account].iter().sum()
    }

    /// Everything an account receives.
    pub fn receipts(&self, account: usize) -> f64 {
        self.paid.iter().map(|row| row[account]).sum()
    }

    /// The account whose receipts and payments differ most, and the difference in dollars a month.
    pub fn largest_gap(&self) -> (usize, f64) {
        (0..ACCOUNTS)
            .map(|a| (a, self.receipts(a) - self.payments(a)))
            .fold((0, 0.0), |worst, gap| {
                if gap.1.abs() > worst.1 {
                    (gap.0, gap.1.abs())
                } else {
                    worst
                }
            })
    }

    /// Name of an account in tables.
    pub fn name(account: usize) -> &'static str {
        match account {
            HOUSEHOLDS => "households",
            LOCAL_GOVERNMENT => "local_government",
            OUTER_GOVERNMENT => "outer_government",
            BANK => "bank",
            SAVING => "saving",
            OUTSIDE => "outside",
            sector => SECTOR_IDS[sector],
        }
    }
}

impl SocialAccounts {
    /// The social accounting matrix. Settlements of the outer government and the bank with the outside close their
    /// accounts; every other account closes because the accounts are right.
    pub fn flow_matrix(&self, parameters: &Parameters) -> FlowMatrix {
        let mut paid = [[0.0; ACCOUNTS]; ACCOUNTS];
        for s in 0..SECTORS {
            self.sector_payments(parameters, s, &mut paid);
        }
        self.household_payments(parameters, &mut paid);
        self.government_payments(parameters, &mut paid);
        for (s, &exports) in self.exports.iter().enumerate() {
            paid[OUTSIDE][s] += exports;
        }
        let mut matrix = FlowMatrix { paid };
        for account in [OUTER_GOVERNMENT, BANK, SAVING] {
            let balance = matrix.receipts(account) - matrix.payments(account);
            matrix.paid[account][OUTSIDE] += balance;
        }
        matrix
    }

    fn sector_payments(
        &self,
        parameters: &Parameters,
        s: usize,
        paid: &mut [[f64; ACCOUNTS]; ACCOUNTS],
    ) {
        let buyer = &parameters.sectors[s];
        let output = self.output[s];
        for seller in 0..SECTORS {
            let inputs = buyer.inputs[seller] * output;
            let local =
                parameters.sectors[seller].local_input_share * self.local_factor[seller] * inputs;
            paid[s][seller] += local;
            paid[s][OUTSIDE] += inputs - local;
        }
        let overhead = buyer.overhead * output;
        let builders =
            buyer.overhead_construction_share * self.local_factor[sector::CONSTRUCTION] * overhead;
        let local_tax = buyer.overhead_local_tax_share * overhead;
        let outer_tax = buyer.overhead_outer_tax_share * overhead;
        paid[s][sector::CONSTRUCTION] += builders;
        paid[s][LOCAL_GOVERNMENT] += local_tax + self.sales_tax[s];
        paid[s][OUTER_GOVERNMENT] +=
            outer_tax + parameters.economy.payroll_tax_rate * self.pay[s] + self.profit_tax[s];
        paid[s][OUTSIDE] += overhead - builders - local_tax - outer_tax
            + parameters.economy.benefits_rate * self.pay[s]
            + self.dividends_outside[s];
        paid[s][HOUSEHOLDS] += self.wage_bill[s] + self.draws[s] + self.dividends_local[s];
        paid[s][BANK] += self.interest[s];
        paid[s][SAVING] += self.retained[s];
    }

    fn household_payments(&self, parameters: &Parameters, paid: &mut [[f64; ACCOUNTS]; ACCOUNTS]) {
        let own = &self.households;
        let mut in_town = 0.0;
        for (s, paid) in paid[HOUSEHOLDS].iter_mut().enumerate().take(SECTORS) {
            let bought = self.consumption_local[s] + self.sales_tax[s] + self.housing_local[s];
            *paid += bought;
            in_town += bought;
        }
        let rules = &parameters.households;
        let property_tax = rules.housing_share * rules.housing_property_tax * own.spending;
        paid[HOUSEHOLDS][LOCAL_GOVERNMENT] += property_tax;
        paid[HOUSEHOLDS][OUTER_GOVERNMENT] += own.payroll_tax + own.income_tax;
        paid[HOUSEHOLDS][OUTSIDE] += own.spending - in_town - property_tax + own.contractual_saving;
        paid[OUTSIDE][HOUSEHOLDS] += own.property + self.outward_pay;
        // Wages of people from outside are paid to households and leave with them.
        paid[HOUSEHOLDS][OUTSIDE] += self.inward_pay;
        paid[OUTER_GOVERNMENT][HOUSEHOLDS] += own.pensions + own.transfers + own.benefits;
    }

    fn government_payments(&self, parameters: &Parameters, paid: &mut [[f64; ACCOUNTS]; ACCOUNTS]) {
        for (s, &purchases) in self.government.iter().enumerate() {
            let buyer = if s == sector::EDUCATION_HEALTH {
                OUTER_GOVERNMENT
            } else {
                LOCAL_GOVERNMENT
            };
            paid[buyer][s] += purchases;
        }
        let extra = self.public_pay * (labor_cost_factor(parameters) - 1.0);
        let tax = parameters.economy.payroll_tax_rate * self.public_pay;
        paid[LOCAL_GOVERNMENT][HOUSEHOLDS] += self.public_pay;
        paid[LOCAL_GOVERNMENT][OUTER_GOVERNMENT] += tax;
        paid[LOCAL_GOVERNMENT][OUTSIDE] += extra - tax;
        paid[OUTER_GOVERNMENT][LOCAL_GOVERNMENT] += self.local_aid;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::town::synthesis::fixtures::{PRESETS, preset};

    #[test]
    fn every_account_of_every_preset_closes() {
        for kind in PRESETS {
            for residents in [1_000, 5_000, 50_000, 1_000_000] {
                let p = preset(kind, residents);
                let accounts = SocialAccounts::solve(&p).expect("presets close");
                let matrix = accounts.flow_matrix(&p);
                let (account, gap) = matrix.largest_gap();
                let size = matrix.receipts(account).max(1.0);
                assert!(
                    gap / size < 1e-6,
                    "{kind} {residents}: {} off by {gap}",
                    FlowMatrix::name(account)
                );
            }
        }
    }

    #[test]
    fn a_wrong_flow_does_not_go_unseen() {
        let p = preset("factory", 5_000);
        let mut accounts = SocialAccounts::solve(&p).expect("presets close");
        accounts.government[sector::CONSTRUCTION] *= 1.01;
        let (account, gap) = accounts.flow_matrix(&p).largest_gap();
        assert!(gap > 1.0, "{} off by {gap}", FlowMatrix::name(account));
    }
}
