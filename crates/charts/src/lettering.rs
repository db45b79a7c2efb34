//! The embedded typeface: how wide a text is and where a line breaks.
//!
//! Every layout decision measures text with the same font that draws it, so a chart looks the
//! same on a machine that has no fonts installed.
use std::sync::LazyLock;

use ab_glyph::{Font, FontRef};

/// Names a viewer may try for the text of an SVG, best first.
pub(super) const FAMILY: &str = "Inter, Helvetica, Arial, sans-serif";

/// Distance from one baseline to the next, in parts of the font size.
pub(super) const LEADING: f64 = 1.3;

/// Stroke weight of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    SemiBold,
}

static REGULAR: LazyLock<FontRef<'static>> = LazyLock::new(|| {
    FontRef::try_from_slice(include_bytes!("font/Inter-Regular.ttf"))
        .expect("the embedded font is a valid TrueType file")
});
static SEMI_BOLD: LazyLock<FontRef<'static>> = LazyLock::new(|| {
    FontRef::try_from_slice(include_bytes!("font/Inter-SemiBold.ttf"))
        .expect("the embedded font is a valid TrueType file")
});

pub(super) fn font(weight: Weight) -> &'static FontRef<'static> {
    match weight {
        Weight::Regular => &REGULAR,
        Weight::SemiBold => &SEMI_BOLD,
    }
}

/// Font units in one em; 2048 for Inter.
pub(super) fn units_per_em(weight: Weight) -> f64 {
    f64::from(font(weight).units_per_em().unwrap_or(2048.0))
}

/// Width of `text` on one line, in the unit of `size`.
pub(super) fn width(text: &str, size: f64, weight: Weight) -> f64 {
    let font = font(weight);
    let mut units = 0.0;
    let mut previous = None;
    for letter in text.chars() {
        let glyph = font.glyph_id(letter);
        if let Some(before) = previous {
            units += f64::from(font.kern_unscaled(before, glyph));
        }
        units += f64::from(font.h_advance_unscaled(glyph));
        previous = Some(glyph);
    }
    units * size / units_per_em(weight)
}

/// `text` without characters that an SVG may not hold or that would break a line.
pub(super) fn clean(text: &str) -> String {
    let spaced: String = text
        .chars()
        .map(|letter| {
            let forbidden = letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}');
            if forbidden { ' ' } else { letter }
        })
        .collect();
    spaced
        .split(' ')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// `text`, shortened with an ellipsis if it is wider than `limit`.
pub(super) fn shorten(text: &str, size: f64, weight: Weight, limit: f64) -> String {
    let text = clean(text);
    if width(&text, size, weight) <= limit {
        return text;
    }
    let mut kept: Vec<char> = text.chars().collect();
    while kept.pop().is_some() {
        let candidate: String = kept.iter().collect::<String>().trim_end().to_owned() + "…";
        if width(&candidate, size, weight) <= limit {
            return candidate;
        }
    }
    String::new()
}

/// Longest word that is kept together; longer ones, as names of scenarios are, may part after a hyphen.
const LONGEST_WHOLE: usize = 20;

/// The pieces a text may be broken between, each with the space that follows it.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    for word in text.split_inclusive(' ').filter(|word| *word != " ") {
        if word.chars().count() > LONGEST_WHOLE {
            pieces.extend(word.split_inclusive(['-', '_']));
        } else {
            pieces.push(word);
        }
    }
    pieces
}

/// `text` broken into at most `most` lines no wider than `limit`; the last one is shortened.
pub(super) fn wrap(text: &str, size: f64, weight: Weight, limit: f64, most: usize) -> Vec<String> {
    let text = clean(text);
    let mut lines = Vec::new();
    let mut rest = pieces(&text);
    while !rest.is_empty() {
        if lines.len() + 1 >= most {
            lines.push(shorten(rest.concat().trim_end(), size, weight, limit));
            break;
        }
        let fits = |count: &usize| width(rest[..*count].concat().trim_end(), size, weight) <= limit;
        // A single word wider than the line still has to go somewhere.
        let count = (1..=rest.len()).take_while(fits).last().unwrap_or(1);
        lines.push(shorten(
            rest[..count].concat().trim_end(),
            size,
            weight,
            limit,
        ));
        rest.drain(..count);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapped_lines_fit_and_keep_every_word() {
        let text = "Retraining vouchers for displaced workers with children";
        let lines = wrap(text, 13.0, Weight::SemiBold, 150.0, 9);
        assert!(lines.len() > 1);
        assert!(
            lines
                .iter()
                .all(|line| width(line, 13.0, Weight::SemiBold) <= 150.0)
        );
        assert_eq!(lines.join(" "), text);
    }

    #[test]
    fn too_long_a_text_ends_in_an_ellipsis() {
        let lines = wrap(&"long ".repeat(40), 13.0, Weight::Regular, 90.0, 2);
        assert_eq!(lines.len(), 2);
        assert!(lines[1].ends_with('…'));
        let word = wrap(&"x".repeat(200), 13.0, Weight::Regular, 90.0, 2);
        assert!(
            word.iter()
                .all(|line| width(line, 13.0, Weight::Regular) <= 90.0)
        );
    }

    #[test]
    fn control_characters_become_spaces() {
        assert_eq!(clean("a\n\tb\u{0}c"), "a b c");
    }

    #[test]
    fn the_font_holds_the_signs_charts_use() {
        for sign in "–—−×±≈≤≥…·→%$€¢éüñ’“”⁻⁰⁴⁹".chars() {
            for weight in [Weight::Regular, Weight::SemiBold] {
                assert_ne!(font(weight).glyph_id(sign).0, 0, "{sign} is missing");
            }
        }
    }
}
