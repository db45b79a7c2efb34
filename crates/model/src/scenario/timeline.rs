//! The timeline: policies and shocks that switch on and off.

use super::check::{Checker, check_sum, join};
use super::diagnostic::Diagnostic;
use super::document::{Node, NodeValue};
use super::loaded::Origins;
use super::registry::{POLICIES, Section, Shape};
use super::settings;
use super::source::{Origin, Place};
use super::suggest::{did_you_mean, listed};
use toml::Value;
use toml::map::Map;

/// Keys that every entry of the timeline has, apart from those of its kind.
pub(crate) const ENTRY_KEYS: [&str; 3] = ["kind", "from", "until"];

/// Last month that a timeline may name: a thousand years are enough.
const LAST_MONTH: i64 = 12_000;

/// One policy or shock, with the months it is in force.
#[derive(Debug, Clone, PartialEq)]
pub struct TimelineEntry {
    /// Which policy or shock: a table of `[policies]` in the default file.
    pub kind: String,
    /// First month in force, counted from the first month after burn-in, which is 0.
    pub from: u32,
    /// First month no longer in force; none, if it stays.
    pub until: Option<u32>,
    /// The kind's defaults with this entry's own values over them.
    pub parameters: toml::Table,
    /// Where the entry was written.
    pub origin: Origin,
    /// Where each of the parameters was written, by its path within the entry.
    pub origins: Origins,
}

/// A calendar month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// Months since the year 0.
    months: i64,
}

/// Reads a month of the calendar such as "2028-01".
///
/// # Errors
/// What such a text looks like.
pub fn parse_date(text: &str) -> Result<Date, String> {
    let allowed = || "a year and a month such as \"2028-01\"".to_owned();
    let bytes = text.as_bytes();
    if bytes.len() != 7 || bytes[4] != b'-' {
        return Err(allowed());
    }
    let digits = |part: &[u8]| {
        part.iter().try_fold(0, |number: i64, byte| {
            byte.is_ascii_digit()
                .then(|| number * 10 + i64::from(byte - b'0'))
        })
    };
    let (year, month) = digits(&bytes[..4])
        .zip(digits(&bytes[5..]))
        .ok_or_else(allowed)?;
    if !(1..=12).contains(&month) {
        return Err(format!("{}, with a month from 01 to 12", allowed()));
    }
    Ok(Date {
        months: year * 12 + month - 1,
    })
}

impl Date {
    /// Months from another date to this one.
    pub fn months_since(self, other: Date) -> i64 {
        self.months - other.months
    }
}

/// A month as written: counted or named.
#[derive(Debug, Clone, Copy)]
enum When {
    Month(u32),
    Date(Date),
}

/// An entry whose own values are right; its dates wait for the start of the run.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    kind: String,
    from: (When, Place),
    until: Option<(When, Place)>,
    own: Map<String, Node>,
    place: Place,
}

/// A value that a setting gives to an entry.
#[derive(Debug)]
pub(crate) struct EntryValue {
    /// The entry's number, counted from 0, or its kind.
    pub entry: String,
    /// The value's name within the entry.
    pub key: String,
    /// The value.
    pub node: Node,
}

