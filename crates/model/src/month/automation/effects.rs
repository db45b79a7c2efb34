//! What a firm's technology does: tasks taken over and created, costs, appeal, contact, quits.
//!
//! Effects count from month 0: with the holdings of month 0 every one of them is neutral, exactly. The three
//! effects of technology on work have a switch each:
//! - **displacement** on: the share `a_k` of each task category leaves people's hands. Off: the work stays, and
//!   what it would have saved appears as lower other costs (overhead).
//! - **productivity** off: technology costs what it saves. The labor it frees is paid out again as rent to its
//!   makers, errors and novices' speed stay as they were, so nothing becomes cheaper.
//! - **reinstatement** off: technology creates no new tasks (hours that assisted staff keep are not new tasks).

use crate::scenario::Parameters;
use crate::scenario::parameters::AutomationParameters;
use crate::town::technology::{Effects, Holding, Mode};
use crate::town::{Firms, Technology};
use crate::units::{STAGES, TASKS, TECHNOLOGIES_MAX, value};

use super::super::planning::{full_need, labor_unit_cost};
use super::values::MEAN_VALUE;

/// Task category of contact with people.
const INTERPERSONAL: usize = 3;
/// Task categories of craft: analysis and skilled hands.
const CRAFT: [usize; 2] = [2, 4];
/// Largest part of a task category technology can do.
const COVERAGE_LIMIT: f64 = 0.95;
/// Smallest share of work that counts as a task category of its own.
const SMALLEST_SHARE: f64 = 0.01;
/// Largest part of overhead that technology can save.
const RELIEF_LIMIT: f64 = 0.5;
/// Bounds of quits relative to normal.
const QUITS_BOUNDS: (f64, f64) = (0.5, 2.0);

/// Part of a technology's full effect that a stage has.
#[inline]
pub fn stage_level(p: &AutomationParameters, stage: u8) -> f64 {
    match stage {
        0 => 0.0,
        stage => p.stage_coverage[(stage as usize).min(STAGES) - 1],
    }
}

/// Price or capability after `years` of a yearly change.
#[inline]
pub fn path(yearly: f64, years: f64) -> f64 {
    if yearly == 0.0 {
        1.0
    } else {
        libm::pow(1.0 + yearly, years)
    }
}

/// Levels of each technology at a firm: at month 0 and now.
struct Levels {
    initial: [f64; TECHNOLOGIES_MAX],
    now: [f64; TECHNOLOGIES_MAX],
}

impl Levels {
    fn of(holdings: &[Holding], p: &Parameters, years: f64) -> Levels {
        let mut levels = Levels {
            initial: [0.0; TECHNOLOGIES_MAX],
            now: [0.0; TECHNOLOGIES_MAX],
        };
        for (kind, holding) in holdings.iter().enumerate() {
            let initial = stage_level(&p.automation, holding.initial);
            levels.initial[kind] = initial;
            let capability =
                path(p.technologies[kind].capability_growth, years) * p.levels.capability[kind];
            levels.now[kind] = (initial + f64::from(holding.level)) * capability;
        }
        levels
    }

    #[inline]
    fn gained(&self, kind: usize) -> f64 {
        self.now[kind] - self.initial[kind]
    }
}

/// Part of each task category left to people if each technology does its part independently: `Π (1 − a)`.
fn left(levels: &[f64], kinds: usize, p: &Parameters) -> [f64; TASKS] {
    let mut left = [1.0; TASKS];
    for (kind, &level) in levels[..kinds].iter().enumerate() {
        if level == 0.0 {
            continue;
        }
        for (left, coverage) in left.iter_mut().zip(&p.technologies[kind].coverage) {
            *left *= 1.0 - (coverage * level).min(COVERAGE_LIMIT);
        }
    }
    left
}

/// How the work technology does splits by kind of technology, as shares.
#[derive(Default)]
struct Composition {
    assisting: f64,
    cognitive: f64,
}

