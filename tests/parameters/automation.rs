//! Every parameter of automation does something: a run in which it differs has other results. And a technology
//! that only a scenario file knows is noticed, adopted and priced like those that come with the program.

use mainstreet::indicators::Conventions;
use rayon::prelude::*;
use toml::{Table, Value};

use super::{bytes, parameters, record, with};

/// A town in which technology moves fast and every rule gets its turn: offers run into limits of cash, skills
/// and values, attacks are frequent, firms are young. `mine` is a technology of the scenario's own.
const BUSY: &str = r#"
schema_version = 1
[town]
residents = 2000
[run]
months = 24
burn_in_months = 3
[entry_exit]
entry_rate = 0.3
[automation]
review_chance = 0.4
awareness = 0.05
adoption_threshold = 1.0
optimism = 0.1
credit_months = 1.0
skill_gap_limit = 0.15
misalignment_limit = 0.15
saving_to_owner_hours = 0.2
owner_hours_limit = 0.05
screening_audit = 0.2
incident_chance = 0.1
wave_start = 6
wave_months = 6
wave_factor = 3.0
autonomous_share = 0.2
early_months = 9
[technologies.mine]
title = "Mine"
suits = [0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9]
coverage = [0.3, 0.2, 0.2, 0.2, 0.2]
new_tasks = [0.02, 0.02, 0.05, 0.02, 0.02]
cognitive = 0.5
customer_facing = 0.5
answers = [0.8, 0.7, 0.7, 0.6, 0.7, 0.8]
fixed_cost = 1000.0
cost_per_worker = 200.0
integration = 1.5
staff_hours = 20.0
subscription_per_worker = 40.0
cost_decline = 0.05
capability_growth = 0.02
local_vendor_share = 0.3
complexity = 0.3
months = 3.0
prerequisites = ["saas"]
security_exposure = 1.0
appeal = 0.05
convenience = 0.05
retention = 0.05
reach = 0.05
error_reduction = 0.2
data_revenue = 0.002
reviews_prices = true
screens_applicants = true
novice_aid = 0.3
forecasting = 0.2
local_sourcing = 0.2
values_replace = [-0.3, -0.2, -0.2, -0.3, 0.8]
values_augment = [0.3, 0.2, 0.3, 0.4, 0.6]
initial_share = 0.3
initial_size_slope = 0.5
adoption_size_slope = 0.4
[[timeline]]
kind = "technology_grant"
from = 1
"#;

/// Keys that only name things.
const NAMES: [&str; 1] = ["technologies.mine.title"];

/// Other values of a parameter, likeliest to be in range and to matter first.
fn others(value: &Value) -> Vec<Value> {
    match value {
        Value::Boolean(on) => vec![Value::Boolean(!on)],
        Value::Integer(number) => [3 * number, number / 2, number + 3]
            .map(Value::Integer)
            .to_vec(),
        Value::Float(number) => [3.0 * number, 1.6 * number, 0.4 * number, number + 0.3]
            .map(Value::Float)
            .to_vec(),
        Value::String(_) => vec![Value::String("replace".to_owned())],
        Value::Array(items) if items.iter().all(|item| item.is_str()) => {
            vec![Value::Array(Vec::new())]
        }
        Value::Array(items) => {
            let scaled = |by: f64| {
                let number = |item: &Value| Value::Float(by * item.as_float().unwrap_or(0.0));
                Value::Array(items.iter().map(number).collect())
            };
            vec![scaled(0.3), scaled(-1.0)]
        }
        Value::Table(_) | Value::Datetime(_) => Vec::new(),
    }
}

/// Every key of a section of the parameters, with its value.
fn keys(section: &str, values: &impl serde::Serialize) -> Vec<(String, Value)> {
    let table = Table::try_from(values).expect("parameters can be written");
    let keys = table.into_iter();
    keys.map(|(key, value)| (format!("{section}.{key}"), value))
        .collect()
}

#[test]
fn every_parameter_of_automation_and_every_field_of_a_technology_changes_results() {
    let scenario: Table = BUSY.parse().expect("it is TOML");
    let base = parameters(&scenario).expect("it is valid");
    let expected = bytes(&record(&base));
    let kind = base.technologies.position("mine").expect("it was added");
    let mut all = keys("automation", &base.automation);
    all.extend(keys("technologies.mine", &base.technologies[kind]));
    all.retain(|(key, _)| !NAMES.contains(&key.as_str()));
    assert!(all.len() > 100, "{}", all.len());
    let idle: Vec<&String> = all
        .par_iter()
        .filter(|(key, value)| {
            let valid = others(value).into_iter();
            let changed = valid
                .filter(|other| other != value)
                .filter_map(|other| parameters(&with(&scenario, key, other)));
            !changed.into_iter().any(|p| bytes(&record(&p)) != expected)
        })
        .map(|(key, _)| key)
        .collect();
    assert!(idle.is_empty(), "these change nothing: {idle:?}");
}

#[test]
fn a_technology_of_a_scenario_file_is_adopted_and_appears_in_the_tables() {
    let scenario: Table = BUSY.parse().expect("it is TOML");
    let p = parameters(&scenario).expect("it is valid");
    let record = record(&p);
    let kind = record.technologies.iter().position(|id| id == "mine");
    let kind = kind.expect("it is in the catalogue");
    assert_eq!(Conventions::of(&p).technologies, record.technologies);
    let months = &record.months;
    let users = |month: usize| months[month].adoption[kind].new_users;
    assert!(users(0) < users(months.len() - 1));
    let own = |p: &&mainstreet::town::technology::FinishedProject| {
        usize::from(p.project.technology) == kind
    };
    assert!(record.projects.iter().filter(own).count() > 5);
    // Without it the town is another one.
    let mut without = scenario.clone();
    let catalogue = without["technologies"].as_table_mut().expect("a table");
    catalogue.remove("mine");
    let without = super::record(&parameters(&without).expect("it is valid"));
    assert!(!without.technologies.contains(&"mine".to_owned()));
    assert_ne!(bytes(&record), bytes(&without));
}
