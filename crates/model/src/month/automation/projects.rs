//! Projects: from the decision to a result, month by month.
//!
//! A project's ratio of realized to promised benefit is drawn when it starts; nobody in the model sees it before
//! the end, except that hopeless projects (ratio below `abandon_below`) are given up on the way.

use crate::rng::{Purpose, normal, unit32};
use crate::scenario::Parameters;
use crate::town::Town;
use crate::town::ledger::Flow;
use crate::town::technology::{CostParts, FinishedProject, Mode, NEVER, Outcome, Project};
use crate::units::Money;

use super::super::policy::loans;
use super::super::scratch::Scratch;
use super::buy;
use super::effects::stage_level;

/// Projects after which experience no longer grows.
const EXPERIENCE_LIMIT: u32 = 5;
/// Part of the planned time after which a hopeless project is given up: from, and spread.
const GIVING_UP: (f64, f64) = (0.3, 0.6);
/// Answer to the pain point, and strategy, of the average project.
const AVERAGE_FIT: f64 = 0.55;
const AVERAGE_STRATEGY: f64 = 0.5;
/// Full-time hours a month.
pub const HOURS_A_MONTH: f64 = 173.3;
/// Largest part of a month's work that a project takes.
const MOST_DIVERTED: f64 = 0.3;
/// Weight of one project in the sector's mean result.
const RESULT_WEIGHT: f64 = 0.1;
/// Maturity gained by any finished project.
const MATURITY_BY_DOING: f64 = 0.02;

/// A project as decided.
pub struct Plan {
    /// Technology.
    pub kind: usize,
    /// Stage it leads to.
    pub stage: u8,
    /// Mode.
    pub mode: Mode,
    /// Pain point.
    pub trigger: u8,
    /// Whether staff are trained.
    pub trains: bool,
    /// Whether processes come first.
    pub reengineers: bool,
    /// Alignment with the owner's values.
    pub alignment: f64,
    /// Answer to the pain point.
    pub fit: f64,
    /// Benefit promised, dollars a year.
    pub promised: f64,
    /// Cost by part.
    pub parts: CostParts,
    /// Paid by grants and subsidies.
    pub granted: Money,
    /// Subscription and levies, dollars a year.
    pub running: f64,
}

/// What the firm lacks to pay for a project: its cost beyond cash above the reserve.
pub fn shortage(town: &Town, firm: usize, cost: Money, p: &Parameters) -> Money {
    let firms = &town.firms;
    let months = p.automation.cash_reserve_months;
    let reserve = Money::from_dollars(months * firms.monthly_cost[firm].max(0.0));
    (cost - (firms.cash[firm] - reserve)).at_least_zero()
}

/// Pays for a project from cash above the firm's reserve, by a loan up to the bank's limit if profits cover the
/// service, or, for a branch, from its parent. Takes the loan or the parent's money. Returns what of the loan a loan
/// window stands for, or nothing if the firm cannot pay.
///
/// A window's part may exceed the bank's limit by what its guarantee adds, and its service is reckoned at the
/// window's rate.
pub fn fund(
    town: &mut Town,
    firm: usize,
    cost: Money,
    window: Option<&loans::Offer>,
    p: &Parameters,
) -> Option<Money> {
    let short = shortage(town, firm, cost, p);
    let Town { firms, ledger, .. } = town;
    if !short.is_positive() {
        return Some(Money::ZERO);
    }
    if !firms.is_local(firm) {
        firms.cash[firm] += short;
        ledger.record(Flow::ParentFunding, short);
        return Some(Money::ZERO);
    }
    let monthly = firms.monthly_cost[firm].max(0.0);
    let room = Money::from_dollars(p.automation.credit_months * monthly) - firms.loan[firm];
    let helped = window.map_or(Money::ZERO, |window| window.loan(short));
    let added = window.map_or(0.0, |window| window.guarantee_months * monthly);
    let rest = short - helped;
    let fits = short <= room + Money::from_dollars(added) && (!rest.is_positive() || rest <= room);
    let credit = &p.credit;
    let debt = (firms.loan[firm] + short).dollars();
    let service = debt * (credit.loan_rate / 12.0 + 1.0 / f64::from(credit.repayment_months))
        - window.map_or(0.0, |window| window.monthly_relief(helped));
    let interest_now = firms.loan[firm].dollars() * credit.loan_rate / 12.0;
    let covered = firms.profit[firm] + interest_now >= p.automation.project_coverage * service;
    if !fits || !covered {
        return None;
    }
    firms.loan[firm] += short;
    firms.cash[firm] += short;
    ledger.record(Flow::LoansGranted, short);
    Some(helped)
}

