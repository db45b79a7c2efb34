//! The social accounts of month 0: who produces, earns and buys what, in dollars a month, before any single firm
//! or household exists.
//!
//! Solved by economic base: non-tradable sectors are as large as their buyers make them, tradable sectors share the
//! remaining jobs in the proportions of the scenario, and what the town does not buy of their output is exported.
//! An impossible (negative) export is an error that names the sector.

use crate::scenario::Parameters;
use crate::scenario::parameters::Closing;
use crate::units::{OCCUPATIONS, SECTOR_IDS, SECTORS, sector};

use super::composition::Counts;
use super::error::SynthesisError;
use super::rates::{
    by_sector, check, housing_part, labor_cost_factor, margin, mean_wage, profit_rates,
};
use super::representative::{HouseholdAccounts, Representative, town_mix};
use super::sizes::SectorPlan;
use super::strata::apportion;

/// One amount for each market sector.
pub type BySector = [f64; SECTORS];

/// Weight of the new value in each step of the iteration.
const DAMPING: f64 = 0.6;
/// Steps after which the iteration is given up.
const STEPS: u32 = 1_000;
/// A move of output beyond which the accounts run away, dollars a month.
const BOUNDLESS: f64 = 1e14;
/// Relative change of output at which the iteration has settled.
const SETTLED: f64 = 1e-12;

/// The town's accounts at month 0, dollars a month; arrays are by market sector.
#[derive(Clone, Debug, PartialEq)]
pub struct SocialAccounts {
    /// Head counts.
    pub counts: Counts,
    /// Workers, working owners included, before rounding to whole persons.
    pub jobs: BySector,
    /// Workers in whole persons; sums to the town's private jobs.
    pub heads: [u32; SECTORS],
    /// Working owners: one for each local firm.
    pub owners: [u32; SECTORS],
    /// Mean pay of a worker in the data.
    pub mean_wage: BySector,
    /// Mean pay of public staff.
    pub public_wage: f64,
    /// Output, net of sales tax.
    pub output: BySector,
    /// Sales outside the town.
    pub exports: BySector,
    /// Purchases by government; education and health are bought by the outer government, the rest by the local one.
    pub government: BySector,
    /// Households' purchases in town, net of sales tax, housing apart.
    pub consumption_local: BySector,
    /// Sales tax on these purchases.
    pub sales_tax: BySector,
    /// The local parts of housing expenses.
    pub housing_local: BySector,
    /// Inputs bought by local firms in town.
    pub intermediate_local: BySector,
    /// Overhead that local firms spend on local builders.
    pub overhead_local: BySector,
    /// Pay of workers: wages of staff and draws of owners.
    pub pay: BySector,
    /// Of these, wages.
    pub wage_bill: BySector,
    /// Of these, draws.
    pub draws: BySector,
    /// Profit over output: what labor, inputs and overhead leave.
    pub margin: BySector,
    /// Profit before interest and tax.
    pub profit: BySector,
    /// Interest on loans.
    pub interest: BySector,
    /// Profit tax.
    pub profit_tax: BySector,
    /// Dividends to owners in town.
    pub dividends_local: BySector,
    /// Dividends to owners outside.
    pub dividends_outside: BySector,
    /// Profit kept.
    pub retained: BySector,
    /// Share of all spending by category (the sector that sells it); housing makes up the rest.
    pub category_share: BySector,
    /// Wages of public staff.
    pub public_pay: f64,
    /// Of all wages paid in town, those of people who live outside.
    pub inward_pay: f64,
    /// Wages of residents who work outside.
    pub outward_pay: f64,
    /// Households' incomes, taxes and spending.
    pub households: HouseholdAccounts,
    /// Transfer from the outer government that closes the local budget.
    pub local_aid: f64,
    /// What local buyers' shares (`local_consumption_share`, `local_input_share`, the local parts of housing and
    /// overhead) are multiplied by: 1, or less where a sector given by its jobs cannot make all they ask for.
    pub local_factor: BySector,
    /// What `households.property_income` is multiplied by to meet `households.mean_income`.
    pub property_factor: f64,
    /// What `households.pension` is multiplied by to meet `households.mean_income`.
    pub pension_factor: f64,
}

