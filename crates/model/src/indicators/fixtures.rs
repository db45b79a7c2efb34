//! Towns built by hand for tests.

use crate::rng::{Draws, Purpose};
use crate::town::Technology;
use crate::town::ledger::Flow;
use crate::town::people::{NO_EMPLOYER, OUTSIDE_OWNER, PUBLIC_EMPLOYER, Status};
use crate::town::{
    Activity, Anchors, Firms, Households, Labor, Ledger, Markets, Posts, Programs, PublicFinance,
    Residents, Town, Workers,
};
use crate::units::{Money, OCCUPATIONS, SECTORS, sector};

use super::{Conventions, SkillGroup};

pub fn dollars(amount: f64) -> Money {
    Money::from_dollars(amount)
}

/// Occupations 0–6 low, 7–14 middle, 15–21 high; property capitalized at 5%.
pub fn conventions() -> Conventions {
    Conventions {
        wealth_return: 0.05,
        equity_return: 0.15,
        skill_group: std::array::from_fn(|occupation| match occupation {
            0..7 => SkillGroup::Low,
            7..15 => SkillGroup::Middle,
            _ => SkillGroup::High,
        }),
        technologies: Vec::new(),
        policies: Vec::new(),
        autonomous_share: 0.7,
        worker_panel: 0,
        early_until: 24,
    }
}

/// A town without people or firms, with prices at 1.
pub fn empty_town() -> Town {
    Town {
        month: 0,
        draws: Draws::new(1, 0),
        workers: Workers::default(),
        households: Households::default(),
        firms: Firms::default(),
        posts: Posts::default(),
        labor: Labor {
            wage: vec![4_000.0; OCCUPATIONS],
            initial_wage: vec![4_000.0; OCCUPATIONS],
            ..Labor::default()
        },
        markets: Markets {
            outside_price: 1.0,
            elsewhere_premium: [1.0; SECTORS],
            sales_tax_factor: [1.0; SECTORS],
            outside_purchasing_power: 1.0,
            offshore_price: 1.0,
            online_price: 1.0,
            house_price: 1.0,
            rent: 1.0,
            price: vec![1.0; SECTORS],
            ..Markets::default()
        },
        ledger: Ledger::open(Money::ZERO, Money::ZERO, Money::ZERO),
        anchors: Anchors::default(),
        technology: Technology::default(),
        programs: Programs::default(),
        residents: Residents::default(),
        finance: PublicFinance::default(),
        activity: Activity::default(),
    }
}

pub fn add_household(town: &mut Town, persons: u8, yearly_income: f32, spending: f32) -> u32 {
    let households = &mut town.households;
    households.resident.push(true);
    households.since.push(0);
    households.owns_home.push(true);
    households
        .first_worker
        .push(town.workers.household.len() as u32);
    households.workers.push(0);
    households.persons.push(persons);
    households.deposits.push(Money::ZERO);
    households.yearly_income.push(yearly_income);
    households.smoothed_income.push(yearly_income / 12.0);
    households.smoothed_spending.push(spending);
    households.property_income.push(Money::ZERO);
    (households.len() - 1) as u32
}

/// Adds a person of working age to the newest household.
pub fn add_worker(town: &mut Town, occupation: u8, status: Status, employer: u32, wage: f64) {
    let household = town.households.len() - 1;
    town.households.workers[household] += 1;
    let workers = &mut town.workers;
    workers.household.push(household as u32);
    workers.occupation.push(occupation);
    workers.status.push(status);
    workers.employer.push(employer);
    workers.wage.push(dollars(wage));
    workers.months.push(0);
}

/// Three workers, two households, one shop. The first household runs the shop with one employee; the second
/// lives on unemployment insurance.
pub fn tiny_town() -> Town {
    let mut town = empty_town();
    let shop = town.firms.push_row();
    let family = add_household(&mut town, 3, 90_000.0, 6_000.0);
    add_worker(&mut town, 15, Status::Owner, shop, 3_000.0);
    add_worker(&mut town, 3, Status::Employed, shop, 4_000.0);
    add_household(&mut town, 1, 10_000.0, 1_500.0);
    add_worker(&mut town, 8, Status::Unemployed, NO_EMPLOYER, 0.0);
    town.workers.months[2] = 8;
    town.households.deposits[0] = dollars(10_000.0);
    town.households.property_income[0] = dollars(100.0);

    let firms = &mut town.firms;
    firms.uid[0] = 77;
    firms.open[0] = true;
    firms.sector[0] = sector::RETAIL as u8;
    firms.owner[0] = family;
    firms.owner_worker[0] = 0;
    firms.age[0] = 240;
    firms.staff[0] = 1;
    firms.wage_bill[0] = dollars(4_000.0);
    firms.capacity[0] = 20_000.0;
    firms.output[0] = 10_900.0;
    firms.markup[0] = 0.2;
    firms.cash[0] = dollars(8_000.0);
    firms.loan[0] = dollars(2_000.0);
    firms.profit[0] = 545.0;
    firms.margin[0] = 0.05;
    firms.smoothed_sales[0] = 10_900.0;

    town.posts.firm = vec![shop, PUBLIC_EMPLOYER];
    town.ledger = Ledger::open(dollars(10_000.0), dollars(8_000.0), dollars(2_000.0));
    live_tiny_month(&mut town);
    town
}

