//! Phase 9, pay: wages, owners' draws, pensions and benefits; taxes withheld; contractual saving.

use crate::parallel::prelude::*;

use crate::scenario::Parameters;
use crate::town::income::{self, HouseholdIncome};
use crate::town::ledger::Flow;
use crate::town::people::{NO_EMPLOYER, OUTSIDE_EMPLOYER, PUBLIC_EMPLOYER, Status};
use crate::town::{Households, Town, Workers};
use crate::units::Money;

use super::scratch::Scratch;

/// Lowest part of the wanted draw that an owner short of cash still takes.
const LOWEST_DRAW: f64 = 0.3;
/// Weight of a month in yearly averages.
const YEARLY: f32 = 1.0 / 12.0;

/// Pays everybody and sets households' disposable income.
pub fn pay_staff(town: &mut Town, p: &Parameters, scratch: &mut Scratch) {
    pay_from_firms(town, p, scratch);
    let public = pay_workers(town, p);
    pay_public_contributions(town, p, public);
    pay_households(town, p);
}

/// Firms pay wages, draws, payroll tax and benefits.
fn pay_from_firms(town: &mut Town, p: &Parameters, scratch: &mut Scratch) {
    let Town {
        firms,
        workers,
        ledger,
        ..
    } = town;
    for firm in 0..firms.len() {
        if !firms.open[firm] {
            continue;
        }
        let wages = firms.wage_bill[firm];
        let draw = owner_draw(
            firms.cash[firm],
            firms.monthly_cost[firm],
            firms.owner_draw[firm],
        );
        let owner = firms.owner_worker[firm];
        if owner != NO_EMPLOYER {
            workers.pay[owner as usize] = draw;
            workers.wage[owner as usize] = Money::from_dollars(firms.owner_draw[firm]);
        }
        let base = wages + draw;
        let tax = base.share(p.economy.payroll_tax_rate);
        let benefits = base.share(p.economy.benefits_rate);
        firms.cash[firm] -= base + tax + benefits;
        scratch.labor_bill[firm] = base + tax + benefits;
        ledger.record(Flow::Wages, wages);
        ledger.record(Flow::OwnerDraws, draw);
        ledger.record(Flow::EmployerPayrollTax, tax);
        ledger.record(Flow::StaffBenefits, benefits);
    }
}

/// An owner takes the wanted draw when the firm holds a month's costs in cash, and less the less it holds.
fn owner_draw(cash: Money, monthly_cost: f64, wanted: f64) -> Money {
    let liquidity = if monthly_cost > 0.0 {
        (cash.dollars() / monthly_cost).clamp(LOWEST_DRAW, 1.0)
    } else {
        1.0
    };
    Money::from_dollars(wanted * liquidity)
}

/// Totals of what persons receive, by payer.
#[derive(Clone, Copy, Default)]
struct Paid {
    public_wages: Money,
    commuter_wages: Money,
    taken_home: Money,
    insurance: Money,
    assistance: Money,
    insured: u32,
}

impl Paid {
    fn add(self, other: Paid) -> Paid {
        Paid {
            public_wages: self.public_wages + other.public_wages,
            commuter_wages: self.commuter_wages + other.commuter_wages,
            taken_home: self.taken_home + other.taken_home,
            insurance: self.insurance + other.insurance,
            assistance: self.assistance + other.assistance,
            insured: self.insured + other.insured,
        }
    }
}

