//! Literacy, firms' training, insurance, notice and audits.

use super::{live, parameters};
use crate::scenario::Parameters;
use crate::town::Town;
use crate::town::ledger::Flow;
use crate::town::people::Status;
use crate::units::Money;

/// A town in which technology moves fast and lays off.
fn automating(timeline: &str) -> Parameters {
    parameters(&format!(
        "automation.mode = \"replace\"\nautomation.review_chance = 0.3\nautomation.adoption_threshold = -2.0\n{timeline}"
    ))
}

fn spent(town: &Town) -> Money {
    let month = town.programs.entries[0].this_month;
    month.spent_outer + month.spent_local
}

#[test]
fn courses_in_digital_literacy_raise_it_among_those_who_lack_it_as_far_as_the_money_goes() {
    let run = |budget: f64| {
        let p = parameters(&format!(
            "[[timeline]]\nkind = \"digital_literacy\"\nfrom = 3\nawareness_months = 1\nbudget = {budget:.1}\n"
        ));
        let mut people = 0;
        let town = live(&p, 24, |town| {
            let month = town.programs.entries[0].this_month;
            people += month.people;
            assert_eq!(
                spent(town),
                Money::from_dollars(440.0 * f64::from(month.people))
            );
        });
        let literacy: f64 = town
            .workers
            .digital_literacy
            .iter()
            .map(|&l| f64::from(l))
            .sum();
        (people, literacy, town.ledger.balances)
    };
    let (none, little, twice) = (run(0.0), run(5.0), run(10.0));
    assert!(none.0 == 0 && little.0 > 0 && twice.0 > little.0);
    assert!(none.1 < little.1 && little.1 < twice.1);
    assert_eq!(none.2, live(&parameters(""), 24, |_| ()).ledger.balances);
}

#[test]
fn a_subsidy_of_training_makes_more_projects_train_and_its_budget_caps_it() {
    let run = |budget: f64| {
        let p = automating(&format!(
            "[[timeline]]\nkind = \"firm_training_subsidy\"\nfrom = 0\nawareness_months = 0.5\n\
             application_rate = 1.0\nbudget = {budget:.1}\n"
        ));
        let (mut firms, mut total) = (0, Money::ZERO);
        let town = live(&p, 24, |town| {
            firms += town.programs.entries[0].this_month.firms;
            total += spent(town);
        });
        let projects = town.technology.firms.iter().filter_map(|row| row.project);
        let all = town.technology.finished.iter().map(|done| done.project);
        let trains = projects.chain(all).filter(|project| project.trains).count();
        (firms, total, trains, town.ledger.balances)
    };
    let (none, little, much) = (run(0.0), run(5.0), run(500.0));
    let without = live(&automating(""), 24, |_| ());
    assert_eq!(none.3, without.ledger.balances);
    assert!(none.0 == 0 && little.0 > 0 && much.0 >= little.0);
    assert!(much.2 > none.2, "{} {}", much.2, none.2);
    assert!(little.1.dollars() <= 5.0 * 2_000.0 * 2.0 * 1.02);
}

#[test]
fn better_unemployment_insurance_pays_more_for_longer_and_slows_search() {
    let timeline = "[[timeline]]\nkind = \"unemployment_insurance\"\nfrom = 2\nreplacement = 0.9\ncap = 9000\n\
                    months = 24\nadministration = 0.0\n";
    let mut benefits = [Vec::new(), Vec::new()];
    let with = parameters(timeline);
    live(&with, 18, |town| {
        let paid = town.ledger.flow(Flow::UnemploymentInsurance);
        benefits[0].push(paid);
        assert!(spent(town) <= paid);
        assert_eq!(spent(town).is_positive(), town.month > 2);
    });
    live(&parameters(""), 18, |town| {
        benefits[1].push(town.ledger.flow(Flow::UnemploymentInsurance));
    });
    assert_eq!(benefits[0][..2], benefits[1][..2]);
    assert!(
        benefits[0][2..]
            .iter()
            .zip(&benefits[1][2..])
            .all(|(a, b)| a > b)
    );
    let jobless = |p: &Parameters| {
        let mut sum = 0;
        live(p, 24, |town| sum += town.activity.seekers);
        sum
    };
    assert!(jobless(&with) > jobless(&parameters("")));
}

#[test]
fn wage_insurance_pays_part_of_the_loss_for_its_months_and_no_more() {
    let run = |budget: f64| {
        let p = parameters(&format!(
            "[[timeline]]\nkind = \"wage_insurance\"\nfrom = 2\nbudget = {budget:.1}\nawareness_months = 0.1\n\
             application_rate = 1.0\nmonths = 6\nadministration = 0.0\n"
        ));
        let mut claims = 0;
        let town = live(&p, 24, |town| {
            let month = town.programs.entries[0].this_month;
            claims += month.people;
            let paid = town.ledger.flow(Flow::ProgramBenefitsOuter);
            assert_eq!(paid, month.spent_outer);
            assert!(paid <= Money::from_dollars(417.0 * f64::from(month.people)));
            for claim in &town.programs.participants.claims {
                assert!(town.month - claim.since <= 7);
            }
        });
        (claims, town.ledger.balances)
    };
    let (none, some, twice) = (run(0.0), run(3.0), run(6.0));
    assert!(
        none.0 == 0 && some.0 > 3 && twice.0 >= some.0,
        "{} {}",
        some.0,
        twice.0
    );
    assert_eq!(none.1, live(&parameters(""), 24, |_| ()).ledger.balances);
}

