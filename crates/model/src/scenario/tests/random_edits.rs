//! Whatever stands in a file or a setting, the answer is a scenario or a message with a place.

use super::{load_set, load_small, load_text};
use crate::scenario::{Diagnostic, Loaded, render_all, to_json};
use proptest::prelude::*;

const TEXT: &str = "schema_version = 1\ntitle = \"Näme\"\nquestion = \"\"\"What\nif?\"\"\"\n\
    [run]\nstart = \"2026-01\"\nmonths = 24 # two years\n[town]\nkind = \"tiny\"\n\
    groups = [\n  0.5, # half\n  0.5,\n]\n\
    [technologies.mine]\nlike = \"booking\"\n[[timeline]]\nkind = \"training\"\n\
    from = \"2026-06\"\nuntil = 12\n";

/// An error must point into the text it is about: a line it has, a column at most one past the
/// line's end.
fn check(
    answer: Result<Loaded, Vec<Diagnostic>>,
    name: &str,
    text: &str,
) -> Result<(), TestCaseError> {
    let Err(problems) = answer else {
        return Ok(());
    };
    prop_assert!(!problems.is_empty());
    prop_assert!(!render_all(&problems, false).is_empty());
    prop_assert!(to_json(&problems).is_array());
    for problem in problems {
        if problem.file != name {
            continue;
        }
        let lines: Vec<&str> = text.split('\n').collect();
        let line = problem.line.checked_sub(1).and_then(|at| lines.get(at));
        prop_assert!(line.is_some(), "line {} of {text:?}", problem.line);
        let width = line.map_or(0, |line| line.chars().count());
        let (column, span) = (problem.column, problem.span);
        prop_assert!(
            (1..=width + 1).contains(&column),
            "column {column} of {text:?}"
        );
        prop_assert!(span.start <= span.end && span.end <= text.len(), "{span:?}");
    }
    Ok(())
}

/// One change to a text: what goes, from where, and what comes instead.
fn edit() -> impl Strategy<Value = (prop::sample::Index, usize, String)> {
    let piece = prop_oneof![
        Just(String::new()),
        "[\\[\\]{}=\"'#.,\n\\\\ -]{1,3}",
        "[a-z0-9_]{1,6}",
        any::<char>().prop_map(String::from),
        prop::sample::select(vec![
            "\n[town]\n",
            "\n[[timeline]]\n",
            "[[",
            "\"\"\"",
            "nan",
            "1e999",
            "99999999999999999999",
            "2026-01-01T00:00:00Z",
            "\nextends = \"\"\n",
            "\r\n",
            "\nkind = \"subsidy\"",
        ])
        .prop_map(str::to_owned),
    ];
    (any::<prop::sample::Index>(), 0..12_usize, piece)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 96,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn an_edited_scenario_loads_or_says_where_it_is_wrong(
        edits in prop::collection::vec(edit(), 1..4),
    ) {
        let mut text: Vec<char> = TEXT.chars().collect();
        for (at, cut, piece) in edits {
            let start = at.index(text.len() + 1);
            let end = (start + cut).min(text.len());
            text.splice(start..end, piece.chars());
        }
        let text: String = text.into_iter().collect();
        check(load_small(&text, &[]), "town.toml", &text)?;
        check(load_text(&text, &[]), "town.toml", &text)?;
    }

    #[test]
    fn scrambled_lines_load_or_say_where_they_are_wrong(
        order in prop::collection::vec(any::<prop::sample::Index>(), 1..20),
    ) {
        let lines: Vec<&str> = TEXT.lines().collect();
        let text: Vec<&str> = order.iter().map(|at| *at.get(&lines)).collect();
        let text = text.join("\n");
        check(load_small(&text, &[]), "town.toml", &text)?;
    }

    #[test]
    fn any_setting_loads_or_says_where_it_is_wrong(
        setting in prop_oneof![
            any::<String>(),
            "(run|town|sectors|timeline|policies)[.](months|kind|retail|\\*)[.= ]{1,2}.{0,8}",
            "[a-z.]{0,12}=[\\[\\]{}\"'=,0-9a-z\n#-]{0,12}",
        ],
    ) {
        check(load_set(&[&setting]), "--set", &setting)?;
    }
}

#[test]
fn the_text_that_is_edited_is_right() {
    load_small(TEXT, &[]).expect("only the edits are at fault");
}
