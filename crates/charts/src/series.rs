//! Lines over months: their data, and how they and their bands are drawn.
use super::ChartError;
use super::axis::Scale;
use super::number::Format;
use super::palette::{marker, series_color};
use super::scene::{Point, Scene};
use super::table;

/// The lower and upper ends of an interval, month by month.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Band {
    /// Lower ends.
    pub low: Vec<f64>,
    /// Upper ends.
    pub high: Vec<f64>,
}

/// A confidence interval of each month's number.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Interval {
    /// How often intervals made this way hold the mean, 0 to 1.
    pub confidence: f64,
    /// Its ends.
    pub band: Band,
}

/// One line: a scenario, a sector. A number that is not finite leaves a gap.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Series {
    /// Its name, drawn at its end.
    pub label: String,
    /// Index into the palette; the same thing keeps its color from chart to chart.
    pub color: usize,
    /// One number a month: the middle of the runs, or the only run.
    pub values: Vec<f64>,
    /// Whether the middle is the mean of the runs; else it is their median.
    pub of_means: bool,
    /// Where the middle 50% of runs lie.
    pub band50: Option<Band>,
    /// Where the middle 90% of runs lie.
    pub band90: Option<Band>,
    /// How sure a mean difference is; in place of bands of runs.
    pub interval: Option<Interval>,
    /// What its label tells in place of the last month, so that it is what the title tells.
    pub told: Option<Told>,
}

/// A number with the ends of its interval or band, where it has one.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Told {
    /// The number.
    pub value: f64,
    /// Ends of what the line's interval or 90% band is around it.
    pub ends: Option<(f64, f64)>,
    /// How many of the last months it is the mean of, if it is not what the line ends at.
    pub over: Option<usize>,
}

impl Series {
    /// A line without bands.
    pub fn new(label: impl Into<String>, color: usize, values: Vec<f64>) -> Self {
        Self {
            label: label.into(),
            color,
            values,
            ..Self::default()
        }
    }

    fn bands(&self) -> impl Iterator<Item = &Band> {
        let interval = self.interval.as_ref().map(|interval| &interval.band);
        let bands = [self.band50.as_ref(), self.band90.as_ref(), interval];
        bands.into_iter().flatten()
    }

    /// Whether it has bands or an interval.
    pub(super) fn is_banded(&self) -> bool {
        self.bands().next().is_some()
    }

    pub(super) fn check(&self, expected: usize) -> Result<(), ChartError> {
        let lengths = self.bands().flat_map(|b| [b.low.len(), b.high.len()]);
        match [self.values.len()]
            .into_iter()
            .chain(lengths)
            .find(|found| *found != expected)
        {
            Some(found) => Err(ChartError::Length {
                series: self.label.clone(),
                found,
                expected,
            }),
            None => Ok(()),
        }
    }

