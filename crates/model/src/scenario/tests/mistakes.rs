//! Typical mistakes and what their author reads.

use super::{load_small, load_text};
use crate::scenario::render_all;

/// The message for a scenario that says this after its first line.
fn message(body: &str, settings: &[&str]) -> String {
    let text = format!("schema_version = 1\n{body}");
    let problems = load_text(&text, settings).expect_err("the scenario holds a mistake");
    render_all(&problems, false)
}

/// The same against the small registry, which has policies and technologies.
fn small(body: &str, settings: &[&str]) -> String {
    let text = format!("schema_version = 1\n{body}");
    let problems = load_small(&text, settings).expect_err("the scenario holds a mistake");
    render_all(&problems, false)
}

macro_rules! mistakes {
    ($load:ident; $($name:ident: $body:expr $(, set $setting:expr)*;)*) => {
        $(
            #[test]
            fn $name() {
                insta::assert_snapshot!($load($body, &[$($setting),*]));
            }
        )*
    };
}

mistakes! {
    message;
    a_misspelt_parameter: "[labor_market]\non_the_job_search_shar = 0.3\n";
    a_part_that_is_not_there: "[labour_market]\non_the_job_search_share = 0.3\n";
    a_number_in_quotation_marks: "[town]\nresidents = \"many\"\n";
    a_fraction_of_a_month: "[run]\nmonths = 12.5\n";
    a_share_above_one: "[labor_market]\non_the_job_search_share = 30\n";
    a_kind_of_town_without_a_preset: "[town]\nkind = \"collage\"\n";
    a_text_without_quotation_marks: "[town]\nkind = factory\nresidents = 50,000\n";
    not_a_number: "[labor_market]\non_the_job_search_share = nan\n";
    a_setting_out_of_range: "", set "run.months=0", set "town.knd=factory";
}

mistakes! {
    small;
    an_unknown_policy: "[[timeline]]\nkind = \"trainings\"\nfrom = 12\n";
    a_policy_that_ends_before_it_begins:
        "[[timeline]]\nkind = \"training\"\nfrom = 24\nuntil = 12\n";
    a_month_thirteen: "[[timeline]]\nkind = \"training\"\nfrom = \"2028-13\"\n";
    one_bracket_too_few: "[timeline]\nkind = \"training\"\nfrom = 12\n";
    a_technology_like_none: "[technologies.drones]\nlike = \"bookings\"\n";
    shares_that_do_not_add_up: "[town]\ngroups = [0.5, 0.6]\n";
    a_key_of_another_policy: "[[timeline]]\nkind = \"training\"\nfrom = 1\namount = 5\n";
    a_new_technology_without_its_keys: "[technologies.drones]\nprice = 5\n";
}

#[test]
fn a_file_without_its_version() {
    let problems = load_text("[run]\nseed = 2\n", &[]).expect_err("the version is missing");
    insta::assert_snapshot!(render_all(&problems, false));
}

#[test]
fn mistakes_on_separate_lines_are_reported_at_once() {
    let text = "schema_version = 1\n[run]\nseed = -1\nmonth = 3\n[town]\nkind = 4\nresidents = 5\n";
    let problems = load_text(text, &[]).expect_err("every line is wrong");
    let lines: Vec<usize> = problems.iter().map(|problem| problem.line).collect();
    assert_eq!(lines, [3, 4, 6, 7], "{problems:#?}");
}
