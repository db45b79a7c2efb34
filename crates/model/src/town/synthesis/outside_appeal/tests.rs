//! The closed form against the search rule it stands for.

use super::*;
use crate::rng::{Draws, Purpose, unit, unit32};
use crate::town::choice::choose;
use crate::town::people::{ONLINE_SUPPLIER, OUTSIDE_SUPPLIER};
use crate::town::synthesis::businesses::Drawer;
use crate::town::synthesis::fixtures::preset;
use crate::town::synthesis::synthesize;

/// Shares of spending after `rounds` searches by the rule itself, every household searching each round and
/// starting from its first supplier; averaged over the last half.
fn simulate(kind: &str, residents: u32, category: usize, rounds: u32) -> (Shares, Shares) {
    let p = preset(kind, residents);
    let town = synthesize(&p, Draws::new(5, 0)).expect("presets build");
    let (firms, homes, markets) = (&town.firms, &town.households, &town.markets);
    let sector = usize::from(markets.category_sector[category]);
    let drawer = Drawer::new(firms);
    let draws = Draws::new(77, 0);
    let categories = markets.category_sector.len();
    let mut spent = Shares::default();
    for home in (0..homes.len()).filter(|&h| homes.resident[h]) {
        let mut supplier = homes.suppliers[home * categories + category];
        let budget = homes.budget[home].dollars();
        let sensitivity = f64::from(homes.price_sensitivity[home]);
        for round in 0..rounds {
            let words = draws.words(home as u64, round, Purpose::SupplierSearch, 0);
            let pick = draws.uniform(home as u64, round, Purpose::SupplierSearch, 1);
            let mut options = vec![OUTSIDE_SUPPLIER, ONLINE_SUPPLIER];
            if supplier < ONLINE_SUPPLIER {
                options.push(supplier);
            }
            for word in &words[..SEEN] {
                let firm = drawer.draw(sector, unit32(*word)).expect("sellers");
                if !options.contains(&firm) {
                    options.push(firm);
                }
            }
            let utilities: Vec<f64> = options
                .iter()
                .map(|&option| {
                    let habit = if option == supplier {
                        p.demand.habit
                    } else {
                        0.0
                    };
                    habit
                        + match option {
                            OUTSIDE_SUPPLIER => {
                                outside_utility(sensitivity, 0.0, markets.outside_utility[category])
                            }
                            ONLINE_SUPPLIER => outside_utility(
                                sensitivity,
                                0.0,
                                markets.online_utility[category]
                                    + f64::from(homes.convenience[home]),
                            ),
                            firm => local_utility(
                                sensitivity,
                                0.0,
                                0.0,
                                0.0,
                                firms.quality[firm as usize],
                                f64::from(homes.loyalty[home]),
                            ),
                        }
                })
                .collect();
            supplier = options[choose(pick, &utilities)];
            if round >= rounds / 2 {
                match supplier {
                    OUTSIDE_SUPPLIER => spent.outside += budget,
                    ONLINE_SUPPLIER => spent.online += budget,
                    _ => spent.local += budget,
                }
            }
        }
    }
    let all = spent.local + spent.outside + spent.online;
    let found = Shares {
        local: spent.local / all,
        outside: spent.outside / all,
        online: spent.online / all,
    };
    let s = &p.sectors[sector];
    let wanted = Shares {
        local: s.local_consumption_share,
        online: s.online_share,
        outside: 1.0 - s.local_consumption_share - s.online_share,
    };
    (found, wanted)
}

#[test]
fn the_search_rule_itself_keeps_the_wanted_shares() {
    // Many sellers with an online giant, a handful of sellers, and a single seller or two.
    for (kind, residents, category) in [
        ("main_street", 20_000, 3),
        ("factory", 2_000, 5),
        ("college", 1_000, 6),
    ] {
        let (found, wanted) = simulate(kind, residents, category, 200);
        let name = format!("{kind} {residents} {category}: {found:?} wanted {wanted:?}");
        assert!((found.local - wanted.local).abs() < 0.01, "{name}");
        assert!((found.online - wanted.online).abs() < 0.01, "{name}");
    }
}

#[test]
fn seeing_few_firms_matches_counting_draws() {
    let p = preset("main_street", 1_000);
    let town = synthesize(&p, Draws::new(1, 0)).expect("presets build");
    let drawer = Drawer::new(&town.firms);
    let sector = crate::units::sector::HOSPITALITY;
    let sellers = drawer.firms(sector);
    let search = Search::among(&town.firms, sellers, 0.0);
    let draws = Draws::new(2, 0);
    let (mut away, mut local) = ([0.0; SEEN + 1], [0.0; SEEN + 1]);
    let trials = 40_000;
    for trial in 0..trials {
        let words = draws.words(trial, 0, Purpose::SupplierSearch, 0);
        let now = draws.words(trial, 0, Purpose::SupplierSearch, 1);
        let now = drawer.draw(sector, unit(now[0], now[1])).expect("sellers");
        let mut seen: Vec<u32> = words[..SEEN]
            .iter()
            .map(|&w| drawer.draw(sector, unit32(w)).expect("sellers"))
            .collect();
        seen.sort_unstable();
        seen.dedup();
        away[seen.len()] += 1.0 / trials as f64;
        seen.retain(|&firm| firm != now);
        local[seen.len()] += 1.0 / trials as f64;
    }
    for k in 0..=SEEN {
        assert!(
            (away[k] - search.seen_from_away[k]).abs() < 0.01,
            "away {k}"
        );
        assert!(
            (local[k] - search.seen_from_local[k]).abs() < 0.01,
            "local {k}"
        );
    }
}
