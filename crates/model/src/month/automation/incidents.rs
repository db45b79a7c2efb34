//! Cyber incidents: more of them the more doors technology opens, fewer with protection.

use crate::rng::{Purpose, normal, unit32};
use crate::scenario::Parameters;
use crate::town::Town;
use crate::town::ledger::Flow;
use crate::units::Money;

use super::super::scratch::Scratch;

/// Working days in a month.
const WORKING_DAYS: f64 = 22.0;
/// Spread of days and costs around their means (log points).
const SEVERITY_SPREAD: f64 = 0.8;
/// Part of the trust lost in a breach that other incidents cost.
const TRUST_WITHOUT_BREACH: f64 = 1.0 / 3.0;

/// Whether the firm is struck this month: days of capacity, money and trust are lost. Without an incident, trust
/// recovers.
pub fn strike(town: &mut Town, firm: usize, p: &Parameters, scratch: &mut Scratch) {
    let Town {
        technology,
        firms,
        ledger,
        draws,
        month,
        ..
    } = town;
    let a = &p.automation;
    let row = &mut technology.firms[firm];
    row.downtime = 0.0;
    row.trust += a.trust_recovery * (1.0 - row.trust);
    let hazard =
        a.incident_chance * row.effects.security_exposure * (1.0 - row.security) * wave(*month, p);
    if hazard <= 0.0 {
        return;
    }
    let words = draws.words(firms.uid[firm], *month, Purpose::Incident, 0);
    if unit32(words[0]) >= hazard {
        return;
    }
    let more = draws.words(firms.uid[firm], *month, Purpose::Incident, 1);
    let severity = |a: u32, b: u32| {
        let z = normal(unit32(a), unit32(b));
        libm::exp(SEVERITY_SPREAD * z - 0.5 * SEVERITY_SPREAD * SEVERITY_SPREAD)
    };
    let protected = scratch.support[firm].breaches_prevented;
    let breach = unit32(words[1]) < a.breach_share * (1.0 - protected);
    let days =
        a.incident_days * severity(words[2], words[3]) * (1.0 - a.contingency * row.security);
    row.downtime = (days / WORKING_DAYS).min(1.0);
    let months_of_sales = if breach {
        a.incident_cost + a.breach_cost
    } else {
        a.incident_cost
    };
    let sales = firms.smoothed_sales[firm].max(0.0);
    let cost = Money::from_dollars(sales * months_of_sales * severity(more[0], more[1]));
    firms.cash[firm] -= cost;
    ledger.record(Flow::IncidentLosses, cost);
    scratch.incident_bill[firm] = cost;
    let loss = if breach {
        a.trust_loss
    } else {
        a.trust_loss * TRUST_WITHOUT_BREACH
    };
    row.trust *= 1.0 - loss;
    let counts = &mut technology.counts;
    counts.incidents += 1;
    counts.breaches += u32::from(breach);
    counts.days_lost += days.min(WORKING_DAYS);
}

/// Incidents relative to normal in this month.
fn wave(month: u32, p: &Parameters) -> f64 {
    let a = &p.automation;
    let since = month.saturating_sub(p.run.burn_in_months);
    if since >= a.wave_start && since - a.wave_start < a.wave_months {
        a.wave_factor
    } else {
        1.0
    }
}
