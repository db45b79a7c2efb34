//! A part of the runs, for one of many tasks.

use std::fmt;
use std::str::FromStr;

/// Part `index` of `count`: every `count`-th run, so that each part is a fair sample of the sweep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    index: usize,
    count: usize,
}

impl Shard {
    /// All runs.
    pub const ALL: Shard = Shard { index: 0, count: 1 };

    /// Part `index`, counted from 0, of `count`. `None` if there is no such part.
    pub fn new(index: usize, count: usize) -> Option<Shard> {
        (index < count).then_some(Shard { index, count })
    }

    /// Numbers of the runs in this part, out of `runs`.
    pub fn runs(self, runs: usize) -> Vec<usize> {
        (self.index..runs).step_by(self.count).collect()
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Shard, String> {
        let parts = text.split_once('/');
        let parts = parts.and_then(|(i, n)| Some((i.trim().parse().ok()?, n.trim().parse().ok()?)));
        let Some((index, count)) = parts else {
            return Err(format!(
                "`{text}` is no shard: write it as 0/20, the first of 20"
            ));
        };
        Shard::new(index, count)
            .ok_or_else(|| format!("there is no shard {index} of {count}: they are counted from 0"))
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.index, self.count)
    }
}
