//! Lines or fans over months, labeled at their ends.
use super::axis::Months;
use super::events::Event;
use super::frame::{Frame, Words};
use super::number::{Format, Unit};
use super::palette::MOST_SERIES;
use super::panel::{TimePanel, many_bands, months_height, zero_note};
use super::scene::Scene;
use super::series::{COLUMNS, Series, band_note};
use super::{ChartError, Rendered, at_most, finish, table};

/// Height of the picture, in design pixels.
const HEIGHT: f64 = 540.0;
/// Height the plot keeps however many words surround it.
const LEAST: f64 = 280.0;

/// Lines or fans over months, labeled at their ends.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeChart {
    /// The words around it.
    pub words: Words,
    /// What is measured.
    pub unit: Unit,
    /// Whether the vertical axis must include zero.
    pub y_from_zero: bool,
    /// The months along the bottom.
    pub months: Months,
    /// The lines, at most eight.
    pub series: Vec<Series>,
    /// What happened when.
    pub events: Vec<Event>,
}

impl Default for TimeChart {
    fn default() -> Self {
        Self {
            words: Words::default(),
            unit: Unit::new("", Format::Number),
            y_from_zero: true,
            months: Months::numbered("Month", 0, 0),
            series: Vec::new(),
            events: Vec::new(),
        }
    }
}

impl TimeChart {
    /// Draws the chart.
    ///
    /// # Errors
    /// If a series is not as long as the months, or there are more than eight.
    pub fn render(&self) -> Result<Rendered, ChartError> {
        at_most("series", self.series.len(), MOST_SERIES)?;
        for series in &self.series {
            series.check(self.months.count)?;
        }
        Ok(finish(
            self.layout(),
            &self.words,
            self.describe(),
            self.data()?,
        ))
    }

    fn layout(&self) -> Scene {
        let panel = TimePanel {
            months: &self.months,
            series: self.series.iter().collect(),
            format: self.unit.format,
            from_zero: self.y_from_zero,
            events: &self.events,
            bare_events: false,
            header: "",
            signed: false,
            bars_at_end: many_bands(self.series.iter()),
        };
        let notes: Vec<String> = band_note(self.series.iter(), panel.bars_at_end)
            .into_iter()
            .chain(zero_note(&panel.ticks(LEAST)))
            .collect();
        let frame = Frame::new(&self.words, &self.unit.words, &notes);
        let least = LEAST.max(panel.labels_height() + months_height(&self.months) + 30.0);
        let (mut scene, area) = frame.open_within(HEIGHT, least);
        let left = area.left + panel.ticks_width(area.height());
        let (lead, width) = panel.beside(&area, true);
        let texts = area.right - width;
        panel.draw(&mut scene, &area, (left, texts - lead, texts), true);
        scene
    }

    fn describe(&self) -> String {
        let mut text = format!("Line chart, {}. ", self.months.range());
        text += &describe_words(&self.words, &self.unit);
        for series in &self.series {
            text += " ";
            text += &series.sentence(self.unit.format, false);
        }
        text + &describe_events(&self.events, &self.months)
    }

    fn data(&self) -> Result<String, ChartError> {
        let mut header = vec!["month", "date", "series"];
        header.extend(COLUMNS);
        table::write(&header, rows(&self.months, &self.series, &[]))
    }
}

/// Title, subtitle and unit as the start of a description.
pub(super) fn describe_words(words: &Words, unit: &Unit) -> String {
    let parts: Vec<&str> = [
        words.title.as_str(),
        words.subtitle.as_str(),
        unit.words.as_str(),
    ]
    .into_iter()
    .filter(|part| !part.is_empty())
    .collect();
    format!("{}.", parts.join(": "))
}

/// The events in words.
pub(super) fn describe_events(events: &[Event], months: &Months) -> String {
    events
        .iter()
        .map(|event| match event.until {
            Some(until) => {
                let (from, to) = (months.name(event.month), months.name(until));
                format!(" From {from} to {to}: {}.", event.label)
            }
            None => format!(" At {}: {}.", months.name(event.month), event.label),
        })
        .collect()
}

/// Tidy rows, one for each series and month, with `front` before them.
pub(super) fn rows(months: &Months, series: &[Series], front: &[&str]) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for one in series {
        for place in 0..months.count {
            let mut row: Vec<String> = front.iter().map(|text| (*text).to_owned()).collect();
            row.extend([months.number(place).to_string(), months.iso(place)]);
            row.push(one.label.clone());
            row.extend(one.cells(place));
            rows.push(row);
        }
    }
    rows
}
