//! A scene as a PNG picture, drawn by plotters' bitmap backend.
//!
//! The backend places shapes on whole pixels and smooths few edges. Drawing at twice the size of
//! the picture and averaging four pixels into one gives smooth edges and places of half a pixel.
use std::collections::BTreeMap;

use ab_glyph::{Font, ScaleFont, point};
use plotters::backend::{BitMapBackend, DrawingBackend};
use plotters::style::Color as _;
use plotters::style::{RGBAColor, RGBColor};

use super::ChartError;
use super::lettering;
use super::palette::Color;
use super::scene::{Item, Point, Scene, Text};

/// Pixels of the picture per design pixel.
pub(super) const SCALE: usize = 2;
/// Pixels drawn per pixel of the picture, each way.
const OVERSAMPLE: usize = 2;
/// Pixels drawn per design pixel.
const FINE: f64 = (SCALE * OVERSAMPLE) as f64;

/// The PNG file.
pub(super) fn write(scene: &Scene) -> Result<Vec<u8>, ChartError> {
    let width = (scene.width.ceil() as usize) * SCALE;
    let height = (scene.height.ceil() as usize) * SCALE;
    let (fine_width, fine_height) = (width * OVERSAMPLE, height * OVERSAMPLE);
    let mut fine = vec![255_u8; fine_width * fine_height * 3];
    {
        let size = (fine_width as u32, fine_height as u32);
        let mut backend = BitMapBackend::with_buffer(&mut fine, size);
        for item in &scene.items {
            paint(&mut backend, item).map_err(ChartError::Drawing)?;
        }
        backend
            .present()
            .map_err(|error| ChartError::Drawing(error.to_string()))?;
    }
    encode(&average(&fine, width, height), width as u32, height as u32)
}

fn average(fine: &[u8], width: usize, height: usize) -> Vec<u8> {
    let row = width * OVERSAMPLE * 3;
    let mut out = Vec::with_capacity(width * height * 3);
    for y in 0..height {
        for x in 0..width {
            for channel in 0..3 {
                let first = y * OVERSAMPLE * row + x * OVERSAMPLE * 3 + channel;
                let sum = u32::from(fine[first])
                    + u32::from(fine[first + 3])
                    + u32::from(fine[first + row])
                    + u32::from(fine[first + row + 3]);
                out.push(((sum + 2) / 4) as u8);
            }
        }
    }
    out
}

/// Most colors of a palette.
const MOST_COLORS: usize = 256;

/// The picture with a palette, a third the size of three bytes a pixel. A chart has few colors but for the shades of
/// smoothed edges; the rarest of those take the nearest color kept.
fn encode(pixels: &[u8], width: u32, height: u32) -> Result<Vec<u8>, ChartError> {
    let mut out = Vec::new();
    let failed = |error: png::EncodingError| ChartError::Drawing(error.to_string());
    let mut encoder = png::Encoder::new(&mut out, width, height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::High);
    // Neighboring entries of a palette have nothing in common that a filter could take out.
    encoder.set_filter(png::Filter::NoFilter);
    let (palette, places) = with_palette(pixels);
    encoder.set_palette(palette.concat());
    let mut writer = encoder.write_header().map_err(failed)?;
    writer.write_image_data(&places).map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(out)
}

/// The colors kept, the most frequent first, and the place of each pixel's among them.
fn with_palette(pixels: &[u8]) -> (Vec<[u8; 3]>, Vec<u8>) {
    let color = |pixel: &[u8]| [pixel[0], pixel[1], pixel[2]];
    let mut counts: BTreeMap<[u8; 3], usize> = BTreeMap::new();
    for pixel in pixels.chunks_exact(3) {
        *counts.entry(color(pixel)).or_default() += 1;
    }
    let mut colors: Vec<([u8; 3], usize)> = counts.into_iter().collect();
    colors.sort_by_key(|(color, count)| (std::cmp::Reverse(*count), *color));
    let palette: Vec<[u8; 3]> = colors.iter().take(MOST_COLORS).map(|one| one.0).collect();
    let distance = |a: &[u8; 3], b: &[u8; 3]| -> u32 {
        let squares = a
            .iter()
            .zip(b)
            .map(|(a, b)| u32::from(a.abs_diff(*b)).pow(2));
        squares.sum()
    };
    let nearest = |color: &[u8; 3]| {
        let places = 0..palette.len();
        places.min_by_key(|place| distance(&palette[*place], color))
    };
    let places: BTreeMap<[u8; 3], u8> = (colors.iter())
        .map(|(color, _)| (*color, nearest(color).unwrap_or(0) as u8))
        .collect();
    let indexed = pixels.chunks_exact(3).map(|pixel| places[&color(pixel)]);
    let indexed = indexed.collect();
    (palette, indexed)
}

fn paint(backend: &mut BitMapBackend<'_>, item: &Item) -> Result<(), String> {
    match item {
        Item::Polygon {
            points,
            fill,
            opacity,
        } => fill_polygon(backend, points, *fill, *opacity),
        Item::Line {
            points,
            color,
            width,
            dash: None,
        } => stroke(backend, points, *color, *width),
        Item::Line {
            points,
            color,
            width,
            dash: Some(dash),
        } => {
            for piece in cut(points, *dash) {
                stroke(backend, &piece, *color, *width)?;
            }
            Ok(())
        }
        Item::Circle {
            center,
            radius,
            fill,
        } => backend
            .draw_circle(
                fine(*center),
                (radius * FINE).round() as u32,
                &ink(*fill, 1.0),
                true,
            )
            .map_err(|error| error.to_string()),
        Item::Text(text) => letters(backend, text),
    }
}

