//! The first page: what a reader with two minutes takes away.

use maud::{Markup, html};

use crate::output::assumptions::{Assumption, assumptions, assumptions_beside};
use charts::{Format, series_color};
use model::stats;

use super::catalogue::{SHOWN, place};
use super::drawing::{Tenths, events, fan, tenths};
use super::material::{Change, Material};
use super::words::{self, FigureRow};
use super::{money, policy};

/// Most assumptions told on the first page; all stand further down.
const MOST_ASSUMPTIONS: usize = 6;
/// Most scenarios whose assumptions are told there.
const MOST_LISTED: usize = 4;
/// Most characters of a value told there.
const LONGEST_VALUE: usize = 64;

pub(super) fn brief(material: &Material) -> Markup {
    html! {
        section.brief {
            p.kind { (words::kind(material)) " · " (setting(material)) }
            h1 { (words::headline(material)) }
            (scenarios(material))
            (figures(material))
            (money::table(material))
            div.pictures { (employment(material)) (incomes(material)) }
            div.columns {
                div {
                    h2 { "Read with care" }
                    ol { @for caveat in words::caveats(material) { li { (caveat) } } }
                }
                div {
                    h2 { @if material.is_comparison() { "What differs" } @else { "Assumptions changed" } }
                    (assumed(material))
                }
                div {
                    @if material.is_comparison() {
                        h2 { "What it rests on" }
                        ul { @for line in words::rests_on(material) { li { (line) } } }
                    } @else {
                        h2 { "Public cost" }
                        (cost(material))
                    }
                }
            }
        }
    }
}

fn setting(material: &Material) -> String {
    let sizes = material.scenarios.iter();
    let sizes: Vec<u32> = sizes
        .map(|one| one.study.parameters.town.residents)
        .collect();
    let number = |size: Option<&u32>| Format::Number.value(f64::from(size.copied().unwrap_or(0)));
    let (least, most) = (sizes.iter().min(), sizes.iter().max());
    let residents = match least == most {
        true => number(most),
        false => format!("{} to {}", number(least), number(most)),
    };
    format!(
        "{residents} residents at the start, {} months",
        material.months()
    )
}

/// Most scenarios whose policies are told whole on the first page.
const MOST_TOLD: usize = 4;

/// Titles in their colors, with what each does, whole.
fn scenarios(material: &Material) -> Markup {
    let few = material.scenarios.len() <= MOST_TOLD;
    html! {
        ul.scenarios.told[few] {
            @for place in 0..material.scenarios.len() {
                li {
                    span.dot style=(format!("background:{}", series_color(place).hex())) {}
                    b { (material.title(place)) }
                    @if material.is_comparison() && place == 0 { " (compared with)" }
                    @if few {
                        @for sentence in policy::sentences(material, place) { " " (sentence) }
                    }
                }
            }
        }
    }
}

fn figures(material: &Material) -> Markup {
    let rows = words::figures(material);
    let percent = 100.0 * material.confidence;
    let note = match (material.is_comparison(), material.replicates()) {
        (true, runs) => format!(
            "{}. Differences to “{}” with their {percent:.0}% intervals over {runs} pairs of runs; ○ marks those whose interval holds zero: no clear difference.",
            words::window_words(material),
            material.title(0)
        ),
        (false, 1) => "Means over months of one run, which has no interval.".to_owned(),
        (false, _) => {
            "Means over runs and months, and where the middle 90% of runs lie.".to_owned()
        }
    };
    html! {
        div.wide { table.figures {
            caption { (note) }
            @if let Some(first) = rows.first() {
                thead { tr {
                    th scope="col" { "Key figure" }
                    @for cell in &first.cells { th scope="col" { (cell.heading) } }
                } }
            }
            tbody { @for row in &rows { (figure(row)) } }
        } }
    }
}

fn figure(row: &FigureRow) -> Markup {
    html! {
        tr {
            th scope="row" { (row.label) }
            @for cell in &row.cells {
                td data-label=(cell.heading) {
                    b { (cell.number) }
                    @if !cell.interval.is_empty() {
                        span.interval { @if !cell.is_clear { "○ " } (cell.interval) }
                    }
                }
            }
        }
    }
}

fn employment(material: &Material) -> Markup {
    let indicator = place("original_employment_rate").unwrap_or(0);
    let bands = match (material.runs.len(), material.replicates()) {
        (0..=3, 5..) => " Bands hold the middle 90% of runs.",
        _ => "",
    };
    let line = if material.replicates() > 1 {
        "Lines are means over the runs."
    } else {
        ""
    };
    let smoothing = match material.months() {
        0..12 => "",
        _ => "Means of the twelve months up to each month.",
    };
    let begins: Vec<String> = (events(material).into_iter())
        .map(|(month, what)| format!("{what} (month {month})"))
        .collect();
    html! {
        figure {
            figcaption {
                b { (SHOWN[indicator].label) ", in town or elsewhere, % of those under 65" }
                " " (smoothing) " " (line) (bands) " The axis does not start at zero."
                @if !begins.is_empty() { " Dashed: " (begins.join("; ")) "." }
            }
            (fan(material, indicator))
        }
    }
}

