use super::*;
use model::indicators::fixtures::{conventions, live_tiny_month, tiny_town};
use model::run::{Replicate, RunSettings};

/// Replicates of the tiny town whose deposits are moved by luck that scenarios share, and by a policy.
fn runs(seed: u64, policy: f64, noise: f64) -> Vec<ReplicateSeries> {
    let run = |replicate: u32| {
        let settings = RunSettings {
            seed,
            replicate,
            months: 14,
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
        let luck = [0.3, -0.2, 0.5, -0.4, 0.1][replicate as usize];
        let own = noise * [0.1, -0.1, 0.05, 0.02, -0.08][replicate as usize];
        for month in &mut series.months {
            month.jobs.unemployment_rate = 0.5 + luck + policy + own;
            month.business.productivity_dispersion = f64::NAN;
        }
        for month in &mut series.occupations {
            month[3].mean_wage = 4_000.0 + 1_000.0 * (luck + policy + own);
        }
        for year in &mut series.deciles {
            year[0].income = 10_000.0 * (1.0 + luck + policy + own);
        }
        series
    };
    (0..5).map(run).collect()
}

fn compared(
    first: &[ReplicateSeries],
    second: &[ReplicateSeries],
    terms: Terms,
) -> Result<Comparison, CompareError> {
    let baseline = Runs {
        name: "baseline",
        replicates: first,
    };
    let policy = Runs {
        name: "policy",
        replicates: second,
    };
    compare(baseline, &[policy], terms)
}

fn rate(comparison: &Comparison) -> &IndicatorChange {
    let place = MonthIndicators::definitions().position(|d| d.name == "unemployment_rate");
    &comparison.scenarios[0].indicators[place.expect("it is an indicator")]
}

#[test]
fn shared_luck_cancels_and_the_policy_is_left() {
    let (base, policy) = (runs(1, 0.0, 0.0), runs(1, -0.02, 0.01));
    let comparison = compared(&base, &policy, Terms::default()).expect("they are paired");
    let change = rate(&comparison);
    assert!((change.last_year.estimate + 0.02).abs() < 1e-3);
    assert_eq!(change.last_year.direction(), "falls");
    assert!(change.last_year.variance_ratio() < 1e-4);
    assert!((change.baseline - 0.56).abs() < 1e-12);
    assert_eq!((change.months.len(), change.rolling.len()), (14, 14));
    assert!(change.rolling[10].estimate.is_nan() && change.rolling[10].sign_is_uncertain());
    assert!((change.rolling[11].estimate - change.months[11].estimate).abs() < 1e-12);
    // Both bounds by hand: the mean and t over the five differences.
    let own = [0.001, -0.001, 0.0005, 0.0002, -0.0008].map(|own| own - 0.02);
    let interval = model::stats::mean_interval(&own, 0.95).expect("five values");
    assert!((change.months[0].low - interval.low).abs() < 1e-12);
    assert!((change.months[0].high - interval.high).abs() < 1e-12);
}

#[test]
fn independent_runs_drown_the_policy_and_are_refused_unless_told() {
    let (base, policy) = (runs(1, 0.0, 0.0), runs(2, -0.02, 0.01));
    let refused = compared(&base, &policy, Terms::default()).expect_err("seeds differ");
    assert!(
        refused.to_string().contains("seed 2 against 1"),
        "{refused}"
    );
    let terms = Terms {
        allow_unpaired: true,
        ..Terms::default()
    };
    let comparison = compared(&base, &policy, terms).expect("told to");
    assert!(!comparison.paired);
    assert_eq!(rate(&comparison).last_year.direction(), "uncertain");
    let fewer = compared(&base, &policy[..3], Terms::default()).expect_err("three against five");
    assert!(
        fewer.to_string().contains("3 replicates against 5"),
        "{fewer}"
    );
}

#[test]
fn lower_prices_raise_what_income_buys_and_not_income() {
    let at_prices = |index: f64| {
        let mut all = runs(1, 0.0, 0.0);
        for month in all.iter_mut().flat_map(|run| &mut run.months) {
            month.spending.consumer_price_index = index;
        }
        all
    };
    let (base, cheaper) = (at_prices(1.0), at_prices(0.8));
    let comparison = compared(&base, &cheaper, Terms::default()).expect("they are paired");
    let of = |measure: &str| {
        let mut deciles = comparison.scenarios[0].deciles.iter();
        let found = deciles.find(|change| DECILE_MEASURES[change.measure] == measure);
        *found.expect("it is compared")
    };
    assert_eq!(of("income").difference.estimate, 0.0);
    let real = of(REAL_INCOME);
    assert!((real.difference.estimate / real.baseline - 0.25).abs() < 1e-9);
}

#[test]
fn winners_and_losers_are_told_apart() {
    let (base, policy) = (runs(1, 0.0, 0.0), runs(1, 0.02, 0.001));
    let comparison = compared(&base, &policy, Terms::default()).expect("they are paired");
    let change = &comparison.scenarios[0];
    let poorest = change.deciles[0];
    assert_eq!(
        (poorest.decile, DECILE_MEASURES[poorest.measure]),
        (1, "income")
    );
    assert!((poorest.difference.estimate - 200.0).abs() < 1.0);
    assert_eq!(poorest.difference.direction(), "rises");
    let wage = change.occupations.iter().find(|change| {
        change.occupation == 3 && OCCUPATION_MEASURES[change.measure] == "mean_wage"
    });
    assert_eq!(
        wage.expect("it is compared").difference.direction(),
        "rises"
    );
    // Nothing else changed in any pair.
    assert_eq!(
        change.deciles[5 * DECILE_MEASURES.len()]
            .difference
            .direction(),
        "same"
    );
}

#[test]
fn what_exists_nowhere_is_missing_and_what_cannot_be_compared_says_why() {
    let base = runs(1, 0.0, 0.0);
    let same = compared(&base, &base, Terms::default()).expect("they are paired");
    let place = MonthIndicators::definitions().position(|d| d.name == "productivity_dispersion");
    let missing = &same.scenarios[0].indicators[place.expect("it is an indicator")];
    assert!(missing.last_year.estimate.is_nan() && missing.last_year.pairs == 0);
    assert_eq!(rate(&same).last_year.direction(), "same");
    let mut short = base.clone();
    short[2].months.pop();
    assert!(matches!(
        compared(&base, &short, Terms::default()),
        Err(CompareError::Months {
            found: 13,
            baseline: 14,
            ..
        })
    ));
    assert!(matches!(
        compared(&base[..1], &base[..1], Terms::default()),
        Err(CompareError::TooFew(_))
    ));
    let sure = Terms {
        confidence: 1.0,
        ..Terms::default()
    };
    assert_eq!(
        compared(&base, &base, sure),
        Err(CompareError::Confidence(1.0))
    );
}

#[test]
fn the_public_pays_what_both_governments_put_in_and_nothing_twice() {
    let (base, mut other) = (runs(1, 0.0, 0.0), runs(1, 0.0, 0.0));
    for month in other.iter_mut().flat_map(|run| &mut run.months) {
        // The outer government gives 100 in aid, the local one spends 70 of it.
        month.accounts.outer_net += 100.0;
        month.accounts.local_revenue += 100.0;
        month.accounts.local_spending += 70.0;
        month.jobs.employment += 6.0;
    }
    let found = compared(&base, &other, Terms::default()).expect("they are paired");
    let costs = &found.scenarios[0].costs;
    let months = base[0].months.len() as f64;
    assert!((costs[PUBLIC_COST].difference.estimate - 70.0 * months).abs() < 1e-6);
    assert!((costs[JOB_YEARS].difference.estimate - 6.0 * months / 12.0).abs() < 1e-9);
    assert_eq!(COST_MEASURES[PUBLIC_COST].0, "public_cost");
    assert_eq!(COST_MEASURES[JOB_YEARS].0, "job_years");
}

#[test]
fn a_unit_gained_has_a_cost_only_where_something_is_surely_gained() {
    let base = runs(1, 0.0, 0.0);
    let changed = |jobs: [f64; 5]| {
        let mut other = base.clone();
        for (run, jobs) in other.iter_mut().zip(jobs) {
            for month in &mut run.months {
                month.jobs.employment += jobs;
                month.accounts.outer_net += 600.0;
                month.public.program_spending_outer += 700.0;
            }
        }
        let found = compared(&base, &other, Terms::default()).expect("they are paired");
        let scenario = found.scenarios[0].clone();
        assert_eq!(OUTCOMES[scenario.outcomes[1].outcome].0, "job_years");
        scenario
    };
    let scenario = changed([6.0, 6.5, 5.5, 7.0, 5.0]);
    let work = scenario.outcomes[1];
    assert_eq!(work.standing(), "known");
    // 600 dollars for half a year of work a month.
    assert!((work.estimate - 1_200.0).abs() < 1e-6, "{}", work.estimate);
    // The cost does not vary: its ends are the cost over the ends of the gain.
    let cost = &scenario.costs[PUBLIC_COST].difference;
    assert!((work.low - cost.estimate / work.gained.high).abs() < 1e-6);
    assert!((work.high - cost.estimate / work.gained.low).abs() < 1e-6);
    let spent = &scenario.costs[PROGRAM_SPENDING[1]].difference;
    assert!((spent.estimate * 6.0 - cost.estimate * 7.0).abs() < 1e-6);
    // Nothing was spent in town on either side more than before.
    assert_eq!(scenario.outcomes[3].standing(), "same");
    assert!(scenario.outcomes[3].estimate.is_nan());

    let unclear = changed([6.0, -6.5, 5.5, -7.0, 5.0]).outcomes[1];
    assert_eq!(unclear.standing(), "uncertain");
    assert!(unclear.estimate.is_nan() && unclear.low.is_nan() && unclear.high.is_nan());
    let lost = changed([-6.0, -6.5, -5.5, -7.0, -5.0]).outcomes[1];
    assert_eq!(lost.standing(), "falls");
    assert!(lost.estimate.is_nan());
}
