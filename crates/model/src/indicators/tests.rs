use super::fixtures::{conventions, drawn_town, tiny_town};
use super::tables::{DecileYear, JobFlows, SizeClassYear, deciles};
use super::*;
use crate::stats;
use crate::town::people::Status;
use crate::units::{SECTORS, sector};

fn measured(town: &Town) -> MonthIndicators {
    measure(town, &conventions(), &mut MeasureScratch::default())
}

fn assert_close(found: f64, expected: f64) {
    assert!(
        (found - expected).abs() <= 1e-6 * expected.abs().max(1e-3),
        "found {found}, expected {expected}"
    );
}

fn bits(indicators: &MonthIndicators) -> Vec<u64> {
    indicators.values().map(f64::to_bits).collect()
}

#[test]
fn definitions_are_complete_and_names_unique() {
    let mut names: Vec<&str> = MonthIndicators::definitions().map(|d| d.name).collect();
    names.sort_unstable();
    assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "{names:?}");
    let rows = [
        tables::SectorMonth::DEFINITIONS,
        tables::OccupationMonth::DEFINITIONS,
        DecileYear::DEFINITIONS,
        SizeClassYear::DEFINITIONS,
        JobFlows::DEFINITIONS,
    ];
    for definition in MonthIndicators::definitions().chain(rows.into_iter().flatten()) {
        let Definition {
            name, unit, text, ..
        } = definition;
        assert!(!unit.is_empty() && text.ends_with('.'), "{name}: {text}");
        assert!(
            name.chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'),
            "{name}"
        );
    }
    assert_eq!(measured(&tiny_town()).values().count(), names.len());
}

#[test]
fn jobs_of_the_tiny_town() {
    let jobs = measured(&tiny_town()).jobs;
    assert_eq!(jobs.residents, 4.0);
    assert_eq!(jobs.labor_force, 3.0);
    assert_eq!(
        (jobs.employment, jobs.employees, jobs.owners),
        (2.0, 1.0, 1.0)
    );
    assert_close(jobs.unemployment_rate, 1.0 / 3.0);
    assert_close(jobs.employment_rate, 2.0 / 3.0);
    assert_eq!(jobs.participation_rate, 1.0);
    assert_close(jobs.vacancy_rate, 2.0 / 3.0);
    assert_eq!((jobs.hires_rate, jobs.separations_rate), (1.0, 1.0));
    assert_eq!(jobs.job_finding_rate, 0.5);
    assert_eq!(jobs.long_term_unemployed_share, 1.0);
    assert_eq!(jobs.mean_unemployment_months, 8.0);
    assert_eq!((jobs.smb_jobs, jobs.jobs_per_smb), (2.0, 2.0));
    assert_eq!((jobs.mean_wage, jobs.wage_p50), (4_000.0, 4_000.0));
    // The employee's occupation 3 is in the low group; the owner counts in none.
    let shares = [
        jobs.low_skill_share,
        jobs.middle_skill_share,
        jobs.high_skill_share,
    ];
    assert_eq!(shares, [1.0, 0.0, 0.0]);
}

#[test]
fn unemployment_is_long_term_only_beyond_six_months() {
    let mut town = tiny_town();
    town.workers.months[2] = 6;
    assert_eq!(measured(&town).jobs.long_term_unemployed_share, 0.0);
}

#[test]
fn spending_of_the_tiny_town() {
    let spending = measured(&tiny_town()).spending;
    assert_eq!(spending.consumption, 7_500.0);
    assert_eq!(spending.housing_spending, 1_000.0);
    assert_close(spending.local_share, 5_000.0 / 6_500.0);
    assert_close(spending.online_share, 500.0 / 6_500.0);
    assert_close(spending.online_share_retail, 500.0 / 5_100.0);
    assert_close(spending.retail_leakage, 1_100.0 / 5_100.0);
    assert_eq!(spending.chains_share, 0.2);
    assert_eq!((spending.exports, spending.output), (6_000.0, 10_900.0));
    // $1,000 in restaurants at a price of 1.25 buys 800 at month-0 prices.
    assert_close(spending.price_index, 5_000.0 / 4_800.0);
    assert_close(spending.consumer_price_index, 6_500.0 / 6_300.0);
    assert_close(spending.consumption_real, 7_500.0 * 6_300.0 / 6_500.0);
    assert_eq!(spending.business_local_share, 0.0);
    // 4,000 + 3,000 + 1,200 + 100 − 700 of disposable income.
    assert_close(spending.propensity_to_consume, 7_500.0 / 7_600.0);
}

