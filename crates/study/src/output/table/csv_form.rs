//! Tables as CSV, and the data dictionary.
use super::{Column, ColumnData, Table, Words};
use std::fmt::Write as _;
use std::io;

impl Table {
    /// Writes the table as CSV: a header line, quoting as in RFC 4180, lines ended by a line feed,
    /// real numbers with the fewest digits that read back the same, missing values as empty fields.
    /// A text that a spreadsheet would take for a formula has an apostrophe in front.
    /// The bytes depend on the values alone, not on the platform.
    ///
    /// # Errors
    /// If the writer fails.
    pub fn write_csv(&self, writer: impl io::Write) -> io::Result<()> {
        let mut csv = csv::Writer::from_writer(writer);
        csv.write_record(self.columns.iter().map(|column| &column.name))?;
        let mut field = String::new();
        for row in 0..self.rows() {
            for column in &self.columns {
                field.clear();
                write_field(&mut field, &column.data, row);
                csv.write_field(&field)?;
            }
            csv.write_record(None::<&[u8]>)?;
        }
        csv.flush()
    }
}

/// Adds one value to the text of a field; what a field cannot hold stays empty.
fn write_field(field: &mut String, data: &ColumnData, row: usize) {
    let written = match data {
        // Adding zero turns −0 into 0: readers would print two zeros for one value.
        ColumnData::F64(values) if !values[row].is_nan() => {
            write!(field, "{:?}", values[row] + 0.0)
        }
        ColumnData::F64(_) => Ok(()),
        ColumnData::I64(values) => write!(field, "{}", values[row]),
        ColumnData::U32(values) => write!(field, "{}", values[row]),
        ColumnData::Text(words) => {
            let text = words.get(row).unwrap_or_default();
            write!(field, "{}", charts::harmless(text))
        }
    };
    debug_assert!(written.is_ok(), "writing to a String cannot fail");
}

/// The data dictionary of several tables: table, column, unit and definition, one row a column.
pub fn data_dictionary<'a>(tables: impl IntoIterator<Item = &'a Table>) -> Table {
    let mut fields: [Words; 4] = Default::default();
    for table in tables {
        for column in &table.columns {
            let row = [&table.name, &column.name, &column.unit, &column.definition];
            for (words, value) in fields.iter_mut().zip(row) {
                words.push(value);
            }
        }
    }
    let about = [
        ("table", "Table, which is the file name without its ending"),
        ("column", "Column, as in the header line"),
        ("unit", "Unit of the values; empty for names and keys"),
        ("definition", "What the values mean"),
    ];
    let columns = about
        .into_iter()
        .zip(fields)
        .map(|((name, definition), words)| Column {
            name: name.to_owned(),
            unit: String::new(),
            definition: definition.to_owned(),
            data: ColumnData::Text(words),
        });
    Table {
        name: "columns".to_owned(),
        columns: columns.collect(),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::tests::sample;
    use super::*;
    use proptest::prelude::*;

    pub fn csv_of(table: &Table) -> String {
        let mut bytes = Vec::new();
        table.write_csv(&mut bytes).expect("memory takes all");
        String::from_utf8(bytes).expect("CSV is text")
    }

    #[test]
    fn csv_bytes() {
        let expected = "sector,month,sales,cash\n\
                        retail,0,0.1,-5\n\
                        \"a,b\",1,,9223372036854775807\n\
                        \"say \"\"x\"\"\nnow\",2,0.0,0\n";
        assert_eq!(csv_of(&sample()), expected);
    }

    #[test]
    fn a_table_without_rows_or_columns_is_its_header() {
        let empty = Table::new("t").with("x", "", "", ColumnData::F64(Vec::new()));
        assert_eq!(csv_of(&empty.expect("one column")), "x\n");
        let lone = Table::new("t").with("x", "", "", ColumnData::F64(vec![f64::NAN]));
        assert_eq!(csv_of(&lone.expect("one column")), "x\n\"\"\n");
    }

    #[test]
    fn the_dictionary_describes_every_column() {
        let table = sample();
        let written = csv_of(&data_dictionary([&table]));
        assert!(
            written
                .starts_with("table,column,unit,definition\nsectors,sector,,Name of the sector\n")
        );
        assert_eq!(written.lines().count(), 1 + table.columns().len());
    }

    proptest! {
        #[test]
        fn numbers_read_back_with_the_same_bits(
            values in prop::collection::vec(prop::num::f64::NORMAL | prop::num::f64::SUBNORMAL, 1..50),
        ) {
            let table = Table::new("t")
                .with("x", "", "", ColumnData::F64(values.clone()))
                .expect("one column");
            let written = csv_of(&table);
            for (line, value) in written.lines().skip(1).zip(values) {
                prop_assert_eq!(line.parse::<f64>().map(f64::to_bits), Ok(value.to_bits()));
            }
        }

        #[test]
        fn any_text_reads_back(words in prop::collection::vec(any::<String>(), 1..20)) {
            let table = Table::new("t")
                .with("word", "", "", ColumnData::Text(words.iter().collect()))
                .expect("one column");
            let written = csv_of(&table);
            let mut reader = csv::Reader::from_reader(written.as_bytes());
            let read: Vec<String> = reader
                .records()
                .map(|record| record.expect("well formed")[0].to_owned())
                .collect();
            // A spreadsheet would take some texts for formulas: these have a mark before them.
            let harmless: Vec<_> = words.iter().map(|word| charts::harmless(word)).collect();
            prop_assert_eq!(read, harmless);
        }
    }
}
