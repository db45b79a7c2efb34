//! How attractive buying outside must be for the town's sellers to keep the customers the accounts give them.
//!
//! A household that searches compares its present supplier (with habit in its favor), a few firms drawn in
//! proportion to attraction, shops elsewhere and the online giant, and picks by logit. At month 0 all prices are
//! equal, so for one household the choice between *in town*, *elsewhere* and *online* is a Markov chain with three
//! states whose long-run shares have a closed form. The appeals of the two outside options are adjusted until the
//! shares of spending, summed over households with their different tastes, are those of the scenario.

use crate::town::Firms;
use crate::town::choice::{local_utility, outside_utility};

/// Firms in town that a searching household sees besides its present supplier.
pub(super) const SEEN: usize = 3;
/// Appeals stay within this range: beyond it an option is chosen always or never.
const RANGE: f64 = 30.0;
/// Part of the log gap in shares closed in each step.
const DAMPING: f64 = 0.6;
/// Steps of adjustment, and the gap in shares at which they end.
const STEPS: u32 = 200;
const CLOSED: f64 = 1e-8;

/// Where a household buys: shares or weights of the three states.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Shares {
    /// From a firm in town.
    pub local: f64,
    /// In other towns.
    pub outside: f64,
    /// From the online giant.
    pub online: f64,
}

/// Tastes of one household, with its spending.
#[derive(Clone, Copy, Debug)]
pub(super) struct Taste {
    /// Spending, dollars a month.
    pub spending: f64,
    /// exp(utility of a local firm of average quality).
    pub local: f64,
    /// exp(utility of an outside option with appeal 0).
    pub outside: f64,
    /// exp(utility of the online giant with appeal 0).
    pub online: f64,
}

impl Taste {
    /// Tastes as the choice rule weighs them at month-0 prices and intimacy.
    pub fn of(spending: f64, price_sensitivity: f64, loyalty: f64, convenience: f64) -> Taste {
        Taste {
            spending,
            local: libm::exp(local_utility(
                price_sensitivity,
                0.0,
                0.0,
                0.0,
                0.0,
                loyalty,
            )),
            outside: libm::exp(outside_utility(price_sensitivity, 0.0, 0.0)),
            online: libm::exp(outside_utility(price_sensitivity, 0.0, convenience)),
        }
    }
}

/// What a search turns up in one category: how many different firms, and how good they are.
#[derive(Clone, Debug)]
pub(super) struct Search {
    /// Chance of seeing 0, 1, 2, 3 different firms when buying outside.
    seen_from_away: [f64; SEEN + 1],
    /// The same when buying in town, the present supplier not counted.
    seen_from_local: [f64; SEEN + 1],
    /// Mean of exp(quality) over firms drawn, and over firms customers stay with.
    drawn: f64,
    kept: f64,
    /// exp(habit).
    habit: f64,
}

impl Search {
    /// The search in a category sold by the firms in rows `sellers`.
    pub fn among(firms: &Firms, sellers: &[u32], habit: f64) -> Search {
        let total: f64 = sellers.iter().map(|&f| firms.attraction[f as usize]).sum();
        let share = |f: &u32| firms.attraction[*f as usize] / total;
        let quality = |f: &u32| libm::exp(firms.quality[*f as usize]);
        let drawn: f64 = sellers.iter().map(|f| share(f) * quality(f)).sum();
        let kept: f64 = sellers
            .iter()
            .map(|f| share(f) * quality(f) * quality(f))
            .sum::<f64>()
            / drawn.max(f64::MIN_POSITIVE);
        let squares: f64 = sellers.iter().map(|f| share(f) * share(f)).sum();
        let cubes: f64 = sellers.iter().map(|f| share(f) * share(f) * share(f)).sum();
        let pairs = 3.0 * (squares - cubes);
        let mut seen_from_local = [0.0; SEEN + 1];
        for p in sellers.iter().map(share) {
            let (others, squares, cubes) = (1.0 - p, squares - p * p, cubes - p * p * p);
            let none = p * p * p;
            let one = 3.0 * p * p * others + 3.0 * p * squares + cubes;
            let two = 3.0 * p * (others * others - squares) + 3.0 * (squares * others - cubes);
            seen_from_local[0] += p * none;
            seen_from_local[1] += p * one;
            seen_from_local[2] += p * two;
            seen_from_local[3] += p * (1.0 - none - one - two);
        }
        let nobody = f64::from(u8::from(sellers.is_empty()));
        Search {
            seen_from_away: [
                nobody,
                cubes,
                pairs,
                (1.0 - nobody - cubes - pairs).max(0.0),
            ],
            seen_from_local,
            drawn,
            kept,
            habit: libm::exp(habit),
        }
    }

