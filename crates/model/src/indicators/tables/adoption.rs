//! Users of each technology: by month and stage, and by year, sector and size of firm.

use crate::indicators::definition::{measures, ratio};
use crate::town::Town;
use crate::town::technology::Mode;
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

/// Classes of firms in the yearly table.
const CLASSES: usize = SECTORS + SIZE_CLASSES;

/// Kind and name of each class: the sectors, then the size classes.
pub fn class_ids() -> impl Iterator<Item = (&'static str, &'static str)> {
    let sectors = SECTOR_IDS.iter().map(|&id| ("sector", id));
    sectors.chain(SIZE_CLASS_LABELS.iter().map(|&label| ("size", label)))
}

/// One row a technology; none where technology is off.
pub fn adoption(town: &Town) -> Vec<AdoptionMonth> {
    let technology = &town.technology;
    let firms = &town.firms;
    let mut rows: Vec<([f64; STAGES], [f64; 7])> = vec![Default::default(); technology.kinds];
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
