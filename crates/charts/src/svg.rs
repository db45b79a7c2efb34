//! A scene as an SVG document.
//!
//! Written here and not through a plotting backend because those round to whole pixels, cut dashes
//! into pieces, guess at baselines, and leave no room for a description.
use std::fmt::Write;

use super::lettering::{FAMILY, Weight};
use super::palette::PAPER;
use super::scene::{Anchor, Item, Point, Scene, Text};

/// The document; `title` and `description` are what a screen reader says.
pub(super) fn write(scene: &Scene, title: &str, description: &str) -> String {
    let (w, h) = (number(scene.width), number(scene.height));
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" \
         viewBox=\"0 0 {w} {h}\" role=\"img\" font-family=\"{FAMILY}\">\n\
         <title>{}</title>\n<desc>{}</desc>\n\
         <rect width=\"{w}\" height=\"{h}\" fill=\"{}\"/>\n",
        escape(title),
        escape(description),
        PAPER.hex()
    );
    for item in &scene.items {
        push_item(&mut out, item);
        out.push('\n');
    }
    out.push_str("</svg>\n");
    out
}

fn push_item(out: &mut String, item: &Item) {
    // Writing to a String cannot fail.
    let _ = match item {
        Item::Polygon {
            points,
            fill,
            opacity,
        } => {
            let see_through = if *opacity < 1.0 {
                format!(" fill-opacity=\"{}\"", number(*opacity))
            } else {
                String::new()
            };
            write!(
                out,
                "<polygon points=\"{}\" fill=\"{}\"{see_through}/>",
                places(points),
                fill.hex()
            )
        }
        Item::Line {
            points,
            color,
            width,
            dash,
        } => {
            let dash = dash.map_or(String::new(), |(on, off)| {
                format!(" stroke-dasharray=\"{} {}\"", number(on), number(off))
            });
            write!(
                out,
                "<polyline points=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{}\" \
                 stroke-linejoin=\"round\"{dash}/>",
                places(points),
                color.hex(),
                number(*width)
            )
        }
        Item::Circle {
            center,
            radius,
            fill,
        } => write!(
            out,
            "<circle cx=\"{}\" cy=\"{}\" r=\"{}\" fill=\"{}\"/>",
            number(center.0),
            number(center.1),
            number(*radius),
            fill.hex()
        ),
        Item::Text(text) => push_text(out, text),
    };
}

fn push_text(out: &mut String, text: &Text) -> std::fmt::Result {
    let anchor = match text.anchor {
        Anchor::Start => "",
        Anchor::Middle => " text-anchor=\"middle\"",
        Anchor::End => " text-anchor=\"end\"",
    };
    let weight = match text.weight {
        Weight::Regular => "",
        Weight::SemiBold => " font-weight=\"600\"",
    };
    // The text length holds whatever font the viewer falls back to, so nothing is cut or overlaps.
    write!(
        out,
        "<text x=\"{}\" y=\"{}\" font-size=\"{}\"{anchor}{weight} fill=\"{}\" \
         textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\">{}</text>",
        number(text.x),
        number(text.baseline),
        number(text.size),
        text.color.hex(),
        number(text.width()),
        escape(&text.text)
    )
}

fn places(points: &[Point]) -> String {
    let places: Vec<String> = points
        .iter()
        .map(|(x, y)| format!("{},{}", number(*x), number(*y)))
        .collect();
    places.join(" ")
}

/// Two decimals at most, without trailing zeros.
fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" {
        "0".to_owned()
    } else {
        text.to_owned()
    }
}

/// `text` as XML character data.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in super::lettering::clean(text).chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}
