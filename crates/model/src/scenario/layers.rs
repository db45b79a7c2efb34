//! From a scenario's name to its values: the layers it is made of, laid over each other.
//!
//! From the bottom: the default file, the preset of the town's kind, the files it extends, the
//! file itself, and what was set on the command line.

use super::check::{self, Checker};
use super::cross::{CROSS_CHECKS, CrossCheck};
use super::diagnostic::{Class, Diagnostic, Severity};
use super::document::{self, Node, NodeValue};
use super::file::{self, Meta, NoTexts, Texts};
use super::gazetteer::{NoPlaces, PlaceLayer, Places};
use super::library::{LIBRARY, Library};
use super::loaded::{Loaded, Origins};
use super::parameters::{Parameters, Timeline};
use super::registry::Registry;
use super::settings::{self, Setting};
use super::source::{PLACE, Place, SourceText};
use super::timeline::{self, EntryValue, TimelineEntry};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use toml::Value;
use toml::map::Map;

/// Longest chain of files that extend each other.
const LONGEST_CHAIN: usize = 16;

/// Where a scenario comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A file.
    Path(PathBuf),
    /// A scenario that comes with the program, by name.
    Embedded(String),
    /// A text at hand; what it extends is looked for among the program's own scenarios, then in the working directory.
    Text {
        /// The name for messages.
        name: String,
        /// The scenario.
        text: String,
    },
}

/// What a scenario is read against.
#[derive(Debug, Clone, Copy)]
pub struct Setup<'a> {
    /// Every parameter there is.
    pub registry: &'a Registry,
    /// Presets and scenarios that come with the program.
    pub library: Library,
    /// Rules between parameters.
    pub cross_checks: &'a [CrossCheck],
    /// Where files are read from.
    pub texts: &'a dyn Texts,
    /// Who knows real places.
    pub places: &'a dyn Places,
}

impl Setup<'static> {
    /// The program's own parameters, presets and rules.
    pub fn embedded() -> Self {
        let registry = Registry::embedded();
        Self {
            registry,
            library: LIBRARY,
            cross_checks: CROSS_CHECKS,
            texts: &NoTexts,
            places: &NoPlaces,
        }
    }
}

/// Reads a scenario that comes with the program, or a text at hand, against the program's own parameters.
///
/// # Errors
/// Every mistake in any of its files and settings.
pub fn load(source: &Source, overrides: &[String]) -> Result<Loaded, Vec<Diagnostic>> {
    load_with(&Setup::embedded(), source, overrides)
}

/// One file's share of a scenario.
struct Layer {
    source: Arc<SourceText>,
    table: Map<String, Node>,
    meta: Meta,
    /// Of a setting, the value of an entry of the timeline.
    entry: Option<EntryValue>,
    /// Lines with slips of spelling.
    broken: Vec<usize>,
}

/// Reads a scenario.
///
/// # Errors
/// Every mistake in any of its files and settings.
pub fn load_with(
    setup: &Setup<'_>,
    source: &Source,
    overrides: &[String],
) -> Result<Loaded, Vec<Diagnostic>> {
    let mut problems = Vec::new();
    let mut layers = read_chain(setup, source, &mut problems);
    let has_files = !layers.is_empty();
    let (mut meta, fallback) = match layers.last_mut() {
        Some(layer) => (
            std::mem::take(&mut layer.meta.name),
            layer.source.name().to_owned(),
        ),
        None => (None, String::new()),
    };
    for text in overrides {
        let read = settings::read(text, setup.registry, &mut problems);
        let (mut table, entry) = match read {
            Some(Setting::Parameter(table)) => (table, None),
            Some(Setting::Entry(value)) => (Map::new(), Some(value)),
            None => continue,
        };
        let timeline = table.remove("timeline");
        let source = SourceText::new(super::source::SET_NAME, text.as_str());
        let meta = Meta {
            timeline,
            ..Meta::default()
        };
        layers.push(Layer {
            source,
            table,
            meta,
            entry,
            broken: Vec::new(),
        });
    }
    if !has_files {
        return Err(problems);
    }
    let place = add_place(setup, &mut layers, &mut problems);
    add_preset(setup, &mut layers, &mut problems);
    let top = layers
        .iter()
        .rev()
        .find(|layer| layer.source.name() == fallback);
    let (title, question) = top.map_or((None, None), |layer| {
        (layer.meta.title.clone(), layer.meta.question.clone())
    });
    let files = layers.iter().map(|layer| layer.source.name().to_owned());
    let files = std::iter::once("default.toml".to_owned())
        .chain(files)
        .collect();

    let merged = merge(setup, layers, problems)?;
    let stem = Path::new(&fallback)
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy();
    let name = meta.take().unwrap_or_else(|| file::file_safe(&stem));
    let Merged {
        values,
        origins,
        timeline,
        warnings,
    } = merged;
    Ok(Loaded {
        place,
        name,
        title,
        question,
        values,
        origins,
        timeline,
        warnings,
        files,
    })
}

