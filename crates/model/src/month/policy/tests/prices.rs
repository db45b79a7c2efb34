//! Money is a unit of account; imports have one price; orders answer it over years.

use super::{live, live_as, parameters};
use crate::month::export::grown;
use crate::scenario::{self, Parameters, Registry, Source};
use crate::town::Town;
use crate::town::ledger::Flow;
use crate::town::people::Status;
use crate::units::sector;

/// A small town with every amount in dollars multiplied.
fn in_dollars_of(factor: f64) -> Parameters {
    let mut settings = vec![
        "town.residents=2000".to_owned(),
        "run.burn_in_months=3".to_owned(),
    ];
    let scaled = Registry::embedded().parameters().iter().filter(|p| {
        p.unit.contains("dollars")
            && !p.unit.contains("per dollar")
            && !p.path.starts_with("policies.")
    });
    for parameter in scaled {
        for (path, value) in &parameter.defaults {
            let text = match value {
                toml::Value::Float(number) => format!("{:?}", number * factor),
                toml::Value::Array(items) => {
                    let items = items.iter().filter_map(toml::Value::as_float);
                    let items: Vec<String> = items.map(|v| format!("{:?}", v * factor)).collect();
                    format!("[{}]", items.join(", "))
                }
                _ => continue,
            };
            settings.push(format!("{path}={text}"));
        }
    }
    assert!(settings.len() > 30, "{settings:?}");
    let loaded = scenario::load(&Source::Embedded("baseline".to_owned()), &settings)
        .unwrap_or_else(|found| panic!("{found:?}"));
    scenario::resolve(&loaded).unwrap_or_else(|found| panic!("{found:?}"))
}

fn at_work(town: &Town) -> f64 {
    let status = town.workers.status.iter();
    status
        .filter(|s| matches!(s, Status::Employed | Status::Owner))
        .count() as f64
}

/// Rounding to cents differs between the two towns and its traces grow, so single pairs differ by chance.
#[test]
fn twice_the_dollars_buy_the_same() {
    let real = |factor: f64, replicate: u32| {
        let (mut jobs, mut output, mut bought) = (0.0, 0.0, 0.0);
        live_as(replicate, &in_dollars_of(factor), 9, |town| {
            jobs += at_work(town);
            output += town
                .firms
                .open_rows()
                .fold(0.0, |sum, f| sum + town.firms.output[f]);
            bought += town.ledger.flow(Flow::ConsumptionLocal).dollars();
        });
        [jobs, output / factor, bought / factor]
    };
    let gaps: Vec<[f64; 3]> = (0..8)
        .map(|replicate| {
            let (once, twice) = (real(1.0, replicate), real(2.0, replicate));
            std::array::from_fn(|figure| twice[figure] / once[figure] - 1.0)
        })
        .collect();
    for figure in 0..3 {
        let values: Vec<f64> = gaps.iter().map(|gap| gap[figure]).collect();
        let mean = crate::stats::mean(&values);
        let square = values
            .iter()
            .fold(0.0, |sum, v| sum + (v - mean) * (v - mean));
        let error = libm::sqrt(square / 56.0);
        assert!(
            mean.abs() < 1e-3 || mean.abs() < 2.0 * error,
            "figure {figure}: {mean} (s.e. {error})"
        );
    }
}

#[test]
fn what_is_indexed_follows_prices_and_what_is_frozen_does_not() {
    let pensions = |settings: &str| {
        let p = parameters(&format!("economy.outside_price_growth = 0.1\n{settings}"));
        let town = live(&p, 13, |_| ());
        let pensioners = |town: &Town| {
            let h = &town.households;
            let rows = (0..h.len()).filter(|&row| h.resident[row]);
            rows.map(|row| f64::from(h.pensioners[row])).sum::<f64>()
        };
        town.ledger.flow(Flow::Pensions).dollars() / pensioners(&town) / 3_500.0
    };
    assert!((pensions("") - 1.1).abs() < 0.01, "{}", pensions(""));
    assert!((pensions("indexation.pensions = 0.0\n") - 1.0).abs() < 0.01);
}

#[test]
fn orders_answer_a_price_with_an_elasticity_that_grows_over_years() {
    let p = parameters("");
    let mut slow = 0.0;
    let counted: Vec<f64> = (0..120).map(|_| grown(0.1, &mut slow, &p) / 0.1).collect();
    assert!(counted[0] < p.trade.short_run_share + 0.05);
    assert!(counted[11] < 0.5 && counted[119] > 0.9);
    assert!(counted.windows(2).all(|pair| pair[1] > pair[0]));
}

