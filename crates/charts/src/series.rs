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

/// One line: a scenario, a sector. A number that is not finite leaves a gap.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Series {
    /// Its name, drawn at its end.
    pub label: String,
    /// Index into the palette; the same thing keeps its color from chart to chart.
    pub color: usize,
    /// One number a month: the median or the only run.
    pub values: Vec<f64>,
    /// Where the middle 50% of runs lie.
    pub band50: Option<Band>,
    /// Where the middle 90% of runs lie.
    pub band90: Option<Band>,
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

    pub(super) fn check(&self, expected: usize) -> Result<(), ChartError> {
        let bands = [&self.band50, &self.band90];
        let lengths = bands
            .into_iter()
            .flatten()
            .flat_map(|b| [b.low.len(), b.high.len()]);
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
        let bands = [&self.band50, &self.band90];
        let ends = bands
            .into_iter()
            .flatten()
            .flat_map(|b| b.low.iter().chain(&b.high));
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

    /// Ends of the 90% band at `place`.
    pub(super) fn interval(&self, place: usize) -> Option<(f64, f64)> {
        ends(self.band90.as_ref()?, place)
    }

    /// The last value and its interval: "6.3% (90%: 5.5–7.2)", with the decimals that `like` has.
    pub(super) fn last_words(&self, format: Format, signed: bool, like: f64) -> String {
        let Some((place, value)) = self.last() else {
            return "no data".to_owned();
        };
        let text = if signed {
            format.signed_beside(value, like)
        } else {
            format.value_beside(value, like)
        };
        match self.interval(place) {
            Some((low, high)) if signed => {
                format!(
                    "{text} (90%: {})",
                    format.signed_range_beside(low, high, like)
                )
            }
            Some((low, high)) => format!("{text} (90%: {})", format.range_beside(low, high, like)),
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
                let like = self.last().map_or(0.0, |(_, value)| value);
                let last = self.last_words(format, signed, like);
                format!("{}: from {first} to {last}.", self.label)
            }
            None => format!("{}: no data.", self.label),
        }
    }

    /// Cells of a row of the data: value and band ends.
    pub(super) fn cells(&self, place: usize) -> Vec<String> {
        let end = |band: &Option<Band>, high: bool| {
            let numbers = band.as_ref().map(|b| if high { &b.high } else { &b.low });
            numbers.map_or(String::new(), |numbers| table::cell(numbers[place]))
        };
        vec![
            table::cell(self.values[place]),
            end(&self.band50, false),
            end(&self.band50, true),
            end(&self.band90, false),
            end(&self.band90, true),
        ]
    }
}

/// Names of the columns [`Series::cells`] fills.
pub(super) const COLUMNS: [&str; 5] = ["value", "low50", "high50", "low90", "high90"];

pub(super) fn ends(band: &Band, place: usize) -> Option<(f64, f64)> {
    let (low, high) = (*band.low.get(place)?, *band.high.get(place)?);
    (low.is_finite() && high.is_finite()).then_some((low, high))
}

/// What the bands are, for the caption; `at_end` if they are drawn as bars beside the lines' ends.
pub(super) fn band_note<'a>(
    series: impl Iterator<Item = &'a Series>,
    at_end: bool,
) -> Option<String> {
    let (mut inner, mut outer) = (false, false);
    for one in series {
        inner |= one.band50.is_some();
        outer |= one.band90.is_some();
    }
    let note = match (inner, outer, at_end) {
        (false, false, _) => return None,
        (true, true, false) => {
            "Lines are medians; the middle 50% of runs lie in the darker band, 90% in the lighter."
        }
        (true, false, false) => "Lines are medians; the middle 50% of runs lie in the band.",
        (false, true, false) => "Lines are medians; the middle 90% of runs lie in the band.",
        (true, true, true) => {
            "Lines are medians; in the last month the middle 50% of runs lie on the thick part of \
             the bar, 90% on the thin."
        }
        (_, _, true) => "Lines are medians; bars hold the middle of the runs in the last month.",
    };
    Some(note.to_owned())
}

/// Draws the bands of one series.
pub(super) fn draw_bands(scene: &mut Scene, x: &Scale, y: &Scale, series: &Series) {
    for (band, opacity) in [(&series.band90, 0.16), (&series.band50, 0.28)] {
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
