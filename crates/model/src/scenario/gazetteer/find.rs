//! From what somebody types to a place: codes, names, sums of codes.

use super::area::{Area, AreaKind};
use super::combine::combine;
use super::states::STATES;
use super::{Gazetteer, group_code};
use crate::scenario::suggest;

/// Most matches a message lists.
const LISTED: usize = 12;

/// Why no single place answers to a name.
#[derive(Clone, Debug, PartialEq)]
pub enum NotFound {
    /// No table of places is at hand.
    NoTable,
    /// Nothing of that name.
    Nobody {
        /// What was asked for.
        asked: String,
        /// The nearest name there is.
        near: Option<String>,
    },
    /// Several places of that name.
    Many {
        /// What was asked for.
        asked: String,
        /// Code and name of each.
        matches: Vec<(String, String)>,
    },
}

impl NotFound {
    /// The mistake in one sentence.
    pub fn message(&self) -> String {
        match self {
            NotFound::NoTable => "no table of places is at hand here".to_owned(),
            NotFound::Nobody { asked, .. } => format!("there is no place `{asked}`"),
            NotFound::Many { asked, matches } => {
                format!("{} places answer to `{asked}`", matches.len())
            }
        }
    }

    /// What could be written instead.
    pub fn allowed(&self) -> Option<String> {
        match self {
            NotFound::NoTable => None,
            NotFound::Nobody { .. } => Some(
                "a county such as \"Macon County, IL\" or 17115, a metro such as \"Decatur, IL metro\" or 19500, a \
                 commuting zone such as cz23301, a sum of codes such as 17115+17107; `mainstreet places NAME` lists them"
                    .to_owned(),
            ),
            NotFound::Many { matches, .. } => {
                let mut listed: Vec<String> = (matches.iter().take(LISTED))
                    .map(|(key, name)| format!("{key} ({name})"))
                    .collect();
                if matches.len() > LISTED {
                    listed.push(format!("and {} more", matches.len() - LISTED));
                }
                Some(listed.join(", "))
            }
        }
    }

    /// The nearest name, if nothing is called so.
    pub fn suggestion(&self) -> Option<String> {
        match self {
            NotFound::Nobody { near, .. } => {
                near.as_ref().map(|name| format!("did you mean `{name}`?"))
            }
            _ => None,
        }
    }
}

/// Words of a name without case, marks and the accents of Spanish names.
fn words(text: &str) -> Vec<String> {
    let plain = |c: char| match c {
        'á' | 'à' => 'a',
        'é' => 'e',
        'í' => 'i',
        'ñ' => 'n',
        'ó' => 'o',
        'ú' | 'ü' => 'u',
        other => other,
    };
    let lower: String = text.to_lowercase().chars().map(plain).collect();
    let parts = lower.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '.');
    let parts = parts.map(|part| part.replace(['\'', '.'], ""));
    parts.filter(|part| !part.is_empty()).collect()
}

/// Whether a word means "county" or what stands for one.
fn is_county_word(word: &str) -> bool {
    matches!(word, "county" | "parish" | "borough")
}

impl Gazetteer {
    /// The one place that answers to a code, a name or a sum of codes.
    ///
    /// # Errors
    /// Nobody of that name, or several.
    pub fn find(&self, asked: &str) -> Result<Area, NotFound> {
        if asked.contains('+') {
            return self.sum(asked);
        }
        let mut found = self.matches(asked);
        if found.len() > 1 {
            let wanted = words(asked);
            let exact = |area: &Area| words(&area.name) == wanted;
            if found.iter().filter(|area| exact(area)).count() == 1 {
                found.retain(exact);
            }
        }
        if found.len() == 1 {
            return Ok(found.remove(0));
        }
        let asked = asked.trim().to_owned();
        if found.is_empty() {
            let names = self
                .counties
                .iter()
                .map(|county| county.name.to_lowercase());
            let names: Vec<String> = names.collect();
            let near = suggest::nearest(&asked, names.iter().map(String::as_str));
            let near = near.and_then(|near| names.iter().position(|name| name == near));
            let near = near.map(|place| self.counties[place].name.clone());
            return Err(NotFound::Nobody { asked, near });
        }
        let matches = found.into_iter().map(|area| (area.key, area.name));
        let matches = matches.collect();
        Err(NotFound::Many { asked, matches })
    }

