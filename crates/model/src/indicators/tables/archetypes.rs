//! Kinds of small business: how many there are, and what technology does in them.

use crate::indicators::definition::{measures, ratio};
use crate::town::Town;
use crate::units::ARCHETYPES;

measures! {
    /// One kind of small business at the end of a year.
    ArchetypeYear, "archetypes" {
        firms ["firms"] "Local firms of the kind in business.",
        workers ["persons"] "Workers of these firms, owners included.",
        adopters_share ["share"] "Of these firms, those that use a technology beyond those of month 0." empty if "there is no such firm",
        automated_task_share ["share"] "Share of tasks done by technology, averaged over firms by workers; holdings of month 0 included." empty if "there is no such firm",
        replacing_share ["share"] "Of the adopters, those whose technology mostly replaces people." empty if "there is no adopter",
        labor_saved ["share"] "Labor that a unit of output needs less than at month 0, averaged over firms by workers." empty if "there is no such firm",
        human_contact ["index"] "Strength of the personal tie to customers, mean over firms; 1 at month 0." empty if "there is no such firm",
        margin ["share"] "Smoothed profit margin after interest, mean over firms." empty if "there is no such firm",
    }
}

/// One row a kind, in the order of [`crate::units::ARCHETYPE_IDS`]; none where technology is off.
pub fn archetypes(town: &Town) -> Vec<ArchetypeYear> {
    if !town.technology.is_on() {
        return Vec::new();
    }
    let firms = &town.firms;
    let mut sums = [[0.0; 8]; ARCHETYPES];
    for firm in firms.open_rows() {
        let Some(row) = town.technology.firms.get(firm) else {
            continue;
        };
        let Some(sums) = sums.get_mut(usize::from(row.archetype)) else {
            continue;
        };
        let workers = f64::from(firms.workers(firm));
        let adopted = f64::from(u8::from(row.has_adopted()));
        let replaces = f64::from(u8::from(row.effects.replaced > 0.5));
        let parts = [
            1.0,
            workers,
            adopted,
            workers * row.effects.automated_share,
            adopted * replaces,
            workers * row.effects.labor_saved,
            firms.intimacy[firm],
            firms.margin[firm],
        ];
        for (sum, part) in sums.iter_mut().zip(parts) {
            *sum += part;
        }
    }
    sums.into_iter()
        .map(
            |[
                count,
                workers,
                adopters,
                automated,
                replacing,
                saved,
                contact,
                margin,
            ]| {
                ArchetypeYear {
                    firms: count,
                    workers,
                    adopters_share: ratio(adopters, count),
                    automated_task_share: ratio(automated, workers),
                    replacing_share: ratio(replacing, adopters),
                    labor_saved: ratio(saved, workers),
                    human_contact: ratio(contact, count),
                    margin: ratio(margin, count),
                }
            },
        )
        .collect()
}