/// Starts a project; `skill_gap` is the digital literacy the staff lacks for it.
pub fn start(town: &mut Town, firm: usize, plan: &Plan, skill_gap: f64, p: &Parameters) {
    let a = &p.automation;
    let catalogue = &p.technologies[plan.kind];
    let row = &mut town.technology.firms[firm];
    let mut months =
        catalogue.months * a.stage_cost[usize::from(plan.stage) - 1] * (1.0 + skill_gap);
    let mut maturity = row.maturity;
    if plan.reengineers {
        months += a.reengineering_months;
        maturity += a.reengineering_gain;
    }
    let months = libm::ceil(months.max(1.0)) as u16;
    let experience = f64::from(row.experience.min(EXPERIENCE_LIMIT));
    let uid = town.firms.uid[firm];
    let words = town
        .draws
        .words(uid, town.month, Purpose::Project, plan.kind as u32);
    let luck = normal(unit32(words[0]), unit32(words[1]));
    let trained = f64::from(u8::from(plan.trains));
    let ratio = a.outcome_mean
        + a.outcome_fit * (plan.fit - AVERAGE_FIT)
        + a.outcome_strategy * (row.strategy - AVERAGE_STRATEGY)
        + a.outcome_maturity * (maturity - catalogue.complexity)
        + a.outcome_training * trained
        - a.outcome_skills * skill_gap
        + a.outcome_experience * experience
        + a.outcome_sd * luck;
    // The promise grows with optimism, the result does not.
    let ratio = ratio.min(a.outcome_limit) / (1.0 + a.optimism);
    let gives_up_after = if ratio < a.abandon_below {
        let part = GIVING_UP.0 + GIVING_UP.1 * unit32(words[2]);
        libm::ceil(part * f64::from(months)) as u16
    } else {
        u16::MAX
    };
    row.project = Some(Project {
        technology: plan.kind as u8,
        stage: plan.stage,
        mode: plan.mode,
        trigger: plan.trigger,
        reengineers: plan.reengineers,
        trains: plan.trains,
        started: town.month,
        months_left: months,
        gives_up_after,
        alignment: plan.alignment as f32,
        fit: plan.fit as f32,
        ratio: ratio as f32,
        promised: plan.promised,
        parts: plan.parts,
        granted: plan.granted,
        running: plan.running,
        cost: plan.parts.bought(),
        spent: Money::ZERO,
    });
    row.fund = (row.fund - plan.parts.total().dollars()).max(0.0);
    if row.kpis_before.iter().all(|kpi| kpi.is_nan()) {
        row.kpis_before = row.kpis;
    }
    town.technology.counts.started += 1;
}

/// Works a month on the firm's project: pays an installment, and ends it if it is done or hopeless.
pub fn advance(town: &mut Town, firm: usize, p: &Parameters, scratch: &mut Scratch) {
    let Some(mut project) = town.technology.firms[firm].project else {
        return;
    };
    let kind = usize::from(project.technology);
    let left = (project.cost - project.spent).at_least_zero();
    let installment = if project.months_left <= 1 {
        left
    } else {
        left.share(1.0 / f64::from(project.months_left))
    };
    buy(
        scratch,
        firm,
        installment,
        p.technologies[kind].local_vendor_share,
    );
    project.spent += installment;
    project.months_left = project.months_left.saturating_sub(1);
    give_time(town, firm, &project, p);
    let worked = town.month - project.started;
    if worked >= u32::from(project.gives_up_after) {
        end(town, firm, project, Outcome::Abandoned, p);
    } else if project.months_left == 0 {
        let outcome = judge(town, firm, &project, p);
        if project.trains {
            teach(town, firm, project.stage, p, scratch);
        }
        end(town, firm, project, outcome, p);
    } else {
        town.technology.firms[firm].project = Some(project);
    }
}

