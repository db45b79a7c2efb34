//! The part of a sweep that was done when it was cut short, as a sweep of its own.

use super::plan::{Design, SweepPlan};
use crate::design::DesignError;

impl SweepPlan {
    /// The largest balanced sweep within the first `finished` runs of this one; `None` if there is none, which is
    /// less than one point, base sample or trajectory.
    ///
    /// With every point run at least once, it has all points and as many replicates as all of them have; before,
    /// one replicate of the first points: whole base samples of a Sobol design, whole trajectories of a Morris
    /// design, and as many points of a grid or Latin hypercube as there are. Runs keep their numbers.
    ///
    /// # Errors
    /// If the design cannot be made.
    pub fn part(&self, finished: usize) -> Result<Option<SweepPlan>, DesignError> {
        let points = self.points()?;
        let mut part = self.clone();
        if finished >= points {
            let passes = u32::try_from(finished / points).unwrap_or(u32::MAX);
            part.replicates = passes.min(self.replicates);
            return Ok(Some(part));
        }
        part.replicates = 1;
        let factors = self.factors.len();
        let whole = match &mut part.design {
            Design::Grid | Design::LatinHypercube { .. } => {
                part.first_points = Some(finished);
                finished
            }
            Design::Sobol { base_samples, .. } => {
                *base_samples = finished / (factors + 2);
                *base_samples
            }
            Design::Morris { trajectories, .. } => {
                *trajectories = finished / (factors + 1);
                *trajectories
            }
        };
        Ok((whole > 0).then_some(part))
    }
}

#[cfg(test)]
mod tests {
    use super::super::SweepFile;
    use super::*;
    use model::scenario::{self, Source};

    fn plan(design: &str) -> SweepPlan {
        let text = format!(
            "schema_version = 1\nreplicates = 3\n{design}\n\
             [[vary]]\nkey = \"firms.payout_share\"\nfrom = 0.2\nto = 0.8\nlevels = 4\n\
             [[vary]]\nkey = \"firms.demand_smoothing\"\nfrom = 0.1\nto = 0.5\nlevels = 5\n"
        );
        let base = scenario::load(&Source::Embedded("baseline".to_owned()), &[]);
        let file = SweepFile::parse(&text).expect("a sound sweep");
        SweepPlan::new(&file, &base.expect("it is ours")).expect("a sound sweep")
    }

    fn designs() -> [SweepPlan; 4] {
        [
            "",
            "[design]\nkind = \"latin_hypercube\"\npoints = 12\n",
            "[design]\nkind = \"sobol\"\nbase_samples = 8\n",
            "[design]\nkind = \"morris\"\ntrajectories = 6\n",
        ]
        .map(plan)
    }

    /// Saved results are found by number, so every run of the part must be the whole's of that number.
    #[test]
    fn runs_of_a_part_are_those_of_the_whole() {
        for whole in designs() {
            let settings = whole.settings().expect("a small design");
            let points = settings.len();
            let mut parts = 0;
            for finished in 0..=3 * points {
                let part = whole.part(finished).expect("a small design");
                let Some(part) = part else {
                    assert!(finished < 4, "{finished} of {:?}", whole.design);
                    continue;
                };
                let of_part = part.settings().expect("a smaller design");
                let runs = of_part.len() * part.replicates as usize;
                assert!(runs > 0 && runs <= finished, "{:?}", part.design);
                assert_eq!(part.points().expect("a smaller design"), of_part.len());
                for run in 0..runs {
                    let (point, replicate) = SweepPlan::place_of(run, points);
                    let (of, again) = SweepPlan::place_of(run, of_part.len());
                    assert_eq!((&settings[point], replicate), (&of_part[of], again));
                }
                parts += 1;
            }
            assert!(parts > points, "{:?}", whole.design);
            assert_eq!(whole.part(3 * points).expect("all of it"), Some(whole));
        }
    }

    #[test]
    fn a_part_has_whole_blocks_and_whole_passes() {
        let sizes = |finished: usize| {
            designs().map(|whole| {
                let part = whole.part(finished).expect("a small design");
                part.map_or((0, 0), |part| {
                    (part.points().expect("a part"), part.replicates)
                })
            })
        };
        // Of 20, 12, 32 and 18 points in blocks of 1, 1, 4 and 3.
        assert_eq!(sizes(2), [(2, 1), (2, 1), (0, 0), (0, 0)]);
        assert_eq!(sizes(11), [(11, 1), (11, 1), (8, 1), (9, 1)]);
        assert_eq!(sizes(37), [(20, 1), (12, 3), (32, 1), (18, 2)]);
    }
}
