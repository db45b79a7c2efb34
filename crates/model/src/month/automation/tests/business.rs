//! Rivals, plans, kinds of business, training.

use crate::month::automation::basis_of_price;
use crate::units::ARCHETYPE_IDS;

use super::*;

#[test]
fn rivals_prices_squeeze_whoever_saves_nothing() {
    let mut p = parameters(2_000);
    let mut town = start(&p, 1);
    let firm = town.firms.open_rows().next().expect("there is a firm");
    let sector = usize::from(town.firms.sector[firm]);
    town.technology.price_cuts[sector] = 0.1;
    let cost = |town: &mut Town, p: &Parameters| {
        let basis = price_basis(&town.technology, &town.firms, firm, p);
        basis_of_price(&mut town.technology, firm, &basis, 0.5, 0.2, 0.3)
    };
    assert!((cost(&mut town, &p) - (1.0 - 0.1 * p.automation.price_rivalry)).abs() < 1e-9);
    assert!(
        (town.technology.firms[firm].price_cut - 0.1 * p.automation.price_rivalry).abs() < 1e-9
    );
    p.automation.price_rivalry = 0.0;
    assert_eq!(cost(&mut town, &p), 1.0);
}

#[test]
fn data_bring_plans_closer_to_demand() {
    let mut p = eager(3_000);
    for id in ["crm", "erp", "ai", "iot", "ecommerce"] {
        p.technologies.get_mut(id).expect("it is there").forecasting = 0.0;
    }
    let error = |p: &Parameters| {
        let (town, _) = live(p, 31, 24);
        let rows = town
            .firms
            .open_rows()
            .filter(|&f| town.technology.firms[f].has_adopted());
        let errors: Vec<f64> = rows
            .map(|f| f64::from(town.technology.firms[f].kpis[10]))
            .filter(|error| error.is_finite())
            .collect();
        errors.iter().sum::<f64>() / errors.len() as f64
    };
    let without = error(&p);
    p.technologies
        .get_mut("ai")
        .expect("it is there")
        .forecasting = 1.0;
    p.technologies
        .get_mut("saas")
        .expect("it is there")
        .forecasting = 1.0;
    assert!(error(&p) < without);
}

#[test]
fn kinds_of_business_stand_in_their_sector_and_tilt_their_owners() {
    let mut p = parameters(6_000);
    let town = start(&p, 1);
    let of = |town: &Town, id: &str| -> Vec<usize> {
        let place = ARCHETYPE_IDS.iter().position(|kind| *kind == id);
        let place = place.expect("it exists") as u8;
        let rows = town.firms.open_rows();
        rows.filter(|&f| town.technology.firms[f].archetype == place)
            .collect()
    };
    let restaurants = of(&town, "restaurant");
    assert!(restaurants.len() > 3);
    for &firm in &restaurants {
        assert_eq!(
            p.sectors[usize::from(town.firms.sector[firm])].title,
            p.sectors.hospitality.title
        );
        assert!(town.firms.is_local(firm));
    }
    p.archetypes.restaurant.values = [0.0, 0.0, 0.0, 0.0, 2.0];
    let tilted = start(&p, 1);
    let agility = |town: &Town| {
        let weights = restaurants
            .iter()
            .map(|&f| town.technology.firms[f].values[value::AGILITY]);
        weights.sum::<f64>()
    };
    assert_eq!(of(&tilted, "restaurant"), restaurants);
    assert!(agility(&tilted) > 1.5 * agility(&town));
}

#[test]
fn training_lifts_the_staffs_literacy() {
    let mut p = eager(3_000);
    p.automation.strategy_mean = 1.0;
    let mean = |p: &Parameters| {
        let town = live(p, 37, 24).0;
        let all = &town.workers.digital_literacy;
        all.iter()
            .fold(0.0, |sum, &literacy| sum + f64::from(literacy))
            / all.len() as f64
    };
    let with = mean(&p);
    p.automation.training_literacy = 0.0;
    assert!(with > mean(&p) + 0.001);
}
