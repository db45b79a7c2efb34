//! Tables of a comparison of scenarios.

use crate::compare::{
    COST_MEASURES, Comparison, DECILE_MEASURES, Difference, IndicatorChange, OCCUPATION_MEASURES,
    SECTOR_MEASURES, ScenarioChange,
};
use crate::output::results::MONTH;
use crate::output::table::{ColumnData, Table, TableError, Words};
use model::indicators::tables::sector_row_ids;
use model::indicators::{Definition, MonthIndicators};
use model::units::OCCUPATION_IDS;

use super::{Heading, with_numbers};

const UNIT: &str = "unit of the figure";
const SCENARIO: &str = "Scenario that is compared with the baseline.";
const INDICATOR: &str = "Indicator, as named in the tables of a run.";
const DIRECTION: &str = "rises or falls where the interval leaves zero out, uncertain where it holds zero, same where no pair of runs differs.";

/// What the interval of a comparison is, for the data dictionary.
const LOW: &str = "Lower end of the confidence interval (Student's t over pairs of runs with the same draws; over \
                   independent runs, Welch): the model's noise from run to run and nothing else.";

/// One row a scenario and indicator.
fn changes(comparison: &Comparison) -> impl Iterator<Item = (&ScenarioChange, &IndicatorChange)> {
    let scenarios = comparison.scenarios.iter();
    scenarios.flat_map(|scenario| {
        scenario
            .indicators
            .iter()
            .map(move |change| (scenario, change))
    })
}

fn definition(change: &IndicatorChange) -> Option<&'static Definition> {
    MonthIndicators::definitions().nth(change.indicator)
}

fn text<'a>(words: impl Iterator<Item = &'a str>) -> ColumnData {
    ColumnData::Text(words.collect::<Words>())
}

/// Columns of a difference.
const DIFFERENCE: [Heading; 5] = [
    (
        "difference",
        UNIT,
        "Scenario minus baseline, mean over pairs of runs.",
    ),
    ("low", UNIT, LOW),
    (
        "high",
        UNIT,
        "Upper end of the confidence interval; see low.",
    ),
    ("standard_error", UNIT, "Standard error of the difference."),
    (
        "pairs",
        "pairs",
        "Pairs of runs in which the figure exists on both sides.",
    ),
];

fn numbers(difference: &Difference) -> [f64; 5] {
    [
        difference.estimate,
        difference.low,
        difference.high,
        difference.standard_error,
        f64::from(difference.pairs),
    ]
}

/// `comparison`: every indicator over the last 12 months, scenario against baseline.
///
/// # Errors
/// If two columns have one name, which their list rules out.
pub fn comparison(comparison: &Comparison) -> Result<Table, TableError> {
    let rows: Vec<_> = changes(comparison).collect();
    let named = |part: fn(&Definition) -> &'static str| {
        text(
            rows.iter()
                .map(move |(_, change)| definition(change).map_or("", part)),
        )
    };
    let table = Table::new("comparison")
        .with(
            "scenario",
            "",
            SCENARIO,
            text(rows.iter().map(|(s, _)| s.name.as_str())),
        )?
        .with("indicator", "", INDICATOR, named(|d| d.name))?
        .with("unit", "", "Unit of the indicator.", named(|d| d.unit))?;
    let table = with_numbers(
        table,
        [
            (
                "baseline",
                UNIT,
                "Baseline, mean of the last 12 months over all replicates.",
            ),
            (
                "scenario_mean",
                UNIT,
                "Scenario, mean of the last 12 months over all replicates.",
            ),
            (
                "relative",
                "share of the baseline",
                "Difference over the baseline's size.",
            ),
        ],
        rows.iter().map(|(_, change)| {
            let relative = change.last_year.estimate / change.baseline.abs();
            let relative = if relative.is_finite() {
                relative
            } else {
                f64::NAN
            };
            [change.baseline, change.scenario, relative]
        }),
    )?;
    let table = with_numbers(
        table,
        DIFFERENCE,
        rows.iter().map(|(_, change)| numbers(&change.last_year)),
    )?;
    let confidence = vec![comparison.confidence; rows.len()];
    let directions = rows.iter().map(|(_, change)| change.last_year.direction());
    table
        .with(
            "confidence",
            "share",
            "How often intervals made this way hold the model's own mean difference.",
            ColumnData::F64(confidence),
        )?
        .with("direction", "", DIRECTION, text(directions))
}

