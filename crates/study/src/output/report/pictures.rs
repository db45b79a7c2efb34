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

/// Of these, one that it does not.
const KEPT: &str = "compare_automation";

/// The SVG charts in `charts/`, by name.
pub(super) fn read_pictures(folder: &dyn Folder) -> Result<Vec<Picture>, OutputError> {
    let mut pictures = Vec::new();
    for path in folder.files_in("charts")? {
        let Some(name) = path
            .strip_prefix("charts/")
            .and_then(|name| name.strip_suffix(".svg"))
        else {
            continue;
        };
        if name.starts_with(DRAWN_ANEW) && name != KEPT {
            continue;
        }
        let svg = folder.read(&path)?.unwrap_or_default();
        let svg = String::from_utf8_lossy(&svg);
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
