//! Values set one by one.

use super::{load_set, load_text};
use crate::scenario::{Loaded, changes_timeline, render_all};
use toml::Value;

const TWO: &str = "schema_version = 1\nrun.months = 60\n\
                   [[timeline]]\nkind = \"basic_income\"\nfrom = 3\n\
                   [[timeline]]\nkind = \"demand_slump\"\nfrom = 6\nuntil = 12\n";

fn told(text: &str, setting: &str) -> String {
    let problems = load_text(text, &[setting]).expect_err("the setting holds a mistake");
    render_all(&problems, false)
}

#[test]
fn a_mistake_is_told_in_the_terms_of_its_parameter() {
    let plain = "schema_version = 1\n";
    for (setting, expected) in [
        (
            "labor_market.tightness_pay_response=abc",
            "must be a number",
        ),
        ("labor_market.tightness_pay_response=0,1", "write 0.1"),
        ("labor_market.on_the_job_search_share=5%", "write 0.05"),
        ("town.residents=20,000", "write 20000"),
        ("town.residents=many", "must be a whole number"),
        ("run.start=2028", "not a month of the calendar"),
        ("automation.enabled=yes", "write true or false"),
        ("automation.stage_cost=0.2", "write [0.2]"),
        ("town.kind=factry", "did you mean `factory`"),
        ("town.knd=factory", "did you mean `kind`"),
    ] {
        let told = told(plain, setting);
        assert!(told.contains(expected), "{setting}:\n{told}");
        assert!(!told.contains("quotation"), "{setting}:\n{told}");
        assert_eq!(told.matches("error").count(), 1, "{setting}:\n{told}");
    }
    let list = told(plain, "policies.reskilling.targets=sales");
    assert!(list.contains("write [\"sales\"]"), "{list}");
}

#[test]
fn entries_of_the_timeline_are_set_by_number_or_kind() {
    let load = |setting: &str| load_text(TWO, &[setting]).expect(setting);
    let amount = |loaded: &Loaded| loaded.timeline[0].parameters["amount"].clone();
    for name in ["timeline.0.amount", "timeline.basic_income.amount"] {
        let loaded = load(&format!("{name}=250"));
        assert_eq!(amount(&loaded), Value::Float(250.0));
        assert_eq!(loaded.value(name), Some(Value::Float(250.0)));
        assert_eq!(loaded.timeline[1], load("run.seed=1").timeline[1]);
    }
    assert_eq!(
        load("timeline.demand_slump.until=24").timeline[1].until,
        Some(24)
    );
    assert_eq!(load("timeline.0.from=9").timeline[0].from, 9);
    assert_eq!(
        load("timeline.0.payer=local").timeline[0].parameters["payer"],
        Value::from("local")
    );
    let dated = load_text(TWO, &["run.start=2028-01", "timeline.0.from=2028-05"]);
    assert_eq!(dated.expect("a month of the calendar").timeline[0].from, 4);
}

#[test]
fn a_setting_of_the_timeline_that_does_not_fit_says_what_would() {
    for (setting, expected) in [
        ("timeline.2.amount=250", "the timeline has no entry 2"),
        (
            "timeline.tariff.rate=0.2",
            "the timeline has no entry `tariff`",
        ),
        (
            "timeline.basic_incme.amount=250",
            "did you mean `basic_income`",
        ),
        ("timeline.0.amuont=250", "did you mean `amount`"),
        ("timeline.0.amount=-5", "too small"),
        ("timeline.0.kind=tariff", "only be set in a file"),
        ("timeline.0=5", "which value of the entry"),
        ("timeline.1.until=2", "ends before it begins"),
    ] {
        let told = told(TWO, setting);
        assert!(told.contains(expected), "{setting}:\n{told}");
    }
    let twice = format!("{TWO}[[timeline]]\nkind = \"demand_slump\"\nfrom = 20\n");
    assert!(told(&twice, "timeline.demand_slump.fall=0.1").contains("several entries"));
    let none = told("schema_version = 1\n", "timeline.0.amount=250");
    assert!(none.contains("no entries in this scenario"), "{none}");
}

#[test]
fn a_scenario_says_whether_a_setting_is_for_it() {
    let (with, without) = (load_text(TWO, &[]), load_set(&[]));
    let (with, without) = (with.expect("it loads"), without.expect("it loads"));
    for setting in ["timeline.0.amount=250", "timeline.basic_income.from=4"] {
        assert!(changes_timeline(setting));
        assert!(
            with.has_name_of(setting) && !without.has_name_of(setting),
            "{setting}"
        );
    }
    assert!(!with.has_name_of("timeline.0.fall=0.2"));
    assert!(!changes_timeline("town.residents=5000") && without.has_name_of("town.residents=5000"));
}