/// `differences`: every indicator and month, and the mean of the 12 months that end with it.
///
/// # Errors
/// As [`comparison`].
pub fn differences(comparison: &Comparison) -> Result<Table, TableError> {
    let rows: Vec<_> = changes(comparison)
        .flat_map(|(scenario, change)| {
            let months = change.months.iter().zip(&change.rolling).enumerate();
            months.map(move |(month, both)| (scenario, change, month as u32, both))
        })
        .collect();
    let names = rows
        .iter()
        .map(|(_, change, ..)| definition(change).map_or("", |d| d.name));
    let months = rows.iter().map(|(_, _, month, _)| *month);
    let table = Table::new("differences")
        .with(
            "scenario",
            "",
            SCENARIO,
            text(rows.iter().map(|(s, ..)| s.name.as_str())),
        )?
        .with("indicator", "", INDICATOR, text(names))?
        .with("month", "months", MONTH, ColumnData::U32(months.collect()))?;
    let table = with_numbers(
        table,
        DIFFERENCE,
        rows.iter().map(|(.., (month, _))| numbers(month)),
    )?;
    let table = table.with(
        "direction",
        "",
        DIRECTION,
        text(rows.iter().map(|(.., (month, _))| month.direction())),
    )?;
    let table = with_numbers(
        table,
        [
            (
                "difference_12",
                UNIT,
                "Difference of means of the 12 months that end with this one. Empty in the first 11.",
            ),
            (
                "low_12",
                UNIT,
                "Lower end of its confidence interval; see low.",
            ),
            (
                "high_12",
                UNIT,
                "Upper end of its confidence interval; see low.",
            ),
        ],
        rows.iter()
            .map(|(.., (_, year))| [year.estimate, year.low, year.high]),
    )?;
    table.with(
        "direction_12",
        "",
        "As direction, for the 12 months.",
        text(rows.iter().map(|(.., (_, year))| year.direction())),
    )
}

/// `decile_changes`: who gains and who loses, by tenth of households by income at the last year-end.
///
/// # Errors
/// As [`comparison`].
pub fn decile_changes(comparison: &Comparison) -> Result<Table, TableError> {
    let scenarios = comparison.scenarios.iter();
    let rows: Vec<_> = scenarios
        .flat_map(|scenario| {
            scenario
                .deciles
                .iter()
                .map(move |change| (scenario, change))
        })
        .collect();
    let deciles = rows.iter().map(|(_, change)| change.decile);
    let table = Table::new("decile_changes")
        .with("scenario", "", SCENARIO, text(rows.iter().map(|(s, _)| s.name.as_str())))?
        .with(
            "decile",
            "",
            "Tenth of resident households by gross income in that run, from 1 (lowest) to 10: not the same \
             households in every run.",
            ColumnData::U32(deciles.collect()),
        )?
        .with(
            "measure",
            "",
            "Figure of the decile, as named in the table deciles of a run; income_real is income over the mean of \
             consumer_price_index in the last 12 months.",
            text(rows.iter().map(|(_, change)| DECILE_MEASURES[change.measure])),
        )?;
    group_columns(
        table,
        rows.iter()
            .map(|(_, change)| (change.baseline, &change.difference)),
    )
}

/// `occupation_changes`: who gains and who loses, by occupation over the last 12 months.
///
/// # Errors
/// As [`comparison`].
pub fn occupation_changes(comparison: &Comparison) -> Result<Table, TableError> {
    let scenarios = comparison.scenarios.iter();
    let rows: Vec<_> = scenarios
        .flat_map(|scenario| {
            scenario
                .occupations
                .iter()
                .map(move |change| (scenario, change))
        })
        .collect();
    let table = Table::new("occupation_changes")
        .with(
            "scenario",
            "",
            SCENARIO,
            text(rows.iter().map(|(s, _)| s.name.as_str())),
        )?
        .with(
            "occupation",
            "",
            "Occupation: major group of the Standard Occupational Classification.",
            text(
                rows.iter()
                    .map(|(_, change)| OCCUPATION_IDS[change.occupation]),
            ),
        )?
        .with(
            "measure",
            "",
            "Figure of the occupation, as named in the table occupations of a run.",
            text(
                rows.iter()
                    .map(|(_, change)| OCCUPATION_MEASURES[change.measure]),
            ),
        )?;
    group_columns(
        table,
        rows.iter()
            .map(|(_, change)| (change.baseline, &change.difference)),
    )
}