/// Sets every person's pay of the month; returns the public wage bill.
fn pay_workers(town: &mut Town, p: &Parameters) -> Money {
    let first_outsider = town.workers.first_outsider();
    let Workers {
        pay,
        status,
        employer,
        wage,
        last_wage,
        benefit_months,
        ..
    } = &mut town.workers;
    let government = &p.government;
    let paid = (
        pay,
        &*status,
        &*employer,
        &*wage,
        &*last_wage,
        benefit_months,
    )
        .into_par_iter()
        .enumerate()
        .with_min_len(4096)
        .map(
            |(worker, (pay, status, &employer, &wage, &last_wage, benefit_months))| {
                let mut paid = Paid::default();
                match status {
                    Status::Employed => {
                        *pay = wage;
                        match employer {
                            PUBLIC_EMPLOYER => paid.public_wages = wage,
                            OUTSIDE_EMPLOYER => paid.commuter_wages = wage,
                            _ => {}
                        }
                        if worker >= first_outsider {
                            paid.taken_home = wage;
                        }
                    }
                    // People from outside have their benefits there.
                    Status::Unemployed if worker >= first_outsider => *pay = Money::ZERO,
                    Status::Owner => {}
                    Status::Unemployed | Status::Training if *benefit_months > 0 => {
                        *benefit_months -= 1;
                        let benefit =
                            income::unemployment_benefit(government, last_wage.dollars(), 1);
                        *pay = Money::from_dollars(benefit);
                        paid.insurance = *pay;
                        paid.insured = 1;
                    }
                    Status::Unemployed | Status::Training => {
                        *pay = Money::from_dollars(government.assistance);
                        paid.assistance = *pay;
                    }
                    Status::Inactive | Status::Away => *pay = Money::ZERO,
                }
                paid
            },
        )
        .reduce(Paid::default, Paid::add);
    town.ledger.record(Flow::PublicWages, paid.public_wages);
    town.ledger.record(Flow::CommuterWages, paid.commuter_wages);
    town.ledger.record(Flow::WagesTakenHome, paid.taken_home);
    town.ledger
        .record(Flow::UnemploymentInsurance, paid.insurance);
    town.ledger.record(Flow::Assistance, paid.assistance);
    town.activity.insured = paid.insured;
    paid.public_wages
}

/// The public employer's payroll tax and benefits.
fn pay_public_contributions(town: &mut Town, p: &Parameters, wages: Money) {
    let tax = wages.share(p.economy.payroll_tax_rate);
    let benefits = wages.share(p.economy.benefits_rate);
    town.ledger.record(Flow::PublicPayrollTax, tax);
    town.ledger.record(Flow::PublicStaffBenefits, benefits);
}

/// Totals of what households receive and pay besides pay.
#[derive(Clone, Copy, Default)]
struct HouseholdFlows {
    pensions: Money,
    transfers: Money,
    property: Money,
    income_tax: Money,
    payroll_tax: Money,
    saving: Money,
    property_base: Money,
    property_tax: Money,
    national_tax: Money,
    taxable: Money,
}

impl HouseholdFlows {
    fn add(self, other: HouseholdFlows) -> HouseholdFlows {
        HouseholdFlows {
            pensions: self.pensions + other.pensions,
            transfers: self.transfers + other.transfers,
            property: self.property + other.property,
            income_tax: self.income_tax + other.income_tax,
            payroll_tax: self.payroll_tax + other.payroll_tax,
            saving: self.saving + other.saving,
            property_base: self.property_base + other.property_base,
            property_tax: self.property_tax + other.property_tax,
            national_tax: self.national_tax + other.national_tax,
            taxable: self.taxable + other.taxable,
        }
    }
}

/// The part of a month's program payments that a household has not come to count on: wealth, not income. One payment
/// alone is all windfall; a payment that comes every month is learned.
fn windfall(program: Money, counted_on: &mut f32, learning: f64) -> Money {
    let paid = program.dollars();
    let known = f64::from(*counted_on);
    *counted_on = (known + learning * (paid - known)) as f32;
    program - Money::from_dollars(paid.min(known))
}

