//! Estimates beside published ones, each row on a scale of its own.
use super::axis::Scale;
use super::frame::{Frame, Words};
use super::palette::{GRAY_INK, GRID, INK, PAPER, RULE, SERIES, SPAN};
use super::panel::TICK;
use super::scene::{Anchor, Area, Scene, Style};
use super::{ChartError, Rendered, at_most, finish, table};

const NAME: Style = Style::semi_bold(12.0, INK);
const WHAT: Style = Style::regular(11.0, GRAY_INK);
const VALUE: Style = Style::regular(11.5, INK);
const VERDICT: Style = Style::semi_bold(11.5, INK);
/// Most rows a picture can hold.
const MOST_ROWS: usize = 120;
const ROW: f64 = 46.0;
/// Widths of the columns of words.
const LABELS: f64 = 330.0;
const FIGURES: f64 = 150.0;
const VERDICTS: f64 = 90.0;
/// Band widths shown left and right of the band.
const BESIDE: f64 = 1.0;

/// How an estimate stands to its band; each has a mark of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Inside and precise: a filled dot.
    Inside,
    /// Outside: a ring.
    Outside,
    /// Too imprecise to tell: a line alone.
    Unknown,
    /// There is no estimate.
    Missing,
}

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct ForestRow {
    /// Its name: "P1 Minimum wage and jobs".
    pub name: String,
    /// What is estimated, with its unit.
    pub what: String,
    /// Lower and upper end of the band; one may be absent.
    pub band: [Option<f64>; 2],
    /// Width of the band, or what stands for it where an end is absent; above 0.
    pub width: f64,
    /// The published estimate.
    pub published: Option<f64>,
    /// Its interval.
    pub interval: Option<[f64; 2]>,
    /// The model's estimate; `NaN` if there is none.
    pub value: f64,
    /// Half the length of its interval; `NaN` if there is none.
    pub reach: f64,
    /// The verdict in a word or two, or why there is none.
    pub verdict: String,
    /// How the estimate stands to the band.
    pub standing: Standing,
}

/// Estimates beside published ones. Units differ, so each row is drawn on a scale on which its band fills the same
/// width; what lies beyond the plot is an arrow at its edge.
#[derive(Debug, Clone, PartialEq)]
pub struct ForestChart {
    /// The words around it.
    pub words: Words,
    /// The rows from top to bottom, at most 120.
    pub rows: Vec<ForestRow>,
}

impl ForestRow {
    /// Place on the scale of the row: 0 at the lower end of the band, 1 at the upper.
    fn place(&self, value: f64) -> f64 {
        let start = match self.band {
            [Some(low), _] => low,
            [None, Some(high)] => high - self.width,
            [None, None] => 0.0,
        };
        (value - start) / self.width
    }

    /// Ends of the band on the scale; a missing end lies beyond the plot.
    fn ends(&self) -> (f64, f64) {
        let [low, high] = self.band;
        (
            low.map_or(-BESIDE, |low| self.place(low)),
            high.map_or(1.0 + BESIDE, |high| self.place(high)),
        )
    }

    fn figures(&self) -> String {
        let band = match self.band {
            [Some(low), Some(high)] => format!("{} to {}", short(low), short(high)),
            [Some(low), None] => format!("≥ {}", short(low)),
            [None, Some(high)] => format!("≤ {}", short(high)),
            [None, None] => String::new(),
        };
        match self.value.is_finite() {
            true => format!("{} ({band})", short(self.value)),
            false => band,
        }
    }
}

/// A number in three digits or so.
fn short(value: f64) -> String {
    let text = match value.abs() {
        size if size >= 100.0 => format!("{value:.0}"),
        size if size >= 10.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    };
    let text = match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    };
    match text.strip_prefix('-') {
        Some("0") => "0".to_owned(),
        Some(rest) => format!("−{rest}"),
        None => text,
    }
}

impl ForestChart {
    /// Draws the chart.
    ///
    /// # Errors
    /// If there are more than 120 rows.
    pub fn render(&self) -> Result<Rendered, ChartError> {
        at_most("rows", self.rows.len(), MOST_ROWS)?;
        Ok(finish(
            self.layout(),
            &self.words,
            self.describe(),
            self.data()?,
        ))
    }

    fn notes() -> Vec<String> {
        vec![
            "Each row has a scale of its own, on which the shaded band fills the same width. Gray diamond and line: \
             published estimate and its interval, where known. Dot: the model's estimate, with two standard errors \
             each way; filled inside the band, hollow outside it, a line without a dot where the error is too large \
             to tell; arrows point to what lies beyond the plot."
                .to_owned(),
        ]
    }

    fn layout(&self) -> Scene {
        let frame = Frame::new(&self.words, "", &Self::notes());
        let (mut scene, area) = frame.open(self.rows.len().max(1) as f64 * ROW + 26.0);
        let plot = Area {
            left: area.left + LABELS + 16.0,
            right: area.right - FIGURES - VERDICTS - 16.0,
            top: area.top + 22.0,
            bottom: area.bottom - 4.0,
        };
        let x = Scale {
            low: -BESIDE,
            high: 1.0 + BESIDE,
            from: plot.left,
            to: plot.right,
            log: false,
        };
        let figures = plot.right + 12.0;
        for (at, text) in [(0.0, "lower end"), (1.0, "upper end")] {
            scene.text(x.at(at), area.top + 8.0, Anchor::Middle, TICK, text);
        }
        scene.text(figures, area.top + 8.0, Anchor::Start, TICK, "model (band)");
        scene.text(area.right, area.top + 8.0, Anchor::End, TICK, "verdict");
        for (index, row) in self.rows.iter().enumerate() {
            let top = plot.top + index as f64 * ROW;
            let middle = top + ROW / 2.0;
            scene.line(vec![(area.left, top), (area.right, top)], GRID, 0.8);
            let name = NAME.shorten(&row.name, LABELS);
            scene.text(area.left, top + 14.0, Anchor::Start, NAME, &name);
            let what = WHAT.wrap(&row.what, LABELS, 2);
            scene.lines(area.left, top + 27.5, Anchor::Start, WHAT, &what);
            draw_row(&mut scene, row, &x, (top, middle));
            let figure = VALUE.shorten(&row.figures(), FIGURES);
            scene.text(figures, middle + 4.0, Anchor::Start, VALUE, &figure);
            let verdict = VERDICT.shorten(&row.verdict, VERDICTS + 10.0);
            scene.text(area.right, middle + 4.0, Anchor::End, VERDICT, &verdict);
        }
        scene
    }

