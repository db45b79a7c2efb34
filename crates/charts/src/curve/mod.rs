//! Curves over any quantity: Lorenz, survival, firm sizes, the Beveridge path.
use crate::axis::{Scale, reach};
use crate::frame::{Frame, Words};
use crate::palette::{GRAY_INK, MOST_SERIES, RULE, marker, series_color};
use crate::panel::TICK;
use crate::scene::{Anchor, Area, Point, Scene, Style};
use crate::spread::{Column, EndLabel, key};
use crate::time::describe_words;
use crate::{ChartError, Rendered, at_most, finish, table};

mod axis;

pub use axis::Axis;

const HEIGHT: f64 = 580.0;
/// Height of a picture with a square plot.
const SQUARE_HEIGHT: f64 = 700.0;
const LEAST: f64 = 360.0;
const AXIS: Style = Style::regular(12.0, GRAY_INK);
const KEY_WIDTH: f64 = 250.0;
/// Ends of curves closer than this can't be told apart by labels beside them.
const CLOSE: f64 = 7.0;

/// How the points of a curve are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CurveStyle {
    /// Joined by a line.
    #[default]
    Line,
    /// As markers alone.
    Points,
    /// As small markers joined by a thin line: a path through time.
    Path,
}

/// One curve.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Curve {
    /// Its name.
    pub label: String,
    /// A second line for its label: "Gini 0.42".
    pub note: String,
    /// Index into the palette.
    pub color: usize,
    /// How its points are drawn.
    pub style: CurveStyle,
    /// Its points, x and y; a point that is not finite leaves a gap.
    pub points: Vec<(f64, f64)>,
    /// Intervals of its first points, low and high of x and of y, drawn as crossing lines; none where a point has
    /// none.
    pub intervals: Vec<[(f64, f64); 2]>,
}

/// A dashed gray line to compare with: equality, a fitted law.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reference {
    /// What it is.
    pub label: String,
    /// Its points, x and y.
    pub points: Vec<(f64, f64)>,
}

/// Curves over any quantity.
#[derive(Debug, Clone, PartialEq)]
pub struct CurveChart {
    /// The words around it.
    pub words: Words,
    /// The horizontal axis.
    pub x: Axis,
    /// The vertical axis; its words join the subtitle.
    pub y: Axis,
    /// Whether the plot is square, as Lorenz curves should be.
    pub square: bool,
    /// The curves, at most eight.
    pub curves: Vec<Curve>,
    /// A line to compare with.
    pub reference: Option<Reference>,
}

/// Scales and ticks of a laid-out plot.
struct Plot {
    area: Area,
    x: Scale,
    y: Scale,
}

impl CurveChart {
    /// Draws the chart.
    ///
    /// # Errors
    /// If there are more than eight curves.
    pub fn render(&self) -> Result<Rendered, ChartError> {
        at_most("curves", self.curves.len(), MOST_SERIES)?;
        Ok(finish(
            self.layout(),
            &self.words,
            self.describe(),
            self.data()?,
        ))
    }

    fn points(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        let reference = self
            .reference
            .iter()
            .flat_map(|reference| &reference.points);
        let points = self.curves.iter().flat_map(|curve| &curve.points);
        let intervals = self.curves.iter().flat_map(|curve| &curve.intervals);
        let corners = intervals.flat_map(|[x, y]| [(x.0, y.0), (x.1, y.1)]);
        points
            .chain(reference)
            .copied()
            .chain(corners)
            .filter(|(x, y)| self.x.shows(*x) && self.y.shows(*y))
    }

