//! The table of places that comes with the program.
//!
//! `data/places/counties.csv` is the text to read and to change; `counties.columns.z` is the same by columns, where like
//! stands beside like, compressed with zlib: 0.42 MB in place of 1.4. A browser unpacks it by itself
//! (`DecompressionStream("deflate")`), and the program with what it has for its charts already.

use std::sync::OnceLock;

use model::scenario::gazetteer::{Gazetteer, NotFound, PlaceLayer, Places, read};

/// The packed table.
pub const PACKED: &[u8] = include_bytes!("../data/places/counties.columns.z");

/// The places that come with the program, read when the first is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Shipped;

impl Places for Shipped {
    fn layer(&self, asked: &str) -> Result<PlaceLayer, NotFound> {
        gazetteer().layer(asked)
    }
}

/// The table of places that comes with the program.
pub fn gazetteer() -> &'static Gazetteer {
    static TABLE: OnceLock<Gazetteer> = OnceLock::new();
    TABLE.get_or_init(|| Gazetteer::new(read(&unpack(PACKED)).unwrap_or_default()))
}

/// The text of a packed table; empty if it is damaged, which a test of the program's own rules out.
fn unpack(packed: &[u8]) -> String {
    let bytes = miniz_oxide::inflate::decompress_to_vec_zlib(packed).unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

/// A table of places turned on its side: a line for each column.
pub fn by_columns(table: &str) -> String {
    let mut rows = csv::ReaderBuilder::new();
    let mut rows = rows.has_headers(false).from_reader(table.as_bytes());
    let rows: Vec<csv::StringRecord> = rows.records().filter_map(Result::ok).collect();
    let width = rows.first().map_or(0, csv::StringRecord::len);
    let mut columns = csv::WriterBuilder::new().from_writer(Vec::new());
    for column in 0..width {
        // Writing to memory cannot fail.
        let _ = columns.write_record(rows.iter().map(|row| row.get(column).unwrap_or_default()));
    }
    String::from_utf8(columns.into_inner().unwrap_or_default()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = include_str!("../data/places/counties.csv");

    /// After a change to the table: `cargo test --lib places -- --ignored`.
    #[test]
    #[ignore = "writes the packed table"]
    fn pack_the_table() {
        let file = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/data/places/counties.columns.z"
        );
        let packed = miniz_oxide::deflate::compress_to_vec_zlib(by_columns(TABLE).as_bytes(), 10);
        std::fs::write(file, packed).expect("the folder can be written");
    }

    #[test]
    fn the_packed_table_is_the_one_to_read() {
        assert!(
            unpack(PACKED) == by_columns(TABLE),
            "pack the table again: cargo test --lib places -- --ignored"
        );
        let counties = read(TABLE).expect("every row is sound");
        // Figures that are missing equal nothing, themselves included.
        let told = |areas: &[_]| format!("{areas:?}");
        assert!(told(&counties) == told(gazetteer().counties()));
        assert_eq!(counties.len(), 3_143);
        let (metros, zones) = (gazetteer().metros().len(), gazetteer().zones().len());
        assert!(
            metros > 900 && zones > 700,
            "{metros} metros, {zones} zones"
        );
    }
}
