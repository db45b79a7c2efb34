//! The folder's drawn charts, as images that a page can hold.

use crate::output::{Folder, OutputError};

/// A chart drawn earlier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Picture {
    /// Name of its file without its ending.
    pub name: String,
    /// Its title.
    pub title: String,
    /// What it shows, in words.
    pub alt: String,
    /// Its content as a `data:` address. As an image it can run nothing and load nothing.
    pub address: String,
    /// Width and height in pixels.
    pub size: (String, String),
}

/// Charts of comparisons that the page draws itself and lets readers choose from.
const DRAWN_ANEW: &str = "compare_";

/// The charts in `charts/`, by name: as SVG, or as PNG where there is no SVG.
pub(super) fn read_pictures(folder: &dyn Folder) -> Result<Vec<Picture>, OutputError> {
    let mut pictures = Vec::new();
    let files = folder.files_in("charts")?;
    for path in &files {
        let file = path.strip_prefix("charts/").unwrap_or(path);
        let Some((name, ending)) = file.rsplit_once('.') else {
            continue;
        };
        let is_vector = ending == "svg";
        let is_pixels = ending == "png" && !files.contains(&format!("charts/{name}.svg"));
        if !(is_vector || is_pixels) {
            continue;
        }
        if name.starts_with(DRAWN_ANEW) {
            continue;
        }
        let content = folder.read(path)?.unwrap_or_default();
        if is_pixels {
            if let Some((title, alt, (width, height))) = charts::described(&content) {
                pictures.push(Picture {
                    title,
                    alt,
                    address: format!("data:image/png;base64,{}", base64(&content)),
                    // Two pixels are one of the design.
                    size: ((width / 2).to_string(), (height / 2).to_string()),
                    name: name.to_owned(),
                });
            }
            continue;
        }
        let svg = String::from_utf8_lossy(&content);
        pictures.push(Picture {
            title: element(&svg, "title"),
            alt: element(&svg, "desc"),
            address: format!("data:image/svg+xml;base64,{}", base64(svg.as_bytes())),
            size: (attribute(&svg, "width"), attribute(&svg, "height")),
            name: name.to_owned(),
        });
    }
    Ok(pictures)
}

/// Text of the first element of a name.
fn element(svg: &str, name: &str) -> String {
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    let inner = svg
        .split_once(&open)
        .and_then(|(_, rest)| rest.split_once(&close));
    let text = inner.map_or("", |(text, _)| text);
    let entities = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ];
    let plain = |text: String, (from, to): &(&str, &str)| text.replace(from, to);
    entities.iter().fold(text.to_owned(), plain)
}

/// Digits of the first attribute of a name.
fn attribute(svg: &str, name: &str) -> String {
    let start = format!("{name}=\"");
    let rest = svg.split_once(&start).map_or("", |(_, rest)| rest);
    rest.chars().take_while(char::is_ascii_digit).collect()
}

/// Base64 as in RFC 4648, section 4.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let at = |place: usize| u32::from(three.get(place).copied().unwrap_or(0));
        let bits = (at(0) << 16) | (at(1) << 8) | at(2);
        for letter in 0..4 {
            let six = (bits >> (18 - 6 * letter)) & 63;
            let is_there = letter <= three.len();
            text.push(if is_there {
                char::from(LETTERS[six as usize])
            } else {
                '='
            });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_matches_the_vectors_of_the_standard() {
        let vectors = [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ];
        for (plain, coded) in vectors {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }

    #[test]
    fn words_of_a_chart_are_read_as_they_were_meant() {
        let svg = "<svg width=\"960\" height=\"540\">\n<title>A &amp;lt; &lt;b&gt;</title>\n<desc>x</desc>";
        assert_eq!(element(svg, "title"), "A &lt; <b>");
        assert_eq!(attribute(svg, "height"), "540");
        assert_eq!(element(svg, "metadata"), "");
    }
}
