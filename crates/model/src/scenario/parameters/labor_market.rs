//! Parameters of work: vacancies, search, pay, skills, participation.

use serde::{Deserialize, Serialize};

/// The labor market.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LaborMarketParameters {
    /// Chance, apart from pay and occupation, that an applicant suits a post. Unit: probability.
    pub suitability: f64,
    /// How suitability falls with the distance between the applicant's occupation and the post's. Unit: log points per
    /// unit of distance.
    pub suitability_distance: f64,
    /// How suitability falls with a step up in the occupation's pay. Unit: log points per log point of pay.
    pub suitability_pay_step: f64,
    /// Lasting differences between people in the chance to suit (sd of its log). Unit: log points.
    pub finding_spread: f64,
    /// Rise of the chance to suit for each month that a vacancy has stood open: employers lower their standards. Unit:
    /// share per month.
    pub standards_fall: f64,
    /// Rise of the pay offered for each month that a vacancy has stood open. Unit: log points per month.
    pub vacancy_raise: f64,
    /// Largest rise of the pay offered for a vacancy that stays open. Unit: log points.
    pub vacancy_raise_limit: f64,
    /// Applications a jobless seeker sends in each round. Unit: applications.
    pub applications: u32,
    /// Applications an employed seeker sends in each round. Unit: applications.
    pub applications_employed: u32,
    /// Share of staff who look for another job (half of them in each round). Unit: share.
    pub on_the_job_search_share: f64,
    /// How much more the staff search who are paid less than their skills earn elsewhere. Unit: relative rise per share
    /// of pay missing.
    pub search_underpaid: f64,
    /// Most search on the job, relative to the usual; the least is its inverse. Unit: ratio.
    pub search_underpaid_limit: f64,
    /// Elasticity of the applications the jobless send to what search is worth. Unit: elasticity.
    pub effort_response: f64,
    /// Worth of search, in own pay, at which the usual number of applications is sent. Unit: share of pay.
    pub effort_usual_gain: f64,
    /// Share of applications sent in the seeker's own occupation. Unit: share.
    pub own_occupation_share: f64,
    /// Posts opened per unit of missing staff. Unit: ratio.
    pub posts_per_gap: f64,
    /// Posts opened in expectation of quits, share of staff. Unit: share per month.
    pub posts_for_quits: f64,
    /// Gap between staff and wanted staff that a firm tolerates, share of staff (at least half a person). Unit: share.
    pub staffing_band: f64,
    /// Monthly share of surplus staff laid off. Unit: share per month.
    pub layoff_speed: f64,
    /// Separations a month for reasons outside the model. Unit: share per month.
    pub exogenous_separation: f64,
    /// Part of these that are quits; the others are discharges. Unit: share.
    pub separation_quit_share: f64,
    /// Separations in the first year on a job, relative to the mean. Unit: ratio.
    pub separation_first_year: f64,
    /// Separations after the first year, relative to the mean. Unit: ratio.
    pub separation_later: f64,
    /// Fall of separations with the occupation's pay. Unit: elasticity.
    pub separation_pay_slope: f64,
    /// Gain in pay an employed seeker asks for. Unit: ratio minus one.
    pub moving_gain: f64,
    /// Taste noise in an employed seeker's comparison of pay (Gumbel scale). Unit: log points.
    pub moving_noise: f64,
    /// What a worker brings the employer beyond the usual pay for the post, share of that pay. Unit: share of pay.
    pub match_surplus: f64,
    /// Weight of expected value less pay, relative to the post's pay, when a firm ranks applicants. Unit: score per
    /// share of pay.
    pub ranking_surplus: f64,
    /// Noise in the ranking of applicants (Gumbel scale). Unit: score.
    pub ranking_noise: f64,
    /// Loss of rank of a jobless applicant. Unit: score.
    pub unemployment_stigma: f64,
    /// Growth of that loss per month out of work, up to twelve months. Unit: share per month.
    pub unemployment_stigma_growth: f64,
    /// Months out of work after which that loss no longer grows. Unit: months.
    pub stigma_months: u32,
    /// Age from which hiring software marks an applicant down. Unit: years.
    pub screening_age: f64,
    /// Digital literacy below which hiring software marks an applicant down. Unit: share.
    pub screening_literacy: f64,
    /// Worth of time without work, share of the pay that the own skills earn. Unit: share of pay.
    pub home_value: f64,
    /// What joblessness costs beside, at no savings and no benefits: share of pay. Unit: share of pay.
    pub hardship: f64,
    /// Months of spending in the bank at which hardship is halved. Unit: months.
    pub hardship_months: f64,
    /// Rate at which the jobless discount the future. Unit: per month.
    pub patience_rate: f64,
    /// Months that seekers expect a job to last. Unit: months.
    pub expected_job_months: f64,
    /// Offers that reach people at work relative to the jobless, as seekers see it. Unit: ratio.
    pub offers_at_work: f64,
    /// Fall of fit with task distance when changing occupation. Unit: log points per unit of distance.
    pub fit_distance: f64,
    /// Fall of fit with a step up in the occupation's pay when changing occupation. Unit: log points per log point of
    /// pay.
    pub fit_pay_step: f64,
    /// Monthly share of missing fit learned on the job. Unit: share per month.
    pub learning_speed: f64,
    /// Monthly share of skill that fades out of use. Unit: share per month.
    pub fading_speed: f64,
    /// Fit below which it does not fade. Unit: fit.
    pub fading_limit: f64,
    /// Spread of the part of pay and output that belongs to a match of person and job (sd of its log); drawn at hire,
    /// lost at separation. Unit: log points.
    pub match_pay_sd: f64,
    /// What long tenure adds to pay and output. Unit: share of pay.
    pub tenure_pay: f64,
    /// Months of tenure after which 63% of that is reached. Unit: months.
    pub tenure_pay_months: f64,
    /// Part of skill that beginners lack where pay is far above experience_pay_base. Unit: share of pay.
    pub experience_pay: f64,
    /// Years of working life after which 63% of that is learned. Unit: years.
    pub experience_pay_years: f64,
    /// Pay of an occupation at which experience adds nothing. Unit: dollars a month.
    pub experience_pay_base: f64,
    /// Monthly adjustment of the town's wage for an occupation. Unit: share per month.
    pub wage_adjustment: f64,
    /// Elasticity of an occupation's pay to its vacancies per seeker. Unit: elasticity.
    pub tightness_pay_response: f64,
    /// Vacancies per seeker to which pay refers until the burn-in has shown its own. Unit: ratio.
    pub usual_tightness: f64,
    /// Monthly smoothing of occupations' unemployment, posts and seekers. Unit: share per month.
    pub tightness_smoothing: f64,
    /// Pseudo-seekers at the town's tightness mixed into each occupation's. Unit: persons.
    pub tightness_shrinkage: f64,
    /// Chance that pay above what the post would be offered at is cut in the yearly review. Unit: probability.
    pub pay_cut_chance: f64,
    /// Lowest monthly wage for full-time work by law. Unit: dollars a month.
    pub minimum_wage: f64,
    /// Standard deviation of ability within an occupation (log), on top of the occupation's own dispersion. Unit:
    /// multiple of the occupation's wage dispersion.
    pub ability_spread: f64,
    /// Response of participation to unemployment below or above its reference. Unit: share of working age per unit of
    /// unemployment.
    pub participation_unemployment_response: f64,
    /// Long-term unemployed who leave the labor force for good: early retirement, disability. Unit: share per month.
    pub participation_scar: f64,
    /// Monthly fading of that loss, as those people reach retirement age. Unit: share per month.
    pub participation_fading: f64,
    /// Response of participation to the town's wage relative to the outside wage. Unit: share of working age per log
    /// point.
    pub participation_wage_response: f64,
    /// Monthly closing of the gap between wanted and actual participation. Unit: share per month.
    pub participation_adjustment: f64,
    /// Mean age at retirement. Unit: years.
    pub retirement_age: f64,
    /// Weight of the chance of work when entrants choose an occupation. Unit: log points per log point of vacancies per
    /// seeker.
    pub entrant_prospects: f64,
    /// Weight of the rise of its pay since month 0 when entrants choose an occupation. Unit: log points per log point
    /// of pay.
    pub entrant_pay_prospects: f64,
    /// Fit of entrants in the occupation they choose; what they lack beside is experience. Unit: fit.
    pub entrant_fit: f64,
    /// Age of entry into working life. Unit: years.
    pub entry_age: f64,
}
