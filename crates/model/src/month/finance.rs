//! Public money: what pays for programs, and the rates, cuts and debts that follow.
//!
//! Every entry of the timeline names what pays for it, or leaves it to the scenario's rule. Each way to pay keeps its
//! own account: the cost of its programs `c` less what was raised for them. From one month to the next it is set to raise
//! `ĉ + ρ · owed`, with the cost smoothed and the arrears recovered, so that what a program costs is raised in full. What
//! the local fund holds or owes beside is spent or recovered by the scenario's rule.

use crate::scenario::Parameters;
use crate::scenario::parameters::{Financing, Lever, Policy, concerns};
use crate::town::finance::{DEBT, INSTRUMENTS, PROPERTY_TAX, PURCHASES, SALES_TAX, instrument};
use crate::town::ledger::{Account, Flow};
use crate::town::{Firms, Town};
use crate::units::{Money, SECTORS};

use super::government::purchases_norm;
use super::policy::scenario_month;
use super::population::resident_share;

/// Weight of a month in yearly averages.
const YEARLY: f64 = 1.0 / 12.0;
/// Lowest change of the rate of property tax that the budget makes: some of it stays.
const LOWEST_PROPERTY_TAX: f64 = -0.9;
/// Bound on the rate of the national tax, share of taxable income; below zero it gives revenue of programs back.
const HIGHEST_NATIONAL_TAX: f64 = 0.9;

/// Part of its local taxes that a firm is spared this month.
pub fn abated(firms: &Firms, firm: usize, p: &Parameters) -> f64 {
    let relief = &p.levels.abatement[usize::from(firms.sector[firm])];
    if relief.share > 0.0
        && firms.workers(firm) >= relief.smallest_firm
        && firms.age[firm] <= relief.oldest_firm
    {
        relief.share
    } else {
        0.0
    }
}

/// Local taxes of a firm relative to the rate of month 0.
pub fn local_tax_factor(firms: &Firms, firm: usize, p: &Parameters) -> f64 {
    (1.0 + p.levels.property_tax).max(0.0) * (1.0 - abated(firms, firm, p))
}

/// Notes what the month's local taxes on firms are levied on, and what relief costs.
pub fn assess_firms(town: &mut Town, p: &Parameters) {
    let mut base = 0.0;
    let mut spared = [0.0; SECTORS];
    for firm in 0..town.firms.len() {
        if !town.firms.open[firm] {
            continue;
        }
        let s = usize::from(town.firms.sector[firm]);
        let sector = &p.sectors[s];
        let due = sector.overhead
            * sector.overhead_local_tax_share
            * town.firms.visibility[firm]
            * town.markets.outside_price;
        base += due;
        spared[s] += due * (1.0 + p.levels.property_tax).max(0.0) * abated(&town.firms, firm, p);
    }
    town.finance.bases.firms = Money::from_dollars(base);
    let Some(month) = scenario_month(town, p) else {
        return;
    };
    for (entry, policy, _) in p.timeline.in_force(month) {
        let Lever::TaxAbatement(relief) = &policy.lever else {
            continue;
        };
        // Where two entries relieve a sector, the more generous one does.
        let forgone = (0..SECTORS)
            .filter(|&s| concerns(&relief.sector, s))
            .filter(|&s| p.levels.abatement[s].entry == entry)
            .fold(0.0, |sum, s| sum + spared[s]);
        let month = &mut town.programs.entries[entry].this_month;
        month.collected_local -= Money::from_dollars(forgone);
    }
}

/// Collects the sales tax above that of month 0 on what residents bought online.
pub fn tax_online(town: &mut Town, p: &Parameters) {
    let rise = p.levels.sales_tax;
    let mut taxed = Money::ZERO;
    for s in 0..SECTORS {
        if p.sectors[s].sales_tax_rate > 0.0 {
            taxed += town.activity.consumption_online[s];
        }
    }
    let rise = rise.max(0.0);
    let tax = taxed.share(rise / (1.0 + rise));
    town.ledger.record(Flow::SalesTaxOnline, tax);
    town.finance.bases.taxed_sales += taxed - tax;
}

/// Interest on the local government's debt.
pub fn pay_interest(town: &mut Town, p: &Parameters) {
    let debt = -town.ledger.opening[Account::LocalGovernment as usize];
    let interest = debt
        .at_least_zero()
        .share(p.public_finance.debt_rate / 12.0);
    town.ledger.record(Flow::LocalInterest, interest);
}

/// Counts what changed tax rates brought, and sets the rates, cuts and payments of next month.
pub fn close_month(town: &mut Town, p: &Parameters) {
    let month = scenario_month(town, p);
    if let Some(month) = month {
        count_tax_changes(town, p, month);
    }
    let rules = &p.public_finance;
    let mut local_cost = [0.0; INSTRUMENTS];
    let mut national_cost = 0.0;
    let policies = town.programs.entries.iter().zip(&p.timeline.policies);
    for (program, policy) in policies {
        let done = &program.this_month;
        let local = (done.spent_local - done.collected_local).dollars();
        local_cost[pays_locally(policy, rules.local_rule)] += local;
        if pays_nationally(policy, rules.outer_rule) {
            national_cost += (done.spent_outer - done.collected_outer).dollars();
        }
    }
    set_local_rates(town, p, local_cost);
    set_national_tax(town, p, national_cost);
}

/// What pays for an entry's cost to the local government.
fn pays_locally(policy: &Policy, rule: Financing) -> usize {
    instrument(policy.financing)
        .or_else(|| instrument(rule))
        .unwrap_or(PURCHASES)
}

/// Whether the nation pays for an entry's cost to the outer government by a tax.
fn pays_nationally(policy: &Policy, rule: Financing) -> bool {
    let financing = if policy.financing.is_outer() {
        policy.financing
    } else {
        rule
    };
    financing == Financing::NationalTax
}

