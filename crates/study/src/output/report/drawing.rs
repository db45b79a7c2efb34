//! The two small pictures of the brief: a fan over time, and incomes by tenth of households.

use maud::{Markup, html};

use crate::output::run_charts::trailing_year;
use charts::{Format, series_color};
use model::stats;

use super::catalogue::SHOWN;
use super::labels::{Label, spread};
use super::material::{Material, Runs};

const WIDTH: f64 = 600.0;
const HEIGHT: f64 = 240.0;
const LEFT: f64 = 54.0;
/// Where plots end and labels begin.
const RIGHT: f64 = 400.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 212.0;
/// More bands than this are mud.
const MOST_BANDS: usize = 3;

/// Mean of the runs by month, and where the middle 90% of runs begin and end.
pub(super) fn levels(runs: &Runs, indicator: usize) -> [Vec<f64>; 3] {
    let lines: Vec<Vec<f64>> = (runs.lines(indicator).iter())
        .map(|line| trailing_year(line))
        .collect();
    let months = lines.iter().map(Vec::len).min().unwrap_or(0);
    let mut found: [Vec<f64>; 3] = Default::default();
    for month in 0..months {
        let values: Vec<f64> = lines.iter().map(|line| line[month]).collect();
        let values = stats::present(&values);
        found[0].push(stats::mean(&values));
        found[1].push(stats::quantile(&values, 0.05));
        found[2].push(stats::quantile(&values, 0.95));
    }
    found
}

/// A scale from numbers to pixels with round ticks.
struct Scale {
    ticks: Vec<f64>,
    low: f64,
    high: f64,
}

impl Scale {
    fn over(numbers: impl Iterator<Item = f64>) -> Scale {
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for number in numbers.filter(|number| number.is_finite()) {
            (low, high) = (low.min(number), high.max(number));
        }
        if low > high {
            (low, high) = (0.0, 1.0);
        }
        if high - low < 1e-12 {
            (low, high) = (low - 0.5, high + 0.5);
        }
        let rough = (high - low) / 3.0;
        let power = libm::pow(10.0, libm::floor(libm::log10(rough)));
        let steps = [1.0, 2.0, 5.0, 10.0];
        let step = steps
            .iter()
            .map(|step| step * power)
            .find(|step| *step >= rough);
        let step = step.unwrap_or(10.0 * power);
        let (first, last) = (libm::floor(low / step), libm::ceil(high / step));
        let count = (last - first) as usize;
        let ticks: Vec<f64> = (0..=count).map(|n| (first + n as f64) * step).collect();
        Scale {
            low: first * step,
            high: last * step,
            ticks,
        }
    }

    fn at(&self, number: f64) -> f64 {
        BOTTOM - (number - self.low) / (self.high - self.low) * (BOTTOM - TOP)
    }

    fn step(&self) -> f64 {
        self.high - self.ticks[self.ticks.len() - 2]
    }

    /// Gridlines with their numbers; zero stronger than the rest.
    fn grid(&self, format: Format) -> Markup {
        let most = self.low.abs().max(self.high.abs());
        html! {
            @for tick in &self.ticks {
                @let y = px(self.at(*tick));
                line x1=(LEFT) x2=(RIGHT) y1=(y) y2=(y) class=(if *tick == 0.0 { "zero" } else { "grid" }) {}
                text x=(LEFT - 8.0) y=(px(self.at(*tick) + 4.0)) text-anchor="end" class="tick" {
                    (format.tick(*tick, self.step(), most))
                }
            }
        }
    }
}

pub(super) fn px(number: f64) -> String {
    format!("{number:.1}")
}

/// One scenario of the fan.
struct Line {
    name: String,
    color: String,
    mean: Vec<f64>,
    band: Option<(Vec<f64>, Vec<f64>)>,
}

