//! The sections of single values: one struct a table of `scenarios/default.toml`.

use serde::{Deserialize, Serialize};

/// How long to simulate and with which seed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunParameters {
    /// First calendar month of the scenario, the month after burn-in; dates in the timeline count from it. Unit: calendar month (YYYY-MM).
    pub start: String,
    /// Months simulated after burn-in. Unit: months.
    pub months: u32,
    /// Months simulated before month 0 to let the town settle; not reported. Unit: months.
    pub burn_in_months: u32,
    /// Seed of every random draw. The same seed gives the same town and the same output, byte for byte. Unit: whole number.
    pub seed: u64,
}

/// What is given when the accounts of month 0 are closed, and what follows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Closing {
    /// Jobs of sectors that sell outside are given; sectors that serve the town are as large as demand makes them.
    #[default]
    Base,
    /// Jobs of all sectors are given; what the town buys of each is what its workers can make.
    Jobs,
}

/// Who lives in the town at month 0.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TownParameters {
    /// What kind of town: sets the mix of sectors (files in scenarios/towns). Unit: name.
    pub kind: String,
    /// A real place whose figures the town has: a code or a name; empty for none. Unit: name.
    pub place: String,
    /// What is given when the accounts of month 0 are closed. Unit: name.
    pub closing: Closing,
    /// With `closing = "jobs"`: least part of a sector's output that is sold outside. Unit: share of output.
    pub least_outside_share: f64,
    /// Residents of all ages at month 0. Unit: persons.
    pub residents: u32,
    /// Residents of working age (workers and the inactive), share of all residents. Unit: share.
    pub working_age_share: f64,
    /// Working-age residents who work or look for work at month 0. Unit: share of working age.
    pub participation: f64,
    /// Unemployment rate the town is built with at month 0. Unit: share of labor force.
    pub initial_unemployment: f64,
    /// Persons per household. Unit: persons.
    pub household_size: f64,
    /// Households of pensioners only, share of all households. Unit: share.
    pub pensioner_household_share: f64,
    /// Residents on a pension, share of all residents. Unit: share.
    pub pensioner_share: f64,
    /// Empty places for households that may move in later, share of households at month 0. Unit: share.
    pub growth_room: f64,
}

/// Costs, shocks and price paths common to all.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EconomyParameters {
    /// Employer's payroll tax, on top of the wage, to the outer government. Unit: share of wage.
    pub payroll_tax_rate: f64,
    /// Employer-paid benefits (health insurance, pensions) to insurers outside the town. Unit: share of wage.
    pub benefits_rate: f64,
    /// Standard deviation of the town-wide shock to outside demand (log). Unit: log points.
    pub aggregate_shock_sd: f64,
    /// Monthly persistence of the town-wide shock. Unit: per month.
    pub aggregate_shock_persistence: f64,
    /// Yearly change of outside prices relative to month 0 (imports, other towns, competitors of exporters). Unit: per year.
    pub outside_price_growth: f64,
    /// Yearly change of outside wages relative to month 0. Unit: per year.
    pub outside_wage_growth: f64,
}

