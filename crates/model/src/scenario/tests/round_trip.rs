//! What is shown loads again to the same; files that extend each other; settings.

use super::{load_set, load_small, load_text};
use crate::scenario::{
    Diagnostic, LIBRARY, Loaded, Setup, Source, Texts, Unread, load, load_with, resolve, show,
};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use toml::Value;

type Load = fn(&str, &[&str]) -> Result<Loaded, Vec<Diagnostic>>;

fn assert_shows_itself(loaded: &Loaded, load: Load) {
    let text = show(loaded);
    let again = load(&text, &[]).unwrap_or_else(|problems| {
        panic!("{}", crate::scenario::render_all(&problems, false));
    });
    assert_eq!(again.values, loaded.values);
    assert_eq!(again.name, loaded.name);
    assert_eq!(again.title, loaded.title);
    let entries = |loaded: &Loaded| -> Vec<_> {
        loaded
            .timeline
            .iter()
            .map(|entry| {
                (
                    entry.kind.clone(),
                    entry.from,
                    entry.until,
                    entry.parameters.clone(),
                )
            })
            .collect()
    };
    assert_eq!(entries(&again), entries(loaded));
}

#[test]
fn the_baseline_and_every_kind_of_town_show_themselves() {
    for (name, _) in LIBRARY.scenarios {
        let source = Source::Embedded((*name).to_owned());
        let loaded = load(&source, &[]).expect("a built-in scenario loads");
        assert_shows_itself(&loaded, load_text);
    }
    let mut seen: Vec<toml::Table> = Vec::new();
    for (kind, _) in LIBRARY.towns {
        let loaded = load_set(&[&format!("town.kind={kind}")]).expect("every kind of town loads");
        assert_shows_itself(&loaded, load_text);
        resolve(&loaded).expect("every kind of town can be used");
        let mut values = loaded.values;
        if let Some(Value::Table(town)) = values.get_mut("town") {
            town.remove("kind");
        }
        assert!(
            !seen.contains(&values),
            "{kind} is like another kind of town"
        );
        seen.push(values);
    }
}

#[test]
fn a_timeline_shows_itself() {
    let text = "schema_version = 1\ntitle = \"A \\\"quoted\\\" title\"\n[run]\nstart = \"2027-01\"\n\
         [[timeline]]\nkind = \"training\"\nfrom = \"2028-01\"\nuntil = 60\n\
         [[timeline]]\nkind = \"training\"\nfrom = 70\nplaces = 40\n";
    let loaded = load_small(text, &[]).expect("a scenario with a timeline loads");
    assert_eq!(loaded.timeline.len(), 2);
    assert_eq!(
        (loaded.timeline[0].from, loaded.timeline[0].until),
        (12, Some(60))
    );
    assert_eq!(
        (loaded.timeline[1].from, loaded.timeline[1].until),
        (70, None)
    );
    assert_shows_itself(&loaded, load_small);
}

/// Files of a folder that is only in memory.
#[derive(Debug, Default)]
struct Written(BTreeMap<PathBuf, String>);

impl Written {
    fn write(&mut self, name: &str, text: &str) -> Source {
        let path = Path::new("folder").join(name);
        self.0.insert(path.clone(), text.to_owned());
        Source::Path(path)
    }

    fn load(&self, source: &Source, settings: &[String]) -> Result<Loaded, Vec<Diagnostic>> {
        let setup = Setup {
            texts: self,
            ..Setup::embedded()
        };
        load_with(&setup, source, settings)
    }
}

impl Texts for Written {
    fn read(&self, path: &Path) -> Result<Vec<u8>, Unread> {
        let text = self.0.get(path).ok_or(Unread::Missing)?;
        Ok(text.clone().into_bytes())
    }

    fn exists(&self, path: &Path) -> bool {
        self.0.contains_key(path)
    }

    fn identity(&self, path: &Path) -> PathBuf {
        path.to_owned()
    }
}

#[test]
fn a_file_lays_its_values_over_those_it_extends() {
    let mut folder = Written::default();
    let head = "schema_version = 1\n";
    folder.write(
        "far.toml",
        &format!("{head}[town]\nresidents = 11000\n[run]\nseed = 11\nmonths = 11\n"),
    );
    folder.write(
        "near.toml",
        &format!("{head}extends = \"far.toml\"\n[run]\nseed = 22\nmonths = 22\n"),
    );
    let own = folder.write(
        "own.toml",
        &format!("{head}extends = \"near.toml\"\n[run]\nseed = 33\n"),
    );
    let loaded = folder
        .load(&own, &["run.burn_in_months=44".to_owned()])
        .expect("the chain loads");
    assert_eq!(loaded.name, "own");
    let run = &loaded.values["run"];
    assert_eq!(loaded.values["town"]["residents"], Value::Integer(11_000));
    assert_eq!(run["months"], Value::Integer(22));
    assert_eq!(run["seed"], Value::Integer(33));
    assert_eq!(run["burn_in_months"], Value::Integer(44));
    for (path, file, line) in [
        ("town.residents", "far.toml", 3),
        ("run.months", "near.toml", 5),
        ("run.seed", "own.toml", 4),
        ("run.burn_in_months", "--set", 1),
    ] {
        let origin = loaded.origins.get(path).expect("every value has an origin");
        assert!(origin.file.ends_with(file), "{path} is from {origin}");
        assert_eq!(origin.line, line, "{path}");
    }
}

