//! What an estimate with its standard error says beside a published one.

use serde::{Deserialize, Serialize};

use super::rows::Measure;

/// An estimate of the model.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The figure; `NaN` if the runs do not give it.
    pub value: f64,
    /// Its standard error over towns; `NaN` below two towns.
    pub standard_error: f64,
}

/// How an estimate stands to a band.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Verdict {
    /// Inside, with a standard error of at most a quarter of the band's width.
    Agrees,
    /// The standard error is too large to say.
    CannotTell,
    /// Outside, on the side of the published figure or of no surely other sign; holds estimate over published figure,
    /// `NaN` where that means nothing.
    Size(f64),
    /// Outside, and two standard errors on the other side of zero than the published figure.
    Sign,
    /// The runs do not give the figure.
    NotMeasured,
}

/// Standard errors beyond which an estimate is taken to lie outside a band whatever its precision.
const SURE: f64 = 2.0;

impl Verdict {
    /// Judges an estimate.
    pub fn of(measure: &Measure, estimate: Estimate) -> Verdict {
        let Estimate {
            value,
            standard_error: error,
        } = estimate;
        if !value.is_finite() {
            return Verdict::NotMeasured;
        }
        // An estimate without a standard error (one town) can tell nothing.
        let precise = error <= 0.25 * measure.width();
        if measure.holds(value) {
            return match precise {
                true => Verdict::Agrees,
                false => Verdict::CannotTell,
            };
        }
        let below = measure.low.map_or(0.0, |low| low - value);
        let above = measure.high.map_or(0.0, |high| value - high);
        let surely_outside = below.max(above) > SURE * error;
        if !precise && !surely_outside {
            return Verdict::CannotTell;
        }
        let reference = measure.reference();
        if value.abs() > SURE * error && measure.contradicts(value) {
            return Verdict::Sign;
        }
        Verdict::Size(match reference == 0.0 || reference * value < 0.0 {
            true => f64::NAN,
            false => value / reference,
        })
    }

    /// The verdict in words: `agrees`, `sign`, `size ×3.1`, `size ÷12`, `outside`, `cannot tell`, `not measured`.
    pub fn words(self) -> String {
        match self {
            Verdict::Agrees => "agrees".to_owned(),
            Verdict::CannotTell => "cannot tell".to_owned(),
            Verdict::Sign => "sign".to_owned(),
            Verdict::NotMeasured => "not measured".to_owned(),
            Verdict::Size(factor) if !factor.is_finite() => "outside".to_owned(),
            Verdict::Size(factor) if factor > 0.995 => format!("size ×{}", digits(factor)),
            Verdict::Size(factor) if factor > 0.005 => format!("size ÷{}", digits(1.0 / factor)),
            Verdict::Size(_) => "size ≈ 0".to_owned(),
        }
    }

    /// Rank from best to worst: a row with several figures is as good as its worst.
    pub fn rank(self) -> u8 {
        match self {
            Verdict::Agrees => 0,
            Verdict::CannotTell => 1,
            Verdict::NotMeasured => 2,
            Verdict::Size(_) => 3,
            Verdict::Sign => 4,
        }
    }
}

fn digits(factor: f64) -> String {
    match factor {
        f if f < 10.0 => format!("{f:.1}"),
        f => format!("{f:.0}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn band(low: Option<f64>, high: Option<f64>, scale: Option<f64>) -> Measure {
        Measure {
            what: String::new(),
            value: "1".to_owned(),
            months: [0, 12],
            unit: String::new(),
            published: None,
            interval: None,
            low,
            high,
            scale,
            inert: None,
        }
    }

    fn judged(measure: &Measure, value: f64, standard_error: f64) -> String {
        let estimate = Estimate {
            value,
            standard_error,
        };
        Verdict::of(measure, estimate).words()
    }

    #[test]
    fn agreement_needs_a_place_in_the_band_and_precision() {
        let measure = band(Some(1.0), Some(3.0), None);
        assert_eq!(judged(&measure, 2.0, 0.5), "agrees");
        assert_eq!(judged(&measure, 2.0, 0.51), "cannot tell");
        assert_eq!(judged(&measure, 2.0, f64::NAN), "cannot tell");
        assert_eq!(judged(&measure, f64::NAN, f64::NAN), "not measured");
        // Outside by less than two large errors: no telling. By more: told, however large.
        assert_eq!(judged(&measure, 4.0, 0.9), "cannot tell");
        assert_eq!(judged(&measure, 6.0, 0.9), "size ×3.0");
        assert_eq!(judged(&measure, 0.5, 0.1), "size ÷4.0");
    }

    #[test]
    fn a_sign_is_wrong_only_if_it_is_sure() {
        let measure = band(Some(1.0), Some(3.0), None);
        assert_eq!(judged(&measure, -0.4, 0.1), "sign");
        assert_eq!(judged(&measure, -0.1, 0.1), "outside");
        let one_sided = band(Some(0.0), None, Some(2.0));
        assert_eq!(judged(&one_sided, 0.5, 0.5), "agrees");
        assert_eq!(judged(&one_sided, -0.5, 0.1), "sign");
    }
}
