//! The town's accounts of the month: what the flows of the ledger add up to.

use crate::town::ledger::{Account, Flow};
use crate::town::{Firms, Ledger};
use crate::units::Money;

use super::definition::measures;

measures! {
    /// Money held, owed and moved by each sector of account.
    Accounts, "accounts" {
        value_added ["dollars a month"] "Value added of the market sectors: output less inputs and purchased overhead (capital replacement included), taxes on production included.",
        labor_cost ["dollars a month"] "Labor cost of firms: wages and owners' draws with payroll taxes and benefits.",
        profits ["dollars a month"] "Profits of firms before profit tax: value added less labor cost, taxes on production and interest.",
        disposable_income ["dollars a month"] "Disposable income of households: wages, draws, dividends, property income and transfers less income and payroll taxes.",
        deposits ["dollars"] "Deposits of households.",
        firm_cash ["dollars"] "Cash of firms, overdrafts deducted.",
        firm_loans ["dollars"] "Debt of firms to the bank.",
        loans_granted ["dollars a month"] "New loans to firms.",
        loans_written_off ["dollars a month"] "Debt of failed firms that the bank gives up.",
        local_revenue ["dollars a month"] "Revenue of the local government: taxes, licenses and aid from the outer government.",
        local_spending ["dollars a month"] "Spending of the local government: public jobs and purchases.",
        local_balance ["dollars a month"] "Revenue less spending of the local government.",
        outer_net ["dollars a month"] "What the outer government pays into the town (pensions, benefits, purchases, aid) less the taxes it takes.",
    }
}

/// What a flow is in the town's accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// Labor income paid by firms.
    FirmPay,
    /// What labor costs firms beyond pay.
    FirmPayrollCost,
    /// Labor income paid by the public employer.
    PublicPay,
    /// Income from property and firms.
    PropertyIncome,
    /// Benefits and pensions.
    Transfer,
    /// Taxes on households' income.
    HouseholdTax,
    /// Purchases of goods and services in town.
    ConsumptionLocal,
    /// Purchases in other towns.
    ConsumptionOutside,
    /// Purchases online.
    ConsumptionOnline,
    /// Housing, paid to local firms.
    HousingLocal,
    /// Housing, paid to government or out of town.
    HousingElsewhere,
    /// Rents to landlords in town, who are households too.
    HousingRents,
    /// Tax included in consumers' prices.
    SalesTax,
    /// Inputs bought from local firms.
    InputsLocal,
    /// Inputs bought outside.
    InputsOutside,
    /// Overhead bought from local firms.
    OverheadLocal,
    /// Overhead bought outside.
    OverheadOutside,
    /// Taxes on production.
    ProductionTax,
    /// Sales to buyers outside the town, who also finance its new dwellings.
    Export,
    /// Sales to governments.
    GovernmentPurchases,
    /// Interest.
    Interest,
    /// Moves money without being income, cost or a purchase of the town's market economy.
    Other,
}

/// Exhaustive on purpose: a new flow must find its place in the accounts before it compiles.
fn role(flow: Flow) -> Role {
    match flow {
        Flow::Wages | Flow::OwnerDraws => Role::FirmPay,
        Flow::EmployerPayrollTax | Flow::StaffBenefits => Role::FirmPayrollCost,
        Flow::PublicWages | Flow::CommuterWages => Role::PublicPay,
        // People from outside take their pay away before anybody in town disposes of it.
        Flow::WagesTakenHome => Role::HouseholdTax,
        Flow::Dividends | Flow::PropertyIncome => Role::PropertyIncome,
        Flow::Pensions | Flow::OtherTransfers => Role::Transfer,
        Flow::UnemploymentInsurance | Flow::Assistance => Role::Transfer,
        Flow::IncomeTax | Flow::EmployeePayrollTax => Role::HouseholdTax,
        Flow::PropertyTax | Flow::ProgramTax => Role::HouseholdTax,
        Flow::SalesTaxOnline | Flow::LocalInterest => Role::Other,
        Flow::DepositInterest | Flow::CashInterest => Role::Other,
        Flow::ConsumptionLocal => Role::ConsumptionLocal,
        Flow::ConsumptionOutside => Role::ConsumptionOutside,
        Flow::ConsumptionOnline => Role::ConsumptionOnline,
        Flow::HousingLocal => Role::HousingLocal,
        Flow::HousingTax | Flow::HousingOutside => Role::HousingElsewhere,
        Flow::HousingRents => Role::HousingRents,
        Flow::SalesTax => Role::SalesTax,
        Flow::InputsLocal => Role::InputsLocal,
        Flow::InputsOutside => Role::InputsOutside,
        Flow::OverheadLocal | Flow::TechnologyLocal => Role::OverheadLocal,
        Flow::OverheadOutside => Role::OverheadOutside,
        Flow::TechnologyOutside | Flow::IncidentLosses => Role::OverheadOutside,
        Flow::OverheadTax | Flow::OverheadOuterTax => Role::ProductionTax,
        Flow::Exports | Flow::HousingInvestment | Flow::DataRevenue => Role::Export,
        Flow::LocalPurchases | Flow::OuterPurchases => Role::GovernmentPurchases,
        Flow::ProgramServicesLocal | Flow::ProgramServicesOuter => Role::GovernmentPurchases,
        Flow::ChargesLocal | Flow::ChargesOuter => Role::ProductionTax,
        Flow::ImportDuty => Role::Other,
        Flow::ProgramBenefitsLocal | Flow::ProgramBenefitsOuter => Role::Transfer,
        Flow::ProgramGrantsLocal | Flow::ProgramGrantsOuter => Role::Other,
        Flow::ProgramServicesLocalOutside | Flow::ProgramServicesOuterOutside => Role::Other,
        Flow::Interest => Role::Interest,
        Flow::PublicPayrollTax | Flow::PublicStaffBenefits => Role::Other,
        Flow::DividendsOutside | Flow::ProfitTax | Flow::ContractualSaving => Role::Other,
        Flow::LocalAid | Flow::BankSettlement | Flow::OuterSettlement => Role::Other,
        Flow::LoansGranted | Flow::LoanRepayment | Flow::OverdraftLoss => Role::Other,
        Flow::GuaranteesLocal | Flow::GuaranteesOuter => Role::Other,
        Flow::ClosureProceeds | Flow::ClosureProceedsOutside => Role::Other,
        Flow::StartupCapital | Flow::StartupCapitalOutside => Role::Other,
        Flow::ParentFunding => Role::Other,
        Flow::DepositsBrought | Flow::DepositsTaken => Role::Other,
    }
}