/// Gives one value to one entry.
pub(crate) fn set(checker: &mut Checker<'_>, entries: &mut [Entry], value: EntryValue) {
    let EntryValue { entry, key, node } = value;
    let kinds: Vec<&str> = entries.iter().map(|e| e.kind.as_str()).collect();
    let number = match settings::entry_number(&entry, &kinds) {
        Ok(number) => number,
        // What is wrong with the timeline has been told; which entries it would have, nobody knows.
        Err(_) if checker.has_failed_below("timeline") => return,
        Err(why) => {
            let problem = Diagnostic::at_key(&node.place, format!("the timeline {why}"));
            let numbered = kinds.iter().enumerate();
            let there = numbered.map(|(place, kind)| format!("timeline.{place} ({kind})"));
            let there: Vec<String> = there.collect();
            let problem = match there.is_empty() {
                true => problem,
                false => problem.allowed(listed(there.iter().map(String::as_str))),
            };
            let path = format!("timeline.{entry}.{key}");
            return checker.report(&path, problem.suggest(did_you_mean(&entry, kinds)));
        }
    };
    let path = format!("timeline[{number}]");
    let entry = &mut entries[number];
    match key.as_str() {
        "kind" => {
            let message = "the kind of an entry can only be set in a file";
            checker.report(&path, Diagnostic::at_key(&node.place, message));
        }
        "from" => {
            if let Some(from) = when(checker, &path, "from", &node) {
                entry.from = from;
            }
        }
        "until" => {
            if let Some(until) = when(checker, &path, "until", &node) {
                entry.until = Some(until);
            }
        }
        _ => {
            let place = node.place.clone();
            let table = |value| Node {
                value: NodeValue::Table(value),
                place: place.clone(),
            };
            let mut values = table(Map::new());
            values.put(&key, node);
            let (Some(section), NodeValue::Table(values)) =
                (checker.registry.policy(&entry.kind), values.value)
            else {
                return;
            };
            let right = own_values(checker, section, &entry.kind, values, &path);
            let mut own = table(std::mem::take(&mut entry.own));
            own.overlay(table(right));
            if let NodeValue::Table(own) = own.value {
                entry.own = own;
            }
        }
    }
}

/// Checks the timeline of one layer.
pub(crate) fn check(checker: &mut Checker<'_>, timeline: Node) -> Vec<Entry> {
    let NodeValue::Array(items) = timeline.value else {
        let message = "`timeline` is a list of entries, not a single one";
        let problem = Diagnostic::at_key(&timeline.place, message);
        let fix = "write the heading `[[timeline]]`, with two brackets, above each entry";
        checker.report("timeline", problem.suggest(fix.to_owned()));
        return Vec::new();
    };
    let entries = items.into_iter().enumerate();
    entries
        .filter_map(|(index, item)| entry(checker, index, item))
        .collect()
}

fn entry(checker: &mut Checker<'_>, index: usize, item: Node) -> Option<Entry> {
    let path = format!("timeline[{index}]");
    let place = item.place;
    let NodeValue::Table(mut table) = item.value else {
        let message = "an entry of the timeline needs a kind and a first month";
        let problem = Diagnostic::at_value(&place, message);
        let fix = "write `[[timeline]]` and below it `kind = ...` and `from = ...`".to_owned();
        checker.report(&path, problem.suggest(fix));
        return None;
    };
    let kind = kind(checker, &path, table.remove("kind"), &place);
    let from = table.remove("from");
    if from.is_none() {
        let message = "this entry of the timeline does not say when it begins";
        let problem = Diagnostic::at_key(&place, message);
        checker.report(
            &path,
            problem.suggest("add `from = 12`, a month, or `from = \"2028-01\"`".to_owned()),
        );
    }
    let from = from.and_then(|node| when(checker, &path, "from", &node));
    let until = table
        .remove("until")
        .map(|node| when(checker, &path, "until", &node));
    let kind = kind?;
    let registry = checker.registry;
    let section = registry.policy(&kind)?;
    let own = own_values(checker, section, &kind, table, &path);
    // Whoever got `until` wrong did not mean "for ever".
    let until = match until {
        Some(None) => return None,
        Some(Some(until)) => Some(until),
        None => None,
    };
    Some(Entry {
        kind,
        from: from?,
        until,
        own,
        place,
    })
}

