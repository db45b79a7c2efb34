//! Builds the first state of a town from a scenario.
