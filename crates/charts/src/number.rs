//! Numbers as a reader expects them: "$1.2M", "6.3%", "12,345", "−0.4".
/// What a chart measures: the words for its subtitle and how its numbers are written.
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    /// The unit in words, for the subtitle: "% of the labor force", "2024 dollars per month".
    pub words: String,
    /// How the numbers are written.
    pub format: Format,
}

impl Unit {
    /// A unit in words and the way its numbers are written.
    pub fn new(words: impl Into<String>, format: Format) -> Self {
        Self {
            words: words.into(),
            format,
        }
    }
}

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A plain number: 12,345 or 0.42.
    Number,
    /// A number of dollars: $12,345 or $1.2M.
    Dollars,
    /// A number that is a percentage already: 6.3 is written 6.3%.
    Percent,
    /// A share of one: 0.063 is written 6.3%.
    Share,
    /// A difference of percentages, in percentage points: 1.5 is written "1.5 points".
    Points,
    /// A difference of shares: 0.015 is written "1.5 points".
    SharePoints,
}

impl Format {
    fn scale(self) -> f64 {
        match self {
            Self::Share | Self::SharePoints => 100.0,
            _ => 1.0,
        }
    }

    fn signs(self) -> (&'static str, &'static str) {
        match self {
            Self::Dollars => ("$", ""),
            Self::Percent | Self::Share => ("", "%"),
            Self::Points | Self::SharePoints | Self::Number => ("", ""),
        }
    }

    /// The number for a label; three significant digits or so.
    #[must_use]
    pub fn value(self, value: f64) -> String {
        self.value_beside(value, value)
    }

    /// As [`Self::value`], with the decimals that `like` has: numbers of one list then compare.
    #[must_use]
    pub fn value_beside(self, value: f64, like: f64) -> String {
        let mut text = self.short(value, like);
        if value.is_finite() && matches!(self, Self::Points | Self::SharePoints) {
            let one = text == "1" || text == "1.0" || text == "−1.0";
            text.push_str(if one { " point" } else { " points" });
        }
        text
    }

    /// As [`Self::value`], with a plus sign before a gain.
    #[must_use]
    pub fn signed(self, value: f64) -> String {
        self.signed_beside(value, value)
    }

    /// As [`Self::signed`], with the decimals that `like` has.
    #[must_use]
    pub fn signed_beside(self, value: f64, like: f64) -> String {
        plus(value, self.value_beside(value, like))
    }

    /// "5.5–7.2": the two ends with the same decimals, a percent sign left to the number beside it.
    #[must_use]
    pub fn range(self, low: f64, high: f64) -> String {
        self.range_beside(low, high, 0.0)
    }

    /// As [`Self::range`], with no more decimals than `like` has.
    pub(super) fn range_beside(self, low: f64, high: f64, like: f64) -> String {
        let (a, b) = self.ends(low, high, like);
        if self == Self::Dollars || low < 0.0 || high < 0.0 {
            return format!("{a} to {b}");
        }
        format!("{}–{}", a.trim_end_matches('%'), b.trim_end_matches('%'))
    }

    /// As [`Self::range`] for changes, where both ends carry their sign.
    #[must_use]
    pub fn signed_range(self, low: f64, high: f64) -> String {
        self.signed_range_beside(low, high, 0.0)
    }

    /// As [`Self::signed_range`], with no more decimals than `like` has.
    pub(super) fn signed_range_beside(self, low: f64, high: f64, like: f64) -> String {
        let (a, b) = self.ends(low, high, like);
        format!("{} to {}", plus(low, a), plus(high, b))
    }

    fn ends(self, low: f64, high: f64, like: f64) -> (String, String) {
        let larger = low.abs().max(high.abs()).max(like.abs());
        (self.short(low, larger), self.short(high, larger))
    }