/// Credits incomes to households, withholds taxes and contractual saving, and updates smoothed incomes.
fn pay_households(town: &mut Town, p: &Parameters) {
    let workers = &town.workers;
    // Landlords' rents from renters in town are paid as they come in.
    let from_outside = 1.0 - town.anchors.local_rent_share;
    let Households {
        resident,
        first_worker,
        workers: members,
        pensioners,
        deposits,
        smoothed_income,
        smoothed_spending,
        yearly_income,
        property_income,
        dividends,
        program_income,
        counted_on,
        disposable,
        ..
    } = &mut town.households;
    let pension = Money::from_dollars(p.households.pension * town.anchors.pension_factor);
    let other = Money::from_dollars(p.households.other_transfers);
    let property_level = p.levels.property_income_level;
    let homes_tax_share = p.households.housing_share * p.households.housing_property_tax;
    let flows = (
        deposits,
        smoothed_income,
        yearly_income,
        disposable,
        (dividends, program_income, counted_on),
        &*resident,
        &*first_worker,
        &*members,
        &*pensioners,
        (&*property_income, &*smoothed_spending),
    )
        .into_par_iter()
        .with_min_len(2048)
        .map(
            |(
                deposit,
                smoothed,
                yearly,
                disposable,
                (dividend, program, counted_on),
                &here,
                &first,
                &count,
                &retired,
                (&property, &spending),
            )| {
                if !here {
                    return HouseholdFlows::default();
                }
                let range = first as usize..first as usize + count as usize;
                let mut pay = Money::ZERO;
                let mut earned = Money::ZERO;
                for worker in range {
                    pay += workers.pay[worker];
                    if workers.works(worker) {
                        earned += workers.pay[worker];
                    }
                }
                let pensions = Money::from_cents(pension.cents() * i64::from(retired));
                let property = property.share(from_outside * property_level);
                let received = pay + pensions + other + property;
                *deposit += received;
                // Programs have paid already, tax-free.
                let gross = received + *dividend + *program;
                let payroll_tax = earned.share(p.government.employee_payroll_tax);
                let taxable = HouseholdIncome {
                    labor: earned.dollars(),
                    dividends: dividend.dollars(),
                    property: property.dollars(),
                    pensions: pensions.dollars(),
                    ..HouseholdIncome::default()
                }
                .taxable();
                let tax = Money::from_dollars(income::income_tax(&p.government, taxable))
                    .min(*deposit - payroll_tax)
                    .at_least_zero();
                // Property tax at the rate of month 0 is part of what a home costs; what is above it is paid here.
                let property_base = Money::from_dollars(homes_tax_share * f64::from(spending));
                let left = *deposit - payroll_tax - tax;
                let property_tax = property_base.share(p.levels.property_tax).min(left);
                let left = (left - property_tax).at_least_zero();
                let national_tax =
                    Money::from_dollars(p.levels.national_tax * taxable.max(0.0)).min(left);
                let levied = property_tax + national_tax;
                let after_tax = gross - payroll_tax - tax - levied;
                let windfall = windfall(*program, counted_on, p.households.transfer_learning);
                let lasting = after_tax - windfall;
                let saving = Money::from_dollars(income::contractual_saving(
                    &p.households,
                    lasting.dollars(),
                ))
                .min(*deposit - payroll_tax - tax - levied)
                .at_least_zero();
                *deposit -= payroll_tax + tax + levied + saving;
                *disposable = after_tax - saving;
                let income = (*disposable - windfall).dollars() as f32;
                *smoothed += p.households.income_smoothing as f32 * (income - *smoothed);
                *yearly += YEARLY * (12.0 * gross.dollars() as f32 - *yearly);
                *dividend = Money::ZERO;
                *program = Money::ZERO;
                HouseholdFlows {
                    pensions,
                    transfers: other,
                    property,
                    income_tax: tax,
                    payroll_tax,
                    saving,
                    property_base,
                    property_tax,
                    national_tax,
                    taxable: Money::from_dollars(taxable.max(0.0)),
                }
            },
        )
        .reduce(HouseholdFlows::default, HouseholdFlows::add);
    let ledger = &mut town.ledger;
    ledger.record(Flow::Pensions, flows.pensions);
    ledger.record(Flow::OtherTransfers, flows.transfers);
    ledger.record(Flow::PropertyIncome, flows.property);
    ledger.record(Flow::IncomeTax, flows.income_tax);
    ledger.record(Flow::EmployeePayrollTax, flows.payroll_tax);
    ledger.record(Flow::ContractualSaving, flows.saving);
    ledger.record(Flow::PropertyTax, flows.property_tax);
    ledger.record(Flow::ProgramTax, flows.national_tax);
    town.finance.bases.homes = flows.property_base;
    town.finance.bases.taxable_income = flows.taxable;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_payment_is_all_windfall_and_a_monthly_one_is_learned() {
        let pay = Money::from_dollars(1_000.0);
        let mut counted_on = 0.0;
        assert_eq!(windfall(pay, &mut counted_on, 0.1), pay);
        assert_eq!(windfall(Money::ZERO, &mut counted_on, 0.1), Money::ZERO);
        let mut left = Vec::new();
        for _ in 0..36 {
            left.push(windfall(pay, &mut counted_on, 0.1).dollars());
        }
        assert!(left.windows(2).all(|pair| pair[1] <= pair[0]), "{left:?}");
        assert!(left[35] < 50.0);
    }
}
