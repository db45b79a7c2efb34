//! Projects paid for at a loan window.

use super::super::projects;
use super::*;
use crate::month::policy::loans;
use crate::scenario::parameters::Timeline;
use crate::units::Money;

/// A window with a rich fund from month 0 on, of which everybody has heard and at which everybody applies.
fn with_window(p: &mut Parameters) {
    let file: toml::Table = crate::scenario::DEFAULT.parse().expect("the default file");
    let mut entry = file["policies"]["loan_window"]
        .as_table()
        .expect("a table")
        .clone();
    entry.insert("budget".to_owned(), toml::Value::Float(1_000.0));
    entry.insert("awareness_months".to_owned(), toml::Value::Float(0.1));
    entry.insert("application_rate".to_owned(), toml::Value::Float(1.0));
    let entries = std::iter::once(("loan_window".to_owned(), 0, None, entry));
    p.run.burn_in_months = 0;
    p.timeline = Timeline::read(entries).expect("it is a kind");
}

/// A town with the window open, and the cheapest firm that qualifies: without cash and with a loan of some months.
fn poor_firm(p: &Parameters, loan_months: f64) -> (Town, usize) {
    let mut town = start(p, 1);
    town.programs
        .begin_month(&p.timeline, Some(0), 2_000.0, 1.0);
    let firms = &mut town.firms;
    let cost = |firm: usize| firms.monthly_cost[firm];
    let firm = firms
        .open_rows()
        .filter(|&firm| firms.is_local(firm) && cost(firm) > 0.0)
        .min_by(|&a, &b| cost(a).total_cmp(&cost(b)))
        .expect("there is a local firm");
    firms.cash[firm] = Money::ZERO;
    firms.loan[firm] = Money::from_dollars(loan_months * firms.monthly_cost[firm]);
    firms.profit[firm] = 0.0;
    (town, firm)
}

#[test]
fn a_window_lends_to_a_firm_whose_room_for_credit_is_used_up() {
    let mut p = parameters(2_000);
    with_window(&mut p);
    // Losses refuse nobody here.
    p.automation.project_coverage = -5.0;
    let (mut town, firm) = poor_firm(&p, p.automation.credit_months);
    let cost = Money::from_dollars(0.2 * town.firms.monthly_cost[firm]);
    let short = projects::shortage(&town, firm, cost, &p);
    assert!(short >= cost);
    let refused = projects::fund(&mut town.clone(), firm, cost, None, &p);
    assert_eq!(refused, None);
    let window = loans::offered(&town, firm, &p).expect("it qualifies");
    let debt = town.firms.loan[firm];
    assert_eq!(
        projects::fund(&mut town, firm, cost, Some(&window), &p),
        Some(short)
    );
    assert_eq!(town.firms.loan[firm], debt + short);
    // Nothing beyond what the guarantee adds.
    let too_much = Money::from_dollars(
        (window.guarantee_months + p.automation.credit_months) * town.firms.monthly_cost[firm],
    );
    assert_eq!(
        projects::fund(&mut town, firm, too_much, Some(&window), &p),
        None
    );
}

#[test]
fn profits_have_to_cover_the_service_at_the_windows_rate() {
    let mut p = parameters(2_000);
    with_window(&mut p);
    p.automation.credit_months = 100.0;
    p.automation.project_coverage = 1.0;
    let (mut town, firm) = poor_firm(&p, 0.0);
    let cost = Money::from_dollars(0.2 * town.firms.monthly_cost[firm]);
    let short = projects::shortage(&town, firm, cost, &p);
    let window = loans::offered(&town, firm, &p).expect("it qualifies");
    let credit = &p.credit;
    let at_the_bank =
        short.dollars() * (credit.loan_rate / 12.0 + 1.0 / f64::from(credit.repayment_months));
    town.firms.profit[firm] = at_the_bank - 0.5 * window.monthly_relief(short);
    assert_eq!(
        projects::fund(&mut town.clone(), firm, cost, None, &p),
        None
    );
    assert_eq!(
        projects::fund(&mut town, firm, cost, Some(&window), &p),
        Some(short)
    );
}

#[test]
fn what_a_window_pays_of_the_interest_goes_into_the_funds_books() {
    let mut p = parameters(2_000);
    with_window(&mut p);
    let (mut town, firm) = poor_firm(&p, 0.0);
    let window = loans::offered(&town, firm, &p).expect("it qualifies");
    let fund = town.programs.entries[0].fund;
    let loan = Money::from_dollars(1_000.0);
    loans::pay(&mut town, firm, &window, loan);
    let month = town.programs.entries[0].this_month;
    assert_eq!(town.firms.cash[firm], window.relief(loan));
    assert!(window.relief(loan) > Money::from_dollars(100.0));
    assert_eq!(
        month.spent_outer,
        window.relief(loan) + month.administration
    );
    assert_eq!(town.programs.entries[0].fund, fund - month.spent_outer);
    // The bank loses half of what the firm owes: the guaranteed part of that half comes from the fund.
    let debt = loan + loan;
    loans::honor(&mut town, firm, debt, loan);
    let claim = loan.share(0.5 * 0.85);
    assert_eq!(
        town.ledger.flow(crate::town::ledger::Flow::GuaranteesOuter),
        claim
    );
    assert!(town.programs.guarantees.is_empty());
    assert_eq!(
        town.programs.entries[0].fund,
        fund - month.spent_outer - claim
    );
}
