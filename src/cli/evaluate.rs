//! `mainstreet evaluate`: published evaluations, repeated.

use std::path::PathBuf;

use clap::Args;
use mainstreet::output::studies::{number, verdict_words};
use mainstreet::scenario::{self, Source};
use mainstreet::study::evaluate::{self, Evaluation, EvaluationPlan, Found, Verdict, score, worst};
use mainstreet::study::{Answer, Asked, Request, StudyScenario};

use super::failure::Failure;
use super::study::{Place, begin};
use super::{Global, say, told};

/// Residents of the towns, unless asked otherwise: shares of programs that reach few people need that many.
const RESIDENTS: u32 = 10_000;
/// Residents and pairs of towns of a quick look.
const QUICK: (u32, u32) = (5_000, 4);

/// Which evaluations, and on how many towns.
#[derive(Args)]
pub struct EvaluateArgs {
    /// Only this row, such as P1; may be given several times.
    #[arg(long = "row", value_name = "ID")]
    rows: Vec<String>,
    /// Rows of your own in place of those that come with the program; the format is that of
    /// scenarios/evaluations.toml.
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
    /// Pairs of towns of every row, in place of what rows say.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(2..=10_000))]
    towns: Option<u32>,
    /// Residents of each town [default: 10000].
    #[arg(long, value_name = "N")]
    residents: Option<u32>,
    /// A quick look: 4 pairs of towns of 5,000 residents, unless --towns or --residents say otherwise.
    #[arg(long)]
    quick: bool,
    /// End with exit code 1 unless every row agrees.
    #[arg(long)]
    strict: bool,
    /// Change one value in every town, such as --set trade.reshoring_elasticity=2; may be given several times.
    #[arg(long = "set", value_name = "KEY=VALUE")]
    settings: Vec<String>,
    /// Seed of all draws.
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    #[command(flatten)]
    place: Place,
}

/// Repeats published evaluations.
pub fn evaluate(args: &EvaluateArgs, global: &Global) -> Result<(), Failure> {
    let plan = plan(args)?;
    let asked = Asked::Evaluate {
        plan: Box::new(plan),
    };
    let effort = asked.effort()?;
    say(
        global,
        &format!(
            "{} towns of {} residents, up to {} months",
            effort.runs, effort.residents, effort.months
        ),
    );
    let request = Request::new(asked, args.place.csv);
    let root = args.place.root("evaluate");
    let answer = begin(&request, None, &root, &args.place, global)?;
    told::print_answer(&request, &answer)?;
    say(global, &format!("results in {}", root.display()));
    match (&answer, &request.asked) {
        (Answer::Evaluation(found), Asked::Evaluate { plan }) if args.strict => {
            let score = score(&plan.rows, found);
            match score.agree == score.rows {
                true => Ok(()),
                false => Err(Failure::run(format!(
                    "{} rows do not agree",
                    score.rows - score.agree
                ))),
            }
        }
        _ => Ok(()),
    }
}

fn plan(args: &EvaluateArgs) -> Result<EvaluationPlan, Failure> {
    let (residents, towns) = match args.quick {
        true => (QUICK.0, Some(QUICK.1)),
        false => (RESIDENTS, None),
    };
    let residents = args.residents.unwrap_or(residents);
    let mut settings = vec![format!("town.residents={residents}")];
    settings.extend(args.settings.iter().cloned());
    settings.extend(args.seed.map(|seed| format!("run.seed={seed}")));
    let loaded = scenario::load(&Source::Embedded("baseline".to_owned()), &settings)
        .and_then(|loaded| StudyScenario::of(&loaded))
        .map_err(|found| Failure::mistakes(&found, false))?;
    Ok(EvaluationPlan {
        scenario: loaded.to_text(),
        rows: chosen(args)?,
        towns: args.towns.or(towns),
        most_months: None,
    })
}

/// The rows asked for.
fn chosen(args: &EvaluateArgs) -> Result<Vec<Evaluation>, Failure> {
    let rows = match &args.file {
        None => evaluate::rows().map_err(|error| Failure::usage(error.to_string()))?,
        Some(path) => {
            let text = std::fs::read_to_string(path).map_err(|error| {
                Failure::files(format!("cannot read {}: {error}", path.display()))
            })?;
            evaluate::parse(&text)
                .map_err(|error| Failure::usage(format!("{}:\n{error}", path.display())))?
        }
    };
    if args.rows.is_empty() {
        return Ok(rows);
    }
    let known: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    for wanted in &args.rows {
        if !known.iter().any(|id| id.eq_ignore_ascii_case(wanted)) {
            return Err(Failure::usage(format!(
                "there is no row `{wanted}`; there are {}",
                known.join(", ")
            )));
        }
    }
    let asked = |row: &Evaluation| args.rows.iter().any(|id| id.eq_ignore_ascii_case(&row.id));
    Ok(rows.into_iter().filter(asked).collect())
}

/// The table for a terminal: a line a figure, and the score.
pub fn told(plan: &EvaluationPlan, found: &[Found]) -> String {
    let mut text = format!(
        "{:4} {:>9} {:>8} {:>5}  {:16} {:14} {}\n",
        "row", "model", "± s.e.", "towns", "band", "verdict", "what"
    );
    for (place, row) in plan.rows.iter().enumerate() {
        if row.measures.is_empty() {
            text.push_str(&format!(
                "{:4} {}: {}\n",
                row.id,
                verdict_words(row, None),
                row.title
            ));
            continue;
        }
        for one in found.iter().filter(|one| one.row == place) {
            let Some(measure) = row.measures.get(one.measure) else {
                continue;
            };
            let inert = match (one.verdict, one.inert_agrees) {
                (Verdict::Agrees, true) => " (so does a model without the policy)",
                _ => "",
            };
            text.push_str(&format!(
                "{:4} {:>9} {:>8} {:>5}  {:16} {:14} {}{inert}\n",
                row.id,
                number(one.estimate.value),
                number(one.estimate.standard_error),
                one.towns,
                measure.band(),
                one.verdict.words(),
                measure.what,
            ));
        }
    }
    for (place, row) in plan.rows.iter().enumerate() {
        if matches!(worst(found, place), Some(Verdict::Sign)) {
            text.push_str(&format!("{} has the other sign: {}\n", row.id, row.finding));
        }
    }
    text.push_str(&score(&plan.rows, found).line());
    text.push('\n');
    text
}
