//! Policies and shocks of a scenario's timeline, as typed entries.
//!
//! A kind is a table of `[policies]` in `scenarios/default.toml`, a struct here with the same keys, and a name in
//! [`Lever`]. Some kinds change what the rules read for as long as they are in force ([`Lever::adjust`]); the
//! others are programs and duties that a phase of the month carries out.
//!
//! Entries combine as follows. Those that change what the rules read are applied in writing order, each to what
//! the one before it left: factors multiply, surcharges add, and for floors and ceilings the more demanding one
//! holds (the higher minimum wage, the longer benefit). Programs keep their budgets apart, serve in writing
//! order, and nobody is paid twice for the same thing by one program.

mod business;
mod levels;
mod people;
mod shocks;
mod taxes;
mod trade;

use serde::{Deserialize, Serialize};

use super::{Financing, Parameters};

pub use business::*;
pub use levels::*;
pub use people::*;
pub use shocks::*;
pub use taxes::*;
pub use trade::*;

/// Which government pays, or is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Payer {
    /// The town's own budget, which other local purchases then have to make room for.
    Local,
    /// State and federal government.
    Outer,
}

/// Where an entry holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// In the town alone.
    Local,
    /// In the rest of the country too.
    National,
}

/// What every program with a budget and applicants states.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Terms {
    /// Budget, dollars a year for each resident at month 0; what is not spent is kept while the program lasts.
    pub budget: f64,
    /// Who pays.
    pub payer: Payer,
    /// Administration, as a share of what is granted.
    pub administration: f64,
    /// Months after which 63% of those concerned have heard of the program.
    pub awareness_months: f64,
    /// Chance a month that somebody who has heard of it and qualifies applies.
    pub application_rate: f64,
    /// Part of those who may apply that a lottery admits, decided once; 1 admits all.
    pub lottery: f64,
}

/// Gives a program's struct its [`Terms`]; the struct has a field for each.
macro_rules! terms {
    ($($program:ty),+ $(,)?) => {$(
        impl $program {
            /// Budget, payer, administration and take-up.
            pub fn terms(&self) -> $crate::scenario::parameters::Terms {
                $crate::scenario::parameters::Terms {
                    budget: self.budget,
                    payer: self.payer,
                    administration: self.administration,
                    awareness_months: self.awareness_months,
                    application_rate: self.application_rate,
                    lottery: self.lottery,
                }
            }
        }
    )+};
}
use terms;

macro_rules! levers {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)+) => {
        /// A policy or shock with its parameters.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Lever {
            $($(#[$doc])* $variant($variant),)+
        }

        impl Lever {
            /// Names of the kinds.
            pub const KINDS: &[&str] = &[$($name),+];

            /// Name of its kind.
            pub fn kind(&self) -> &'static str {
                match self {
                    $(Lever::$variant(_) => $name,)+
                }
            }

            /// Reads the parameters of a kind.
            ///
            /// # Errors
            /// If there is no such kind, or a parameter is missing or unknown.
            pub fn read(kind: &str, parameters: toml::Table) -> Result<Lever, String> {
                let table = toml::Value::Table(parameters);
                match kind {
                    $($name => <$variant>::deserialize(table)
                        .map(Lever::$variant)
                        .map_err(|error| error.message().to_owned()),)+
                    _ => Err(format!("there is no kind of policy called `{kind}`")),
                }
            }
        }
    };
}

levers! {
    /// A payment to every adult.
    BasicIncome = "basic_income",
    /// A legal floor under wages.
    MinimumWage = "minimum_wage",
    /// Grants for technology projects of small and medium businesses.
    TechnologyGrant = "technology_grant",
    /// Less demand from outside.
    DemandSlump = "demand_slump",
    /// Public training for another occupation.
    Reskilling = "reskilling",
    /// Courses in digital literacy.
    DigitalLiteracy = "digital_literacy",
    /// A share in firms' training of staff for technology.
    FirmTrainingSubsidy = "firm_training_subsidy",
    /// More unemployment insurance.
    UnemploymentInsurance = "unemployment_insurance",
    /// Part of the loss of pay of the displaced.
    WageInsurance = "wage_insurance",
    /// Notice of layoffs that follow automation, and retraining before.
    NoticeAndRetrain = "notice_and_retrain",
    /// Audits of hiring software.
    FairnessAudit = "fairness_audit",
    /// Cheaper technology.
    TechnologyCostDrop = "technology_cost_drop",
    /// Technology that can do more.
    AiCapabilityJump = "ai_capability_jump",
    /// A cheaper and more convenient online giant.
    OnlineGiantAdvance = "online_giant_advance",
    /// Dear, risky and late deliveries from offshore.
    OffshoreDisruption = "offshore_disruption",
    /// Large plants close.
    PlantClosure = "plant_closure",
    /// Advice and exchange among owners.
    TechnologyAssociation = "technology_association",
    /// A campaign on what not acting costs.
    Nudge = "nudge",
    /// A levy on those who automate.
    AutomationLevy = "automation_levy",
    /// A duty to leave service to people.
    HumanServiceMandate = "human_service_mandate",
    /// A duty to protect customers' data.
    DataDuty = "data_duty",
    /// Orders of the town's institutions for local owners' firms.
    LocalProcurement = "local_procurement",
    /// An online marketplace of local sellers.
    LocalMarketplace = "local_marketplace",
    /// Payments for orders won back from offshore.
    ReshoringIncentive = "reshoring_incentive",
    /// Shared machines, training and engineers for makers.
    ManufacturingHub = "manufacturing_hub",
    /// A duty on imports.
    Tariff = "tariff",
    /// More cyber attacks.
    CyberWave = "cyber_wave",
    /// Dear and scarce credit.
    CreditSqueeze = "credit_squeeze",
    /// Guaranteed loans at low interest for technology projects of small and medium businesses.
    LoanWindow = "loan_window",
    /// Another rate of the local sales tax.
    SalesTaxChange = "sales_tax_change",
    /// Another rate of the property tax.
    PropertyTaxChange = "property_tax_change",
    /// Relief from local taxes for firms.
    TaxAbatement = "tax_abatement",
    /// Another price of imports.
    ImportPrice = "import_price",
    /// More output for each hour of work.
    Productivity = "productivity",
    /// A chain opens in town.
    ChainEntry = "chain_entry",
    /// Firms adopt a technology, whatever they think of it.
    Adopt = "adopt",
}