    /// Every number the axis must reach.
    pub(super) fn numbers(&self) -> impl Iterator<Item = f64> + '_ {
        let ends = self.bands().flat_map(|b| b.low.iter().chain(&b.high));
        self.values.iter().chain(ends).copied()
    }

    /// Place and value of the last number.
    pub(super) fn last(&self) -> Option<(usize, f64)> {
        self.values
            .iter()
            .copied()
            .enumerate()
            .rfind(|(_, value)| value.is_finite())
    }

    fn first(&self) -> Option<f64> {
        self.values.iter().copied().find(|value| value.is_finite())
    }

    /// What the label tells: the number given for it, or that of the last month.
    pub(super) fn told(&self) -> Option<Told> {
        let (place, value) = self.last()?;
        let interval = self.interval.as_ref().map(|interval| &interval.band);
        let band = interval.or(self.band90.as_ref());
        let last = Told {
            value,
            ends: band.and_then(|band| ends(band, place)),
            over: None,
        };
        Some(
            self.told
                .filter(|told| told.value.is_finite())
                .unwrap_or(last),
        )
    }

    /// The last value and its interval: "6.3% (90%: 5.5–7.2)", with the decimals that `like` has.
    pub(super) fn last_words(&self, format: Format, signed: bool, like: f64) -> String {
        let Some(Told { value, ends, .. }) = self.told() else {
            return "no data".to_owned();
        };
        let percent = match &self.interval {
            Some(interval) => 100.0 * interval.confidence,
            None => 90.0,
        };
        let text = if signed {
            format.signed_beside(value, like)
        } else {
            format.value_beside(value, like)
        };
        match ends {
            Some((low, high)) if signed => {
                format!(
                    "{text} ({percent:.0}%: {})",
                    format.signed_range_beside(low, high, like)
                )
            }
            Some((low, high)) => format!(
                "{text} ({percent:.0}%: {})",
                format.range_beside(low, high, like)
            ),
            None => text,
        }
    }

    /// One sentence for the description.
    pub(super) fn sentence(&self, format: Format, signed: bool) -> String {
        match self.first() {
            Some(first) => {
                let first = if signed {
                    format.signed(first)
                } else {
                    format.value(first)
                };
                let like = self.told().map_or(0.0, |told| told.value);
                let last = self.last_words(format, signed, like);
                format!("{}: from {first} to {last}.", self.label)
            }
            None => format!("{}: no data.", self.label),
        }
    }

    /// Cells of a row of the data: value and band ends.
    pub(super) fn cells(&self, place: usize) -> Vec<String> {
        let end = |band: Option<&Band>, high: bool| {
            let numbers = band.map(|b| if high { &b.high } else { &b.low });
            numbers.map_or(String::new(), |numbers| table::cell(numbers[place]))
        };
        let interval = self.interval.as_ref().map(|interval| &interval.band);
        let mut cells = vec![table::cell(self.values[place])];
        for band in [self.band50.as_ref(), self.band90.as_ref(), interval] {
            cells.extend([end(band, false), end(band, true)]);
        }
        cells
    }
}

/// Names of the columns [`Series::cells`] fills.
pub(super) const COLUMNS: [&str; 7] = [
    "value",
    "low50",
    "high50",
    "low90",
    "high90",
    "interval_low",
    "interval_high",
];

pub(super) fn ends(band: &Band, place: usize) -> Option<(f64, f64)> {
    let (low, high) = (*band.low.get(place)?, *band.high.get(place)?);
    (low.is_finite() && high.is_finite()).then_some((low, high))
}

/// What the bands are, for the caption; `at_end` if they are drawn as bars beside the lines' ends.
pub(super) fn band_note<'a>(
    series: impl Iterator<Item = &'a Series>,
    at_end: bool,
) -> Option<String> {
    let (mut inner, mut outer, mut of_means) = (false, false, false);
    for one in series {
        inner |= one.band50.is_some();
        outer |= one.band90.is_some();
        of_means |= one.of_means;
    }
    let middle = if of_means {
        "means over runs"
    } else {
        "medians"
    };
    let bands = match (inner, outer, at_end) {
        (false, false, _) => return of_means.then(|| format!("Lines are {middle}.")),
        (true, true, false) => "the middle 50% of runs lie in the darker band, 90% in the lighter",
        (true, false, false) => "the middle 50% of runs lie in the band",
        (false, true, false) => "the middle 90% of runs lie in the band",
        (true, true, true) => {
            "in the last month the middle 50% of runs lie on the thick part of the bar, 90% on the \
             thin"
        }
        (true, false, true) => "bars hold the middle 50% of runs in the last month",
        (false, true, true) => "bars hold the middle 90% of runs in the last month",
    };
    Some(format!("Lines are {middle}; {bands}."))
}

