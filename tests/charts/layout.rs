//! Where the texts of a rendered chart stand, read from its SVG.
use mainstreet::output::charts::Rendered;

#[derive(Debug)]
pub struct Box {
    pub text: String,
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    tag[start..].split('"').next()
}

fn number(tag: &str, name: &str) -> f64 {
    attribute(tag, name)
        .and_then(|text| text.parse().ok())
        .unwrap_or_else(|| panic!("{name} in {tag}"))
}

/// The boxes of all texts: from the height of a capital letter to the reach of a descender.
fn boxes(svg: &str) -> Vec<Box> {
    svg.lines()
        .filter(|line| line.starts_with("<text "))
        .map(|line| {
            let (size, length) = (number(line, "font-size"), number(line, "textLength"));
            let (x, y) = (number(line, "x"), number(line, "y"));
            let left = match attribute(line, "text-anchor") {
                Some("middle") => x - length / 2.0,
                Some("end") => x - length,
                _ => x,
            };
            let text = line
                .split('>')
                .nth(1)
                .unwrap_or_default()
                .trim_end_matches("</text")
                .to_owned();
            Box {
                text,
                left,
                top: y - 0.73 * size,
                right: left + length,
                bottom: y + 0.21 * size,
            }
        })
        .collect()
}

/// Holds what must be true of every chart, and returns its text boxes.
pub fn check(name: &str, rendered: &Rendered) -> Vec<Box> {
    let svg = &rendered.svg;
    let root = svg.lines().next().unwrap_or_default();
    let (width, height) = (number(root, "width"), number(root, "height"));
    let texts = boxes(svg);
    for text in &texts {
        let inside =
            text.left >= 0.0 && text.right <= width && text.top >= 0.0 && text.bottom <= height;
        assert!(
            inside,
            "{name}: {text:?} leaves the {width} by {height} picture"
        );
    }
    for (i, a) in texts.iter().enumerate() {
        for b in &texts[..i] {
            let apart =
                a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
            assert!(apart, "{name}: {a:?} touches {b:?}");
        }
    }
    assert!(
        !svg.contains("NaN") && !svg.contains("inf"),
        "{name}: a place is not a number"
    );
    assert!(svg.contains("role=\"img\"") && svg.contains("<title>") && svg.contains("<desc>"));
    assert!(!rendered.alt.is_empty() && rendered.csv.lines().count() >= 1);
    let png = rendered.png().expect("it can be drawn");
    assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
    let side = |at: usize| {
        f64::from(u32::from_be_bytes([
            png[at],
            png[at + 1],
            png[at + 2],
            png[at + 3],
        ]))
    };
    assert_eq!(
        (side(16), side(20)),
        (width * 2.0, height * 2.0),
        "{name}: PNG is not at twice the size"
    );
    texts
}