#[test]
fn a_file_extends_a_built_in_scenario_unless_one_of_that_name_lies_beside_it() {
    let mut folder = Written::default();
    let head = "schema_version = 1\n";
    let own = folder.write(
        "own.toml",
        &format!("{head}extends = \"fast-ai\"\n[run]\nseed = 33\n"),
    );
    let built_in = load(&Source::Embedded("fast-ai".to_owned()), &[]).expect("it is ours");
    let loaded = folder
        .load(&own, &[])
        .expect("the built-in scenario is found");
    assert_eq!(loaded.values["automation"], built_in.values["automation"]);
    assert_eq!(loaded.values["run"]["seed"], Value::Integer(33));
    folder.write("fast-ai", &format!("{head}[run]\nmonths = 7\n"));
    let loaded = folder.load(&own, &[]).expect("the file beside it is found");
    assert_eq!(loaded.values["run"]["months"], Value::Integer(7));
    assert_ne!(loaded.values["automation"], built_in.values["automation"]);
}

#[test]
fn files_that_extend_each_other_in_a_circle_are_refused() {
    let mut folder = Written::default();
    let one = folder.write("one.toml", "schema_version = 1\nextends = \"two.toml\"\n");
    folder.write("two.toml", "schema_version = 1\nextends = \"one.toml\"\n");
    let problems = folder.load(&one, &[]).expect_err("a circle has no bottom");
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(problems[0].message.contains("in a circle"));
    assert!(
        problems[0].file.ends_with("two.toml"),
        "the file that closes it"
    );
    assert_eq!(problems[0].line, 2);

    let lone = folder.write(
        "lone.toml",
        "schema_version = 1\nextends = \"nowhere.toml\"\n",
    );
    let problems = folder
        .load(&lone, &[])
        .expect_err("the file below is missing");
    assert_eq!(crate::scenario::exit_code(&problems), 3);
    assert_eq!((problems.len(), problems[0].line), (1, 2));
}

#[test]
fn settings_come_in_several_forms() {
    let kind = |settings: &[&str]| load_set(settings).map(|l| l.values["town"]["kind"].clone());
    for form in [
        "town.kind=factory",
        "town.kind = factory ",
        "town.kind=\"factory\"",
        "town.kind='factory'",
    ] {
        assert_eq!(kind(&[form]).expect(form), Value::from("factory"), "{form}");
    }
    let last = load_set(&["run.seed=1", "run.seed=2"]).expect("the last one counts");
    assert_eq!(last.values["run"]["seed"], Value::Integer(2));
    let grouped = load_set(&["town.residents=20_000"]).expect("digits may be grouped");
    assert_eq!(grouped.values["town"]["residents"], Value::Integer(20_000));
    let whole = load_set(&["town={residents=20000}"]).expect("a table may be set");
    assert_eq!(whole.values["town"]["residents"], Value::Integer(20_000));
    for wrong in [
        "",
        "=",
        "run.seed",
        "run..seed=1",
        "run.seed=",
        "name=x",
        "run.seed=1\nrun.months=2",
        "run=3",
        "town.kind=",
    ] {
        let problems = load_set(&[wrong])
            .err()
            .unwrap_or_else(|| panic!("{wrong:?} is no setting"));
        assert_eq!(problems[0].file, "--set", "{wrong:?}: {problems:?}");
    }
}

#[test]
fn the_fingerprint_follows_the_values_and_not_their_writing() {
    let plain = load_text("schema_version = 1\n[run]\nseed = 7\nmonths = 24\n", &[]);
    let other = load_text(
        "# a remark\nschema_version=1\nrun.months=24\nrun.seed = 0x7\n",
        &[],
    );
    let changed = load_text("schema_version = 1\n[run]\nseed = 8\nmonths = 24\n", &[]);
    let print = |loaded: Result<Loaded, Vec<Diagnostic>>| loaded.expect("it loads").fingerprint();
    let first = print(plain);
    assert_eq!(first, print(other));
    assert_ne!(first, print(changed));
}