/// Records one month of the tiny town's payments and doings. Balances move in the ledger alone.
pub fn live_tiny_month(town: &mut Town) {
    town.ledger.begin_month();
    town.activity.clear();
    for (flow, amount) in [
        (Flow::Wages, 4_000.0),
        (Flow::OwnerDraws, 3_000.0),
        (Flow::EmployerPayrollTax, 536.0),
        (Flow::UnemploymentInsurance, 1_200.0),
        (Flow::PropertyIncome, 100.0),
        (Flow::IncomeTax, 700.0),
        (Flow::ConsumptionLocal, 5_000.0),
        (Flow::ConsumptionOutside, 1_000.0),
        (Flow::ConsumptionOnline, 500.0),
        (Flow::HousingLocal, 200.0),
        (Flow::HousingOutside, 700.0),
        (Flow::HousingTax, 100.0),
        (Flow::SalesTax, 300.0),
        (Flow::InputsOutside, 1_000.0),
        (Flow::OverheadTax, 50.0),
        (Flow::Exports, 6_000.0),
        (Flow::Interest, 14.0),
    ] {
        town.ledger.record(flow, dollars(amount));
    }
    let activity = &mut town.activity;
    activity.hires[3] = 1;
    activity.hired_from_unemployment = 1;
    activity.quits = 1;
    activity.seekers = 2;
    activity.open_posts[3] = 2;
    activity.insured = 1;
    activity.consumption_local[sector::RETAIL] = dollars(4_000.0);
    activity.consumption_local[sector::HOSPITALITY] = dollars(1_000.0);
    activity.consumption_outside[sector::RETAIL] = dollars(600.0);
    activity.consumption_outside[sector::HOSPITALITY] = dollars(400.0);
    activity.consumption_online[sector::RETAIL] = dollars(500.0);
    activity.consumption_chains = dollars(1_000.0);
    activity.unserved = dollars(100.0);
    activity.sales[sector::RETAIL] = dollars(10_900.0);
    activity.exports[sector::RETAIL] = dollars(6_000.0);
    town.markets.price[sector::HOSPITALITY] = 1.25;
    town.month += 1;
}

/// A town of `households` with drawn incomes, members and firms: for comparing fast measures with plain ones.
pub fn drawn_town(households: u32) -> Town {
    let mut town = empty_town();
    let draws = Draws::new(7, 0);
    let draw =
        |agent: u32, number| draws.uniform(agent.into(), 0, Purpose::SynthesisWorker, number);
    let firms = households / 10;
    for firm in 0..firms {
        let row = town.firms.push_row() as usize;
        town.firms.uid[row] = u64::from(firms - firm);
        town.firms.open[row] = draw(firm, 20) < 0.95;
        town.firms.sector[row] = (firm as usize % SECTORS) as u8;
        town.firms.owner[row] = if draw(firm, 21) < 0.2 {
            OUTSIDE_OWNER
        } else {
            firm
        };
        town.firms.staff[row] = (1.0 / draw(firm, 22)) as u32;
        town.firms.wage_bill[row] = dollars(4_000.0);
        town.firms.output[row] = 10_000.0 * draw(firm, 23);
        town.firms.capacity[row] = 11_000.0;
        town.firms.smoothed_sales[row] = 10_000.0 * draw(firm, 24);
        town.firms.margin[row] = draw(firm, 25) - 0.4;
        town.firms.cash[row] = dollars(50_000.0 * draw(firm, 26));
        town.firms.loan[row] = dollars(40_000.0 * draw(firm, 27));
    }
    for household in 0..households {
        let income = 20_000.0 / draw(household, 0);
        let persons = 1 + (5.0 * draw(household, 1)) as u8;
        add_household(&mut town, persons, income as f32, (income / 20.0) as f32);
        let row = household as usize;
        town.households.resident[row] = draw(household, 2) < 0.9;
        town.households.deposits[row] = dollars(20_000.0 * (draw(household, 3) - 0.1));
        town.households.property_income[row] = dollars(300.0 * draw(household, 4));
        for member in 0..1 + household % 2 {
            let occupation = (22.0 * draw(household, 5 + member)) as u8;
            let status = match (20.0 * draw(household, 8 + member)) as u32 {
                0 => Status::Unemployed,
                1 => Status::Inactive,
                2 => Status::Away,
                3 => Status::Owner,
                _ => Status::Employed,
            };
            let wage = 2_000.0 / draw(household, 11 + member);
            let employer = (f64::from(firms) * draw(household, 14 + member)) as u32;
            add_worker(&mut town, occupation, status, employer, wage);
        }
    }
    town
}
