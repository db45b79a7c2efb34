//! Weighted sampling in constant time (Walker 1977, in Vose's form), rebuilt monthly without allocation.

use crate::rng::unit32;

/// A table from which rows are drawn in proportion to their weights.
#[derive(Clone, Debug, Default)]
pub struct AliasTable {
    rows: Vec<u32>,
    threshold: Vec<f64>,
    alias: Vec<u32>,
    small: Vec<u32>,
    large: Vec<u32>,
}

impl AliasTable {
    /// Rebuilds the table from rows and their weights; rows without positive weight are never drawn.
    pub fn rebuild(&mut self, weighted: impl Iterator<Item = (u32, f64)>) {
        self.rows.clear();
        self.threshold.clear();
        let mut total = 0.0;
        for (row, weight) in weighted {
            if weight > 0.0 {
                self.rows.push(row);
                self.threshold.push(weight);
                total += weight;
            }
        }
        let n = self.rows.len();
        self.alias.clear();
        self.alias.extend(0..n as u32);
        self.small.clear();
        self.large.clear();
        let scale = n as f64 / total;
        for (entry, threshold) in self.threshold.iter_mut().enumerate() {
            *threshold *= scale;
            if *threshold < 1.0 {
                self.small.push(entry as u32);
            } else {
                self.large.push(entry as u32);
            }
        }
        while let (Some(small), Some(&large)) = (self.small.pop(), self.large.last()) {
            self.alias[small as usize] = large;
            let rest = self.threshold[large as usize] + self.threshold[small as usize] - 1.0;
            self.threshold[large as usize] = rest;
            if rest < 1.0 {
                self.large.pop();
                self.small.push(large);
            }
        }
        // What is left differs from 1 by rounding alone.
        for &entry in self.small.iter().chain(&self.large) {
            self.threshold[entry as usize] = 1.0;
        }
    }

    /// Whether there is nothing to draw.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The row that a random word draws. The table must not be empty.
    #[inline]
    pub fn draw(&self, word: u32) -> u32 {
        let wide = u64::from(word) * self.rows.len() as u64;
        let entry = (wide >> 32) as usize;
        if unit32(wide as u32) < self.threshold[entry] {
            self.rows[entry]
        } else {
            self.rows[self.alias[entry] as usize]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_drawn_in_proportion_to_weight() {
        let weights = [1.0, 0.0, 5.0, 2.0, 12.0];
        let mut table = AliasTable::default();
        table.rebuild((0..5).zip(weights));
        let mut counts = [0.0; 5];
        let draws = 200_000u32;
        for step in 0..draws {
            counts[table.draw(step.wrapping_mul(2_654_435_761)) as usize] += 1.0;
        }
        for (count, weight) in counts.iter().zip(weights) {
            let share: f64 = count / f64::from(draws);
            assert!(
                (share - weight / 20.0).abs() < 0.005,
                "{share} for {weight}"
            );
        }
        assert_eq!(counts[1], 0.0);
    }
}
