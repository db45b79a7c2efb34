//! Arguments, and one file for each family of subcommands. Data goes to stdout, everything else to stderr.

mod closing;
mod compare;
mod cost;
mod evaluate;
mod explore;
mod failure;
mod names;
mod place_fit;
mod place_import;
mod places;
mod progress;
mod report;
mod resume;
mod run;
mod scenario;
mod study;
mod sweep;
mod told;
mod validate;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, CommandFactory, Parser, Subcommand};
use clap_complete::Shell;

use failure::Failure;

/// What does automation by small and medium businesses do to a town, and which policy helps?
#[derive(Parser)]
#[command(name = "mainstreet", version, max_term_width = 100)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// Options of every subcommand.
#[derive(Args, Clone)]
struct Global {
    /// Say less: errors only.
    #[arg(short, long, global = true)]
    quiet: bool,
    /// Threads to use (0: one for each core). Results do not depend on it.
    #[arg(long, global = true, default_value_t = 0, value_name = "N")]
    threads: usize,
    /// When to color messages.
    #[arg(long, global = true, value_enum, default_value_t = clap::ColorChoice::Auto)]
    color: clap::ColorChoice,
}

#[derive(Subcommand)]
enum Command {
    /// Run a scenario: tables and charts into a folder.
    Run(run::RunArgs),
    /// Run scenarios with the same draws and tell what differs from the first.
    Compare(compare::CompareArgs),
    /// Run a scenario at many points of its parameters.
    Sweep(Box<sweep::SweepArgs>),
    /// Go on with a run, comparison or sweep that was stopped or killed.
    Resume(resume::ResumeArgs),
    /// Run again what made a folder of results and compare every file.
    Reproduce(resume::ReproduceArgs),
    /// Make the page report.html of finished runs or comparisons.
    Report(report::ReportArgs),
    /// Live a scenario's first months and save the town, for branch.
    Checkpoint(compare::CheckpointArgs),
    /// Run scenarios from one saved town on and tell what differs from the first.
    Branch(compare::BranchArgs),
    /// List the scenarios that come with the program, with the question each asks.
    List,
    /// Look for mistakes in a scenario without running it.
    Check(scenario::CheckArgs),
    /// Print a scenario with all its values, and where each was set.
    Show(scenario::ScenarioArgs),
    /// Write a commented scenario to start from.
    Init(scenario::InitArgs),
    /// Print the JSON Schema of scenario files, for editors.
    Schema,
    /// Explain a parameter, a table of parameters, a policy, an indicator or a word.
    #[command(
        after_help = "All words are in docs/course/glossary.md, first steps in docs/course/tutorial.md, \
        all parameters in docs/reference."
    )]
    Explain {
        /// Its name, such as labor_market.suitability, sectors.retail, wage_p50 or Gini_coefficient.
        key: String,
    },
    /// List real places of a name: counties, metros and commuting zones of the United States.
    Places(places::PlacesArgs),
    /// Make a scenario of a place from files of one's own.
    Place(place_import::PlaceArgs),
    /// Hold the town of a real place against the place's data.
    PlaceFit(place_fit::PlaceFitArgs),
    /// Open a page to change a town and watch what comes of it, on this machine alone.
    Explore(explore::ExploreArgs),
    /// Repeat published evaluations of policies inside the model and print whether it finds what they found.
    Evaluate(evaluate::EvaluateArgs),
    /// Measure published facts on the default town and print hits and misses.
    Validate(validate::ValidateArgs),
    /// Print a completion script for a shell.
    Completions {
        /// The shell.
        shell: Shell,
    },
}

/// A scenario and what to change in it.
#[derive(Args, Clone)]
struct Chosen {
    /// Scenario file, or the name of one that comes with the program (such as baseline).
    #[arg(value_name = "SCENARIO")]
    scenario: PathBuf,
    /// Change one value, such as --set town.residents=20000; may be given several times.
    #[arg(long = "set", value_name = "KEY=VALUE")]
    settings: Vec<String>,
    /// A real place, such as "Macon County, IL" or 17115: short for --set town.place="…".
    #[arg(long, value_name = "PLACE")]
    place: Option<String>,
    /// Seed of all draws: short for --set run.seed=N.
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Print mistakes as JSON.
    #[arg(long)]
    json: bool,
}