/// Solves the accounts of the town that `parameters` describe.
///
/// # Errors
/// See [`SynthesisError`]: shares that do not add up, an iteration that does not settle, or a sector whose outside
/// sales would have to be negative.
pub fn solve(parameters: &Parameters) -> Result<SocialAccounts, SynthesisError> {
    SocialAccounts::solve(parameters)
}

fn unsettled((sector, gap): (usize, f64)) -> SynthesisError {
    let sector = SECTOR_IDS[sector];
    SynthesisError::Unsettled { sector, gap }
}

impl SocialAccounts {
    /// Solves the accounts of the town that `parameters` describe; see [`solve`].
    ///
    /// # Errors
    /// See [`SynthesisError`].
    pub fn solve(parameters: &Parameters) -> Result<SocialAccounts, SynthesisError> {
        let town = &parameters.town;
        let public_share = parameters.public.jobs_share;
        let mut counts = Counts::of(town, town.residents, public_share)?;
        if town.closing == Closing::Jobs {
            counts = counts.with_commuters(&parameters.commuting, public_share);
        }
        check(parameters)?;
        let representative = Representative::of(parameters, &counts)?;
        let mut accounts = SocialAccounts::start(parameters, counts);
        if town.closing == Closing::Jobs {
            accounts.close_on_jobs(parameters, &representative);
            return Ok(accounts);
        }
        let mut moved = (0, f64::INFINITY);
        for _ in 0..STEPS {
            accounts.update(parameters, &representative);
            let next = accounts.step(parameters);
            if next.1.is_nan() || next.1 > BOUNDLESS {
                // Demand that feeds on itself without end: the last move that is a number tells of it.
                moved.1 = moved.1.min(BOUNDLESS);
                return Err(unsettled(moved));
            }
            moved = next;
            let total: f64 = accounts.output.iter().sum();
            if moved.1 <= SETTLED * total {
                break;
            }
        }
        if moved.1 > 1e-9 * accounts.output.iter().sum::<f64>() {
            return Err(unsettled(moved));
        }
        accounts.update(parameters, &representative);
        accounts.close(parameters)?;
        Ok(accounts)
    }

    /// Accounts at the scenario's job shares, the point the iteration starts from.
    fn start(parameters: &Parameters, counts: Counts) -> SocialAccounts {
        let mean = |mix: &[f64; OCCUPATIONS]| mean_wage(parameters, mix);
        let sectors = by_sector(|s| parameters.sectors[s].wage_premium);
        let employed = f64::from(counts.employed);
        let public_wage = parameters.public.wage_premium * mean(&parameters.public.occupations);
        let category: f64 = parameters.sectors.iter().map(|s| s.consumption_share).sum();
        let shops = 1.0 - parameters.households.housing_share;
        SocialAccounts {
            counts,
            jobs: by_sector(|s| parameters.sectors[s].jobs_share * employed),
            heads: [0; SECTORS],
            owners: [0; SECTORS],
            mean_wage: by_sector(|s| sectors[s] * mean(&parameters.sectors[s].occupations)),
            public_wage,
            output: [0.0; SECTORS],
            exports: [0.0; SECTORS],
            government: [0.0; SECTORS],
            consumption_local: [0.0; SECTORS],
            sales_tax: [0.0; SECTORS],
            housing_local: [0.0; SECTORS],
            intermediate_local: [0.0; SECTORS],
            overhead_local: [0.0; SECTORS],
            pay: [0.0; SECTORS],
            wage_bill: [0.0; SECTORS],
            draws: [0.0; SECTORS],
            margin: by_sector(|s| margin(&parameters.sectors[s])),
            profit: [0.0; SECTORS],
            interest: [0.0; SECTORS],
            profit_tax: [0.0; SECTORS],
            dividends_local: [0.0; SECTORS],
            dividends_outside: [0.0; SECTORS],
            retained: [0.0; SECTORS],
            category_share: by_sector(|s| {
                parameters.sectors[s].consumption_share * shops / category.max(f64::MIN_POSITIVE)
            }),
            public_pay: f64::from(counts.public_jobs) * public_wage,
            inward_pay: 0.0,
            outward_pay: f64::from(counts.outward)
                * parameters.commuting.outside_pay
                * mean(&town_mix(parameters)),
            households: HouseholdAccounts::default(),
            local_aid: 0.0,
            local_factor: [1.0; SECTORS],
            property_factor: 1.0,
            pension_factor: 1.0,
        }
    }