/// Takes the month's part of the staff's time from production.
fn give_time(town: &mut Town, firm: usize, project: &Project, p: &Parameters) {
    let kind = usize::from(project.technology);
    let hours =
        p.technologies[kind].staff_hours * p.automation.stage_cost[usize::from(project.stage) - 1];
    let months = f64::from(town.month - project.started) + f64::from(project.months_left);
    town.technology.firms[firm].diverted =
        (hours / months.max(1.0) / HOURS_A_MONTH).min(MOST_DIVERTED);
}

/// What the staff learned for a project stays with them, whatever became of it.
fn teach(town: &mut Town, firm: usize, stage: u8, p: &Parameters, scratch: &Scratch) {
    let a = &p.automation;
    let step = stage_level(a, stage) - stage_level(a, stage - 1);
    for &worker in scratch.roster.of(firm) {
        let literacy = &mut town.workers.digital_literacy[worker as usize];
        *literacy += (a.training_literacy * step) as f32 * (1.0 - *literacy);
    }
}

/// How a finished project ends.
fn judge(town: &Town, firm: usize, project: &Project, p: &Parameters) -> Outcome {
    let a = &p.automation;
    let ratio = f64::from(project.ratio);
    if ratio >= 1.0 - a.on_plan_tolerance {
        return Outcome::OnPlan;
    }
    let taken_back = ratio < a.rollback_below
        && town.draws.chance(
            a.rollback_chance,
            town.firms.uid[firm],
            town.month,
            Purpose::Project,
            64,
        );
    if taken_back {
        Outcome::RolledBack
    } else {
        Outcome::Short
    }
}

/// Writes a project to the log, and what it leaves: the technology in use, experience, belief, maturity.
fn end(town: &mut Town, firm: usize, project: Project, outcome: Outcome, p: &Parameters) {
    let a = &p.automation;
    let kinds = town.technology.kinds;
    let kind = usize::from(project.technology);
    let sector = town.firms.sector[firm];
    let ratio = f64::from(project.ratio);
    let stays = matches!(outcome, Outcome::OnPlan | Outcome::Short);
    let realized = if stays { ratio * project.promised } else { 0.0 };
    let row = &mut town.technology.firms[firm];
    row.project = None;
    row.experience += 1;
    row.last_ratio = project.ratio;
    if outcome != Outcome::Abandoned && project.reengineers {
        row.maturity = (row.maturity + a.reengineering_gain).min(1.0);
    }
    if stays {
        row.last_finished = town.month;
        if row.adopted == NEVER {
            row.adopted = town.month;
        }
        row.maturity = (row.maturity + MATURITY_BY_DOING).min(1.0);
        let step = stage_level(a, project.stage) - stage_level(a, project.stage - 1);
        if project.trains {
            row.trained = (row.trained + step).min(1.0);
        }
        let holding = &mut town.technology.holdings[firm * kinds + kind];
        holding.stage = project.stage;
        holding.mode = project.mode;
        // What the technology does is the ratio times what it could do, not times the optimistic promise.
        holding.level += (ratio * (1.0 + a.optimism) * step) as f32;
    }
    let holding = &mut town.technology.holdings[firm * kinds + kind];
    let success = ratio.clamp(0.0, 1.0);
    holding.belief += (a.belief_learning * (success - f64::from(holding.belief))) as f32;
    let result = &mut town.technology.results[usize::from(sector) * kinds + kind];
    *result = if result.is_finite() {
        *result + RESULT_WEIGHT * (success - *result)
    } else {
        success
    };
    town.technology.finished.push(FinishedProject {
        month: town.month,
        uid: town.firms.uid[firm],
        sector,
        local: town.firms.is_local(firm),
        workers: town.firms.workers(firm),
        project,
        realized,
        outcome,
    });
}
