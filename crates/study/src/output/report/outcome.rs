//! What a unit of each outcome costs the public, read from a comparison's table and told in words.

use maud::{Markup, html};

use crate::compare::{OUTCOMES, unit_gained};
use crate::output::table::for_each_row;
use crate::output::{Folder, OutputError};
use charts::Format;

use super::material::Material;

/// One row of `cost_per_outcome.csv`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct UnitCost {
    /// Name of the scenario.
    pub scenario: String,
    /// Place in [`OUTCOMES`].
    pub outcome: usize,
    /// Whether a unit has a cost, and if not, why.
    pub standing: String,
    /// Spending of the local and of the outer government's programs over the whole run, dollars.
    pub programs: [f64; 2],
    /// Net public cost of a unit, and the ends of its interval, dollars.
    pub each: [f64; 3],
}

/// Reads the table; no rows where there is none.
pub(super) fn read(folder: &dyn Folder) -> Result<Vec<UnitCost>, OutputError> {
    let mut costs = Vec::new();
    let keys: &[&str] = &["scenario", "outcome", "standing"];
    let columns = [
        "program_spending_local",
        "program_spending_outer",
        "net_cost_per_unit",
        "net_cost_per_unit_low",
        "net_cost_per_unit_high",
    ];
    for_each_row(
        folder,
        "cost_per_outcome",
        (keys, &columns),
        &mut |texts, numbers| {
            let outcome = OUTCOMES.iter().position(|(name, ..)| *name == texts[1]);
            if let Some(outcome) = outcome {
                costs.push(UnitCost {
                    scenario: texts[0].clone(),
                    outcome,
                    standing: texts[2].clone(),
                    programs: [numbers[0], numbers[1]],
                    each: [numbers[2], numbers[3], numbers[4]],
                });
            }
        },
    )?;
    Ok(costs)
}

/// A line a scenario and outcome; nothing where nothing changed.
pub(super) fn told(material: &Material) -> Markup {
    let shown: Vec<&UnitCost> = (material.unit_costs.iter())
        .filter(|cost| cost.standing != "same")
        .collect();
    if shown.is_empty() {
        return html! {};
    }
    let mut names: Vec<&str> = shown.iter().map(|cost| cost.scenario.as_str()).collect();
    names.dedup();
    html! {
        @for name in names {
            h3 { (material.title_of(name)) ", whole run" }
            ul {
                @if let Some(cost) = shown.iter().find(|cost| cost.scenario == name) {
                    (programs(cost))
                }
                @for cost in shown.iter().filter(|cost| cost.scenario == name) {
                    li { (unit_gained(cost.outcome)) ": " (price(cost)) }
                }
            }
        }
        p.note {
            "Net public cost of what is gained over all months, with Fieller’s interval over pairs of runs."
        }
    }
}

/// What programs alone spend; nothing if they spend nothing.
fn programs(cost: &UnitCost) -> Markup {
    let [local, outer] = cost.programs;
    if local == 0.0 && outer == 0.0 {
        return html! {};
    }
    html! {
        li {
            "Programs alone: " (Format::Dollars.value(local)) " local government, "
            (Format::Dollars.value(outer)) " outer government"
        }
    }
}

fn price(cost: &UnitCost) -> Markup {
    let [each, low, high] = cost.each;
    html! {
        @match cost.standing.as_str() {
            "known" if low < 0.0 && high > 0.0 => {
                "may cost or bring money: " span.interval { (Format::Dollars.signed_range(low, high)) }
            }
            "known" if each < 0.0 => {
                b { "none: governments gain " (Format::Dollars.value(-each)) " with each" } " "
                span.interval { (Format::Dollars.range(-high, -low)) }
            }
            "known" => {
                b { (Format::Dollars.value(each)) } " "
                span.interval { (Format::Dollars.range(low, high)) }
            }
            "falls" => "none, it falls",
            _ => "not told, as the gain may be none",
        }
    }
}
