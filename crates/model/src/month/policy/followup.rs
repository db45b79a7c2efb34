//! Applicants of training lotteries, looked at some months later: those drawn beside those who were not.
//!
//! Everybody is followed from the first lottery they take part in and stays in the group that lottery gave, so
//! that chance alone made the groups; losers who get a place later are counted as such.

use crate::town::Town;
use crate::town::participants::{Followed, HORIZONS, LONG_TERM, is_same};

/// Looks at everybody for whom a horizon has come, and forgets whom the last has passed or who has left.
pub fn look(town: &mut Town) {
    let month = town.month;
    let participants = &mut town.programs.participants;
    let workers = &town.workers;
    let outcomes = &mut participants.outcomes;
    participants.followed.retain(|followed| {
        if !is_same(
            workers,
            followed.worker,
            followed.age,
            followed.since,
            month,
        ) {
            return false;
        }
        let elapsed = month - followed.since;
        if let Some(horizon) = HORIZONS.iter().position(|&months| months == elapsed) {
            let worker = followed.worker as usize;
            let pay = workers.works(worker).then(|| workers.wage[worker]);
            outcomes[usize::from(followed.entry)].count(followed, horizon, pay);
        }
        elapsed < HORIZONS[HORIZONS.len() - 1]
    });
}

/// Follows an applicant of this month's lottery.
pub fn follow(town: &mut Town, worker: u32, entry: u16, drawn: bool) {
    let month = town.month;
    let participants = &mut town.programs.participants;
    let entries = town.programs.entries.len();
    participants.outcomes.resize_with(entries, Default::default);
    match participants.find(worker, entry) {
        Ok(place) => {
            let followed = &mut participants.followed[place];
            followed.trained_since |= drawn && !followed.drawn;
        }
        Err(place) => {
            let row = worker as usize;
            let long = u8::from(town.workers.months[row] >= LONG_TERM);
            participants.followed.insert(
                place,
                Followed {
                    worker,
                    entry,
                    drawn,
                    trained_since: false,
                    cell: 2 * town.workers.occupation[row] + long,
                    since: month,
                    age: town.workers.age_months[row],
                },
            );
        }
    }
}
