//! Result tables as columns, and their CSV and Parquet forms.
//!
//! A column carries its unit and its definition, so the data dictionary (`columns.csv`) is written
//! from the tables themselves and cannot fall behind them.
mod csv_form;
#[cfg(feature = "parquet")]
mod parquet_form;
mod read;
mod words;

pub use csv_form::data_dictionary;
pub(super) use read::for_each_row;
pub use words::Words;

/// The values of one column.
#[derive(Debug, Clone, PartialEq)]
pub enum ColumnData {
    /// Real numbers; `NaN` is a missing value.
    F64(Vec<f64>),
    /// Whole numbers, such as money in cents.
    I64(Vec<i64>),
    /// Counts, months and other small whole numbers.
    U32(Vec<u32>),
    /// Words from a list.
    Text(Words),
}

impl ColumnData {
    /// Number of values.
    pub fn len(&self) -> usize {
        match self {
            ColumnData::F64(values) => values.len(),
            ColumnData::I64(values) => values.len(),
            ColumnData::U32(values) => values.len(),
            ColumnData::Text(words) => words.len(),
        }
    }

    /// Whether there are no values.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// A column with its meaning.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Name in the header line; lower case with underscores by custom.
    pub name: String,
    /// Unit of the values ("dollars a month", "share 0–1"); empty for names and keys.
    pub unit: String,
    /// What the values mean, in one sentence.
    pub definition: String,
    /// The values.
    pub data: ColumnData,
}

/// A named table whose columns all have the same number of rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    name: String,
    columns: Vec<Column>,
}

/// A column that does not fit its table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// The column has another number of rows than the columns before it.
    #[error("column {column} has {found} rows, its table {expected}")]
    RowCount {
        /// Table and column, as `table.column`.
        column: String,
        /// Rows of the table.
        expected: usize,
        /// Rows of the column.
        found: usize,
    },
    /// The table has a column of this name already (`table.column`).
    #[error("column {0} appears twice")]
    DuplicateColumn(String),
    /// Two tables that should be joined end to end differ in a column (`table.column`).
    #[error("tables differ in name, unit or type of column {0}")]
    DifferentColumns(String),
}

impl Table {
    /// A table without columns. The name is the file name without its ending.
    pub fn new(name: impl Into<String>) -> Self {
        Table {
            name: name.into(),
            columns: Vec::new(),
        }
    }

    /// Name of the table, which is its file name without ending.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The columns, in order.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The column of this name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// Number of rows; 0 without columns.
    pub fn rows(&self) -> usize {
        self.columns.first().map_or(0, |column| column.data.len())
    }

    /// Adds a column on the right.
    ///
    /// # Errors
    /// If the name is taken or the number of rows differs from the columns before.
    pub fn push(&mut self, column: Column) -> Result<(), TableError> {
        let full_name = format!("{}.{}", self.name, column.name);
        if self.column(&column.name).is_some() {
            return Err(TableError::DuplicateColumn(full_name));
        }
        if !self.columns.is_empty() && column.data.len() != self.rows() {
            return Err(TableError::RowCount {
                column: full_name,
                expected: self.rows(),
                found: column.data.len(),
            });
        }
        self.columns.push(column);
        Ok(())
    }

    /// [`Table::push`] in a chain: `Table::new("jobs").with("month", "", "…", data)?`.
    ///
    /// # Errors
    /// As [`Table::push`].
    pub fn with(
        mut self,
        name: &str,
        unit: &str,
        definition: &str,
        data: ColumnData,
    ) -> Result<Self, TableError> {
        self.push(Column {
            name: name.to_owned(),
            unit: unit.to_owned(),
            definition: definition.to_owned(),
            data,
        })?;
        Ok(self)
    }

    /// Adds the rows of a table with the same columns below these, as for one more replicate.
    ///
    /// # Errors
    /// If the columns differ in number, order, name, unit or type; this table is then unchanged.
    pub fn append(&mut self, below: Table) -> Result<(), TableError> {
        let counts_differ = self.columns.len() != below.columns.len();
        let differing = self.columns.iter().zip(&below.columns).find(|(a, b)| {
            let same_type = std::mem::discriminant(&a.data) == std::mem::discriminant(&b.data);
            a.name != b.name || a.unit != b.unit || !same_type
        });
        if let Some((column, _)) = differing {
            let column = format!("{}.{}", self.name, column.name);
            return Err(TableError::DifferentColumns(column));
        }
        if counts_differ {
            return Err(TableError::DifferentColumns(format!("{}.*", self.name)));
        }
        for (column, more) in self.columns.iter_mut().zip(below.columns) {
            match (&mut column.data, more.data) {
                (ColumnData::F64(values), ColumnData::F64(more)) => values.extend(more),
                (ColumnData::I64(values), ColumnData::I64(more)) => values.extend(more),
                (ColumnData::U32(values), ColumnData::U32(more)) => values.extend(more),
                (ColumnData::Text(words), ColumnData::Text(more)) => {
                    more.iter().for_each(|word| words.push(word));
                }
                _ => unreachable!("types were compared above"),
            }
        }
        Ok(())
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::csv_form::tests::csv_of;
    use super::*;

    fn text(values: &[&str]) -> ColumnData {
        ColumnData::Text(values.iter().collect())
    }

    /// Three rows with every kind of column and awkward text.
    pub(super) fn sample() -> Table {
        Table::new("sectors")
            .with(
                "sector",
                "",
                "Name of the sector",
                text(&["retail", "a,b", "say \"x\"\nnow"]),
            )
            .and_then(|t| t.with("month", "months", "Month", ColumnData::U32(vec![0, 1, 2])))
            .and_then(|t| {
                let values = vec![0.1, f64::NAN, -0.0];
                t.with("sales", "dollars", "Sales", ColumnData::F64(values))
            })
            .and_then(|t| {
                let values = vec![-5, i64::MAX, 0];
                t.with("cash", "cents", "Cash", ColumnData::I64(values))
            })
            .expect("columns fit")
    }

    #[test]
    fn columns_must_fit() {
        let short = sample().with("extra", "", "", ColumnData::U32(vec![1]));
        let message = short.expect_err("one row for three").to_string();
        assert_eq!(message, "column sectors.extra has 1 rows, its table 3");
        let twice = sample().with("cash", "", "", ColumnData::U32(vec![1, 2, 3]));
        assert_eq!(
            twice,
            Err(TableError::DuplicateColumn("sectors.cash".to_owned()))
        );
    }

    #[test]
    fn tables_join_end_to_end() {
        let mut table = sample();
        table.append(sample()).expect("same columns");
        assert_eq!(table.rows(), 6);
        let once = csv_of(&sample());
        let rows = once
            .strip_prefix("sector,month,sales,cash\n")
            .expect("a header");
        assert_eq!(csv_of(&table), format!("{once}{rows}"));
        let before = csv_of(&table);
        let other = Table::new("sectors").with("sector", "", "", text(&["x"]));
        assert!(table.append(other.expect("one column")).is_err());
        assert_eq!(csv_of(&table), before);
    }
}
