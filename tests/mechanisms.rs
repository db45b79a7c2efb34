//! Mechanisms and invariants of the month, seen through small towns. Findings of a study are not asserted here:
//! only what a single rule must do.

use mainstreet::month::{self, Scratch};
use mainstreet::rng::Draws;
use mainstreet::scenario::{self, Parameters, Source};
use mainstreet::town::ledger::Flow;
use mainstreet::town::people::Status;
use mainstreet::town::{Town, synthesis};
use mainstreet::units::{Money, SECTORS};

fn parameters(settings: &[&str]) -> Parameters {
    let mut all = vec!["town.residents=3000".to_owned()];
    all.extend(settings.iter().map(|&s| s.to_owned()));
    let loaded = scenario::load(&Source::Embedded("baseline".into()), &all)
        .unwrap_or_else(|found| panic!("{}", scenario::render_all(&found, false)));
    scenario::resolve(&loaded).unwrap()
}

/// A town after some months, with a look at it after each.
fn live(settings: &[&str], months: u32, mut look: impl FnMut(&Town)) -> Town {
    let p = parameters(settings);
    let mut town = synthesis::synthesize(&p, Draws::new(p.run.seed, 0)).unwrap();
    let mut scratch = Scratch::default();
    for _ in 0..months {
        month::advance(&mut town, &p, &mut scratch).unwrap();
        look(&town);
    }
    town
}

/// Sum over months of a flow, dollars.
fn paid(settings: &[&str], months: u32, flow: Flow) -> f64 {
    let mut total = 0.0;
    live(settings, months, |town| {
        total += town.ledger.flow(flow).dollars()
    });
    total
}

#[test]
fn nobody_works_for_a_closed_firm_and_nobody_is_paid_twice() {
    live(&[], 30, |town| {
        for worker in 0..town.workers.len() {
            let employer = town.workers.employer[worker];
            match town.workers.status[worker] {
                Status::Employed | Status::Owner => {
                    if employer < mainstreet::town::people::PUBLIC_EMPLOYER {
                        assert!(town.firms.open[employer as usize], "worker {worker}");
                    }
                }
                _ => {
                    assert_eq!(employer, mainstreet::town::people::NO_EMPLOYER);
                    assert_eq!(town.workers.wage[worker], Money::ZERO);
                }
            }
        }
    });
}

#[test]
fn deposits_never_fall_below_zero_and_firms_stay_within_their_overdraft() {
    let p = parameters(&[]);
    live(&[], 36, |town| {
        assert!(town.households.deposits.iter().all(|&d| d >= Money::ZERO));
        for firm in town.firms.open_rows() {
            let line = p.credit.overdraft_months * town.firms.monthly_cost[firm] + 0.01;
            assert!(town.firms.cash[firm].dollars() >= -line, "firm {firm}");
        }
    });
}

#[test]
fn all_balances_sum_to_zero_every_month() {
    live(&[], 24, |town| {
        let total: Money = town.ledger.balances.iter().copied().sum();
        assert_eq!(total, Money::ZERO);
        let deposits: Money = town.households.deposits.iter().copied().sum();
        assert_eq!(town.ledger.balances[0], deposits);
    });
}

#[test]
fn order_shares_of_each_sector_sum_to_one() {
    live(&[], 24, |town| {
        for sector in 0..SECTORS {
            let rows: Vec<usize> = town
                .firms
                .open_rows()
                .filter(|&f| town.firms.sector[f] as usize == sector)
                .collect();
            let sum: f64 = rows.iter().map(|&f| town.firms.export_share[f]).sum();
            // A firm that closed after the month's orders takes its share along until the next month.
            assert!(
                rows.is_empty() || (0.5..=1.0 + 1e-9).contains(&sum),
                "{sector}: {sum}"
            );
        }
    });
}

#[test]
fn wages_hold_to_the_minimum() {
    live(&["labor_market.minimum_wage=2500"], 12, |town| {
        for worker in 0..town.workers.len() {
            if town.workers.status[worker] == Status::Employed {
                assert!(town.workers.wage[worker] >= Money::from_dollars(2500.0));
            }
        }
    });
}

#[test]
fn unemployment_insurance_answers_its_parameters() {
    let usual = paid(&[], 24, Flow::UnemploymentInsurance);
    let none = paid(
        &["government.unemployment_months=0"],
        24,
        Flow::UnemploymentInsurance,
    );
    let half = paid(
        &["government.unemployment_replacement=0.2"],
        24,
        Flow::UnemploymentInsurance,
    );
    assert!(usual > 0.0);
    // Those insured at month 0 keep their months.
    assert!(none < half && half < usual, "{none} {half} {usual}");
}

