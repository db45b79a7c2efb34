//! Tables read back from a folder of results, row by row.
use crate::output::{Folder, OutputError};
use std::io;

/// What is done with a row: its texts and its numbers, in the order asked for.
type Visit<'a> = &'a mut dyn FnMut(&[String], &[f64]);

/// Goes through a table's rows in order, from `<name>.parquet` or else `<name>.csv`. A column that the table lacks
/// is an empty text or a missing number. Whether there is such a table.
///
/// # Errors
/// If the file is there and cannot be read as a table.
pub fn for_each_row(
    folder: &dyn Folder,
    name: &str,
    (texts, numbers): (&[&str], &[&str]),
    visit: Visit<'_>,
) -> Result<bool, OutputError> {
    #[cfg(feature = "parquet")]
    {
        let path = format!("{name}.parquet");
        if let Some(bytes) = folder.read(&path)? {
            let read = parquet_rows(bytes, (texts, numbers), visit);
            return read
                .map(|()| true)
                .map_err(OutputError::io("read", path.as_ref()));
        }
    }
    let path = format!("{name}.csv");
    let Some(bytes) = folder.read(&path)? else {
        return Ok(false);
    };
    let read = csv_rows(&bytes, (texts, numbers), visit);
    read.map(|()| true)
        .map_err(OutputError::io("read", path.as_ref()))
}

fn csv_rows(
    bytes: &[u8],
    (texts, numbers): (&[&str], &[&str]),
    visit: Visit<'_>,
) -> io::Result<()> {
    let mut csv = csv::Reader::from_reader(bytes);
    let header = csv.headers()?.clone();
    let places = |names: &[&str]| -> Vec<Option<usize>> {
        let place = |name: &&str| header.iter().position(|column| column == *name);
        names.iter().map(place).collect()
    };
    let (texts, numbers) = (places(texts), places(numbers));
    let mut row = csv::StringRecord::new();
    let (mut words, mut values) = (vec![String::new(); texts.len()], vec![0.0; numbers.len()]);
    while csv.read_record(&mut row)? {
        let cell = |place: &Option<usize>| place.and_then(|place| row.get(place));
        for (word, place) in words.iter_mut().zip(&texts) {
            word.clear();
            word.push_str(charts::as_written(cell(place).unwrap_or_default()));
        }
        for (value, place) in values.iter_mut().zip(&numbers) {
            let number = cell(place).and_then(|text| text.parse().ok());
            *value = number.unwrap_or(f64::NAN);
        }
        visit(&words, &values);
    }
    Ok(())
}

#[cfg(feature = "parquet")]
fn parquet_rows(
    bytes: Vec<u8>,
    (texts, numbers): (&[&str], &[&str]),
    visit: Visit<'_>,
) -> io::Result<()> {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;
    use parquet::schema::types::Type;

    let reader = SerializedFileReader::new(bytes::Bytes::from(bytes)).map_err(io::Error::other)?;
    let schema = reader.metadata().file_metadata().schema();
    let wanted = |field: &Type| texts.contains(&field.name()) || numbers.contains(&field.name());
    let fields = schema.get_fields().iter().filter(|field| wanted(field));
    let projection = Type::group_type_builder(schema.name())
        .with_fields(fields.cloned().collect())
        .build()
        .map_err(io::Error::other)?;
    let rows = reader
        .get_row_iter(Some(projection))
        .map_err(io::Error::other)?;
    let (mut words, mut values) = (vec![String::new(); texts.len()], vec![0.0; numbers.len()]);
    for row in rows {
        words.iter_mut().for_each(String::clear);
        values.fill(f64::NAN);
        for (name, field) in row.map_err(io::Error::other)?.get_column_iter() {
            let number = match field {
                Field::Double(value) => *value,
                Field::UInt(value) => f64::from(*value),
                Field::Long(value) => *value as f64,
                _ => f64::NAN,
            };
            if let Some(place) = numbers.iter().position(|column| column == name) {
                values[place] = number;
            }
            if let (Some(place), Field::Str(text)) =
                (texts.iter().position(|column| column == name), field)
            {
                words[place].push_str(text);
            }
        }
        visit(&words, &values);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::MemoryFolder;
    use crate::output::table::tests::sample;

    #[test]
    fn both_forms_read_back_alike() {
        let mut folder = MemoryFolder::default();
        let table = sample();
        let names: Vec<&str> = table.columns().iter().map(|c| c.name.as_str()).collect();
        let read = |folder: &MemoryFolder| {
            let mut found = Vec::new();
            let asked: (&[&str], &[&str]) = (&[names[0], "lacking"], &names[1..3]);
            let there = for_each_row(folder, table.name(), asked, &mut |texts, numbers| {
                let numbers: Vec<String> = numbers.iter().map(|n| format!("{n}")).collect();
                found.push((texts.to_vec(), numbers));
            });
            there.expect("it can be read").then_some(found)
        };
        assert_eq!(read(&folder), None);
        folder.write_csv(&table).expect("memory takes all");
        let from_csv = read(&folder).expect("it is there");
        assert_eq!(from_csv.len(), 3);
        assert_eq!(from_csv[1].0, ["a,b", ""]);
        assert_eq!(from_csv[1].1, ["1", "NaN"]);
        #[cfg(feature = "parquet")]
        {
            folder.write_parquet(&table).expect("memory takes all");
            assert_eq!(read(&folder).expect("it is there"), from_csv);
        }
    }
}
