use super::*;
use crate::indicators::fixtures::{conventions, live_tiny_month, tiny_town};
use crate::run::{Replicate, RunSettings};
use crate::scenario::{self, Source};

fn loaded(text: &str) -> (Loaded, Parameters) {
    let source = Source::Text {
        name: "small.toml".to_owned(),
        text: format!("schema_version = 1\n{text}"),
    };
    let loaded = scenario::load(&source, &[]).expect("the scenario is valid");
    let parameters = scenario::resolve(&loaded).expect("the values fit");
    (loaded, parameters)
}

fn record(months: u32) -> RunRecord {
    let settings = RunSettings {
        seed: 1,
        replicate: 0,
        months,
        burn_in_months: 0,
    };
    let mut replicate = Replicate::new(tiny_town(), settings, conventions());
    while !replicate.is_finished() {
        let lived = replicate.live_month(&mut |town| {
            live_tiny_month(town);
            Ok(())
        });
        lived.expect("nothing goes wrong");
    }
    replicate.into_record()
}

#[test]
fn a_run_of_two_years_has_its_charts() {
    let (loaded, parameters) = loaded("");
    let charts = charts(&loaded, &parameters, &record(24)).expect("the charts can be drawn");
    let names: Vec<&str> = charts.iter().map(|chart| chart.name).collect();
    // Nobody is born in this town, so nobody's survival can be shown.
    assert_eq!(
        names,
        [
            "unemployment",
            "employment",
            "jobs_by_sector",
            "unemployment_by_occupation",
            "wage_percentiles",
            "wages_by_occupation",
            "skill_groups",
            "prices_and_wages",
            "spending_places",
            "a_dollar_spent",
            "inequality",
            "income_by_decile",
            "lorenz",
            "openings_and_closings",
            "firm_sizes",
            "beveridge",
        ]
    );
    // One of the three workers is unemployed throughout.
    assert!(
        charts[0]
            .rendered
            .alt
            .contains("Unemployment averages 33.3% and ends at 33.3%")
    );
    for chart in &charts {
        assert!(
            chart.rendered.alt.contains("One run (seed 1, replicate 0)")
                || chart.rendered.svg.contains("One run (seed 1"),
            "{}",
            chart.name
        );
        assert!(
            chart
                .rendered
                .svg
                .contains("small · seed 1 · 50,000 residents"),
            "{}",
            chart.name
        );
    }
}

#[test]
fn one_month_is_enough_and_none_is_no_panic() {
    let (loaded, parameters) = loaded("");
    assert!(charts(&loaded, &parameters, &record(1)).is_ok());
    assert!(charts(&loaded, &parameters, &RunRecord::default()).is_ok());
}
