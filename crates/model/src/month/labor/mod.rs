//! Phase 6, hire and part: separations, search and matching, pay.

pub mod matching;
pub mod separations;
pub mod wages;
