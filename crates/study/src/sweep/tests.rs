use super::*;
use model::scenario::{self, Source};

fn base() -> scenario::Loaded {
    let source = Source::Embedded("baseline".to_owned());
    scenario::load(&source, &["run.months=24".to_owned()]).expect("it is ours")
}

fn plan(text: &str) -> Result<SweepPlan, SweepError> {
    let head = "schema_version = 1\nscenario = \"baseline\"\n";
    SweepPlan::new(&SweepFile::parse(&format!("{head}{text}"))?, &base())
}

const TWO: &str = "
[[vary]]
key = \"town.residents\"
values = [2000, 4000]
[[vary]]
key = \"firms.payout_share\"
from = 0.1
to = 0.4
step = 0.1
";

#[test]
fn a_grid_has_every_combination_and_replicates_of_all() {
    let plan = plan(&format!("replicates = 3\n{TWO}")).expect("a small grid");
    let settings = plan.settings().expect("a small grid");
    assert_eq!(
        (settings.len(), plan.points().expect("a small grid")),
        (8, 8)
    );
    let written: Vec<String> = (settings.iter())
        .map(|point| format!("{} {}", point[0].value, point[1].value))
        .collect();
    let mut different = written.clone();
    different.sort();
    different.dedup();
    assert_eq!(different.len(), 8);
    assert!(written.contains(&"4000 0.3".to_owned()), "{written:?}");
    assert_eq!(SweepPlan::place_of(17, 8), (1, 2));
    let job = plan.job(&settings[0], 2).expect("valid values");
    let residents = settings[0][0].value.as_integer().expect("a whole number");
    assert_eq!(i64::from(job.parameters.town.residents), residents);
    assert_eq!((job.settings.replicate, job.settings.months), (2, 24));
}

#[test]
fn a_kind_of_town_brings_its_mix_of_sectors_along() {
    let text = "[[vary]]\nkey = \"town.kind\"\nvalues = [\"main_street\", \"factory\"]\n";
    let plan = plan(text).expect("a small grid");
    let settings = plan.settings().expect("a small grid");
    for point in &settings {
        let kind = point[0].value.as_str().expect("a word");
        let source = Source::Embedded("baseline".to_owned());
        let changes = ["run.months=24".to_owned(), format!("town.kind={kind}")];
        let loaded = scenario::load(&source, &changes).expect("it is ours");
        let expected: scenario::Parameters = scenario::resolve(&loaded).expect("it is ours");
        let job = plan.job(point, 0).expect("valid values");
        assert_eq!(*job.parameters, expected, "{kind}");
    }
}

#[test]
#[allow(clippy::disallowed_methods)] // The files of sweeps are read by the program; here they are what is tested.
fn sweeps_that_come_with_the_program_can_be_planned() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/sweeps");
    let mut planned = 0;
    for entry in std::fs::read_dir(&folder).expect("it is ours") {
        let path = entry.expect("it is ours").path();
        let text = std::fs::read_to_string(&path).expect("it is ours");
        if !text.contains("[[vary]]") {
            continue;
        }
        let file = SweepFile::parse(&text).expect("it is ours");
        let source = match folder.join(&file.scenario) {
            beside if beside.exists() => Source::Text {
                name: file.scenario.clone(),
                text: std::fs::read_to_string(beside).expect("it is ours"),
            },
            _ => Source::Embedded(file.scenario.clone()),
        };
        let loaded = scenario::load(&source, &file.settings()).expect("it is ours");
        let plan = SweepPlan::new(&file, &loaded);
        let plan = plan.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let settings = plan.settings().expect("a small design");
        let last = settings.last().expect("it has points");
        assert_ne!(
            plan.job(last, 0).expect("valid values").scenario,
            plan.job(&settings[0], 0).expect("valid values").scenario,
            "{}: points do not differ",
            path.display()
        );
        planned += 1;
    }
    assert!(planned >= 5);
}

