//! One plot of lines over months, with axes, bands, events and labels at the lines' ends.
use super::axis::{Months, Scale, Ticks, reach, ticks};
use super::events::{Event, Marks};
use super::number::Format;
use super::palette::{GRAY_INK, GRID, GUIDE, INK, RULE, series_color};
use super::scene::{Anchor, Area, Scene, Style};
use super::series::{Series, draw_bands, draw_line, draw_markers, ends};
use super::spread::{Column, EndLabel};

pub(super) const TICK: Style = Style::regular(12.0, GRAY_INK);
const AXIS_LABEL: Style = Style::regular(12.0, GRAY_INK);
const HEADER: Style = Style::semi_bold(13.0, INK);

/// With more bands than this the picture is mud: bars beside the lines' ends say the same.
const MOST_BANDS: usize = 3;

/// What to draw and where.
#[derive(Debug)]
pub(super) struct TimePanel<'a> {
    pub months: &'a Months,
    pub series: Vec<&'a Series>,
    pub format: Format,
    pub from_zero: bool,
    pub events: &'a [Event],
    /// Whether events are lines without labels, which stand in a panel above.
    pub bare_events: bool,
    /// A heading inside the chart, or nothing.
    pub header: &'a str,
    /// Whether numbers are changes and carry a sign.
    pub signed: bool,
    /// Whether bands are drawn as bars beside the ends of the lines.
    pub bars_at_end: bool,
}

impl TimePanel<'_> {
    pub fn ticks(&self, height: f64) -> Ticks {
        let numbers = self.series.iter().flat_map(|series| series.numbers());
        ticks(
            reach(numbers),
            self.from_zero,
            ((height / 52.0) as usize).clamp(2, 6),
        )
    }

    /// Width the tick labels need.
    pub fn ticks_width(&self, height: f64) -> f64 {
        let labels = self.ticks(height).labels(self.format);
        labels
            .iter()
            .map(|label| TICK.width(label))
            .fold(0.0, f64::max)
            + 10.0
    }

    /// The labels, at the ends of the lines if the scales are known.
    fn labels(&self, scales: Option<(&Scale, &Scale)>) -> Vec<EndLabel> {
        let place = |series: &Series| {
            let ((place, value), (x, y)) = (series.last()?, scales?);
            let told = series.told.filter(|told| told.over.is_some());
            let value = told.map_or(value, |told| told.value);
            Some((x.at(place as f64), y.at(value)))
        };
        let told = self.series.iter().filter_map(|series| series.told());
        let like = told.map(|told| told.value.abs()).fold(0.0, f64::max);
        self.series
            .iter()
            .map(|series| EndLabel {
                color: series.color,
                name: series.label.clone(),
                value: series.last_words(self.format, self.signed, like),
                at: place(series),
            })
            .collect()
    }

    fn column(&self, x: &Scale, y: &Scale, (top, bottom): (f64, f64)) -> Column {
        Column::new(&self.labels(Some((x, y))), top, bottom)
    }

    /// The area of the plot without what stands above and below it.
    fn plot(&self, area: &Area, months_below: bool) -> Area {
        let mut plot = *area;
        if !self.header.is_empty() {
            plot.top += 26.0;
        }
        if months_below {
            plot.bottom -= months_height(self.months);
        }
        plot
    }

    /// Height of the labels of events.
    fn labels_above(&self, marks: &Marks) -> f64 {
        if self.bare_events {
            0.0
        } else {
            marks.height()
        }
    }

    fn strip(&self) -> f64 {
        if self.bars_at_end {
            self.series.len() as f64 * 9.0 + 8.0
        } else {
            0.0
        }
    }

    /// Width right of the plot that labels need: the leaders and bars, and the texts.
    pub fn beside(&self, area: &Area, months_below: bool) -> (f64, f64) {
        let mut plot = self.plot(area, months_below);
        // Close enough to tell how many rows of event labels there will be.
        let x = across(
            self.months,
            &Area {
                right: area.left + area.width() * 0.75,
                ..plot
            },
        );
        let marks = Marks::new(self.events, |month| x.at(month), plot.left, area.right);
        plot.top += self.labels_above(&marks);
        let y = self.ticks(plot.height()).scale(plot.bottom, plot.top);
        let column = self.column(&x, &y, (plot.top - 4.0, plot.bottom + 8.0));
        (column.gap() + self.strip(), column.width)
    }

    /// Height the labels need if none is to lose its interval.
    pub fn labels_height(&self) -> f64 {
        Column::full_height(&self.labels(None))
    }

    /// Draws the panel into `area`, the plot from `left` to `right` and the labels from `texts` on.
    pub fn draw(
        &self,
        scene: &mut Scene,
        area: &Area,
        (left, right, texts): (f64, f64, f64),
        months_below: bool,
    ) {
        scene.text(
            area.left,
            area.top + 11.0,
            Anchor::Start,
            HEADER,
            self.header,
        );
        let mut plot = Area {
            left,
            right,
            ..self.plot(area, months_below)
        };
        let x = across(self.months, &plot);
        let marks = Marks::new(self.events, |month| x.at(month), plot.left, area.right);
        plot.top += self.labels_above(&marks);
        let vertical = self.ticks(plot.height());
        let y = vertical.scale(plot.bottom, plot.top);
        let column = self.column(&x, &y, (plot.top - 4.0, plot.bottom + 8.0));

        marks.draw_spans(scene, &plot);
        draw_grid(scene, &plot, &y, &vertical, self.format);
        if !self.bars_at_end {
            for series in &self.series {
                draw_bands(scene, &x, &y, series);
            }
        }
        if self.bare_events {
            marks.draw_lines(scene, &plot);
        } else {
            marks.draw(scene, &plot);
        }
        if self.bars_at_end {
            self.draw_bars(scene, &plot, &y);
        }
        self.draw_lines(scene, &x, &y);
        let texts = texts.min(area.right - column.width);
        column.draw(scene, texts, plot.right + self.strip());
        if months_below {
            draw_months(scene, &plot, &x, self.months);
        }
    }

    fn draw_lines(&self, scene: &mut Scene, x: &Scale, y: &Scale) {
        for series in &self.series {
            if let (Some((place, _)), Some(told)) = (series.last(), series.told)
                && let Some(months) = told.over.filter(|_| self.months.count > 1)
            {
                let first = (place + 1).saturating_sub(months) as f64;
                let level = y.at(told.value);
                let points = vec![(x.at(first), level), (x.at(place as f64), level)];
                scene.dashed(points, series_color(series.color), 1.6, (6.0, 3.0));
            }
            // A line that ends early is led on to its label.
            if let Some((place, value)) = series.last() {
                let (from, level) = (x.at(place as f64), y.at(value));
                if x.to - from > 8.0 && self.months.count > 1 {
                    let points = vec![(from + 6.0, level), (x.to, level)];
                    scene.dashed(points, series_color(series.color), 1.0, (1.5, 3.0));
                }
            }
        }
        // The first series is the one others are compared with: it is drawn last, on top.
        for series in self.series.iter().rev() {
            draw_line(scene, x, y, series, 2.4);
        }
        let count = self.series.len();
        if count > 2 {
            for (rank, series) in self.series.iter().enumerate().rev() {
                draw_markers(scene, x, y, series, (rank, count));
            }
        }
    }

    /// Bars for the intervals of the last month, right of the plot.
    fn draw_bars(&self, scene: &mut Scene, plot: &Area, y: &Scale) {
        for series in &self.series {
            if let Some((_, value)) = series.last() {
                let end = plot.right + self.strip();
                scene.line(
                    vec![(plot.right, y.at(value)), (end, y.at(value))],
                    GUIDE,
                    1.0,
                );
            }
        }
        for (rank, series) in self.series.iter().enumerate() {
            let Some((place, value)) = series.last() else {
                continue;
            };
            let x = plot.right + 11.0 + rank as f64 * 9.0;
            let color = series_color(series.color);
            let interval = series.interval.as_ref().map(|interval| &interval.band);
            let bands = [
                (series.band90.as_ref(), 1.4),
                (series.band50.as_ref(), 4.4),
                (interval, 2.6),
            ];
            for (band, width) in bands {
                if let Some((low, high)) = band.and_then(|band| ends(band, place)) {
                    scene.line(vec![(x, y.at(low)), (x, y.at(high))], color, width);
                }
            }
            scene.line(
                vec![(x - 3.6, y.at(value)), (x + 3.6, y.at(value))],
                color,
                1.4,
            );
        }
    }
}

