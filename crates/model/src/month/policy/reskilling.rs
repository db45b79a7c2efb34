//! Public training (phase 5, train): a lottery among the jobless who apply, courses without search, and graduates
//! who look for work in the occupation they learned.
//!
//! Places for an occupation are its open posts beyond seekers and trainees, so that a course leads somewhere and
//! does not flood a small occupation; an instant version that trained into occupations with low unemployment cost
//! jobs in the prototype. A place's whole cost is set aside when it is given, and courses under way are finished
//! when the program ends.

use crate::rng::{Purpose, unit32};
use crate::scenario::Parameters;
use crate::scenario::parameters::{Lever, Policy, Reskilling};
use crate::town::participants::Course;
use crate::town::people::Status;
use crate::town::{Programs, Town};
use crate::units::{Money, OCCUPATION_IDS, OCCUPATIONS, sector};

use super::super::labor::matching::fit_for;
use super::super::scratch::Scratch;
use super::super::staffing::pick;
use super::{admits, applies, followup, has_heard, lottery_number, scenario_month};

/// Places for an occupation without a cap: more than anybody asks for.
const UNLIMITED: f64 = 1e9;
/// Weight of expected pay in the choice of an occupation: its third power.
const PAY_POWER: f64 = 3.0;
/// Added to an entry's identity in the names of draws about the course of training.
const COURSE: u32 = 1 << 24;

/// Teaches for a month, lets go who has finished, and fills free places.
pub fn train(town: &mut Town, p: &Parameters, scratch: &mut Scratch) {
    let Some(month) = scenario_month(town, p) else {
        return;
    };
    followup::look(town);
    teach(town, p, month);
    for (entry, policy, months) in p.timeline.in_force(month) {
        if let Lever::Reskilling(program) = &policy.lever {
            enroll(town, p, scratch, entry, (policy, program, months));
        }
    }
    for course in &town.programs.participants.courses {
        town.programs.entries[usize::from(course.entry)]
            .this_month
            .people += 1;
    }
}

/// The program a course belongs to, if the timeline has it.
fn program_of(p: &Parameters, entry: u16) -> Option<(&Policy, &Reskilling)> {
    let policy = p.timeline.policies.get(usize::from(entry))?;
    match &policy.lever {
        Lever::Reskilling(program) => Some((policy, program)),
        _ => None,
    }
}

/// A month of every course; those that are over end.
fn teach(town: &mut Town, p: &Parameters, month: u32) {
    let mut courses = std::mem::take(&mut town.programs.participants.courses);
    courses.retain_mut(|course| {
        let worker = course.worker as usize;
        let Some((policy, program)) = program_of(p, course.entry) else {
            leave(town, worker);
            return false;
        };
        let in_force = policy.months_in_force(month).is_some();
        // Otherwise retired, or moved away.
        let there = town.workers.status[worker] == Status::Training;
        if there {
            course.months_left = course.months_left.saturating_sub(1);
            pay(town, course, program);
        }
        if there && course.months_left > 0 {
            return true;
        }
        if there && course.completes {
            graduate(town, p, course, program);
        } else {
            leave(town, worker);
        }
        if in_force {
            town.programs.entries[usize::from(course.entry)].fund += course.reserved;
        }
        false
    });
    town.programs.participants.courses = courses;
}

/// Stipend, tuition and administration of a month.
fn pay(town: &mut Town, course: &mut Course, program: &Reskilling) {
    let entry = usize::from(course.entry);
    let month = Month::of(program);
    let Town {
        programs,
        households,
        ledger,
        workers,
        ..
    } = town;
    let household = workers.household[course.worker as usize] as usize;
    if month.stipend.is_positive() {
        programs.pay_household(
            entry,
            program.payer,
            household,
            month.stipend,
            households,
            ledger,
        );
    }
    programs.order_services(
        entry,
        program.payer,
        sector::EDUCATION_HEALTH,
        month.tuition,
    );
    programs.administer(entry, program.payer, month.administration);
    course.reserved -= month.total();
}

/// What a month of a course costs.
struct Month {
    stipend: Money,
    tuition: Money,
    administration: Money,
}