/// How firms plan, price, grow, pay out and buy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FirmsParameters {
    /// Utilization firms plan for: wanted output over capacity. Unit: share.
    pub normal_utilization: f64,
    /// Weight of the last month in a firm's expected demand. Unit: share per month.
    pub demand_smoothing: f64,
    /// Chance that a firm reviews its price in a month. Unit: probability per month.
    pub price_review_chance: f64,
    /// Largest change of a price at one review. Unit: share.
    pub price_step_limit: f64,
    /// How far the norm of a firm's markup follows its part in what customers can turn to: 1 as in a logit of choices, 0 not at all. Unit: exponent.
    pub markup_rivals: f64,
    /// Monthly return of a firm's markup toward its sector's norm. Unit: share per month.
    pub markup_reversion: f64,
    /// Monthly response of the markup to utilization above or below normal. Unit: markup per unit of utilization, per month.
    pub markup_utilization_response: f64,
    /// Size elasticity of visibility to customers: attraction = niche^(1-x) * visibility^x. Unit: exponent.
    pub visibility_exponent: f64,
    /// Monthly adjustment of a firm's visibility toward its normal output. Unit: share per month.
    pub visibility_adjustment: f64,
    /// An entrant's niche at opening, relative to its planned sales. Unit: ratio.
    pub entrant_niche: f64,
    /// Monthly growth of a niche at age 0; fades with age (time constant 48 months). Unit: share per month.
    pub niche_growth: f64,
    /// Standard deviation of a firm's quality (log appeal to customers). Unit: log points.
    pub quality_sd: f64,
    /// Monthly return of quality to the norm. Unit: share per month.
    pub quality_reversion: f64,
    /// Standard deviation of a firm's own order noise (log), for a firm of 8 or fewer workers. Unit: log points.
    pub order_noise_sd: f64,
    /// Monthly persistence of order noise. Unit: per month.
    pub order_noise_persistence: f64,
    /// How order noise falls with size: divided by max(1, N/8) to this power. Unit: exponent.
    pub order_noise_size_exponent: f64,
    /// Share of unmet export and public orders that stays on the books for the next month. Unit: share.
    pub backlog_carryover: f64,
    /// Cash a firm holds at month 0, in months of its costs. Unit: months of cost.
    pub cash_months: f64,
    /// Share of smoothed profit after tax paid to owners. Unit: share.
    pub payout_share: f64,
    /// Monthly share of cash above the target that is paid out too. Unit: share per month.
    pub excess_cash_payout: f64,
    /// Smoothing of profits and margins (weight of the last month). Unit: share per month.
    pub profit_smoothing: f64,
    /// Tax on profits, to the outer government. Unit: share.
    pub profit_tax_rate: f64,
    /// Dispersion of pay between firms for the same work (sd of log premium). Unit: log points.
    pub pay_premium_sd: f64,
    /// Elasticity of a firm's pay premium to its size. Unit: exponent.
    pub pay_size_elasticity: f64,
    /// Largest firm at month 0, in workers, and at most this many. Unit: persons.
    pub largest_firm: u32,
    /// Largest firm at month 0 as a share of its sector's jobs. Unit: share.
    pub largest_firm_share: f64,
    /// Part of local input orders that goes to named suppliers; the rest is spread over the sector. Unit: share.
    pub named_supplier_share: f64,
    /// Chance that a firm reconsiders one named supplier in a month. Unit: probability per month.
    pub supplier_review_chance: f64,
    /// Price elasticity of choosing a local over an outside supplier (logit). Unit: elasticity.
    pub local_supply_elasticity: f64,
    /// Monthly adjustment of the local share of inputs. Unit: share per month.
    pub local_supply_adjustment: f64,
}

/// How households choose among suppliers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemandParameters {
    /// Chance that a household compares its supplier with others in a category this month. Unit: probability per month.
    pub search_chance: f64,
    /// The same when the supplier could not serve it fully last month. Unit: probability per month.
    pub search_chance_rationed: f64,
    /// Median sensitivity of supplier choice to log price. Unit: utility per log point.
    pub price_sensitivity: f64,
    /// Spread of price sensitivity across households (sd of its log). Unit: log points.
    pub price_sensitivity_spread: f64,
    /// Spread of loyalty to local shops across households. Unit: utility.
    pub loyalty_sd: f64,
    /// Mean loyalty to the supplier one already has. Unit: utility.
    pub habit: f64,
    /// Spread of the taste for convenience (pulls toward the online giant). Unit: utility.
    pub convenience_sd: f64,
    /// Median weight of personal service in the choice, before the sector's own weight. Unit: utility per log point of intimacy.
    pub human_service_taste: f64,
    /// Yearly rise in the convenience of buying online. Unit: utility per year.
    pub online_convenience_growth: f64,
    /// Yearly change of the online giant's prices relative to outside prices. Unit: per year.
    pub online_price_growth: f64,
}

/// How households save, spend and hold wealth.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HouseholdsParameters {
    /// Monthly share of the gap between wealth held and wealth wanted that is spent or saved. Unit: share per month.
    pub wealth_gap_response: f64,
    /// Months of income added to wealth when the urge to spend it is measured. Unit: months of income.
    pub liquidity_floor_months: f64,
    /// Median liquid wealth households want, in months of income. Unit: months of income.
    pub target_wealth_months: f64,
    /// Spread of wanted wealth across households (sd of its log). Unit: log points.
    pub target_wealth_spread: f64,
    /// Weight of the last month in a household's smoothed income. Unit: share per month.
    pub income_smoothing: f64,
    /// Monthly speed at which households come to count on payments from programs. Unit: share per month.
    pub transfer_learning: f64,
    /// Contractual saving (retirement plans, mortgage principal) out of disposable income above the threshold, paid outside. Unit: share.
    pub contractual_saving_rate: f64,
    /// Monthly disposable income below which a household makes no contractual saving. Unit: dollars a month.
    pub contractual_saving_threshold: f64,
    /// Spending every household defends, as a share of median spending. Unit: share.
    pub subsistence_share: f64,
    /// Part of spending that goes to housing. With the consumption shares of the sectors it sums to 1. Unit: share.
    pub housing_share: f64,
    /// Of each housing dollar: local property tax, construction, real estate, insurance and finance (the rest leaves the town). Unit: share.
    pub housing_property_tax: f64,
    /// Of each housing dollar, to local builders. Unit: share.
    pub housing_construction: f64,
    /// Of each housing dollar, to local real-estate firms. Unit: share.
    pub housing_real_estate: f64,
    /// Of each housing dollar, to local insurers and lenders. Unit: share.
    pub housing_finance: f64,
    /// Pension a pensioner receives from the outer government. Unit: dollars a month.
    pub pension: f64,
    /// Other transfers a household receives from the outer government. Unit: dollars a month.
    pub other_transfers: f64,
    /// Mean income from property outside the town (before the town is closed; rescaled so that incomes add up). Unit: dollars a month.
    pub property_income: f64,
    /// Mean money income of a household before tax that property income and then pensions are scaled to when jobs are
    /// given (`town.closing`); 0: both stay as they are. Unit: dollars a year.
    pub mean_income: f64,
    /// Concentration of property income across households (sd of its log). Unit: log points.
    pub property_income_spread: f64,
    /// Return at which property income is capitalized when wealth is measured. Unit: per year.
    pub wealth_return: f64,
    /// Return at which profits of firms are capitalized when wealth is measured. Unit: per year.
    pub equity_return: f64,
}

