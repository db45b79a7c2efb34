//! A chart after layout and before drawing: shapes and texts at fixed places.
//!
//! Laying out once and drawing the same scene as SVG and as PNG keeps the two alike. Coordinates
//! are design pixels with fractions, the origin at the upper left.
use super::lettering::{self, Weight};
use super::palette::{Color, PAPER, Shape};

/// A place in design pixels: x to the right, y down.
pub(super) type Point = (f64, f64);

/// Which point of a text its x coordinate names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// One text on one line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Text {
    pub x: f64,
    pub baseline: f64,
    pub anchor: Anchor,
    pub size: f64,
    pub weight: Weight,
    pub color: Color,
    pub text: String,
}

impl Text {
    pub fn width(&self) -> f64 {
        lettering::width(&self.text, self.size, self.weight)
    }

    /// Left end of the text, whatever its anchor.
    pub fn left(&self) -> f64 {
        match self.anchor {
            Anchor::Start => self.x,
            Anchor::Middle => self.x - self.width() / 2.0,
            Anchor::End => self.x - self.width(),
        }
    }
}

/// Something to draw; later items cover earlier ones.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Item {
    Polygon {
        points: Vec<Point>,
        fill: Color,
        opacity: f64,
    },
    Line {
        points: Vec<Point>,
        color: Color,
        width: f64,
        dash: Option<(f64, f64)>,
    },
    Circle {
        center: Point,
        radius: f64,
        fill: Color,
    },
    Text(Text),
}

/// A rectangle.
#[derive(Debug, Clone, Copy)]
pub(super) struct Area {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Area {
    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }
}

/// How a text looks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    pub size: f64,
    pub weight: Weight,
    pub color: Color,
}

impl Style {
    pub const fn regular(size: f64, color: Color) -> Self {
        Self {
            size,
            weight: Weight::Regular,
            color,
        }
    }

    pub const fn semi_bold(size: f64, color: Color) -> Self {
        Self {
            size,
            weight: Weight::SemiBold,
            color,
        }
    }

    pub fn width(&self, text: &str) -> f64 {
        lettering::width(text, self.size, self.weight)
    }

    pub fn wrap(&self, text: &str, limit: f64, most: usize) -> Vec<String> {
        lettering::wrap(text, self.size, self.weight, limit, most)
    }

    pub fn shorten(&self, text: &str, limit: f64) -> String {
        lettering::shorten(text, self.size, self.weight, limit)
    }

    /// Distance between baselines.
    pub fn leading(&self) -> f64 {
        self.size * lettering::LEADING
    }
}

/// The picture.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Scene {
    pub width: f64,
    pub height: f64,
    pub items: Vec<Item>,
}

impl Scene {
    pub fn new(width: f64, height: f64) -> Self {
        Self {
            width,
            height,
            items: Vec::new(),
        }
    }

    pub fn polygon(&mut self, points: Vec<Point>, fill: Color, opacity: f64) {
        if points.len() >= 3 {
            self.items.push(Item::Polygon {
                points,
                fill,
                opacity,
            });
        }
    }

    pub fn rectangle(&mut self, area: Area, fill: Color, opacity: f64) {
        let Area {
            left,
            top,
            right,
            bottom,
        } = area;
        self.polygon(
            vec![(left, top), (right, top), (right, bottom), (left, bottom)],
            fill,
            opacity,
        );
    }

    pub fn line(&mut self, points: Vec<Point>, color: Color, width: f64) {
        if points.len() >= 2 {
            self.items.push(Item::Line {
                points,
                color,
                width,
                dash: None,
            });
        }
    }

    pub fn dashed(&mut self, points: Vec<Point>, color: Color, width: f64, dash: (f64, f64)) {
        if points.len() >= 2 {
            self.items.push(Item::Line {
                points,
                color,
                width,
                dash: Some(dash),
            });
        }
    }

    pub fn circle(&mut self, center: Point, radius: f64, fill: Color) {
        self.items.push(Item::Circle {
            center,
            radius,
            fill,
        });
    }

    /// A marker of the given half-width, edged in white so that it stands off the line below it.
    pub fn marker(
        &mut self,
        center: Point,
        radius: f64,
        color: Color,
        (shape, hollow): (Shape, bool),
    ) {
        self.shape(center, radius + 1.2, PAPER, shape);
        self.shape(center, radius, color, shape);
        if hollow {
            self.shape(center, radius - 1.6, PAPER, shape);
        }
    }

    fn shape(&mut self, (x, y): Point, r: f64, fill: Color, shape: Shape) {
        match shape {
            Shape::Circle => self.circle((x, y), r, fill),
            Shape::Square => {
                let s = r * 0.9;
                let corners = vec![
                    (x - s, y - s),
                    (x + s, y - s),
                    (x + s, y + s),
                    (x - s, y + s),
                ];
                self.polygon(corners, fill, 1.0);
            }
            Shape::Triangle => {
                let (w, up, down) = (r * 1.15, r * 1.25, r * 0.85);
                self.polygon(
                    vec![(x, y - up), (x + w, y + down), (x - w, y + down)],
                    fill,
                    1.0,
                );
            }
            Shape::Diamond => {
                let d = r * 1.25;
                self.polygon(
                    vec![(x, y - d), (x + d, y), (x, y + d), (x - d, y)],
                    fill,
                    1.0,
                );
            }
        }
    }

    pub fn text(&mut self, x: f64, baseline: f64, anchor: Anchor, style: Style, text: &str) {
        let text = lettering::clean(text);
        if !text.is_empty() {
            let Style {
                size,
                weight,
                color,
            } = style;
            self.items.push(Item::Text(Text {
                x,
                baseline,
                anchor,
                size,
                weight,
                color,
                text,
            }));
        }
    }

    /// Draws `lines` one under the other and returns the baseline below the last.
    pub fn lines(
        &mut self,
        x: f64,
        baseline: f64,
        anchor: Anchor,
        style: Style,
        lines: &[String],
    ) -> f64 {
        let mut y = baseline;
        for line in lines {
            self.text(x, y, anchor, style, line);
            y += style.leading();
        }
        y
    }
}
