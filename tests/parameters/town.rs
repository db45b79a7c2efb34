//! The parameters of the town, its markets and its governments.

use mainstreet::run;
use mainstreet::scenario::{Choices, POLICIES, Parameter, Parameters, Registry};
use rayon::prelude::*;
use std::ops::ControlFlow;
use toml::{Table, Value};

use super::{bytes, parameters, with};

/// Sections with tests of their own: technology here, policies beside their rules.
const ELSEWHERE: [&str; 3] = ["automation.", "technologies.", POLICIES];

/// Parameters that cannot change what a run records, and why.
const EXCEPTIONS: &[(&str, &str)] = &[
    (
        "run.start",
        "names the calendar month that charts and dates of the timeline count from",
    ),
    (
        "town.place",
        "names a real place; what is known of it sets other parameters",
    ),
    ("public.title", "a name in charts"),
    ("sectors.*.title", "a name in charts"),
    ("occupations.*.title", "a name in charts"),
    ("occupations.*.soc", "a code in reports"),
    ("archetypes.*.title", "a name in charts"),
];

/// Parts of one whole, by the parameter that takes what another gives up; `*` stands for the same entry.
const WHOLES: &[(&str, &str)] = &[
    ("sectors.*.jobs_share", "public.jobs_share"),
    ("public.jobs_share", "sectors.retail.jobs_share"),
    ("sectors.*.consumption_share", "households.housing_share"),
    (
        "households.housing_share",
        "sectors.retail.consumption_share",
    ),
    ("sectors.*.labor_share", "sectors.*.overhead"),
    ("sectors.*.profit_margin", "sectors.*.overhead"),
    ("sectors.*.overhead", "sectors.*.profit_margin"),
];

/// Small towns in which every rule gets its turn: a town of shops with short spells on benefits, young firms and
/// thin credit; a factory town whose outside world moves and whose trade is taxed; and a town with commuters, rising prices,
/// a shortage and a local government that pays more than it can raise.
const TOWNS: [&str; 3] = [
    r#"
schema_version = 1
[town]
residents = 1500
[run]
months = 12
burn_in_months = 4
[entry_exit]
entry_rate = 0.3
[government]
unemployment_months = 3
[credit]
debt_limit_months = 3.0
"#,
    r#"
schema_version = 1
[town]
kind = "factory"
residents = 2500
[run]
months = 24
burn_in_months = 2
[entry_exit]
entry_rate = 0.5
exit_hazard_losses = 0.1
[trade]
contract_size = 10000.0
contract_months = 6
[economy]
outside_wage_growth = 0.05
[demand]
online_convenience_growth = 0.2
[[timeline]]
kind = "tariff"
from = 2
rate = 0.5
[[timeline]]
kind = "demand_slump"
from = 4
fall = 0.4
[[timeline]]
kind = "minimum_wage"
from = 3
"#,
    r#"
schema_version = 1
[town]
residents = 1500
closing = "jobs"
[run]
months = 18
burn_in_months = 2
[economy]
outside_price_growth = 0.06
[commuting]
outward_share = 0.2
inward_share = 0.2
[households]
mean_income = 80000.0
[labor_market]
minimum_wage = 2400.0
[government]
unemployment_months = 3
[technologies.ai]
initial_share = 0.9
[[timeline]]
kind = "basic_income"
from = 1
amount = 400.0
payer = "local"
financing = "property_tax"
[[timeline]]
kind = "basic_income"
from = 3
amount = 400.0
payer = "local"
financing = "sales_tax"
[[timeline]]
kind = "offshore_disruption"
from = 2
shortage = 0.5
"#,
];

/// What a run records; `None` if the town cannot be.
fn outcome(p: &Parameters) -> Option<Vec<u8>> {
    let mut go_on = |_| ControlFlow::Continue(());
    match run::simulate(p, 0, &mut go_on) {
        Ok(record) => Some(bytes(&record)),
        Err(run::RunError::Synthesis(_)) => None,
        Err(error) => panic!("{error}"),
    }
}

/// The value of a scenario at a dotted path.
fn at<'a>(values: &'a Table, path: &str) -> Option<&'a Value> {
    let mut keys = path.split('.');
    let first = values.get(keys.next()?)?;
    keys.try_fold(first, |value, key| value.get(key))
}

