//! Technology: how far firms have automated, how their projects end, and what strikes them.

use crate::stats::sum_of;
use crate::town::Town;
use crate::town::ledger::Flow;
use crate::town::technology::Outcome;

use crate::units::{VALUES, sector, value};

use super::Conventions;
use super::definition::{measures, ratio};

/// Workers from which a local firm is no small or medium business.
const LARGE: u32 = 500;

measures! {
    /// What firms do with technology. Counts are 0 and shares missing where technology is off.
    TechnologyUse, "technology" {
        automated_task_share ["share"] "Share of tasks done by technology, averaged over firms by workers; holdings of month 0 included." empty if "technology is off or firms have no workers",
        adopters ["firms"] "Firms in business that use a technology beyond those of month 0.",
        adopters_share ["share"] "Adopters over firms in business." empty if "technology is off or there is no firm",
        adopters_jobs_share ["share"] "Jobs at adopters over jobs at all firms." empty if "technology is off or firms have no workers",
        autonomous_smbs ["firms"] "Local firms with fewer than 500 workers in which technology does more than the stated share (automation.autonomous_share) of the tasks it could do at full integration of everything the firm has a use for.",
        autonomous_jobs ["persons"] "Workers of these firms.",
        autonomous_profit_share ["share"] "Smoothed profits of these firms over those of all local firms." empty if "local firms make no profit on the whole",
        displaced_jobs ["persons"] "Work that technology took over since month 0, in workers of each firm's present efficiency.",
        new_task_jobs ["persons"] "Work in new tasks that technology created since month 0, in such workers.",
        kept_jobs ["persons"] "Freed hours that assisted staff spend with customers and on craft, in such workers.",
        automation_layoffs ["persons a month"] "Layoffs put down to technology: at firms where it freed more jobs of late than layoffs have been put down to it.",
        technology_reviews ["firms a month"] "Firms that reviewed their technology.",
        projects_started ["projects a month"] "Projects started.",
        projects_on_plan ["projects a month"] "Projects that ended with the promised benefit.",
        projects_short ["projects a month"] "Projects that ended short of it and stay in use.",
        projects_rolled_back ["projects a month"] "Projects that ended short of it and were taken back.",
        projects_abandoned ["projects a month"] "Projects given up before their end.",
        benefit_promised ["dollars a year"] "Benefit promised by the projects that ended this month.",
        benefit_realized ["dollars a year"] "Benefit these projects realized.",
        offers_adjusted ["offers a month"] "Offers adjusted to the owner's values before they were taken.",
        offers_refused ["offers a month"] "Offers refused for the owner's values.",
        offers_without_cash ["offers a month"] "Offers given up for want of cash and credit.",
        offers_without_skills ["offers a month"] "Offers given up for want of skilled staff.",
        technology_spending ["dollars a month"] "Paid by firms for projects, subscriptions, training and rent of technology.",
        technology_savings ["dollars a month"] "What technology saves firms at normal output, its own running cost deducted.",
        reach_sales ["dollars a month"] "Ordered from outside the town through firms' own online reach, beyond that of month 0; part of exports.",
        data_revenue ["dollars a month"] "Paid to firms for data by outside buyers.",
        vendor_jobs ["jobs"] "Jobs at local vendors and agencies that the town's spending on technology pays for: the part of professional services' output that firms buy for technology, times their workers.",
        technology_price_cut ["share"] "What technology, a firm's own and its rivals', takes off the cost that prices are based on, averaged over firms by normal output." empty if "technology is off",
        trained_share ["share"] "Share of staff trained for technology, averaged over firms by workers." empty if "technology is off or firms have no workers",
        value_intimacy ["weight"] "Mean weight that owners give to customer intimacy; the five weights sum to 1." empty if "technology is off",
        value_community ["weight"] "Mean weight that owners give to the community." empty if "technology is off",
        value_craft ["weight"] "Mean weight that owners give to quality and craft." empty if "technology is off",
        value_empowerment ["weight"] "Mean weight that owners give to the empowerment of their staff." empty if "technology is off",
        value_agility ["weight"] "Mean weight that owners give to agility." empty if "technology is off",
        early_adopter_profit_share ["share"] "Smoothed profits of local firms that adopted early over those of all local firms." empty if "local firms make no profit on the whole",
        cyber_incidents ["incidents a month"] "Cyber incidents at firms.",
        data_breaches ["incidents a month"] "Of these, with customers' data taken.",
        incident_days ["days a month"] "Working days lost to incidents, summed over firms.",
        exits_adopters ["firms a month"] "Adopters closed this month.",
        exits_others ["firms a month"] "Other firms closed this month.",
        exit_rate_adopters ["share a year"] "Twelve times this month's closures of adopters over adopters in business." empty if "there is no adopter",
        exit_rate_others ["share a year"] "Twelve times this month's closures of other firms over other firms in business." empty if "there is no such firm or technology is off",
        older_share_screened ["share"] "Persons of 50 or older among those hired by firms whose applicants software screens." empty if "there is no such hire",
        older_share_unscreened ["share"] "The same at other firms." empty if "there is no such hire or technology is off",
    }
}

/// Sums over open firms.
#[derive(Default)]
struct Sums {
    firms: f64,
    workers: f64,
    automated: f64,
    adopters: f64,
    adopter_workers: f64,
    autonomous: f64,
    autonomous_workers: f64,
    autonomous_profit: f64,
    displaced: f64,
    created: f64,
    kept: f64,
    savings: f64,
    profit: f64,
    early_profit: f64,
    output: f64,
    price_cut: f64,
    reach_sales: f64,
    trained: f64,
    values: [f64; VALUES],
}

