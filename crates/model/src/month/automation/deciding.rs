//! Seizing: what an offer is worth to an owner, and whether the firm takes it.
//!
//! An offer is the next stage of a technology the firm knows, has a use for and has the prerequisites of, in
//! replace or augment mode. Its worth is the prospect value of payback over the horizon (Kahneman & Tversky
//! 1992), plus alignment with the owner's values, the lead of peers (as a gain, or framed as a loss of
//! position), and how well it answers the firm's pain point, or, without strategy, what is talked about. The
//! best offer is taken with logit probability if cash, credit and skills allow.

use crate::rng::{Purpose, gumbel, unit32};
use crate::scenario::Parameters;
use crate::town::Town;
use crate::town::technology::{Mode, Reason};
use crate::units::{PAINS, TASKS};

use super::super::planning::labor_unit_cost;
use super::super::policy::{self, charges, firm_training, grants, loans};
use super::super::scratch::Scratch;
use super::costing::Extras;
use super::effects::{path, stage_level};
use super::projects::{self, Plan};
use super::sensing::peer_share;
use super::start::alignment;

/// Answer to the pain point when there is none.
const NO_PAIN_FIT: f64 = 0.4;
/// Strategy and empowerment above which staff are trained; strategy above which processes come first.
const TRAINING_BAR: f64 = 0.5;
const REENGINEERING_BAR: f64 = 0.5;
/// Mean weight of a value.
const MEAN_VALUE: f64 = 0.2;
/// Smallest yearly benefit that the choice of mode tells from none, dollars.
const LEAST_BENEFIT: f64 = 1.0;

/// What the decision needs to know about the firm, once.
pub struct Situation {
    pub(super) firm: usize,
    trigger: usize,
    pub(super) workers: f64,
    /// Labor cost, dollars a month.
    pub(super) labor_cost: f64,
    /// Sales, dollars a month.
    pub(super) sales: f64,
    /// Profit on an extra dollar of sales.
    pub(super) contribution: f64,
    /// Digital literacy of the staff.
    literacy: f64,
    /// Work left to people in each task category.
    pub(super) left: [f64; TASKS],
    pub(super) years: f64,
    /// Grant the firm would get for a project.
    pub(super) grant: Option<grants::Offer>,
    /// Share in the cost of training it would get.
    pub(super) training: Option<firm_training::Offer>,
    /// Loan it would get for what it lacks in cash.
    pub(super) window: Option<loans::Offer>,
    /// What the duty of notice would cost for each person laid off, dollars.
    pub(super) notice: f64,
    /// Levies on work that technology takes over and on technology bought.
    pub(super) levy: charges::Levy,
    /// Part of offers that the owner sees as a loss of position if refused.
    loss_framing: f64,
}

/// One offer as the owner sees it.
struct Offer {
    plan: Plan,
    utility: f64,
    /// Whether it pays back within the owner's horizon if all goes well.
    pays: bool,
}

/// Weighs every offer and starts a project with the best, or not.
pub fn decide(
    town: &mut Town,
    firm: usize,
    trigger: usize,
    p: &Parameters,
    years: f64,
    scratch: &Scratch,
) {
    learn_from_sector(town, firm, p, scratch);
    let Some(situation) = Situation::of(town, firm, trigger, p, years, scratch) else {
        return;
    };
    let mut best: Option<Offer> = None;
    for kind in 0..town.technology.kinds {
        let Some(stage) = next_stage(town, firm, kind) else {
            continue;
        };
        let Some(offer) = situation.best_mode(town, kind, stage, p) else {
            continue;
        };
        let reason = situation.reason_against(&offer, p);
        town.technology.holdings[firm * town.technology.kinds + kind].reason = reason;
        if best.as_ref().is_none_or(|b| offer.utility > b.utility) {
            best = Some(offer);
        }
    }
    let Some(mut offer) = best else {
        return;
    };
    let a = &p.automation;
    let uid = town.firms.uid[firm];
    let words = town
        .draws
        .words(uid, town.month, Purpose::TechnologyDecision, 1);
    let odds = (offer.utility - a.adoption_threshold) / a.choice_noise;
    if unit32(words[0]) >= 1.0 / (1.0 + libm::exp(-odds)) {
        return;
    }
    if offer.plan.alignment < a.misalignment_limit {
        if offer.plan.alignment + a.adjustment_gain < a.misalignment_limit {
            town.technology.counts.refused += 1;
            return;
        }
        offer.plan.alignment += a.adjustment_gain;
        let parts = &mut offer.plan.parts;
        parts.adjustment = parts.technology.share(a.adjustment_cost);
        town.technology.counts.adjusted += 1;
    }
    if situation.skill_gap(p.technologies[offer.plan.kind].complexity) > a.skill_gap_limit {
        town.technology.counts.no_skills += 1;
        return;
    }
    let parts = offer.plan.parts;
    let support = situation.support(parts.bought(), parts.training);
    offer.plan.granted = support;
    let window = situation.window.as_ref();
    let Some(lent) = projects::fund(town, firm, parts.total() - support, window, p) else {
        town.technology.counts.no_cash += 1;
        let place = firm * town.technology.kinds + offer.plan.kind;
        town.technology.holdings[place].reason = Reason::Cost;
        return;
    };
    situation.draw_support(town, parts.bought(), parts.training, lent);
    let gap = situation.skill_gap(p.technologies[offer.plan.kind].complexity);
    projects::start(town, firm, &offer.plan, gap, p);
}

