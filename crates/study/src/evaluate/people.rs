//! People to whom something happened, beside people like them: sums over persons followed from month to month.

use std::collections::BTreeMap;

use model::indicators::tables::WorkerPanel;
use model::run::RunRecord;

/// Codes of the panel's column of what a person does.
const EMPLOYED: u8 = 0;
const OWNER: u8 = 1;
const UNEMPLOYED: u8 = 2;
const RETIRED: u8 = 5;
/// Months with an employer from which a job is of long standing.
const LONG_STANDING: u16 = 72;
/// Months between two looks at somebody who kept the job.
const APART: u32 = 12;
/// Bounds of monthly pay between the three groups within which people are compared, dollars.
const PAY_GROUPS: [f32; 2] = [3_500.0, 6_000.0];

/// A sum over persons who lost a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LossFigure {
    /// Persons of long standing who lost a job, seen again at the horizon.
    Persons,
    /// Their pay from work over that of the month before, less the same of people alike who kept their jobs.
    Earnings,
    /// Of these persons, those at work.
    AtWork,
    /// Of those at work, pay over that before, less the same of people alike who kept theirs and are at work.
    Pay,
    /// Persons of any standing who lost a job, followed for all months up to the horizon.
    Lost,
    /// Months of these in which they worked.
    MonthsWorked,
    /// Sum of their pay from work, dollars.
    Earned,
}

/// Which persons who lost a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LossGroup {
    /// All.
    All,
    /// Of 50 to 57 years.
    Older,
    /// Of 42 to 49 years.
    Younger,
    /// Of employers of 10 to 49.
    Larger,
    /// Of employers of 3 to 9.
    Smaller,
}

impl LossFigure {
    /// The figure of that name.
    pub fn parse(name: &str) -> Option<LossFigure> {
        Some(match name {
            "persons" => LossFigure::Persons,
            "earnings" => LossFigure::Earnings,
            "at_work" => LossFigure::AtWork,
            "pay" => LossFigure::Pay,
            "lost" => LossFigure::Lost,
            "months_worked" => LossFigure::MonthsWorked,
            "earned" => LossFigure::Earned,
            _ => return None,
        })
    }
}

impl LossGroup {
    /// The group of that name; all without one.
    pub fn parse(name: &[&str]) -> Option<LossGroup> {
        Some(match name {
            [] => LossGroup::All,
            ["older"] => LossGroup::Older,
            ["younger"] => LossGroup::Younger,
            ["larger"] => LossGroup::Larger,
            ["smaller"] => LossGroup::Smaller,
            _ => return None,
        })
    }

    fn holds(self, panel: &WorkerPanel, entry: usize) -> bool {
        let years = panel.age_months[entry] / 12;
        let workers = panel.employer_workers[entry];
        match self {
            LossGroup::All => true,
            LossGroup::Older => (50..58).contains(&years),
            LossGroup::Younger => (42..50).contains(&years),
            LossGroup::Larger => (10..50).contains(&workers),
            LossGroup::Smaller => (3..10).contains(&workers),
        }
    }
}

/// A person in the month before something happened or did not.
#[derive(Clone, Copy)]
struct Before {
    /// Place of the person's entries.
    person: usize,
    /// Place of the month among them.
    at: usize,
    lost: bool,
}

/// People within whom pay is compared: ten years of age and three groups of pay.
fn cell(panel: &WorkerPanel, entry: usize) -> (u16, usize) {
    let pay = panel.pay[entry];
    let group = PAY_GROUPS.iter().filter(|&&bound| pay >= bound).count();
    (panel.age_months[entry] / 120, group)
}

/// A sum over persons who lost a job in some months of the record, `horizon` months on.
pub fn losses(
    record: &RunRecord,
    figure: LossFigure,
    horizon: u32,
    group: LossGroup,
    months: [i32; 2],
) -> f64 {
    let panel = &record.workers;
    if panel.is_empty() {
        return f64::NAN;
    }
    let persons = panel.persons();
    let long = !matches!(
        figure,
        LossFigure::Lost | LossFigure::MonthsWorked | LossFigure::Earned
    );
    let found = find(panel, &persons, long, months);
    let found = found.into_iter().filter(|one| {
        let (_, entries) = &persons[one.person];
        group.holds(panel, entries[one.at])
    });
    let found: Vec<Before> = found.collect();
    match long {
        true => compared(panel, &persons, &found, figure, horizon),
        false => followed(panel, &persons, &found, figure, horizon),
    }
}

/// Everybody who lost a job in those months, once, and of those who lost none in any of them a look a year: as in
/// studies of displacement, people who stayed are the comparison, not people who lose theirs a little later.
fn find(
    panel: &WorkerPanel,
    persons: &[(u64, Vec<usize>)],
    long: bool,
    months: [i32; 2],
) -> Vec<Before> {
    let mut found = Vec::new();
    for (person, (_, entries)) in persons.iter().enumerate() {
        let (mut last_look, mut looks, mut loss) = (None, Vec::new(), None);
        for at in 0..entries.len().saturating_sub(1) {
            let (now, next) = (entries[at], entries[at + 1]);
            let month = panel.month[next];
            let follows = panel.month[now] + 1 == month;
            let standing = !long || panel.tenure[now] >= LONG_STANDING;
            let within = (months[0]..months[1]).contains(&(month as i32));
            let at_work = panel.status[now] == EMPLOYED && panel.pay[now] > 0.0;
            if !follows || !standing || !within || !at_work {
                continue;
            }
            if panel.status[next] == UNEMPLOYED {
                loss = Some(at);
                break;
            }
            let due = last_look.is_none_or(|last| month >= last + APART);
            if due && panel.employer[now] == panel.employer[next] {
                last_look = Some(month);
                looks.push(at);
            }
        }
        let lost = loss.is_some();
        let kept = if lost { Vec::new() } else { looks };
        let places = loss.into_iter().chain(kept);
        found.extend(places.map(|at| Before { person, at, lost }));
    }
    found
}

