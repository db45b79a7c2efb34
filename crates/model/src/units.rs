//! Units and identities: money in integer cents, months, and the fixed families every room shares.
//!
//! Nothing here knows what a town is. Money is whole cents so that totals do not depend on the order of
//! addition; real quantities are `f64` dollars at month-0 prices and stay out of this file.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

use serde::{Deserialize, Serialize};

/// Number of market sectors (NAICS-based; the public employer is not a market sector).
pub const SECTORS: usize = 11;
/// Number of occupations: the SOC major groups without the military.
pub const OCCUPATIONS: usize = 22;
/// Number of task categories (Acemoglu & Autor 2011).
pub const TASKS: usize = 5;

/// Identifiers of the market sectors, in the order of every sector-indexed array.
pub const SECTOR_IDS: [&str; SECTORS] = [
    "farming",
    "construction",
    "manufacturing",
    "logistics",
    "retail",
    "hospitality",
    "information_finance",
    "real_estate",
    "professional",
    "education_health",
    "personal",
];

/// Index of a market sector in every sector-indexed array.
pub mod sector {
    /// Growers, farms, mining.
    pub const FARMING: usize = 0;
    /// Builders and trades.
    pub const CONSTRUCTION: usize = 1;
    /// Makers; the sector whose orders compete with offshore makers.
    pub const MANUFACTURING: usize = 2;
    /// Wholesale, transport, utilities.
    pub const LOGISTICS: usize = 3;
    /// Shops.
    pub const RETAIL: usize = 4;
    /// Restaurants, cafés, hotels, recreation.
    pub const HOSPITALITY: usize = 5;
    /// Banks' branches, insurers, media, software.
    pub const INFORMATION_FINANCE: usize = 6;
    /// Landlords and agents.
    pub const REAL_ESTATE: usize = 7;
    /// Accountants, agencies, technical and administrative services.
    pub const PROFESSIONAL: usize = 8;
    /// Clinics, care, private schools.
    pub const EDUCATION_HEALTH: usize = 9;
    /// Hairdressers, repair, gyms, associations.
    pub const PERSONAL: usize = 10;
}

/// Identifiers of the occupations (SOC major groups), in the order of every occupation-indexed array.
pub const OCCUPATION_IDS: [&str; OCCUPATIONS] = [
    "management",
    "business_financial",
    "computer_mathematical",
    "architecture_engineering",
    "science",
    "community_social",
    "legal",
    "education_library",
    "arts_media",
    "healthcare_practitioners",
    "healthcare_support",
    "protective",
    "food_service",
    "building_grounds",
    "personal_care",
    "sales",
    "office_support",
    "farming_fishing",
    "construction_extraction",
    "installation_repair",
    "production",
    "transportation",
];

/// Identifiers of the task categories, in the order of every task-indexed array.
pub const TASK_IDS: [&str; TASKS] = [
    "routine_cognitive",
    "routine_manual",
    "nonroutine_analytic",
    "nonroutine_interpersonal",
    "nonroutine_manual",
];

/// Number of values an owner can hold.
pub const VALUES: usize = 5;
/// Identifiers of the values, in the order of every value-indexed array.
pub const VALUE_IDS: [&str; VALUES] = [
    "customer_intimacy",
    "community_focus",
    "quality_craftsmanship",
    "employee_empowerment",
    "agility",
];

/// Index of a value in every value-indexed array.
pub mod value {
    /// The personal tie to customers.
    pub const INTIMACY: usize = 0;
    /// The town and its people.
    pub const COMMUNITY: usize = 1;
    /// Pride in the work itself.
    pub const CRAFT: usize = 2;
    /// Staff who decide, learn and share.
    pub const EMPOWERMENT: usize = 3;
    /// Speed and readiness to change.
    pub const AGILITY: usize = 4;
}

/// Number of kinds of small business with traits of their own.
pub const ARCHETYPES: usize = 14;
/// Identifiers of these kinds.
pub const ARCHETYPE_IDS: [&str; ARCHETYPES] = [
    "bakery",
    "hardware_store",
    "bookstore",
    "grocer",
    "butcher",
    "online_store",
    "restaurant",
    "coffee_shop",
    "brewery",
    "maker",
    "hair_salon",
    "gym",
    "agency",
    "accountant",
];

