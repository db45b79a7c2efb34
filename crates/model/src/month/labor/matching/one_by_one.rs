//! The same market with posts that choose one after the other, to see what it changes that they choose at once.
//!
//! In the model every post of a round makes its offer at the same time, so one seeker can hold several offers and
//! all but one of those posts stay open. Here posts choose in a random order, each taking its best suitable
//! applicant who is still free. Applications, suitability, ranks and reservation wages are the same.

use super::{Market, Matching, NO_OFFER};
use crate::month::{Scratch, advance};
use crate::rng::{Draws, Purpose};
use crate::scenario::{self, Parameters, Source};
use crate::stats::{mean, standard_error};
use crate::town::Town;
use crate::town::people::Status;

/// Draw numbers of the order of posts, beyond those of other orders.
const ORDER: u32 = 0x7000_0000;

/// Fills each seeker's offer as [`Matching::make_offers`] does.
pub(super) fn match_round(m: &mut Matching, market: &Market) {
    m.offer.clear();
    m.offer.resize(m.seekers.len(), NO_OFFER);
    let mut applicants: Vec<Vec<u64>> = vec![Vec::new(); market.posts.len()];
    for (seeker, seeking) in m.seekers.iter().enumerate() {
        for number in 0..u32::from(seeking.applications) {
            let sent = m.application(market, seeker as u32, seeking, number);
            if let Some((post, rank)) = sent {
                applicants[post as usize].push(rank);
            }
        }
    }
    let mut order: Vec<usize> = (0..market.posts.len()).collect();
    order.sort_by_key(|&post| {
        let number = ORDER + market.round;
        let words = market
            .draws
            .words(post as u64, market.month, Purpose::Order, number);
        (words[0], post)
    });
    for post in order {
        let ranks = &mut applicants[post];
        ranks.sort_unstable_by(|a, b| b.cmp(a));
        let applicants = ranks.iter().map(|&rank| m.unpack(market, post, rank));
        let free = |(seeker, _): &(usize, _)| m.offer[*seeker].post == u32::MAX;
        if let Some((seeker, meeting)) = applicants.into_iter().find(free) {
            m.offer_to(market, seeker, post, &meeting);
        }
    }
}

fn parameters(residents: u32) -> Parameters {
    let settings = [format!("town.residents={residents}")];
    let source = Source::Embedded("baseline".into());
    let loaded = scenario::load(&source, &settings).expect("the scenario loads");
    scenario::resolve(&loaded).expect("the scenario resolves")
}

fn begin(p: &Parameters, seed: u64) -> Town {
    let mut town = crate::town::synthesis::synthesize(p, Draws::new(seed, 0)).expect("it closes");
    crate::month::automation::initialize(&mut town, p);
    town
}

/// A town through some months with either kind of matching.
fn live(p: &Parameters, seed: u64, months: u32, mut watch: impl FnMut(&Town, &mut bool)) {
    let mut town = begin(p, seed);
    let mut scratch = Scratch::default();
    for _ in 0..months {
        watch(&town, &mut scratch.matching.one_by_one);
        advance(&mut town, p, &mut scratch).expect("the accounts close");
    }
    watch(&town, &mut scratch.matching.one_by_one);
}

/// Who was matched to a post in the last round that was matched.
fn matched(m: &Matching) -> Vec<u32> {
    let pairs = m.seekers.iter().zip(&m.offer);
    pairs
        .filter(|(_, offer)| offer.post != u32::MAX)
        .map(|(seeking, _)| seeking.worker)
        .collect()
}

