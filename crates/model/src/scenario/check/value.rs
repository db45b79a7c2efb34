//! One value against one parameter.

use super::{Checker, join};
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::document::{Node, NodeValue};
use crate::scenario::registry::{Choices, Kind, OPEN_FAMILY, Parameter};
use crate::scenario::suggest::{did_you_mean, listed};
use crate::scenario::timeline::parse_date;
use toml::Value;
use toml::map::Map;

impl Checker<'_> {
    /// Returns the value in its parameter's type, or reports what is wrong with it.
    pub(crate) fn value(&mut self, parameter: &Parameter, node: Node, path: &str) -> Option<Node> {
        let checked = self.of_kind(&parameter.kind, parameter, node, path)?;
        if let (Some(length), NodeValue::Array(items)) = (parameter.length, &checked.value)
            && items.len() != length
        {
            let message = format!("`{path}` must have {length} entries");
            let found = match items.len() {
                1 => "1 entry".to_owned(),
                many => format!("{many} entries"),
            };
            let order = parameter.keys.as_ref().map(|family| {
                let names = self.registry.members(family).iter().map(String::as_str);
                format!(
                    "one for each of the {family}, in this order: {}",
                    listed(names)
                )
            });
            let problem = Diagnostic::at_value(&checked.place, message).found(found);
            self.report(path, problem.suggest(order));
            return None;
        }
        Some(checked)
    }

    fn of_kind(
        &mut self,
        kind: &Kind,
        parameter: &Parameter,
        node: Node,
        path: &str,
    ) -> Option<Node> {
        let place = node.place.clone();
        let value = match (kind, node.value) {
            (Kind::Array(element), NodeValue::Array(items)) => {
                NodeValue::Array(self.items(element, parameter, items, path)?)
            }
            (Kind::Table { keys, element }, NodeValue::Table(table)) => {
                let table = self.entries(keys.as_deref(), element, parameter, table, path);
                NodeValue::Table(table)
            }
            (Kind::Any, value) => value,
            (kind, NodeValue::Leaf(value)) => {
                let node = Node {
                    value: NodeValue::Leaf(value.clone()),
                    place: place.clone(),
                };
                let leaf = match (kind, value) {
                    (Kind::Float, Value::Integer(number)) => Value::Float(number as f64),
                    (_, value) => value,
                };
                let problem = match (kind, &leaf) {
                    (Kind::Float, Value::Float(number)) => number_problem(parameter, *number, path),
                    (Kind::Integer, Value::Integer(number)) => {
                        number_problem(parameter, *number as f64, path)
                    }
                    (Kind::Text, Value::String(text)) => self.text_problem(parameter, text, path),
                    (Kind::Boolean, Value::Boolean(_)) => None,
                    (kind, _) => {
                        self.report(path, wrong_kind(kind, parameter, &node, path));
                        return None;
                    }
                };
                if let Some(fill) = problem {
                    let problem = fill(Diagnostic::at_value(&place, "").found(node.written()));
                    self.report(path, problem);
                    return None;
                }
                NodeValue::Leaf(leaf)
            }
            (kind, value) => {
                let node = Node { value, place };
                self.report(path, wrong_kind(kind, parameter, &node, path));
                return None;
            }
        };
        Some(Node { value, place })
    }

    /// Checks a list; three wrong entries say as much as thirty.
    fn items(
        &mut self,
        element: &Kind,
        parameter: &Parameter,
        items: Vec<Node>,
        path: &str,
    ) -> Option<Vec<Node>> {
        let mut right = Vec::with_capacity(items.len());
        let mut wrong = 0;
        for (index, item) in items.into_iter().enumerate() {
            let path = format!("{path}[{index}]");
            match self.of_kind(element, parameter, item, &path) {
                Some(item) => right.push(item),
                None => wrong += 1,
            }
            if wrong == 3 {
                break;
            }
        }
        if wrong > 0 {
            self.failed.insert(path.to_owned());
            return None;
        }
        Some(right)
    }

    fn entries(
        &mut self,
        keys: Option<&[String]>,
        element: &Kind,
        parameter: &Parameter,
        table: Map<String, Node>,
        path: &str,
    ) -> Map<String, Node> {
        let mut right = Map::new();
        for (key, node) in table {
            let full = join(path, &key);
            if keys.is_some_and(|keys| !keys.contains(&key)) && !self.is_added(parameter, &key) {
                let known = || keys.unwrap_or_default().iter().map(String::as_str);
                let message = format!("`{path}` has no entry `{key}`");
                let problem = Diagnostic::at_key(&node.place, message).allowed(listed(known()));
                self.report(&full, problem.suggest(did_you_mean(&key, known())));
                continue;
            }
            if let Some(node) = self.of_kind(element, parameter, node, &full) {
                right.insert(key, node);
            }
        }
        right
    }

    fn is_added(&self, parameter: &Parameter, key: &str) -> bool {
        parameter.keys.as_deref() == Some(OPEN_FAMILY) && self.added.contains(key)
    }

    /// Whether a text is one a parameter can have.
    fn text_problem(&self, parameter: &Parameter, text: &str, path: &str) -> Option<Fill> {
        let members: Vec<String>;
        let list = match parameter.choices.as_ref()? {
            Choices::Any => return None,
            Choices::Month => {
                let problem = parse_date(text).err()?;
                let message = format!("`{path}` is not a month of the calendar");
                return Some(Box::new(move |d| say(d, message).allowed(problem)));
            }
            Choices::OneOf(list) => list,
            Choices::MemberOf(family) => {
                let added = self.added.iter().filter(|_| family == OPEN_FAMILY);
                members = self
                    .registry
                    .members(family)
                    .iter()
                    .chain(added)
                    .cloned()
                    .collect();
                &members
            }
        };
        if list.iter().any(|choice| choice == text) {
            return None;
        }
        let message = format!("`{path}` cannot be \"{text}\"");
        let names = || list.iter().map(String::as_str);
        let (allowed, suggestion) = (listed(names()), did_you_mean(text, names()));
        Some(Box::new(move |d| {
            say(d, message).allowed(allowed).suggest(suggestion)
        }))
    }
}

