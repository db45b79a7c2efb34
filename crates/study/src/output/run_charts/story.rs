//! The words and the months that all charts of a scenario share.

use charts::{Event, Format, Months, Words};
use model::scenario::{Parameters, TimelineEntry};

use super::Subject;
use super::compared::brief;
use super::observed::{Observed, has_two_years};

/// Longest list of names in a footer.
const LONGEST_LIST: usize = 72;

/// What every chart of a scenario says.
#[derive(Clone, Debug)]
pub(super) struct Story<'a> {
    pub parameters: &'a Parameters,
    pub months: Months,
    pub events: Vec<Event>,
    /// Which runs are shown and what their spread means.
    caption: String,
    footer: String,
}

impl<'a> Story<'a> {
    /// What is said of one scenario.
    pub fn new(subject: &Subject<'a>, observed: &Observed<'_>) -> Story<'a> {
        let count = observed.months();
        let runs = match observed.replicates.len() {
            0 | 1 => format!("seed {}", observed.seed),
            many => format!("seed {} · {many} replicates", observed.seed),
        };
        Story {
            parameters: subject.parameters,
            months: months(&subject.parameters.run.start, count),
            events: events(subject.timeline, count),
            caption: caption(observed),
            footer: footer(subject.name, &runs, &[subject.parameters.town.residents]),
        }
    }

    /// What is said of scenarios compared with the first.
    pub fn compared(
        subjects: &[Subject<'a>],
        baseline: &Observed<'_>,
        caption: String,
    ) -> Option<Story<'a>> {
        let first = subjects.first()?;
        let count = baseline.months();
        let names: Vec<&str> = subjects.iter().map(|subject| subject.name).collect();
        let mut events: Vec<Event> = Vec::new();
        for subject in subjects {
            let is_shared = |event: &Event| {
                let mut others = subjects.iter();
                others.all(|other| self::events(other.timeline, count).contains(event))
            };
            let own = self::events(subject.timeline, count);
            let (shared, mut own): (Vec<Event>, Vec<Event>) = own.into_iter().partition(is_shared);
            if subjects.len() > 2 {
                own = together(own, &brief(subject.name));
            }
            for event in shared.into_iter().chain(own) {
                if !events.contains(&event) {
                    events.push(event);
                }
            }
        }
        let sizes: Vec<u32> = subjects
            .iter()
            .map(|subject| subject.parameters.town.residents)
            .collect();
        let runs = format!(
            "seed {} · {} replicates each",
            baseline.seed,
            baseline.replicates.len()
        );
        Some(Story {
            parameters: first.parameters,
            months: months(&first.parameters.run.start, count),
            events,
            caption,
            footer: footer(&listed(&names), &runs, &sizes),
        })
    }

    /// Whether there is a first and a last year to tell apart.
    pub fn has_two_years(&self) -> bool {
        has_two_years(self.months.count)
    }

    /// What the numbers beside lines of months are.
    pub fn told_note(&self) -> String {
        match self.months.count {
            0 | 1 => String::new(),
            many if has_two_years(many) => {
                "Dashes and the numbers beside them: means of the last twelve months.".to_owned()
            }
            few => format!("Dashes and the numbers beside them: means of all {few} months."),
        }
    }

    /// Of a figure: "A at the start, B at the end" as `ends` writes it, or what it averages over a short run.
    pub fn over_time(
        &self,
        ends: impl FnOnce(&str, &str) -> String,
        short: &str,
        (start, end): (f64, f64),
        format: Format,
    ) -> String {
        match self.has_two_years() {
            true => ends(&format.value(start), &format.value(end)),
            false => format!(
                "{short} {} over {} months",
                format.value(end),
                self.months.count
            ),
        }
    }

    /// Title and subtitle with the scenario's caption and footer.
    pub fn words(&self, title: impl Into<String>, subtitle: impl Into<String>) -> Words {
        self.words_with(title, subtitle, "")
    }

    /// As [`Story::words`], with a sentence of the chart's own before the caption.
    pub fn words_with(
        &self,
        title: impl Into<String>,
        subtitle: impl Into<String>,
        note: &str,
    ) -> Words {
        let space = if note.is_empty() { "" } else { " " };
        Words {
            title: title.into(),
            subtitle: subtitle.into(),
            caption: format!("{note}{space}{}", self.caption),
            footer: self.footer.clone(),
        }
    }
}

