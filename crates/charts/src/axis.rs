//! Axes: from values to pixels, and where the ticks go.
use super::number::Format;

/// A straight or logarithmic map from values to pixels.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    pub low: f64,
    pub high: f64,
    pub from: f64,
    pub to: f64,
    pub log: bool,
}

impl Scale {
    pub fn at(&self, value: f64) -> f64 {
        let part = if self.log {
            let (low, high) = (libm::log10(self.low), libm::log10(self.high));
            (libm::log10(value) - low) / (high - low)
        } else {
            // Halves first: the distance between the largest and the smallest double overflows.
            (value / 2.0 - self.low / 2.0) / (self.high / 2.0 - self.low / 2.0)
        };
        // Only numbers near the largest a double holds lie beyond their axis: they stop at its end.
        self.from + part.clamp(0.0, 1.0) * (self.to - self.from)
    }
}

/// The reach of an axis and its ticks.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Ticks {
    pub low: f64,
    pub high: f64,
    pub places: Vec<f64>,
    pub step: f64,
}

impl Ticks {
    pub fn labels(&self, format: Format) -> Vec<String> {
        let most = self.low.abs().max(self.high.abs());
        self.places
            .iter()
            .map(|place| format.tick(*place, self.step, most))
            .collect()
    }

    pub fn scale(&self, from: f64, to: f64) -> Scale {
        Scale {
            low: self.low,
            high: self.high,
            from,
            to,
            log: false,
        }
    }
}

/// Smallest and largest finite number.
pub(super) fn reach(values: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    values
        .filter(|value| value.is_finite())
        .fold(None, |reach, value| {
            let (low, high) = reach.unwrap_or((value, value));
            Some((low.min(value), high.max(value)))
        })
}

/// Round ticks, about `count` intervals, that cover `reach` and zero if `from_zero`.
pub(super) fn ticks(reach: Option<(f64, f64)>, from_zero: bool, count: usize) -> Ticks {
    let (mut low, mut high) = reach.unwrap_or((0.0, 1.0));
    // Beyond this no step can be told from no step, and sums overflow.
    (low, high) = (low.clamp(-1e300, 1e300), high.clamp(-1e300, 1e300));
    if from_zero {
        (low, high) = (low.min(0.0), high.max(0.0));
    }
    let size = low.abs().max(high.abs());
    if high - low <= size * 1e-9 || high - low < 1e-290 {
        // A constant: show it in the middle of an interval of its own size.
        let half = if size > 1e-290 { size * 0.1 } else { 0.5 };
        (low, high) = if from_zero && size <= 1e-290 {
            (0.0, 1.0)
        } else {
            (low - half, high + half)
        };
    }
    let step = round_step((high - low) / count.max(1) as f64);
    let first = libm::floor(low / step + 1e-9);
    let last = libm::ceil(high / step - 1e-9);
    let places: Vec<f64> = (0..=((last - first) as usize).min(50))
        .map(|i| {
            let place = (first + i as f64) * step;
            if place == 0.0 { 0.0 } else { place }
        })
        .collect();
    Ticks {
        low: first * step,
        high: last * step,
        places,
        step,
    }
}

/// The smallest of 1, 2, 2.5, 5 times a power of ten that is at least `rough`.
fn round_step(rough: f64) -> f64 {
    let power = libm::pow(10.0, libm::floor(libm::log10(rough)));
    let factor = rough / power;
    let round = [1.0, 2.0, 2.5, 5.0]
        .into_iter()
        .find(|r| factor <= r * (1.0 + 1e-9));
    round.unwrap_or(10.0) * power
}

/// Powers of ten that cover the positive part of `reach`; every k-th if there are many.
pub(super) fn log_ticks(reach: Option<(f64, f64)>, count: usize) -> Ticks {
    let (low, high) = reach.unwrap_or((1.0, 10.0));
    let first = libm::floor(libm::log10(low.max(1e-300)) + 1e-9) as i32;
    let last = (libm::ceil(libm::log10(high.max(1e-300)) - 1e-9) as i32).max(first + 1);
    let every = ((last - first) as usize).div_ceil(count.max(1));
    let power = |p: i32| libm::pow(10.0, f64::from(p));
    let places: Vec<f64> = (first..=last).step_by(every).map(power).collect();
    // The axis ends at 1, 2 or 5 times a power beyond the data, as long as two ticks stay on it.
    let ends = |exponent: i32| [1.0, 2.0, 5.0, 10.0].map(|factor| factor * power(exponent));
    let top = ends(last - 1)
        .into_iter()
        .find(|end| *end >= high * (1.0 - 1e-9));
    let bottom = ends(first)
        .into_iter()
        .rfind(|end| *end <= low * (1.0 + 1e-9));
    let (top, bottom) = (top.unwrap_or(power(last)), bottom.unwrap_or(power(first)));
    let within: Vec<f64> = places
        .iter()
        .copied()
        .filter(|place| (bottom..=top).contains(place))
        .collect();
    if within.len() < 2 {
        return Ticks {
            low: power(first),
            high: power(last),
            places,
            step: power(first),
        };
    }
    Ticks {
        low: bottom,
        high: top,
        places: within,
        step: power(first),
    }
}

/// The months along the bottom of a time chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Months {
    /// What the axis counts: "Months since the policy started". Empty if the dates say it.
    pub label: String,
    /// Number of the first month shown.
    pub first: i64,
    /// How many months are shown.
    pub count: usize,
    /// Year and month (1 to 12) of the first month shown; ticks are then dates, not numbers.
    pub calendar: Option<(i32, u32)>,
}

