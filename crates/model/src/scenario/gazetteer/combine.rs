//! Places added up: sums where figures count people or jobs, means weighted by what they are shares of.

use super::area::{Area, AreaKind, Figures};
use crate::units::SECTORS;

/// Several counties as one place; `None` if there are none.
pub(super) fn combine(kind: AreaKind, code: &str, members: &[&Area]) -> Option<Area> {
    let largest = members.iter().copied().reduce(|a, b| {
        let more = b.figures.population > a.figures.population;
        if more { b } else { a }
    })?;
    let (key, name) = match kind {
        AreaKind::Metro => (code.to_owned(), format!("{} metro", largest.metro_name)),
        AreaKind::Zone => {
            let name = format!("{} commuting zone", largest.name);
            (format!("cz{code}"), name)
        }
        _ => {
            let others = members.len() - 1;
            let and = match others {
                0 => String::new(),
                1 => " and another county".to_owned(),
                n => format!(" and {n} other counties"),
            };
            (code.to_owned(), format!("{}{and}", largest.name))
        }
    };
    let mut notes: Vec<char> = members.iter().flat_map(|m| m.notes.chars()).collect();
    notes.sort_unstable();
    notes.dedup();
    Some(Area {
        key,
        name,
        kind,
        counties: members.iter().flat_map(|m| m.counties.clone()).collect(),
        metro: largest.metro.clone(),
        metro_name: largest.metro_name.clone(),
        zone: largest.zone.clone(),
        figures: figures(members),
        sources: largest.sources.clone(),
        notes: notes.into_iter().collect(),
    })
}

/// Mean of a figure over members that have it.
fn mean(
    members: &[&Area],
    weight: impl Fn(&Figures) -> f64,
    value: impl Fn(&Figures) -> f64,
) -> f64 {
    let (mut sum, mut weights) = (0.0, 0.0);
    for member in members {
        let (w, v) = (weight(&member.figures), value(&member.figures));
        if w > 0.0 && v.is_finite() {
            sum += w * v;
            weights += w;
        }
    }
    if weights > 0.0 {
        sum / weights
    } else {
        f64::NAN
    }
}

fn figures(members: &[&Area]) -> Figures {
    let sum = |value: fn(&Figures) -> f64| members.iter().map(|m| value(&m.figures)).sum::<f64>();
    let by_people = |value: fn(&Figures) -> f64| mean(members, |f| f.population, value);
    let by_homes = |value: fn(&Figures) -> f64| mean(members, |f| f.households, value);
    let by_jobs = |value: &dyn Fn(&Figures) -> f64| mean(members, |f| f.jobs, value);
    let in_sector =
        |s: usize, value: &dyn Fn(&Figures) -> f64| mean(members, |f| f.jobs * f.shares[s], value);
    let population = sum(|f| f.population);
    let labor_force = sum(|f| f.labor_force);
    let jobs = sum(|f| f.jobs);
    let workers: f64 = sum(|f| f.jobs / f.jobs_per_employed);
    let mut all = Figures {
        population,
        households: sum(|f| f.households),
        labor_force,
        working_age: by_people(|f| f.working_age),
        older: by_people(|f| f.older),
        group_quarters: by_people(|f| f.group_quarters),
        poverty150: by_people(|f| f.poverty150),
        unemployment: mean(members, |f| f.labor_force, |f| f.unemployment),
        median_income: f64::NAN,
        mean_income: by_homes(|f| f.mean_income),
        brackets: std::array::from_fn(|b| mean(members, |f| f.households, |f| f.brackets[b])),
        net_migration: by_people(|f| f.net_migration),
        jobs_per_employed: jobs / workers,
        jobs,
        shares: std::array::from_fn(|s| by_jobs(&|f: &Figures| f.shares[s])),
        pay: std::array::from_fn(|s| in_sector(s, &|f: &Figures| f.pay[s])),
        pay_level: by_jobs(&|f: &Figures| f.pay_level),
        sizes: std::array::from_fn(|s| 1.0 / in_sector(s, &|f: &Figures| 1.0 / f.sizes[s])),
        filled: std::array::from_fn(|s| {
            members
                .iter()
                .map(|m| m.figures.filled[s])
                .max()
                .unwrap_or(0)
        }),
        filled_share: by_jobs(&|f: &Figures| f.filled_share),
    };
    for s in 0..=SECTORS {
        if !all.pay[s].is_finite() {
            all.pay[s] = all.pay_level;
        }
    }
    // Shares are rounded in the table.
    let total: f64 = all.shares.iter().sum();
    all.shares.iter_mut().for_each(|share| *share /= total);
    all.median_income = match members {
        [only] if only.figures.median_income.is_finite() => only.figures.median_income,
        _ => all.median_of_brackets(),
    };
    all
}
