//! Public training.

use super::{live, parameters};
use crate::town::Town;
use crate::town::people::Status;
use crate::units::{Money, OCCUPATIONS};

/// An easy program: everybody knows, everybody applies, courses of four months from month 2 on.
fn program(more: &str) -> String {
    places(20.0, more)
}

/// The same with so many places for each 1,000 residents.
fn places(places: f64, more: &str) -> String {
    format!(
        "[[timeline]]\nkind = \"reskilling\"\nfrom = 2\nawareness_months = 0.1\napplication_rate = 1.0\n\
         months = 4\nbudget = 500.0\nplaces = {places:.1}\nmonths_jobless = 1\nleast_fit = 0.1\n{more}"
    )
}

/// Rows in training.
fn trainees(town: &Town) -> Vec<u32> {
    let status = town.workers.status.iter().enumerate();
    status
        .filter(|(_, status)| **status == Status::Training)
        .map(|(row, _)| row as u32)
        .collect()
}

#[test]
fn trainees_are_locked_in_for_the_course_and_leave_with_the_occupation_taught() {
    let p = parameters(&program("completion = 1.0\nsignal = 1.0\n"));
    let mut begun: Vec<(u32, u32, u8, u16)> = Vec::new();
    let mut graduates = 0;
    live(&p, 20, |town| {
        let month = town.month - 1;
        let courses = &town.programs.participants.courses;
        for course in courses {
            let row = course.worker as usize;
            if town.workers.status[row] != Status::Training {
                // Retired or moved away this month.
                continue;
            }
            if course.months_left == 4 {
                let age = town.workers.age_months[course.worker as usize];
                begun.push((course.worker, month, course.target, age));
            } else {
                let start = begun.iter().rfind(|b| b.0 == course.worker);
                let months = month - start.expect("the course began").1;
                assert_eq!(u32::from(course.months_left), 4 - months);
            }
        }
        for &(worker, since, target, age) in &begun {
            let row = worker as usize;
            let same = town.workers.age_months[row] == age + 4;
            let seeks = town.workers.status[row] == Status::Unemployed;
            if month == since + 4 && same && seeks {
                graduates += 1;
                assert_eq!(town.workers.occupation[row], target);
                assert!(town.workers.fit[row] > 0.91);
                assert!(town.workers.months_out[row] <= 1, "the gap is explained");
            }
        }
    });
    assert!(
        begun.len() > 3 && graduates > 3,
        "{} {graduates}",
        begun.len()
    );
}

#[test]
fn whoever_gives_up_goes_back_with_the_occupation_brought_and_unspent_money_returns() {
    let p = parameters(&program("completion = 0.0\n"));
    let mut own = vec![None; 10_000];
    let mut left = 0;
    live(&p, 14, |town| {
        for row in 0..town.workers.len() {
            match (town.workers.status[row], own[row]) {
                (Status::Training, None) => own[row] = Some(town.workers.occupation[row]),
                (Status::Unemployed, Some(occupation)) => {
                    assert_eq!(town.workers.occupation[row], occupation);
                    left += 1;
                    own[row] = None;
                }
                (Status::Training, _) => {}
                _ => own[row] = None,
            }
        }
        let courses = &town.programs.participants.courses;
        assert!(courses.iter().all(|course| !course.completes));
    });
    assert!(left > 3, "{left}");
}

#[test]
fn places_end_with_open_posts_beyond_seekers_and_with_the_number_of_places() {
    let p = parameters(&places(3.0, ""));
    let mut most = 0;
    live(&p, 24, |town| {
        let mut taught = [0.0; OCCUPATIONS];
        for course in &town.programs.participants.courses {
            taught[usize::from(course.target)] += 1.0;
        }
        for course in &town.programs.participants.courses {
            let o = usize::from(course.target);
            // New ones alone: open posts may vanish during a course.
            if course.months_left == 4 {
                let labor = &town.labor;
                assert!(taught[o] <= labor.open_posts[o] - labor.seekers[o]);
            }
        }
        let trainees = trainees(town).len();
        // Retirement and moving away end a course a month later.
        assert!(trainees <= town.programs.participants.courses.len());
        assert!(trainees as f64 <= 3.0 * town.anchors.residents / 1_000.0);
        most = most.max(trainees);
    });
    assert!(most > 0);
}

#[test]
fn a_larger_budget_trains_no_fewer_and_none_is_as_if_there_were_no_program() {
    let trained = |budget: f64| {
        let p =
            parameters(&program("").replace("budget = 500.0", &format!("budget = {budget:.1}")));
        let mut people = 0;
        let mut spent = Money::ZERO;
        let town = live(&p, 24, |town| {
            let month = town.programs.entries[0].this_month;
            people += month.people_new;
            spent += month.spent_outer;
        });
        (people, spent, town.ledger.balances, town.workers.wage)
    };
    let none = trained(0.0);
    let (little, twice) = (trained(15.0), trained(30.0));
    assert!(
        little.0 > 0 && twice.0 >= little.0,
        "{} {}",
        little.0,
        twice.0
    );
    // Never more than the budget of 22 months.
    assert!(little.1.dollars() <= 15.0 * 2_000.0 * 22.0 / 12.0 * 1.02);
    let without = live(&parameters(""), 24, |_| ());
    assert_eq!((none.0, none.1), (0, Money::ZERO));
    assert_eq!(none.2, without.ledger.balances);
    assert_eq!(none.3, without.workers.wage);
}

#[test]
fn applicants_are_followed_in_the_group_that_the_lottery_gave_them() {
    let p = parameters(&places(2.0, ""));
    let town = live(&p, 20, |_| ());
    let outcomes = &town.programs.participants.outcomes[0];
    let [lost, drawn] = outcomes.at(0);
    assert!(lost.persons > 0 && drawn.persons > 0);
    // Three months on, those drawn are still in a course of four months, or have given up.
    assert!(drawn.employed < drawn.persons);
    assert_eq!(drawn.trained_since, 0);
    assert_eq!(drawn.employed == 0, drawn.earnings == Money::ZERO);
}
