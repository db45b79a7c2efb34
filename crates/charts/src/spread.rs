//! Labels at the ends of lines, pushed apart until none covers another.
use super::palette::{GRAY_INK, series_color};
use super::scene::{Anchor, Area, Point, Scene, Style};

const NAME: f64 = 13.0;
const VALUE: Style = Style::regular(12.0, GRAY_INK);
/// White space between two labels.
const GAP: f64 = 6.0;
/// White space between a plot and its labels when leaders run through it.
const LEADER_GAP: f64 = 34.0;
/// Widest a label's text may be.
const WIDEST: f64 = 200.0;
/// Widest that a number with its interval may be.
const VALUE_WIDEST: f64 = 260.0;

/// What stands beside the end of a line.
#[derive(Debug, Clone)]
pub(super) struct EndLabel {
    pub color: usize,
    pub name: String,
    pub value: String,
    /// The last point of the line, if it has one.
    pub at: Option<Point>,
}

/// A column of labels with their final places.
#[derive(Debug)]
pub(super) struct Column {
    blocks: Vec<Block>,
    /// Width the texts need.
    pub width: f64,
    /// Whether some label sits away from its line and needs a leader.
    pub leaders: bool,
}

#[derive(Debug)]
struct Block {
    color: usize,
    at: Option<Point>,
    name: Vec<String>,
    value: Option<String>,
    center: f64,
}

/// How much room each label may take.
#[derive(Debug, Clone, Copy)]
struct Room {
    name_lines: usize,
    value_below: bool,
}

/// From the most room for a label to the least.
const ROOMS: [Room; 4] = [
    Room {
        name_lines: 3,
        value_below: true,
    },
    Room {
        name_lines: 2,
        value_below: true,
    },
    Room {
        name_lines: 1,
        value_below: true,
    },
    Room {
        name_lines: 1,
        value_below: false,
    },
];

impl Column {
    /// Height the labels need if names take up to two lines and values keep their intervals.
    pub fn full_height(labels: &[EndLabel]) -> f64 {
        labels
            .iter()
            .map(|label| Block::new(label, ROOMS[1]).height())
            .sum()
    }

    /// Places `labels` between `top` and `bottom`; long names are broken, or cut if room is short.
    pub fn new(labels: &[EndLabel], top: f64, bottom: f64) -> Self {
        let mut blocks = Vec::new();
        for room in ROOMS {
            blocks = labels.iter().map(|label| Block::new(label, room)).collect();
            if blocks.iter().map(Block::height).sum::<f64>() <= bottom - top {
                break;
            }
        }
        let wanted: Vec<f64> = blocks
            .iter()
            .map(|block: &Block| block.at.map_or(bottom, |(_, y)| y))
            .collect();
        let heights: Vec<f64> = blocks.iter().map(Block::height).collect();
        for (block, center) in blocks
            .iter_mut()
            .zip(spread(&wanted, &heights, top, bottom))
        {
            block.center = center;
        }
        let width = blocks.iter().map(Block::width).fold(0.0, f64::max);
        let leaders = blocks.iter().any(Block::moved);
        Self {
            blocks,
            width,
            leaders,
        }
    }

    /// White space between the plot and the texts.
    pub fn gap(&self) -> f64 {
        if self.leaders { LEADER_GAP } else { 12.0 }
    }

    /// Draws the texts from `left` on, and leaders from `start`.
    pub fn draw(&self, scene: &mut Scene, left: f64, start: f64) {
        for block in &self.blocks {
            if let (Some((_, y)), true) = (block.at, self.leaders) {
                let end = block.center;
                let mut points = vec![(start + 1.0, y), (left - 4.0, end)];
                if left - start > 20.0 {
                    points.splice(1..1, [(start + 5.0, y), (left - 10.0, end)]);
                }
                scene.line(points, series_color(block.color), 1.0);
            }
            block.draw(scene, left);
        }
    }
}

impl Block {
    fn new(label: &EndLabel, room: Room) -> Self {
        let style = Style::semi_bold(NAME, series_color(label.color));
        let Room {
            name_lines,
            value_below,
        } = room;
        let (name, value) = if value_below {
            let value =
                (!label.value.is_empty()).then(|| VALUE.shorten(&label.value, VALUE_WIDEST));
            (style.wrap(&label.name, WIDEST, name_lines), value)
        } else {
            let first = label.value.split(" (").next().unwrap_or_default();
            let first = first.trim_end_matches(" points").trim_end_matches(" point");
            let room = WIDEST - style.width(first) - 8.0;
            (
                vec![format!("{} {first}", style.shorten(&label.name, room))],
                None,
            )
        };
        Self {
            color: label.color,
            at: label.at,
            name,
            value,
            center: 0.0,
        }
    }

