//! How a supplier looks to a household: the utilities behind every choice of supplier.
//!
//! These leaves are shared by the month (who buys where) and by synthesis (which outside option makes the
//! first month's purchases add up), so the two can never disagree.

/// Utility of buying from a firm in town: `−σ ln p + θ ln I + q + loyalty` (MODEL.md, Consume).
#[inline]
pub fn local_utility(
    price_sensitivity: f64,
    log_price: f64,
    service_taste: f64,
    log_intimacy: f64,
    quality: f64,
    loyalty: f64,
) -> f64 {
    -price_sensitivity * log_price + service_taste * log_intimacy + quality + loyalty
}

/// Utility of an option outside the town (shops elsewhere, the online giant): `−σ ln p + appeal`.
#[inline]
pub fn outside_utility(price_sensitivity: f64, log_price: f64, appeal: f64) -> f64 {
    -price_sensitivity * log_price + appeal
}

/// Picks an option with logit probabilities, using one uniform number. Options at −∞ are never picked.
///
/// `utilities` must hold at least one finite value.
#[inline]
pub fn choose(uniform: f64, utilities: &[f64]) -> usize {
    let best = utilities.iter().fold(f64::NEG_INFINITY, |a, &b| a.max(b));
    let mut weights = [0.0; 16];
    let mut total = 0.0;
    for (weight, &utility) in weights.iter_mut().zip(utilities) {
        *weight = libm::exp(utility - best);
        total += *weight;
    }
    let mut left = uniform * total;
    for (option, weight) in weights[..utilities.len()].iter().enumerate() {
        left -= weight;
        if left < 0.0 {
            return option;
        }
    }
    // Rounding can leave a sliver: the last option that can be chosen takes it.
    weights[..utilities.len()]
        .iter()
        .rposition(|&w| w > 0.0)
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_better_option_is_chosen_more_often_and_an_absent_one_never() {
        let utilities = [0.0, 1.0, f64::NEG_INFINITY];
        let mut counts = [0; 3];
        for step in 0..1000 {
            counts[choose((step as f64 + 0.5) / 1000.0, &utilities)] += 1;
        }
        assert!(counts[1] > 2 * counts[0] && counts[2] == 0);
        assert_eq!(choose(1.0 - 1e-17, &utilities), 1);
    }
}
