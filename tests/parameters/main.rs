//! Every parameter does something: a run in which it differs has other results. The policies' own parameters are
//! tried beside the rules that read them.

mod automation;
mod town;

use std::ops::ControlFlow;

use mainstreet::run::{self, RunRecord};
use mainstreet::scenario::{self, Parameters, Source};
use toml::{Table, Value};

fn parameters(scenario: &Table) -> Option<Parameters> {
    let text = toml::to_string(scenario).expect("a table can be written");
    let source = Source::Text {
        name: "town.toml".to_owned(),
        text,
    };
    let loaded = scenario::load(&source, &[]).ok()?;
    scenario::resolve(&loaded).ok()
}

fn record(parameters: &Parameters) -> RunRecord {
    let mut go_on = |_| ControlFlow::Continue(());
    run::simulate(parameters, 0, &mut go_on).expect("the accounts close")
}

fn bytes(record: &RunRecord) -> Vec<u8> {
    postcard::to_allocvec(record).expect("a record can be written")
}

/// The scenario with one key changed; `path` may lead through tables that do not exist yet.
fn with(scenario: &Table, path: &str, value: Value) -> Table {
    let mut changed = scenario.clone();
    let mut parts: Vec<&str> = path.split('.').collect();
    let key = parts.pop().expect("a key has a name");
    let mut table = &mut changed;
    for part in parts {
        let entry = table.entry(part).or_insert(Value::Table(Table::new()));
        table = entry.as_table_mut().expect("a section is a table");
    }
    table.insert(key.to_owned(), value);
    changed
}