/// The names, or the first and how many more, so that what follows them is not cut.
fn listed(names: &[&str]) -> String {
    let all = names.join(", ");
    match names {
        [first, rest @ ..] if all.chars().count() > LONGEST_LIST => {
            format!("{} and {} more", brief(first), rest.len())
        }
        _ => all,
    }
}

fn months(start: &str, count: usize) -> Months {
    let parts = start.split_once('-');
    let date = parts.and_then(|(year, month)| Some((year.parse().ok()?, month.parse().ok()?)));
    match date {
        Some((year, month)) => Months::dated(0, count, year, month),
        None => Months::numbered("Months since the start", 0, count),
    }
}

/// Policies and shocks that begin within the months shown.
fn events(timeline: &[TimelineEntry], count: usize) -> Vec<Event> {
    let shown = timeline
        .iter()
        .filter(|entry| (entry.from as usize) < count);
    let event = |entry: &TimelineEntry| Event {
        month: entry.from as usize,
        until: entry
            .until
            .map(|until| (until as usize).saturating_sub(1).min(count - 1)),
        label: entry.kind.replace('_', " "),
    };
    shown.map(event).collect()
}

/// One event for all of a scenario's that span the same months, with its name: "revival: grants and 3 more".
fn together(events: Vec<Event>, name: &str) -> Vec<Event> {
    let mut groups: Vec<(Event, usize)> = Vec::new();
    for event in events {
        let same = |(group, _): &&mut (Event, usize)| {
            (group.month, group.until) == (event.month, event.until)
        };
        match groups.iter_mut().find(same) {
            Some((_, more)) => *more += 1,
            None => groups.push((event, 0)),
        }
    }
    let named = |(event, more): (Event, usize)| {
        let label = match more {
            0 if event.label == name.replace(['-', '_'], " ") => event.label,
            0 => format!("{name}: {}", event.label),
            more => format!("{name}: {} and {more} more", event.label),
        };
        Event { label, ..event }
    };
    groups.into_iter().map(named).collect()
}

fn caption(observed: &Observed<'_>) -> String {
    match observed.replicates.as_slice() {
        [] => "No run.".to_owned(),
        [one] => format!(
            "One run (seed {}, replicate {}); another seed would differ by chance, and one run cannot show by how much.",
            observed.seed, one.number
        ),
        many if observed.has_bands() => format!("{} runs that differ by chance alone.", many.len()),
        many => format!(
            "Means of {} runs that differ by chance alone: too few to show how far runs spread.",
            many.len()
        ),
    }
}

fn footer(name: &str, runs: &str, residents: &[u32]) -> String {
    let size = match (residents.iter().min(), residents.iter().max()) {
        (Some(least), Some(most)) if least != most => format!(
            "towns of {} to {} residents",
            grouped(*least),
            grouped(*most)
        ),
        (_, most) => format!("{} residents", grouped(most.copied().unwrap_or(0))),
    };
    format!(
        "{name} · {runs} · {size} at the start · mainstreet {}",
        env!("CARGO_PKG_VERSION")
    )
}

/// The number with commas between thousands.
fn grouped(number: u32) -> String {
    charts::Format::Number.value(f64::from(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn policies_of_one_scenario_and_month_share_a_label() {
        let event = |month, label: &str| Event {
            month,
            until: None,
            label: label.to_owned(),
        };
        let labels = |events: Vec<Event>, name: &str| -> Vec<String> {
            let grouped = together(events, name);
            grouped.into_iter().map(|event| event.label).collect()
        };
        let three = vec![
            event(24, "grants"),
            event(24, "training"),
            event(36, "tariff"),
        ];
        assert_eq!(
            labels(three, "revival"),
            ["revival: grants and 1 more", "revival: tariff"]
        );
        let own = vec![event(24, "basic income")];
        assert_eq!(labels(own, "basic-income"), ["basic income"]);
    }
}
