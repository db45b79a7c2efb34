//! Single people and firms: who earns what after two years, and what became of those who were unemployed at the start.
//!
//!     cargo run --release --example read_agents
//!
//! A town is columns: row `w` of every column of `town.workers` is one person, row `f` of `town.firms` one business. A row
//! keeps its person; a closed firm's row may later hold another, told apart by `uid`.

use mainstreet::prelude::*;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let p = parameters("baseline", &["town.residents=5000", "run.burn_in_months=0"])?;
    let mut town = build_town(&p, Draws::new(1, 0))?;
    let workers = &town.workers;
    let unemployed: Vec<usize> = (0..workers.len())
        .filter(|&worker| workers.status[worker] == Status::Unemployed)
        .collect();
    let mut scratch = Scratch::default();
    for _ in 0..24 {
        advance(&mut town, &p, &mut scratch)?;
    }

    println!("people who work for others, by occupation");
    for (occupation, name) in OCCUPATION_IDS.iter().enumerate() {
        let mut wages: Vec<Money> = (0..town.workers.len())
            .filter(|&w| usize::from(town.workers.occupation[w]) == occupation)
            .filter(|&w| town.workers.status[w] == Status::Employed)
            .map(|w| town.workers.wage[w])
            .collect();
        wages.sort_unstable();
        if let Some(median) = wages.get(wages.len() / 2) {
            println!(
                "{name:28} {:5} at a median of {median} a month",
                wages.len()
            );
        }
    }

    println!("the five largest businesses");
    let mut firms: Vec<usize> = town.firms.open_rows().collect();
    firms.sort_by_key(|&firm| std::cmp::Reverse(town.firms.workers(firm)));
    for &firm in firms.iter().take(5) {
        println!(
            "{:22} {:4} workers, {} in the bank, {} months old",
            SECTOR_IDS[usize::from(town.firms.sector[firm])],
            town.firms.workers(firm),
            town.firms.cash[firm],
            town.firms.age[firm],
        );
    }

    println!(
        "the {} unemployed of the start, two years on",
        unemployed.len()
    );
    for status in [
        Status::Employed,
        Status::Owner,
        Status::Unemployed,
        Status::Inactive,
    ] {
        let now = unemployed
            .iter()
            .filter(|&&w| town.workers.status[w] == status);
        println!("{:4} {status:?}", now.count());
    }
    Ok(())
}