fn kind(
    checker: &mut Checker<'_>,
    path: &str,
    node: Option<Node>,
    place: &Place,
) -> Option<String> {
    let kinds = checker.registry.policy_kinds();
    let Some(node) = node else {
        let message = "this entry of the timeline does not say of which kind it is";
        let problem = Diagnostic::at_key(place, message).allowed(listed(kinds));
        checker.report(path, problem.suggest("add `kind = ...`".to_owned()));
        return None;
    };
    let name = node.as_str().unwrap_or_default();
    if kinds.contains(&name) {
        return Some(name.to_owned());
    }
    let message = "there is no such kind of policy or shock";
    let problem = Diagnostic::at_value(&node.place, message).found(node.written());
    let suggestion = did_you_mean(name, kinds.iter().copied());
    checker.report(path, problem.allowed(listed(kinds)).suggest(suggestion));
    None
}

fn own_values(
    checker: &mut Checker<'_>,
    section: &Section,
    kind: &str,
    table: Map<String, Node>,
    path: &str,
) -> Map<String, Node> {
    let mut known = Map::new();
    for (key, node) in table {
        if section.children.contains_key(&key) {
            known.insert(key, node);
            continue;
        }
        let names = || {
            section
                .children
                .keys()
                .map(String::as_str)
                .chain(ENTRY_KEYS)
        };
        let message = format!("`{key}` is not a parameter of `{kind}`");
        let problem = Diagnostic::at_key(&node.place, message).allowed(listed(names()));
        let others = checker
            .registry
            .policies()
            .into_iter()
            .flat_map(|p| &p.children);
        let owners = others.filter_map(|(other, shape)| match shape {
            Shape::Section(section) if section.children.contains_key(&key) => Some(other.as_str()),
            _ => None,
        });
        let owners = listed(owners);
        let other = (!owners.is_empty()).then(|| format!("`{key}` is a parameter of {owners}"));
        let problem = problem.suggest(did_you_mean(&key, names()).or(other));
        checker.report(&join(path, &key), problem);
    }
    checker.section(section, known, path)
}

fn when(checker: &mut Checker<'_>, path: &str, key: &str, node: &Node) -> Option<(When, Place)> {
    let allowed = "a month counted from 0, such as 12, or a date such as \"2028-01\"";
    let mut problem = Diagnostic::at_value(&node.place, format!("`{key}` must be a month"))
        .found(node.written())
        .allowed(allowed);
    let read = match &node.value {
        NodeValue::Leaf(Value::Integer(month)) if (0..=LAST_MONTH).contains(month) => {
            u32::try_from(*month).ok().map(When::Month)
        }
        NodeValue::Leaf(Value::Integer(month)) => {
            let message = if *month < 0 {
                "before the first month"
            } else {
                "too far off"
            };
            problem.message = format!("`{key}` is {message}");
            None
        }
        NodeValue::Leaf(Value::String(text)) => match parse_date(text) {
            Ok(date) => Some(When::Date(date)),
            Err(_) => {
                problem.message = format!("`{key}` is not a month of the calendar");
                None
            }
        },
        NodeValue::Leaf(Value::Datetime(_)) => {
            let day = node.written();
            let month = day.get(..7).unwrap_or("2028-01");
            problem = problem.suggest(format!("write \"{month}\", in quotation marks"));
            None
        }
        _ => None,
    };
    if read.is_none() {
        checker.report(&join(path, key), problem);
    }
    read.map(|when| (when, node.place.clone()))
}

