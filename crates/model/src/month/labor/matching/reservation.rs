//! What joblessness is worth: reservation pay and search effort.
//!
//! A seeker weighs an offer against going on: `x = β + (λ − λ_e) ∫_x^∞ S(z) / (ρ + δ + λ_e S(z)) dz`, with `S` the chance
//! that an offer pays more than `z` times what the own skills usually earn, `λ` the monthly offers of the seeker's
//! occupation and `λ_e` those that reach people at work (McCall 1970; Burdett & Mortensen 1998; Hornstein, Krusell &
//! Violante 2011). The equation gives `β` for every `x` at once, so it is tabulated and read backwards.

use crate::scenario::Parameters;
use crate::town::{Households, Labor, Workers};
use crate::units::OCCUPATIONS;

/// Points of the table, and the pay relative to the usual at its ends.
const POINTS: usize = 32;
const ENDS: (f64, f64) = (0.2, 1.75);
/// Value of joblessness at which the share of offers accepted is taken when offers are inferred from hires.
const USUAL_VALUE: f64 = 0.5;
/// Least share of offers accepted that is inferred.
const LEAST_ACCEPTED: f64 = 0.3;

/// The value of search in every occupation this month.
#[derive(Debug, Default)]
pub(super) struct SearchValue {
    /// Value of joblessness at which a seeker is indifferent to pay `at(point)`, by occupation.
    indifferent: Vec<[f64; POINTS]>,
    /// Chance to find work in a month, by occupation.
    pub finding: [f64; OCCUPATIONS],
}

/// A seeker's decision.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Reservation {
    /// Least pay accepted, dollars a month net of what sectors differ by.
    pub pay: f64,
    /// Search effort relative to the usual.
    pub effort: f64,
}

const fn at(point: usize) -> f64 {
    ENDS.0 + (ENDS.1 - ENDS.0) * point as f64 / (POINTS - 1) as f64
}

impl SearchValue {
    /// Tabulates the value of search from what seekers of each occupation found lately.
    pub fn set(&mut self, labor: &Labor, p: &Parameters) {
        let market = &p.labor_market;
        let spread = libm::sqrt(
            market.match_pay_sd * market.match_pay_sd
                + p.firms.pay_premium_sd * p.firms.pay_premium_sd,
        )
        .max(1e-3);
        let above: [f64; POINTS] = std::array::from_fn(|point| {
            let z = (libm::log(at(point)) + 0.5 * spread * spread) / spread;
            0.5 * libm::erfc(z * std::f64::consts::FRAC_1_SQRT_2)
        });
        let sum = |values: &[f64]| values.iter().fold(0.0, |a, b| a + b);
        let (found, seekers) = (sum(&labor.found), sum(&labor.seekers));
        let town = found / (found + seekers).max(1.0);
        let pseudo = market.tightness_shrinkage;
        self.indifferent.resize(OCCUPATIONS, [0.0; POINTS]);
        for occupation in 0..OCCUPATIONS {
            let looked = labor.found[occupation] + labor.seekers[occupation];
            let finding = (labor.found[occupation] + pseudo * town) / (looked + pseudo).max(1.0);
            self.finding[occupation] = finding;
            let row = &mut self.indifferent[occupation];
            // Offers are what is found over the share accepted, which depends on offers: twice is enough.
            fill(row, &above, finding, p);
            let accepted = interpolate(&above, read_back(row, USUAL_VALUE)).max(LEAST_ACCEPTED);
            fill(row, &above, finding / accepted, p);
        }
    }

    /// What a jobless person accepts and how hard they search. `benefit` is paid for `months` more, `assistance` after;
    /// `savings` are months of spending in the bank.
    pub fn decide(&self, seeker: &Seeker, p: &Parameters) -> Reservation {
        let market = &p.labor_market;
        let finding = self.finding[seeker.occupation];
        let insured = 1.0 - libm::exp(-(finding + market.patience_rate) * seeker.months);
        let paid = insured * seeker.benefit + (1.0 - insured) * seeker.assistance;
        let replaced = paid / seeker.usual_pay;
        let needy = market.hardship / (1.0 + seeker.savings / market.hardship_months);
        let value = market.home_value + replaced - needy * (1.0 - replaced).max(0.0);
        let point = read_back(&self.indifferent[seeker.occupation], value);
        let share = ENDS.0 + (ENDS.1 - ENDS.0) * point / (POINTS - 1) as f64;
        let gain = ((share - value) / market.effort_usual_gain).max(1e-3);
        Reservation {
            pay: share * seeker.usual_pay,
            effort: libm::pow(gain, market.effort_response),
        }
    }
}

/// What a seeker has and earns.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seeker {
    pub occupation: usize,
    /// What the own skills usually earn, dollars a month.
    pub usual_pay: f64,
    /// Insurance, dollars a month, and the months for which it is paid.
    pub benefit: f64,
    pub months: f64,
    pub assistance: f64,
    /// Months of spending in the bank.
    pub savings: f64,
}

