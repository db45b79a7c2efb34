//! Users of each technology: by month and stage, and by year, sector and size of firm.

use crate::indicators::definition::{measures, ratio};
use crate::town::Town;
use crate::town::technology::{FirmTechnology, Mode, Reason};
use crate::units::{SECTOR_IDS, SECTORS, STAGES};

use super::firm_sizes::{SIZE_CLASS_LABELS, SIZE_CLASSES, size_class};

measures! {
    /// One technology in one month.
    AdoptionMonth, "adoption" {
        users ["firms"] "Firms in business that use the technology, in any stage.",
        users_share ["share"] "Users over firms in business." empty if "there is no firm",
        users_jobs_share ["share"] "Jobs at users over jobs at firms." empty if "firms have no workers",
        pilot ["firms"] "Users in the pilot.",
        expansion ["firms"] "Users in expansion.",
        integration ["firms"] "Users at full integration.",
        new_users ["firms"] "Users that did not use it at month 0 or at opening.",
        replacing ["firms"] "Of these, with the technology in place of people.",
        suited ["firms"] "Firms that have a use for it.",
        aware ["firms"] "Firms that know of it and have a use for it.",
        projects ["firms"] "Firms with a project under way for it.",
        no_use ["firms"] "Firms that do not use it and have no use for it.",
        not_heard ["firms"] "Firms that have a use for it but have not heard of it.",
        held_by_cost ["firms"] "Non-users that know it and judged, when they last looked, that it would not pay back in time, or could not pay for it.",
        held_by_skills ["firms"] "Non-users that know it and whose staff could not run it.",
        held_by_values ["firms"] "Non-users that know it and whose owner does not want it.",
        undecided ["firms"] "Other non-users that know it: they have not looked, something else comes first, or habit won.",
    }
}

measures! {
    /// One technology in one class of firms at the end of a year.
    AdoptionClassYear, "adoption_classes" {
        firms ["firms"] "Firms in business in the class.",
        users ["firms"] "Of these, users of the technology.",
        users_share ["share"] "Users over firms." empty if "the class has no firm",
        jobs ["persons"] "Workers in the class, owners included.",
        users_jobs_share ["share"] "Jobs at users over jobs in the class." empty if "the class has no workers",
    }
}

/// Counts of a technology that are not of stages.
const COUNTS: usize = 13;
/// Classes of firms in the yearly table.
const CLASSES: usize = SECTORS + SIZE_CLASSES;

/// Kind and name of each class: the sectors, then the size classes.
pub fn class_ids() -> impl Iterator<Item = (&'static str, &'static str)> {
    let sectors = SECTOR_IDS.iter().map(|&id| ("sector", id));
    sectors.chain(SIZE_CLASS_LABELS.iter().map(|&label| ("size", label)))
}

/// Place of a non-user in the counts, by what holds it back.
fn why_not(row: &FirmTechnology, kind: usize, reason: Reason) -> usize {
    if row.suited >> kind & 1 == 0 {
        return 7;
    }
    if row.known >> kind & 1 == 0 {
        return 8;
    }
    match reason {
        Reason::Cost => 9,
        Reason::Skills => 10,
        Reason::Values => 11,
        Reason::Other => 12,
    }
}

/// One row a technology; none where technology is off.
pub fn adoption(town: &Town) -> Vec<AdoptionMonth> {
    let technology = &town.technology;
    let firms = &town.firms;
    let mut rows: Vec<([f64; STAGES], [f64; COUNTS])> = vec![Default::default(); technology.kinds];
    let (mut open, mut jobs) = (0.0, 0.0);
    for firm in firms.open_rows() {
        let workers = f64::from(firms.workers(firm));
        open += 1.0;
        jobs += workers;
        let Some(row) = technology.firms.get(firm).filter(|_| technology.is_on()) else {
            continue;
        };
        for (kind, holding) in technology.of(firm).iter().enumerate() {
            let (stages, counts) = &mut rows[kind];
            if holding.stage > 0 {
                stages[usize::from(holding.stage).min(STAGES) - 1] += 1.0;
                counts[0] += 1.0;
                counts[1] += workers;
                if holding.initial == 0 {
                    counts[2] += 1.0;
                    counts[3] += f64::from(u8::from(holding.mode == Mode::Replace));
                }
            }
            if holding.stage == 0 {
                counts[why_not(row, kind, holding.reason)] += 1.0;
            }
            counts[4] += f64::from(row.suited >> kind & 1);
            counts[5] += f64::from((row.suited & row.known) >> kind & 1);
            let works_on_it = row
                .project
                .is_some_and(|project| usize::from(project.technology) == kind);
            counts[6] += f64::from(u8::from(works_on_it));
        }
    }
    rows.into_iter()
        .map(|(stages, counts)| AdoptionMonth {
            users: counts[0],
            users_share: ratio(counts[0], open),
            users_jobs_share: ratio(counts[1], jobs),
            pilot: stages[0],
            expansion: stages[1],
            integration: stages[2],
            new_users: counts[2],
            replacing: counts[3],
            suited: counts[4],
            aware: counts[5],
            projects: counts[6],
            no_use: counts[7],
            not_heard: counts[8],
            held_by_cost: counts[9],
            held_by_skills: counts[10],
            held_by_values: counts[11],
            undecided: counts[12],
        })
        .collect()
}

/// One row a technology and class ([`class_ids`]), technologies in order.
pub fn adoption_classes(town: &Town) -> Vec<AdoptionClassYear> {
    let technology = &town.technology;
    let firms = &town.firms;
    let mut classes = vec![[0.0; 4]; technology.kinds * CLASSES];
    for firm in firms.open_rows() {
        if firm >= technology.firms.len() || !technology.is_on() {
            continue;
        }
        let workers = f64::from(firms.workers(firm));
        let places = [
            usize::from(firms.sector[firm]),
            SECTORS + size_class(firms.workers(firm)),
        ];
        for (kind, holding) in technology.of(firm).iter().enumerate() {
            for place in places {
                let class = &mut classes[kind * CLASSES + place];
                class[0] += 1.0;
                class[1] += workers;
                if holding.stage > 0 {
                    class[2] += 1.0;
                    class[3] += workers;
                }
            }
        }
    }
    classes
        .into_iter()
        .map(|[firms, jobs, users, users_jobs]| AdoptionClassYear {
            firms,
            users,
            users_share: ratio(users, firms),
            jobs,
            users_jobs_share: ratio(users_jobs, jobs),
        })
        .collect()
}
