mod business;
mod costs;
mod loans;

use crate::month::{Scratch, advance, planning, staffing};
use crate::rng::Draws;
use crate::scenario::Parameters;
use crate::town::synthesis::fixtures::preset;
use crate::town::synthesis::synthesize;
use crate::town::technology::{Holding, Mode, Outcome};
use crate::town::{Town, Workers};
use crate::units::{VALUES, value};

use super::{aided, effects, initialize, price_basis, values};

const BURN_IN: u32 = 4;

/// A small town with a short burn-in.
fn parameters(residents: u32) -> Parameters {
    let mut p = preset("main_street", residents);
    p.run.burn_in_months = BURN_IN;
    p
}

/// Parameters under which firms review often and take most offers.
fn eager(residents: u32) -> Parameters {
    let mut p = parameters(residents);
    p.automation.review_chance = 0.5;
    p.automation.adoption_threshold = 1.0;
    p
}

fn start(p: &Parameters, seed: u64) -> Town {
    let mut town = synthesize(p, Draws::new(seed, 0)).expect("the preset closes");
    initialize(&mut town, p);
    town
}

/// The town after `months` beyond the burn-in, and every project that ended.
fn live(p: &Parameters, seed: u64, months: u32) -> (Town, Vec<(Outcome, f64)>) {
    let mut town = start(p, seed);
    let mut scratch = Scratch::default();
    let mut ended = Vec::new();
    for _ in 0..BURN_IN + months {
        advance(&mut town, p, &mut scratch).expect("accounts close");
        let finished = town.technology.finished.iter();
        ended.extend(finished.map(|f| (f.outcome, f64::from(f.project.ratio))));
    }
    (town, ended)
}

/// The same state without its technology, as bytes.
fn economy(town: &Town) -> Vec<u8> {
    let mut town = town.clone();
    town.technology = Default::default();
    postcard::to_allocvec(&town).expect("a town can be written")
}

fn users(town: &Town) -> usize {
    let holdings = town.technology.holdings.iter();
    holdings.filter(|h| h.stage > h.initial).count()
}

/// A local firm of a sector with staff, holding one technology at full integration and nothing else.
fn equip(town: &mut Town, p: &Parameters, sector: usize, id: &str, mode: Mode) -> usize {
    let firms = &town.firms;
    let firm = firms
        .open_rows()
        .filter(|&f| firms.sector[f] as usize == sector && firms.is_local(f))
        .max_by_key(|&f| firms.staff[f])
        .expect("the sector has a firm");
    let kinds = town.technology.kinds;
    town.technology.holdings[firm * kinds..(firm + 1) * kinds].fill(Holding::default());
    let kind = p.technologies.position(id).expect("it is in the catalogue");
    town.technology.holdings[firm * kinds + kind] = Holding {
        stage: 3,
        initial: 0,
        mode,
        level: 1.0,
        belief: 0.5,
        ..Holding::default()
    };
    effects::refresh(&mut town.technology, &mut town.firms, firm, p, 0.0);
    firm
}

const RETAIL: usize = crate::units::sector::RETAIL;

#[test]
fn a_town_in_which_nobody_adopts_is_the_town_without_technology_to_the_byte() {
    let mut still = parameters(2_000);
    let a = &mut still.automation;
    (a.review_chance, a.entrant_adoption) = (0.0, 0.0);
    (a.incident_chance, a.screening_bias, a.age_taste) = (0.0, 0.0, 0.0);
    (a.outside_appeal_gain, a.outside_price_fall) = (0.0, 0.0);
    let (with, ended) = live(&still, 3, 12);
    assert!(ended.is_empty() && with.technology.is_on());
    still.automation.enabled = false;
    let (without, _) = live(&still, 3, 12);
    assert!(!without.technology.is_on());
    assert!(
        economy(&with) == economy(&without),
        "effects are not neutral"
    );
}

#[test]
fn results_do_not_depend_on_the_number_of_threads() {
    let p = eager(2_000);
    let bytes = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        let run = || postcard::to_allocvec(&live(&p, 5, 12).0).expect("a town can be written");
        pool.expect("threads can be started").install(run)
    };
    assert!(bytes(1) == bytes(3));
}

#[test]
fn accounts_close_while_everything_happens_at_once() {
    let mut p = eager(3_000);
    p.automation.incident_chance = 0.2;
    p.automation.productivity = false;
    let (town, ended) = live(&p, 7, 18);
    assert!(ended.len() > 20 && users(&town) > 20);
    p.automation.productivity = true;
    p.automation.displacement = false;
    live(&p, 7, 18);
}