    /// Everything that follows from the jobs of each sector: output, incomes, and what the town buys.
    pub(super) fn update(&mut self, parameters: &Parameters, representative: &Representative) {
        for s in 0..SECTORS {
            self.pay[s] = self.jobs[s] * self.mean_wage[s];
            let sector = &parameters.sectors[s];
            self.output[s] = self.pay[s] * labor_cost_factor(parameters) / sector.labor_share;
            self.government[s] = sector.government_share * self.output[s];
        }
        self.share_profits(parameters);
        let here = self.pay.iter().sum::<f64>() + self.public_pay;
        let labor = here - self.inward_pay + self.outward_pay;
        let dividends = self.dividends_local.iter().sum();
        let homes = f64::from(self.counts.households());
        let factors = (self.property_factor, self.pension_factor);
        self.households = representative.accounts(parameters, homes, (labor, dividends), factors);
        self.spend(parameters, self.households.spending);
    }

    /// Splits each sector's profit into interest, tax, dividends and what is kept.
    fn share_profits(&mut self, parameters: &Parameters) {
        for s in 0..SECTORS {
            let rates = profit_rates(parameters, s);
            let output = self.output[s];
            self.profit[s] = self.margin[s] * output;
            self.interest[s] = rates.interest * output;
            self.profit_tax[s] = rates.tax * output;
            let outside = parameters.sectors[s].outside_owned_share;
            self.dividends_local[s] = rates.dividends * (1.0 - outside) * output;
            self.dividends_outside[s] = rates.dividends * outside * output;
            self.retained[s] = self.profit[s]
                - self.interest[s]
                - self.profit_tax[s]
                - self.dividends_local[s]
                - self.dividends_outside[s];
        }
    }

    /// What households and firms of the town buy in town when households spend `spending`.
    pub(super) fn spend(&mut self, parameters: &Parameters, spending: f64) {
        for s in 0..SECTORS {
            let sold = &parameters.sectors[s];
            let reach = self.local_factor[s];
            let gross = self.category_share[s] * spending * sold.local_consumption_share * reach;
            self.consumption_local[s] = gross / (1.0 + sold.sales_tax_rate);
            self.sales_tax[s] = gross - self.consumption_local[s];
            self.housing_local[s] = housing_part(parameters, s) * spending * reach;
            self.intermediate_local[s] = (0..SECTORS)
                .map(|buyer| parameters.sectors[buyer].inputs[s] * self.output[buyer])
                .sum::<f64>()
                * sold.local_input_share
                * reach;
            self.overhead_local[s] = 0.0;
        }
        self.overhead_local[sector::CONSTRUCTION] = (0..SECTORS)
            .map(|buyer| {
                let buys = &parameters.sectors[buyer];
                buys.overhead * buys.overhead_construction_share * self.output[buyer]
            })
            .sum::<f64>()
            * self.local_factor[sector::CONSTRUCTION];
    }

    /// What buyers in town, government apart, take of a sector's output.
    pub(super) fn local_demand(&self, s: usize) -> f64 {
        self.consumption_local[s]
            + self.housing_local[s]
            + self.intermediate_local[s]
            + self.overhead_local[s]
    }

