//! Horizontal bars or dots with intervals: winners and losers, effects, costs.
use super::axis::{Scale, reach, ticks};
use super::frame::{Frame, Words};
use super::number::{Format, Unit};
use super::palette::{Color, GRAY_INK, GRID, INK, NEGATIVE, PAPER, POSITIVE, RULE};
use super::panel::TICK;
use super::scene::{Anchor, Area, Point, Scene, Style};
use super::time::describe_words;
use super::{ChartError, Rendered, at_most, finish, table};

const LABEL: Style = Style::regular(13.0, INK);
const VALUE: Style = Style::semi_bold(12.5, INK);
const INTERVAL: Style = Style::regular(11.5, GRAY_INK);
/// Most rows a picture can hold.
const MOST_BARS: usize = 60;
/// Widest a row's label may be.
const LABEL_WIDTH: f64 = 250.0;
const THICKNESS: f64 = 16.0;

/// One row.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Bar {
    /// Its name: a decile, an occupation, a policy.
    pub label: String,
    /// Its number.
    pub value: f64,
    /// Ends of its interval; [`BarChart::interval_words`] says of what.
    pub interval: Option<(f64, f64)>,
    /// Whether a fall is the gain: time, cost, errors.
    pub less_is_better: bool,
}

impl Bar {
    /// Whether the interval holds both gains and losses.
    fn sign_uncertain(&self) -> bool {
        self.interval
            .is_some_and(|(low, high)| low < 0.0 && high > 0.0)
    }

    fn ends(&self) -> Option<(f64, f64)> {
        self.interval
            .filter(|(low, high)| low.is_finite() && high.is_finite())
    }
}

/// Bars from zero, or dots on their intervals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BarStyle {
    /// Bars from zero, blue for what is better and vermilion for what is worse; hatched if the sign is uncertain.
    #[default]
    Bars,
    /// Dots on their intervals; hollow if the sign is uncertain. The axis need not hold zero.
    Dots,
}

/// Horizontal bars or dots with intervals.
#[derive(Debug, Clone, PartialEq)]
pub struct BarChart {
    /// The words around it.
    pub words: Words,
    /// What is measured.
    pub unit: Unit,
    /// Bars or dots.
    pub style: BarStyle,
    /// Whether the numbers are changes: gains carry a plus sign and the axis holds zero.
    pub signed: bool,
    /// What the intervals are: "the middle 90% of runs".
    pub interval_words: String,
    /// The rows from top to bottom, at most sixty.
    pub bars: Vec<Bar>,
}

impl BarChart {
    /// Draws the chart.
    ///
    /// # Errors
    /// If there are more than sixty rows.
    pub fn render(&self) -> Result<Rendered, ChartError> {
        at_most("rows", self.bars.len(), MOST_BARS)?;
        Ok(finish(
            self.layout(),
            &self.words,
            self.describe(),
            self.data()?,
        ))
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        if self.bars.iter().any(|bar| bar.ends().is_some()) {
            notes.push(format!("Lines with ends hold {}.", self.interval_words));
        }
        if self.bars.iter().any(|bar| bar.less_is_better) {
            notes.push("Blue bars are for the better, orange bars for the worse.".to_owned());
        }
        if self.bars.iter().any(Bar::sign_uncertain) {
            let look = if self.style == BarStyle::Bars {
                "Hatched bars"
            } else {
                "Hollow dots"
            };
            notes.push(format!(
                "{look}: the sign is uncertain, the interval holds zero."
            ));
        }
        notes
    }

