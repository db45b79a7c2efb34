//! The numbers that the page's own charts are drawn from.

use serde_json::{Value, json};

use crate::output::summary::Form;
use charts::series_color;

use super::catalogue::SHOWN;
use super::material::Material;

/// All numbers as JSON, fit to stand in a `script` element: no `<` in it can end the element.
pub(super) fn json_text(material: &Material) -> String {
    let scenarios: Vec<Value> = (material.scenarios.iter().enumerate())
        .map(|(place, scenario)| {
            json!({
                "name": scenario.name(),
                "color": series_color(place).hex(),
            })
        })
        .collect();
    let indicators: Vec<Value> = (0..SHOWN.len())
        .filter_map(|indicator| one(material, indicator))
        .collect();
    let start = material
        .scenarios
        .first()
        .map(|scenario| scenario.study.parameters.run.start.clone());
    let all = json!({
        "start": start,
        "months": material.months(),
        "runs": material.replicates(),
        "confidence": material.confidence,
        "scenarios": scenarios,
        "indicators": indicators,
    });
    all.to_string().replace('<', "\\u003c")
}

/// One indicator; nothing if it has no number at all.
fn one(material: &Material, indicator: usize) -> Option<Value> {
    let shown = &SHOWN[indicator];
    let levels: Vec<[Vec<f64>; 3]> = (material.runs.iter())
        .map(|runs| super::drawing::levels(runs, indicator))
        .collect();
    let mut numbers = levels.iter().flat_map(|level| &level[0]);
    if !numbers.any(|value| value.is_finite()) {
        return None;
    }
    let form = match shown.form {
        Form::Percent => "percent",
        Form::Dollars => "dollars",
        Form::Count => "count",
        Form::Index => "index",
    };
    let definition = shown.definition()?;
    let differences = material.changes.iter().map(|change| {
        let lines = change.months.get(indicator).cloned().unwrap_or_default();
        lines.map(|line| rounded(&line))
    });
    let spread_exists = material.replicates() > 1;
    let levels = levels.into_iter().map(|[mean, low, high]| {
        let band = |line: &[f64]| match spread_exists {
            true => rounded(line),
            false => Vec::new(),
        };
        [rounded(&mean), band(&low), band(&high)]
    });
    Some(json!({
        "id": shown.id,
        "label": shown.label,
        "group": shown.group,
        "form": form,
        "unit": definition.unit,
        "text": definition.full_text(),
        "levels": levels.collect::<Vec<_>>(),
        "differences": differences.collect::<Vec<_>>(),
    }))
}

/// Five significant digits; what is missing is null in JSON.
fn rounded(line: &[f64]) -> Vec<f64> {
    let one = |value: &f64| format!("{value:.4e}").parse().unwrap_or(f64::NAN);
    line.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_five_digits_and_missing_ones_are_null() {
        let line = rounded(&[123_456.0, 0.75, f64::NAN]);
        assert_eq!(json!(line).to_string(), "[123460.0,0.75,null]");
    }
}