impl Month {
    fn of(program: &Reskilling) -> Month {
        let stipend = Money::from_dollars(program.stipend);
        let tuition = Money::from_dollars(program.tuition / f64::from(program.months.max(1)));
        Month {
            stipend,
            tuition,
            administration: (stipend + tuition).share(program.administration),
        }
    }

    fn total(&self) -> Money {
        self.stipend + self.tuition + self.administration
    }
}

/// Back to search with what was there before.
fn leave(town: &mut Town, worker: usize) {
    if town.workers.status[worker] == Status::Training {
        town.workers.status[worker] = Status::Unemployed;
    }
}

/// Back to search in a new occupation.
fn graduate(town: &mut Town, p: &Parameters, course: &Course, program: &Reskilling) {
    let worker = course.worker as usize;
    let target = usize::from(course.target);
    let fit = fit_for(&town.workers, worker, target, &town.labor, p).max(program.graduate_fit);
    let workers = &mut town.workers;
    workers.occupation[worker] = course.target;
    workers.fit[worker] = fit as f32;
    move_skills(
        &mut workers.skills[worker],
        &p.occupations[target].task_shares,
        program.skill_gain,
    );
    raise_literacy(&mut workers.digital_literacy[worker], program.literacy_gain);
    let held = f64::from(workers.months_out[worker]) * (1.0 - program.signal);
    workers.months_out[worker] = held as u16;
    workers.status[worker] = Status::Unemployed;
}

/// Moves skills part of the way to an occupation's tasks.
pub fn move_skills(skills: &mut [f32], tasks: &[f64], part: f64) {
    for (skill, task) in skills.iter_mut().zip(tasks) {
        *skill += (part * (task - f64::from(*skill))) as f32;
    }
}

/// Gives part of the digital literacy somebody lacks.
pub fn raise_literacy(literacy: &mut f32, part: f64) {
    *literacy += (part * (1.0 - f64::from(*literacy))) as f32;
}

/// Open posts of each occupation beyond seekers and trainees.
pub fn shortages(town: &Town) -> [f64; OCCUPATIONS] {
    let labor = &town.labor;
    let mut room: [f64; OCCUPATIONS] =
        std::array::from_fn(|o| labor.open_posts[o] - labor.seekers[o]);
    for course in &town.programs.participants.courses {
        room[usize::from(course.target)] -= 1.0;
    }
    room.map(|room| libm::floor(room.max(0.0)))
}

/// What each occupation offers an applicant, where pay and fit suffice: its free places times the cube of what
/// somebody of this fit is paid there.
fn prospects(
    town: &Town,
    p: &Parameters,
    worker: usize,
    room: &[f64; OCCUPATIONS],
    program: &Reskilling,
) -> [f64; OCCUPATIONS] {
    let own = usize::from(town.workers.occupation[worker]);
    let wage = &town.labor.wage;
    std::array::from_fn(|o| {
        if o == own || room[o] < 1.0 || wage[o] < program.least_pay * wage[own] {
            return 0.0;
        }
        let fit = fit_for(&town.workers, worker, o, &town.labor, p);
        let suits = fit >= program.least_fit;
        let posts = if program.capped {
            room[o]
        } else {
            town.labor.open_posts[o]
        };
        if suits {
            posts * libm::pow(fit * wage[o] / wage[own], PAY_POWER)
        } else {
            0.0
        }
    })
}

/// Holds the month's lottery, if a place is free and paid for.
fn enroll(
    town: &mut Town,
    p: &Parameters,
    scratch: &mut Scratch,
    entry: usize,
    (policy, program, months): (&Policy, &Reskilling, u32),
) {
    let first_room = rooms(town, program);
    let mut places = free_places(town, entry, program);
    if places == 0 {
        return;
    }
    let mut applicants = std::mem::take(&mut scratch.applicants);
    gather(
        town,
        p,
        &mut applicants,
        &first_room,
        (policy, program, months),
    );
    let mut room = first_room;
    let month = &mut town.programs.entries[entry].this_month;
    month.applications += applicants.len() as u32;
    for &(_, worker) in &applicants {
        let mut target = None;
        let agent = u64::from(worker);
        if places > 0 && admits(&town.draws, policy.identity, agent, &program.terms()) {
            let words = town.draws.words(
                u64::from(worker),
                town.month,
                Purpose::Program,
                COURSE | policy.identity,
            );
            let weights = prospects(town, p, worker as usize, &room, program);
            if weights.iter().any(|&weight| weight > 0.0) {
                let occupation = pick(&weights, unit32(words[0]));
                target = Some(occupation);
                places -= 1;
                room[occupation] -= 1.0;
                let course = begin(program, entry, worker, occupation, [words[1], words[2]]);
                start(town, course);
            }
        }
        followup::follow(town, worker, entry as u16, target.is_some());
    }
    scratch.applicants = applicants;
}

