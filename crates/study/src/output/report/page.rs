//! The page as HTML: one file that loads nothing from anywhere.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::material::Material;
use super::{appendix, brief, data, words};

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// Forbids the page to load or send anything, whatever got into it.
const POLICY: &str = "default-src 'none'; img-src data: blob:; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

pub(super) fn page(material: &Material) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                title { (words::title(material)) " · mainstreet" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    (brief::brief(material))
                    (appendix::unit_costs(material))
                    (explorer(material))
                    (appendix::policies(material))
                    (appendix::pictures(material))
                    (appendix::assumed(material))
                    (appendix::methods(material))
                    (appendix::parameters(material))
                    (appendix::provenance(material))
                }
                script type="application/json" id="numbers" { (PreEscaped(data::json_text(material))) }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    }
}

/// The place of the charts that the script draws.
fn explorer(material: &Material) -> Markup {
    html! {
        section.explorer id="explorer" {
            h2 { "All indicators" }
            noscript { p { "These charts need JavaScript, which works without a network. The numbers are in the folder’s tables." } }
            div.controls {
                label { "Indicator " select id="indicator" {} }
                span.buttons {
                    button type="button" id="save-csv" { "Save CSV" }
                    button type="button" id="save-png" { "Save PNG" }
                }
            }
            fieldset id="toggles" { legend { "Scenarios" } }
            p.note id="meaning" {}
            div.chart id="level" tabindex="0" role="img" {}
            @if material.is_comparison() { div.chart id="difference" tabindex="0" role="img" {} }
            p.note id="reading" aria-live="polite" {}
            p.note {
                @if material.months() >= 12 { "Means of the twelve months up to each month. " }
                @if material.replicates() > 1 { "Lines are means over runs; bands hold the middle 90% of runs. " }
                @if material.is_comparison() {
                    "Differences are means over pairs of runs with their " (format!("{:.0}", 100.0 * material.confidence)) "% intervals. "
                }
                "Point at a chart or use the arrow keys to read a month."
            }
        }
    }
}
