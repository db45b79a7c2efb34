//! Scenarios compared: their levels above, their differences to the first below.
use super::axis::Months;
use super::events::Event;
use super::frame::{Frame, Words};
use super::number::{Format, Unit};
use super::palette::MOST_SERIES;
use super::panel::{TimePanel, many_bands, months_height, zero_note};
use super::scene::{Area, Scene};
use super::series::{COLUMNS, Series, band_note};
use super::time::{describe_events, describe_words, rows};
use super::{ChartError, Rendered, at_most, finish, table};

const HEIGHT: f64 = 760.0;
const LEAST: f64 = 520.0;
/// White space between the panels.
const BETWEEN: f64 = 30.0;

/// Scenarios compared: their levels above, their differences to the first below.
///
/// The differences come from the caller, since runs are paired by seed: the median of the paired
/// differences is not the difference of the medians.
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
        finish(&self.layout(), &self.words, self.describe(), self.data()?)
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

    fn layout(&self) -> Scene {
        let header = self.header();
        // One way of showing intervals in both panels, so that one note explains them.
        let bars_at_end = many_bands(self.levels.iter()) || many_bands(self.differences.iter());
        let levels = TimePanel {
            months: &self.months,
            series: self.levels.iter().collect(),
            format: self.unit.format,
            from_zero: self.y_from_zero,
            events: &self.events,
            bare_events: false,
            header: "Level",
            signed: false,
            bars_at_end,
        };
        let differences = TimePanel {
            months: &self.months,
            series: self.differences.iter().collect(),
            format: self.difference,
            from_zero: true,
            events: &self.events,
            bare_events: true,
            header: &header,
            signed: true,
            bars_at_end,
        };
        let all = self.levels.iter().chain(&self.differences);
        let notes: Vec<String> = band_note(all, bars_at_end)
            .into_iter()
            .chain(zero_note(&levels.ticks(LEAST / 2.0)))
            .collect();
        let frame = Frame::new(&self.words, &self.unit.words, &notes);
        let months = months_height(&self.months);
        let labels = levels.labels_height().max(differences.labels_height());
        let least = LEAST.max(2.0 * labels + months + BETWEEN + 90.0);
        let (mut scene, area) = frame.open_within(HEIGHT, least);
        let split = area.top + (area.height() - months - BETWEEN) * 0.52;
        let above = Area {
            bottom: split,
            ..area
        };
        let below = Area {
            top: split + BETWEEN,
            ..area
        };
        // The same edges in both panels, so that a month is in one place and labels align.
        let width = levels
            .ticks_width(above.height())
            .max(differences.ticks_width(below.height()));
        let left = area.left + width;
        let (first, second) = (
            levels.beside(&above, false),
            differences.beside(&below, true),
        );
        let texts = area.right - first.1.max(second.1);
        let right = texts - first.0.max(second.0);
        levels.draw(&mut scene, &above, (left, right, texts), false);
        differences.draw(&mut scene, &below, (left, right, texts), true);
        scene
    }

    fn describe(&self) -> String {
        let mut text = format!("Two line charts, {}. ", self.months.range());
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
        let mut header = vec!["panel", "month", "series"];
        header.extend(COLUMNS);
        let mut all = rows(&self.months, &self.levels, &["level"]);
        all.extend(rows(&self.months, &self.differences, &["difference"]));
        table::write(&header, all)
    }
}
