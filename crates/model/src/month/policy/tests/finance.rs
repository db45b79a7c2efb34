//! Who pays, and whether budgets close.

use super::{live, parameters};
use crate::scenario::{self, LIBRARY, Source};
use crate::town::Town;
use crate::town::finance::{PROPERTY_TAX, PURCHASES};
use crate::town::ledger::{Account, Flow};
use crate::town::synthesis::synthesize;

const INCOME: &str = "[[timeline]]\nkind = \"basic_income\"\nfrom = 3\namount = 100.0\n";

fn debt(town: &Town) -> f64 {
    -town.ledger.balance(Account::LocalGovernment).dollars()
}

#[test]
fn no_scenario_that_comes_with_the_program_runs_a_deficit_without_end() {
    let settings = [
        "town.residents=1000",
        "run.burn_in_months=6",
        "run.months=48",
    ];
    let settings = settings.map(str::to_owned);
    for (name, _) in LIBRARY.scenarios {
        let loaded = scenario::load(&Source::Embedded((*name).to_owned()), &settings)
            .unwrap_or_else(|found| panic!("{name}: {found:?}"));
        let p = scenario::resolve(&loaded).unwrap_or_else(|found| panic!("{name}: {found:?}"));
        let rule = &p.public_finance;
        let mut town = synthesize(&p, crate::rng::Draws::new(1, 0)).expect("it closes");
        crate::month::automation::initialize(&mut town, &p);
        let mut scratch = crate::month::Scratch::default();
        for month in 0..54 {
            crate::month::advance(&mut town, &p, &mut scratch).expect("the accounts close");
            let limit = rule.debt_limit * 12.0 * town.finance.revenue;
            assert!(
                debt(&town) <= 2.0 * limit,
                "{name}, month {month}: {}",
                debt(&town)
            );
            // What the nation owes for its programs is a few months of their cost.
            let national = &town.finance.national;
            assert!(
                national.owed <= 4.0 * national.cost.max(1.0),
                "{name}, month {month}"
            );
        }
    }
}

#[test]
fn the_same_income_is_paid_by_elsewhere_by_the_nation_or_by_the_town() {
    let sum = |town: &Town, flow: Flow| town.ledger.flow(flow).dollars();
    let paid = |how: &str| {
        let (mut cost, mut national, mut property) = (0.0, 0.0, 0.0);
        let town = live(&parameters(&format!("{INCOME}{how}")), 40, |town| {
            let month = town.programs.entries[0].this_month;
            cost += (month.spent_local + month.spent_outer).dollars();
            national += sum(town, Flow::ProgramTax);
            property += sum(town, Flow::PropertyTax)
                + town.finance.bases.firms.dollars() * town.finance.property_tax;
        });
        (town, cost, national, property)
    };
    let (town, cost, national, property) = paid("");
    assert!(cost > 0.0 && national == 0.0 && property == 0.0);
    assert_eq!(town.finance.rates(), Default::default());

    let (town, cost, national, _) = paid("financing = \"national_tax\"\n");
    assert!((national / cost - 1.0).abs() < 0.15, "{national} of {cost}");
    assert!(town.finance.national_tax > 0.0);

    let (town, cost, _, property) = paid("payer = \"local\"\nfinancing = \"property_tax\"\n");
    assert!((property / cost - 1.0).abs() < 0.2, "{property} of {cost}");
    assert!(town.finance.local[PROPERTY_TAX].owed.abs() < 0.5 * 12.0 * cost / 40.0);
    assert_eq!(town.finance.local[PURCHASES].cost, 0.0);
}

#[test]
fn a_town_deep_in_debt_cuts_first_and_then_pays_less() {
    let most = |extra: &str| {
        let text = format!(
            "public_finance.debt_limit = 0.05\npublic_finance.local_rule = \"debt\"\n[[timeline]]\nkind = \
             \"basic_income\"\nfrom = 1\namount = 2000.0\npayer = \"local\"\n{extra}"
        );
        let (mut most, mut stance, mut interest) = (0.0, 1.0, 0.0);
        let town = live(&parameters(&text), 24, |town| {
            most = f64::max(most, debt(town) / town.finance.revenue);
            stance = f64::min(stance, town.finance.stance);
            interest += town.ledger.flow(Flow::LocalInterest).dollars();
        });
        (town, most, stance, interest)
    };
    let (town, months, stance, interest) = most("");
    // A month of payments may lie between the limit and what answers it.
    assert!(months < 2.0 * 0.05 * 12.0 + 5.0, "{months}");
    assert!(town.finance.solvency < 1.0 && stance < 0.9 && interest > 0.0);
}

#[test]
fn tax_changes_and_relief_stand_in_the_books_of_their_entry() {
    let brought = |kind: &str| {
        let small = if kind == "tax_abatement" {
            "smallest_firm = 1\n"
        } else {
            ""
        };
        let text = format!("[[timeline]]\nkind = \"{kind}\"\nfrom = 2\n{small}");
        let mut sum = 0.0;
        let town = live(&parameters(&text), 8, |town| {
            sum += town.programs.entries[0]
                .this_month
                .collected_local
                .dollars();
        });
        (town, sum)
    };
    assert!(brought("sales_tax_change").1 > 0.0);
    assert!(brought("property_tax_change").1 > 0.0);
    assert!(brought("tax_abatement").1 < 0.0);
    let (plain, taxed) = (
        live(&parameters(""), 8, |_| ()),
        brought("sales_tax_change").0,
    );
    assert!(taxed.ledger.flow(Flow::SalesTaxOnline).is_positive());
    assert!(taxed.ledger.flow(Flow::SalesTax) > plain.ledger.flow(Flow::SalesTax));
}

#[test]
fn a_government_cannot_pay_by_what_is_not_its_own() {
    let text = format!("schema_version = 1\n{INCOME}payer = \"local\"\nfinancing = \"grant\"\n");
    let source = Source::Text {
        name: "town.toml".to_owned(),
        text,
    };
    let found = scenario::load(&source, &[]).expect_err("a town gives itself no grant");
    assert_eq!(found.len(), 1);
    assert!(
        found[0].message.contains("local government cannot pay"),
        "{}",
        found[0].message
    );
}
