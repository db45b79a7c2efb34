//! Spending: what households and firms buy, where the money goes, and at which prices.

use std::ops::Range;

use crate::stats::sum_of;
use crate::town::Town;
use crate::units::{Money, SECTORS, sector};

use super::accounts::Totals;
use super::definition::{measures, ratio};
use super::trade::Trade;

measures! {
    /// Consumption and where it goes, trade between firms, exports, output and prices.
    Spending, "spending" {
        consumption ["dollars a month"] "Households' spending on goods, services and housing, sales tax included.",
        consumption_real ["dollars a month at month-0 prices"] "Consumption over the consumer price index.",
        housing_spending ["dollars a month"] "Households' spending on housing: rent, mortgage interest, upkeep and property tax.",
        local_share ["share"] "Purchases from firms in town over households' purchases of goods and services, housing apart." empty if "nothing is bought",
        outside_share ["share"] "Purchases in other towns over households' purchases of goods and services, housing apart." empty if "nothing is bought",
        online_share ["share"] "Purchases online over households' purchases of goods and services, housing apart." empty if "nothing is bought",
        online_share_retail ["share"] "Purchases online over households' purchases of retail goods." empty if "no retail goods are bought",
        retail_leakage ["share"] "Purchases online and in other towns over households' purchases of retail goods." empty if "no retail goods are bought",
        chains_share ["share"] "Purchases from chains and branches of outside owners over households' purchases in town, housing apart." empty if "nothing is bought in town",
        exports ["dollars a month"] "Sales of local firms to buyers outside the town, dwellings built with outside funds included.",
        output ["dollars a month"] "Sales of local firms to all buyers, sales tax deducted.",
        output_real ["dollars a month at month-0 prices"] "Output sold at month-0 prices by the firms in business at the end of the month.",
        price_index ["index, month-0 price = 1"] "Prices of local firms weighted by this month's household purchases in town (Paasche): spending over the same purchases at month-0 prices." empty if "nothing is bought in town",
        consumer_price_index ["index, month-0 price = 1"] "Prices of all goods and services households buy, in town, in other towns and online, weighted by this month's purchases (Paasche); housing apart." empty if "nothing is bought",
        business_local_share ["share"] "Inputs bought from firms in town over all inputs firms buy." empty if "no inputs are bought",
        propensity_to_consume ["share"] "Average propensity to consume: consumption over disposable income." empty if "there is no income",
    }
}

pub(crate) fn measure(town: &Town, totals: &Totals, trade: &Trade) -> Spending {
    let [local, outside, online] = totals.shopping().map(Money::dollars);
    let shopping = local + outside + online;
    let [inputs_local, inputs_outside] = totals.inputs().map(Money::dollars);
    let retail = Basket::of(town, sector::RETAIL..sector::RETAIL + 1);
    let all = Basket::of(town, 0..SECTORS);
    let consumption = totals.consumption().dollars();
    Spending {
        consumption,
        // Without purchases there is no index, and what is spent is housing, which has no price here.
        consumption_real: if all.nominal() == 0.0 {
            consumption
        } else {
            consumption * ratio(all.real(), all.nominal())
        },
        housing_spending: totals.housing().dollars(),
        local_share: ratio(local, shopping),
        outside_share: ratio(outside, shopping),
        online_share: ratio(online, shopping),
        online_share_retail: ratio(retail.online, retail.nominal()),
        retail_leakage: ratio(retail.online + retail.outside, retail.nominal()),
        chains_share: ratio(town.activity.consumption_chains.dollars(), local),
        exports: totals.exports().dollars(),
        output: totals.output().dollars(),
        output_real: trade.sum(|sector| sector.output),
        price_index: ratio(all.local, all.local_real),
        consumer_price_index: ratio(all.nominal(), all.real()),
        business_local_share: ratio(inputs_local, inputs_local + inputs_outside),
        propensity_to_consume: ratio(consumption, totals.disposable_income().dollars()),
    }
}

/// Households' purchases of the goods of some sectors, by place, in dollars; and at month-0 prices.
struct Basket {
    local: f64,
    outside: f64,
    online: f64,
    local_real: f64,
    elsewhere_real: f64,
}

impl Basket {
    fn of(town: &Town, sectors: Range<usize>) -> Basket {
        let (activity, markets) = (&town.activity, &town.markets);
        let total = |purchases: &[Money]| -> f64 {
            purchases[sectors.clone()]
                .iter()
                .copied()
                .sum::<Money>()
                .dollars()
        };
        let local = &activity.consumption_local;
        let outside = total(&activity.consumption_outside);
        let online = total(&activity.consumption_online);
        // What shops elsewhere take for duties is price, not quantity.
        let within = |sector: usize| {
            let part = 1.0 - 1.0 / markets.elsewhere_premium[sector];
            activity.consumption_outside[sector].dollars() * part
        };
        let duties = sum_of(sectors.clone().map(within));
        let tax = &markets.sales_tax_factor;
        let at_month_0 =
            |sector: usize| local[sector].dollars() / (markets.price[sector] * tax[sector]);
        let online_untaxed =
            |sector: usize| activity.consumption_online[sector].dollars() / tax[sector];
        Basket {
            local: total(local),
            outside,
            online,
            local_real: sum_of(sectors.clone().map(at_month_0)),
            elsewhere_real: (outside - duties) / markets.outside_price
                + sum_of(sectors.map(online_untaxed)) / markets.online_price,
        }
    }

    fn nominal(&self) -> f64 {
        self.local + self.outside + self.online
    }

    fn real(&self) -> f64 {
        self.local_real + self.elsewhere_real
    }
}
