//! The accounts: who paid whom how much this month, and the proof that nothing was lost.
//!
//! Six sectors of account (households, firms, bank, local government, outer government, outside world) and a
//! fixed list of flows between them. Households' deposits and firms' cash live with their agents; the other
//! accounts live here. After every phase that moves money, [`Ledger::check`] compares each sector's holdings
//! with opening balance + inflows − outflows, to the cent.

use serde::{Deserialize, Serialize};

use crate::units::Money;

/// A sector of account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[repr(u8)]
pub enum Account {
    /// Households' deposits.
    Households,
    /// Firms' cash.
    Firms,
    /// The bank (owned outside).
    Bank,
    /// The town's government.
    LocalGovernment,
    /// State and federal government.
    OuterGovernment,
    /// Everybody outside the town.
    Outside,
}

/// Number of sectors of account.
pub const ACCOUNTS: usize = 6;

impl Account {
    /// All accounts, in the order of the flow matrix.
    pub const ALL: [Account; ACCOUNTS] = [
        Account::Households,
        Account::Firms,
        Account::Bank,
        Account::LocalGovernment,
        Account::OuterGovernment,
        Account::Outside,
    ];

    /// The account's name in tables and messages.
    pub fn name(self) -> &'static str {
        match self {
            Account::Households => "households",
            Account::Firms => "firms",
            Account::Bank => "bank",
            Account::LocalGovernment => "local_government",
            Account::OuterGovernment => "outer_government",
            Account::Outside => "outside",
        }
    }
}

