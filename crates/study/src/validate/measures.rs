//! Measures of one run, by the name that targets use. Percent where the target's unit says percent.

use model::indicators::tables::{AdoptionMonth, FirmPanel};
use model::run::RunRecord;
use model::stats;
use model::town::technology::Outcome;

/// Months in a year of the monthly series.
const YEAR: usize = 12;
/// Sizes between which the tail exponent is fitted, in workers.
const TAIL: (f64, f64) = (5.0, 500.0);

/// A measure of one run; NaN where the run holds nothing to measure.
pub type Measure = fn(&RunRecord) -> f64;

/// The measure of that name, if it is one of a single run.
pub fn by_name(name: &str) -> Option<Measure> {
    let measure: Measure = match name {
        "mean_unemployment_rate" => |run| 100.0 * mean_of(run, "unemployment_rate"),
        "mean_hires_rate" => |run| 100.0 * mean_of(run, "hires_rate"),
        "mean_separations_rate" => |run| 100.0 * mean_of(run, "separations_rate"),
        "mean_quits_rate" => |run| 100.0 * mean_of(run, "quits_rate"),
        "mean_layoffs_rate" => |run| 100.0 * mean_of(run, "layoffs_rate"),
        "mean_job_finding_rate" => |run| mean_of(run, "job_finding_rate"),
        "mean_long_term_share" => |run| mean_of(run, "long_term_unemployed_share"),
        "unemployment_vacancy_correlation" => beveridge,
        "okun_slope" => okun,
        "establishment_exit_rate" => exit_rate,
        "survival_after_1_year" => |run| 100.0 * survival(run, 12),
        "survival_after_5_years" => |run| 100.0 * survival(run, 60),
        "gross_job_creation_rate" => |run| 100.0 * mean_flow(&run.firms, |flows| flows.creation),
        "gross_job_destruction_rate" => {
            |run| 100.0 * mean_flow(&run.firms, |flows| flows.destruction)
        }
        "size_tail_exponent" => tail_exponent,
        "growth_rate_excess_kurtosis" => |run| stats::excess_kurtosis(&run.firms.workers_growth()),
        "growth_rate_laplace_advantage" => laplace_advantage,
        "wage_p90_p50" => |run| mean_of(run, "wage_p90_p50"),
        "wage_p50_p10" => |run| mean_of(run, "wage_p50_p10"),
        "household_income_gini" => |run| mean_of(run, "gini_income"),
        "household_wealth_gini" => |run| mean_of(run, "gini_wealth"),
        "average_propensity_to_consume" => |run| mean_of(run, "propensity_to_consume"),
        "online_share_at_start" => |run| 100.0 * first_year(run, "online_share_retail"),
        "online_share_rise" => online_share_rise,
        "occupational_mobility" => |run| 100.0 * mobility(run),
        "mean_unemployment_duration" => |run| mean_of(run, "mean_unemployment_months"),
        "mean_open_posts" => |run| 100.0 * mean_of(run, "vacancy_rate"),
        "unemployment_trend" => unemployment_trend,
        "real_wage_trend" => real_wage_trend,
        "output_trend" => |run| trend_of(run, "output_real"),
        "employment_trend" => |run| trend_of(run, "employment"),
        "firms_trend" => |run| trend_of(run, "firms"),
        "firm_cash_trend" => |run| trend_of(run, "firm_cash"),
        "deposits_trend" => |run| trend_of(run, "deposits"),
        "ai_adopters_after_2_years" => |run| 100.0 * users_after_two_years(run, "ai"),
        "ai_adoption_size_ratio" => |run| size_ratio(run, "ai"),
        "projects_on_plan" => |run| outcome_share(run, &[Outcome::OnPlan]),
        "projects_short" => |run| outcome_share(run, &[Outcome::Short, Outcome::RolledBack]),
        "projects_abandoned" => |run| outcome_share(run, &[Outcome::Abandoned]),
        _ => return None,
    };
    Some(measure)
}

fn series(run: &RunRecord, name: &str) -> Vec<f64> {
    run.series(name).unwrap_or_default()
}

fn mean_of(run: &RunRecord, name: &str) -> f64 {
    stats::mean(&stats::present(&series(run, name)))
}

/// Codes of the panel of persons for those at work: employed, owner.
const AT_WORK: [u8; 2] = [0, 1];

/// Of persons at work at a year's end and at the next, those in another occupation: two dates, so that somebody who
/// changed and came back counts as one who stayed.
fn mobility(run: &RunRecord) -> f64 {
    let panel = &run.workers;
    let (mut both, mut moved) = (0.0, 0.0);
    for (_, entries) in panel.persons() {
        let dates = entries.iter().filter(|&&entry| {
            panel.month[entry].is_multiple_of(YEAR as u32) && AT_WORK.contains(&panel.status[entry])
        });
        let dates: Vec<usize> = dates.copied().collect();
        for pair in dates.windows(2) {
            if panel.month[pair[1]] == panel.month[pair[0]] + YEAR as u32 {
                both += 1.0;
                moved += f64::from(u8::from(
                    panel.occupation[pair[0]] != panel.occupation[pair[1]],
                ));
            }
        }
    }
    moved / both
}

