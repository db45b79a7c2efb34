//! Random changes to the default file, to a scenario file and to settings: what comes out is a message with a
//! place, a town that cannot be and says why, or a town that lives three months with its accounts closed.
//!
//! Many new cases: `MAINSTREET_CASES=10000 cargo test --test random_scenarios`.

use std::panic::catch_unwind;
use std::path::PathBuf;

use mainstreet::indicators::{Conventions, MeasureScratch, measure};
use mainstreet::month::{self, Scratch};
use mainstreet::rng::Draws;
use mainstreet::run;
use mainstreet::scenario::{
    self, Class, Diagnostic, POLICIES, Parameter, Registry, Source, exit_code,
};
use mainstreet::town::synthesis::SynthesisError;
use mainstreet::units::SECTOR_IDS;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::RngSeed;
use rayon::prelude::*;
use toml::Value;

/// What the town is, whatever else changes.
const SMALL: [&str; 3] = [
    "town.residents=1000",
    "run.months=3",
    "run.burn_in_months=0",
];

/// A scenario that uses technology of its own and a timeline.
const SCENARIO: &str = r#"schema_version = 1
title = "Näme"
[town]
kind = "factory"
[automation]
incident_chance = 0.1
[technologies.drones]
like = "robotics"
fixed_cost = 2000.0
[[timeline]]
kind = "tariff"
from = 0
rate = 0.25
[[timeline]]
kind = "reskilling"
from = 1
[[timeline]]
kind = "demand_slump"
from = "2026-02"
fall = 0.3
"#;

fn failed(problems: &[Diagnostic]) -> Result<(), TestCaseError> {
    prop_assert!(!problems.is_empty());
    // 3 if a file cannot be read, as where `extends` names none.
    let unreadable = problems.iter().any(|problem| problem.class == Class::File);
    prop_assert_eq!(exit_code(problems), if unreadable { 3 } else { 2 });
    for problem in problems {
        prop_assert!(problem.line >= 1 && problem.column >= 1 && !problem.file.is_empty());
        prop_assert!(!problem.message.is_empty());
    }
    Ok(())
}

/// [`live`], with a panic told as a failure that names the settings.
fn try_out(source: &Source, settings: &[String]) -> Result<(), TestCaseError> {
    let lived = catch_unwind(|| live(source, settings));
    lived.unwrap_or_else(|_| Err(TestCaseError::fail(format!("a panic: {settings:?}"))))
}

/// Loads, builds and lives; what is wrong on the way must be told.
fn live(source: &Source, settings: &[String]) -> Result<(), TestCaseError> {
    // The town's size comes last, so that nothing makes it large.
    let small = SMALL.iter().map(|text| (*text).to_owned());
    let settings: Vec<String> = settings.iter().cloned().chain(small).collect();
    let loaded = match scenario::load(source, &settings) {
        Ok(loaded) => loaded,
        Err(problems) => return failed(&problems),
    };
    let p = match scenario::resolve(&loaded) {
        Ok(p) => p,
        Err(problems) => return failed(&problems),
    };
    let mut town = match run::build_town(&p, Draws::new(1, 0)) {
        Ok(town) => town,
        Err(error) => return explained(&error),
    };
    let conventions = Conventions::of(&p);
    let mut scratch = Scratch::default();
    let mut measures = MeasureScratch::default();
    for _ in 0..3 {
        if let Err(breach) = month::advance(&mut town, &p, &mut scratch) {
            return Err(TestCaseError::fail(format!("{breach}\n{settings:?}")));
        }
        measure(&town, &conventions, &mut measures);
    }
    Ok(())
}

/// An impossible town names the sector and the gap, or what of its people does not fit.
fn explained(error: &SynthesisError) -> Result<(), TestCaseError> {
    let text = error.to_string();
    match error {
        SynthesisError::NegativeExports { sector, gap }
        | SynthesisError::CostShares { sector, gap, .. }
        | SynthesisError::Unsettled { sector, gap } => {
            prop_assert!(SECTOR_IDS.contains(sector));
            prop_assert!(text.contains(sector) && !gap.is_nan(), "{text}");
        }
        SynthesisError::Incomes { gap } => prop_assert!(!gap.is_nan(), "{text}"),
        SynthesisError::NoTradableSector | SynthesisError::Population { .. } => {
            prop_assert!(!text.is_empty());
        }
    }
    Ok(())
}

