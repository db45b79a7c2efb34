//! What moved, and first where.

use std::fmt;

use crate::file::{Column, Golden, Rows, Scenario};

/// Differences between pinned results and those of today, in words; empty if there are none.
#[derive(Debug, Default)]
pub struct Moved {
    lines: Vec<String>,
    /// Of all scenarios, the earliest change of a value: when, and in words.
    first: Option<(u32, String)>,
}

impl Moved {
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }
}

impl fmt::Display for Moved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((_, first)) = &self.first {
            writeln!(f, "first of all: {first}")?;
        }
        self.lines
            .iter()
            .try_for_each(|line| writeln!(f, "  {line}"))
    }
}

/// A table's first moved value.
struct First {
    when: u32,
    column: String,
    group: String,
}

pub fn between(pinned: &Golden, now: &Golden) -> Moved {
    let mut moved = Moved::default();
    moved.lines.extend(pinned.headers.against(&now.headers));
    for scenario in &now.scenarios {
        match pinned
            .scenarios
            .iter()
            .find(|old| old.name == scenario.name)
        {
            Some(old) => in_scenario(&mut moved, old, scenario),
            None => moved
                .lines
                .push(format!("{}: not pinned yet", scenario.name)),
        }
    }
    for old in &pinned.scenarios {
        if !now
            .scenarios
            .iter()
            .any(|scenario| scenario.name == old.name)
        {
            moved.lines.push(format!("{}: gone", old.name));
        }
    }
    moved
}

fn in_scenario(moved: &mut Moved, old: &Scenario, new: &Scenario) {
    let mut firsts: Vec<(u32, String)> = Vec::new();
    let (mut tables, mut columns) = (0, 0);
    for rows in &new.tables {
        let Some(before) = old.tables.iter().find(|before| before.table == rows.table) else {
            moved
                .lines
                .push(format!("{}: table {} is new", new.name, rows.table));
            continue;
        };
        let (count, first) = in_table(before, rows);
        columns += count;
        tables += usize::from(count > 0);
        let told = |first: First| {
            let place = match first.group.as_str() {
                "" => String::new(),
                group => format!(" at {} {group}", rows.key),
            };
            (
                first.when,
                format!("{}.{}{place}", rows.table, first.column),
            )
        };
        firsts.extend(first.map(told));
    }
    for before in &old.tables {
        if !new.tables.iter().any(|rows| rows.table == before.table) {
            moved
                .lines
                .push(format!("{}: table {} is gone", new.name, before.table));
        }
    }
    // A stable sort: among values of one month, the first table and column.
    firsts.sort_by_key(|(when, _)| *when);
    if let Some((when, first)) = firsts.into_iter().next() {
        moved.lines.push(format!(
            "{}: {columns} columns of {tables} tables, first {first}",
            new.name
        ));
        if moved
            .first
            .as_ref()
            .is_none_or(|(earliest, _)| when < *earliest)
        {
            moved.first = Some((when, format!("{}, {first}", new.name)));
        }
    }
}

/// How many columns differ, and the earliest value that does.
fn in_table(old: &Rows, new: &Rows) -> (usize, Option<First>) {
    let mut first: Option<First> = None;
    let mut count = 0;
    for column in &new.columns {
        let found = match old.columns.iter().find(|before| before.name == column.name) {
            Some(before) if before == column && old.groups == new.groups => None,
            Some(before) => in_column((old, before), (new, column)),
            None => Some(First {
                when: u32::MAX,
                column: format!("{} (new)", column.name),
                group: String::new(),
            }),
        };
        let Some(found) = found else { continue };
        count += 1;
        if first
            .as_ref()
            .is_none_or(|earliest| found.when < earliest.when)
        {
            first = Some(found);
        }
    }
    for before in &old.columns {
        if !new.columns.iter().any(|column| column.name == before.name) {
            count += 1;
            first.get_or_insert(First {
                when: u32::MAX,
                column: format!("{} (gone)", before.name),
                group: String::new(),
            });
        }
    }
    (count, first)
}

/// The first group in which a column differs; rows that came or went in groups differ there.
fn in_column((old, before): (&Rows, &Column), (new, column): (&Rows, &Column)) -> Option<First> {
    let part = |rows: &Rows, column: &Column, group: &String| {
        let place = rows.groups.iter().position(|known| known == group)?;
        column
            .parts
            .get(2 * place..2 * place + 2)
            .map(str::to_owned)
    };
    let mut groups: Vec<&String> = new.groups.iter().chain(&old.groups).collect();
    groups.sort_by_key(|group| when(&new.key, group));
    let differs = |group: &&String| part(old, before, group) != part(new, column, group);
    let group = groups.into_iter().find(differs);
    if group.is_none() && before.whole == column.whole {
        return None;
    }
    Some(First {
        when: group.map_or(u32::MAX, |group| when(&new.key, group)),
        column: column.name.clone(),
        // Two characters are few: the same by chance, while the whole differs.
        group: group.cloned().unwrap_or_default(),
    })
}

/// When a group's values were measured, in half months since the start, so that the state at the end of a year follows
/// its last month; values of tables without months or years come last.
fn when(key: &str, group: &str) -> u32 {
    let number = group.parse::<u32>();
    match (key, number) {
        ("month", Ok(month)) => 2 * month + 1,
        ("year", Ok(year)) => 24 * year,
        _ => u32::MAX - 1,
    }
}

#[test]
fn the_earliest_value_is_told_first() {
    let column = |name: &str, parts: &str| Column {
        name: name.to_owned(),
        whole: parts.to_owned(),
        parts: parts.to_owned(),
    };
    let rows = |table: &str, key: &str, groups: &[&str], columns: Vec<Column>| Rows {
        table: table.to_owned(),
        key: key.to_owned(),
        groups: groups.iter().map(|&group| group.to_owned()).collect(),
        columns,
    };
    let golden = |jobs: &str, wages: &str, deciles: &str, extra: Option<Column>| {
        let mut columns = vec![column("jobs", jobs), column("wages", wages)];
        columns.extend(extra);
        let tables = vec![
            rows("indicators", "month", &["0", "1", "2"], columns),
            rows(
                "deciles",
                "year",
                &["0", "1"],
                vec![column("income", deciles)],
            ),
        ];
        Golden {
            headers: crate::headers::none(),
            scenarios: vec![Scenario {
                name: "plain".to_owned(),
                tables,
            }],
        }
    };
    let pinned = golden("aabbcc", "aabbcc", "aabb", None);
    assert!(between(&pinned, &pinned).is_empty());
    let told = |now: &Golden| between(&pinned, now).to_string();
    assert_eq!(
        told(&golden("aabbxx", "aaxxxx", "aaxx", None)),
        "first of all: plain, indicators.wages at month 1\n  \
         plain: 3 columns of 2 tables, first indicators.wages at month 1\n"
    );
    // A town built otherwise differs before its first month.
    assert!(
        told(&golden("xxbbcc", "aabbcc", "xxbb", None))
            .starts_with("first of all: plain, deciles.income at year 0\n")
    );
    let more = golden("aabbcc", "aabbcc", "aabb", Some(column("hours", "aabbcc")));
    assert!(told(&more).contains("1 columns of 1 tables, first indicators.hours (new)"));
    assert!(
        between(&more, &pinned)
            .to_string()
            .contains("indicators.hours (gone)")
    );
}