/// Other values of a parameter within its range, likeliest to matter first.
fn others(parameter: &Parameter, value: &Value) -> Vec<Value> {
    let range = parameter.range;
    let (low, high) = (range.and_then(|r| r.low), range.and_then(|r| r.high));
    let fits = |x: &f64| low.is_none_or(|low| low <= *x) && high.is_none_or(|high| *x <= high);
    let numbers = |x: f64| {
        let near = [1.6 * x, 0.4 * x, x + 0.1, 1.1 * x];
        let ends = [low, high.filter(|high| *high <= 1e4)];
        let all = near.into_iter().chain(ends.into_iter().flatten());
        all.filter(fits).collect::<Vec<f64>>()
    };
    match value {
        Value::Boolean(on) => vec![Value::Boolean(!on)],
        Value::Integer(x) => numbers(*x as f64)
            .into_iter()
            .map(|x| Value::Integer(x as i64))
            .collect(),
        Value::Float(x) => numbers(*x).into_iter().map(Value::Float).collect(),
        Value::String(_) => texts(parameter),
        Value::Array(items) if items.iter().all(Value::is_float) => {
            // Turning a list keeps its sum.
            let mut turned = items.clone();
            turned.rotate_left(1);
            let halved = items.iter().filter_map(Value::as_float);
            let halved = halved.map(|x| Value::Float(0.5 * x)).collect();
            vec![Value::Array(turned), Value::Array(halved)]
        }
        _ => Vec::new(),
    }
}

fn texts(parameter: &Parameter) -> Vec<Value> {
    let names = match &parameter.choices {
        Some(Choices::OneOf(names)) => names.clone(),
        Some(Choices::MemberOf(family)) => Registry::embedded().members(family).to_vec(),
        Some(Choices::Month) => vec!["2031-07".to_owned()],
        _ => vec!["2031-07".to_owned(), "Other".to_owned()],
    };
    names.into_iter().map(Value::String).collect()
}

/// The scenario with a parameter changed, and with it the part of the whole that makes room.
fn changed(scenario: &Table, values: &Table, key: (&str, &str), value: Value) -> Table {
    let (shared, path) = key;
    let mut scenario = with(scenario, path, value.clone());
    let partner = WHOLES.iter().find(|(part, _)| *part == shared);
    if let Some((_, partner)) = partner
        && let (Some(old), Some(new)) = (at(values, path), value.as_float())
    {
        let member = path.split('.').nth(1).unwrap_or_default();
        let partner = partner.replace('*', member);
        let other = at(values, &partner).and_then(Value::as_float);
        let rest = other.expect("a number") + old.as_float().expect("a number") - new;
        scenario = with(&scenario, &partner, Value::Float(rest));
    }
    scenario
}

/// Whether some other value of the parameter changes what some town records.
fn shows(parameter: &Parameter, towns: &[(Table, Table, Vec<u8>)]) -> bool {
    towns.iter().any(|(scenario, values, usual)| {
        parameter.defaults.iter().any(|(path, _)| {
            let Some(value) = at(values, path) else {
                return false;
            };
            let others = others(parameter, value).into_iter();
            others.filter(|other| other != value).any(|other| {
                let key = (parameter.path.as_str(), path.as_str());
                let scenario = changed(scenario, values, key, other);
                let outcome = parameters(&scenario).and_then(|p| outcome(&p));
                outcome.is_some_and(|outcome| outcome != *usual)
            })
        })
    })
}

#[test]
fn every_parameter_of_the_town_changes_results() {
    let towns = TOWNS.map(|text| {
        let scenario: Table = text.parse().expect("it is TOML");
        let p = parameters(&scenario).expect("it is valid");
        let values = Table::try_from(&p).expect("parameters can be written");
        let usual = outcome(&p).expect("the town can be");
        (scenario, values, usual)
    });
    let mine: Vec<&Parameter> = Registry::embedded()
        .parameters()
        .iter()
        .filter(|p| !ELSEWHERE.iter().any(|section| p.path.starts_with(section)))
        .collect();
    assert!(mine.len() > 150, "{}", mine.len());
    let idle: Vec<&str> = mine
        .par_iter()
        .filter(|parameter| !shows(parameter, &towns))
        .map(|parameter| parameter.path.as_str())
        .collect();
    let mut expected: Vec<&str> = EXCEPTIONS.iter().map(|(path, _)| *path).collect();
    let order = |path: &&str| mine.iter().position(|p| p.path == *path);
    expected.sort_by_key(order);
    assert_eq!(idle, expected, "these change nothing");
}