/// The entry so many months after the loss, unless the person has retired or is out of sight.
fn later(panel: &WorkerPanel, entries: &[usize], at: usize, horizon: u32) -> Option<usize> {
    let month = panel.month[entries[at]] + 1 + horizon;
    let place = entries.binary_search_by_key(&month, |&entry| panel.month[entry]);
    let entry = entries[place.ok()?];
    (panel.status[entry] != RETIRED).then_some(entry)
}

fn works(panel: &WorkerPanel, entry: usize) -> bool {
    matches!(panel.status[entry], EMPLOYED | OWNER)
}

/// Pay over pay before, by group: those at work apart.
fn compared(
    panel: &WorkerPanel,
    persons: &[(u64, Vec<usize>)],
    found: &[Before],
    figure: LossFigure,
    horizon: u32,
) -> f64 {
    let of_working = figure == LossFigure::Pay;
    let ratio = |one: &Before| {
        let (_, entries) = &persons[one.person];
        let now = entries[one.at];
        let then = later(panel, entries, one.at, horizon)?;
        let counted = !of_working || works(panel, then);
        counted.then(|| {
            (
                now,
                then,
                f64::from(panel.pay[then]) / f64::from(panel.pay[now]),
            )
        })
    };
    let mut kept: BTreeMap<(u16, usize), (f64, f64)> = BTreeMap::new();
    for (now, _, ratio) in found.iter().filter(|one| !one.lost).filter_map(ratio) {
        let sums = kept.entry(cell(panel, now)).or_default();
        sums.0 += ratio;
        sums.1 += 1.0;
    }
    let mut sum = 0.0;
    for (now, then, ratio) in found.iter().filter(|one| one.lost).filter_map(ratio) {
        let Some(&(total, number)) = kept.get(&cell(panel, now)) else {
            continue;
        };
        sum += match figure {
            LossFigure::Persons => 1.0,
            LossFigure::AtWork => f64::from(u8::from(works(panel, then))),
            _ => ratio - total / number,
        };
    }
    sum
}

/// Work and pay in all months up to the horizon.
fn followed(
    panel: &WorkerPanel,
    persons: &[(u64, Vec<usize>)],
    found: &[Before],
    figure: LossFigure,
    horizon: u32,
) -> f64 {
    let mut sum = 0.0;
    for one in found.iter().filter(|one| one.lost) {
        let (_, entries) = &persons[one.person];
        if later(panel, entries, one.at, horizon).is_none() {
            continue;
        }
        let months = &entries[one.at + 1..(one.at + 1 + horizon as usize).min(entries.len())];
        sum += match figure {
            LossFigure::Lost => 1.0,
            LossFigure::MonthsWorked => {
                months.iter().filter(|&&entry| works(panel, entry)).count() as f64
            }
            _ => months
                .iter()
                .fold(0.0, |sum, &entry| sum + f64::from(panel.pay[entry])),
        };
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two persons of long standing: one loses the job in month 3 and has half the pay from month 6 on.
    fn record() -> RunRecord {
        let mut panel = WorkerPanel::default();
        for month in 0..20u32 {
            for identity in 0..2u64 {
                let loser = identity == 0;
                let out = loser && (3..6).contains(&month);
                panel.month.push(month);
                panel.identity.push(identity);
                panel.status.push(if out { UNEMPLOYED } else { EMPLOYED });
                panel.residence.push(0);
                panel.employer.push(if loser && month >= 3 { 8 } else { 7 });
                panel.employer_workers.push(20);
                panel.occupation.push(1);
                panel.age_months.push(500 + month as u16);
                panel.tenure.push(if loser && month >= 3 { 0 } else { 100 });
                panel.pay.push(match (loser, month) {
                    (true, 3..6) => 0.0,
                    (true, 6..) => 2_000.0,
                    _ => 4_000.0,
                });
                panel.benefits.push(0.0);
                panel.income.push(0.0);
                panel.deposits.push(0.0);
                panel.spending.push(0.0);
            }
        }
        RunRecord {
            workers: panel,
            ..RunRecord::default()
        }
    }

    #[test]
    fn losers_are_held_against_those_who_stayed() {
        let record = record();
        let of = |figure, horizon| losses(&record, figure, horizon, LossGroup::All, [0, 20]);
        assert_eq!(of(LossFigure::Persons, 12), 1.0);
        assert_eq!(of(LossFigure::Earnings, 12), -0.5);
        assert_eq!(of(LossFigure::Pay, 1), 0.0);
        assert_eq!(of(LossFigure::AtWork, 1), 0.0);
        assert_eq!(of(LossFigure::MonthsWorked, 12), 9.0);
        assert_eq!(of(LossFigure::Earned, 12), 18_000.0);
        let older = losses(&record, LossFigure::Persons, 12, LossGroup::Older, [0, 20]);
        assert_eq!(older, 0.0);
    }
}
