//! Controls of the page.

use super::*;

#[test]
fn main_parameters_exist_and_every_slider_holds_its_default() {
    let registry = Registry::embedded();
    let controls = all(registry);
    assert!(controls.len() > 200, "only {} controls", controls.len());
    for path in MAIN {
        assert!(controls.iter().any(|c| c.path == path), "{path}");
    }
    for parameter in registry.parameters() {
        for (path, default) in &parameter.defaults {
            let Some(slider) = slider(parameter, path, default) else {
                continue;
            };
            let number = default
                .as_float()
                .or(default.as_integer().map(|n| n as f64));
            let number = number.expect("sliders are for numbers");
            let holds = slider.low <= number && number <= slider.high;
            assert!(holds, "{path}: {number} is not on {slider:?}");
            assert!(
                slider.step > 0.0 && slider.high > slider.low,
                "{path}: {slider:?}"
            );
        }
    }
}

#[test]
fn every_policy_of_a_group_exists_and_indicators_have_names_for_people() {
    let kinds = Registry::embedded().policy_kinds();
    for kind in GROUPS.iter().flat_map(|(_, kinds)| kinds.iter()) {
        assert!(kinds.iter().any(|known| known == kind), "{kind}");
    }
    assert_eq!(group_of("plant_closure"), SHOCKS);
    for definition in MonthIndicators::definitions() {
        let label = indicator_label(definition.name);
        let is_plain = !label.contains('_') && !label.starts_with("Kpi");
        assert!(is_plain, "{label}");
    }
}

#[test]
fn labels_are_words() {
    let registry = Registry::embedded();
    for (path, words) in [
        ("automation.kept_hours", "Kept hours"),
        (
            "technologies.ai.cost_decline",
            "Artificial intelligence: cost decline",
        ),
        ("sectors.retail.jobs_share", "Retail: jobs share"),
        ("policies.training.places", "Places"),
        ("ai_capability_jump", "AI capability jump"),
    ] {
        assert_eq!(label(registry, path), words);
    }
}