/// Whether there are too many bands to draw them over each other.
pub(super) fn many_bands<'a>(series: impl Iterator<Item = &'a Series>) -> bool {
    series.filter(|series| series.is_banded()).count() > MOST_BANDS
}

/// Height below a plot that month ticks and the axis label need.
pub(super) fn months_height(months: &Months) -> f64 {
    if months.label.is_empty() { 26.0 } else { 46.0 }
}

/// The scale of months; a single month stands in the middle.
pub(super) fn across(months: &Months, plot: &Area) -> Scale {
    let (low, high) = if months.count > 1 {
        (0.0, (months.count - 1) as f64)
    } else {
        (-1.0, 1.0)
    };
    Scale {
        low,
        high,
        from: plot.left,
        to: plot.right,
        log: false,
    }
}

/// Gridlines with their numbers, zero stronger than the rest.
pub(super) fn draw_grid(scene: &mut Scene, plot: &Area, y: &Scale, ticks: &Ticks, format: Format) {
    for (place, label) in ticks.places.iter().zip(ticks.labels(format)) {
        let at = y.at(*place);
        let (color, width) = if *place == 0.0 {
            (RULE, 1.3)
        } else {
            (GRID, 1.0)
        };
        scene.line(vec![(plot.left, at), (plot.right, at)], color, width);
        scene.text(plot.left - 8.0, at + 4.3, Anchor::End, TICK, &label);
    }
}

/// Month ticks and the axis label below a plot.
pub(super) fn draw_months(scene: &mut Scene, plot: &Area, x: &Scale, months: &Months) {
    let label_width = TICK
        .width(&months.name(months.count.saturating_sub(1)))
        .max(24.0)
        + 16.0;
    let apart = months.count as f64 * label_width / plot.width().max(1.0);
    for (place, text) in months.ticks(apart) {
        let at = x.at(place as f64);
        scene.line(vec![(at, plot.bottom), (at, plot.bottom + 5.0)], RULE, 1.0);
        scene.text(at, plot.bottom + 18.0, Anchor::Middle, TICK, &text);
    }
    scene.line(
        vec![(plot.left, plot.bottom), (plot.right, plot.bottom)],
        RULE,
        1.0,
    );
    let label = AXIS_LABEL.shorten(&months.label, plot.width());
    let middle = (plot.left + plot.right) / 2.0;
    scene.text(
        middle,
        plot.bottom + 38.0,
        Anchor::Middle,
        AXIS_LABEL,
        &label,
    );
}

/// Warns when an axis does not start at zero.
pub(super) fn zero_note(ticks: &Ticks) -> Option<String> {
    let without = ticks.low > 0.0 || ticks.high < 0.0;
    without.then(|| "The vertical axis does not start at zero.".to_owned())
}
