//! A scene as a PNG picture, drawn by tiny-skia with smooth edges.
use ab_glyph::{Font, ScaleFont, point};
use tiny_skia::{
    FillRule, LineCap, LineJoin, Paint, Path, PathBuilder, Pixmap, Stroke, StrokeDash, Transform,
};

use super::ChartError;
use super::lettering;
use super::palette::Color;
use super::scene::{Item, Point, Scene, Text};

/// Pixels of the picture per design pixel.
pub(super) const SCALE: usize = 2;
const SCALING: f32 = SCALE as f32;

/// The PNG file; title and description stand in it as well, for those who can't see it.
pub(super) fn write(scene: &Scene, words: (&str, &str)) -> Result<Vec<u8>, ChartError> {
    let width = (scene.width.ceil() as usize) * SCALE;
    let height = (scene.height.ceil() as usize) * SCALE;
    let mut picture = Pixmap::new(width as u32, height as u32)
        .ok_or_else(|| ChartError::Drawing(format!("no picture has {width} by {height} pixels")))?;
    picture.fill(tiny_skia::Color::WHITE);
    for item in &scene.items {
        paint(&mut picture, item);
    }
    let size = (width as u32, height as u32);
    encode(&runs(picture.data()), size, words)
}

/// Title, description and size in pixels of a picture that [`write`] made; none if it is no such picture.
pub fn described(picture: &[u8]) -> Option<(String, String, (u32, u32))> {
    let reader = png::Decoder::new(std::io::Cursor::new(picture))
        .read_info()
        .ok()?;
    let info = reader.info();
    let text = |keyword: &str| {
        let mut chunks = info.utf8_text.iter();
        let chunk = chunks.find(|chunk| chunk.keyword == keyword)?;
        chunk.get_text().ok()
    };
    Some((
        text("Title")?,
        text("Description")?,
        (info.width, info.height),
    ))
}

/// Pixels of one color in a row: the color as 0xRRGGBB, and how many.
type Run = (u32, u32);

/// A picture as runs of equal pixels, from four bytes a pixel. Nothing shows through, so the fourth is not needed.
fn runs(pixels: &[u8]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for pixel in pixels.chunks_exact(4) {
        let color = u32::from_be_bytes([0, pixel[0], pixel[1], pixel[2]]);
        match runs.last_mut() {
            Some((before, length)) if *before == color => *length += 1,
            _ => runs.push((color, 1)),
        }
    }
    runs
}

/// Most colors of a palette.
const MOST_COLORS: usize = 256;