/// Rules that a parameter may name, by the file or folder of the program they stand in.
const RULES: &[(&str, &str)] = &[
    ("age", "crates/model/src/month/population.rs"),
    ("automate", "crates/model/src/month/automation"),
    ("automation", "crates/model/src/month/automation"),
    ("borrow", "crates/model/src/month/credit.rs"),
    ("charts", "crates/charts/src"),
    ("consume", "crates/model/src/month/consumption.rs"),
    ("dividends", "crates/model/src/month/settlement.rs"),
    ("enter", "crates/model/src/month/entry.rs"),
    ("enter and exit", "crates/model/src/month/entry.rs"),
    ("entry", "crates/model/src/month/entry.rs"),
    ("events", "crates/model/src/month/events.rs"),
    ("every draw", "crates/model/src/rng.rs"),
    ("exit", "crates/model/src/month/exit.rs"),
    ("export", "crates/model/src/month/export.rs"),
    ("export and supply", "crates/model/src/month/export.rs"),
    ("exports", "crates/model/src/month/export.rs"),
    ("government", "crates/model/src/month/government.rs"),
    ("hire", "crates/model/src/month/labor"),
    (
        "housing construction",
        "crates/model/src/month/population.rs",
    ),
    ("indicators", "crates/model/src/indicators"),
    ("labor market", "crates/model/src/month/labor"),
    ("labor supply", "crates/model/src/month/population.rs"),
    ("markup", "crates/model/src/month/planning.rs"),
    ("measure", "crates/model/src/indicators"),
    ("migration", "crates/model/src/month/population.rs"),
    ("orders", "crates/model/src/month/export.rs"),
    ("part", "crates/model/src/month/labor/separations.rs"),
    ("pay", "crates/model/src/month/payroll.rs"),
    ("payroll", "crates/model/src/month/payroll.rs"),
    ("plan", "crates/model/src/month/planning.rs"),
    ("policy", "crates/model/src/month/policy"),
    ("price", "crates/model/src/month/planning.rs"),
    ("prices", "crates/model/src/month/planning.rs"),
    ("produce", "crates/model/src/month/production.rs"),
    ("production", "crates/model/src/month/production.rs"),
    ("projects", "crates/model/src/month/automation/projects.rs"),
    ("public employer", "crates/model/src/month/staffing.rs"),
    ("reports", "src/output"),
    ("reshoring", "crates/model/src/month/reshoring.rs"),
    ("run", "crates/model/src/run"),
    ("settle", "crates/model/src/month/settlement.rs"),
    ("start", "crates/model/src/month/automation/start.rs"),
    ("elsewhere", "crates/model/src/month/elsewhere.rs"),
    ("housing", "crates/model/src/month/housing.rs"),
    ("moving", "crates/model/src/month/moving"),
    ("scenario", "crates/model/src/scenario"),
    ("supply", "crates/model/src/month/supply.rs"),
    ("train", "crates/model/src/month/policy"),
    ("synthesis", "crates/model/src/town/synthesis"),
    ("timeline", "crates/model/src/scenario/timeline.rs"),
    ("town", "crates/model/src/town/synthesis"),
    ("training", "crates/model/src/month/policy"),
    ("wages", "crates/model/src/month/labor/wages.rs"),
];

#[test]
fn every_parameter_names_rules_that_there_are() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    for (rule, place) in RULES {
        assert!(root.join(place).exists(), "{rule}: {place}");
    }
    let mut unknown = Vec::new();
    for parameter in Registry::embedded().parameters() {
        for rule in parameter.rules.split(';') {
            let name = rule.split(':').next().unwrap_or_default().trim();
            if !RULES.iter().any(|(known, _)| *known == name) {
                unknown.push(format!("{}: {name}", parameter.path));
            }
        }
    }
    assert!(unknown.is_empty(), "{unknown:?}");
}
