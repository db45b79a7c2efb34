//! Jobs: who works, who looks for work, who moves, and what work pays.

use crate::town::Town;

use super::definition::{measures, percentile_ratio, ratio};
use super::ordering::Distribution;
use super::trade::Trade;
use super::workforce::Workforce;
use super::{Conventions, SKILL_GROUPS, SkillGroup};

measures! {
    /// Employment, unemployment, flows between them, and pay.
    Jobs, "jobs" {
        residents ["persons"] "Residents of all ages.",
        working_age ["persons"] "Residents of working age.",
        labor_force ["persons"] "Residents who work or look for work.",
        employment ["persons"] "Residents who work: staff of firms and of the public employer, and working owners.",
        employees ["persons"] "Staff of firms and of the public employer, working owners apart.",
        owners ["persons"] "Working owners of firms.",
        unemployment ["persons"] "Residents without a job who look for one.",
        in_training ["persons"] "Residents in a training program, who neither work nor search.",
        employment_rate ["share"] "Employment over residents of working age.",
        unemployment_rate ["share"] "Unemployment over the labor force.",
        participation_rate ["share"] "Labor force over residents of working age.",
        vacancies_open ["posts"] "Posts still open after the month's matching.",
        vacancy_rate ["share"] "Open posts after matching over employees plus open posts.",
        hires_rate ["share a month"] "Persons hired this month over employees.",
        separations_rate ["share a month"] "Quits, layoffs, retirements and other separations this month over employees.",
        quits_rate ["share a month"] "Quits this month, moves to another job included, over employees.",
        layoffs_rate ["share a month"] "Layoffs and discharges this month, closures included, over employees.",
        job_to_job_rate ["share a month"] "Persons hired from another job this month over employees.",
        occupation_change_rate ["share a year"] "Persons hired into an occupation (major group) other than their last this month, times 12, over employees.",
        job_finding_rate ["share a month"] "Persons hired from unemployment over the jobless who searched this month." empty if "nobody searched",
        long_term_unemployed_share ["share"] "Unemployed for 27 weeks or more (above 6 months) over all unemployed." empty if "nobody is unemployed",
        mean_unemployment_months ["months"] "Mean time the unemployed have been out of work so far." empty if "nobody is unemployed",
        insured_unemployed ["persons"] "Persons receiving unemployment insurance.",
        commuters_out ["persons"] "Residents who work outside the town; they count as employed.",
        commuters_in ["persons"] "People who live outside and work in town; sectors' jobs count them, employment does not.",
        public_jobs ["persons"] "Staff of the public employer.",
        smb_jobs ["persons"] "Workers, owners included, in locally owned firms with fewer than 500 workers.",
        jobs_per_smb ["persons"] "Jobs in locally owned firms with fewer than 500 workers over the number of those firms." empty if "there is no such firm",
        mean_wage ["dollars a month"] "Mean gross wage of employees." empty if "nobody is employed",
        wage_p10 ["dollars a month"] "Tenth percentile of employees' gross wages." empty if "nobody is employed",
        wage_p50 ["dollars a month"] "Median of employees' gross wages." empty if "nobody is employed",
        wage_p90 ["dollars a month"] "Ninetieth percentile of employees' gross wages." empty if "nobody is employed",
        wage_p90_p50 ["ratio"] "Ninetieth percentile of wages over the median." empty if "nobody is employed",
        wage_p50_p10 ["ratio"] "Median wage over the tenth percentile." empty if "nobody is employed",
        low_skill_share ["share"] "Employees in the occupations of the low skill group over all employees." empty if "nobody is employed",
        middle_skill_share ["share"] "Employees in the occupations of the middle skill group over all employees." empty if "nobody is employed",
        high_skill_share ["share"] "Employees in the occupations of the high skill group over all employees." empty if "nobody is employed",
    }
}

pub(crate) fn measure(
    town: &Town,
    conventions: &Conventions,
    workforce: &Workforce,
    trade: &Trade,
    wages: &mut Distribution,
) -> Jobs {
    let activity = &town.activity;
    let count = |persons: u64| persons as f64;
    let employees = count(workforce.employees);
    let unemployed = count(workforce.unemployed);
    let a_month = |persons: u32| ratio(f64::from(persons), employees);
    let open: u32 = activity.open_posts.iter().sum();
    let wage_sum: i64 = workforce.occupations.iter().map(|o| o.wages).sum();
    let wages = wages.ordered();
    let [p10, p50, p90] = [0.1, 0.5, 0.9].map(|p| wages.quantile(p));
    let [low, middle, high] = skill_shares(workforce, conventions);
    Jobs {
        residents: residents(town),
        working_age: count(workforce.working_age()),
        labor_force: count(workforce.labor_force()),
        employment: count(workforce.employed()),
        employees,
        owners: count(workforce.owners),
        unemployment: unemployed,
        in_training: count(workforce.in_training),
        employment_rate: ratio(count(workforce.employed()), count(workforce.working_age())),
        unemployment_rate: ratio(unemployed, count(workforce.labor_force())),
        participation_rate: ratio(
            count(workforce.labor_force()),
            count(workforce.working_age()),
        ),
        vacancies_open: f64::from(open),
        vacancy_rate: ratio(f64::from(open), employees + f64::from(open)),
        hires_rate: a_month(activity.hires.iter().sum()),
        separations_rate: a_month(activity.quits + activity.layoffs + activity.retirements),
        quits_rate: a_month(activity.quits),
        layoffs_rate: a_month(activity.layoffs),
        job_to_job_rate: a_month(activity.job_to_job),
        occupation_change_rate: 12.0 * a_month(activity.occupation_changes),
        job_finding_rate: ratio(
            f64::from(activity.hired_from_unemployment),
            f64::from(activity.seekers),
        ),
        long_term_unemployed_share: ratio(count(workforce.long_term_unemployed), unemployed),
        mean_unemployment_months: ratio(count(workforce.months_unemployed), unemployed),
        insured_unemployed: f64::from(activity.insured),
        commuters_out: count(workforce.outward),
        commuters_in: count(workforce.inward),
        public_jobs: count(workforce.public_employees()),
        smb_jobs: count(trade.smb_jobs),
        jobs_per_smb: ratio(count(trade.smb_jobs), count(trade.smb_firms)),
        mean_wage: ratio(wage_sum as f64 / 100.0, employees),
        wage_p10: p10,
        wage_p50: p50,
        wage_p90: p90,
        wage_p90_p50: percentile_ratio(p90, p50),
        wage_p50_p10: percentile_ratio(p50, p10),
        low_skill_share: low,
        middle_skill_share: middle,
        high_skill_share: high,
    }
}

fn residents(town: &Town) -> f64 {
    let households = &town.households;
    let here = households.resident.iter().zip(&households.persons);
    here.map(|(&resident, &persons)| if resident { u64::from(persons) } else { 0 })
        .sum::<u64>() as f64
}

/// Share of employees in each skill group: low, middle, high.
fn skill_shares(workforce: &Workforce, conventions: &Conventions) -> [f64; SKILL_GROUPS] {
    let share = |group: SkillGroup| {
        let occupations = workforce.occupations.iter().zip(&conventions.skill_group);
        let members = occupations.filter(|&(_, &of)| of == group);
        let employees: u64 = members.map(|(occupation, _)| occupation.employees).sum();
        ratio(employees as f64, workforce.employees as f64)
    };
    SkillGroup::ALL.map(share)
}
