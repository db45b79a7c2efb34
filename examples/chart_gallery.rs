//! Draws one chart of each kind from made-up numbers: `cargo run --example chart_gallery [DIR]`.
//!
//! A look at the drawing, not a result: none of these numbers come from a model.
use std::path::{Path, PathBuf};

use mainstreet::output::charts::{
    Axis, Band, Bar, BarChart, BarStyle, ChartError, ComparisonChart, Curve, CurveChart,
    CurveStyle, Event, FlowChart, FlowLink, FlowNode, Format, Months, Panel, Reference, Rendered,
    Series, SmallMultiples, TimeChart, Unit, Words,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args()
        .nth(1)
        .map_or_else(|| std::env::temp_dir().join("charts"), PathBuf::from);
    std::fs::create_dir_all(&folder)?;
    for count in [1, 2, 4, 8] {
        save(&folder, &format!("time-{count}"), fans(count).render())?;
        save(
            &folder,
            &format!("comparison-{count}"),
            comparison(count).render(),
        )?;
    }
    save(&folder, "events", events().render())?;
    save(&folder, "sectors", multiples(12, 2, true).render())?;
    save(&folder, "occupations", multiples(22, 1, false).render())?;
    save(&folder, "deciles", deciles().render())?;
    save(&folder, "policies", policies().render())?;
    save(&folder, "lorenz", lorenz().render())?;
    save(&folder, "survival", survival().render())?;
    save(&folder, "firm-sizes", firm_sizes().render())?;
    save(&folder, "beveridge", beveridge().render())?;
    save(&folder, "dollar", dollar().render())?;
    println!("{}", folder.display());
    Ok(())
}

fn save(
    folder: &Path,
    name: &str,
    rendered: Result<Rendered, ChartError>,
) -> Result<(), Box<dyn std::error::Error>> {
    let rendered = rendered?;
    std::fs::write(folder.join(format!("{name}.svg")), &rendered.svg)?;
    std::fs::write(folder.join(format!("{name}.png")), rendered.png()?)?;
    std::fs::write(folder.join(format!("{name}.csv")), rendered.csv)?;
    std::fs::write(folder.join(format!("{name}.txt")), rendered.alt)?;
    Ok(())
}

fn words(title: &str, subtitle: &str) -> Words {
    Words {
        title: title.into(),
        subtitle: subtitle.into(),
        caption: "Made-up numbers, to show the drawing.".into(),
        footer: "example.toml · seeds 1–200 · 20,000 residents · mainstreet 0.2.0".into(),
    }
}

