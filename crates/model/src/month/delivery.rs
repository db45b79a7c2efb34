//! Phase 12, deliver: goods to households, and the rest of each order outside.

use crate::parallel::prelude::*;

use crate::town::Town;
use crate::town::ledger::Flow;
use crate::town::people::{Households, ONLINE_SUPPLIER, OUTSIDE_SUPPLIER};
use crate::units::{Money, SECTORS};

use super::consumption::CHUNK;
use super::scratch::Scratch;

/// Totals by category of what households bought where, in cents.
#[derive(Clone, Copy, Default)]
struct Bought {
    local: [i64; SECTORS],
    outside: [i64; SECTORS],
    online: [i64; SECTORS],
    chains: i64,
    unserved: i64,
}

impl Bought {
    fn add(mut self, other: Bought) -> Bought {
        for s in 0..SECTORS {
            self.local[s] += other.local[s];
            self.outside[s] += other.outside[s];
            self.online[s] += other.online[s];
        }
        self.chains += other.chains;
        self.unserved += other.unserved;
        self
    }
}

/// Delivers what firms can serve, sends the rest of each order outside, and charges households.
pub fn deliver(town: &mut Town, scratch: &mut Scratch) {
    let categories = town.markets.category_sector.len();
    let Town {
        households,
        firms,
        markets,
        ..
    } = town;
    let Households {
        resident,
        deposits,
        budget,
        suppliers,
        spending,
        rationed,
        ..
    } = households;
    let scratch = &*scratch;
    let deliver_one = |supplier: &[u32], spent: &[u32], rationed: &mut u16, bought: &mut Bought| {
        *rationed = 0;
        for (category, (&from, &cents)) in supplier.iter().zip(spent).enumerate() {
            let s = markets.category_sector[category] as usize;
            let cents = i64::from(cents);
            match from {
                OUTSIDE_SUPPLIER => bought.outside[s] += cents,
                ONLINE_SUPPLIER => bought.online[s] += cents,
                firm => {
                    let firm = firm as usize;
                    let served = scratch.served[firm];
                    let mut got = cents;
                    if served < 1.0 {
                        got = (cents as f64 * served) as i64;
                        *rationed |= 1 << category;
                        bought.outside[s] += cents - got;
                        bought.unserved += cents - got;
                    }
                    scratch.consumer_sales.add(firm, got);
                    bought.local[s] += got;
                    if !firms.is_local(firm) {
                        bought.chains += got;
                    }
                }
            }
        }
    };
    let bought = (
        suppliers.par_chunks(categories),
        spending.par_chunks(categories),
        rationed,
        deposits,
        &*budget,
        &*resident,
    )
        .into_par_iter()
        .with_min_len(CHUNK)
        .fold(
            Bought::default,
            |mut bought, (supplier, spent, rationed, deposit, &budget, &here)| {
                if here {
                    deliver_one(supplier, spent, rationed, &mut bought);
                    *deposit -= budget;
                }
                bought
            },
        )
        .reduce(Bought::default, Bought::add);
    book(town, &bought);
}

fn book(town: &mut Town, bought: &Bought) {
    let total = |amounts: &[i64; SECTORS]| Money::from_cents(amounts.iter().sum());
    town.ledger
        .record(Flow::ConsumptionLocal, total(&bought.local));
    town.ledger
        .record(Flow::ConsumptionOutside, total(&bought.outside));
    town.ledger
        .record(Flow::ConsumptionOnline, total(&bought.online));
    let activity = &mut town.activity;
    activity.consumption_local = bought.local.map(Money::from_cents);
    activity.consumption_outside = bought.outside.map(Money::from_cents);
    activity.consumption_online = bought.online.map(Money::from_cents);
    activity.consumption_chains = Money::from_cents(bought.chains);
    activity.unserved += Money::from_cents(bought.unserved);
}
