//! Phase 12, settle: rationing, and the money.

use std::sync::atomic::Ordering;

use crate::scenario::Parameters;
use crate::town::Town;
use crate::town::ledger::Flow;
use crate::town::people::OUTSIDE_OWNER;
use crate::units::{Money, SECTORS, sector};

use super::scratch::Scratch;

/// Part of the backlog that firms count as demand.
const BACKLOG_IN_DEMAND: f64 = 0.25;
/// Weight of a month in yearly averages.
const YEARLY: f64 = 1.0 / 12.0;

/// Adds up each firm's orders and sets the share it can serve: everybody gets the same fraction.
pub fn ration(town: &mut Town, p: &Parameters, scratch: &mut Scratch) {
    spread_pools(town, scratch);
    let firms = &mut town.firms;
    for firm in 0..firms.len() {
        if !firms.open[firm] {
            continue;
        }
        let tax = 1.0 + p.sales_tax(firms.sector[firm] as usize);
        let consumers = scratch.consumer_orders.get(firm) as f64 / 100.0 / tax;
        let others = Money::from_cents(scratch.named_orders.get(firm))
            + scratch.pool_orders[firm]
            + scratch.export_orders[firm]
            + scratch.investment_orders[firm]
            + scratch.government_orders[firm];
        let wanted = (consumers + others.dollars()) / firms.price[firm];
        let most = firms.capacity[firm].min(super::production::input_limit(firms, firm, p));
        let served = if wanted > most { most / wanted } else { 1.0 };
        scratch.served[firm] = served;
        firms.served[firm] = served;
        let backlog = firms.export_backlog[firm] + firms.government_backlog[firm];
        firms.demand[firm] = wanted - (1.0 - BACKLOG_IN_DEMAND) * backlog;
        firms.output[firm] = wanted * served;
    }
}

/// Splits each sector's pool over its firms by business share, to the cent (cumulative rounding).
fn spread_pools(town: &Town, scratch: &mut Scratch) {
    let firms = &town.firms;
    let mut cumulative = [0.0; SECTORS];
    let mut given = [0i64; SECTORS];
    let totals: [i64; SECTORS] = std::array::from_fn(|s| scratch.pool[s].total());
    for firm in firms.open_rows() {
        let s = firms.sector[firm] as usize;
        cumulative[s] += firms.business_share[firm];
        let upto = ((totals[s] as f64 * cumulative[s]).round() as i64).min(totals[s]);
        scratch.pool_orders[firm] = Money::from_cents(upto - given[s]);
        given[s] = upto;
    }
}

/// What a firm sold this month, by buyer.
#[derive(Clone, Copy, Default)]
struct Sales {
    consumers: Money,
    named: Money,
    pool: Money,
    exports: Money,
    investment: Money,
    government: Money,
    /// Sales tax within what consumers paid.
    tax: Money,
}

impl Sales {
    fn total(&self) -> Money {
        self.consumers + self.named + self.pool + self.exports + self.investment + self.government
    }
}

/// Pays for everything: sales, sales tax, inputs, overhead, interest, repayment, profit tax, dividends.
pub fn settle(town: &mut Town, p: &Parameters, scratch: &mut Scratch) {
    for pool in &mut scratch.pool {
        pool.served = 0;
    }
    town.finance.bases.taxed_sales = Money::ZERO;
    let mut named_served = Money::ZERO;
    let mut technology_bought = Money::ZERO;
    for firm in 0..town.firms.len() {
        if !town.firms.open[firm] {
            continue;
        }
        let sales = sell(town, firm, p, scratch);
        super::policy::charges::charge(town, firm, sales.total() - sales.tax, p, scratch);
        named_served += sales.named;
        scratch.pool[town.firms.sector[firm] as usize].served += sales.pool.cents();
        let revenue = sales.total() - sales.tax;
        let profit = pay_costs(town, firm, revenue, p, scratch)
            + settle_technology(town, firm, revenue, scratch);
        technology_bought += scratch.technology_bill[firm];
        update_finances(town, firm, revenue.dollars(), profit, p);
        pay_owner(town, firm, p);
    }
    book_business_purchases(town, named_served, technology_bought, scratch);
    super::policy::charges::collect_duties(town, p, scratch);
    super::finance::tax_online(town, p);
    super::policy::loans::repay(town, p);
    update_margins(town, p);
}

