//! Numbers about numbers: sums, quantiles, inequality, association, series, tails, survival, intervals.
//!
//! Pure functions of slices. This room knows nothing of towns, months or money.
//!
//! # Same bits everywhere
//! Every sum adds in index order by chunks of a fixed length ([`sum_of`]), and every logarithm,
//! exponential and power comes from the `libm` crate, so a result depends on the values and their
//! order alone: not on threads, compiler flags or platform.
//!
//! # Missing values
//! One policy for the whole room:
//!
//! * a result that is not defined (no values, a share of nothing, a correlation with a constant)
//!   is `NaN`, or `None` where the result is a structure;
//! * a `NaN` among the values makes the result `NaN` (or `None`); nothing is dropped in silence.
//!   Callers that mean "the values that exist" say so with [`present`];
//! * slices that must go together (values and weights, `x` and `y`) and differ in length are
//!   a missing result too, never a panic.
mod association;
mod concentration;
mod inequality;
mod inference;
mod quantile;
mod series;
mod shape;
mod student;
mod sums;
mod survival;
mod tail;

pub use association::{Line, least_squares, pearson, ranks, spearman};
pub use concentration::{Theil, herfindahl, theil, theil_by_group};
pub use inequality::{gini, gini_plain, gini_signed, gini_weighted, lorenz, palma, top_share};
pub use inference::{
    Interval, Paired, mean_interval, paired_difference, ratio_interval,
    unpaired_difference_interval,
};
pub use quantile::{
    Sorted, median, percentile_ratio, quantile, quantile_in, quantiles, quantiles_in,
};
pub use series::{
    Decomposition, MONTHLY_SMOOTHING, QUARTERLY_SMOOTHING, change_over, detrended_correlation,
    growth_over, hodrick_prescott, quarterly_last, quarterly_mean, quarterly_sum,
    trend_percent_per_year,
};
pub use shape::{TentShape, excess_kurtosis, skewness, tent_shape};
pub use student::{normal_quantile, student_t_cdf, student_t_quantile};
pub use sums::{
    SUM_CHUNK, mean, present, standard_deviation, standard_error, sum, sum_of, variance,
    weighted_mean,
};
pub use survival::{Spell, SurvivalStep, survival_at, survival_curve};
pub use tail::{TailExponent, hill, rank_regression};
