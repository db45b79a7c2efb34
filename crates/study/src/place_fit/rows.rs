//! The rows of a fit: the place's figure, the model's, and what their gap means.

use model::scenario::gazetteer::{BRACKETS, DOLLARS_2023};
use model::units::{SECTOR_IDS, SECTORS};

use super::PlaceTown;
use super::measure::Measured;

/// Where the bracket without an upper bound is cut when a Gini is computed from brackets: its mean income then is
/// that of a tail with exponent 2.5.
const OPEN_BRACKET_MEAN: f64 = 335e3;

/// What a row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Share of a sector in jobs.
    Share,
    /// Pay in a sector.
    Pay,
    /// Workers a firm in a sector.
    Size,
    /// Work.
    Work,
    /// Household incomes.
    Income,
}

/// What a gap means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Given to the town, and still so after burn-in.
    InputMet,
    /// Given to the town, and no longer so.
    InputMissed,
    /// Not given, and near.
    HeldOutGood,
    /// Not given, and not near.
    HeldOutBad,
    /// The data do not say.
    NoData,
}

impl Verdict {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Verdict::InputMet => "input met",
            Verdict::InputMissed => "input missed",
            Verdict::HeldOutGood => "held-out good",
            Verdict::HeldOutBad => "held-out bad",
            Verdict::NoData => "no data",
        }
    }
}

/// One figure of the place and the model.
#[derive(Clone, Debug)]
pub struct FitRow {
    /// What it is about.
    pub group: Group,
    /// Its name.
    pub what: String,
    /// Its unit.
    pub unit: &'static str,
    /// The place's figure.
    pub target: f64,
    /// The model's.
    pub model: f64,
    /// Gap from which the row counts as missed, in the unit or as a share of the target.
    pub limit: Limit,
    /// Whether the figure was given to the town.
    pub is_input: bool,
    /// Year and source.
    pub source: String,
    /// Whether the place's figure was filled in: partly or mostly.
    pub filled: &'static str,
}

/// How near is near.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Limit {
    /// In the row's unit.
    Absolute(f64),
    /// As a share of the place's figure.
    Relative(f64),
}

impl FitRow {
    /// Model less place.
    pub fn gap(&self) -> f64 {
        self.model - self.target
    }

    /// What the gap means.
    pub fn verdict(&self) -> Verdict {
        let gap = self.gap().abs();
        if !gap.is_finite() {
            return Verdict::NoData;
        }
        let is_near = match self.limit {
            Limit::Absolute(limit) => gap <= limit,
            Limit::Relative(limit) => gap <= limit * self.target.abs(),
        };
        match (self.is_input, is_near) {
            (true, true) => Verdict::InputMet,
            (true, false) => Verdict::InputMissed,
            (false, true) => Verdict::HeldOutGood,
            (false, false) => Verdict::HeldOutBad,
        }
    }
}

/// All rows of a place.
pub(super) fn rows(town: &PlaceTown, measured: &Measured) -> Vec<FitRow> {
    let mut rows = by_sector(town, measured);
    rows.extend(work(town, measured));
    rows.extend(income(town, measured));
    rows
}

fn by_sector(town: &PlaceTown, measured: &Measured) -> Vec<FitRow> {
    let f = &town.area.figures;
    let sources = &town.area.sources;
    let name = |s: usize| if s < SECTORS { SECTOR_IDS[s] } else { "public" };
    let filled = |s: usize| ["", "partly", "mostly"][usize::from(f.filled[s].min(2))];
    let mut rows = Vec::new();
    for s in 0..=SECTORS {
        rows.push(FitRow {
            group: Group::Share,
            what: name(s).to_owned(),
            unit: "% of jobs",
            target: 100.0 * f.shares[s],
            model: 100.0 * measured.shares[s],
            limit: Limit::Absolute(super::SHARE_LIMIT),
            is_input: true,
            source: sources.jobs.clone(),
            filled: filled(s),
        });
    }
    for s in 0..=SECTORS {
        let nation = national_pay(town, s);
        rows.push(FitRow {
            group: Group::Pay,
            what: name(s).to_owned(),
            unit: "of the nation's",
            target: f.pay[s],
            model: if f.shares[s] > 0.0 {
                measured.pay[s] / nation
            } else {
                f64::NAN
            },
            limit: Limit::Relative(0.1),
            is_input: true,
            source: sources.jobs.clone(),
            filled: filled(s),
        });
    }
    for s in 0..SECTORS {
        rows.push(FitRow {
            group: Group::Size,
            what: name(s).to_owned(),
            unit: "workers a firm",
            target: f.sizes[s],
            model: if f.shares[s] > 0.0 {
                measured.sizes[s]
            } else {
                f64::NAN
            },
            limit: Limit::Relative(0.25),
            is_input: true,
            source: sources.jobs.clone(),
            filled: filled(s),
        });
    }
    rows
}

/// The nation's mean pay in a sector, dollars a month: the parameters' without the place's premium.
fn national_pay(town: &PlaceTown, s: usize) -> f64 {
    let p = &town.parameters;
    let (premium, mix) = if s < SECTORS {
        (p.sectors[s].wage_premium, &p.sectors[s].occupations)
    } else {
        (p.public.wage_premium, &p.public.occupations)
    };
    let pay: f64 = mix
        .iter()
        .enumerate()
        .map(|(o, share)| share * p.occupations[o].mean_wage)
        .sum();
    premium * pay / town.area.figures.pay[s].max(1e-9)
}

