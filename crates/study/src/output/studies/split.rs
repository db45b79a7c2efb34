//! Table of automation's effect in two parts: the world's and the town's own.

use crate::compare::{Comparison, Split};
use crate::output::table::{ColumnData, Table, TableError, Words};
use model::indicators::MonthIndicators;

use super::{Heading, with_numbers};

const UNIT: &str = "unit of the figure";

const COLUMNS: [Heading; 11] = [
    (
        "nobody",
        UNIT,
        "Mean of the last 12 months where nobody automates, inside or outside.",
    ),
    (
        "whole",
        UNIT,
        "Scenario minus that, mean over pairs of runs.",
    ),
    ("whole_low", UNIT, "Lower end of its confidence interval."),
    ("whole_high", UNIT, "Upper end of its confidence interval."),
    (
        "world",
        UNIT,
        "Of this, what comes from outside: only the world automates, minus nobody does.",
    ),
    ("world_low", UNIT, "Lower end of its confidence interval."),
    ("world_high", UNIT, "Upper end of its confidence interval."),
    (
        "town",
        UNIT,
        "The rest: what the town's own adoption adds, scenario minus only the world automates.",
    ),
    ("town_low", UNIT, "Lower end of its confidence interval."),
    ("town_high", UNIT, "Upper end of its confidence interval."),
    (
        "pairs",
        "pairs",
        "Pairs of runs in which the figure exists on both sides.",
    ),
];

fn numbers(row: &Split) -> [f64; 11] {
    let [whole, world, town] =
        [row.whole, row.world, row.town].map(|d| [d.estimate, d.low, d.high]);
    [
        row.nobody,
        whole[0],
        whole[1],
        whole[2],
        world[0],
        world[1],
        world[2],
        town[0],
        town[1],
        town[2],
        f64::from(row.whole.pairs),
    ]
}

/// `automation_split`: every indicator of scenarios with automation, where the scenarios `no-automation` and
/// `outside-only` are compared as well.
///
/// # Errors
/// If two columns have one name, which their list rules out.
pub fn automation_split(comparison: &Comparison) -> Result<Table, TableError> {
    let rows = &comparison.split;
    let name = |row: &Split| {
        let definition = MonthIndicators::definitions().nth(row.indicator);
        definition.map_or("", |definition| definition.name)
    };
    let scenarios: Words = rows.iter().map(|row| row.scenario.as_str()).collect();
    let indicators: Words = rows.iter().map(name).collect();
    let table = Table::new("automation_split")
        .with(
            "scenario",
            "",
            "Scenario with automation.",
            ColumnData::Text(scenarios),
        )?
        .with(
            "indicator",
            "",
            "Indicator, as named in the tables of a run.",
            ColumnData::Text(indicators),
        )?;
    with_numbers(table, COLUMNS, rows.iter().map(numbers))
}