/// A repeatable wiggle between −1 and 1.
fn wiggle(i: usize, salt: usize) -> f64 {
    let mixed = (i as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15)
        ^ (salt as u64).wrapping_mul(0xd1b5_4a32_d192_ed03);
    let mixed = (mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (mixed >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
}

const NAMES: [&str; 8] = [
    "Baseline",
    "Job guarantee",
    "Retraining vouchers for displaced workers with children",
    "Wage subsidy",
    "Automation levy",
    "Universal basic income, phased in over five years",
    "Adoption grants",
    "Public investment",
];

fn fan(label: &str, color: usize, months: usize, start: f64, end: f64, bands: bool) -> Series {
    let path = |i: usize| {
        let after = (i as f64 - 12.0).max(0.0);
        start + (end - start) * (1.0 - (-after / 12.0).exp()) + 0.05 * wiggle(i, color)
    };
    let values: Vec<f64> = (0..months).map(path).collect();
    let width = |i: usize| 0.5 + 0.006 * i as f64 + 0.05 * wiggle(i, color + 50);
    let band = |part: f64| Band {
        low: values
            .iter()
            .enumerate()
            .map(|(i, v)| v - part * width(i))
            .collect(),
        high: values
            .iter()
            .enumerate()
            .map(|(i, v)| v + part * width(i))
            .collect(),
    };
    let (band50, band90) = if bands {
        (Some(band(0.4)), Some(band(1.0)))
    } else {
        (None, None)
    };
    Series {
        band50,
        band90,
        ..Series::new(label, color, values)
    }
}

fn fans(count: usize) -> TimeChart {
    let ends = [6.3, 4.2, 5.6, 5.1, 6.5, 6.1, 7.2, 4.9];
    let event = Event {
        month: 12,
        until: None,
        label: "policy starts".into(),
    };
    TimeChart {
        words: words(
            "Job guarantee lowers unemployment by about 2 points",
            "Unemployment rate",
        ),
        unit: Unit::new("% of the labor force. Median of 200 runs", Format::Percent),
        y_from_zero: true,
        months: Months::numbered("Months since the start of the simulation", 0, 61),
        series: (0..count)
            .map(|i| fan(NAMES[i], i, 61, 6.2, ends[i], true))
            .collect(),
        events: vec![event],
    }
}

fn comparison(count: usize) -> ComparisonChart {
    let TimeChart {
        words,
        unit,
        months,
        series,
        events,
        ..
    } = fans(count);
    let ends = [6.3, 4.2, 5.6, 5.1, 6.5, 6.1, 7.2, 4.9];
    let differences = (1..count)
        .map(|i| fan(NAMES[i], i, 61, 0.0, ends[i] - ends[0], true))
        .collect();
    ComparisonChart {
        words,
        unit,
        difference: Format::Points,
        y_from_zero: true,
        months,
        levels: series,
        differences,
        events,
    }
}

fn events() -> TimeChart {
    let event = |month, until, label: &str| Event {
        month,
        until,
        label: label.into(),
    };
    let mut chart = fans(2);
    chart.words.title = "Payroll of local businesses".into();
    chart.words.subtitle = "Monthly payroll".into();
    chart.unit = Unit::new("2024 dollars", Format::Dollars);
    chart.y_from_zero = false;
    chart.months = Months::dated(0, 121, 2026, 7);
    chart.series = (0..2)
        .map(|i| fan(NAMES[i], i, 121, 6.2, 7.0 - i as f64, true))
        .collect();
    for series in &mut chart.series {
        let scale = |numbers: &mut Vec<f64>| numbers.iter_mut().for_each(|v| *v *= 2.1e6);
        scale(&mut series.values);
        for band in [&mut series.band50, &mut series.band90]
            .into_iter()
            .flatten()
        {
            scale(&mut band.low);
            scale(&mut band.high);
        }
    }
    chart.events = vec![
        event(12, Some(36), "wage subsidy, two years"),
        event(24, None, "robots get 30% cheaper"),
        event(30, None, "large retailer leaves"),
        event(96, None, "levy on automation equipment starts"),
        event(114, None, "levy doubles"),
    ];
    chart
}

fn multiples(count: usize, lines: usize, shared_y: bool) -> SmallMultiples {
    let sectors = [
        "Retail trade",
        "Restaurants and hotels",
        "Health care and social assistance",
        "Construction",
        "Manufacturing",
        "Professional services",
        "Transport and warehousing",
        "Finance and insurance",
        "Personal services",
        "Administrative services",
        "Education",
        "Wholesale trade",
    ];
    let panel = |i: usize| Panel {
        title: if count > 12 {
            format!("Occupation {}: {}", i + 1, sectors[i % 12].to_lowercase())
        } else {
            sectors[i].into()
        },
        series: (0..lines)
            .map(|s| {
                let start = 40.0 + 30.0 * wiggle(i, 3);
                let mut series = fan(
                    NAMES[s],
                    s,
                    61,
                    start,
                    start * (1.0 - 0.3 * s as f64) + 9.0 * wiggle(i, s),
                    false,
                );
                if i == 4 {
                    series.values[20..26].fill(f64::NAN);
                }
                series
            })
            .collect(),
    };
    SmallMultiples {
        words: words("Where jobs change", "Jobs"),
        unit: Unit::new("per 1,000 residents", Format::Number),
        y_from_zero: true,
        shared_y,
        months: Months::numbered("Months since the start", 0, 61),
        panels: (0..count).map(panel).collect(),
        ..SmallMultiples::default()
    }
}

fn deciles() -> BarChart {
    let bar = |i: usize| {
        let value = -900.0 + 260.0 * i as f64 + 120.0 * wiggle(i, 1);
        let label = match i {
            0 => "Poorest tenth".into(),
            9 => "Richest tenth".into(),
            _ => format!("{}", i + 1),
        };
        Bar {
            label,
            value,
            interval: Some((value - 420.0, value + 380.0)),
            less_is_better: false,
        }
    };
    BarChart {
        words: words(
            "The upper half gains, the lower loses",
            "Change of yearly disposable income by income tenth, month 60",
        ),
        unit: Unit::new("2024 dollars per household", Format::Dollars),
        style: BarStyle::Bars,
        signed: true,
        bars: (0..10).map(bar).collect(),
        ..BarChart::default()
    }
}

fn policies() -> BarChart {
    let rows = [
        (21_000.0, 16_000.0, 29_000.0),
        (34_500.0, 30_000.0, 41_000.0),
        (48_000.0, -4_000.0, 92_000.0),
        (61_000.0, 50_000.0, 75_000.0),
        (18_000.0, 12_000.0, 33_000.0),
        (-6_500.0, -15_000.0, -1_000.0),
    ];
    let bars = rows
        .iter()
        .enumerate()
        .map(|(i, (value, low, high))| Bar {
            label: NAMES[i + 1].into(),
            value: *value,
            interval: Some((*low, *high)),
            less_is_better: false,
        })
        .collect();
    BarChart {
        words: words(
            "What a job saved costs",
            "Public cost for each job that exists because of the policy",
        ),
        unit: Unit::new("2024 dollars per job-year", Format::Dollars),
        style: BarStyle::Dots,
        bars,
        ..BarChart::default()
    }
}

fn lorenz() -> CurveChart {
    let curve = |label: &str, color: usize, power: f64, gini: &str| Curve {
        label: label.into(),
        note: format!("Gini {gini}"),
        color,
        style: CurveStyle::Line,
        points: (0..=50)
            .map(|i| f64::from(i) / 50.0)
            .map(|p| (p, p.powf(power)))
            .collect(),
        intervals: Vec::new(),
    };
    CurveChart {
        words: words("Income is a little more unequal", "Month 60"),
        x: Axis::new("Share of households, poorest first", Format::Share),
        y: Axis::new("cumulative share of income", Format::Share),
        square: true,
        curves: vec![
            curve("Baseline", 0, 2.4, "0.41"),
            curve("Automation without policy", 1, 2.9, "0.49"),
            curve("Job guarantee", 2, 2.2, "0.38"),
        ],
        reference: Some(Reference {
            label: "Equality".into(),
            points: vec![(0.0, 0.0), (1.0, 1.0)],
        }),
    }
}

fn survival() -> CurveChart {
    let curve = |label: &str, color: usize, rate: f64| Curve {
        label: label.into(),
        note: String::new(),
        color,
        style: CurveStyle::Line,
        points: (0..=10)
            .map(|y| (f64::from(y), (-rate * f64::from(y)).exp()))
            .collect(),
        intervals: Vec::new(),
    };
    CurveChart {
        words: words(
            "Half of new businesses are gone after five years",
            "Share of businesses that still exist",
        ),
        x: Axis::new("Years since the start of the business", Format::Number),
        y: Axis::new("% of those started", Format::Share),
        square: false,
        curves: vec![
            curve("Baseline", 0, 0.14),
            curve("Adoption grants", 1, 0.11),
            curve("Automation without policy", 2, 0.17),
        ],
        reference: None,
    }
}

fn firm_sizes() -> CurveChart {
    let points = (0..40)
        .map(|i| 10_f64.powf(f64::from(i) / 13.0))
        .map(|s| {
            (
                s,
                (s.powf(-1.06) * (1.0 + 0.2 * wiggle(s as usize, 2))).min(1.0),
            )
        })
        .collect();
    let axis = |text: &str, format| Axis {
        log: true,
        ..Axis::new(text, format)
    };
    CurveChart {
        words: words(
            "Few businesses are large, most are very small",
            "Share of businesses with at least so many workers",
        ),
        x: axis("Workers", Format::Number),
        y: axis("% of businesses", Format::Share),
        square: false,
        curves: vec![Curve {
            label: "Simulated town".into(),
            note: "4,120 businesses".into(),
            color: 0,
            style: CurveStyle::Points,
            points,
            intervals: Vec::new(),
        }],
        reference: Some(Reference {
            label: "Power law, exponent 1.06 (Axtell 2001)".into(),
            points: vec![(1.0, 1.0), (1000.0, 1000_f64.powf(-1.06))],
        }),
    }
}

fn beveridge() -> CurveChart {
    let points = (0..40)
        .map(|i| {
            let u = 5.0 + 2.0 * (f64::from(i) / 6.0).sin() + 0.2 * wiggle(i as usize, 4);
            (u, 18.0 / u + 0.2 * wiggle(i as usize, 5))
        })
        .collect();
    CurveChart {
        words: words(
            "Vacancies fall when unemployment rises",
            "Vacancy rate by quarter",
        ),
        x: Axis {
            from_zero: false,
            ..Axis::new("Unemployment rate, % of the labor force", Format::Percent)
        },
        y: Axis {
            from_zero: false,
            ..Axis::new("% of jobs", Format::Percent)
        },
        square: false,
        curves: vec![Curve {
            label: "Baseline".into(),
            note: String::new(),
            color: 0,
            style: CurveStyle::Path,
            points,
            intervals: Vec::new(),
        }],
        reference: None,
    }
}

fn dollar() -> FlowChart {
    let node = |label: &str, column: usize, color: usize| FlowNode {
        label: label.into(),
        column,
        color,
    };
    let link = |from: usize, to: usize, value: f64| FlowLink { from, to, value };
    FlowChart {
        words: words(
            "Of a dollar spent in town, 38 cents stay",
            "Where a dollar spent by a household goes in the first round",
        ),
        unit: Unit::new("dollars", Format::Dollars),
        columns: vec![
            "Spent by".into(),
            "Spent at".into(),
            "Paid to".into(),
            "Ends up".into(),
        ],
        nodes: vec![
            node("Households", 0, 5),
            node("Local businesses", 1, 0),
            node("Chains", 1, 3),
            node("Online", 1, 1),
            node("Wages", 2, 2),
            node("Owners", 2, 2),
            node("Suppliers and rent", 2, 4),
            node("Taxes", 2, 5),
            node("Stays in town", 3, 0),
            node("Leaves town", 3, 1),
        ],
        links: vec![
            link(0, 1, 0.52),
            link(0, 2, 0.30),
            link(0, 3, 0.18),
            link(1, 4, 0.20),
            link(1, 5, 0.09),
            link(1, 6, 0.18),
            link(1, 7, 0.05),
            link(2, 4, 0.08),
            link(2, 6, 0.15),
            link(2, 7, 0.02),
            link(2, 5, 0.05),
            link(3, 9, 0.18),
            link(4, 8, 0.24),
            link(4, 9, 0.04),
            link(5, 8, 0.07),
            link(5, 9, 0.07),
            link(6, 8, 0.05),
            link(6, 9, 0.28),
            link(7, 8, 0.02),
            link(7, 9, 0.05),
        ],
    }
}