    fn style(&self) -> Style {
        Style::semi_bold(NAME, series_color(self.color))
    }

    fn height(&self) -> f64 {
        let value = if self.value.is_some() {
            VALUE.leading()
        } else {
            0.0
        };
        self.name.len() as f64 * self.style().leading() + value + GAP
    }

    fn width(&self) -> f64 {
        let names = self.name.iter().map(|line| self.style().width(line));
        names
            .chain(self.value.iter().map(|text| VALUE.width(text)))
            .fold(0.0, f64::max)
    }

    fn moved(&self) -> bool {
        self.at.is_some_and(|(_, y)| (y - self.center).abs() > 4.0)
    }

    fn draw(&self, scene: &mut Scene, left: f64) {
        let top = self.center - (self.height() - GAP) / 2.0;
        let y = scene.lines(
            left,
            top + NAME * 0.95,
            Anchor::Start,
            self.style(),
            &self.name,
        );
        if let Some(value) = &self.value {
            scene.text(left, y - 1.0, Anchor::Start, VALUE, value);
        }
    }
}

/// Centers for blocks of the given heights, in the order of `wanted`, that do not overlap, stay
/// between `top` and `bottom` if they fit at all, and move as little as possible in least squares
/// (isotonic regression by pooling adjacent violators).
pub(super) fn spread(wanted: &[f64], heights: &[f64], top: f64, bottom: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].total_cmp(&wanted[*b]));
    let mut pools: Vec<(f64, usize)> = Vec::new();
    let mut above = 0.0;
    let mut offsets = Vec::new();
    for index in &order {
        let mut pool = (wanted[*index] - heights[*index] / 2.0 - above, 1);
        offsets.push(above);
        above += heights[*index];
        while let Some((mean, count)) = pools.pop_if(|(mean, _)| *mean >= pool.0) {
            let total = mean * count as f64 + pool.0 * pool.1 as f64;
            pool = (total / (count + pool.1) as f64, count + pool.1);
        }
        pools.push(pool);
    }
    let shifts = pools
        .iter()
        .flat_map(|(mean, count)| std::iter::repeat_n(*mean, *count));
    let mut centers = vec![0.0; wanted.len()];
    for ((index, offset), shift) in order.iter().zip(offsets).zip(shifts) {
        let shift = shift.min(bottom - above).max(top);
        centers[*index] = shift + offset + heights[*index] / 2.0;
    }
    centers
}

/// A key of line samples and names, for charts whose lines end in one place; `area` bounds it.
/// Returns the baseline below it.
pub(super) fn key(
    scene: &mut Scene,
    labels: &[EndLabel],
    area: Area,
    sample: impl Fn(&mut Scene, usize, Point),
) -> f64 {
    let mut y = area.top + 10.0;
    for (index, label) in labels.iter().enumerate() {
        let style = Style::semi_bold(NAME, series_color(label.color));
        let left = area.left + 40.0;
        let lines = style.wrap(&label.name, area.right - left, 3);
        sample(scene, index, (area.left, y - NAME * 0.35));
        y = scene.lines(left, y, Anchor::Start, style, &lines);
        if !label.value.is_empty() {
            scene.text(
                left,
                y - 1.0,
                Anchor::Start,
                VALUE,
                &VALUE.shorten(&label.value, area.right - left),
            );
            y += VALUE.leading();
        }
        y += GAP * 1.5;
    }
    y
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_that_fit_stay_where_they_belong() {
        assert_eq!(
            spread(&[100.0, 20.0], &[10.0, 10.0], 0.0, 200.0),
            [100.0, 20.0]
        );
    }

    #[test]
    fn crowded_labels_part_and_keep_their_order() {
        let wanted = [50.0, 51.0, 49.0, 199.0, 3.0];
        let heights = [20.0; 5];
        let centers = spread(&wanted, &heights, 0.0, 200.0);
        assert_eq!(centers[0], 50.0);
        assert!(centers[2] + 20.0 <= centers[0] + 1e-9 && centers[0] + 20.0 <= centers[1] + 1e-9);
        assert!(centers[3] <= 190.0 && centers[4] >= 10.0);
    }
}
