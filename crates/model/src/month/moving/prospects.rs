//! What people can expect to earn here and elsewhere: chances of work, pay and benefits by occupation.
//!
//! Elsewhere is a place like this town when it had settled, moved by what the rest of the country shares: its part of
//! the business cycle, the work that technology takes over, and entries of the timeline with a national scope.

use crate::month::planning::{full_need, task_need};
use crate::month::policy::scenario_month;
use crate::scenario::Parameters;
use crate::scenario::parameters::{GovernmentParameters, Lever, Scope};
use crate::town::income::unemployment_benefit;
use crate::town::people::Status;
use crate::town::{Town, Workers};
use crate::units::OCCUPATIONS;

/// Lowest unemployment rate that prospects are counted with.
const LEAST_UNEMPLOYMENT: f64 = 0.002;
/// Months after which jobs have followed 63% of a change of the labor force.
const JOBS_FOLLOW: f64 = 24.0;

/// Prospects in one place.
#[derive(Clone, Debug)]
pub struct Place {
    /// Part of the time somebody settled in an occupation is out of work.
    pub jobless: [f64; OCCUPATIONS],
    /// Months it takes a jobless person to find work, over the horizon, as part of it.
    pub search: [f64; OCCUPATIONS],
    /// Wage of the occupation, dollars a month.
    pub pay: [f64; OCCUPATIONS],
    government: GovernmentParameters,
    minimum_wage: f64,
    /// Paid to every adult, dollars a month.
    basic_income: f64,
}

impl Place {
    fn new(
        unemployment: [f64; OCCUPATIONS],
        pay: [f64; OCCUPATIONS],
        rules: &Rules,
        p: &Parameters,
    ) -> Place {
        let jobless = unemployment.map(|u| u.clamp(LEAST_UNEMPLOYMENT, 0.9));
        // In a steady state spells last `u / (1 − u)` over the chance of losing a job.
        let months = |u: f64| u / (1.0 - u) / p.elsewhere.separation.max(1e-4);
        Place {
            jobless,
            search: jobless.map(|u| (months(u) / p.migration.horizon_months).min(1.0)),
            pay,
            government: rules.government.clone(),
            minimum_wage: rules.minimum_wage,
            basic_income: rules.basic_income,
        }
    }

    /// Income of a person settled here, or of one who has to find work first for `wait` times a search.
    fn income(&self, occupation: usize, skill: f64, wait: f64) -> f64 {
        let at_work = (self.pay[occupation] * skill).max(self.minimum_wage);
        let without = (self.jobless[occupation] + wait * self.search[occupation]).min(1.0);
        let insured = 0.5 * unemployment_benefit(&self.government, at_work, 1);
        let benefit = insured + 0.5 * unemployment_benefit(&self.government, at_work, 0);
        (1.0 - without) * at_work + without * benefit
    }
}

/// Rules that incomes depend on, in one place.
struct Rules {
    government: GovernmentParameters,
    minimum_wage: f64,
    basic_income: f64,
}

impl Rules {
    /// The general rules with entries in force laid over them: of all scopes here, of national ones elsewhere.
    fn of(town: &Town, p: &Parameters, general: &Parameters, is_here: bool) -> Rules {
        let mut rules = Rules {
            government: general.government.clone(),
            minimum_wage: general.labor_market.minimum_wage,
            basic_income: 0.0,
        };
        let Some(month) = scenario_month(town, p) else {
            return rules;
        };
        for (_, policy, _) in p.timeline.in_force(month) {
            if !is_here && policy.scope == Scope::Local {
                continue;
            }
            match &policy.lever {
                Lever::MinimumWage(floor) => {
                    rules.minimum_wage = rules.minimum_wage.max(floor.wage);
                }
                Lever::UnemploymentInsurance(better) => better.improve(&mut rules.government),
                Lever::BasicIncome(income) => rules.basic_income += income.amount,
                _ => {}
            }
        }
        rules
    }
}