impl Lever {
    /// Changes what the rules read while the entry is in force; `months` counts from its first month, which is 0.
    /// Kinds that a phase carries out change nothing here.
    pub fn adjust(&self, p: &mut Parameters, months: u32) {
        match self {
            Lever::MinimumWage(policy) => policy.adjust(p),
            Lever::DemandSlump(shock) => shock.adjust(p, months),
            Lever::UnemploymentInsurance(policy) => policy.adjust(p),
            Lever::TechnologyCostDrop(shock) => shock.adjust(p, months),
            Lever::AiCapabilityJump(shock) => shock.adjust(p, months),
            Lever::OnlineGiantAdvance(shock) => shock.adjust(p, months),
            Lever::OffshoreDisruption(shock) => shock.adjust(p, months),
            Lever::CyberWave(shock) => shock.adjust(p, months),
            Lever::Tariff(policy) => policy.adjust(p, months),
            Lever::HumanServiceMandate(policy) => policy.adjust(p),
            Lever::CreditSqueeze(shock) => shock.adjust(p, months),
            Lever::SalesTaxChange(policy) => policy.adjust(p, months),
            Lever::ImportPrice(shock) => shock.adjust(p, months),
            Lever::PropertyTaxChange(policy) => policy.adjust(p, months),
            _ => {}
        }
    }

    /// Budget, payer, administration and take-up, if it is a program with a budget.
    pub fn terms(&self) -> Option<Terms> {
        match self {
            Lever::TechnologyGrant(program) => Some(program.terms()),
            Lever::LoanWindow(program) => Some(program.terms()),
            Lever::TechnologyAssociation(program) => Some(program.terms()),
            Lever::ReshoringIncentive(program) => Some(program.terms()),
            Lever::ManufacturingHub(program) => Some(program.terms()),
            Lever::Nudge(program) => Some(program.terms()),
            Lever::LocalProcurement(program) => Some(program.terms()),
            Lever::LocalMarketplace(program) => Some(program.terms()),
            Lever::Reskilling(program) => Some(program.terms()),
            Lever::DigitalLiteracy(program) => Some(program.terms()),
            Lever::FirmTrainingSubsidy(program) => Some(program.terms()),
            Lever::WageInsurance(program) => Some(program.terms()),
            _ => None,
        }
    }

    /// Whether it changes what the rules read.
    pub fn adjusts(&self) -> bool {
        matches!(
            self,
            Lever::MinimumWage(_)
                | Lever::DemandSlump(_)
                | Lever::UnemploymentInsurance(_)
                | Lever::TechnologyCostDrop(_)
                | Lever::AiCapabilityJump(_)
                | Lever::OnlineGiantAdvance(_)
                | Lever::OffshoreDisruption(_)
                | Lever::CyberWave(_)
                | Lever::Tariff(_)
                | Lever::HumanServiceMandate(_)
                | Lever::CreditSqueeze(_)
                | Lever::SalesTaxChange(_)
                | Lever::ImportPrice(_)
                | Lever::PropertyTaxChange(_)
                | Lever::TaxAbatement(_)
        )
    }
}

/// An entry of the timeline.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    /// What it does.
    pub lever: Lever,
    /// Where it holds.
    pub scope: Scope,
    /// First month in force, counted from the first month after burn-in, which is 0.
    pub from: u32,
    /// First month no longer in force; none, if it stays.
    pub until: Option<u32>,
    /// Names the entry's draws: the kind and how many of that kind stand before it. Entries of other kinds, and
    /// later ones, do not change it.
    pub identity: u32,
    /// What pays for it.
    pub financing: Financing,
    /// Name in tables: the kind, and its number if there are several of it.
    pub name: String,
}

