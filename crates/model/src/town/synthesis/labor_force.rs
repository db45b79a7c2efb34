//! Who is out of work and for how long: the first month's unemployment spells.

use crate::scenario::Parameters;

/// Share of the unemployed whose spells are of the short kind, and the monthly rates at which the two kinds end.
///
/// One rate cannot give many short and many long spells at once. These give 36% under five weeks, 20% of 27 weeks
/// or more and a mean of 18 weeks; BLS has 33%, 22% and 21 weeks (Current Population Survey, 2024 Q3).
const SHORT_SPELLS: (f64, f64, f64) = (0.6, 0.6, 0.13);

/// Unemployed who qualified for insurance when they lost their job: quits and new entrants do not. With the limit
/// on months it leaves the 28% of all unemployed who receive it (US DOL).
const QUALIFIED_SHARE: f64 = 0.35;

/// Months out of work so far, from two uniform numbers.
pub(super) fn months_out(kind: f64, length: f64) -> f64 {
    let (short, fast, slow) = SHORT_SPELLS;
    let rate = if kind < short { fast } else { slow };
    -libm::log(length) / rate
}

/// Months of unemployment insurance left after `months` out of work, for a person whose place among the unemployed
/// is the uniform number `place`.
pub(super) fn insured_months(parameters: &Parameters, months: u16, place: f64) -> u8 {
    if place >= QUALIFIED_SHARE {
        return 0;
    }
    let all = parameters.government.unemployment_months;
    all.saturating_sub(u32::from(months)).min(255) as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Draws, Purpose};

    #[test]
    fn spells_are_as_short_and_as_long_as_measured() {
        let draws = Draws::new(1, 0);
        let uniform = |n, number| draws.uniform(n, 0, Purpose::SynthesisLaborForce, number);
        let spells: Vec<f64> = (0..20_000)
            .map(|n| months_out(uniform(n, 0), uniform(n, 1)))
            .collect();
        let share = |from: f64, to: f64| {
            let inside = spells.iter().filter(|&&m| m >= from && m < to).count();
            inside as f64 / spells.len() as f64
        };
        assert!((share(0.0, 1.15) - 0.36).abs() < 0.02);
        assert!((share(6.2, f64::INFINITY) - 0.20).abs() < 0.02);
    }
}
