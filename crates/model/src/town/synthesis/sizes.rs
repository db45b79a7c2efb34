//! How many firms a sector has, how large they are, and which of them belong to owners outside the town.

use crate::scenario::parameters::{FirmsParameters, SectorParameters};

/// Steepest rise of outside ownership with size that is considered (log odds per log worker).
const STEEPEST: f64 = 4.0;

/// The firms of one sector at month 0, the largest first.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct SectorPlan {
    /// Workers of each firm, a working owner included.
    pub sizes: Vec<u32>,
    /// Whether each firm is owned outside the town.
    pub outside: Vec<bool>,
}

impl SectorPlan {
    /// Divides `jobs` among firms: `mean_firm_size` sets their number, a Pareto law their sizes.
    ///
    /// Every local firm has one working owner, so the owners among the sector's workers (`owners_per_job`) bound
    /// the number of local firms: ownership outside rises with size just as steeply as is needed to keep both
    /// that number and `outside_owned_share` of jobs, as far as a probability that does not fall with size can.
    pub fn of(firms: &FirmsParameters, sector: &SectorParameters, jobs: u32) -> SectorPlan {
        if jobs == 0 {
            return SectorPlan {
                sizes: Vec::new(),
                outside: Vec::new(),
            };
        }
        let count = (f64::from(jobs) / sector.mean_firm_size.max(1.0)).round();
        let count = (count as u32).clamp(1, jobs);
        let sizes = sizes(firms, count, jobs);
        let owners = f64::from(jobs) * sector.owners_per_job / (1.0 + sector.owners_per_job);
        let outside = outside_owned(&sizes, sector.outside_owned_share, owners);
        SectorPlan { sizes, outside }
    }

    /// Firms owned in town, each with one working owner.
    pub fn owners(&self) -> u32 {
        self.outside.iter().filter(|&&outside| !outside).count() as u32
    }
}

/// Whole sizes of `count` firms with `jobs` workers: stratified quantiles of a Pareto law from 1, truncated at the
/// largest firm allowed, its exponent found by bisection; the largest firms take what rounding leaves.
fn sizes(firms: &FirmsParameters, count: u32, jobs: u32) -> Vec<u32> {
    let mean = f64::from(jobs) / f64::from(count);
    let cap = f64::from(firms.largest_firm).min(firms.largest_firm_share * f64::from(jobs));
    let largest = libm::ceil(cap.max(mean)) as u32;
    let quantiles = |exponent: f64| -> Vec<u32> {
        (0..count)
            .rev()
            .map(|k| {
                let p = (f64::from(k) + 0.5) / f64::from(count);
                let size = truncated_pareto(p, exponent, f64::from(largest) + 1.0);
                (libm::floor(size) as u32).clamp(1, largest)
            })
            .collect()
    };
    let total = |sizes: &[u32]| sizes.iter().map(|&n| u64::from(n)).sum::<u64>();
    let (mut low, mut high) = (-20.0, 20.0);
    for _ in 0..45 {
        let middle = 0.5 * (low + high);
        if total(&quantiles(middle)) > u64::from(jobs) {
            low = middle;
        } else {
            high = middle;
        }
    }
    let mut sizes = quantiles(high);
    let mut missing = u64::from(jobs).saturating_sub(total(&sizes));
    for size in &mut sizes {
        let step = missing.min(u64::from(largest - *size));
        *size += step as u32;
        missing -= step;
    }
    let mut excess = total(&sizes).saturating_sub(u64::from(jobs));
    for size in &mut sizes {
        let step = excess.min(u64::from(*size - 1));
        *size -= step as u32;
        excess -= step;
    }
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    sizes
}

/// Quantile of a Pareto law on [1, `upper`] with density falling as x^(-1-exponent).
fn truncated_pareto(p: f64, exponent: f64, upper: f64) -> f64 {
    if exponent.abs() < 1e-9 {
        return libm::pow(upper, p);
    }
    let reach = libm::pow(upper, -exponent);
    libm::pow(1.0 - p * (1.0 - reach), -1.0 / exponent)
}

