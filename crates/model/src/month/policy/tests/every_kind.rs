//! Every kind of the timeline, with its defaults, on a small town: it does something, and so does each of its
//! parameters.

use super::{live, parameters};
use crate::scenario::parameters::Lever;
use crate::town::Town;
use crate::units::Money;

/// Months lived; entries begin in month 2.
const MONTHS: u32 = 36;

/// Parameters whose change so small a town may fail to show, and why.
const EXCEPTIONS: &[(&str, &str)] = &[
    (
        "reskilling.least_fit",
        "applicants steered to open posts bring more",
    ),
    (
        "reskilling.signal",
        "it holds for the few who were long without work; the test of trainees looks at them",
    ),
    (
        "reskilling.literacy_gain",
        "literacy acts through hiring software and technology, of which firms of so small a town have little",
    ),
    ("notice_and_retrain.literacy_gain", "the same"),
    (
        "nudge.framing",
        "it moves a decision of one of the few firms at the edge of one",
    ),
    (
        "local_marketplace.lottery",
        "the budget binds before the lottery does; the test of firms' lotteries looks at it",
    ),
    (
        "notice_and_retrain.skill_gain",
        "hardly anybody is still there when notice ends; another test looks at those",
    ),
    (
        "fairness_audit.removes",
        "hardly any firm of so small a town screens by software",
    ),
    ("fairness_audit.compliance_months", "the same"),
    (
        "loan_window.guarantee_months",
        "few firms of so small a town use up their room for credit; the tests of projects' funding show it",
    ),
    (
        "loan_window.guaranteed",
        "hardly any borrower fails within the months; the tests of projects' funding show it",
    ),
];

/// Settings under which a small town shows the parameters of a kind.
fn settings(kind: &str) -> &'static str {
    match kind {
        // Technology that lays off.
        "notice_and_retrain" | "reskilling" => {
            "automation.mode = \"replace\"\nautomation.review_chance = 0.3\n"
        }
        _ => "",
    }
}

/// What can be seen of a town's past: flows of each month and balances at the end.
fn past(timeline: &str) -> (Vec<Vec<Money>>, Vec<Money>) {
    // Incidents and contracts frequent enough for a small town to see some.
    let p = parameters(&format!(
        "automation.incident_chance = 0.1\ntrade.contract_size = 10000.0\ntrade.contract_months = 6\n{timeline}"
    ));
    let mut flows = Vec::new();
    let watch = |town: &Town| {
        let mut month = town.ledger.flows.clone();
        for entry in &town.programs.entries {
            let seen = entry.this_month;
            month.extend([seen.spent_local, seen.spent_outer, seen.collected_local]);
            month.extend([seen.people, seen.firms].map(|n| Money::from_cents(i64::from(n))));
        }
        flows.push(month);
    };
    let town = live(&p, MONTHS, watch);
    (flows, town.ledger.balances.to_vec())
}

/// The default parameters of a kind.
fn defaults(kind: &str) -> toml::Table {
    let file: toml::Table = crate::scenario::DEFAULT.parse().expect("the default file");
    file["policies"][kind].as_table().expect("a table").clone()
}

/// Another value that shows in a small town.
fn other(key: &str, value: &toml::Value) -> Option<String> {
    let other = match (key, value) {
        ("largest_firm", _) => "3".to_owned(),
        ("limit", _) => "300.0".to_owned(),
        ("least_ability", _) => "1.2".to_owned(),
        ("least_age", _) => "60.0".to_owned(),
        ("smallest_firm", _) => "12".to_owned(),
        // A fund that a small town's applicants empty.
        ("budget", value) => format!("{:?}", 0.02 * value.as_float().unwrap_or(0.0)),
        ("exchange" | "fewer_breaches" | "framing", _) => "1.0".to_owned(),
        ("replace_below" | "least_fit" | "signal", _) => "0.0".to_owned(),
        ("hearing" | "literacy_gain", _) => "1.0".to_owned(),
        ("awareness_months", _) => "100.0".to_owned(),
        ("months", _) => "2".to_owned(),
        ("onset_months", _) => "24".to_owned(),
        ("plants", _) => "2".to_owned(),
        ("payer", toml::Value::String(payer)) if payer == "local" => "\"outer\"".to_owned(),
        ("payer", _) => "\"local\"".to_owned(),
        ("sector", toml::Value::String(s)) if s == "retail" => "\"hospitality\"".to_owned(),
        ("sector", _) => "\"retail\"".to_owned(),
        ("oldest_firm", _) => "60".to_owned(),
        ("price", _) => "0.7".to_owned(),
        ("technology", _) => "\"crm\"".to_owned(),
        (_, toml::Value::Float(x)) => format!("{:?}", x * 0.4),
        (_, toml::Value::Integer(n)) => format!("{}", n * 3),
        (_, toml::Value::Boolean(yes)) => format!("{}", !yes),
        _ => return None,
    };
    Some(other)
}

#[test]
fn every_kind_does_something_and_so_does_each_of_its_parameters() {
    let plain = past("").0;
    let mut silent = Vec::new();
    for kind in Lever::KINDS {
        let settings = settings(kind);
        let own = (!settings.is_empty()).then(|| past(settings).0);
        let nothing = own.as_ref().unwrap_or(&plain);
        let entry = format!("{settings}[[timeline]]\nkind = \"{kind}\"\nfrom = 2\n");
        let usual = past(&entry);
        let flows = nothing[0].len();
        if usual
            .0
            .iter()
            .zip(nothing)
            .all(|(a, b)| a[..flows] == b[..flows])
        {
            silent.push((*kind).to_owned());
        }
        for (key, value) in &defaults(kind) {
            let financing = || {
                let payer = defaults(kind)
                    .get("payer")
                    .and_then(|p| p.as_str().map(str::to_owned));
                let local = payer.as_deref() == Some("local") || *kind == "tax_abatement";
                Some(
                    if local {
                        "\"property_tax\""
                    } else {
                        "\"national_tax\""
                    }
                    .to_owned(),
                )
            };
            let changed = if key == "financing" {
                financing()
            } else {
                other(key, value)
            };
            if let Some(other) = changed
                && past(&format!("{entry}{key} = {other}\n")) == usual
            {
                silent.push(format!("{kind}.{key}"));
            }
        }
    }
    silent.retain(|name| EXCEPTIONS.iter().all(|(exception, _)| name != exception));
    assert!(silent.is_empty(), "{silent:?} change nothing");
}

