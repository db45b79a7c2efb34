//! Table of what outcomes of a scenario cost the public.

use crate::compare::{Comparison, Difference, OUTCOMES, PROGRAM_SPENDING, PUBLIC_COST};
use crate::output::table::{ColumnData, Table, TableError, Words};

use super::{Heading, with_numbers};

const COLUMNS: [Heading; 11] = [
    (
        "gained",
        "unit of the outcome",
        "Outcome of the scenario minus that of the baseline, summed over all recorded months, mean over pairs of runs.",
    ),
    (
        "gained_low",
        "unit of the outcome",
        "Lower end of its confidence interval.",
    ),
    (
        "gained_high",
        "unit of the outcome",
        "Upper end of its confidence interval.",
    ),
    (
        "program_spending_local",
        "dollars",
        "Paid by the local government's programs, difference to the baseline.",
    ),
    (
        "program_spending_outer",
        "dollars",
        "Paid by the outer government's programs, difference to the baseline.",
    ),
    (
        "net_public_cost",
        "dollars",
        "Net payments of both governments into the town, difference to the baseline: programs, and what they change in \
         taxes, benefits and purchases. Negative: governments gain.",
    ),
    (
        "net_public_cost_low",
        "dollars",
        "Lower end of its confidence interval.",
    ),
    (
        "net_public_cost_high",
        "dollars",
        "Upper end of its confidence interval.",
    ),
    (
        "net_cost_per_unit",
        "dollars per unit of the outcome",
        "Net public cost over what is gained. Empty unless the interval of what is gained lies above zero. Negative: \
         governments gain as well.",
    ),
    (
        "net_cost_per_unit_low",
        "dollars per unit of the outcome",
        "Lower end of its confidence interval (Fieller's, over the same pairs of runs). Empty as net_cost_per_unit.",
    ),
    (
        "net_cost_per_unit_high",
        "dollars per unit of the outcome",
        "Upper end of its confidence interval; see the lower end.",
    ),
];

fn text<'a>(words: impl Iterator<Item = &'a str>) -> ColumnData {
    ColumnData::Text(words.collect::<Words>())
}

/// `cost_per_outcome`: net public cost of a year of work, a placed worker and a dollar of local spending.
///
/// # Errors
/// If two columns have one name, which their list rules out.
pub fn cost_per_outcome(comparison: &Comparison) -> Result<Table, TableError> {
    let scenarios = comparison.scenarios.iter();
    let rows: Vec<_> = scenarios
        .flat_map(|scenario| scenario.outcomes.iter().map(move |cost| (scenario, cost)))
        .collect();
    let table = Table::new("cost_per_outcome")
        .with(
            "scenario",
            "",
            "Scenario that is compared with the baseline.",
            text(rows.iter().map(|(scenario, _)| scenario.name.as_str())),
        )?
        .with(
            "outcome",
            "",
            "Outcome, as named in the table public_cost.",
            text(rows.iter().map(|(_, cost)| OUTCOMES[cost.outcome].0)),
        )?
        .with(
            "unit",
            "",
            "Unit of the outcome.",
            text(rows.iter().map(|(_, cost)| OUTCOMES[cost.outcome].1)),
        )?;
    let numbers = rows.iter().map(|(scenario, cost)| {
        let of = |measure: usize| -> &Difference { &scenario.costs[measure].difference };
        let net = of(PUBLIC_COST);
        let [local, outer] = PROGRAM_SPENDING.map(|measure| of(measure).estimate);
        let gained = &cost.gained;
        [
            gained.estimate,
            gained.low,
            gained.high,
            local,
            outer,
            net.estimate,
            net.low,
            net.high,
            cost.estimate,
            cost.low,
            cost.high,
        ]
    });
    let table = with_numbers(table, COLUMNS, numbers)?;
    table.with(
        "standing",
        "",
        "known where a unit gained has a cost; uncertain where the interval of what is gained holds zero; falls where \
         it is lost; same where no pair of runs differs.",
        text(rows.iter().map(|(_, cost)| cost.standing())),
    )
}
