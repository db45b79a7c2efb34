//! The form of a saved file: what it is and whose, then its content, compressed, with checksums over both.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::error::Refusal;
use super::layout::fingerprint;
use crate::run::RunSettings;

/// First bytes of every saved file. The line feed and the byte above 127 show if a transfer changed it as text.
const MAGIC: [u8; 8] = *b"MAINST\xb7\n";

/// Version of this form; raised when the header changes.
const FORMAT: u32 = 1;

/// Bytes before the header: magic, version, length of the header.
const PREFIX: usize = MAGIC.len() + 4 + 4;

/// A 64-bit checksum over eight bytes at a time: finds accidental changes, and is no defense against deliberate
/// ones. Multiplies and rotates as FxHash does, and mixes the length in at the end.
#[derive(Clone, Debug)]
pub(crate) struct Checksum {
    state: u64,
    length: u64,
}

impl Default for Checksum {
    fn default() -> Self {
        Checksum {
            state: 0x243f_6a88_85a3_08d3,
            length: 0,
        }
    }
}

impl Checksum {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

    /// Takes in more bytes. Where pieces are cut matters.
    pub(crate) fn update(&mut self, bytes: &[u8]) {
        let mut words = bytes.chunks_exact(8);
        for word in &mut words {
            self.mix(u64::from_le_bytes(
                word.try_into().expect("chunks have eight bytes"),
            ));
        }
        let rest = words.remainder();
        if !rest.is_empty() {
            let mut last = [0; 8];
            last[..rest.len()].copy_from_slice(rest);
            self.mix(u64::from_le_bytes(last));
        }
        self.length += bytes.len() as u64;
    }

    fn mix(&mut self, word: u64) {
        self.state = (self.state.rotate_left(23) ^ word).wrapping_mul(Self::FACTOR);
    }

    /// The checksum of all bytes so far.
    pub(crate) fn value(&self) -> u64 {
        rand_philox::splitmix64(self.state ^ self.length.wrapping_mul(Self::FACTOR))
    }

    /// Checksum of one piece of bytes.
    pub(crate) fn of(bytes: &[u8]) -> u64 {
        let mut checksum = Checksum::default();
        checksum.update(bytes);
        checksum.value()
    }
}

/// What a saved file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Kind {
    /// A replicate between two months.
    Replicate,
    /// What was kept of a finished replicate.
    Result,
}

/// What stands before the content.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Header {
    pub(super) kind: Kind,
    /// Version of the program.
    pub(super) package: String,
    /// Fingerprint of the content's layout.
    pub(super) layout: u64,
    /// Checksum of the scenario's text.
    pub(super) scenario: u64,
    pub(super) settings: RunSettings,
    /// Months lived, burn-in included.
    pub(super) months_lived: u32,
    /// Bytes of content.
    length: u64,
    /// Checksum of the content as it is in the file.
    checksum: u64,
}

/// What a saved file is about: the part of its header that the caller knows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Label {
    pub(super) kind: Kind,
    /// Fingerprint of the content's layout.
    pub(super) layout: u64,
    /// Checksum of the scenario's text.
    pub(super) scenario: u64,
    pub(super) settings: RunSettings,
    /// Months lived, burn-in included.
    pub(super) months_lived: u32,
}

/// Puts `content` into the form of a saved file.
pub(super) fn seal(label: Label, content: &impl Serialize) -> Result<Vec<u8>, Refusal> {
    let unsavable = |error: postcard::Error| Refusal::Unsavable(error.to_string());
    let plain = postcard::to_stdvec(content).map_err(unsavable)?;
    let packed = lz4_flex::compress_prepend_size(&plain);
    drop(plain);
    let header = Header {
        kind: label.kind,
        package: env!("CARGO_PKG_VERSION").to_owned(),
        layout: label.layout,
        scenario: label.scenario,
        settings: label.settings,
        months_lived: label.months_lived,
        length: packed.len() as u64,
        checksum: Checksum::of(&packed),
    };
    let header = postcard::to_stdvec(&header).map_err(unsavable)?;
    let mut bytes = Vec::with_capacity(PREFIX + header.len() + 8 + packed.len());
    bytes.extend(MAGIC);
    bytes.extend(FORMAT.to_le_bytes());
    bytes.extend((header.len() as u32).to_le_bytes());
    bytes.extend(&header);
    let checksum = Checksum::of(&bytes);
    bytes.extend(checksum.to_le_bytes());
    bytes.extend(packed);
    Ok(bytes)
}