#[test]
fn entries_of_the_timeline_vary_like_parameters() {
    let entry = "[[timeline]]\nkind = \"demand_slump\"\nfrom = 3\nfall = 0.2\n";
    let source = Source::Text {
        name: "slump".to_owned(),
        text: format!("schema_version = 1\n{entry}"),
    };
    let base = scenario::load(&source, &["run.months=24".to_owned()]).expect("well formed");
    let head = "schema_version = 1\nscenario = \"slump\"\n";
    let plan = |vary: &str| SweepPlan::new(&SweepFile::parse(&format!("{head}{vary}"))?, &base);
    let found = plan(
        "[[vary]]\nkey = \"timeline.0.fall\"\nvalues = [0.1, 0.3]\n\
         [[vary]]\nkey = \"timeline.0.from\"\nfrom = 3\nto = 9\nlevels = 3\n",
    );
    let found = found.expect("both are values of the entry");
    let settings = found.settings().expect("a small grid");
    for point in &settings {
        let job = found.job(point, 0).expect("valid values");
        let text: toml::Table = job.scenario.parse().expect("just written");
        let entry = &text["timeline"].as_array().expect("a timeline")[0];
        assert_eq!(
            (&entry["fall"], &entry["from"]),
            (&point[0].value, &point[1].value)
        );
    }
    let wrong = |key: &str| {
        let text = format!("[[vary]]\nkey = \"{key}\"\nvalues = [0.1]\n");
        plan(&text).expect_err("it is wrong").to_string()
    };
    assert_eq!(wrong("timeline.1.fall"), "the timeline has no entry 1");
    assert_eq!(
        wrong("timeline.tariff.fall"),
        "the timeline has no entry `tariff`"
    );
    assert!(wrong("timeline.0.fal").contains("not a parameter of `demand_slump`"));
    assert!(plan("[[vary]]\nkey = \"timeline.demand_slump.fall\"\nvalues = [0.1]\n").is_ok());
}

#[test]
fn sampling_designs_stay_in_range_and_whole_numbers_stay_whole() {
    for design in [
        "[design]\nkind = \"latin_hypercube\"\npoints = 7\n",
        "[design]\nkind = \"sobol\"\nbase_samples = 2\n",
        "[design]\nkind = \"morris\"\ntrajectories = 2\n",
    ] {
        let text = format!(
            "{design}[[vary]]\nkey = \"town.residents\"\nfrom = 1000\nto = 100000\nscale = \"log\"\n\
             [[vary]]\nkey = \"firms.payout_share\"\nfrom = 0.1\nto = 0.4\n"
        );
        let plan = plan(&text).expect("a small design");
        let settings = plan.settings().expect("a small design");
        assert_eq!(settings.len(), plan.points().expect("a small design"));
        for point in &settings {
            let residents = point[0].value.as_integer().expect("a whole number");
            let share = point[1].value.as_float().expect("a number");
            assert!((1_000..=100_000).contains(&residents) && (0.1..=0.4).contains(&share));
        }
    }
}

#[test]
fn mistakes_are_found_before_the_first_run() {
    let wrong = |text: &str| plan(text).expect_err("it is wrong").to_string();
    let vary = |rest: &str| wrong(&format!("[[vary]]\nkey = \"firms.payout_share\"\n{rest}"));
    assert!(vary("").contains("needs values, or from and to"));
    assert!(vary("from = 0.4\nto = 0.1\nstep = 0.1").contains("from must be below to"));
    assert!(vary("from = 0.1\nto = 0.4").contains("a step above 0"));
    assert!(vary("from = 0.0\nto = 0.4\nlevels = 3\nscale = \"log\"").contains("below 0"));
    assert!(vary("values = [0.1, 7.5]").contains("payout_share"));
    assert!(vary("values = [0.1]\nstpe = 2").contains("stpe"));
    assert!(wrong("").contains("varies nothing"));
    assert!(
        wrong("replicates = 0\n[[vary]]\nkey = \"firms.payout_share\"\nvalues = [0.1]")
            .contains("at least one")
    );
    assert!(wrong("[[vary]]\nkey = \"firms.payot_share\"\nvalues = [0.1]").contains("payot_share"));
    assert!(wrong("[[vary]]\nkey = \"run.seed\"\nvalues = [1]").contains("cannot vary"));
    assert!(wrong(&format!("{TWO}{TWO}")).contains("varies twice"));
    assert!(
        wrong(&format!(
            "outcomes = [\"unemployment\", \"happiness\"]{TWO}"
        ))
        .contains("`happiness`")
    );
    assert!(wrong(&format!("outcomes = [\"gini_income@24\"]{TWO}")).contains("beyond"));
    assert!(
        parse_vary("a.b")
            .expect_err("no value")
            .to_string()
            .contains("no `=`")
    );
}

#[test]
fn the_command_line_says_the_same_as_the_file() {
    let vary = parse_vary("firms.payout_share=0.1:0.4:0.1").expect("well formed");
    assert_eq!(
        (vary.from, vary.to, vary.step),
        (Some(0.1), Some(0.4), Some(0.1))
    );
    let vary = parse_vary("town.kind=factory,college").expect("well formed");
    let words = vary.values.expect("a list");
    assert_eq!(words[1].as_str(), Some("college"));
    let vary = parse_vary("town.residents=2000, 3000").expect("well formed");
    assert_eq!(vary.values.expect("a list")[1].as_integer(), Some(3000));
}

