//! A policy of one's own: what a basic income of two amounts does beside doing nothing, with the same draws.
//!
//!     cargo run --release --example own_policy
//!
//! Every policy and shock of docs/policies is an entry of a scenario's timeline, with parameters of its own.

use mainstreet::prelude::*;

const TOWN: &str = r#"
schema_version = 1
town.residents = 5000
run.burn_in_months = 12
run.months = 24
"#;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let entry = "[[timeline]]\nkind = \"basic_income\"\nfrom = 6\n";
    let policy = format!("{TOWN}\n{entry}");
    let variants = [
        ("nothing", parameters_of_text(TOWN, &[])?),
        (
            "$200 a month",
            parameters_of_text(&policy, &["timeline.basic_income.amount=200"])?,
        ),
        (
            "$500 a month",
            parameters_of_text(&policy, &["timeline.basic_income.amount=500"])?,
        ),
    ];
    println!("last 12 months of one run: a difference may be luck (`study.rs` tells it from luck)");
    println!(
        "{:14} {:>12} {:>12} {:>16}",
        "basic income", "poverty", "employment", "program spending"
    );
    for (name, p) in &variants {
        let record = simulate(p, 0, &mut |_| ControlFlow::Continue(()))?;
        let mean = |indicator: &str| -> f64 {
            let months = record.series(indicator).expect("it is an indicator");
            months.iter().rev().take(12).sum::<f64>() / 12.0
        };
        println!(
            "{name:14} {:>11.1}% {:>11.1}% {:>16.0}",
            100.0 * mean("poverty_rate"),
            100.0 * mean("employment_rate"),
            mean("program_spending_outer"),
        );
    }
    Ok(())
}