/// What the intervals of differences are, for the caption.
pub(super) fn interval_note<'a>(
    mut series: impl Iterator<Item = &'a Series>,
    at_end: bool,
) -> Option<String> {
    let interval = series.find_map(|one| one.interval.as_ref())?;
    let percent = 100.0 * interval.confidence;
    let shown = if at_end {
        "bars beside the last month"
    } else {
        "bands"
    };
    Some(format!(
        "Differences are means; {shown} hold their {percent:.0}% confidence intervals."
    ))
}

/// Draws the bands of one series.
pub(super) fn draw_bands(scene: &mut Scene, x: &Scale, y: &Scale, series: &Series) {
    let interval = series.interval.as_ref().map(|interval| &interval.band);
    let bands = [
        (series.band90.as_ref(), 0.16),
        (series.band50.as_ref(), 0.28),
        (interval, 0.20),
    ];
    for (band, opacity) in bands {
        let Some(band) = band else { continue };
        let places: Vec<Option<(f64, f64)>> =
            (0..band.low.len()).map(|place| ends(band, place)).collect();
        for run in runs(&places) {
            let lows = run
                .clone()
                .filter_map(|i| places[i].map(|(low, _)| (i, low)));
            let highs = run
                .rev()
                .filter_map(|i| places[i].map(|(_, high)| (i, high)));
            let outline = lows
                .chain(highs)
                .map(|(i, value)| (x.at(i as f64), y.at(value)))
                .collect();
            scene.polygon(outline, series_color(series.color), opacity);
        }
    }
}

/// Draws the line of one series; a month alone between two gaps becomes a dot.
pub(super) fn draw_line(scene: &mut Scene, x: &Scale, y: &Scale, series: &Series, width: f64) {
    let color = series_color(series.color);
    let points: Vec<Option<Point>> = series
        .values
        .iter()
        .enumerate()
        .map(|(i, value)| value.is_finite().then(|| (x.at(i as f64), y.at(*value))))
        .collect();
    for run in runs(&points) {
        let line: Vec<Point> = run.filter_map(|i| points[i]).collect();
        match line.as_slice() {
            [alone] => scene.circle(*alone, width * 1.6, color),
            _ => scene.line(line, color, width),
        }
    }
}

/// Draws a few markers along a line, staggered by its rank among `count` lines, and one at its end.
pub(super) fn draw_markers(
    scene: &mut Scene,
    x: &Scale,
    y: &Scale,
    series: &Series,
    (rank, count): (usize, usize),
) {
    let Some((last, _)) = series.last() else {
        return;
    };
    let months = series.values.len();
    let apart = (months / 6).max(1);
    let first = apart * (rank + 1) / (count + 1);
    let along = (first..months)
        .step_by(apart)
        .filter(|place| place + apart / 2 < last);
    for place in along.chain([last]) {
        let value = series.values[place];
        if value.is_finite() {
            let center = (x.at(place as f64), y.at(value));
            scene.marker(
                center,
                3.8,
                series_color(series.color),
                marker(series.color),
            );
        }
    }
}

/// The stretches without a gap.
fn runs<T>(places: &[Option<T>]) -> Vec<std::ops::Range<usize>> {
    let mut runs = Vec::new();
    let mut start = None;
    for (i, place) in places.iter().enumerate() {
        match (place, start) {
            (Some(_), None) => start = Some(i),
            (None, Some(first)) => {
                runs.push(first..i);
                start = None;
            }
            _ => {}
        }
    }
    runs.extend(start.map(|first| first..places.len()));
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_part_a_line() {
        let places = [None, Some(1), Some(2), None, Some(3)];
        assert_eq!(runs(&places), [1..3, 4..5]);
    }

    #[test]
    fn a_band_of_another_length_is_refused() {
        let band = Band {
            low: vec![0.0],
            high: vec![1.0],
        };
        let series = Series {
            band50: Some(band),
            ..Series::new("a", 0, vec![0.0, 1.0])
        };
        assert!(matches!(
            series.check(2),
            Err(ChartError::Length {
                found: 1,
                expected: 2,
                ..
            })
        ));
    }
}
