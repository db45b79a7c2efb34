//! Mistakes of spelling: text that is not TOML, said in words a newcomer knows.

use super::diagnostic::Diagnostic;
use super::document::DEEPEST;
use super::source::SourceText;
use std::collections::BTreeMap;
use std::sync::Arc;
use toml::de::DeTable;

/// Refuses a text that nests deeper than any scenario needs, before a parser recurses into it.
pub(crate) fn refuse_deep(source: &Arc<SourceText>) -> Option<Diagnostic> {
    let at = deep_spot(source.text())?;
    let message = format!("this nests more than {DEEPEST} levels deep");
    Some(Diagnostic::at(source, at..at + 1, message).suggest(
        "a scenario needs four levels at most; is a `]` or `}` missing, or is this another file?"
            .to_owned(),
    ))
}

/// The first byte where brackets and dotted names together nest too deep.
fn deep_spot(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut open: Vec<usize> = Vec::new();
    let mut depth = 0;
    let mut dots = 0;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            quote @ (b'"' | b'\'') => {
                at = end_of_string(bytes, at, quote);
                continue;
            }
            b'#' => {
                at = bytes[at..]
                    .iter()
                    .position(|b| *b == b'\n')
                    .map_or(bytes.len(), |n| at + n);
                continue;
            }
            b'[' | b'{' => {
                open.push(dots + 1);
                depth += dots + 1;
                dots = 0;
            }
            b']' | b'}' => {
                depth -= open.pop().unwrap_or(0);
                dots = 0;
            }
            b'.' => dots += 1,
            b',' | b'\n' => dots = 0,
            _ => {}
        }
        if depth + dots > DEEPEST {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// The byte after a string that begins at `start`; a one-line string ends with its line at last.
fn end_of_string(bytes: &[u8], start: usize, quote: u8) -> usize {
    let long = bytes[start..].starts_with(&[quote; 3]);
    let mut at = start + if long { 3 } else { 1 };
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if quote == b'"' => at += 1,
            b'\n' if !long => return at,
            byte if byte == quote && !long => return at + 1,
            byte if byte == quote && bytes[at..].starts_with(&[quote; 3]) => return at + 3,
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}

/// Most lines with a name alone that are told apart in one text.
const MOST_LONE_NAMES: usize = 20;

/// The text with every line that is only a name blanked, byte for byte, and what was said of each.
///
/// The parser gives up at such a line; without it, the mistakes further down are found, too.
pub(crate) fn without_lone_names(text: &str) -> (String, Vec<toml::de::Error>) {
    let mut text = text.to_owned();
    let mut found = Vec::new();
    while found.len() < MOST_LONE_NAMES {
        let (_, errors) = DeTable::parse_recoverable(&text);
        let mut lone = errors.into_iter().filter(is_lone_name);
        let Some((error, span)) = lone
            .next()
            .and_then(|error| error.span().map(|s| (error, s)))
        else {
            break;
        };
        let at = span.start.min(text.len());
        let start = text[..at].rfind('\n').map_or(0, |line_end| line_end + 1);
        let end = text[at..]
            .find('\n')
            .map_or(text.len(), |length| at + length);
        if text[start..end].trim().is_empty() {
            break;
        }
        text.replace_range(start..end, &" ".repeat(end - start));
        found.push(error);
    }
    (text, found)
}

fn is_lone_name(error: &toml::de::Error) -> bool {
    error.message().starts_with("key with no value")
}

/// One message a line: what follows a slip on its line is its echo.
pub(crate) fn explain_all(source: &Arc<SourceText>, errors: &[toml::de::Error]) -> Vec<Diagnostic> {
    let mut by_line: BTreeMap<usize, Diagnostic> = BTreeMap::new();
    for error in errors {
        let diagnostic = explain(source, error);
        by_line.entry(diagnostic.line).or_insert(diagnostic);
    }
    by_line.into_values().collect()
}

fn explain(source: &Arc<SourceText>, error: &toml::de::Error) -> Diagnostic {
    let mut span = error.span().unwrap_or(0..0);
    let (line, _) = source.position(span.start);
    let text = source.line(line);
    let key = text.split('=').next().unwrap_or("").trim();
    let value = text.split_once('=').map_or("", |(_, value)| value);
    let value = value.split('#').next().unwrap_or("").trim();
    let message = error.message();

    if message.starts_with("duplicate key") {
        let name = &source.text()[source.clamp_range(span.clone())];
        return Diagnostic::at(source, span.clone(), format!("`{name}` is set twice"))
            .suggest("keep one of the two and delete the other".to_owned());
    }
    if let Some((found, why, fix)) = value_slip(key, value) {
        if let Some(at) = text.find(found) {
            let start = source.line_start(line) + at;
            span = start..start + found.len();
        }
        return Diagnostic::at(source, span, why).found(found).suggest(fix);
    }
    if is_lone_name(error) {
        let start = source.line_start(line) + (text.len() - text.trim_start().len());
        span = start..start + text.trim().len();
    }
    let is_empty = text.contains('=') && value.is_empty();
    let words = &source.text()[source.clamp_range(span.clone())];
    let is_row = value.starts_with('[') && words.split_whitespace().nth(1).is_some();
    let (why, fix) = in_plain_words(message, key, is_empty, is_row);
    Diagnostic::at(source, span, why).suggest(fix.to_owned())
}

/// What the parser says, and what to do about it, without its jargon.
fn in_plain_words(
    message: &str,
    key: &str,
    is_empty: bool,
    is_row: bool,
) -> (String, &'static str) {
    match message {
        _ if is_empty => (
            format!("`{key}` has no value"),
            "write the value after the `=`",
        ),
        m if m.contains("must be quoted") && is_row => (
            "a comma is missing between two values".to_owned(),
            "write a list as `[1, 2, 3]`",
        ),
        m if m.starts_with("key with no value") => (
            "this line has a name but no value".to_owned(),
            "write `name = value`, or put `#` in front if it is a remark",
        ),
        m if m.starts_with("missing value") => (
            format!("`{key}` has no value"),
            "write the value after the `=`",
        ),
        m if m.contains("unclosed array table") || m.contains("unclosed table") => (
            "the heading of this part is not closed".to_owned(),
            "a heading looks like `[labor_market]`, an entry of the timeline like `[[timeline]]`",
        ),
        m if m.contains("unclosed array") => (
            "a list that begins with `[` is never closed".to_owned(),
            "add the closing `]`",
        ),
        m if m.contains("unclosed inline table") => (
            "a group that begins with `{` is never closed".to_owned(),
            "add the closing `}`",
        ),
        m if m.contains("missing comma") => (
            "a comma is missing between two values".to_owned(),
            "write a list as `[1, 2, 3]`",
        ),
        m if m.contains("extra comma") => (
            "there is one comma too many".to_owned(),
            "write a list as `[1, 2, 3]`",
        ),
        m if m.contains("cannot extend value") => (
            "this name is already in use for a single value".to_owned(),
            "a name holds either a value or a part with names of its own, not both",
        ),
        m if m.contains("newline") || m.contains("unclosed") || m.contains("string") => (
            "a text is not closed or holds a character it cannot".to_owned(),
            "put a text between two quotation marks on one line: \"like this\"",
        ),
        m => (
            format!("this line cannot be read ({m})"),
            "a line is `name = value`, a `[heading]`, or a `# remark`",
        ),
    }
}

/// The slips people make in values: words without quotes, percent signs, thousands commas.
fn value_slip<'a>(key: &str, value: &'a str) -> Option<(&'a str, String, String)> {
    let number = |text: &str| {
        text.replace('_', "")
            .parse::<f64>()
            .ok()
            .filter(|n| n.is_finite())
    };
    if value.is_empty() || key.is_empty() {
        return None;
    }
    if let Some(percent) = value.strip_suffix('%').and_then(|head| number(head.trim())) {
        let share = percent / 100.0;
        let why = format!("`{key}` is written with a percent sign");
        return Some((value, why, format!("shares run from 0 to 1: write {share}")));
    }
    let grouped = value.split(',').map(str::trim);
    let is_grouped = value.contains(',')
        && grouped
            .clone()
            .all(|group| group.bytes().all(|b| b.is_ascii_digit()))
        && grouped.clone().skip(1).all(|group| group.len() == 3);
    if is_grouped {
        let plain = grouped.collect::<Vec<_>>().join("_");
        let why = format!("`{key}` is a number with a comma in it");
        return Some((value, why, format!("write {plain}")));
    }
    let unsigned = value.trim_start_matches(['$', '€', '£']);
    if unsigned != value && number(unsigned).is_some() {
        let why = format!("`{key}` is written with a currency sign");
        return Some((value, why, format!("write {unsigned}")));
    }
    let is_month = value.len() == 7
        && value.as_bytes()[4] == b'-'
        && value
            .bytes()
            .enumerate()
            .all(|(at, b)| at == 4 || b.is_ascii_digit());
    let is_word = value.starts_with(|c: char| c.is_alphabetic())
        && value
            .chars()
            .all(|c| c.is_alphanumeric() || "_- ./".contains(c));
    if is_month || is_word {
        let why = format!("the text after `{key} =` has no quotation marks");
        let lower = value.to_lowercase();
        let fix = match lower.as_str() {
            "true" | "yes" | "on" => "write true".to_owned(),
            "false" | "no" | "off" => "write false".to_owned(),
            _ => format!("write \"{value}\""),
        };
        return Some((value, why, fix));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::document::parse;

    fn messages(text: &str) -> Vec<String> {
        let (_, problems) = parse(&SourceText::new("t.toml", text));
        problems
            .iter()
            .map(|p| format!("{}:{} {}", p.line, p.column, p.message))
            .collect()
    }

    #[test]
    fn every_slip_is_reported_once_and_in_plain_words() {
        let text = "[town]\nkind = factory\nresidents = 50,000\nshare = 5%\nempty =\nalone\n\
                    start = 2028-01\nlist = [1 2]\na = 1\na = 2\nprice = $5\n";
        assert_eq!(
            messages(text),
            [
                "2:8 the text after `kind =` has no quotation marks",
                "3:13 `residents` is a number with a comma in it",
                "4:9 `share` is written with a percent sign",
                "5:8 `empty` has no value",
                "6:1 this line has a name but no value",
                "7:9 the text after `start =` has no quotation marks",
                "8:9 a comma is missing between two values",
                "10:1 `a` is set twice",
                "11:9 `price` is written with a currency sign",
            ]
        );
    }

    #[test]
    fn deep_nests_are_refused_before_parsing() {
        for text in [
            format!("a = {}", "[".repeat(1_000_000)),
            format!("{}=1", vec!["a"; 400_000].join(".")),
            format!("[{}]", vec!["a"; 400_000].join(".")),
            format!("a = {}", "{a=".repeat(300_000)),
            format!("x = \"\n{}", "[\n".repeat(400_000)),
        ] {
            let found = messages(&text);
            assert_eq!(found.len(), 1);
            assert!(found[0].contains("levels deep"), "{}", found[0]);
        }
        assert!(
            messages("a = [[[1]], \"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\"] # [[[[[[[\n")
                .is_empty()
        );
        let rows = "[1.5, 2.5],\n".repeat(500);
        assert!(messages(&format!("a = [\n{rows}]\n")).is_empty());
    }
}
