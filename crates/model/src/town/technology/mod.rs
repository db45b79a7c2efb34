//! What firms know, use and try of technology, and what that does to them now.
//!
//! Rows follow those of [`super::Firms`]; entries by firm and technology stand in rows of `kinds`. Holdings of
//! month 0 (and those a start-up draws at the rates of month 0) are the zero: effects count what came since, so
//! a town in which nobody adopts anything is the town without technology.

mod effects;
mod project;

use serde::{Deserialize, Serialize};

use crate::units::{Money, PAINS, SECTORS, STAGES, TASKS, VALUES};

pub use effects::Effects;
pub use project::{CostParts, FinishedProject, Mode, Outcome, Project, Reason};

/// Months without an event.
pub const NEVER: u32 = u32::MAX;

/// Stands for no kind of business in particular.
pub const NO_ARCHETYPE: u8 = u8::MAX;

/// Where a firm's savings go; what is left of 1 is profit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SavingsSplit {
    /// To lower prices.
    pub prices: f64,
    /// To higher pay.
    pub pay: f64,
    /// To technology, training and growth.
    pub reinvestment: f64,
    /// To the owner's free hours.
    pub owner_hours: f64,
}

/// Number of measures in the table of what automation changes in a firm.
pub const KPIS: usize = 11;
/// Identifiers of these measures.
pub const KPI_IDS: [&str; KPIS] = [
    "process_time",
    "unit_cost",
    "satisfaction",
    "retention",
    "output_per_worker",
    "error_rate",
    "owner_hours",
    "staff_turnover",
    "pay_share_of_savings",
    "human_contact",
    "forecast_error",
];

/// One firm's technology.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FirmTechnology {
    /// Kind of business (index of [`crate::units::ARCHETYPE_IDS`]), or [`NO_ARCHETYPE`].
    pub archetype: u8,
    /// Technologies the firm knows of, one bit each.
    pub known: u16,
    /// Technologies it has a use for, one bit each.
    pub suited: u16,
    /// Project under way.
    pub project: Option<Project>,
    /// Owner's values, weights that sum to 1.
    pub values: [f64; VALUES],
    /// How much the owner chooses by what answers the firm's pain point, 0 to 1.
    pub strategy: f64,
    /// Maturity of processes, 0 to 1.
    pub maturity: f64,
    /// Share of attacks that protection stops.
    pub security: f64,
    /// Share of staff trained for technology, 0 to 1.
    pub trained: f64,
    /// Projects ended so far.
    pub experience: u32,
    /// Where savings go.
    pub split: SavingsSplit,
    /// What technology does now.
    pub effects: Effects,
    /// Part of each task category that technology does beyond month 0.
    pub automated: [f64; TASKS],
    /// Wages and benefits relative to what they would be without shared savings.
    pub pay_multiplier: f64,
    /// Owner's labor units before any savings bought free hours.
    pub owner_units: f64,
    /// Part of the owner's work bought back.
    pub owner_freed: f64,
    /// What technology saves a month after its own cost, dollars.
    pub net_saving: f64,
    /// Savings kept for reinvestment, dollars.
    pub fund: f64,
    /// How far competition has taken over what the owner chose to pass on, 0 to 1.
    pub competed: f64,
    /// What technology saves after its own cost, as a share of the cost without it.
    pub saving: f64,
    /// What technology, its own and rivals', takes off the cost its price is based on, as a share.
    pub price_cut: f64,
    /// Part of the savings not passed on that rivals' prices leave to the firm.
    pub kept_of_savings: f64,
    /// Trust of customers (1 = full).
    pub trust: f64,
    /// Share of this month's capacity lost to an incident.
    pub downtime: f64,
    /// Share of this month's work that the staff gives to a project.
    pub diverted: f64,
    /// The same, mean of about a year: what the firm staffs for.
    pub diverted_mean: f64,
    /// Sales outside the town through the firm's own reach, real dollars a month.
    pub outside_sales: f64,
    /// Month of the first technology beyond those of month 0, or [`NEVER`].
    pub adopted: u32,
    /// Month of the last finished project, or [`NEVER`].
    pub last_finished: u32,
    /// Jobs that technology freed and no layoff has been put down to yet, persons.
    pub freed: f64,
    /// Realized over promised benefit of the last project that ended.
    pub last_ratio: f32,
    /// Measures of this month (smoothed where a month is too short).
    pub kpis: [f32; KPIS],
    /// Measures at the start of the first project.
    pub kpis_before: [f32; KPIS],
    /// Measures at the start of the scenario, or at the age of one year.
    pub kpis_start: [f32; KPIS],
}

