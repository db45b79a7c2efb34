//! The town as built against the accounts it was built from.

use super::fixtures::{PRESETS, preset};
use super::*;
use crate::town::people::{ONLINE_SUPPLIER, OUTSIDE_SUPPLIER, Status};
use crate::units::sector;

fn build(kind: &str, residents: u32) -> (Parameters, SocialAccounts, Town) {
    let p = preset(kind, residents);
    let accounts = SocialAccounts::solve(&p).expect("presets close");
    let town = synthesize(&p, Draws::new(p.run.seed, 0)).expect("presets build");
    (p, accounts, town)
}

fn close(found: f64, wanted: f64, tolerance: f64, what: &str) {
    let gap = (found / wanted - 1.0).abs();
    assert!(
        gap <= tolerance,
        "{what}: {found} against {wanted}, off by {gap:.5}"
    );
}

#[test]
fn every_preset_builds_at_every_size() {
    for kind in PRESETS {
        for residents in [1_000, 5_000, 50_000] {
            let (p, accounts, town) = build(kind, residents);
            let name = format!("{kind} {residents}");
            let persons: u32 = town
                .households
                .persons
                .iter()
                .zip(&town.households.resident)
                .map(|(&n, &here)| if here { u32::from(n) } else { 0 })
                .sum();
            assert_eq!(persons, residents, "{name}");
            let workers: u32 = town.firms.open_rows().map(|f| town.firms.workers(f)).sum();
            assert_eq!(workers, accounts.heads.iter().sum::<u32>(), "{name}");
            assert_eq!(
                town.workers
                    .status
                    .iter()
                    .filter(|&&s| s == Status::Unemployed)
                    .count(),
                accounts.counts.unemployed as usize
            );
            assert_rows_refer_to_each_other(&town);
            assert_demand_meets_output(&p, &accounts, &town, &name);
        }
    }
}

pub(super) fn assert_rows_refer_to_each_other(town: &Town) {
    let (firms, workers, homes) = (&town.firms, &town.workers, &town.households);
    let mut staff = vec![0; firms.len()];
    let mut bill = vec![Money::ZERO; firms.len()];
    for row in 0..workers.len() {
        let home = workers.household[row] as usize;
        assert!(homes.members(home).contains(&row));
        assert_eq!(homes.resident[home], workers.status[row] != Status::Away);
        match workers.status[row] {
            Status::Employed if workers.employer[row] != crate::town::people::PUBLIC_EMPLOYER => {
                staff[workers.employer[row] as usize] += 1;
                bill[workers.employer[row] as usize] += workers.wage[row];
            }
            Status::Owner => {
                let firm = workers.employer[row] as usize;
                assert_eq!(firms.owner_worker[firm] as usize, row);
                assert_eq!(firms.owner[firm] as usize, home);
            }
            _ => {}
        }
    }
    for firm in 0..firms.len() {
        assert_eq!(staff[firm], firms.staff[firm]);
        assert_eq!(bill[firm], firms.wage_bill[firm]);
        for &supplier in &firms.suppliers[firm] {
            if supplier != crate::town::firms::NO_SUPPLIER {
                assert!(firms.open[supplier as usize] && supplier as usize != firm);
            }
        }
    }
    let held = crate::town::ledger::Holdings {
        households: homes.deposits.iter().copied().sum(),
        firms: firms.cash.iter().copied().sum(),
        loans: firms.loan.iter().copied().sum(),
    };
    assert_eq!(town.ledger.check(0, "synthesis", &held), Ok(()));
}