#[test]
fn inequality_of_the_tiny_town() {
    let inequality = measured(&tiny_town()).inequality;
    assert_close(inequality.gini_income, 0.4);
    // 10,000 + 12 · 100 / .05 + (8,000 − 2,000) against nothing.
    assert_close(inequality.gini_wealth, 0.5);
    assert_close(inequality.gini_consumption, 0.3);
    assert_close(inequality.median_income, 50_000.0);
    assert_close(inequality.income_p90_p10, 82_000.0 / 18_000.0);
    // One of four persons: 10,000 against half of 90,000 / √3.
    assert_eq!(inequality.poverty_rate, 0.25);
    assert_close(inequality.labor_share, 7_536.0 / 9_900.0);
    assert!(inequality.wage_theil.abs() < 1e-12);
    let rows = deciles(&tiny_town(), &conventions());
    // Half of the first household's wealth, the shop at its smoothed profits over .2 in it.
    assert_eq!((rows[0].income, rows[5].wealth), (10_000.0, 77_600.0));
    assert_eq!((rows[0].income_share, rows[9].households), (0.1, 0.0));
}

#[test]
fn business_and_accounts_of_the_tiny_town() {
    let MonthIndicators {
        business, accounts, ..
    } = measured(&tiny_town());
    assert_eq!((business.firms, business.smb_firms), (1.0, 1.0));
    assert_eq!(business.mean_firm_size, 2.0);
    assert_close(business.concentration, 1.0);
    assert_close(
        business.profit_margin,
        (9_900.0 - 7_536.0 - 50.0 - 14.0) / 10_900.0,
    );
    assert_close(business.median_margin, 0.05);
    assert_close(business.markup, 0.2);
    assert_close(business.utilization, 0.545);
    assert_close(business.rationing, 100.0 / 11_000.0);
    assert!(business.productivity_dispersion.is_nan());
    assert_eq!(accounts.value_added, 9_900.0);
    assert_eq!(accounts.disposable_income, 7_600.0);
    assert_eq!(
        (accounts.firm_cash, accounts.firm_loans),
        (8_000.0, 2_000.0)
    );
    assert_eq!(accounts.deposits, 10_000.0 + 7_600.0 - 7_500.0);
    assert_eq!(
        (accounts.local_revenue, accounts.local_balance),
        (450.0, 450.0)
    );
    assert_eq!(accounts.outer_net, 1_200.0 - 536.0 - 700.0);
}

#[test]
fn profits_wages_and_taxes_use_up_value_added() {
    let town = tiny_town();
    let accounts = measured(&town).accounts;
    // Firms' cash changes by their profits in a month without loans, dividends or profit tax.
    let change = town
        .ledger
        .balance(crate::town::ledger::Account::Firms)
        .dollars()
        - 8_000.0;
    assert_close(accounts.profits, change);
}

#[test]
fn measuring_twice_gives_the_same_and_changes_nothing() {
    let town = drawn_town(3_000);
    let before = format!("{town:?}");
    let mut scratch = MeasureScratch::default();
    let first = measure(&town, &conventions(), &mut scratch);
    measure(&tiny_town(), &conventions(), &mut scratch);
    let again = measure(&town, &conventions(), &mut scratch);
    assert_eq!(bits(&first), bits(&again));
    assert_eq!(before, format!("{town:?}"));
}

#[test]
fn threads_do_not_change_a_bit() {
    let town = drawn_town(3_000);
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        bits(
            &pool
                .expect("threads can be started")
                .install(|| measured(&town)),
        )
    };
    assert_eq!(on(1), on(2));
    assert_eq!(on(1), on(8));
}

