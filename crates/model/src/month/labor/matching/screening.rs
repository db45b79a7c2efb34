//! Software that screens applicants: whom it marks down, and whom firms that use it hire.

use crate::scenario::Parameters;
use crate::town::Technology;
use crate::town::people::is_firm;

use super::Market;

/// Whether somebody is of an age that hiring software marks down.
pub(super) fn is_older(age_months: u16, p: &Parameters) -> bool {
    f64::from(age_months) >= 12.0 * p.labor_market.screening_age
}

/// Rank that software takes from older applicants and from those with little digital literacy.
pub(super) fn screening_loss(market: &Market, worker: usize, employer: u32) -> f64 {
    if !is_firm(employer)
        || !market
            .technology
            .effects(employer as usize)
            .screens_applicants
    {
        return 0.0;
    }
    let workers = market.workers;
    let older = is_older(workers.age_months[worker], market.p);
    let unversed =
        f64::from(workers.digital_literacy[worker]) < market.p.labor_market.screening_literacy;
    let marks = f64::from(u8::from(older)) + f64::from(u8::from(unversed));
    let a = &market.p.automation;
    let audited = market.audited[employer as usize];
    a.screening_bias * (1.0 - a.screening_audit) * (1.0 - audited) * marks
}

/// Counts a hire by whether software screened the applicants and by age.
pub(super) fn count_screening(technology: &mut Technology, employer: u32, older: bool) {
    if !technology.is_on() || !is_firm(employer) {
        return;
    }
    let older = u32::from(older);
    let screens = technology.effects(employer as usize).screens_applicants;
    let counts = &mut technology.counts;
    if screens {
        counts.screened_hires += 1;
        counts.screened_hires_older += older;
    } else {
        counts.other_hires += 1;
        counts.other_hires_older += older;
    }
}