/// Mean and 90% of runs of an indicator over the months.
pub(super) fn fan(material: &Material, indicator: usize) -> Markup {
    let shown = &SHOWN[indicator];
    let banded = material.runs.len() <= MOST_BANDS;
    let lines: Vec<Line> = (material.runs.iter().enumerate())
        .map(|(place, runs)| {
            let [mean, low, high] = levels(runs, indicator);
            Line {
                name: material.title(place),
                color: series_color(place).hex(),
                mean,
                band: (banded && runs.replicates() > 4).then_some((low, high)),
            }
        })
        .collect();
    let months = material.months();
    let scale = Scale::over(lines.iter().flat_map(|line| {
        let band = line
            .band
            .iter()
            .flat_map(|(low, high)| low.iter().chain(high));
        line.mean.iter().chain(band).copied()
    }));
    let across = |month: usize| {
        LEFT + (RIGHT - LEFT) * month as f64 / months.max(2).saturating_sub(1) as f64
    };
    let ends: Vec<f64> = lines
        .iter()
        .map(|line| line.mean.last().map_or(BOTTOM, |v| scale.at(*v)))
        .collect();
    let last = |line: &Line| shown.level(line.mean.last().copied().unwrap_or(f64::NAN));
    let labels: Vec<Label> = (lines.iter())
        .map(|line| Label::new(&line.name, last(line)))
        .collect();
    let heights: Vec<f64> = labels.iter().map(Label::height).collect();
    let wanted: Vec<f64> = ends.iter().map(|end| end - 8.0).collect();
    let tops = spread(&wanted, &heights, HEIGHT);
    let height = heights.iter().sum::<f64>().max(HEIGHT);
    let format = match shown.form {
        crate::output::summary::Form::Percent => Format::Share,
        crate::output::summary::Form::Dollars => Format::Dollars,
        _ => Format::Number,
    };
    let told: Vec<String> = (lines.iter())
        .map(|line| format!("{} {}", line.name, last(line)))
        .collect();
    let alt = format!("{} by month. At the end: {}.", shown.label, told.join(", "));
    html! {
        svg.picture viewBox=(format!("0 0 {WIDTH} {height}")) role="img" aria-label=(alt) {
            (scale.grid(format))
            @for (month, label) in month_ticks(material, months) {
                line x1=(px(across(month))) x2=(px(across(month))) y1=(BOTTOM) y2=(BOTTOM + 5.0) class="zero" {}
                text x=(px(across(month))) y=(BOTTOM + 19.0) text-anchor="middle" class="tick" { (label) }
            }
            line x1=(LEFT) x2=(RIGHT) y1=(BOTTOM) y2=(BOTTOM) class="zero" {}
            @for (month, _) in events(material) {
                @let x = px(across(month));
                line x1=(x) x2=(x) y1=(TOP) y2=(BOTTOM) class="event" {}
            }
            @for line in &lines {
                @if let Some((low, high)) = &line.band {
                    path d=(area(low, high, &across, &scale)) fill=(line.color) fill-opacity="0.16" {}
                }
            }
            @for line in lines.iter().rev() {
                path d=(path(&line.mean, &across, &scale)) fill="none" stroke=(line.color) stroke-width="2.2" {}
            }
            @for (((line, label), top), end) in lines.iter().zip(&labels).zip(&tops).zip(&ends) {
                path d=(format!("M{RIGHT} {} L{} {}", px(*end), RIGHT + 10.0, px(*top + 8.0))) fill="none" stroke=(line.color) {}
                (label.draw((RIGHT + 14.0, *top), &line.color))
            }
        }
    }
}

/// Months in which policies and shocks of the scenarios begin, with their names; those of one month together.
pub(super) fn events(material: &Material) -> Vec<(usize, String)> {
    let mut found: Vec<(usize, Vec<String>)> = Vec::new();
    for scenario in &material.scenarios {
        for entry in &scenario.loaded.timeline {
            let (month, kind) = (entry.from as usize, entry.kind.replace('_', " "));
            if month >= material.months() {
                continue;
            }
            match found.iter_mut().find(|(at, _)| *at == month) {
                Some((_, kinds)) if kinds.contains(&kind) => {}
                Some((_, kinds)) => kinds.push(kind),
                None => found.push((month, vec![kind])),
            }
        }
    }
    found.sort_by_key(|(month, _)| *month);
    let named = |(month, kinds): (usize, Vec<String>)| (month, kinds.join(", "));
    found.into_iter().map(named).collect()
}

fn path(values: &[f64], across: &dyn Fn(usize) -> f64, scale: &Scale) -> String {
    let mut text = String::new();
    let mut pen = 'M';
    for (month, value) in values.iter().enumerate() {
        if value.is_finite() {
            text += &format!("{pen}{} {}", px(across(month)), px(scale.at(*value)));
            pen = 'L';
        } else {
            pen = 'M';
        }
    }
    text
}

fn area(low: &[f64], high: &[f64], across: &dyn Fn(usize) -> f64, scale: &Scale) -> String {
    let point = |(month, value): (usize, &f64)| {
        let (x, y) = (px(across(month)), px(scale.at(*value)));
        value.is_finite().then(|| format!("{x} {y}"))
    };
    let there = low.iter().enumerate().filter_map(point);
    let back: Vec<String> = high.iter().enumerate().filter_map(point).collect();
    let all: Vec<String> = there.chain(back.into_iter().rev()).collect();
    if all.is_empty() {
        return String::new();
    }
    format!("M{}Z", all.join("L"))
}