    fn layout(&self) -> Scene {
        let mut notes = Vec::new();
        if self.x.log || self.y.log {
            let which = match (self.x.log, self.y.log) {
                (true, true) => "Both axes are",
                (true, false) => "The horizontal axis is",
                _ => "The vertical axis is",
            };
            notes.push(format!("{which} logarithmic."));
        }
        let frame = Frame::new(&self.words, &self.y.unit.words, &notes);
        let (mut scene, area) =
            frame.open_within(if self.square { SQUARE_HEIGHT } else { HEIGHT }, LEAST);
        let bottom = area.bottom - 44.0;
        let vertical = self.y.ticks(self.points().map(|point| point.1), 5);
        let labels = self.y.labels(&vertical);
        let left = area.left
            + labels
                .iter()
                .map(|text| TICK.width(text))
                .fold(0.0, f64::max)
            + 10.0;
        let y = self.y.scale(&vertical, bottom, area.top);
        let column = self.column(&y, area.top, bottom);
        let beside = column
            .as_ref()
            .map_or(KEY_WIDTH + 30.0, |column| column.width + column.gap());
        let mut right = area.right - beside;
        if self.square {
            right = right.min(left + bottom - area.top);
        }
        let area = Area {
            left,
            bottom,
            right,
            ..area
        };
        let horizontal = self.x.ticks(self.points().map(|point| point.0), 6);
        let plot = Plot {
            area,
            x: self.x.scale(&horizontal, left, right),
            y,
        };
        self.draw_axes(&mut scene, &plot, (&horizontal, &vertical), &labels);
        self.draw_reference(&mut scene, &plot);
        for curve in self.curves.iter().rev() {
            self.draw_curve(&mut scene, &plot, curve);
        }
        match column {
            Some(column) => column.draw(&mut scene, right + column.gap(), right),
            None => self.draw_key(&mut scene, &plot.area),
        }
        scene
    }

    /// Labels beside the ends, if the curves end at different heights and at the right edge.
    fn column(&self, y: &Scale, top: f64, bottom: f64) -> Option<Column> {
        let right = reach(self.points().map(|point| point.0))?.1;
        let mut ends: Vec<f64> = Vec::new();
        let mut labels = Vec::new();
        for curve in &self.curves {
            let last = curve
                .points
                .iter()
                .rfind(|p| self.x.shows(p.0) && self.y.shows(p.1))?;
            let at = y.at(last.1);
            let early = last.0 < right && curve.style != CurveStyle::Line;
            if early
                || last.0 < right - (right.abs() * 0.02)
                || ends.iter().any(|end| (end - at).abs() < CLOSE)
            {
                return None;
            }
            ends.push(at);
            let (color, name) = (curve.color, curve.label.clone());
            labels.push(EndLabel {
                color,
                name,
                value: curve.note.clone(),
                at: Some((f64::MAX, at)),
            });
        }
        (!labels.is_empty() && self.reference.is_none()).then(|| Column::new(&labels, top, bottom))
    }

    fn draw_reference(&self, scene: &mut Scene, plot: &Plot) {
        if let Some(reference) = &self.reference {
            for line in self.pieces(plot, &reference.points) {
                scene.dashed(line, RULE, 1.6, (6.0, 4.0));
            }
        }
    }

    /// The stretches without a gap, in pixels.
    fn pieces(&self, plot: &Plot, points: &[(f64, f64)]) -> Vec<Vec<Point>> {
        points
            .split(|(x, y)| !self.x.shows(*x) || !self.y.shows(*y))
            .map(|run| {
                run.iter()
                    .map(|(x, y)| (plot.x.at(*x), plot.y.at(*y)))
                    .collect()
            })
            .filter(|run: &Vec<Point>| !run.is_empty())
            .collect()
    }

    fn draw_curve(&self, scene: &mut Scene, plot: &Plot, curve: &Curve) {
        let color = series_color(curve.color);
        let width = if curve.style == CurveStyle::Path {
            1.3
        } else {
            2.4
        };
        let pieces = self.pieces(plot, &curve.points);
        if curve.style != CurveStyle::Points {
            for piece in &pieces {
                scene.line(piece.clone(), color, width);
            }
        }
        for (point, [across, up]) in curve.points.iter().zip(&curve.intervals) {
            let (x, y) = (plot.x.at(point.0), plot.y.at(point.1));
            for (from, to) in [
                ((plot.x.at(across.0), y), (plot.x.at(across.1), y)),
                ((x, plot.y.at(up.0)), (x, plot.y.at(up.1))),
            ] {
                if [from.0, from.1, to.0, to.1].iter().all(|at| at.is_finite()) {
                    scene.line(vec![from, to], color, 1.4);
                }
            }
        }
        let all: Vec<Point> = pieces.into_iter().flatten().collect();
        let every = match curve.style {
            CurveStyle::Line if self.curves.len() > 1 || all.len() < 2 => (all.len() / 6).max(1),
            CurveStyle::Line => usize::MAX,
            _ => 1,
        };
        let shift = if curve.style == CurveStyle::Line {
            every / 3 * (curve.color % 3)
        } else {
            0
        };
        for center in all.iter().skip(shift).step_by(every.max(1)) {
            if every != usize::MAX {
                scene.marker(*center, 3.6, color, marker(curve.color));
            }
        }
        if let (CurveStyle::Path, Some(last)) = (curve.style, all.last()) {
            scene.marker(*last, 6.5, color, marker(curve.color));
        }
    }

