//! Courses in digital literacy (phase 5, train): in the evening, so nobody stops working or searching for one.

use crate::scenario::Parameters;
use crate::scenario::parameters::{DigitalLiteracy, Lever, Policy};
use crate::town::Town;
use crate::town::people::Status;
use crate::units::{Money, sector};

use super::super::scratch::Scratch;
use super::reskilling::raise_literacy;
use super::{admits, applies, followup, has_heard, lottery_number, scenario_month};

/// Holds the month's courses.
pub fn teach(town: &mut Town, p: &Parameters, scratch: &mut Scratch) {
    let Some(month) = scenario_month(town, p) else {
        return;
    };
    for (entry, policy, months) in p.timeline.in_force(month) {
        if let Lever::DigitalLiteracy(program) = &policy.lever {
            hold_courses(town, scratch, entry, (policy, program, months));
        }
    }
}

/// Serves applicants in the order of a lottery while the fund lasts.
fn hold_courses(
    town: &mut Town,
    scratch: &mut Scratch,
    entry: usize,
    (policy, program, months): (&Policy, &DigitalLiteracy, u32),
) {
    let fee = Money::from_dollars(program.fee);
    let administration = fee.share(program.administration);
    let cost = fee + administration;
    if town.programs.entries[entry].fund < cost || program.budget <= 0.0 {
        return;
    }
    let mut applicants = std::mem::take(&mut scratch.applicants);
    gather(town, &mut applicants, (policy, program, months));
    town.programs.entries[entry].this_month.applications += applicants.len() as u32;
    let terms = program.terms();
    for &(_, worker) in &applicants {
        if terms.lottery < 1.0 {
            let drawn = admits(&town.draws, policy.identity, u64::from(worker), &terms);
            followup::follow(town, worker, entry as u16, drawn);
            if !drawn {
                continue;
            }
        }
        let programs = &mut town.programs;
        if programs.entries[entry].fund < cost {
            break;
        }
        programs.order_services(entry, program.payer, sector::EDUCATION_HEALTH, fee);
        programs.administer(entry, program.payer, administration);
        let row = &mut programs.entries[entry];
        row.fund -= cost;
        row.this_month.people += 1;
        row.this_month.people_new += 1;
        raise_literacy(
            &mut town.workers.digital_literacy[worker as usize],
            program.gain,
        );
    }
    scratch.applicants = applicants;
}

/// Those who qualify, have heard of the program and apply, in the order of the lottery.
fn gather(
    town: &Town,
    applicants: &mut Vec<(u64, u32)>,
    (policy, program, months): (&Policy, &DigitalLiteracy, u32),
) {
    applicants.clear();
    let terms = program.terms();
    let (workers, draws) = (&town.workers, &town.draws);
    for worker in 0..workers.first_outsider() {
        let here = !matches!(
            workers.status[worker],
            Status::Away | Status::Inactive | Status::Training
        );
        if !here || f64::from(workers.digital_literacy[worker]) >= program.literacy_below {
            continue;
        }
        let agent = worker as u64;
        if applies(draws, policy.identity, agent, town.month, &terms)
            && has_heard(draws, policy.identity, agent, months, &terms)
        {
            let number = lottery_number(draws, policy.identity, agent, town.month);
            applicants.push((number, worker as u32));
        }
    }
    applicants.sort_unstable();
}