#[test]
fn taxes_answer_their_rates() {
    let rates = |text: &str| paid(&[text], 3, Flow::IncomeTax);
    let low = rates("government.income_tax_rates=[0.0, 0.06, 0.11, 0.16]");
    let high = rates("government.income_tax_rates=[0.0, 0.12, 0.22, 0.32]");
    assert!(low < 0.7 * high, "{low} {high}");
    assert_eq!(paid(&["firms.profit_tax_rate=0"], 6, Flow::ProfitTax), 0.0);
}

#[test]
fn more_demand_from_outside_raises_exports() {
    let usual = paid(&["run.burn_in_months=0"], 18, Flow::Exports);
    let more = paid(
        &[
            "run.burn_in_months=0",
            "sectors.manufacturing.export_demand=1.5",
        ],
        18,
        Flow::Exports,
    );
    assert!(more > 1.02 * usual, "{more} {usual}");
}

#[test]
fn cheaper_offshore_makers_take_orders() {
    let orders = |growth: &str| {
        let town = live(&["run.burn_in_months=0", growth], 30, |_| {});
        town.markets.exports[mainstreet::units::sector::MANUFACTURING]
    };
    let usual = orders("trade.offshore_price_growth=0.0");
    let cheaper = orders("trade.offshore_price_growth=-0.08");
    assert!(cheaper < 0.97 * usual, "{cheaper} {usual}");
}

#[test]
fn a_more_convenient_giant_takes_customers() {
    let share = |growth: &str| {
        paid(
            &["run.burn_in_months=0", growth],
            24,
            Flow::ConsumptionOnline,
        )
    };
    let usual = share("demand.online_convenience_growth=0.0");
    let more = share("demand.online_convenience_growth=0.5");
    assert!(more > 1.05 * usual, "{more} {usual}");
}

#[test]
fn without_start_ups_firms_only_close() {
    let town = live(&["entry_exit.entry_rate=0"], 24, |town| {
        assert_eq!(town.activity.entries.iter().sum::<u32>(), 0);
    });
    let start: f64 = town.anchors.firms.iter().sum();
    assert!((town.firms.open_rows().count() as f64) < start);
}

#[test]
fn a_posts_name_makes_suitability_last() {
    // With suitability 0 nobody is ever hired; with 1 more are than usual.
    let hires = |setting: &str| {
        let mut total = 0;
        // Newcomers may have a job before they come.
        live(&[setting, "migration.newcomer_job_in_hand=0"], 12, |town| {
            total += town.activity.hires.iter().sum::<u32>()
        });
        total
    };
    assert_eq!(hires("labor_market.suitability=0"), 0);
    assert!(hires("labor_market.suitability=1") > hires("labor_market.suitability=0.05"));
}

#[test]
fn loans_are_written_off_only_when_firms_close() {
    live(&[], 24, |town| {
        let closed: u32 = town.activity.exits.iter().sum();
        assert!(closed > 0 || town.ledger.written_off == Money::ZERO);
    });
}

#[test]
fn saved_and_reread_a_town_lives_on_alike() {
    let p = parameters(&[]);
    let mut town = synthesis::synthesize(&p, Draws::new(3, 0)).unwrap();
    let mut scratch = Scratch::default();
    for _ in 0..6 {
        month::advance(&mut town, &p, &mut scratch).unwrap();
    }
    let bytes = postcard::to_stdvec(&town).unwrap();
    let mut again: Town = postcard::from_bytes(&bytes).unwrap();
    let mut fresh = Scratch::default();
    for _ in 0..6 {
        month::advance(&mut town, &p, &mut scratch).unwrap();
        month::advance(&mut again, &p, &mut fresh).unwrap();
    }
    assert!(postcard::to_stdvec(&town).unwrap() == postcard::to_stdvec(&again).unwrap());
}

#[test]
fn every_kind_of_town_lives() {
    for kind in ["main_street", "factory", "college", "tourist"] {
        let town = live(&[&format!("town.kind={kind}")], 6, |_| {});
        let jobs = (0..town.workers.len())
            .filter(|&w| town.workers.works(w))
            .count();
        assert!(jobs > 1000, "{kind}: {jobs}");
    }
}
