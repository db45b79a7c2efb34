//! The normal and Student's t distribution, for confidence intervals.

/// Above this many degrees of freedom the expansion of the t quantile around the normal one is
/// exact to the last few bits, and the continued fraction slow.
const NEARLY_NORMAL: f64 = 20_000.0;

/// Quantile of the standard normal distribution; `NaN` outside 0–1, infinite at the ends.
///
/// Found on the complementary error function, so it is as exact as that one.
pub fn normal_quantile(probability: f64) -> f64 {
    symmetric_quantile(probability, |t| {
        0.5 * libm::erfc(t / std::f64::consts::SQRT_2)
    })
}

/// Distribution function of Student's t with `degrees_of_freedom` (any positive number); `NaN`
/// for arguments that are none.
pub fn student_t_cdf(t: f64, degrees_of_freedom: f64) -> f64 {
    if t.is_nan() || degrees_of_freedom.is_nan() || degrees_of_freedom <= 0.0 {
        return f64::NAN;
    }
    let tail = upper_tail(t.abs(), degrees_of_freedom);
    if t > 0.0 { 1.0 - tail } else { tail }
}

/// Quantile of Student's t; `NaN` for a probability outside 0–1 or degrees of freedom that are
/// not positive.
pub fn student_t_quantile(probability: f64, degrees_of_freedom: f64) -> f64 {
    if degrees_of_freedom.is_nan() || degrees_of_freedom <= 0.0 {
        return f64::NAN;
    }
    if degrees_of_freedom > NEARLY_NORMAL {
        // Fisher & Cornish 1960, the first terms in 1/degrees of freedom.
        let z = normal_quantile(probability);
        if degrees_of_freedom.is_infinite() || z.is_infinite() {
            return z;
        }
        let z2 = z * z;
        let first = z * (z2 + 1.0) / 4.0;
        let second = z * ((5.0 * z2 + 16.0) * z2 + 3.0) / 96.0;
        return z + (first + second / degrees_of_freedom) / degrees_of_freedom;
    }
    symmetric_quantile(probability, |t| upper_tail(t, degrees_of_freedom))
}

/// Inverts a symmetric distribution from its upper tail probability at `t ≥ 0`, by bisection down
/// to neighboring floats: slow against a rational approximation, but exact and short, and asked
/// a few times per table.
fn symmetric_quantile(probability: f64, upper_tail: impl Fn(f64) -> f64) -> f64 {
    if !(0.0..=1.0).contains(&probability) {
        return f64::NAN;
    }
    if probability == 0.5 {
        return 0.0;
    }
    let (tail, sign) = if probability < 0.5 {
        (probability, -1.0)
    } else {
        (1.0 - probability, 1.0)
    };
    if tail == 0.0 {
        return sign * f64::INFINITY;
    }
    let mut low = 0.0;
    let mut high = 1.0;
    while upper_tail(high) > tail {
        low = high;
        high *= 2.0;
        if high.is_infinite() {
            return sign * high;
        }
    }
    loop {
        let middle = low + 0.5 * (high - low);
        if middle <= low || middle >= high {
            return sign * high;
        }
        if upper_tail(middle) > tail {
            low = middle;
        } else {
            high = middle;
        }
    }
}

/// P(T > t) for `t ≥ 0`: half the regularized incomplete beta function at `ν/(ν + t²)`.
fn upper_tail(t: f64, degrees_of_freedom: f64) -> f64 {
    let t2 = t * t;
    if t2.is_infinite() {
        return 0.0;
    }
    let beyond = degrees_of_freedom / (degrees_of_freedom + t2);
    let within = t2 / (degrees_of_freedom + t2);
    0.5 * incomplete_beta(degrees_of_freedom / 2.0, 0.5, beyond, within)
}

/// Regularized incomplete beta function I_x(a, b), with `1 − x` passed along to keep its digits.
fn incomplete_beta(a: f64, b: f64, x: f64, one_minus_x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if one_minus_x <= 0.0 {
        return 1.0;
    }
    let log_front = libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b)
        + a * libm::log(x)
        + b * libm::log(one_minus_x);
    let front = libm::exp(log_front);
    // The fraction converges fast on one side of the mean; the symmetry covers the other.
    if x < (a + 1.0) / (a + b + 2.0) {
        front * beta_fraction(a, b, x) / a
    } else {
        1.0 - front * beta_fraction(b, a, one_minus_x) / b
    }
}