impl FirmTechnology {
    /// A firm without technology.
    pub fn none() -> FirmTechnology {
        FirmTechnology {
            archetype: NO_ARCHETYPE,
            known: 0,
            suited: 0,
            project: None,
            values: [1.0 / VALUES as f64; VALUES],
            strategy: 0.0,
            maturity: 0.0,
            security: 0.0,
            trained: 0.0,
            experience: 0,
            split: SavingsSplit::default(),
            effects: Effects::NONE,
            automated: [0.0; TASKS],
            pay_multiplier: 1.0,
            owner_units: 0.0,
            owner_freed: 0.0,
            net_saving: 0.0,
            fund: 0.0,
            competed: 0.0,
            saving: 0.0,
            price_cut: 0.0,
            kept_of_savings: 1.0,
            trust: 1.0,
            downtime: 0.0,
            diverted: 0.0,
            diverted_mean: 0.0,
            outside_sales: 0.0,
            adopted: NEVER,
            last_finished: NEVER,
            freed: 0.0,
            last_ratio: 0.0,
            kpis: [f32::NAN; KPIS],
            kpis_before: [f32::NAN; KPIS],
            kpis_start: [f32::NAN; KPIS],
        }
    }

    /// Savings of a month kept for reinvestment, dollars.
    pub fn reinvested(&self) -> f64 {
        self.split.reinvestment * self.kept_of_savings * self.net_saving.max(0.0)
    }

    /// Whether the firm uses a technology beyond those of month 0.
    pub fn has_adopted(&self) -> bool {
        self.adopted != NEVER
    }
}

/// One technology at one firm.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Holding {
    /// Stage in use: 0 none, 1 pilot, 2 expansion, 3 integration.
    pub stage: u8,
    /// Stage at month 0 or at opening that counts as the zero.
    pub initial: u8,
    /// Mode it runs in.
    pub mode: Mode,
    /// Realized part of the full effect beyond that of `initial`.
    pub level: f32,
    /// Believed chance that a project succeeds.
    pub belief: f32,
    /// Why the firm did not take it when it last looked, for a technology it does not use.
    pub reason: Reason,
}

/// Counts of one month, kept for the indicators.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TechnologyCounts {
    /// Reviews held.
    pub reviews: u32,
    /// Reviews by pain point; the last entry counts those without.
    pub triggers: [u32; PAINS + 1],
    /// Projects started.
    pub started: u32,
    /// Of these, adjusted to the owner's values.
    pub adjusted: u32,
    /// Offers refused for the owner's values.
    pub refused: u32,
    /// Offers given up for want of cash and credit.
    pub no_cash: u32,
    /// Offers given up for want of skills.
    pub no_skills: u32,
    /// Cyber incidents.
    pub incidents: u32,
    /// Of these, with customers' data taken.
    pub breaches: u32,
    /// Working days lost to incidents, summed over firms.
    pub days_lost: f64,
    /// Layoffs at firms that finished a project within the attrition window.
    pub layoffs: u32,
    /// Firms closed that had adopted a technology since month 0.
    pub exits_adopters: u32,
    /// Firms closed that had not.
    pub exits_others: u32,
    /// Hires at firms whose applicants software screens.
    pub screened_hires: u32,
    /// Of these, of persons over 50.
    pub screened_hires_older: u32,
    /// Hires elsewhere.
    pub other_hires: u32,
    /// Of these, of persons over 50.
    pub other_hires_older: u32,
    /// Paid for technology, training included.
    pub spent: Money,
}