    /// The number without the word "points", with the decimals a number as large as `like` has.
    pub(super) fn short(self, value: f64, like: f64) -> String {
        if !value.is_finite() {
            return "no data".to_owned();
        }
        // A share near the largest double has no percentage that fits one.
        let scaled = (value * self.scale()).clamp(f64::MIN, f64::MAX);
        let size = (like * self.scale()).abs();
        let decimals = match self {
            Self::Number if size >= 100.0 || (is_whole(size) && is_whole(scaled)) => 0,
            Self::Dollars if size >= 10.0 || size == 0.0 => 0,
            Self::Number if size >= 10.0 => 1,
            Self::Number | Self::Dollars if size >= 0.1 => 2,
            Self::Dollars if size >= 0.01 => 2,
            _ if size >= 0.1 || size == 0.0 => 1,
            // Two significant digits of a small number.
            _ => (1.0 - libm::floor(libm::log10(size))).clamp(0.0, 300.0) as usize,
        };
        self.dress(scaled, decimals, Magnitude::of(size))
    }

    /// The number for a tick of an axis whose ticks are `step` apart and reach up to `most`.
    #[must_use]
    pub fn tick(self, value: f64, step: f64, most: f64) -> String {
        let (scaled, step) = (value * self.scale(), step * self.scale());
        let magnitude = Magnitude::of((most * self.scale()).abs());
        let apart = step / magnitude.divisor();
        let decimals = (0..6).find(|d| {
            let shifted = apart * libm::pow(10.0, f64::from(*d));
            shifted > 0.5 && (shifted - libm::round(shifted)).abs() < 1e-6 * shifted
        });
        match decimals {
            _ if scaled == 0.0 => self.dress(0.0, 0, Magnitude::One),
            Some(decimals) if magnitude != Magnitude::Power || apart == 0.0 => {
                self.in_magnitude(scaled, decimals as usize, magnitude)
            }
            _ => self.dress(scaled, 7, Magnitude::Power),
        }
    }

    fn dress(self, scaled: f64, decimals: usize, magnitude: Magnitude) -> String {
        if magnitude == Magnitude::Power || decimals > 5 {
            let (before, after) = self.signs();
            return format!(
                "{}{before}{}{after}",
                minus(scaled),
                scientific(scaled.abs())
            );
        }
        let decimals = match magnitude {
            Magnitude::One => decimals,
            _ if scaled.abs() / magnitude.divisor() >= 100.0 => 0,
            _ if scaled.abs() / magnitude.divisor() >= 10.0 => 1,
            _ => 2,
        };
        self.in_magnitude(scaled, decimals, magnitude)
    }

    fn in_magnitude(self, scaled: f64, decimals: usize, magnitude: Magnitude) -> String {
        let (before, after) = self.signs();
        let digits = group(&format!(
            "{:.decimals$}",
            scaled.abs() / magnitude.divisor()
        ));
        let sign = if digits.chars().any(|c| ('1'..='9').contains(&c)) {
            minus(scaled)
        } else {
            ""
        };
        let letter = if magnitude == Magnitude::Power {
            ""
        } else {
            magnitude.letter()
        };
        format!("{sign}{before}{digits}{letter}{after}")
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Magnitude {
    One,
    Million,
    Billion,
    Trillion,
    /// Beyond words: a power of ten.
    Power,
}

impl Magnitude {
    fn of(size: f64) -> Self {
        match size {
            s if s < 999_950.0 => Self::One,
            s if s < 999_950_000.0 => Self::Million,
            s if s < 999_950_000_000.0 => Self::Billion,
            s if s < 1e15 => Self::Trillion,
            _ => Self::Power,
        }
    }

    fn divisor(self) -> f64 {
        match self {
            Self::One | Self::Power => 1.0,
            Self::Million => 1e6,
            Self::Billion => 1e9,
            Self::Trillion => 1e12,
        }
    }

    fn letter(self) -> &'static str {
        match self {
            Self::One | Self::Power => "",
            Self::Million => "M",
            Self::Billion => "B",
            Self::Trillion => "T",
        }
    }
}

fn is_whole(size: f64) -> bool {
    libm::floor(size) == size
}

fn minus(value: f64) -> &'static str {
    if value < 0.0 { "−" } else { "" }
}

