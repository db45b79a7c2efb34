//! Draws: every random number is named by who draws, when and why.
//!
//! A draw is a pure function of (seed, replicate, month, purpose, agent, draw number), computed with the
//! counter-based generator Philox4x32-10 (Salmon et al. 2011). It does not depend on call order, thread
//! count, or on what else was drawn, so runs repeat bit for bit and two scenarios with one seed share
//! every draw they have in common.

#[cfg(test)]
pub(crate) mod names;

use rand_philox::{philox4x32_10, splitmix64};
use serde::{Deserialize, Serialize};

/// Why a number is drawn. The value is part of the draw's name: never renumber, only append.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Purpose {
    /// Building the town: household composition and traits.
    SynthesisHousehold = 1,
    /// Building the town: workers' traits and places.
    SynthesisWorker = 2,
    /// Building the town: firms' traits.
    SynthesisFirm = 3,
    /// Building the town: first suppliers of households.
    SynthesisSupplier = 4,
    /// Order in which something competes (keyed shuffles).
    Order = 5,
    /// Common shock to outside demand.
    AggregateShock = 6,
    /// A firm's own order noise and drift of quality.
    FirmNoise = 7,
    /// Whether a firm reviews its price.
    PriceReview = 8,
    /// Rounding of wanted posts and layoffs to whole persons; occupations of both.
    Staffing = 9,
    /// Who among the staff is laid off.
    Layoff = 10,
    /// Quits, discharges and retirements.
    Separation = 11,
    /// Whom seekers apply to.
    JobSearch = 12,
    /// Whether an applicant suits a post, by application.
    Suitability = 13,
    /// How a firm ranks applicants.
    Ranking = 14,
    /// Whether a firm refinances its loan.
    Credit = 15,
    /// Households' search for suppliers and choice among them.
    SupplierSearch = 16,
    /// Firms' choice of named suppliers.
    InputSupplier = 17,
    /// Closures.
    Exit = 18,
    /// Start-ups: how many, where, who, how large.
    Entry = 19,
    /// Ageing: who a new entrant to working life is.
    Entrant = 20,
    /// Labor-force participation.
    Participation = 21,
    /// Households that move in or out.
    Migration = 22,
    /// Public hiring and separations.
    PublicEmployment = 23,
    /// Technology: sensing, deciding, project outcomes.
    TechnologyDecision = 24,
    /// Technology: course and outcome of projects.
    Project = 25,
    /// Cyber incidents.
    Incident = 26,
    /// Public programs: eligibility lotteries, completion.
    Program = 27,
    /// Firms' values: first draw and drift.
    Values = 28,
    /// Reshoring contracts and new plants.
    Reshoring = 29,
    /// Building the town: who is unemployed or inactive and for how long.
    SynthesisLaborForce = 30,
    /// When somebody hears of a public program (keyed by the program, not by month).
    Awareness = 31,
    /// Building the town: who owns firms.
    SynthesisOwner = 32,
    /// What residents of month 0 who moved away meet where they went.
    Elsewhere = 40,
    /// Who is in the panel of persons (keyed by the person, not by month).
    Panel = 41,
    /// Who owns a home; who newcomers are.
    Housing = 42,
    /// Whether pay above what a post would be offered at is cut.
    PayReview = 43,
}

/// The source of all randomness of one replicate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draws {
    key: [u32; 2],
}

impl Draws {
    /// The draws of replicate `replicate` of a run with `seed`.
    pub fn new(seed: u64, replicate: u32) -> Draws {
        // The Weyl increment keeps (seed, replicate) and (seed + 1, replicate - 1) apart.
        let mixed = splitmix64(
            splitmix64(seed.wrapping_add(0x9e37_79b9_7f4a_7c15))
                ^ u64::from(replicate).wrapping_mul(0xd1b5_4a32_d192_ed03),
        );
        Draws {
            key: [mixed as u32, (mixed >> 32) as u32],
        }
    }

    /// Four independent 32-bit words named by agent, month, purpose and draw number.
    #[inline]
    #[cfg_attr(test, track_caller)]
    pub fn words(&self, agent: u64, month: u32, purpose: Purpose, number: u32) -> [u32; 4] {
        #[cfg(test)]
        names::note(
            (self.key, agent, month, purpose as u8, number),
            std::panic::Location::caller(),
        );
        philox4x32_10(
            [
                agent as u32,
                (agent >> 32) as u32,
                (month << 8) | purpose as u32,
                number,
            ],
            self.key,
        )
    }

    /// A uniform number in the open interval (0, 1).
    #[inline]
    #[cfg_attr(test, track_caller)]
    pub fn uniform(&self, agent: u64, month: u32, purpose: Purpose, number: u32) -> f64 {
        let w = self.words(agent, month, purpose, number);
        unit(w[0], w[1])
    }

