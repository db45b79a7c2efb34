//! Programs on small towns.

mod draw_names;
mod every_kind;
mod finance;
mod loans;
mod lotteries;
mod people;
mod prices;
mod reskilling;
mod tariff;

use crate::month::{Scratch, advance};
use crate::rng::Draws;
use crate::scenario::{self, Parameters, Source};
use crate::town::Town;
use crate::town::ledger::Flow;
use crate::units::Money;

/// Parameters of a small town with a timeline.
fn parameters(timeline: &str) -> Parameters {
    let text = format!(
        "schema_version = 1\nrun.burn_in_months = 0\nrun.months = 24\ntown.residents = 2000\n{timeline}"
    );
    let source = Source::Text {
        name: "town.toml".to_owned(),
        text,
    };
    let loaded = scenario::load(&source, &[]).unwrap_or_else(|found| panic!("{found:?}"));
    scenario::resolve(&loaded).unwrap_or_else(|found| panic!("{found:?}"))
}

/// The town after some months, each told to `watch`; the accounts closed in every one.
fn live(p: &Parameters, months: u32, watch: impl FnMut(&Town)) -> Town {
    live_as(0, p, months, watch)
}

fn live_as(replicate: u32, p: &Parameters, months: u32, mut watch: impl FnMut(&Town)) -> Town {
    let draws = Draws::new(1, replicate);
    let mut town = crate::town::synthesis::synthesize(p, draws).expect("the town closes");
    crate::month::automation::initialize(&mut town, p);
    let mut scratch = Scratch::default();
    for _ in 0..months {
        advance(&mut town, p, &mut scratch).expect("the accounts close");
        watch(&town);
    }
    town
}

#[test]
fn a_basic_income_reaches_every_adult_and_costs_what_it_pays() {
    let p = parameters(
        "[[timeline]]\nkind = \"basic_income\"\nfrom = 2\nuntil = 4\namount = 500\nadministration = 0.1\n",
    );
    let mut paid = Vec::new();
    live(&p, 6, |town| {
        let month = town.programs.entries[0].this_month;
        let benefits = town.ledger.flow(Flow::ProgramBenefitsOuter);
        assert_eq!(
            benefits,
            Money::from_dollars(500.0 * f64::from(month.people))
        );
        assert_eq!(month.spent_outer, benefits + month.administration);
        assert_eq!(month.administration, benefits.share(0.1));
        paid.push(month.people);
    });
    assert_eq!(
        paid.iter()
            .map(|&people| people > 1_200)
            .collect::<Vec<_>>(),
        [false, false, true, true, false, false]
    );
}

#[test]
fn a_policy_of_later_months_leaves_earlier_ones_alone() {
    let with = parameters("[[timeline]]\nkind = \"minimum_wage\"\nfrom = 6\nwage = 6000\n");
    let without = parameters("");
    let (mut a, mut b) = (Vec::new(), Vec::new());
    let wages = |into: &mut Vec<Money>, town: &Town| into.push(town.ledger.flow(Flow::Wages));
    live(&with, 9, |town| wages(&mut a, town));
    live(&without, 9, |town| wages(&mut b, town));
    assert_eq!(a[..6], b[..6]);
    assert_ne!(a[6..], b[6..]);
}

#[test]
fn a_slump_builds_up_and_ends() {
    let p = parameters(
        "[[timeline]]\nkind = \"demand_slump\"\nfrom = 1\nuntil = 3\nfall = 0.2\nonset_months = 2\n",
    );
    let level = |month: u32| {
        let mut changed = None;
        p.in_force(month, &Default::default(), &mut changed).sectors[2].export_demand
            / p.sectors[2].export_demand
    };
    assert_eq!([0, 1, 2, 3].map(level), [1.0, 0.9, 0.8, 1.0]);
}

#[test]
fn a_larger_budget_for_grants_serves_no_fewer_and_none_is_as_if_there_were_no_grant() {
    let paid = |budget: f64| {
        let p = parameters(&format!(
            "[[timeline]]\nkind = \"technology_grant\"\nfrom = 0\nbudget = {budget:.1}\nawareness_months = 1\n"
        ));
        let mut firms = 0;
        let town = live(&p, 24, |town| {
            firms += town.programs.entries[0].this_month.firms
        });
        (firms, town.ledger.balances, town.technology.holdings)
    };
    let none = paid(0.0);
    let (little, much) = (paid(4.0), paid(400.0));
    assert_eq!(none.0, 0);
    assert!(little.0 > 0 && much.0 > little.0, "{} {}", little.0, much.0);
    let without = live(&parameters(""), 24, |_| ());
    assert_eq!(none.1, without.ledger.balances);
    assert_eq!(none.2, without.technology.holdings);
}
