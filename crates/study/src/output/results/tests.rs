use super::*;
use crate::output::table::data_dictionary;
use model::indicators::fixtures::{conventions, live_tiny_month, tiny_town};
use model::run::{Replicate, RunSettings};

fn record() -> RunRecord {
    let settings = RunSettings {
        seed: 1,
        replicate: 0,
        months: 13,
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
fn every_table_has_its_rows_and_every_column_a_meaning() {
    let record = record();
    let tables = tables(&record).expect("columns have different names");
    let rows: Vec<(&str, usize)> = tables.iter().map(|t| (t.name(), t.rows())).collect();
    let flows = 13 * payments().len();
    assert_eq!(
        rows,
        [
            ("indicators", 13),
            ("sectors", 13 * 12),
            ("occupations", 13 * 22),
            ("deciles", 20),
            ("firm_sizes", 12),
            ("flows", flows),
            ("job_flows", 1),
            ("survival", 0),
            ("technology", 0),
            ("technology_classes", 0),
            ("kpis", 66),
            ("archetypes", 0),
            ("projects", 0),
            ("adopters", 7),
            ("policies", 0),
            ("lotteries", 0),
            ("firm_lotteries", 0),
        ]
    );
    for table in &tables {
        for column in table.columns() {
            assert!(!column.definition.is_empty(), "{}", column.name);
        }
    }
    let columns: usize = tables.iter().map(|table| table.columns().len()).sum();
    assert_eq!(data_dictionary(&tables).rows(), columns);
    let firms = firms(&record.firms).expect("columns have different names");
    assert_eq!(firms.rows(), 2);
}

#[test]
fn rows_stand_under_their_keys() {
    let record = record();
    let text = |table: &Table| {
        let mut csv = Vec::new();
        table.write_csv(&mut csv).expect("memory takes every byte");
        String::from_utf8(csv).expect("tables are text")
    };
    let flows = text(&flows(&record).expect("columns have different names"));
    assert!(
        flows.contains("\n12,exports,outside,firms,600000\n"),
        "{flows}"
    );
    let sizes = text(&firm_sizes(&record).expect("columns have different names"));
    assert!(
        sizes.contains("\n1,0-4,1.0,1.0,2.0,10900.0,1.0,1.0\n"),
        "{sizes}"
    );
    let sectors = text(&sectors(&record).expect("columns have different names"));
    assert!(
        sectors.contains("\n12,retail,2.0,1.0,4000.0,1.0,"),
        "{sectors}"
    );
    // A public employer has jobs and posts, and nothing a firm has.
    assert!(
        sectors.contains("\n12,public,0.0,1.0,,,,,,,,,,,\n"),
        "{sectors}"
    );
}
