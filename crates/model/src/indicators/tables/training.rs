//! Applicants of lotteries: those drawn against those not drawn.

use crate::indicators::definition::{measures, ratio};
use crate::town::participants::{Became, CELLS, HORIZONS, Outcomes};

measures! {
    /// Applicants of one program some months after their first lottery, still in town and of working age. Others are
    /// those not drawn, reweighted to the occupations and durations of joblessness of those drawn; occupations and
    /// durations of which only one group has members are left out of both. Earnings are monthly pay from work, nothing
    /// for those without.
    TrainingRow, "lotteries" {
        drawn ["persons"] "Applicants whom the lottery gave a place, whether they completed the course or not.",
        others ["persons"] "Applicants without a place.",
        others_trained_since ["share"] "Of the others, those given a place in a later lottery; not reweighted." empty if "there is nobody",
        employment ["share"] "Of those drawn, those who work." empty if "there is nobody",
        others_employment ["share"] "The same of the others." empty if "there is nobody",
        employment_gain ["share"] "Employment of those drawn less that of the others." empty if "there is nobody",
        employment_gain_error ["share"] "Standard error of that difference, from the number of persons." empty if "there is nobody",
        earnings ["dollars a month"] "Mean earnings of those drawn." empty if "there is nobody",
        others_earnings ["dollars a month"] "The same of the others." empty if "there is nobody",
        earnings_gain ["dollars a month"] "Earnings of those drawn less those of the others." empty if "there is nobody",
    }
}

/// One row a horizon.
pub fn training(outcomes: &Outcomes) -> Vec<TrainingRow> {
    (0..HORIZONS.len())
        .map(|horizon| row(outcomes, horizon))
        .collect()
}

/// Persons, employment, its sampling variance times persons squared, and earnings, weighted.
#[derive(Clone, Copy, Default)]
struct Sums {
    persons: f64,
    employed: f64,
    variance: f64,
    earnings: f64,
}

impl Sums {
    /// Adds a group's cell as if it had `weight` persons.
    fn add(&mut self, became: &Became, weight: f64) {
        let persons = f64::from(became.persons);
        let employment = f64::from(became.employed) / persons;
        self.persons += weight;
        self.employed += weight * employment;
        self.variance += weight * weight * employment * (1.0 - employment) / persons;
        self.earnings += weight * became.earnings.dollars() / persons;
    }
}

fn row(outcomes: &Outcomes, horizon: usize) -> TrainingRow {
    let (mut ours, mut theirs) = (Sums::default(), Sums::default());
    let (mut others, mut since) = (0.0, 0.0);
    for cell in 0..CELLS {
        let [lost, drawn] = outcomes.of(cell, horizon);
        if lost.persons == 0 || drawn.persons == 0 {
            continue;
        }
        let weight = f64::from(drawn.persons);
        ours.add(&drawn, weight);
        theirs.add(&lost, weight);
        others += f64::from(lost.persons);
        since += f64::from(lost.trained_since);
    }
    let mean = |sum: f64| ratio(sum, ours.persons);
    let variance = ours.variance + theirs.variance;
    TrainingRow {
        drawn: ours.persons,
        others,
        others_trained_since: ratio(since, others),
        employment: mean(ours.employed),
        others_employment: mean(theirs.employed),
        employment_gain: mean(ours.employed - theirs.employed),
        employment_gain_error: ratio(libm::sqrt(variance), ours.persons),
        earnings: mean(ours.earnings),
        others_earnings: mean(theirs.earnings),
        earnings_gain: mean(ours.earnings - theirs.earnings),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::town::participants::Followed;
    use crate::units::Money;

    #[test]
    fn others_are_weighted_like_those_drawn() {
        let mut outcomes = Outcomes::default();
        let mut add = |cell: u8, drawn: bool, employed: u32, persons: u32| {
            for person in 0..persons {
                let followed = Followed {
                    worker: person,
                    entry: 0,
                    drawn,
                    trained_since: false,
                    cell,
                    since: 0,
                    age: 400,
                };
                let pay = (person < employed).then_some(Money::from_dollars(1_000.0));
                outcomes.count(&followed, 2, pay);
            }
        };
        // Three in four of those drawn come from the first cell, one in four of the others.
        add(0, true, 6, 6);
        add(0, false, 1, 2);
        add(3, true, 0, 2);
        add(3, false, 3, 6);
        // Nobody to compare with.
        add(5, true, 9, 9);
        let row = training(&outcomes)[2];
        assert_eq!((row.drawn, row.others), (8.0, 8.0));
        assert_eq!((row.employment, row.others_employment), (0.75, 0.5));
        assert_eq!((row.employment_gain, row.earnings_gain), (0.25, 250.0));
        let error = libm::sqrt(36.0 * 0.25 / 2.0 + 4.0 * 0.25 / 6.0) / 8.0;
        assert!((row.employment_gain_error - error).abs() < 1e-12);
        assert!(training(&outcomes)[0].employment.is_nan());
    }
}