/// Credits a firm's sales and records the flows that end with it.
fn sell(town: &mut Town, firm: usize, p: &Parameters, scratch: &Scratch) -> Sales {
    let Town {
        firms,
        ledger,
        activity,
        finance,
        ..
    } = town;
    let served = scratch.served[firm];
    let s = firms.sector[firm] as usize;
    let consumers = Money::from_cents(scratch.consumer_sales.get(firm));
    let rate = p.sales_tax(s);
    let sales = Sales {
        consumers,
        tax: consumers.share(rate / (1.0 + rate)),
        named: Money::from_cents(scratch.named_orders.get(firm)).share(served),
        pool: scratch.pool_orders[firm].share(served),
        exports: scratch.export_orders[firm].share(served),
        investment: scratch.investment_orders[firm].share(served),
        government: scratch.government_orders[firm].share(served),
    };
    firms.cash[firm] += sales.total() - sales.tax;
    ledger.record(Flow::SalesTax, sales.tax);
    if p.sectors[s].sales_tax_rate > 0.0 {
        finance.bases.taxed_sales += sales.consumers - sales.tax;
    }
    ledger.record(Flow::Exports, sales.exports);
    ledger.record(Flow::HousingInvestment, sales.investment);
    let purchases = if s == sector::EDUCATION_HEALTH {
        Flow::OuterPurchases
    } else {
        Flow::LocalPurchases
    };
    ledger.record(purchases, sales.government);
    let unmet = |orders: Money, sold: Money| {
        p.firms.backlog_carryover * (orders - sold).dollars() / firms.price[firm]
    };
    let export_backlog = unmet(scratch.export_orders[firm], sales.exports);
    let government_backlog = unmet(scratch.government_orders[firm], sales.government);
    firms.export_backlog[firm] = export_backlog;
    firms.government_backlog[firm] = government_backlog;
    activity.sales[s] += sales.total() - sales.tax;
    activity.exports[s] += sales.exports + sales.investment;
    sales
}

/// Pays for inputs, overhead, interest and repayment; returns the month's profit in dollars. Revenue is without
/// sales tax.
fn pay_costs(
    town: &mut Town,
    firm: usize,
    revenue: Money,
    p: &Parameters,
    scratch: &Scratch,
) -> f64 {
    let Town { firms, ledger, .. } = town;
    let inputs = scratch.input_bill[firm];
    let overhead = scratch.overhead[firm];
    let yearly_sales = (12.0 * firms.smoothed_sales[firm]).max(1.0);
    let loan = firms.loan[firm];
    let rate = p.credit.loan_rate + p.credit.risk_spread * (loan.dollars() / yearly_sales).min(1.0);
    let interest = loan.share(rate / 12.0);
    let repayment = loan.share(1.0 / f64::from(p.credit.repayment_months));
    let overhead_total =
        overhead.local_tax + overhead.outer_tax + overhead.construction + overhead.outside;
    firms.loan[firm] -= repayment;
    firms.cash[firm] -= inputs + overhead_total + interest + repayment;
    ledger.record(Flow::OverheadTax, overhead.local_tax);
    ledger.record(Flow::OverheadOuterTax, overhead.outer_tax);
    ledger.record(Flow::OverheadOutside, overhead.outside);
    ledger.record(Flow::Interest, interest);
    ledger.record(Flow::LoanRepayment, repayment);
    (revenue - scratch.labor_bill[firm] - inputs - overhead_total - interest).dollars()
}

/// Pays for technology and collects revenue from data; returns what both add to profit, in dollars. Losses to
/// incidents were paid when they happened.
fn settle_technology(town: &mut Town, firm: usize, revenue: Money, scratch: &Scratch) -> f64 {
    let lost = scratch.support[firm].data_revenue_lost;
    let data = revenue.share(town.technology.effects(firm).data_revenue * (1.0 - lost));
    let bill = scratch.technology_bill[firm];
    let charges = scratch.charges_bill[firm];
    town.firms.cash[firm] += data - bill - charges;
    town.ledger.record(Flow::DataRevenue, data);
    let s = town.firms.sector[firm] as usize;
    town.activity.sales[s] += data;
    town.activity.exports[s] += data;
    town.technology.counts.spent += bill;
    (data - bill - charges - scratch.incident_bill[firm]).dollars()
}

/// Updates smoothed sales, profit, margin and normal cost, and pays profit tax.
fn update_finances(town: &mut Town, firm: usize, revenue: f64, profit: f64, p: &Parameters) {
    let Town { firms, ledger, .. } = town;
    let weight = p.firms.profit_smoothing;
    firms.smoothed_sales[firm] += YEARLY * (revenue - firms.smoothed_sales[firm]);
    firms.profit[firm] += weight * (profit - firms.profit[firm]);
    let cost = revenue - profit;
    firms.monthly_cost[firm] += weight * (cost - firms.monthly_cost[firm]);
    let base = firms.monthly_cost[firm] + firms.profit[firm];
    firms.margin[firm] = if base > 0.0 {
        (firms.profit[firm] / base).clamp(-1.0, 1.0)
    } else {
        -1.0
    };
    let tax = Money::from_dollars(p.firms.profit_tax_rate * firms.profit[firm].max(0.0));
    firms.cash[firm] -= tax;
    ledger.record(Flow::ProfitTax, tax);
}

