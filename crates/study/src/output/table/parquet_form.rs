//! Tables as Parquet, for results too long for text.
use super::{ColumnData, Table, Words};
use parquet::basic::{Compression, LogicalType, Repetition, Type as PhysicalType, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type;
use std::io;
use std::ops::Range;
use std::sync::Arc;

/// Rows written together: enough to compress well, few enough for a reader to skip what it does
/// not need.
const ROW_GROUP: usize = 1 << 18;

impl Table {
    /// Writes the table as Parquet, compressed with Zstandard. Missing real numbers are null;
    /// text is dictionary-encoded. The bytes hold no time and no machine.
    ///
    /// # Errors
    /// If the writer fails, or the table has no columns, which Parquet cannot express.
    pub fn write_parquet(&self, writer: impl io::Write + Send) -> io::Result<()> {
        if self.columns().is_empty() {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                format!("table {} has no columns", self.name()),
            ));
        }
        self.write_row_groups(writer).map_err(|e| match e {
            ParquetError::External(source) => match source.downcast::<io::Error>() {
                Ok(io_error) => *io_error,
                Err(other) => io::Error::other(other),
            },
            other => io::Error::other(other),
        })
    }

    fn write_row_groups(&self, writer: impl io::Write + Send) -> Result<(), ParquetError> {
        let properties = WriterProperties::builder()
            .set_created_by(format!("mainstreet {}", env!("CARGO_PKG_VERSION")))
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .build();
        let schema = Arc::new(self.schema()?);
        let mut file = SerializedFileWriter::new(writer, schema, Arc::new(properties))?;
        for start in (0..self.rows()).step_by(ROW_GROUP) {
            let rows = start..self.rows().min(start + ROW_GROUP);
            let mut group = file.next_row_group()?;
            for column in self.columns() {
                if let Some(mut place) = group.next_column()? {
                    write_column(&mut place, &column.data, rows.clone())?;
                    place.close()?;
                }
            }
            group.close()?;
        }
        file.close()?;
        Ok(())
    }

    fn schema(&self) -> Result<Type, ParquetError> {
        let fields: Result<Vec<_>, ParquetError> = self
            .columns()
            .iter()
            .map(|column| {
                let (physical, logical, repetition) = match column.data {
                    ColumnData::F64(_) => (PhysicalType::DOUBLE, None, Repetition::OPTIONAL),
                    ColumnData::I64(_) => (PhysicalType::INT64, None, Repetition::REQUIRED),
                    ColumnData::U32(_) => (
                        PhysicalType::INT32,
                        Some(LogicalType::integer(32, false)),
                        Repetition::REQUIRED,
                    ),
                    ColumnData::Text(_) => (
                        PhysicalType::BYTE_ARRAY,
                        Some(LogicalType::String),
                        Repetition::REQUIRED,
                    ),
                };
                let field = Type::primitive_type_builder(&column.name, physical)
                    .with_logical_type(logical)
                    .with_repetition(repetition)
                    .build()?;
                Ok(Arc::new(field))
            })
            .collect();
        Type::group_type_builder(self.name())
            .with_fields(fields?)
            .build()
    }
}

fn write_column(
    place: &mut SerializedColumnWriter<'_>,
    data: &ColumnData,
    rows: Range<usize>,
) -> Result<(), ParquetError> {
    match data {
        ColumnData::F64(values) => {
            let values = &values[rows];
            // Adding zero turns −0 into 0, as in the CSV.
            let present = values.iter().filter(|v| !v.is_nan()).map(|v| v + 0.0);
            let present: Vec<f64> = present.collect();
            let levels: Vec<i16> = values.iter().map(|v| i16::from(!v.is_nan())).collect();
            let writer = place.typed::<DoubleType>();
            writer.write_batch(&present, Some(&levels), None)?;
        }
        ColumnData::I64(values) => {
            let writer = place.typed::<Int64Type>();
            writer.write_batch(&values[rows], None, None)?;
        }
        ColumnData::U32(values) => {
            // Parquet keeps unsigned numbers in signed ones of the same bits.
            let bits: Vec<i32> = values[rows].iter().map(|v| v.cast_signed()).collect();
            place.typed::<Int32Type>().write_batch(&bits, None, None)?;
        }
        ColumnData::Text(words) => {
            let text = shared_text(words, rows);
            place
                .typed::<ByteArrayType>()
                .write_batch(&text, None, None)?;
        }
    }
    Ok(())
}

/// The words of some rows, each different word held once.
fn shared_text(words: &Words, rows: Range<usize>) -> Vec<ByteArray> {
    let dictionary: Vec<ByteArray> = words
        .dictionary()
        .iter()
        .map(|word| ByteArray::from(word.as_str()))
        .collect();
    words.codes()[rows]
        .iter()
        .map(|&code| dictionary[code as usize].clone())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::sample;
    use super::*;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;

    fn bytes_of(table: &Table) -> Vec<u8> {
        let mut bytes = Vec::new();
        table.write_parquet(&mut bytes).expect("memory takes all");
        bytes
    }

    fn fields_of(table: &Table) -> Vec<Vec<Field>> {
        let bytes = bytes::Bytes::from(bytes_of(table));
        let reader = SerializedFileReader::new(bytes).expect("a Parquet file");
        let rows = reader.get_row_iter(None).expect("rows");
        rows.map(|row| {
            let row = row.expect("a row");
            row.get_column_iter()
                .map(|(_, field)| field.clone())
                .collect()
        })
        .collect()
    }

    #[test]
    fn values_read_back() {
        let rows = fields_of(&sample());
        assert_eq!(
            rows[1],
            [
                Field::Str("a,b".to_owned()),
                Field::UInt(1),
                Field::Null,
                Field::Long(i64::MAX),
            ]
        );
        assert_eq!(rows[0][2], Field::Double(0.1));
        assert_eq!(rows.len(), 3);
    }

    #[test]
    fn long_tables_span_row_groups() {
        let count = ROW_GROUP as u32 + 5;
        let table = Table::new("t")
            .with("n", "", "", ColumnData::U32((0..count).collect()))
            .expect("one column");
        let rows = fields_of(&table);
        assert_eq!(rows.len(), count as usize);
        assert_eq!(rows[ROW_GROUP + 4], [Field::UInt(count - 1)]);
    }

    #[test]
    fn the_same_table_has_the_same_bytes_and_none_is_an_error() {
        assert_eq!(bytes_of(&sample()), bytes_of(&sample()));
        assert!(Table::new("t").write_parquet(Vec::new()).is_err());
        let empty = Table::new("t").with("x", "", "", ColumnData::F64(Vec::new()));
        assert_eq!(fields_of(&empty.expect("one column")).len(), 0);
    }
}