    /// Long-run shares of one household when the outside options weigh `outside` and `online`.
    pub fn long_run(&self, taste: &Taste, outside: f64, online: f64) -> Shares {
        let firm = taste.local * self.drawn;
        let own = taste.local * self.kept * self.habit;
        let (out, net) = (taste.outside * outside, taste.online * online);
        let mut from_local = Shares::default();
        let mut from_outside = Shares::default();
        let mut from_online = Shares::default();
        for seen in 0..=SEEN {
            let firms = seen as f64 * firm;
            let chance = self.seen_from_local[seen];
            if chance > 0.0 {
                let part = chance / (own + firms + out + net);
                from_local.outside += part * out;
                from_local.online += part * net;
            }
            let chance = self.seen_from_away[seen];
            if chance > 0.0 {
                let part = chance / (firms + out * self.habit + net);
                from_outside.local += part * firms;
                from_outside.online += part * net;
                let part = chance / (firms + out + net * self.habit);
                from_online.local += part * firms;
                from_online.outside += part * out;
            }
        }
        // Stationary weights of a three-state chain: sums over the trees that lead into each state.
        let (a, b, c) = (from_local, from_outside, from_online);
        let local = b.local * c.local + b.local * c.outside + c.local * b.online;
        let outside = a.outside * c.outside + a.outside * c.local + c.outside * a.online;
        let online = a.online * b.online + a.online * b.local + b.online * a.outside;
        let sum = local + outside + online;
        if sum <= 0.0 || sum.is_nan() {
            return Shares {
                local: 0.0,
                outside: 1.0,
                online: 0.0,
            };
        }
        Shares {
            local: local / sum,
            outside: outside / sum,
            online: online / sum,
        }
    }

    /// Shares of spending in the long run over a sample of households.
    pub fn spending_shares(&self, sample: &[Taste], outside: f64, online: f64) -> Shares {
        let mut sum = Shares::default();
        let mut spending = 0.0;
        for taste in sample {
            let shares = self.long_run(taste, outside, online);
            sum.local += taste.spending * shares.local;
            sum.outside += taste.spending * shares.outside;
            sum.online += taste.spending * shares.online;
            spending += taste.spending;
        }
        Shares {
            local: sum.local / spending,
            outside: sum.outside / spending,
            online: sum.online / spending,
        }
    }

    /// The appeals (utility) of shops elsewhere and of the online giant at which spending divides as `wanted`.
    pub fn appeals(&self, sample: &[Taste], wanted: &Shares) -> (f64, f64) {
        let absent = |share: f64| share <= 1e-9;
        let mut outside = if absent(wanted.outside) { -RANGE } else { 0.0 };
        let mut online = if absent(wanted.online) {
            f64::NEG_INFINITY
        } else {
            0.0
        };
        if absent(wanted.local) {
            return (RANGE, if online == 0.0 { RANGE } else { online });
        }
        for _ in 0..STEPS {
            let now = self.spending_shares(sample, libm::exp(outside), libm::exp(online));
            let gap = (now.local - wanted.local).abs() + (now.online - wanted.online).abs();
            if gap < CLOSED {
                break;
            }
            let local = libm::log(wanted.local / now.local.max(1e-300));
            let step = |share: f64, now: f64| {
                DAMPING * (libm::log(share / now.max(1e-300)) - local).clamp(-2.0, 2.0)
            };
            if !absent(wanted.outside) {
                outside = (outside + step(wanted.outside, now.outside)).clamp(-RANGE, RANGE);
            }
            if !absent(wanted.online) {
                online = (online + step(wanted.online, now.online)).clamp(-RANGE, RANGE);
            }
        }
        (outside, online)
    }
}

#[cfg(test)]
mod tests;