/// A number: mostly allowed, near the default, at an end of the range or far outside.
fn number(parameter: &Parameter, usual: f64, way: u8, uniform: f64) -> f64 {
    let range = parameter.range;
    let low = range.and_then(|r| r.low).unwrap_or(-1e6);
    let high = range.and_then(|r| r.high).unwrap_or(1e6);
    match way {
        0..=3 => (usual * (0.5 + uniform)).clamp(low, high),
        4..=7 => low + uniform * (high - low),
        8 => low,
        9 => high,
        10 => 1e300 * (uniform - 0.5),
        _ => low - uniform,
    }
}

fn other(parameter: &Parameter, value: &Value, way: u8, uniform: f64) -> Value {
    match value {
        Value::Integer(x) => Value::Integer(number(parameter, *x as f64, way, uniform) as i64),
        Value::Float(x) => Value::Float(number(parameter, *x, way, uniform)),
        Value::Boolean(on) => Value::Boolean(!on),
        Value::Array(items) => {
            let mut items = items.clone();
            if !items.is_empty() {
                let turn = ((uniform * items.len() as f64) as usize).min(items.len() - 1);
                items.rotate_left(turn);
            }
            if parameter.sum.is_none() {
                let each = items.iter();
                let changed = each.map(|item| other(parameter, item, way, uniform));
                items = changed.collect();
            }
            Value::Array(items)
        }
        Value::String(text) => match &parameter.choices {
            Some(scenario::Choices::OneOf(names)) if way < 10 => {
                let at = (uniform * names.len() as f64) as usize;
                Value::String(names[at.min(names.len() - 1)].clone())
            }
            _ => Value::String(format!("{text}x")),
        },
        other => other.clone(),
    }
}

/// A setting of some parameter, for the command line.
fn setting(at: Index, member: Index, way: u8, uniform: f64) -> String {
    let all: Vec<&Parameter> = Registry::embedded()
        .parameters()
        .iter()
        .filter(|p| !p.path.starts_with(POLICIES))
        .collect();
    let parameter = at.get(&all);
    let (path, value) = member.get(&parameter.defaults);
    format!("{path}={}", other(parameter, value, way, uniform))
}

fn text(name: &str, text: String) -> Source {
    Source::Text {
        name: name.to_owned(),
        text,
    }
}

/// One change to a text's lines: take away, double, move a value in, or put rubbish.
fn edited(base: &str, edits: &[(Index, Index, u8, String)]) -> String {
    let mut lines: Vec<String> = base.lines().map(str::to_owned).collect();
    for (at, from, way, rubbish) in edits {
        let row = at.index(lines.len());
        let other = lines[from.index(lines.len())].clone();
        match way {
            0 => lines[row].clear(),
            1 => lines.insert(row, other),
            2 => {
                let key = lines[row].split('=').next().unwrap_or_default().to_owned();
                let value = other.split_once('=').map_or("", |(_, value)| value);
                lines[row] = format!("{key}={value}");
            }
            3 => lines[row].push_str(rubbish),
            4 => {
                let digits = lines[row].replace(['1', '2', '3'], "9").replace("0.", "7.");
                lines[row] = digits;
            }
            _ => {
                let key = lines[row].split('=').next().unwrap_or_default();
                lines[row] = format!("{key}= {rubbish}");
            }
        }
        if lines.is_empty() {
            lines.push(String::new());
        }
    }
    lines.join("\n")
}

/// The default file without its comments, as a scenario may hold it.
fn whole() -> String {
    let lines = scenario::DEFAULT.lines();
    let kept: Vec<&str> = lines.filter(|line| !line.starts_with('#')).collect();
    let text = kept.join("\n");
    let end = text.find("[policies").unwrap_or(text.len());
    text[..end].to_owned()
}

fn edits() -> impl Strategy<Value = Vec<(Index, Index, u8, String)>> {
    let rubbish = prop_oneof![
        any::<String>(),
        "[0-9.e-]{1,8}",
        "[\\[\\]{}\"'=#,]{1,4}",
        Just("inf".to_owned()),
        Just("nan".to_owned()),
        Just("-0.0".to_owned()),
        Just("9223372036854775807".to_owned()),
    ];
    let edit = (any::<Index>(), any::<Index>(), 0..6_u8, rubbish);
    prop::collection::vec(edit, 1..4)
}