/// `sector_changes`: who gains and who loses, by sector over the last 12 months.
///
/// # Errors
/// As [`comparison`].
pub fn sector_changes(comparison: &Comparison) -> Result<Table, TableError> {
    let ids = sector_row_ids();
    let scenarios = comparison.scenarios.iter();
    let rows: Vec<_> = scenarios
        .flat_map(|scenario| {
            scenario
                .sectors
                .iter()
                .map(move |change| (scenario, change))
        })
        .filter(|(_, change)| change.baseline.is_finite())
        .collect();
    let table = Table::new("sector_changes")
        .with(
            "scenario",
            "",
            SCENARIO,
            text(rows.iter().map(|(s, _)| s.name.as_str())),
        )?
        .with(
            "sector",
            "",
            "Sector, as in the table sectors of a run.",
            text(rows.iter().map(|(_, change)| ids[change.sector])),
        )?
        .with(
            "measure",
            "",
            "Figure of the sector, as named in the table sectors of a run.",
            text(
                rows.iter()
                    .map(|(_, change)| SECTOR_MEASURES[change.measure]),
            ),
        )?;
    group_columns(
        table,
        rows.iter()
            .map(|(_, change)| (change.baseline, &change.difference)),
    )
}

/// `public_cost`: what a scenario costs the public over the whole run, and the work it brings.
///
/// # Errors
/// As [`comparison`].
pub fn public_cost(comparison: &Comparison) -> Result<Table, TableError> {
    let scenarios = comparison.scenarios.iter();
    let rows: Vec<_> = scenarios
        .flat_map(|scenario| scenario.costs.iter().map(move |change| (scenario, change)))
        .collect();
    let meanings: Vec<String> = (COST_MEASURES.iter())
        .map(|(name, _, meaning)| format!("{name}: {meaning}"))
        .collect();
    let table = Table::new("public_cost")
        .with(
            "scenario",
            "",
            SCENARIO,
            text(rows.iter().map(|(s, _)| s.name.as_str())),
        )?
        .with(
            "measure",
            "",
            &format!("Sum over all recorded months. {}", meanings.join(" ")),
            text(
                rows.iter()
                    .map(|(_, change)| COST_MEASURES[change.measure].0),
            ),
        )?
        .with(
            "unit",
            "",
            "Unit of the figure.",
            text(
                rows.iter()
                    .map(|(_, change)| COST_MEASURES[change.measure].1),
            ),
        )?;
    group_columns(
        table,
        rows.iter()
            .map(|(_, change)| (change.baseline, &change.difference)),
    )
}

fn group_columns<'a>(
    table: Table,
    rows: impl Iterator<Item = (f64, &'a Difference)> + Clone,
) -> Result<Table, TableError> {
    let table = with_numbers(
        table,
        [("baseline", UNIT, "Baseline, mean over all replicates.")],
        rows.clone().map(|(baseline, _)| [baseline]),
    )?;
    let table = with_numbers(table, DIFFERENCE, rows.clone().map(|(_, d)| numbers(d)))?;
    table.with(
        "direction",
        "",
        DIRECTION,
        text(rows.map(|(_, d)| d.direction())),
    )
}

/// `pairing`: what common draws are worth, indicator by indicator.
///
/// # Errors
/// As [`comparison`].
pub fn pairing(comparison: &Comparison) -> Result<Table, TableError> {
    let rows: Vec<_> = changes(comparison).collect();
    let names = rows
        .iter()
        .map(|(_, change)| definition(change).map_or("", |d| d.name));
    let table = Table::new("pairing")
        .with(
            "scenario",
            "",
            SCENARIO,
            text(rows.iter().map(|(s, _)| s.name.as_str())),
        )?
        .with("indicator", "", INDICATOR, text(names))?;
    with_numbers(
        table,
        [
            (
                "standard_error",
                UNIT,
                "Standard error of the difference over the last 12 months, as compared.",
            ),
            (
                "unpaired_standard_error",
                UNIT,
                "Standard error that as many independent runs would have given.",
            ),
            (
                "variance_ratio",
                "ratio",
                "Variance as compared over variance of independent runs; below 1 where common draws help. Empty if \
                 neither varies.",
            ),
            (
                "error_ratio",
                "ratio",
                "Standard error of independent runs over standard error as compared: how many times narrower.",
            ),
        ],
        rows.iter().map(|(_, change)| {
            let year = &change.last_year;
            let errors = year.unpaired_standard_error / year.standard_error;
            [
                year.standard_error,
                year.unpaired_standard_error,
                year.variance_ratio(),
                if errors.is_finite() { errors } else { f64::NAN },
            ]
        }),
    )
}
