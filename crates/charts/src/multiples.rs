//! Many small charts of one kind side by side: sectors, occupations.
use super::axis::{Months, Ticks, reach, ticks};
use super::events::{Event, Marks, events_note};
use super::frame::{Frame, Words};
use super::number::{Format, Unit, plus};
use super::palette::{GRAY_INK, INK, MOST_SERIES, marker, series_color};
use super::panel::{TICK, across, draw_grid, many_bands};
use super::scene::{Anchor, Area, Scene, Style};
use super::series::{COLUMNS, Series, band_note, draw_bands, draw_line, draw_markers};
use super::spread::spread;
use super::time::{describe_events, describe_words, rows};
use super::{ChartError, Rendered, at_most, finish, table};

const HEADER: Style = Style::semi_bold(12.5, INK);
const MONTH: Style = Style::regular(11.0, GRAY_INK);
/// Most panels of one picture.
const MOST_PANELS: usize = 60;
/// Height below a plot for its months.
const BELOW: f64 = 42.0;
/// White space right of a plot, where the last values stand.
const VALUES: f64 = 58.0;
const KEY_HEIGHT: f64 = 30.0;

/// One of the small charts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Panel {
    /// Its heading: the sector, the occupation.
    pub title: String,
    /// Its lines; the same label and color mean the same thing in every panel.
    pub series: Vec<Series>,
}

/// Many small charts of one kind side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct SmallMultiples {
    /// The words around them.
    pub words: Words,
    /// What is measured.
    pub unit: Unit,
    /// Whether the vertical axes must include zero.
    pub y_from_zero: bool,
    /// Whether all panels have the same vertical axis, so that heights compare.
    pub shared_y: bool,
    /// Whether the numbers are changes: gains carry a plus sign.
    pub signed: bool,
    /// What happened when; lines in every panel, named in the caption.
    pub events: Vec<Event>,
    /// The months along the bottom.
    pub months: Months,
    /// The panels, row by row; at most sixty, each with at most eight lines.
    pub panels: Vec<Panel>,
}

impl Default for SmallMultiples {
    fn default() -> Self {
        Self {
            words: Words::default(),
            unit: Unit::new("", Format::Number),
            y_from_zero: true,
            shared_y: true,
            signed: false,
            events: Vec::new(),
            months: Months::numbered("Month", 0, 0),
            panels: Vec::new(),
        }
    }
}

impl SmallMultiples {
    /// Draws the chart.
    ///
    /// # Errors
    /// If a series is not as long as the months, or there are too many panels or lines.
    pub fn render(&self) -> Result<Rendered, ChartError> {
        at_most("panels", self.panels.len(), MOST_PANELS)?;
        for panel in &self.panels {
            at_most("series", panel.series.len(), MOST_SERIES)?;
            for series in &panel.series {
                series.check(self.months.count)?;
            }
        }
        Ok(finish(
            self.layout(),
            &self.words,
            self.describe(),
            self.data()?,
        ))
    }

    fn columns(&self) -> usize {
        match self.panels.len() {
            0 | 1 => 1,
            2 | 4 => 2,
            3 | 5 | 6 | 9 => 3,
            7..=16 => 4,
            _ => 5,
        }
    }

    /// Height of a plot: few panels are tall.
    fn plot_height(&self) -> f64 {
        match self.panels.len() {
            0..=2 => 250.0,
            3..=6 => 150.0,
            _ => 104.0,
        }
    }

