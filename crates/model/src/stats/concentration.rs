//! Concentration: Theil index with its split into groups, Herfindahl index.
use super::{sum, sum_of};

/// Theil index and its exact split: `total = within + between`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Theil {
    /// Theil's T of all values (0 = equal, `ln n` = one has all), in nats.
    pub total: f64,
    /// The part inside groups: each group's T weighted by its share of the total.
    pub within: f64,
    /// The part between groups: what would remain if everyone had their group's mean.
    pub between: f64,
}

/// Theil's T index: the mean of `(x/μ) ln(x/μ)`, with `0 ln 0 = 0`; in nats.
/// `NaN` for no values, a negative value, a `NaN`, or a total of zero.
pub fn theil(values: &[f64]) -> f64 {
    let center = sum(values) / values.len() as f64;
    if values.iter().any(|&v| v < 0.0) || center.is_nan() || center <= 0.0 {
        return f64::NAN;
    }
    sum_of(values.iter().map(|v| x_log_x(v / center))) / values.len() as f64
}

/// Theil's T split by group, where `groups[i]` is the group of `values[i]`, numbered from 0; groups
/// without members take no part. `None` where [`theil`] is not defined or the lengths differ.
pub fn theil_by_group(values: &[f64], groups: &[usize]) -> Option<Theil> {
    let total = theil(values);
    if values.len() != groups.len() || total.is_nan() {
        return None;
    }
    let number_of_groups = groups.iter().max().map_or(0, |&last| last + 1);
    let mut members: Vec<Vec<f64>> = vec![Vec::new(); number_of_groups];
    for (&value, &group) in values.iter().zip(groups) {
        members[group].push(value);
    }
    let sum_of_all = sum(values);
    let people = values.len() as f64;
    let mut within = 0.0;
    let mut between = 0.0;
    for group in &members {
        let share = sum(group) / sum_of_all;
        if share > 0.0 {
            let population_share = group.len() as f64 / people;
            within += share * theil(group);
            between += share * libm::log(share / population_share);
        }
    }
    Some(Theil {
        total,
        within,
        between,
    })
}

/// Herfindahl–Hirschman index: the sum of squared shares, 1 for a monopoly and `1/n` for `n`
/// equals (multiply by 10,000 for the scale of antitrust practice). `NaN` for no values, a
/// negative value, a `NaN`, or a total of zero.
pub fn herfindahl(values: &[f64]) -> f64 {
    let total = sum(values);
    if values.iter().any(|&v| v < 0.0) || total.is_nan() || total <= 0.0 {
        return f64::NAN;
    }
    sum_of(values.iter().map(|v| (v / total) * (v / total)))
}

fn x_log_x(x: f64) -> f64 {
    if x > 0.0 { x * libm::log(x) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_values() {
        assert!(theil(&[3.0; 5]).abs() < 1e-15);
        // One of four has all: ln 4.
        assert!((theil(&[0.0, 0.0, 0.0, 8.0]) - libm::log(4.0)).abs() < 1e-15);
        assert!((herfindahl(&[1.0, 1.0, 1.0, 1.0]) - 0.25).abs() < 1e-15);
        assert!((herfindahl(&[50.0, 30.0, 20.0]) - 0.38).abs() < 1e-15);
    }

    #[test]
    fn groups_that_differ_only_in_their_means_have_no_within_part() {
        let split = theil_by_group(&[1.0, 1.0, 3.0, 3.0], &[0, 0, 2, 2]).expect("positive values");
        assert!(split.within.abs() < 1e-15);
        assert!((split.between - theil(&[1.0, 3.0])).abs() < 1e-15);
    }

    #[test]
    fn what_is_not_defined_is_missing() {
        for undefined in [&[][..], &[0.0], &[1.0, -1.0], &[1.0, f64::NAN]] {
            assert!(theil(undefined).is_nan());
            assert!(herfindahl(undefined).is_nan());
        }
        assert!(theil_by_group(&[1.0, 2.0], &[0]).is_none());
        assert!(theil_by_group(&[], &[]).is_none());
    }

    proptest! {
        #[test]
        fn theil_parts_add_up(
            people in prop::collection::vec((0.0..1e6f64, 0usize..6), 1..120),
        ) {
            let values: Vec<f64> = people.iter().map(|p| p.0).collect();
            let groups: Vec<usize> = people.iter().map(|p| p.1).collect();
            prop_assume!(sum(&values) > 1.0);
            let split = theil_by_group(&values, &groups).expect("positive total");
            prop_assert!((split.total - split.within - split.between).abs() < 1e-9);
            prop_assert!(split.between >= -1e-12 && split.within >= -1e-12);
            prop_assert!(split.total <= libm::log(values.len() as f64) + 1e-9);
        }

        #[test]
        fn herfindahl_lies_between_equality_and_monopoly(
            values in prop::collection::vec(0.1..1e6f64, 1..100),
        ) {
            let found = herfindahl(&values);
            prop_assert!(found <= 1.0 + 1e-12);
            prop_assert!(found >= 1.0 / values.len() as f64 - 1e-12);
        }
    }
}