/// How many random cases each property is asked for: the same 200 every time, or as many new ones as
/// `MAINSTREET_CASES` says.
fn cases() -> Option<u32> {
    let wanted = std::env::var("MAINSTREET_CASES").ok()?;
    Some(wanted.parse().expect("MAINSTREET_CASES is a number"))
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: cases().unwrap_or(200),
        rng_seed: if cases().is_some() { RngSeed::Random } else { RngSeed::Fixed(1) },
        failure_persistence: None,
        max_shrink_iters: 200,
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_values_of_parameters_make_a_town_or_a_message(
        changes in prop::collection::vec(
            (any::<Index>(), any::<Index>(), 0..12_u8, 0.0..1.0_f64),
            1..6,
        ),
        kind in prop::sample::select(vec!["main_street", "factory", "college", "tourist"]),
    ) {
        let mut settings = vec![format!("town.kind={kind}")];
        settings.extend(changes.iter().map(|(at, member, way, uniform)| {
            setting(*at, *member, *way, *uniform)
        }));
        try_out(&Source::Embedded("baseline".into()), &settings)?;
    }

    #[test]
    fn an_edited_scenario_makes_a_town_or_a_message(edits in edits()) {
        try_out(&text("town.toml", edited(SCENARIO, &edits)), &[])?;
    }

    #[test]
    fn an_edited_default_file_makes_a_town_or_a_message(edits in edits()) {
        try_out(&text("whole.toml", edited(&whole(), &edits)), &[])?;
    }

    #[test]
    fn bytes_that_are_no_text_make_a_message(
        bytes in prop::collection::vec(any::<u8>(), 0..200),
        at in any::<Index>(),
    ) {
        let mut content = SCENARIO.as_bytes().to_vec();
        let at = at.index(content.len());
        content.splice(at..at, bytes);
        let file = tempfile::NamedTempFile::new().expect("a file can be made");
        std::fs::write(file.path(), content).expect("it can be written");
        try_out(&Source::Path(PathBuf::from(file.path())), &[])?;
    }
}

#[test]
fn the_ends_of_every_range_make_a_town_or_a_message() {
    let parameters = Registry::embedded().parameters();
    let settings: Vec<String> = (parameters.iter())
        .filter(|parameter| !parameter.path.starts_with(POLICIES))
        .flat_map(|parameter| {
            let (path, value) = &parameter.defaults[0];
            [8, 9].map(|end| format!("{path}={}", other(parameter, value, end, 0.0)))
        })
        .collect();
    let broken: Vec<&String> = settings
        .par_iter()
        .filter(|setting| {
            let source = Source::Embedded("baseline".into());
            try_out(&source, &[(*setting).clone()]).is_err()
        })
        .collect();
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn every_entry_of_a_timeline_at_the_ends_of_its_ranges_makes_a_town_or_a_message() {
    let parameters = Registry::embedded().parameters();
    let entries: Vec<String> = (parameters.iter())
        .filter_map(|parameter| {
            let (path, value) = parameter.defaults.first()?;
            let (kind, key) = path.strip_prefix(POLICIES)?.strip_prefix('.')?.split_once('.')?;
            Some([8, 9].map(|end| {
                let value = other(parameter, value, end, 0.0);
                format!("schema_version = 1\n[[timeline]]\nkind = \"{kind}\"\nfrom = 0\n{key} = {value}\n")
            }))
        })
        .flatten()
        .collect();
    assert!(entries.len() > 100, "{}", entries.len());
    let broken: Vec<&String> = entries
        .par_iter()
        .filter(|entry| try_out(&text("town.toml", (*entry).clone()), &[]).is_err())
        .collect();
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn what_is_edited_is_right() {
    for base in [SCENARIO.to_owned(), whole()] {
        let settings = SMALL.map(str::to_owned);
        let loaded = scenario::load(&text("town.toml", base), &settings);
        let loaded = loaded.unwrap_or_else(|problems| panic!("{problems:?}"));
        scenario::resolve(&loaded).expect("it resolves");
    }
}
