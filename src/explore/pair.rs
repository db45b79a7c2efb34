//! The two towns of a choice on two threads, told as their months come.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use serde_json::{Value, json};

use crate::run::RunRecord;
use crate::scenario::{self, Parameters};
use crate::study::explore::{Accepted, BASELINE, Life, Pair, YOURS, month_of};

use super::session::Session;

/// Events that may wait for a slow reader.
const WAITING: usize = 64;

/// How a town's run ended.
enum End {
    All(Arc<RunRecord>),
    Stopped,
    Failed(String),
}

/// Runs a choice beside the baseline; `tell` gets every event and says whether anybody still listens.
pub fn run_pair(
    accepted: Accepted,
    run: u64,
    session: &Session,
    tell: &mut dyn FnMut(&Value) -> bool,
) {
    let pair = match Pair::of(&scenario::setup(), accepted) {
        Ok(pair) => pair,
        Err(message) => {
            tell(&json!({ "kind": "failed", "message": message }));
            return;
        }
    };
    let known = session.baseline(&pair.text);
    if !tell(&pair.started(run)) {
        return;
    }
    let (send, receive) = sync_channel(WAITING);
    let (yours, baseline) = thread::scope(|scope| {
        let wanted = || session.is_newest(run);
        let other = send.clone();
        let parameters = &pair.parameters;
        let own = &pair.accepted.parameters;
        let yours = scope.spawn(move || live(YOURS, own, &send, &wanted));
        let baseline = scope.spawn(move || match known {
            Some(record) => repeat(record, &other),
            None => live(BASELINE, parameters, &other, &wanted),
        });
        listen(&receive, run, session, tell);
        // A thread ends early only by a flaw of the program, which it has told on stderr.
        let broken = |_| End::Failed("the run broke down".to_owned());
        (
            yours.join().unwrap_or_else(broken),
            baseline.join().unwrap_or_else(broken),
        )
    });
    let last = match (yours, baseline) {
        (End::All(yours), End::All(baseline)) => {
            session.keep_baseline(pair.text.clone(), Arc::clone(&baseline));
            // Nobody else holds the record of the visitor's town.
            let yours = Arc::unwrap_or_clone(yours);
            session.keep(pair.finished(run, yours, baseline));
            json!({ "kind": "finished", "run": run })
        }
        (End::Failed(message), _) | (_, End::Failed(message)) => {
            json!({ "kind": "failed", "message": message })
        }
        _ => json!({ "kind": "canceled", "run": run }),
    };
    tell(&last);
}

/// Hands on what the two towns tell, until both are done.
fn listen(
    receive: &Receiver<Value>,
    run: u64,
    session: &Session,
    tell: &mut dyn FnMut(&Value) -> bool,
) {
    let mut is_heard = true;
    for event in receive {
        // Both towns must be let off the channel even if nobody listens.
        if is_heard && !tell(&event) {
            is_heard = false;
            session.give_up(run);
        }
    }
}

/// Tells a run that was made before.
fn repeat(record: Arc<RunRecord>, send: &SyncSender<Value>) -> End {
    for month in 0..record.months.len() {
        // The listener outlives both towns.
        let _ = send.send(month_of(BASELINE, &record, month));
    }
    End::All(record)
}

/// Runs one town as `mainstreet run` does, for as long as it is wanted.
fn live(
    who: &'static str,
    parameters: &Parameters,
    send: &SyncSender<Value>,
    is_wanted: &dyn Fn() -> bool,
) -> End {
    let mut life = match Life::begin(who, parameters, 0, who == YOURS) {
        Ok(life) => life,
        Err(error) => return End::Failed(error.to_string()),
    };
    loop {
        if !is_wanted() {
            return End::Stopped;
        }
        match life.step(parameters) {
            // The listener outlives both towns.
            Ok(Some(event)) => drop(send.send(event)),
            Ok(None) => return End::All(Arc::new(life.into_record())),
            Err(error) => return End::Failed(error.to_string()),
        }
    }
}