fn ink(color: Color, opacity: f64) -> RGBAColor {
    RGBColor(color.0, color.1, color.2).mix(opacity)
}

fn fine((x, y): Point) -> (i32, i32) {
    ((x * FINE).round() as i32, (y * FINE).round() as i32)
}

fn fill_polygon(
    backend: &mut BitMapBackend<'_>,
    points: &[Point],
    fill: Color,
    opacity: f64,
) -> Result<(), String> {
    let points: Vec<(i32, i32)> = points.iter().map(|p| fine(*p)).collect();
    backend
        .fill_polygon(points, &ink(fill, opacity))
        .map_err(|error| error.to_string())
}

/// A line of any width: one rectangle per segment and a disk at each joint. The backend's own
/// outline crosses itself at sharp turns, which leaves holes.
fn stroke(
    backend: &mut BitMapBackend<'_>,
    points: &[Point],
    color: Color,
    width: f64,
) -> Result<(), String> {
    let half = width / 2.0;
    for pair in points.windows(2) {
        let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
        let length = libm::hypot(x1 - x0, y1 - y0);
        if length > 0.0 {
            let (nx, ny) = (-(y1 - y0) / length * half, (x1 - x0) / length * half);
            let corners = [
                (x0 + nx, y0 + ny),
                (x1 + nx, y1 + ny),
                (x1 - nx, y1 - ny),
                (x0 - nx, y0 - ny),
            ];
            fill_polygon(backend, &corners, color, 1.0)?;
        }
    }
    let radius = (half * FINE).floor() as u32;
    if radius >= 3 {
        for joint in points.iter().skip(1).take(points.len().saturating_sub(2)) {
            backend
                .draw_circle(fine(*joint), radius, &ink(color, 1.0), true)
                .map_err(|error| error.to_string())?;
        }
    }
    Ok(())
}

/// The drawn pieces of a dashed line.
fn cut(points: &[Point], (on, off): (f64, f64)) -> Vec<Vec<Point>> {
    let mut pieces = Vec::new();
    let mut piece: Vec<Point> = points.first().copied().into_iter().collect();
    let (mut drawing, mut left) = (true, on);
    for pair in points.windows(2) {
        let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
        let length = libm::hypot(x1 - x0, y1 - y0);
        let mut done = 0.0;
        while length - done > left {
            done += left;
            let at = (
                x0 + (x1 - x0) * done / length,
                y0 + (y1 - y0) * done / length,
            );
            if drawing {
                piece.push(at);
                pieces.push(std::mem::take(&mut piece));
            } else {
                piece = vec![at];
            }
            drawing = !drawing;
            left = if drawing { on } else { off };
        }
        left -= length - done;
        if drawing {
            piece.push((x1, y1));
        }
    }
    if drawing && piece.len() > 1 {
        pieces.push(piece);
    }
    pieces
}

fn letters(backend: &mut BitMapBackend<'_>, text: &Text) -> Result<(), String> {
    let font = lettering::font(text.weight);
    // The font library measures a size from ascent to descent, everyone else by the em.
    let em = text.size * FINE;
    let pixels = em * f64::from(font.height_unscaled()) / lettering::units_per_em(text.weight);
    let scaled = font.as_scaled(pixels as f32);
    let mut x = (text.left() * FINE) as f32;
    let baseline = (text.baseline * FINE).round() as f32;
    let mut previous = None;
    for letter in text.text.chars() {
        let id = font.glyph_id(letter);
        if let Some(before) = previous {
            x += scaled.kern(before, id);
        }
        let glyph = id.with_scale_and_position(pixels as f32, point(x, baseline));
        if let Some(outline) = font.outline_glyph(glyph) {
            let corner = outline.px_bounds().min;
            let mut result = Ok(());
            outline.draw(|dx, dy, coverage| {
                let place = (corner.x as i32 + dx as i32, corner.y as i32 + dy as i32);
                let color = ink(text.color, f64::from(coverage).min(1.0)).to_backend_color();
                if place.0 >= 0 && place.1 >= 0 && result.is_ok() {
                    result = backend.draw_pixel(place, color);
                }
            });
            result.map_err(|error| error.to_string())?;
        }
        x += scaled.h_advance(id);
        previous = Some(id);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frequent_colors_are_kept_and_rare_ones_take_the_nearest() {
        // White fills the picture; 300 grays and reds stand in it once each, one gray twice.
        let mut pixels = vec![255_u8; 3 * 1000];
        for place in 0..300_usize {
            let shade = (place % 256) as u8;
            let color = if place < 256 {
                [shade; 3]
            } else {
                [255, 254 - shade, 0]
            };
            pixels[3 * place..3 * place + 3].copy_from_slice(&color);
        }
        pixels[3 * 999..].copy_from_slice(&[7, 7, 7]);
        let (palette, places) = with_palette(&pixels);
        assert_eq!((palette[0], palette[1]), ([255; 3], [7; 3]));
        assert_eq!((palette.len(), places.len()), (MOST_COLORS, 1000));
        assert_eq!(places[999], 1);
        for (pixel, place) in pixels.chunks_exact(3).zip(&places) {
            let kept = palette[usize::from(*place)];
            if let Some(exact) = palette.iter().find(|color| color[..] == *pixel) {
                assert_eq!(kept, *exact);
            }
        }
    }
}
