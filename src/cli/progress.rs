//! A live bar on a terminal; a plain line now and then in a log.

use std::io::IsTerminal;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering::Relaxed;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Global;

/// Seconds between two lines in a log.
const BETWEEN_LINES: u64 = 60;

/// Lines about long work where stderr is no terminal: what is done of all, and how long the rest may take.
pub struct LogLines {
    begun: Instant,
    steps: u64,
    done: AtomicU64,
    /// Steps that were done before, which must not count as speed.
    before: AtomicU64,
    /// Seconds since the beginning at which the next line is due.
    due: AtomicU64,
}

impl LogLines {
    /// Lines about so many steps; none on a terminal, which has a bar.
    pub fn new(global: &Global, steps: u64) -> Option<LogLines> {
        (!global.quiet && !std::io::stderr().is_terminal()).then(|| LogLines {
            begun: Instant::now(),
            steps,
            done: AtomicU64::new(0),
            before: AtomicU64::new(0),
            due: AtomicU64::new(BETWEEN_LINES),
        })
    }

    /// Counts steps that were done earlier.
    pub fn skip(&self, steps: u64) {
        self.before.fetch_add(steps, Relaxed);
        self.done.fetch_add(steps, Relaxed);
    }

    /// Counts a step; gives a line if one is due. `what` is said first: "3 of 8 runs done".
    pub fn step(&self, what: impl FnOnce() -> String) -> Option<String> {
        let done = self.done.fetch_add(1, Relaxed) + 1;
        let elapsed = self.begun.elapsed().as_secs();
        let due = self.due.load(Relaxed);
        let is_mine = elapsed >= due
            && (self.due)
                .compare_exchange(due, elapsed + BETWEEN_LINES, Relaxed, Relaxed)
                .is_ok();
        is_mine.then(|| {
            let new = done.saturating_sub(self.before.load(Relaxed)).max(1);
            let left = elapsed * self.steps.saturating_sub(done) / new;
            format!(
                "{}, {}% of the months; {} so far, about {} to go",
                what(),
                100 * done / self.steps.max(1),
                lasting(elapsed),
                lasting(left)
            )
        })
    }
}

/// "45 s", "12 min", "3 h 05 min".
fn lasting(seconds: u64) -> String {
    match seconds {
        0..120 => format!("{seconds} s"),
        120..7200 => format!("{} min", seconds / 60),
        _ => format!("{} h {:02} min", seconds / 3600, seconds / 60 % 60),
    }
}

/// A bar of `steps` steps named by `unit`, hidden unless stderr is a terminal.
pub fn bar(global: &Global, steps: u64, unit: &str) -> ProgressBar {
    if global.quiet || !std::io::stderr().is_terminal() {
        return ProgressBar::with_draw_target(Some(steps), ProgressDrawTarget::hidden());
    }
    let bar = ProgressBar::with_draw_target(Some(steps), ProgressDrawTarget::stderr());
    let template = format!("{{bar:32}} {{pos}}/{{len}} {unit}  {{eta}} left  {{msg}}");
    if let Ok(style) = ProgressStyle::with_template(&template) {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_due_after_a_while_and_only_once() {
        let lines = LogLines {
            begun: Instant::now(),
            steps: 100,
            done: AtomicU64::new(0),
            before: AtomicU64::new(0),
            due: AtomicU64::new(0),
        };
        lines.skip(49);
        let line = lines.step(|| "1 of 2 runs done".to_owned());
        assert_eq!(
            line.as_deref(),
            Some("1 of 2 runs done, 50% of the months; 0 s so far, about 0 s to go")
        );
        assert_eq!(lines.step(String::new), None);
        assert_eq!(lasting(3700), "61 min");
        assert_eq!(lasting(11_100), "3 h 05 min");
    }
}
