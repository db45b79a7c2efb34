//! Who is out of work and for how long: the constants of the first month's unemployment spells.

use crate::scenario::Parameters;

/// Monthly chance of leaving unemployment behind the first durations (BLS Current Population Survey: about a third
/// of the unemployed have been out for less than five weeks).
pub(super) const JOB_FINDING: f64 = 0.33;

/// Unemployed who qualified for insurance when they lost their job: quits and new entrants do not. Together with
/// the limit on months it leaves somewhat more than the 28% of all unemployed who receive it (US DOL).
const QUALIFIED_SHARE: f64 = 0.5;

/// Months of unemployment insurance left after `months` out of work, for a person whose place among the unemployed
/// is the uniform number `place`.
pub(super) fn insured_months(parameters: &Parameters, months: u16, place: f64) -> u8 {
    if place >= QUALIFIED_SHARE {
        return 0;
    }
    let all = parameters.government.unemployment_months;
    all.saturating_sub(u32::from(months)).min(255) as u8
}
