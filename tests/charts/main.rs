//! Charts as a reader meets them: the SVG, the PNG, the CSV and the words.
//!
//! The layout is checked on the SVG itself, whose texts say where they stand, how large they are
//! and how long: no text may leave the picture or touch another.
mod kinds;
mod layout;

use layout::check;
use mainstreet::output::charts::{
    Band, ChartError, ComparisonChart, Event, Format, Months, Rendered, Series, TimeChart, Unit,
    Words,
};

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
        ..Series::default()
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
            for format in [Format::Dollars, Format::Share] {
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
    assert_ne!(a.png(), render(&time(crowd(2), 61)).png());
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
    assert_eq!(
        lines[0],
        "month,date,series,value,low50,high50,low90,high90,interval_low,interval_high"
    );
    assert_eq!(lines[1], "0,,\"a, \"\"b\"\"\",0.1,,,0,0.2,,");
    assert_eq!(lines[2], "1,,\"a, \"\"b\"\"\",,,,0.5,1.5,,");
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
