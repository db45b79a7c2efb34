//! Values as people type them, and as TOML has them.

use model::scenario::{Kind, Parameter};
use toml::Value;

/// A typed value as TOML on one line. What is no value at all becomes a text, so that the checker can say of it
/// that it is not what the parameter takes.
pub(super) fn written_value(parameter: Option<&Parameter>, typed: &str) -> String {
    let typed = typed.trim();
    let kind = parameter.map(|p| &p.kind);
    if kind == Some(&Kind::Text) {
        return one_line(typed);
    }
    let is_one = |text: &str| {
        !text.contains(char::is_control)
            && toml::from_str::<toml::Table>(&format!("x = {text}")).is_ok_and(|t| t.len() == 1)
    };
    if is_one(typed) {
        return typed.to_owned();
    }
    // `.5` and `5.` are numbers to everybody but TOML, `50%` and `1,5` to most.
    let plain = parameter.and_then(|p| as_people_write(p, typed));
    if let Some(number) = plain {
        return number;
    }
    match typed.parse::<f64>() {
        Ok(number) if kind == Some(&Kind::Float) && number.is_finite() => format!("{number:?}"),
        _ => one_line(typed),
    }
}

/// A text in quotation marks without line breaks.
fn one_line(text: &str) -> String {
    Value::from(text.replace(char::is_control, " ")).to_string()
}

/// Whether a value as written is the one there was; 20000.0 is 20000.
pub(super) fn is_same(old: &Value, written: &str) -> bool {
    let Ok(mut table) = toml::from_str::<toml::Table>(&format!("x = {written}")) else {
        return false;
    };
    match (old, table.remove("x")) {
        (Value::Float(old), Some(Value::Integer(new))) => *old == new as f64,
        (old, Some(new)) => *old == new,
        (_, None) => false,
    }
}

/// A dotted path with quotation marks where TOML wants them.
pub(super) fn dotted(path: &str) -> String {
    let is_bare = |key: &str| {
        !key.is_empty()
            && key
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
    };
    let keys = path.split('.').map(|key| {
        if is_bare(key) {
            key.to_owned()
        } else {
            one_line(key)
        }
    });
    keys.collect::<Vec<_>>().join(".")
}

/// A number with a percent sign where a share is wanted, with a comma for a point, or with commas between thousands. What
/// could be read in two ways is not read.
fn as_people_write(parameter: &Parameter, typed: &str) -> Option<String> {
    let is_share = parameter.unit.starts_with("share");
    let (digits, is_percent) = match typed.strip_suffix('%') {
        Some(digits) if is_share => (digits.trim_end(), true),
        Some(_) => return None,
        None => (typed, false),
    };
    let parts: Vec<&str> = digits.split(',').collect();
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let is_whole = parameter.kind == Kind::Integer;
    if parameter.kind != Kind::Float && !is_whole {
        return None;
    }
    let by_thousands = |parts: &[&str]| {
        parts[0].len() <= 3
            && parts.iter().all(|part| is_digits(part))
            && parts[1..].iter().all(|part| part.len() == 3)
    };
    let plain = match parts[..] {
        [_] => digits.to_owned(),
        [whole, rest]
            if !is_whole
                && is_digits(rest)
                && rest.len() != 3
                && is_digits(whole.trim_start_matches('-')) =>
        {
            format!("{whole}.{rest}")
        }
        // One comma before three digits is a point to some and nothing to others; in a count it can only be the latter.
        _ if (is_whole || parts.len() > 2) && by_thousands(&parts) => parts.concat(),
        _ => return None,
    };
    if is_whole {
        return plain.parse::<i64>().ok().map(|number| number.to_string());
    }
    let number = plain
        .parse::<f64>()
        .ok()
        .filter(|number| number.is_finite())?;
    Some(format!(
        "{:?}",
        if is_percent { number / 100.0 } else { number }
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::scenario::Registry;

    #[test]
    fn numbers_are_read_as_people_write_them_unless_they_have_two_meanings() {
        let registry = Registry::embedded();
        let optimism = registry
            .parameter("automation.saving_to_prices")
            .expect("it exists");
        assert!(optimism.unit.starts_with("share"), "{}", optimism.unit);
        for (typed, written) in [
            ("50%", "0.5"),
            ("12,5 %", "0.125"),
            ("0,5", "0.5"),
            (".5", "0.5"),
            ("0.5", "0.5"),
            ("1,500", "\"1,500\""),
            ("x%", "\"x%\""),
        ] {
            assert_eq!(written_value(Some(optimism), typed), written, "{typed}");
        }
        let residents = registry.parameter("town.residents").expect("it exists");
        for (typed, written) in [("20,000", "20000"), ("1,5", "\"1,5\""), ("50%", "\"50%\"")] {
            assert_eq!(written_value(Some(residents), typed), written, "{typed}");
        }
    }
}