struct Merged {
    values: toml::Table,
    origins: Origins,
    timeline: Vec<TimelineEntry>,
    warnings: Vec<Diagnostic>,
}

fn merge(
    setup: &Setup<'_>,
    layers: Vec<Layer>,
    problems: Vec<Diagnostic>,
) -> Result<Merged, Vec<Diagnostic>> {
    let mut checker = Checker::new(setup.registry);
    checker.problems = problems;
    layers
        .iter()
        .for_each(|layer| checker.note_added(&layer.table));
    let mut tree = setup.registry.base.clone();
    let mut entries = Vec::new();
    let mut broken = Vec::new();
    let mut order = Vec::new();
    for layer in layers {
        let Layer {
            source,
            table,
            meta,
            entry,
            broken: lines,
        } = layer;
        let place = Place {
            source: Arc::clone(&source),
            key: 0..0,
            value: 0..0,
        };
        let right = checker.layer(table);
        tree.overlay(Node {
            value: NodeValue::Table(right),
            place,
        });
        if let Some(node) = meta.timeline {
            let own = timeline::check(&mut checker, node);
            if !meta.timeline_extends {
                entries.clear();
            }
            entries.extend(own);
        }
        if let Some(value) = entry {
            timeline::set(&mut checker, &mut entries, value);
        }
        broken.extend(lines.into_iter().map(|line| (Arc::clone(&source), line)));
        order.push(source);
    }
    let before = checker.problems.len();
    check::complete_technologies(&mut checker, &mut tree);
    check::sums(&mut checker, &tree);
    let timeline = timeline::resolve(&mut checker, entries, &tree);
    let mut problems = checker.problems;
    let late = problems.split_off(before.min(problems.len()));
    // A part with a slip of spelling was read in pieces: what seems missing may stand there.
    problems.extend(
        late.into_iter()
            .filter(|problem| !in_broken_part(problem, &broken)),
    );
    let origins = Origins::of(&tree);
    let values = match tree.to_value() {
        Value::Table(table) => table,
        _ => toml::Table::new(),
    };
    if problems.is_empty() {
        problems.extend(
            setup
                .cross_checks
                .iter()
                .flat_map(|check| check(&values, &origins)),
        );
    }
    sort(&mut problems, &order);
    if problems
        .iter()
        .any(|problem| problem.severity == Severity::Error)
    {
        return Err(problems);
    }
    Ok(Merged {
        values,
        origins,
        timeline,
        warnings: problems,
    })
}

/// Puts messages in reading order: the scenario's own file first, then what lies below it.
fn sort(problems: &mut [Diagnostic], order: &[Arc<SourceText>]) {
    problems.sort_by_key(|problem| {
        let file = order
            .iter()
            .rev()
            .position(|source| source.name() == problem.file);
        (file, problem.line, problem.column)
    });
}

fn in_broken_part(problem: &Diagnostic, broken: &[(Arc<SourceText>, usize)]) -> bool {
    broken.iter().any(|(source, line)| {
        source.name() == problem.file && heading(source, *line) == heading(source, problem.line)
    })
}