/// The continued fraction of the incomplete beta function, by the modified Lentz method.
fn beta_fraction(a: f64, b: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away_from_zero = |v: f64| if v.abs() < TINY { TINY } else { v };
    let mut c = 1.0;
    let mut d = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
    let mut result = d;
    for step in 1..=1_000 {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let mut change = 1.0;
        for numerator in [even, odd] {
            d = 1.0 / away_from_zero(1.0 + numerator * d);
            c = away_from_zero(1.0 + numerator / c);
            change = c * d;
            result *= change;
        }
        if (change - 1.0).abs() < 1e-16 {
            break;
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn quantiles_match_scipy() {
        // scipy.stats.t.ppf
        let expected = [
            (0.975, 1.0, 12.706204736174694),
            (0.975, 2.0, 4.302652729749462),
            (0.95, 3.0, 2.3533634348018233),
            (0.995, 4.0, 4.604094871349992),
            (0.975, 9.0, 2.262157162798205),
            (0.025, 9.0, -2.262157162798205),
            (0.9, 30.0, 1.3104150253913955),
            (0.9995, 1.0, 636.6192487687897),
            (0.975, 2.5, 3.5746548420036817),
            (0.975, 100.0, 1.9839715185235518),
            (0.999, 5000.0, 3.091863119960982),
            (0.975, 1e6, 1.959966356814107),
            (0.6, 7.0, 0.2631668613520229),
            (0.5, 3.0, 0.0),
        ];
        for (probability, degrees_of_freedom, quantile) in expected {
            let found = student_t_quantile(probability, degrees_of_freedom);
            let error = (found - quantile).abs() / f64::max(1.0, quantile.abs());
            assert!(
                error < 1e-11,
                "t({degrees_of_freedom}) at {probability}: {found}"
            );
        }
        // scipy.stats.norm.ppf
        for (probability, quantile) in [
            (0.5, 0.0),
            (0.975, 1.959963984540054),
            (0.9, 1.2815515655446004),
            (0.01, -2.3263478740408408),
            (1e-10, -6.361340902404056),
        ] {
            assert!((normal_quantile(probability) - quantile).abs() < 1e-12);
        }
    }

    #[test]
    fn distribution_function_matches_scipy() {
        for (t, degrees_of_freedom, probability) in [
            (0.5, 3.0, 0.6742760175759245),
            (-2.0, 10.0, 0.03669401738537018),
            (4.0, 1.5, 0.9550837365228358),
            (1.0, 1e4, 0.8413326478347855),
        ] {
            assert!((student_t_cdf(t, degrees_of_freedom) - probability).abs() < 1e-12);
        }
        assert_eq!(student_t_cdf(0.0, 5.0), 0.5);
    }

    #[test]
    fn the_expansion_continues_the_exact_quantile() {
        let below = student_t_quantile(0.995, NEARLY_NORMAL);
        let above = student_t_quantile(0.995, NEARLY_NORMAL * (1.0 + 1e-9));
        assert!((below - above).abs() < 1e-11, "{below} {above}");
    }

    #[test]
    fn ends_and_nonsense() {
        assert_eq!(student_t_quantile(1.0, 5.0), f64::INFINITY);
        assert_eq!(normal_quantile(0.0), f64::NEG_INFINITY);
        assert_eq!(student_t_quantile(0.0, 1e9), f64::NEG_INFINITY);
        for nonsense in [
            student_t_quantile(1.1, 5.0),
            student_t_quantile(f64::NAN, 5.0),
            student_t_quantile(0.9, 0.0),
            student_t_quantile(0.9, f64::NAN),
            normal_quantile(-0.1),
            student_t_cdf(1.0, -1.0),
            student_t_cdf(f64::NAN, 1.0),
        ] {
            assert!(nonsense.is_nan());
        }
    }

    proptest! {
        #[test]
        fn the_quantile_inverts_the_distribution(
            probability in 0.001..0.999f64,
            degrees_of_freedom in 0.5..500.0f64,
        ) {
            let t = student_t_quantile(probability, degrees_of_freedom);
            prop_assert!((student_t_cdf(t, degrees_of_freedom) - probability).abs() < 1e-10);
        }
    }
}
