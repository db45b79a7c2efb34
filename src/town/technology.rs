//! What firms know, use and try of technology, and what that does to them now.
//!
//! Rows follow those of [`super::Firms`]; entries by firm and technology stand in rows of `kinds`. Holdings of
//! month 0 (and those a start-up draws at the rates of month 0) are the zero: effects count what came since, so
//! a town in which nobody adopts anything is the town without technology.

use serde::{Deserialize, Serialize};

use crate::units::{Money, PAINS, SECTORS, STAGES, TASKS, VALUES};

/// Months without an event.
pub const NEVER: u32 = u32::MAX;

/// How a technology meets staff and customers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[repr(u8)]
pub enum Mode {
    /// At people's side: part of the freed hours goes to customers and craft.
    #[default]
    Augment,
    /// In place of people.
    Replace,
}

impl Mode {
    /// Name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Mode::Augment => "augment",
            Mode::Replace => "replace",
        }
    }
}

/// How a project ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[repr(u8)]
pub enum Outcome {
    /// Kept what was promised.
    OnPlan,
    /// Finished, but fell short.
    Short,
    /// Finished, fell short and was taken back.
    RolledBack,
    /// Given up before it ended.
    Abandoned,
}

impl Outcome {
    /// All outcomes.
    pub const ALL: [Outcome; 4] = [
        Outcome::OnPlan,
        Outcome::Short,
        Outcome::RolledBack,
        Outcome::Abandoned,
    ];

    /// Name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Outcome::OnPlan => "on_plan",
            Outcome::Short => "short",
            Outcome::RolledBack => "rolled_back",
            Outcome::Abandoned => "abandoned",
        }
    }
}

/// A project under way.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Project {
    /// Technology.
    pub technology: u8,
    /// Stage it leads to, from 1.
    pub stage: u8,
    /// Mode it will run in.
    pub mode: Mode,
    /// Pain point that started it, or [`PAINS`] for a routine review.
    pub trigger: u8,
    /// Whether processes are put in order first.
    pub reengineers: bool,
    /// Whether staff are trained for it.
    pub trains: bool,
    /// Month of the start.
    pub started: u32,
    /// Months still to go.
    pub months_left: u16,
    /// Months at which it is given up, counted from the start; [`u16::MAX`] for never.
    pub gives_up_after: u16,
    /// Alignment with the owner's values, −1 to 1.
    pub alignment: f32,
    /// How well it answers the pain point, 0 to 1.
    pub fit: f32,
    /// Realized over promised benefit it will turn out to have.
    pub ratio: f32,
    /// Benefit promised, dollars a year.
    pub promised: f64,
    /// Cost agreed, in all.
    pub cost: Money,
    /// Spent so far.
    pub spent: Money,
}

/// A project that ended this month: a row of the project log.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct FinishedProject {
    /// Month of the end, burn-in included.
    pub month: u32,
    /// Identity of the firm.
    pub uid: u64,
    /// Sector.
    pub sector: u8,
    /// Whether the owner lives in town.
    pub local: bool,
    /// Workers.
    pub workers: u32,
    /// The project.
    pub project: Project,
    /// Benefit realized, dollars a year.
    pub realized: f64,
    /// How it ended.
    pub outcome: Outcome,
}

/// What a firm's technology does to it now, relative to month 0. Neutral without technology.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Effects {
    /// Appeal to customers, log points.
    pub appeal: f64,
    /// Convenience for customers who care for it, utility.
    pub convenience: f64,
    /// Loyalty of present customers, utility.
    pub retention: f64,
    /// Sales outside the town it reaches, share of normal output.
    pub reach: f64,
    /// Revenue from data, share of sales.
    pub data_revenue: f64,
    /// Growth of the wanted local share of inputs.
    pub local_sourcing: f64,
    /// Whether prices are reviewed every month.
    pub reviews_prices: bool,
    /// Whether software screens applicants.
    pub screens_applicants: bool,
    /// Output a novice in a fully exposed occupation gains.
    pub novice_aid: f64,
    /// Share of errors removed.
    pub error_reduction: f64,
    /// Entry points for attackers, holdings of month 0 included.
    pub security_exposure: f64,
    /// Contact customers should have with people (1 = month 0).
    pub contact: f64,
    /// Quits relative to normal.
    pub quits: f64,
    /// Part of the labor saving in tasks that replace, not assist, people.
    pub replaced: f64,
    /// Share of tasks done by technology, holdings of month 0 included.
    pub automated_share: f64,
    /// Subscriptions and upkeep since month 0, dollars a month.
    pub running_cost: f64,
    /// Of these, paid to vendors in town.
    pub running_local: f64,
    /// Savings on other costs than labor, share of overhead.
    pub overhead_relief: f64,
    /// Rent of technology that makes nothing cheaper, dollars a unit of output.
    pub rent: f64,
    /// Work technology took over since month 0, share of the labor needed at month 0.
    pub displaced: f64,
    /// New tasks it created, as such a share.
    pub created: f64,
    /// Freed hours that assisted staff keep, as such a share.
    pub kept: f64,
    /// Labor saved on a unit of output: `displaced − created − kept`.
    pub labor_saved: f64,
}

impl Effects {
    /// The effects of no technology.
    pub const NONE: Effects = Effects {
        appeal: 0.0,
        convenience: 0.0,
        retention: 0.0,
        reach: 0.0,
        data_revenue: 0.0,
        local_sourcing: 0.0,
        reviews_prices: false,
        screens_applicants: false,
        novice_aid: 0.0,
        error_reduction: 0.0,
        security_exposure: 0.0,
        contact: 1.0,
        quits: 1.0,
        replaced: 0.0,
        automated_share: 0.0,
        running_cost: 0.0,
        running_local: 0.0,
        overhead_relief: 0.0,
        rent: 0.0,
        displaced: 0.0,
        created: 0.0,
        kept: 0.0,
        labor_saved: 0.0,
    };
}

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
pub const KPIS: usize = 10;
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
];

/// One firm's technology.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FirmTechnology {
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
    /// Trust of customers (1 = full).
    pub trust: f64,
    /// Share of this month's capacity lost to an incident.
    pub downtime: f64,
    /// Sales outside the town through the firm's own reach, real dollars a month.
    pub outside_sales: f64,
    /// Month of the first technology beyond those of month 0, or [`NEVER`].
    pub adopted: u32,
    /// Month of the last finished project, or [`NEVER`].
    pub last_finished: u32,
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
            trust: 1.0,
            downtime: 0.0,
            outside_sales: 0.0,
            adopted: NEVER,
            last_finished: NEVER,
            last_ratio: 0.0,
            kpis: [f32::NAN; KPIS],
            kpis_before: [f32::NAN; KPIS],
            kpis_start: [f32::NAN; KPIS],
        }
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
            successful_values: vec![[1.0 / VALUES as f64; VALUES]; SECTORS],
            ..Technology::default()
        }
    }
}