/// Households moving in and out, and housing built for them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MigrationParameters {
    /// Households who move to another place of work in a year where nothing speaks for or against it. Unit: share per year.
    pub moving_rate: f64,
    /// Moving of households whose members are below 35 on average, relative to that rate. Unit: ratio.
    pub young_mover: f64,
    /// Moving of households whose members are 55 or older on average, or pensioners. Unit: ratio.
    pub old_mover: f64,
    /// Moving of households who own their home. Unit: ratio.
    pub owner_mover: f64,
    /// Moving of households who rent. Unit: ratio.
    pub renter_mover: f64,
    /// How moving away answers what a household gains elsewhere. Unit: log points per log point of income.
    pub outflow_response: f64,
    /// How arrivals answer what newcomers gain here. Unit: log points per log point of income.
    pub inflow_response: f64,
    /// Months over which movers compare incomes: being without work at first counts so much less. Unit: months.
    pub horizon_months: f64,
    /// Monthly adjustment of what people believe about chances of work and pay in each occupation. Unit: share per month.
    pub outlook_adjustment: f64,
    /// Members of a newcomer's household who seek work and have a post in town in hand, if one is open. Unit: share.
    pub newcomer_job_in_hand: f64,
    /// Part of wanted deposits that a household brings from outside. Unit: share.
    pub deposits_brought: f64,
    /// Dwellings wanted per household. Unit: ratio.
    pub dwellings_per_household: f64,
    /// Monthly closing of the gap in dwellings. Unit: share per month.
    pub building_speed: f64,
    /// Local cost of a dwelling paid by builders from outside funds. Unit: dollars.
    pub dwelling_cost_local: f64,
}

/// Residents who work outside the town, and outsiders who work in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommutingParameters {
    /// Employed residents who work outside the town at month 0. Unit: share of employed residents.
    pub outward_share: f64,
    /// Jobs in town, owners apart, held by people who live outside at month 0. Unit: share of jobs in town.
    pub inward_share: f64,
    /// Pay of residents who work outside relative to the same work's pay in the data. Unit: ratio.
    pub outside_pay: f64,
}

/// The bank.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreditParameters {
    /// Bank lending rate. Unit: per year.
    pub loan_rate: f64,
    /// Extra rate per unit of debt over yearly sales. Unit: per year.
    pub risk_spread: f64,
    /// Loans at month 0 in months of cost (mean). Unit: months of cost.
    pub debt_months: f64,
    /// Largest loan the bank grants a firm short of cash, in months of cost. Unit: months of cost.
    pub debt_limit_months: f64,
    /// Cash below which a firm asks for a loan, in months of cost. Unit: months of cost.
    pub cash_alarm_months: f64,
    /// Chance that an ordinary firm renews its loan to the usual level in a month. Unit: probability per month.
    pub refinance_chance: f64,
    /// Months over which a loan is repaid. Unit: months.
    pub repayment_months: u32,
    /// Overdraft line, in months of cost; a firm that exceeds it fails. Unit: months of cost.
    pub overdraft_months: f64,
    /// Smoothed profit must cover this multiple of interest and repayment for a new loan. Unit: ratio.
    pub coverage_required: f64,
}