/// Which firms belong to owners outside: log odds rise with log size. `sizes` run from the largest down.
fn outside_owned(sizes: &[u32], job_share: f64, owners: f64) -> Vec<bool> {
    let share = job_share.clamp(0.0, 1.0);
    if share == 0.0 {
        return vec![false; sizes.len()];
    }
    let classes: Vec<Class> = sizes
        .chunk_by(|a, b| a == b)
        .map(|same| Class {
            size: f64::from(same[0]),
            log: libm::log(f64::from(same[0])),
            firms: same.len() as f64,
        })
        .collect();
    let jobs: f64 = classes.iter().map(|c| c.firms * c.size).sum();
    let chance = |level: f64, slope: f64, log: f64| 1.0 / (1.0 + libm::exp(-level - slope * log));
    let level = |slope: f64| {
        bisect(-60.0, 60.0, |level| {
            let outside: f64 = classes
                .iter()
                .map(|c| c.firms * c.size * chance(level, slope, c.log))
                .sum();
            outside < share * jobs
        })
    };
    let slope = bisect(0.0, STEEPEST, |slope| {
        let level = level(slope);
        let local: f64 = classes
            .iter()
            .map(|c| c.firms * (1.0 - chance(level, slope, c.log)))
            .sum();
        local < owners
    });
    let level = level(slope);
    choose_outside(sizes, share * jobs, |size| {
        chance(level, slope, libm::log(size))
    })
}

/// Firms of one size.
struct Class {
    size: f64,
    log: f64,
    firms: f64,
}

/// Systematic choice from the largest firm down, with probabilities `chance` and a fixed sum of jobs. A firm too
/// large for what is left is passed over, and smaller ones make up for it.
fn choose_outside(sizes: &[u32], jobs: f64, chance: impl Fn(f64) -> f64) -> Vec<bool> {
    let (mut owed, mut held) = (0.0, 0.0);
    let mut outside: Vec<bool> = sizes
        .iter()
        .map(|&n| {
            let n = f64::from(n);
            owed += n * chance(n);
            let chosen = owed >= 0.5 * n && held + n <= jobs + 0.5;
            if chosen {
                owed -= n;
                held += n;
            }
            chosen
        })
        .collect();
    for (&n, chosen) in sizes.iter().zip(&mut outside) {
        if !*chosen && held + f64::from(n) <= jobs + 0.5 {
            *chosen = true;
            held += f64::from(n);
        }
    }
    outside
}

/// The point in [low, high] where `below` turns from true to false.
fn bisect(mut low: f64, mut high: f64, below: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..40 {
        let middle = 0.5 * (low + high);
        if below(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::town::synthesis::fixtures::parameters;

    #[test]
    fn sizes_meet_jobs_mean_and_limit() {
        let p = parameters();
        for sector in p.sectors.iter() {
            for jobs in [1_u32, 3, 17, 240, 3_000, 40_000] {
                let plan = SectorPlan::of(&p.firms, sector, jobs);
                assert_eq!(plan.sizes.iter().sum::<u32>(), jobs);
                assert!(plan.sizes.iter().all(|&n| n >= 1));
                if jobs >= 3_000 {
                    let mean = f64::from(jobs) / plan.sizes.len() as f64;
                    assert!((mean / sector.mean_firm_size - 1.0).abs() < 0.02);
                    let cap = p.firms.largest_firm_share * f64::from(jobs);
                    let cap = cap.min(f64::from(p.firms.largest_firm));
                    assert!(f64::from(plan.sizes[0]) <= libm::ceil(cap));
                }
            }
        }
    }

    #[test]
    fn outside_owners_hold_their_share_of_jobs_and_the_larger_firms() {
        let p = parameters();
        for sector in p.sectors.iter() {
            let plan = SectorPlan::of(&p.firms, sector, 4_000);
            let jobs: u32 = plan
                .sizes
                .iter()
                .zip(&plan.outside)
                .map(|(&n, &outside)| if outside { n } else { 0 })
                .sum();
            let share = f64::from(jobs) / 4_000.0;
            assert!(
                (share - sector.outside_owned_share).abs() < 0.01,
                "{}: {share}",
                sector.title
            );
            let local = f64::from(plan.owners());
            let outside = plan.sizes.len() as f64 - local;
            let mean_outside = f64::from(jobs) / outside;
            let mean_local = f64::from(4_000 - jobs) / local;
            assert!(mean_outside > 0.9 * mean_local, "{}", sector.title);
        }
    }

    #[test]
    fn owners_bound_the_number_of_local_firms() {
        let p = parameters();
        let retail = &p.sectors.retail;
        let plan = SectorPlan::of(&p.firms, retail, 10_000);
        let owners = 10_000.0 * retail.owners_per_job / (1.0 + retail.owners_per_job);
        assert!((f64::from(plan.owners()) / owners - 1.0).abs() < 0.05);
    }
}
