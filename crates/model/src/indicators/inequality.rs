//! Inequality: how income, wealth, spending and pay are spread over households and workers.

use crate::town::people::OUTSIDE_OWNER;
use crate::town::{Firms, Households};

use super::Conventions;
use super::accounts::Totals;
use super::definition::{measures, percentile_ratio, ratio};
use super::ordering::{Distribution, Weighted};
use super::workforce::{OccupationCount, Workforce};

measures! {
    /// Spread of income, wealth, spending and pay; poverty; labor's share.
    Inequality, "inequality" {
        gini_income ["index, 0 to 1"] "Gini coefficient of households' gross money income, yearly rate." empty if "no household lives in town",
        gini_wealth ["index, 0 to 1"] "Gini coefficient of households' wealth: deposits, property income capitalized at the scenario's wealth return, and owners' equity in firms (smoothed profit capitalized at the return that owners ask, or cash less debt where that is more)." empty if "households own nothing",
        gini_consumption ["index, 0 to 1"] "Gini coefficient of households' spending, smoothed over a year." empty if "nothing is spent",
        income_p90_p10 ["ratio"] "Ninetieth over tenth percentile of households' gross income." empty if "the poorest tenth have no income",
        income_p90_p50 ["ratio"] "Ninetieth percentile of households' gross income over the median." empty if "half the households have no income",
        income_p50_p10 ["ratio"] "Median of households' gross income over the tenth percentile." empty if "the poorest tenth have no income",
        median_income ["dollars a year"] "Median gross income of households." empty if "no household lives in town",
        top_10_income_share ["share"] "Part of gross income that goes to the tenth of households with the highest." empty if "there is no income",
        top_1_income_share ["share"] "Part of gross income that goes to the hundredth of households with the highest." empty if "there is no income",
        palma ["ratio"] "Palma ratio: gross income of the top tenth of households over that of the bottom four tenths." empty if "the bottom four tenths have no income",
        top_10_wealth_share ["share"] "Part of wealth owned by the tenth of households with the most." empty if "households own nothing",
        poverty_rate ["share"] "Residents in households with less than half the median gross income, incomes divided by the square root of the household's persons, each person counted." empty if "nobody lives in town",
        poverty_anchored ["share"] "Residents in households with less than the poverty line of month 0 at constant consumer prices: half the median then of smoothed disposable income, after taxes and transfers, divided by the square root of the household's persons; each person counted." empty if "nobody lives in town",
        labor_share ["share"] "Labor cost of firms (wages, owners' draws, payroll taxes, benefits) over their value added." empty if "no value is added",
        wage_theil ["nats"] "Theil index of employees' wages." empty if "nobody earns a wage",
        wage_theil_within ["nats"] "Part of the Theil index of wages inside skill groups." empty if "nobody earns a wage",
        wage_theil_between ["nats"] "Part of the Theil index of wages between the means of skill groups." empty if "nobody earns a wage",
    }
}

/// Memory for households' distributions, kept from month to month.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scratch {
    income: Distribution,
    equivalent: Weighted,
    wealth: Distribution,
    wealth_cents: Vec<i64>,
    spending: Distribution,
}

pub(crate) fn measure(
    households: &Households,
    firms: &Firms,
    totals: &Totals,
    conventions: &Conventions,
    workforce: &Workforce,
    line: f64,
    scratch: &mut Scratch,
) -> Inequality {
    let Scratch {
        income,
        equivalent,
        wealth,
        wealth_cents,
        spending,
    } = scratch;
    let ((incomes, poverty_rate, poverty_anchored), ([gini_wealth, top_wealth], gini_consumption)) =
        crate::parallel::join(
            || {
                let incomes = Incomes::of(households, income);
                let relative = poverty_rate(households, equivalent);
                (incomes, relative, below_line(households, line, equivalent))
            },
            || {
                (
                    wealth_inequality(households, firms, conventions, wealth, wealth_cents),
                    spending_inequality(households, spending),
                )
            },
        );
    let [total, within, between] = wage_theil(workforce, conventions);
    Inequality {
        gini_income: incomes.gini,
        gini_wealth,
        gini_consumption,
        income_p90_p10: percentile_ratio(incomes.p90, incomes.p10),
        income_p90_p50: percentile_ratio(incomes.p90, incomes.p50),
        income_p50_p10: percentile_ratio(incomes.p50, incomes.p10),
        median_income: incomes.p50,
        top_10_income_share: incomes.top_10,
        top_1_income_share: incomes.top_1,
        palma: incomes.palma,
        top_10_wealth_share: top_wealth,
        poverty_rate,
        poverty_anchored,
        labor_share: ratio(
            totals.labor_cost().dollars(),
            totals.value_added().dollars(),
        ),
        wage_theil: total,
        wage_theil_within: within,
        wage_theil_between: between,
    }
}

struct Incomes {
    gini: f64,
    p10: f64,
    p50: f64,
    p90: f64,
    top_10: f64,
    top_1: f64,
    palma: f64,
}

impl Incomes {
    fn of(households: &Households, income: &mut Distribution) -> Incomes {
        collect(income, households, |h| households.yearly_income[h]);
        let incomes = income.cumulated();
        Incomes {
            gini: incomes.gini(),
            p10: incomes.quantile(0.1),
            p50: incomes.quantile(0.5),
            p90: incomes.quantile(0.9),
            top_10: incomes.top_share(0.1),
            top_1: incomes.top_share(0.01),
            palma: incomes.palma(),
        }
    }
}