/// Demand for each sector in month 0, summed over households and firms, against output.
fn assert_demand_meets_output(p: &Parameters, accounts: &SocialAccounts, town: &Town, name: &str) {
    let (firms, homes) = (&town.firms, &town.households);
    let categories = town.markets.category_sector.len();
    let mut demand = [0.0; SECTORS];
    let mut output = [0.0; SECTORS];
    for firm in firms.open_rows() {
        let s = usize::from(firms.sector[firm]);
        let buys = &p.sectors[s];
        output[s] += firms.output[firm];
        for (v, demand) in demand.iter_mut().enumerate() {
            let local = f64::from(firms.local_input_share[firm][v]);
            *demand += buys.inputs[v] * local * firms.output[firm];
        }
        demand[sector::CONSTRUCTION] +=
            buys.overhead * buys.overhead_construction_share * firms.output[firm];
    }
    for home in (0..homes.len()).filter(|&h| homes.resident[h]) {
        for c in 0..categories {
            let supplier = homes.suppliers[home * categories + c];
            if supplier != OUTSIDE_SUPPLIER && supplier != ONLINE_SUPPLIER {
                let s = usize::from(town.markets.category_sector[c]);
                assert_eq!(usize::from(firms.sector[supplier as usize]), s);
                demand[s] += f64::from(homes.spending[home * categories + c])
                    / 100.0
                    / (1.0 + p.sectors[s].sales_tax_rate);
            }
        }
        let bought = &homes.spending[home * categories..(home + 1) * categories];
        let shops: f64 = bought.iter().map(|&cents| f64::from(cents) / 100.0).sum();
        let housing = homes.budget[home].dollars() - shops;
        demand[sector::CONSTRUCTION] += p.households.housing_construction * housing;
        demand[sector::REAL_ESTATE] += p.households.housing_real_estate * housing;
        demand[sector::INFORMATION_FINANCE] += p.households.housing_finance * housing;
    }
    // In a town of a few hundred households one rich household weighs more than a percent of a sector.
    let tolerance = if homes.len() < 1_000 { 0.03 } else { 0.01 };
    for s in 0..SECTORS {
        demand[s] += accounts.government[s] + accounts.exports[s];
        close(
            demand[s],
            output[s],
            tolerance,
            &format!("{name} sector {s}"),
        );
        close(output[s], accounts.output[s], 1e-9, "output");
    }
}

#[test]
fn sums_over_people_are_those_of_the_accounts() {
    for (kind, residents) in [
        ("main_street", 50_000),
        ("factory", 5_000),
        ("tourist", 1_000),
    ] {
        let (p, accounts, town) = build(kind, residents);
        let paid: f64 = (0..town.workers.len())
            .filter(|&w| town.workers.works(w))
            .map(|w| town.workers.wage[w].dollars())
            .sum();
        close(paid, accounts.households.labor, 1e-5, "wages and draws");
        let sum = |column: &[Money]| column.iter().copied().sum::<Money>().dollars();
        close(
            sum(&town.households.budget),
            accounts.households.spending,
            1e-6,
            "spending",
        );
        let found = sum(&town.households.disposable);
        close(
            found,
            accounts.households.disposable,
            0.005,
            "disposable income",
        );
        let property: f64 = (0..town.households.len())
            .filter(|&h| town.households.resident[h])
            .map(|h| town.households.property_income[h].dollars())
            .sum();
        let homes = town.anchors.households;
        close(
            property / homes,
            p.households.property_income,
            0.12,
            "property income",
        );
    }
}

#[test]
fn tilts_do_not_move_what_the_town_spends_in_a_category() {
    for (kind, residents) in [("tourist", 1_000), ("factory", 50_000)] {
        let (_, accounts, town) = build(kind, residents);
        let categories = town.markets.category_sector.len();
        for (c, &share) in town.markets.category_share.iter().enumerate() {
            let spent: f64 = town
                .households
                .spending
                .iter()
                .skip(c)
                .step_by(categories)
                .map(|&cents| f64::from(cents) / 100.0)
                .sum();
            close(
                spent,
                share * accounts.households.spending,
                1e-4,
                "category",
            );
        }
    }
}

