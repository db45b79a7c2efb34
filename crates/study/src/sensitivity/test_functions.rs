//! Functions with known indices, and the comparison with SALib on the same samples.
use super::{Bootstrap, morris_indices, sobol_indices};
use crate::design::{Points, SaltelliDesign, morris_trajectories};
use serde_json::{Value, json};
use std::f64::consts::PI;

/// First-order and total indices of the Ishigami function with a = 7, b = 0.1 (Ishigami & Homma
/// 1990; Saltelli et al. 2008).
pub const ISHIGAMI_INDICES: [(f64, f64); 3] = [(0.3139, 0.5576), (0.4424, 0.4424), (0.0, 0.2437)];

/// Ishigami function on the unit cube stretched to (−π, π)³.
pub fn ishigami(point: &[f64]) -> f64 {
    let [x, y, z] = [0, 1, 2].map(|i| PI * (2.0 * point[i] - 1.0));
    let sine = libm::sin(y);
    libm::sin(x) + 7.0 * sine * sine + 0.1 * z * z * z * z * libm::sin(x)
}

/// Coefficients of the Sobol g-function: small ones matter.
pub const SOBOL_G: [f64; 8] = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0];

/// Sobol g-function: Π (|4x − 2| + a) / (1 + a).
pub fn sobol_g(point: &[f64]) -> f64 {
    let terms = point.iter().zip(SOBOL_G);
    terms
        .map(|(x, a)| ((4.0 * x - 2.0).abs() + a) / (1.0 + a))
        .product()
}

/// Indices of the g-function in closed form (Saltelli & Sobol 1995).
pub fn sobol_g_indices() -> Vec<(f64, f64)> {
    let alone = SOBOL_G.map(|a| 1.0 / (3.0 * (1.0 + a) * (1.0 + a)));
    let all: f64 = alone.iter().map(|v| 1.0 + v).product();
    let variance = all - 1.0;
    let of = |v: &f64| (v / variance, v * all / (1.0 + v) / variance);
    alone.iter().map(of).collect()
}

const BASE_SAMPLES: usize = 64;

fn sobol_outcomes(function: fn(&[f64]) -> f64, factors: usize) -> (SaltelliDesign, Vec<f64>) {
    let design = SaltelliDesign::new(BASE_SAMPLES, factors, 1).expect("a small design");
    let outcomes = design.points().iter().map(function).collect();
    (design, outcomes)
}

fn morris_outcomes() -> (Points, Vec<f64>) {
    let points = morris_trajectories(20, 3, 4, 1).expect("a small design");
    let outcomes = points.iter().map(ishigami).collect();
    (points, outcomes)
}

fn fixture() -> Value {
    serde_json::from_str(include_str!("fixtures/salib.json")).expect("the fixture is JSON")
}

fn numbers(value: &Value) -> Vec<f64> {
    let list = value.as_array().expect("a list of numbers");
    list.iter().map(|v| v.as_f64().expect("a number")).collect()
}

fn assert_close(found: &[f64], expected: &Value, tolerance: f64) {
    let expected = numbers(expected);
    assert_eq!(found.len(), expected.len());
    for (f, e) in found.iter().zip(&expected) {
        assert!(
            (f - e).abs() <= tolerance * e.abs().max(1.0),
            "{found:?}\n{expected:?}"
        );
    }
}

/// SALib's intervals come from another bootstrap: the same spread, other draws.
fn assert_similar(found: &[f64], half_widths: &Value) {
    for (f, half_width) in found.iter().zip(numbers(half_widths)) {
        let standard_error = half_width / 1.959963984540054;
        // An effect of constant size has no spread but rounding.
        let tolerance = 0.15 * standard_error + 1e-12;
        assert!(
            (f - standard_error).abs() < tolerance,
            "{f} {standard_error}"
        );
    }
}

#[test]
fn sobol_indices_agree_with_salib_on_the_same_samples() {
    let fixture = fixture();
    let cases = [
        ("ishigami", ishigami as fn(&[f64]) -> f64, 3),
        ("sobol_g", sobol_g, 8),
    ];
    for (name, function, factors) in cases {
        let (design, outcomes) = sobol_outcomes(function, factors);
        let expected = &fixture[name];
        assert_close(&outcomes, &expected["outcomes"], 1e-12);
        let bootstrap = Bootstrap {
            resamples: 2000,
            ..Bootstrap::default()
        };
        let found = sobol_indices(&outcomes, &design, &bootstrap).expect("finite outcomes");
        let column = |of: fn(&super::SobolIndex) -> f64| found.iter().map(of).collect::<Vec<_>>();
        assert_close(&column(|i| i.first.value), &expected["S1"], 1e-10);
        assert_close(&column(|i| i.total.value), &expected["ST"], 1e-10);
        assert_similar(&column(|i| i.first.standard_error), &expected["S1_conf"]);
        assert_similar(&column(|i| i.total.standard_error), &expected["ST_conf"]);
    }
}

#[test]
fn morris_measures_agree_with_salib_on_the_same_samples() {
    let expected = &fixture()["morris"];
    let (points, outcomes) = morris_outcomes();
    assert_close(&outcomes, &expected["outcomes"], 1e-12);
    let bootstrap = Bootstrap {
        resamples: 2000,
        ..Bootstrap::default()
    };
    let found = morris_indices(&points, &outcomes, &bootstrap).expect("finite outcomes");
    let column = |of: fn(&super::MorrisIndex) -> f64| found.iter().map(of).collect::<Vec<_>>();
    assert_close(&column(|i| i.mean.value), &expected["mu"], 1e-10);
    assert_close(
        &column(|i| i.mean_absolute.value),
        &expected["mu_star"],
        1e-10,
    );
    assert_close(&column(|i| i.deviation.value), &expected["sigma"], 1e-10);
    assert_similar(
        &column(|i| i.mean_absolute.standard_error),
        &expected["mu_star_conf"],
    );
}

/// Prints what fixtures/salib.py reads.
#[allow(clippy::disallowed_macros)]
#[test]
#[ignore = "makes the input of the fixture; see fixtures/salib.py"]
fn print_samples() {
    let (_, of_ishigami) = sobol_outcomes(ishigami, 3);
    let (_, of_sobol_g) = sobol_outcomes(sobol_g, 8);
    let (points, of_morris) = morris_outcomes();
    let rows: Vec<&[f64]> = points.iter().collect();
    println!(
        "SAMPLES {}",
        json!({
            "ishigami": { "outcomes": of_ishigami },
            "sobol_g": { "outcomes": of_sobol_g },
            "morris": { "points": rows, "outcomes": of_morris },
        })
    );
}
