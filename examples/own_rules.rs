//! Rules of one's own: every month, whoever is unemployed without insurance gets $300 from the outer government.
//!
//!     cargo run --release --example own_rules
//!
//! A [`Model`] builds a town and moves it by a month. It may do so with the model's own rules and something before or
//! after them, or in place of them. Money moves on both sides: on the household's account, and in the ledger.

use mainstreet::prelude::*;

/// The model's rules, and a relief after them.
struct WithRelief {
    monthly: Money,
}

impl Model for WithRelief {
    type Scratch = Scratch;

    fn build(&self, p: &Parameters, draws: Draws) -> Result<Town, BuildError> {
        MainStreet.build(p, draws)
    }

    fn advance(
        &self,
        town: &mut Town,
        p: &Parameters,
        scratch: &mut Scratch,
    ) -> Result<(), Breach> {
        MainStreet.advance(town, p, scratch)?;
        for worker in 0..town.workers.len() {
            let insured = town.workers.benefit_months[worker] > 0;
            if town.workers.status[worker] == Status::Unemployed && !insured {
                let household = town.workers.household[worker] as usize;
                town.households.deposits[household] += self.monthly;
                town.ledger.record(Flow::OtherTransfers, self.monthly);
            }
        }
        // Had one side been forgotten, the next month's check of the accounts would end the run and say so.
        Ok(())
    }
}

/// A run of any model. An `Ensemble` does the same for many runs, with checkpoints.
fn record<M: Model>(model: &M, p: &Parameters) -> Result<RunRecord, RunError> {
    let mut scratch = M::Scratch::default();
    simulate_with(
        p,
        RunSettings::of(p, 0),
        |draws| model.build(p, draws).map_err(std::io::Error::other),
        |town| model.advance(town, p, &mut scratch),
        &mut |_| ControlFlow::Continue(()),
    )
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let p = parameters(
        "baseline",
        &[
            "town.residents=5000",
            "run.burn_in_months=12",
            "run.months=24",
        ],
    )?;
    let usual = record(&MainStreet, &p)?;
    let relief = record(
        &WithRelief {
            monthly: Money::from_dollars(300.0),
        },
        &p,
    )?;
    for indicator in ["consumption_real", "unemployment_rate", "poverty_rate"] {
        let last = |record: &RunRecord| record.series(indicator).and_then(|s| s.last().copied());
        let (usual, relief) = (last(&usual), last(&relief));
        println!(
            "{indicator:20} {:>14.4} {:>14.4}",
            usual.unwrap_or(f64::NAN),
            relief.unwrap_or(f64::NAN)
        );
    }
    Ok(())
}