/// Counts the months of the entries from the start of the run, and lays their own values over
/// the defaults of their kind.
pub(crate) fn resolve(
    checker: &mut Checker<'_>,
    entries: Vec<Entry>,
    tree: &Node,
) -> Vec<TimelineEntry> {
    let start = tree
        .at("run.start")
        .and_then(Node::as_str)
        .and_then(|text| parse_date(text).ok());
    let mut resolved = Vec::with_capacity(entries.len());
    for (index, entry) in entries.into_iter().enumerate() {
        let path = format!("timeline[{index}]");
        let from = count(checker, &path, &entry.from, start, "from");
        let until = entry
            .until
            .as_ref()
            .map(|until| count(checker, &path, until, start, "until"));
        let (Some(from), false) = (from, until == Some(None)) else {
            continue;
        };
        let until = until.flatten();
        if let (Some(until), Some((_, place))) = (until, &entry.until)
            && until <= from
        {
            let message = "this entry of the timeline ends before it begins";
            let problem = Diagnostic::at_value(place, message)
                .found(format!("month {until}, with a beginning in month {from}"))
                .allowed(format!("month {} or later", from + 1));
            let open = "`until` is the first month without it; leave it out for no end";
            checker.report(&path, problem.suggest(open.to_owned()));
            continue;
        }
        let defaults = tree.at(&format!("{POLICIES}.{}", entry.kind)).cloned();
        let own = Node {
            value: NodeValue::Table(entry.own),
            place: entry.place.clone(),
        };
        let mut values = defaults.unwrap_or_else(|| own.clone());
        values.overlay(own);
        check_sums(checker, &entry.kind, &values, &path);
        check_financing(checker, &values, &path);
        let parameters = match values.to_value() {
            Value::Table(table) => table,
            _ => toml::Table::new(),
        };
        resolved.push(TimelineEntry {
            kind: entry.kind,
            from,
            until,
            parameters,
            origin: entry.place.origin(),
            origins: Origins::of(&values),
        });
    }
    resolved
}

/// What pays for an entry is something that the government which pays can do.
fn check_financing(checker: &mut Checker<'_>, values: &Node, path: &str) {
    const OUTER: [&str; 3] = ["scenario", "grant", "national_tax"];
    const LOCAL: [&str; 5] = ["scenario", "property_tax", "sales_tax", "purchases", "debt"];
    let word = |key: &str| values.at(key).and_then(Node::as_str);
    let (Some(node), Some(financing)) = (values.at("financing"), word("financing")) else {
        return;
    };
    let Some(payer) = word("payer") else {
        return;
    };
    let allowed: &[&str] = if payer == "local" { &LOCAL } else { &OUTER };
    if allowed.contains(&financing) {
        return;
    }
    let message = format!("the {payer} government cannot pay for this by `{financing}`");
    let other = if payer == "local" { "outer" } else { "local" };
    let problem = Diagnostic::at_value(&node.place, message)
        .found(node.written())
        .allowed(listed(allowed.iter().copied()))
        .suggest(format!("`payer = \"{other}\"` could"));
    checker.report(&join(path, "financing"), problem);
}

fn check_sums(checker: &mut Checker<'_>, kind: &str, values: &Node, path: &str) {
    let prefix = format!("{POLICIES}.{kind}.");
    let registry = checker.registry;
    for parameter in &registry.parameters {
        let Some(key) = parameter.path.strip_prefix(&prefix) else {
            continue;
        };
        if let (Some(wanted), Some(node)) = (parameter.sum, values.at(key)) {
            check_sum(checker, &join(path, key), wanted, &[node]);
        }
    }
}

fn count(
    checker: &mut Checker<'_>,
    path: &str,
    (when, place): &(When, Place),
    start: Option<Date>,
    key: &str,
) -> Option<u32> {
    let date = match when {
        When::Month(month) => return Some(*month),
        When::Date(date) => date,
    };
    let written = &place.source.text()[place.value.clone()];
    let problem = Diagnostic::at_value(place, "").found(written);
    // A scenario without a right start has been told so already.
    let months = date.months_since(start?);
    let allowed = |text: String| format!("{text}, or a month counted from 0");
    let (message, limit) = match u32::try_from(months) {
        Ok(month) if i64::from(month) <= LAST_MONTH => return Some(month),
        Ok(_) => ("too far off", "within a thousand years".to_owned()),
        Err(_) => (
            "before the first month of the run",
            "a date not before `run.start`".to_owned(),
        ),
    };
    let message = format!("`{key}` is {message}");
    let problem = Diagnostic { message, ..problem }.allowed(allowed(limit));
    checker.report(&join(path, key), problem);
    None
}