fn work(town: &PlaceTown, measured: &Measured) -> Vec<FitRow> {
    let f = &town.area.figures;
    let sources = &town.area.sources;
    let row = |what: &str, unit, target: f64, model: f64, limit, is_input, source: &str| FitRow {
        group: Group::Work,
        what: what.to_owned(),
        unit,
        target,
        model,
        limit,
        is_input,
        source: source.to_owned(),
        filled: "",
    };
    let balanced = model::scenario::gazetteer::BALANCED;
    vec![
        row(
            "unemployment",
            "% of the labor force",
            100.0 * f.unemployment,
            100.0 * measured.unemployment,
            Limit::Absolute(1.0),
            true,
            &sources.work,
        ),
        row(
            "participation",
            "% of ages 16-64",
            100.0 * f.participation(),
            100.0 * measured.participation,
            Limit::Absolute(2.0),
            true,
            &sources.work,
        ),
        row(
            "employed residents",
            "% of residents",
            100.0 * f.employed() / f.population,
            100.0 * measured.employed_share,
            Limit::Absolute(1.5),
            true,
            &sources.work,
        ),
        row(
            "jobs an employed resident",
            "ratio",
            f.jobs_per_employed / balanced,
            measured.jobs_per_employed,
            Limit::Absolute(0.05),
            true,
            &sources.jobs,
        ),
    ]
}

fn income(town: &PlaceTown, measured: &Measured) -> Vec<FitRow> {
    let f = &town.area.figures;
    let row = |what: String, unit, target: f64, model: f64, limit, is_input| FitRow {
        group: Group::Income,
        what,
        unit,
        target,
        model,
        limit,
        is_input,
        source: town.area.sources.incomes.clone(),
        filled: "",
    };
    let mut rows = vec![
        row(
            "mean household income".to_owned(),
            "dollars of 2023",
            f.mean_income,
            measured.mean_income,
            Limit::Relative(0.1),
            true,
        ),
        row(
            "mean in the accounts".to_owned(),
            "dollars of 2023",
            f.mean_income,
            town.mean_income / DOLLARS_2023,
            Limit::Relative(0.02),
            true,
        ),
        row(
            "median household income".to_owned(),
            "dollars of 2023",
            f.median_income,
            measured.median_income,
            Limit::Relative(0.15),
            false,
        ),
        row(
            "Gini of household income".to_owned(),
            "index",
            gini_of_brackets(&f.brackets, f.mean_income),
            measured.gini,
            Limit::Absolute(0.04),
            false,
        ),
    ];
    for (bracket, low) in BRACKETS.iter().enumerate() {
        let name = match BRACKETS.get(bracket + 1) {
            Some(high) => format!("households {:.0} to {:.0} thousand", low / 1e3, high / 1e3),
            None => format!("households of {:.0} thousand or more", low / 1e3),
        };
        rows.push(row(
            name,
            "% of households",
            f.brackets[bracket],
            measured.brackets[bracket],
            Limit::Absolute(3.0),
            false,
        ));
    }
    rows
}

/// Gini coefficient of incomes known by bracket, each household at its bracket's middle and the open bracket at what
/// the mean leaves; a little too low, for want of inequality inside brackets.
fn gini_of_brackets(shares: &[f64; BRACKETS.len()], mean: f64) -> f64 {
    let total: f64 = shares.iter().sum();
    let closed = BRACKETS.len() - 1;
    let middle = |b: usize| 0.5 * (BRACKETS[b] + BRACKETS[b + 1]);
    let below: f64 = (0..closed).map(|b| shares[b] / total * middle(b)).sum();
    let open = shares[closed] / total;
    let top = if open > 0.0 {
        (mean - below) / open
    } else {
        OPEN_BRACKET_MEAN
    };
    let top = top.clamp(BRACKETS[closed], 4.0 * OPEN_BRACKET_MEAN);
    let (mut people, mut income, mut area) = (0.0, 0.0, 0.0);
    let all = below + open * top;
    for b in 0..BRACKETS.len() {
        let share = shares[b] / total;
        let earned = share * if b < closed { middle(b) } else { top } / all;
        area += share * (2.0 * income + earned);
        people += share;
        income += earned;
    }
    if people > 0.0 { 1.0 - area } else { f64::NAN }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gini_of_brackets_is_zero_for_equals_and_rises_with_distance() {
        let mut equal = [0.0; BRACKETS.len()];
        equal[5] = 100.0;
        assert!(gini_of_brackets(&equal, 62_500.0).abs() < 1e-9);
        let mut apart = [0.0; BRACKETS.len()];
        (apart[0], apart[9]) = (50.0, 50.0);
        assert!(gini_of_brackets(&apart, 150e3) > 0.4);
        // The nation's brackets of 2019-23: its published Gini is .483.
        let nation = [5.5, 3.5, 6.9, 7.2, 10.8, 16.2, 12.8, 17.1, 8.9, 11.1];
        let gini = gini_of_brackets(&nation, 110_491.0);
        assert!((0.44..0.5).contains(&gini), "{gini}");
    }
}
