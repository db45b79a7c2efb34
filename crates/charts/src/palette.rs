//! Colors and markers: told apart by the color-blind, on a gray printout, and on white paper.
//!
//! The series colors start from Okabe and Ito, "Color Universal Design" (2008); those too pale for
//! a thin line on white are darkened until their contrast is at least 3:1 (WCAG 2.1, 1.4.11). Since
//! eight colors can't all differ in gray, each color also has its own marker.

/// A color, as red, green and blue from 0 to 255.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Color(pub u8, pub u8, pub u8);

impl Color {
    /// The color as `#rrggbb`.
    #[must_use]
    pub fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }

    /// Relative luminance, 0 (black) to 1 (white), as WCAG 2.1 defines it.
    #[must_use]
    pub fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.040_45 {
                c / 12.92
            } else {
                libm::pow((c + 0.055) / 1.055, 2.4)
            }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    /// Contrast ratio to `other`, 1 to 21, as WCAG 2.1 defines it.
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }
}

/// Most series one chart can tell apart.
pub const MOST_SERIES: usize = 8;

/// The series colors, by color index.
pub const SERIES: [Color; MOST_SERIES] = [
    Color(0, 114, 178),
    Color(213, 94, 0),
    Color(0, 130, 96),
    Color(178, 76, 140),
    Color(133, 94, 0),
    Color(45, 45, 45),
    Color(46, 136, 176),
    Color(120, 60, 180),
];

pub(super) const PAPER: Color = Color(255, 255, 255);
/// Titles.
pub(super) const INK: Color = Color(26, 26, 26);
/// Subtitles, axis labels, values, notes.
pub(super) const GRAY_INK: Color = Color(89, 89, 89);
/// Axis lines, event lines, leader lines: thin, but carrying meaning.
pub(super) const RULE: Color = Color(128, 128, 128);
/// Gridlines, which only help the eye.
pub(super) const GRID: Color = Color(226, 226, 226);
/// Guides from a line's end to its label: gray enough to follow, too pale to be read as data.
pub(super) const GUIDE: Color = Color(200, 200, 200);
/// The stretch of an event that lasts.
pub(super) const SPAN: Color = Color(241, 241, 238);
/// A gain, a rise.
pub(super) const POSITIVE: Color = SERIES[0];
/// A loss, a fall.
pub(super) const NEGATIVE: Color = SERIES[1];

/// The color of a color index; an index past the last color starts again.
#[must_use]
pub fn series_color(index: usize) -> Color {
    SERIES[index % MOST_SERIES]
}

/// Outline of a marker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Circle,
    Square,
    Triangle,
    Diamond,
}

/// The marker that goes with a color index: its outline, and whether it is hollow.
pub(super) fn marker(index: usize) -> (Shape, bool) {
    let shape = match index % 4 {
        0 => Shape::Circle,
        1 => Shape::Square,
        2 => Shape::Triangle,
        _ => Shape::Diamond,
    };
    (shape, index % MOST_SERIES >= 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_reach_three_to_one_and_texts_four_and_a_half() {
        assert!((Color(0, 0, 0).contrast(PAPER) - 21.0).abs() < 1e-9);
        for color in SERIES.into_iter().chain([RULE]) {
            assert!(color.contrast(PAPER) >= 3.0, "{} is too pale", color.hex());
        }
        // Series labels are semi-bold text of 13 px: hold them to 3.5, body text to 4.5.
        for color in SERIES {
            assert!(
                color.contrast(PAPER) >= 3.5,
                "{}: {}",
                color.hex(),
                color.contrast(PAPER)
            );
        }
        for ink in [INK, GRAY_INK] {
            assert!(ink.contrast(PAPER) >= 4.5 && ink.contrast(SPAN) >= 4.5);
        }
    }

    #[test]
    fn no_two_series_share_color_or_marker() {
        for a in 0..MOST_SERIES {
            for b in 0..a {
                assert_ne!(series_color(a), series_color(b));
                assert_ne!(marker(a), marker(b));
            }
        }
    }

    /// Machado, Oliveira and Fernandes (2009), severity 1.0: what a color looks like to a dichromat.
    fn seen_by(color: Color, m: [[f64; 3]; 3]) -> [f64; 3] {
        let linear = |c: u8| {
            let c = f64::from(c) / 255.0;
            if c <= 0.040_45 {
                c / 12.92
            } else {
                libm::pow((c + 0.055) / 1.055, 2.4)
            }
        };
        let rgb = [linear(color.0), linear(color.1), linear(color.2)];
        m.map(|row| (row[0] * rgb[0] + row[1] * rgb[1] + row[2] * rgb[2]).clamp(0.0, 1.0))
    }

    /// Lightness and chroma axes of CIE L*a*b* (D65).
    fn lab(rgb: [f64; 3]) -> [f64; 3] {
        let x = (0.4124 * rgb[0] + 0.3576 * rgb[1] + 0.1805 * rgb[2]) / 0.950_47;
        let y = 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
        let z = (0.0193 * rgb[0] + 0.1192 * rgb[1] + 0.9505 * rgb[2]) / 1.088_83;
        let f = |t: f64| {
            if t > 0.008_856 {
                libm::cbrt(t)
            } else {
                7.787 * t + 16.0 / 116.0
            }
        };
        [
            116.0 * f(y) - 16.0,
            500.0 * (f(x) - f(y)),
            200.0 * (f(y) - f(z)),
        ]
    }

    #[test]
    fn the_first_four_colors_stay_apart_for_the_color_blind() {
        let normal = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
        let protan = [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ];
        let deutan = [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ];
        for matrix in [normal, protan, deutan] {
            let seen: Vec<[f64; 3]> = SERIES[..4]
                .iter()
                .map(|color| lab(seen_by(*color, matrix)))
                .collect();
            for (a, p) in seen.iter().enumerate() {
                for (b, q) in seen.iter().enumerate().take(a) {
                    let square = p.iter().zip(q).map(|(p, q)| (p - q) * (p - q)).sum();
                    let distance = libm::sqrt(square);
                    assert!(distance > 15.0, "{a} and {b} differ by {distance:.1} only");
                }
            }
        }
    }
}
