use super::*;
use crate::bands;
use crate::compare::{Runs, Terms, compare};
use crate::ensemble::ReplicateSeries;
use crate::sweep::{RunOutcome, SweepFile, SweepPlan, effects, point_outcomes};
use model::indicators::fixtures::{conventions, live_tiny_month, tiny_town};
use model::run::{Replicate, RunSettings};
use model::scenario::{self, Source};

fn series(count: u32) -> Vec<ReplicateSeries> {
    let run = |replicate| {
        let settings = RunSettings {
            seed: 1,
            replicate,
            months: 13,
            burn_in_months: 0,
        };
        let mut one = Replicate::new(tiny_town(), settings, conventions());
        while !one.is_finished() {
            one.live_month(&mut |town| {
                live_tiny_month(town);
                Ok(())
            })
            .expect("nothing goes wrong");
        }
        let mut series = ReplicateSeries::from(one.into_record());
        for month in &mut series.months {
            month.jobs.employment = f64::from(replicate);
        }
        series
    };
    (0..count).map(run).collect()
}

fn csv(table: &Table) -> String {
    let mut bytes = Vec::new();
    table
        .write_csv(&mut bytes)
        .expect("memory takes every byte");
    String::from_utf8(bytes).expect("tables are text")
}

#[test]
fn bands_stand_under_their_names() {
    let series = series(5);
    let table = ensemble(&bands(&series)).expect("columns differ");
    let text = csv(&table);
    assert!(text.starts_with("indicator,month,mean,p05,p25,median,p75,p95,replicates\n"));
    assert!(
        text.contains("\nemployment,12,2.0,0.2,1.0,2.0,3.0,3.8,5\n"),
        "{text}"
    );
    // An indicator that exists nowhere has empty fields, not zeros.
    assert!(text.contains("\nproductivity_dispersion,0,,,,,,,0\n"));
    let all = replicates(&series).expect("columns differ");
    assert_eq!(all.rows(), 5 * 13);
    assert_eq!(all.column("month").map(|c| c.data.len()), Some(65));
}

#[test]
fn every_row_of_a_comparison_says_scenario_figure_and_direction() {
    let (base, mut other) = (series(3), series(3));
    for one in &mut other {
        for month in &mut one.months {
            month.jobs.employment += 2.0;
        }
    }
    let runs = |name, replicates| Runs { name, replicates };
    let found = compare(
        runs("baseline", &base),
        &[runs("policy", &other)],
        Terms::default(),
    )
    .expect("they are paired");
    let text = csv(&comparison(&found).expect("columns differ"));
    let row = text
        .lines()
        .find(|line| line.starts_with("policy,employment,"));
    let row = row.expect("employment is compared");
    assert!(
        row.ends_with(",1.0,3.0,2.0,2.0,2.0,2.0,0.0,3.0,0.95,rises"),
        "{row}"
    );
    let text = csv(&differences(&found).expect("columns differ"));
    assert!(text.contains("\npolicy,employment,12,2.0,2.0,2.0,0.0,3.0,rises,2.0,2.0,2.0,rises\n"));
    assert!(text.contains("\npolicy,employment,0,2.0,2.0,2.0,0.0,3.0,rises,,,,uncertain\n"));
    assert_eq!(decile_changes(&found).expect("columns differ").rows(), 50);
    assert_eq!(
        occupation_changes(&found).expect("columns differ").rows(),
        88
    );
    let text = csv(&pairing(&found).expect("columns differ"));
    let row = text
        .lines()
        .find(|line| line.starts_with("policy,employment,"));
    let error = libm::sqrt(2.0 / 3.0);
    assert_eq!(
        row,
        Some(format!("policy,employment,0.0,{error:?},0.0,").as_str())
    );
}

#[test]
fn sweep_tables_have_a_row_a_run_point_and_effect() {
    let source = Source::Embedded("baseline".to_owned());
    let base = scenario::load(&source, &[]).expect("it is ours");
    let file = SweepFile::parse(
        "schema_version = 1\nscenario = \"baseline\"\nreplicates = 2\noutcomes = [\"firms\"]\n\
         [design]\nkind = \"morris\"\ntrajectories = 2\n\
         [[vary]]\nkey = \"firms.payout_share\"\nfrom = 0.0\nto = 1.0\n\
         [[vary]]\nkey = \"town.kind\"\nvalues = [\"factory\", \"college\"]\n",
    );
    let sweep = SweepPlan::new(&file.expect("well formed"), &base).expect("a small design");
    let settings = sweep.settings().expect("a small design");
    let text = csv(&plan(&sweep, &settings).expect("columns differ"));
    assert!(
        text.starts_with("run,point,replicate,seed,firms.payout_share,town.kind\n"),
        "{text}"
    );
    assert_eq!(text.lines().count(), 1 + 2 * 6);
    let outcomes: Vec<RunOutcome> = (0..12)
        .map(|run| RunOutcome {
            failure: String::new(),
            values: vec![f64::from(run % 6); sweep.columns.len()],
        })
        .collect();
    let table = runs(&sweep, &settings, &outcomes).expect("columns differ");
    assert_eq!((table.rows(), table.column("firms").is_some()), (12, true));
    let by_point = point_outcomes(&sweep, &outcomes, 0.95);
    assert_eq!(
        points(&sweep, &settings, &by_point)
            .expect("columns differ")
            .rows(),
        6
    );
    let (found, _) = effects(&sweep, &outcomes).expect("a small design");
    assert_eq!(
        sensitivity(&sweep, &found).expect("columns differ").rows(),
        2 * 3
    );
}
