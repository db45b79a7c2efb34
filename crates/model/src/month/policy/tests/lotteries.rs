//! Programs that admit by lot.

use super::*;
use crate::town::participants::HORIZONS;

#[test]
fn firms_admitted_and_turned_away_are_looked_at_alike() {
    let p = parameters(
        "[[timeline]]\nkind = \"nudge\"\nfrom = 0\nbudget = 1000\nawareness_months = 0.1\n\
         application_rate = 1.0\nlottery = 0.5\n",
    );
    let town = live(&p, 14, |_| ());
    let [away, drawn] = town.programs.participants.firm_outcomes[0].map(|group| group[0]);
    assert!(away.firms > 10 && drawn.firms > 10, "{away:?} {drawn:?}");
    assert_eq!(away.served, 0);
    assert!(drawn.served > drawn.firms && drawn.open <= drawn.firms);
}

#[test]
fn a_lottery_that_admits_nobody_spends_nothing() {
    for kind in [
        "reskilling",
        "technology_grant",
        "wage_insurance",
        "manufacturing_hub",
    ] {
        let p = parameters(&format!(
            "[[timeline]]\nkind = \"{kind}\"\nfrom = 0\nbudget = 500\nlottery = 0.0\n"
        ));
        live(&p, 6, |town| {
            let month = town.programs.entries[0].this_month;
            assert_eq!((month.people, month.firms), (0, 0), "{kind}");
        });
    }
}

#[test]
fn courses_follow_applicants_when_they_draw_them() {
    let timeline = |lottery: f64| {
        format!(
            "[[timeline]]\nkind = \"digital_literacy\"\nfrom = 0\nbudget = 500\nawareness_months = 0.1\n\
             application_rate = 0.5\nlottery = {lottery:?}\n"
        )
    };
    let drawn_of = |lottery: f64| {
        let town = live(&parameters(&timeline(lottery)), 5, |_| ());
        let outcomes = &town.programs.participants.outcomes;
        assert_eq!(HORIZONS[0], 3);
        outcomes
            .first()
            .map_or([0, 0], |entry| entry.at(0).map(|group| group.persons))
    };
    let [away, drawn] = drawn_of(0.5);
    assert!(away > 10 && drawn > 10, "{away} {drawn}");
    assert_eq!(drawn_of(1.0), [0, 0]);
}

#[test]
fn wage_insurance_pays_from_its_age_on() {
    let p = parameters(
        "[[timeline]]\nkind = \"wage_insurance\"\nfrom = 0\nbudget = 500\nawareness_months = 0.1\n\
         application_rate = 1.0\nleast_age = 50\n",
    );
    let mut claims = 0;
    live(&p, 12, |town| {
        for claim in &town.programs.participants.claims {
            assert!(claim.age >= 600);
            claims += 1;
        }
    });
    assert!(claims > 0);
}
