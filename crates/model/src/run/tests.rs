use std::ops::ControlFlow;

use super::*;
use crate::indicators::SkillGroup;
use crate::indicators::fixtures::{conventions, live_tiny_month, tiny_town};
use crate::indicators::tables::SectorMonth;
use crate::town::ledger::Holdings;
use crate::units::Money;

fn settings(burn_in_months: u32, months: u32) -> RunSettings {
    RunSettings {
        seed: 1,
        replicate: 0,
        months,
        burn_in_months,
    }
}

fn live(town: &mut Town) -> Result<(), Breach> {
    live_tiny_month(town);
    town.firms.age[0] += 1;
    Ok(())
}

fn run(
    settings: RunSettings,
    mut advance: impl FnMut(&mut Town) -> Result<(), Breach>,
) -> Result<RunRecord, RunError> {
    let mut replicate = Replicate::new(tiny_town(), settings, conventions());
    while !replicate.is_finished() {
        replicate.live_month(&mut advance)?;
    }
    Ok(replicate.into_record())
}

#[test]
fn burn_in_is_lived_but_not_recorded() {
    let mut lived = 0;
    let record = run(settings(5, 24), |town| {
        lived += 1;
        live(town)
    })
    .expect("nothing goes wrong");
    assert_eq!((lived, record.months.len()), (29, 24));
    // The start and two year-ends.
    assert_eq!((record.deciles.len(), record.firms.years()), (3, 3));
    let ages: Vec<u32> = (0..3)
        .flat_map(|year| record.firms.firms(year).map(|firm| firm.age_months))
        .collect();
    assert_eq!(ages, [245, 257, 269]);
    let rates = record
        .series("unemployment_rate")
        .expect("it is an indicator");
    assert_eq!(rates, vec![1.0 / 3.0; 24]);
    assert_eq!(record.series("no_such_indicator"), None);
}

#[test]
fn a_run_without_burn_in_starts_from_the_first_state() {
    let record = run(settings(0, 3), live).expect("nothing goes wrong");
    assert_eq!((record.months.len(), record.deciles.len()), (3, 1));
    let first: Vec<u32> = record.firms.firms(0).map(|firm| firm.age_months).collect();
    assert_eq!(first, [240]);
}

#[test]
fn the_second_half_of_the_burn_in_sets_the_reference() {
    let mut town = tiny_town();
    anchor_reference_unemployment(&mut town, &[0.9, 0.9, 0.04, 0.06]);
    assert!((town.anchors.reference_unemployment - 0.05).abs() < 1e-12);
    anchor_reference_unemployment(&mut town, &[]);
    assert!((town.anchors.reference_unemployment - 0.05).abs() < 1e-12);
}

#[test]
fn a_breach_stops_the_run() {
    let error = run(settings(0, 5), |town| {
        live(town)?;
        let held = Holdings {
            households: town
                .ledger
                .balance(crate::town::ledger::Account::Households)
                + Money::from_cents(1),
            ..Holdings::default()
        };
        town.ledger.check(town.month, "test", &held)
    })
    .expect_err("a cent is missing");
    assert!(matches!(error, RunError::Breach(_)), "{error}");
}

#[test]
fn a_number_that_is_not_finite_is_named_with_its_month() {
    let mut lived = 0;
    let error = run(settings(2, 9), |town| {
        lived += 1;
        if lived == 6 {
            town.firms.output[0] = f64::NAN;
        }
        live(town)
    })
    .expect_err("output is lost in the sixth month");
    let RunError::NotFinite { indicator, month } = error else {
        panic!("{error}");
    };
    assert_eq!((indicator, month), ("output_real", 3));
}

#[test]
fn firms_are_followed_from_birth_to_death() {
    let mut month = 0;
    let record = run(settings(0, 24), |town| {
        live(town)?;
        month += 1;
        match month {
            // A firm of two is born in the second month and closes in the fourteenth.
            2 => {
                let row = town.firms.push_row() as usize;
                town.firms.uid[row] = 5;
                town.firms.open[row] = true;
                town.firms.staff[row] = 2;
            }
            3..14 => town.firms.age[1] += 1,
            14 => {
                town.firms.open[1] = false;
                town.activity.exit_ages.push(town.firms.age[1]);
            }
            _ => {}
        }
        Ok(())
    })
    .expect("nothing goes wrong");
    let lives = record.firms.lives();
    assert_eq!(lives.len(), 1);
    assert_eq!((lives[0].duration, lives[0].ended), (12, true));
    let first = record.firms.job_flows(1).expect("two year-ends are kept");
    // Two jobs become four, and two again.
    assert_eq!(
        (first.creation, first.births, first.destruction),
        (2.0 / 3.0, 2.0 / 3.0, 0.0)
    );
    let second = record.firms.job_flows(2).expect("three year-ends are kept");
    assert_eq!(
        (second.destruction, second.deaths, second.creation),
        (2.0 / 3.0, 2.0 / 3.0, 0.0)
    );
    assert!(record.firms.job_flows(0).is_none() && record.firms.job_flows(3).is_none());
    // Only the first shop was in business at both ends of a year.
    assert_eq!(record.firms.workers_growth(), [0.0, 0.0]);
}

