//! Charts: plain numbers and words in, a picture with its data and its description out.
//!
//! Nothing here knows the model. Each chart is a struct with public fields and a `render` method
//! that returns the same picture as SVG and PNG, its numbers as CSV, and a description for those
//! who can't see it; writing files is the caller's business. The same chart gives the same bytes.
//!
//! ```
//! use charts::{Format, Months, Series, TimeChart, Unit, Words};
//!
//! let chart = TimeChart {
//!     words: Words { title: "Unemployment falls".into(), ..Words::default() },
//!     unit: Unit::new("% of the labor force", Format::Percent),
//!     months: Months::numbered("Months since the policy started", 0, 3),
//!     series: vec![Series::new("Job guarantee", 0, vec![6.3, 6.1, 5.8])],
//!     ..TimeChart::default()
//! };
//! let rendered = chart.render()?;
//! assert!(rendered.svg.contains("Unemployment falls"));
//! # Ok::<(), charts::ChartError>(())
//! ```
mod axis;
mod bars;
mod bitmap;
mod comparison;
mod curve;
mod events;
mod flow;
mod forest;
mod frame;
mod lettering;
mod multiples;
mod number;
mod palette;
mod panel;
mod scene;
mod series;
mod spread;
mod svg;
mod table;
mod time;

pub use axis::Months;
pub use bars::{Bar, BarChart, BarStyle};
pub use bitmap::described;
pub use comparison::ComparisonChart;
pub use curve::{Axis, Curve, CurveChart, CurveStyle, Reference};
pub use events::Event;
pub use flow::{FlowChart, FlowLink, FlowNode};
pub use forest::{ForestChart, ForestRow, Standing};
pub use frame::Words;
pub use multiples::{Panel, SmallMultiples};
pub use number::{Format, Unit};
pub use palette::{Color, MOST_SERIES, SERIES, series_color};
pub use series::{Band, Interval, Series, Told};
pub use table::{as_written, harmless};
pub use time::TimeChart;

/// A drawn chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Rendered {
    /// Its title.
    pub title: String,
    /// The picture as a self-contained SVG document with a title and a description.
    pub svg: String,
    /// The numbers shown, as CSV with a header; a missing number is an empty cell.
    pub csv: String,
    /// What the picture shows, in words: the alternative text for the PNG.
    pub alt: String,
    /// What is drawn as pixels where those are wanted.
    scene: scene::Scene,
}

impl Rendered {
    /// The picture as PNG, two pixels per design pixel. Drawing it costs some hundred times what laying it out does,
    /// so it is done on demand.
    ///
    /// # Errors
    /// [`ChartError::Drawing`] if the drawing library refuses.
    pub fn png(&self) -> Result<Vec<u8>, ChartError> {
        bitmap::write(&self.scene, (&self.title, &self.alt))
    }
}

/// Why a chart can't be drawn.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChartError {
    /// A series or band is not as long as the months or points it belongs to.
    #[error("series “{series}” has {found} numbers where {expected} are needed")]
    Length {
        /// Which series.
        series: String,
        /// How many numbers it has.
        found: usize,
        /// How many it must have.
        expected: usize,
    },
    /// More things than a reader can tell apart.
    #[error("{found} {what} in one chart; at most {most} can be told apart")]
    TooMany {
        /// What there is too much of.
        what: &'static str,
        /// How many there are.
        found: usize,
        /// How many there may be.
        most: usize,
    },
    /// A flow that names a missing node, goes backward, or is not a positive number.
    #[error("the flow diagram is inconsistent: {0}")]
    Flow(String),
    /// The drawing library refused.
    #[error("the chart could not be drawn: {0}")]
    Drawing(String),
}

fn at_most(what: &'static str, found: usize, most: usize) -> Result<(), ChartError> {
    if found > most {
        Err(ChartError::TooMany { what, found, most })
    } else {
        Ok(())
    }
}

/// Puts the laid-out scene beside its words.
fn finish(scene: scene::Scene, words: &Words, alt: String, csv: String) -> Rendered {
    let svg = svg::write(&scene, &words.title, &alt);
    Rendered {
        title: words.title.clone(),
        svg,
        csv,
        alt,
        scene,
    }
}