/// Revenue of entries that change a rate: their part of the rate times what it is levied on.
fn count_tax_changes(town: &mut Town, p: &Parameters, month: u32) {
    let bases = town.finance.bases;
    for (entry, policy, months) in p.timeline.in_force(month) {
        let brought = match &policy.lever {
            Lever::SalesTaxChange(tax) => bases.taxed_sales.share(tax.now(months)),
            Lever::PropertyTaxChange(tax) => (bases.homes + bases.firms).share(tax.now(months)),
            _ => continue,
        };
        town.programs.entries[entry].this_month.collected_local += brought;
    }
}

/// Purchases and public jobs at their norm, dollars a month, and what was saved on them this month.
fn norm_and_saved(town: &Town) -> (f64, f64) {
    let share = resident_share(town);
    let flows = |flow| town.ledger.flow(flow).dollars();
    let bought = flows(Flow::LocalPurchases);
    let paid =
        flows(Flow::PublicWages) + flows(Flow::PublicPayrollTax) + flows(Flow::PublicStaffBenefits);
    let stance = town.finance.stance.max(0.05);
    let jobs = (town.labor.public_jobs / (town.anchors.public_jobs * share).max(1e-9)).max(0.05);
    let norm = bought / stance + paid / jobs;
    // A town that has just been built has bought nothing yet.
    (norm.max(purchases_norm(town)), norm - bought - paid)
}

fn set_local_rates(town: &mut Town, p: &Parameters, cost: [f64; INSTRUMENTS]) {
    let rules = &p.public_finance;
    let (norm, saved) = norm_and_saved(town);
    let fund = town.ledger.balance(Account::LocalGovernment).dollars();
    let revenue = (Flow::ALL.iter())
        .filter(|flow| flow.to() == Account::LocalGovernment)
        .map(|&flow| town.ledger.flow(flow))
        .sum::<Money>()
        .dollars();
    let finance = &mut town.finance;
    if finance.revenue == 0.0 {
        finance.revenue = revenue;
    }
    finance.revenue += YEARLY * (revenue - finance.revenue);
    let property = (finance.bases.homes + finance.bases.firms).dollars();
    let sales = finance.bases.taxed_sales.dollars();
    let programs = finance.local[PURCHASES];
    let mut raised = [
        property * finance.property_tax,
        sales * finance.sales_tax,
        0.0,
        0.0,
    ];
    let rule = instrument(rules.local_rule).unwrap_or(PURCHASES);
    // Of what purchases and jobs save, programs' accounts count what they asked for; the rest answers the fund.
    let asked = programs.cost + rules.recovery * programs.owed;
    raised[PURCHASES] = if asked > 0.0 {
        asked.min(saved.max(0.0))
    } else {
        asked.max(saved.min(0.0))
    };
    let mut required = [0.0; INSTRUMENTS];
    for i in 0..INSTRUMENTS {
        let wanted =
            finance.local[i].settle(cost[i], raised[i], rules.cost_smoothing, rules.recovery);
        required[i] = if i == DEBT { 0.0 } else { wanted };
    }
    let programs_owe = finance
        .local
        .iter()
        .fold(0.0, |sum, charge| sum + charge.owed);
    required[rule] += p.government.purchase_response * (-fund - programs_owe);
    let limit = rules.debt_limit * 12.0 * finance.revenue;
    let debt = (-fund).max(0.0);
    required[DEBT] = 0.0;
    required[PURCHASES] += p.government.purchase_response * (debt - limit).max(0.0);
    // What a tax cannot raise, or give back, purchases and jobs do.
    let rate = |required: f64, base: f64, least: f64, most: f64| {
        let wanted = if base > 0.0 { required / base } else { 0.0 };
        let rate = wanted.clamp(least.min(most), most);
        (rate, required - rate * base)
    };
    let (property_tax, short) = rate(
        required[PROPERTY_TAX],
        property,
        LOWEST_PROPERTY_TAX,
        rules.property_tax_limit,
    );
    let (sales_tax, short_too) = rate(required[SALES_TAX], sales, 0.0, rules.sales_tax_limit);
    let most = p.government.purchase_limit;
    let cut = (required[PURCHASES] + short + short_too) / norm.max(1.0);
    finance.property_tax = property_tax;
    finance.sales_tax = sales_tax;
    finance.stance = 1.0 - cut.clamp(-most, most);
    finance.solvency = if debt > 0.0 {
        (2.0 - debt / limit.max(1.0)).clamp(0.0, 1.0)
    } else {
        1.0
    };
}

/// Sets the tax with which the nation pays for programs: `τ = (ĉ + ρ · owed) / y`, all for each resident, where `y` is
/// taxable income in the nation of towns like this one at the end of burn-in.
fn set_national_tax(town: &mut Town, p: &Parameters, cost: f64) {
    let residents = (town.anchors.residents * resident_share(town)).max(1.0);
    let income = town.finance.bases.taxable_income.dollars() / residents;
    let settled = town.month >= p.run.burn_in_months;
    let finance = &mut town.finance;
    if finance.national_income == 0.0 {
        finance.national_income = income;
    } else if !settled {
        finance.national_income += YEARLY * (income - finance.national_income);
    }
    let rules = &p.public_finance;
    let nation = finance.national_income * p.levels.price_level;
    let raised = finance.national_tax * nation;
    let each = cost / residents;
    let wanted = finance
        .national
        .settle(each, raised, rules.cost_smoothing, rules.recovery);
    finance.national_tax =
        (wanted / nation.max(1.0)).clamp(-HIGHEST_NATIONAL_TAX, HIGHEST_NATIONAL_TAX);
}
