//! The page on which a visitor changes a town: what it shows, what it says to a choice, how a choice is run beside the
//! baseline and what can be taken home. It knows no files, threads or network: `mainstreet explore` answers with it on the
//! loopback address, and the page that needs no install in a worker of the browser.

mod answer;
mod choice;
mod controls;
mod pair;
mod typed;

pub use answer::{Answer, HTML, JSON, PLAIN, catalogue, download, look_at};
pub use choice::{Accepted, Choice, MOST_MONTHS, MOST_RESIDENTS, Policy, Problem, accept, start};
pub use controls::USUAL_RESIDENTS;
pub use pair::{BASELINE, Finished, Life, Pair, YOURS, month_of};
