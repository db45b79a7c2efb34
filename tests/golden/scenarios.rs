//! The six towns.

use mainstreet::output::results;
use mainstreet::output::table::Table;
use mainstreet::run::{RunRecord, simulate};
use mainstreet::scenario::{self, Parameters};
use std::ops::ControlFlow;

use crate::file::{Rows, Scenario};

/// Scenarios by name: towns of every kind, together every kind of the timeline.
pub const ALL: [(&str, &str); 6] = [
    ("plain", include_str!("plain.toml")),
    ("shocks", include_str!("shocks.toml")),
    ("people", include_str!("people.toml")),
    ("business", include_str!("business.toml")),
    ("technology", include_str!("technology.toml")),
    ("bare", include_str!("bare.toml")),
];

/// The parameters of one scenario, with changes.
pub fn parameters(name: &str, changes: &[&str]) -> Parameters {
    let (_, text) =
        (ALL.iter().find(|(known, _)| *known == name)).expect("there is such a scenario");
    scenario::parameters_of_text(text, changes).unwrap_or_else(|found| panic!("{name}: {found}"))
}

/// The record of one scenario, with changes, computed by `threads`.
pub fn record(name: &str, changes: &[&str], threads: usize) -> RunRecord {
    let parameters = parameters(name, changes);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    pool.expect("a pool")
        .install(|| simulate(&parameters, 0, &mut |_| ControlFlow::Continue(())))
        .unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// All tables of a run, the panel of firms among them.
pub fn tables(record: &RunRecord) -> Vec<Table> {
    let mut tables = results::tables(record).expect("columns have different names");
    tables.push(results::firms(&record.firms).expect("columns have different names"));
    tables
}

/// Digests of all six.
pub fn all(threads: usize) -> Vec<Scenario> {
    let one = |&(name, _): &(&str, &str)| digests(name, &[], threads);
    ALL.iter().map(one).collect()
}

/// Digests of a larger town for a few months.
pub fn large(threads: usize) -> Vec<Scenario> {
    let changes = [
        "town.residents=20000",
        "run.months=6",
        "run.burn_in_months=2",
    ];
    vec![digests("people", &changes, threads)]
}

fn digests(name: &str, changes: &[&str], threads: usize) -> Scenario {
    let tables = tables(&record(name, changes, threads));
    Scenario {
        name: name.to_owned(),
        tables: tables.iter().map(Rows::of).collect(),
    }
}

#[test]
fn the_six_have_every_kind_of_town_and_of_policy_and_shock() {
    use scenario::parameters::Lever;
    let text: String = ALL.iter().map(|(_, text)| *text).collect();
    let missing: Vec<&&str> = (Lever::KINDS.iter())
        .filter(|kind| !text.contains(&format!("kind = \"{kind}\"")))
        .collect();
    assert!(missing.is_empty(), "no golden scenario has {missing:?}");
}