impl Seeker {
    /// A jobless person, or one about to be.
    pub fn of(
        workers: &Workers,
        households: &Households,
        labor: &Labor,
        worker: usize,
        months: u32,
        p: &Parameters,
    ) -> Seeker {
        let government = &p.government;
        let occupation = usize::from(workers.occupation[worker]);
        let household = workers.household[worker] as usize;
        let usual_pay = labor.wage[occupation] * labor.profile.general(workers, worker);
        let last = if workers.works(worker) {
            workers.wage[worker].dollars()
        } else {
            workers.last_wage[worker].dollars()
        };
        // People from outside are in no household of the town; they are taken to have no savings.
        let spends = households.smoothed_spending.get(household);
        let spending = f64::from(spends.copied().unwrap_or(0.0)).max(1.0);
        let held = households.deposits.get(household);
        let held = held.map_or(0.0, |held| held.dollars());
        Seeker {
            occupation,
            usual_pay: usual_pay.max(1.0),
            benefit: crate::town::income::unemployment_benefit(government, last, 1),
            months: f64::from(months),
            assistance: government.assistance,
            savings: held.max(0.0) / spending,
        }
    }
}

/// Fills a row of the table, from the best offers down.
fn fill(row: &mut [f64; POINTS], above: &[f64; POINTS], offers: f64, p: &Parameters) {
    let market = &p.labor_market;
    let at_work = market.offers_at_work * offers;
    let ends = market.patience_rate + 1.0 / market.expected_job_months;
    let gain = |point: usize| above[point] / (ends + at_work * above[point]);
    let step = (ENDS.1 - ENDS.0) / (POINTS - 1) as f64;
    let mut worth = 0.0;
    row[POINTS - 1] = at(POINTS - 1);
    for point in (0..POINTS - 1).rev() {
        worth += 0.5 * step * (gain(point) + gain(point + 1));
        row[point] = at(point) - (offers - at_work) * worth;
    }
}

/// Place in an ascending row, in points, at which it reaches `value`.
fn read_back(row: &[f64; POINTS], value: f64) -> f64 {
    let next = row.partition_point(|&v| v <= value);
    if next == 0 {
        return 0.0;
    }
    if next == POINTS {
        return (POINTS - 1) as f64;
    }
    let part = (value - row[next - 1]) / (row[next] - row[next - 1]);
    (next - 1) as f64 + part
}

/// Value of a row between its points.
fn interpolate(row: &[f64; POINTS], place: f64) -> f64 {
    let low = (place as usize).min(POINTS - 2);
    row[low] + (place - low as f64) * (row[low + 1] - row[low])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::town::synthesis::fixtures::parameters;

    fn value(finding: f64) -> (SearchValue, Parameters) {
        let p = parameters();
        let labor = Labor {
            found: vec![1_000.0 * finding; OCCUPATIONS],
            seekers: vec![1_000.0 * (1.0 - finding); OCCUPATIONS],
            ..Labor::default()
        };
        let mut value = SearchValue::default();
        value.set(&labor, &p);
        (value, p)
    }

    const SEEKER: Seeker = Seeker {
        occupation: 3,
        usual_pay: 5_000.0,
        benefit: 2_000.0,
        months: 6.0,
        assistance: 700.0,
        savings: 2.0,
    };

    #[test]
    fn who_has_more_without_work_asks_for_more_and_searches_less() {
        let (search, p) = value(0.3);
        let usual = search.decide(&SEEKER, &p);
        let cases = [
            Seeker {
                benefit: 2_500.0,
                ..SEEKER
            },
            Seeker {
                months: 12.0,
                ..SEEKER
            },
            Seeker {
                savings: 20.0,
                ..SEEKER
            },
            Seeker {
                assistance: 1_200.0,
                ..SEEKER
            },
        ];
        for more in cases {
            let decision = search.decide(&more, &p);
            assert!(decision.pay > usual.pay, "{more:?}");
            assert!(decision.effort < usual.effort, "{more:?}");
        }
        assert!(usual.pay > 0.5 * SEEKER.usual_pay && usual.pay < 1.2 * SEEKER.usual_pay);
    }

    #[test]
    fn reservation_pay_falls_as_benefits_run_out_and_with_chances() {
        let (search, p) = value(0.3);
        let pay = |months: f64| search.decide(&Seeker { months, ..SEEKER }, &p).pay;
        let falling: Vec<f64> = [6.0, 4.0, 2.0, 0.0].map(pay).to_vec();
        assert!(
            falling.windows(2).all(|pair| pair[1] < pair[0]),
            "{falling:?}"
        );
        let (slack, _) = value(0.1);
        assert!(slack.decide(&SEEKER, &p).pay < search.decide(&SEEKER, &p).pay);
    }

    #[test]
    fn the_reservation_solves_its_equation() {
        let (search, p) = value(0.25);
        let row = &search.indifferent[3];
        assert!(row.windows(2).all(|pair| pair[1] > pair[0]));
        let place = read_back(row, 0.5);
        assert!((interpolate(row, place) - 0.5).abs() < 1e-9);
        assert!(p.labor_market.offers_at_work < 1.0);
    }
}