/// The picture with a palette, a third the size of three bytes a pixel. A chart has few colors but for the shades of
/// smoothed edges; the rarest of those take the nearest color kept.
fn encode(
    runs: &[Run],
    (width, height): (u32, u32),
    (title, description): (&str, &str),
) -> Result<Vec<u8>, ChartError> {
    let mut out = Vec::new();
    let failed = |error: png::EncodingError| ChartError::Drawing(error.to_string());
    let mut encoder = png::Encoder::new(&mut out, width, height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    // Higher levels take two to seven times as long for a twentieth of the size.
    encoder.set_deflate_compression(png::DeflateCompression::Level(2));
    // Neighboring entries of a palette have nothing in common that a filter could take out.
    encoder.set_filter(png::Filter::NoFilter);
    for (keyword, text) in [("Title", title), ("Description", description)] {
        let added = encoder.add_itxt_chunk(keyword.to_owned(), text.to_owned());
        added.map_err(failed)?;
    }
    let (palette, places) = with_palette(runs);
    encoder.set_palette(palette.concat());
    let mut writer = encoder.write_header().map_err(failed)?;
    writer.write_image_data(&places).map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(out)
}

/// The colors of a picture with the number of pixels of each, in the order they were met.
struct Colors {
    met: Vec<Run>,
    /// One more than a color's place in `met`, by a hash of it; 0 where there is none.
    slots: Vec<u32>,
}

impl Colors {
    /// Room for so many colors, in a table that is never more than half full.
    fn with_room(most: usize) -> Colors {
        Colors {
            met: Vec::new(),
            slots: vec![0; (2 * most).next_power_of_two().max(2)],
        }
    }

    /// Counts pixels of a color, and tells its place.
    fn count(&mut self, (color, length): Run) -> usize {
        let mask = self.slots.len() - 1;
        // Knuth's multiplicative hash: what it does to the order of slots nobody sees.
        let mut slot = (color.wrapping_mul(2_654_435_761) >> 8) as usize & mask;
        loop {
            match self.slots[slot] {
                0 => {
                    self.met.push((color, length));
                    self.slots[slot] = self.met.len() as u32;
                    return self.met.len() - 1;
                }
                found if self.met[found as usize - 1].0 == color => {
                    self.met[found as usize - 1].1 += length;
                    return found as usize - 1;
                }
                _ => slot = (slot + 1) & mask,
            }
        }
    }
}

/// The colors kept, the most frequent first, and the place of each pixel's among them.
fn with_palette(runs: &[Run]) -> (Vec<[u8; 3]>, Vec<u8>) {
    let mut colors = Colors::with_room(runs.len());
    let met: Vec<usize> = runs.iter().map(|run| colors.count(*run)).collect();
    let mut order: Vec<usize> = (0..colors.met.len()).collect();
    order.sort_unstable_by_key(|&at| {
        let (color, count) = colors.met[at];
        (std::cmp::Reverse(count), color)
    });
    let kept = order.iter().take(MOST_COLORS);
    let palette: Vec<[u8; 3]> = kept.map(|&at| channels(colors.met[at].0)).collect();
    let mut places = vec![0_u8; order.len()];
    for (rank, &at) in order.iter().enumerate() {
        places[at] = match rank < MOST_COLORS {
            true => rank as u8,
            false => nearest(&palette, channels(colors.met[at].0)),
        };
    }
    let all = runs.iter().map(|(_, length)| *length as usize).sum();
    let mut indexed = Vec::with_capacity(all);
    for ((_, length), at) in runs.iter().zip(met) {
        indexed.resize(indexed.len() + *length as usize, places[at]);
    }
    (palette, indexed)
}

fn channels(color: u32) -> [u8; 3] {
    let [_, red, green, blue] = color.to_be_bytes();
    [red, green, blue]
}

/// Place of the nearest color of a palette.
fn nearest(palette: &[[u8; 3]], color: [u8; 3]) -> u8 {
    let distance = |kept: &[u8; 3]| -> u32 {
        let squares = kept
            .iter()
            .zip(color)
            .map(|(a, b)| u32::from(a.abs_diff(b)).pow(2));
        squares.sum()
    };
    let places = 0..palette.len();
    places
        .min_by_key(|place| distance(&palette[*place]))
        .unwrap_or(0) as u8
}

fn paint(picture: &mut Pixmap, item: &Item) {
    match item {
        Item::Polygon {
            points,
            fill,
            opacity,
        } => {
            if let Some(path) = path(points, true) {
                fill_path(picture, &path, *fill, *opacity);
            }
        }
        Item::Line {
            points,
            color,
            width,
            dash,
        } => {
            let stroke = Stroke {
                width: *width as f32,
                line_cap: LineCap::Butt,
                line_join: LineJoin::Round,
                dash: dash.and_then(|(on, off)| StrokeDash::new(vec![on as f32, off as f32], 0.0)),
                ..Stroke::default()
            };
            if let Some(path) = path(points, false) {
                picture.stroke_path(&path, &ink(*color, 1.0), &stroke, scaled(), None);
            }
        }
        Item::Circle {
            center: (x, y),
            radius,
            fill,
        } => {
            if let Some(circle) = PathBuilder::from_circle(*x as f32, *y as f32, *radius as f32) {
                fill_path(picture, &circle, *fill, 1.0);
            }
        }
        Item::Text(text) => letters(picture, text),
    }
}

fn scaled() -> Transform {
    Transform::from_scale(SCALING, SCALING)
}

fn ink(color: Color, opacity: f64) -> Paint<'static> {
    let mut paint = Paint::default();
    let opacity = (opacity * 255.0).round() as u8;
    paint.set_color_rgba8(color.0, color.1, color.2, opacity);
    paint.anti_alias = true;
    paint
}

fn fill_path(picture: &mut Pixmap, path: &Path, fill: Color, opacity: f64) {
    let paint = ink(fill, opacity);
    picture.fill_path(path, &paint, FillRule::EvenOdd, scaled(), None);
}

/// The points joined by straight lines; none if they span nothing.
fn path(points: &[Point], closed: bool) -> Option<Path> {
    let mut builder = PathBuilder::new();
    for (place, (x, y)) in points.iter().enumerate() {
        match place {
            0 => builder.move_to(*x as f32, *y as f32),
            _ => builder.line_to(*x as f32, *y as f32),
        }
    }
    if closed {
        builder.close();
    }
    builder.finish()
}