    fn layout(&self) -> Scene {
        let names: Vec<Vec<String>> = self
            .bars
            .iter()
            .map(|bar| LABEL.wrap(&bar.label, LABEL_WIDTH, 2))
            .collect();
        let two_lines = names.iter().any(|lines| lines.len() > 1);
        let row = if two_lines { 40.0 } else { 30.0 };
        let frame = Frame::new(&self.words, &self.unit.words, &self.notes());
        let (mut scene, area) = frame.open(self.bars.len().max(1) as f64 * row + 34.0);
        let texts: Vec<(String, String)> = self.bars.iter().map(|bar| self.texts(bar)).collect();
        let widest = |widths: &mut dyn Iterator<Item = f64>| widths.fold(0.0, f64::max);
        let label_width = widest(&mut names.iter().flatten().map(|line| LABEL.width(line)));
        let value_width = widest(&mut texts.iter().map(|(value, _)| VALUE.width(value)));
        let interval_width = widest(&mut texts.iter().map(|(_, text)| INTERVAL.width(text)));
        let between = if interval_width > 0.0 { 18.0 } else { 0.0 };
        let plot = Area {
            left: area.left + label_width + 18.0,
            right: area.right - value_width - interval_width - between - 22.0,
            top: area.top,
            bottom: area.bottom - 30.0,
        };
        let x = self.draw_axis(&mut scene, &plot);
        for (index, bar) in self.bars.iter().enumerate() {
            let y = plot.top + (index as f64 + 0.5) * row;
            let lines = &names[index];
            let first = y + 4.6 - (lines.len() as f64 - 1.0) * LABEL.leading() / 2.0;
            scene.lines(plot.left - 14.0, first, Anchor::End, LABEL, lines);
            self.draw_row(&mut scene, bar, &x, y);
            let (value, interval) = &texts[index];
            let right = area.right - interval_width - between;
            scene.text(right, y + 4.4, Anchor::End, VALUE, value);
            scene.text(area.right, y + 4.4, Anchor::End, INTERVAL, interval);
        }
        scene
    }

    /// Value and interval as written right of the row.
    fn texts(&self, bar: &Bar) -> (String, String) {
        let format = self.unit.format;
        let largest = self.largest();
        let value = if self.signed {
            format.signed_beside(bar.value, largest)
        } else {
            format.value_beside(bar.value, largest)
        };
        let interval = bar.ends().map_or(String::new(), |(low, high)| {
            if self.signed {
                format.signed_range(low, high)
            } else {
                format.range(low, high)
            }
        });
        (value, interval)
    }

    /// The size of the largest number, whose decimals all have.
    fn largest(&self) -> f64 {
        let sizes = self.bars.iter().map(|bar| bar.value.abs());
        sizes.filter(|size| size.is_finite()).fold(0.0, f64::max)
    }

    fn draw_axis(&self, scene: &mut Scene, plot: &Area) -> Scale {
        let ends = self
            .bars
            .iter()
            .filter_map(Bar::ends)
            .flat_map(|(low, high)| [low, high]);
        let numbers = self.bars.iter().map(|bar| bar.value).chain(ends);
        let from_zero = self.style == BarStyle::Bars || self.signed;
        let format = self.unit.format;
        let reach = reach(numbers);
        // Fewer intervals until the numbers of neighboring ticks keep apart.
        let fitting = (2..=6)
            .rev()
            .map(|count| ticks(reach, from_zero, count))
            .find(|ticks| {
                let widest = ticks
                    .labels(format)
                    .iter()
                    .map(|text| TICK.width(text))
                    .fold(0.0, f64::max);
                let apart = plot.width() / (ticks.places.len() - 1).max(1) as f64;
                widest + 14.0 <= apart
            });
        let ticks = fitting.unwrap_or_else(|| ticks(reach, from_zero, 1));
        let x = ticks.scale(plot.left, plot.right);
        for (place, label) in ticks.places.iter().zip(ticks.labels(format)) {
            let at = x.at(*place);
            let (color, width) = if *place == 0.0 {
                (RULE, 1.3)
            } else {
                (GRID, 1.0)
            };
            scene.line(vec![(at, plot.top), (at, plot.bottom)], color, width);
            scene.text(at, plot.bottom + 18.0, Anchor::Middle, TICK, &label);
        }
        x
    }

