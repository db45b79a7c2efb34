//! What a scenario costs the public, as a few lines for a terminal.

use mainstreet::output::summary::Form;
use mainstreet::study::compare::{
    COST_MEASURES, Difference, JOB_YEARS, LOCAL_DEBT, ORIGINAL_JOB_YEARS, OutcomeCost,
    PROGRAM_REVENUE, PROGRAM_SPENDING, PUBLIC_COST, RAISED, REACHED, REST_OF_COUNTRY,
    ScenarioChange, unit_gained,
};

/// Program spending, net public cost, and what a unit of each outcome gained costs; over the whole run.
pub fn told(scenario: &ScenarioChange) -> String {
    let of = |measure: usize| -> Option<&Difference> {
        let found = scenario.costs.get(measure);
        found.map(|change| &change.difference)
    };
    let Some((cost, work)) = of(PUBLIC_COST).zip(of(JOB_YEARS)) else {
        return String::new();
    };
    let Some(own) = of(ORIGINAL_JOB_YEARS) else {
        return String::new();
    };
    let amount = |measure: usize| of(measure).map_or(0.0, |difference| difference.estimate);
    let mut text = format!(
        "Public cost over the whole run: {}\n{} of residents of month 0: {}{}; of everybody in town: {}\n",
        range(cost, Form::Dollars),
        sentence(COST_MEASURES[ORIGINAL_JOB_YEARS].1),
        range(own, Form::Count),
        bounds(scenario),
        range(work, Form::Count)
    );
    let [local, outer] = PROGRAM_SPENDING.map(amount);
    let collected = amount(PROGRAM_REVENUE);
    if local != 0.0 || outer != 0.0 || collected != 0.0 {
        let [local, outer, collected] =
            [local, outer, collected].map(|dollars| Form::Dollars.write(dollars));
        text.push_str(&format!(
            "Programs alone: local government pays {local}, outer government {outer}; levies and duties bring \
             {collected}\n"
        ));
    }
    let written = |measure: usize| Form::Dollars.write(amount(measure));
    let [by_town, by_outer] = RAISED.map(written);
    text.push_str(&format!(
        "Who pays: the town raises {by_town} more, the outer government {by_outer} more in town; debt of the town \
         changes by {}, payments from the rest of the country by {}\n",
        written(LOCAL_DEBT),
        written(REST_OF_COUNTRY)
    ));
    let reached = REACHED.map(amount);
    if reached.iter().any(|&number| number != 0.0) {
        let months = scenario.indicators.first();
        let months = months.map_or(1, |change| change.months.len()).max(1) as f64;
        let [in_persons, persons, in_firms] = reached;
        text.push_str(&format!(
            "Reached in an average month of the run: {} persons and {} firms; {} persons for the first time, all in \
             all\n",
            Form::Count.write(in_persons / months),
            Form::Count.write(in_firms / months),
            Form::Count.write(persons)
        ));
    }
    for outcome in &scenario.outcomes {
        text.push_str(&unit_cost(outcome));
    }
    text
}

fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}

/// What the two bounds on those who left say, where they differ in sign.
fn bounds(scenario: &ScenarioChange) -> String {
    let bound = |after: usize| {
        let found = scenario.costs.get(ORIGINAL_JOB_YEARS + after);
        found.map_or(0.0, |change| change.difference.estimate)
    };
    let [jobless, left_out] = [1, 2].map(bound);
    if jobless * left_out >= 0.0 {
        return String::new();
    }
    format!(
        " (the sign hangs on those who left: {} if all were out of work, {} with them left out)",
        Form::Count.write(jobless),
        Form::Count.write(left_out)
    )
}

fn unit_cost(cost: &OutcomeCost) -> String {
    let unit = unit_gained(cost.outcome);
    match cost.standing() {
        "known" if cost.low < 0.0 && cost.high > 0.0 => format!(
            "Net public cost of {unit}: may be a cost or a gain ({} … {})\n",
            dollars(cost.low),
            dollars(cost.high)
        ),
        "known" if cost.estimate < 0.0 => {
            let [each, low, high] = [-cost.estimate, -cost.high, -cost.low].map(dollars);
            format!(
                "Net public cost of {unit}: none; governments gain {each} with each ({low} … {high})\n"
            )
        }
        "known" => {
            let [each, low, high] = [cost.estimate, cost.low, cost.high].map(dollars);
            format!("Net public cost of {unit}: {each} ({low} … {high})\n")
        }
        "uncertain" => format!("Net public cost of {unit}: not told, as the gain may be none\n"),
        "falls" => format!("Net public cost of {unit}: none is gained, it falls\n"),
        _ => String::new(),
    }
}

/// Dollars, with cents if they are few.
fn dollars(value: f64) -> String {
    if value.abs() < 100.0 {
        let sign = if value < 0.0 { "-" } else { "" };
        format!("{sign}${:.2}", value.abs())
    } else {
        Form::Dollars.write(value)
    }
}

fn range(difference: &Difference, form: Form) -> String {
    format!(
        "{} ({} … {}){}",
        form.write(difference.estimate),
        form.write(difference.low),
        form.write(difference.high),
        if difference.sign_is_uncertain() {
            ", sign uncertain"
        } else {
            ""
        }
    )
}