/// Prospects here and elsewhere.
#[derive(Clone, Debug)]
pub struct Prospects {
    /// In town.
    pub here: Place,
    /// Elsewhere.
    pub elsewhere: Place,
    /// Log rent in town, relative to elsewhere.
    pub log_rent: f64,
    /// Part of spending that is housing.
    pub housing_share: f64,
    /// Employed people who move without a job in hand.
    without_job: f64,
    pension: f64,
    transfers: f64,
}

impl Prospects {
    /// Prospects as people see them this month.
    pub fn of(town: &Town, p: &Parameters, general: &Parameters) -> Prospects {
        let shift = national_shift(town, p);
        let here = Rules::of(town, p, general, true);
        let there = Rules::of(town, p, general, false);
        let (markets, anchors) = (&town.markets, &town.anchors);
        let growth = |o: usize| town.labor.outside_wage[o] / town.labor.initial_wage[o];
        // Pay elsewhere follows the wage curve.
        let pay = libm::exp(-p.elsewhere.wage_curve_elasticity * shift);
        let away = |o: usize| anchors.unemployment[o] * libm::exp(shift);
        let rent = markets.rent * p.levels.price_level / markets.outside_price.max(1e-9);
        Prospects {
            here: Place::new(
                std::array::from_fn(|o| markets.outlook[o]),
                std::array::from_fn(|o| markets.outlook_pay[o]),
                &here,
                p,
            ),
            elsewhere: Place::new(
                std::array::from_fn(away),
                std::array::from_fn(|o| anchors.pay[o] * growth(o) * pay),
                &there,
                p,
            ),
            log_rent: libm::log(rent.max(1e-9)),
            housing_share: p.households.housing_share,
            without_job: 1.0 - p.elsewhere.job_in_hand,
            pension: p.households.pension,
            transfers: p.households.other_transfers,
        }
    }

    /// Income that a household can expect where it is, in `at`, and after a move, in `to`.
    fn incomes(&self, town: &Town, household: usize, at: &Place, to: &Place) -> [f64; 2] {
        let (households, workers) = (&town.households, &town.workers);
        let property = households.property_income[household].dollars();
        let retired = f64::from(households.pensioners[household]);
        let fixed = property + self.transfers + retired * self.pension;
        let adults = retired + f64::from(households.workers[household]);
        let mut incomes = [
            fixed + adults * at.basic_income,
            fixed + adults * to.basic_income,
        ];
        for worker in households.members(household) {
            let (stay, go) = self.waits(workers, worker);
            let Some((stay, go)) = stay.zip(go) else {
                continue;
            };
            let occupation = usize::from(workers.occupation[worker]);
            let skill = town.labor.profile.general(workers, worker);
            incomes[0] += at.income(occupation, skill, stay);
            incomes[1] += to.income(occupation, skill, go);
        }
        incomes
    }

    /// Searches ahead of somebody who stays and who goes; none for those outside the labor force.
    fn waits(&self, workers: &Workers, worker: usize) -> (Option<f64>, Option<f64>) {
        match workers.status[worker] {
            Status::Employed | Status::Owner => (Some(0.0), Some(self.without_job)),
            Status::Unemployed | Status::Training => (Some(1.0), Some(1.0)),
            Status::Inactive | Status::Away => (None, None),
        }
    }

    /// Log gain of moving away, housing included.
    pub fn gain(&self, town: &Town, household: usize) -> f64 {
        let [stay, go] = self.incomes(town, household, &self.here, &self.elsewhere);
        let rent = if town.households.owns_home[household] {
            0.0
        } else {
            self.housing_share * self.log_rent
        };
        libm::log(go.max(1.0) / stay.max(1.0)) + rent
    }

    /// The same if this town were as elsewhere: what moving itself costs or brings the household.
    pub fn neutral_gain(&self, town: &Town, household: usize) -> f64 {
        let [stay, go] = self.incomes(town, household, &self.elsewhere, &self.elsewhere);
        libm::log(go.max(1.0) / stay.max(1.0))
    }

