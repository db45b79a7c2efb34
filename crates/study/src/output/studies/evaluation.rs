//! Tables, chart and page of an evaluation.

use crate::evaluate::{
    Evaluation, EvaluationPlan, Found, Half, Known, Measure, Nature, Verdict, score,
};
use crate::output::run_charts::Chart;
use crate::output::table::{ColumnData, Table, TableError, Words};
use charts::{ChartError, ForestChart, ForestRow, Standing, Words as ChartWords};

use super::with_numbers;

/// A figure of a row: the row, and its measure with what was found; a row that cannot be run has one without.
type Figure<'a> = (&'a Evaluation, Option<(&'a Measure, &'a Found)>);

/// The figures of all rows in order.
fn figures<'a>(plan: &'a EvaluationPlan, found: &'a [Found]) -> Vec<Figure<'a>> {
    let mut figures = Vec::new();
    for (place, row) in plan.rows.iter().enumerate() {
        let of_row = found.iter().filter(|one| one.row == place);
        let with =
            of_row.filter_map(|one| Some((row, Some((row.measures.get(one.measure)?, one)))));
        let before = figures.len();
        figures.extend(with);
        if figures.len() == before {
            figures.push((row, None));
        }
    }
    figures
}

/// The verdict on a figure in words, with what is missing.
pub fn verdict_words(row: &Evaluation, found: Option<&Found>) -> String {
    match found {
        Some(found) => found.verdict.words(),
        None if row.missing.is_empty() => "not measured".to_owned(),
        None => format!("cannot be run: missing {}", row.missing),
    }
}

fn known(row: &Evaluation) -> &'static str {
    match row.known {
        Known::Read => "read",
        Known::ReadElsewhere => "read elsewhere",
        Known::Remembered => "remembered",
    }
}

fn nature(row: &Evaluation) -> &'static str {
    match row.nature {
        Nature::Response => "response",
        Nature::Imposed => "imposed",
    }
}

fn half(row: &Evaluation) -> &'static str {
    match row.half {
        Half::Fit => "fit",
        Half::Check => "check",
    }
}

/// `evaluations`: one row a figure of a published evaluation.
///
/// # Errors
/// None that sound rows can cause.
pub fn evaluations(plan: &EvaluationPlan, found: &[Found]) -> Result<Table, TableError> {
    let figures = figures(plan, found);
    let words = |of: &dyn Fn(&Figure<'_>) -> String| {
        ColumnData::Text(figures.iter().map(of).collect::<Words>())
    };
    let measure = |(_, figure): &Figure<'_>| figure.map(|(measure, _)| measure.clone());
    let mut table = Table::new("evaluations")
        .with("id", "", "Row.", words(&|f| f.0.id.clone()))?
        .with("title", "", "Its name.", words(&|f| f.0.title.clone()))?
        .with(
            "policy",
            "",
            "Kind of policy or shock.",
            words(&|f| f.0.policy.clone()),
        )?
        .with(
            "what",
            "",
            "What is measured.",
            words(&|f| measure(f).map_or(String::new(), |m| m.what)),
        )?
        .with(
            "unit",
            "",
            "Unit of all figures of the row.",
            words(&|f| measure(f).map_or(String::new(), |m| m.unit)),
        )?
        .with(
            "verdict",
            "",
            "How the model's figure stands to the band.",
            words(&|f| verdict_words(f.0, f.1.map(|(_, found)| found))),
        )?;
    let headings = [
        ("published", "unit of the row", "Published estimate."),
        ("low", "unit of the row", "Lower end of the band."),
        ("high", "unit of the row", "Upper end of the band."),
        ("estimate", "unit of the row", "The model's estimate."),
        (
            "standard_error",
            "unit of the row",
            "Its standard error over towns (jackknife).",
        ),
        (
            "inert",
            "unit of the row",
            "The same in a model in which the policy is disconnected.",
        ),
        ("towns", "pairs of towns", "Number of pairs of towns."),
    ];
    let numbers = figures.iter().map(|(_, figure)| match figure {
        Some((measure, found)) => [
            measure.published.unwrap_or(f64::NAN),
            measure.low.unwrap_or(f64::NAN),
            measure.high.unwrap_or(f64::NAN),
            found.estimate.value,
            found.estimate.standard_error,
            found.inert,
            f64::from(found.towns),
        ],
        None => [f64::NAN; 7],
    });
    table = with_numbers(table, headings, numbers)?;
    table
        .with(
            "nature",
            "",
            "Whether the model answers (response) or a parameter states the size (imposed).",
            words(&|f| nature(f.0).to_owned()),
        )?
        .with(
            "half",
            "",
            "Whether the row may be looked at when rules are changed (fit) or is kept for checking (check).",
            words(&|f| half(f.0).to_owned()),
        )?
        .with("known", "", "How the source was checked.", words(&|f| known(f.0).to_owned()))?
        .with("source", "", "Source.", words(&|f| f.0.source.clone()))
}