impl Composition {
    fn of(holdings: &[Holding], levels: &Levels, shares: &[f64; TASKS], p: &Parameters) -> Self {
        let (mut all, mut assisting, mut cognitive) = (0.0, 0.0, 0.0);
        for (kind, holding) in holdings.iter().enumerate() {
            let technology = &p.technologies[kind];
            let done = (0..TASKS).fold(0.0, |sum, k| sum + shares[k] * technology.coverage[k]);
            let weight = done * levels.gained(kind).max(0.0);
            all += weight;
            cognitive += weight * technology.cognitive;
            if holding.mode == Mode::Augment {
                assisting += weight;
            }
        }
        if all > 0.0 {
            Composition {
                assisting: assisting / all,
                cognitive: cognitive / all,
            }
        } else {
            Composition::default()
        }
    }
}

/// Recomputes what a firm's technology does, and writes the tasks it takes over and creates to the firm's row.
pub fn refresh(
    technology: &mut Technology,
    firms: &mut Firms,
    firm: usize,
    p: &Parameters,
    years: f64,
) {
    let kinds = technology.kinds;
    let sector = &p.sectors[firms.sector[firm] as usize];
    let shares = &sector.task_shares;
    let a = &p.automation;
    let holdings = technology.of(firm);
    let levels = Levels::of(holdings, p, years);
    let left_now = left(&levels.now, kinds, p);
    let left_initial = left(&levels.initial, kinds, p);
    let taken: [f64; TASKS] =
        std::array::from_fn(|k| (1.0 - left_now[k] / left_initial[k]).max(0.0));
    let freed = (0..TASKS).fold(0.0, |sum, k| sum + shares[k] * taken[k]);
    let composition = Composition::of(holdings, &levels, shares, p);

    let mut effects = add_up(holdings, &levels, p, years);
    let kept = a.kept_hours * freed * composition.assisting;
    let mut created = [0.0; TASKS];
    if a.reinstatement {
        for kind in 0..kinds {
            let gained = levels.gained(kind);
            for (created, new) in created.iter_mut().zip(&p.technologies[kind].new_tasks) {
                *created += new * gained;
            }
        }
    }
    effects.created = (0..TASKS).fold(0.0, |sum, k| sum + shares[k] * created[k]);
    if a.displacement {
        keep_hours(&mut created, kept, shares, a);
    }
    effects.contact *= 1.0 + a.contact_share * kept / shares[INTERPERSONAL].max(SMALLEST_SHARE);
    effects.appeal += a.craft_appeal * (1.0 - a.contact_share) * kept;
    effects.replaced = 1.0 - composition.assisting;
    effects.automated_share = (0..TASKS).fold(0.0, |sum, k| sum + shares[k] * (1.0 - left_now[k]));
    effects.automatable_share = automatable(technology.firms[firm].suited, shares, p, years);
    let trained = technology.firms[firm].trained;
    // What planning software allows, owners do as far as they care for the community.
    effects.local_sourcing *= technology.firms[firm].values[value::COMMUNITY] / MEAN_VALUE;
    effects.quits = (1.0 + a.quits_replaced * freed * effects.replaced
        - a.quits_assisted * freed * composition.assisting
        - a.quits_trained * trained)
        .clamp(QUITS_BOUNDS.0, QUITS_BOUNDS.1);

    let work = |part: &[f64; TASKS]| (0..TASKS).fold(0.0, |sum, k| sum + shares[k] * part[k]);
    let displaced = if a.displacement { taken } else { [0.0; TASKS] };
    effects.displaced = work(&displaced);
    effects.kept = work(&created) - effects.created;
    effects.labor_saved = effects.displaced - work(&created);
    let workers = f64::from(firms.workers(firm));
    effects.running_cost *= workers;
    effects.running_local *= workers;
    price_effects(&mut effects, firms, firm, technology, freed - kept, p);

    for k in 0..TASKS {
        firms.automated[firm][k] = displaced[k] as f32;
        firms.new_tasks[firm][k] = created[k] as f32;
    }
    firms.cognitive_share[firm] = composition.cognitive as f32;
    technology.firms[firm].automated = taken;
    technology.firms[firm].effects = effects;
}

