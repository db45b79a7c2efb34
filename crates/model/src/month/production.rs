//! Phase 7, produce: staff, skills and productivity make each firm's capacity.

use crate::parallel::prelude::*;

use crate::scenario::Parameters;
use crate::town::{Firms, Labor, Town, Workers};
use crate::units::{Money, sector};

use super::planning::task_need;
use super::scratch::Scratch;

/// Labor units of one worker: skill in the job × the occupation's wage at month 0 over the mean wage.
#[inline]
pub fn labor_units(workers: &Workers, worker: usize, labor: &Labor, mean_wage: f64) -> f64 {
    labor.profile.in_job(workers, worker) * labor.initial_wage[workers.occupation[worker] as usize]
        / mean_wage
}

/// Counts staff, wage bills and labor units, and sets capacity `Y = Z · L / need`.
pub fn set_capacity(town: &mut Town, p: &Parameters, scratch: &Scratch) {
    let mean_wage = town.anchors.mean_wage;
    let Town {
        firms,
        workers,
        labor,
        technology,
        ..
    } = town;
    let (workers, labor, technology) = (&*workers, &*labor, &*technology);
    let sum_staff = |firm: usize, owner_units: f64| -> (u32, Money, f64) {
        let staff = scratch.roster.of(firm);
        let aid = technology.effects(firm).novice_aid;
        let mut wages = Money::ZERO;
        let mut units = owner_units;
        for &worker in staff {
            wages += workers.wage[worker as usize];
            let own = labor_units(workers, worker as usize, labor, mean_wage);
            units += if aid > 0.0 {
                own * super::automation::aided(workers, worker as usize, aid, p)
            } else {
                own
            };
        }
        (staff.len() as u32, wages, units)
    };
    (
        &mut firms.staff,
        &mut firms.wage_bill,
        &mut firms.labor_units,
        &firms.open,
        &firms.owner_units,
    )
        .into_par_iter()
        .enumerate()
        .with_min_len(256)
        .for_each(|(firm, (staff, wage_bill, units, &open, &owner_units))| {
            if open {
                (*staff, *wage_bill, *units) = sum_staff(firm, owner_units);
            }
        });
    for firm in 0..firms.len() {
        if firms.open[firm] {
            let working = 1.0
                - technology
                    .firms
                    .get(firm)
                    .map_or(0.0, |row| row.downtime + row.diverted);
            firms.capacity[firm] = firms.productivity[firm] * firms.labor_units[firm]
                / task_need(firms, firm, p)
                * working.max(0.0);
        }
    }
}

/// Part of imports missing from which on firms get allotments, and below which they find their way around them.
const ALLOTTED_FROM: f64 = 0.02;

/// What a firm can make of the inputs that arrive, without end where none are missing: of an allotment, what it would have
/// made less the part that is missing. Its own capacity stays as it is.
pub fn input_limit(firms: &Firms, firm: usize, p: &Parameters) -> f64 {
    let missing = p.levels.shortage * dependence(firms, firm, p);
    if missing <= 0.0 {
        return f64::INFINITY;
    }
    let allotted = (missing / ALLOTTED_FROM).min(1.0);
    allotted * (1.0 - missing) * firms.expected_demand[firm]
        + (1.0 - allotted) * firms.capacity[firm]
}

/// Output that a missing unit of imports stops: one where the imported part of inputs is `trade.import_dependence` or
/// more, and in proportion below; none of it matters without a shortage.
fn dependence(firms: &Firms, firm: usize, p: &Parameters) -> f64 {
    if p.levels.shortage == 0.0 {
        return 0.0;
    }
    let inputs = &p.sectors[firms.sector[firm] as usize].inputs;
    let all: f64 = inputs.iter().sum();
    let outside = 1.0 - f64::from(firms.local_input_share[firm][sector::MANUFACTURING]);
    let imported =
        inputs[sector::MANUFACTURING] * outside * p.trade.imported_inputs / all.max(1e-9);
    (imported / p.trade.import_dependence.max(1e-9)).min(1.0)
}
