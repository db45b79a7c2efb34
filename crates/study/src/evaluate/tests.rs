//! Rows and designs together.

use std::collections::BTreeSet;
use std::sync::atomic::AtomicBool;

use super::*;
use crate::ensemble::{Ensemble, Schedule};
use crate::{Answer, Asked, ScenarioText, StudyScenario, perform};
use model::run::MainStreet;
use model::scenario::{self, Source};

fn small_town() -> ScenarioText {
    let settings = ["town.residents=1000", "run.burn_in_months=4"].map(str::to_owned);
    let source = Source::Embedded("baseline".to_owned());
    let loaded = scenario::load(&source, &settings).expect("the baseline loads");
    StudyScenario::of(&loaded)
        .expect("its values are valid")
        .to_text()
}

fn plan(rows: Vec<Evaluation>, months: u32) -> EvaluationPlan {
    EvaluationPlan {
        scenario: small_town(),
        rows,
        towns: Some(2),
        most_months: Some(months),
    }
}

#[test]
fn rows_are_sound_and_say_what_users_need() {
    let rows = rows().expect("the rows are sound");
    assert_eq!(rows.len(), 45);
    for row in &rows {
        assert!(
            !row.source.is_empty() && !row.finding.is_empty(),
            "{}",
            row.id
        );
        assert!(
            row.missing.is_empty() || row.measures.is_empty(),
            "{}",
            row.id
        );
        assert!(
            !row.missing.is_empty() || !row.loose.is_empty(),
            "{}",
            row.id
        );
    }
    // Rows take turns, so that each half holds people, places, firms and trade.
    for (place, row) in rows.iter().enumerate() {
        let expected = [Half::Fit, Half::Check][place % 2];
        assert_eq!(row.half, expected, "{}", row.id);
    }
}

#[test]
fn every_row_has_scenarios_that_load() {
    plan(rows().expect("the rows are sound"), 12)
        .check()
        .expect("all scenarios load");
}

#[test]
fn each_design_runs_in_a_small_town() {
    let mut seen = BTreeSet::new();
    let mut chosen = rows().expect("the rows are sound");
    chosen.retain(|row| row.missing.is_empty() && seen.insert(row.design as u8));
    for row in &mut chosen {
        row.from = 2;
        for measure in &mut row.measures {
            measure.months = [1, 10];
        }
    }
    assert!(chosen.len() >= 4);
    let stop = AtomicBool::new(false);
    let ensemble = Ensemble {
        model: &MainStreet,
        schedule: Schedule::new(None, 1_000),
        store: None,
        stop: &stop,
    };
    let asked = Asked::Evaluate {
        plan: Box::new(plan(chosen.clone(), 12)),
    };
    let Ok(Answer::Evaluation(found)) = perform(&asked, None, &ensemble, |_| ()) else {
        panic!("an evaluation has an answer");
    };
    let measures: usize = chosen.iter().map(|row| row.measures.len()).sum();
    assert_eq!(found.len(), measures);
    assert!(found.iter().any(|one| one.estimate.value.is_finite()));
    for one in &found {
        // Two towns have a standard error wherever they have an estimate in both.
        assert!(one.estimate.value.is_nan() || one.towns == 2);
    }
}

#[test]
fn rows_share_towns_and_an_inert_model_shows_no_change() {
    let mut two = rows().expect("the rows are sound");
    two.retain(|row| ["P1", "P14"].contains(&row.id.as_str()));
    let plan = plan(two, 12);
    let layout = plan.layout().expect("the rows are sound");
    // One town with the floor and one without, twice.
    assert_eq!(layout.len(), 4);
}

#[test]
fn mistakes_in_rows_are_told_all_at_once() {
    let text = include_str!("../../../../scenarios/evaluations.toml");
    let first = text.split("[[evaluation]]").nth(1).expect("there is a row");
    let row = format!("[[evaluation]]{first}");
    let broken = row
        .replace("P(wage_p10)", "P(wage_p11)")
        .replace("low = -2.0", "low = 3.0");
    let RowError(mistakes) = parse(&broken).expect_err("two mistakes");
    assert_eq!(mistakes.len(), 2, "{mistakes:?}");
    assert!(mistakes.iter().all(|mistake| mistake.starts_with("P1: ")));
    let twice = format!("{row}{row}");
    assert!(
        parse(&twice)
            .expect_err("one name twice")
            .to_string()
            .contains("two rows")
    );
    assert!(parse(&row.replace("known", "knwon")).is_err());
}
