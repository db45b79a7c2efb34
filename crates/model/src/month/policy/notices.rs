//! Notice and retraining: layoffs that follow automation are announced, the firm pays for retraining, and the job
//! ends only when the notice is over. Those under notice look for work like the jobless, but from a job. A firm that
//! opens posts again takes its notices back.

use crate::scenario::Parameters;
use crate::scenario::parameters::{Lever, NoticeAndRetrain};
use crate::town::Town;
use crate::town::participants::{Notice, is_same};
use crate::town::people::Status;
use crate::units::{Money, OCCUPATIONS};

use super::super::automation;
use super::super::labor::matching::fit_for;
use super::super::labor::separations::lose_job;
use super::super::scratch::Scratch;
use super::reskilling::{move_skills, raise_literacy, shortages};
use super::scenario_month;

/// A duty in force.
#[derive(Clone, Copy)]
pub struct Duty<'a> {
    entry: usize,
    rule: &'a NoticeAndRetrain,
}

impl Duty<'_> {
    /// What a firm with so many workers expects the duty to cost for each person it would lay off, dollars.
    pub fn cost(&self, workers: f64, monthly_cost_per_worker: f64) -> f64 {
        if workers < f64::from(self.rule.smallest_firm) {
            return 0.0;
        }
        self.rule.retraining_cost + f64::from(self.rule.notice_months) * monthly_cost_per_worker
    }
}

/// The longest notice in force.
pub fn duty<'a>(town: &Town, p: &'a Parameters) -> Option<Duty<'a>> {
    let month = scenario_month(town, p)?;
    let rules = p.timeline.in_force(month).filter_map(|(entry, policy, _)| {
        let Lever::NoticeAndRetrain(rule) = &policy.lever else {
            return None;
        };
        Some(Duty { entry, rule })
    });
    rules.reduce(|a, b| {
        if b.rule.notice_months > a.rule.notice_months {
            b
        } else {
            a
        }
    })
}

/// Drops notices of people who have left, and counts those that stand by firm and program.
pub fn find_notices(town: &mut Town, p: &Parameters, scratch: &mut Scratch) {
    let mut notices = std::mem::take(&mut town.programs.participants.notices);
    let (workers, firms, month) = (&town.workers, &town.firms, town.month);
    let in_force = duty(town, p).is_some();
    notices.retain(|notice| {
        let row = notice.worker as usize;
        let firm = workers.employer[row] as usize;
        in_force
            && workers.status[row] == Status::Employed
            && is_same(workers, notice.worker, notice.age, notice.since, month)
            && firms.uid.get(firm) == Some(&notice.firm)
    });
    for notice in &notices {
        let firm = workers.employer[notice.worker as usize] as usize;
        let month = &mut town.programs.entries[usize::from(notice.entry)].this_month;
        month.people += 1;
        month.firms += u32::from(scratch.noticed[firm] == 0);
        scratch.noticed[firm] += 1;
    }
    town.programs.participants.notices = notices;
}

/// Whether a firm has the duty, for those of its layoffs that follow automation.
pub fn applies_to(town: &Town, firm: usize, duty: &Duty) -> bool {
    town.firms.workers(firm) >= duty.rule.smallest_firm
}

/// Gives notice to a member of staff.
pub fn announce(town: &mut Town, firm: usize, worker: u32, duty: &Duty) {
    let notice = Notice {
        worker,
        entry: duty.entry as u16,
        firm: town.firms.uid[firm],
        since: town.month,
        due: town.month + duty.rule.notice_months,
        age: town.workers.age_months[worker as usize],
    };
    let notices = &mut town.programs.participants.notices;
    let place = notices.partition_point(|n| n.worker < worker);
    notices.insert(place, notice);
}

/// Charges firms for the retraining of those who got notice this month.
pub fn charge_notices(town: &mut Town, p: &Parameters, scratch: &mut Scratch) {
    let Some(duty) = duty(town, p) else {
        return;
    };
    let each = Money::from_dollars(duty.rule.retraining_cost);
    for notice in &town.programs.participants.notices {
        if notice.since != town.month {
            continue;
        }
        let firm = town.workers.employer[notice.worker as usize] as usize;
        automation::buy(scratch, firm, each, 1.0);
        let month = &mut town.programs.entries[usize::from(notice.entry)].this_month;
        month.people += 1;
        month.people_new += 1;
        month.firms += u32::from(scratch.noticed[firm] == 0);
        scratch.noticed[firm] += 1;
    }
}

/// Ends the jobs whose notice is over, and takes back notices of firms that open posts.
pub fn end_notices(town: &mut Town, p: &Parameters, scratch: &Scratch) {
    if town.programs.participants.notices.is_empty() {
        return;
    }
    let Some(duty) = duty(town, p) else {
        return;
    };
    let room = shortages(town);
    let mut notices = std::mem::take(&mut town.programs.participants.notices);
    notices.retain(|notice| {
        let worker = notice.worker as usize;
        let firm = town.workers.employer[worker] as usize;
        if scratch.wanted_posts[firm] > 0.0 {
            automation::put_down(&mut town.technology, firm, -1.0);
            return false;
        }
        if notice.due > town.month {
            return true;
        }
        retrain(town, worker, &duty, &room, p);
        lose_job(&mut town.workers, worker, p);
        town.activity.layoffs += 1;
        town.technology.counts.layoffs += 1;
        false
    });
    town.programs.participants.notices = notices;
}

/// Moves skills toward the occupation with open posts that suits the person best.
fn retrain(town: &mut Town, worker: usize, duty: &Duty, room: &[f64; OCCUPATIONS], p: &Parameters) {
    let own = usize::from(town.workers.occupation[worker]);
    let mut best: Option<(f64, usize)> = None;
    for (to, &room) in room.iter().enumerate() {
        if to == own || room < 1.0 {
            continue;
        }
        let fit = fit_for(&town.workers, worker, to, &town.labor, p);
        if best.is_none_or(|(most, _)| fit > most) {
            best = Some((fit, to));
        }
    }
    let workers = &mut town.workers;
    if let Some((_, to)) = best {
        let tasks = &p.occupations[to].task_shares;
        move_skills(&mut workers.skills[worker], tasks, duty.rule.skill_gain);
    }
    raise_literacy(
        &mut workers.digital_literacy[worker],
        duty.rule.literacy_gain,
    );
}
