//! A loan window over years.

use super::{live, parameters};
use crate::scenario::Parameters;
use crate::town::ledger::Flow;
use crate::units::Money;

fn window(keys: &str) -> Parameters {
    parameters(&format!(
        "automation.review_chance = 0.3\nautomation.credit_months = 0.1\n[[timeline]]\nkind = \"loan_window\"\nfrom = 0\nawareness_months = 1.0\n\
         application_rate = 1.0\n{keys}\n"
    ))
}

#[test]
fn a_window_spends_what_its_fund_loses_and_the_accounts_show() {
    let mut p = window("budget = 40.0");
    // Firms fail often, so that guarantees are called.
    p.entry_exit.exit_hazard = 0.03;
    let mut fund = Money::ZERO;
    let (mut relief, mut called) = (Money::ZERO, Money::ZERO);
    let budget = Money::from_dollars(40.0 * 2_000.0 / 12.0);
    live(&p, 36, |town| {
        let entry = &town.programs.entries[0];
        let paid = town.ledger.flow(Flow::ProgramGrantsOuter);
        let claims = town.ledger.flow(Flow::GuaranteesOuter);
        let month = entry.this_month;
        assert_eq!(month.spent_outer, paid + claims + month.administration);
        fund += budget - month.spent_outer;
        assert_eq!(entry.fund, fund);
        assert!(claims <= town.ledger.written_off);
        relief += paid;
        called += claims;
        for guarantee in &town.programs.guarantees {
            let firm = guarantee.firm as usize;
            assert!(town.firms.open[firm] && town.firms.uid[firm] == guarantee.uid);
        }
    });
    assert!(relief.is_positive() && called.is_positive());
}

#[test]
fn a_larger_budget_helps_no_fewer_and_none_is_as_if_there_were_no_window() {
    let helped = |budget: f64| {
        let mut firms = 0;
        let town = live(&window(&format!("budget = {budget:.1}")), 24, |town| {
            firms += town.programs.entries[0].this_month.firms;
        });
        (firms, town.ledger.balances, town.technology.holdings)
    };
    let (none, little, much) = (helped(0.0), helped(2.0), helped(4.0));
    assert_eq!(none.0, 0);
    assert!(
        little.0 > 0 && much.0 >= little.0,
        "{} {}",
        little.0,
        much.0
    );
    let without = live(
        &parameters("automation.review_chance = 0.3\nautomation.credit_months = 0.1"),
        24,
        |_| (),
    );
    assert_eq!(none.1, without.ledger.balances);
    assert_eq!(none.2, without.technology.holdings);
}

#[test]
fn fewer_projects_fail_for_lack_of_money() {
    let refused = |keys: &str| {
        let mut refused = 0;
        let mut p = window(keys);
        // No firm is refused for its losses.
        p.automation.project_coverage = -5.0;
        live(&p, 24, |town| {
            refused += town.technology.counts.no_cash;
        });
        refused
    };
    let without = refused("budget = 0.0");
    let with = refused("budget = 1000.0\nguarantee_months = 24.0\nlimit = 1000000.0");
    assert!(with < without, "{with} {without}");
}