/// Places by occupation.
fn rooms(town: &Town, program: &Reskilling) -> [f64; OCCUPATIONS] {
    let short = shortages(town);
    std::array::from_fn(|o| {
        let taught = program.targets.iter().any(|id| id == OCCUPATION_IDS[o]);
        match (taught, program.capped) {
            (false, _) => 0.0,
            (true, true) => short[o],
            (true, false) => UNLIMITED,
        }
    })
}

/// Places free and paid for.
fn free_places(town: &Town, entry: usize, program: &Reskilling) -> u64 {
    let courses = town.programs.participants.courses.iter();
    let taken = courses.filter(|c| usize::from(c.entry) == entry).count() as f64;
    let seats = libm::floor(program.places * town.anchors.residents / 1_000.0) - taken;
    let cost = place_cost(program).dollars().max(0.01);
    let paid_for = libm::floor(town.programs.entries[entry].fund.dollars() / cost);
    seats.min(paid_for).max(0.0) as u64
}

fn place_cost(program: &Reskilling) -> Money {
    Money::from_cents(Month::of(program).total().cents() * i64::from(program.months.max(1)))
}

/// Those who qualify, have heard of the program and apply, in the order of the lottery.
fn gather(
    town: &Town,
    p: &Parameters,
    applicants: &mut Vec<(u64, u32)>,
    room: &[f64; OCCUPATIONS],
    (policy, program, months): (&Policy, &Reskilling, u32),
) {
    applicants.clear();
    let terms = program.terms();
    let (workers, labor) = (&town.workers, &town.labor);
    for worker in 0..workers.first_outsider() {
        let own = usize::from(workers.occupation[worker]);
        let qualifies = workers.status[worker] == Status::Unemployed
            && u32::from(workers.months[worker]) >= program.months_jobless
            && f64::from(workers.ability[worker]) >= program.least_ability
            && (!program.surplus_only || labor.seekers[own] > labor.open_posts[own]);
        if !qualifies {
            continue;
        }
        let agent = worker as u64;
        let asks = applies(&town.draws, policy.identity, agent, town.month, &terms)
            && has_heard(&town.draws, policy.identity, agent, months, &terms);
        let suits = asks
            && prospects(town, p, worker, room, program)
                .iter()
                .any(|&weight| weight > 0.0);
        if suits {
            let number = lottery_number(&town.draws, policy.identity, agent, town.month);
            applicants.push((number, worker as u32));
        }
    }
    applicants.sort_unstable();
}

/// A course of a trainee; who will not complete it leaves on the way.
fn begin(
    program: &Reskilling,
    entry: usize,
    worker: u32,
    target: usize,
    [completion, exit]: [u32; 2],
) -> Course {
    let completes = unit32(completion) < program.completion;
    let full = program.months.max(1);
    let months = if completes {
        full
    } else {
        libm::ceil(unit32(exit) * f64::from(full)) as u32
    };
    Course {
        worker,
        entry: entry as u16,
        target: target as u8,
        months_left: months as u16,
        completes,
        reserved: place_cost(program),
    }
}

fn start(town: &mut Town, course: Course) {
    town.workers.status[course.worker as usize] = Status::Training;
    let Programs {
        entries,
        participants,
        ..
    } = &mut town.programs;
    let program = &mut entries[usize::from(course.entry)];
    program.fund -= course.reserved;
    program.this_month.people_new += 1;
    participants.courses.push(course);
}
