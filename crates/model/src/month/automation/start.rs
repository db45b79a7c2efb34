//! What firms hold and who their owners are before the first decision.

use crate::rng::{Draws, Purpose, normal, unit32};
use crate::scenario::Parameters;
use crate::scenario::parameters::{Lever, concerns};
use crate::town::people::OUTSIDE_OWNER;
use crate::town::technology::{FirmTechnology, Holding, Mode, NO_ARCHETYPE, Reason};
use crate::town::{Firms, Technology, Town};
use crate::units::{SECTOR_IDS, STAGES, VALUES, value};

use super::effects::stage_level;
use super::sensing::count_users;

/// Stands for the month in draws of traits that never change.
const ALWAYS: u32 = 0x00ff_ffff;
/// Workers at which the initial share of a technology holds.
const REFERENCE_SIZE: f64 = 10.0;
/// Age, in years, at which the weight of personal service is the median one, and the span of the parameter.
const REFERENCE_AGE: f64 = 45.0;
const AGE_SPAN: f64 = 20.0;
/// Age given to households of pensioners only, years.
const PENSIONER_AGE: f64 = 74.0;
/// Users of month 0 who are still in the pilot, and in the pilot or expansion.
const INITIAL_STAGES: [f64; 2] = [0.3, 0.65];
/// Stage at which a start-up uses the tools of its day.
const ENTRANT_STAGE: u8 = 2;

/// Gives firms the technologies, owners' values and beliefs of month 0, and customers their age-graded taste for
/// personal service. To be called once, on a town just built; does nothing if technology is switched off.
///
/// These holdings are the zero of every effect. Shares by size and sector follow `initial_share`,
/// `initial_size_slope` and `suits` of the catalogue.
pub fn initialize(town: &mut Town, p: &Parameters) {
    if !p.automation.enabled || p.technologies.is_empty() {
        return;
    }
    let mut technology = Technology::new(p.technologies.len());
    technology.prerequisites = prerequisites(p);
    technology.fit_to(town.firms.len());
    for firm in town.firms.open_rows() {
        let workers = f64::from(town.firms.workers(firm)).max(1.0);
        settle_firm(&mut technology, &town.firms, firm, workers, &town.draws, p);
    }
    count_users(&mut technology, &town.firms);
    technology.initial_users = technology.users.clone();
    town.technology = technology;
    grade_tastes_by_age(town, p);
}

/// Technologies each technology needs, one bit each.
fn prerequisites(p: &Parameters) -> Vec<u16> {
    p.technologies
        .iter()
        .map(|technology| {
            technology
                .prerequisites
                .iter()
                .filter_map(|id| p.technologies.position(id))
                .fold(0, |bits, kind| bits | 1 << kind)
        })
        .collect()
}

/// Traits and holdings of a firm that opens, and the tools of its day it starts with.
pub fn open(town: &mut Town, firm: usize, p: &Parameters) {
    if !town.technology.is_on() {
        return;
    }
    let Town {
        technology,
        firms,
        draws,
        month,
        ..
    } = town;
    technology.fit_to(firms.len());
    let units = firms.expected_demand[firm]
        / (firms.productivity[firm] * p.firms.normal_utilization).max(1e-9);
    settle_firm(technology, firms, firm, units.max(1.0), draws, p);
    let sector = firms.sector[firm] as usize;
    let kinds = technology.kinds;
    for kind in 0..kinds {
        let holding = technology.of(firm)[kind];
        if holding.stage > 0 || technology.firms[firm].suited >> kind & 1 == 0 {
            continue;
        }
        let place = sector * kinds + kind;
        let spread = (technology.users[place] - technology.initial_users[place]).max(0.0);
        let u = trait_draw(draws, firms.uid[firm], 64 + kind as u32);
        if p.automation.town_adopts && u < p.automation.entrant_adoption * spread {
            let mode = preferred_mode(&technology.firms[firm], kind, p);
            technology.holdings[firm * kinds + kind] = Holding {
                stage: ENTRANT_STAGE,
                level: stage_level(&p.automation, ENTRANT_STAGE) as f32,
                mode,
                ..holding
            };
            technology.firms[firm].adopted = *month;
            technology.firms[firm].competed = technology.competed[sector];
            technology.firms[firm].known |= 1 << kind;
        }
    }
    technology.firms[firm].owner_units = firms.owner_units[firm];
}

