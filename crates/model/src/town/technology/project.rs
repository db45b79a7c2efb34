//! Technology projects: what was decided, and how it ended.

use serde::{Deserialize, Serialize};

use crate::units::Money;

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

/// What a project costs, by part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CostParts {
    /// The technology itself.
    pub technology: Money,
    /// Integration, data and set-up.
    pub integration: Money,
    /// Reorganization, processes put in order first included.
    pub reorganization: Money,
    /// Training of staff.
    pub training: Money,
    /// Adjustment to the owner's values.
    pub adjustment: Money,
    /// The staff's own time, at what it is paid.
    pub staff_time: Money,
}

impl CostParts {
    /// Paid to vendors.
    pub fn bought(&self) -> Money {
        self.technology + self.integration + self.reorganization + self.training + self.adjustment
    }

    /// All parts.
    pub fn total(&self) -> Money {
        self.bought() + self.staff_time
    }
}

/// Why a firm does not use a technology it knows and has a use for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[repr(u8)]
pub enum Reason {
    /// It has not looked into it, or something else came first.
    #[default]
    Other,
    /// It would not pay back in time, or cannot be paid for.
    Cost,
    /// The staff could not run it.
    Skills,
    /// The owner does not want it.
    Values,
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
    /// Pain point that started it, or [`crate::units::PAINS`] for a routine review.
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
    /// Cost agreed, by part.
    pub parts: CostParts,
    /// Of this, paid by grants and subsidies.
    pub granted: Money,
    /// Subscription and levies it brings, dollars a year.
    pub running: f64,
    /// Cost agreed with vendors.
    pub cost: Money,
    /// Spent so far on vendors.
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

impl FinishedProject {
    /// Months in which a benefit of so much a year, less what the technology costs to run, pays back the whole cost
    /// net of grants; NaN if it never does.
    fn payback(&self, benefit: f64) -> f64 {
        let net = (benefit - self.project.running) / 12.0;
        if net > 0.0 {
            (self.project.parts.total() - self.project.granted).dollars() / net
        } else {
            f64::NAN
        }
    }

    /// Months to pay back as promised.
    pub fn payback_promised(&self) -> f64 {
        self.payback(self.project.promised)
    }

    /// Months to pay back as realized.
    pub fn payback_realized(&self) -> f64 {
        self.payback(self.realized)
    }
}