#[test]
fn shards_share_all_runs_out() {
    let mut all: Vec<usize> = (0..3)
        .flat_map(|i| Shard::new(i, 3).expect("there are three").runs(10))
        .collect();
    all.sort_unstable();
    assert_eq!(all, (0..10).collect::<Vec<_>>());
    assert_eq!(
        "2/3".parse(),
        Ok(Shard::new(2, 3).expect("there are three"))
    );
    for wrong in ["3/3", "1", "a/2", "0/0", "-1/4"] {
        assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
    }
    assert!(Shard::ALL.runs(0).is_empty());
}

#[test]
fn plans_are_written_and_read_without_loss() {
    let plan =
        plan(&format!("outcomes = [\"gini_income@12\", \"firms\"]{TWO}")).expect("a small grid");
    let text = serde_json::to_string(&plan).expect("plans are plain data");
    assert_eq!(
        serde_json::from_str::<SweepPlan>(&text).expect("just written"),
        plan
    );
    let names: Vec<String> = (plan.analyzed.iter())
        .map(|&column| plan.columns[column].column())
        .collect();
    assert_eq!(names, ["gini_income_month_12", "firms"]);
}

/// Outcomes of a plan's runs computed by a formula of the first two factors in place of a town.
fn made_up(plan: &SweepPlan, formula: impl Fn(f64, f64) -> f64) -> Vec<RunOutcome> {
    let settings = plan.settings().expect("a small design");
    let number = |value: &toml::Value| {
        let whole = value.as_integer().map(|whole| whole as f64);
        whole.or(value.as_float()).expect("a number")
    };
    let runs = settings.len() * plan.replicates as usize;
    let outcomes = (0..runs).map(|run| {
        let (point, replicate) = SweepPlan::place_of(run, settings.len());
        let noise = [-0.01, 0.01][replicate as usize % 2];
        let value = formula(
            number(&settings[point][0].value),
            number(&settings[point][1].value),
        );
        RunOutcome {
            failure: String::new(),
            values: vec![value + noise; plan.columns.len()],
        }
    });
    outcomes.collect()
}

const LINE: &str = "replicates = 2
outcomes = [\"gini_income\"]
[[vary]]
key = \"firms.payout_share\"
from = 0.0
to = 1.0
[[vary]]
key = \"firms.excess_cash_payout\"
from = 0.0
to = 0.5
";

#[test]
fn effects_of_a_known_formula_are_found() {
    let sobol = plan(&format!(
        "{}\n[design]\nkind = \"sobol\"\nbase_samples = 256\n",
        LINE
    ));
    let sobol = sobol.expect("a small design");
    // Variances 4/12 and 1/12 of the two terms: shares 0.8 and 0.2.
    let outcomes = made_up(&sobol, |a, b| 2.0 * a + 2.0 * b);
    let (found, untold) = effects(&sobol, &outcomes).expect("a small design");
    assert!(untold.is_empty());
    let of = |factor: usize, measure: &str| {
        let mut matching = found.iter();
        let found = matching.find(|e| e.factor == factor && e.measure == measure);
        found.expect("it is measured").estimate.value
    };
    assert!((of(0, "first_order") - 0.8).abs() < 0.02 && (of(1, "total_order") - 0.2).abs() < 0.02);

    let morris = plan(&format!(
        "{LINE}\n[design]\nkind = \"morris\"\ntrajectories = 5\n"
    ));
    let morris = morris.expect("a small design");
    let outcomes = made_up(&morris, |a, b| 2.0 * a - 2.0 * b);
    let (found, _) = effects(&morris, &outcomes).expect("a small design");
    let mu = |factor: usize| {
        let mut matching = found.iter();
        matching
            .find(|e| e.factor == factor && e.measure == "mu")
            .map(|e| e.estimate.value)
    };
    assert!((mu(0).expect("measured") - 2.0).abs() < 1e-9);
    assert!((mu(1).expect("measured") + 1.0).abs() < 1e-9);
}

#[test]
fn points_have_means_over_replicates_and_a_missing_outcome_is_told() {
    let plan = plan(&format!(
        "{LINE}\n[design]\nkind = \"sobol\"\nbase_samples = 4\n"
    ));
    let plan = plan.expect("a small design");
    let mut outcomes = made_up(&plan, |a, _| a);
    let means = point_outcomes(&plan, &outcomes, 0.95);
    assert_eq!(means.len(), 16);
    let first = plan.settings().expect("a small design")[0][0]
        .value
        .as_float();
    assert!((means[0].mean - first.expect("a number")).abs() < 1e-12);
    assert!(
        means[0]
            .interval
            .is_some_and(|i| i.low < means[0].mean && means[0].mean < i.high)
    );
    for outcome in &mut outcomes[3..4] {
        outcome.values.fill(f64::NAN);
    }
    let (found, untold) = effects(&plan, &outcomes).expect("a small design");
    assert!(found.is_empty() && untold.len() == 1);
}
