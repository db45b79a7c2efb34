//! What is measured of a town that is held against its place.

use model::indicators::{self, Conventions, MeasureScratch};
use model::scenario::Parameters;
use model::scenario::gazetteer::{BRACKETS, DOLLARS_2023};
use model::town::Town;
use model::units::SECTORS;

/// Figures of a town: means over months, and incomes at the end.
#[derive(Clone, Debug)]
pub struct Measured {
    conventions: Conventions,
    months: f64,
    /// Shares of jobs by market sector, and of the public employer last.
    pub shares: [f64; SECTORS + 1],
    /// Mean pay of staff, dollars a month, in the same order.
    pub pay: [f64; SECTORS + 1],
    /// Workers a firm by market sector.
    pub sizes: [f64; SECTORS],
    /// Jobs in town, those of people who live outside counted, over employed residents.
    pub jobs_per_employed: f64,
    /// Employed residents over residents.
    pub employed_share: f64,
    /// Unemployment rate.
    pub unemployment: f64,
    /// Labor force over residents of working age.
    pub participation: f64,
    /// Gini coefficient of household income.
    pub gini: f64,
    /// Median household income, dollars of 2023 a year.
    pub median_income: f64,
    /// Mean household income, dollars of 2023 a year.
    pub mean_income: f64,
    /// Households by income bracket, percent.
    pub brackets: [f64; BRACKETS.len()],
    /// Households that live in town.
    pub households: f64,
}

impl Measured {
    /// Nothing measured yet.
    pub(super) fn of(parameters: &Parameters, _town: &Town) -> Measured {
        Measured {
            conventions: Conventions::of(parameters),
            months: 0.0,
            shares: [0.0; SECTORS + 1],
            pay: [0.0; SECTORS + 1],
            sizes: [0.0; SECTORS],
            jobs_per_employed: 0.0,
            employed_share: 0.0,
            unemployment: 0.0,
            participation: 0.0,
            gini: 0.0,
            median_income: 0.0,
            mean_income: 0.0,
            brackets: [0.0; BRACKETS.len()],
            households: 0.0,
        }
    }

    /// Adds a month.
    pub(super) fn add(&mut self, town: &Town) {
        let record = indicators::record(town, &self.conventions, &mut MeasureScratch::default());
        let jobs: f64 = record.sectors.iter().map(|row| row.jobs).sum();
        for (s, row) in record.sectors.iter().enumerate() {
            self.shares[s] += row.jobs / jobs.max(1.0);
            self.pay[s] += if row.mean_wage.is_finite() {
                row.mean_wage
            } else {
                0.0
            };
            if s < SECTORS {
                self.sizes[s] += row.jobs / row.firms.max(1.0);
            }
        }
        let all = &record.indicators;
        self.jobs_per_employed += jobs / all.jobs.employment.max(1.0);
        self.employed_share += all.jobs.employment / all.jobs.residents.max(1.0);
        self.unemployment += all.jobs.unemployment_rate;
        self.participation += all.jobs.participation_rate;
        self.gini += all.inequality.gini_income;
        self.median_income += all.inequality.median_income / DOLLARS_2023;
        self.months += 1.0;
    }

    /// Means, and what is measured at the end alone.
    pub(super) fn finish(mut self, town: &Town) -> Measured {
        let months = self.months.max(1.0);
        self.for_each(|value| *value /= months);
        let homes = &town.households;
        let incomes = homes.yearly_income.iter().zip(&homes.resident);
        let (mut sum, mut count) = (0.0, 0.0);
        self.brackets = [0.0; BRACKETS.len()];
        for income in incomes
            .filter(|&(_, &here)| here)
            .map(|(&income, _)| income)
        {
            let income = f64::from(income) / DOLLARS_2023;
            let bracket = BRACKETS
                .partition_point(|&low| low <= income)
                .saturating_sub(1);
            self.brackets[bracket] += 1.0;
            sum += income;
            count += 1.0;
        }
        self.brackets
            .iter_mut()
            .for_each(|share| *share *= 100.0 / f64::max(count, 1.0));
        self.mean_income = sum / f64::max(count, 1.0);
        self.households = count;
        self
    }

    fn for_each(&mut self, mut change: impl FnMut(&mut f64)) {
        let lists = self
            .shares
            .iter_mut()
            .chain(&mut self.pay)
            .chain(&mut self.sizes);
        lists.chain(&mut self.brackets).for_each(&mut change);
        for value in [
            &mut self.jobs_per_employed,
            &mut self.employed_share,
            &mut self.unemployment,
            &mut self.participation,
            &mut self.gini,
            &mut self.median_income,
            &mut self.mean_income,
            &mut self.households,
        ] {
            change(value);
        }
    }

    /// Mean over runs, in their order.
    ///
    /// # Panics
    /// If there is no run.
    pub(super) fn mean(runs: &[Measured]) -> Measured {
        let mut mean = runs[0].clone();
        for run in &runs[1..] {
            let mut values = Vec::new();
            run.clone().for_each(|value| values.push(*value));
            let mut next = values.into_iter();
            mean.for_each(|value| *value += next.next().unwrap_or(0.0));
        }
        let count = runs.len() as f64;
        mean.for_each(|value| *value /= count);
        mean
    }
}
