//! A scenario as a study holds it: a name, its text with every value, and the parameters read from it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use model::scenario::gazetteer::WrittenOut;
use model::scenario::{self, Diagnostic, Loaded, Parameters, Setup, Source};

/// A resolved scenario as text: enough to run it again anywhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScenarioText {
    /// Its name in tables.
    pub name: String,
    /// Every value, as TOML that loads again.
    pub toml: String,
}

/// A scenario ready to run.
#[derive(Clone, Debug)]
pub struct StudyScenario {
    /// Its name in tables.
    pub name: String,
    /// Every value, as TOML that loads again.
    pub text: Arc<str>,
    /// The values.
    pub parameters: Arc<Parameters>,
}

/// A resolved scenario that does not load.
#[derive(Debug, thiserror::Error)]
#[error("scenario {name} cannot be read again: {}", first_of(.mistakes))]
pub struct Unreadable {
    /// Name of the scenario.
    pub name: String,
    /// What is wrong.
    pub mistakes: Vec<Diagnostic>,
}

fn first_of(mistakes: &[Diagnostic]) -> &str {
    (mistakes.first()).map_or("no reason is known", |mistake| mistake.message.as_str())
}

impl StudyScenario {
    /// The scenario that was loaded from files and settings.
    ///
    /// # Errors
    /// Every mistake in its values.
    pub fn of(loaded: &Loaded) -> Result<StudyScenario, Vec<Diagnostic>> {
        Ok(StudyScenario {
            name: loaded.name.clone(),
            text: scenario::resolved(loaded).into(),
            parameters: Arc::new(scenario::resolve(loaded)?),
        })
    }

    /// The scenario of a text, with changes given as `key=value`. `timeline.0.KEY` or `timeline.KIND.KEY` is a
    /// value of a policy or shock in its timeline.
    ///
    /// # Errors
    /// If it does not load, which a text from [`StudyScenario::to_text`] does.
    pub fn read(text: &ScenarioText, changes: &[String]) -> Result<StudyScenario, Unreadable> {
        Ok(StudyScenario::load(text, changes)?.0)
    }

    /// As [`StudyScenario::read`], with title, question and timeline as loaded.
    ///
    /// # Errors
    /// As [`StudyScenario::read`].
    pub fn load(
        text: &ScenarioText,
        changes: &[String],
    ) -> Result<(StudyScenario, Loaded), Unreadable> {
        let unreadable = |mistakes| Unreadable {
            name: text.name.clone(),
            mistakes,
        };
        let source = Source::Text {
            name: text.name.clone(),
            text: text.toml.clone(),
        };
        // All values are written out: the place is but a name.
        let setup = Setup {
            places: &WrittenOut,
            ..Setup::embedded()
        };
        let loaded = scenario::load_with(&setup, &source, changes).map_err(unreadable)?;
        let mut read = StudyScenario::of(&loaded).map_err(unreadable)?;
        read.name.clone_from(&text.name);
        Ok((read, loaded))
    }

    /// The scenario as text.
    pub fn to_text(&self) -> ScenarioText {
        ScenarioText {
            name: self.name.clone(),
            toml: self.text.to_string(),
        }
    }
}

/// The values of a table under `path` as settings, `key=value`. Keys may be written dotted and bare or as one quoted
/// word; both mean the same parameter.
pub fn settings_of(path: &str, table: &toml::Table) -> Vec<String> {
    let mut found = Vec::new();
    for (key, value) in table {
        let deeper = match path {
            "" => key.clone(),
            path => format!("{path}.{key}"),
        };
        match value {
            toml::Value::Table(inner) => found.extend(settings_of(&deeper, inner)),
            value => found.push(format!("{deeper}={value}")),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_reads_back_to_the_same_scenario() {
        let source = Source::Embedded("baseline".to_owned());
        let loaded = scenario::load(&source, &["run.months=7".to_owned()]).expect("it is ours");
        let first = StudyScenario::of(&loaded).expect("it is ours");
        let again = StudyScenario::read(&first.to_text(), &[]).expect("it was just written");
        assert_eq!(again.text, first.text);
        assert_eq!(again.parameters, first.parameters);
        let changed = StudyScenario::read(&first.to_text(), &["run.months=8".to_owned()]);
        let changed = changed.expect("months may be changed");
        assert_eq!(
            (changed.parameters.run.months, changed.name.as_str()),
            (8, "baseline")
        );
        assert_ne!(changed.text, first.text);
    }
}