#[test]
fn displacement_alone_takes_work_and_leaves_costs() {
    let mut p = parameters(2_000);
    p.automation.productivity = false;
    p.automation.reinstatement = false;
    p.automation.saving_to_prices = 1.0;
    let mut town = start(&p, 1);
    let firm = equip(&mut town, &p, RETAIL, "ai", Mode::Replace);
    let e = town.technology.effects(firm);
    assert!(e.labor_saved > 0.02, "{}", e.labor_saved);
    let need = planning::task_need(&town.firms, firm, &p);
    assert!((1.0 - need - e.labor_saved).abs() < 1e-5);
    // What the freed labor cost is paid out again as rent.
    let labor = planning::labor_unit_cost(&town.firms, firm, &p, 0.0).expect("it has staff");
    let per_output = labor / (town.firms.productivity[firm] * p.firms.normal_utilization);
    assert!((e.rent - per_output * e.labor_saved).abs() < 1e-9);
    assert_eq!((e.overhead_relief, e.novice_aid), (0.0, 0.0));
}

#[test]
fn productivity_without_displacement_leaves_work_and_lowers_costs() {
    let mut p = parameters(2_000);
    p.automation.displacement = false;
    p.automation.reinstatement = false;
    let mut town = start(&p, 1);
    let firm = equip(&mut town, &p, RETAIL, "ai", Mode::Replace);
    let e = town.technology.effects(firm);
    assert_eq!(e.labor_saved, 0.0);
    assert!(e.overhead_relief > 0.0 && e.rent == 0.0);
    assert!(town.firms.automated[firm].iter().all(|&a| a == 0.0));
}

#[test]
fn reinstatement_creates_the_tasks_of_the_catalogue_and_nothing_else() {
    let mut p = parameters(2_000);
    p.automation.displacement = false;
    let mut town = start(&p, 1);
    let firm = equip(&mut town, &p, RETAIL, "ai", Mode::Augment);
    let shares = &p.sectors[RETAIL].task_shares;
    let kind = p.technologies.position("ai").expect("it is there");
    let new = &p.technologies[kind].new_tasks;
    let expected: f64 = shares.iter().zip(new).map(|(s, n)| s * n).sum();
    assert!((town.technology.effects(firm).created - expected).abs() < 1e-9);
    p.automation.reinstatement = false;
    effects::refresh(&mut town.technology, &mut town.firms, firm, &p, 0.0);
    assert_eq!(town.technology.effects(firm).created, 0.0);
}

#[test]
fn zero_pass_through_leaves_the_basis_of_the_price() {
    let mut p = parameters(2_000);
    p.automation.saving_to_prices = 0.0;
    let mut town = start(&p, 1);
    let firm = equip(&mut town, &p, RETAIL, "ai", Mode::Replace);
    town.technology.firms[firm].split = values::split(&[0.2; VALUES], &p);
    let need =
        planning::task_need(&town.firms, firm, &p) / planning::full_need(&town.firms, firm, &p);
    let basis = price_basis(&town.technology, &town.firms, firm, &p);
    assert!((basis.labor_factor * need - 1.0).abs() < 1e-9);
    assert_eq!((basis.overhead_factor, basis.technology_cost), (1.0, 0.0));
    p.automation.saving_to_prices = 1.0;
    p.automation.saving_to_pay = 0.0;
    p.automation.saving_to_reinvestment = 0.0;
    p.automation.saving_to_owner_hours = 0.0;
    p.automation.price_rivalry = 0.0;
    town.technology.firms[firm].split = values::split(&[0.2; VALUES], &p);
    let basis = price_basis(&town.technology, &town.firms, firm, &p);
    assert!(
        (basis.labor_factor - 1.0).abs() < 1e-9,
        "the whole saving is passed on"
    );
    assert!(basis.technology_cost > 0.0);
}

#[test]
fn assisting_keeps_contact_with_customers_and_more_of_the_work() {
    let p = parameters(2_000);
    let mut town = start(&p, 1);
    let firm = equip(&mut town, &p, RETAIL, "ai", Mode::Replace);
    let replace = *town.technology.effects(firm);
    equip(&mut town, &p, RETAIL, "ai", Mode::Augment);
    let augment = *town.technology.effects(firm);
    assert!(replace.contact < 1.0 && augment.contact > 1.0);
    assert!(augment.labor_saved < replace.labor_saved && augment.kept > 0.0);
    assert!(augment.quits < 1.0 && replace.quits > 1.0);
}

#[test]
fn cognitive_technology_spares_occupations_that_routine_technology_hits() {
    let p = parameters(2_000);
    let mut town = start(&p, 1);
    let sector = crate::units::sector::MANUFACTURING;
    let (production, business) = (20, 1);
    let firm = equip(&mut town, &p, sector, "robotics", Mode::Replace);
    let robots = staffing::wanted_mix(&town.firms, firm, &p);
    equip(&mut town, &p, sector, "ai", Mode::Replace);
    let ai = staffing::wanted_mix(&town.firms, firm, &p);
    let usual = &p.sectors[sector].occupations;
    assert!(robots[production] < usual[production] && ai[production] > usual[production]);
    assert!(ai[business] < robots[business]);
}

#[test]
fn aid_lifts_the_novice_and_not_the_expert() {
    let p = parameters(2_000);
    let mut workers = Workers::default();
    for (months, fit) in [(0u16, 1.0f32), (240, 1.0), (240, 0.6)] {
        workers.occupation.push(16);
        workers.months.push(months);
        workers.fit.push(fit);
    }
    let exposed = p.occupations[16].cognitive_exposure;
    assert!((aided(&workers, 0, 0.3, &p) - (1.0 + 0.3 * exposed)).abs() < 1e-9);
    assert_eq!(aided(&workers, 1, 0.3, &p), 1.0);
    assert!(aided(&workers, 2, 0.3, &p) > 1.05);
}