    /// One step of the iteration: jobs move toward what demand asks for. Returns the largest move of output.
    fn step(&mut self, parameters: &Parameters) -> (usize, f64) {
        let mut wanted = self.jobs;
        let mut left = f64::from(self.counts.private_jobs());
        let mut shares = 0.0;
        for (s, wanted) in wanted.iter_mut().enumerate() {
            let sector = &parameters.sectors[s];
            if sector.tradable {
                shares += sector.jobs_share;
            } else {
                let kept = 1.0 - sector.outside_sales_share - sector.government_share;
                let output = self.local_demand(s) / kept.max(1e-6);
                *wanted = output / self.output_per_job(parameters, s);
                left -= *wanted;
            }
        }
        let mut largest = (0, 0.0);
        for (s, &wanted) in wanted.iter().enumerate() {
            let sector = &parameters.sectors[s];
            let wanted = if sector.tradable {
                left * sector.jobs_share / shares
            } else {
                wanted
            };
            let change = DAMPING * (wanted - self.jobs[s]);
            self.jobs[s] += change;
            let moved = (change * self.output_per_job(parameters, s)).abs();
            if moved > largest.1 || moved.is_nan() {
                largest = (s, moved);
            }
        }
        largest
    }

    fn output_per_job(&self, parameters: &Parameters, s: usize) -> f64 {
        self.mean_wage[s] * labor_cost_factor(parameters) / parameters.sectors[s].labor_share
    }

    /// Exports as the residual, then persons and the local budget.
    fn close(&mut self, parameters: &Parameters) -> Result<(), SynthesisError> {
        for s in 0..SECTORS {
            self.exports[s] = self.output[s] - self.government[s] - self.local_demand(s);
        }
        let worst = (0..SECTORS).fold(0, |a, b| {
            if self.exports[b] < self.exports[a] {
                b
            } else {
                a
            }
        });
        // A non-tradable sector without outside sales is off by rounding alone.
        let rounding = 1e-9 * self.output.iter().sum::<f64>();
        if self.exports[worst] < -rounding {
            let gap = -self.exports[worst];
            let sector = SECTOR_IDS[worst];
            return Err(SynthesisError::NegativeExports { sector, gap });
        }
        for exports in &mut self.exports {
            *exports = exports.max(0.0);
        }
        self.count_heads(parameters);
        Ok(())
    }

    /// Whole persons, owners, and the aid that closes the local budget.
    pub(super) fn count_heads(&mut self, parameters: &Parameters) {
        let private = self.counts.private_jobs();
        let heads = apportion(&self.jobs, private);
        for (s, heads) in heads.into_iter().enumerate() {
            self.heads[s] = heads;
            let plan = SectorPlan::of(&parameters.firms, &parameters.sectors[s], heads);
            self.owners[s] = plan.owners();
            self.draws[s] = f64::from(self.owners[s]) * self.mean_pay(s);
            self.wage_bill[s] = self.pay[s] - self.draws[s];
        }
        self.local_aid = self.local_spending(parameters) - self.local_revenue(parameters);
    }

    /// Mean pay of a sector's workers in whole persons: the data's mean but for rounding.
    pub(super) fn mean_pay(&self, s: usize) -> f64 {
        self.pay[s] / f64::from(self.heads[s].max(1))
    }

    /// What the local government pays: public staff with taxes and benefits, and its purchases.
    pub(super) fn local_spending(&self, parameters: &Parameters) -> f64 {
        let purchases: f64 = (0..SECTORS)
            .filter(|&s| s != sector::EDUCATION_HEALTH)
            .map(|s| self.government[s])
            .sum();
        self.public_pay * labor_cost_factor(parameters) + purchases
    }

    /// What the local government collects: sales tax, tax on housing, local taxes in overhead.
    pub(super) fn local_revenue(&self, parameters: &Parameters) -> f64 {
        let own = &parameters.households;
        let housing = own.housing_share * own.housing_property_tax * self.households.spending;
        let overhead: f64 = (0..SECTORS)
            .map(|s| {
                let pays = &parameters.sectors[s];
                pays.overhead * pays.overhead_local_tax_share * self.output[s]
            })
            .sum();
        self.sales_tax.iter().sum::<f64>() + housing + overhead
    }
}
