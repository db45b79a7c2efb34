//! Scenarios compared: their levels above, their differences to the first below.
use super::axis::Months;
use super::events::Event;
use super::frame::{Frame, Words};
use super::number::{Format, Unit};
use super::palette::MOST_SERIES;
use super::panel::{TimePanel, many_bands, months_height, zero_note};
use super::scene::{Area, Scene};
use super::series::{COLUMNS, Series, band_note, interval_note};
use super::time::{describe_events, describe_words, rows};
use super::{ChartError, Rendered, at_most, finish, table};

const HEIGHT: f64 = 760.0;
const LEAST: f64 = 520.0;
/// How many times the next largest difference a scenario's is that gets a panel of its own.
const APART: f64 = 8.0;
/// White space between the panels.
const BETWEEN: f64 = 30.0;

/// Scenarios compared: their levels above, their differences to the first below.
///
/// The differences come from the caller, since runs are paired by seed and their interval is that of the pairs.
#[derive(Debug, Clone, PartialEq)]
pub struct ComparisonChart {
    /// The words around it.
    pub words: Words,
    /// What is measured.
    pub unit: Unit,
    /// How a difference is written: points for percentages.
    pub difference: Format,
    /// Whether the axis of the levels must include zero.
    pub y_from_zero: bool,
    /// The months along the bottom.
    pub months: Months,
    /// The levels, the scenario compared with first; at most eight.
    pub levels: Vec<Series>,
    /// The differences to the first scenario, in the colors of the levels.
    pub differences: Vec<Series>,
    /// What happened when.
    pub events: Vec<Event>,
}

impl ComparisonChart {
    /// Draws the chart.
    ///
    /// # Errors
    /// If a series is not as long as the months, or there are more than eight.
    pub fn render(&self) -> Result<Rendered, ChartError> {
        at_most("series", self.levels.len(), MOST_SERIES)?;
        at_most("differences", self.differences.len(), MOST_SERIES)?;
        for series in self.levels.iter().chain(&self.differences) {
            series.check(self.months.count)?;
        }
        Ok(finish(
            self.layout(),
            &self.words,
            self.describe(),
            self.data()?,
        ))
    }

    fn header(&self) -> String {
        let first = self
            .levels
            .first()
            .map_or("the first scenario", |series| &series.label);
        let unit = match self.difference {
            Format::Points | Format::SharePoints => ", percentage points",
            _ => "",
        };
        format!("Difference to {first}{unit}")
    }

    /// Differences that share a scale, and those so large that they would make lines of the others.
    fn scales(&self) -> (Vec<&Series>, Vec<&Series>) {
        let size = |series: &Series| {
            let sizes = series.values.iter().map(|value| value.abs());
            sizes.filter(|size| size.is_finite()).fold(0.0, f64::max)
        };
        let mut sizes: Vec<f64> = self.differences.iter().map(size).collect();
        sizes.retain(|size| *size > 0.0);
        sizes.sort_by(|a, b| b.total_cmp(a));
        // No more than half are apart: what most do is the rule.
        let mut gaps = sizes.windows(2).take(sizes.len() / 2);
        let least = gaps.rfind(|pair| pair[0] > APART * pair[1]);
        let least = least.map_or(f64::INFINITY, |pair| pair[0]);
        let (far, near) = (self.differences.iter()).partition(|series| size(series) >= least);
        (near, far)
    }

    fn panel<'a>(&'a self, series: Vec<&'a Series>, bars_at_end: bool) -> TimePanel<'a> {
        TimePanel {
            months: &self.months,
            series,
            format: self.difference,
            from_zero: true,
            events: &self.events,
            bare_events: true,
            header: "",
            signed: true,
            bars_at_end,
        }
    }

