//! The labor market elsewhere, in which residents of month 0 who moved away live on.
//!
//! A chance a month of finding work, of losing it, of leaving the labor force and of coming back; pay by occupation
//! and person. Draws are named by the person and the month, so the same person meets the same luck in two scenarios
//! that are compared, whenever they left.

use crate::rng::{Draws, Purpose, normal, unit32};
use crate::scenario::Parameters;
use crate::scenario::parameters::ElsewhereParameters;
use crate::town::income::unemployment_benefit;
use crate::town::people::Status;
use crate::town::residents::{AGE_LIMIT, Leaver, NOBODY};
use crate::town::skill::{SkillProfile, match_of};
use crate::town::{Labor, Town};
use crate::units::{Money, OCCUPATIONS};

use super::moving::national_shift;
use super::population::retires;

/// Months of tenure, and of joblessness, over which chances change.
const YEAR: u16 = 12;
/// Ages in months below and above which chances differ.
const YOUNG: u16 = 25 * 12;
const OLD: u16 = 55 * 12;
/// Numbers of the draws of a person: the month's, a job's, and those of moving.
const OF_MONTH: u32 = 0;
const OF_JOB: u32 = 1;
const ON_ARRIVAL: u32 = 2;

/// What somebody elsewhere meets this month.
pub struct Market<'a> {
    p: &'a Parameters,
    draws: Draws,
    month: u32,
    profile: &'a SkillProfile,
    wage: [f64; OCCUPATIONS],
    /// Separations in each occupation relative to the mean.
    separation: [f64; OCCUPATIONS],
    /// Job finding relative to month 0.
    chance: f64,
}