/// Reads the header and checks every byte of the file against the checksums.
pub(super) fn open(bytes: &[u8]) -> Result<(Header, &[u8]), Refusal> {
    let number = |at: usize| -> Option<u32> {
        let four = bytes.get(at..at + 4)?;
        Some(u32::from_le_bytes(four.try_into().ok()?))
    };
    // What a machine that lost power can leave of a file: nothing, or zeros.
    if bytes.iter().take(MAGIC.len()).all(|&byte| byte == 0) {
        return Err(Refusal::Damaged("it is empty"));
    }
    if !bytes.starts_with(&MAGIC) {
        return Err(Refusal::NotOurs);
    }
    let format = number(MAGIC.len()).ok_or(Refusal::Damaged("it ends within its header"))?;
    if format != FORMAT {
        return Err(Refusal::Format {
            found: format,
            read: FORMAT,
        });
    }
    let cut = Refusal::Damaged("it ends within its header");
    let length = number(MAGIC.len() + 4).ok_or(Refusal::Damaged("it ends within its header"))?;
    let end = PREFIX + length as usize;
    let (Some(before), Some(sum)) = (bytes.get(..end), bytes.get(end..end + 8)) else {
        return Err(cut);
    };
    if Checksum::of(before).to_le_bytes() != sum {
        return Err(Refusal::Damaged("its header does not match its checksum"));
    }
    let header: Header = postcard::from_bytes(&before[PREFIX..])
        .map_err(|_| Refusal::Damaged("its header cannot be read"))?;
    let content = &bytes[end + 8..];
    if content.len() as u64 != header.length {
        return Err(Refusal::Damaged("it is cut short, or longer than it says"));
    }
    if Checksum::of(content) != header.checksum {
        return Err(Refusal::Damaged("its content does not match its checksum"));
    }
    Ok((header, content))
}

/// Reads the content that [`open`] found, if this build saves `T` as the file's writer did.
pub(super) fn unpack<T: DeserializeOwned>(header: &Header, content: &[u8]) -> Result<T, Refusal> {
    let package = env!("CARGO_PKG_VERSION");
    if header.package != package {
        return Err(Refusal::Version {
            found: header.package.clone(),
            read: package,
        });
    }
    if header.layout != fingerprint::<T>() {
        return Err(Refusal::Layout);
    }
    let plain = lz4_flex::decompress_size_prepended(content)
        .map_err(|_| Refusal::Damaged("its content cannot be unpacked"))?;
    match postcard::take_from_bytes(&plain) {
        Ok((value, [])) => Ok(value),
        _ => Err(Refusal::Damaged("its content cannot be read")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn settings() -> RunSettings {
        RunSettings {
            seed: 5,
            replicate: 2,
            months: 24,
            burn_in_months: 6,
        }
    }

    fn sealed() -> Vec<u8> {
        let content: Vec<u64> = (0..500).map(|i| i * i).collect();
        let label = Label {
            kind: Kind::Result,
            layout: fingerprint::<Vec<u64>>(),
            scenario: 17,
            settings: settings(),
            months_lived: 30,
        };
        seal(label, &content).expect("numbers can be saved")
    }

    #[test]
    fn what_is_sealed_opens() {
        let bytes = sealed();
        let (header, content) = open(&bytes).expect("just sealed");
        assert_eq!((header.kind, header.scenario), (Kind::Result, 17));
        assert_eq!((header.settings, header.months_lived), (settings(), 30));
        let values: Vec<u64> = unpack(&header, content).expect("the same type");
        assert_eq!(values[499], 499 * 499);
    }

    #[test]
    fn another_type_or_version_is_refused() {
        let bytes = sealed();
        let (header, content) = open(&bytes).expect("just sealed");
        let other = unpack::<Vec<u32>>(&header, content);
        assert!(matches!(other, Err(Refusal::Layout)));
        let newer = Header {
            package: "99.0.0".to_owned(),
            ..header
        };
        let message = unpack::<Vec<u64>>(&newer, content).unwrap_err().to_string();
        assert!(message.contains("99.0.0"), "{message}");
        let mut later = bytes.clone();
        later[8] += 1;
        assert!(matches!(
            open(&later),
            Err(Refusal::Format { found: 2, .. })
        ));
        assert!(matches!(open(b"PK\x03\x04"), Err(Refusal::NotOurs)));
    }

    proptest! {
        #[test]
        fn any_changed_byte_and_any_cut_is_found(at in 0usize..10_000, bit in 0u8..8, cut: bool) {
            let mut bytes = sealed();
            let at = at % bytes.len();
            if cut {
                bytes.truncate(at);
            } else {
                bytes[at] ^= 1 << bit;
            }
            prop_assert!(open(&bytes).is_err());
        }
    }
}
