//! Tables by columns (Parquet), packed with Snappy. All columns are text that may be missing, but for those that are numbers.

use parquet::basic::Compression;
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType};
use parquet::errors::Result;
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;
use parquet::record::Field;
use parquet::schema::parser::parse_message_type;
use std::fs::File;
use std::sync::Arc;

/// Columns that hold numbers in every row.
const NUMBERS: [&str; 5] = ["intensity", "confidence", "similarity", "events", "attributions"];

/// The bytes of a file with one group of rows.
pub(crate) fn bytes(columns: &[&str], rows: &[Vec<String>]) -> Vec<u8> {
    let written = write(columns, rows);
    debug_assert!(written.is_ok(), "the schema is made here, and a vector takes every byte: {written:?}");
    written.unwrap_or_default()
}

fn write(columns: &[&str], rows: &[Vec<String>]) -> Result<Vec<u8>> {
    let fields: String = columns
        .iter()
        .map(|column| match *column {
            column if NUMBERS.contains(&column) => format!("optional double {column};"),
            column => format!("optional binary {column} (STRING);"),
        })
        .collect();
    let schema = Arc::new(parse_message_type(&format!("message saksi {{ {fields} }}"))?);
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(concat!("saksi ", env!("CARGO_PKG_VERSION")).to_owned())
        .build();
    let mut out = Vec::new();
    let mut writer = SerializedFileWriter::new(&mut out, schema, Arc::new(properties))?;
    let mut group = writer.next_row_group()?;
    for (at, column) in columns.iter().enumerate() {
        let Some(mut open) = group.next_column()? else { break };
        let cells = || rows.iter().map(|row| row.get(at).map(String::as_str).unwrap_or_default());
        // A cell without a value is left out of the values and is level 0.
        let levels: Vec<i16> = cells().map(|cell| i16::from(!cell.is_empty())).collect();
        if NUMBERS.contains(column) {
            let values: Vec<f64> =
                cells().filter(|cell| !cell.is_empty()).map(|cell| cell.parse().unwrap_or(f64::NAN)).collect();
            open.typed::<DoubleType>().write_batch(&values, Some(&levels), None)?;
        } else {
            let values: Vec<ByteArray> = cells().filter(|cell| !cell.is_empty()).map(ByteArray::from).collect();
            open.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None)?;
        }
        open.close()?;
    }
    group.close()?;
    writer.close()?;
    Ok(out)
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

    #[test]
    fn what_is_written_can_be_read() {
        let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        let rows = [row(["satu", "", "0.5"]), row(["", "“dua”", "1"])];
        let written = bytes(&["event", "type", "confidence"], &rows);
        let reader = SerializedFileReader::new(bytes::Bytes::from(written)).unwrap();
        let read: Vec<Vec<Field>> = reader
            .get_row_iter(None)
            .unwrap()
            .map(|row| row.unwrap().get_column_iter().map(|(_, field)| field.clone()).collect())
            .collect();
        assert_eq!(read[0], [Field::Str("satu".into()), Field::Null, Field::Double(0.5)]);
        assert_eq!(read[1], [Field::Null, Field::Str("“dua”".into()), Field::Double(1.0)]);
    }

    #[test]
    fn a_table_without_rows_is_a_table() {
        let written = bytes(&["event"], &[]);
        assert!(written.starts_with(b"PAR1") && written.ends_with(b"PAR1"));
    }
}
