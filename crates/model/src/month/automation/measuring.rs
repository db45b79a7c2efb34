//! What automation changes in a firm, measured every month: the eleven measures that are compared before and after.

use crate::scenario::Parameters;
use crate::town::people::NO_EMPLOYER;
use crate::town::technology::{FirmTechnology, KPIS};
use crate::town::{Firms, Town};

use super::super::scratch::Scratch;
use super::work_left;

/// Weekly hours of an owner whom nothing relieves.
const OWNER_HOURS: f32 = 50.0;
/// Workers below which an owner does everything alone.
const SMALL_FIRM: f64 = 8.0;
/// Strain of the owner of the smallest firm.
const OWNER_STRAIN: f64 = 0.5;
/// Weight of a month in measures that one month cannot tell.
const SMOOTHING: f32 = 1.0 / 6.0;
/// Age at which a firm is first compared with later.
const MONTHS_TO_SETTLE: u32 = 12;
/// Slack in processes at maturity 0, on top of that at maturity 1.
const SLACK: f64 = 1.5;

/// How much the owner's time is the bottleneck, 0 to 1: most in the smallest firms of working owners.
pub fn owner_strain(firms: &Firms, row: &FirmTechnology, firm: usize) -> f64 {
    if firms.owner_worker[firm] == NO_EMPLOYER {
        return 0.0;
    }
    let size = f64::from(firms.workers(firm));
    let alone = ((SMALL_FIRM - size) / SMALL_FIRM).clamp(0.0, 1.0);
    OWNER_STRAIN * alone * (1.0 - row.owner_freed)
}

/// Brings every open firm's measures up to date.
pub fn measure(town: &mut Town, p: &Parameters, scratch: &Scratch) {
    let Town {
        technology,
        firms,
        month,
        ..
    } = town;
    for firm in 0..firms.len() {
        // A firm opened this month has had no month to measure.
        if !firms.open[firm] || firms.age[firm] == 0 || firm >= technology.firms.len() {
            continue;
        }
        let row = &mut technology.firms[firm];
        row.kpis = kpis(firms, row, firm, p, scratch);
        let settled = *month >= p.run.burn_in_months && firms.age[firm] >= MONTHS_TO_SETTLE;
        if settled && row.kpis_start.iter().all(|kpi| kpi.is_nan()) {
            row.kpis_start = row.kpis;
        }
    }
}

/// The measures, in the order of [`crate::town::technology::KPI_IDS`].
fn kpis(
    firms: &Firms,
    row: &FirmTechnology,
    firm: usize,
    p: &Parameters,
    scratch: &Scratch,
) -> [f32; KPIS] {
    let a = &p.automation;
    let sector = &p.sectors[firms.sector[firm] as usize];
    let workers = f64::from(firms.workers(firm)).max(1.0);
    let slack = SLACK - row.maturity;
    let service = p.demand.human_service_taste * sector.human_taste;
    let satisfaction =
        firms.quality[firm] + row.effects.appeal + service * libm::log(firms.intimacy[firm]);
    let compared = scratch.compared.get(firm);
    let retention = if compared > 0 {
        smooth(
            row.kpis[3],
            scratch.stayed.get(firm) as f32 / compared as f32,
        )
    } else {
        row.kpis[3]
    };
    let staff = f64::from(firms.staff[firm]);
    let turnover = if staff > 0.0 {
        smooth(
            row.kpis[7],
            (12.0 * scratch.quits.get(firm) as f64 / staff) as f32,
        )
    } else {
        row.kpis[7]
    };
    let owner_hours = if firms.owner_worker[firm] == NO_EMPLOYER {
        f32::NAN
    } else {
        OWNER_HOURS * (1.0 - row.owner_freed as f32)
    };
    let saves = row.net_saving > 0.0;
    let expected = firms.expected_demand[firm].max(1.0);
    let miss = ((firms.demand[firm] - expected) / expected).abs().min(1.0);
    [
        (work_left(firms, firm, p) * slack) as f32,
        firms.unit_cost[firm] as f32,
        satisfaction as f32,
        retention,
        (firms.visibility[firm] / workers) as f32,
        (a.error_cost * (1.0 - row.effects.error_reduction) * slack) as f32,
        owner_hours,
        turnover,
        if saves {
            (row.split.pay * row.kept_of_savings) as f32
        } else {
            f32::NAN
        },
        firms.intimacy[firm] as f32,
        smooth(row.kpis[10], miss as f32),
    ]
}

fn smooth(before: f32, now: f32) -> f32 {
    if before.is_nan() {
        now
    } else {
        before + SMOOTHING * (now - before)
    }
}
