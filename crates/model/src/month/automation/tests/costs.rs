//! Full cost, competition, and the world without the town.

use crate::indicators::tables::adoption;
use crate::town::technology::{CostParts, FirmTechnology};
use crate::units::Money;

use super::*;

#[test]
fn the_technology_itself_is_the_smaller_part_of_what_a_project_costs() {
    let p = eager(3_000);
    let mut town = start(&p, 5);
    let mut scratch = Scratch::default();
    let mut parts: Vec<CostParts> = Vec::new();
    for _ in 0..BURN_IN + 24 {
        advance(&mut town, &p, &mut scratch).expect("accounts close");
        parts.extend(town.technology.finished.iter().map(|f| f.project.parts));
        for f in &town.technology.finished {
            assert!(f.project.spent <= f.project.cost);
            assert_eq!(f.project.cost, f.project.parts.bought());
        }
    }
    let sum =
        |part: fn(&CostParts) -> Money| -> f64 { parts.iter().map(|c| part(c).dollars()).sum() };
    let all = sum(CostParts::total);
    assert!(parts.len() > 30 && sum(|c| c.staff_time) > 0.0);
    assert!(sum(|c| c.technology) < 0.5 * all);
}

#[test]
fn a_project_takes_the_staffs_time_from_production() {
    let p = eager(3_000);
    let (town, _) = live(&p, 5, 12);
    let busy = |row: &&FirmTechnology| row.project.is_some();
    let rows = town.firms.open_rows().map(|f| &town.technology.firms[f]);
    let (working, idle): (Vec<_>, Vec<_>) = rows.partition(busy);
    assert!(!working.is_empty());
    assert!(working.iter().any(|row| row.diverted > 0.0));
    assert!(working.iter().all(|row| row.diverted < 0.5));
    assert!(idle.iter().all(|row| row.diverted < 0.5));
}

#[test]
fn dearer_complements_make_fewer_start() {
    let started = |change: fn(&mut Parameters)| {
        let mut p = parameters(3_000);
        p.automation.review_chance = 0.4;
        change(&mut p);
        live(&p, 9, 24).1.len()
    };
    let usual = started(|_| {});
    let dear = started(|p| {
        for (_, technology) in p.technologies.members_mut() {
            technology.integration *= 4.0;
            technology.staff_hours *= 4.0;
        }
    });
    let free = started(|p| {
        for (_, technology) in p.technologies.members_mut() {
            technology.integration = 0.0;
            technology.staff_hours = 0.0;
        }
    });
    assert!(dear < usual && usual < free, "{dear} {usual} {free}");
}

#[test]
fn everybody_who_does_without_a_technology_has_a_reason() {
    let p = eager(3_000);
    let (town, _) = live(&p, 5, 12);
    let firms = town.firms.open_rows().count() as f64;
    for row in adoption(&town) {
        let without = row.no_use
            + row.not_heard
            + row.held_by_cost
            + row.held_by_skills
            + row.held_by_values
            + row.undecided;
        assert_eq!(row.users + without, firms);
    }
    assert!(adoption(&town).iter().any(|row| row.held_by_cost > 0.0));
}

#[test]
fn what_all_rivals_save_ends_up_in_prices() {
    let p = parameters(2_000);
    let mut row = FirmTechnology::none();
    row.split = values::split(&[0.2; VALUES], &p);
    let own = 1.0 - p.automation.price_rivalry;
    assert!((values::passed_on(&row, &p) - p.automation.saving_to_prices).abs() < 1e-9);
    row.competed = 1.0;
    let passed = values::passed_on(&row, &p);
    // With prices P = passed · saving + rivalry · P, the whole saving.
    assert!((passed / own - 1.0).abs() < 1e-9);
}

#[test]
fn competition_closes_in_as_fast_as_rivals_save() {
    let p = parameters(2_000);
    let after = |rivals: f64| {
        let mut row = FirmTechnology::none();
        row.net_saving = 10.0;
        for _ in 0..(12.0 * p.automation.competition_years) as u32 {
            values::compete(&mut row, 100.0, rivals, &p);
        }
        row.competed
    };
    assert_eq!(after(0.0), 0.0);
    assert!((after(0.1) - (1.0 - libm::exp(-1.0))).abs() < 0.01);
    assert!(after(0.05) > 0.0 && after(0.05) < after(0.1));
}

#[test]
fn the_world_automates_without_the_town() {
    let mut p = eager(2_000);
    p.automation.town_adopts = false;
    let (town, ended) = live(&p, 3, 24);
    assert!(ended.is_empty() && users(&town) == 0);
    assert!(town.technology.outside_appeal > 0.0);
    assert!(town.markets.outside_price < 1.0);
    let path: Vec<f64> = (0..60)
        .map(|y| p.automation.outside_diffusion(f64::from(y)))
        .collect();
    assert_eq!(path[0], 0.0);
    assert!(path.windows(2).all(|years| years[0] < years[1]));
    assert!(path[59] < 1.0 && path[59] > 0.99);
}