    fn layout(&self) -> Scene {
        let (near, far) = self.scales();
        let is_far = |series: &Series| far.iter().any(|other| other.color == series.color);
        let names: Vec<&str> = far.iter().map(|series| series.label.as_str()).collect();
        let headers = [
            self.header(),
            format!("{}, on a scale of its own", self.header()),
        ];
        // One way of showing intervals in all panels, so that one note explains them.
        let bars_at_end = many_bands(self.levels.iter()) || many_bands(near.iter().copied());
        let levels = TimePanel {
            format: self.unit.format,
            from_zero: self.y_from_zero,
            bare_events: false,
            header: "Level",
            signed: false,
            ..self.panel(
                self.levels.iter().filter(|one| !is_far(one)).collect(),
                bars_at_end,
            )
        };
        let mut notes: Vec<String> = band_note(self.levels.iter(), bars_at_end)
            .into_iter()
            .chain(interval_note(self.differences.iter(), bars_at_end))
            .chain(zero_note(&levels.ticks(LEAST / 2.0)))
            .collect();
        let mut panels = vec![levels];
        for (series, header) in [near, far.clone()].into_iter().zip(&headers) {
            if !series.is_empty() {
                panels.push(TimePanel {
                    header,
                    ..self.panel(series, bars_at_end)
                });
            }
        }
        if !names.is_empty() {
            notes.push(format!(
                "Only below, on another scale: {}, which would hide what the others do.",
                names.join(", ")
            ));
        }
        self.stack(&panels, &notes)
    }

    /// Panels one below the other, with the months below the last.
    fn stack(&self, panels: &[TimePanel<'_>], notes: &[String]) -> Scene {
        let shares: &[f64] = if panels.len() > 2 {
            &[0.38, 0.34, 0.28]
        } else {
            &[0.52, 0.48]
        };
        let frame = Frame::new(&self.words, &self.unit.words, notes);
        let months = months_height(&self.months);
        let labels = panels.iter().map(TimePanel::labels_height);
        let labels = labels.fold(0.0, f64::max);
        let count = panels.len() as f64;
        let gaps = BETWEEN * (count - 1.0);
        let least = (LEAST * count / 2.0).max(count * labels + months + gaps + 90.0);
        let (mut scene, area) = frame.open_within(HEIGHT * (0.4 + 0.3 * count), least);
        let room = area.height() - months - gaps;
        let mut top = area.top;
        let mut areas = Vec::new();
        for place in 0..panels.len() {
            let is_last = place + 1 == panels.len();
            let bottom = match is_last {
                true => area.bottom,
                false => top + room * shares[place],
            };
            areas.push((
                Area {
                    top,
                    bottom,
                    ..area
                },
                is_last,
            ));
            top = bottom + BETWEEN;
        }
        // The same edges in all panels, so that a month is in one place and labels align.
        let both = || panels.iter().zip(&areas);
        let widths = both().map(|(panel, (area, _))| panel.ticks_width(area.height()));
        let left = area.left + widths.fold(0.0, f64::max);
        let beside: Vec<(f64, f64)> = both()
            .map(|(panel, (area, is_last))| panel.beside(area, *is_last))
            .collect();
        let texts = area.right - beside.iter().map(|one| one.1).fold(0.0, f64::max);
        let right = texts - beside.iter().map(|one| one.0).fold(0.0, f64::max);
        for (panel, (area, is_last)) in both() {
            panel.draw(&mut scene, area, (left, right, texts), *is_last);
        }
        scene
    }

    fn describe(&self) -> String {
        let mut text = format!("Line charts one below the other, {}. ", self.months.range());
        text += &describe_words(&self.words, &self.unit);
        text += " Levels.";
        for series in &self.levels {
            text += " ";
            text += &series.sentence(self.unit.format, false);
        }
        text += &format!(" {}.", self.header());
        for series in &self.differences {
            text += " ";
            text += &series.sentence(self.difference, true);
        }
        text + &describe_events(&self.events, &self.months)
    }

    fn data(&self) -> Result<String, ChartError> {
        let mut header = vec!["panel", "month", "date", "series"];
        header.extend(COLUMNS);
        let mut all = rows(&self.months, &self.levels, &["level"]);
        all.extend(rows(&self.months, &self.differences, &["difference"]));
        table::write(&header, all)
    }
}