/// The forest plot: the model's figures beside published ones.
///
/// # Errors
/// If the drawing library refuses.
pub fn forest(plan: &EvaluationPlan, found: &[Found]) -> Result<Chart, ChartError> {
    let rows = figures(plan, found).into_iter().map(|(row, figure)| {
        let name = format!("{} {}", row.id, row.title);
        match figure {
            Some((measure, found)) => ForestRow {
                name,
                what: match measure.unit.is_empty() {
                    true => measure.what.clone(),
                    false => format!("{}, {}", measure.what, measure.unit),
                },
                band: [measure.low, measure.high],
                width: measure.width(),
                published: measure.published,
                interval: measure.interval,
                value: found.estimate.value,
                reach: 2.0 * found.estimate.standard_error,
                verdict: found.verdict.words(),
                standing: match found.verdict {
                    Verdict::Agrees => Standing::Inside,
                    Verdict::Sign | Verdict::Size(_) => Standing::Outside,
                    Verdict::CannotTell => Standing::Unknown,
                    Verdict::NotMeasured => Standing::Missing,
                },
            },
            None => ForestRow {
                name,
                what: format!("missing: {}", row.missing),
                band: [None, None],
                width: 1.0,
                published: None,
                interval: None,
                value: f64::NAN,
                reach: f64::NAN,
                verdict: "cannot be run".to_owned(),
                standing: Standing::Missing,
            },
        }
    });
    let score = score(&plan.rows, found);
    let chart = ForestChart {
        words: ChartWords {
            title: format!(
                "The model beside published evaluations: {} of {} agree",
                score.agree, score.rows
            ),
            subtitle: "Model's estimate and published estimate, by evaluation".to_owned(),
            caption: score.line(),
            footer: format!(
                "mainstreet {}, {}",
                env!("CARGO_PKG_VERSION"),
                plan.scenario.name
            ),
        },
        rows: rows.collect(),
    };
    Chart::new("evaluations", chart.render())
}

/// The page: what was found, what the model gives, and why they differ, in Markdown.
pub fn page(plan: &EvaluationPlan, found: &[Found], intro: &str) -> String {
    let mut text = format!(
        "# Evaluations\n\n{intro}\n\n{}.\n",
        score(&plan.rows, found).line()
    );
    text.push_str(
        "\n| row | published | what is measured | band | model (s.e.) | towns | verdict | inert model |\n\
         |---|---|---|---|---|---|---|---|\n",
    );
    for (row, figure) in figures(plan, found) {
        let name = format!("{} {}", row.id, row.title);
        let line = match figure {
            Some((measure, found)) => format!(
                "| {name} | {} | {}{} | {} | {} ({}) | {} | {} | {} |\n",
                measure.published.map_or("–".to_owned(), number),
                measure.what,
                match measure.unit.is_empty() {
                    true => String::new(),
                    false => format!(", {}", measure.unit),
                },
                measure.band(),
                number(found.estimate.value),
                number(found.estimate.standard_error),
                found.towns,
                found.verdict.words(),
                match found.inert_agrees {
                    true => "agrees",
                    false => "fails",
                },
            ),
            None => format!(
                "| {name} | – | – | – | – | – | {} | – |\n",
                verdict_words(row, None)
            ),
        };
        text.push_str(&line);
    }
    text.push_str("\n## Rows\n");
    for row in &plan.rows {
        text.push_str(&format!(
            "\n**{} {}** ({}, {} half; source {}). {} {}: {}, {}.",
            row.id,
            row.title,
            nature(row),
            half(row),
            known(row),
            row.finding,
            row.source,
            row.population,
            row.horizon
        ));
        for (label, said) in [("Loose", &row.loose), ("Why the model differs", &row.doubt)] {
            if !said.is_empty() {
                text.push_str(&format!(" *{label}:* {said}"));
            }
        }
        text.push('\n');
    }
    text
}

/// A number in few digits.
pub fn number(value: f64) -> String {
    match value.abs() {
        size if !size.is_finite() => "–".to_owned(),
        size if size >= 100.0 => format!("{value:.0}"),
        size if size >= 10.0 => format!("{value:.1}"),
        size if size >= 1.0 => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}