/// The line of the heading a line stands under; 0 above the first.
fn heading(source: &SourceText, line: usize) -> usize {
    let is_heading = |line: &usize| source.line(*line).trim_start().starts_with('[');
    (1..=line).rev().find(is_heading).unwrap_or(0)
}

/// Reads a scenario's file and all it extends; the bottom one comes first.
fn read_chain(setup: &Setup<'_>, source: &Source, problems: &mut Vec<Diagnostic>) -> Vec<Layer> {
    let mut chain: Vec<Layer> = Vec::new();
    let mut seen: Vec<PathBuf> = Vec::new();
    let mut next = Some((source.clone(), None::<Node>));
    while let Some((source, asked)) = next.take() {
        let (text, identity) = match open(setup, &source) {
            Ok(opened) => opened,
            Err(problem) => {
                problems.push(match asked {
                    None => *problem,
                    Some(node) => Diagnostic::at_value(&node.place, problem.message)
                        .of_class(problem.class)
                        .suggest(format!(
                            "`extends` names a file beside this one or a built-in scenario: {}",
                            super::suggest::listed(setup.library.scenarios.iter().map(|(n, _)| *n))
                        )),
                });
                break;
            }
        };
        if let Some(node) = asked.filter(|_| seen.contains(&identity) || seen.len() > LONGEST_CHAIN)
        {
            let names: Vec<&str> = chain.iter().map(|layer| layer.source.name()).collect();
            let chained = format!("{} → {}", names.join(" → "), text.name());
            let message = "the files extend each other in a circle";
            let message = if seen.contains(&identity) {
                message.to_owned()
            } else {
                format!("more than {LONGEST_CHAIN} files extend each other")
            };
            problems.push(Diagnostic::at_value(&node.place, message).found(chained));
            break;
        }
        seen.push(identity);
        let layer = read_layer(text, true, problems);
        let above = layer.meta.extends.clone();
        next = above.map(|node| {
            (
                meant(setup, &source, node.as_str().unwrap_or_default()),
                Some(node),
            )
        });
        chain.push(layer);
    }
    chain.reverse();
    chain
}

fn read_layer(
    source: Arc<SourceText>,
    must_have_version: bool,
    problems: &mut Vec<Diagnostic>,
) -> Layer {
    let (mut table, mistakes) = document::parse(&source);
    let broken: Vec<usize> = mistakes.iter().map(|mistake| mistake.line).collect();
    let must_have_version = must_have_version && broken.is_empty();
    problems.extend(mistakes);
    let meta = file::take_meta(&mut table, &source, must_have_version, problems);
    Layer {
        source,
        table,
        meta,
        entry: None,
        broken,
    }
}

/// What a file means by the name of another: a file beside it, or one of the program's own scenarios.
fn meant(setup: &Setup<'_>, source: &Source, name: &str) -> Source {
    let is_embedded = setup.library.scenario(name).is_some();
    match source {
        Source::Embedded(_) => Source::Embedded(name.to_owned()),
        Source::Path(path) => {
            let near = path.with_file_name("").join(name);
            if is_embedded && !setup.texts.exists(&near) {
                Source::Embedded(name.to_owned())
            } else {
                Source::Path(near)
            }
        }
        Source::Text { .. } if is_embedded => Source::Embedded(name.to_owned()),
        Source::Text { .. } => Source::Path(PathBuf::from(name)),
    }
}

fn open(setup: &Setup<'_>, source: &Source) -> Result<(Arc<SourceText>, PathBuf), Box<Diagnostic>> {
    match source {
        Source::Path(path) => {
            let text = file::read(setup.texts, path, &path.to_string_lossy())?;
            let identity = setup.texts.identity(path);
            Ok((text, identity))
        }
        Source::Embedded(name) => match setup.library.scenario(name) {
            Some(text) => {
                let name = format!("{}.toml", name.trim_end_matches(".toml"));
                Ok((SourceText::new(name.as_str(), text), PathBuf::from(name)))
            }
            None => {
                let names = || setup.library.scenarios.iter().map(|(name, _)| *name);
                let message = format!("there is no built-in scenario `{name}`");
                let problem = Diagnostic::of_file(name.as_str(), Class::File, message)
                    .allowed(super::suggest::listed(names()))
                    .suggest(super::suggest::did_you_mean(name, names()));
                Err(Box::new(problem))
            }
        },
        Source::Text { name, text } => Ok((
            SourceText::new(name.as_str(), text.as_str()),
            PathBuf::from(name),
        )),
    }
}

