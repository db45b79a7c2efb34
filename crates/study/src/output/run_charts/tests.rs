use super::*;
use crate::compare::{Runs, Terms, compare};
use model::indicators::fixtures::{conventions, live_tiny_month, tiny_town};
use model::run::{Replicate, RunSettings};
use model::scenario::{self, Source};

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
    let names: Vec<&str> = charts.iter().map(|chart| chart.name.as_str()).collect();
    // Nobody is born in this town, so nobody's survival can be shown.
    assert_eq!(
        names,
        [
            "unemployment",
            "employment",
            "unemployment_by_occupation",
            "jobs_by_occupation",
            "wage_percentiles",
            "wages_by_occupation",
            "skill_groups",
            "prices_and_wages",
            "spending_places",
            "inequality",
            "income_by_decile",
            "lorenz",
            "openings_and_closings",
            "beveridge",
            "jobs_by_sector",
            "a_dollar_spent",
            "firm_sizes",
        ]
    );
    // One of the three workers is unemployed throughout.
    assert!(
        charts[0]
            .rendered
            .alt
            .contains("Unemployment averages 33.3%, and 33.3% in the last year")
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

/// Replicates of the tiny town whose employment rates are raised by `lift` and differ by chance.
fn replicates(lift: f64, count: u32) -> Vec<ReplicateSeries> {
    let one = |number: u32| {
        let mut series = ReplicateSeries::from(RunRecord {
            replicate: number,
            ..record(36)
        });
        for month in &mut series.months {
            month.jobs.employment_rate = 0.7 + 0.01 * f64::from(number) + lift;
        }
        series
    };
    (0..count).map(one).collect()
}

#[test]
fn many_runs_have_bands_and_few_have_none() {
    let (loaded, parameters) = loaded("");
    let subject = Subject {
        name: &loaded.name,
        parameters: &parameters,
        timeline: &loaded.timeline,
    };
    let employment = |count: u32| {
        let charts = ensemble_charts(&subject, &replicates(0.0, count)).expect("they can be drawn");
        let mut named = charts
            .into_iter()
            .filter(|chart| chart.name == "employment");
        named.next().expect("there is one").rendered
    };
    let many = employment(5);
    assert!(many.svg.contains("90% in the lighter"));
    // Means and quantiles of 0.70, 0.71, … 0.74.
    assert!(many.alt.contains("72.0% (90%: 70.2–73.8)"), "{}", many.alt);
    let few = employment(3);
    assert!(!few.svg.contains("90% in the lighter") && few.svg.contains("too few"));
}

#[test]
fn scenarios_stand_beside_their_baseline() {
    let (loaded, parameters) = loaded("");
    let subject = |name| Subject {
        name,
        parameters: &parameters,
        timeline: &loaded.timeline,
    };
    let subjects = [subject("baseline"), subject("a subsidy")];
    let all = vec![replicates(0.0, 5), replicates(0.02, 5)];
    let runs = |place: usize| Runs {
        name: subjects[place].name,
        replicates: &all[place],
    };
    let comparison = compare(runs(0), &[runs(1)], Terms::default()).expect("they are pairs");
    let charts = comparison_charts(&subjects, &all, &comparison).expect("they can be drawn");
    let of = |name: &str| {
        let found = charts.iter().find(|chart| chart.name == name);
        found.map(|chart| chart.rendered.alt.as_str())
    };
    let employment = of("compare_employment").expect("it is compared");
    // Every pair differs by the same, so nothing is uncertain.
    assert!(
        employment.contains("a subsidy +2.0 points (95%: +2.0 to +2.0)"),
        "{employment}"
    );
    let incomes = of("income_by_decile_a_subsidy").expect("deciles are compared");
    assert!(incomes.contains("more in no tenth of households and less in none"));
    // Nothing costs anything here.
    assert_eq!(of("employment_and_cost"), None);
}