/// Beliefs move toward the results of the sector's recent projects.
fn learn_from_sector(town: &mut Town, firm: usize, p: &Parameters, scratch: &Scratch) {
    let weight = p.automation.belief_peers + scratch.support[firm].exchange;
    let technology = &mut town.technology;
    let kinds = technology.kinds;
    let sector = town.firms.sector[firm] as usize;
    for kind in 0..kinds {
        let result = technology.results[sector * kinds + kind];
        if result.is_finite() {
            let belief = &mut technology.holdings[firm * kinds + kind].belief;
            *belief += (weight.min(1.0) * (result - f64::from(*belief))) as f32;
        }
    }
}

/// The stage a firm could reach next with a technology, if it knows it, has a use for it and what it needs.
fn next_stage(town: &Town, firm: usize, kind: usize) -> Option<u8> {
    let technology = &town.technology;
    let row = &technology.firms[firm];
    let holdings = technology.of(firm);
    let needs = technology.prerequisites[kind];
    let ready = (0..technology.kinds).all(|k| needs >> k & 1 == 0 || holdings[k].stage > 0);
    let open = (row.known & row.suited) >> kind & 1 == 1;
    (open && ready && holdings[kind].stage < 3).then(|| holdings[kind].stage + 1)
}

impl Situation {
    fn of(
        town: &Town,
        firm: usize,
        trigger: usize,
        p: &Parameters,
        years: f64,
        scratch: &Scratch,
    ) -> Option<Situation> {
        let firms = &town.firms;
        let row = &town.technology.firms[firm];
        let labor_cost = labor_unit_cost(firms, firm, p, 0.0)? * firms.labor_units[firm];
        let sector = &p.sectors[firms.sector[firm] as usize];
        let workers = f64::from(firms.workers(firm)).max(1.0);
        let staff = scratch.roster.of(firm);
        let literacy = if staff.is_empty() {
            match town
                .workers
                .digital_literacy
                .get(firms.owner_worker[firm] as usize)
            {
                Some(&literacy) => f64::from(literacy),
                None => 0.5,
            }
        } else {
            staff.iter().fold(0.0, |sum, &w| {
                sum + f64::from(town.workers.digital_literacy[w as usize])
            }) / staff.len() as f64
        };
        Some(Situation {
            firm,
            trigger,
            workers,
            labor_cost,
            sales: firms.smoothed_sales[firm].max(0.0),
            contribution: sector.overhead + sector.profit_margin,
            literacy,
            left: row.automated.map(|taken| 1.0 - taken),
            years,
            grant: grants::offered(town, firm, p),
            training: firm_training::offered(town, firm, p),
            window: loans::offered(town, firm, p),
            notice: policy::duty(town, p)
                .map_or(0.0, |duty| duty.cost(workers, labor_cost / workers)),
            levy: charges::levy(town, firm, p),
            loss_framing: 1.0
                - (1.0 - p.automation.loss_framing) * (1.0 - scratch.support[firm].framing),
        })
    }

    /// What speaks most against an offer: skills and values bar it, cost makes it a bad bargain.
    fn reason_against(&self, offer: &Offer, p: &Parameters) -> Reason {
        let a = &p.automation;
        if self.skill_gap(p.technologies[offer.plan.kind].complexity) > a.skill_gap_limit {
            Reason::Skills
        } else if offer.plan.alignment + a.adjustment_gain < a.misalignment_limit {
            Reason::Values
        } else if !offer.pays {
            Reason::Cost
        } else {
            Reason::Other
        }
    }

    /// Digital literacy the staff lacks for a technology.
    fn skill_gap(&self, complexity: f64) -> f64 {
        (complexity - self.literacy).max(0.0)
    }

    /// The better of the two modes, unless the scenario fixes one.
    fn best_mode(&self, town: &Town, kind: usize, stage: u8, p: &Parameters) -> Option<Offer> {
        let modes: &[Mode] = match p.automation.mode.as_str() {
            "replace" => &[Mode::Replace],
            "augment" => &[Mode::Augment],
            _ => &[Mode::Augment, Mode::Replace],
        };
        let sector = town.firms.sector[self.firm] as usize;
        let barred = p.technologies[kind].customer_facing >= p.levels.replace_below[sector];
        let modes = if barred { &[Mode::Augment] } else { modes };
        // Between modes the size of the benefit counts, not payback alone.
        let weight = |offer: &Offer| {
            offer.utility
                + p.automation.mode_economy * libm::log(offer.plan.promised.max(LEAST_BENEFIT))
        };
        let mut best: Option<Offer> = None;
        for &mode in modes {
            let offer = self.appraise(town, kind, stage, mode, p);
            if best.as_ref().is_none_or(|b| weight(&offer) > weight(b)) {
                best = Some(offer);
            }
        }
        best
    }