    fn color(&self, bar: &Bar) -> Color {
        if (bar.value < 0.0) != (bar.less_is_better && bar.value != 0.0) {
            NEGATIVE
        } else {
            POSITIVE
        }
    }

    fn draw_row(&self, scene: &mut Scene, bar: &Bar, x: &Scale, y: f64) {
        let uncertain = bar.sign_uncertain();
        let color = self.color(bar);
        let ends = bar.ends().map(|(low, high)| (x.at(low), x.at(high)));
        if self.style == BarStyle::Dots {
            if let Some((low, high)) = ends {
                whisker(scene, (low, high), y, color, 2.2);
            }
            if bar.value.is_finite() {
                let center = (x.at(bar.value), y);
                scene.circle(center, 7.0, PAPER);
                scene.circle(center, 5.6, color);
                if uncertain {
                    scene.circle(center, 3.6, PAPER);
                }
            }
            return;
        }
        if bar.value.is_finite() {
            let (zero, end) = (x.at(0.0), x.at(bar.value));
            let half = THICKNESS / 2.0;
            let (left, right) = (zero.min(end), zero.max(end));
            let area = Area {
                left,
                right,
                top: y - half,
                bottom: y + half,
            };
            if uncertain {
                scene.rectangle(area, color, 0.14);
                hatch(scene, &area, color);
            } else {
                scene.rectangle(area, color, 1.0);
            }
        }
        if let Some(ends) = ends {
            whisker(scene, ends, y, INK, 1.4);
        }
    }

    fn describe(&self) -> String {
        let mut text = format!("Bar chart, {} rows. ", self.bars.len());
        text += &describe_words(&self.words, &self.unit);
        for bar in &self.bars {
            let (value, interval) = self.texts(bar);
            let interval = if interval.is_empty() {
                String::new()
            } else {
                format!(" (interval {interval})")
            };
            let sign = if bar.sign_uncertain() {
                ", sign uncertain"
            } else {
                ""
            };
            text += &format!(" {}: {value}{interval}{sign}.", bar.label);
        }
        text
    }

    fn data(&self) -> Result<String, ChartError> {
        let rows = self.bars.iter().map(|bar| {
            let (low, high) = bar.interval.unwrap_or((f64::NAN, f64::NAN));
            vec![
                bar.label.clone(),
                table::cell(bar.value),
                table::cell(low),
                table::cell(high),
            ]
        });
        table::write(&["label", "value", "low", "high"], rows)
    }
}

/// A horizontal interval with small ends.
fn whisker(scene: &mut Scene, (low, high): (f64, f64), y: f64, color: Color, width: f64) {
    scene.line(vec![(low, y), (high, y)], color, width);
    for end in [low, high] {
        scene.line(vec![(end, y - 4.0), (end, y + 4.0)], color, width);
    }
}

/// Diagonal lines within a rectangle, and its outline.
fn hatch(scene: &mut Scene, area: &Area, color: Color) {
    let height = area.height();
    let mut start = area.left - height;
    while start < area.right {
        // The line y = bottom − (x − start), cut to the rectangle.
        let from = start.max(area.left);
        let to = (start + height).min(area.right);
        if to > from {
            let at = |x: f64| -> Point { (x, area.bottom - (x - start)) };
            scene.line(vec![at(from), at(to)], color, 1.1);
        }
        start += 6.0;
    }
    let Area {
        left,
        top,
        right,
        bottom,
    } = *area;
    let outline = vec![
        (left, top),
        (right, top),
        (right, bottom),
        (left, bottom),
        (left, top),
    ];
    scene.line(outline, color, 1.2);
}

impl Default for BarChart {
    fn default() -> Self {
        Self {
            words: Words::default(),
            unit: Unit::new("", Format::Number),
            style: BarStyle::Bars,
            signed: false,
            interval_words: "the middle 90% of runs".to_owned(),
            bars: Vec::new(),
        }
    }
}
