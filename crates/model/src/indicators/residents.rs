//! Residents of month 0, wherever they are; stayers, leavers and newcomers apart.
//!
//! A figure of leavers rests on the model's labor market elsewhere. Two bounds stand beside it: every leaver without
//! work, and leavers left out.

use crate::town::Town;
use crate::town::people::Status;
use crate::town::residents::{AGE_LIMIT, NOBODY, TENTHS};
use crate::units::Money;

use super::definition::{UNSOUND, measures, ratio};

measures! {
    /// Persons of working age in month 0, until 65 or death, in town or elsewhere.
    OriginalResidents, "residents" {
        original_employment_rate ["share"] "Residents of month 0 who work, in town or elsewhere, over all residents of month 0 who are still under 65." empty if "nobody was enrolled",
        original_employment_rate_low ["share"] "The same if every leaver were without work: a lower bound." empty if "nobody was enrolled",
        original_employment_rate_stayers ["share"] "The same with leavers left out: stayers who work over stayers." empty if "nobody stayed",
        original_residents ["persons"] "Persons of working age in town in month 0 who are still under 65, wherever they live.",
        original_employed ["persons"] "Of these, at work; a twelfth of it is the month's job-years.",
        original_employed_stayers ["persons"] "Of these, at work and still in town.",
        original_earnings ["dollars a month at month-0 prices"] "Mean pay from work of a resident of month 0, those without work included." empty if "nobody was enrolled",
        original_earnings_low ["dollars a month at month-0 prices"] "The same if every leaver were without work." empty if "nobody was enrolled",
        original_earnings_stayers ["dollars a month at month-0 prices"] "The same with leavers left out." empty if "nobody stayed",
        original_income ["dollars a year at month-0 prices"] "Mean income of a resident of month 0: gross money income of the household over the square root of its persons." empty if "nobody was enrolled",
        original_income_stayers ["dollars a year at month-0 prices"] "The same with leavers left out." empty if "nobody stayed",
        original_poverty ["share"] "Residents of month 0 whose income, at month-0 prices, is below half the median of month 0." empty if "nobody was enrolled",
        original_poverty_high ["share"] "The same if every leaver were poor." empty if "nobody was enrolled",
        original_poverty_stayers ["share"] "The same with leavers left out." empty if "nobody stayed",
        stayers ["persons"] "Residents of month 0 under 65 who live in town.",
        leavers ["persons"] "Residents of month 0 under 65 who moved away.",
        leavers_employment_rate ["share"] "Leavers who work over leavers." empty if "nobody left",
        newcomers ["persons"] "Persons of working age in town whose household moved in since month 0.",
        newcomers_employment_rate ["share"] "Newcomers who work over newcomers." empty if "nobody moved in",
        original_income_1 ["dollars a year at month-0 prices"] "Mean income of residents of month 0 in the lowest tenth by income at month 0: always the same persons." empty if "nobody of the tenth is followed",
        original_income_2 ["dollars a year at month-0 prices"] "The same, second tenth." empty if "nobody of the tenth is followed",
        original_income_3 ["dollars a year at month-0 prices"] "The same, third tenth." empty if "nobody of the tenth is followed",
        original_income_4 ["dollars a year at month-0 prices"] "The same, fourth tenth." empty if "nobody of the tenth is followed",
        original_income_5 ["dollars a year at month-0 prices"] "The same, fifth tenth." empty if "nobody of the tenth is followed",
        original_income_6 ["dollars a year at month-0 prices"] "The same, sixth tenth." empty if "nobody of the tenth is followed",
        original_income_7 ["dollars a year at month-0 prices"] "The same, seventh tenth." empty if "nobody of the tenth is followed",
        original_income_8 ["dollars a year at month-0 prices"] "The same, eighth tenth." empty if "nobody of the tenth is followed",
        original_income_9 ["dollars a year at month-0 prices"] "The same, ninth tenth." empty if "nobody of the tenth is followed",
        original_income_10 ["dollars a year at month-0 prices"] "The same, highest tenth." empty if "nobody of the tenth is followed",
    }
}

/// Sums over some residents of month 0.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    persons: u64,
    employed: u64,
    earnings: f64,
    income: f64,
    poor: u64,
}

impl Sums {
    fn add(&mut self, works: bool, earnings: f64, income: f64, poverty_line: f64) {
        self.persons += 1;
        self.employed += u64::from(works);
        self.earnings += earnings;
        self.income += income;
        self.poor += u64::from(income < poverty_line);
    }

    fn and(self, other: Sums) -> Sums {
        Sums {
            persons: self.persons + other.persons,
            employed: self.employed + other.employed,
            earnings: self.earnings + other.earnings,
            income: self.income + other.income,
            poor: self.poor + other.poor,
        }
    }
}

/// Stayers, leavers and tenths.
struct Count {
    stayers: Sums,
    leavers: Sums,
    tenths: [Sums; TENTHS],
    poverty_line: f64,
}

