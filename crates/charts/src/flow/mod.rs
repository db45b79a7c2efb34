//! Flows between groups, from left to right: where a dollar spent in town goes.
use crate::frame::{Frame, Words};
use crate::number::Unit;
use crate::palette::{GRAY_INK, INK, series_color};
use crate::scene::{Anchor, Area, Point, Scene, Style};
use crate::time::describe_words;
use crate::{ChartError, Rendered, at_most, finish, table};

mod layout;

use layout::{Placed, Places};

const NAME: Style = Style::semi_bold(13.0, INK);
const VALUE: Style = Style::regular(12.0, INK);
const HEADER: Style = Style::regular(12.0, GRAY_INK);
const MOST_NODES: usize = 16;
const MOST_COLUMNS: usize = 5;
const HEIGHT: f64 = 440.0;
const NODE_WIDTH: f64 = 14.0;
/// Points along each edge of a flow.
const CURVE_POINTS: usize = 32;

/// A group that receives or passes on.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FlowNode {
    /// Its name.
    pub label: String,
    /// Its column, from 0 at the left.
    pub column: usize,
    /// Index into the palette; flows take the color of the group they reach.
    pub color: usize,
}

/// A flow between two groups.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FlowLink {
    /// Index of the group it leaves.
    pub from: usize,
    /// Index of the group it reaches, in a column further right.
    pub to: usize,
    /// How much flows; not negative.
    pub value: f64,
}

/// Flows between groups, from left to right.
#[derive(Debug, Clone, PartialEq)]
pub struct FlowChart {
    /// The words around it.
    pub words: Words,
    /// What flows.
    pub unit: Unit,
    /// A heading for each column, or none.
    pub columns: Vec<String>,
    /// The groups, from top to bottom within their columns.
    pub nodes: Vec<FlowNode>,
    /// The flows.
    pub links: Vec<FlowLink>,
}

impl FlowChart {
    /// Draws the chart.
    ///
    /// # Errors
    /// If a flow names a missing group, does not go to the right, or is negative or not finite; if
    /// there are more than sixteen groups or five columns.
    pub fn render(&self) -> Result<Rendered, ChartError> {
        at_most("groups", self.nodes.len(), MOST_NODES)?;
        at_most("columns", self.column_count(), MOST_COLUMNS)?;
        for link in &self.links {
            self.check(link)?;
        }
        Ok(finish(
            self.layout(),
            &self.words,
            self.describe(),
            self.data()?,
        ))
    }

    fn check(&self, link: &FlowLink) -> Result<(), ChartError> {
        let (Some(from), Some(to)) = (self.nodes.get(link.from), self.nodes.get(link.to)) else {
            let why = format!(
                "a flow from {} to {} names a missing group",
                link.from, link.to
            );
            return Err(ChartError::Flow(why));
        };
        let names = format!("the flow from “{}” to “{}”", from.label, to.label);
        if from.column >= to.column {
            return Err(ChartError::Flow(format!(
                "{names} does not go to the right"
            )));
        }
        if !link.value.is_finite() || link.value < 0.0 {
            return Err(ChartError::Flow(format!("{names} is {}", link.value)));
        }
        Ok(())
    }

    fn column_count(&self) -> usize {
        self.nodes
            .iter()
            .map(|node| node.column + 1)
            .max()
            .unwrap_or(0)
    }

    fn inflow(&self, node: usize) -> f64 {
        self.links
            .iter()
            .filter(|link| link.to == node)
            .map(|link| link.value)
            .sum()
    }

    fn outflow(&self, node: usize) -> f64 {
        self.links
            .iter()
            .filter(|link| link.from == node)
            .map(|link| link.value)
            .sum()
    }

    /// What a node holds: what it receives, or what it passes on if that is more.
    fn size(&self, node: usize) -> f64 {
        self.inflow(node).max(self.outflow(node))
    }

    fn layout(&self) -> Scene {
        let frame = Frame::new(&self.words, &self.unit.words, &[]);
        let head = if self.columns.is_empty() { 0.0 } else { 26.0 };
        let (mut scene, area) = frame.open(HEIGHT + head);
        let room = Area {
            top: area.top + head,
            ..area
        };
        let label_width = self.label_width(&room);
        let placed = self.place(&room, label_width);
        let scale = self.scale(&room);
        self.draw_links(&mut scene, &placed, scale);
        for (node, place) in placed.groups.iter().enumerate() {
            let area = Area {
                left: place.left,
                right: place.left + NODE_WIDTH,
                top: place.top,
                bottom: place.top + place.height,
            };
            scene.rectangle(area, series_color(self.nodes[node].color), 1.0);
            self.draw_label(&mut scene, node, place, label_width);
        }
        for (column, header) in self.columns.iter().enumerate().take(self.column_count()) {
            let left = self.column_left(&room, label_width, column);
            let text = HEADER.shorten(header, label_width + NODE_WIDTH + 4.0);
            scene.text(left, area.top + 10.0, Anchor::Start, HEADER, &text);
        }
        scene
    }