macro_rules! flows {
    ($($(#[$doc:meta])* $name:ident $text:literal $from:ident => $to:ident),+ $(,)?) => {
        /// A kind of payment, with one payer and one payee sector each.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub enum Flow { $($(#[$doc])* $name),+ }

        impl Flow {
            /// All flows, in the order of the flow table.
            pub const ALL: &'static [Flow] = &[$(Flow::$name),+];

            /// The flow's name in tables and messages.
            pub fn name(self) -> &'static str {
                match self { $(Flow::$name => $text),+ }
            }

            /// Who pays.
            pub fn from(self) -> Account {
                match self { $(Flow::$name => Account::$from),+ }
            }

            /// Who receives.
            pub fn to(self) -> Account {
                match self { $(Flow::$name => Account::$to),+ }
            }
        }
    };
}

flows! {
    /// Wages paid by firms.
    Wages "wages" Firms => Households,
    /// Draws of working owners.
    OwnerDraws "owner_draws" Firms => Households,
    /// Wages paid by the public employer.
    PublicWages "public_wages" LocalGovernment => Households,
    /// Wages of residents who work outside the town.
    CommuterWages "commuter_wages" Outside => Households,
    /// Of the wages paid in town, those of people who live outside: they take them home.
    WagesTakenHome "wages_taken_home" Households => Outside,
    /// Employers' payroll tax.
    EmployerPayrollTax "employer_payroll_tax" Firms => OuterGovernment,
    /// The public employer's payroll tax.
    PublicPayrollTax "public_payroll_tax" LocalGovernment => OuterGovernment,
    /// Benefits firms buy for staff from insurers outside.
    StaffBenefits "staff_benefits" Firms => Outside,
    /// Benefits the public employer buys for staff.
    PublicStaffBenefits "public_staff_benefits" LocalGovernment => Outside,
    /// Dividends to owners in town.
    Dividends "dividends" Firms => Households,
    /// Dividends to owners outside.
    DividendsOutside "dividends_outside" Firms => Outside,
    /// Pensions.
    Pensions "pensions" OuterGovernment => Households,
    /// Other transfers to households.
    OtherTransfers "other_transfers" OuterGovernment => Households,
    /// Unemployment insurance.
    UnemploymentInsurance "unemployment_insurance" OuterGovernment => Households,
    /// Assistance to the jobless without insurance.
    Assistance "assistance" OuterGovernment => Households,
    /// Income from property outside the town.
    PropertyIncome "property_income" Outside => Households,
    /// Income tax.
    IncomeTax "income_tax" Households => OuterGovernment,
    /// Employees' payroll tax.
    EmployeePayrollTax "employee_payroll_tax" Households => OuterGovernment,
    /// Retirement plans and mortgage principal.
    ContractualSaving "contractual_saving" Households => Outside,
    /// Households' purchases from firms in town, sales tax included.
    ConsumptionLocal "consumption_local" Households => Firms,
    /// Households' purchases in other towns.
    ConsumptionOutside "consumption_outside" Households => Outside,
    /// Households' purchases from the online giant.
    ConsumptionOnline "consumption_online" Households => Outside,
    /// Housing: to local builders, agents, insurers.
    HousingLocal "housing_local" Households => Firms,
    /// Housing: property tax.
    HousingTax "housing_tax" Households => LocalGovernment,
    /// Rents that renters pay to landlords in town.
    HousingRents "housing_rents" Households => Households,
    /// Housing: rent and mortgage interest that leave the town.
    HousingOutside "housing_outside" Households => Outside,
    /// Sales tax that sellers pass on.
    SalesTax "sales_tax" Firms => LocalGovernment,
    /// Interest on households' deposits, which keeps their worth when prices rise.
    DepositInterest "deposit_interest" Bank => Households,
    /// The same on firms' cash.
    CashInterest "cash_interest" Bank => Firms,
    /// Sales tax above that of month 0 on what residents buy online, which sellers remit.
    SalesTaxOnline "sales_tax_online" Outside => LocalGovernment,
    /// Property tax above that of month 0 on homes; a lower rate gives money back.
    PropertyTax "property_tax" Households => LocalGovernment,
    /// National tax that pays for programs.
    ProgramTax "program_tax" Households => OuterGovernment,
    /// Interest on the local government's debt.
    LocalInterest "local_interest" LocalGovernment => Outside,
    /// Inputs bought from firms in town.
    InputsLocal "inputs_local" Firms => Firms,
    /// Inputs bought outside.
    InputsOutside "inputs_outside" Firms => Outside,
    /// Overhead: local taxes and licences.
    OverheadTax "overhead_tax" Firms => LocalGovernment,
    /// Overhead: excise and customs duties.
    OverheadOuterTax "overhead_outer_tax" Firms => OuterGovernment,
    /// Overhead: maintenance by local builders.
    OverheadLocal "overhead_local" Firms => Firms,
    /// Overhead: capital replacement, rents and imports.
    OverheadOutside "overhead_outside" Firms => Outside,
    /// Technology, upkeep and training bought from vendors in town.
    TechnologyLocal "technology_local" Firms => Firms,
    /// Technology, upkeep and training bought outside.
    TechnologyOutside "technology_outside" Firms => Outside,
    /// Losses to cyber incidents.
    IncidentLosses "incident_losses" Firms => Outside,
    /// Data sold to buyers outside.
    DataRevenue "data_revenue" Outside => Firms,
    /// Projects of branches paid for by their owners outside.
    ParentFunding "parent_funding" Outside => Firms,
    /// Orders from outside.
    Exports "exports" Outside => Firms,
    /// Dwellings built with outside funds.
    HousingInvestment "housing_investment" Outside => Firms,
    /// Benefits of programs, paid by the local government.
    ProgramBenefitsLocal "program_benefits_local" LocalGovernment => Households,
    /// Benefits of programs, paid by the outer government.
    ProgramBenefitsOuter "program_benefits_outer" OuterGovernment => Households,
    /// Grants and subsidies of programs to firms, paid by the local government.
    ProgramGrantsLocal "program_grants_local" LocalGovernment => Firms,
    /// Grants and subsidies of programs to firms, paid by the outer government.
    ProgramGrantsOuter "program_grants_outer" OuterGovernment => Firms,
    /// Teaching, advice and administration bought from firms in town by the local government's programs.
    ProgramServicesLocal "program_services_local" LocalGovernment => Firms,
    /// The same by the outer government's programs.
    ProgramServicesOuter "program_services_outer" OuterGovernment => Firms,
    /// What of them firms in town could not deliver: local government's programs.
    ProgramServicesLocalOutside "program_services_local_outside" LocalGovernment => Outside,
    /// The same: outer government's programs.
    ProgramServicesOuterOutside "program_services_outer_outside" OuterGovernment => Outside,
    /// Levies and fees of the timeline, to the local government.
    ChargesLocal "charges_local" Firms => LocalGovernment,
    /// Levies and fees of the timeline, to the outer government.
    ChargesOuter "charges_outer" Firms => OuterGovernment,
    /// Duty on imports, which importers outside pay out of the price.
    ImportDuty "import_duty" Outside => OuterGovernment,
    /// Purchases by the local government.
    LocalPurchases "local_purchases" LocalGovernment => Firms,
    /// Purchases by the outer government (health care above all).
    OuterPurchases "outer_purchases" OuterGovernment => Firms,
    /// Aid that balances the local budget at month 0.
    LocalAid "local_aid" OuterGovernment => LocalGovernment,
    /// New loans.
    LoansGranted "loans_granted" Bank => Firms,
    /// Repayment of loans.
    LoanRepayment "loan_repayment" Firms => Bank,
    /// Interest on loans.
    Interest "interest" Firms => Bank,
    /// Overdrafts of failed firms, borne by the bank.
    OverdraftLoss "overdraft_loss" Bank => Firms,
    /// Guaranteed part of lost loans, paid to the bank by the local government's programs.
    GuaranteesLocal "guarantees_local" LocalGovernment => Bank,
    /// The same by the outer government's programs.
    GuaranteesOuter "guarantees_outer" OuterGovernment => Bank,
    /// Tax on profits.
    ProfitTax "profit_tax" Firms => OuterGovernment,
    /// What is left to a local owner when a firm closes.
    ClosureProceeds "closure_proceeds" Firms => Households,
    /// What is left to an outside owner when a firm closes.
    ClosureProceedsOutside "closure_proceeds_outside" Firms => Outside,
    /// Capital a household puts into a start-up.
    StartupCapital "startup_capital" Households => Firms,
    /// Capital an outside owner puts into a new branch.
    StartupCapitalOutside "startup_capital_outside" Outside => Firms,
    /// Deposits that new residents bring.
    DepositsBrought "deposits_brought" Outside => Households,
    /// Deposits that leavers take along.
    DepositsTaken "deposits_taken" Households => Outside,
    /// The bank's monthly settlement with its owners outside.
    BankSettlement "bank_settlement" Bank => Outside,
    /// The outer government's monthly settlement with the rest of the country.
    OuterSettlement "outer_settlement" OuterGovernment => Outside,
}

/// Number of flows.
pub const FLOWS: usize = Flow::ALL.len();

/// Accounts of the bank, the governments and the outside, and this month's flows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Ledger {
    /// Amount of each flow this month, in the order of [`Flow::ALL`].
    pub flows: Vec<Money>,
    /// Balance of each account in the order of [`Account::ALL`]; those of households and firms are the
    /// expected sums of their agents' balances.
    pub balances: [Money; ACCOUNTS],
    /// Loans outstanding: the bank's claim, and the expected sum of firms' debts.
    pub loans: Money,
    /// Loans written off this month.
    pub written_off: Money,
    /// Balances when the month began.
    pub opening: [Money; ACCOUNTS],
    /// Loans outstanding when the month began.
    pub opening_loans: Money,
}