/// The text with a plus sign before a gain.
pub(super) fn plus(value: f64, text: String) -> String {
    let nothing = !text.chars().any(|c| ('1'..='9').contains(&c));
    if value > 0.0 && !nothing {
        format!("+{text}")
    } else {
        text
    }
}

/// Commas between thousands.
fn group(digits: &str) -> String {
    let (whole, rest) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    if whole.len() <= 3 {
        return digits.to_owned();
    }
    let mut out = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out.push_str(rest);
    out
}

/// "1.2×10⁻⁵".
fn scientific(size: f64) -> String {
    let text = format!("{size:.1e}");
    let (mantissa, power) = text.split_once('e').unwrap_or((&text, "0"));
    let raised: String = power
        .chars()
        .map(|c| match c {
            '-' => '⁻',
            '1' => '¹',
            '2' => '²',
            '3' => '³',
            digit => {
                let step = digit.to_digit(10).unwrap_or(0);
                char::from_u32(0x2070 + step).unwrap_or('⁰')
            }
        })
        .collect();
    format!("{mantissa}×10{raised}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_read_like_a_newspaper() {
        let cases = [
            (Format::Percent, 6.27, "6.3%"),
            (Format::Share, 0.063, "6.3%"),
            (Format::Share, -0.0004, "−0.040%"),
            (Format::Dollars, 1_234_567.0, "$1.23M"),
            (Format::Dollars, -300.0, "−$300"),
            (Format::Dollars, 0.62, "$0.62"),
            (Format::Dollars, 0.07, "$0.07"),
            (Format::Dollars, 45_678.4, "$45,678"),
            (Format::Number, 12_345.0, "12,345"),
            (Format::Number, 0.0, "0"),
            (Format::Number, 0.4213, "0.42"),
            (Format::Number, 0.000_012, "1.2×10⁻⁵"),
            (Format::Number, 2.5e18, "2.5×10¹⁸"),
            (Format::Points, 1.53, "1.5 points"),
            (Format::SharePoints, -0.021, "−2.1 points"),
            (Format::Percent, -0.000_000_1, "−1.0×10⁻⁷%"),
            (Format::Number, f64::NAN, "no data"),
            (Format::Dollars, 999_960.0, "$1.00M"),
        ];
        for (format, value, expected) in cases {
            assert_eq!(format.value(value), expected);
        }
    }

    #[test]
    fn signs_and_ranges() {
        assert_eq!(Format::Dollars.signed(1200.0), "+$1,200");
        assert_eq!(Format::Number.signed(0.0), "0");
        assert_eq!(Format::Share.signed_beside(-0.000_46, 0.029), "0.0%");
        assert_eq!(Format::Share.signed_beside(0.000_71, 0.2), "+0.1%");
        assert_eq!(Format::Percent.range(5.5, 7.2), "5.5–7.2");
        assert_eq!(Format::Number.range(0.42, 1.0), "0.42–1");
        assert_eq!(Format::Percent.range(-5.5, 7.2), "−5.5% to 7.2%");
        assert_eq!(Format::Points.signed_range(-0.033, 2.0), "0.0 to +2.0");
    }

    #[test]
    fn ticks_carry_the_digits_their_step_needs() {
        assert_eq!(Format::Percent.tick(2.0, 2.0, 8.0), "2%");
        assert_eq!(Format::Share.tick(0.025, 0.025, 0.1), "2.5%");
        assert_eq!(
            Format::Dollars.tick(500_000.0, 500_000.0, 2_000_000.0),
            "$0.5M"
        );
        assert_eq!(Format::Dollars.tick(0.0, 500_000.0, 2_000_000.0), "$0");
        assert_eq!(Format::Number.tick(-0.2, 0.2, 0.6), "−0.2");
        assert_eq!(Format::Number.tick(2e-9, 1e-9, 4e-9), "2.0×10⁻⁹");
    }
}
