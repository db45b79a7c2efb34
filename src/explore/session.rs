//! What the page remembers between two requests: which run is the newest, the last results, the last baseline.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::run::RunRecord;
use crate::study::explore::Finished;

/// Results that stay at hand for downloads.
const MOST_FINISHED: usize = 8;

/// A baseline that was run, by the text with all its values.
type Known = Option<(String, Arc<RunRecord>)>;

/// A session.
#[derive(Debug, Default)]
pub struct Session {
    newest: AtomicU64,
    finished: Mutex<VecDeque<Arc<Finished>>>,
    baseline: Mutex<Known>,
}

impl Session {
    /// Gives the next run its number; runs before it see that they are no longer wanted.
    pub fn begin(&self) -> u64 {
        self.newest.fetch_add(1, Ordering::SeqCst) + 1
    }

    /// Makes every run see that it is no longer wanted.
    pub fn cancel(&self) {
        self.begin();
    }

    /// Makes one run see that it is no longer wanted, unless a newer one has begun.
    pub fn give_up(&self, run: u64) {
        let newest = &self.newest;
        // Failing means that a newer run has begun, which is as good.
        let _ = newest.compare_exchange(run, run + 1, Ordering::SeqCst, Ordering::SeqCst);
    }

    /// Whether no run has begun since.
    pub fn is_newest(&self, run: u64) -> bool {
        self.newest.load(Ordering::SeqCst) == run
    }

    /// Keeps results for downloads; the oldest go.
    pub fn keep(&self, finished: Finished) {
        let mut list = held(&self.finished);
        list.push_back(Arc::new(finished));
        while list.len() > MOST_FINISHED {
            list.pop_front();
        }
    }

    /// The results of a run.
    pub fn finished(&self, run: u64) -> Option<Arc<Finished>> {
        let list = held(&self.finished);
        list.iter().find(|finished| finished.run == run).cloned()
    }

    /// The record of a baseline, if it is the one that was run last.
    pub fn baseline(&self, text: &str) -> Option<Arc<RunRecord>> {
        let known = held(&self.baseline);
        let (_, record) = known.as_ref().filter(|(known, _)| known == text)?;
        Some(Arc::clone(record))
    }

    /// Remembers a baseline.
    pub fn keep_baseline(&self, text: String, record: Arc<RunRecord>) {
        *held(&self.baseline) = Some((text, record));
    }
}

/// What a lock guards is whole even if a thread broke down: every change is one step.
fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_run_takes_the_place_of_the_old_and_old_results_go() {
        let session = Session::default();
        let first = session.begin();
        assert!(session.is_newest(first));
        let second = session.begin();
        assert!(!session.is_newest(first) && session.is_newest(second));
        session.cancel();
        assert!(!session.is_newest(second));
        for run in 1..=MOST_FINISHED as u64 + 1 {
            session.keep(Finished {
                run,
                ..Finished::default()
            });
        }
        assert!(session.finished(1).is_none());
        assert!(session.finished(2).is_some());
    }
}