/// Percent of the mean a year.
fn trend_of(run: &RunRecord, name: &str) -> f64 {
    stats::trend_percent_per_year(&series(run, name), YEAR as f64)
}

/// Points of the labor force a year.
fn unemployment_trend(run: &RunRecord) -> f64 {
    let rate = series(run, "unemployment_rate");
    trend_of(run, "unemployment_rate") * stats::mean(&rate)
}

/// Trend of the mean wage over consumer prices.
fn real_wage_trend(run: &RunRecord) -> f64 {
    let wages = series(run, "mean_wage");
    let prices = series(run, "consumer_price_index");
    let real: Vec<f64> = wages.iter().zip(&prices).map(|(w, p)| w / p).collect();
    stats::trend_percent_per_year(&real, YEAR as f64)
}

/// Rise of the online part of retail spending between the first and the last year, points a year.
fn online_share_rise(run: &RunRecord) -> f64 {
    let share = series(run, "online_share_retail");
    let window = YEAR.min(share.len());
    let years = (share.len() - window) as f64 / YEAR as f64;
    let last = stats::mean(&share[share.len() - window..]);
    100.0 * (last - first_year(run, "online_share_retail")) / years
}

fn first_year(run: &RunRecord, name: &str) -> f64 {
    let months = series(run, name);
    stats::mean(&months[..months.len().min(YEAR)])
}

/// Correlation of the monthly unemployment rate with the rate of posts open after matching.
fn beveridge(run: &RunRecord) -> f64 {
    stats::pearson(
        &series(run, "unemployment_rate"),
        &series(run, "vacancy_rate"),
    )
}

/// Slope of the four-quarter change of unemployment (points) on four-quarter output growth (percent).
fn okun(run: &RunRecord) -> f64 {
    let unemployment = stats::quarterly_mean(&series(run, "unemployment_rate"));
    let output = stats::quarterly_sum(&series(run, "output_real"));
    let change: Vec<f64> = stats::change_over(&unemployment, 4)
        .iter()
        .map(|points| 100.0 * points)
        .collect();
    let growth: Vec<f64> = stats::growth_over(&output, 4)
        .iter()
        .map(|growth| 100.0 * growth)
        .collect();
    stats::least_squares(&growth, &change).map_or(f64::NAN, |line| line.slope)
}

/// Closures a year over the mean number of firms, percent.
fn exit_rate(run: &RunRecord) -> f64 {
    let exits: f64 = stats::sum(&series(run, "exits"));
    let firms = mean_of(run, "firms");
    let years = run.months.len() as f64 / YEAR as f64;
    100.0 * exits / years / firms
}

fn survival(run: &RunRecord, months: u32) -> f64 {
    if run.months.len() < months as usize {
        return f64::NAN;
    }
    stats::survival_at(&stats::survival_curve(&run.firms.lives()), months)
}

fn mean_flow(panel: &FirmPanel, flow: impl Fn(&model::indicators::tables::JobFlows) -> f64) -> f64 {
    let years: Vec<f64> = (1..panel.years())
        .filter_map(|year| panel.job_flows(year))
        .map(|f| flow(&f))
        .collect();
    stats::mean(&years)
}

/// A technology in one month.
fn adoption<'a>(run: &'a RunRecord, technology: &str, month: usize) -> Option<&'a AdoptionMonth> {
    let kind = run.technologies.iter().position(|id| id == technology)?;
    run.months.get(month)?.adoption.get(kind)
}

/// Share of firms that use a technology at the end of the second year.
fn users_after_two_years(run: &RunRecord, technology: &str) -> f64 {
    adoption(run, technology, 2 * YEAR - 1).map_or(f64::NAN, |month| month.users_share)
}

/// Use weighted by jobs over use weighted by firms, at the end of the second year.
fn size_ratio(run: &RunRecord, technology: &str) -> f64 {
    adoption(run, technology, 2 * YEAR - 1)
        .map_or(f64::NAN, |month| month.users_jobs_share / month.users_share)
}

/// Projects that ended so, percent of those that ended.
fn outcome_share(run: &RunRecord, outcomes: &[Outcome]) -> f64 {
    let ended = run.projects.iter();
    let such = ended
        .filter(|project| outcomes.contains(&project.outcome))
        .count();
    100.0 * such as f64 / run.projects.len() as f64
}

/// Exponent of the complementary distribution of firm sizes, mean over year-ends.
fn tail_exponent(run: &RunRecord) -> f64 {
    let exponents: Vec<f64> = (0..run.firms.years())
        .filter_map(|year| {
            let sizes: Vec<f64> = run
                .firms
                .firms(year)
                .map(|firm| f64::from(firm.workers))
                .collect();
            stats::rank_regression(&sizes, TAIL.0, TAIL.1).map(|fit| fit.exponent)
        })
        .collect();
    stats::mean(&exponents)
}

/// Log likelihood a firm of annual log growth, Laplace less normal.
fn laplace_advantage(run: &RunRecord) -> f64 {
    let growth = run.firms.workers_growth();
    stats::tent_shape(&growth).map_or(f64::NAN, |shape| {
        (shape.laplace_log_likelihood - shape.normal_log_likelihood) / growth.len() as f64
    })
}