#[test]
fn firms_start_at_normal_use_with_the_sector_s_unit_cost() {
    let (p, _, town) = build("college", 5_000);
    for firm in town.firms.open_rows() {
        let s = &p.sectors[usize::from(town.firms.sector[firm])];
        let mut cost = town.firms.wage_bill[firm];
        if town.firms.is_local(firm) {
            cost += town.workers.wage[town.firms.owner_worker[firm] as usize];
        }
        let output = town.firms.output[firm];
        let labor = 1.0 + p.economy.payroll_tax_rate + p.economy.benefits_rate;
        close(
            cost.dollars() * labor,
            s.labor_share * output,
            1e-3,
            "labor cost",
        );
        let use_of_capacity = output / town.firms.capacity[firm];
        close(use_of_capacity, p.firms.normal_utilization, 1e-9, "use");
        let made = town.firms.productivity[firm] * town.firms.labor_units[firm];
        close(made, town.firms.capacity[firm], 1e-9, "capacity");
    }
}

#[test]
fn order_noise_is_dispersed_but_leaves_each_sector_s_orders_alone() {
    let (p, accounts, town) = build("factory", 20_000);
    let mut ordered = [0.0; SECTORS];
    let mut squares = (0.0, 0.0);
    for firm in town.firms.open_rows() {
        let size = f64::from(town.firms.workers(firm));
        let damp = libm::pow((size / 8.0).max(1.0), p.firms.order_noise_size_exponent);
        let spread = p.firms.order_noise_sd / damp;
        let noise = town.firms.order_noise[firm];
        let s = usize::from(town.firms.sector[firm]);
        ordered[s] += town.firms.output[firm] * libm::exp(noise - 0.5 * spread * spread);
        squares.0 += noise * noise / (spread * spread);
        squares.1 += 1.0;
    }
    for (found, wanted) in ordered.iter().zip(&accounts.output) {
        close(*found, *wanted, 1e-9, "orders");
    }
    let variance = squares.0 / squares.1;
    assert!((0.8..1.3).contains(&variance), "{variance}");
}

#[test]
fn each_seller_has_the_customers_its_output_needs() {
    let (p, accounts, town) = build("main_street", 20_000);
    let categories = town.markets.category_sector.len();
    let mut sales = vec![0.0; town.firms.len()];
    let mut largest = [0.0_f64; SECTORS];
    for home in (0..town.households.len()).filter(|&h| town.households.resident[h]) {
        for c in 0..categories {
            let s = usize::from(town.markets.category_sector[c]);
            let spent = f64::from(town.households.spending[home * categories + c]) / 100.0;
            largest[s] = largest[s].max(spent);
            let supplier = town.households.suppliers[home * categories + c];
            if supplier < ONLINE_SUPPLIER {
                sales[supplier as usize] += spent / (1.0 + p.sectors[s].sales_tax_rate);
            }
        }
    }
    for firm in town.firms.open_rows() {
        let s = usize::from(town.firms.sector[firm]);
        let wanted = town.firms.export_share[firm] * accounts.consumption_local[s];
        let gap = (sales[firm] - wanted).abs();
        let slack = 2.0 * largest[s] + 0.01 * wanted;
        assert!(
            gap <= slack,
            "firm {firm}: {} against {wanted}",
            sales[firm]
        );
    }
}

#[test]
fn a_town_is_the_same_for_any_number_of_threads() {
    let p = preset("main_street", 5_000);
    let built: Vec<String> = [1, 2, 8]
        .into_iter()
        .map(|threads| {
            let pool = rayon::ThreadPoolBuilder::new()
                .num_threads(threads)
                .build()
                .expect("a small pool can be built");
            let town = pool.install(|| synthesize(&p, Draws::new(9, 3)).expect("presets build"));
            format!("{town:?}")
        })
        .collect();
    assert!(built[0] == built[1] && built[1] == built[2]);
    let other = synthesize(&p, Draws::new(10, 3)).expect("presets build");
    assert!(built[0] != format!("{other:?}"), "the seed matters");
}
