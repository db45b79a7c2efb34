//! Places read, found, added up and laid below a scenario.
