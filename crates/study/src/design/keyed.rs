//! Draws for designs and resampling, each named by what it is for and where it is used, so that
//! none depends on the order in which work is done.
use rand_philox::philox4x32_10;

/// What a draw is for; draws for different purposes are independent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    LatinOrder = 1,
    LatinPlace = 2,
    MorrisBase = 3,
    MorrisOrder = 4,
    SobolResample = 5,
    MorrisResample = 6,
}

/// 64 random bits named by seed, purpose and two indices.
fn bits(seed: u64, purpose: Purpose, first: u32, second: u32) -> u64 {
    let key = [seed as u32, (seed >> 32) as u32];
    let [low, high, ..] = philox4x32_10([first, second, purpose as u32, 0], key);
    u64::from(low) | u64::from(high) << 32
}

/// A number in `[0, 1)`.
pub(crate) fn uniform(seed: u64, purpose: Purpose, first: u32, second: u32) -> f64 {
    (bits(seed, purpose, first, second) >> 11) as f64 / (1u64 << 53) as f64
}

/// A whole number below `bound`, which must be positive.
pub(crate) fn below(bound: usize, seed: u64, purpose: Purpose, first: u32, second: u32) -> usize {
    let wide = u128::from(bits(seed, purpose, first, second)) * bound as u128;
    (wide >> 64) as usize
}

/// A random order of `0..count` (Fisher & Yates), named by `which`.
pub(crate) fn shuffled(count: usize, seed: u64, purpose: Purpose, which: u32) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    for last in (1..count).rev() {
        order.swap(last, below(last + 1, seed, purpose, which, last as u32));
    }
    order
}