impl Ledger {
    /// A ledger in which the outside's balance makes all balances sum to zero.
    pub fn open(households: Money, firms: Money, loans: Money) -> Ledger {
        let mut balances = [Money::ZERO; ACCOUNTS];
        balances[Account::Households as usize] = households;
        balances[Account::Firms as usize] = firms;
        balances[Account::Outside as usize] = -(households + firms);
        Ledger {
            flows: vec![Money::ZERO; FLOWS],
            balances,
            loans,
            written_off: Money::ZERO,
            opening: balances,
            opening_loans: loans,
        }
    }

    /// Starts a month: this month's flows are empty.
    pub fn begin_month(&mut self) {
        self.flows.fill(Money::ZERO);
        self.written_off = Money::ZERO;
        self.opening = self.balances;
        self.opening_loans = self.loans;
    }

    /// Records `amount` of `flow` and moves it between the two accounts. The caller moves the same amount on
    /// the balances of the households or firms concerned; [`Ledger::check`] holds them to it.
    pub fn record(&mut self, flow: Flow, amount: Money) {
        self.flows[flow as usize] += amount;
        self.balances[flow.from() as usize] -= amount;
        self.balances[flow.to() as usize] += amount;
        match flow {
            Flow::LoansGranted => self.loans += amount,
            Flow::LoanRepayment => self.loans -= amount,
            _ => {}
        }
    }

    /// Records debt the bank gives up; no money moves.
    pub fn write_off(&mut self, debt: Money) {
        self.written_off += debt;
        self.loans -= debt;
    }

    /// This month's amount of a flow.
    pub fn flow(&self, flow: Flow) -> Money {
        self.flows[flow as usize]
    }

    /// Balance of an account.
    pub fn balance(&self, account: Account) -> Money {
        self.balances[account as usize]
    }

    /// Sum over accounts of the month's payments from `from` to `to`.
    pub fn paid(&self, from: Account, to: Account) -> Money {
        Flow::ALL
            .iter()
            .filter(|flow| flow.from() == from && flow.to() == to)
            .map(|&flow| self.flow(flow))
            .sum()
    }

    /// Compares what agents hold with what the flows say they should hold.
    ///
    /// `held` are the sums of households' deposits, firms' cash and firms' debts. Holds as well that every
    /// account closes at opening + inflows − outflows and that all balances sum to zero.
    ///
    /// # Errors
    /// The first account that does not close, with the gap and the month's flows that touch it.
    pub fn check(&self, month: u32, phase: &'static str, held: &Holdings) -> Result<(), Breach> {
        for account in Account::ALL {
            let expected = self.closing(account);
            let found = match account {
                Account::Households => held.households,
                Account::Firms => held.firms,
                other => self.balance(other),
            };
            if found != expected {
                return Err(self.breach(month, phase, account.name(), expected, found, account));
            }
        }
        let debts = self.opening_loans + self.flow(Flow::LoansGranted)
            - self.flow(Flow::LoanRepayment)
            - self.written_off;
        if held.loans != debts || self.loans != debts {
            return Err(self.breach(month, phase, "loans", debts, held.loans, Account::Bank));
        }
        let total: Money = self.balances.iter().copied().sum();
        if total != Money::ZERO {
            return Err(self.breach(
                month,
                phase,
                "sum of all accounts",
                Money::ZERO,
                total,
                Account::Outside,
            ));
        }
        Ok(())
    }