/// Number of pain points that make a firm look for a technology.
pub const PAINS: usize = 6;
/// Identifiers of the pain points, in the order of every pain-indexed array.
pub const PAIN_IDS: [&str; PAINS] = [
    "thin_margin",
    "unmet_demand",
    "unfilled_posts",
    "errors",
    "competition",
    "owner_time",
];

/// Stages of a technology in use: pilot, expansion, integration.
pub const STAGES: usize = 3;
/// Most technologies a scenario can hold.
pub const TECHNOLOGIES_MAX: usize = 16;

/// An amount of money in whole cents.
///
/// The one rounding rule: dollars become cents by rounding to the nearest cent, halves away from zero
/// ([`Money::from_dollars`]); a share of an amount is rounded toward zero ([`Money::share`]), so the parts
/// of an amount never exceed it.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Money(i64);

impl Money {
    /// No money.
    pub const ZERO: Money = Money(0);

    /// An amount given in cents.
    #[inline]
    pub const fn from_cents(cents: i64) -> Money {
        Money(cents)
    }

    /// An amount given in dollars, rounded to the nearest cent, halves away from zero.
    #[inline]
    pub fn from_dollars(dollars: f64) -> Money {
        debug_assert!(dollars.is_finite(), "money must be finite, got {dollars}");
        Money((dollars * 100.0).round() as i64)
    }

    /// The amount in cents.
    #[inline]
    pub const fn cents(self) -> i64 {
        self.0
    }

    /// The amount in dollars, for rules that compute in real numbers.
    #[inline]
    pub fn dollars(self) -> f64 {
        self.0 as f64 / 100.0
    }

    /// `fraction` of the amount, rounded toward zero.
    #[inline]
    pub fn share(self, fraction: f64) -> Money {
        Money((self.0 as f64 * fraction) as i64)
    }

    /// The smaller of two amounts.
    #[inline]
    pub fn min(self, other: Money) -> Money {
        Money(self.0.min(other.0))
    }

    /// The larger of two amounts.
    #[inline]
    pub fn max(self, other: Money) -> Money {
        Money(self.0.max(other.0))
    }

    /// The amount if it is positive, else nothing.
    #[inline]
    pub fn at_least_zero(self) -> Money {
        Money(self.0.max(0))
    }

    /// Whether the amount is above zero.
    #[inline]
    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }
}

impl Add for Money {
    type Output = Money;
    #[inline]
    fn add(self, other: Money) -> Money {
        Money(self.0 + other.0)
    }
}

impl Sub for Money {
    type Output = Money;
    #[inline]
    fn sub(self, other: Money) -> Money {
        Money(self.0 - other.0)
    }
}

impl Neg for Money {
    type Output = Money;
    #[inline]
    fn neg(self) -> Money {
        Money(-self.0)
    }
}

impl AddAssign for Money {
    #[inline]
    fn add_assign(&mut self, other: Money) {
        self.0 += other.0;
    }
}

impl SubAssign for Money {
    #[inline]
    fn sub_assign(&mut self, other: Money) {
        self.0 -= other.0;
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Money>>(amounts: I) -> Money {
        amounts.fold(Money::ZERO, Add::add)
    }
}

impl std::fmt::Display for Money {
    /// Dollars and cents with a sign, for example `-$1,204.05`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let cents = self.0.unsigned_abs();
        let digits = (cents / 100).to_string();
        let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(f, "{sign}${grouped}.{:02}", cents % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dollars_round_half_away_from_zero() {
        assert_eq!(Money::from_dollars(0.125).cents(), 13);
        assert_eq!(Money::from_dollars(-0.125).cents(), -13);
        assert_eq!(Money::from_dollars(1.004).cents(), 100);
    }

    #[test]
    fn parts_never_exceed_the_whole() {
        let whole = Money::from_cents(1_001);
        assert!(whole.share(0.5) + whole.share(0.5) <= whole);
        assert_eq!(Money::from_cents(-1_001).share(0.5).cents(), -500);
    }

    #[test]
    fn amounts_print_with_thousands() {
        assert_eq!(Money::from_cents(-120_405).to_string(), "-$1,204.05");
        assert_eq!(Money::from_cents(5).to_string(), "$0.05");
        assert_eq!(Money::from_cents(100_000_000).to_string(), "$1,000,000.00");
    }
}
