//! What an outcome of a scenario costs the public: net cost for each unit gained, with Fieller's interval.
//!
//! The interval is bounded exactly where the interval of the outcome's own difference leaves out zero. Where it does
//! not, or where the outcome falls, there is no cost of a unit gained.

use model::stats::{ratio_interval, variance};

use super::cost::{
    COST_MEASURES, CostChange, JOB_YEARS, LOCAL_PURCHASES, ORIGINAL_JOB_YEARS, PUBLIC_COST, Sums,
    WORKERS_PLACED, column,
};
use super::difference::Difference;

/// Outcomes that the public cost is set against: name, unit in which they are counted, what one unit is in words, and
/// place in [`COST_MEASURES`].
pub const OUTCOMES: [(&str, &str, &str, usize); 4] = [
    (
        "original_job_years",
        "years of work",
        "a year of work gained by residents of month 0",
        ORIGINAL_JOB_YEARS,
    ),
    (
        "job_years",
        "years of work",
        "a year of work gained in town, newcomers' included",
        JOB_YEARS,
    ),
    (
        "placed_gain",
        "persons",
        "a person more at work a year after a lottery for training",
        WORKERS_PLACED,
    ),
    (
        "local_purchases",
        "dollars at month-0 prices",
        "a dollar of local spending gained at month-0 prices",
        LOCAL_PURCHASES,
    ),
];

/// Net public cost of one outcome.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OutcomeCost {
    /// Place in [`OUTCOMES`].
    pub outcome: usize,
    /// What is gained, scenario minus baseline.
    pub gained: Difference,
    /// Net public cost over the number of units gained; `NaN` unless surely something is gained.
    pub estimate: f64,
    /// Lower end of Fieller's interval; `NaN` unless surely something is gained.
    pub low: f64,
    /// Upper end of Fieller's interval; `NaN` unless surely something is gained.
    pub high: f64,
}

impl OutcomeCost {
    /// Whether a unit gained has a cost, and if not, why: `known`, `uncertain` (whether anything is gained), `falls`
    /// (it is lost), or `same` (nothing changes).
    pub fn standing(&self) -> &'static str {
        match self.gained.direction() {
            "rises" => "known",
            other => other,
        }
    }
}

/// The cost of every outcome, from the sums of each replicate and their differences.
pub(super) fn outcomes(
    first: &[Sums],
    second: &[Sums],
    changes: &[CostChange],
    paired: bool,
) -> Vec<OutcomeCost> {
    let cost = &changes[PUBLIC_COST].difference;
    let one = |(outcome, &(.., measure)): (usize, &(&str, &str, &str, usize))| {
        let gained = changes[measure].difference;
        let [of_cost, of_gain, both] = moments(first, second, measure, paired);
        let bounds = ratio_interval(
            [cost.estimate, gained.estimate],
            [of_cost, of_gain],
            both,
            quantile(&gained).max(quantile(cost)),
        );
        let bounds = bounds.filter(|_| gained.direction() == "rises");
        let (low, high) = bounds.unwrap_or((f64::NAN, f64::NAN));
        OutcomeCost {
            outcome,
            gained,
            estimate: match bounds {
                Some(_) => cost.estimate / gained.estimate,
                None => f64::NAN,
            },
            low,
            high,
        }
    };
    OUTCOMES.iter().enumerate().map(one).collect()
}

/// Quantile of Student's t behind an interval; 0 where nothing varies.
fn quantile(difference: &Difference) -> f64 {
    let reach = (difference.high - difference.estimate) / difference.standard_error;
    if reach.is_finite() { reach } else { 0.0 }
}

/// Variances of the mean differences of the public cost and of a measure, and their covariance.
fn moments(first: &[Sums], second: &[Sums], measure: usize, paired: bool) -> [f64; 3] {
    let of = |runs: &[Sums]| [column(runs, PUBLIC_COST), column(runs, measure)];
    if paired {
        let less = |place: usize| -> Vec<f64> {
            let (a, b) = (column(first, place), column(second, place));
            b.iter().zip(&a).map(|(b, a)| b - a).collect()
        };
        return of_means(&[less(PUBLIC_COST), less(measure)]);
    }
    let (a, b) = (of_means(&of(first)), of_means(&of(second)));
    std::array::from_fn(|moment| a[moment] + b[moment])
}

/// Variances and covariance of the means of two figures.
fn of_means([x, y]: &[Vec<f64>; 2]) -> [f64; 3] {
    let number = x.len() as f64;
    let sum: Vec<f64> = x.iter().zip(y).map(|(x, y)| x + y).collect();
    let (of_x, of_y) = (variance(x), variance(y));
    let both = 0.5 * (variance(&sum) - of_x - of_y);
    [of_x / number, of_y / number, both / number]
}

/// What one unit of an outcome is, in words.
pub fn unit_gained(outcome: usize) -> &'static str {
    OUTCOMES[outcome].2
}

const _: () = assert!(COST_MEASURES.len() > LOCAL_PURCHASES);