    /// Log gain of somebody elsewhere who would come here, over the occupations that employers here want.
    pub fn attraction(&self, town: &Town) -> f64 {
        let wait = self.without_job;
        let mut gain = 0.0;
        for occupation in 0..OCCUPATIONS {
            let here = self.here.income(occupation, 1.0, wait) + self.here.basic_income;
            let there = self.elsewhere.income(occupation, 1.0, wait) + self.elsewhere.basic_income;
            gain += town.labor.wanted_mix[occupation] * libm::log(here / there);
        }
        gain - self.housing_share * self.log_rent
    }
}

/// Log change of unemployment elsewhere since the town had settled: the shared part of the cycle, the work that
/// technology takes over there as it does here, and slumps of demand with a national scope.
pub fn national_shift(town: &Town, p: &Parameters) -> f64 {
    let rules = &p.elsewhere;
    let mut demand = rules.cycle_share * town.markets.aggregate_shock;
    if let Some(month) = scenario_month(town, p) {
        for (_, policy, months) in p.timeline.in_force(month) {
            if let (Scope::National, Lever::DemandSlump(slump)) = (policy.scope, &policy.lever) {
                demand += libm::log(slump.left(months).max(0.01));
            }
        }
    }
    let shift = rules.displacement_response * displaced(town, p) - rules.cycle_response * demand;
    (shift + withdrawal(town, p)).clamp(-1.5, 1.5)
}

/// What people who withdraw from the labor force take from unemployment elsewhere, where a basic income is paid there
/// too: all of it at first, as those without work withdraw first; then jobs follow the labor force.
fn withdrawal(town: &Town, p: &Parameters) -> f64 {
    let Some(month) = scenario_month(town, p) else {
        return 0.0;
    };
    let unemployed = town.anchors.reference_unemployment * town.anchors.participation;
    let mut shift = 0.0;
    for (_, policy, months) in p.timeline.in_force(month) {
        if let (Scope::National, Lever::BasicIncome(income)) = (policy.scope, &policy.lever) {
            let withdrawn = income.participation_response * income.amount / 1_000.0;
            let left = 1.0 - p.labor_market.participation_adjustment;
            let closed = libm::pow(left, f64::from(months));
            let jobs_left = libm::exp(-f64::from(months) / JOBS_FOLLOW);
            shift -= withdrawn * (1.0 - closed) * jobs_left / unemployed.max(1e-3);
        }
    }
    shift
}

/// Part of the work of month 0 that technology has taken over, new tasks deducted, by workers.
fn displaced(town: &Town, p: &Parameters) -> f64 {
    let firms = &town.firms;
    let (mut work, mut taken) = (0.0, 0.0);
    for firm in firms.open_rows() {
        let workers = f64::from(firms.workers(firm));
        work += workers;
        taken += workers * (1.0 - task_need(firms, firm, p) / full_need(firms, firm, p));
    }
    if work > 0.0 { taken / work } else { 0.0 }
}

/// What people remember of chances and pay; while the town settles it is also what they will expect elsewhere.
pub fn remember(town: &mut Town, p: &Parameters, is_settling: bool) {
    let (labor, markets, anchors) = (&town.labor, &mut town.markets, &mut town.anchors);
    if markets.outlook.is_empty() {
        markets.outlook = labor.unemployment.clone();
        markets.outlook_pay = labor.wage.clone();
    }
    let weight = p.migration.outlook_adjustment;
    for occupation in 0..OCCUPATIONS {
        let chance = &mut markets.outlook[occupation];
        *chance += weight * (labor.unemployment[occupation] - *chance);
        let pay = &mut markets.outlook_pay[occupation];
        *pay += weight * (labor.wage[occupation] - *pay);
    }
    if is_settling || anchors.unemployment.is_empty() {
        anchors.unemployment = markets.outlook.clone();
        anchors.pay = markets.outlook_pay.clone();
    }
}
