//! Firms that take up a technology beside firms of the same sector and size that do not.

use model::indicators::tables::FirmYear;
use model::run::RunRecord;

/// What of a firm is compared; logarithms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FirmMeasure {
    /// Workers.
    Workers,
    /// Wages and draws for each worker.
    Pay,
    /// Workers for each unit of normal output.
    WorkersPerOutput,
    /// Sales.
    Sales,
}

impl FirmMeasure {
    /// The measure of that name.
    pub fn parse(name: &str) -> Option<FirmMeasure> {
        Some(match name {
            "workers" => FirmMeasure::Workers,
            "pay" => FirmMeasure::Pay,
            "workers_per_output" => FirmMeasure::WorkersPerOutput,
            "sales" => FirmMeasure::Sales,
            _ => return None,
        })
    }

    fn of(self, firm: &FirmYear) -> f64 {
        let log = |value: f32| libm::log(f64::from(value).max(1e-9));
        let workers = libm::log(f64::from(firm.workers.max(1)));
        match self {
            FirmMeasure::Workers => workers,
            FirmMeasure::Pay => log(firm.pay) - workers,
            FirmMeasure::WorkersPerOutput => workers - log(firm.output),
            FirmMeasure::Sales => log(firm.sales),
        }
    }
}

/// Fewest workers of the classes of size within which firms are compared.
const SIZES: [u32; 4] = [5, 10, 20, 100];

fn kind(firm: &FirmYear) -> (u8, usize, bool) {
    let size = SIZES
        .iter()
        .filter(|&&fewest| firm.workers >= fewest)
        .count();
    (firm.sector, size, firm.local)
}

/// Mean change of a measure, from the year-end before a technology was taken up until `years` later, of firms that took
/// it up less that of firms of the same kind that did not in that year; `NaN` without such firms.
pub fn matched(record: &RunRecord, technology: &str, measure: FirmMeasure, years: usize) -> f64 {
    let Some(bit) = record.technologies.iter().position(|id| id == technology) else {
        return f64::NAN;
    };
    let panel = &record.firms;
    let all: Vec<Vec<FirmYear>> = (0..panel.years())
        .map(|year| panel.firms(year).collect())
        .collect();
    let (mut sum, mut number) = (0.0, 0.0);
    for base in 0..all.len().saturating_sub(years.max(1)) {
        let mut firms = changes(&all, base, years, bit, measure);
        firms.sort_by_key(|one| one.0);
        for alike in firms.chunk_by(|a, b| a.0 == b.0) {
            let mean = |took: bool| {
                let of: Vec<f64> = alike
                    .iter()
                    .filter(|one| one.1 == took)
                    .map(|one| one.2)
                    .collect();
                (model::stats::mean(&of), of.len() as f64)
            };
            let ((took, takers), (others, rest)) = (mean(true), mean(false));
            if takers > 0.0 && rest > 0.0 {
                sum += takers * (took - others);
                number += takers;
            }
        }
    }
    sum / number
}

/// Kind, whether the technology was taken up within the year, and change, of firms that had not used it.
fn changes(
    all: &[Vec<FirmYear>],
    base: usize,
    years: usize,
    bit: usize,
    measure: FirmMeasure,
) -> Vec<((u8, usize, bool), bool, f64)> {
    let find = |year: usize, uid: u64| {
        let firms = &all[year];
        let place = firms.binary_search_by_key(&uid, |firm| firm.uid).ok()?;
        Some(firms[place])
    };
    let uses = |firm: &FirmYear| firm.technologies >> bit & 1 == 1;
    let sells = |firm: &FirmYear| firm.sales > 0.0 && firm.output > 0.0 && firm.workers > 0;
    let seen = all[base].iter().filter(|firm| sells(firm) && !uses(firm));
    seen.filter_map(|firm| {
        let next = find(base + 1, firm.uid)?;
        let then = find(base + years, firm.uid).filter(sells)?;
        Some((
            kind(firm),
            uses(&next),
            measure.of(&then) - measure.of(firm),
        ))
    })
    .collect()
}