    /// A sum of places: every county in any of them, once.
    fn sum(&self, asked: &str) -> Result<Area, NotFound> {
        let mut codes: Vec<String> = Vec::new();
        let mut keys: Vec<String> = Vec::new();
        for part in asked.split('+') {
            let area = self.find(part)?;
            codes.extend(area.counties);
            keys.push(area.key);
        }
        codes.sort_unstable();
        codes.dedup();
        let is_member = |county: &&Area| codes.contains(&county.key);
        let members: Vec<&Area> = self.counties.iter().filter(is_member).collect();
        let asked = asked.trim().to_owned();
        combine(AreaKind::Sum, &keys.join("+"), &members)
            .ok_or(NotFound::Nobody { asked, near: None })
    }

    /// All places that answer to a name: counties first, then metros; zones only where the word "zone" is said.
    pub fn matches(&self, asked: &str) -> Vec<Area> {
        let text = asked.trim();
        if let Some(found) = self.by_code(text) {
            return vec![found];
        }
        let mut wanted = words(text);
        let says = |word: &str, wanted: &mut Vec<String>| {
            let before = wanted.len();
            wanted.retain(|other| other != word);
            wanted.len() < before
        };
        let wants_zone = says("zone", &mut wanted) | says("commuting", &mut wanted);
        let wants_metro = says("metro", &mut wanted)
            | says("metropolitan", &mut wanted)
            | says("area", &mut wanted);
        let wants_county = wanted.iter().any(|word| is_county_word(word));
        spell_states(&mut wanted);
        if wanted.is_empty() {
            return Vec::new();
        }
        if wants_zone {
            let mut zones = self.zones();
            zones.retain(|zone| answers(&wanted, &zone.name));
            return zones;
        }
        let mut found: Vec<Area> = Vec::new();
        if !wants_metro {
            found.extend(
                self.counties
                    .iter()
                    .filter(|county| answers(&wanted, &county.name))
                    .cloned(),
            );
        }
        if !wants_county {
            let mut codes: Vec<&str> = (self.counties.iter())
                .filter(|county| answers(&wanted, &county.metro_name))
                .map(|county| group_code(AreaKind::Metro, county))
                .collect();
            codes.sort_unstable();
            codes.dedup();
            found.extend(
                codes
                    .iter()
                    .filter_map(|code| self.group(AreaKind::Metro, code)),
            );
        }
        found
    }

    /// The place of a code: five digits of a county or a metro, or `cz` and a zone's number.
    fn by_code(&self, text: &str) -> Option<Area> {
        let lower = text.to_lowercase();
        if let Some(number) = lower
            .strip_prefix("cz")
            .or_else(|| lower.strip_prefix("zone"))
        {
            let number = number.trim();
            let is_number = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
            return is_number
                .then(|| self.group(AreaKind::Zone, number))
                .flatten();
        }
        if text.is_empty() || text.len() > 5 || !text.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        // Spreadsheets drop the leading 0 of the first states' codes.
        let code = format!("{text:0>5}");
        let county = self
            .counties
            .iter()
            .find(|county| county.key == code)
            .cloned();
        county.or_else(|| self.group(AreaKind::Metro, &code))
    }
}

/// Whether every word asked for begins one of the name's words, each another one.
fn answers(wanted: &[String], name: &str) -> bool {
    let mut words = words(name);
    wanted.iter().all(|want| {
        // A state's two letters are a word of their own: "in" is Indiana and not the beginning of Indio.
        let fits = |word: &String| {
            if want.len() <= 2 {
                word == want
            } else {
                word.starts_with(want.as_str())
            }
        };
        match words.iter().position(fits) {
            Some(place) => {
                words.remove(place);
                true
            }
            None => false,
        }
    })
}

/// Replaces the name of a state at the end by its two letters, as names of places have it.
fn spell_states(wanted: &mut Vec<String>) {
    for (letters, name) in STATES {
        let name = words(name);
        if wanted.len() > name.len() && wanted.ends_with(&name) {
            wanted.truncate(wanted.len() - name.len());
            wanted.push(letters.to_lowercase());
            return;
        }
    }
}