/// Start-ups and closures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntryExitParameters {
    /// Start-ups per year, share of the sector's firms at month 0. Unit: per year.
    pub entry_rate: f64,
    /// How start-ups follow the real demand for what the sector's firms sell. Unit: elasticity.
    pub entry_demand_response: f64,
    /// How start-ups respond to a sector's margin above its norm. Unit: log points per unit of margin.
    pub entry_margin_response: f64,
    /// Monthly closure hazard of an old firm of four workers. Unit: per month.
    pub exit_hazard: f64,
    /// Extra closure hazard of a newborn local firm; fades with age. Unit: per month.
    pub exit_hazard_young: f64,
    /// Time constant with which the extra hazard of youth fades. Unit: months.
    pub exit_youth_months: f64,
    /// Closure hazard per 10 points of negative margin. Unit: per month.
    pub exit_hazard_losses: f64,
    /// How the closure hazard falls with size. Unit: exponent.
    pub exit_size_exponent: f64,
    /// Loss-driven closures of outside-owned firms relative to local ones. Unit: ratio.
    pub outside_owner_patience: f64,
    /// Productivity of entrants relative to the sector. Unit: ratio.
    pub entrant_productivity: f64,
    /// Tail exponent of an entrant's size. Unit: exponent.
    pub entrant_size_exponent: f64,
    /// Largest entrant. Unit: persons.
    pub entrant_size_limit: f64,
}

/// Taxes, benefits, purchases and public jobs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GovernmentParameters {
    /// Income-tax brackets of the outer government: lower bounds of monthly household taxable income. Unit: dollars a month.
    pub income_tax_bounds: [f64; 4],
    /// Marginal rates of those brackets. Unit: share.
    pub income_tax_rates: [f64; 4],
    /// Employee's payroll tax. Unit: share of wage.
    pub employee_payroll_tax: f64,
    /// Unemployment insurance, share of the last wage. Unit: share.
    pub unemployment_replacement: f64,
    /// Highest unemployment insurance. Unit: dollars a month.
    pub unemployment_cap: f64,
    /// Months unemployment insurance is paid. Unit: months.
    pub unemployment_months: u32,
    /// Months of work needed to qualify for unemployment insurance after losing a job. Unit: months.
    pub unemployment_qualifying_months: u32,
    /// Assistance to the jobless without insurance. Unit: dollars a month.
    pub assistance: f64,
    /// Part of the local fund, or debt, that the financing rule spends, or recovers, each month. Unit: share per month.
    pub purchase_response: f64,
    /// Largest change of local purchases and public jobs against their norm. Unit: share.
    pub purchase_limit: f64,
    /// Monthly adjustment of public jobs toward the population. Unit: share per month.
    pub public_jobs_adjustment: f64,
}

/// Orders from outside and between local firms.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TradeParameters {
    /// Monthly adjustment of a sector's orders from outside toward what they should be. Unit: share per month.
    pub export_adjustment: f64,
    /// Monthly adjustment of a firm's share of its sector's outside orders. Unit: share per month.
    pub export_share_adjustment: f64,
    /// Monthly adjustment of a firm's share of local business orders. Unit: share per month.
    pub business_share_adjustment: f64,
    /// Price elasticity of a firm's share of its sector's orders. Unit: elasticity.
    pub share_price_elasticity: f64,
    /// Share of contestable manufacturing orders the town holds at month 0, against offshore makers. Unit: share.
    pub reshoring_share: f64,
    /// Price elasticity of the reshoring logit in the long run. Unit: elasticity.
    pub reshoring_elasticity: f64,
    /// Part of an elasticity of outside orders that answers a price at once; the rest follows. Unit: share.
    pub short_run_share: f64,
    /// Months over which two thirds of the rest follow. Unit: months.
    pub elasticity_months: f64,
    /// Months over which shops count two thirds of a change of import prices in theirs. Unit: months.
    pub shelf_months: f64,
    /// Imported part of a firm's inputs from which a missing import stops as much output. Unit: share.
    pub import_dependence: f64,
    /// Yearly change of offshore landed cost relative to month 0. Unit: per year.
    pub offshore_price_growth: f64,
    /// Mean size of a contract for orders won back from offshore makers. Unit: dollars a month.
    pub contract_size: f64,
    /// Months for which such a contract runs. Unit: months.
    pub contract_months: u32,
    /// Part of manufactured inputs bought outside that is imported. Unit: share.
    pub imported_inputs: f64,
    /// Part of goods sold in shops and online that is imported. Unit: share.
    pub imported_goods: f64,
    /// Part of rivals' market for manufactures that offshore makers hold at month 0. Unit: share.
    pub offshore_rivals: f64,
    /// Part of outside orders for manufactures and farm goods that comes from abroad. Unit: share.
    pub foreign_orders: f64,
    /// Price elasticity of those orders. Unit: elasticity.
    pub foreign_elasticity: f64,
}
