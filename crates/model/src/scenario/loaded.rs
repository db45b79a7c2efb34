//! A scenario with all its values, and where each was set.

use std::collections::BTreeMap;

use super::check;
use super::diagnostic::{Class, Diagnostic};
use super::document::Node;
use super::gazetteer::PlaceLayer;
use super::settings;
use super::source::{Origin, Place};
use super::timeline::TimelineEntry;

/// Where every value was set, by dotted path.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Origins {
    places: BTreeMap<String, Place>,
}

impl Origins {
    pub(crate) fn of(tree: &Node) -> Self {
        let mut origins = Self::default();
        origins.collect(tree, "");
        origins
    }

    fn collect(&mut self, node: &Node, path: &str) {
        if !path.is_empty() {
            self.places.insert(path.to_owned(), node.place.clone());
        }
        for (key, child) in node.as_table().into_iter().flatten() {
            self.collect(child, &check::join(path, key));
        }
    }

    /// File, line and column where the value at a path was set.
    pub fn get(&self, path: &str) -> Option<Origin> {
        self.places.get(path).map(Place::origin)
    }

    /// An error about the value at a path, or at the nearest table around it.
    pub fn diagnostic(&self, path: &str, message: impl Into<String>) -> Diagnostic {
        let mut around = path;
        loop {
            if let Some(place) = self.places.get(around) {
                return Diagnostic::at_value(place, message);
            }
            match around.rsplit_once('.') {
                Some((outer, _)) => around = outer,
                None => return Diagnostic::of_file("scenario", Class::Scenario, message),
            }
        }
    }

    /// Paths and origins, in the order of the paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Origin)> {
        self.places
            .iter()
            .map(|(path, place)| (path.as_str(), place.origin()))
    }
}

/// A scenario with all its values.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// Its name: as stated, or that of its file. Fit to name a folder.
    pub name: String,
    /// Its title, for people.
    pub title: Option<String>,
    /// The question it asks.
    pub question: Option<String>,
    /// Every parameter, in the order of the default file.
    pub values: toml::Table,
    /// Where each was set.
    pub origins: Origins,
    /// Policies and shocks, in writing order.
    pub timeline: Vec<TimelineEntry>,
    /// What its author should know, though it can run.
    pub warnings: Vec<Diagnostic>,
    /// The files it is made of, from the bottom up.
    pub files: Vec<String>,
    /// The real place it is about, if its layer was laid.
    pub place: Option<PlaceLayer>,
}

impl Loaded {
    /// The value under a name as settings and sweeps write it: a parameter, or `timeline.0.KEY` or `timeline.KIND.KEY`
    /// for a value of a policy or shock. Nothing if there is no such name.
    pub fn value(&self, name: &str) -> Option<toml::Value> {
        let Some(rest) = settings::of_timeline(name) else {
            return at(&self.values, name).cloned();
        };
        let (entry, key) = rest.split_once('.')?;
        let kinds: Vec<&str> = self.timeline.iter().map(|e| e.kind.as_str()).collect();
        let entry = &self.timeline[settings::entry_number(entry, &kinds).ok()?];
        match key {
            "from" => Some(i64::from(entry.from).into()),
            "until" => entry.until.map(|until| i64::from(until).into()),
            key => at(&entry.parameters, key).cloned(),
        }
    }

    /// Whether a setting, `NAME=VALUE`, names something of this scenario: of a timeline, only the scenario that holds
    /// the entry has its values.
    pub fn has_name_of(&self, setting: &str) -> bool {
        let name = setting.split('=').next().unwrap_or("").trim();
        match settings::of_timeline(name) {
            None => true,
            // An entry without an end can be given one.
            Some(rest) => {
                let entry = rest.split('.').next().unwrap_or("");
                let end = rest
                    .ends_with(".until")
                    .then(|| format!("timeline.{entry}.from"));
                self.value(end.as_deref().unwrap_or(name)).is_some()
            }
        }
    }
}

/// Whether a setting, `NAME=VALUE`, changes an entry of the timeline.
pub fn changes_timeline(setting: &str) -> bool {
    settings::of_timeline(setting.trim_start()).is_some()
}

fn at<'a>(values: &'a toml::Table, path: &str) -> Option<&'a toml::Value> {
    let mut parts = path.split('.');
    let first = values.get(parts.next()?)?;
    parts.try_fold(first, |found, part| found.as_table()?.get(part))
}