/// Gives firms the technology of entries that begin this month, whatever they think of it: drawn by lot among those
/// without it in the sectors named, at the stage at which a start-up uses its tools and in the mode they prefer.
pub fn adopt(town: &mut Town, p: &Parameters) {
    let now = town.month;
    let Some(month) = now.checked_sub(p.run.burn_in_months) else {
        return;
    };
    for (entry, policy, months) in p.timeline.in_force(month) {
        let Lever::Adopt(shock) = &policy.lever else {
            continue;
        };
        let (Some(kind), 0) = (p.technologies.position(&shock.technology), months) else {
            continue;
        };
        let Town {
            technology,
            firms,
            draws,
            programs,
            ..
        } = town;
        for firm in firms.open_rows() {
            let sector = usize::from(firms.sector[firm]);
            let named = shock.sectors.iter().any(|name| concerns(name, sector));
            let holding = technology.of(firm)[kind];
            let drawn = draws.uniform(firms.uid[firm], policy.identity, Purpose::Awareness, 2);
            if !named || holding.stage > 0 || drawn >= shock.share {
                continue;
            }
            let mode = preferred_mode(&technology.firms[firm], kind, p);
            technology.holdings[firm * technology.kinds + kind] = Holding {
                stage: ENTRANT_STAGE,
                level: stage_level(&p.automation, ENTRANT_STAGE) as f32,
                mode,
                ..holding
            };
            technology.firms[firm].adopted = now;
            technology.firms[firm].known |= 1 << kind;
            programs.entries[entry].this_month.firms += 1;
        }
    }
}

/// Traits that a kind of business lends its owner.
struct Preset {
    archetype: u8,
    values: [f64; VALUES],
    strategy: f64,
    maturity: f64,
    digital: f64,
}

impl Default for Preset {
    fn default() -> Preset {
        Preset {
            archetype: NO_ARCHETYPE,
            values: [0.0; VALUES],
            strategy: 0.0,
            maturity: 0.0,
            digital: 0.0,
        }
    }
}

impl Preset {
    /// The kind of a local firm, by the shares of the kinds in its sector that are not too small for it.
    fn draw(draws: &Draws, uid: u64, sector: usize, workers: f64, p: &Parameters) -> Preset {
        let mut left = trait_draw(draws, uid, 200);
        for (place, kind) in p.archetypes.iter().enumerate() {
            if kind.sector != SECTOR_IDS[sector] || workers > f64::from(kind.largest) {
                continue;
            }
            left -= kind.share;
            if left < 0.0 {
                return Preset {
                    archetype: place as u8,
                    values: kind.values,
                    strategy: kind.strategy,
                    maturity: kind.maturity,
                    digital: kind.digital,
                };
            }
        }
        Preset::default()
    }
}

fn trait_draw(draws: &Draws, uid: u64, number: u32) -> f64 {
    unit32(draws.words(uid, ALWAYS, Purpose::Values, number)[0])
}

fn trait_normal(draws: &Draws, uid: u64, number: u32) -> f64 {
    let words = draws.words(uid, ALWAYS, Purpose::Values, number);
    normal(unit32(words[2]), unit32(words[3]))
}

