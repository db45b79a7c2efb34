//! Public programs: their funds, who takes part, and what each did this month.
//!
//! Entries stand in the order of the scenario's timeline. What a program pays to households and firms moves at
//! once; services it buys (teaching, advice, administration) are orders to local firms like any other, and what
//! they cannot deliver comes from outside.

use serde::{Deserialize, Serialize};

use crate::scenario::parameters::{Payer, Timeline};
use crate::units::{Money, SECTORS};

use super::ledger::Flow;
use super::participants::Participants;
use super::{Firms, Households, Ledger};

/// What one entry of the timeline did in a month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgramMonth {
    /// Paid by the local government: benefits, grants, services and administration.
    pub spent_local: Money,
    /// Paid by the outer government.
    pub spent_outer: Money,
    /// Of both, administration.
    pub administration: Money,
    /// Collected for the local government (levies, tariffs).
    pub collected_local: Money,
    /// Collected for the outer government.
    pub collected_outer: Money,
    /// Persons paid, served or covered this month.
    pub people: u32,
    /// Of these, for the first time in their present spell.
    pub people_new: u32,
    /// Firms paid, served or covered this month.
    pub firms: u32,
    /// Persons and firms that qualified and applied this month.
    pub applications: u32,
}

/// One entry's state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Program {
    /// Budget not spent yet.
    pub fund: Money,
    /// What it did this month.
    pub this_month: ProgramMonth,
}

/// A loan to a firm for which a program stands.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Guarantee {
    /// Entry of the timeline.
    pub entry: u32,
    /// Who pays if the firm fails.
    pub payer: Payer,
    /// Row of the firm.
    pub firm: u32,
    /// Identity of the firm.
    pub uid: u64,
    /// Part of the bank's loss that is paid.
    pub covered: f64,
    /// What is still owed.
    pub owed: Money,
}

/// All programs, and services they order this month.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Programs {
    /// One row an entry of the timeline.
    pub entries: Vec<Program>,
    /// Services ordered this month from each sector, by payer: local government, outer government.
    pub services: [[Money; 2]; SECTORS],
    /// People in programs.
    pub participants: Participants,
    /// Loans for which programs stand.
    pub guarantees: Vec<Guarantee>,
}

impl Programs {
    /// Starts a month: fits the rows to the timeline, empties the month's counts, and adds a month's budget to
    /// the funds of entries in force. An entry that has ended loses what it did not spend. `month` counts from the
    /// first month after burn-in; `solvency` is the part of its budgets that the local government can pay.
    pub fn begin_month(
        &mut self,
        timeline: &Timeline,
        month: Option<u32>,
        residents: f64,
        solvency: f64,
    ) {
        self.entries
            .resize(timeline.policies.len(), Program::default());
        self.services = [[Money::ZERO; 2]; SECTORS];
        for (program, policy) in self.entries.iter_mut().zip(&timeline.policies) {
            program.this_month = ProgramMonth::default();
            if month.and_then(|m| policy.months_in_force(m)).is_none() {
                program.fund = Money::ZERO;
            } else if let Some(terms) = policy.lever.terms() {
                let paid = match terms.payer {
                    Payer::Local => solvency,
                    Payer::Outer => 1.0,
                };
                program.fund += Money::from_dollars(paid * terms.budget * residents / 12.0);
            }
        }
    }

    fn spend(&mut self, entry: usize, payer: Payer, amount: Money) {
        let month = &mut self.entries[entry].this_month;
        match payer {
            Payer::Local => month.spent_local += amount,
            Payer::Outer => month.spent_outer += amount,
        }
    }

    /// Pays a household, which has the money at once and counts it as income of the month.
    pub fn pay_household(
        &mut self,
        entry: usize,
        payer: Payer,
        household: usize,
        amount: Money,
        households: &mut Households,
        ledger: &mut Ledger,
    ) {
        households.deposits[household] += amount;
        households.program_income[household] += amount;
        self.book_benefits(entry, payer, amount, ledger);
    }

    /// Books benefits that a phase has paid to households itself.
    pub fn book_benefits(
        &mut self,
        entry: usize,
        payer: Payer,
        amount: Money,
        ledger: &mut Ledger,
    ) {
        ledger.record(
            match payer {
                Payer::Local => Flow::ProgramBenefitsLocal,
                Payer::Outer => Flow::ProgramBenefitsOuter,
            },
            amount,
        );
        self.spend(entry, payer, amount);
    }

    /// Pays a firm.
    pub fn pay_firm(
        &mut self,
        entry: usize,
        payer: Payer,
        firm: usize,
        amount: Money,
        firms: &mut Firms,
        ledger: &mut Ledger,
    ) {
        firms.cash[firm] += amount;
        ledger.record(
            match payer {
                Payer::Local => Flow::ProgramGrantsLocal,
                Payer::Outer => Flow::ProgramGrantsOuter,
            },
            amount,
        );
        self.spend(entry, payer, amount);
    }

    /// Pays the bank for a guaranteed loan that was lost, out of the program's fund: what the fund lacks it owes
    /// itself until its budget has filled it.
    pub fn pay_bank(&mut self, entry: usize, payer: Payer, amount: Money, ledger: &mut Ledger) {
        ledger.record(
            match payer {
                Payer::Local => Flow::GuaranteesLocal,
                Payer::Outer => Flow::GuaranteesOuter,
            },
            amount,
        );
        self.spend(entry, payer, amount);
        self.entries[entry].fund -= amount;
    }

    /// Counts what the outer government pays through its general rules because of an entry.
    pub fn count_outer(&mut self, entry: usize, amount: Money, people: u32) {
        self.spend(entry, Payer::Outer, amount);
        self.entries[entry].this_month.people += people;
    }

    /// Orders services (teaching, advice, administration) from a sector's firms.
    pub fn order_services(&mut self, entry: usize, payer: Payer, sector: usize, amount: Money) {
        self.services[sector][payer as usize] += amount;
        self.spend(entry, payer, amount);
    }

    /// Orders administration, from professional services.
    pub fn administer(&mut self, entry: usize, payer: Payer, amount: Money) {
        self.entries[entry].this_month.administration += amount;
        self.order_services(entry, payer, crate::units::sector::PROFESSIONAL, amount);
    }
}