impl Count {
    fn add(&mut self, tenth: u8, is_away: bool, works: bool, earnings: f64, income: f64) {
        let line = self.poverty_line;
        let group = if is_away {
            &mut self.leavers
        } else {
            &mut self.stayers
        };
        group.add(works, earnings, income, line);
        if let Some(sums) = self.tenths.get_mut(usize::from(tenth)) {
            sums.add(works, earnings, income, line);
        }
    }
}

/// Measures residents of month 0; `price_index` is that of consumers in town.
pub(crate) fn measure(town: &Town, price_index: f64) -> OriginalResidents {
    let count = count(town, price_index);
    let (stayers, leavers) = (count.stayers, count.leavers);
    let all = stayers.and(leavers);
    let whole = all.persons as f64;
    let stay = stayers.persons as f64;
    let [newcomers, newcomers_at_work] = newcomers(town).map(|n| n as f64);
    let tenth = |n: usize| ratio(count.tenths[n].income, count.tenths[n].persons as f64);
    OriginalResidents {
        original_employment_rate: ratio(all.employed as f64, whole),
        original_employment_rate_low: ratio(stayers.employed as f64, whole),
        original_employment_rate_stayers: ratio(stayers.employed as f64, stay),
        original_residents: whole,
        original_employed: all.employed as f64,
        original_employed_stayers: stayers.employed as f64,
        original_earnings: ratio(all.earnings, whole),
        original_earnings_low: ratio(stayers.earnings, whole),
        original_earnings_stayers: ratio(stayers.earnings, stay),
        original_income: ratio(all.income, whole),
        original_income_stayers: ratio(stayers.income, stay),
        original_poverty: ratio(all.poor as f64, whole),
        original_poverty_high: ratio((stayers.poor + leavers.persons) as f64, whole),
        original_poverty_stayers: ratio(stayers.poor as f64, stay),
        stayers: stay,
        leavers: leavers.persons as f64,
        leavers_employment_rate: ratio(leavers.employed as f64, leavers.persons as f64),
        newcomers,
        newcomers_employment_rate: ratio(newcomers_at_work, newcomers),
        original_income_1: tenth(0),
        original_income_2: tenth(1),
        original_income_3: tenth(2),
        original_income_4: tenth(3),
        original_income_5: tenth(4),
        original_income_6: tenth(5),
        original_income_7: tenth(6),
        original_income_8: tenth(7),
        original_income_9: tenth(8),
        original_income_10: tenth(9),
    }
}

fn count(town: &Town, price_index: f64) -> Count {
    let residents = &town.residents;
    let mut count = Count {
        stayers: Sums::default(),
        leavers: Sums::default(),
        tenths: [Sums::default(); TENTHS],
        poverty_line: residents.poverty_line,
    };
    if residents.since.is_none() {
        return count;
    }
    // Where nothing is bought there is no index.
    let here = if price_index.is_nan() {
        1.0
    } else {
        price_index
    };
    let elsewhere = town.markets.outside_price;
    let sound = |value: f64| if value.is_finite() { value } else { UNSOUND };
    let (workers, households) = (&town.workers, &town.households);
    let equivalent =
        |yearly: f32, persons: u8| f64::from(yearly) / libm::sqrt(f64::from(persons.max(1)));
    let at_home = |household: usize| {
        let yearly = households.yearly_income[household];
        sound(equivalent(yearly, households.persons[household]) / here)
    };
    // A month ends before it is measured, so `month` is the next one.
    for worker in 0..residents.tenth.len() {
        if !residents.is_followed(worker, town.month) {
            continue;
        }
        let works = workers.works(worker);
        let pay = if works {
            workers.pay[worker]
        } else {
            Money::ZERO
        };
        let income = at_home(workers.household[worker] as usize);
        count.add(
            residents.tenth[worker],
            false,
            works,
            pay.dollars() / here,
            income,
        );
    }
    for departure in &residents.departures {
        let income = equivalent(departure.yearly_income, departure.persons) / elsewhere;
        for person in residents.members(departure) {
            if person.tenth == NOBODY || person.age_months >= AGE_LIMIT {
                continue;
            }
            let works = person.status == Status::Employed;
            let pay = if works { person.pay } else { Money::ZERO };
            count.add(
                person.tenth,
                true,
                works,
                pay.dollars() / elsewhere,
                sound(income),
            );
        }
    }
    for one in residents
        .retired
        .iter()
        .filter(|one| one.until > town.month)
    {
        let income = if one.is_away {
            let departure = &residents.departures[one.household as usize];
            equivalent(departure.yearly_income, departure.persons) / elsewhere
        } else {
            at_home(one.household as usize)
        };
        count.add(one.tenth, one.is_away, false, 0.0, sound(income));
    }
    count
}

/// Persons of working age whose household moved in since month 0, and those at work among them.
fn newcomers(town: &Town) -> [u64; 2] {
    let Some(since) = town.residents.since else {
        return [0, 0];
    };
    let (households, workers) = (&town.households, &town.workers);
    let mut persons = [0, 0];
    for household in 0..households.len() {
        let moved = households.since[household];
        if households.resident[household] && moved >= since.max(1) {
            for worker in households.members(household) {
                persons[0] += 1;
                persons[1] += u64::from(workers.works(worker));
            }
        }
    }
    persons
}