impl<'a> Market<'a> {
    /// The market of the month.
    pub fn of(town: &'a Town, p: &'a Parameters) -> Market<'a> {
        let shift = national_shift(town, p);
        Market::new(
            &town.labor,
            town.anchors.mean_wage,
            (town.draws, town.month),
            shift,
            p,
        )
    }

    /// The market of a month, where unemployment has moved by `shift` log points.
    fn new(
        labor: &'a Labor,
        mean_wage: f64,
        (draws, month): (Draws, u32),
        shift: f64,
        p: &'a Parameters,
    ) -> Market<'a> {
        let response = p.elsewhere.separation_pay_response;
        let relative = |o: usize| labor.initial_wage[o] / mean_wage;
        Market {
            p,
            draws,
            month,
            profile: &labor.profile,
            wage: std::array::from_fn(|o| labor.outside_wage[o]),
            separation: std::array::from_fn(|o| libm::pow(relative(o), -response)),
            chance: libm::exp(-shift),
        }
    }

    /// Chance a month of finding work: less with time out of work and for the old, and different for good between
    /// people.
    fn finding(&self, person: &Leaver, rules: &ElsewhereParameters) -> f64 {
        let months = f64::from(person.months.min(YEAR));
        let old = if person.age_months >= OLD {
            rules.job_finding_old
        } else {
            1.0
        };
        let chance = rules.job_finding * libm::exp(-rules.job_finding_decline * months);
        (self.chance * chance * old * f64::from(person.finding)).min(1.0)
    }

    /// Chance a month of losing the job: more in the first year, for the young, and in occupations of low pay.
    fn separation(&self, person: &Leaver, rules: &ElsewhereParameters) -> f64 {
        let market = &self.p.labor_market;
        let tenure = if person.months < YEAR {
            market.separation_first_year
        } else {
            market.separation_later
        };
        let young = if person.age_months < YOUNG {
            rules.separation_young
        } else {
            1.0
        };
        let occupation = self.separation[usize::from(person.occupation)];
        (rules.separation * tenure * young * occupation).min(1.0)
    }

    /// Pay of a job that began in a month: by occupation and skill, the employer's premium, the match and tenure.
    fn pay(&self, person: &Leaver, began: u32) -> Money {
        let words = (self.draws).words(person.worker.into(), began, Purpose::Elsewhere, OF_JOB);
        let drawn = |first: usize| normal(unit32(words[first]), unit32(words[first + 1]));
        let premium = libm::exp(self.p.firms.pay_premium_sd * drawn(0));
        let matched = match_of(drawn(2), self.p.labor_market.match_pay_sd);
        let occupation = usize::from(person.occupation);
        let skill = f64::from(person.ability)
            * f64::from(person.fit)
            * self.profile.experience(person.age_months, occupation)
            * self.profile.tenure(person.months);
        let offer = self.wage[occupation] * skill * premium * matched;
        Money::from_dollars(offer.max(self.p.labor_market.minimum_wage))
    }

    /// Somebody with a job arrives: with a job in hand, or to look for one.
    pub fn arrive(&self, person: &mut Leaver) {
        if person.status != Status::Employed {
            return;
        }
        let words = (self.draws).words(
            person.worker.into(),
            self.month,
            Purpose::Elsewhere,
            ON_ARRIVAL,
        );
        person.months = 0;
        if unit32(words[0]) < self.p.elsewhere.job_in_hand {
            person.wage = self.pay(person, self.month);
        } else {
            (person.last_wage, person.wage) = (person.wage, Money::ZERO);
            person.status = Status::Unemployed;
            person.benefit_months = 0;
        }
    }

    /// One month of somebody elsewhere.
    fn live(&self, person: &mut Leaver) {
        let (p, rules) = (self.p, &self.p.elsewhere);
        person.months = person.months.saturating_add(1);
        person.age_months = person.age_months.saturating_add(1);
        self.learn(person);
        let words = (self.draws).words(
            person.worker.into(),
            self.month,
            Purpose::Elsewhere,
            OF_MONTH,
        );
        let [change, turn] = [words[0], words[1]].map(unit32);
        match person.status {
            Status::Employed if change < self.separation(person, rules) => {
                let insured = turn < 0.5
                    && u32::from(person.months) >= p.government.unemployment_qualifying_months;
                let months = p.government.unemployment_months.min(u32::from(u8::MAX)) as u8;
                person.benefit_months = if insured { months } else { 0 };
                (person.last_wage, person.wage) = (person.wage, Money::ZERO);
                self.turn(person, Status::Unemployed);
            }
            Status::Employed if person.months.is_multiple_of(YEAR) => {
                let began = self.month.saturating_sub(u32::from(person.months));
                person.wage = self.pay(person, began);
            }
            Status::Unemployed if change < self.finding(person, rules) => {
                self.turn(person, Status::Employed);
                person.wage = self.pay(person, self.month);
            }
            Status::Unemployed if turn < rules.leaving => self.turn(person, Status::Inactive),
            Status::Inactive if turn < rules.entering => self.turn(person, Status::Unemployed),
            _ => {}
        }
        let agent = person.worker as usize;
        if person.status != Status::Away
            && retires(person.age_months, agent, p, self.month, &self.draws)
        {
            person.wage = Money::ZERO;
            self.turn(person, Status::Away);
        }
        person.pay = self.income(person);
    }

    fn turn(&self, person: &mut Leaver, status: Status) {
        person.status = status;
        person.months = 0;
    }

    fn learn(&self, person: &mut Leaver) {
        let market = &self.p.labor_market;
        if person.status == Status::Employed {
            person.fit += market.learning_speed as f32 * (1.0 - person.fit);
        } else {
            person.fit -= market.fading_speed as f32 * (person.fit - 0.5).max(0.0);
        }
    }

    /// Wage, benefits, or the pension of those who have retired.
    fn income(&self, person: &mut Leaver) -> Money {
        match person.status {
            Status::Employed => person.wage,
            Status::Unemployed => {
                let last = person.last_wage.dollars();
                let months = person.benefit_months;
                person.benefit_months = months.saturating_sub(1);
                Money::from_dollars(unemployment_benefit(&self.p.government, last, months))
            }
            Status::Away => Money::from_dollars(self.p.households.pension),
            _ => Money::ZERO,
        }
    }
}

/// Everybody elsewhere lives a month.
pub fn live_elsewhere(town: &mut Town, p: &Parameters) {
    if town.residents.departures.is_empty() {
        return;
    }
    let shift = national_shift(town, p);
    let Town {
        labor,
        anchors,
        residents,
        draws,
        month,
        ..
    } = town;
    let market = Market::new(labor, anchors.mean_wage, (*draws, *month), shift, p);
    let pension = p.households.pension;
    for departure in &mut residents.departures {
        let first = departure.first as usize;
        let members = &mut residents.leavers[first..first + usize::from(departure.members)];
        let followed = |one: &Leaver| one.tenth != NOBODY && one.age_months < AGE_LIMIT;
        if !members.iter().any(followed) {
            continue;
        }
        let mut income = Money::ZERO;
        for person in members {
            market.live(person);
            income += person.pay;
        }
        let others = pension * f64::from(departure.pensioners) + p.households.other_transfers;
        let gross = (income + departure.property_income).dollars() + others;
        departure.yearly_income += (gross as f32 * 12.0 - departure.yearly_income) / 12.0;
    }
}
