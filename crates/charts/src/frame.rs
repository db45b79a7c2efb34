//! The words around a chart: title and subtitle above, caption and footer below.
use super::palette::{GRAY_INK, INK};
use super::scene::{Anchor, Area, Scene, Style};

/// Width of every chart, in design pixels.
pub(super) const WIDTH: f64 = 960.0;
/// White space at the edges.
const MARGIN: f64 = 24.0;

const TITLE: Style = Style::semi_bold(21.0, INK);
const SUBTITLE: Style = Style::regular(14.0, GRAY_INK);
const CAPTION: Style = Style::regular(12.0, GRAY_INK);
const FOOTER: Style = Style::regular(11.0, GRAY_INK);

/// The words around a chart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// What the chart shows, at most two lines: "Unemployment rate under three policies".
    pub title: String,
    /// What is measured and how; the unit is added.
    pub subtitle: String,
    /// What a reader must know to read it rightly; what the bands are is added.
    pub caption: String,
    /// Where it comes from: scenario, seeds, version.
    pub footer: String,
}

/// The words, broken into lines.
#[derive(Debug)]
pub(super) struct Frame {
    title: Vec<String>,
    subtitle: Vec<String>,
    caption: Vec<String>,
    footer: Vec<String>,
}

impl Frame {
    /// `unit` joins the subtitle and `notes` come before the caption.
    pub fn new(words: &Words, unit: &str, notes: &[String]) -> Self {
        let limit = WIDTH - 2.0 * MARGIN;
        let comma = if words.subtitle.is_empty() || unit.is_empty() {
            ""
        } else {
            ", "
        };
        let subtitle = format!("{}{comma}{unit}", words.subtitle);
        let caption: Vec<&str> = notes
            .iter()
            .map(String::as_str)
            .chain([words.caption.as_str()])
            .filter(|sentence| !sentence.trim().is_empty())
            .collect();
        Self {
            title: TITLE.wrap(&words.title, limit, 2),
            subtitle: SUBTITLE.wrap(&subtitle, limit, 2),
            caption: CAPTION.wrap(&caption.join(" "), limit, 4),
            footer: FOOTER.wrap(&words.footer, limit, 1),
        }
    }

    fn above(&self) -> f64 {
        let title = self.title.len() as f64 * TITLE.leading();
        let subtitle = self.subtitle.len() as f64 * SUBTITLE.leading();
        MARGIN + title + subtitle + 22.0
    }

    fn below(&self) -> f64 {
        let caption = self.caption.len() as f64 * CAPTION.leading();
        let footer = self.footer.len() as f64 * FOOTER.leading();
        let gap = if self.caption.is_empty() && self.footer.is_empty() {
            0.0
        } else {
            14.0
        };
        let between = if self.caption.is_empty() || self.footer.is_empty() {
            0.0
        } else {
            4.0
        };
        gap + caption + between + footer + MARGIN - 6.0
    }

    /// A scene with the words on it, and the area of the given height left for the chart.
    pub fn open(&self, content_height: f64) -> (Scene, Area) {
        let height = (self.above() + content_height + self.below()).ceil();
        let mut scene = Scene::new(WIDTH, height);
        let mut y = MARGIN + TITLE.size * 0.78;
        y = scene.lines(MARGIN, y, Anchor::Start, TITLE, &self.title);
        scene.lines(MARGIN, y - 3.0, Anchor::Start, SUBTITLE, &self.subtitle);
        let top = self.above();
        let bottom = height - self.below();
        let mut y = bottom + 14.0 + CAPTION.size;
        y = scene.lines(MARGIN, y, Anchor::Start, CAPTION, &self.caption);
        if !self.caption.is_empty() {
            y += 4.0;
        }
        scene.lines(MARGIN, y, Anchor::Start, FOOTER, &self.footer);
        (
            scene,
            Area {
                left: MARGIN,
                top,
                right: WIDTH - MARGIN,
                bottom,
            },
        )
    }

    /// As [`Self::open`], for a picture of the given height whatever the words need.
    pub fn open_within(&self, height: f64, least: f64) -> (Scene, Area) {
        self.open((height - self.above() - self.below()).max(least))
    }
}
