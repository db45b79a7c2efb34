//! Movers and residents of month 0 in small towns.

use std::collections::BTreeSet;

use crate::month::{Scratch, advance};
use crate::rng::Draws;
use crate::scenario::{self, Parameters, Source};
use crate::town::Town;
use crate::town::people::Status;
use crate::town::residents::NOBODY;

use super::Prospects;

fn parameters(text: &str) -> Parameters {
    let source = Source::Text {
        name: "town.toml".to_owned(),
        text: format!("schema_version = 1\nrun.burn_in_months = 3\ntown.residents = 2000\n{text}"),
    };
    let loaded = scenario::load(&source, &[]).unwrap_or_else(|found| panic!("{found:?}"));
    scenario::resolve(&loaded).unwrap_or_else(|found| panic!("{found:?}"))
}

fn live(p: &Parameters, months: u32) -> Town {
    let mut town =
        crate::town::synthesis::synthesize(p, Draws::new(1, 0)).expect("the town closes");
    crate::month::automation::initialize(&mut town, p);
    let mut scratch = Scratch::default();
    for _ in 0..months {
        advance(&mut town, p, &mut scratch).expect("the accounts close");
    }
    town
}

#[test]
fn nobody_of_month_0_is_lost_or_counted_twice() {
    let p = parameters("migration.moving_rate = 0.2\n");
    let town = live(&p, 27);
    let residents = &town.residents;
    let here = (0..residents.tenth.len()).filter(|&row| residents.tenth[row] != NOBODY);
    let away = residents.leavers.iter().filter(|one| one.tenth != NOBODY);
    let mut rows: Vec<u32> = here.map(|row| row as u32).collect();
    assert!(
        rows.iter()
            .all(|&row| town.workers.status[row as usize] != Status::Away)
    );
    let left = away.clone().count();
    rows.extend(away.map(|one| one.worker));
    rows.extend(residents.retired.iter().map(|one| one.worker));
    let different: BTreeSet<u32> = rows.iter().copied().collect();
    assert_eq!(different.len(), rows.len());
    // Those who reached 65 on the job and retired then are no longer followed; nobody else is missing.
    let enrolled = town.anchors.working_age;
    assert!(rows.len() as f64 > 0.93 * enrolled && rows.len() as f64 <= enrolled * 1.03);
    assert!(left > 100, "{left}");
}

#[test]
fn who_moved_away_finds_and_loses_work_there() {
    let p = parameters("migration.moving_rate = 0.3\n");
    let town = live(&p, 39);
    let of = |status| {
        let leavers = town.residents.leavers.iter();
        leavers.filter(|one| one.status == status).count()
    };
    let (employed, jobless) = (of(Status::Employed), of(Status::Unemployed));
    assert!(
        employed > 4 * jobless && jobless > 0,
        "{employed} and {jobless}"
    );
    let paid = town.residents.leavers.iter();
    assert!(
        paid.filter(|one| one.status == Status::Employed)
            .all(|one| one.pay.is_positive())
    );
}

#[test]
fn what_holds_everywhere_moves_prospects_nowhere() {
    let entry = |scope: &str| {
        format!(
            "[[timeline]]\nkind = \"minimum_wage\"\nfrom = 0\nwage = 4000.0\nscope = \"{scope}\"\n"
        )
    };
    let pull = |text: &str| {
        let p = parameters(text);
        let town = live(&p, 4);
        Prospects::of(&town, &p, &p).attraction(&town)
    };
    let (without, national, local) = (pull(""), pull(&entry("national")), pull(&entry("local")));
    assert!(local > without + 0.01, "{local} beside {without}");
    assert!(
        (national - without).abs() < 0.2 * (local - without),
        "{national}"
    );
}

#[test]
fn the_jobless_and_renters_gain_more_by_moving() {
    let p = parameters("");
    let town = live(&p, 6);
    let prospects = Prospects::of(&town, &p, &p);
    let of = |status: Status| {
        let rows = (0..town.households.len()).filter(|&household| {
            let mut members = town.households.members(household);
            let is_one = members.len() == 1 && town.households.pensioners[household] == 0;
            town.households.resident[household]
                && is_one
                && members.all(|worker| town.workers.status[worker] == status)
        });
        let gains: Vec<f64> = rows.map(|row| prospects.neutral_gain(&town, row)).collect();
        gains.iter().fold(0.0, |sum, gain| sum + gain) / gains.len() as f64
    };
    assert!(of(Status::Unemployed) > of(Status::Employed) + 0.005);
}
