//! Places read, found, added up and laid below a scenario.

use super::*;
use crate::scenario::{Setup, Source, load_with, show};

const TABLE: &str = include_str!("../../../../../data/places/counties.csv");

fn table() -> &'static Gazetteer {
    static READ: std::sync::OnceLock<Gazetteer> = std::sync::OnceLock::new();
    READ.get_or_init(|| Gazetteer::new(read(TABLE).expect("every row is sound")))
}

fn key(asked: &str) -> String {
    match table().find(asked) {
        Ok(area) => area.key,
        Err(none) => format!("{}: {}", none.message(), none.allowed().unwrap_or_default()),
    }
}

#[test]
fn a_place_answers_to_its_code_and_its_names() {
    for asked in [
        "17115",
        "Macon County, IL",
        "macon il",
        "Macon County, Illinois",
        " macon  county,IL ",
    ] {
        assert_eq!(key(asked), "17115", "{asked}");
    }
    for asked in ["Decatur, IL metro", "decatur il", "19500"] {
        assert_eq!(key(asked), "19500", "{asked}");
    }
    assert_eq!(key("1001"), "01001", "spreadsheets drop the first 0");
    assert_eq!(key("Dona Ana County, NM"), "35013");
    assert_eq!(key("zone 37901").len(), 7);
    assert_eq!(key("17115+17107"), "17115+17107");
}

#[test]
fn names_of_many_and_of_none_are_refused_with_what_there_is() {
    let many = key("Macon County");
    assert!(
        many.contains("17115 (Macon County, IL)") && many.contains("places answer to"),
        "{many}"
    );
    let none = table().find("Mackon County, IL").expect_err("nobody");
    assert_eq!(
        none.suggestion().as_deref(),
        Some("did you mean `Macon County, IL`?")
    );
    assert!(matches!(table().find(""), Err(NotFound::Nobody { .. })));
    assert!(matches!(
        table().find("17115+nowhere"),
        Err(NotFound::Nobody { .. })
    ));
}

#[test]
fn metros_are_the_sums_of_their_counties() {
    let springfield = table().find("44100").expect("Springfield, IL");
    let counties: Vec<&Area> = (springfield.counties.iter())
        .map(|code| {
            table()
                .counties()
                .iter()
                .find(|c| c.key == *code)
                .expect("a county")
        })
        .collect();
    assert!(counties.len() > 1);
    let people: f64 = counties.iter().map(|c| c.figures.population).sum();
    assert_eq!(springfield.figures.population, people);
    let f = &springfield.figures;
    assert!((f.shares.iter().sum::<f64>() - 1.0).abs() < 1e-9);
    let between = |value: fn(&Figures) -> f64| {
        let all = counties.iter().map(|c| value(&c.figures));
        let (low, high) = all.fold((f64::INFINITY, 0.0_f64), |(l, h), v| (l.min(v), h.max(v)));
        let mean = value(f);
        assert!(
            low - 1e-9 <= mean && mean <= high + 1e-9,
            "{low} {mean} {high}"
        );
    };
    for value in [
        |f: &Figures| f.unemployment,
        |f: &Figures| f.mean_income,
        |f: &Figures| f.jobs_per_employed,
        |f: &Figures| f.shares[4],
        |f: &Figures| f.pay[4],
        |f: &Figures| f.sizes[4],
    ] {
        between(value);
    }
}

#[test]
fn both_forms_of_a_table_read_alike() {
    let rows: Vec<Vec<&str>> = TABLE
        .lines()
        .take(3)
        .map(|line| line.split(',').collect())
        .collect();
    // The first rows' names of metros hold a comma in quotation marks.
    let small = "a,b\n1,2\n";
    assert!(read(small).is_err() && rows.len() == 3);
    let damaged = TABLE
        .lines()
        .next()
        .unwrap_or_default()
        .replace("share_retail", "share_shops");
    let text = format!("{damaged}\n{}", TABLE.lines().nth(1).unwrap_or_default());
    let found = read(&text).expect_err("a column is missing").to_string();
    assert!(
        found.contains("share_retail") && found.contains("missing"),
        "{found}"
    );
}

fn load(settings: &[&str]) -> Result<crate::scenario::Loaded, Vec<crate::scenario::Diagnostic>> {
    let setup = Setup {
        places: table(),
        ..Setup::embedded()
    };
    let settings: Vec<String> = settings.iter().map(|&s| s.to_owned()).collect();
    load_with(&setup, &Source::Embedded("baseline".to_owned()), &settings)
}

#[test]
fn a_place_lies_between_the_kind_and_the_scenario() {
    let loaded = load(&[
        "town.place=\"Macon County, IL\"",
        "sectors.retail.mean_firm_size=11",
    ])
    .expect("it is right");
    let value = |path: &[&str]| {
        let mut node = &toml::Value::Table(loaded.values.clone());
        for key in path {
            node = &node[*key];
        }
        node.clone()
    };
    assert_eq!(value(&["town", "place"]).as_str(), Some("17115"));
    assert_eq!(value(&["town", "closing"]).as_str(), Some("jobs"));
    assert_eq!(
        value(&["sectors", "retail", "mean_firm_size"]).as_float(),
        Some(11.0)
    );
    let county = table().find("17115").expect("a county").figures;
    let share = value(&["sectors", "manufacturing", "jobs_share"])
        .as_float()
        .unwrap_or(0.0);
    assert!((share - county.shares[2]).abs() < 1e-3);
    let text = show(&loaded);
    assert!(
        text.contains("# place 17115: jobs at the workplace, QCEW 2016"),
        "{text}"
    );
    assert_eq!(
        loaded.place.as_ref().map(|place| place.name.as_str()),
        Some("Macon County, IL")
    );
    let files = loaded.files.join(" ");
    assert!(
        files.starts_with("default.toml towns/main_street.toml place 17115"),
        "{files}"
    );
}

#[test]
fn a_wrong_place_is_a_mistake_of_the_scenario() {
    let found = load(&["town.place=\"Springfield\""]).expect_err("there are many");
    assert_eq!(found.len(), 1);
    let text = crate::scenario::render_all(&found, false);
    assert!(text.contains("places answer to `Springfield`"), "{text}");
    // A program without a table says so.
    let plain = load_with(
        &Setup::embedded(),
        &Source::Embedded("baseline".to_owned()),
        &["town.place=\"17115\"".to_owned()],
    );
    let message = plain.expect_err("no table").remove(0).message;
    assert!(message.contains("no table of places"), "{message}");
}

#[test]
fn every_county_metro_and_zone_makes_a_layer_that_loads() {
    let step = 97;
    let counties = table()
        .counties()
        .iter()
        .step_by(step)
        .map(|county| county.key.clone());
    let metros = table()
        .metros()
        .into_iter()
        .step_by(step)
        .map(|metro| metro.key);
    let zones = table()
        .zones()
        .into_iter()
        .step_by(step)
        .map(|zone| zone.key);
    for place in counties.chain(metros).chain(zones) {
        let loaded = load(&[&format!("town.place=\"{place}\"")]);
        let loaded = loaded.unwrap_or_else(|found| panic!("{place}: {found:?}"));
        crate::scenario::resolve(&loaded).unwrap_or_else(|found| panic!("{place}: {found:?}"));
    }
}