    fn draw_key(&self, scene: &mut Scene, plot: &Area) {
        let mut labels: Vec<EndLabel> = Vec::new();
        for curve in &self.curves {
            let mut value = curve.note.clone();
            if value.is_empty() && curve.style == CurveStyle::Path {
                value = "the large marker is the last".to_owned();
            }
            labels.push(EndLabel {
                color: curve.color,
                name: curve.label.clone(),
                value,
                at: None,
            });
        }
        let area = Area {
            left: plot.right + 30.0,
            right: plot.right + 30.0 + KEY_WIDTH,
            ..*plot
        };
        let bottom = key(scene, &labels, area, |scene, index, (x, y)| {
            let curve = &self.curves[index];
            let color = series_color(curve.color);
            if curve.style != CurveStyle::Points {
                scene.line(vec![(x, y), (x + 28.0, y)], color, 2.0);
            }
            if self.curves.len() > 1 || curve.style != CurveStyle::Line {
                scene.marker((x + 14.0, y), 3.8, color, marker(curve.color));
            }
        });
        if let Some(reference) = &self.reference {
            let line = vec![(area.left, bottom - 4.0), (area.left + 28.0, bottom - 4.0)];
            scene.dashed(line, RULE, 1.6, (6.0, 4.0));
            let lines = AXIS.wrap(&reference.label, KEY_WIDTH - 40.0, 3);
            scene.lines(area.left + 40.0, bottom, Anchor::Start, AXIS, &lines);
        }
    }

    fn describe(&self) -> String {
        let mut text = format!("Chart of {} curves. ", self.curves.len());
        text += &describe_words(&self.words, &self.y.unit);
        text += &format!(" Horizontal: {}.", self.x.unit.words);
        for curve in &self.curves {
            let note = if curve.note.is_empty() {
                String::new()
            } else {
                format!(" ({})", curve.note)
            };
            text += &format!(" {}{note}", curve.label);
            let shown = || {
                curve
                    .points
                    .iter()
                    .filter(|p| self.x.shows(p.0) && self.y.shows(p.1))
            };
            match (shown().next(), shown().next_back()) {
                (Some(first), Some(last)) => {
                    let say = |p: &(f64, f64)| {
                        let (x, y) = (self.x.unit.format, self.y.unit.format);
                        format!("{} at {}", y.value(p.1), x.value(p.0))
                    };
                    text += &format!(": from {} to {}.", say(first), say(last));
                }
                _ => text += ": no data.",
            }
        }
        if let Some(reference) = &self.reference {
            text += &format!(" Dashed: {}.", reference.label);
        }
        text
    }

    fn data(&self) -> Result<String, ChartError> {
        let reference = self
            .reference
            .iter()
            .map(|r| (&r.label, &r.points, [].as_slice()));
        let curves = self
            .curves
            .iter()
            .map(|curve| (&curve.label, &curve.points, curve.intervals.as_slice()));
        let has_intervals = self.curves.iter().any(|curve| !curve.intervals.is_empty());
        let all = curves.chain(reference);
        let rows = all.flat_map(|(label, points, intervals)| {
            points.iter().enumerate().map(move |(place, (x, y))| {
                let mut row = vec![label.clone(), table::cell(*x), table::cell(*y)];
                if has_intervals {
                    let none = [(f64::NAN, f64::NAN); 2];
                    let ends = intervals.get(place).copied().unwrap_or(none);
                    row.extend(
                        ends.iter()
                            .flat_map(|(a, b)| [table::cell(*a), table::cell(*b)]),
                    );
                }
                row
            })
        });
        let header = ["curve", "x", "y", "x_low", "x_high", "y_low", "y_high"];
        let columns = if has_intervals { header.len() } else { 3 };
        table::write(&header[..columns], rows)
    }
}
