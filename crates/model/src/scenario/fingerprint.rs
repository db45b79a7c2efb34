//! One number that tells two resolved scenarios apart.

use super::loaded::Loaded;
use toml::{Table, Value};

/// A fingerprint of a scenario's resolved values and timeline.
///
/// It does not depend on how files are laid out, on remarks, names or titles, and is the same on
/// every machine: FNV-1a with 128 bits over the values in the order of their names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fingerprint(pub u128);

impl std::fmt::Display for Fingerprint {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{:032x}", self.0)
    }
}

impl Loaded {
    /// The scenario's fingerprint.
    pub fn fingerprint(&self) -> Fingerprint {
        let mut hash = Fnv(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d);
        hash.table(&self.values);
        hash.length(self.timeline.len());
        for entry in &self.timeline {
            hash.text(&entry.kind);
            hash.bytes(&entry.from.to_le_bytes());
            hash.bytes(&entry.until.map_or(u64::MAX, u64::from).to_le_bytes());
            hash.table(&entry.parameters);
        }
        Fingerprint(hash.0)
    }
}

struct Fnv(u128);

impl Fnv {
    fn bytes(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 ^= u128::from(*byte);
            self.0 = self
                .0
                .wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
        }
    }

    fn length(&mut self, length: usize) {
        self.bytes(&(length as u64).to_le_bytes());
    }

    /// The length goes first, so that two texts in a row cannot be cut differently.
    fn text(&mut self, text: &str) {
        self.length(text.len());
        self.bytes(text.as_bytes());
    }

    fn table(&mut self, table: &Table) {
        let mut entries: Vec<(&String, &Value)> = table.iter().collect();
        entries.sort_by_key(|(key, _)| *key);
        self.length(entries.len());
        for (key, value) in entries {
            self.text(key);
            self.value(value);
        }
    }

    fn value(&mut self, value: &Value) {
        match value {
            Value::String(text) => {
                self.bytes(b"s");
                self.text(text);
            }
            Value::Integer(number) => {
                self.bytes(b"i");
                self.bytes(&number.to_le_bytes());
            }
            Value::Float(number) => {
                self.bytes(b"f");
                // Adding zero makes -0.0, which is the same number, the same bits.
                self.bytes(&(number + 0.0).to_bits().to_le_bytes());
            }
            Value::Boolean(yes) => self.bytes(if *yes { b"t" } else { b"n" }),
            Value::Datetime(date) => {
                self.bytes(b"d");
                self.text(&date.to_string());
            }
            Value::Array(items) => {
                self.bytes(b"a");
                self.length(items.len());
                items.iter().for_each(|item| self.value(item));
            }
            Value::Table(table) => {
                self.bytes(b"m");
                self.table(table);
            }
        }
    }
}
