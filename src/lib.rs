//! What does automation by small and medium businesses do to a town, and which policy helps?
pub mod output;
pub mod rng;
pub mod stats;
pub mod units;
