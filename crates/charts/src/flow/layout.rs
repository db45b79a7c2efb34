//! Where the groups of a flow diagram stand, and how its flows get past those in between.
use super::{FlowChart, FlowLink, NODE_WIDTH};
use crate::scene::Area;

/// Least white space between two nodes of a column.
const BETWEEN: f64 = 24.0;
/// Height of a label of two lines.
const LABEL_HEIGHT: f64 = 34.0;

/// One place in a column.
#[derive(Debug, Clone, Copy)]
pub(super) enum Slot {
    /// A group, by its index.
    Group(usize),
    /// A flow on its way further right, by its index.
    Passing(usize),
}

/// Where everything stands.
#[derive(Debug)]
pub(super) struct Places {
    pub(super) groups: Vec<Placed>,
    /// For each flow, its places in the columns it passes, from left to right.
    pub(super) passing: Vec<Vec<Placed>>,
}

/// A rectangle in a column.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) height: f64,
}

impl FlowChart {
    /// What stands in a column from top to bottom: its groups, and the flows that pass through on
    /// their way to a column further right, above or below the groups as their far end lies.
    pub(super) fn slots(&self, column: usize) -> Vec<Slot> {
        let passing = (0..self.links.len()).filter(|link| self.passes(*link, column));
        let (above, below): (Vec<usize>, Vec<usize>) =
            passing.partition(|link| self.height_rank(self.links[*link].to) < 0.5);
        let groups = (0..self.nodes.len()).filter(|node| self.nodes[*node].column == column);
        let above = above.into_iter().map(Slot::Passing);
        above
            .chain(groups.map(Slot::Group))
            .chain(below.into_iter().map(Slot::Passing))
            .collect()
    }

    pub(super) fn passes(&self, link: usize, column: usize) -> bool {
        let FlowLink { from, to, .. } = self.links[link];
        self.nodes[from].column < column && column < self.nodes[to].column
    }

    /// Where a group stands in its column: 0 for the first, 1 for the last.
    pub(super) fn height_rank(&self, node: usize) -> f64 {
        let column = self.nodes[node].column;
        let count = |range: std::ops::Range<usize>| {
            range
                .filter(|other| self.nodes[*other].column == column)
                .count()
        };
        let others = count(0..self.nodes.len()).saturating_sub(1);
        if others == 0 {
            1.0
        } else {
            count(0..node) as f64 / others as f64
        }
    }

    pub(super) fn slot_size(&self, slot: &Slot) -> f64 {
        match slot {
            Slot::Group(node) => self.size(*node),
            Slot::Passing(link) => self.links[*link].value,
        }
    }

    /// Left edge of a column; the last keeps room for its labels.
    pub(super) fn column_left(&self, room: &Area, label_width: f64, column: usize) -> f64 {
        let steps = self.column_count().saturating_sub(1).max(1) as f64;
        let last = room.right - label_width - 8.0 - NODE_WIDTH;
        room.left + (last - room.left) * column as f64 / steps
    }

    /// Pixels per unit, so that the fullest column fits.
    pub(super) fn scale(&self, room: &Area) -> f64 {
        let scales = (0..self.column_count()).filter_map(|column| {
            let slots = self.slots(column);
            let total: f64 = slots.iter().map(|slot| self.slot_size(slot)).sum();
            let gaps = slots.len().saturating_sub(1) as f64 * BETWEEN;
            (total > 0.0).then_some(((room.height() - gaps).max(20.0)) / total)
        });
        let scale = scales.fold(f64::INFINITY, f64::min);
        if scale.is_finite() { scale * 0.86 } else { 0.0 }
    }

    pub(super) fn place(&self, room: &Area, label_width: f64) -> Places {
        let scale = self.scale(room);
        let mut places = Places {
            groups: vec![
                Placed {
                    left: 0.0,
                    top: 0.0,
                    height: 0.0
                };
                self.nodes.len()
            ],
            passing: vec![Vec::new(); self.links.len()],
        };
        for column in 0..self.column_count() {
            let slots = self.slots(column);
            let left = self.column_left(room, label_width, column);
            // A small group needs the height of its two lines of label.
            let tall = |slot: &Slot| match slot {
                Slot::Group(_) => (self.slot_size(slot) * scale).max(1.5),
                Slot::Passing(_) => self.slot_size(slot) * scale,
            };
            let need = |slot: &Slot| match slot {
                Slot::Group(_) => tall(slot).max(LABEL_HEIGHT),
                Slot::Passing(_) => tall(slot),
            };
            let spare = (room.height() - slots.iter().map(need).sum::<f64>()).max(0.0);
            let gap = (spare / (slots.len() as f64 + 1.0)).min(46.0);
            let mut y = room.top + (spare - gap * (slots.len() as f64 - 1.0)) / 2.0;
            for slot in &slots {
                let (height, need) = (tall(slot), need(slot));
                let placed = Placed {
                    left,
                    top: y + (need - height) / 2.0,
                    height,
                };
                match slot {
                    Slot::Group(node) => places.groups[*node] = placed,
                    Slot::Passing(link) => places.passing[*link].push(placed),
                }
                y += need + gap;
            }
        }
        places
    }
}
