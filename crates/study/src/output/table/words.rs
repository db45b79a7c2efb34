//! Text columns that repeat few words many times.
use std::collections::BTreeMap;

/// A text column as codes into a list of its different words: tables repeat few words many times.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Words {
    codes: Vec<u32>,
    dictionary: Vec<String>,
    code_of: BTreeMap<String, u32>,
}

impl Words {
    /// Adds one value.
    pub fn push(&mut self, word: &str) {
        let code = match self.code_of.get(word) {
            Some(&code) => code,
            None => {
                // Fewer different words than rows, and rows that fit in memory stay below 2³².
                let code = self.dictionary.len() as u32;
                self.dictionary.push(word.to_owned());
                self.code_of.insert(word.to_owned(), code);
                code
            }
        };
        self.codes.push(code);
    }

    /// Number of values.
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// Whether there are no values.
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// The value in a row, if there is such a row.
    pub fn get(&self, row: usize) -> Option<&str> {
        let code = *self.codes.get(row)?;
        self.dictionary.get(code as usize).map(String::as_str)
    }

    /// For each row, the place of its word in the dictionary.
    pub fn codes(&self) -> &[u32] {
        &self.codes
    }

    /// The different words, in the order of their first appearance.
    pub fn dictionary(&self) -> &[String] {
        &self.dictionary
    }

    /// The values, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.codes
            .iter()
            .map(|&code| self.dictionary[code as usize].as_str())
    }
}

impl<S: AsRef<str>> FromIterator<S> for Words {
    fn from_iter<I: IntoIterator<Item = S>>(values: I) -> Self {
        let mut words = Words::default();
        for value in values {
            words.push(value.as_ref());
        }
        words
    }
}