/// Whoever is some post's first choice is hired either way, at the latest when that post's turn comes. So with the
/// same applications posts that choose in turn hire everybody whom posts that choose at once hire, and more.
#[test]
fn posts_that_choose_in_turn_hire_everybody_whom_posts_that_choose_at_once_hire() {
    let p = parameters(5_000);
    let mut rounds = 0;
    let mut more = 0;
    for seed in 1..4 {
        let mut towns = [false, true].map(|one_by_one| {
            let mut town = begin(&p, seed);
            let mut scratch = Scratch::default();
            for _ in 0..6 {
                advance(&mut town, &p, &mut scratch).expect("the accounts close");
            }
            let posts = town.posts.len();
            assert!(posts > 0);
            // One round, from the same seekers and posts.
            scratch.matching.one_by_one = one_by_one;
            let m = &mut scratch.matching;
            m.prepare(&town, &p);
            m.list_seekers(&town, &p, 0);
            m.list_posts(&town.posts, &town.labor, &p);
            let raises = m.raises.clone();
            let market = Market {
                workers: &town.workers,
                households: &town.households,
                firms: &town.firms,
                technology: &town.technology,
                labor: &town.labor,
                posts: &town.posts,
                p: &p,
                draws: &town.draws,
                month: town.month,
                round: 0,
                notices: &[],
                cover: None,
                audited: &vec![0.0; town.firms.len()],
                raises: &raises,
            };
            m.decide(&market);
            m.match_round(&market);
            matched(m)
        });
        let [at_once, in_turn] = &mut towns;
        rounds += at_once.len();
        more += in_turn.len() - at_once.len();
        assert!(at_once.iter().all(|worker| in_turn.contains(worker)));
    }
    assert!(rounds > 0 && more * 2 < rounds, "{rounds} {more}");
}

/// Means of a town's months: unemployment and open posts in percent, hires in percent of employment, wage.
fn measured(p: &Parameters, seed: u64, one_by_one: bool) -> [f64; 5] {
    let mut sums = [0.0; 5];
    let mut months = 0.0;
    live(p, seed, 72, |town, mode| {
        *mode = one_by_one;
        if town.month <= 24 {
            return;
        }
        let count = |wanted: Status| {
            let status = &town.workers.status;
            status.iter().filter(|s| **s == wanted).count() as f64
        };
        let (jobs, jobless) = (count(Status::Employed), count(Status::Unemployed));
        let wages = town.workers.wage.iter().zip(&town.workers.status);
        let paid = wages.filter(|(_, status)| **status == Status::Employed);
        let bill: f64 = paid.map(|(wage, _)| wage.dollars()).sum();
        let hires: u32 = town.activity.hires.iter().sum();
        let open: u32 = town.activity.open_posts.iter().sum();
        let values = [
            100.0 * jobless / (jobs + jobless),
            100.0 * f64::from(hires) / jobs,
            100.0 * f64::from(town.activity.hired_from_unemployment) / jobs,
            100.0 * f64::from(open) / (jobs + f64::from(open)),
            bill / jobs,
        ];
        for (sum, value) in sums.iter_mut().zip(values) {
            *sum += value;
        }
        months += 1.0;
    });
    sums.map(|sum| sum / months)
}

/// `cargo test --lib one_by_one -- --ignored --nocapture` prints the table of docs/guide/validation.md.
#[allow(clippy::disallowed_macros)]
#[test]
#[ignore = "a measurement, not a check: it takes a minute or two"]
fn what_choosing_at_once_changes() {
    let p = parameters(10_000);
    let rows = [
        "unemployment, % of labor force",
        "hires, % of employment a month",
        "hires from unemployment, % of employment a month",
        "open posts, % of posts",
        "mean wage, dollars a month",
    ];
    let pairs: Vec<[[f64; 5]; 2]> = (1..=8)
        .map(|seed| [false, true].map(|one_by_one| measured(&p, seed, one_by_one)))
        .collect();
    for (row, name) in rows.iter().enumerate() {
        let of = |mode: usize| pairs.iter().map(|pair| pair[mode][row]).collect::<Vec<_>>();
        let gaps: Vec<f64> = pairs
            .iter()
            .map(|pair| pair[1][row] - pair[0][row])
            .collect();
        println!(
            "| {name} | {:.3} | {:.3} | {:+.3} ({:.3}) |",
            mean(&of(0)),
            mean(&of(1)),
            mean(&gaps),
            standard_error(&gaps)
        );
    }
}