/// Runs the program; the exit code says how it went: 0 done, 1 run failed, 2 usage or scenario, 3 files, 4 broken
/// invariant, 130 interrupted.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Printing can only fail if nobody reads.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    cli.global.color.write_global();
    if cli.global.threads > 0 {
        // Fails only if a pool exists already, and none does yet.
        let _ = rayon::ThreadPoolBuilder::new()
            .num_threads(cli.global.threads)
            .build_global();
    }
    match dispatch(&cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

trait WriteGlobal {
    fn write_global(self);
}

impl WriteGlobal for clap::ColorChoice {
    fn write_global(self) {
        let choice = match self {
            clap::ColorChoice::Auto => anstream::ColorChoice::Auto,
            clap::ColorChoice::Always => anstream::ColorChoice::Always,
            clap::ColorChoice::Never => anstream::ColorChoice::Never,
        };
        choice.write_global();
    }
}

fn dispatch(cli: &Cli) -> Result<(), Failure> {
    match &cli.command {
        Command::Run(args) => run::run(args, &cli.global),
        Command::Compare(args) => compare::compare(args, &cli.global),
        Command::Sweep(args) => sweep::sweep(args, &cli.global),
        Command::Resume(args) => resume::resume(args, &cli.global),
        Command::Reproduce(args) => resume::reproduce(args, &cli.global),
        Command::Report(args) => report::report(args, &cli.global),
        Command::Checkpoint(args) => compare::save(args, &cli.global),
        Command::Branch(args) => compare::branch(args, &cli.global),
        Command::List => names::list(),
        Command::Check(args) => scenario::check(args, &cli.global),
        Command::Show(args) => scenario::show(args),
        Command::Init(args) => scenario::init(args),
        Command::Schema => scenario::schema(),
        Command::Explain { key } => scenario::explain(key),
        Command::Places(args) => places::places(args),
        Command::Place(args) => place_import::place(args, &cli.global),
        Command::PlaceFit(args) => place_fit::place_fit(args, &cli.global),
        Command::Explore(args) => explore::explore(args, &cli.global),
        Command::Evaluate(args) => evaluate::evaluate(args, &cli.global),
        Command::Validate(args) => validate::validate(args, &cli.global),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut completed(), "mainstreet", &mut script);
            print(&String::from_utf8_lossy(&script))
        }
    }
}

/// The commands with the names of scenarios and the keys of parameters that shells offer; files are offered beside
/// them.
fn completed() -> clap::Command {
    let mut command = Cli::command();
    let subcommands: Vec<String> = (command.get_subcommands())
        .map(|one| one.get_name().to_owned())
        .collect();
    for name in subcommands {
        command = command.mut_subcommand(name, |subcommand| {
            subcommand.mut_args(|arg| match arg.get_id().as_str() {
                "scenario" | "scenarios" => {
                    arg.value_parser(clap::builder::PossibleValuesParser::new(names::names()))
                }
                "settings" | "key" => {
                    arg.value_parser(clap::builder::PossibleValuesParser::new(names::keys()))
                }
                _ => arg,
            })
        });
    }
    command
}

/// Writes data to stdout. A reader that went away is no failure.
fn print(text: &str) -> Result<(), Failure> {
    let mut out = anstream::stdout();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(Failure::files(
            format!("cannot write to standard output: {error}"),
        )),
        _ => Ok(()),
    }
}

/// Writes chatter to stderr unless asked to be quiet.
fn say(global: &Global, text: &str) {
    if !global.quiet && !text.is_empty() {
        // Nobody can be told that stderr is gone.
        let _ = writeln!(anstream::stderr(), "{text}");
    }
}
