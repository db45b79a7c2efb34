//! Headers of all tables, with the version of their layout.

use std::num::NonZero;
use std::sync::atomic::AtomicBool;

use mainstreet::output::manifest::OUTPUT_SCHEMA;
use mainstreet::output::table::Table;
use mainstreet::output::{assumptions, studies};
use mainstreet::run::MainStreet;
use mainstreet::run::ensemble::{Ensemble, Schedule};
use mainstreet::scenario::{self, Loaded, Source};
use mainstreet::study::sweep::{SweepFile, SweepPlan, effects, point_outcomes};
use mainstreet::study::{Answer, Asked, StudyScenario, bands, perform};

/// The version of the layout, and the columns of each table as `name [unit]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Headers {
    pub schema: String,
    pub tables: Vec<(String, Vec<String>)>,
}

pub fn none() -> Headers {
    Headers {
        schema: String::new(),
        tables: Vec::new(),
    }
}

impl Headers {
    pub fn to_text(&self) -> String {
        let mut text = format!("\nlayout {}\n", self.schema);
        for (table, columns) in &self.tables {
            text.push_str(&format!("{table}: {}\n", columns.join(" | ")));
        }
        text
    }

    /// Takes up one line of [`Headers::to_text`].
    pub fn read(&mut self, line: &str) -> Option<()> {
        match line.strip_prefix("layout ") {
            Some(schema) => self.schema = schema.to_owned(),
            None => {
                let (table, columns) = line.split_once(": ")?;
                let columns = columns.split(" | ").map(str::to_owned).collect();
                self.tables.push((table.to_owned(), columns));
            }
        }
        Some(())
    }

    /// What differs in `now`, a line each.
    pub fn against(&self, now: &Headers) -> Vec<String> {
        let mut lines = Vec::new();
        if self.schema != now.schema {
            lines.push(format!("layout {} in place of {}", now.schema, self.schema));
        }
        let columns = |headers: &Headers| -> Vec<String> {
            let all = headers.tables.iter();
            all.flat_map(|(table, columns)| columns.iter().map(move |c| format!("{table}.{c}")))
                .collect()
        };
        let (before, after) = (columns(self), columns(now));
        let gone: Vec<&str> = before
            .iter()
            .filter(|c| !after.contains(c))
            .map(String::as_str)
            .collect();
        let come: Vec<&str> = after
            .iter()
            .filter(|c| !before.contains(c))
            .map(String::as_str)
            .collect();
        if !gone.is_empty() {
            let raise = if self.schema == now.schema {
                " (readers of the earlier layout miss them: raise OUTPUT_SCHEMA, once a version)"
            } else {
                ""
            };
            lines.push(format!("headers without {}{raise}", gone.join(", ")));
        }
        if !come.is_empty() {
            lines.push(format!("headers with {}", come.join(", ")));
        }
        if lines.is_empty() && self != now {
            lines.push("headers in another order".to_owned());
        }
        lines
    }
}

fn header(table: &Table) -> (String, Vec<String>) {
    let columns = table
        .columns()
        .iter()
        .map(|column| match column.unit.as_str() {
            "" => column.name.clone(),
            unit => format!("{} [{unit}]", column.name),
        });
    (table.name().to_owned(), columns.collect())
}

/// The tables of a run and of every kind of study.
pub fn all() -> Headers {
    let record = crate::scenarios::record("plain", &["run.months=2", "run.burn_in_months=0"], 1);
    let mut tables = crate::scenarios::tables(&record);
    tables.extend(studies_tables());
    Headers {
        schema: OUTPUT_SCHEMA.to_string(),
        tables: tables.iter().map(header).collect(),
    }
}

fn loaded(changes: &[&str]) -> Loaded {
    let source = Source::Embedded("baseline".to_owned());
    let small = [
        "town.residents=1000",
        "run.months=13",
        "run.burn_in_months=0",
    ];
    let changes: Vec<String> = (small.iter().chain(changes))
        .map(|&change| change.to_owned())
        .collect();
    scenario::load(&source, &changes).expect("it is ours")
}

/// The tables of small studies: two scenarios twice, and a sweep of two factors.
fn studies_tables() -> Vec<Table> {
    let (baseline, other) = (loaded(&[]), loaded(&["firms.payout_share=0.5"]));
    let text = |loaded: &Loaded| StudyScenario::of(loaded).expect("it is ours").to_text();
    let asked = Asked::Compare {
        scenarios: vec![text(&baseline), text(&other)],
        replicates: 2,
        confidence: 0.95,
        allow_unpaired: false,
    };
    let Answer::Comparison {
        replicates,
        comparison,
        ..
    } = answer(&asked)
    else {
        panic!("a comparison was asked for");
    };
    let found = comparison.expect("two scenarios, two pairs");
    let mut tables = vec![
        studies::ensemble(&bands(&replicates[0])),
        studies::replicates(&replicates[0]),
        studies::comparison(&found),
        studies::differences(&found),
        studies::decile_changes(&found),
        studies::occupation_changes(&found),
        studies::public_cost(&found),
        studies::cost_per_outcome(&found),
        studies::pairing(&found),
        assumptions::table(&[("baseline", &baseline)]),
    ];
    let file = SweepFile::parse(
        "schema_version = 1\nscenario = \"baseline\"\noutcomes = [\"firms\"]\n\
         [design]\nkind = \"morris\"\ntrajectories = 2\n\
         [[vary]]\nkey = \"firms.payout_share\"\nfrom = 0.4\nto = 0.8\n\
         [[vary]]\nkey = \"town.kind\"\nvalues = [\"factory\", \"college\"]\n",
    );
    let plan = SweepPlan::new(&file.expect("well formed"), &baseline).expect("a small design");
    let asked = Asked::Sweep {
        plan: Box::new(plan.clone()),
    };
    let Answer::Sweep(outcomes) = answer(&asked) else {
        panic!("a sweep was asked for");
    };
    let settings = plan.settings().expect("a small design");
    let by_point = point_outcomes(&plan, &outcomes, 0.95);
    let (found, _) = effects(&plan, &outcomes).expect("a small design");
    tables.push(studies::plan(&plan, &settings));
    tables.push(studies::runs(&plan, &settings, &outcomes));
    tables.push(studies::points(&plan, &settings, &by_point));
    tables.push(studies::sensitivity(&plan, &found));
    tables
        .into_iter()
        .map(|table| table.expect("columns have different names"))
        .collect()
}

fn answer(asked: &Asked) -> Answer {
    let ensemble = Ensemble {
        model: &MainStreet,
        schedule: Schedule::new(Some(NonZero::<usize>::MIN), 1000),
        store: None,
        stop: &AtomicBool::new(false),
    };
    perform(asked, None, &ensemble, |_| ()).unwrap_or_else(|error| panic!("{error}"))
}
