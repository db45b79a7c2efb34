//! The charts that are not lines over months.
use mainstreet::output::charts::{
    Axis, Bar, BarChart, BarStyle, ChartError, Curve, CurveChart, CurveStyle, FlowChart, FlowLink,
    FlowNode, Format, Months, Panel, Reference, Rendered, SmallMultiples, Unit,
};

use crate::layout::check;
use crate::{LONG, crowd, words};

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
            ..SmallMultiples::default()
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
        ..BarChart::default()
    };
    chart.render().expect("a valid chart")
}

#[test]
fn a_bar_whose_sign_is_uncertain_looks_and_reads_different() {
    let bar = |low: f64| Bar {
        label: LONG[2].into(),
        value: 500.0,
        interval: Some((low, 900.0)),
        less_is_better: false,
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
        less_is_better: false,
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
        intervals: Vec::new(),
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
