//! `mainstreet explore`: the page to play with.

use clap::Args;
use mainstreet::explore::Explorer;

use super::failure::Failure;
use super::study::stop_on_signals;
use super::{Global, print, say};

/// Where to serve the page.
#[derive(Args)]
pub struct ExploreArgs {
    /// Port of 127.0.0.1 to listen on (0: any that is free).
    #[arg(long, value_name = "N", default_value_t = 0)]
    port: u16,
}

/// Serves the page until Ctrl-C.
pub fn explore(args: &ExploreArgs, global: &Global) -> Result<(), Failure> {
    let stop = stop_on_signals()?;
    let explorer = Explorer::bind(args.port).map_err(|error| Failure::run(error.to_string()))?;
    say(
        global,
        "Open this address in a browser; Ctrl-C ends the page:",
    );
    print(&format!("{}\n", explorer.address()))?;
    explorer
        .serve(&stop)
        .map_err(|error| Failure::run(error.to_string()))?;
    say(global, "The page has ended.");
    Ok(())
}
