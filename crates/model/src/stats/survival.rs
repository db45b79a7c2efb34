//! Survival of firms, jobs or spells of unemployment: the Kaplan–Meier curve.

/// One observed duration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spell {
    /// Periods observed (months, say).
    pub duration: u32,
    /// Whether the spell ended then; otherwise observation ended first (censored).
    pub ended: bool,
}

/// The curve after the endings at one duration.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SurvivalStep {
    /// Duration at which spells ended, in periods.
    pub duration: u32,
    /// Spells still running just before.
    pub at_risk: usize,
    /// Spells that ended at this duration.
    pub endings: usize,
    /// Estimated share of spells longer than this duration (0–1).
    pub survival: f64,
    /// Greenwood's standard error of that share.
    pub standard_error: f64,
}

/// Kaplan–Meier estimate: one step for every duration at which a spell ended, ascending; empty if
/// none did. A spell censored at a duration counts as at risk there (Kaplan & Meier 1958).
pub fn survival_curve(spells: &[Spell]) -> Vec<SurvivalStep> {
    let mut ordered = spells.to_vec();
    ordered.sort_unstable_by_key(|s| (s.duration, s.ended));
    let mut steps = Vec::new();
    let mut at_risk = ordered.len();
    let mut survival = 1.0;
    let mut greenwood = 0.0;
    for same_duration in ordered.chunk_by(|a, b| a.duration == b.duration) {
        let endings = same_duration.iter().filter(|s| s.ended).count();
        if endings > 0 {
            let (risk, ended) = (at_risk as f64, endings as f64);
            survival *= 1.0 - ended / risk;
            // The term is infinite once nobody is left, where the product below is zero.
            if endings < at_risk {
                greenwood += ended / (risk * (risk - ended));
            }
            steps.push(SurvivalStep {
                duration: same_duration[0].duration,
                at_risk,
                endings,
                survival,
                standard_error: survival * greenwood.sqrt(),
            });
        }
        at_risk -= same_duration.len();
    }
    steps
}

/// Share of spells longer than `duration` on a curve from [`survival_curve`]; 1 before the first
/// step.
pub fn survival_at(curve: &[SurvivalStep], duration: u32) -> f64 {
    let passed = curve.partition_point(|step| step.duration <= duration);
    passed
        .checked_sub(1)
        .map_or(1.0, |last| curve[last].survival)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn spell(duration: u32, ended: bool) -> Spell {
        Spell { duration, ended }
    }

    #[test]
    fn leukemia_trial() {
        // Remission times under 6-MP, Freireich et al. 1963; the textbook curve.
        let ended = [6, 6, 6, 7, 10, 13, 16, 22, 23];
        let censored = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35];
        let spells: Vec<Spell> = ended
            .iter()
            .map(|&d| spell(d, true))
            .chain(censored.iter().map(|&d| spell(d, false)))
            .collect();
        let curve = survival_curve(&spells);
        let survival: Vec<f64> = curve.iter().map(|s| s.survival).collect();
        let expected = [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448];
        for (found, expected) in survival.iter().zip(expected) {
            assert!((found - expected).abs() < 5e-4, "{survival:?}");
        }
        assert_eq!(curve.len(), 7);
        assert_eq!((curve[0].at_risk, curve[0].endings), (21, 3));
        assert!((curve[0].standard_error - 0.0764).abs() < 1e-4);
        assert!((curve[6].standard_error - 0.1346).abs() < 1e-4);
        assert_eq!(survival_at(&curve, 5), 1.0);
        assert!((survival_at(&curve, 12) - 0.753).abs() < 5e-4);
    }

    #[test]
    fn all_ended_and_none() {
        let curve = survival_curve(&[spell(1, true), spell(2, true)]);
        assert_eq!(curve[1].survival, 0.0);
        assert_eq!(curve[1].standard_error, 0.0);
        assert!(survival_curve(&[]).is_empty());
        assert!(survival_curve(&[spell(3, false)]).is_empty());
    }

    proptest! {
        #[test]
        fn without_censoring_it_is_the_share_still_running(
            durations in prop::collection::vec(0u32..30, 1..80),
            asked in 0u32..35,
        ) {
            let spells: Vec<Spell> = durations.iter().map(|&d| spell(d, true)).collect();
            let longer = durations.iter().filter(|&&d| d > asked).count();
            let share = longer as f64 / durations.len() as f64;
            prop_assert!((survival_at(&survival_curve(&spells), asked) - share).abs() < 1e-12);
        }
    }
}