#[test]
fn the_caller_hears_of_every_month_and_may_stop() {
    let mut parameters = default_parameters();
    // A town built by hand lacks what a panel of persons follows.
    parameters.output.worker_panel = 0;
    let attempt = |stop_at: u32| {
        let mut heard = Vec::new();
        let result = simulate_with(
            &parameters,
            settings(2, 3),
            |_| Ok::<Town, std::fmt::Error>(tiny_town()),
            live,
            &mut |progress| {
                heard.push((progress.stage, progress.months_lived));
                match progress.months_lived {
                    lived if lived == stop_at => ControlFlow::Break(()),
                    _ => ControlFlow::Continue(()),
                }
            },
        );
        (heard, result)
    };
    let (heard, result) = attempt(99);
    let stages = [
        (Stage::Built, 0),
        (Stage::BurnIn, 1),
        (Stage::BurnIn, 2),
        (Stage::Recorded, 3),
        (Stage::Recorded, 4),
        (Stage::Recorded, 5),
    ];
    assert_eq!(heard, stages);
    assert_eq!(result.expect("nobody stops it").months.len(), 3);
    let stopped = attempt(4).1;
    assert!(matches!(
        stopped,
        Err(RunError::Interrupted { months_lived: 4 })
    ));
    // A run that is done is not lost by stopping then.
    assert!(attempt(5).1.is_ok());
}

#[test]
fn a_town_that_cannot_be_built_says_why() {
    let parameters = default_parameters();
    let result = simulate_with(
        &parameters,
        RunSettings::of(&parameters, 3),
        |_| Err::<Town, _>(std::io::Error::other("retail lacks $5")),
        live,
        &mut |_| ControlFlow::Continue(()),
    );
    let error = result.expect_err("there is no town");
    assert_eq!(
        error.to_string(),
        "the town cannot be built: retail lacks $5"
    );
}

fn default_parameters() -> Parameters {
    toml::from_str(include_str!("../../../../scenarios/default.toml"))
        .expect("the default is valid")
}

#[test]
fn a_built_town_runs_and_its_tables_agree_with_its_accounts() {
    let mut parameters = default_parameters();
    parameters.town.residents = 3_000;
    parameters.run.burn_in_months = 6;
    parameters.run.months = 12;
    let record = simulate(&parameters, 0, &mut |_| ControlFlow::Continue(())).expect("it runs");
    for month in &record.months {
        let scalars = &month.indicators;
        let sum = |of: fn(&SectorMonth) -> f64| -> f64 {
            month.sectors.iter().map(of).filter(|v| !v.is_nan()).sum()
        };
        let close = |found: f64, expected: f64| {
            assert!(
                (found - expected).abs() < 0.05,
                "{found} against {expected}"
            );
        };
        close(sum(|row| row.jobs), scalars.jobs.employment);
        close(sum(|row| row.sales), scalars.spending.output);
        close(sum(|row| row.exports), scalars.spending.exports);
        close(sum(|row| row.firms), scalars.business.firms);
        let hires: f64 = month.occupations.iter().map(|row| row.hires).sum();
        close(hires, scalars.jobs.hires_rate * scalars.jobs.employees);
    }
    let again = simulate(&parameters, 0, &mut |_| ControlFlow::Continue(())).expect("it runs");
    // NaN is not equal to itself, text is.
    assert_eq!(format!("{record:?}"), format!("{again:?}"));
    let other = simulate(&parameters, 1, &mut |_| ControlFlow::Continue(())).expect("it runs");
    assert_ne!(record.series("employment"), other.series("employment"));
}

#[test]
fn groups_of_skill_come_from_the_scenario() {
    let parameters = default_parameters();
    let conventions = Conventions::of(&parameters);
    let counts = SkillGroup::ALL.map(|group| {
        conventions
            .skill_group
            .iter()
            .filter(|&&g| g == group)
            .count()
    });
    assert!(counts.iter().all(|&count| count > 0) && counts.iter().sum::<usize>() == 22);
    assert_eq!(
        conventions.wealth_return,
        parameters.households.wealth_return
    );
}