/// Places and names of the months to write below a plot: each January, thinned out.
fn month_ticks(material: &Material, months: usize) -> Vec<(usize, String)> {
    let start = material
        .scenarios
        .first()
        .map(|scenario| scenario.study.parameters.run.start.as_str());
    let parts = start.and_then(|start| start.split_once('-'));
    let date = parts.and_then(|(year, month)| {
        Some((year.parse::<usize>().ok()?, month.parse::<usize>().ok()?))
    });
    let every = (months / 12).div_ceil(6).max(1);
    match date {
        Some((year, month)) => {
            let to_january = (13 - month) % 12;
            let januaries = (to_january..months).step_by(12 * every);
            let first = year + usize::from(to_january > 0);
            januaries
                .enumerate()
                .map(|(n, at)| (at, (first + n * every).to_string()))
                .collect()
        }
        None => (0..months)
            .step_by(12 * every)
            .map(|at| (at, at.to_string()))
            .collect(),
    }
}

/// Relative changes of income of the tenths of households, one line a scenario.
pub(super) struct Tenths {
    pub name: String,
    pub color: usize,
    /// Estimate and ends of its interval, the lowest tenth first.
    pub changes: Vec<[f64; 3]>,
}

/// Dots with intervals, one column a tenth; hollow where the interval holds zero.
pub(super) fn tenths(lines: &[Tenths]) -> Markup {
    let scale = Scale::over(
        lines
            .iter()
            .flat_map(|line| line.changes.iter().flatten().copied())
            .chain([0.0]),
    );
    let column = (RIGHT - LEFT) / 10.0;
    let apart = (column * 0.7 / lines.len().max(1) as f64).min(14.0);
    let x = |tenth: usize, line: usize| {
        let shift = (line as f64 - (lines.len() as f64 - 1.0) / 2.0) * apart;
        LEFT + (tenth as f64 + 0.5) * column + shift
    };
    let told: Vec<String> = (lines.iter())
        .map(|line| {
            let all: Vec<String> = line
                .changes
                .iter()
                .map(|change| Format::Share.signed(change[0]))
                .collect();
            format!("{}: {}", line.name, all.join(", "))
        })
        .collect();
    let alt = format!(
        "Change of mean income from the lowest tenth of households to the highest. {}.",
        told.join(". ")
    );
    let keys: Vec<Label> = (lines.iter())
        .map(|line| Label::new(&line.name, String::new()))
        .collect();
    let mut top = TOP;
    let mut tops = Vec::new();
    for key in &keys {
        tops.push(top);
        top += key.height() + 2.0;
    }
    let height = top.max(HEIGHT);
    html! {
        svg.picture viewBox=(format!("0 0 {WIDTH} {height}")) role="img" aria-label=(alt) {
            (scale.grid(Format::Share))
            @for tenth in 0..10 {
                text x=(px(LEFT + (f64::from(tenth) + 0.5) * column)) y=(BOTTOM + 19.0) text-anchor="middle" class="tick" {
                    @match tenth { 0 => "lowest", 9 => "highest", other => (other + 1) }
                }
            }
            @for (place, line) in lines.iter().enumerate() {
                @let color = series_color(line.color).hex();
                @for (tenth, [estimate, low, high]) in line.changes.iter().enumerate() {
                    @let at = px(x(tenth, place));
                    @if low.is_finite() && high.is_finite() {
                        line x1=(at) x2=(at) y1=(px(scale.at(*low))) y2=(px(scale.at(*high))) stroke=(color) stroke-width="1.6" {}
                    }
                    @if estimate.is_finite() {
                        circle cx=(at) cy=(px(scale.at(*estimate))) r="3.6" stroke=(color) stroke-width="1.6"
                            fill=(if *low <= 0.0 && *high >= 0.0 { "#ffffff" } else { color.as_str() }) {}
                    }
                }
                @if lines.len() > 1 {
                    circle cx=(RIGHT + 10.0) cy=(px(tops[place] + 8.0)) r="4" fill=(color) {}
                    (keys[place].draw((RIGHT + 18.0, tops[place]), &color))
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_hold_all_numbers_and_are_round() {
        let scale = Scale::over([0.741, 0.768, f64::NAN].into_iter());
        assert!(scale.low <= 0.741 && scale.high >= 0.768);
        assert!((scale.step() - 0.01).abs() < 1e-12);
        let empty = Scale::over(std::iter::empty());
        assert!(empty.ticks.len() > 1);
    }
}
