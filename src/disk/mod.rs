//! The disk: the only place where scenario texts are read from files and unfinished work is kept in them.

pub mod checkpoints;
mod texts;

/// The machine's disk.
#[derive(Clone, Copy, Debug)]
pub struct Disk;