    /// Room for a label right of its node.
    fn label_width(&self, room: &Area) -> f64 {
        let texts = self.nodes.iter().enumerate().flat_map(|(node, it)| {
            let lines = NAME.wrap(&it.label, 150.0, 2);
            let widest = lines
                .iter()
                .map(|line| NAME.width(line))
                .fold(0.0, f64::max);
            [widest, VALUE.width(&self.value_text(node))]
        });
        let columns = self.column_count().max(1) as f64;
        texts
            .fold(0.0, f64::max)
            .min(room.width() / columns - 40.0)
            .max(20.0)
    }

    /// The order in which flows meet a group: that of their neighbors on the way, so that few cross.
    fn sorted(&self, height: impl Fn(usize) -> f64) -> Vec<usize> {
        let mut links: Vec<usize> = (0..self.links.len()).collect();
        links.sort_by(|a, b| height(*a).total_cmp(&height(*b)));
        links
    }

    fn draw_links(&self, scene: &mut Scene, places: &Places, scale: f64) {
        let Places { groups, passing } = places;
        let next = |link: usize| {
            let first = passing[link].first().copied();
            first.unwrap_or(groups[self.links[link].to]).top
        };
        let previous = |link: usize| {
            let last = passing[link].last().copied();
            last.unwrap_or(groups[self.links[link].from]).top
        };
        let mut starts = vec![0.0; self.links.len()];
        let mut used = vec![0.0; self.nodes.len()];
        for link in self.sorted(next) {
            let FlowLink { from, value, .. } = self.links[link];
            starts[link] = groups[from].top + used[from];
            used[from] += value * scale;
        }
        let mut ends = vec![0.0; self.links.len()];
        used.fill(0.0);
        for link in self.sorted(previous) {
            let FlowLink { to, value, .. } = self.links[link];
            ends[link] = groups[to].top + used[to];
            used[to] += value * scale;
        }
        for (index, link) in self.links.iter().enumerate() {
            let thickness = link.value * scale;
            if thickness > 0.0 {
                let mut edge = vec![(groups[link.from].left + NODE_WIDTH, starts[index])];
                for place in &passing[index] {
                    edge.extend([
                        (place.left, place.top),
                        (place.left + NODE_WIDTH, place.top),
                    ]);
                }
                edge.push((groups[link.to].left, ends[index]));
                let color = series_color(self.nodes[link.to].color);
                scene.polygon(ribbon(&edge, thickness.max(0.8)), color, 0.30);
            }
        }
    }

    fn value_text(&self, node: usize) -> String {
        self.unit.format.value(self.size(node))
    }

    /// Name and value right of the node, dark enough to be read on the pale flows below them.
    fn draw_label(&self, scene: &mut Scene, node: usize, place: &Placed, label_width: f64) {
        let lines = NAME.wrap(&self.nodes[node].label, label_width, 2);
        let value = VALUE.shorten(&self.value_text(node), label_width);
        let height = lines.len() as f64 * NAME.leading() + VALUE.leading();
        let left = place.left + NODE_WIDTH + 7.0;
        let top = place.top + (place.height - height) / 2.0;
        let y = scene.lines(left, top + NAME.size * 0.95, Anchor::Start, NAME, &lines);
        scene.text(left, y - 1.0, Anchor::Start, VALUE, &value);
    }

    fn describe(&self) -> String {
        let mut text = format!("Flow diagram of {} groups. ", self.nodes.len());
        text += &describe_words(&self.words, &self.unit);
        for link in &self.links {
            let (from, to) = (&self.nodes[link.from].label, &self.nodes[link.to].label);
            text += &format!(" {from} to {to}: {}.", self.unit.format.value(link.value));
        }
        text
    }

    fn data(&self) -> Result<String, ChartError> {
        let rows = self.links.iter().map(|link| {
            let name = |node: usize| self.nodes[node].label.clone();
            vec![name(link.from), name(link.to), table::cell(link.value)]
        });
        table::write(&["from", "to", "value"], rows)
    }
}

/// A band of constant height along `edge`, its upper edge: between each even point and the next a
/// cubic Bézier curve, level at both ends.
fn ribbon(edge: &[Point], thickness: f64) -> Vec<Point> {
    let mut upper: Vec<Point> = Vec::new();
    for pair in edge.chunks_exact(2) {
        let (from, to) = (pair[0], pair[1]);
        let middle = f64::midpoint(from.0, to.0);
        upper.extend((0..=CURVE_POINTS).map(|i| {
            let t = i as f64 / CURVE_POINTS as f64;
            let s = 1.0 - t;
            let (a, b, c, d) = (s * s * s, 3.0 * s * s * t, 3.0 * s * t * t, t * t * t);
            (
                a * from.0 + (b + c) * middle + d * to.0,
                (a + b) * from.1 + (c + d) * to.1,
            )
        }));
    }
    let lower: Vec<Point> = upper
        .iter()
        .rev()
        .map(|(x, y)| (*x, y + thickness))
        .collect();
    upper.into_iter().chain(lower).collect()
}
