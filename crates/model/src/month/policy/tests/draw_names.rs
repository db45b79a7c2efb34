//! No two draws share a name.

use std::collections::{BTreeMap, BTreeSet};

use super::{live, parameters};
use crate::rng::names;
use crate::scenario::parameters::Lever;

/// Files that draw under one name more than once, and why that is one draw, read again.
const READ_AGAIN: &[(&str, &str)] = &[
    (
        "synthesis/people.rs",
        "a row's template is asked for by household and by worker",
    ),
    (
        "synthesis/staffing.rs",
        "the tenure of who has work, or the spell of who has none: nobody has both",
    ),
    (
        "synthesis/places.rs",
        "where a sector's even sequence begins",
    ),
    (
        "automation/start.rs",
        "four questions about a firm and a technology, a word each",
    ),
    (
        "automation/sensing.rs",
        "four technologies share the four words of a draw",
    ),
    (
        "automation/deciding.rs",
        "offers of one technology share its luck in the month; talk of a technology, the year's",
    ),
    (
        "labor/matching/mod.rs",
        "the match of an application, weighed when it is sent and again when somebody is hired",
    ),
    (
        "month/elsewhere.rs",
        "the pay of a job elsewhere is named by the month it began, and asked again while it lasts",
    ),
    (
        "month/population.rs",
        "whether somebody retires, asked by the town's year and by those who follow the residents of month 0",
    ),
    (
        "policy/mod.rs",
        "whether somebody has heard of a program, joins it or applies, decided once and asked again",
    ),
    (
        "policy/audits.rs",
        "whether a firm complies, asked every month",
    ),
];

#[test]
fn no_two_draws_share_a_name() {
    let timeline: String = (Lever::KINDS.iter())
        .map(|kind| format!("[[timeline]]\nkind = \"{kind}\"\nfrom = 2\n"))
        .collect();
    let p = parameters(&format!(
        "automation.review_chance = 0.3\nautomation.incident_chance = 0.1\ntrade.contract_size = 10000.0\n{timeline}"
    ));
    let drawn = names::watch(|| {
        live(&p, 14, |_| ());
    });
    let mut shared: BTreeMap<String, usize> = BTreeMap::new();
    let mut read_again = BTreeSet::new();
    for ((_, _, _, purpose, number), places) in &drawn {
        if places.len() == 1 {
            continue;
        }
        let files: BTreeSet<&str> = places.iter().map(|place| place.file()).collect();
        let known = (READ_AGAIN.iter()).find(|(file, _)| files.iter().all(|at| at.ends_with(file)));
        match known {
            Some((file, _)) => {
                read_again.insert(*file);
            }
            None => {
                let lines = places
                    .iter()
                    .map(|at| format!("{}:{}", at.file(), at.line()));
                let lines: BTreeSet<String> = lines.collect();
                let lines: Vec<String> = lines.into_iter().collect();
                let what = format!("purpose {purpose}, number {number}: {}", lines.join(", "));
                *shared.entry(what).or_default() += 1;
            }
        }
    }
    assert!(
        drawn.len() > 100_000,
        "only {} draws were seen",
        drawn.len()
    );
    let told: Vec<String> = (shared.iter())
        .map(|(what, count)| format!("{count} × {what}"))
        .collect();
    assert!(told.is_empty(), "names drawn twice:\n{}", told.join("\n"));
    for (file, why) in READ_AGAIN {
        assert!(
            read_again.contains(file),
            "{file} reads no draw again ({why})"
        );
    }
}