/// Lays the layer of the town's place below the scenario's own files, and puts its code where its name stood.
fn add_place(
    setup: &Setup<'_>,
    layers: &mut Vec<Layer>,
    problems: &mut Vec<Diagnostic>,
) -> Option<PlaceLayer> {
    let chosen = layers.iter_mut().rev().find_map(|layer| {
        let Some(NodeValue::Table(town)) = layer.table.get_mut("town").map(|n| &mut n.value) else {
            return None;
        };
        town.get_mut("place").filter(|node| node.as_str().is_some())
    })?;
    let asked = chosen.as_str().unwrap_or_default().trim().to_owned();
    if asked.is_empty() {
        return None;
    }
    match setup.places.layer(&asked) {
        Ok(layer) if layer.text.is_empty() => None,
        Ok(layer) => {
            chosen.value = NodeValue::Leaf(Value::String(layer.key.clone()));
            let source = SourceText::new(format!("{PLACE}{}", layer.key), layer.text.as_str());
            layers.insert(0, read_layer(source, false, problems));
            Some(layer)
        }
        Err(problem) => {
            let mut told = Diagnostic::at_value(&chosen.place, problem.message());
            if let Some(allowed) = problem.allowed() {
                told = told.allowed(allowed);
            }
            problems.push(told.suggest(problem.suggestion()));
            None
        }
    }
}

/// Lays the preset of the town's kind below the scenario's own files.
fn add_preset(setup: &Setup<'_>, layers: &mut Vec<Layer>, problems: &mut Vec<Diagnostic>) {
    let chosen = layers.iter().rev().find_map(|layer| {
        let kind = layer.table.get("town")?.at("kind")?.as_str()?;
        setup.library.town(kind).map(|text| (kind.to_owned(), text))
    });
    let default = || {
        let kind = setup.registry.base.at("town.kind")?.as_str()?;
        setup.library.town(kind).map(|text| (kind.to_owned(), text))
    };
    if let Some((kind, text)) = chosen.or_else(default) {
        let source = SourceText::new(format!("towns/{kind}.toml"), text);
        let mut layer = read_layer(source, false, problems);
        // A preset may name its kind, but the scenario has chosen it.
        if let Some(NodeValue::Table(town)) = layer.table.get_mut("town").map(|n| &mut n.value) {
            town.remove("kind");
        }
        layers.insert(0, layer);
    }
}

/// Reads a scenario's values into a type of one's own.
///
/// # Errors
/// The value that does not fit the type, with the place where it was set.
pub fn resolve(loaded: &Loaded) -> Result<Parameters, Vec<Diagnostic>> {
    let values = Value::Table(loaded.values.clone());
    let read: Result<Parameters, _> = serde_path_to_error::deserialize(values);
    let mut parameters = read.map_err(|error| {
        let keys = error.path().iter().filter_map(|segment| match segment {
            serde_path_to_error::Segment::Map { key } => Some(key.as_str()),
            _ => None,
        });
        let path = keys.collect::<Vec<_>>().join(".");
        let reason = error.inner().message().trim().to_owned();
        let message = format!("`{path}` cannot be used: {reason}");
        vec![loaded.origins.diagnostic(&path, message)]
    })?;
    let entries = loaded.timeline.iter().map(|entry| {
        let kind = entry.kind.clone();
        (kind, entry.from, entry.until, entry.parameters.clone())
    });
    parameters.timeline = Timeline::read(entries).map_err(|(place, reason)| {
        let path = format!("timeline[{place}]");
        let message = format!("`{path}` cannot be used: {reason}");
        vec![loaded.origins.diagnostic(&path, message)]
    })?;
    Ok(parameters)
}
