//! Tables by columns (Parquet), packed with Snappy. Every cell may be missing.

use crate::rows::Kind;
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::Result;
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;
use parquet::record::Field;
use parquet::schema::types::Type;
use std::fs::File;
use std::io::Write;
use std::sync::Arc;

/// Columns of the tables of a run that hold numbers in every row.
const NUMBERS: [&str; 5] = ["intensity", "confidence", "similarity", "events", "attributions"];

fn physical(kind: Kind) -> Physical {
    match kind {
        Kind::Text => Physical::BYTE_ARRAY,
        Kind::Number => Physical::DOUBLE,
        Kind::Whole => Physical::INT64,
        Kind::Flag => Physical::BOOLEAN,
    }
}

/// A file that is being written, a group of rows at a time.
pub struct Columns<W: Write + Send> {
    writer: SerializedFileWriter<W>,
    kinds: Vec<Kind>,
}

impl<W: Write + Send> Columns<W> {
    /// Begins a file with these columns, in order.
    ///
    /// # Errors
    /// If `out` cannot be written to.
    pub fn new(out: W, columns: &[(&str, Kind)]) -> Result<Self> {
        let fields = columns
            .iter()
            .map(|(name, kind)| {
                let logical = (*kind == Kind::Text).then_some(LogicalType::String);
                let field = Type::primitive_type_builder(name, physical(*kind))
                    .with_repetition(Repetition::OPTIONAL)
                    .with_logical_type(logical);
                Ok(Arc::new(field.build()?))
            })
            .collect::<Result<Vec<_>>>()?;
        let schema = Arc::new(Type::group_type_builder("saksi").with_fields(fields).build()?);
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by(concat!("saksi ", env!("CARGO_PKG_VERSION")).to_owned())
            .build();
        let kinds = columns.iter().map(|(_, kind)| *kind).collect();
        Ok(Self { writer: SerializedFileWriter::new(out, schema, Arc::new(properties))?, kinds })
    }

    /// Writes a group of rows; an empty cell is missing, and so is one that is not what its column holds.
    ///
    /// # Errors
    /// If the file cannot be written to.
    pub fn group(&mut self, rows: &[Vec<String>]) -> Result<()> {
        let mut group = self.writer.next_row_group()?;
        for (at, kind) in self.kinds.iter().enumerate() {
            let Some(mut open) = group.next_column()? else { break };
            let cells = || rows.iter().map(|row| row.get(at).map(String::as_str).unwrap_or_default());
            match kind {
                Kind::Text => {
                    let (values, levels) = present(cells(), |cell| (!cell.is_empty()).then(|| ByteArray::from(cell)));
                    open.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None)?;
                }
                Kind::Number => {
                    let (values, levels) = present(cells(), |cell| cell.parse().ok());
                    open.typed::<DoubleType>().write_batch(&values, Some(&levels), None)?;
                }
                Kind::Whole => {
                    let (values, levels) = present(cells(), |cell| cell.parse().ok());
                    open.typed::<Int64Type>().write_batch(&values, Some(&levels), None)?;
                }
                Kind::Flag => {
                    let (values, levels) = present(cells(), |cell| cell.parse().ok());
                    open.typed::<BoolType>().write_batch(&values, Some(&levels), None)?;
                }
            }
            open.close()?;
        }
        group.close()?;
        Ok(())
    }

    /// Ends the file.
    ///
    /// # Errors
    /// If the file cannot be written to.
    pub fn finish(self) -> Result<()> {
        self.writer.close().map(drop)
    }
}

/// The values that are there, and for every cell whether it is (level 1) or not (level 0).
fn present<'c, T>(cells: impl Iterator<Item = &'c str>, value: impl Fn(&'c str) -> Option<T>) -> (Vec<T>, Vec<i16>) {
    let mut values = Vec::new();
    let levels = cells
        .map(|cell| {
            let value = value(cell);
            let level = i16::from(value.is_some());
            values.extend(value);
            level
        })
        .collect();
    (values, levels)
}

/// The bytes of a file with one group of rows.
pub(crate) fn bytes(columns: &[&str], rows: &[Vec<String>]) -> Vec<u8> {
    let kind = |name: &&str| if NUMBERS.contains(name) { Kind::Number } else { Kind::Text };
    let columns: Vec<(&str, Kind)> = columns.iter().map(|name| (*name, kind(name))).collect();
    let mut out = Vec::new();
    let write = |out: &mut Vec<u8>| {
        let mut file = Columns::new(out, &columns)?;
        file.group(rows)?;
        file.finish()
    };
    let written = write(&mut out);
    debug_assert!(written.is_ok(), "the schema is made here, and a vector takes every byte: {written:?}");
    out
}

/// The rows of a file that [`bytes`] made; none where it is not one.
pub(crate) fn rows(file: File) -> Option<Vec<Vec<String>>> {
    let reader = SerializedFileReader::new(file).ok()?;
    let mut rows = Vec::new();
    for row in reader.get_row_iter(None).ok()? {
        let row = row.ok()?;
        let cell = |(_, field): (&String, &Field)| match field {
            Field::Null => Some(String::new()),
            Field::Str(text) => Some(text.clone()),
            Field::Double(number) => Some(number.to_string()),
            _ => None,
        };
        rows.push(row.get_column_iter().map(cell).collect::<Option<Vec<_>>>()?);
    }
    Some(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row<const N: usize>(cells: [&str; N]) -> Vec<String> {
        cells.map(str::to_owned).to_vec()
    }

    fn read(written: Vec<u8>) -> Vec<Vec<Field>> {
        let reader = SerializedFileReader::new(bytes::Bytes::from(written)).unwrap();
        reader
            .get_row_iter(None)
            .unwrap()
            .map(|row| row.unwrap().get_column_iter().map(|(_, field)| field.clone()).collect())
            .collect()
    }

    #[test]
    fn what_is_written_can_be_read() {
        let rows = [row(["satu", "", "0.5"]), row(["", "“dua”", "1"])];
        let read = read(bytes(&["event", "type", "confidence"], &rows));
        assert_eq!(read[0], [Field::Str("satu".into()), Field::Null, Field::Double(0.5)]);
        assert_eq!(read[1], [Field::Null, Field::Str("“dua”".into()), Field::Double(1.0)]);
    }

    #[test]
    fn names_with_blanks_and_every_kind_in_two_groups() {
        let columns = [("Event ID", Kind::Whole), ("is", Kind::Flag), ("Lat", Kind::Number)];
        let mut out = Vec::new();
        let mut file = Columns::new(&mut out, &columns).unwrap();
        file.group(&[row(["7", "true", "-6.2"])]).unwrap();
        file.group(&[row(["", "maybe", ""])]).unwrap();
        file.finish().unwrap();
        let read = read(out);
        assert_eq!(read[0], [Field::Long(7), Field::Bool(true), Field::Double(-6.2)]);
        assert_eq!(read[1], [Field::Null, Field::Null, Field::Null]);
    }

    #[test]
    fn a_table_without_rows_is_a_table() {
        let written = bytes(&["event"], &[]);
        assert!(written.starts_with(b"PAR1") && written.ends_with(b"PAR1"));
    }
}
