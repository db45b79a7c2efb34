//! Posts as seekers find them, and what the labor market remembers of a month.

use std::sync::atomic::AtomicU64;

use crate::scenario::Parameters;
use crate::town::people::Status;
use crate::town::{Labor, Posts, Town, Workers};
use crate::units::OCCUPATIONS;

use super::Matching;

impl Matching {
    /// Open posts by occupation, and where seekers look outside their own occupation: near occupations with
    /// many posts.
    pub(super) fn list_posts(&mut self, posts: &Posts, labor: &Labor, p: &Parameters) {
        let mut count = [0u32; OCCUPATIONS];
        for post in 0..posts.len() {
            if !self.filled[post] {
                count[posts.occupation[post] as usize] += 1;
            }
        }
        let mut start = 0;
        for occupation in 0..OCCUPATIONS {
            self.bucket_start[occupation] = start;
            start += count[occupation];
        }
        self.bucket_start[OCCUPATIONS] = start;
        let mut next = self.bucket_start;
        self.bucket.resize(start as usize, 0);
        for post in 0..posts.len() {
            if !self.filled[post] {
                let slot = &mut next[posts.occupation[post] as usize];
                self.bucket[*slot as usize] = post as u32;
                *slot += 1;
            }
        }
        self.elsewhere.resize(OCCUPATIONS, [0.0; OCCUPATIONS]);
        for from in 0..OCCUPATIONS {
            let mut total = 0.0;
            for to in 0..OCCUPATIONS {
                if to != from {
                    let distance = f64::from(labor.distance[from * OCCUPATIONS + to]);
                    let near = libm::exp(-p.labor_market.suitability_distance * distance);
                    total += near * f64::from(count[to]);
                }
                self.elsewhere[from][to] = total;
            }
        }
        if self.best.len() < posts.len() {
            self.best.resize_with(posts.len(), AtomicU64::default);
        }
        for best in &mut self.best[..posts.len()] {
            *best.get_mut() = 0;
        }
    }

    pub(super) fn posts_in(&self, occupation: usize) -> u32 {
        self.bucket_start[occupation + 1] - self.bucket_start[occupation]
    }

    /// Occupation that an application goes to: the own one with chance `own_share` if it has open posts, otherwise
    /// a near one with many. `None` if no other has any. `applications` are those the seeker sends.
    pub(super) fn occupation_tried(
        &self,
        own: usize,
        uniform: f64,
        own_share: f64,
        applications: f64,
    ) -> Option<usize> {
        // Nobody applies twice for a post: where the own occupation has few, as often in a small town, the other
        // applications go elsewhere.
        let own_share = own_share.min(f64::from(self.posts_in(own)) / applications);
        if uniform < own_share {
            return Some(own);
        }
        let rest = (uniform - own_share) / (1.0 - own_share);
        let cumulative = &self.elsewhere[own];
        let mark = rest * cumulative[OCCUPATIONS - 1];
        cumulative.iter().position(|&c| c > mark)
    }
}

/// Drops filled posts from the list, counts months without a job, and updates the smoothed posts and seekers of each
/// occupation.
pub(super) fn remember(
    town: &mut Town,
    filled: &[bool],
    found: &[f64; OCCUPATIONS],
    p: &Parameters,
) {
    let posts = &mut town.posts;
    let mut kept = 0;
    for post in 0..posts.len() {
        if !filled[post] {
            posts.firm[kept] = posts.firm[post];
            posts.key[kept] = posts.key[post];
            posts.occupation[kept] = posts.occupation[post];
            posts.months[kept] = posts.months[post];
            kept += 1;
        }
    }
    posts.firm.truncate(kept);
    posts.key.truncate(kept);
    posts.occupation.truncate(kept);
    posts.months.truncate(kept);
    for &occupation in &posts.occupation {
        town.activity.open_posts[occupation as usize] += 1;
    }
    let mut seekers = [0.0; OCCUPATIONS];
    let Workers {
        status,
        occupation,
        months_out,
        ..
    } = &mut town.workers;
    for ((status, &occupation), months) in status.iter().zip(&*occupation).zip(months_out) {
        match status {
            Status::Employed | Status::Owner => *months = 0,
            Status::Away => {}
            _ => *months = months.saturating_add(1),
        }
        if *status == Status::Unemployed {
            seekers[occupation as usize] += 1.0;
        }
    }
    let weight = p.labor_market.tightness_smoothing;
    for occupation in 0..OCCUPATIONS {
        let open = f64::from(town.activity.open_posts[occupation]);
        let labor = &mut town.labor;
        labor.open_posts[occupation] += weight * (open - labor.open_posts[occupation]);
        labor.seekers[occupation] += weight * (seekers[occupation] - labor.seekers[occupation]);
        labor.found[occupation] += weight * (found[occupation] - labor.found[occupation]);
    }
}