impl Months {
    /// Months numbered from `first`, without dates.
    pub fn numbered(label: impl Into<String>, first: i64, count: usize) -> Self {
        Self {
            label: label.into(),
            first,
            count,
            calendar: None,
        }
    }

    /// Months of the calendar, the first shown being `month` (1 to 12) of `year`.
    #[must_use]
    pub fn dated(first: i64, count: usize, year: i32, month: u32) -> Self {
        Self {
            label: String::new(),
            first,
            count,
            calendar: Some((year, month)),
        }
    }

    /// Number of months since a January (dated) or since month zero, of the month in `place`.
    fn absolute(&self, place: usize) -> i64 {
        let start = self.calendar.map_or(self.first, |(year, month)| {
            i64::from(year) * 12 + i64::from(month.clamp(1, 12)) - 1
        });
        start.saturating_add(place as i64)
    }

    /// The name of the month in `place`: "Mar 2027" or "15".
    #[must_use]
    pub fn name(&self, place: usize) -> String {
        let month = self.absolute(place);
        if self.calendar.is_none() {
            return month.to_string().replace('-', "−");
        }
        const NAMES: [&str; 12] = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ];
        let name = NAMES[month.rem_euclid(12) as usize];
        format!("{name} {}", month.div_euclid(12))
    }

    /// The number of the month in `place`, as tables by month have it.
    pub(super) fn number(&self, place: usize) -> i64 {
        self.first.saturating_add(place as i64)
    }

    /// The month in `place` as ISO 8601 writes it, "2027-03"; empty without a calendar.
    pub(super) fn iso(&self, place: usize) -> String {
        if self.calendar.is_none() {
            return String::new();
        }
        let month = self.absolute(place);
        format!(
            "{:04}-{:02}",
            month.div_euclid(12),
            month.rem_euclid(12) + 1
        )
    }

    /// The year of the month in `place`, or its number: shorter than [`Self::name`].
    pub(super) fn year_name(&self, place: usize) -> String {
        if self.calendar.is_none() {
            return self.name(place);
        }
        self.absolute(place).div_euclid(12).to_string()
    }

    /// The range of months in words, for a description.
    #[must_use]
    pub fn range(&self) -> String {
        match self.count {
            0 => "no month".to_owned(),
            1 => format!("month {}", self.name(0)),
            count if self.calendar.is_some() => {
                format!("{} to {}", self.name(0), self.name(count - 1))
            }
            count => format!("months {} to {}", self.name(0), self.name(count - 1)),
        }
    }

    /// Places of ticks and their texts, no closer than `apart` places.
    pub(super) fn ticks(&self, apart: f64) -> Vec<(usize, String)> {
        if self.count == 1 {
            return vec![(0, self.name(0))];
        }
        // Whole years once there are several: readers think in years.
        let apart = apart.max(self.count as f64 / 10.0);
        let steps = [
            1, 2, 3, 6, 12, 24, 36, 60, 120, 240, 600, 1200, 6000, 60_000,
        ];
        let step = steps
            .into_iter()
            .find(|step| *step as f64 >= apart)
            .unwrap_or(600_000);
        (0..self.count)
            .filter(|place| self.absolute(*place).rem_euclid(step) == 0)
            .map(|place| {
                let whole_years = self.calendar.is_some() && step >= 12;
                let year = self.absolute(place).div_euclid(12).to_string();
                (place, if whole_years { year } else { self.name(place) })
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_cover_the_data() {
        let t = ticks(Some((0.3, 7.2)), true, 5);
        assert_eq!(t.places, [0.0, 2.0, 4.0, 6.0, 8.0]);
        let t = ticks(Some((-0.31, 0.12)), false, 4);
        assert!(t.low <= -0.31 && t.high >= 0.12 && t.places.contains(&0.0));
    }

    #[test]
    fn any_numbers_give_finite_ticks() {
        let odd = [
            None,
            Some((0.0, 0.0)),
            Some((5.0, 5.0)),
            Some((-1e308, 1e308)),
            Some((1e-310, 2e-310)),
            Some((1e9, 1e9 + 1e-3)),
            Some((-3e-7, -1e-7)),
        ];
        for reach in odd {
            for from_zero in [true, false] {
                let t = ticks(reach, from_zero, 5);
                assert!(t.low.is_finite() && t.high > t.low, "{reach:?} gives {t:?}");
                assert!((2..=12).contains(&t.places.len()), "{reach:?} gives {t:?}");
            }
        }
    }

    #[test]
    fn months_tick_at_whole_years() {
        let numbered = Months::numbered("", 0, 61);
        let places: Vec<usize> = numbered
            .ticks(7.0)
            .into_iter()
            .map(|(place, _)| place)
            .collect();
        assert_eq!(places, [0, 12, 24, 36, 48, 60]);
        let dated = Months::dated(0, 30, 2026, 11);
        assert_eq!(
            dated.ticks(7.0),
            [
                (2, "2027".to_owned()),
                (14, "2028".to_owned()),
                (26, "2029".to_owned())
            ]
        );
        assert_eq!(dated.name(0), "Nov 2026");
        assert_eq!((dated.number(2), dated.iso(2)), (2, "2027-01".to_owned()));
        assert_eq!(dated.range(), "Nov 2026 to Apr 2029");
    }

    #[test]
    fn logarithmic_ticks_are_powers_of_ten() {
        assert_eq!(
            log_ticks(Some((1.0, 900.0)), 6).places,
            [1.0, 10.0, 100.0, 1000.0]
        );
    }
}
