//! The scenarios that come with the program.

/// The default file: every parameter, its value, meaning, unit, range and source.
pub const DEFAULT: &str = include_str!("../../../../scenarios/default.toml");

/// Texts that come with the program, by name.
#[derive(Debug, Clone, Copy)]
pub struct Library {
    /// Presets by town kind: laid right above the default file.
    pub towns: &'static [(&'static str, &'static str)],
    /// Scenarios by name.
    pub scenarios: &'static [(&'static str, &'static str)],
}

/// The program's own library.
pub const LIBRARY: Library = Library {
    towns: &[
        (
            "main_street",
            include_str!("../../../../scenarios/towns/main_street.toml"),
        ),
        (
            "factory",
            include_str!("../../../../scenarios/towns/factory.toml"),
        ),
        (
            "college",
            include_str!("../../../../scenarios/towns/college.toml"),
        ),
        (
            "tourist",
            include_str!("../../../../scenarios/towns/tourist.toml"),
        ),
    ],
    scenarios: &[
        (
            "baseline",
            include_str!("../../../../scenarios/baseline.toml"),
        ),
        (
            "no-automation",
            include_str!("../../../../scenarios/no-automation.toml"),
        ),
        (
            "outside-only",
            include_str!("../../../../scenarios/outside-only.toml"),
        ),
        (
            "fast-ai",
            include_str!("../../../../scenarios/fast-ai.toml"),
        ),
        (
            "human-centric",
            include_str!("../../../../scenarios/human-centric.toml"),
        ),
        (
            "replace",
            include_str!("../../../../scenarios/replace.toml"),
        ),
        (
            "unaligned",
            include_str!("../../../../scenarios/unaligned.toml"),
        ),
        (
            "cyber-wave",
            include_str!("../../../../scenarios/cyber-wave.toml"),
        ),
        (
            "giants-advance",
            include_str!("../../../../scenarios/giants-advance.toml"),
        ),
        (
            "reskilling",
            include_str!("../../../../scenarios/reskilling.toml"),
        ),
        (
            "firm-led-training",
            include_str!("../../../../scenarios/firm-led-training.toml"),
        ),
        (
            "digital-literacy",
            include_str!("../../../../scenarios/digital-literacy.toml"),
        ),
        (
            "basic-income",
            include_str!("../../../../scenarios/basic-income.toml"),
        ),
        (
            "basic-income-taxed",
            include_str!("../../../../scenarios/basic-income-taxed.toml"),
        ),
        (
            "basic-income-local",
            include_str!("../../../../scenarios/basic-income-local.toml"),
        ),
        (
            "wage-insurance",
            include_str!("../../../../scenarios/wage-insurance.toml"),
        ),
        (
            "stronger-unemployment-insurance",
            include_str!("../../../../scenarios/stronger-unemployment-insurance.toml"),
        ),
        (
            "minimum-wage",
            include_str!("../../../../scenarios/minimum-wage.toml"),
        ),
        (
            "notice-and-retrain",
            include_str!("../../../../scenarios/notice-and-retrain.toml"),
        ),
        (
            "fairness-audit",
            include_str!("../../../../scenarios/fairness-audit.toml"),
        ),
        ("grants", include_str!("../../../../scenarios/grants.toml")),
        (
            "loan-window",
            include_str!("../../../../scenarios/loan-window.toml"),
        ),
        (
            "association",
            include_str!("../../../../scenarios/association.toml"),
        ),
        ("nudge", include_str!("../../../../scenarios/nudge.toml")),
        (
            "automation-levy",
            include_str!("../../../../scenarios/automation-levy.toml"),
        ),
        (
            "human-service-mandate",
            include_str!("../../../../scenarios/human-service-mandate.toml"),
        ),
        (
            "data-duty",
            include_str!("../../../../scenarios/data-duty.toml"),
        ),
        (
            "local-procurement",
            include_str!("../../../../scenarios/local-procurement.toml"),
        ),
        (
            "local-marketplace",
            include_str!("../../../../scenarios/local-marketplace.toml"),
        ),
        (
            "reshoring-incentive",
            include_str!("../../../../scenarios/reshoring-incentive.toml"),
        ),
        (
            "manufacturing-hub",
            include_str!("../../../../scenarios/manufacturing-hub.toml"),
        ),
        (
            "tax-abatement",
            include_str!("../../../../scenarios/tax-abatement.toml"),
        ),
        (
            "cheaper-imports",
            include_str!("../../../../scenarios/cheaper-imports.toml"),
        ),
        (
            "chain-entry",
            include_str!("../../../../scenarios/chain-entry.toml"),
        ),
        ("tariff", include_str!("../../../../scenarios/tariff.toml")),
        (
            "offshore-disruption",
            include_str!("../../../../scenarios/offshore-disruption.toml"),
        ),
        (
            "plant-closure",
            include_str!("../../../../scenarios/plant-closure.toml"),
        ),
        (
            "hollowed-out",
            include_str!("../../../../scenarios/hollowed-out.toml"),
        ),
        (
            "main-street-revival",
            include_str!("../../../../scenarios/main-street-revival.toml"),
        ),
    ],
};

impl Library {
    /// The preset of a town kind.
    pub fn town(&self, kind: &str) -> Option<&'static str> {
        find(self.towns, kind)
    }

    /// A scenario by its name, with or without `.toml`.
    pub fn scenario(&self, name: &str) -> Option<&'static str> {
        find(self.scenarios, name.strip_suffix(".toml").unwrap_or(name))
    }
}

fn find(list: &[(&str, &'static str)], name: &str) -> Option<&'static str> {
    list.iter()
        .find(|(key, _)| *key == name)
        .map(|(_, text)| *text)
}