#[test]
fn layoffs_after_automation_wait_for_the_notice_and_firms_pay_for_retraining() {
    let duty = |months: u32| {
        automating(&format!(
            "[[timeline]]\nkind = \"notice_and_retrain\"\nfrom = 0\nnotice_months = {months}\nsmallest_firm = 1\n"
        ))
    };
    let mut given = 0;
    let mut before: Vec<(u32, u32)> = Vec::new();
    let mut ended = 0;
    live(&duty(5), 24, |town| {
        let notices = &town.programs.participants.notices;
        given += town.programs.entries[0].this_month.people_new;
        for notice in notices {
            let row = notice.worker as usize;
            assert!(
                town.month - 1 < notice.due,
                "nobody stays beyond the notice"
            );
            let there = town.workers.status[row] == Status::Employed;
            assert!(there || notice.since < town.month);
        }
        for &(worker, due) in &before {
            let gone = notices.iter().all(|n| n.worker != worker);
            let jobless = town.workers.status[worker as usize] == Status::Unemployed;
            ended += u32::from(gone && jobless && due == town.month - 1);
        }
        before = notices.iter().map(|n| (n.worker, n.due)).collect();
    });
    assert!(given > 5 && ended > 0, "{given} {ended}");
    let never = automating(
        "[[timeline]]\nkind = \"notice_and_retrain\"\nfrom = 0\nsmallest_firm = 90000\n",
    );
    let without = live(&automating(""), 24, |_| ());
    assert_eq!(
        live(&never, 24, |_| ()).ledger.balances,
        without.ledger.balances
    );
}

#[test]
fn retraining_under_notice_moves_the_skills_of_those_it_ends_for() {
    let distance = |gain: f64| {
        let p = automating(&format!(
            "[[timeline]]\nkind = \"notice_and_retrain\"\nfrom = 0\nnotice_months = 1\nsmallest_firm = 1\nskill_gain = {gain}\n"
        ));
        let mut moved = 0.0;
        let mut before: Vec<(u32, u32)> = Vec::new();
        let mut skills = Vec::new();
        live(&p, 24, |town| {
            for &(worker, due) in &before {
                let worker = worker as usize;
                let jobless = town.workers.status[worker] == Status::Unemployed;
                if jobless && due == town.month - 1 {
                    let now: &[f32] = &town.workers.skills[worker];
                    let then: &[f32; crate::units::TASKS] = &skills[worker];
                    moved += now
                        .iter()
                        .zip(then)
                        .map(|(a, b)| f64::from((a - b).abs()))
                        .sum::<f64>();
                }
            }
            let notices = &town.programs.participants.notices;
            before = notices.iter().map(|n| (n.worker, n.due)).collect();
            skills.clone_from(&town.workers.skills);
        });
        moved
    };
    let (none, some, all) = (distance(0.0), distance(0.3), distance(1.0));
    assert!(none < some && some < all, "{none} {some} {all}");
}

#[test]
fn audits_cost_screening_firms_and_help_those_their_software_marks_down() {
    // Many suitable applicants for each post, so that ranks decide.
    let screening = "automation.screening_bias = 5.0\nlabor_market.suitability = 1.0\nlabor_market.applications = 8\n";
    let run = |removes: f64| {
        let p = automating(&format!(
            "{screening}[[timeline]]\nkind = \"fairness_audit\"\nfrom = 0\nremoves = {removes:.1}\ncompliance_months = 0.1\n"
        ));
        let (mut firms, mut hires, mut older) = (0, 0, 0);
        live(&p, 60, |town| {
            let month = town.programs.entries[0].this_month;
            firms += month.firms;
            assert_eq!(month.spent_outer.is_positive(), month.firms > 0);
            hires += town.technology.counts.screened_hires;
            older += town.technology.counts.screened_hires_older;
        });
        (firms, f64::from(older) / f64::from(hires.max(1)))
    };
    let (biased, fair) = (run(0.0), run(1.0));
    assert!(biased.0 > 0 && fair.0 > 0);
    assert!(fair.1 > biased.1, "{} {}", fair.1, biased.1);
}

#[test]
fn every_kind_leaves_the_months_before_it_alone() {
    let kinds = [
        "reskilling",
        "digital_literacy",
        "firm_training_subsidy",
        "unemployment_insurance",
        "wage_insurance",
        "notice_and_retrain",
        "fairness_audit",
        "basic_income",
        "minimum_wage",
    ];
    let without: Vec<_> = balances(&parameters(""));
    for kind in kinds {
        let p = parameters(&format!("[[timeline]]\nkind = \"{kind}\"\nfrom = 6\n"));
        assert_eq!(balances(&p), without, "{kind}");
    }
}

/// Balances of the first six months.
fn balances(p: &Parameters) -> Vec<[Money; 6]> {
    let mut all = Vec::new();
    live(p, 6, |town| all.push(town.ledger.balances));
    all
}