    fn closing(&self, account: Account) -> Money {
        Flow::ALL
            .iter()
            .fold(self.opening[account as usize], |balance, &flow| {
                let amount = self.flow(flow);
                let received = if flow.to() == account {
                    amount
                } else {
                    Money::ZERO
                };
                let paid = if flow.from() == account {
                    amount
                } else {
                    Money::ZERO
                };
                balance + received - paid
            })
    }

    fn breach(
        &self,
        month: u32,
        phase: &'static str,
        what: &str,
        expected: Money,
        found: Money,
        account: Account,
    ) -> Breach {
        let gap = found - expected;
        let touching = || {
            Flow::ALL
                .iter()
                .filter(move |flow| flow.from() == account || flow.to() == account)
        };
        let suspect = touching().find(|&&flow| {
            let amount = self.flow(flow);
            amount != Money::ZERO && (amount == gap || amount == -gap)
        });
        Breach {
            month,
            phase,
            account: what.to_owned(),
            expected,
            found,
            flow: suspect.map(|flow| flow.name()),
            flows: touching()
                .filter(|&&flow| self.flow(flow) != Money::ZERO)
                .map(|&flow| (flow.name(), self.flow(flow)))
                .collect(),
        }
    }
}

/// What agents hold: the sums the ledger is checked against.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Holdings {
    /// Sum of households' deposits.
    pub households: Money,
    /// Sum of firms' cash.
    pub firms: Money,
    /// Sum of firms' debts.
    pub loans: Money,
}

/// An account that does not close: the run stops.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach {
    /// Month since the town was built.
    pub month: u32,
    /// Phase after which the gap was found.
    pub phase: &'static str,
    /// Account that does not close.
    pub account: String,
    /// Opening balance + inflows − outflows.
    pub expected: Money,
    /// What is held.
    pub found: Money,
    /// The flow whose amount equals the gap, if there is one.
    pub flow: Option<&'static str>,
    /// The month's flows that touch the account.
    pub flows: Vec<(&'static str, Money)>,
}

impl std::fmt::Display for Breach {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "accounts do not close in month {} after {}: {} hold {} where opening balance plus flows give {} (gap {})",
            self.month,
            self.phase,
            self.account,
            self.found,
            self.expected,
            self.found - self.expected
        )?;
        match self.flow {
            Some(flow) => write!(f, "; the gap equals flow `{flow}`")?,
            None => {
                write!(f, "; flows of this account:")?;
                for (name, amount) in &self.flows {
                    write!(f, " {name} {amount},")?;
                }
            }
        }
        Ok(())
    }
}

impl std::error::Error for Breach {}

#[cfg(test)]
mod tests {
    use super::*;

    fn holdings(households: i64, firms: i64) -> Holdings {
        Holdings {
            households: Money::from_cents(households),
            firms: Money::from_cents(firms),
            loans: Money::ZERO,
        }
    }

    #[test]
    fn a_payment_made_on_both_sides_closes() {
        let mut ledger = Ledger::open(Money::from_cents(100), Money::from_cents(500), Money::ZERO);
        ledger.begin_month();
        ledger.record(Flow::Wages, Money::from_cents(70));
        assert_eq!(ledger.check(0, "pay", &holdings(170, 430)), Ok(()));
    }

    #[test]
    fn a_cent_lost_is_found_and_its_flow_named() {
        let mut ledger = Ledger::open(Money::from_cents(100), Money::from_cents(500), Money::ZERO);
        ledger.begin_month();
        ledger.record(Flow::Wages, Money::from_cents(70));
        ledger.record(Flow::Pensions, Money::from_cents(7));
        let breach = ledger.check(3, "pay", &holdings(170, 430)).unwrap_err();
        assert_eq!((breach.month, breach.account.as_str()), (3, "households"));
        assert_eq!(breach.flow, Some("pensions"));
        assert!(breach.to_string().contains("-$0.07"));
    }

    #[test]
    fn written_off_debt_leaves_money_alone() {
        let mut ledger = Ledger::open(Money::ZERO, Money::ZERO, Money::from_cents(900));
        ledger.begin_month();
        ledger.write_off(Money::from_cents(900));
        let held = Holdings::default();
        assert_eq!(ledger.check(0, "exit", &held), Ok(()));
    }
}
