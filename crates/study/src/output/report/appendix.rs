//! What stands behind the numbers: other charts, policies, assumptions, methods, parameters, provenance.

use maud::{Markup, html};

use crate::output::Checksum;

use super::brief::{all_assumptions, plain};
use super::catalogue::SHOWN;
use super::material::Material;
use super::{policy, words};

/// The charts drawn when the results were made.
pub(super) fn pictures(material: &Material) -> Markup {
    if material.pictures.is_empty() {
        return html! {};
    }
    html! {
        section {
            h2 { "More charts" }
            @for picture in &material.pictures {
                figure.drawn {
                    img src=(picture.address) alt=(picture.alt) width=(picture.size.0) height=(picture.size.1) loading="lazy";
                }
            }
        }
    }
}

/// What a unit of each outcome costs over the whole run, and a text for a paper of one's own.
pub(super) fn unit_costs(material: &Material) -> Markup {
    if !material.is_comparison() {
        return html! {};
    }
    html! {
        section {
            h2 { "What a gain costs" }
            (super::outcome::told(material))
            h2 { "To paste into a paper" }
            blockquote {
                p { (words::headline(material)) }
                @for place in 1..material.scenarios.len() {
                    @for sentence in policy::sentences(material, place) { p { (material.title(place)) ": " (sentence) } }
                }
                p {
                    @for caveat in words::caveats(material) { (caveat) " " }
                    "Source: mainstreet " (material.request.version) ", an agent-based model of a town."
                }
            }
        }
    }
}

/// The table of policies, where the folder has one.
pub(super) fn policies(material: &Material) -> Markup {
    let Some((header, rows)) = material.policies.split_first() else {
        return html! {};
    };
    html! {
        section {
            h2 { "Policies" }
            div.wide { table {
                thead { tr { @for cell in header { th scope="col" { (cell.replace('_', " ")) } } } }
                tbody { @for row in rows { tr { @for cell in row { td { (cell) } } } } }
            } }
        }
    }
}

pub(super) fn assumed(material: &Material) -> Markup {
    let other = match material.is_comparison() {
        true => material.name(0),
        false => "default",
    };
    html! {
        section {
            h2 { "Assumptions" }
            p {
                @if material.is_comparison() {
                    "Every value in which a scenario differs from “" (material.name(0)) "”. All else is the same."
                } @else {
                    "Every value in which the scenario differs from the default town."
                }
            }
            @for (name, found) in all_assumptions(material) {
                h3 { (material.title_of(name)) }
                @if found.is_empty() { p { "No value differs." } } @else {
                    div.wide { table {
                        thead { tr {
                            th scope="col" { "Parameter" } th scope="col" { (name) } th scope="col" { (other) }
                            th scope="col" { "Unit" } th scope="col" { "Meaning" }
                        } }
                        tbody { @for one in &found { tr {
                            td { code { (one.key) } } td { (plain(&one.value)) } td { (plain(&one.default)) }
                            td { (one.unit) } td { (one.meaning) }
                        } } }
                    } }
                }
            }
        }
    }
}

pub(super) fn methods(material: &Material) -> Markup {
    let runs = material.replicates();
    let percent = 100.0 * material.confidence;
    html! {
        section {
            h2 { "Methods" }
            p {
                "mainstreet simulates a synthetic town month by month: households work, earn, pay taxes and choose where to spend; "
                "businesses set prices, hire, invest, adopt technology, open and close; a local and an outer government tax, spend and pay benefits. "
                "Money moves between accounts to the cent, and the books are checked every month. "
                "The town is lived in for some months before month 0 so that it settles."
            }
            @if material.is_comparison() {
                p {
                    "Each scenario is run " (runs) " times. Runs of the same number share all chance draws across scenarios, so a difference within a pair holds little of the luck that both shared. "
                    "Differences are means over pairs; intervals are Student’s t intervals that should hold the model’s own mean difference in " (format!("{percent:.0}")) "% of cases. "
                    "With many figures on one page, some intervals will miss zero by chance alone."
                }
            } @else if runs > 1 {
                p { "The scenario is run " (runs) " times with different chance draws. Lines are means over the runs; ranges hold the middle 90% of them." }
            } @else {
                p { "One run is shown. Another seed would differ by chance, and one run cannot show by how much." }
            }
            p { "The rules, their sources and how well the model meets published facts stand in docs/MODEL.md of the program." }
            details {
                summary { "Definitions of the indicators" }
                dl {
                    @for shown in SHOWN.iter() {
                        @if let Some(definition) = shown.definition() {
                            dt { (shown.label) " " code { (shown.id) } }
                            dd { (definition.full_text()) " Unit: " (definition.unit) "." }
                        }
                    }
                }
            }
        }
    }
}

pub(super) fn parameters(material: &Material) -> Markup {
    let Some(first) = material.scenarios.first() else {
        return html! {};
    };
    html! {
        section {
            h2 { "Full parameters" }
            p {
                "Every value of “" (first.name()) "”, fit to be run again"
                @if material.is_comparison() { "; the other scenarios differ from it as listed under “Assumptions”" }
                ". `mainstreet explain KEY` tells what a value means and where it comes from."
            }
            details {
                summary { (first.name()) ", " (first.study.text.lines().count()) " lines" }
                pre { (first.study.text) }
            }
        }
    }
}

pub(super) fn provenance(material: &Material) -> Markup {
    let parameters = material
        .scenarios
        .first()
        .map(|first| &first.study.parameters);
    html! {
        section {
            h2 { "Provenance" }
            dl.provenance {
                dt { "Program" } dd { "mainstreet " (material.request.version) }
                @if let Some(parameters) = parameters {
                    dt { "Seed" } dd { (parameters.run.seed) }
                    dt { "Months" } dd { (parameters.run.months) " after " (parameters.run.burn_in_months) " of burn-in" }
                    dt { "Residents at the start" } dd { (parameters.town.residents) }
                }
                dt { "Runs of each scenario" } dd { (material.replicates()) }
                @for scenario in &material.scenarios {
                    dt { "Checksum of " (scenario.name()) }
                    dd { code { (Checksum::written(Checksum::of(scenario.study.text.as_bytes()))) } }
                }
                dt { "Made again by" } dd { code { "mainstreet reproduce FOLDER" } ", which compares every file" }
            }
        }
    }
}