/// Letters by the share of each pixel that they cover, which small type needs more than shapes do.
fn letters(picture: &mut Pixmap, text: &Text) {
    let font = lettering::font(text.weight);
    let scale = SCALE as f64;
    // The font library measures a size from ascent to descent, everyone else by the em.
    let em = text.size * scale;
    let pixels = em * f64::from(font.height_unscaled()) / lettering::units_per_em(text.weight);
    let scaled = font.as_scaled(pixels as f32);
    let mut x = (text.left() * scale) as f32;
    let baseline = (text.baseline * scale).round() as f32;
    let mut previous = None;
    for letter in text.text.chars() {
        let id = font.glyph_id(letter);
        if let Some(before) = previous {
            x += scaled.kern(before, id);
        }
        let glyph = id.with_scale_and_position(pixels as f32, point(x, baseline));
        if let Some(outline) = font.outline_glyph(glyph) {
            let corner = outline.px_bounds().min;
            let (left, top) = (corner.x as i64, corner.y as i64);
            outline.draw(|dx, dy, coverage| {
                let place = (left + i64::from(dx), top + i64::from(dy));
                blend(picture, place, text.color, coverage);
            });
        }
        x += scaled.h_advance(id);
        previous = Some(id);
    }
}

/// Lays a color over a pixel, if it is one of the picture's.
fn blend(picture: &mut Pixmap, (x, y): (i64, i64), color: Color, coverage: f32) {
    let (width, height) = (i64::from(picture.width()), i64::from(picture.height()));
    if !(0..width).contains(&x) || !(0..height).contains(&y) {
        return;
    }
    let at = 4 * (y * width + x) as usize;
    let share = (coverage.clamp(0.0, 1.0) * 255.0).round() as u32;
    for (channel, ink) in [color.0, color.1, color.2].into_iter().enumerate() {
        let below = &mut picture.data_mut()[at + channel];
        let mixed = u32::from(ink) * share + u32::from(*below) * (255 - share);
        *below = ((mixed + 127) / 255) as u8;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frequent_colors_are_kept_and_rare_ones_take_the_nearest() {
        // White fills the picture; 300 grays and reds stand in it once each, one gray twice.
        let mut pixels = vec![255_u8; 4 * 1000];
        for place in 0..300_usize {
            let shade = (place % 256) as u8;
            let color = if place < 256 {
                [shade; 3]
            } else {
                [255, 254 - shade, 0]
            };
            pixels[4 * place..4 * place + 3].copy_from_slice(&color);
        }
        pixels[4 * 999..4 * 999 + 3].copy_from_slice(&[7, 7, 7]);
        let (palette, places) = with_palette(&runs(&pixels));
        assert_eq!((palette[0], palette[1]), ([255; 3], [7; 3]));
        assert_eq!((palette.len(), places.len()), (MOST_COLORS, 1000));
        assert_eq!(places[999], 1);
        for (pixel, place) in pixels.chunks_exact(4).zip(&places) {
            let kept = palette[usize::from(*place)];
            if let Some(exact) = palette.iter().find(|color| color[..] == pixel[..3]) {
                assert_eq!(kept, *exact);
            }
        }
    }

    #[test]
    fn a_picture_says_what_it_shows() {
        let scene = Scene::new(4.0, 2.0);
        let picture = write(&scene, ("Jobs", "Jobs fall — a little.")).expect("it can be drawn");
        let words = (
            "Jobs".to_owned(),
            "Jobs fall — a little.".to_owned(),
            (8, 4),
        );
        assert_eq!(described(&picture), Some(words));
        assert_eq!(described(b"no picture"), None);
    }

    #[test]
    fn a_shape_covers_the_pixels_it_stands_on() {
        let mut scene = Scene::new(4.0, 2.0);
        let black = Color(0, 0, 0);
        let left = vec![(0.0, 0.0), (1.0, 0.0), (1.0, 2.0), (0.0, 2.0)];
        scene.polygon(left, black, 1.0);
        scene.line(vec![(2.0, 1.0), (4.0, 1.0)], black, 1.0);
        let mut picture = Pixmap::new(8, 4).expect("a size");
        picture.fill(tiny_skia::Color::WHITE);
        for item in &scene.items {
            paint(&mut picture, item);
        }
        let rows: Vec<String> = (picture.data().chunks_exact(32))
            .map(|row| {
                let dark = |pixel: &[u8]| if pixel[0] < 128 { '#' } else { '.' };
                row.chunks_exact(4).map(dark).collect()
            })
            .collect();
        assert_eq!(rows, ["##......", "##..####", "##..####", "##......"]);
    }
}