type Fill = Box<dyn FnOnce(Diagnostic) -> Diagnostic>;

fn say(mut diagnostic: Diagnostic, message: String) -> Diagnostic {
    diagnostic.message = message;
    diagnostic
}

fn number_problem(parameter: &Parameter, number: f64, path: &str) -> Option<Fill> {
    let allowed = parameter.allowed();
    if !number.is_finite() {
        let message = format!("`{path}` must be an ordinary number");
        return Some(Box::new(move |d| say(d, message).allowed(allowed)));
    }
    let range = parameter.range?;
    let message = if range.low.is_some_and(|low| number < low) {
        format!("`{path}` is too small")
    } else if range.high.is_some_and(|high| number > high) {
        format!("`{path}` is too large")
    } else {
        return None;
    };
    let is_percent = range.high == Some(1.0) && number > 1.0 && number <= 100.0;
    let percent = is_percent.then(|| {
        format!(
            "shares run from 0 to 1: for {number} percent write {}",
            number / 100.0
        )
    });
    Some(Box::new(move |d| {
        say(d, message).allowed(allowed).suggest(percent)
    }))
}

fn wrong_kind(kind: &Kind, parameter: &Parameter, node: &Node, path: &str) -> Diagnostic {
    let message = format!("`{path}` must be {}", kind.described());
    let problem = Diagnostic::at_value(&node.place, message).found(node.written());
    let number = node
        .as_str()
        .and_then(|text| text.trim().parse::<f64>().ok());
    // On the command line a word stands without quotation marks.
    let is_quoted = node.written().starts_with(['"', '\'']);
    let fits = |number: &f64| {
        parameter.range.is_none_or(|range| {
            range.low.is_none_or(|low| *number >= low)
                && range.high.is_none_or(|high| *number <= high)
        })
    };
    let meant = node.as_str().and_then(meant_number).filter(fits);
    let suggestion = match (kind, &node.value, number) {
        (Kind::Float | Kind::Integer, ..) if !is_quoted && meant.is_some() => {
            meant.map(|number| format!("write {number}"))
        }
        (Kind::Float | Kind::Integer, _, Some(number)) if number.is_finite() => {
            Some(format!("write it without quotation marks: {number}"))
        }
        (Kind::Integer, NodeValue::Leaf(Value::Float(number)), _) if number.is_finite() => {
            Some(format!("write {}", number.round()))
        }
        (Kind::Boolean, ..) if is_quoted => {
            Some("write true or false, without quotation marks".to_owned())
        }
        (Kind::Boolean, ..) => Some("write true or false".to_owned()),
        (Kind::Text, NodeValue::Leaf(_), _) => Some(format!(
            "write \"{}\"",
            node.written().replace(['"', '\''], "")
        )),
        (Kind::Array(_), NodeValue::Leaf(Value::String(word)), _) => {
            Some(format!("write [{}]", Value::from(word.as_str())))
        }
        (Kind::Array(_), NodeValue::Leaf(_), _) => Some(format!("write [{}]", node.written())),
        _ => None,
    };
    let is_bounded = parameter.range.is_some() || parameter.choices.is_some();
    let problem = if is_bounded {
        problem.allowed(parameter.allowed())
    } else {
        problem
    };
    problem.suggest(suggestion)
}

/// The number somebody meant by `5%`, `0,5` or `$1,200`.
fn meant_number(text: &str) -> Option<f64> {
    let text = text.trim().trim_start_matches('$');
    let number = match text.strip_suffix('%') {
        Some(percent) => percent.trim().replace(',', ".").parse::<f64>().ok()? / 100.0,
        // Groups of three digits are thousands; one comma elsewhere is a decimal comma.
        None if text.split(',').skip(1).all(|group| group.len() == 3) => {
            text.replace(',', "").parse().ok()?
        }
        None => text.replacen(',', ".", 1).parse().ok()?,
    };
    number.is_finite().then_some(number)
}
