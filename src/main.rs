//! The command line of mainstreet.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
