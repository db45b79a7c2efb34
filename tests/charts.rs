//! Charts as a reader meets them: the SVG, the PNG, the CSV and the words.
//!
//! The layout is checked on the SVG itself, whose texts say where they stand, how large they are
//! and how long: no text may leave the picture or touch another.
use mainstreet::output::charts::{
    Axis, Band, Bar, BarChart, BarStyle, ChartError, ComparisonChart, Curve, CurveChart,
    CurveStyle, Event, FlowChart, FlowLink, FlowNode, Format, Months, Panel, Reference, Rendered,
    Series, SmallMultiples, TimeChart, Unit, Words,
};

#[derive(Debug)]
struct Box {
    text: String,
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
fn check(name: &str, rendered: &Rendered) -> Vec<Box> {
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
    let png = &rendered.png;
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

fn words() -> Words {
    Words {
        title: "Unemployment under several policies".into(),
        subtitle: "Unemployment rate".into(),
        caption: "Town of 50,000 residents.".into(),
        footer: "example.toml · seeds 1–200".into(),
    }
}

const LONG: [&str; 8] = [
    "Baseline without any further automation by local businesses",
    "Job guarantee at the local minimum wage for everyone who asks",
    "Retraining vouchers for displaced workers with children under six",
    "Wage subsidy for small businesses in the first two years",
    "Automation levy with an allowance for businesses under ten workers",
    "Universal basic income, phased in over five years",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "Public investment in broadband, transit, child care and clinics",
];

fn series(index: usize, values: Vec<f64>) -> Series {
    let width = 0.1;
    let band = |part: f64| Band {
        low: values.iter().map(|v| v - part * width * v.abs()).collect(),
        high: values.iter().map(|v| v + part * width * v.abs()).collect(),
    };
    let (band50, band90) = (Some(band(0.5)), Some(band(1.0)));
    Series {
        label: LONG[index].into(),
        color: index,
        values,
        band50,
        band90,
    }
}

fn crowd(count: usize) -> Vec<Series> {
    let path = |i: usize| {
        (0..61)
            .map(|m| 6.0 + 0.02 * i as f64 * f64::from(m) / 60.0)
            .collect()
    };
    (0..count).map(|i| series(i, path(i))).collect()
}

fn time(series: Vec<Series>, months: usize) -> TimeChart {
    TimeChart {
        words: words(),
        unit: Unit::new("% of the labor force", Format::Percent),
        y_from_zero: true,
        months: Months::numbered("Months since the start", 0, months),
        series,
        events: vec![Event {
            month: 0,
            until: None,
            label: "policy starts".into(),
        }],
    }
}

fn render(chart: &TimeChart) -> Rendered {
    chart.render().expect("a valid chart")
}

#[test]
fn crowded_labels_with_long_names_neither_touch_nor_leave_the_picture() {
    for count in [1, 2, 4, 8] {
        let texts = check("time", &render(&time(crowd(count), 61)));
        for label in LONG.iter().take(count) {
            let start: String = label.chars().take(8).collect();
            assert!(
                texts.iter().any(|text| text.text.starts_with(&start)),
                "{label} is not named"
            );
        }
        let chart = ComparisonChart {
            words: words(),
            unit: Unit::new("% of the labor force", Format::Percent),
            difference: Format::Points,
            y_from_zero: true,
            months: Months::dated(0, 61, 2026, 1),
            levels: crowd(count),
            differences: crowd(count).split_off(1),
            events: Vec::new(),
        };
        check("comparison", &chart.render().expect("a valid chart"));
    }
}

#[test]
fn any_numbers_can_be_drawn() {
    let walks: [(&str, Vec<f64>); 10] = [
        ("large", vec![3.2e12, 4.1e12, 2.2e13]),
        ("beyond words", vec![1e300, -1e300, 5e299]),
        ("largest", vec![f64::MAX, f64::MIN, 0.0]),
        ("tiny", vec![1.2e-9, 3.4e-9, 2.1e-9]),
        ("negative", vec![-5.0, -7.5, -6.0]),
        ("constant", vec![4.0; 3]),
        ("zero", vec![0.0; 3]),
        ("gaps", vec![1.0, f64::NAN, 2.0]),
        ("all missing", vec![f64::NAN; 3]),
        ("infinite", vec![f64::INFINITY, 1.0, f64::NEG_INFINITY]),
    ];
    for (name, values) in walks {
        for from_zero in [true, false] {
            for format in [
                Format::Number,
                Format::Dollars,
                Format::Share,
                Format::SharePoints,
            ] {
                let mut chart = time(
                    vec![series(0, values.clone()), series(1, values.clone())],
                    3,
                );
                chart.y_from_zero = from_zero;
                chart.unit.format = format;
                check(name, &render(&chart));
            }
        }
    }
}

#[test]
fn a_single_month_and_no_month_at_all_can_be_drawn() {
    check("single", &render(&time(vec![series(0, vec![5.0])], 1)));
    check("none", &render(&time(Vec::new(), 0)));
    check("empty", &render(&TimeChart::default()));
    let mut long = time(vec![series(0, vec![5.0; 5000])], 5000);
    long.months = Months::dated(0, 5000, 2026, 3);
    check("long", &render(&long));
}

#[test]
fn many_events_keep_apart() {
    let mut chart = time(crowd(2), 61);
    let event = |month, until| Event {
        month,
        until,
        label: format!("something that happens in month {month}"),
    };
    chart.events = [0, 1, 3, 12, 13, 40, 58, 60, 60]
        .into_iter()
        .map(|month| event(month, None))
        .collect();
    chart.events.push(event(20, Some(44)));
    chart.events.push(event(900, None));
    check("events", &render(&chart));
}

#[test]
fn a_caption_says_what_the_bands_are_and_when_zero_is_not_shown() {
    let banded = render(&time(crowd(2), 61)).svg;
    assert!(banded.contains("middle 50% of runs lie in the darker band, 90% in the lighter"));
    assert!(!banded.contains("does not start at zero"));
    let many = render(&time(crowd(6), 61)).svg;
    assert!(many.contains("on the thick part of the bar, 90% on the thin"));
    let mut high = time(vec![Series::new("a", 0, vec![100.0, 101.0])], 2);
    high.y_from_zero = false;
    let high = render(&high).svg;
    assert!(high.contains("does not start at zero") && !high.contains("medians"));
}

#[test]
fn the_same_chart_gives_the_same_bytes_and_another_chart_others() {
    let (a, b) = (render(&time(crowd(3), 61)), render(&time(crowd(3), 61)));
    assert_eq!(a, b);
    assert_ne!(a.png, render(&time(crowd(2), 61)).png);
}

#[test]
fn texts_from_outside_are_escaped() {
    let mut chart = time(
        vec![Series::new("<script>&\"'\u{0}\n", 0, vec![1.0, 2.0])],
        2,
    );
    chart.words.title = "a < b & c > d".into();
    let rendered = render(&chart);
    check("escaped", &rendered);
    assert!(
        rendered
            .svg
            .contains("<title>a &lt; b &amp; c &gt; d</title>")
    );
    assert!(!rendered.svg.contains("<script") && !rendered.svg.contains('\u{0}'));
}

#[test]
fn the_data_holds_every_number_shown() {
    let mut chart = time(vec![Series::new("a, \"b\"", 0, vec![0.1, f64::NAN])], 2);
    chart.series[0].band90 = Some(Band {
        low: vec![0.0, 0.5],
        high: vec![0.2, 1.5],
    });
    let csv = render(&chart).csv;
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines[0], "month,series,value,low50,high50,low90,high90");
    assert_eq!(lines[1], "0,\"a, \"\"b\"\"\",0.1,,,0,0.2");
    assert_eq!(lines[2], "1,\"a, \"\"b\"\"\",,,,0.5,1.5");
}

#[test]
fn the_description_tells_the_last_values() {
    let alt = render(&time(vec![series(0, vec![5.0, 6.0])], 2)).alt;
    assert!(alt.contains("from 5.0% to 6.0% (90%: 5.4–6.6)"), "{alt}");
    assert!(alt.contains("At 0: policy starts."), "{alt}");
}

#[test]
fn wrong_lengths_and_crowds_are_refused() {
    let short = time(vec![Series::new("a", 0, vec![1.0])], 2).render();
    assert!(matches!(
        short,
        Err(ChartError::Length {
            found: 1,
            expected: 2,
            ..
        })
    ));
    let crowd = (0..9).map(|i| Series::new("a", i, vec![1.0])).collect();
    assert!(matches!(
        time(crowd, 1).render(),
        Err(ChartError::TooMany { found: 9, .. })
    ));
}

#[test]
fn small_multiples_fit_twelve_sectors_and_twenty_two_occupations() {
    for (count, lines, bands) in [(1, 1, true), (12, 8, false), (22, 3, true), (60, 2, false)] {
        let one = |i: usize| {
            let mut series = crowd(8).swap_remove(i);
            if !bands {
                (series.band50, series.band90) = (None, None);
            }
            series
        };
        let panel = |i: usize| Panel {
            title: LONG[i % 8].into(),
            series: (0..lines).map(one).collect(),
        };
        let chart = SmallMultiples {
            words: words(),
            unit: Unit::new("dollars", Format::Dollars),
            y_from_zero: true,
            shared_y: count == 12,
            months: Months::dated(0, 61, 2026, 5),
            panels: (0..count).map(panel).collect(),
        };
        check("multiples", &chart.render().expect("a valid chart"));
    }
}

fn bars(style: BarStyle, bars: Vec<Bar>) -> Rendered {
    let unit = Unit::new("dollars a year", Format::Dollars);
    let chart = BarChart {
        words: words(),
        unit,
        style,
        signed: true,
        bars,
    };
    chart.render().expect("a valid chart")
}

#[test]
fn a_bar_whose_sign_is_uncertain_looks_and_reads_different() {
    let bar = |low: f64| Bar {
        label: LONG[2].into(),
        value: 500.0,
        interval: Some((low, 900.0)),
    };
    for style in [BarStyle::Bars, BarStyle::Dots] {
        let (certain, uncertain) = (
            bars(style, vec![bar(100.0)]),
            bars(style, vec![bar(-100.0)]),
        );
        check("certain", &certain);
        check("uncertain", &uncertain);
        assert!(
            !certain.alt.contains("sign uncertain") && uncertain.alt.contains("sign uncertain")
        );
        assert!(
            !certain.svg.contains("sign is uncertain")
                && uncertain.svg.contains("sign is uncertain")
        );
    }
    let odd = [f64::NAN, 0.0, -1e15, 1e-12, f64::INFINITY];
    let odd = odd.map(|value| Bar {
        label: String::new(),
        value,
        interval: Some((value, f64::NAN)),
    });
    check("odd", &bars(BarStyle::Bars, odd.to_vec()));
    check("none", &bars(BarStyle::Dots, Vec::new()));
}

fn curves(curves: Vec<Curve>, reference: Option<Reference>, log: bool, square: bool) -> Rendered {
    let axis = |text: &str| Axis {
        log,
        ..Axis::new(text, Format::Number)
    };
    let (x, y) = (axis("workers"), axis("businesses"));
    CurveChart {
        words: words(),
        x,
        y,
        square,
        curves,
        reference,
    }
    .render()
    .expect("a valid chart")
}

#[test]
fn curves_of_every_kind_fit() {
    let curve = |i: usize, style, spread: f64| Curve {
        label: LONG[i].into(),
        note: "Gini 0.42".into(),
        color: i,
        style,
        points: (0..30)
            .map(|x| (f64::from(x), f64::from(x) * (1.0 + spread * i as f64)))
            .collect(),
    };
    let equal = Reference {
        label: LONG[4].into(),
        points: vec![(0.0, 0.0), (29.0, 29.0)],
    };
    for style in [CurveStyle::Line, CurveStyle::Points, CurveStyle::Path] {
        for log in [false, true] {
            let meeting = (0..5).map(|i| curve(i, style, 0.0)).collect();
            check("meeting", &curves(meeting, Some(equal.clone()), log, true));
            let parting = (0..8).map(|i| curve(i, style, 0.3)).collect();
            check("parting", &curves(parting, None, log, false));
        }
    }
    let odd = vec![(f64::NAN, 1.0), (0.0, -1.0), (1e300, 1e-300)];
    for log in [false, true] {
        check(
            "odd",
            &curves(
                vec![Curve {
                    points: odd.clone(),
                    ..Curve::default()
                }],
                None,
                log,
                false,
            ),
        );
        check("none", &curves(Vec::new(), None, log, true));
    }
}

fn flows(links: Vec<FlowLink>) -> Result<Rendered, ChartError> {
    let columns = [0, 1, 1, 1, 2, 2, 2, 2, 3, 3];
    let node = |(i, column): (usize, &usize)| FlowNode {
        label: LONG[i % 8].into(),
        column: *column,
        color: i,
    };
    FlowChart {
        words: words(),
        unit: Unit::new("dollars", Format::Dollars),
        columns: ["Spent by", "Spent at", "Paid to", "Ends up"]
            .map(String::from)
            .to_vec(),
        nodes: columns.iter().enumerate().map(node).collect(),
        links,
    }
    .render()
}

#[test]
fn flows_fit_and_impossible_ones_are_refused() {
    let link = |from, to, value| FlowLink { from, to, value };
    let sane = vec![
        link(0, 1, 0.6),
        link(0, 9, 0.4),
        link(1, 5, 0.3),
        link(1, 8, 0.2),
        link(5, 9, 1e-6),
    ];
    check("flow", &flows(sane).expect("a valid chart"));
    check("no flow", &flows(Vec::new()).expect("a valid chart"));
    for wrong in [
        link(1, 0, 1.0),
        link(0, 99, 1.0),
        link(0, 1, -1.0),
        link(0, 1, f64::NAN),
    ] {
        assert!(matches!(flows(vec![wrong]), Err(ChartError::Flow(_))));
    }
}
