//! What happened when: lines and stretches over a time chart, with labels above it.
use super::axis::Months;
use super::palette::{GRAY_INK, RULE, SPAN};
use super::scene::{Anchor, Area, Scene, Style};

const LABEL: Style = Style::regular(12.0, GRAY_INK);
const ROW: f64 = 17.0;
/// More rows of labels would crowd out the chart; a label that finds no room is left to the
/// description, its line is drawn all the same.
const MOST_ROWS: usize = 8;

/// Something that happened or lasted, marked over the months.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Place of its month among those shown, from 0.
    pub month: usize,
    /// Place of its last month, if it lasted.
    pub until: Option<usize>,
    /// What it was: "wage subsidy starts".
    pub label: String,
}

/// An event with its place on the picture.
#[derive(Debug)]
struct Placed {
    x: f64,
    until: Option<f64>,
    text: String,
    left: f64,
    right: f64,
    anchor: Anchor,
    row: Option<usize>,
}

/// The events of a chart, laid out so that no label covers another or is crossed by a line.
#[derive(Debug)]
pub(super) struct Marks {
    placed: Vec<Placed>,
}

impl Marks {
    /// `at` gives the x coordinate of a month; labels stay between `left` and `right`.
    pub fn new(events: &[Event], at: impl Fn(f64) -> f64, left: f64, right: f64) -> Self {
        let mut events: Vec<&Event> = events.iter().collect();
        events.sort_by_key(|event| std::cmp::Reverse(event.month));
        let mut placed: Vec<Placed> = Vec::new();
        for event in events {
            let x = at(event.month as f64).clamp(left, right);
            let until = event.until.map(|month| at(month as f64).clamp(x, right));
            let room_right = right - x - 5.0;
            let to_right = LABEL.width(&event.label) <= room_right || room_right >= x - left;
            let limit = if to_right { room_right } else { x - left - 5.0 };
            let text = LABEL.shorten(&event.label, limit.min(420.0));
            let width = LABEL.width(&text);
            let (anchor, from, to) = if to_right {
                (Anchor::Start, x + 5.0, x + 5.0 + width)
            } else {
                (Anchor::End, x - 5.0 - width, x - 5.0)
            };
            let mut mark = Placed {
                x,
                until,
                text,
                left: from,
                right: to,
                anchor,
                row: None,
            };
            mark.row = (0..MOST_ROWS).find(|row| mark.fits(*row, &placed));
            placed.push(mark);
        }
        Self { placed }
    }

    /// Height of the rows of labels above the plot.
    pub fn height(&self) -> f64 {
        let rows = self
            .placed
            .iter()
            .filter_map(|mark| mark.row.map(|row| row + 1))
            .max();
        rows.map_or(0.0, |rows| rows as f64 * ROW + 4.0)
    }

    /// Draws the stretches, which belong below the data.
    pub fn draw_spans(&self, scene: &mut Scene, plot: &Area) {
        for mark in &self.placed {
            if let Some(until) = mark.until {
                let area = Area {
                    left: mark.x,
                    right: until,
                    ..*plot
                };
                scene.rectangle(area, SPAN, 1.0);
            }
        }
    }

    /// Draws stretches and lines without labels, where there is no room for words.
    pub fn draw_unlabeled(&self, scene: &mut Scene, plot: &Area) {
        self.draw_spans(scene, plot);
        self.draw_lines(scene, plot);
    }

    /// Whether a line is drawn for a mark: of several in one month the one that reaches highest, since dashes over
    /// dashes make a solid line.
    fn has_line(&self, place: usize) -> bool {
        let mark = &self.placed[place];
        let mut others = self.placed.iter().enumerate();
        !others.any(|(at, other)| {
            at != place
                && other.x == mark.x
                && (other.row > mark.row || (other.row == mark.row && at < place))
        })
    }

    /// Draws the lines alone, from edge to edge.
    pub fn draw_lines(&self, scene: &mut Scene, plot: &Area) {
        let placed = self.placed.iter().enumerate();
        for (_, mark) in placed.filter(|(place, _)| self.has_line(*place)) {
            let points = vec![(mark.x, plot.top), (mark.x, plot.bottom)];
            scene.dashed(points, RULE, 1.0, (3.0, 3.0));
        }
    }

    /// Draws the lines and labels.
    pub fn draw(&self, scene: &mut Scene, plot: &Area) {
        for (place, mark) in self.placed.iter().enumerate() {
            let top = plot.top - mark.row.map_or(0.0, |row| (row + 1) as f64 * ROW);
            if self.has_line(place) {
                let points = vec![(mark.x, top), (mark.x, plot.bottom)];
                scene.dashed(points, RULE, 1.2, (4.0, 3.0));
            }
            if mark.row.is_some() {
                let x = if mark.anchor == Anchor::Start {
                    mark.left
                } else {
                    mark.right
                };
                scene.text(x, top + 10.5, mark.anchor, LABEL, &mark.text);
            }
        }
    }
}

/// What unlabeled lines mean: "Dashed lines: wage subsidy (Jan 2028)."
pub(super) fn events_note(events: &[Event], months: &Months) -> Option<String> {
    let named: Vec<String> = (events.iter())
        .map(|event| format!("{} ({})", event.label, months.name(event.month)))
        .collect();
    (!named.is_empty()).then(|| format!("Dashed lines: {}.", named.join(", ")))
}

impl Placed {
    fn fits(&self, row: usize, others: &[Self]) -> bool {
        others.iter().all(|other| {
            let Some(other_row) = other.row else {
                return true;
            };
            let apart = self.right + 8.0 < other.left || other.right + 8.0 < self.left;
            let my_line_clear =
                row < other_row || !(other.left - 2.0..=other.right + 2.0).contains(&self.x);
            let its_line_clear =
                other_row < row || !(self.left - 2.0..=self.right + 2.0).contains(&other.x);
            (apart || row != other_row) && my_line_clear && its_line_clear
        })
    }
}