impl Policy {
    /// Months in force so far, 0 in the first; none where it is not in force.
    pub fn months_in_force(&self, month: u32) -> Option<u32> {
        let over = self.until.is_some_and(|until| month >= until);
        (!over).then(|| month.checked_sub(self.from)).flatten()
    }
}

/// The policies and shocks of a scenario, in writing order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timeline {
    /// The entries.
    pub policies: Vec<Policy>,
}

/// Takes the scope out of an entry's parameters: every kind has it, and no lever reads it.
fn take_scope(parameters: &mut toml::Table) -> Result<Scope, String> {
    let scope = parameters.remove("scope").ok_or("`scope` is missing")?;
    scope
        .try_into()
        .map_err(|error: toml::de::Error| error.message().to_owned())
}

/// Entries of one kind that draws can tell apart.
const MOST_OF_A_KIND: u32 = 1 << 10;

impl Timeline {
    /// Entries from kinds, months and parameters.
    ///
    /// # Errors
    /// The number of the first entry that cannot be read, and why.
    pub fn read(
        entries: impl Iterator<Item = (String, u32, Option<u32>, toml::Table)>,
    ) -> Result<Timeline, (usize, String)> {
        let mut policies: Vec<Policy> = Vec::new();
        for (place, (kind, from, until, mut parameters)) in entries.enumerate() {
            let scope = take_scope(&mut parameters).map_err(|why| (place, why))?;
            let financing = financing(&mut parameters).map_err(|why| (place, why))?;
            let lever = Lever::read(&kind, parameters).map_err(|why| (place, why))?;
            let before = policies.iter().filter(|p| p.lever.kind() == kind).count() as u32;
            let number = Lever::KINDS.iter().position(|k| *k == kind).unwrap_or(0) as u32;
            let name = match before {
                0 => kind,
                more => format!("{kind} {}", more + 1),
            };
            policies.push(Policy {
                lever,
                scope,
                from,
                until,
                financing,
                identity: number * MOST_OF_A_KIND + before,
                name,
            });
        }
        Ok(Timeline { policies })
    }

    /// Entries in force in a month, with their places and months in force.
    pub fn in_force(&self, month: u32) -> impl Iterator<Item = (usize, &Policy, u32)> {
        let entries = self.policies.iter().enumerate();
        entries.filter_map(move |(place, policy)| {
            policy
                .months_in_force(month)
                .map(|months| (place, policy, months))
        })
    }
}

/// Takes out of an entry's parameters what pays for it.
fn financing(parameters: &mut toml::Table) -> Result<Financing, String> {
    match parameters.remove("financing") {
        Some(value) => Financing::deserialize(value).map_err(|error| error.message().to_owned()),
        None => Ok(Financing::Scenario),
    }
}

/// What the past leaves for the rules of a month: rates above those of month 0 that governments' budgets ask for, and
/// prices that lag.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TaxRates {
    /// Property tax, relative to the rate of month 0.
    pub property: f64,
    /// Sales tax, share of the price.
    pub sales: f64,
    /// National tax, share of taxable income.
    pub national: f64,
    /// Price of imports that shops count so far, beyond that of month 0, relative to it.
    pub shelf_import: f64,
}

impl TaxRates {
    fn any(&self) -> bool {
        *self != TaxRates::default()
    }
}

impl Parameters {
    /// What the rules read in a month of the scenario: these parameters, changed by the entries in force and by
    /// what budgets add to tax rates. `into`
    /// keeps the changed copy; without entries that change anything there is none.
    pub fn in_force<'a>(
        &'a self,
        month: u32,
        rates: &TaxRates,
        into: &'a mut Option<Box<Parameters>>,
    ) -> &'a Parameters {
        let changing = |(_, policy, _): &(usize, &Policy, u32)| policy.lever.adjusts();
        let moves =
            self.economy.outside_price_growth != 0.0 || self.trade.offshore_price_growth != 0.0;
        if !rates.any() && !moves && !self.timeline.in_force(month).any(|entry| changing(&entry)) {
            return self;
        }
        let changed = match into {
            Some(kept) => {
                (**kept).clone_from(self);
                kept
            }
            None => into.insert(Box::new(self.clone())),
        };
        let years = f64::from(month) / 12.0;
        changed.levels.offshore_price = libm::pow(1.0 + self.trade.offshore_price_growth, years);
        changed.levels.shelf_import = 1.0 + rates.shelf_import;
        if self.economy.outside_price_growth != 0.0 {
            changed.follow_prices(self.price_level(month));
        }
        changed.levels.property_tax = rates.property;
        changed.levels.sales_tax = rates.sales;
        changed.levels.national_tax = rates.national;
        for (entry, policy, months) in self.timeline.in_force(month) {
            if let Lever::TaxAbatement(relief) = &policy.lever {
                relief.adjust(changed, entry);
            }
            policy.lever.adjust(changed, months);
        }
        changed
    }
}