/// Fills a distribution with one value of each resident household.
fn collect(into: &mut Distribution, households: &Households, value: impl Fn(usize) -> f32) {
    into.clear();
    for (household, &resident) in households.resident.iter().enumerate() {
        if resident {
            into.push(value(household));
        }
    }
}

fn poverty_rate(households: &Households, equivalent: &mut Weighted) -> f64 {
    equivalent.clear();
    for (household, &resident) in households.resident.iter().enumerate() {
        if resident {
            let persons = households.persons[household];
            let scale = f32::from(persons.max(1)).sqrt();
            equivalent.push(households.yearly_income[household] / scale, persons);
        }
    }
    equivalent.share_below_median(0.5)
}

/// Fills with each resident household's disposable income over the root of its persons, weighted by them.
fn collect_disposable(households: &Households, equivalent: &mut Weighted) {
    equivalent.clear();
    for (household, &resident) in households.resident.iter().enumerate() {
        if resident {
            let persons = households.persons[household];
            let scale = f32::from(persons.max(1)).sqrt();
            equivalent.push(households.smoothed_income[household] / scale, persons);
        }
    }
}

fn below_line(households: &Households, line: f64, equivalent: &mut Weighted) -> f64 {
    collect_disposable(households, equivalent);
    equivalent.share_under(line as f32)
}

/// The poverty line of a town as it stands: half its median disposable income, dollars a month for a single person.
pub(crate) fn poverty_line(households: &Households) -> f64 {
    let mut equivalent = Weighted::default();
    collect_disposable(households, &mut equivalent);
    equivalent
        .median()
        .map_or(0.0, |median| 0.5 * f64::from(median))
}

/// Gini coefficient and top-tenth share of wealth.
fn wealth_inequality(
    households: &Households,
    firms: &Firms,
    conventions: &Conventions,
    wealth: &mut Distribution,
    cents: &mut Vec<i64>,
) -> [f64; 2] {
    wealth_of_households(households, firms, conventions, cents);
    collect(wealth, households, |h| (cents[h] as f64 / 100.0) as f32);
    let wealth = wealth.cumulated();
    [wealth.gini(), wealth.top_share(0.1)]
}

/// Wealth of every household row, cents: deposits, capitalized property income, equity in firms.
pub(crate) fn wealth_of_households(
    households: &Households,
    firms: &Firms,
    conventions: &Conventions,
    cents: &mut Vec<i64>,
) {
    let years = 12.0 / conventions.wealth_return;
    cents.clear();
    let held = households.deposits.iter().zip(&households.property_income);
    cents.extend(
        held.map(|(deposits, property)| {
            deposits.cents() + (property.cents() as f64 * years) as i64
        }),
    );
    for firm in firms.open_rows() {
        let owner = firms.owner[firm];
        if owner != OUTSIDE_OWNER {
            let book = (firms.cash[firm] - firms.loan[firm]).dollars();
            let earned = 12.0 * firms.profit[firm] / conventions.equity_return;
            cents[owner as usize] += (100.0 * book.max(earned).max(0.0)) as i64;
        }
    }
}

fn spending_inequality(households: &Households, spending: &mut Distribution) -> f64 {
    collect(spending, households, |h| households.smoothed_spending[h]);
    spending.cumulated().gini()
}

/// Theil index of wages: total, within and between skill groups.
///
/// With S = Σ w, L = Σ w ln w and n wages, Theil's T is L/S − ln(S/n), so sums by occupation are enough.
fn wage_theil(workforce: &Workforce, conventions: &Conventions) -> [f64; 3] {
    let all = WageSums::of(workforce.occupations.iter());
    let (mut within, mut between) = (0.0, 0.0);
    for group in super::SkillGroup::ALL {
        let occupations = workforce.occupations.iter().zip(&conventions.skill_group);
        let members = occupations.filter(|&(_, &of)| of == group);
        let sums = WageSums::of(members.map(|(occupation, _)| occupation));
        if sums.wages > 0.0 {
            let share = sums.wages / all.wages;
            within += share * sums.theil();
            between += share * libm::log(sums.mean() / all.mean());
        }
    }
    if all.wages > 0.0 {
        [all.theil(), within, between]
    } else {
        [f64::NAN; 3]
    }
}

struct WageSums {
    employees: f64,
    wages: f64,
    wage_log_wage: f64,
}

impl WageSums {
    fn of<'a>(occupations: impl Iterator<Item = &'a OccupationCount>) -> WageSums {
        let (mut employees, mut cents, mut wage_log_wage) = (0, 0, 0.0);
        for occupation in occupations {
            employees += occupation.employees;
            cents += occupation.wages;
            wage_log_wage += occupation.wage_log_wage;
        }
        WageSums {
            employees: employees as f64,
            wages: cents as f64 / 100.0,
            wage_log_wage,
        }
    }

    fn mean(&self) -> f64 {
        self.wages / self.employees
    }

    fn theil(&self) -> f64 {
        self.wage_log_wage / self.wages - libm::log(self.mean())
    }
}