#[test]
fn fast_measures_agree_with_plain_ones() {
    let town = drawn_town(3_000);
    let found = measured(&town);
    let households = &town.households;
    let residents = || (0..households.len()).filter(|&h| households.resident[h]);
    let incomes: Vec<f64> = residents()
        .map(|h| households.yearly_income[h].into())
        .collect();
    assert_close(found.inequality.gini_income, stats::gini(&incomes));
    assert_close(found.inequality.palma, stats::palma(&incomes));
    assert_close(
        found.inequality.top_1_income_share,
        stats::top_share(&incomes, 0.01),
    );
    assert_close(
        found.inequality.income_p90_p50,
        stats::percentile_ratio(&incomes, 0.9, 0.5),
    );

    let wealth = |h: usize| {
        let owned = |&f: &usize| town.firms.open[f] && town.firms.owner[f] == h as u32;
        let equity = (0..town.firms.len())
            .filter(owned)
            .map(|f| (town.firms.cash[f] - town.firms.loan[f]).dollars().max(0.0));
        let property = households.property_income[h].dollars() * 12.0 / 0.05;
        households.deposits[h].dollars() + property + equity.sum::<f64>()
    };
    let wealth: Vec<f64> = residents().map(wealth).collect();
    assert!(wealth.iter().any(|&w| w < 0.0), "debts are covered");
    assert_close(found.inequality.gini_wealth, stats::gini_signed(&wealth));

    let workers = &town.workers;
    let employees: Vec<usize> = (0..workers.len())
        .filter(|&w| workers.status[w] == Status::Employed)
        .collect();
    let wages: Vec<f64> = employees
        .iter()
        .map(|&w| workers.wage[w].dollars())
        .collect();
    let groups: Vec<usize> = employees
        .iter()
        .map(|&w| conventions().skill_group[workers.occupation[w] as usize] as usize)
        .collect();
    let theil = stats::theil_by_group(&wages, &groups).expect("wages are positive");
    assert_close(found.inequality.wage_theil, theil.total);
    assert_close(found.inequality.wage_theil_within, theil.within);
    assert_close(found.inequality.wage_theil_between, theil.between);
    assert_close(found.jobs.wage_p90, stats::quantile(&wages, 0.9));
    assert_close(found.jobs.mean_wage, stats::mean(&wages));
    assert_close(unemployment_rate(&town), found.jobs.unemployment_rate);
}

#[test]
fn concentration_and_dispersion_agree_with_plain_ones() {
    let town = drawn_town(3_000);
    let business = measured(&town).business;
    let firms = &town.firms;
    let (mut weighted, mut all, mut squares, mut freedom) = (0.0, 0.0, 0.0, 0.0);
    for s in 0..SECTORS {
        let members: Vec<usize> = firms
            .open_rows()
            .filter(|&f| firms.sector[f] == s as u8)
            .collect();
        let sales: Vec<f64> = members.iter().map(|&f| firms.smoothed_sales[f]).collect();
        weighted += stats::herfindahl(&sales) * stats::sum(&sales);
        all += stats::sum(&sales);
        let productivity: Vec<f64> = (members.iter().filter(|&&f| firms.workers(f) > 0))
            .map(|&f| libm::log(firms.output[f] / f64::from(firms.workers(f))))
            .collect();
        let spare = productivity.len() as f64 - 1.0;
        squares += stats::variance(&productivity) * spare;
        freedom += spare;
    }
    assert_close(business.concentration, weighted / all);
    assert_close(business.productivity_dispersion, (squares / freedom).sqrt());
}

#[test]
fn a_corrupted_state_is_unsound() {
    type Corruption = fn(&mut Town);
    let corruptions: [(Corruption, &str); 7] = [
        (|town| town.firms.output[0] = f64::NAN, "output_real"),
        (|town| town.firms.capacity[0] = f64::INFINITY, "utilization"),
        (|town| town.firms.margin[0] = f64::NAN, "median_margin"),
        (
            |town| town.markets.price[sector::RETAIL] = 0.0,
            "consumption_real",
        ),
        (
            |town| town.markets.online_price = f64::NAN,
            "consumption_real",
        ),
        (
            |town| town.households.yearly_income[0] = f32::NAN,
            "gini_income",
        ),
        (
            |town| town.households.smoothed_spending[1] = f32::INFINITY,
            "gini_consumption",
        ),
    ];
    for (corrupt, name) in corruptions {
        let mut town = tiny_town();
        corrupt(&mut town);
        let month = record(&town, &conventions(), &mut MeasureScratch::default());
        assert_eq!(month.first_unsound(), Some(name));
    }
}

#[test]
fn a_town_where_nobody_searches_is_sound() {
    let mut town = tiny_town();
    town.workers.status[2] = Status::Inactive;
    town.activity.seekers = 0;
    let indicators = measured(&town);
    assert!(indicators.jobs.job_finding_rate.is_nan());
    assert!(indicators.jobs.mean_unemployment_months.is_nan());
    assert_eq!(indicators.first_unsound(), None);
}