fn add_up(town: &Town, conventions: &Conventions) -> Sums {
    let mut sums = Sums::default();
    let firms = &town.firms;
    for firm in firms.open_rows() {
        let Some(row) = town.technology.firms.get(firm) else {
            continue;
        };
        let workers = f64::from(firms.workers(firm));
        let effects = &row.effects;
        sums.firms += 1.0;
        sums.workers += workers;
        sums.automated += workers * effects.automated_share;
        // Labor needed now is 1 − saved of what it was: the same number of workers is more work of month 0.
        let per_worker = workers / (1.0 - effects.labor_saved).max(0.05);
        sums.displaced += per_worker * effects.displaced;
        sums.created += per_worker * effects.created;
        sums.kept += per_worker * effects.kept;
        sums.savings += row.net_saving;
        sums.output += firms.visibility[firm];
        sums.price_cut += firms.visibility[firm] * row.price_cut;
        sums.reach_sales += row.outside_sales * firms.price[firm];
        sums.trained += workers * row.trained;
        for (sum, weight) in sums.values.iter_mut().zip(row.values) {
            *sum += weight;
        }
        if row.has_adopted() {
            sums.adopters += 1.0;
            sums.adopter_workers += workers;
        }
        if !firms.is_local(firm) {
            continue;
        }
        sums.profit += firms.profit[firm];
        if row.has_adopted() && row.adopted < conventions.early_until {
            sums.early_profit += firms.profit[firm];
        }
        let enough = conventions.autonomous_share * effects.automatable_share;
        if firms.workers(firm) < LARGE && effects.automated_share > enough && enough > 0.0 {
            sums.autonomous += 1.0;
            sums.autonomous_workers += workers;
            sums.autonomous_profit += firms.profit[firm];
        }
    }
    sums
}

/// Workers of professional services that orders for technology occupy.
fn vendor_jobs(town: &Town) -> f64 {
    let firms = &town.firms;
    let (mut sales, mut workers) = (0.0, 0.0);
    for firm in firms.open_rows() {
        if firms.sector[firm] as usize == sector::PROFESSIONAL {
            sales += firms.output[firm] * firms.price[firm];
            workers += f64::from(firms.workers(firm));
        }
    }
    if sales > 0.0 {
        workers * town.ledger.flow(Flow::TechnologyLocal).dollars() / sales
    } else {
        0.0
    }
}

pub(crate) fn measure(town: &Town, conventions: &Conventions) -> TechnologyUse {
    let sums = add_up(town, conventions);
    let technology = &town.technology;
    let counts = &technology.counts;
    let ended = |outcome: Outcome| {
        let projects = technology.finished.iter();
        projects.filter(|p| p.outcome == outcome).count() as f64
    };
    let value = |value: usize| ratio(sums.values[value], sums.firms);
    let share_of_profit = |part: f64| {
        if sums.profit > 0.0 {
            part / sums.profit
        } else {
            f64::NAN
        }
    };
    TechnologyUse {
        automated_task_share: ratio(sums.automated, sums.workers),
        adopters: sums.adopters,
        adopters_share: ratio(sums.adopters, sums.firms),
        adopters_jobs_share: ratio(sums.adopter_workers, sums.workers),
        autonomous_smbs: sums.autonomous,
        autonomous_jobs: sums.autonomous_workers,
        autonomous_profit_share: share_of_profit(sums.autonomous_profit),
        displaced_jobs: sums.displaced,
        new_task_jobs: sums.created,
        kept_jobs: sums.kept,
        automation_layoffs: f64::from(counts.layoffs),
        technology_reviews: f64::from(counts.reviews),
        projects_started: f64::from(counts.started),
        projects_on_plan: ended(Outcome::OnPlan),
        projects_short: ended(Outcome::Short),
        projects_rolled_back: ended(Outcome::RolledBack),
        projects_abandoned: ended(Outcome::Abandoned),
        benefit_promised: sum_of(technology.finished.iter().map(|p| p.project.promised)),
        benefit_realized: sum_of(technology.finished.iter().map(|p| p.realized)),
        offers_adjusted: f64::from(counts.adjusted),
        offers_refused: f64::from(counts.refused),
        offers_without_cash: f64::from(counts.no_cash),
        offers_without_skills: f64::from(counts.no_skills),
        technology_spending: counts.spent.dollars(),
        technology_savings: sums.savings,
        reach_sales: sums.reach_sales,
        data_revenue: town.ledger.flow(Flow::DataRevenue).dollars(),
        vendor_jobs: vendor_jobs(town),
        technology_price_cut: ratio(sums.price_cut, sums.output),
        trained_share: ratio(sums.trained, sums.workers),
        value_intimacy: value(value::INTIMACY),
        value_community: value(value::COMMUNITY),
        value_craft: value(value::CRAFT),
        value_empowerment: value(value::EMPOWERMENT),
        value_agility: value(value::AGILITY),
        early_adopter_profit_share: share_of_profit(sums.early_profit),
        cyber_incidents: f64::from(counts.incidents),
        data_breaches: f64::from(counts.breaches),
        incident_days: counts.days_lost,
        exits_adopters: f64::from(counts.exits_adopters),
        exits_others: f64::from(counts.exits_others),
        exit_rate_adopters: ratio(12.0 * f64::from(counts.exits_adopters), sums.adopters),
        exit_rate_others: ratio(
            12.0 * f64::from(counts.exits_others),
            sums.firms - sums.adopters,
        ),
        older_share_screened: ratio(
            f64::from(counts.screened_hires_older),
            f64::from(counts.screened_hires),
        ),
        older_share_unscreened: ratio(
            f64::from(counts.other_hires_older),
            f64::from(counts.other_hires),
        ),
    }
}