#[test]
fn strategy_raises_what_projects_realize() {
    let mut p = eager(4_000);
    p.automation.strategy_spread = 0.0;
    let mut mean = |strategy: f64| {
        p.automation.strategy_mean = strategy;
        let ended = live(&p, 11, 18).1;
        assert!(ended.len() > 50);
        ended.iter().map(|(_, ratio)| ratio).sum::<f64>() / ended.len() as f64
    };
    let (without, with) = (mean(0.0), mean(1.0));
    assert!(with > without + 0.2, "{without} {with}");
}

#[test]
fn fit_alone_raises_what_projects_realize() {
    let mut p = eager(4_000);
    p.automation.outcome_strategy = 0.0;
    p.automation.outcome_sd = 0.0;
    let (town, _) = live(&p, 11, 12);
    let running = || town.technology.firms.iter().filter_map(|row| row.project);
    let mean = |low: f32, high: f32| {
        let such = running().filter(|q| q.fit >= low && q.fit < high);
        let ratios: Vec<f64> = such.map(|q| f64::from(q.ratio)).collect();
        assert!(ratios.len() >= 5);
        ratios.iter().sum::<f64>() / ratios.len() as f64
    };
    assert!(mean(0.7, 1.1) > mean(0.0, 0.5));
}

#[test]
fn peers_spread_technology() {
    let mut p = eager(4_000);
    p.automation.initial_awareness = 0.0;
    let (with, _) = live(&p, 13, 18);
    p.automation.awareness_peers = 0.0;
    p.automation.peer_weight = 0.0;
    let (without, _) = live(&p, 13, 18);
    assert!(users(&with) > users(&without) + 10);
}

#[test]
fn nobody_uses_a_technology_without_its_prerequisites() {
    let p = eager(3_000);
    let (town, _) = live(&p, 17, 24);
    let saas = p.technologies.position("saas").expect("it is there");
    let (mut checked, kinds) = (0, town.technology.kinds);
    for firm in town.firms.open_rows() {
        let holdings = town.technology.of(firm);
        for kind in (0..kinds).filter(|&k| k != saas && holdings[k].stage > 0) {
            // A start-up may open with the tools of its day, one by one.
            if holdings[kind].stage > holdings[kind].initial && town.firms.age[firm] > 24 {
                assert!(holdings[saas].stage > 0);
                checked += 1;
            }
        }
    }
    assert!(checked > 20);
}

#[test]
fn values_move_savings_and_a_technology_added_by_the_user_is_used() {
    let mut p = eager(4_000);
    let mut empowering = [0.1; VALUES];
    empowering[value::EMPOWERMENT] = 0.6;
    let split = values::split(&empowering, &p);
    assert!(split.pay > values::split(&[0.2; VALUES], &p).pay);
    assert!(split.prices + split.pay + split.reinvestment + split.owner_hours <= 1.0);

    let mut mine = p.technologies[0].clone();
    mine.title = "Mine".to_owned();
    mine.initial_share = 0.0;
    p.technologies
        .add("mine".to_owned(), mine)
        .expect("there is room");
    let (town, _) = live(&p, 19, 24);
    let mine = town.technology.kinds - 1;
    let used = |firm: usize| town.technology.of(firm)[mine].stage > 0;
    assert!(town.firms.open_rows().any(used));
}

#[test]
fn incidents_follow_exposure_and_waves() {
    let mut p = parameters(3_000);
    p.automation.review_chance = 0.0;
    p.automation.incident_chance = 0.02;
    let count = |p: &Parameters| {
        let mut town = start(p, 23);
        let mut scratch = Scratch::default();
        let mut incidents = 0;
        for _ in 0..BURN_IN + 12 {
            advance(&mut town, p, &mut scratch).expect("accounts close");
            incidents += town.technology.counts.incidents;
        }
        incidents
    };
    let normal = count(&p);
    p.automation.wave_months = 12;
    p.automation.wave_factor = 8.0;
    let wave = count(&p);
    p.automation.incident_chance = 0.0;
    assert!(normal > 0 && wave > 3 * normal, "{normal} {wave}");
    assert_eq!(count(&p), 0);
}

#[test]
fn shared_savings_raise_pay() {
    let mut p = eager(3_000);
    p.automation.saving_to_prices = 0.0;
    p.automation.saving_to_pay = 0.9;
    let mean = |p: &Parameters| {
        let town = live(p, 29, 24).0;
        let open: Vec<usize> = town.firms.open_rows().collect();
        let sum: f64 = open
            .iter()
            .map(|&f| town.technology.firms[f].pay_multiplier)
            .sum();
        sum / open.len() as f64
    };
    let shared = mean(&p);
    p.automation.saving_to_pay = 0.0;
    assert!(shared > 1.005 && mean(&p) == 1.0);
}