    /// Worth of one offer.
    fn appraise(&self, town: &Town, kind: usize, stage: u8, mode: Mode, p: &Parameters) -> Offer {
        let a = &p.automation;
        let technology = &p.technologies[kind];
        let row = &town.technology.firms[self.firm];
        let step = stage_level(a, stage) - stage_level(a, stage - 1);
        let benefit = self.benefit(town, kind, step, mode, p) * (1.0 + a.optimism);
        let fit = match technology.answers.get(self.trigger) {
            Some(&answer) => answer,
            None => NO_PAIN_FIT,
        };
        let empowering = row.values[crate::units::value::EMPOWERMENT] - MEAN_VALUE;
        let subsidized = self.training.map_or(0.0, |offer| offer.share);
        let trains = row.strategy + 2.0 * empowering > TRAINING_BAR * (1.0 - subsidized);
        let reengineers = row.strategy > REENGINEERING_BAR && row.maturity < technology.complexity;
        let parts = self.cost_parts(
            kind,
            stage,
            Extras {
                trains,
                reengineers,
            },
            p,
        );
        let support = self.support(parts.bought(), parts.training);
        let own = parts.total() - support;
        let mut cost = (own + self.interest(town, own, p)).dollars();
        cost += self.notice * self.laid_off(kind, step, mode, town, p);
        cost += self.levy.on_spending * parts.bought().dollars();
        let running = 12.0
            * ((1.0 + self.levy.on_spending)
                * technology.subscription_per_worker
                * self.workers
                * step
                * path(-technology.cost_decline, self.years)
                + self.levy.on_work * self.labor_cost * self.freed(kind, step, town, p));

        let belief = f64::from(town.technology.of(self.firm)[kind].belief);
        let horizon = a.horizon_years;
        let total = (cost + horizon * running).max(1.0);
        let gain = (horizon * benefit - total) / total;
        let loss = -(cost + 0.5 * running) / total;
        let value = belief * prospect(gain, p) + (1.0 - belief) * prospect(loss, p);

        let judgement = match mode {
            Mode::Replace => &technology.values_replace,
            Mode::Augment => &technology.values_augment,
        };
        let aligned = alignment(&row.values, judgement);
        let lead = peer_share(&town.technology, &town.firms, self.firm, kind);
        let framing = 1.0 - self.loss_framing + self.loss_framing * a.loss_aversion;
        let fashion = fashion(town, kind, p);
        let words = town.draws.words(
            town.firms.uid[self.firm],
            town.month,
            Purpose::TechnologyDecision,
            8 + kind as u32,
        );
        let utility = value
            + a.values_weight * aligned
            + a.peer_weight * lead * framing
            + row.strategy * a.fit_weight * (fit - NO_PAIN_FIT)
            + (1.0 - row.strategy) * a.fashion_weight * fashion
            + technology.adoption_size_slope * libm::log(self.workers / 10.0)
            + a.choice_noise * gumbel(unit32(words[0]));
        Offer {
            plan: Plan {
                kind,
                stage,
                mode,
                trigger: self.trigger.min(PAINS) as u8,
                trains,
                reengineers,
                alignment: aligned,
                fit,
                promised: benefit,
                parts,
                granted: support,
                running,
            },
            utility,
            pays: gain > 0.0,
        }
    }
}

/// Subjective value of a gain or loss relative to total cost: `x^α`, or `−λ (−x)^α`.
fn prospect(x: f64, p: &Parameters) -> f64 {
    let alpha = p.automation.value_curvature;
    if x >= 0.0 {
        libm::pow(x, alpha)
    } else {
        -p.automation.loss_aversion * libm::pow(-x, alpha)
    }
}

/// How much a technology is talked about, 0 to 1: half luck of the year, half diffusion at its fastest.
fn fashion(town: &Town, kind: usize, p: &Parameters) -> f64 {
    let technology = &town.technology;
    let year = (town.month.saturating_sub(p.run.burn_in_months)) / 12;
    let talk = unit32(
        town.draws
            .words(kind as u64, year, Purpose::TechnologyDecision, 255)[0],
    );
    let sectors = technology.users.len() / technology.kinds;
    let users =
        (0..sectors).fold(0.0, |sum, s| sum + technology.user_share(s, kind)) / sectors as f64;
    0.5 * talk + 2.0 * users * (1.0 - users)
}
