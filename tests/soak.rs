//! Ten towns of 50,000 through 160 months, every month looked at: `cargo test --release --test soak -- --ignored
//! --nocapture`. Takes a minute or two of two cores; `SOAK_SEEDS` and `SOAK_RESIDENTS` make it shorter.

use mainstreet::indicators::Conventions;
use mainstreet::month::{self, Scratch};
use mainstreet::run::{self, Replicate, RunSettings};
use mainstreet::scenario::{self, Parameters, Source};
use mainstreet::town::Town;
use mainstreet::units::Money;

const MONTHS: u32 = 160;

fn number(name: &str, usual: u32) -> u32 {
    std::env::var(name).map_or(usual, |text| text.parse().expect("a whole number"))
}

fn parameters(residents: u32) -> Parameters {
    let settings = [
        format!("town.residents={residents}"),
        format!("run.months={MONTHS}"),
        "run.burn_in_months=0".to_owned(),
    ];
    let source = Source::Embedded("baseline".into());
    let loaded = scenario::load(&source, &settings).expect("the scenario loads");
    scenario::resolve(&loaded).expect("the scenario resolves")
}

/// What is wrong with a town at the end of a month, beyond accounts that do not close.
fn faults(town: &Town, p: &Parameters) -> Vec<String> {
    let mut found = Vec::new();
    let households = &town.households.deposits;
    let below = households.iter().filter(|d| **d < Money::ZERO).count();
    if below > 0 {
        found.push(format!("{below} households' deposits are negative"));
    }
    let firms = &town.firms;
    for firm in (0..firms.len()).filter(|&firm| firms.open[firm]) {
        let line = p.credit.overdraft_months * firms.monthly_cost[firm];
        let started_this_month = firms.age[firm] == 0;
        if firms.cash[firm].dollars() < -line && !started_this_month {
            found.push(format!(
                "firm {firm} holds {} dollars, its line is {line:.2}",
                firms.cash[firm].dollars()
            ));
        }
        if firms.loan[firm] < Money::ZERO {
            found.push(format!("firm {firm} owes less than nothing"));
        }
        let columns = [
            ("capacity", firms.capacity[firm]),
            ("output", firms.output[firm]),
            ("price", firms.price[firm]),
            ("markup", firms.markup[firm]),
            ("unit cost", firms.unit_cost[firm]),
            ("attraction", firms.attraction[firm]),
            ("expected demand", firms.expected_demand[firm]),
            ("monthly cost", firms.monthly_cost[firm]),
            ("pay premium", firms.pay_premium[firm]),
        ];
        for (name, value) in columns {
            if !value.is_finite() || value < 0.0 && name != "markup" {
                found.push(format!("firm {firm}: {name} is {value}"));
            }
        }
    }
    let wages = town.workers.wage.iter().filter(|w| **w < Money::ZERO);
    if wages.count() > 0 {
        found.push("negative wages".to_owned());
    }
    found
}

/// Every month of one replicate; what was wrong, by month.
fn live(p: &Parameters, seed: u32) -> Vec<String> {
    let settings = RunSettings {
        seed: u64::from(seed),
        ..RunSettings::of(p, 0)
    };
    let town = run::build_town(p, settings.draws()).expect("the town closes");
    let mut replicate = Replicate::new(town, settings, Conventions::of(p));
    let mut scratch = Scratch::default();
    let mut wrong = Vec::new();
    while !replicate.is_finished() {
        // Accounts that do not close and indicators that are not finite end the run.
        let lived = replicate.live_month(&mut |town| month::advance(town, p, &mut scratch));
        if let Err(error) = lived {
            wrong.push(format!("seed {seed}: {error}"));
            return wrong;
        }
        let month = replicate.months_lived();
        for fault in faults(replicate.town(), p) {
            wrong.push(format!("seed {seed}, month {month}: {fault}"));
        }
    }
    wrong
}

#[test]
#[ignore = "a minute or two: see the head of the file"]
fn ten_towns_through_thirteen_years_without_a_fault() {
    let p = parameters(number("SOAK_RESIDENTS", 50_000));
    let mut wrong = Vec::new();
    for seed in 1..=number("SOAK_SEEDS", 10) {
        wrong.extend(live(&p, seed));
        println!("seed {seed}: {} faults so far", wrong.len());
    }
    assert!(
        wrong.is_empty(),
        "{} faults:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(20)].join("\n")
    );
}
