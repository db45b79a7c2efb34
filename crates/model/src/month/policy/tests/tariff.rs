//! Who pays a duty on imports, and whom it helps.

use super::{live, parameters};
use crate::month::reshoring;
use crate::scenario::Parameters;
use crate::scenario::parameters::TaxRates;
use crate::town::Town;
use crate::units::{Money, sector};

const TARIFF: &str = "[[timeline]]\nkind = \"tariff\"\nfrom = 0\nrate = 0.2\nonset_months = 0\n";

fn in_force(p: &Parameters) -> Parameters {
    p.in_force(1, &TaxRates::default(), &mut None).clone()
}

fn after(p: &Parameters, months: u32) -> Town {
    live(p, months, |_| ())
}

#[test]
fn shops_here_and_elsewhere_and_makers_pass_the_duty_on() {
    let (without, with) = (after(&parameters(""), 24), after(&parameters(TARIFF), 24));
    for s in [sector::RETAIL, sector::MANUFACTURING] {
        let rise = with.markets.price[s] / without.markets.price[s];
        assert!(rise > 1.005, "{s}: {rise}");
    }
    let p = in_force(&parameters(TARIFF));
    let goods = p.sectors[sector::RETAIL].inputs[sector::MANUFACTURING];
    let premium = with.markets.elsewhere_premium[sector::RETAIL];
    // Shelves follow the border with a lag of some months.
    let full = goods * p.trade.imported_goods * 0.2;
    assert!(
        premium - 1.0 > 0.7 * full && premium - 1.0 <= full,
        "{premium} {full}"
    );
    assert_eq!(without.markets.elsewhere_premium[sector::RETAIL], 1.0);
}

#[test]
fn shops_goods_bear_duty_beside_inputs() {
    let collected = |settings: &str| {
        let mut duty = Money::ZERO;
        live(&parameters(&format!("{settings}{TARIFF}")), 3, |town| {
            duty += town.programs.entries[0].this_month.collected_outer;
        });
        duty
    };
    let all = collected("");
    let inputs = collected("trade.imported_goods = 0.0\n");
    let goods = collected("trade.imported_inputs = 0.0\n");
    assert!(inputs.is_positive() && goods.is_positive());
    assert!(all > inputs && all > goods);
}

#[test]
fn foreign_countries_answer_in_kind() {
    let p = in_force(&parameters(TARIFF));
    let landed = 1.2 * p.elsewhere_premium(sector::MANUFACTURING);
    let lost = 1.0 - libm::pow(landed, -p.trade.foreign_elasticity);
    let left = p.foreign_orders(sector::MANUFACTURING);
    assert!((left - (1.0 - p.trade.foreign_orders * lost)).abs() < 1e-12);
    assert_eq!(p.foreign_orders(sector::PROFESSIONAL), 1.0);
    let farm_orders = |answer: &str| {
        let town = after(
            &parameters(&format!("{TARIFF}retaliation = {answer}\n")),
            12,
        );
        town.markets.exports[sector::FARMING]
    };
    assert!(farm_orders("1.0") < farm_orders("0.0"));
}

#[test]
fn makers_elsewhere_in_the_country_are_spared_the_duty_too() {
    let mut p = in_force(&parameters(TARIFF));
    let mut markets = after(&parameters(""), 1).markets;
    markets.price[sector::MANUFACTURING] = 1.0;
    markets.offshore_price = 1.2;
    // As dear as those elsewhere in the country, for as long as anybody remembers.
    markets.price[sector::MANUFACTURING] =
        markets.outside_price * markets.elsewhere_premium[sector::MANUFACTURING];
    markets.slow_price = Default::default();
    let mut won = |offshore: f64| {
        p.trade.offshore_rivals = offshore;
        reshoring::response(&markets, &p, 0.0)
    };
    // Without offshore rivals there is nobody to win from.
    assert!((won(0.0) - 1.0).abs() < 1e-12);
    assert!(won(0.4) > 1.0 && won(1.0) > won(0.4));
}