    /// A standard normal number (Box & Muller 1958).
    #[inline]
    #[cfg_attr(test, track_caller)]
    pub fn normal(&self, agent: u64, month: u32, purpose: Purpose, number: u32) -> f64 {
        let w = self.words(agent, month, purpose, number);
        normal(unit(w[0], w[1]), unit(w[2], w[3]))
    }

    /// True with probability `probability`.
    #[inline]
    #[cfg_attr(test, track_caller)]
    pub fn chance(
        &self,
        probability: f64,
        agent: u64,
        month: u32,
        purpose: Purpose,
        number: u32,
    ) -> bool {
        self.uniform(agent, month, purpose, number) < probability
    }

    /// A whole number whose mean is `mean`: its floor, plus one with probability of its fraction.
    #[inline]
    #[cfg_attr(test, track_caller)]
    pub fn round(&self, mean: f64, agent: u64, month: u32, purpose: Purpose, number: u32) -> i64 {
        let floor = libm::floor(mean);
        floor as i64 + i64::from(self.chance(mean - floor, agent, month, purpose, number))
    }
}

/// Two words as a uniform number in the open interval (0, 1), on the grid of 2⁻⁵³.
#[inline]
pub fn unit(high: u32, low: u32) -> f64 {
    let bits = (u64::from(high) << 32) | u64::from(low);
    ((bits >> 12) as f64 + 0.5) * (1.0 / 4_503_599_627_370_496.0)
}

/// One word as a uniform number in the open interval (0, 1), on the grid of 2⁻³².
#[inline]
pub fn unit32(word: u32) -> f64 {
    (f64::from(word) + 0.5) * (1.0 / 4_294_967_296.0)
}

/// A standard normal number from two uniform ones (Box & Muller 1958).
#[inline]
pub fn normal(u: f64, v: f64) -> f64 {
    libm::sqrt(-2.0 * libm::log(u)) * libm::cos(std::f64::consts::TAU * v)
}

/// A standard Gumbel number from a uniform one: the noise of a logit choice.
#[inline]
pub fn gumbel(u: f64) -> f64 {
    -libm::log(-libm::log(u))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draw_depends_on_its_name_alone() {
        let draws = Draws::new(7, 0);
        let first = draws.uniform(12, 3, Purpose::JobSearch, 0);
        let _ = draws.uniform(13, 3, Purpose::JobSearch, 0);
        assert_eq!(first, draws.uniform(12, 3, Purpose::JobSearch, 0));
        assert_ne!(first, draws.uniform(12, 4, Purpose::JobSearch, 0));
        assert_ne!(first, draws.uniform(12, 3, Purpose::Ranking, 0));
        assert_ne!(first, draws.uniform(12, 3, Purpose::JobSearch, 1));
        assert_ne!(
            first,
            Draws::new(8, 0).uniform(12, 3, Purpose::JobSearch, 0)
        );
        assert_ne!(
            first,
            Draws::new(7, 1).uniform(12, 3, Purpose::JobSearch, 0)
        );
    }

    #[test]
    fn known_answers_do_not_move() {
        // Philox4x32-10 of a zero key and counter, from the Random123 known-answer file.
        assert_eq!(
            philox4x32_10([0; 4], [0; 2]),
            [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]
        );
        // Computed apart from this program; more of them in tests/golden/draws.rs.
        let draws = Draws::new(1, 0);
        assert_eq!(draws.key, [0x82c0_d5b8, 0xdce4_23fc]);
        assert_eq!(Draws::new(1, 1).key, [0x580b_bfa9, 0xafe5_d660]);
        assert_eq!(
            draws.words(5, 2, Purpose::Exit, 9),
            philox4x32_10([5, 0, 2 << 8 | 18, 9], draws.key)
        );
    }

    #[test]
    fn normals_have_unit_variance_and_uniforms_stay_inside() {
        let draws = Draws::new(3, 0);
        let n = 20_000;
        let (mut sum, mut squares) = (0.0, 0.0);
        for agent in 0..n {
            let x = draws.normal(agent, 0, Purpose::FirmNoise, 0);
            sum += x;
            squares += x * x;
            let u = draws.uniform(agent, 0, Purpose::Exit, 0);
            assert!(u > 0.0 && u < 1.0);
        }
        let mean = sum / n as f64;
        assert!(mean.abs() < 0.03, "mean {mean}");
        assert!((squares / n as f64 - 1.0).abs() < 0.04);
    }

    #[test]
    fn keyed_rounding_keeps_the_mean() {
        let draws = Draws::new(11, 2);
        let total: i64 = (0..10_000)
            .map(|agent| draws.round(2.3, agent, 0, Purpose::Staffing, 0))
            .sum();
        assert!((total as f64 / 10_000.0 - 2.3).abs() < 0.02);
    }
}
