//! The valid name nearest to a mistyped one.

/// The nearest candidate, if it is near enough to be a likely slip of the keyboard.
pub fn nearest<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // A pasted novel is no slip, and the distance costs the product of the lengths.
    if typed.len() > 120 {
        return None;
    }
    let typed = typed.to_lowercase().replace('-', "_");
    let scored = candidates.into_iter().map(|candidate| {
        let distance = strsim::damerau_levenshtein(&typed, candidate);
        (distance, candidate)
    });
    let (distance, candidate) = scored.min_by_key(|(distance, _)| *distance)?;
    let longest = typed.chars().count().max(candidate.chars().count());
    (distance * 5 <= longest * 2).then_some(candidate)
}

/// "did you mean `x`?", if there is a near name.
pub(crate) fn did_you_mean<'a>(
    typed: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    nearest(typed, candidates).map(|name| format!("did you mean `{name}`?"))
}

/// A list of names short enough to read.
pub(crate) fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    const MOST: usize = 30;
    let names: Vec<&str> = names.into_iter().collect();
    let shown = names[..names.len().min(MOST)].join(", ");
    match names.len().checked_sub(MOST) {
        Some(more) if more > 0 => format!("{shown} and {more} more"),
        _ => shown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_near_names_are_offered() {
        let names = ["residents", "kind", "quit_rate"];
        assert_eq!(nearest("residens", names), Some("residents"));
        assert_eq!(nearest("Quit-Rate", names), Some("quit_rate"));
        assert_eq!(nearest("kinds", names), Some("kind"));
        assert_eq!(nearest("tax", names), None);
        assert_eq!(nearest(&"x".repeat(5000), names), None);
    }
}