    fn describe(&self) -> String {
        let mut text = format!(
            "Forest plot, {} rows. {}.",
            self.rows.len(),
            self.words.title
        );
        for row in &self.rows {
            let figures = row.figures();
            text += &format!(" {}, {}: {figures}: {}.", row.name, row.what, row.verdict);
        }
        text
    }

    fn data(&self) -> Result<String, ChartError> {
        let header = [
            "name",
            "what",
            "low",
            "high",
            "published",
            "published_low",
            "published_high",
            "value",
            "value_low",
            "value_high",
            "verdict",
        ];
        let rows = self.rows.iter().map(|row| {
            let [low, high] = row.band.map(|end| end.unwrap_or(f64::NAN));
            let [first, last] = row.interval.unwrap_or([f64::NAN; 2]);
            let published = row.published.unwrap_or(f64::NAN);
            let (from, to) = (row.value - row.reach, row.value + row.reach);
            let numbers = [low, high, published, first, last, row.value, from, to];
            let mut cells = vec![row.name.clone(), row.what.clone()];
            cells.extend(numbers.map(table::cell));
            cells.push(row.verdict.clone());
            cells
        });
        table::write(&header, rows)
    }
}

fn draw_row(scene: &mut Scene, row: &ForestRow, x: &Scale, (top, middle): (f64, f64)) {
    let within = |place: f64| x.at(place.clamp(-BESIDE, 1.0 + BESIDE));
    let (low, high) = row.ends();
    let band = Area {
        left: within(low),
        right: within(high),
        top: top + 5.0,
        bottom: top + ROW - 5.0,
    };
    if row.band != [None, None] {
        scene.rectangle(band, SPAN, 1.0);
    }
    for (end, place) in row.band.iter().zip([low, high]) {
        if end.is_some() {
            let at = within(place);
            scene.line(vec![(at, band.top), (at, band.bottom)], RULE, 1.0);
        }
    }
    published(scene, row, &within, middle + 6.0);
    if !row.value.is_finite() {
        return;
    }
    let y = middle - 4.0;
    let place = row.place(row.value);
    let color = match row.standing {
        Standing::Inside => SERIES[0],
        Standing::Outside => SERIES[1],
        Standing::Unknown | Standing::Missing => GRAY_INK,
    };
    if row.reach.is_finite() {
        let [from, to] = [row.value - row.reach, row.value + row.reach].map(|end| row.place(end));
        scene.line(vec![(within(from), y), (within(to), y)], color, 2.2);
    }
    let beyond = match place {
        place if place < -BESIDE => -1.0,
        place if place > 1.0 + BESIDE => 1.0,
        _ => 0.0,
    };
    let at = within(place);
    if beyond != 0.0 {
        let tip = at + 1.0 * beyond;
        let back = tip - 10.0 * beyond;
        scene.polygon(vec![(tip, y), (back, y - 5.5), (back, y + 5.5)], color, 1.0);
        return;
    }
    match row.standing {
        Standing::Inside => scene.circle((at, y), 5.0, color),
        Standing::Outside => {
            scene.circle((at, y), 5.0, color);
            scene.circle((at, y), 3.0, PAPER);
        }
        Standing::Unknown | Standing::Missing => {
            scene.line(vec![(at, y - 4.5), (at, y + 4.5)], color, 2.2);
        }
    }
}

/// The published estimate and its interval.
fn published(scene: &mut Scene, row: &ForestRow, within: &impl Fn(f64) -> f64, y: f64) {
    if let Some(interval) = row.interval {
        let [from, to] = interval.map(|end| within(row.place(end)));
        scene.line(vec![(from, y), (to, y)], RULE, 1.4);
    }
    if let Some(value) = row.published {
        let at = within(row.place(value));
        let diamond = vec![(at - 4.5, y), (at, y - 4.5), (at + 4.5, y), (at, y + 4.5)];
        scene.polygon(diamond, RULE, 1.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_share_a_width_and_one_sided_bands_their_scale() {
        let mut row = ForestRow {
            name: "A".into(),
            what: "b".into(),
            band: [Some(-2.0), Some(2.0)],
            width: 4.0,
            published: Some(1.0),
            interval: None,
            value: 9.0,
            reach: 0.5,
            verdict: "size ×9".into(),
            standing: Standing::Outside,
        };
        assert_eq!((row.place(-2.0), row.place(2.0)), (0.0, 1.0));
        assert_eq!(row.figures(), "9 (−2 to 2)");
        row.band = [None, Some(0.0)];
        row.width = 2.0;
        assert_eq!(row.ends(), (-BESIDE, 1.0));
        assert_eq!(row.place(-2.0), 0.0);
        let chart = ForestChart {
            words: Words::default(),
            rows: vec![row],
        };
        let drawn = chart.render().expect("it draws");
        assert!(drawn.svg.contains("size ×9") && drawn.csv.contains("size ×9"));
    }
}
