//! One difference between two sets of replicates, with its interval.

use model::stats::{
    mean, standard_error, student_t_quantile, unpaired_difference_interval, variance,
};

/// A difference, scenario minus baseline, in the unit of the figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// Mean difference; `NaN` if the figure exists in no pair.
    pub estimate: f64,
    /// Lower end of the interval; `NaN` below two pairs.
    pub low: f64,
    /// Upper end of the interval; `NaN` below two pairs.
    pub high: f64,
    /// Standard error of the estimate; `NaN` below two pairs.
    pub standard_error: f64,
    /// Standard error that independent runs would have given; `NaN` below two pairs.
    pub unpaired_standard_error: f64,
    /// Pairs of replicates in which the figure exists on both sides (of independent runs: on the side with fewer).
    pub pairs: u32,
}

impl Difference {
    /// Whether the interval does not tell a rise from a fall. An interval that is zero itself does: nothing
    /// changed in any pair.
    pub fn sign_is_uncertain(&self) -> bool {
        let surely_zero = self.low == 0.0 && self.high == 0.0;
        let clear = self.low > 0.0 || self.high < 0.0;
        !clear && !surely_zero
    }

    /// `rises`, `falls`, `same` or `uncertain`.
    pub fn direction(&self) -> &'static str {
        if self.sign_is_uncertain() {
            "uncertain"
        } else if self.low > 0.0 {
            "rises"
        } else if self.high < 0.0 {
            "falls"
        } else {
            "same"
        }
    }

    /// Variance of the paired difference over that of independent runs: below 1 where common draws help. `NaN`
    /// where neither side varies.
    pub fn variance_ratio(&self) -> f64 {
        let ratio = self.standard_error / self.unpaired_standard_error;
        ratio * ratio
    }
}

/// Computes differences; remembers quantiles, which cost more than all else.
pub(crate) struct Judge {
    confidence: f64,
    paired: bool,
    /// Quantile of Student's t by degrees of freedom.
    reach: Vec<f64>,
}

impl Judge {
    pub(crate) fn new(confidence: f64, paired: bool) -> Judge {
        Judge {
            confidence,
            paired,
            reach: Vec::new(),
        }
    }

    /// The difference of a figure, given by replicate; `NaN` where it does not exist.
    pub(crate) fn difference(&mut self, first: &[f64], second: &[f64]) -> Difference {
        if self.paired {
            self.paired(first, second)
        } else {
            self.independent(first, second)
        }
    }

    fn paired(&mut self, first: &[f64], second: &[f64]) -> Difference {
        let (a, b): (Vec<f64>, Vec<f64>) = (first.iter().zip(second))
            .filter(|(a, b)| a.is_finite() && b.is_finite())
            .unzip();
        let differences: Vec<f64> = a.iter().zip(&b).map(|(a, b)| b - a).collect();
        let pairs = differences.len();
        let estimate = mean(&differences);
        let error = standard_error(&differences);
        let reach = match pairs {
            0 | 1 => f64::NAN,
            // Identical differences leave no doubt.
            _ if error == 0.0 => 0.0,
            _ => self.quantile(pairs - 1) * error,
        };
        Difference {
            estimate,
            low: estimate - reach,
            high: estimate + reach,
            standard_error: error,
            unpaired_standard_error: libm::sqrt((variance(&a) + variance(&b)) / pairs as f64),
            pairs: pairs as u32,
        }
    }

    fn independent(&self, first: &[f64], second: &[f64]) -> Difference {
        let finite = |values: &[f64]| -> Vec<f64> {
            values.iter().copied().filter(|v| v.is_finite()).collect()
        };
        let (a, b) = (finite(first), finite(second));
        let interval = unpaired_difference_interval(&a, &b, self.confidence);
        let [low, high, error] = interval.map_or([f64::NAN; 3], |interval| {
            [interval.low, interval.high, interval.standard_error]
        });
        Difference {
            estimate: mean(&b) - mean(&a),
            low,
            high,
            standard_error: error,
            unpaired_standard_error: error,
            pairs: a.len().min(b.len()) as u32,
        }
    }

    fn quantile(&mut self, degrees_of_freedom: usize) -> f64 {
        if self.reach.len() <= degrees_of_freedom {
            self.reach.resize(degrees_of_freedom + 1, f64::NAN);
        }
        let known = &mut self.reach[degrees_of_freedom];
        if known.is_nan() {
            *known = student_t_quantile(0.5 + 0.5 * self.confidence, degrees_of_freedom as f64);
        }
        *known
    }
}