/// The month's totals by role in the accounts, exact to the cent.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Totals {
    by_role: [Money; Role::Other as usize + 1],
}

impl Totals {
    pub(crate) fn read(ledger: &Ledger) -> Totals {
        let mut totals = Totals::default();
        for &flow in Flow::ALL {
            totals.by_role[role(flow) as usize] += ledger.flow(flow);
        }
        totals
    }

    fn of(&self, role: Role) -> Money {
        self.by_role[role as usize]
    }

    /// Households' spending on goods and services in town, elsewhere and online.
    pub(crate) fn shopping(&self) -> [Money; 3] {
        [
            self.of(Role::ConsumptionLocal),
            self.of(Role::ConsumptionOutside),
            self.of(Role::ConsumptionOnline),
        ]
    }

    /// Households' spending on housing.
    pub(crate) fn housing(&self) -> Money {
        self.of(Role::HousingLocal) + self.of(Role::HousingElsewhere) + self.of(Role::HousingRents)
    }

    /// All consumption, housing included.
    pub(crate) fn consumption(&self) -> Money {
        self.shopping().into_iter().sum::<Money>() + self.housing()
    }

    /// Sales of local firms, sales tax deducted.
    pub(crate) fn output(&self) -> Money {
        self.of(Role::ConsumptionLocal)
            + self.of(Role::HousingLocal)
            + self.of(Role::InputsLocal)
            + self.of(Role::OverheadLocal)
            + self.of(Role::Export)
            + self.of(Role::GovernmentPurchases)
            - self.of(Role::SalesTax)
    }

    /// Sales to buyers outside the town.
    pub(crate) fn exports(&self) -> Money {
        self.of(Role::Export)
    }

    /// Inputs bought in town and outside.
    pub(crate) fn inputs(&self) -> [Money; 2] {
        [self.of(Role::InputsLocal), self.of(Role::InputsOutside)]
    }

    /// Output less everything firms buy from firms.
    pub(crate) fn value_added(&self) -> Money {
        self.output()
            - self.inputs().into_iter().sum()
            - self.of(Role::OverheadLocal)
            - self.of(Role::OverheadOutside)
    }

    /// What labor costs firms.
    pub(crate) fn labor_cost(&self) -> Money {
        self.of(Role::FirmPay) + self.of(Role::FirmPayrollCost)
    }

    /// Profits before profit tax.
    pub(crate) fn profits(&self) -> Money {
        self.value_added()
            - self.labor_cost()
            - self.of(Role::ProductionTax)
            - self.of(Role::Interest)
    }

    /// What households can spend or save.
    pub(crate) fn disposable_income(&self) -> Money {
        self.of(Role::FirmPay)
            + self.of(Role::PublicPay)
            + self.of(Role::PropertyIncome)
            + self.of(Role::HousingRents)
            + self.of(Role::Transfer)
            - self.of(Role::HouseholdTax)
    }
}

pub(crate) fn measure(ledger: &Ledger, totals: &Totals, firms: &Firms) -> Accounts {
    let loans: Money = firms.open_rows().map(|firm| firms.loan[firm]).sum();
    let cash: Money = firms.open_rows().map(|firm| firms.cash[firm]).sum();
    let moved = |wanted: fn(Flow) -> bool| -> Money {
        let counted = Flow::ALL.iter().filter(|&&flow| wanted(flow));
        counted.map(|&flow| ledger.flow(flow)).sum()
    };
    let local_revenue = moved(|flow| flow.to() == Account::LocalGovernment);
    let local_spending = moved(|flow| flow.from() == Account::LocalGovernment);
    let outer_paid =
        moved(|flow| flow.from() == Account::OuterGovernment && flow.to() != Account::Outside);
    let outer_taken = moved(|flow| flow.to() == Account::OuterGovernment);
    Accounts {
        value_added: totals.value_added().dollars(),
        labor_cost: totals.labor_cost().dollars(),
        profits: totals.profits().dollars(),
        disposable_income: totals.disposable_income().dollars(),
        deposits: ledger.balance(Account::Households).dollars(),
        firm_cash: cash.dollars(),
        firm_loans: loans.dollars(),
        loans_granted: ledger.flow(Flow::LoansGranted).dollars(),
        loans_written_off: ledger.written_off.dollars(),
        local_revenue: local_revenue.dollars(),
        local_spending: local_spending.dollars(),
        local_balance: (local_revenue - local_spending).dollars(),
        outer_net: (outer_paid - outer_taken).dollars(),
    }
}