/// Draws a firm's traits and the technologies it has at the rates of month 0.
fn settle_firm(
    technology: &mut Technology,
    firms: &Firms,
    firm: usize,
    workers: f64,
    draws: &Draws,
    p: &Parameters,
) {
    let uid = firms.uid[firm];
    let outside = firms.owner[firm] == OUTSIDE_OWNER;
    let sector = firms.sector[firm] as usize;
    let a = &p.automation;
    let size = libm::log(workers);
    let mut row = FirmTechnology::none();
    let preset = if outside {
        Preset::default()
    } else {
        Preset::draw(draws, uid, sector, workers, p)
    };
    row.archetype = preset.archetype;
    let taste = p.sectors[sector].human_taste;
    row.values = first_values(draws, uid, outside, taste, &preset, p);
    row.strategy =
        (a.strategy_mean + preset.strategy + a.strategy_spread * trait_normal(draws, uid, 8))
            .clamp(0.0, 1.0);
    row.maturity = (0.35
        + 0.08 * size
        + preset.maturity
        + 0.15 * (row.strategy - 0.5)
        + 0.12 * trait_normal(draws, uid, 9))
    .clamp(0.05, 0.95);
    row.security = (a.security_mean + 0.05 * (size - 1.5) + 0.15 * trait_normal(draws, uid, 10))
        .clamp(0.0, 0.95);
    row.owner_units = firms.owner_units[firm];
    let kinds = technology.kinds;
    let mut held: u16 = 0;
    for kind in 0..kinds {
        let catalogue = &p.technologies[kind];
        let words = draws.words(uid, ALWAYS, Purpose::TechnologyDecision, kind as u32);
        if unit32(words[0]) >= catalogue.suits[sector] {
            continue;
        }
        row.suited |= 1 << kind;
        let share = catalogue.initial_share.clamp(1e-9, 1.0 - 1e-9);
        let odds = libm::log(share / (1.0 - share))
            + catalogue.initial_size_slope * libm::log(workers / REFERENCE_SIZE)
            + preset.digital;
        if catalogue.initial_share > 0.0 && unit32(words[1]) < 1.0 / (1.0 + libm::exp(-odds)) {
            held |= 1 << kind;
        }
    }
    // Whoever uses a technology uses what it needs.
    for _ in 0..kinds {
        for kind in 0..kinds {
            if held >> kind & 1 == 1 {
                held |= technology.prerequisites[kind];
            }
        }
    }
    row.suited |= held;
    let mut heard: u16 = 0;
    for kind in 0..kinds {
        let words = draws.words(uid, ALWAYS, Purpose::TechnologyDecision, kind as u32);
        if unit32(words[3]) < a.initial_awareness {
            heard |= 1 << kind;
        }
    }
    row.known = if outside {
        row.suited
    } else {
        held | (heard & row.suited)
    };
    for kind in 0..kinds {
        let words = draws.words(uid, ALWAYS, Purpose::TechnologyDecision, kind as u32);
        let stage = if held >> kind & 1 == 1 {
            let u = unit32(words[2]);
            let later = INITIAL_STAGES.iter().filter(|&&bound| u >= bound).count();
            (1 + later).min(STAGES) as u8
        } else {
            0
        };
        let belief = 0.55 + 0.1 * trait_normal(draws, uid, 16 + kind as u32);
        technology.holdings[firm * kinds + kind] = Holding {
            stage,
            initial: stage,
            mode: preferred_mode(&row, kind, p),
            level: 0.0,
            belief: belief.clamp(0.1, 0.95) as f32,
            reason: Reason::Other,
        };
    }
    technology.firms[firm] = row;
}

/// Owner's values: log-normal weights that sum to 1, tilted by who owns the firm and by what customers want.
fn first_values(
    draws: &Draws,
    uid: u64,
    outside: bool,
    human_taste: f64,
    preset: &Preset,
    p: &Parameters,
) -> [f64; VALUES] {
    let mut weights: [f64; VALUES] = std::array::from_fn(|v| {
        let mut tilt =
            p.automation.values_spread * trait_normal(draws, uid, v as u32) + preset.values[v];
        if v == value::INTIMACY {
            tilt += human_taste - 0.35;
        }
        if outside {
            tilt += match v {
                value::AGILITY => 0.8,
                value::COMMUNITY => -1.0,
                value::INTIMACY => -0.4,
                _ => 0.0,
            };
        }
        libm::exp(tilt)
    });
    let total = weights.iter().fold(0.0, |sum, w| sum + w);
    weights.iter_mut().for_each(|weight| *weight /= total);
    weights
}

/// The mode an owner would choose by values alone, unless the scenario fixes one.
fn preferred_mode(row: &FirmTechnology, kind: usize, p: &Parameters) -> Mode {
    match p.automation.mode.as_str() {
        "replace" => Mode::Replace,
        "augment" => Mode::Augment,
        _ => {
            let technology = &p.technologies[kind];
            let replace = alignment(&row.values, &technology.values_replace);
            let augment = alignment(&row.values, &technology.values_augment);
            if replace > augment {
                Mode::Replace
            } else {
                Mode::Augment
            }
        }
    }
}

/// Alignment of a technology with an owner's values, `A = v · m ∈ [−1, 1]`.
pub fn alignment(values: &[f64; VALUES], judgement: &[f64; VALUES]) -> f64 {
    values
        .iter()
        .zip(judgement)
        .fold(0.0, |sum, (v, m)| sum + v * m)
}

/// Older households weigh personal service more. Intimacy is 1 everywhere at month 0, so this moves nobody
/// until technology changes it.
fn grade_tastes_by_age(town: &mut Town, p: &Parameters) {
    let Town {
        households,
        workers,
        ..
    } = town;
    for household in 0..households.len() {
        let members = households.members(household);
        let count = members.len() as f64;
        let age = if members.is_empty() {
            PENSIONER_AGE
        } else {
            members.fold(0.0, |sum, w| sum + f64::from(workers.age_months[w])) / 12.0 / count
        };
        let factor = libm::exp(p.automation.age_taste * (age - REFERENCE_AGE) / AGE_SPAN);
        households.human_taste[household] *= factor as f32;
    }
}