/// Share of tasks that the technologies a firm has a use for could do at full integration.
fn automatable(suited: u16, shares: &[f64; TASKS], p: &Parameters, years: f64) -> f64 {
    let mut levels = [0.0; TECHNOLOGIES_MAX];
    for (kind, technology) in p.technologies.iter().enumerate() {
        if suited >> kind & 1 == 1 {
            levels[kind] = path(technology.capability_growth, years) * p.levels.capability[kind];
        }
    }
    let left = left(&levels, p.technologies.len(), p);
    (0..TASKS).fold(0.0, |sum, k| sum + shares[k] * (1.0 - left[k]))
}

/// Effects that add up over technologies; subscriptions are still per worker.
fn add_up(holdings: &[Holding], levels: &Levels, p: &Parameters, years: f64) -> Effects {
    let a = &p.automation;
    let mut effects = Effects::NONE;
    let mut errors_left = 1.0;
    for (kind, holding) in holdings.iter().enumerate() {
        if holding.stage == 0 {
            continue;
        }
        let technology = &p.technologies[kind];
        effects.security_exposure += technology.security_exposure * stage_level(a, holding.stage);
        let gained = levels.gained(kind);
        effects.appeal += technology.appeal * gained;
        effects.convenience += technology.convenience * gained;
        effects.retention += technology.retention * gained;
        effects.reach += technology.reach * gained;
        effects.data_revenue += technology.data_revenue * gained;
        effects.forecasting += technology.forecasting * gained;
        effects.local_sourcing += technology.local_sourcing * gained;
        effects.novice_aid += technology.novice_aid * gained;
        errors_left *= 1.0 - (technology.error_reduction * gained).clamp(0.0, 1.0);
        let newly_expanded = holding.stage >= 2 && holding.initial < 2;
        effects.reviews_prices |= technology.reviews_prices && newly_expanded;
        effects.screens_applicants |= technology.screens_applicants && holding.stage >= 2;
        let used = stage_level(a, holding.stage) - stage_level(a, holding.initial);
        let subscription =
            technology.subscription_per_worker * used * path(-technology.cost_decline, years);
        effects.running_cost += subscription;
        effects.running_local += technology.local_vendor_share * subscription;
        if holding.mode == Mode::Replace {
            let met = technology.customer_facing * gained;
            effects.contact *= 1.0 - (a.contact_loss * met).clamp(0.0, COVERAGE_LIMIT);
        }
    }
    effects.error_reduction = 1.0 - errors_left;
    effects.forecasting = effects.forecasting.clamp(0.0, 1.0);
    effects
}

/// Gives the hours that assisted staff keep to customers and craft.
fn keep_hours(
    created: &mut [f64; TASKS],
    kept: f64,
    shares: &[f64; TASKS],
    a: &AutomationParameters,
) {
    created[INTERPERSONAL] += a.contact_share * kept / shares[INTERPERSONAL].max(SMALLEST_SHARE);
    let craft = CRAFT.iter().fold(0.0, |sum, &k| sum + shares[k]);
    for k in CRAFT {
        created[k] += (1.0 - a.contact_share) * kept / craft.max(SMALLEST_SHARE);
    }
}

/// Rent and savings on other costs, by the switches; `virtually_saved` is the share of labor technology would
/// save if it displaced anybody.
fn price_effects(
    effects: &mut Effects,
    firms: &Firms,
    firm: usize,
    technology: &Technology,
    virtually_saved: f64,
    p: &Parameters,
) {
    let a = &p.automation;
    let row = &technology.firms[firm];
    let sector = &p.sectors[firms.sector[firm] as usize];
    let labor_cost = match labor_unit_cost(firms, firm, p, row.owner_units * row.owner_freed) {
        Some(cost) => {
            cost / row.pay_multiplier * full_need(firms, firm, p)
                / (firms.productivity[firm] * p.firms.normal_utilization)
        }
        None => 0.0,
    };
    if !a.productivity {
        effects.rent = labor_cost * effects.labor_saved.max(0.0);
        effects.novice_aid = 0.0;
        effects.error_reduction = 0.0;
        return;
    }
    let overhead = sector.overhead.max(SMALLEST_SHARE);
    let mut saved = a.error_cost * effects.error_reduction;
    if !a.displacement {
        saved += labor_cost * virtually_saved.max(0.0);
    }
    effects.overhead_relief = (saved / overhead).min(RELIEF_LIMIT);
}