/// Dividends: smoothed profit after tax and part of spare cash, never more than half of what exceeds half a
/// month's costs.
fn pay_owner(town: &mut Town, firm: usize, p: &Parameters) {
    let Town {
        firms,
        households,
        ledger,
        technology,
        ..
    } = town;
    let cost = firms.monthly_cost[firm];
    let cash = firms.cash[firm].dollars();
    let after_tax = firms.profit[firm] * (1.0 - p.firms.profit_tax_rate);
    let kept = super::automation::reinvested(technology, firm);
    let fund = technology.firms.get(firm).map_or(0.0, |row| row.fund);
    let wanted = p.firms.payout_share * (after_tax - kept)
        + p.firms.excess_cash_payout * (cash - p.firms.cash_months * cost - fund);
    let limit = 0.5 * (cash - 0.5 * cost);
    let dividend = Money::from_dollars(wanted.min(limit).max(0.0));
    if !dividend.is_positive() {
        return;
    }
    firms.cash[firm] -= dividend;
    let owner = firms.owner[firm];
    if owner == OUTSIDE_OWNER {
        ledger.record(Flow::DividendsOutside, dividend);
    } else {
        households.deposits[owner as usize] += dividend;
        households.dividends[owner as usize] += dividend;
        ledger.record(Flow::Dividends, dividend);
    }
}

/// Splits business and housing purchases into what local firms delivered and what came from outside.
fn book_business_purchases(
    town: &mut Town,
    named_served: Money,
    technology_bought: Money,
    scratch: &Scratch,
) {
    let mut technology_local = Money::ZERO;
    let ordered: Money = scratch.input_bill.iter().copied().sum();
    let mut inputs_local = named_served;
    for (sector, pool) in scratch.pool.iter().enumerate() {
        let total = pool.total();
        let part = |kind: i64| {
            if total == 0 {
                0
            } else {
                // Wide integers: cents times cents overflow 64 bits in a town of millions.
                (i128::from(kind) * i128::from(pool.served) / i128::from(total)) as i64
            }
        };
        let overhead = pool.overhead.load(Ordering::Relaxed);
        let housing = pool.housing.load(Ordering::Relaxed);
        let overhead_served = part(overhead);
        let housing_served = part(housing);
        let technology_served = part(pool.technology.load(Ordering::Relaxed));
        technology_local += Money::from_cents(technology_served);
        let services_served = book_services(town, sector, &part);
        inputs_local += Money::from_cents(
            pool.served - overhead_served - housing_served - technology_served - services_served,
        );
        let ledger = &mut town.ledger;
        ledger.record(Flow::OverheadLocal, Money::from_cents(overhead_served));
        ledger.record(
            Flow::OverheadOutside,
            Money::from_cents(overhead - overhead_served),
        );
        ledger.record(Flow::HousingLocal, Money::from_cents(housing_served));
        ledger.record(
            Flow::HousingOutside,
            Money::from_cents(housing - housing_served),
        );
        town.activity.unserved += Money::from_cents(total - pool.served);
    }
    town.ledger.record(Flow::TechnologyLocal, technology_local);
    town.ledger.record(
        Flow::TechnologyOutside,
        technology_bought - technology_local,
    );
    town.ledger.record(Flow::InputsLocal, inputs_local);
    town.ledger
        .record(Flow::InputsOutside, ordered - inputs_local);
}

/// Books the services that programs ordered from a sector, delivered in town and outside; returns the cents
/// delivered in town.
fn book_services(town: &mut Town, sector: usize, served: &impl Fn(i64) -> i64) -> i64 {
    let [local, outer] = town.programs.services[sector];
    let delivered = [local, outer].map(|ordered| Money::from_cents(served(ordered.cents())));
    let ledger = &mut town.ledger;
    ledger.record(Flow::ProgramServicesLocal, delivered[0]);
    ledger.record(Flow::ProgramServicesLocalOutside, local - delivered[0]);
    ledger.record(Flow::ProgramServicesOuter, delivered[1]);
    ledger.record(Flow::ProgramServicesOuterOutside, outer - delivered[1]);
    (delivered[0] + delivered[1]).cents()
}

/// Smoothed profit margin of each sector's firms.
fn update_margins(town: &mut Town, p: &Parameters) {
    let firms = &town.firms;
    let mut profit = [0.0; SECTORS];
    let mut sales = [0.0; SECTORS];
    for firm in firms.open_rows() {
        let s = firms.sector[firm] as usize;
        profit[s] += firms.profit[firm];
        sales[s] += firms.monthly_cost[firm] + firms.profit[firm];
    }
    for s in 0..SECTORS {
        if sales[s] > 0.0 {
            let margin = profit[s] / sales[s];
            town.markets.margin[s] += p.firms.profit_smoothing * (margin - town.markets.margin[s]);
        }
    }
}