#[test]
fn cheaper_imports_reach_makers_inputs_shops_and_online_sellers() {
    let text = "[[timeline]]\nkind = \"import_price\"\nfrom = 0\nchange = -0.2\n";
    let (plain, cheap) = (
        live(&parameters(""), 12, |_| ()),
        live(&parameters(text), 12, |_| ()),
    );
    let paths = |town: &Town| {
        let m = &town.markets;
        [
            m.offshore_price,
            m.online_price,
            m.elsewhere_premium[sector::RETAIL],
            m.elsewhere_premium[sector::MANUFACTURING],
        ]
    };
    for (before, after) in paths(&plain).iter().zip(paths(&cheap)) {
        assert!(after < *before, "{before} {after}");
    }
    // Shelves lag behind the border.
    assert!(cheap.markets.shelf_import > -0.2 && cheap.markets.shelf_import < -0.05);
    let path = live(
        &parameters("trade.offshore_price_growth = 0.1\n"),
        12,
        |_| (),
    );
    for (before, after) in paths(&plain).iter().zip(paths(&path)) {
        assert!(after > *before, "{before} {after}");
    }
}

#[test]
fn missing_inputs_stop_makers_one_for_one_and_for_some_months() {
    let text = "[[timeline]]\nkind = \"offshore_disruption\"\nfrom = 3\nprice_rise = 0.0\nrisk = 0.0\nshortage = \
                0.3\nonset_months = 1\n";
    let made = |text: &str| {
        let mut made = Vec::new();
        live(&parameters(text), 22, |town| {
            let f = &town.firms;
            let makers = f
                .open_rows()
                .filter(|&r| usize::from(f.sector[r]) == sector::MANUFACTURING);
            made.push(makers.map(|r| f.output[r]).sum::<f64>());
        });
        made
    };
    let (plain, short) = (made(""), made(text));
    let lost = |month: usize| 1.0 - short[month] / plain[month];
    assert!(lost(3) > 0.1, "{}", lost(3));
    assert!(lost(21) < 0.5 * lost(4), "{} {}", lost(4), lost(21));
}

#[test]
fn a_chain_opens_cheap_and_outside_owned_and_sells() {
    let text = "[[timeline]]\nkind = \"chain_entry\"\nfrom = 2\n";
    let town = live(&parameters(text), 8, |_| ());
    let firms = &town.firms;
    let chain = firms
        .open_rows()
        .find(|&row| firms.uid[row] >> 22 & 1 == 1 && firms.uid[row] >> 32 == 3)
        .expect("it is in business");
    assert!(!firms.is_local(chain) && usize::from(firms.sector[chain]) == sector::RETAIL);
    assert!(firms.price[chain] < 0.97 * town.markets.price[sector::RETAIL]);
    assert!(firms.output[chain] > 0.0);
}

#[test]
fn a_sector_becomes_more_productive_and_back() {
    let mean = |town: &Town| {
        let f = &town.firms;
        let rows = f
            .open_rows()
            .filter(|&r| f.uid[r] < 1 << 32 && usize::from(f.sector[r]) == 2);
        let (sum, count) = rows.fold((0.0, 0.0), |(s, n), r| (s + f.productivity[r], n + 1.0));
        sum / count
    };
    let text = "[[timeline]]\nkind = \"productivity\"\nfrom = 1\nuntil = 4\nonset_months = 1\ngain = 0.2\n";
    let mut means = Vec::new();
    live(&parameters(text), 6, |town| means.push(mean(town)));
    assert!((means[2] / means[0] - 1.2).abs() < 0.05, "{means:?}");
    assert!((means[5] / means[0] - 1.0).abs() < 0.05, "{means:?}");
}

#[test]
fn firms_adopt_by_order_of_the_timeline() {
    let text = "[[timeline]]\nkind = \"adopt\"\nfrom = 2\ntechnology = \"ai\"\nshare = 1.0\n";
    let users = |text: &str| {
        let p = parameters(text);
        let kind = p.technologies.position("ai").expect("it is there");
        let town = live(&p, 4, |_| ());
        let rows = town.firms.open_rows();
        rows.filter(|&row| town.technology.of(row)[kind].stage > 0)
            .count()
    };
    assert!(users(text) > 2 * users("").max(10));
}