/// Who gains and who loses; nothing where the folder does not tell.
fn incomes(material: &Material) -> Markup {
    let lines: Vec<Tenths> = if material.is_comparison() {
        let relative = |change: &Change| {
            [change.difference, change.low, change.high].map(|value| value / change.baseline)
        };
        let told = material.changes.iter().enumerate();
        told.filter(|(_, changes)| changes.incomes.len() == 10)
            .map(|(place, changes)| Tenths {
                name: material.title(place + 1),
                color: place + 1,
                changes: changes.incomes.iter().map(relative).collect(),
            })
            .collect()
    } else if material.incomes_over_time.len() == 10 {
        vec![Tenths {
            name: material.title(0),
            color: 0,
            changes: material.incomes_over_time.clone(),
        }]
    } else {
        Vec::new()
    };
    if lines.is_empty() {
        return html! {};
    }
    let against = match material.is_comparison() {
        true => format!("difference to “{}” in the last year", material.title(0)),
        false => "last year against the start".to_owned(),
    };
    let ends = match (material.is_comparison(), material.replicates()) {
        (true, _) => "Lines are intervals; hollow dots are those whose interval holds zero. ",
        (false, 1) => "",
        (false, _) => {
            "Lines hold the middle 90% of runs; hollow dots are those whose line crosses zero. "
        }
    };
    html! {
        figure {
            figcaption {
                b { "Mean income by tenth of households, at month-0 prices: " (against) ", %" } " "
                (ends) "Prices leave housing out. Households are ranked anew in each run and year."
            }
            (tenths(&lines))
        }
    }
}

/// What the scenarios assume otherwise than the first, or the only one otherwise than the default town.
pub(super) fn all_assumptions(material: &Material) -> Vec<(&str, Vec<Assumption>)> {
    let Some((first, others)) = material.scenarios.split_first() else {
        return Vec::new();
    };
    if others.is_empty() {
        return vec![(first.name(), assumptions(&first.loaded))];
    }
    let beside = others.iter().map(|other| {
        (
            other.name(),
            assumptions_beside(&other.loaded, &first.loaded),
        )
    });
    beside.collect()
}

/// A value as TOML without the quotation marks of a text.
pub(super) fn plain(value: &str) -> &str {
    value.trim_matches('"')
}

/// A value on the first page: a policy with all its settings would fill it.
fn shortened(value: &str) -> String {
    if value.chars().count() <= LONGEST_VALUE {
        return value.to_owned();
    }
    let start: String = value.chars().take(LONGEST_VALUE - 1).collect();
    format!("{start}…")
}

fn assumed(material: &Material) -> Markup {
    let mut all = all_assumptions(material);
    for (_, found) in &mut all {
        // Policies stand above, whole.
        found.retain(|one| one.key != "timeline");
    }
    if all.len() > MOST_LISTED {
        // The page has no room for more.
        return html! {
            ul { @for (name, found) in &all {
                li { b { (material.title_of(name)) } ": " (found.len()) " under “Assumptions”" }
            } }
        };
    }
    let each = (MOST_ASSUMPTIONS / all.len().max(1)).max(1);
    html! {
        @for (name, found) in &all {
            @if all.len() > 1 { h3 { (material.title_of(name)) } }
            @if found.is_empty() { p { @if material.is_comparison() { "Nothing but its policies." } @else { "Nothing." } } }
            ul {
                @for one in found.iter().take(each) {
                    li {
                        code { (one.key) } ": " (shortened(plain(&one.value)))
                        @if !one.default.is_empty() { " (" @if material.is_comparison() { "instead of " } @else { "default " } (plain(&one.default)) ")" }
                    }
                }
                @if found.len() > each { li { (found.len() - each) " more under “Assumptions”" } }
            }
        }
    }
}

fn cost(material: &Material) -> Markup {
    if !material.is_comparison() {
        let costs: Vec<f64> = material
            .runs
            .first()
            .map(words::public_cost)
            .unwrap_or_default();
        let mean = stats::mean(&stats::present(&costs));
        return html! {
            p {
                (words::window_words(material)) ": governments together pay "  b { (Format::Dollars.value(mean)) }
                " a year more into the town than they take out of it (negative: less). Only a comparison tells what a policy costs."
            }
        };
    }
    html! {}
}
