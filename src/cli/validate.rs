//! `mainstreet validate`: published facts, measured.

use clap::Args;
use mainstreet::scenario::{self, Source};
use mainstreet::study::evaluate::last_score;
use mainstreet::study::validate::{
    Measurement, TargetNature, ValidationRuns, Verdict, headline, targets,
};

use super::failure::Failure;
use super::run::simulate;
use super::{Global, print, say};

/// How many runs to measure on.
#[derive(Args)]
pub struct ValidateArgs {
    /// Seeds, with three runs each: the default town, the town without automation and business cycle, and that town
    /// with more exports.
    #[arg(long, default_value_t = 8, value_name = "N")]
    replicates: u32,
    /// Change one value, such as --set town.residents=20000; may be given several times.
    #[arg(long = "set", value_name = "KEY=VALUE")]
    settings: Vec<String>,
    /// Seed of all draws.
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// End with exit code 1 if any target is missed or was not measured.
    #[arg(long)]
    strict: bool,
    /// Print the measurements as JSON.
    #[arg(long)]
    json: bool,
}

/// Measures every target on the default town.
pub fn validate(args: &ValidateArgs, global: &Global) -> Result<(), Failure> {
    if args.replicates == 0 {
        return Err(Failure::usage("--replicates must be 1 or more"));
    }
    let mut settings = args.settings.clone();
    if let Some(seed) = args.seed {
        settings.push(format!("run.seed={seed}"));
    }
    let mistakes = |found: Vec<scenario::Diagnostic>| Failure::mistakes(&found, args.json);
    let loaded =
        scenario::load(&Source::Embedded("baseline".to_owned()), &settings).map_err(mistakes)?;
    let parameters = scenario::resolve(&loaded).map_err(mistakes)?;
    let targets = targets().map_err(|error| Failure::run(error.to_string()))?;
    say(
        global,
        &format!("3 runs for each of {} seeds", args.replicates),
    );
    let mut failure = None;
    let runs = ValidationRuns::make(&parameters, args.replicates, |parameters, replicate| {
        simulate(parameters, replicate, global)
            .map_err(|error| failure = Some(error))
            .map_err(|()| mainstreet::run::RunError::Interrupted { months_lived: 0 })
    });
    let runs = match (runs, failure) {
        (_, Some(failure)) => return Err(failure),
        (runs, None) => runs?,
    };
    let measurements = runs.measure(targets);
    if args.json {
        print(&format!("{:#}\n", as_json(&measurements)))?;
    } else {
        print(&as_text(&measurements, parameters.town.residents))?;
    }
    let missed = measurements
        .iter()
        .filter(|m| m.verdict == Verdict::Miss)
        .count();
    let unmeasured = (measurements.iter())
        .filter(|m| m.verdict == Verdict::NotMeasured)
        .count();
    if args.strict && missed + unmeasured > 0 {
        return Err(Failure::run(format!(
            "{missed} targets missed, {unmeasured} not measured"
        )));
    }
    Ok(())
}

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "pass",
        Verdict::Miss => "MISS",
        Verdict::Unsure => "±",
        Verdict::NotMeasured => "none",
    }
}

/// Three decimals, or a dash for a number that does not exist.
fn number(value: f64) -> String {
    match value.is_finite() {
        true => format!("{value:.3}"),
        false => "–".to_owned(),
    }
}

fn as_text(measurements: &[Measurement], residents: u32) -> String {
    let mut text = String::new();
    for (nature, heading) in [
        (
            TargetNature::External,
            "Published facts that no parameter was set to",
        ),
        (TargetNature::Input, "Facts that parameters were set to"),
        (
            TargetNature::SelfConsistency,
            "Requirements on the model's own accounts and rest",
        ),
    ] {
        text.push_str(&format!(
            "{heading}\n{:4}  {:24} {:>9} {:>8}  {:14} {}\n",
            "", "target", "measured", "± s.e.", "range", "source"
        ));
        for m in measurements.iter().filter(|m| m.target.nature == nature) {
            text.push_str(&format!(
                "{:4}  {:24} {:>9} {:>8}  {:14} {}\n",
                word(m.verdict),
                m.target.id,
                number(m.mean),
                number(m.standard_error),
                m.target.range(),
                m.target.source
            ));
        }
    }
    let count = |verdict| measurements.iter().filter(|m| m.verdict == verdict).count();
    let seeds = measurements.first().map_or(0, |m| m.values.len());
    text.push_str(&format!(
        "all rows: {} in range, {} missed, {} not told (±: the standard error is more than a quarter of the range), {} \
         not measured; {seeds} seeds of towns of {residents} residents\n",
        count(Verdict::Pass),
        count(Verdict::Miss),
        count(Verdict::Unsure),
        count(Verdict::NotMeasured)
    ));
    let (met, of) = headline(measurements);
    text.push_str(&format!("{met} of {of} external facts"));
    if let Some((agree, rows)) = last_score() {
        text.push_str(&format!(
            ", {agree} of {rows} evaluations (last full run of `mainstreet evaluate`)"
        ));
    }
    text.push('\n');
    text
}

fn as_json(measurements: &[Measurement]) -> serde_json::Value {
    measurements
        .iter()
        .map(|m| {
            serde_json::json!({
                "id": m.target.id, "what": m.target.what, "unit": m.target.unit, "kind": m.target.kind, "nature": m.target.nature.name(),
                "low": m.target.low, "high": m.target.high, "source": m.target.source,
                "mean": m.mean, "standard_error": m.standard_error, "values": m.values,
                "verdict": match m.verdict {
                    Verdict::Unsure => "unsure".to_owned(),
                    verdict => word(verdict).to_lowercase(),
                },
            })
        })
        .collect()
}
