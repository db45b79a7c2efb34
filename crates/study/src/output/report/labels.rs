//! Labels beside a plot: names in lines, numbers behind or below them, and room for all.

use maud::{Markup, html};

use super::drawing::px;

/// Characters of a label's line that fit beside a plot in the largest letters, which phones get.
const LONGEST_LINE: usize = 20;
/// Most lines of a name.
const MOST_LINES: usize = 3;
/// From one line of a label to the next.
const LEADING: f64 = 16.0;

/// A name in lines that fit beside a plot, parted after spaces and hyphens; what does not fit ends in "…".
fn lines_of(name: &str) -> Vec<String> {
    let length = |text: &str| text.trim_end().chars().count();
    let mut lines = vec![String::new()];
    for piece in name.split_inclusive([' ', '-', '_']) {
        let line = lines.last_mut().expect("there is one line");
        if length(line) + length(piece) <= LONGEST_LINE || line.is_empty() {
            line.push_str(piece);
        } else {
            lines.push(piece.to_owned());
        }
    }
    if lines.len() > MOST_LINES {
        let rest = lines.split_off(MOST_LINES - 1).concat();
        lines.push(rest);
    }
    let cut = |line: &String| match length(line) {
        0..=LONGEST_LINE => line.trim_end().to_owned(),
        _ => line.chars().take(LONGEST_LINE - 1).collect::<String>() + "…",
    };
    lines.iter().map(cut).collect()
}

/// A label of a line: its name, and the number behind it or below.
pub(super) struct Label {
    name: Vec<String>,
    value: String,
}

impl Label {
    pub(super) fn new(name: &str, value: String) -> Label {
        Label {
            name: lines_of(name),
            value,
        }
    }

    /// Whether the number stands on a line of its own.
    fn is_parted(&self) -> bool {
        let last = self.name.last().map_or(0, |line| line.chars().count());
        !self.value.is_empty() && last + 1 + self.value.chars().count() > LONGEST_LINE
    }

    pub(super) fn height(&self) -> f64 {
        (self.name.len() + usize::from(self.is_parted())) as f64 * LEADING + 2.0
    }

    pub(super) fn draw(&self, (x, top): (f64, f64), color: &str) -> Markup {
        let at = |line: usize| px(top + 12.0 + line as f64 * LEADING);
        let last = self.name.len() - 1;
        html! {
            @for (line, text) in self.name.iter().enumerate() {
                text x=(x) y=(at(line)) fill=(color) class="name" {
                    (text)
                    @if line == last && !self.is_parted() { " " tspan.tick { (self.value) } }
                }
            }
            @if self.is_parted() {
                text x=(x) y=(at(last + 1)) class="tick" { (self.value) }
            }
        }
    }
}

/// Tops of labels that would like to stand at `wanted`, without overlap and above `limit` where there is room.
pub(super) fn spread(wanted: &[f64], heights: &[f64], limit: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].total_cmp(&wanted[*b]));
    let mut placed = vec![0.0; wanted.len()];
    let mut next = 0.0_f64;
    for &at in &order {
        placed[at] = wanted[at].max(next);
        next = placed[at] + heights[at];
    }
    // What ran out below is pushed up again.
    let mut limit = limit.max(heights.iter().sum());
    for &at in order.iter().rev() {
        placed[at] = placed[at].min(limit - heights[at]);
        limit = placed[at];
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_keep_their_distance_and_stay_inside() {
        let placed = spread(&[200.0, 201.0, 60.0, 202.0], &[15.0; 4], 240.0);
        let mut sorted = placed.clone();
        sorted.sort_by(f64::total_cmp);
        assert!(sorted.windows(2).all(|pair| pair[1] - pair[0] >= 15.0));
        assert!(sorted.iter().all(|y| *y + 15.0 <= 240.0));
        assert_eq!(placed[2], 60.0);
    }

    #[test]
    fn long_names_are_parted_before_they_are_cut() {
        assert_eq!(
            lines_of("stronger-unemployment-insurance"),
            ["stronger-", "unemployment-", "insurance"]
        );
        assert_eq!(
            lines_of("a town that trains and pays"),
            ["a town that trains", "and pays"]
        );
        let all = lines_of(&"x".repeat(90));
        assert!(
            all.len() <= MOST_LINES && all.iter().all(|line| line.chars().count() <= LONGEST_LINE)
        );
    }
}
