//! Sums over those whom a lottery drew and over firms that adopted technology, against the others.

use model::indicators::tables::{AdopterYear, FIRST_SHIFT, adopters};
use model::run::RunRecord;
use model::town::participants::{
    CELLS, FIRM_HORIZONS, FirmOutcomes, FirmsBecame, HORIZONS, Outcomes,
};

use super::quantity::Quantity;

/// A sum over those drawn in a lottery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LotteryFigure {
    /// Persons.
    Persons,
    /// Their employment less that of those not drawn, persons.
    EmploymentGain,
    /// Their pay less that of those not drawn, dollars a month.
    EarningsGain,
    /// Pay of those not drawn, dollars a month, as if they were as many.
    Earnings,
}

/// A sum over firms admitted by a lottery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FirmFigure {
    /// Firms.
    Firms,
    /// Firms in business.
    Open,
    /// Payments and months of service.
    Served,
    /// Projects begun by as many firms turned away.
    Projects,
    /// Log sales over those turned away.
    SalesGain,
    /// Log workers over those turned away.
    WorkersGain,
    /// Log sales for each worker over those turned away.
    ProductivityGain,
    /// Projects begun over those turned away.
    ProjectsGain,
    /// Closures over those turned away.
    ExitsGain,
}

/// Adopters less firms like them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AdopterFigure {
    /// Log workers.
    Workers,
    /// Log output.
    Output,
    /// Log workers for each unit of output.
    WorkersPerOutput,
    /// Share in business.
    Survival,
}

pub(super) fn lottery(
    entry: &str,
    figure: &str,
    horizon: &str,
    group: &[&str],
) -> Option<Quantity> {
    let figure = match figure {
        "persons" => LotteryFigure::Persons,
        "employment_gain" => LotteryFigure::EmploymentGain,
        "earnings_gain" => LotteryFigure::EarningsGain,
        "earnings" => LotteryFigure::Earnings,
        _ => return None,
    };
    let horizon: u32 = horizon.parse().ok()?;
    let horizon = HORIZONS.iter().position(|&months| months == horizon)?;
    let group = match group {
        [] => None,
        ["short"] => Some(false),
        ["long"] => Some(true),
        _ => return None,
    };
    Some(Quantity::Lottery(
        entry.parse().ok()?,
        figure,
        horizon,
        group,
    ))
}

/// A sum over those drawn, against those not drawn of the same occupation and duration of joblessness.
pub(super) fn drawn(
    outcomes: &Outcomes,
    figure: LotteryFigure,
    horizon: usize,
    long_term: Option<bool>,
) -> f64 {
    let mut sum = 0.0;
    for cell in (0..CELLS).filter(|cell| long_term.is_none_or(|long| (cell % 2 == 1) == long)) {
        let [lost, won] = outcomes.of(cell, horizon);
        if lost.persons == 0 || won.persons == 0 {
            continue;
        }
        let weight = f64::from(won.persons) / f64::from(lost.persons);
        sum += match figure {
            LotteryFigure::Persons => f64::from(won.persons),
            LotteryFigure::EmploymentGain => {
                f64::from(won.employed) - weight * f64::from(lost.employed)
            }
            LotteryFigure::EarningsGain => {
                won.earnings.dollars() - weight * lost.earnings.dollars()
            }
            LotteryFigure::Earnings => weight * lost.earnings.dollars(),
        };
    }
    sum
}

pub(super) fn firm_lottery(entry: &str, figure: &str, horizon: &str) -> Option<Quantity> {
    let figure = match figure {
        "firms" => FirmFigure::Firms,
        "open" => FirmFigure::Open,
        "served" => FirmFigure::Served,
        "projects" => FirmFigure::Projects,
        "sales_gain" => FirmFigure::SalesGain,
        "workers_gain" => FirmFigure::WorkersGain,
        "productivity_gain" => FirmFigure::ProductivityGain,
        "projects_gain" => FirmFigure::ProjectsGain,
        "exits_gain" => FirmFigure::ExitsGain,
        _ => return None,
    };
    let horizon: u32 = horizon.parse().ok()?;
    let horizon = FIRM_HORIZONS.iter().position(|&months| months == horizon)?;
    Some(Quantity::FirmLottery(entry.parse().ok()?, figure, horizon))
}

/// A sum over firms admitted, against firms turned away as if they were as many; `NaN` without both.
pub(super) fn admitted(outcomes: &FirmOutcomes, figure: FirmFigure, horizon: usize) -> f64 {
    let [away, drawn] = outcomes.map(|group| group[horizon]);
    if away.open == 0 || drawn.open == 0 {
        return f64::NAN;
    }
    let all = f64::from(drawn.firms) / f64::from(away.firms);
    let open = f64::from(drawn.open) / f64::from(away.open);
    let gain = |of: fn(&FirmsBecame) -> f64| of(&drawn) - open * of(&away);
    match figure {
        FirmFigure::Firms => f64::from(drawn.firms),
        FirmFigure::Open => f64::from(drawn.open),
        FirmFigure::Served => f64::from(drawn.served),
        FirmFigure::Projects => all * f64::from(away.projects),
        FirmFigure::SalesGain => gain(|group| group.sales),
        FirmFigure::WorkersGain => gain(|group| group.workers),
        FirmFigure::ProductivityGain => gain(|group| group.productivity),
        FirmFigure::ProjectsGain => f64::from(drawn.projects) - all * f64::from(away.projects),
        FirmFigure::ExitsGain => {
            let closed = |group: &FirmsBecame| f64::from(group.firms - group.open);
            closed(&drawn) - all * closed(&away)
        }
    }
}

pub(super) fn adopting(record: &RunRecord, figure: AdopterFigure, years: i64) -> f64 {
    let rows: Vec<AdopterYear> = adopters(&record.firms);
    let row = usize::try_from(years - FIRST_SHIFT)
        .ok()
        .and_then(|place| rows.get(place));
    row.map_or(f64::NAN, |row| {
        let (workers, output) = (
            row.workers - row.others_workers,
            row.output - row.others_output,
        );
        match figure {
            AdopterFigure::Workers => workers,
            AdopterFigure::Output => output,
            AdopterFigure::WorkersPerOutput => workers - output,
            AdopterFigure::Survival => row.survival - row.others_survival,
        }
    })
}
