//! Firms of programs with a lottery, followed from the month in which they have heard of the program: those it admits
//! beside those it turns away. Who applies in the end does not matter (intention to treat): chance alone made the groups.

use crate::scenario::Parameters;
use crate::scenario::parameters::{Lever, Policy, Terms};
use crate::town::Town;
use crate::town::participants::{FIRM_HORIZONS, FollowedFirm};
use crate::town::technology::FirmTechnology;
use crate::units::sector;

use super::procurement::BIDDING;
use super::{admits, has_heard};

/// Takes in firms that have heard of a program by now, and looks at those for whom a horizon has come.
pub fn follow(town: &mut Town, p: &Parameters, month: u32) {
    let mut any = false;
    for (entry, policy, months) in p.timeline.in_force(month) {
        let terms = policy.lever.terms().filter(|terms| terms.lottery < 1.0);
        if let Some((terms, qualifies)) = terms.zip(qualification(policy)) {
            any = true;
            take_in(town, (entry, policy, months), &terms, qualifies);
        }
    }
    if any || !town.programs.participants.firms.is_empty() {
        look(town);
    }
}

/// Who may apply: the largest size, and the sectors if not all.
type Qualification = (u32, Option<&'static [usize]>);

/// Who may apply to a program for firms.
fn qualification(policy: &Policy) -> Option<Qualification> {
    match &policy.lever {
        Lever::TechnologyGrant(program) => Some((program.largest_firm, None)),
        Lever::LoanWindow(program) => Some((program.largest_firm, None)),
        Lever::FirmTrainingSubsidy(program) => Some((program.largest_firm, None)),
        Lever::TechnologyAssociation(program) => Some((program.largest_firm, None)),
        Lever::Nudge(_) => Some((u32::MAX, None)),
        Lever::LocalProcurement(program) => Some((program.largest_firm, Some(&BIDDING))),
        Lever::LocalMarketplace(program) => Some((program.largest_firm, Some(&[sector::RETAIL]))),
        Lever::ManufacturingHub(program) => {
            Some((program.largest_firm, Some(&[sector::MANUFACTURING])))
        }
        Lever::ReshoringIncentive(_) => Some((u32::MAX, Some(&[sector::MANUFACTURING]))),
        _ => None,
    }
}

/// Projects a firm has begun.
fn projects(technology: Option<&FirmTechnology>) -> u32 {
    technology.map_or(0, |row| row.experience + u32::from(row.project.is_some()))
}

fn take_in(
    town: &mut Town,
    (entry, policy, months): (usize, &Policy, u32),
    terms: &Terms,
    (largest, only): Qualification,
) {
    let entries = town.programs.entries.len();
    let participants = &mut town.programs.participants;
    (participants.firm_outcomes).resize_with(entries, Default::default);
    let firms = &town.firms;
    for firm in firms.open_rows() {
        let uid = firms.uid[firm];
        let qualifies = firms.is_local(firm)
            && firms.workers(firm) <= largest
            && only.is_none_or(|only| only.contains(&usize::from(firms.sector[firm])))
            && firms.smoothed_sales[firm] > 0.0
            && has_heard(&town.draws, policy.identity, uid, months, terms);
        if !qualifies {
            continue;
        }
        let followed = FollowedFirm {
            firm: firm as u32,
            entry: entry as u16,
            uid,
            drawn: admits(&town.draws, policy.identity, uid, terms),
            since: town.month,
            sales: firms.smoothed_sales[firm],
            workers: firms.workers(firm),
            projects: projects(town.technology.firms.get(firm)),
            served: 0,
        };
        // A successor in a closed firm's place is left out, so that the closed one is counted at all horizons.
        if let Err(place) = participants.find_firm(followed.firm, followed.entry) {
            participants.firms.insert(place, followed);
        }
    }
}

/// Looks at firms for whom a horizon has come.
fn look(town: &mut Town) {
    let month = town.month;
    let (firms, technology) = (&town.firms, &town.technology.firms);
    let participants = &mut town.programs.participants;
    let outcomes = &mut participants.firm_outcomes;
    // Firms stay on the list after the last horizon, so that nobody is taken in twice.
    for followed in &participants.firms {
        let elapsed = month - followed.since;
        let horizon = FIRM_HORIZONS.iter().position(|&months| months == elapsed);
        let groups = outcomes.get_mut(usize::from(followed.entry));
        let Some((horizon, groups)) = horizon.zip(groups) else {
            continue;
        };
        let became = &mut groups[usize::from(followed.drawn)][horizon];
        let row = followed.firm as usize;
        became.firms += 1;
        became.served += followed.served;
        if firms.open[row] && firms.uid[row] == followed.uid {
            let sales = libm::log(firms.smoothed_sales[row].max(1.0) / followed.sales.max(1.0));
            let workers = f64::from(firms.workers(row).max(1));
            let workers = libm::log(workers / f64::from(followed.workers.max(1)));
            became.open += 1;
            became.sales += sales;
            became.workers += workers;
            became.productivity += sales - workers;
            let begun = projects(technology.get(row));
            became.projects += begun.saturating_sub(followed.projects);
        }
    }
}
