//! The checksum of a manifest: SHA-256, which ordinary tools compute as well (`sha256sum`, `shasum -a 256`).

use sha2::{Digest, Sha256};

/// Takes in bytes and says their SHA-256.
#[derive(Debug, Clone, Default)]
pub struct Checksum(Sha256);

impl Checksum {
    /// Takes in more bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The checksum of all bytes so far.
    pub fn value(self) -> [u8; 32] {
        self.0.finalize().into()
    }

    /// A checksum as manifests and reports write it: `sha256:` and 64 hexadecimal digits.
    pub fn written(checksum: [u8; 32]) -> String {
        let digits: String = checksum.iter().map(|byte| format!("{byte:02x}")).collect();
        format!("sha256:{digits}")
    }

    /// Checksum of one piece of bytes.
    pub fn of(bytes: &[u8]) -> [u8; 32] {
        Sha256::digest(bytes).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksum_matches_the_published_vectors() {
        // FIPS 180-4, examples of one and of no block.
        assert_eq!(
            Checksum::written(Checksum::of(b"abc")),
            "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        let nothing = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(Checksum::written(Checksum::default().value()), nothing);
        let mut pieces = Checksum::default();
        pieces.update(b"a");
        pieces.update(b"bc");
        assert_eq!(pieces.value(), Checksum::of(b"abc"));
    }
}