    /// The names that need a key: color index and label, in order of first appearance.
    fn names(&self) -> Vec<(usize, &str)> {
        let mut names: Vec<(usize, &str)> = Vec::new();
        for series in self.panels.iter().flat_map(|panel| &panel.series) {
            let name = (series.color, series.label.as_str());
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    fn panel_ticks(&self, panels: &[Panel]) -> Ticks {
        let numbers = panels
            .iter()
            .flat_map(|panel| &panel.series)
            .flat_map(Series::numbers);
        ticks(reach(numbers), self.y_from_zero, 3)
    }

    fn layout(&self) -> Scene {
        let columns = self.columns();
        let down = self.panels.len().div_ceil(columns).max(1);
        let all = || self.panels.iter().flat_map(|panel| &panel.series);
        let crowded = self.panels.iter().any(|p| many_bands(p.series.iter()));
        let mut notes: Vec<String> = Vec::new();
        if !crowded {
            notes.extend(band_note(all(), false));
        }
        if !self.shared_y && self.panels.len() > 1 {
            notes.push("Each panel has its own vertical axis.".to_owned());
        }
        if !self.y_from_zero {
            notes.push("Vertical axes need not start at zero.".to_owned());
        }
        if self.months.calendar.is_none() && self.months.count > 1 {
            let (first, last) = (self.months.name(0), self.months.name(self.months.count - 1));
            let label = if self.months.label.is_empty() {
                "Months"
            } else {
                &self.months.label
            };
            notes.push(format!("{label}: {first} to {last}."));
        }
        notes.extend(events_note(&self.events, &self.months));
        let plot_height = self.plot_height();
        let frame = Frame::new(&self.words, &self.unit.words, &notes);
        let titles: Vec<Vec<String>> = self
            .panels
            .iter()
            .map(|p| self.heading(p, columns))
            .collect();
        let most_lines = titles.iter().map(Vec::len).max().unwrap_or(1) as f64;
        let head = most_lines * HEADER.leading() + 8.0;
        let names = self.names();
        let key = if names.len() > 1 {
            self.key_rows(&names).len() as f64 * 20.0 + 14.0
        } else {
            0.0
        };
        let (mut scene, area) = frame.open(key + down as f64 * (head + plot_height + BELOW));
        if key > 0.0 {
            self.draw_key(&mut scene, &area, &names);
        }
        let shared = self.shared_y.then(|| self.panel_ticks(&self.panels));
        let cell = area.width() / columns as f64;
        for (index, panel) in self.panels.iter().enumerate() {
            let top = area.top + key + (index / columns) as f64 * (head + plot_height + BELOW);
            let left = area.left + (index % columns) as f64 * cell;
            let bottom = top + head + plot_height;
            let cell = Area {
                left,
                top,
                right: left + cell - 14.0,
                bottom,
            };
            let own = shared
                .clone()
                .unwrap_or_else(|| self.panel_ticks(std::slice::from_ref(panel)));
            scene.lines(left, top + 12.0, Anchor::Start, HEADER, &titles[index]);
            self.draw_panel(&mut scene, panel, &cell, head, &own, crowded);
        }
        scene
    }

    fn heading(&self, panel: &Panel, columns: usize) -> Vec<String> {
        let cell = (super::frame::WIDTH - 48.0) / columns as f64;
        HEADER.wrap(&panel.title, cell - 24.0, 3)
    }

    fn draw_panel(
        &self,
        scene: &mut Scene,
        panel: &Panel,
        cell: &Area,
        head: f64,
        ticks: &Ticks,
        crowded: bool,
    ) {
        let format = self.unit.format;
        let labels = ticks.labels(format);
        let width = labels
            .iter()
            .map(|label| TICK.width(label))
            .fold(0.0, f64::max)
            + 8.0;
        let few = panel.series.len() <= 3;
        let plot = Area {
            left: cell.left + width,
            top: cell.top + head,
            right: cell.right - if few { VALUES } else { 8.0 },
            bottom: cell.bottom,
        };
        let (x, y) = (
            across(&self.months, &plot),
            ticks.scale(plot.bottom, plot.top),
        );
        Marks::new(&self.events, |month| x.at(month), plot.left, plot.right)
            .draw_unlabeled(scene, &plot);
        draw_grid(scene, &plot, &y, ticks, format);
        if !crowded {
            for series in &panel.series {
                draw_bands(scene, &x, &y, series);
            }
        }
        let count = panel.series.len();
        for (rank, series) in panel.series.iter().enumerate().rev() {
            draw_line(scene, &x, &y, series, 1.9);
            if count > 2 {
                draw_markers(scene, &x, &y, series, (rank, count));
            }
        }
        if few {
            let like = ticks.low.abs().max(ticks.high.abs());
            self.draw_values(scene, panel, &plot, like, |value| y.at(value));
        }
        self.draw_ends(scene, &plot);
    }

    /// The last value of each line beside its end.
    fn draw_values(
        &self,
        scene: &mut Scene,
        panel: &Panel,
        plot: &Area,
        like: f64,
        at: impl Fn(f64) -> f64,
    ) {
        let lasts: Vec<(usize, f64)> = panel
            .series
            .iter()
            .filter_map(|series| series.last().map(|(_, value)| (series.color, value)))
            .collect();
        let wanted: Vec<f64> = lasts.iter().map(|(_, value)| at(*value)).collect();
        let heights = vec![15.0; lasts.len()];
        let centers = spread(&wanted, &heights, plot.top - 6.0, plot.bottom + 6.0);
        for ((color, value), center) in lasts.iter().zip(centers) {
            let style = Style::semi_bold(11.5, series_color(*color));
            // The decimals of the axis, so that values and panels compare.
            let text = self.unit.format.short(*value, like);
            let text = if self.signed {
                plus(*value, text)
            } else {
                text
            };
            let text = style.shorten(&text, VALUES - 8.0);
            scene.text(plot.right + 6.0, center + 4.2, Anchor::Start, style, &text);
        }
        if lasts.is_empty() {
            let middle = (
                (plot.left + plot.right) / 2.0,
                (plot.top + plot.bottom) / 2.0 + 4.0,
            );
            scene.text(middle.0, middle.1, Anchor::Middle, MONTH, "no data");
        }
    }

    /// The first and the last month below a plot.
    fn draw_ends(&self, scene: &mut Scene, plot: &Area) {
        if self.months.count == 0 {
            return;
        }
        let ends = [0, self.months.count - 1];
        let room =
            |[first, last]: &[String; 2]| plot.width() - MONTH.width(first) - MONTH.width(last);
        let mut names = ends.map(|place| self.months.name(place));
        if room(&names) <= 8.0 {
            names = ends.map(|place| self.months.year_name(place));
        }
        let y = plot.bottom + 17.0;
        let room = room(&names);
        let [first, last] = names;
        scene.text(plot.left, y, Anchor::Start, MONTH, &first);
        if self.months.count > 1 && room > 8.0 {
            scene.text(plot.right, y, Anchor::End, MONTH, &last);
        }
    }

    /// The key's names, row by row, each with its x coordinate from the left.
    fn key_rows(&self, names: &[(usize, &str)]) -> Vec<Vec<(usize, f64, String)>> {
        let limit = super::frame::WIDTH - 48.0;
        let mut rows: Vec<Vec<(usize, f64, String)>> = vec![Vec::new()];
        let mut x = 0.0;
        for (color, name) in names {
            let style = Style::semi_bold(13.0, series_color(*color));
            let name = style.shorten(name, 280.0);
            let width = KEY_HEIGHT + style.width(&name) + 26.0;
            if x + width > limit && x > 0.0 {
                rows.push(Vec::new());
                x = 0.0;
            }
            if let Some(row) = rows.last_mut() {
                row.push((*color, x, name));
            }
            x += width;
        }
        rows
    }

    fn draw_key(&self, scene: &mut Scene, area: &Area, names: &[(usize, &str)]) {
        for (index, row) in self.key_rows(names).into_iter().enumerate() {
            let y = area.top + index as f64 * 20.0;
            for (color, x, name) in row {
                let left = area.left + x;
                let ink = series_color(color);
                scene.line(vec![(left, y), (left + 22.0, y)], ink, 2.4);
                if names.len() > 2 {
                    scene.marker((left + 11.0, y), 3.8, ink, marker(color));
                }
                scene.text(
                    left + KEY_HEIGHT,
                    y + 4.6,
                    Anchor::Start,
                    Style::semi_bold(13.0, ink),
                    &name,
                );
            }
        }
    }

    fn describe(&self) -> String {
        let mut text = format!(
            "{} small line charts, {}. ",
            self.panels.len(),
            self.months.range()
        );
        text += &describe_words(&self.words, &self.unit);
        for panel in &self.panels {
            text += &format!(" {}:", panel.title);
            for series in &panel.series {
                text += " ";
                text += &series.sentence(self.unit.format, self.signed);
            }
        }
        text + &describe_events(&self.events, &self.months)
    }

    fn data(&self) -> Result<String, ChartError> {
        let mut header = vec!["panel", "month", "date", "series"];
        header.extend(COLUMNS);
        let all = self
            .panels
            .iter()
            .flat_map(|p| rows(&self.months, &p.series, &[&p.title]));
        table::write(&header, all)
    }
}
