//! Tables of a sweep.

use crate::output::table::{Column, ColumnData, Table, TableError, Words};
use crate::sweep::{FactorEffect, PointOutcome, RunOutcome, Setting, SweepPlan};
use model::indicators::MonthIndicators;

use super::with_numbers;

const POINT: &str = "Number of the point: of one setting of all factors.";

/// `plan`: the parameters of every run.
///
/// # Errors
/// If a factor has the name of another column, which parameters' dotted names rule out.
pub fn plan(plan: &SweepPlan, settings: &[Vec<Setting<'_>>]) -> Result<Table, TableError> {
    keyed(Table::new("plan"), plan, settings)
}

/// `runs`: the parameters and outcomes of every run.
///
/// # Errors
/// As [`plan`].
pub fn runs(
    plan: &SweepPlan,
    settings: &[Vec<Setting<'_>>],
    outcomes: &[RunOutcome],
) -> Result<Table, TableError> {
    let failures = outcomes.iter().map(|outcome| outcome.failure.as_str());
    let mut table = keyed(Table::new("runs"), plan, settings)?.with(
        "failure",
        "",
        "Why no town can exist with these parameters; empty if one does.",
        ColumnData::Text(failures.collect::<Words>()),
    )?;
    for (place, column) in plan.columns.iter().enumerate() {
        let definition = MonthIndicators::definitions().find(|d| d.name == column.indicator);
        let when = match column.month {
            Some(month) => format!("In month {month}"),
            None => "Mean of the last 12 months".to_owned(),
        };
        let meaning = definition.map_or(String::new(), |d| d.full_text());
        table.push(Column {
            name: column.column(),
            unit: definition.map_or(String::new(), |d| d.unit.to_owned()),
            definition: format!("{when}. {meaning}"),
            data: ColumnData::F64(outcomes.iter().map(|o| o.values[place]).collect()),
        })?;
    }
    Ok(table)
}

/// `points`: the analyzed outcomes at every point, over its replicates.
///
/// # Errors
/// As [`plan`].
pub fn points(
    plan: &SweepPlan,
    settings: &[Vec<Setting<'_>>],
    outcomes: &[PointOutcome],
) -> Result<Table, TableError> {
    let numbers = outcomes.iter().map(|outcome| outcome.point as u32);
    let mut table =
        Table::new("points").with("point", "", POINT, ColumnData::U32(numbers.collect()))?;
    let of: Vec<usize> = outcomes.iter().map(|outcome| outcome.point).collect();
    table = with_factors(table, plan, settings, &of)?;
    let names: Vec<String> = outcomes
        .iter()
        .map(|o| plan.columns[o.column].column())
        .collect();
    table = table.with(
        "outcome",
        "",
        "Outcome, as named in the table runs.",
        ColumnData::Text(names.iter().collect()),
    )?;
    let unit = "unit of the outcome";
    let means = outcomes.iter().map(|outcome| [outcome.mean]);
    table = with_numbers(table, [("mean", unit, "Mean over replicates.")], means)?;
    if plan.replicates < 2 {
        // One run has no spread; columns without a single value would have no type to readers.
        return Ok(table);
    }
    with_numbers(
        table,
        [
            (
                "low",
                unit,
                "Lower end of its 95% confidence interval (Student's t over replicates).",
            ),
            ("high", unit, "Upper end of that interval."),
        ],
        outcomes.iter().map(|outcome| match outcome.interval {
            Some(interval) => [interval.low, interval.high],
            None => [f64::NAN; 2],
        }),
    )
}

/// `sensitivity`: how much each factor moves each analyzed outcome.
///
/// # Errors
/// If two columns have one name, which their list rules out.
pub fn sensitivity(plan: &SweepPlan, effects: &[FactorEffect]) -> Result<Table, TableError> {
    let outcomes: Vec<String> = (effects.iter())
        .map(|effect| plan.columns[effect.column].column())
        .collect();
    let factors = effects
        .iter()
        .map(|effect| plan.factors[effect.factor].key.as_str());
    let measures = effects.iter().map(|effect| effect.measure);
    let table = Table::new("sensitivity")
        .with(
            "outcome",
            "",
            "Outcome, as named in the table runs.",
            ColumnData::Text(outcomes.iter().collect()),
        )?
        .with("factor", "", "Parameter that varies.", ColumnData::Text(factors.collect::<Words>()))?
        .with(
            "measure",
            "",
            "first_order: share of the outcome's variance the factor explains alone; total_order: share that would \
             remain if all other factors were known; mu, mu_star, sigma: mean, mean size and spread of elementary \
             effects over the factor's full range.",
            ColumnData::Text(measures.collect::<Words>()),
        )?;
    let unit = "share, or unit of the outcome";
    with_numbers(
        table,
        [
            ("estimate", unit, "The measure from all points."),
            (
                "low",
                unit,
                "Lower end of its 95% bootstrap interval over base samples or trajectories.",
            ),
            ("high", unit, "Upper end of that interval."),
            (
                "standard_error",
                unit,
                "Standard deviation over bootstrap resamples.",
            ),
        ],
        effects.iter().map(|effect| {
            let estimate = effect.estimate;
            [
                estimate.value,
                estimate.low,
                estimate.high,
                estimate.standard_error,
            ]
        }),
    )
}

/// Adds the columns that name a run and say its parameters.
fn keyed(
    table: Table,
    plan: &SweepPlan,
    settings: &[Vec<Setting<'_>>],
) -> Result<Table, TableError> {
    let points = settings.len();
    let runs = points * plan.replicates as usize;
    let place = |run: usize| SweepPlan::place_of(run, points);
    let of: Vec<usize> = (0..runs).map(|run| place(run).0).collect();
    let replicates = (0..runs).map(|run| place(run).1);
    let seed = i64::try_from(plan.seed).unwrap_or(i64::MAX);
    let table = table
        .with(
            "run",
            "",
            "Number of the run.",
            ColumnData::U32((0..runs as u32).collect()),
        )?
        .with(
            "point",
            "",
            POINT,
            ColumnData::U32(of.iter().map(|&p| p as u32).collect()),
        )?
        .with(
            "replicate",
            "",
            "Number of the replicate.",
            ColumnData::U32(replicates.collect()),
        )?
        .with(
            "seed",
            "",
            "Seed of the study.",
            ColumnData::I64(vec![seed; runs]),
        )?;
    with_factors(table, plan, settings, &of)
}

/// Adds a column for each factor, with its value at the point of each row.
fn with_factors(
    mut table: Table,
    plan: &SweepPlan,
    settings: &[Vec<Setting<'_>>],
    points: &[usize],
) -> Result<Table, TableError> {
    for (place, factor) in plan.factors.iter().enumerate() {
        let values: Vec<&toml::Value> = settings
            .iter()
            .map(|setting| &setting[place].value)
            .collect();
        let number = |value: &toml::Value| match value {
            toml::Value::Float(number) => Some(*number),
            toml::Value::Integer(whole) => Some(*whole as f64),
            _ => None,
        };
        let numbers: Option<Vec<f64>> = values.iter().map(|value| number(value)).collect();
        let data = match numbers {
            Some(numbers) => ColumnData::F64(points.iter().map(|&p| numbers[p]).collect()),
            None => {
                let words: Vec<String> = (values.iter())
                    .map(|value| match value {
                        toml::Value::String(word) => word.clone(),
                        other => other.to_string(),
                    })
                    .collect();
                ColumnData::Text(points.iter().map(|&p| words[p].as_str()).collect())
            }
        };
        table.push(Column {
            name: factor.key.clone(),
            unit: String::new(),
            definition: "Value of this parameter; mainstreet explain tells its unit.".to_owned(),
            data,
        })?;
    }
    Ok(table)
}
