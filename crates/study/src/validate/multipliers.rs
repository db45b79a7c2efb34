//! Multipliers measured on pairs of runs: the baseline, and the same town with more outside demand for what
//! its factories make.

use model::indicators::tables::payments;
use model::run::RunRecord;
use model::scenario::Parameters;
use model::town::synthesis;
use model::units::sector::MANUFACTURING;

/// Months over which the income multiplier is measured: the second year, since outside orders take most of the
/// first to rise.
const INCOME_MONTHS: std::ops::Range<usize> = 12..24;
/// Flows that make local income.
const LOCAL_INCOME: [&str; 4] = ["wages", "public_wages", "owner_draws", "dividends"];

/// A measure of a pair of runs, baseline first; NaN where there is nothing to measure.
pub type PairMeasure = fn(&Parameters, &RunRecord, &RunRecord) -> f64;

/// The measure of that name, if it is one of a pair.
pub fn by_name(name: &str) -> Option<PairMeasure> {
    let measure: PairMeasure = match name {
        "multiplier_accounts_gap" => accounts_gap,
        _ => return None,
    };
    Some(measure)
}

/// Local income gained over twelve months per dollar that the extra exports pay the exporters' own workers and
/// owners: the income multiplier proper, total over direct.
fn income_multiplier(p: &Parameters, base: &RunRecord, more: &RunRecord) -> f64 {
    let Ok(accounts) = synthesis::solve(p) else {
        return f64::NAN;
    };
    let Ok(algebra) = synthesis::income_multiplier(&accounts, p) else {
        return f64::NAN;
    };
    let income = |run: &RunRecord| -> f64 {
        run.months
            .iter()
            .skip(INCOME_MONTHS.start)
            .take(INCOME_MONTHS.len())
            .map(|month| {
                payments()
                    .zip(&month.flows)
                    .filter(|(payment, _)| LOCAL_INCOME.contains(&payment.flow))
                    .fold(0.0, |sum, (_, &cents)| sum + cents as f64 / 100.0)
            })
            .fold(0.0, |a, b| a + b)
    };
    let exports = |run: &RunRecord| -> f64 {
        let months = run
            .months
            .iter()
            .skip(INCOME_MONTHS.start)
            .take(INCOME_MONTHS.len());
        months.fold(0.0, |sum, month| sum + month.sectors[MANUFACTURING].exports)
    };
    let direct = (exports(more) - exports(base)) * algebra.direct_income[MANUFACTURING];
    (income(more) - income(base)) / direct
}

/// Distance of the measured income multiplier from the one the month-0 accounts imply, percent of the latter; above
/// zero if more was measured. Signed, so that noise between seeds averages out.
fn accounts_gap(p: &Parameters, base: &RunRecord, more: &RunRecord) -> f64 {
    let Ok(accounts) = synthesis::solve(p) else {
        return f64::NAN;
    };
    let Ok(algebra) = synthesis::income_multiplier(&accounts, p) else {
        return f64::NAN;
    };
    let implied = algebra.income_ratio[MANUFACTURING];
    100.0 * (income_multiplier(p, base, more) - implied) / implied
}