#[test]
fn a_program_without_a_budget_changes_nothing() {
    let nothing = past("");
    for kind in Lever::KINDS {
        if !defaults(kind).contains_key("budget") {
            continue;
        }
        let entry = format!("[[timeline]]\nkind = \"{kind}\"\nfrom = 0\nbudget = 0.0\n");
        assert_eq!(past(&entry).1, nothing.1, "{kind}");
    }
}

#[test]
fn a_program_that_firms_join_reaches_no_fewer_with_twice_the_budget() {
    for kind in ["technology_association", "nudge", "local_marketplace"] {
        let reached = |budget: f64| {
            let p = parameters(&format!(
                "[[timeline]]\nkind = \"{kind}\"\nfrom = 0\nbudget = {budget:.1}\nawareness_months = 1.0\napplication_rate = 1.0\n"
            ));
            let mut firms = 0;
            live(&p, 4, |town| {
                firms += town.programs.entries[0].this_month.firms
            });
            firms
        };
        let (little, much) = (reached(1.0), reached(2.0));
        assert!(little > 0 && much > little, "{kind}: {little} {much}");
    }
}

#[test]
fn two_entries_of_a_kind_combine() {
    let two = |kind: &str, key: &str, a: f64, b: f64| {
        let entry = |x: f64| format!("[[timeline]]\nkind = \"{kind}\"\nfrom = 0\n{key} = {x:?}\n");
        let p = parameters(&(entry(a) + &entry(b)));
        let mut changed = None;
        p.in_force(24, &Default::default(), &mut changed).clone()
    };
    let tariffs = two("tariff", "rate", 0.1, 0.2);
    assert!((tariffs.levels.tariff - 0.3).abs() < 1e-12);
    let mandates = two("human_service_mandate", "replace_below", 0.7, 0.2);
    assert!(mandates.levels.replace_below.iter().all(|&bar| bar == 0.2));
    let giants = two("online_giant_advance", "price_fall", 0.1, 0.5);
    assert!((giants.levels.online_price - 0.45).abs() < 1e-12);
    let waves = two("cyber_wave", "factor", 2.0, 3.0);
    let normal = parameters("").automation.incident_chance;
    assert!((waves.automation.incident_chance / normal - 6.0).abs() < 1e-9);
}

#[test]
fn a_plant_that_closes_takes_its_orders_along() {
    let exports = |lost: f64| {
        let p = parameters(&format!(
            "[[timeline]]\nkind = \"plant_closure\"\nfrom = 3\norders_lost = {lost:?}\n"
        ));
        let mut seen = Vec::new();
        live(&p, 5, |town| {
            seen.push((
                town.markets.exports[2],
                town.programs.entries[0].this_month.firms,
            ));
        });
        seen
    };
    let (kept, lost) = (exports(0.0), exports(1.0));
    assert_eq!(kept[..3], lost[..3]);
    assert_eq!(
        lost.iter().map(|month| month.1).collect::<Vec<_>>(),
        [0, 0, 0, 1, 0]
    );
    assert!(lost[3].0 < kept[3].0 && lost[4].0 < kept[4].0);
}

#[test]
fn a_levy_and_a_duty_collect_what_the_accounts_show() {
    use crate::town::ledger::Flow;
    let p = parameters(
        "[[timeline]]\nkind = \"automation_levy\"\nfrom = 0\n[[timeline]]\nkind = \"tariff\"\nfrom = 0\n",
    );
    let mut collected = [Money::ZERO; 2];
    live(&p, 12, |town| {
        let entries = &town.programs.entries;
        let levy = entries[0].this_month.collected_local;
        let duty = entries[1].this_month.collected_outer;
        assert_eq!(levy, town.ledger.flow(Flow::ChargesLocal));
        assert_eq!(duty, town.ledger.flow(Flow::ImportDuty));
        collected[0] += levy;
        collected[1] += duty;
    });
    assert!(collected.iter().all(|amount| amount.is_positive()));
}

#[test]
fn orders_come_back_in_contracts_and_not_before_a_gain() {
    let contracts = |timeline: &str| {
        let p = parameters(&format!(
            "trade.contract_size = 20000.0\ntrade.contract_months = 6\n{timeline}"
        ));
        let mut won = Vec::new();
        let town = live(&p, 24, |town| {
            won.push(town.markets.contracts.iter().map(|c| c.orders).sum::<f64>());
        });
        (won, town)
    };
    let tariff = "[[timeline]]\nkind = \"tariff\"\nfrom = 6\nrate = 0.5\n";
    let (usual, _) = contracts("");
    let (won, town) = contracts(tariff);
    assert_eq!(usual[..6], won[..6]);
    assert!(won[23] > usual[23]);
    for contract in &town.markets.contracts {
        let row = contract.firm as usize;
        assert_eq!(usize::from(town.firms.sector[row]), 2);
        assert!(contract.months_left <= 6 && contract.orders > 0.0);
    }
}
