//! The axes of a curve chart: straight or logarithmic.
use super::{AXIS, CurveChart, Plot};
use crate::axis::{Scale, Ticks, log_ticks, reach, ticks};
use crate::number::{Format, Unit};
use crate::palette::{GRID, RULE};
use crate::panel::TICK;
use crate::scene::{Anchor, Area, Scene};

/// One axis of a curve chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// What it measures, and how its numbers are written.
    pub unit: Unit,
    /// Whether it is logarithmic; numbers that are not positive are then left out.
    pub log: bool,
    /// Whether it must include zero.
    pub from_zero: bool,
}

impl Axis {
    /// A straight axis from zero.
    pub fn new(words: impl Into<String>, format: Format) -> Self {
        Self {
            unit: Unit::new(words, format),
            log: false,
            from_zero: true,
        }
    }

    pub(super) fn ticks(&self, numbers: impl Iterator<Item = f64>, count: usize) -> Ticks {
        if self.log {
            log_ticks(reach(numbers.filter(|number| *number > 0.0)), count)
        } else {
            ticks(reach(numbers), self.from_zero, count)
        }
    }

    pub(super) fn scale(&self, ticks: &Ticks, from: f64, to: f64) -> Scale {
        Scale {
            log: self.log,
            ..ticks.scale(from, to)
        }
    }

    pub(super) fn labels(&self, ticks: &Ticks) -> Vec<String> {
        if self.log {
            let format = self.unit.format;
            ticks
                .places
                .iter()
                .map(|place| format.tick(*place, *place, *place))
                .collect()
        } else {
            ticks.labels(self.unit.format)
        }
    }

    pub(super) fn shows(&self, number: f64) -> bool {
        number.is_finite() && (!self.log || number > 0.0)
    }
}

impl CurveChart {
    /// Gridlines, tick labels, and the words below the horizontal axis.
    pub(super) fn draw_axes(
        &self,
        scene: &mut Scene,
        plot: &Plot,
        ticks: (&Ticks, &Ticks),
        labels: &[String],
    ) {
        let Area {
            left,
            top,
            right,
            bottom,
        } = plot.area;
        for (place, label) in ticks.1.places.iter().zip(labels) {
            let at = plot.y.at(*place);
            scene.line(vec![(left, at), (right, at)], GRID, 1.0);
            scene.text(left - 8.0, at + 4.3, Anchor::End, TICK, label);
        }
        let mut free = f64::NEG_INFINITY;
        for (place, label) in ticks.0.places.iter().zip(self.x.labels(ticks.0)) {
            let at = plot.x.at(*place);
            scene.line(vec![(at, top), (at, bottom)], GRID, 1.0);
            scene.line(vec![(at, bottom), (at, bottom + 5.0)], RULE, 1.0);
            let half = TICK.width(&label) / 2.0;
            if at - half > free + 10.0 {
                scene.text(at, bottom + 18.0, Anchor::Middle, TICK, &label);
                free = at + half;
            }
        }
        scene.line(vec![(left, bottom), (right, bottom)], RULE, 1.3);
        let text = AXIS.shorten(&self.x.unit.words, right - left);
        scene.text(
            (left + right) / 2.0,
            bottom + 38.0,
            Anchor::Middle,
            AXIS,
            &text,
        );
    }
}
