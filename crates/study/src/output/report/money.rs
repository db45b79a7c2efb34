//! Public money by government: what a policy raises and spends, and what it does to budgets.

use charts::Format;
use maud::{Markup, html};

use super::catalogue::place;
use super::material::{Change, Material};
use super::words;

/// Months in a year.
const MONTHS: f64 = 12.0;

/// How an indicator stands in the table.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stands {
    /// A stream, told as dollars a year.
    Always,
    /// The same, left out where it is zero everywhere.
    IfAny,
    /// A sum at a point in time, told as it is; left out where it is zero everywhere.
    AsIs,
}

/// Rows of the table: heading and indicator, in dollars a month or dollars. A row whose indicator the folder lacks is
/// left out.
const ROWS: [(&str, &str, Stands); 13] = [
    (
        "Raised by levies and duties of the policy",
        "program_revenue",
        Stands::IfAny,
    ),
    (
        "Spent on programs by the town’s government",
        "program_spending_local",
        Stands::IfAny,
    ),
    (
        "Spent on programs by state and nation",
        "program_spending_outer",
        Stands::IfAny,
    ),
    ("Town’s government: raised", "local_raised", Stands::Always),
    (
        "Town’s government: aid received",
        "local_aid",
        Stands::IfAny,
    ),
    ("Town’s government: spent", "local_spending", Stands::Always),
    (
        "Town’s government: balance",
        "local_balance",
        Stands::Always,
    ),
    (
        "Town’s government: debt at the end (below zero: reserve)",
        "local_debt",
        Stands::AsIs,
    ),
    (
        "Town’s taxes per resident",
        "local_tax_per_resident",
        Stands::Always,
    ),
    (
        "State and nation: raised in town",
        "outer_raised",
        Stands::Always,
    ),
    (
        "State and nation: spent in town",
        "outer_spent",
        Stands::Always,
    ),
    (
        "State and nation: national tax that pays for programs",
        "program_tax",
        Stands::IfAny,
    ),
    (
        "Paid in by the rest of the country",
        "rest_of_country",
        Stands::IfAny,
    ),
];

/// Differences to the baseline in dollars a year; nothing where nothing was compared.
pub(super) fn table(material: &Material) -> Markup {
    if !material.is_comparison() {
        return html! {};
    }
    let of = |indicator: usize| -> Vec<Change> {
        let each = material.changes.iter();
        each.map(|changes| {
            changes
                .last_year
                .get(indicator)
                .copied()
                .unwrap_or_default()
        })
        .collect()
    };
    let rows: Vec<(&str, Vec<Change>)> = (ROWS.iter())
        .filter_map(|(heading, id, stands)| {
            let by = match stands {
                Stands::AsIs => 1.0,
                _ => MONTHS,
            };
            let changes = of(place(id)?);
            let changes: Vec<Change> = changes.iter().map(|one| one.scaled(by)).collect();
            let is_nothing = changes
                .iter()
                .all(|c| c.difference == 0.0 || c.difference.is_nan());
            (*stands == Stands::Always || !is_nothing).then_some((*heading, changes))
        })
        .collect();
    let balance = words::public_costs(material);
    html! {
        h2 { "Public money, dollars a year" }
        div.wide { table.figures.money {
            caption {
                (words::window_words(material)) ", difference to “" (material.title(0)) "”, effects on other taxes and benefits included. ○ marks differences whose interval holds zero."
            }
            thead { tr {
                th scope="col" { "Government" }
                @for at in 0..material.changes.len() { th scope="col" { (material.title(at + 1)) } }
            } }
            tbody {
                @for (heading, changes) in &rows {
                    tr {
                        th scope="row" { (heading) }
                        @for (at, change) in changes.iter().enumerate() {
                            td data-label=(material.title(at + 1)) { (cell(change)) }
                        }
                    }
                }
                tr {
                    th scope="row" { b { "All governments together: balance" } }
                    @for (at, cost) in balance.iter().enumerate() {
                        td data-label=(material.title(at + 1)) {
                            @match cost { Some(cost) => (cell(&cost.scaled(-1.0))), None => "not known" }
                        }
                    }
                }
            }
        } }
    }
}

fn cell(change: &Change) -> Markup {
    let (number, interval) = words::dollars(change);
    html! {
        @if change.difference == 0.0 && change.low == 0.0 && change.high == 0.0 { "0" }
        @else if !change.difference.is_finite() { "–" }
        @else {
            b { (number) }
            span.interval { @if !change.is_clear() { "○ " } (interval) }
        }
    }
}

/// "governments together pay $1.2M a year more ($1.0M to $1.4M)", or that they gain, or that nothing is clear.
pub(super) fn told(cost: Option<&Change>, percent: f64) -> String {
    let Some(cost) = cost.filter(|cost| cost.difference.is_finite()) else {
        return "what governments pay is not known".to_owned();
    };
    let dollars = |value: f64| Format::Dollars.value(value);
    if cost.difference == 0.0 && cost.low == 0.0 && cost.high == 0.0 {
        return "no difference in public money".to_owned();
    }
    if !cost.is_clear() {
        return "no clear difference in public money".to_owned();
    }
    let (verb, change) = match cost.difference > 0.0 {
        true => ("pay", *cost),
        false => ("gain", cost.scaled(-1.0)),
    };
    format!(
        "governments together {verb} {} a year ({percent:.0}%: {} to {})",
        dollars(change.difference),
        dollars(change.low),
        dollars(change.high)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gain_is_called_a_gain_and_an_uncertain_cost_none() {
        let change = |difference: f64, low: f64, high: f64| Change {
            baseline: 0.0,
            difference,
            low,
            high,
        };
        assert_eq!(
            told(Some(&change(-2000.0, -3000.0, -1000.0)), 95.0),
            "governments together gain $2,000 a year (95%: $1,000 to $3,000)"
        );
        assert_eq!(
            told(Some(&change(2000.0, 1000.0, 3000.0)), 95.0),
            "governments together pay $2,000 a year (95%: $1,000 to $3,000)"
        );
        assert_eq!(
            told(Some(&change(2000.0, -1000.0, 3000.0)), 95.0),
            "no clear difference in public money"
        );
    }
}