/// Technology in the town.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Technology {
    /// Number of technologies; 0 while technology is off.
    pub kinds: usize,
    /// Firms, row for row.
    pub firms: Vec<FirmTechnology>,
    /// Technologies of each firm, in rows of `kinds`.
    pub holdings: Vec<Holding>,
    /// Index in the catalogue of each technology's prerequisites, one bit each.
    pub prerequisites: Vec<u16>,
    /// Appeal that sellers in other towns and online gained since month 0, utility.
    pub outside_appeal: f64,
    /// Share of each sector's firms that use each technology, sectors in rows of `kinds`.
    pub users: Vec<f64>,
    /// The same at month 0.
    pub initial_users: Vec<f64>,
    /// Mean realized ratio of the sector's recent projects, sectors in rows of `kinds`.
    pub results: Vec<f64>,
    /// What technology has taken off the prices of each sector, as a share.
    pub price_cuts: Vec<f64>,
    /// What technology saves each sector's firms, as a share of cost, mean by normal output.
    pub savings: Vec<f64>,
    /// How far competition has come in each sector, mean by normal output.
    pub competed: Vec<f64>,
    /// Mean values of each sector's more profitable firms.
    pub successful_values: Vec<[f64; VALUES]>,
    /// Projects that ended this month.
    pub finished: Vec<FinishedProject>,
    /// This month's counts.
    pub counts: TechnologyCounts,
}

/// Stages that exist, for tables.
pub const STAGE_IDS: [&str; STAGES] = ["pilot", "expansion", "integration"];

impl Technology {
    /// Whether firms adopt technology in this town.
    #[inline]
    pub fn is_on(&self) -> bool {
        self.kinds > 0
    }

    /// What technology does to a firm; nothing where technology is off.
    #[inline]
    pub fn effects(&self, firm: usize) -> &Effects {
        match self.firms.get(firm) {
            Some(row) => &row.effects,
            None => &Effects::NONE,
        }
    }

    /// Technologies a firm uses, from the pilot on: a bit each, in the order of the catalogue.
    pub fn in_use(&self, firm: usize) -> u32 {
        if firm >= self.firms.len() {
            return 0;
        }
        let holdings = self.of(firm).iter().enumerate();
        holdings.fold(0, |bits, (place, holding)| {
            bits | (u32::from(holding.stage > 0) << place.min(31))
        })
    }

    /// Share of a firm's work that projects take, mean of about a year.
    #[inline]
    pub fn diverted_mean(&self, firm: usize) -> f64 {
        self.firms.get(firm).map_or(0.0, |row| row.diverted_mean)
    }

    /// Technologies of a firm.
    #[inline]
    pub fn of(&self, firm: usize) -> &[Holding] {
        &self.holdings[firm * self.kinds..(firm + 1) * self.kinds]
    }

    /// Share of a sector's firms that use a technology.
    #[inline]
    pub fn user_share(&self, sector: usize, technology: usize) -> f64 {
        self.users[sector * self.kinds + technology]
    }

    /// Adds rows until there are `rows`.
    pub fn fit_to(&mut self, rows: usize) {
        self.firms.resize_with(rows, FirmTechnology::none);
        self.holdings.resize(rows * self.kinds, Holding::default());
    }

    /// Empties a row: the firm has closed.
    pub fn reset(&mut self, firm: usize) {
        if firm < self.firms.len() {
            self.firms[firm] = FirmTechnology::none();
            self.holdings[firm * self.kinds..(firm + 1) * self.kinds].fill(Holding::default());
        }
    }

    /// Empties what is kept for one month, keeping its memory.
    pub fn begin_month(&mut self) {
        self.finished.clear();
        self.counts = TechnologyCounts::default();
    }

    /// Columns by sector and technology, for a catalogue of `kinds`.
    pub fn new(kinds: usize) -> Technology {
        Technology {
            kinds,
            users: vec![0.0; SECTORS * kinds],
            initial_users: vec![0.0; SECTORS * kinds],
            results: vec![f64::NAN; SECTORS * kinds],
            price_cuts: vec![0.0; SECTORS],
            savings: vec![0.0; SECTORS],
            competed: vec![0.0; SECTORS],
            successful_values: vec![[1.0 / VALUES as f64; VALUES]; SECTORS],
            ..Technology::default()
        }
    }
}
